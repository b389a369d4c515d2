#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <tests/support/networks.hpp>

using namespace test_networks;

namespace {

struct Outcome {
  std::vector<double> v, x, times;
  std::vector<std::int32_t> indices;
};

Outcome outcome(Built& built) {
  return {(*built.neurons)["v"].to_vector(),
          (*built.neurons)["x"].to_vector(),
          {built.spikes->times().begin(), built.spikes->times().end()},
          {built.spikes->indices().begin(), built.spikes->indices().end()}};
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

void check_same(const Outcome& a, const Outcome& b) {
  CHECK(same_bits(a.v, b.v));
  CHECK(same_bits(a.x, b.x));
  CHECK(same_bits(a.times, b.times));
  CHECK(a.indices == b.indices);
}

}  // namespace

TEST_CASE("every model gives the same bits at SIMD widths 1, 2, 4 and 8") {
  for (const Recipe& recipe : recipes()) {
    CAPTURE(recipe.name);
    Built scalar = build(recipe, {.name = "llvm", .lanes = 1});
    scalar.net->run(200 * ms);
    const Outcome expected = outcome(scalar);
    CHECK(expected.indices.size() >= 100);
    for (const int lanes : {2, 4, 8}) {
      CAPTURE(lanes);
      Built wide = build(recipe, {.name = "llvm", .lanes = lanes});
      wide.net->run(200 * ms);
      check_same(expected, outcome(wide));
    }
  }
}

TEST_CASE("a run gives the same bits however it is split") {
  for (const Recipe& recipe : recipes()) {
    CAPTURE(recipe.name);
    Built whole = build(recipe, {});
    whole.net->run(100 * ms);
    Built split = build(recipe, {});
    split.net->run(33.3 * ms);
    split.net->step(67);
    split.net->run(60 * ms);
    check_same(outcome(whole), outcome(split));
  }
}

TEST_CASE("the other objects of a network do not change a group's noise") {
  const Recipe recipe = recipes().back();
  Built alone = build(recipe, {});
  Built accompanied = build(recipe, {});
  accompanied.net->poisson_group(50, 100 * Hz);
  accompanied.net->neuron_group(
      7, {.equations = "dy/dt = randn()/second : 1", .method = "euler", .name = "before_all"});
  alone.net->run(50 * ms);
  accompanied.net->run(50 * ms);
  check_same(outcome(alone), outcome(accompanied));
}

TEST_CASE("a neuron's noise does not depend on the number of neurons; seeds differ") {
  const auto noise = [](std::int64_t n, std::uint64_t seed) {
    Network net({.seed = seed});
    auto& group = net.neuron_group(n, {.equations = "y = 0 : 1\ndx/dt = randn()/ms : 1", .method = "euler"});
    net.run(5 * ms);
    return group.slice(0, 10)["x"].to_vector();
  };
  CHECK(same_bits(noise(10, 1), noise(1000, 1)));
  CHECK_FALSE(same_bits(noise(10, 1), noise(10, 2)));
}

TEST_CASE("one step agrees with the reference back end within 4 ulp per operation") {
  // From the same state at every step; the models have fewer than 100 operations, the bound is relative to
  // the largest element.
  constexpr double bound = 4 * 100 * 2.2e-16;
  for (const Recipe& recipe : recipes()) {
    CAPTURE(recipe.name);
    Built machine = build(recipe, {.name = "llvm"});
    Built oracle = build(recipe, {.name = "reference"});
    double worst = 0;
    for (int step = 0; step < 300; ++step) {
      for (const char* name : {"v", "x"}) (*oracle.neurons)[name] = (*machine.neurons)[name];
      machine.net->step();
      oracle.net->step();
      for (const char* name : {"v", "x"}) {
        const auto a = (*machine.neurons)[name].to_vector(), b = (*oracle.neurons)[name].to_vector();
        double scale = 1e-300;
        for (const double value : a) scale = std::max(scale, std::abs(value));
        for (std::size_t k = 0; k < a.size(); ++k) worst = std::max(worst, std::abs(a[k] - b[k]) / scale);
      }
      REQUIRE(std::ranges::equal(machine.net->spikes(*machine.neurons), oracle.net->spikes(*oracle.neurons)));
    }
    CHECK(worst < bound);
  }
}
