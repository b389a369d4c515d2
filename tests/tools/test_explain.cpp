// What `ranvier explain` says of variables, and how it counts.
#include <doctest/doctest.h>

#include <ranvier/tools/cost.hpp>
#include <ranvier/tools/kernels_of.hpp>

#include "tests/support/scratch.hpp"
#include "tests/tools/dialogue.hpp"
#include "tests/tools/process.hpp"

using namespace ranvier;
using test::run_tool;

namespace {

/// Of the first kernel of what was said.
tool::KernelCost cost_of_text(const std::string& text) {
  test::Dialogue dialogue(false);
  REQUIRE(dialogue.say(text) == "");
  const auto kernels = tool::kernels_of(dialogue.session, dialogue.session.description().steps.back());
  REQUIRE(!kernels.empty());
  return tool::cost_of(kernels.front().kernel);
}

}  // namespace

TEST_CASE("a step is counted by operations and bytes") {
  // v + dt*(a - v)*b: a difference, two products, a sum
  const auto cost = cost_of_text("group g 10\ndv/dt = (a - v)*b : 1\na : 1\nb : hertz\nmethod euler\n");
  CHECK(cost.operations == 4);
  CHECK(cost.divisions == 0);
  CHECK(cost.functions.empty());
  CHECK(cost.bytes_read == 24);
  CHECK(cost.bytes_written == 8);
}

TEST_CASE("what is the same for all neurons costs nothing, and what occurs twice counts once") {
  // dt*exp(v): a sum, a product, exp once for both
  const auto twice =
      cost_of_text("group g 10\ndv/dt = exp(v)*hertz : 1\ndu/dt = exp(v)*hertz : 1\nmethod euler\n");
  CHECK(twice.functions == std::map<std::string, int>{{"exp", 1}});
  const auto hoisted = cost_of_text("k = 3\ngroup g 10\ndv/dt = exp(k)*hertz*a : 1\na : 1\nmethod euler\n");
  CHECK(hoisted.functions.empty());
}

TEST_CASE("quotients by what differs are divisions") {
  const auto cost = cost_of_text("tau = 1*ms\ngroup g 10\ndv/dt = a/b/tau : 1\na : 1\nb : 1\nmethod euler\n");
  CHECK(cost.divisions == 1);
}

TEST_CASE("an explanation of a variable ends with what a step costs") {
  const std::string model = test::examples_folder + "/hodgkin_huxley.rv";
  const auto outcome = run_tool({"explain", "v", model});
  CHECK(outcome.code == 0);
  CHECK(outcome.out.find("a neuron and step: ") != std::string::npos);
  CHECK(outcome.out.find(" exp") != std::string::npos);
  CHECK(outcome.out.find("at least ") != std::string::npos);
  CHECK(outcome.out.find("elements ") == std::string::npos);
  CHECK(run_tool({"explain", "v", model, "--kernel"}).out.find("\nelements ") != std::string::npos);
  CHECK(run_tool({"explain", "v", model, "--asm"}).out.find("ret") != std::string::npos);
  CHECK(run_tool({"explain", "v", model, "--ir"}).out.find("define ") != std::string::npos);
}

TEST_CASE("a variable of synapses is explained by what an event does") {
  test::Dialogue dialogue(false);
  dialogue.say(
      "group g 10\ndv/dt = -v/(10*ms) : 1\nthreshold v > 1\nreset v = 0\nsynapses s g -> g\nw : 1\n"
      "on_pre v += w\nconnect p=1\n");
  const std::string said = dialogue.say("explain w");
  CHECK(said.find("a synapse and event: 1 operation; ") != std::string::npos);
}

TEST_CASE("what cannot be explained is refused") {
  CHECK(run_tool({"explain"}).code == 2);
  CHECK(run_tool({"explain", "RV9999"}).code == 2);
  CHECK(run_tool({"explain", "v", "nowhere.rv"}).code == 3);
  CHECK(run_tool({"explain", "v", "-"}, "grup 3\n").code == 1);
}
