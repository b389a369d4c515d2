#include "tests/docs/language_page.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/folder.hpp>
#include <sstream>
#include <stdexcept>

namespace language_page {
namespace {

using namespace ranvier;
using namespace ranvier::units;

const Namespace constants{{"tau", 20 * ms},    {"El", -70 * mV},     {"Vt", -50 * mV}, {"Vr", -60 * mV},
                          {"DeltaT", 2 * mV},  {"gL", 10 * nS},      {"C", 200 * pF},  {"rate", 5 * Hz},
                          {"tau_syn", 5 * ms}, {"strength", 1 * nS}, {"k", 3},         {"a", 0.5},
                          {"sigma", 1 * mV},   {"E_exc", 0 * mV}};

double boltzmann(double v, double half, double slope) {
  return 1 / (1 + std::exp((half - v) / slope));
}

void add_functions(Network& net) {
  net.set("gate", Function(boltzmann, {.arguments = {{"v", volt}, {"half", volt}, {"slope", volt}}}));
  net.set("soft", Function::text("x/(1 + abs(x))", {{"x"}}));
  net.set("stimulus", TimedArray({0 * nA, 1 * nA, 0 * nA}, 10 * ms));
  net.set("movie", TimedArray(std::vector<std::vector<double>>{{0, 1}, {1, 0}}, 5 * ms));
}

/// The neurons that every example which is not about equations can use.
const NeuronGroupOptions neurons{.equations =
                                     "dv/dt = (El - v)/tau + current/C : volt (unless refractory)\n"
                                     "dg/dt = -g/tau_syn : siemens\n"
                                     "current = g*(E_exc - v) : amp\n"
                                     "x : 1\ny : 1\nn : integer\nactive : boolean\n"
                                     "level : 1 (shared)\nthreshold_of_cell : volt (constant)",
                                 .threshold = "v > Vt",
                                 .reset = "v = Vr",
                                 .refractory = "2*ms",
                                 .name = "neurons"};

using Try = std::function<void(Network&, const std::string&)>;

NeuronGroup& group_in(Network& net, NeuronGroupOptions options = neurons) {
  return net.neuron_group(4, options);
}

void with_synapses(Network& net, SynapsesOptions options, const ConnectOptions& connect = {}) {
  NeuronGroup& group = group_in(net);
  options.name = "synapses";
  net.synapses(group, group, options).connect(connect);
}

const std::map<std::string, Try> tries{
    {"equations",
     [](Network& net, const std::string& text) {
       net.neuron_group(4, {.equations = text, .name = "neurons"});
     }},
    {"threshold",
     [](Network& net, const std::string& text) {
       NeuronGroupOptions options = neurons;
       options.threshold = text;
       group_in(net, options);
     }},
    {"reset",
     [](Network& net, const std::string& text) {
       NeuronGroupOptions options = neurons;
       options.reset = text;
       group_in(net, options);
     }},
    {"refractory",
     [](Network& net, const std::string& text) {
       NeuronGroupOptions options = neurons;
       options.refractory = text;
       group_in(net, options);
     }},
    {"method",
     [](Network& net, const std::string& text) {
       NeuronGroupOptions options = neurons;
       options.method = text;
       group_in(net, options);
     }},
    {"synapses", [](Network& net, const std::string& text) { with_synapses(net, {.equations = text}); }},
    {"on_pre",
     [](Network& net, const std::string& text) {
       with_synapses(net, {.equations = "w : siemens\nu : 1", .on_pre = text});
     }},
    {"generator",
     [](Network& net, const std::string& text) {
       with_synapses(net, {.equations = "w : siemens"}, {.j = text, .skip_if_invalid = true});
     }},
    {"condition",
     [](Network& net, const std::string& text) {
       with_synapses(net, {.equations = "w : siemens"}, {.condition = text});
     }},
};

void attempt(Network& net, const Example& example) {
  if (example.kind.starts_with("assign ")) {
    group_in(net)[example.kind.substr(7)] = example.text;
    return;
  }
  const auto found = tries.find(example.kind);
  if (found == tries.end()) throw std::logic_error("no example can be '" + example.kind + "'");
  found->second(net, example.text);
  net.prepare();
}

Expected expectation(std::string& kind) {
  for (const auto& [word, expected] :
       {std::pair(" refused", Expected::refused), {" warned", Expected::warned}})
    if (kind.ends_with(word)) {
      kind.resize(kind.size() - std::string_view(word).size());
      return expected;
    }
  return Expected::accepted;
}

}  // namespace

std::string read_page() {
  std::stringstream text;
  text << std::ifstream(test_folder + "/../docs/language.md").rdbuf();
  return text.str();
}

std::vector<Example> examples(const std::string& page) {
  std::vector<Example> list;
  std::size_t line = 1;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = std::min(page.find('\n', at), page.size());
    if (page.compare(at, 3, "```") != 0) {
      at = end + 1, ++line;
      continue;
    }
    Example example;
    example.kind = page.substr(at + 3, end - at - 3);
    example.line = line;
    const std::size_t close = page.find("\n```\n", end);
    if (close == std::string::npos)
      throw std::logic_error("a block without end in line " + std::to_string(line));
    const std::string text = page.substr(end + 1, close > end ? close - end : 0);
    line += static_cast<std::size_t>(std::count(page.begin() + static_cast<std::ptrdiff_t>(at),
                                                page.begin() + static_cast<std::ptrdiff_t>(close + 5), '\n'));
    at = close + 5;
    if (example.kind == "message") {
      list.back().message = text;
      list.back().message_begin = end + 1, list.back().message_end = close + 1;
      continue;
    }
    example.text = text.substr(0, text.find_last_not_of('\n') + 1);
    example.expected = expectation(example.kind);
    list.push_back(std::move(example));
  }
  return list;
}

std::string answer_to(const Example& example) {
  Network net({.namespace_ = constants});
  add_functions(net);
  try {
    attempt(net, example);
  } catch (const Error& error) {
    const std::string what = error.what();
    return what.ends_with('\n') ? what : what + '\n';
  }
  std::vector<Diagnostic> warnings = net.warnings();  // no example uses all constants
  std::erase_if(warnings, [](const Diagnostic& w) { return w.code == DiagnosticCode::unused_constant; });
  return render(warnings);
}

double value_of(const std::string& expression) {
  Network net({.namespace_ = constants});
  auto& group = net.neuron_group(1, {.equations = "x : 1"});
  group["x"] = expression;
  return group["x"][0];
}

}  // namespace language_page
