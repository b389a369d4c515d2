#include <doctest/doctest.h>

#include <bit>
#include <fstream>

#include <ranvier/runtime/network.hpp>

#include "tests/support/child.hpp"
#include "tests/support/scratch.hpp"

using namespace ranvier;
using namespace ranvier::test;
using namespace ranvier::units;
namespace fs = std::filesystem;

namespace {

/// Made so that nobody else may write to it, whatever the mask of the process.
fs::path folder(const Scratch& scratch) {
  const fs::path made = scratch.path("cache");
  fs::create_directory(made);
  fs::permissions(made, fs::perms::owner_all);
  return made;
}

struct Outcome {
  std::vector<double> v;
  double compiling = 0;  // [s]
  double linking = 0;
};

/// `number` makes it another model: what this process has compiled before is not meant here.
Outcome run(const std::string& cache, int number, int lanes = 0) {
  Network net({.seed = 7, .backend = {.lanes = lanes, .cache = cache}});
  auto& cells = net.neuron_group(
      37, {.equations = "dv/dt = (exp(-v*" + std::to_string(number) + ") - v)/(10*ms) + 0.1*xi/sqrt(ms) : 1",
           .threshold = "v > 0.6",
           .reset = "v = 0",
           .method = "euler"});
  net.synapses(cells, cells, {.on_pre = "v_post += 0.01*" + std::to_string(number)}).connect({.p = 0.3});
  cells["v"] = "rand()";
  net.run(20 * ms);
  const BuildTimes& times = net.times().build;
  const auto v = cells["v"].values();
  return {{v.begin(), v.end()}, times.emit + times.optimise, times.link};
}

std::string in_hex(const Outcome& outcome) {
  std::string text;
  for (const double v : outcome.v) text += std::to_string(std::bit_cast<std::uint64_t>(v)) + " ";
  return text;
}

/// The same in a process of its own, which leaves a file that says whether it compiled, and what came out.
std::string run_elsewhere(const Scratch& scratch, const std::string& cache, int number, int lanes = 0) {
  const fs::path said = fs::path(scratch.path("said"));
  const int child = start_child([&] {
    const Outcome outcome = run(cache, number, lanes);
    std::ofstream(said) << (outcome.compiling > 0 ? "compiled " : "found ") << in_hex(outcome);
    return 0;
  });
  REQUIRE(end_of(child) == 0);
  std::string text;
  std::getline(std::ifstream(said), text);
  return text;
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  return files;
}

}  // namespace

TEST_CASE("code that an earlier process kept is found, and gives the same bits") {
  const Scratch scratch;
  const std::string cache = (folder(scratch) / "cache").string();
  const std::string first = run_elsewhere(scratch, cache, 1);
  const std::string second = run_elsewhere(scratch, cache, 1);
  const std::string none = run_elsewhere(scratch, "", 1);
  CHECK(first.starts_with("compiled "));
  CHECK(second == "found " + first.substr(9));
  CHECK(none == first);
}

TEST_CASE("code of another model or another width is not taken for this one's") {
  const Scratch scratch;
  const std::string cache = (folder(scratch) / "cache").string();
  const std::string first = run_elsewhere(scratch, cache, 2, 1);
  CHECK(run_elsewhere(scratch, cache, 2, 2) == first);
  CHECK(run_elsewhere(scratch, cache, 3, 1).starts_with("compiled "));
  CHECK(run_elsewhere(scratch, cache, 2, 2).starts_with("found "));
}

TEST_CASE("kept code that is damaged is compiled again and replaced") {
  const Scratch scratch;
  const std::string cache = (folder(scratch) / "cache").string();
  const std::string first = run_elsewhere(scratch, cache, 4);
  for (const fs::path& file : files_in(cache)) fs::resize_file(file, fs::file_size(file) / 2);
  CHECK(run_elsewhere(scratch, cache, 4) == first);
  CHECK(run_elsewhere(scratch, cache, 4) == "found " + first.substr(9));
}

TEST_CASE("processes that build the same network at once get the same bits and leave code behind") {
  const Scratch scratch;
  const std::string cache = (folder(scratch) / "cache").string();
  const auto said = [&](int child) { return scratch.path(std::to_string(child)); };
  std::vector<int> children;
  for (int child = 0; child < 4; ++child)
    children.push_back(
        start_child([&, child] { return std::ofstream(said(child)) << in_hex(run(cache, 5)), 0; }));
  for (const int child : children) CHECK(end_of(child) == 0);
  const std::string later = run_elsewhere(scratch, cache, 5);
  for (int child = 0; child < 4; ++child) {
    std::string text;
    std::getline(std::ifstream(said(child)), text);
    CHECK("found " + text == later);
  }
}

TEST_CASE("nothing is written where no folder is named") {
  const Scratch scratch;
  REQUIRE(setenv("HOME", folder(scratch).c_str(), 1) == 0);
  CHECK(run("", 6).compiling > 0);
  CHECK(run(BackendOptions().cache, 7).compiling > 0);  // RANVIER_CACHE is empty in tests
  CHECK(files_in(folder(scratch)).empty());
}

TEST_CASE("a sweep over constants, initial values, rates and probabilities compiles one network") {
  const auto built = [](double x) {
    Network net({.seed = 7, .namespace_ = {{"tau", 10 * x * ms}, {"noise", 0.1 * x}, {"high", 0.5 + x}}});
    auto& input = net.poisson_group(10, 100 * x * Hz);
    auto& cells =
        net.neuron_group(20, {.equations = "dv/dt = -v/tau + noise*xi/sqrt(tau) : 1 (unless refractory)",
                              .threshold = "v > high",
                              .reset = "v = low",
                              .refractory = "wait",
                              .namespace_ = {{"low", -x}, {"wait", x * ms}}});
    auto& synapses = net.synapses(input, cells, {.equations = "w : 1", .on_pre = "v_post += w*gain"});
    net.set("gain", 3 * x);
    synapses.connect({.p = 0.1 * x});
    synapses["w"] = 0.2 * x;
    cells["v"] = x;
    net.poisson_input(cells, "v", 5 + static_cast<int>(x), 30 * x * Hz, 0.1 * x);
    net.poisson_input(cells, "v", 5, 30 * Hz, "gain");
    net.run(2 * ms);
    for (const char* constant : {"high", "noise", "gain"}) net.set(constant, 2 * x);
    net.set("tau", 20 * x * ms);
    net.run(2 * ms);
    return net.times().build.emit + net.times().build.optimise + net.times().build.link;
  };
  CHECK(built(1) > 0);
  for (const double x : {0.5, 2.0, 3.5}) CHECK(built(x) == 0);
}
