// Examples without chance, against numbers of the reference (Brian2 2.5.1 with Dendrify 2.2.0, method euler,
// steps of 0.1 ms): spikes in the same steps, voltages within 1 uV.
#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/examples/program.hpp"

namespace {

struct Expected {
  std::string what;
  std::vector<double> values;
  double tolerance = 1e-9;
};
constexpr double digits = 1e-3;  // [mV, pA, ms]

void check_example(const std::string& name, const std::vector<Expected>& expected) {
  const Output output = run_example(name);
  CAPTURE(output.text);
  CHECK(output.status == 0);
  CHECK(output.picture_bytes > 10'000);
  for (const Expected& row : expected) {
    CAPTURE(row.what);
    const std::vector<double>& values = output[row.what];
    REQUIRE(values.size() == row.values.size());
    for (std::size_t k = 0; k < values.size(); ++k) {
      CAPTURE(values[k]);
      CAPTURE(row.values[k]);
      CHECK(std::abs(values[k] - row.values[k]) <= row.tolerance);
    }
  }
}

}  // namespace

TEST_CASE("point_adex spikes in the steps of the reference") {
  check_example("point_adex", {{"spikes", {31.8, 45.5, 61.4, 80.1, 102.1}}});
}

TEST_CASE("point_adaptation: a current overshoots, a conductance does not") {
  check_example("point_adaptation", {{"spikes of adaptiveIF", {8}},
                                     {"spikes of cadIF", {10}},
                                     {"lowest voltage of adaptiveIF", {-82.163565}, digits},
                                     {"lowest voltage of cadIF", {-65}, digits}});
}

TEST_CASE("syn_ampa and syn_gaba: sizes and times of responses") {
  check_example("syn_ampa", {{"slow EPSP", {-57.468370}, digits},
                             {"slow EPSP reached at", {16.6}},
                             {"fast EPSP", {-58.073625}, digits},
                             {"fast EPSP reached at", {14.8}},
                             {"slow current", {64.279783}, digits},
                             {"slow current reached at", {13.0}},
                             {"fast current", {60}, digits},
                             {"fast current reached at", {10.1}}});
  check_example("syn_gaba", {{"slow IPSP", {-60.843877}, digits},
                             {"slow IPSP reached at", {16.6}},
                             {"fast IPSP", {-60.642125}, digits},
                             {"fast IPSP reached at", {14.8}},
                             {"slow current", {-21.426594}, digits},
                             {"slow current reached at", {13.0}},
                             {"fast current", {-20}, digits},
                             {"fast current reached at", {10.1}}});
}

TEST_CASE("syn_nmda: the response grows with the voltage") {
  check_example("syn_nmda", {{"voltage before the spike, at rest", {-70}, digits},
                             {"highest voltage, at rest", {-65.109803}, digits},
                             {"reached, at rest", {133.3}},
                             {"largest current, at rest", {52.977343}, digits},
                             {"voltage before the spike, depolarised", {-50.004340}, digits},
                             {"highest voltage, depolarised", {-37.870622}, digits},
                             {"reached, depolarised", {133.8}},
                             {"largest current, depolarised", {131.522029}, digits}});
}

TEST_CASE("comp_understanding: dendritic spikes in the steps of the reference") {
  check_example("comp_understanding", {{"dendritic spikes", {6}},
                                       {"events", {123.0, 131.1, 138.0, 144.4, 150.4, 156.2}},
                                       {"sodium opens", {123.1, 131.2, 138.1, 144.5, 150.5, 156.3}},
                                       {"steps with sodium open", {6 * 12}},
                                       {"steps with potassium open", {6 * 25}},
                                       {"highest voltage", {-2.268112}, digits},
                                       {"largest sodium current", {3149.999280}, digits},
                                       {"largest potassium current", {-1300.978323}, digits}});
}

TEST_CASE("comp_backprop: action potentials travel into the dendrites") {
  check_example("comp_backprop", {{"action potentials", {57.0, 68.7, 80.2, 91.7, 103.2}},
                                  {"peaks", {57.1, 68.8, 80.3, 91.8, 103.3}},
                                  {"highest voltage of soma", {40}, digits},
                                  {"highest voltage of trunk", {-7.464371}, digits},
                                  {"highest voltage of prox", {-10.997723}, digits},
                                  {"highest voltage of dist", {-36.219675}, digits}});
}

TEST_CASE("val_rinput and val_tau: input resistance and time constant") {
  check_example("val_rinput", {{"input resistance with 20 nS", {50}, digits},
                               {"input resistance with 24 nS", {41.666667}, digits},
                               {"input resistance with 16 nS", {62.5}, digits}});
  check_example("val_tau", {{"time constant of leakyIF", {12.449928}, digits},
                            {"time constant of adaptiveIF", {11.282854}, digits}});
}

TEST_CASE("val_fi_curve: rates from 200 to 600 pA") {
  check_example(
      "val_fi_curve",
      {{"rates", {0, 0, 0, 0, 0, 0, 21, 30, 38, 46, 53, 61, 68, 75, 82, 89, 96, 103, 110, 116, 123}}});
}

TEST_CASE("val_dendritic_attenuation: couplings from shapes, and how far a current reaches") {
  check_example("val_dendritic_attenuation", {{"coupling of soma and trunk", {8.827784332}, 1e-8},
                                              {"coupling of trunk and prox", {3.448089498}, 1e-8},
                                              {"coupling of prox and dist", {2.317568351}, 1e-8},
                                              {"change of soma", {-6.702803}, digits},
                                              {"change of trunk", {-6.315443}, digits},
                                              {"change of prox", {-5.755278}, digits},
                                              {"change of dist", {-5.389959}, digits},
                                              {"ratio of trunk", {0.9422}, 5e-5},
                                              {"ratio of prox", {0.8586}, 5e-5},
                                              {"ratio of dist", {0.8041}, 5e-5}});
}

TEST_CASE("val_dendritic_io: the ninth synapse sets off a dendritic spike") {
  check_example("val_dendritic_io", {{"responses",
                                      {3.8650, 7.5714, 11.1405, 14.5889, 17.9264, 21.1570, 24.2776, 27.2777,
                                       58.0737, 58.7158, 59.2167, 59.6904, 60.0841, 60.4068, 60.8400},
                                      digits}});
}

TEST_CASE("tutorial_basics: areas and what follows from them") {
  std::vector<Expected> expected;
  for (const std::string part : {"soma", "dend"}) {
    expected.push_back({"area of " + part, {1256.63706}, 1e-5});
    expected.push_back({"capacitance of " + part, {12.56637}, 1e-5});
    expected.push_back({"leak of " + part, {0.50265482}, 1e-8});
  }
  // Two leaks gl and a coupling g: R = 1/(gl + gl*g/(gl + g)).
  const double gl = 0.502654825, g = 10;
  expected.push_back({"input resistance of soma", {1e3 / (gl + gl * g / (gl + g))}, digits});
  check_example("tutorial_basics", expected);
  const std::string text = run_example("tutorial_basics").text;
  for (const char* part : {"I_dend = I_ext_dend + I_NMDA_C_dend + I_AMPA_B_dend + I_AMPA_A_dend : amp\n",
                           "I_soma_dend = (V_soma-V_dend) * "
                           "g_soma_dend : amp\n",
                           "--- refused\nNeuronModel", "an absolute geometry has no shape"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
}
