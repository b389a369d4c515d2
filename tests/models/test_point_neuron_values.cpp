#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include <ranvier/compiler/units.hpp>
#include <ranvier/models/point_neuron_model.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

PointNeuronModel leaky() {
  return PointNeuronModel({.cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
}

/// The peak of dx/dt = -x/t_decay + s/ms, ds/dt = -s/t_rise, s(0) = 1 (times in ms), by small steps.
double simulated_peak(double t_rise, double t_decay) {
  const double h = 1e-4;
  double x = 0, peak = 0;
  for (int k = 0; k < 400'000; ++k) {
    const auto slope = [&](double time, double value) { return -value / t_decay + std::exp(-time / t_rise); };
    const double half = x + h / 2 * slope(k * h, x);
    x += h * slope((k + 0.5) * h, half);
    peak = std::max(peak, x);
  }
  return peak;
}

}  // namespace

TEST_CASE("a cylinder's area gives capacitance and leak") {
  const PointNeuronModel model(
      {.length = 20 * um, .diameter = 20 * um, .cm = 1 * uF / cm2, .gl = 40 * uS / cm2, .v_rest = -65 * mV});
  REQUIRE(model.area());
  CHECK(model.area()->in(um2) == doctest::Approx(1256.63706).epsilon(1e-8));
  CHECK(model.capacitance().in(pF) == doctest::Approx(12.56637).epsilon(1e-6));
  CHECK(model.g_leakage().in(nS) == doctest::Approx(0.50265482).epsilon(1e-7));
  CHECK(model.parameters().at("C") == AnyQuantity(model.capacitance()));
  CHECK(model.parameters().at("gL") == AnyQuantity(model.g_leakage()));
}

TEST_CASE("absolute values are taken as they are and know no area") {
  const PointNeuronModel model = leaky();
  CHECK_FALSE(model.area());
  CHECK(model.capacitance() == 281 * pF);
  CHECK(model.g_leakage() == 30 * nS);
  CHECK(model.v_rest() == -70.6 * mV);
  CHECK(model.parameters().at("EL") == AnyQuantity(-70.6 * mV));
}

TEST_CASE("V begins at v_rest") {
  const std::map<std::string, AnyQuantity> expected{{"V", -70.6 * mV}};
  CHECK(leaky().initial_values() == expected);
}

TEST_CASE("a model has the default constants and nothing else") {
  const Namespace expected{
      {"C", 281 * pF},       {"gL", 30 * nS},     {"EL", -70.6 * mV}, {"E_AMPA", 0 * mV}, {"E_NMDA", 0 * mV},
      {"E_GABA", -80 * mV},  {"E_Na", 70 * mV},   {"E_K", -89 * mV},  {"E_Ca", 136 * mV}, {"Mg_con", 1.0},
      {"Alpha_NMDA", 0.062}, {"Beta_NMDA", 3.57}, {"Gamma_NMDA", 0.0}};
  const Namespace actual = leaky().parameters();
  REQUIRE(actual.size() == expected.size());
  for (const auto& [name, value] : expected) {
    INFO(name);
    CHECK(actual.at(name).quantity()->dimension == value.quantity()->dimension);
    CHECK(actual.at(name).quantity()->value == doctest::Approx(value.quantity()->value).epsilon(1e-12));
  }
}

TEST_CASE("a synapse brings its conductance, kinetics and a weight of one") {
  PointNeuronModel model = leaky();
  model.synapse("NMDA", {.tag = "x", .g = 2 * nS, .t_rise = 10 * ms, .t_decay = 60 * ms});
  const Namespace names = model.parameters();
  CHECK(names.at("g_NMDA_x") == AnyQuantity(2 * nS));
  CHECK(names.at("t_NMDA_rise_x") == AnyQuantity(10 * ms));
  CHECK(names.at("t_NMDA_decay_x") == AnyQuantity(60 * ms));
  CHECK(names.at("w_NMDA_x") == AnyQuantity(1.0));
}

TEST_CASE("what a synapse was not given is absent and asked for") {
  PointNeuronModel model = leaky();
  model.synapse("AMPA", {.tag = "x"});
  CHECK(model.parameters().count("g_AMPA_x") == 0);
  CHECK(model.parameters().count("t_AMPA_decay_x") == 0);
  CHECK(model.parameters().count("t_AMPA_rise_x") == 0);
  const std::vector<Parameter> missing = model.missing_parameters();
  REQUIRE(missing.size() == 2);
  CHECK(missing[0].name == "g_AMPA_x");
  CHECK(missing[1].name == "t_AMPA_decay_x");
  CHECK(missing[1].dimension == Time::dimension());
}

TEST_CASE("an adex model asks for its four parameters until they are given") {
  PointNeuronModel model({.model = "adex", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  std::vector<std::string> names;
  for (const Parameter& parameter : model.missing_parameters()) names.push_back(parameter.name);
  CHECK(names == std::vector<std::string>{"a", "tauw", "DeltaT", "Vth"});
  model.add_params({{"a", 4 * nS}, {"tauw", 144 * ms}, {"DeltaT", 2 * mV}, {"Vth", -50.4 * mV}});
  CHECK(model.missing_parameters().empty());
}

TEST_CASE("zero is a value") {
  PointNeuronModel model({.cm_abs = 281 * pF, .gl_abs = 0 * nS, .v_rest = 0 * mV});
  model.synapse("AMPA", {.tag = "x", .g = 0 * nS, .t_decay = 1 * ms}).noise({.sigma = 0 * pA});
  CHECK(model.parameters().at("EL") == AnyQuantity(0 * mV));
  CHECK(model.parameters().at("gL") == AnyQuantity(0 * nS));
  CHECK(model.parameters().at("g_AMPA_x") == AnyQuantity(0 * nS));
  CHECK(model.parameters().at("sigma_noise") == AnyQuantity(0 * pA));
}

TEST_CASE("noise is 1 pA around 0 with 20 ms unless said otherwise") {
  PointNeuronModel standard = leaky();
  standard.noise();
  CHECK(standard.parameters().at("tau_noise").quantity()->value == doctest::Approx(20e-3));
  CHECK(standard.parameters().at("sigma_noise").quantity()->value == doctest::Approx(1e-12));
  CHECK(standard.parameters().at("mean_noise") == AnyQuantity(0 * pA));
  PointNeuronModel strong = leaky();
  strong.noise({.tau = 2 * ms, .sigma = 300 * pA, .mean = 50 * pA});
  CHECK(strong.parameters().at("tau_noise") == AnyQuantity(2 * ms));
  CHECK(strong.parameters().at("sigma_noise") == AnyQuantity(300 * pA));
  CHECK(strong.parameters().at("mean_noise") == AnyQuantity(50 * pA));
}

TEST_CASE("add_params wins over constants of the library, of the geometry and of calls") {
  PointNeuronModel model = leaky();
  model.synapse("GABA", {.tag = "x", .g = 1 * nS, .t_decay = 5 * ms});
  model.add_params({{"E_GABA", -65 * mV},
                    {"EL", -60 * mV},
                    {"C", 100 * pF},
                    {"gL", 10 * nS},
                    {"g_GABA_x", 3 * nS},
                    {"w_GABA_x", 2}});
  const Namespace names = model.parameters();
  CHECK(names.at("E_GABA") == AnyQuantity(-65 * mV));
  CHECK(names.at("EL") == AnyQuantity(-60 * mV));
  CHECK(names.at("C") == AnyQuantity(100 * pF));
  CHECK(names.at("gL") == AnyQuantity(10 * nS));
  CHECK(names.at("g_GABA_x") == AnyQuantity(3 * nS));
  CHECK(names.at("w_GABA_x") == AnyQuantity(2));
}

TEST_CASE("add_params takes new names and a later call wins") {
  PointNeuronModel model = leaky();
  const Namespace first{{"Vth", -50 * mV}, {"Vr", -65.6 * mV}};
  model.add_params(first).add_params({{"Vth", -40.4 * mV}});
  CHECK(model.parameters().at("Vth") == AnyQuantity(-40.4 * mV));
  CHECK(model.parameters().at("Vr") == AnyQuantity(-65.6 * mV));
}

TEST_CASE("no model changes the constants of another") {
  leaky().add_params({{"E_GABA", -65 * mV}});
  CHECK(leaky().parameters().at("E_GABA") == AnyQuantity(-80e-3, Voltage::dimension()));
}

TEST_CASE("a constant that added equations define becomes a variable with that first value") {
  PointNeuronModel model = leaky();
  model.synapse("AMPA", {.tag = "x", .g = 2 * nS, .t_decay = 5 * ms});
  model.add_equations("g_AMPA_x : siemens\nE_AMPA = 1*mV : volt");
  CHECK(model.parameters().count("g_AMPA_x") == 0);
  CHECK(model.parameters().count("E_AMPA") == 0);
  const std::map<std::string, AnyQuantity> expected{{"V", -70.6 * mV}, {"g_AMPA_x", 2 * nS}};
  CHECK(model.initial_values() == expected);
}

TEST_CASE("g_norm_factor gives the published values") {
  CHECK(1 / PointNeuronModel::g_norm_factor(2 * ms, 5 * ms) == doctest::Approx(1.0858).epsilon(5e-5));
  CHECK(g_norm_factor(2 * ms, 5 * ms) == doctest::Approx(0.92100787).epsilon(1e-8));
  PointNeuronModel model = leaky();
  model.synapse("AMPA", {.tag = "x", .g = 1 * nS, .t_rise = 2 * ms, .t_decay = 5 * ms, .scale_g = true});
  CHECK(model.parameters().at("g_AMPA_x").quantity()->value == doctest::Approx(0.92100787e-9).epsilon(1e-8));
}

TEST_CASE("g_norm_factor is one over the simulated peak") {
  const double times[][2] = {{2, 5}, {5, 2}, {0.5, 60}, {3, 3}, {3, 3.001}, {1, 1.5}};
  for (const auto& [t_rise, t_decay] : times) {
    CAPTURE(t_rise);
    CAPTURE(t_decay);
    const double expected = 1 / simulated_peak(t_rise, t_decay);
    CHECK(g_norm_factor(t_rise * ms, t_decay * ms) == doctest::Approx(expected).epsilon(1e-6));
  }
}

TEST_CASE("equal times scale by the peak of the alpha function") {
  PointNeuronModel model = leaky();
  model.synapse("AMPA", {.tag = "x", .g = 1 * nS, .t_rise = 4 * ms, .t_decay = 4 * ms, .scale_g = true});
  const double e = 2.718281828459045;
  CHECK(model.parameters().at("g_AMPA_x").quantity()->value == doctest::Approx(1e-9 * e / 4).epsilon(1e-14));
}

TEST_CASE("times that almost agree lose no digits") {
  const double equal = g_norm_factor(4 * ms, 4 * ms);
  CHECK(g_norm_factor(4 * ms, (4 + 1e-12) * ms) == doctest::Approx(equal).epsilon(1e-11));
  CHECK(g_norm_factor(4 * ms, (4 - 1e-15) * ms) == doctest::Approx(equal).epsilon(1e-14));
}

TEST_CASE("to_string shows equations, constants and what is missing") {
  PointNeuronModel model(
      {.model = "adaptiveIF", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  model.add_params({{"tauw", 144 * ms}});
  const std::string text = model.to_string();
  CHECK(text.find("PointNeuronModel \"adaptiveIF\"") == 0);
  CHECK(text.find(model.equations()) != std::string::npos);
  CHECK(text.find("\ntauw = 144 ms\n") != std::string::npos);
  CHECK(text.find("\nStill without a value\na : siemens\n") != std::string::npos);
}
