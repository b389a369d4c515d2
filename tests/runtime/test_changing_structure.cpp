#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/scratch.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

double resident_megabytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * 4096 / 1e6;
}

constexpr int sources = 3, targets = 4;

/// Whether a source spikes in a step.
bool spikes(std::int64_t step, int source) {
  return (7 * step + 3 * source) % 5 < 2;
}

/// What the network is to do: synapses and spikes one by one.
class Model {
 public:
  struct Synapse {
    int id, source, target, delay;
    std::int64_t arrived = 0;
  };

  void remove(std::size_t number) { synapses.erase(synapses.begin() + static_cast<std::ptrdiff_t>(number)); }
  void add(int source, int target, int delay) { synapses.push_back({next_++, source, target, delay}); }
  void step(std::int64_t now) {
    for (const Synapse& s : synapses)
      if (spikes(now, s.source)) flying_[now + s.delay].push_back(s.id);
    for (const int id : flying_[now]) {
      const auto found = std::ranges::find(synapses, id, &Synapse::id);
      if (found == synapses.end()) continue;
      ++found->arrived;
      ++received[static_cast<std::size_t>(found->target)];
    }
    flying_.erase(now);
  }

  std::vector<Synapse> synapses;
  std::vector<double> received = std::vector<double>(targets);

 private:
  std::map<std::int64_t, std::vector<int>> flying_;
  int next_ = 0;
};

/// Removes a synapse and adds one in every step, and compares what arrives with the model.
void churn(std::int64_t steps, const char* slot) {
  Network net;
  auto& source =
      net.neuron_group(sources, {.equations = "x : 1", .threshold = "(7*t_in_timesteps + 3*i) % 5 < 2"});
  auto& target = net.neuron_group(targets, {.equations = "received : 1"});
  auto& synapses = net.synapses(source, target, {.equations = "n : 1", .on_pre = "n += 1; received += 1"});
  Model model;
  std::mt19937 random(1);
  const auto draw = [&](std::size_t below) { return static_cast<int>(random() % below); };
  const auto add = [&] {
    const int i = draw(sources), j = draw(targets), delay = draw(8);
    synapses.connect({.i = {i}, .j = {j}});
    synapses["delay"][synapses.size() - 1] = (delay + 0.2) * 0.1 * ms;
    model.add(i, j, delay);
  };
  for (int k = 0; k < 6; ++k) add();
  const bool before = slot != std::string("end");  // the pathway acts
  net.network_operation(
      [&] {
        if (!before) model.step(net.clock().timestep);
        const int gone = draw(model.synapses.size());
        synapses.remove({gone});
        model.remove(static_cast<std::size_t>(gone));
        add();
        if (before) model.step(net.clock().timestep);
      },
      {.when = slot});
  net.step(steps / 2);
  const double half = resident_megabytes();
  net.step(steps / 2);
  CHECK(resident_megabytes() - half < 2);
  CHECK(target["received"].to_vector() == model.received);
  CHECK(std::ranges::all_of(model.received, [](double n) { return n > 0; }));
  std::vector<double> arrived;
  for (const Model::Synapse& s : model.synapses) arrived.push_back(static_cast<double>(s.arrived));
  CHECK(synapses["n"].to_vector() == arrived);
}

}  // namespace

TEST_CASE("with one synapse removed and one added in every step no spike is lost or strays") {
  churn(100000, "start");
  churn(2000, "end");
  churn(2000, "after_thresholds");
}

TEST_CASE("removed synapses are gone with their values, and later numbers move down") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "v : 1", .threshold = "t_in_timesteps == 1"});
  auto& synapses =
      net.synapses(group, group, {.equations = "w : 1\ns : 1 (shared)", .on_pre = "v_post += w"});
  synapses.connect({.i = {2, 0, 1, 2, 0}, .j = {0, 1, 2, 1, 0}});
  synapses["w"] = std::vector<double>{10, 11, 12, 13, 14};
  synapses["s"] = 5;
  VariableView old = synapses["w"];
  CHECK(synapses.remove({1, 3}) == 2);
  CHECK(synapses.size() == 3);
  CHECK(synapses["w"].to_vector() == std::vector<double>{10, 12, 14});
  CHECK(synapses["s"].value() == 5);
  const std::vector<std::pair<std::int32_t, std::int32_t>> pairs{{2, 0}, {1, 2}, {0, 0}};
  CHECK(synapses.pairs() == pairs);
  CHECK_THROWS_WITH_AS(old.to_vector(), doctest::Contains("take a new one"), NetworkError);
  CHECK_THROWS_WITH_AS(synapses.remove({3}), doctest::Contains("no synapse 3"), NetworkError);
  CHECK(synapses.remove("w < 13") == 2);
  CHECK(synapses.remove("w < 13") == 0);
  net.step(3);
  CHECK(group["v"].to_vector() == std::vector<double>{14, 0, 0});
}

TEST_CASE("a state monitor goes on with the synapses that it records, which cannot be removed") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : 1"});
  auto& synapses = net.synapses(group, group, {.equations = "w : 1"});
  synapses.connect();
  synapses["w"] = "10*i + j";
  auto& monitor = net.state_monitor(synapses, {.variables = "w", .record = {1, 3}});
  net.step();
  synapses.remove({0, 2});
  net.step();
  CHECK(monitor.trace("w", 1) == std::vector<double>{1, 1});
  CHECK(monitor.trace("w", 3) == std::vector<double>{11, 11});
  CHECK_THROWS_WITH_AS(synapses.remove({0}), doctest::Contains("cannot be removed"), NetworkError);
  CHECK(synapses.size() == 2);
}

TEST_CASE("a snapshot brings removed synapses and their spikes in flight back") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : 1", .threshold = "t_in_timesteps == 1"});
  auto& synapses = net.synapses(group, group, {.on_pre = "v_post += 1"});
  synapses.connect();
  synapses["delay"] = "1*ms";
  net.step(4);
  net.store();
  synapses.remove({0, 3});
  net.step(20);
  CHECK(group["v"].to_vector() == std::vector<double>{1, 1});
  net.restore();
  CHECK(synapses.size() == 4);
  net.step(20);
  CHECK(group["v"].to_vector() == std::vector<double>{2, 2});
}

TEST_CASE("synapses take the memory of what there is to keep, and no more") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : 1", .threshold = "v > 1"});
  auto& fixed = net.synapses(group, group, {.on_pre = "v_post += 1", .delay = 1 * ms});
  fixed.connect();
  net.prepare();
  CHECK(fixed.bytes_per_synapse() == 4);
  auto& plastic =
      net.synapses(group, group, {.equations = "w : 1", .on_pre = "w += 1", .on_post = "w -= v_post"});
  plastic.connect();
  plastic["delay"] = "rand()*ms";
  net.prepare();
  CHECK(plastic.bytes_per_synapse_in_run() == 4 + 8 + 2 + 4);
}

TEST_CASE("a snapshot whose spikes in flight cannot be is refused") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : 1", .threshold = "t_in_timesteps == 1"});
  auto& synapses = net.synapses(group, group, {.on_pre = "v_post += 1"});
  synapses.connect();
  synapses["delay"] = "1*ms";
  net.step(4);
  const test::Scratch scratch;
  const std::string path = scratch.path("flying"), bad = scratch.path("bad");
  net.store_to(path);
  const auto refused = [&](const char* field, std::size_t byte, int value) {
    Snapshot snapshot = Snapshot::read(path);
    snapshot.fields.at(field).bytes.at(byte) = static_cast<std::byte>(value);
    snapshot.write(bad);
    CHECK_THROWS_AS(net.restore_from(bad), NetworkError);
  };
  refused("synapses/pre.due.synapses", 0, 4);  // of four
  refused("synapses/pre.due.counts", 0, 5);    // of four
  refused("synapses/pre.due.steps", 0, 2);     // is over
  refused("synapses/pre.due.steps", 4, 1);     // never comes
  refused("synapses/pre.own delays", 0, 0);    // but there are some
  net.restore_from(path);
  net.step(20);
  CHECK(group["v"].to_vector() == std::vector<double>{2, 2});
}
