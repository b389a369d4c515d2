#include <doctest/doctest.h>

#include <ranvier/grammar/json.hpp>
#include <ranvier/models/point_neuron_model.hpp>
#include <ranvier/runtime/network.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

PointNeuronModel model_with_synapse() {
  PointNeuronModel model({.model = "leakyIF", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70 * mV});
  model.synapse("AMPA", {.tag = "ext", .g = 2 * nS, .t_decay = 2.5 * ms});
  return model;
}

std::vector<Diagnostic> problems_of(const PointNeuronModel& model, const NeuronGroupOptions& options = {}) {
  Network net;
  try {
    net.neuron_group(1, model, options);
    net.prepare();
  } catch (const ModelError& error) {
    return error.diagnostics();
  }
  return {};
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every part of a builder's text knows the call that wrote it") {
  PointNeuronModel model = model_with_synapse();
  model.noise().add_equations("w : 1");
  const SourcePtr source = model.source();
  CHECK(source->text() == model.equations());
  const auto origin = [&](const char* part) {
    const auto at = source->text().find(part);
    REQUIRE(at != std::string::npos);
    return std::string(source->origin(static_cast<std::uint32_t>(at)));
  };
  CHECK(origin("dV/dt") == "PointNeuronModel({.model = \"leakyIF\"})");
  CHECK(origin("I_AMPA_ext = ") == "model.synapse(\"AMPA\", {.tag = \"ext\"})");
  CHECK(origin("+ I_AMPA_ext") == "model.synapse(\"AMPA\", {.tag = \"ext\"})");
  CHECK(origin("dI_noise/dt") == "model.noise()");
  CHECK(origin("w : 1") == "model.add_equations(...)");
}

TEST_CASE("a mistake that a user's equation makes in generated text names both calls") {
  PointNeuronModel model = model_with_synapse();
  model.add_equations("g_AMPA_ext : volt");  // a conductance before
  const auto problems = problems_of(model);
  REQUIRE(problems.size() == 1);
  const std::string text = render(problems[0]);
  CHECK(says(text, "note: this text was written by model.synapse(\"AMPA\", {.tag = \"ext\"})"));
  CHECK(says(to_json(problems), "\"origin\":\"model.synapse(\\\"AMPA\\\", {.tag = \\\"ext\\\"})\""));
}

TEST_CASE("a constant of the wrong unit names the call whose text it breaks") {
  PointNeuronModel model = model_with_synapse();
  const auto problems = problems_of(model, {.namespace_ = {{"t_AMPA_decay_ext", 3 * mV}}});
  REQUIRE(problems.size() == 1);
  CHECK(says(render(problems[0]), "this text was written by model.synapse(\"AMPA\", {.tag = \"ext\"})"));
}

TEST_CASE("equations behind a builder's are the user's own") {
  const auto problems = problems_of(model_with_synapse(), {.equations = "dx/dt = -x : 1"});
  REQUIRE(problems.size() == 1);
  CHECK_FALSE(says(render(problems[0]), "was written by"));
}

TEST_CASE("constants that a builder brings along are no unused ones") {
  Network net;
  net.neuron_group(1, model_with_synapse());
  net.prepare();
  CHECK(net.warnings().empty());
}
