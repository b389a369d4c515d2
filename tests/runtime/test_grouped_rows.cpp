// Rows are stored in the order of delays where that pays, and nobody but the memory report can tell: each of
// these networks is also made with synapses that are numbered within their pairs, which are stored as they
// were made, and leaves the same bytes.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <ranvier/runtime/network.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr std::int64_t n = 400;  // neurons; with p = 0.2 each has 80 synapses

struct Made {
  Network& net;
  NeuronGroup& group;
  Synapses& synapses;
  std::vector<double> seen{};  // what is compared

  void see(const std::vector<double>& values) { seen.insert(seen.end(), values.begin(), values.end()); }
  bool grouped() const { return net.memory_summary().find("rows by delay") != std::string::npos; }
};

using Scenario = std::function<void(Made&)>;

struct Way {
  bool grouped = true;
  int threads = 1;
  std::string code = "g_post += w";
};

std::vector<double> result_of(const Scenario& scenario, const Way& way) {
  Network net({.seed = 7, .threads = way.threads, .elements_per_thread = 64});
  auto& group = net.neuron_group(n, {.equations = "dv/dt = (1.1 - v + g)/(10*ms) + 0.2*xi/sqrt(10*ms) : 1\n"
                                                  "dg/dt = -g/(5*ms) : 1\ncount : integer",
                                     .threshold = "v > 1",
                                     .reset = "v = 0",
                                     .method = "euler"});
  group["v"] = "rand()";
  auto& synapses = net.synapses(group, group,
                                {.equations = "w : 1",
                                 .on_pre = way.code,
                                 .multisynaptic_index = way.grouped ? "" : "copy",
                                 .dtype = Dtype::float32});
  synapses.connect({.p = 0.2});
  synapses["w"] = "0.001*randn()";
  synapses["delay"] = "0.1*ms + rand()*3*ms";
  Made made{net, group, synapses};
  scenario(made);
  made.see(group["v"].to_vector());
  made.see(group["g"].to_vector());
  made.see(group["count"].to_vector());
  made.see(synapses["w"].to_vector());
  made.see(synapses["delay"].to_vector());
  return made.seen;
}

/// With and without, on one thread and on several.
void check_same(const Scenario& scenario, const std::string& code = "g_post += w") {
  const std::vector<double> expected = result_of(scenario, {false, 1, code});
  for (const int threads : {1, 2, 4, 8}) {
    CAPTURE(threads);
    CHECK(result_of(scenario, {true, threads, code}) == expected);
  }
}

void run(Made& made) {
  made.net.run(20 * ms);
}

std::vector<std::int64_t> every(std::int64_t step, std::int64_t count) {
  std::vector<std::int64_t> numbers;
  for (std::int64_t k = 0; k < count; k += step) numbers.push_back(k);
  return numbers;
}

}  // namespace

TEST_CASE("rows are grouped by delay where synapses are many, and delays need no memory then") {
  for (const bool grouped : {true, false}) {
    result_of(
        [&](Made& made) {
          const double before = made.synapses.bytes_per_synapse(),
                       in_run = made.synapses.bytes_per_synapse_in_run();
          CHECK(before == 4 + 4 + 2);  // target, weight, delay
          CHECK(made.grouped() == grouped);
          run(made);
          CHECK(made.grouped() == grouped);
          CHECK(made.synapses.bytes_per_synapse() == in_run);
          CHECK(made.synapses.bytes_per_synapse_in_run() == in_run);
          // Numbers instead of delays, and for each source where each of up to 33 delays begins.
          CHECK(in_run <= 4 + 4 + 2 + (grouped ? 2 * 33. / 79 : 0));
          CHECK((in_run > before) == grouped);
        },
        {.grouped = grouped});
  }
}

TEST_CASE("few synapses, many delays, drawing code, code with delays: rows stay as they were made") {
  const auto grouped = [](std::int64_t neurons, const std::string& code, const std::string& delay) {
    Network net({.threads = 1});
    auto& group = net.neuron_group(neurons, {.equations = "g : 1", .threshold = "g > 1"});
    auto& synapses = net.synapses(group, group, {.equations = "w : 1", .on_pre = code});
    synapses.connect();
    synapses["delay"] = delay;
    net.step(2);
    return net.memory_summary().find("rows by delay") != std::string::npos;
  };
  CHECK(grouped(200, "g_post += w", "rand()*ms"));
  CHECK_FALSE(grouped(100, "g_post += w", "rand()*ms"));
  CHECK_FALSE(grouped(200, "g_post += w", "rand()*50*ms"));
  CHECK_FALSE(grouped(200, "g_post += w*rand()", "rand()*ms"));
  CHECK_FALSE(grouped(200, "g_post += w*delay/ms", "rand()*ms"));
  CHECK_FALSE(grouped(200, "g_post += w; delay = 0.3*ms", "rand()*ms"));
}

TEST_CASE("grouped rows deliver the same, in the same order, on any number of threads") {
  check_same(run);
  check_same(run, "g_post += w; w = w*0.99 + 0.001*v_post");
  check_same(run, "g_post += w; w = 0.01*g_post; count_post += 1");
  check_same(run, "g_post += w; count_pre += 1; w += 0.0001*count_pre");
}

TEST_CASE("delays of zero and of all the same arrive like others") {
  check_same([](Made& made) {
    made.synapses["delay"] = "0.1*ms*int(rand() < 0.5)";
    run(made);
    made.synapses["delay"] = std::vector<Time>(static_cast<std::size_t>(made.synapses.size()), 0.7 * ms);
    run(made);
  });
}

TEST_CASE("a run in pieces, with host code that reads and assigns between them, sees no grouping") {
  check_same([](Made& made) {
    const std::vector<std::int64_t> some = every(17, made.synapses.size());
    auto view = made.synapses["w"][some];
    auto chosen = made.synapses["w"].where("i > 300");
    auto part = made.synapses["w"].slice(100, 300);
    for (int k = 0; k < 5; ++k) {
      made.net.run(3 * ms);
      made.see(view.to_vector());
      made.see(part.to_vector());
      view *= 1.01;
      chosen += 0.0001;
      if (k % 2 == 0) made.synapses["w"] = "w + 0.0001*rand()*(i - j)/N_pre";
      if (k == 3) made.synapses["delay"][some] = "delay + 0.2*ms*rand()";
      made.synapses["w"][5] = 0.02;
    }
  });
}

TEST_CASE("pairs, selections and numbers of copies are those of the synapses as they were made") {
  check_same([](Made& made) {
    run(made);
    for (const auto& [i, j] : made.synapses.pairs()) made.seen.push_back(i * 1000 + j);
    for (const std::int64_t k : made.synapses.between(3, {1, 2, 3, 4, 5})) made.seen.push_back(k);
    made.see(made.synapses["w"][made.synapses.between({1, 2, 3}, {}, 0)].to_vector());
    for (const std::int64_t k : made.synapses.indices("w > 0.002")) made.seen.push_back(k);
    made.see(made.synapses["j"].to_vector());
    made.see(made.synapses["N_incoming"].to_vector());
  });
}

TEST_CASE("a state monitor records the synapses that it was told, whatever order they are stored in") {
  check_same(
      [](Made& made) {
        auto& monitor = made.net.state_monitor(
            made.synapses, {.variables = {"w"}, .record = every(501, made.synapses.size())});
        made.net.run(10 * ms);
        made.synapses["w"] += "0.001*rand()";
        made.net.run(10 * ms);
        for (const auto& trace : monitor.values("w")) made.see(trace);
      },
      "g_post += w; w *= 0.999");
}

TEST_CASE("spikes in flight survive connecting, removing and other delays, during a run too") {
  check_same([](Made& made) {
    made.net.run(5.3 * ms);
    made.synapses.remove(every(3, made.synapses.size()));
    made.net.run(1.1 * ms);
    made.synapses.connect({.p = 0.1});
    made.synapses["w"].where("w == 0") = "0.001*rand()";
    made.net.run(1.2 * ms);
    made.synapses["delay"] = "rand()*2*ms";
    made.net.run(1.2 * ms);
    made.synapses.pathway("pre").set_when("start");
    made.net.run(5 * ms);
    made.net.network_operation(
        [&] {
          made.synapses["delay"] = "delay + 0.1*ms*int(rand() < 0.5)";
          made.synapses.remove({3, 5, 8});
        },
        {.dt = 1.7 * ms});
    made.net.run(10 * ms);
  });
}

TEST_CASE("spikes in flight survive another dt") {
  check_same([](Made& made) {
    made.net.run(5 * ms);
    made.net.set_dt(0.05 * ms);
    made.net.run(5 * ms);
    made.net.set_dt(0.1 * ms);
    made.net.run(5 * ms);
  });
}

TEST_CASE("a snapshot holds grouped rows as they were made, and a run goes on from it") {
  check_same(
      [](Made& made) {
        made.net.run(5 * ms);
        made.net.store("there");
        made.net.run(5 * ms);
        made.see(made.group["v"].to_vector());
        made.see(made.synapses["w"].to_vector());
        made.synapses["delay"] = 0.3 * ms;
        made.net.run(2 * ms);
        made.net.restore("there");
        made.net.run(5 * ms);
      },
      "g_post += w; w *= 0.999");
}

TEST_CASE("who holds the values of all synapses goes on seeing them by number") {
  Network net({.threads = 1});
  auto& group = net.neuron_group(200, {.equations = "g : 1", .threshold = "t_in_timesteps % 5 == 0"});
  auto& synapses = net.synapses(group, group, {.equations = "w : 1", .on_pre = "g_post += w"});
  synapses.connect();
  synapses["delay"] = "rand()*ms";
  synapses["w"] = "i + j/1000.0";
  net.step(20);
  const std::vector<double> before = synapses["w"].to_vector();
  const std::span<double> values = synapses["w"].values();
  net.step(20);
  CHECK(std::ranges::equal(values, before));
}
