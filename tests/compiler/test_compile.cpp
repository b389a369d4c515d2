#include <doctest/doctest.h>

#include "tests/support/golden.hpp"
#include "tests/support/models.hpp"

using namespace ranvier;
using namespace ranvier::units;
using models::compile;

namespace {

const Namespace lif_names{{"tau", 10 * ms}, {"I", 1.5}};

}  // namespace

TEST_CASE("a leaky neuron under euler") {
  const auto kernels = compile({"dv/dt = (I - v)/tau : 1", "v > 1", "v = 0", "", "euler"}, lif_names);
  check_golden("lif_euler.kernel", print(*kernels.update));
  check_golden("lif_reset.kernel", print(*kernels.reset));
}

TEST_CASE("a leaky neuron that is solved exactly and held while refractory") {
  const auto kernels =
      compile({"dv/dt = (I - v)/tau : 1 (unless refractory)", "v > 1", "v = 0", "2*ms"}, lif_names);
  CHECK(kernels.method == "exact");
  check_golden("lif_exact.kernel", print(*kernels.update));
}

TEST_CASE("the CUBA network's neuron") {
  const auto kernels = compile({"dv/dt = (ge + gi - (v - El))/taum : volt (unless refractory)\n"
                                "dge/dt = -ge/taue : volt\n"
                                "dgi/dt = -gi/taui : volt",
                                "v > Vt", "v = Vr", "5*ms"},
                               {{"El", -49 * mV},
                                {"Vt", -50 * mV},
                                {"Vr", -60 * mV},
                                {"taum", 20 * ms},
                                {"taue", 5 * ms},
                                {"taui", 10 * ms}});
  CHECK(kernels.method == "exact");
  check_golden("cuba.kernel", print(*kernels.update));
}
TEST_CASE("what depends on a clamped variable is solved twice and selected") {
  const auto kernels = compile({"dv/dt = (-v - w)/tau : 1 (unless refractory)\n"
                                "dw/dt = (a*v - w)/tauw : 1\n",
                                "v > 1", "v = 0; w += b", "5*ms", "exact"},
                               {{"a", 0.5}, {"b", 0.5}, {"tau", 20 * ms}, {"tauw", 100 * ms}});
  CHECK(kernels.method == "exact");
  check_golden("adaptive_exact.kernel", print(*kernels.update));
}
TEST_CASE("a clamped variable stands still in the inner stages of a method") {
  const auto kernels = compile({"dv/dt = (sin(t*Hz) - v - w)/tau : 1 (unless refractory)\n"
                                "dw/dt = (a*v - w)/tauw : 1\n",
                                "v > 1", "v = 0; w += b", "v > 0.5", "rk2"},
                               {{"a", 0.5}, {"b", 0.5}, {"tau", 20 * ms}, {"tauw", 100 * ms}});
  check_golden("clamped_rk2.kernel", print(*kernels.update));
}

TEST_CASE("a Hodgkin-Huxley neuron") {
  const auto kernels =
      compile({"dv/dt = (gl*(El - v) - g_na*m**3*h*(v - ENa))/Cm : volt\n"
               "dm/dt = alpha_m*(1 - m) - beta_m*m : 1\n"
               "dh/dt = 0.128*exp((17*mV - v + VT)/(18*mV))/ms*(1 - h) - 4./(1 + exp((40*mV - v + "
               "VT)/(5*mV)))/ms*h : 1\n"
               "alpha_m = 0.32*4/exprel((13*mV - v + VT)/(4*mV))/ms : Hz\n"
               "beta_m = 0.28*5/exprel((v - VT - 40*mV)/(5*mV))/ms : Hz\n"
               "g_na : siemens (constant)",
               "v > -40*mV", "", "3*ms", ""},
              {{"Cm", 200 * pF}, {"gl", 10 * nS}, {"El", -65 * mV}, {"ENa", 50 * mV}, {"VT", -63 * mV}});
  CHECK(kernels.method == "euler");
  check_golden("hodgkin_huxley.kernel", print(*kernels.update));
}

TEST_CASE("a group that spikes at random") {
  const auto kernels = compile({"rates : Hz", "rand() < rates*dt"});
  CHECK_FALSE(kernels.reset);
  CHECK(kernels.warnings.empty());
  check_golden("poisson.kernel", print(*kernels.threshold));
}

TEST_CASE("a pathway that adds a weight to a protected variable") {
  const GroupModel source = models::declare({"", "i < 1"});
  const GroupModel target =
      models::declare({"dv/dt = -v/tau : 1 (unless refractory)\ng : 1", "v > 1", "v = 0", "2*ms"});
  const SynapsesModel synapses =
      models::declare_synapses("w : 1\nplastic : boolean",
                               "v_post += w; g += rand()*(j + 1); w *= 0.5; plastic = w > 1", source, target);
  check_golden("pathway.kernel", print(*compile_synapses(synapses, {{"tau", 10 * ms}}).pathways[0].rows));
}

TEST_CASE("a shared subexpression uses shared values only") {
  const auto refused = [](const std::string& equations) {
    return models::error_of({equations}).find("RV0605") != std::string::npos;
  };
  CHECK(refused("x : 1\n s = 2*x : 1 (shared)"));
  CHECK(refused("s = 2*i : 1 (shared)"));
  CHECK(refused("x : 1\n y = x + 1 : 1\n s = y : 1 (shared)"));
  CHECK(refused("x = rand() : 1 (constant over dt)\n s = 2*x : 1 (shared)"));
  CHECK_FALSE(refused("x : 1 (shared)\n y = N*x : 1\n s = 2*y*t/second : 1 (shared)"));
  CHECK_FALSE(refused("s = rand() : 1 (shared, constant over dt)"));
  const GroupModel neurons = models::declare({"x : 1\n z : 1 (shared)"});
  CHECK_THROWS_AS(models::declare_synapses("s = x : 1 (shared)", "", neurons, neurons), ModelError);
  CHECK_NOTHROW(models::declare_synapses("s = z + z_pre : 1 (shared)", "", neurons, neurons));
}

TEST_CASE("what there is to warn of in the equations of synapses is said once") {
  const GroupModel group = models::declare({"v : 1", "v > 1"});
  const SynapsesModel synapses =
      models::declare_synapses("dw/dt = w/0/second : 1 (clock-driven)\ny = w/0 : 1 (constant over dt)",
                               "v_post += w; w += y", group, group);
  const SynapsesKernels kernels = compile_synapses(synapses, {});
  REQUIRE(kernels.update);
  CHECK(kernels.constants.each);
  CHECK(kernels.warnings.size() == 2);
}
