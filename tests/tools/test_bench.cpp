#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <ranvier/tools/bench_hand.hpp>
#include <ranvier/tools/bench_models.hpp>
#include <ranvier/tools/machine_probe.hpp>

#include "tests/support/scratch.hpp"
#include "tests/tools/dialogue.hpp"
#include "tests/tools/process.hpp"

using namespace ranvier;
using test::run_tool;

TEST_CASE("the models that are measured are without problems") {
  for (const tool::BenchModel& model : tool::bench_models()) {
    CAPTURE(model.name);
    test::Dialogue dialogue(false);
    CHECK(dialogue.say(std::string(model.text) + "run 1*ms\n") == "");
  }
}

TEST_CASE("measurements of a model come as JSON") {
  const auto outcome = run_tool({"bench", "-", "--json", "--seconds", "0.01"},
                                "poisson p 10 100*Hz\ngroup g 50\ndv/dt = -v/(10*ms) : 1\nsynapses s p -> g\n"
                                "on_pre v += 1\nconnect p=1\nspikes p\n");
  REQUIRE(outcome.code == 0);
  const auto results = nlohmann::json::parse(outcome.out)["results"];
  REQUIRE(results.size() >= 1);
  CHECK(results[0]["neurons"] == 50);
  CHECK(results[0]["ns_per_neuron_step"] > 0);
  CHECK(results[0]["compile_ms"]["link"] > 0);
  CHECK(run_tool({"bench", "-"}, "grup 3\n").code == 1);
}

TEST_CASE("models by hand have the spikes of the models' texts") {
  for (const tool::BenchModel& model : tool::bench_models()) {
    CAPTURE(model.name);
    test::Dialogue dialogue(false);
    REQUIRE(dialogue.say(std::string(model.text) + (model.name == "stdp" ? "" : "spikes cells\n")) == "");
    tool::Session& session = dialogue.session;
    const auto hand = tool::by_hand(model.name, session);
    REQUIRE(hand);
    Network& network = session.built().network();
    network.run(Time(2000 * network.dt().si()));
    hand->step(2000);
    std::int64_t spikes = 0;
    for (const tool::Recorded& recorded : session.built().recorded())
      if (recorded.source == "cells") spikes += recorded.spikes().num_spikes();
    CHECK(spikes > 0);
    CHECK(hand->spikes() == spikes);
  }
}

TEST_CASE("the limits of the machine are numbers that can be") {
  const tool::MachineLimits limits = tool::measure_machine(0.001);
  for (const double rate : {limits.l1, limits.l2, limits.memory, limits.multiply_adds, limits.divisions,
                            limits.scatter_adds_cached, limits.scatter_adds}) {
    CHECK(rate > 1e5);   // bytes, operations a second
    CHECK(rate < 1e14);  // nothing was left out by the compiler
  }
}

TEST_CASE("what a run recorded is drawn from its files") {
  const test::Scratch scratch;
  run_tool({"run", "-", "--out", scratch.path("r")},
           "group g 3\ndv/dt = (2 - v)/(10*ms) : 1\nthreshold v > 1\nreset v = 0\nspikes g\ntrace g v\nrate "
           "g\nrun 50*ms\n");
  const auto shown = run_tool(
      {"plot", scratch.path("r/g_spikes.csv"), scratch.path("r/g_trace.csv"), scratch.path("r/g_rate.csv")});
  CHECK(shown.code == 0);
  CHECK(shown.out.find("Time (ms)") != std::string::npos);
  CHECK(run_tool({"plot", scratch.path("r/g_trace.csv"), "-o", scratch.path("v.svg")}).code == 0);
  CHECK(test::contents_of(scratch.path("v.svg")).find("<svg") != std::string::npos);
  CHECK(run_tool({"plot", scratch.path("r/g_trace_v.npy")}).code == 3);
  CHECK(run_tool({"plot", scratch.path("nothing.csv")}).code == 3);
}

TEST_CASE("a variable of a model is explained from its file") {
  const auto outcome = run_tool({"explain", "v", test::examples_folder + "/cuba.rv"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out.find("exact") != std::string::npos);
  CHECK(outcome.out.find("unless refractory") != std::string::npos);
  const auto unknown = run_tool({"explain", "tauum", test::examples_folder + "/cuba.rv"});
  CHECK(unknown.code == 1);
  CHECK(unknown.err.find("did you mean `taum`?") != std::string::npos);
}
