#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

using Times = std::vector<double>;  // [ms]

std::vector<Time> in_ms(const Times& times) {
  std::vector<Time> all;
  for (const double t : times) all.push_back(t * ms);
  return all;
}

/// One synapse between two neurons that spike when they are told to.
struct Synapse {
  Network net;
  Synapses& synapses;

  Synapse(const char* rule, const Times& before, const Times& after, const Namespace& parameters = {})
      : synapses(net.synapses(
            net.spike_generator_group(1, std::vector<std::int64_t>(before.size()), in_ms(before)),
            net.spike_generator_group(1, std::vector<std::int64_t>(after.size()), in_ms(after)),
            plastic_synapses(rule, {.parameters = parameters}))) {
    synapses.connect();
  }

  double weight_after(Time duration, double from) {
    synapses["w"] = from;
    net.run(duration);
    return synapses["w"][0];
  }
};

std::string message(const char* rule, const PlasticityOptions& options) {
  try {
    plastic_synapses(rule, options);
  } catch (const ModelBuilderError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("a pair of spikes changes a weight by the exponential of its interval") {
  for (const double interval : {5.0, 20.0, 35.5}) {
    Synapse causal("stdp", {50}, {50 + interval}), against("stdp", {50 + interval}, {50});
    CHECK(causal.weight_after(100 * ms, 0.5) ==
          doctest::Approx(0.5 + 0.01 * std::exp(-interval / 20)).epsilon(1e-12));
    CHECK(against.weight_after(100 * ms, 0.5) ==
          doctest::Approx(0.5 - 0.0105 * std::exp(-interval / 20)).epsilon(1e-12));
  }
}

TEST_CASE("weights stay between zero and w_max") {
  Synapse up("stdp", {10, 20, 30}, {11, 21, 31}, {{"A_plus", 5.0}, {"w_max", 2.0}});
  Synapse down("stdp", {11, 21, 31}, {10, 20, 30}, {{"A_minus", 5.0}});
  CHECK(up.weight_after(50 * ms, 1) == 2);
  CHECK(down.weight_after(50 * ms, 1) < 0.02);  // 0 and then what the pairs between them add
}

TEST_CASE("all pairs count, or the nearest ones only") {
  Synapse all("stdp", {10, 20}, {25}), nearest("nearest_stdp", {10, 20}, {25});
  CHECK(all.weight_after(40 * ms, 0.5) ==
        doctest::Approx(0.5 + 0.01 * (std::exp(-15.0 / 20) + std::exp(-5.0 / 20))).epsilon(1e-12));
  CHECK(nearest.weight_after(40 * ms, 0.5) ==
        doctest::Approx(0.5 + 0.01 * std::exp(-5.0 / 20)).epsilon(1e-12));
}

TEST_CASE("triplets: only a target that has spiked before strengthens a weight") {
  Synapse pair("triplet_stdp", {10}, {20}), triplet("triplet_stdp", {20}, {10, 25});
  CHECK(pair.weight_after(50 * ms, 0.5) == 0.5);
  const double depression = 7.1e-3 * std::exp(-10 / 33.7);
  const double potentiation = 6.5e-3 * std::exp(-5 / 16.8) * std::exp(-15.0 / 114);
  CHECK(triplet.weight_after(50 * ms, 0.5) ==
        doctest::Approx(0.5 - depression + potentiation).epsilon(1e-12));
}

TEST_CASE("a synapse releases what its resources and their use allow") {
  const double U = 0.3, rec = 200, facil = 500;  // [ms]
  Network net;
  auto& source = net.spike_generator_group(1, {0, 0, 0}, in_ms({10, 40, 140}));
  auto& target = net.neuron_group(1, {.equations = "total : 1"});
  auto& synapses = net.synapses(
      source, target,
      plastic_synapses("tsodyks_markram",
                       {.transmission = "total_post += w*r",
                        .parameters = {{"U", U}, {"tau_rec", rec * ms}, {"tau_facil", facil * ms}}}));
  synapses.connect();
  synapses["w"] = 2;
  double u = 0, x = 1, total = 0;
  for (const double wait : {10.0, 30.0, 100.0}) {
    u = u * std::exp(-wait / facil);
    x = 1 - (1 - x) * std::exp(-wait / rec);
    u += U * (1 - u);
    total += 2 * u * x;
    x -= u * x;
  }
  net.run(150 * ms);
  CHECK(static_cast<double>(target["total"][0]) == doctest::Approx(total).epsilon(1e-12));
}

TEST_CASE("an inhibitory synapse weakens by a spike alone and strengthens by coincidence") {
  const double alpha = 2 * 3 * 0.02;  // 2 rate_target tau
  Synapse alone("inhibitory_stdp", {10}, {}), together("inhibitory_stdp", {10}, {15});
  CHECK(alone.weight_after(30 * ms, 1) == doctest::Approx(1 - 0.01 * alpha).epsilon(1e-12));
  CHECK(together.weight_after(30 * ms, 1) ==
        doctest::Approx(1 - 0.01 * alpha + 0.01 * std::exp(-5.0 / 20)).epsilon(1e-12));
}

TEST_CASE("a voltage between the thresholds weakens at spikes, one above strengthens between them") {
  Network net;
  auto& source = net.spike_generator_group(1, {0}, in_ms({10}));
  auto& targets =
      net.neuron_group(3, {.equations = Equations("v : volt") + neuron_equations("voltage_stdp")});
  auto& synapses = net.synapses(source, targets, plastic_synapses("voltage_stdp"));
  synapses.connect();
  synapses["w"] = 0.5;
  const std::vector<double> held = {-75, -50, -20};
  for (const char* variable : {"v", "u_minus", "u_plus"})
    targets[variable] = std::vector<Voltage>{held[0] * mV, held[1] * mV, held[2] * mV};
  net.run(200 * ms);
  CHECK(static_cast<double>(synapses["w"][0]) == 0.5);
  CHECK(static_cast<double>(synapses["w"][1]) == doctest::Approx(0.5 - 14e-5 * 20.6).epsilon(1e-12));
  // The trace of a spike has the area of 1 ms; Euler's method sums it exactly.
  const double rise = 8e-5 * (45.3 - 20) * (70.6 - 20) * (1 - std::pow(1 - 0.1 / 15, 1899));
  CHECK(static_cast<double>(synapses["w"][2]) == doctest::Approx(0.5 - 14e-5 * 50.6 + rise).epsilon(1e-9));
}

TEST_CASE("a pair becomes weight when a reward follows") {
  Network net;
  auto& source = net.spike_generator_group(1, {0}, in_ms({10}));
  auto& teacher = net.spike_generator_group(1, {0}, in_ms({15}));
  auto& targets = net.neuron_group(2, {.equations = Equations("v : 1") + neuron_equations("rewarded_stdp"),
                                       .threshold = "v > 0.5",
                                       .reset = "v = 0"});
  net.synapses(teacher, targets, {.on_pre = "v_post = 1"}).connect();
  auto& synapses = net.synapses(source, targets, plastic_synapses("rewarded_stdp"));
  synapses.connect();
  targets.slice(0, 1).run_at("reward += 1", {500 * ms});
  net.run(3 * second);
  // The product of two exponentials from 500 ms on; the target spikes one step after its input.
  const double eligibility = 0.1 * std::exp(-5.1 / 20) * std::exp(-(500 - 15.1) / 1000);
  const double tau = 1 / (1 / 1.0 + 1 / 0.2);
  const double expected = eligibility * tau * (1 - std::exp(-2.5 / tau));
  CHECK(static_cast<double>(synapses["w"][0]) == doctest::Approx(expected).epsilon(2e-3));  // Euler's method
  CHECK(static_cast<double>(synapses["w"][1]) == 0);
}

TEST_CASE("every rule runs between neurons that have what it needs") {
  for (const auto& row : library::plasticity_rules()) {
    CAPTURE(row.name);
    Network net;
    auto& source = net.poisson_group(20, 100 * Hz);
    auto& target = net.neuron_group(
        20, {.equations = Equations("v : volt") + neuron_equations(row.name), .threshold = "rand() < 0.01"});
    auto& synapses =
        net.synapses(source, target, plastic_synapses(row.name, {.transmission = "v_post += w*mV"}));
    synapses.connect({.p = 0.5});
    synapses["w"] = 0.5;
    net.run(100 * ms);
    for (const Diagnostic& warning : net.warnings()) FAIL_CHECK(render(warning));
    for (const double w : synapses["w"].to_vector()) CHECK(std::isfinite(w));
  }
}

TEST_CASE("what is wrong with a rule is said at the call") {
  CHECK(message("stpd", {}).find("did you mean \"stdp\"?") != std::string::npos);
  const std::string both = message("stdp", {.parameters = {{"tau_plsu", 20 * ms}, {"A_plus", 1 * mV}}});
  CHECK(both.find("tau_plus") != std::string::npos);
  CHECK(both.find("A_plus") != std::string::npos);
  CHECK(message("stdp", {.parameters = {{"tau_plus", -1 * ms}}}).find("tau_plus") != std::string::npos);
}
