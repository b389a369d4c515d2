#include <doctest/doctest.h>

#include <fstream>
#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/print.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/folder.hpp>
#include <string>
#include <vector>

#include "tests/docs/document.hpp"

// The code of docs/walkthrough.md. The last test case holds the document to this file and to what it prints.
using namespace ranvier;
using namespace ranvier::units;

namespace {

GroupText text_of_the_journey() {
  return {"neurons",
          make_source("equations of neurons", "dv/dt = -v/tau : volt (unless refractory)"),
          make_source("threshold of neurons", "v > 10*mV"),
          make_source("reset of neurons", "v = 0*mV"),
          make_source("refractory of neurons", "2*ms"),
          make_source("method of neurons", "exact")};
}

}  // namespace

TEST_CASE("walkthrough 1: a text becomes a tree") {
  Diagnostics diagnostics;
  const SourcePtr source = make_source("equations of neurons", "dv/dt = -v/tau : volt (unless refractory)");
  const Block block = parse_equations(source, diagnostics);
  const Equation& equation = block.at(0);
  const ast::Binary& quotient = *as<ast::Binary>(equation.rhs);
  CHECK(equation.name == "v");
  CHECK(quotient.op == BinaryOp::divide);
  CHECK(quotient.rhs->place.text() == "tau");
  CHECK(equation.flags.at(0).text == "unless refractory");
  CHECK(print(equation.rhs) == "-v/tau");
}

TEST_CASE("walkthrough 2: names get their meaning, and volts stay volts") {
  const GroupModel model = declare_group(text_of_the_journey());
  const Scope scope = scope_of(model, {{"tau", 10 * ms}});
  Diagnostics diagnostics;
  const Expr rhs = pass::resolve(model.find("v")->rhs, scope, diagnostics);
  const auto dimension = pass::dimension_of(rhs, scope, diagnostics);
  CHECK(to_string(*dimension) == "volt/second");
  CHECK(diagnostics.all().empty());
}

TEST_CASE("walkthrough 3: a model becomes kernels") {
  const GroupModel model = declare_group(text_of_the_journey());
  const GroupKernels kernels = compile_group(model, {{"tau", 10 * ms}});
  const std::string text = print(*kernels.update);
  CHECK(kernels.method == "exact");
  CHECK(kernels.update->loop == Loop::elements);
  CHECK(kernels.reset->loop == Loop::list);
  CHECK(text.find("where v > 0.01") != std::string::npos);
}

TEST_CASE("walkthrough 4: kernels become machine code") {
  const GroupKernels kernels = compile_group(declare_group(text_of_the_journey()), {{"tau", 10 * ms}});
  const auto backend = make_backend({.name = "llvm", .lanes = 4});
  const ExecutablePtr update = backend->build({*kernels.update}).front();
  const std::string ir = backend->inspect(*kernels.update, "ir");
  const std::string assembly = backend->inspect(*kernels.update, "asm");
  CHECK(update != nullptr);
  CHECK(ir.find("<4 x double>") != std::string::npos);
  CHECK(assembly.find("ret") != std::string::npos);
}

TEST_CASE("walkthrough 5: a network binds and runs them") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& neurons = net.neuron_group(1000, {.equations = "dv/dt = -v/tau : volt (unless refractory)",
                                          .threshold = "v > 10*mV",
                                          .reset = "v = 0*mV",
                                          .refractory = 2 * ms,
                                          .method = "exact"});
  neurons["v"] = "i*0.011*mV";
  auto& spikes = net.spike_monitor(neurons);
  net.run(1 * ms);
  CHECK(spikes.num_spikes() == 81);
  CHECK(net.scheduling_summary().find("thresholds      1  spikemonitor") != std::string::npos);
}

TEST_CASE("the walkthrough shows this code and what it prints") {
  const std::string page = document::contents("docs/walkthrough.md");
  const std::string code = document::contents("tests/docs/test_walkthrough.cpp");
  const auto snippets = document::blocks(page, "cpp");
  REQUIRE(snippets.size() == 5);
  for (const std::string& snippet : snippets) {
    CAPTURE(snippet);
    CHECK(document::shows(code, snippet));
  }
  const GroupKernels kernels = compile_group(declare_group(text_of_the_journey()), {{"tau", 10 * ms}});
  const auto printed = document::blocks(page, "kernel");
  REQUIRE(printed.size() == 2);
  CHECK(printed[0] == print(*kernels.update));
  CHECK(printed[1] == print(*kernels.reset));
}

TEST_CASE("the files that the walkthrough names exist") {
  const std::string page = document::contents("docs/walkthrough.md");
  int named = 0;
  for (std::size_t at = page.find('`'); at != std::string::npos; at = page.find('`', at + 1)) {
    const std::size_t end = page.find('`', at + 1);
    if (end == std::string::npos) break;
    const std::string word = page.substr(at + 1, end - at - 1);
    at = end;
    const bool file = word.ends_with(".cpp") || word.ends_with(".hpp");
    if (!file || word.find('/') == std::string::npos || word.find_first_of(" *{\n") != std::string::npos)
      continue;
    ++named;
    CAPTURE(word);
    CHECK(std::ifstream(test_folder + "/../" + word).good());
  }
  CHECK(named >= 20);
}
