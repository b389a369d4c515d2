#include <doctest/doctest.h>

#include <chrono>
#include <numeric>
#include <ranvier/runtime/sweep.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <stdexcept>
#include <thread>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

/// Voltages of a noisy recurrent network whose weight is the number of the run, after 30 ms.
std::vector<double> voltages(const SweepRun& run) {
  Network net(run.options(
      {.seed = 5, .namespace_ = {{"weight", static_cast<double>(run.number) * 0.1 * mV}}, .threads = 0}));
  auto& cells =
      net.neuron_group(100, {.equations = "dv/dt = (12*mV - v)/(10*ms) + 5*mV*sqrt(2/(10*ms))*xi : volt",
                             .threshold = "v > 10*mV",
                             .reset = "v = 0*mV"});
  cells["v"] = "10*mV*rand()";
  auto& synapses = net.synapses(cells, cells, {.on_pre = "v += weight"});
  synapses.connect({.p = 0.1});
  net.run(30 * ms);
  return cells["v"].to_vector();
}

void rest() {
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

std::vector<std::int64_t> numbers(std::int64_t n) {
  std::vector<std::int64_t> all(static_cast<std::size_t>(n));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

TEST_CASE("a sweep gives the same bits on any number of threads as one run after the other") {
  std::vector<std::vector<double>> expected;
  for (std::int64_t k = 0; k < 9; ++k) expected.push_back(voltages({.number = k}));
  CHECK(expected[0] != expected[1]);
  for (const int threads : {1, 2, 4}) CHECK(sweep(9, voltages, {.threads = threads}) == expected);
}

TEST_CASE("a sweep returns what its runs return in the order of their numbers, whoever is done first") {
  const auto made = sweep(20,
                          [](const SweepRun& run) {
                            if (run.number % 3 == 0) rest();
                            return run.number;
                          },
                          {.threads = 3});
  CHECK(made == numbers(20));
  CHECK(sweep(0, [](const SweepRun&) { return 1; }).empty());
}

TEST_CASE("runs of a sweep that return nothing are all made, by threads numbered from 0") {
  std::vector<int> made(50), by(50);
  sweep(50,
        [&](const SweepRun& run) {
          ++made[static_cast<std::size_t>(run.number)];
          by[static_cast<std::size_t>(run.number)] = run.thread;
        },
        {.threads = 2});
  CHECK(made == std::vector<int>(50, 1));
  for (const int thread : by) CHECK((thread == 0 || thread == 1));
}

TEST_CASE("a sweep says which run failed and why: the first of all that fail") {
  const auto some_fail = [](const SweepRun& run) {
    if (run.number == 3) rest();  // others have failed by then
    if (run.number >= 3) throw std::runtime_error("no " + std::to_string(run.number));
  };
  for (const int threads : {1, 2, 4}) {
    const SweepOptions options{.threads = threads};
    CHECK(message_of([&] { sweep(10, some_fail, options); }) == "run 3 of 10 failed: no 3");
    try {
      sweep(10, some_fail, options);
    } catch (const SweepError& error) {
      CHECK(error.run() == 3);
      CHECK_THROWS_AS(std::rethrow_if_nested(error), std::runtime_error);
    }
  }
  CHECK(message_of([] { sweep(1, [](const SweepRun&) { throw 1; }); }) ==
        "run 0 of 1 failed: it threw something that is not a std::exception");
}

TEST_CASE("a sweep nests the diagnostics of a bad model in its error") {
  try {
    sweep(4, [](const SweepRun& run) {
      Network net(run.options());
      net.neuron_group(1, {.equations = run.number < 2 ? "v : 1" : "v : nothing"});
    });
    FAIL("no error");
  } catch (const SweepError& error) {
    CHECK(error.run() == 2);
    CHECK_THROWS_AS(std::rethrow_if_nested(error), ModelError);
  }
}

TEST_CASE("a sweep that is stopped ends the runs under way, begins no others, and says how far it came") {
  std::atomic<bool> stop = false;
  std::atomic<std::int64_t> steps = 0, done = 0;
  const auto forever = [&](const SweepRun& run) {
    if (run.number < 3) return;
    Network net(run.options());
    net.network_operation([&] { stop = done == 3 && ++steps >= 20; });
    net.run(1e6 * second);
    CHECK(net.time() < 1 * second);
  };
  for (const int threads : {1, 3}) {
    stop = false;
    steps = done = 0;
    const SweepOptions options{
        .threads = threads, .progress = [&](std::int64_t n) { done = n; }, .stop = &stop};
    CHECK(message_of([&] { sweep(100, forever, options); }) ==
          "the sweep was stopped when 3 of 100 runs were done");
  }
  CHECK(message_of([&] { sweep(2, forever, {.stop = &stop}); }) ==
        "the sweep was stopped when 0 of 2 runs were done");
}

TEST_CASE("progress of a sweep counts runs that are done, one call at a time") {
  for (const int threads : {1, 3}) {
    std::vector<std::int64_t> counts;
    sweep(30, [](const SweepRun&) {},
          {.threads = threads, .progress = [&](std::int64_t done) { counts.push_back(done - 1); }});
    CHECK(counts == numbers(30));
  }
}

TEST_CASE("networks of a sweep work on one thread unless they are told otherwise") {
  std::atomic<bool> mine = false, of_sweep = false;
  const SweepRun run{.stop = &of_sweep};
  CHECK(run.options().threads == 1);
  CHECK(run.options({.threads = 3}).threads == 3);
  CHECK(run.options().stop == &of_sweep);
  CHECK(run.options({.stop = &mine}).stop == &mine);
  CHECK(run.options({.seed = 7}).seed == 7);
}

TEST_CASE("a sweep refuses a negative number of runs") {
  CHECK(message_of([] { sweep(-1, [](const SweepRun&) { return 0; }); }) ==
        "sweep: -1 runs, but the number must be zero or positive");
}

TEST_CASE("a network ends its run after the step in which it is told to stop from outside") {
  std::atomic<bool> stop = false;
  Network net({.dt = 1 * ms, .stop = &stop});
  net.network_operation([&](Time t) { stop = t >= 4 * ms; });
  net.run(10 * ms);
  CHECK(net.time().si() == doctest::Approx(5e-3));
  net.step(3);
  CHECK(net.time().si() == doctest::Approx(5e-3));
  stop = false;
  net.run(0 * ms);
  net.step();
  CHECK(net.time().si() == doctest::Approx(6e-3));
}
