#include <doctest/doctest.h>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/models/library.hpp>
#include <ranvier/models/point_neuron_model.hpp>
#include <ranvier/runtime/neuron_group.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// A model whose every constant has a value.
PointNeuronModel complete(const std::string& membrane) {
  PointNeuronModel model({.model = membrane, .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  Namespace values;
  for (const Parameter& parameter : model.missing_parameters()) {
    values.emplace(parameter.name, AnyQuantity(1e-3, parameter.dimension));
  }
  model.add_params(values).add_params({{"Vth", -40.4 * mV}, {"Vr", -65.6 * mV}});
  return model;
}

GroupKernels compiled(const PointNeuronModel& model, const char* method) {
  const GroupText text{.name = "neurons",
                       .equations = make_source("equations", model.equations()),
                       .threshold = make_source("threshold", "V > Vth"),
                       .reset = make_source("reset", "V = Vr"),
                       .refractory = {},
                       .method = make_source("method", method)};
  const Namespace names = model.parameters();
  return compile_group(declare_group(text, names), names);
}

void check_compiles(const PointNeuronModel& model, const char* method) {
  INFO(model.equations());
  GroupKernels kernels;
  REQUIRE_NOTHROW(kernels = compiled(model, method));
  CHECK(kernels.update);
  CHECK(kernels.reset);
  CHECK(kernels.warnings.empty());
}

}  // namespace

static_assert(NeuronBuilder<PointNeuronModel>, "Network::neuron_group takes it");

TEST_CASE("every membrane with every channel is a model that compiles") {
  for (const std::string& membrane : library::membrane_names()) {
    for (const std::string& channel : library::channel_names()) {
      PointNeuronModel one_gate = complete(membrane);
      one_gate.synapse(channel, {.tag = "x", .g = 2 * nS, .t_decay = 2.5 * ms});
      check_compiles(one_gate, "euler");
      PointNeuronModel two_gates = complete(membrane);
      two_gates.synapse(channel, {.tag = "x", .g = 2 * nS, .t_rise = 1 * ms, .t_decay = 2.5 * ms});
      check_compiles(two_gates, "euler");
    }
  }
}

TEST_CASE("a model with every channel, noise and own equations compiles") {
  for (const std::string& membrane : library::membrane_names()) {
    PointNeuronModel model = complete(membrane);
    for (const std::string& channel : library::channel_names()) {
      model.synapse(channel, {.tag = "a", .g = 2 * nS, .t_decay = 2.5 * ms});
      model.synapse(channel, {.tag = "b", .g = 2 * nS, .t_rise = 1 * ms, .t_decay = 2.5 * ms});
    }
    model.noise().add_equations("w_AMPA_a : 1\nd_trace = V - EL : volt");
    check_compiles(model, "euler");
  }
}

TEST_CASE("membranes without channels compile with a Runge-Kutta method too") {
  for (const std::string& membrane : library::membrane_names()) check_compiles(complete(membrane), "rk4");
}

TEST_CASE("a forgotten parameter is an error that names it") {
  const PointNeuronModel model(
      {.model = "adex", .cm_abs = 281 * pF, .gl_abs = 30 * nS, .v_rest = -70.6 * mV});
  try {
    compiled(model, "euler");
    FAIL("no error");
  } catch (const ModelError& error) {
    for (const char* name : {"tauw", "DeltaT"})
      CHECK(std::string(error.what()).find(name) != std::string::npos);
  }
}
