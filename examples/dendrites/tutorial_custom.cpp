// Tutorial 3, models of one's own: a membrane and two channels as templates. {c} becomes the name of the
// compartment and {t} the tag of the synapse, so that a template serves many of them. These three say what
// adaptiveIF, AMPA and NMDA of the library say, and give the same voltages. What a template lacks, and a line
// that is no equation, are told before anything runs.
//
//   tutorial_custom [folder] [seed]     writes tutorial_custom.png there
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const MembraneTemplate adapting = {.name = "adapting",
                                   .equations = R"(
      dV{c}/dt = (gL{c} * (EL{c}-V{c}) + I{c} - w{c}) / C{c} : volt{flags}
      dw{c}/dt = (a{c} * (V{c}-EL{c}) - w{c}) / tauw{c} : amp)",
                                   .parameters = {{"a{c}", siemens}, {"tauw{c}", second}}};

const ChannelTemplate fast = {
    .name = "fast",
    .equations = "I_fast_{t}{c} = g_fast_{t}{c} * (E_fast-V{c}) * {gate}_fast_{t}{c} * w_fast_{t}{c} : amp",
    .parameters = {{"E_fast", volt, 0 * mV}}};

const ChannelTemplate blocked = {
    .name = "blocked",
    .equations =
        "I_blocked_{t}{c} = g_blocked_{t}{c} * (E_blocked-V{c}) * {gate}_blocked_{t}{c}"
        " / (1 + exp(-0.062*V{c}/mV) / 3.57) * w_blocked_{t}{c} : amp",
    .parameters = {{"E_blocked", volt, 0 * mV}}};

NeuronModel cell(const MembraneChoice& membrane, const ChannelChoice& ampa, const ChannelChoice& nmda) {
  Soma soma({.name = "soma", .model = membrane, .geometry = Absolute{200 * pF, 10 * nS}});
  Dendrite dendrite({.name = "dend", .geometry = Absolute{50 * pF, 2.5 * nS}});
  dendrite.synapse(ampa, {.tag = "x", .g = 3 * nS, .t_decay = 2 * ms});
  dendrite.synapse(nmda, {.tag = "x", .g = 3 * nS, .t_decay = 60 * ms});
  return NeuronModel({{soma, dendrite, 15 * nS}}, {.v_rest = -60 * mV});
}

template <class Call>
void show_error(const char* title, Call call) {
  try {
    call();
  } catch (const std::exception& error) {
    std::printf("--- %s\n%s\n", title, error.what());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? std::string(argv[1]) + "/" : "";
  const std::uint64_t seed = argc > 2 ? std::stoull(argv[2]) : 1;

  NeuronModel library = cell("adaptiveIF", "AMPA", "NMDA");
  NeuronModel own = cell(adapting, fast, blocked);
  std::printf("--- equations of one's own\n%s\n", own.equations().c_str());
  show_error("constants without a value", [&] { own.build(); });
  show_error("no equation", [&] { own.add_equations("Have a nice day!"); });

  Network net({.seed = seed});
  auto& input = net.poisson_group(10, 20 * Hz);
  const auto group = [&](NeuronModel& model, const char* on_pre) -> NeuronGroup& {
    model.add_params({{"Vth", -40 * mV},
                      {"Vr", -50 * mV},
                      {"a_soma", 0 * nS},
                      {"tauw_soma", 150 * ms},
                      {"b_soma", 50 * pA}});
    auto& neuron = net.neuron_group(1, model,
                                    {.threshold = "V_soma > Vth",
                                     .reset = "V_soma = Vr; w_soma += b_soma",
                                     .refractory = 4 * ms,
                                     .method = "euler"});
    net.synapses(input, neuron, {.on_pre = on_pre}).connect();
    return neuron;
  };
  auto& neuron = group(own, "s_fast_x_dend += 1; s_blocked_x_dend += 1");
  auto& twin = group(library, "s_AMPA_x_dend += 1; s_NMDA_x_dend += 1");
  auto& state = net.state_monitor(neuron, {.variables = {"V_soma", "V_dend", "w_soma"}});
  auto& twin_state = net.state_monitor(twin, {.variables = "V_soma"});
  auto& spikes = net.spike_monitor(neuron);
  net.run(500 * ms);

  const auto v = state.trace("V_soma", 0, mV), v_twin = twin_state.trace("V_soma", 0, mV);
  double difference = 0;
  for (std::size_t k = 0; k < v.size(); ++k) difference = std::max(difference, std::abs(v[k] - v_twin[k]));
  std::printf("spikes: %lld\n", static_cast<long long>(spikes.num_spikes()));
  std::printf("largest adaptation: %.4f pA\n", std::ranges::max(state.trace("w_soma", 0, pA)));
  std::printf("largest difference from the library's: %.2g mV\n", difference);

  plot::Figure figure({.width_inches = 8, .height_inches = 5, .title = "A neuron of one's own equations"});
  figure.trace(state, "V_dend", 0, {.label = "dendrite", .colour = "crimson", .unit = "mV"});
  figure.trace(state, "V_soma", 0, {.label = "soma", .unit = "mV"}).y_label("V").legend();
  figure.panel(0.6).trace(state, "w_soma", 0, {.colour = "black", .unit = "pA"}).y_label("Adaptation");
  figure.x_label("Time").save(folder + "tutorial_custom.png");
}
