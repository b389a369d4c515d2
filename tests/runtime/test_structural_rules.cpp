// Synapses that come and go by rules while a network runs.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <set>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

Synapses& weighted(Network& net, std::int64_t n) {
  auto& group = net.neuron_group(n, {.equations = "v : 1"});
  return net.synapses(group, group, {.equations = "w : 1"});
}

}  // namespace

TEST_CASE("synapses that have become weak are removed by a rule") {
  Network net;
  auto& synapses = weighted(net, 4);
  synapses.connect();
  synapses["w"] = "0.25*i + 1.0*j";
  synapses.run_regularly("w -= 0.5", {.dt = 1 * ms, .when = "end"});
  auto& rule = synapses.remove_regularly("w < 0", {.dt = 1 * ms});
  for (int k = 1; k <= 6; ++k) {
    net.run(1 * ms);  // the rule looks before the k-th decrease
    std::int64_t left = 0;
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < 4; ++j) left += 0.25 * i + j - 0.5 * (k - 1) >= 0;
    CHECK(synapses.size() == left);
  }
  const std::int64_t before = synapses.size();
  rule.set_active(false);
  net.run(5 * ms);
  CHECK(synapses.size() == before);
}

TEST_CASE("synapses grow by a rule, each time others, and begin with values of their own") {
  Network net({.seed = 3});
  auto& synapses = weighted(net, 100);
  synapses.connect("i == j");
  synapses["w"] = -1.0;
  synapses.connect_regularly({.p = 0.05}, {{"w", "i + 0.001*j"}}, {.dt = 1 * ms});
  net.run(10 * ms);
  const double expected = 10 * 1e4 * 0.05, sigma = std::sqrt(expected * 0.95);
  CHECK(static_cast<double>(synapses.size() - 100) ==
        doctest::Approx(expected).epsilon(4 * sigma / expected));
  const auto pairs = synapses.pairs();
  const std::vector<double> w = synapses["w"].to_vector();
  for (std::size_t k = 0; k < 100; ++k) CHECK(w[k] == -1);
  for (std::size_t k = 100; k < w.size(); ++k) CHECK(w[k] == pairs[k].first + 0.001 * pairs[k].second);
  const std::set<std::pair<std::int32_t, std::int32_t>> different(pairs.begin() + 100, pairs.end());
  CHECK(different.size() > 3800);  // of 10^4 pairs 1 - 0.95^10 are expected: 4013, with a deviation of 49
}

TEST_CASE("with both rules a network comes to a balance") {
  Network net({.seed = 5});
  auto& synapses = weighted(net, 100);
  synapses.connect({.p = 0.5});
  synapses["w"] = "rand()";
  synapses.run_regularly("w -= 0.1", {.dt = 1 * ms});
  synapses.remove_regularly("w <= 0", {.dt = 1 * ms, .order = 1});
  synapses.connect_regularly({.p = 0.01}, {{"w", "0.95"}}, {.dt = 1 * ms, .order = 2});
  net.run(100 * ms);
  // Each lives through nine decreases: 10 generations of 100 synapses.
  CHECK(static_cast<double>(synapses.size()) == doctest::Approx(1000).epsilon(4 * std::sqrt(990.0) / 1000));
}

TEST_CASE("rules that cannot be are refused at once") {
  Network net;
  auto& synapses = weighted(net, 2);
  synapses.connect();
  CHECK_THROWS_AS(synapses.remove_regularly("u < 0"), ModelError);
  CHECK_THROWS_AS(synapses.connect_regularly({.condition = "i = j"}), ModelError);
  CHECK(message_of([&] { synapses.connect_regularly({.p = 2.0}); }).find("[0, 1]") != std::string::npos);
  CHECK(message_of([&] { synapses.connect_regularly({.p = 0.5}, {{"u", "1"}}); }).find("'u'") !=
        std::string::npos);
  net.run(1 * ms);
  CHECK(synapses.size() == 4);
}
