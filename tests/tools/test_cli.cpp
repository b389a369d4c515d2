#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ranvier/runtime/export.hpp>
#include <sstream>

#include "tests/support/folder.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/scratch.hpp"
#include "tests/tools/process.hpp"

using namespace ranvier;
using test::run_tool;
using test::Scratch;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* decay =
    "group cells 3\n  dv/dt = (2 - v)/(10*ms) : 1\n  threshold v > 1\n  reset v = 0\nspikes cells\n"
    "trace cells v\nrate cells\nrun 50*ms\n";

}  // namespace

TEST_CASE("help shows examples first, then every command") {
  const auto outcome = run_tool({"--help"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out.find("ranvier run network.rv") < outcome.out.find("Commands"));
  CHECK(run_tool({"run", "--help"}).code == 0);
  CHECK(contains(run_tool({"run", "--help"}).out, "--out"));
  CHECK(contains(run_tool({"--version"}).out, "ranvier 0."));
}

TEST_CASE("the manual page and the completions of shells know every command") {
  const std::string help = run_tool({"--help"}).out;
  std::istringstream lines(help.substr(help.find("Commands")));
  std::string line;
  std::getline(lines, line);
  int commands = 0;
  for (std::string command; std::getline(lines, line) && line.starts_with("  "); ++commands) {
    std::istringstream(line) >> command;
    CAPTURE(command);
    for (const char* file : {"ranvier.1", "ranvier.bash", "_ranvier", "ranvier.fish"})
      CHECK(contains(test::contents_of(test_folder + "/../tools/shell/" + file), command));
  }
  CHECK(commands >= 6);
}

TEST_CASE("an unknown command gets the nearest name") {
  const auto outcome = run_tool({"chek", "x.rv"});
  CHECK(outcome.code == 2);
  CHECK(contains(outcome.err, "did you mean `check`?"));
  CHECK(run_tool({"run"}).code == 2);
  CHECK(run_tool({"run", "--nonsense"}).code == 2);
}

TEST_CASE("a file that cannot be read is said by name") {
  const auto outcome = run_tool({"run", "no_such_file.rv"});
  CHECK(outcome.code == 3);
  CHECK(contains(outcome.err, "no_such_file.rv"));
}

TEST_CASE("a run leaves its results in a folder") {
  const Scratch scratch;
  const auto outcome = run_tool({"run", "-", "--out", scratch.path("results")}, decay);
  CHECK(outcome.code == 0);
  CHECK(contains(outcome.out, "cells_spikes: 21 spikes of 3 neurons"));
  for (const char* name : {"cells_spikes.csv", "cells_spikes_t.npy", "cells_spikes_i.npy", "cells_trace.csv",
                           "cells_trace_v.npy", "cells_rate.csv", "cells_rate_rate.npy"}) {
    CAPTURE(name);
    CHECK(std::filesystem::file_size(scratch.path(std::string("results/") + name)) > 0);
  }
  CHECK((std::filesystem::exists(scratch.path("results/figure.png")) ||
         std::filesystem::exists(scratch.path("results/figure.svg"))));
  CHECK(std::filesystem::exists(scratch.path("results/cells_spikes.h5")) == has_hdf5());
  CHECK(test::contents_of(scratch.path("results/cells_spikes.csv")).starts_with("t (second),i"));
}

TEST_CASE("a model with errors is not run, and every error is shown") {
  const auto outcome =
      run_tool({"run", "-"}, "group cells 3\n  dv/dt = -v/tua : 1\ntau = 10*ms\nrun 10*ms\nspiks cells\n");
  CHECK(outcome.code == 1);
  CHECK(contains(outcome.err, "tua"));
  CHECK(contains(outcome.err, "did you mean `spikes`?"));
  CHECK(contains(outcome.err, "-:2:"));
  CHECK(outcome.out.empty());
}

TEST_CASE("a check says everything as text or as JSON and runs nothing") {
  const std::string bad =
      "group cells 3\n  dv/dt = -v/(10*ms) : volt\n  threshold v > 3\n  reset v = 0*mV\nrun 1000000*second\n";
  const auto text = run_tool({"check", "-"}, bad);
  CHECK(text.code == 1);
  CHECK(contains(text.err, "RV0302"));
  const auto json = run_tool({"check", "-", "--json"}, bad);
  CHECK(json.code == 1);
  const auto parsed = nlohmann::json::parse(json.out);
  CHECK(parsed["diagnostics"][0]["code"] == "RV0302");
  CHECK(parsed["diagnostics"][0]["place"]["begin_line"] == 3);
  const auto good = run_tool({"check", "-"}, decay);
  CHECK(good.code == 0);
  CHECK(good.out == "nothing is wrong\n");
}

TEST_CASE("a diagnostic is explained by its code") {
  const auto outcome = run_tool({"explain", "rv0301"});
  CHECK(outcome.code == 0);
  CHECK(outcome.out.starts_with("RV0301: "));
  CHECK(outcome.out.size() > 100);
  CHECK(run_tool({"explain", "RV9999"}).code == 2);
  CHECK(contains(run_tool({"explain", "all"}).out, "RV0801"));
}

TEST_CASE("every bad line is answered with the text beside it") {
  int lines = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test_folder + "/errors")) {
    if (entry.path().extension() != ".rv") continue;
    CAPTURE(entry.path().string());
    const auto outcome = run_tool({"check", "-"}, test::contents_of(entry.path().string()));
    CHECK(outcome.code == 1);
    check_golden("../errors/" + entry.path().stem().string() + ".txt", outcome.err);
    ++lines;
  }
  CHECK(lines >= 3);
}

TEST_CASE("every model among the examples is without problems") {
  int models = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::examples_folder)) {
    if (entry.path().extension() != ".rv") continue;
    CAPTURE(entry.path().string());
    const auto outcome = run_tool({"check", entry.path().string()});
    CHECK(outcome.code == 0);
    CHECK(outcome.err == "");
    ++models;
  }
  CHECK(models >= 3);
}
