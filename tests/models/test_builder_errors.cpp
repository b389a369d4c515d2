#include <doctest/doctest.h>

#include <limits>

#include <ranvier/compiler/units.hpp>
#include <ranvier/models/point_neuron_model.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const PointNeuronOptions good{.cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV};
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The problems of the error that `call` throws; empty if it throws none.
template <class Call>
std::vector<std::string> problems_of(Call call) {
  try {
    call();
  } catch (const ModelBuilderError& error) {
    return error.problems();
  }
  return {};
}

std::vector<std::string> construction(const PointNeuronOptions& options) {
  return problems_of([&] { PointNeuronModel model(options); });
}
std::vector<std::string> synapse(const std::string& channel, const ChannelOptions& options) {
  return problems_of([&] { PointNeuronModel(good).synapse(channel, options); });
}
std::vector<std::string> noise(const NoiseOptions& options) {
  return problems_of([&] { PointNeuronModel(good).noise(options); });
}
std::vector<std::string> params(std::initializer_list<Namespace::value_type> values,
                                const PointNeuronOptions& options = good) {
  return problems_of([&] { PointNeuronModel(options).add_params(values); });
}
PointNeuronOptions with_model(const char* name) {
  PointNeuronOptions options = good;
  options.model = name;
  return options;
}

using List = std::vector<std::string>;
constexpr const char* two_ways =
    "; give either cm_abs and gl_abs (absolute values), or length, diameter, cm and gl (a cylinder)";

}  // namespace

TEST_CASE("an unknown membrane model is refused with the nearest name") {
  const std::string known = R"("leakyIF", "passive", "adaptiveIF", "adex", "cadIF", "cadex")";
  CHECK(construction(with_model("adexx")) ==
        List{"no membrane model is called \"adexx\"; did you mean \"adex\"? Known: " + known});
  CHECK(construction(with_model("AMPA")) == List{"no membrane model is called \"AMPA\"; known: " + known});
  CHECK(construction(with_model("noise")).size() == 1);
}

TEST_CASE("absolute values and a cylinder exclude each other") {
  PointNeuronOptions options = good;
  options.length = 20 * um;
  options.cm = 1 * uF / cm2;
  CHECK(construction(options) ==
        List{std::string("cm_abs, gl_abs and length, cm are given together") + two_ways});
}

TEST_CASE("half of the passive membrane is not enough") {
  CHECK(construction({.gl_abs = 30 * nS, .v_rest = 0 * mV}) ==
        List{std::string("cm_abs missing beside gl_abs") + two_ways});
  CHECK(construction({.cm_abs = 30 * pF, .v_rest = 0 * mV}) ==
        List{std::string("gl_abs missing beside cm_abs") + two_ways});
  CHECK(construction({.length = 1 * um, .cm = 1 * uF / cm2, .v_rest = 0 * mV}) ==
        List{std::string("diameter, gl missing beside length, cm") + two_ways});
  CHECK(construction({.v_rest = 0 * mV}) ==
        List{std::string("nothing tells the capacitance and the leak") + two_ways});
}

TEST_CASE("v_rest must be given") {
  CHECK(construction({.cm_abs = 281 * pF, .gl_abs = 30 * nS}) ==
        List{"v_rest is missing: the leak's reversal potential and the first value of V; write for example "
             ".v_rest = -70*mV"});
}

TEST_CASE("values of the membrane must be possible") {
  CHECK(construction({.cm_abs = 0 * pF, .gl_abs = -1 * nS, .v_rest = nan * mV}) ==
        List{"cm_abs must be finite and positive, but is " + to_string(AnyQuantity(0 * pF)),
             "gl_abs must be finite and not negative, but is -1 nS",
             "v_rest must be finite, but is " + to_string(AnyQuantity(nan * mV))});
  const auto cylinder = construction({.length = 0 * um,
                                      .diameter = -1 * um,
                                      .cm = infinity * uF / cm2,
                                      .gl = -1 * uS / cm2,
                                      .v_rest = infinity * mV});
  CHECK(cylinder.size() == 5);
}

TEST_CASE("all problems of a constructor come in one error that says so") {
  try {
    PointNeuronModel model({.model = "adexx", .gl_abs = 1 * nS});
    FAIL("no error");
  } catch (const Error& error) {
    const std::string text = error.what();
    CHECK(text.find("PointNeuronModel: 3 problems\n  - ") == 0);
    for (const char* part : {"adexx", "cm_abs missing", "v_rest is missing"}) {
      CHECK(text.find(part) != std::string::npos);
    }
  }
}

TEST_CASE("an unknown channel is refused with the nearest name") {
  CHECK(synapse("APMA", {.tag = "x"}).front().find(R"("APMA"; )") != std::string::npos);
  CHECK(synapse("AMPAR", {.tag = "x"}) ==
        List{R"(no channel is called "AMPAR"; did you mean "AMPA"? Known: "AMPA", "GABA", "NMDA")"});
  CHECK(synapse("leakyIF", {.tag = "x"}) ==
        List{R"(no channel is called "leakyIF"; known: "AMPA", "GABA", "NMDA")"});
}

TEST_CASE("a tag must be able to be part of a name") {
  CHECK(synapse("AMPA", {}) ==
        List{"a tag is missing: it names the synapse's variables; write for example .tag = \"ext\""});
  for (const char* tag : {"2", "a b", "a-b", "\xc3\xa9", "x : 1\ny", "x{c}"}) {
    CAPTURE(tag);
    const List problems = synapse("AMPA", {.tag = tag});
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].find("cannot be part of a variable's name") != std::string::npos);
  }
  CHECK(synapse("AMPA", {.tag = "_x1"}).empty());
}

TEST_CASE("a tag must not make names that mean something else or are too long") {
  CHECK(synapse("AMPA", {.tag = "pre"}).front().find("\"I_AMPA_pre\" would end in _pre or _post") !=
        std::string::npos);
  CHECK(synapse("AMPA", {.tag = std::string(500, 'x')}).front().find("the limit is 128") !=
        std::string::npos);
}

TEST_CASE("a synapse and a noise can be added once") {
  PointNeuronModel model(good);
  model.synapse("AMPA", {.tag = "x"}).noise();
  CHECK(problems_of([&] { model.synapse("AMPA", {.tag = "x", .t_rise = 1 * ms, .t_decay = 2 * ms}); }) ==
        List{"the model has this already; it can be added once"});
  CHECK(problems_of([&] { model.noise(); }) == List{"the model has this already; it can be added once"});
  CHECK(problems_of([&] { model.synapse("GABA", {.tag = "x"}); }).empty());
  CHECK_THROWS_WITH_AS(model.synapse("AMPA", {.tag = "x"}),
                       "synapse \"AMPA\" with tag \"x\": the model has this already; it can be added once",
                       ModelBuilderError);
}

TEST_CASE("kinetics must be complete") {
  CHECK(synapse("AMPA", {.tag = "x", .t_rise = 1 * ms}) ==
        List{"t_rise is given without t_decay; give both (rise and decay) or only t_decay"});
  const std::string scale = "scale_g needs g, t_rise and t_decay; give all three, or leave scale_g out";
  CHECK(synapse("AMPA", {.tag = "x", .t_rise = 1 * ms, .t_decay = 2 * ms, .scale_g = true}) == List{scale});
  CHECK(synapse("AMPA", {.tag = "x", .g = 1 * nS, .t_decay = 2 * ms, .scale_g = true}) == List{scale});
}

TEST_CASE("values of a synapse must be possible") {
  CHECK(synapse("NMDA", {.tag = "x", .g = -1 * nS, .t_rise = 0 * ms, .t_decay = -2 * ms}) ==
        List{"g must be finite and not negative, but is -1 nS",
             "t_rise must be finite and positive, but is " + to_string(AnyQuantity(0 * ms)),
             "t_decay must be finite and positive, but is -2 ms"});
  CHECK(synapse("NMDA", {.tag = "x", .g = nan * nS, .t_decay = infinity * ms}).size() == 2);
  CHECK(synapse("NMDA", {.tag = "x", .g = 1 * nS, .t_rise = nan * ms, .t_decay = 1 * ms, .scale_g = true})
            .size() == 1);
  CHECK_THROWS_AS(g_norm_factor(0 * ms, 1 * ms), ModelBuilderError);
}

TEST_CASE("values of a noise must be possible") {
  CHECK(noise({.tau = 0 * ms, .sigma = -1 * pA, .mean = infinity * pA}).size() == 3);
  CHECK(noise({.mean = -50 * pA}).empty());
}

TEST_CASE("constants of the model keep their dimension and range") {
  CHECK(params({{"E_GABA", -65.0}}) == List{"E_GABA must be a quantity in volt, but -65 is in 1"});
  CHECK(params({{"C", 0 * pF}}).size() == 1);
  CHECK(
      params({{"a", 1 * ms}, {"tauw", -1 * ms}, {"DeltaT", 0 * mV}, {"Vth", 0}}, with_model("adex")).size() ==
      4);
  CHECK(params({{"gAmax", 0 * nS}, {"EA", -65 * mV}, {"tauA", 210 * ms}}, with_model("cadIF")).empty());
  CHECK(params({{"anything", -1 * ms}, {"limit", infinity}}).empty());
  CHECK(params({{"anything", nan}}).size() == 1);
}

TEST_CASE("a constant's name must be one that a model string can read") {
  for (const char* name : {"", "2x", "a b", "mV", "exp", "pi", "t", "dt", "i", "N", "and", "_element"}) {
    CAPTURE(name);
    CHECK(params({{name, 1.0}}).size() == 1);
  }
}

TEST_CASE("a variable is not given a value by add_params") {
  CHECK(params({{"V", -60 * mV}}) == List{"\"V\" is a variable, defined by model \"leakyIF\", not a "
                                          "constant; set it on the group: group[\"V\"] "
                                          "= -60 mV"});
  CHECK(params({{"I_ext", 1 * nA}}).size() == 1);
  CHECK(params({{"I", 1 * nA}}).size() == 1);
}

TEST_CASE("a constant is given once in a call") {
  CHECK(params({{"Vth", -40 * mV}, {"Vth", -50 * mV}}) == List{"\"Vth\" is given twice; give it once"});
}

TEST_CASE("what add_params gave before a synapse is checked when the synapse comes") {
  PointNeuronModel model(good);
  model.add_params({{"t_AMPA_decay_x", 5 * nS}, {"g_GABA_x", 1 * nS}, {"s_NMDA_x", 1}});
  CHECK(problems_of([&] { model.synapse("AMPA", {.tag = "x"}); }) ==
        List{"t_AMPA_decay_x must be a quantity in second, but 5 nS is in siemens"});
  CHECK(problems_of([&] { model.synapse("GABA", {.tag = "x", .g = 2 * nS}); }) ==
        List{"g would have no effect: add_params gave \"g_GABA_x\" before; give one of the two"});
  CHECK(problems_of([&] { model.synapse("NMDA", {.tag = "x"}); }).size() == 1);
  model.synapse("GABA", {.tag = "x"});
  CHECK(model.parameters().at("g_GABA_x") == AnyQuantity(1 * nS));
}

TEST_CASE("added equations are read at once, with the place of the mistake") {
  PointNeuronModel model(good);
  CHECK_THROWS_AS(model.add_equations("nonsense"), ModelError);
  CHECK_THROWS_AS(model.add_equations("x = 1 : mV"), ModelError);
  CHECK_THROWS_AS(model.add_equations("x : 1\nx : 1"), ModelError);
  CHECK_THROWS_AS(model.add_equations("x : 1 (nonsense)"), ModelError);
}

TEST_CASE("added equations must not define a name again") {
  PointNeuronModel model(good);
  model.add_params({{"gain", 2}}).add_equations("s_AMPA_x : 1");
  for (const char* text : {"V : volt", "I_ext : amp", "I = 1*pA : amp", "s_AMPA_x : 1", "gain : 1"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(model.add_equations(text), ModelError);
  }
  CHECK(problems_of([&] { model.synapse("AMPA", {.tag = "x"}); }) ==
        List{"the variable \"s_AMPA_x\" is defined already, by add_equations"});
}

TEST_CASE("a call that throws changes nothing") {
  PointNeuronModel model(good);
  model.synapse("AMPA", {.tag = "x", .g = 1 * nS, .t_decay = 5 * ms});
  const std::string before = model.to_string();
  CHECK_THROWS(model.synapse("GABA", {.tag = "y", .g = -1 * nS}));
  CHECK_THROWS(model.synapse("AMPA", {.tag = "x"}));
  CHECK_THROWS(model.noise({.tau = 0 * ms}));
  CHECK_THROWS(model.add_params({{"Vth", -40 * mV}, {"V", 0 * mV}}));
  CHECK_THROWS(model.add_equations("x : 1\nV : volt"));
  CHECK(model.to_string() == before);
}
