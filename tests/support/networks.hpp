#pragma once
#include <memory>
#include <ranvier/runtime/network.hpp>
#include <string>
#include <vector>

/// Small networks that several tests run: every deterministic kind of kernel, and noise.
namespace test_networks {

using namespace ranvier;
using namespace ranvier::units;

struct Built {
  std::unique_ptr<Network> net;
  NeuronGroup* neurons = nullptr;
  SpikeMonitor* spikes = nullptr;
};

struct Recipe {
  std::string name;
  NeuronGroupOptions neurons;
  std::string start;  // initial value of v
  bool recurrent = false;
};

/// Neurons whose method is more than lines that are computed one after the other.
inline std::vector<Recipe> recipes_of_methods(const Namespace& lif) {
  return {
      {"inner steps, dopri5",
       {.equations =
            "dv/dt = (El - v + 2*mV*exp(clip((v - Vt)/(2*mV), -9, 3)) + x)/tau : volt (unless refractory)\n"
            "dx/dt = -x/(5*ms) + sin(t/(3*ms))*mV/ms : volt",
        .threshold = "v > -47*mV",
        .reset = "v = Vr",
        .refractory = 1 * ms,
        .method = "dopri5",
        .namespace_ = lif,
        .method_options = {.absolute_error = 1e-7, .save_step_count = true}},
       "Vr + (Vt - Vr)*i/N",
       true},
      {"implicit, rosenbrock",
       {.equations = "dv/dt = (El - v + 2*mV*exp(clip((v - Vt)/(2*mV), -9, 3)) + x)/tau : volt\n"
                     "dx/dt = -x/(5*ms) + (v - El)*abs(v - El)/(20*ms*mV) : volt",
        .threshold = "v > -47*mV",
        .reset = "v = Vr",
        .method = "rosenbrock",
        .namespace_ = lif},
       "Vr + (Vt - Vr)*i/N",
       true},
      {"noisy, heun",
       {.equations = "dv/dt = (El - v + x)/tau + (v - 2*El)*xi_a/(4*ms**0.5) + mV*xi_b/ms**0.5 : volt\n"
                     "dx/dt = -x/(5*ms) + x*xi_a/(3*ms**0.5) : volt",
        .threshold = "v > Vt",
        .reset = "v = Vr",
        .method = "heun",
        .namespace_ = lif},
       "Vr + (Vt - Vr)*i/N",
       true}};
}

inline std::vector<Recipe> plain_recipes(const Namespace& lif) {
  return {
      {"leaky, euler",
       {.equations = "dv/dt = (El - v + x)/tau : volt (unless refractory)\ndx/dt = -x/(5*ms) : volt",
        .threshold = "v > Vt",
        .reset = "v = Vr",
        .refractory = 2 * ms,
        .method = "euler",
        .namespace_ = lif},
       "Vr + (Vt - Vr)*i/N",
       true},
      {"leaky, exact",
       {.equations = "dv/dt = (El - v + x)/tau : volt (unless refractory)\ndx/dt = -x/(5*ms) : volt",
        .threshold = "v > Vt",
        .reset = "v = Vr",
        .refractory = 2 * ms,
        .method = "exact",
        .namespace_ = lif},
       "Vr + (Vt - Vr)*i/N",
       true},
      {"exponential, rk4",
       {.equations = "dv/dt = (El - v + 2*mV*exp((v - Vt)/(2*mV)) + x)/tau : volt\ndx/dt = -x/(5*ms) : volt",
        .threshold = "v > -40*mV",
        .reset = "v = Vr",
        .method = "rk4",
        .namespace_ = lif},
       "Vr + (Vt - Vr)*i/N",
       true},
      {"functions, rk2",
       {.equations = "dv/dt = (tanh(u)*10*mV + El - v + x)/tau : volt\n"
                     "u = sin(v/mV) + cos(3*u2) + log(1 + u2) + sqrt(u2) + exprel(-u2) : 1\n"
                     "u2 = abs(v/(10*mV)) % 3 + (v/mV)//7*0.01 + arctan(v/mV) + clip(v/mV, -1, 1)**2 : 1\n"
                     "dx/dt = -x/(5*ms) : volt",
        .threshold = "v > Vt and int(t/ms) % 2 == 0",
        .reset = "v = Vr; x -= 1*mV",
        .method = "rk2",
        .namespace_ = lif},
       "Vr + (Vt - Vr)*i/N",
       true},
      {"noisy, euler",
       {.equations =
            "dv/dt = (El - v + x)/tau + 5*mV*sqrt(2/(tau*dt))*randn() : volt\ndx/dt = -x/(5*ms) : volt",
        .threshold = "v > Vt or rand() < 0.001",
        .reset = "v = Vr - rand()*mV",
        .method = "euler",
        .namespace_ = lif},
       "Vr + rand()*(Vt - Vr)",
       true},
  };
}

inline std::vector<Recipe> recipes() {
  const Namespace lif{{"tau", 10 * ms}, {"Vt", -50 * mV}, {"Vr", -60 * mV}, {"El", -49 * mV}};
  std::vector<Recipe> all = recipes_of_methods(lif);
  for (Recipe& recipe : plain_recipes(lif)) all.push_back(std::move(recipe));
  return all;
}

inline Built build(const Recipe& recipe, const BackendOptions& backend, std::int64_t n = 101) {
  Built built{std::make_unique<Network>(NetworkOptions{.seed = 5, .backend = backend})};
  built.neurons = &built.net->neuron_group(n, recipe.neurons);
  (*built.neurons)["v"] = recipe.start;
  if (recipe.recurrent) {
    auto& synapses =
        built.net->synapses(*built.neurons, *built.neurons,
                            {.equations = "w : volt", .on_pre = "x_post += w", .delay = 0.3 * ms});
    synapses.connect({.condition = "i != j", .p = 0.1});
    synapses["w"] = "(0.1 + 0.01*((i + 3*j) % 7))*mV";
  }
  built.spikes = &built.net->spike_monitor(*built.neurons);
  return built;
}

}  // namespace test_networks
