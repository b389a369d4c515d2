// Models whose mistakes only a network finds; see tests/errors/README.md.
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/model_file.hpp>

#include "tests/support/golden.hpp"

using namespace ranvier;
using namespace ranvier::units;
using test::ModelFile;

namespace {

std::string text_of(const ModelFile& model, const std::string& section) {
  const std::string* found = model.find(section);
  return found ? *found : "";
}

double number_of(const ModelFile& model, const std::string& name, double otherwise) {
  const Namespace options = test::namespace_of(model, "network");
  const auto found = options.find(name);
  return found == options.end() ? otherwise : found->second.quantity()->value;
}

void make_synapses(Network& net, NeuronGroup& neurons, const ModelFile& model) {
  auto& synapses = net.synapses(
      neurons, neurons,
      {.equations = text_of(model, "synapses"), .on_pre = text_of(model, "on_pre"), .name = "synapses"});
  ConnectOptions options;
  if (model.find("j")) options.j = text_of(model, "j");
  if (model.find("condition")) options.condition = text_of(model, "condition");
  synapses.connect(options);
}

void build(Network& net, const ModelFile& model) {
  const auto n = static_cast<std::int64_t>(number_of(model, "neurons", 1));
  auto& neurons = net.neuron_group(n, {.equations = text_of(model, "equations"),
                                       .threshold = text_of(model, "threshold"),
                                       .reset = text_of(model, "reset"),
                                       .refractory = text_of(model, "refractory"),
                                       .method = text_of(model, "method"),
                                       .namespace_ = test::namespace_of(model, "neurons namespace"),
                                       .name = "neurons"});
  if (model.find("on_pre")) make_synapses(net, neurons, model);
  for (const test::Section& section : model.sections)
    if (section.name.starts_with("set ")) neurons[section.name.substr(4)] = section.text;
  if (const double rate = number_of(model, "rate", 0); rate > 0) net.poisson_group(n, rate * Hz);
  if (model.find("run_regularly")) neurons.run_regularly(text_of(model, "run_regularly"));
  net.run(Time(number_of(model, "ran", 0)), {.watch = WatchOptions{WatchPolicy::stop}});
  if (const double stopped = number_of(model, "stopped", 0); stopped > 0)
    net.run(Time(stopped), {.progress = [&](const Progress&) { net.stop(); }});
  if (const double spike = number_of(model, "spike", -1); spike >= 0)
    net.spike_generator_group(n, {0}, {Time(spike)});
  net.prepare();
}

/// What a user is told who makes a network of the model.
std::vector<Diagnostic> said_of(const ModelFile& model) {
  Network net({.dt = Time(number_of(model, "dt", 1e-4)),
               .namespace_ = test::namespace_of(model),
               .limits = test::limits_of(model)});
  try {
    build(net, model);
  } catch (const ModelError& error) {
    return error.diagnostics();
  }
  return net.warnings();
}

}  // namespace

TEST_CASE("every bad model of a network is answered with the text beside it") {
  for (const ModelFile& model : test::network_models_in("errors")) {
    CAPTURE(model.name);
    const std::vector<Diagnostic> said = said_of(model);
    check_golden("../errors/" + model.name + ".txt", said.empty() ? "no error\n" : render(said));
    CHECK(said.size() == 1);
    if (said.empty()) continue;
    CHECK((said[0].severity == Severity::warning) == model.name.starts_with("warning_"));
    CHECK_FALSE((said[0].help.empty() && said[0].fixes.empty()));
    CHECK_FALSE(model.remark.empty());
  }
}
