#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <vector>

using namespace ranvier;
using test::message_of;

namespace {

using Numbers = std::vector<std::int64_t>;

/// All to all between 3 and 4 neurons, numbered 0 ... 11 source by source, then 1 -> 2 and 0 -> 3 once more.
struct Pair {
  Network net;
  NeuronGroup& from = net.neuron_group(5, {.equations = "a : 1"});
  NeuronGroup& to = net.neuron_group(6, {.equations = "b : 1"});
  Synapses& synapses =
      net.synapses(from.slice(1, 4), to.slice(2, 6), {.equations = "w : 1", .multisynaptic_index = "k"});
  Pair() {
    synapses.connect();
    synapses.connect({.i = {1, 0}, .j = {2, 3}});
  }
};

}  // namespace

TEST_CASE("gotcha 53: synapses between neurons are given by ascending number, none for no match") {
  Pair p;
  CHECK(p.synapses.between(1) == Numbers{4, 5, 6, 7, 12});
  CHECK(p.synapses.between({}, 2) == Numbers{2, 6, 10, 12});
  CHECK(p.synapses.between(1, 2) == Numbers{6, 12});
  CHECK(p.synapses.between({2, 0}, {3, 0}) == Numbers{0, 3, 8, 11, 13});
  CHECK(p.synapses.between(ElementRange{0, 3, 2}, ElementRange{-1, 99, 4}) == Numbers{3, 11, 13});
  CHECK(p.synapses.between(7) == Numbers{});
  CHECK(p.synapses.between(-1, 0) == Numbers{});
  CHECK(p.synapses.between(Numbers{}) == Numbers{});
}

TEST_CASE("copies of a pair are told apart by their number") {
  Pair p;
  CHECK(p.synapses.between(1, 2, 0) == Numbers{6});
  CHECK(p.synapses.between(1, 2, 1) == Numbers{12});
  CHECK(p.synapses.between({}, {}, 1) == Numbers{12, 13});
  CHECK(p.synapses.between({}, {}, 2) == Numbers{});
}

TEST_CASE("a slice of the group selects its neurons, as far as they are on that side") {
  Pair p;
  CHECK(p.synapses.between(p.from.slice(0, 2), p.to.slice(5, 6)) == Numbers{3, 13});  // 0 -> 3
  CHECK(p.synapses.between(p.from.slice(4, 5)) == Numbers{});
  CHECK(message_of([&] { p.synapses.between(p.to); }) ==
        "a slice of 'neurongroup_1' does not select neurons of 'neurongroup'");
  CHECK(message_of([&] { p.synapses.between(ElementRange{0, 3, 0}); }) ==
        "a range of neurons with step 0: it must be at least 1");
}

TEST_CASE("synapses between neurons can be assigned and recorded") {
  Pair p;
  p.synapses["w"][p.synapses.between(1, 2)] = 5;
  CHECK(p.synapses.indices("w == 5") == Numbers{6, 12});
  p.synapses["w"][p.synapses.between({}, 0)] = "10*i + j";
  auto& monitor = p.net.state_monitor(p.synapses, {.variables = "w", .record = p.synapses.between({}, 0)});
  p.net.run(Time(1e-4));
  CHECK(monitor.elements() == Numbers{0, 4, 8});
  CHECK(monitor.trace("w", 8).front() == 20);
}

TEST_CASE("gotcha 78: a matrix of weights is assigned row by row, a row a source") {
  Network net;
  auto& from = net.neuron_group(2, {.equations = "a : 1"});
  auto& to = net.neuron_group(3, {.equations = "b : 1"});
  auto& synapses = net.synapses(from, to, {.equations = "w : 1"});
  synapses.connect();
  synapses["w"] = std::vector<double>{0, 1, 2, 10, 11, 12};
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      CHECK(synapses["w"][synapses.between(i, j)].to_vector() == std::vector<double>{10.0 * i + j});
}
