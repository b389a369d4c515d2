#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <string>
#include <vector>

using namespace ranvier;

namespace {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

/// What a rule makes between 1500 neurons (several parts) and 40, or what it says.
struct Outcome {
  Pairs pairs;
  std::string error;
  bool operator==(const Outcome&) const = default;
};

Outcome outcome(const ConnectOptions& options, int threads) {
  Network net({.seed = 9, .threads = threads});
  auto& from = net.neuron_group(1500, {.equations = "a : 1"});
  auto& to = net.neuron_group(40, {.equations = "b : 1"});
  from["a"] = "i/1500.0";
  to["b"] = "i % 7";
  auto& synapses = net.synapses(from, to, {});
  try {
    synapses.connect(options);
  } catch (const ModelError& error) {
    return {{}, error.what()};
  }
  return {synapses.pairs(), ""};
}

}  // namespace

TEST_CASE("whatever the rule, the number of threads does not change synapses") {
  const ConnectOptions rules[] = {
      {},
      {.p = 0.3},
      {.condition = "b_post > a_pre and (i + j) % 3 != 0"},
      {.condition = "rand() < 0.2"},
      {.condition = "i != j", .p = 0.1},
      {.p = "exp(-abs(i - j)/100.0)"},
      {.p = "0.5*a_pre", .n = 2},
      {.j = "k for k in range(i % 40)"},
      {.j = "k for k in sample(N_post, p=a_pre)"},
      {.j = "k for k in sample(N_post, size=i % 5)"},
      {.j = "(i + k) % N_post for k in range(-3, 4) if rand() < 0.5"},
      {.j = "int(rand()*N_post)", .n = "1 + i % 3"},
      {.i = "k for k in sample(N_pre, size=20) if k != j"},
      {.i = "k for k in range(j, N_pre, 100)"},
  };
  for (const ConnectOptions& rule : rules) {
    const Outcome one = outcome(rule, 1);
    CAPTURE(rule.condition);
    REQUIRE(one.error == "");
    CHECK(!one.pairs.empty());
    for (const int threads : {2, 4, 8}) CHECK(outcome(rule, threads) == one);
  }
}

TEST_CASE("the same neuron is named in an error, whatever the number of threads") {
  const ConnectOptions bad[] = {{.j = "k for k in range(i // 20)"},
                                {.j = "k for k in sample(N_post, size=i // 10)"},
                                {.j = "k for k in sample(N_post, p=a_pre*1.5)"},
                                {.j = "i // 30", .n = "1000 - i"}};
  for (const ConnectOptions& rule : bad) {
    const Outcome one = outcome(rule, 1);
    CHECK(one.error != "");
    for (const int threads : {2, 4, 8}) CHECK(outcome(rule, threads) == one);
  }
}

TEST_CASE("a function that sees its calls is called by one thread, in order") {
  static int calls;
  calls = 0;
  Network net(
      {.namespace_ = {{"next", Function([](double) -> double { return ++calls; }, {.stateless = false})}},
       .threads = 4});
  auto& from = net.neuron_group(1000, {.equations = "a : 1"});
  auto& to = net.neuron_group(1000, {.equations = "b : 1"});
  auto& synapses = net.synapses(from, to, {});
  synapses.connect({.j = "int(next(i)) - 1"});
  const auto pairs = synapses.pairs();
  for (std::int32_t k = 0; k < 1000; ++k) REQUIRE(pairs[static_cast<std::size_t>(k)] == std::pair{k, k});
}
