// Store and restore: going on from a snapshot gives the bits of the unbroken run.
#include <doctest/doctest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <random>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/scratch.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// A noisy network with delays, refractoriness and plastic weights.
struct Busy {
  Network net{{.seed = 5}};
  NeuronGroup& neurons = net.neuron_group(
      20, {.equations = "dv/dt = (1.2 - v)/(10*ms) + 0.3*sqrt(2/(10*ms))*xi : 1 (unless refractory)\n x : 1",
           .threshold = "v > 1",
           .reset = "v = rand()*0.1",
           .refractory = "1*ms + rand()*ms"});
  PoissonGroup& input = net.poisson_group(10, 80 * Hz);
  Synapses& recurrent =
      net.synapses(neurons, neurons,
                   {.equations = "w : 1",
                    .on_pre = "v_post += w; w = clip(w + 0.01*randn(), 0, 0.2); x_post += 1",
                    .delay = 1.5 * ms});
  Synapses& driven = net.synapses(input, neurons, {.on_pre = "v_post += 0.1"});
  Busy() {
    recurrent.connect({.condition = "i != j", .p = 0.3});
    recurrent["w"] = "0.1*rand()";
    driven.connect({.p = 0.5});
  }
  /// Everything that there is to see.
  std::vector<double> state() {
    std::vector<double> all;
    for (const char* name : {"v", "x", "lastspike"}) {
      const auto values = neurons[name].values();
      all.insert(all.end(), values.begin(), values.end());
    }
    const auto w = recurrent["w"].values();
    all.insert(all.end(), w.begin(), w.end());
    all.push_back(net.time().si());
    return all;
  }
};

/// [step] spikes of each of the next steps
std::vector<std::vector<std::int32_t>> spikes_of(Busy& busy, int steps) {
  std::vector<std::vector<std::int32_t>> all;
  for (int k = 0; k < steps; ++k) {
    busy.net.step();
    const auto spikes = busy.net.spikes(busy.neurons);
    all.emplace_back(spikes.begin(), spikes.end());
  }
  return all;
}

}  // namespace

TEST_CASE(
    "gotcha 67: stopped and restored at any step, a network goes on with the bits of the unbroken run") {
  constexpr int total = 400;
  Busy unbroken;
  const auto spikes = spikes_of(unbroken, total);
  const auto state = unbroken.state();
  std::minstd_rand random(7);
  for (int trial = 0; trial < 10; ++trial) {
    const int stop = static_cast<int>(random() % total);
    CAPTURE(stop);
    Busy first;
    first.net.run(stop * 0.1 * ms);
    const test::Scratch scratch;
    const std::string path = scratch.path("snapshot");
    first.net.store_to(path);
    Busy second;
    second.net.run(3 * ms);
    second.recurrent.connect({.p = 0.1});
    second.net.restore_from(path);
    const auto rest = spikes_of(second, total - stop);
    CHECK(std::ranges::equal(rest, std::span(spikes).subspan(static_cast<std::size_t>(stop))));
    CHECK(second.state() == state);
  }
}

TEST_CASE("a network goes back to what was stored under a name, as often as one likes") {
  Busy busy;
  busy.net.run(5 * ms);
  busy.net.store("before");
  busy.net.run(20 * ms);
  const auto first = busy.state();
  busy.recurrent.connect({.p = 0.5});
  busy.net.restore("before");
  CHECK(busy.net.time().si() == 5e-3);
  busy.net.run(20 * ms);
  CHECK(busy.state() == first);
  busy.net.restore("before", {.random_state = false});
  busy.net.run(20 * ms);
  CHECK(busy.state() != first);
  CHECK_THROWS_WITH_AS(busy.net.restore("after"), doctest::Contains("after"), NetworkError);
}

TEST_CASE("restoring goes back to the length of steps of then") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dx/dt = 1/ms : 1", .method = "euler"});
  net.run(1 * ms);
  net.store();
  net.set_dt(0.5 * ms);
  net.run(1 * ms);
  net.restore();
  CHECK(net.dt().si() == 1e-4);
  net.run(1 * ms);
  CHECK(group["x"].values()[0] == doctest::Approx(2));
}

TEST_CASE("a network that is not the one of the snapshot is left as it is") {
  const test::Scratch scratch;
  const std::string path = scratch.path("other");
  {
    Network net;
    net.neuron_group(3, {.equations = "v : volt", .name = "group"});
    net.store_to(path);
  }
  const std::array<std::pair<int, NeuronGroupOptions>, 5> others{{
      {4, {.equations = "v : volt", .name = "group"}},
      {3, {.equations = "v : amp", .name = "group"}},
      {3, {.equations = "v : integer", .name = "group"}},
      {3, {.equations = "v : volt\nw : 1", .name = "group"}},
      {3, {.equations = "v : volt", .name = "other"}},
  }};
  for (const auto& [n, options] : others) {
    Network net;
    net.neuron_group(n, options);

    CHECK_THROWS_WITH_AS(net.restore_from(path), doctest::Contains("restore:"), NetworkError);
  }
}

TEST_CASE("a damaged snapshot is an error, whatever byte it is") {
  const test::Scratch scratch;
  const std::string path = scratch.path("damaged");
  Network net;
  auto& group =
      net.neuron_group(2, {.equations = "dv/dt = -v/ms : 1", .threshold = "v > 2", .reset = "v = 0"});
  net.run(1 * ms);
  net.store_to(path);
  std::string good;
  {
    std::ifstream file(path, std::ios::binary);
    good.assign(std::istreambuf_iterator<char>(file), {});
  }
  const auto refused = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    group["v"] = 0.5;
    CHECK_THROWS_AS(net.restore_from(path), NetworkError);
    CHECK(group["v"].values()[0] == 0.5);
  };
  for (std::size_t k = 0; k < good.size(); ++k) {
    CAPTURE(k);
    std::string bad = good;
    bad[k] = static_cast<char>(bad[k] ^ 4);
    refused(bad);
    refused(good.substr(0, k));
  }
  refused(good + "x");
  CHECK_THROWS_AS(net.restore_from(scratch.path("missing")), NetworkError);
  CHECK_THROWS_AS(net.restore_from(scratch.path(".")), NetworkError);  // a folder
  CHECK_THROWS_AS(net.store_to("/nowhere/at/all"), NetworkError);
}

TEST_CASE("a callback may store between steps, and going on from there is going on") {
  Busy unbroken;
  unbroken.net.run(30 * ms);
  Busy busy;
  double stored = -1;
  const auto store = [&](const Progress& progress) {
    if (stored >= 0 || progress.fraction < 0.4) return;
    busy.net.store();
    stored = busy.net.time().si();
  };
  busy.net.run(30 * ms, {.progress = store, .period = 0 * second});
  busy.net.restore();
  CHECK(busy.net.time().si() == stored);
  busy.net.run(30 * ms - Time(stored));
  auto expected = unbroken.state();
  CHECK(busy.state() == expected);
}

namespace {

/// A child that stores 1, 2, 3 ... and says so through a pipe, until it is killed after `microseconds`.
/// Returns the last number that it said.
double store_until_killed(Network& net, NeuronGroup& group, const std::string& path,
                          useconds_t microseconds) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    for (double k = 1;; ++k) {
      for (double& x : group["x"].values()) x = k;
      net.store_to(path);
      if (::write(ends[1], &k, sizeof k) != sizeof k) std::_Exit(1);
    }
  }
  ::close(ends[1]);
  ::usleep(microseconds);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  double said = 0, next = 0;
  while (::read(ends[0], &next, sizeof next) == sizeof next) said = next;
  ::close(ends[0]);
  return said;
}

}  // namespace

TEST_CASE("a process killed while it stores leaves a whole snapshot, and none that it reported is lost") {
  const test::Scratch scratch;
  const std::string path = scratch.path("killed");
  Network net;
  auto& group = net.neuron_group(20000, {.equations = "x : 1"});
  net.prepare();
  net.store_to(path);
  const char* wanted = std::getenv("RANVIER_KILLS");
  const int kills = wanted ? std::atoi(wanted) : 20;
  std::minstd_rand random(11);
  double last = 0;
  for (int k = 0; k < kills; ++k) {
    last = std::max(1.0, store_until_killed(net, group, path, 1000 + random() % 20000));
    net.restore_from(path);
    const auto x = group["x"].values();
    CHECK(std::ranges::all_of(x, [&](double each) { return each == x[0]; }));
    CHECK((x[0] >= last || (last == 1 && x[0] == 0)));
    for (double& each : group["x"].values()) each = 0;
    net.store_to(path);
  }
}
