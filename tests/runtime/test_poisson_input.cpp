// Summed input of many Poisson neurons.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

TEST_CASE("a Poisson input adds binomial numbers of events, for few and for many inputs") {
  struct Row {
    std::int64_t n;
    Frequency rate;
  };
  for (const Row row : {Row{1, 100 * Hz}, Row{100, 20 * Hz}, Row{1000, 1000 * Hz}, Row{50, 9000 * Hz}}) {
    CAPTURE(row.n);
    Network net({.seed = 21});
    auto& group = net.neuron_group(2000, {.equations = "v : volt\nlast : volt\nsquare : volt**2"});
    net.poisson_input(group, "v", row.n, row.rate, 2 * mV);
    group.run_regularly("square += (v - last)**2; last = v", {.when = "end"});
    net.run(10 * ms);
    const double p = row.rate.si() * 1e-4, n = static_cast<double>(row.n);
    const double mean = 100 * n * p, variance = n * p * (1 - p);
    double sum = 0, square = 0;
    for (std::size_t k = 0; k < 2000; ++k)
      sum += group["v"].values()[k] / 2e-3, square += group["square"].values()[k] / 4e-6;
    CHECK(std::abs(sum / 2000 - mean) < 5 * std::sqrt(100 * variance / 2000));
    const double draws = 200000, fourth = variance * (1 + 3 * (1 - 2 / n) * variance);  // of binomial numbers
    const double observed = square / draws - std::pow(sum / draws, 2);
    CHECK(std::abs(observed - variance) <
          5 * std::sqrt((fourth - variance * variance) / draws) + 1e-6 * variance);
  }
}

TEST_CASE("weights may differ between neurons, and targets may be a part of a group") {
  Network net({.seed = 22});
  auto& group = net.neuron_group(4, {.equations = "v : 1"});
  net.poisson_input(group.slice(1, 4), "v", 1, 10 * kHz, "i + scale", {.name = "input"});
  net.set("scale", 10.0);
  net.run(0.3 * ms);
  CHECK(std::ranges::equal(group["v"].values(), std::vector{0., 30., 33., 36.}));  // one event in every step
}

TEST_CASE("gotcha 68: a Poisson input respects what is protected while refractory") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 0*Hz : 1 (unless refractory)\nw : 1",
                                     .threshold = "v > 1.5",
                                     .reset = "v = 0",
                                     .refractory = 0.5 * ms});
  net.poisson_input(group, "v", 1, 10 * kHz, 1.0);
  net.poisson_input(group, "w", 1, 10 * kHz, 1.0);
  auto& states = net.state_monitor(group, {.variables = {"v"}, .when = "end"});
  net.run(1 * ms);
  // The spike of step 2 protects v in steps 2 to 6.
  CHECK(states.trace("v", 0) == std::vector<double>{1, 2, 0, 0, 0, 0, 0, 1, 2, 0});
  CHECK(group["w"].values()[0] == 10);
}

TEST_CASE("a Poisson input acts between on_pre code and resets, or where it is told to") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  net.poisson_input(group, "v", 1, 1 * kHz, 1.0);
  net.poisson_input(group, "v", 1, 1 * kHz, 1.0, {.when = "after_groups", .order = 2, .name = "early"});
  const std::string summary = net.scheduling_summary();
  const std::size_t early = summary.find("early"), usual = summary.find("poissoninput");
  CHECK(summary.substr(summary.rfind('\n', early) + 1).starts_with("after_groups"));
  CHECK(summary.substr(summary.rfind('\n', usual) + 1).starts_with("synapses"));
}

TEST_CASE("Poisson inputs draw numbers of their own, the same on any split of a run") {
  const auto run = [](const std::vector<int>& splits) {
    Network net({.seed = 23});
    auto& group = net.neuron_group(10, {.equations = "a : 1\nb : 1"});
    net.poisson_input(group, "a", 100, 100 * Hz, 1.0);
    net.poisson_input(group, "b", 100, 100 * Hz, 1.0);
    for (const int n : splits) net.step(n);
    std::vector<double> all(group["a"].values().begin(), group["a"].values().end());
    all.insert(all.end(), group["b"].values().begin(), group["b"].values().end());
    return all;
  };
  const auto whole = run({50});
  CHECK(run({1, 9, 40}) == whole);
  CHECK(std::vector(whole.begin(), whole.begin() + 10) != std::vector(whole.begin() + 10, whole.end()));
}

TEST_CASE("inputs that cannot be are refused") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : volt\ns : 1 (shared)\ntwice = 2*v : volt"});
  const auto add = [&](const char* variable, std::int64_t n, Frequency rate, const InputWeight& weight) {
    net.poisson_input(group, variable, n, rate, weight);
  };
  const auto make = [&](const auto&... input) { return message_of([&] { add(input...); }); };
  CHECK(make("v", 0, 1 * Hz, 1 * mV) == "'poissoninput': 0 inputs, but there must be at least one");
  CHECK(make("v", 1, -1 * Hz, 1 * mV) == "'poissoninput': a rate of -1 Hz; it must be zero or positive");
  CHECK(
      make("v", 1, 20 * kHz, 1 * mV) ==
      "'poissoninput': a rate of 20000 Hz is more than one event in a step of 0.0001 s; use more inputs of a "
      "lower rate, or shorten dt");
  CHECK(make("s", 1, 1 * Hz, 1.0) == "'poissoninput': 's' is shared, but every neuron gets input of its own");
  CHECK(make("w", 1, 1 * Hz, 1.0).starts_with("'neurongroup' has no variable 'w'"));
  CHECK_THROWS_AS(add("v", 1, 1 * Hz, 1 * nA), ModelError);
  CHECK_THROWS_AS(add("v", 1, 1 * Hz, "1"), ModelError);
  CHECK_THROWS_AS(add("v", 1, 1 * Hz, "1*mV; v = 0*mV"), ModelError);
  CHECK_THROWS_AS(add("twice", 1, 1 * Hz, 1 * mV), ModelError);
  CHECK(net.scheduling_summary().find("poissoninput") == std::string::npos);
}

TEST_CASE("an input whose rate no longer fits the steps is refused when it runs") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  net.poisson_input(group, "v", 1, 8 * kHz, 1.0);
  net.run(1 * ms);
  net.set_dt(0.2 * ms);
  CHECK_THROWS_AS(net.run(1 * ms), NetworkError);
}

TEST_CASE("an input onto a slice adds what one onto the whole group adds there, on every back end") {
  const auto run = [](const BackendOptions& backend, std::int64_t begin, std::int64_t end) {
    Network net({.seed = 24, .backend = backend});
    auto& group = net.neuron_group(203, {.equations = "v : 1\nk : integer"});
    net.poisson_input(group.slice(begin, end), "v", 1000, 12 * Hz, 0.1);
    group.slice(begin, end).run_regularly("v = exp(-v)/3.7 + randn()\nk += poisson(0.7)");
    net.step(5);
    auto all = group["v"].to_vector();
    const auto counts = group["k"].to_vector();
    all.insert(all.end(), counts.begin(), counts.end());
    return all;
  };
  const auto whole = run({.name = "llvm", .lanes = 1, .precise = true}, 0, 203);
  for (const auto& [begin, end] : {std::pair{0, 203}, {1, 203}, {45, 46}, {100, 163}, {64, 128}}) {
    std::vector<double> wanted(406);
    for (const auto first : {0, 203})
      std::copy(whole.begin() + first + begin, whole.begin() + first + end, wanted.begin() + first + begin);
    CAPTURE(begin);
    CHECK(run({.name = "reference"}, begin, end) == wanted);
    for (const int lanes : {1, 2, 4, 8})
      CHECK(run({.name = "llvm", .lanes = lanes, .precise = true}, begin, end) == wanted);
  }
}
