#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/runtime/connection_rules.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <set>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

Pairs pairs(const ConnectOptions& rule, std::int64_t sources, std::int64_t targets, std::uint64_t seed = 0) {
  Network net({.seed = seed});
  auto& from = net.neuron_group(sources, {.equations = "x : metre"});
  auto& to = net.neuron_group(targets, {.equations = "x : metre"});
  from["x"] = "i*um";
  to["x"] = "i*um";
  auto& synapses = net.synapses(from, to, {});
  synapses.connect(rule);
  return synapses.pairs();
}

/// How many synapses each neuron of a side has.
std::vector<int> degrees(const Pairs& all, bool of_target, std::int64_t neurons) {
  std::vector<int> counts(static_cast<std::size_t>(neurons));
  for (const auto& [i, j] : all) ++counts[static_cast<std::size_t>(of_target ? j : i)];
  return counts;
}

bool has_autapse(const Pairs& all) {
  return std::ranges::any_of(all, [](const auto& pair) { return pair.first == pair.second; });
}

bool has_multapse(const Pairs& all) {
  return std::set(all.begin(), all.end()).size() < all.size();
}

/// Counts of equally likely pairs: a chi-square of as many degrees as there are pairs less one; 5 standard
/// deviations.
void check_uniform(const ConnectOptions& rule, std::int64_t n, std::int64_t possible) {
  std::map<std::pair<std::int32_t, std::int32_t>, double> counts;
  constexpr int seeds = 400;
  double total = 0;
  for (int seed = 0; seed < seeds; ++seed)
    for (const auto& pair : pairs(rule, n, n, static_cast<std::uint64_t>(seed))) ++counts[pair], ++total;
  CHECK(std::ssize(counts) == possible);
  const double expected = total / static_cast<double>(possible);
  double chi = 0;
  for (const auto& [pair, count] : counts) chi += (count - expected) * (count - expected) / expected;
  CHECK(chi < static_cast<double>(possible) + 5 * std::sqrt(2.0 * static_cast<double>(possible)));
}

}  // namespace

TEST_CASE("one to one connects neurons of the same number") {
  CHECK(pairs(one_to_one(), 3, 3) == Pairs{{0, 0}, {1, 1}, {2, 2}});
  CHECK(to_string(one_to_one()) == "connect(j='i')");
  CHECK_THROWS_AS(pairs(one_to_one(), 3, 2), ModelError);
}

TEST_CASE("every neuron of one side has as many synapses as it is to have") {
  for (const bool multapses : {false, true})
    for (const bool autapses : {false, true}) {
      CAPTURE(multapses);
      CAPTURE(autapses);
      const DegreeOptions options{.autapses = autapses, .multapses = multapses};
      const Pairs in = pairs(fixed_indegree(6, options), 10, 10),
                  out = pairs(fixed_outdegree(6, options), 10, 10);
      CHECK(degrees(in, true, 10) == std::vector<int>(10, 6));
      CHECK(degrees(out, false, 10) == std::vector<int>(10, 6));
      for (const Pairs& all : {in, out}) {
        CHECK(has_multapse(all) == multapses);
        CHECK(has_autapse(all) == autapses);
      }
    }
}

TEST_CASE("every pair that a degree allows is equally likely") {
  check_uniform(fixed_indegree(2), 6, 36);
  check_uniform(fixed_outdegree(2, {.autapses = false}), 6, 30);
  check_uniform(fixed_outdegree(2, {.autapses = false, .multapses = true}), 6, 30);
  check_uniform(fixed_indegree(2, {.multapses = true}), 6, 36);
}

TEST_CASE("a total number of synapses is that number, and each pair is equally likely") {
  CHECK(pairs(fixed_total_number(12, 3, 4), 3, 4).size() == 12);
  std::vector<double> counts(20);
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Pairs some = pairs(fixed_total_number(5, 4, 5, {.seed = seed}), 4, 5);
    REQUIRE(some.size() == 5);
    REQUIRE(!has_multapse(some));
    for (const auto& [i, j] : some) ++counts[static_cast<std::size_t>(5 * i + j)];
  }
  // Each pair is among them with probability 1/4: 500 of 2000, 5 standard deviations of 19.4.
  for (const double count : counts) CHECK(std::abs(count - 500) < 97);
  CHECK(pairs(fixed_total_number(50, 3, 4, {.multapses = true}), 3, 4).size() == 50);
  CHECK(message_of([] { fixed_total_number(13, 3, 4); }) ==
        "fixed_total_number(13): there are only 12 pairs; .multapses = true takes pairs more than once");
  CHECK(message_of([] { fixed_indegree(-1); }) ==
        "fixed_indegree(-1): a number of synapses cannot be negative");
}

TEST_CASE("a distance decides about a pair") {
  CHECK(pairs(by_distance("int({d} < 1.5*um)", {.coordinates = {"x"}, .autapses = false}), 4, 4) ==
        Pairs{{0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 3}, {3, 2}});
  const auto ring =
      by_distance("int({d} < 1.5*um)", {.coordinates = {"x"}, .period = "4*um", .autapses = false});
  CHECK(pairs(ring, 4, 4) == Pairs{{0, 1}, {0, 3}, {1, 0}, {1, 2}, {2, 1}, {2, 3}, {3, 0}, {3, 2}});
  CHECK(message_of([] { by_distance("0.1"); }) ==
        "by_distance(\"0.1\"): the text says nothing of the distance {d}");
}

TEST_CASE("rules print the text they stand for") {
  CHECK(to_string(fixed_indegree(3)) == "connect(i='k for k in sample(N_pre, size=3)')");
  CHECK(to_string(fixed_outdegree(3, {.autapses = false})) ==
        "connect(j='k + int(k >= i) for k in sample(N_post - 1, size=3)')");
  CHECK(to_string(by_distance("exp(-{d}/um)", {.coordinates = {"x", "y"}})) ==
        "connect(p='clip(exp(-sqrt((abs(x_pre - x_post))**2 + (abs(y_pre - y_post))**2)/um), 0, 1)')");
  CHECK(to_string(ConnectOptions{.condition = "i != j", .p = 0.1, .n = 2}) ==
        "connect('i != j', p=0.1, n=2)");
  CHECK(to_string(ConnectOptions{.i = {1, 2}, .j = 0}) == "connect(i=[1, 2], j=[0])");
}
