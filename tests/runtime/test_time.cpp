#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

std::int64_t steps_after(const std::vector<Time>& runs, Time dt = 0.1 * ms) {
  Network net({.dt = dt});
  net.neuron_group(1, {.equations = "v : 1"});
  for (const Time duration : runs) net.run(duration);
  return net.clock().timestep;
}

}  // namespace

TEST_CASE("gotcha 32: the number of steps of a run rounds with a tolerance of 1e-4 steps, otherwise up") {
  CHECK(steps_after({1.04 * ms}) == 11);
  CHECK(steps_after({1.000001 * ms}) == 10);
  CHECK(steps_after({1.00001 * ms}) == 11);
  CHECK(steps_after({0.05 * ms}) == 1);
  CHECK(steps_after({0.05 * ms, 0.05 * ms}) == 1);
  CHECK(steps_after(std::vector<Time>(4, 0.05 * ms)) == 2);
  CHECK(steps_after(std::vector<Time>(10, 0.03 * ms)) == 3);
  CHECK(steps_after(std::vector<Time>(3, 1 * ms), 0.3 * ms) == 10);
  CHECK(steps_after({0 * ms}) == 0);
}

TEST_CASE("gotcha 34: time is a product of the step number, not a sum") {
  Clock clock{1e-4, 3};
  CHECK(clock.t() == 0.00030000000000000003);
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  auto& times = net.state_monitor(group, {.variables = {"v"}});
  net.run(100 * ms);
  CHECK(times.times()[999] == 999 * 1e-4);
  CHECK(net.time().si() == 0.1);
}

TEST_CASE("a run with an impossible duration is refused and changes nothing") {
  Network net;
  net.neuron_group(1, {.equations = "v : 1"});
  CHECK_THROWS_AS(net.run(-1 * ms), NetworkError);
  CHECK_THROWS_AS(net.run(Time(0.0 / 0.0)), NetworkError);
  CHECK(net.clock().timestep == 0);
  CHECK_THROWS_AS(Network({.dt = 0 * ms}), NetworkError);
}

TEST_CASE("gotcha 33: stepping and running continue each other") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 1*Hz : 1"});
  net.step(10);
  net.run(1 * ms);
  net.step();
  CHECK(net.clock().timestep == 21);
  CHECK(group["v"][0] == doctest::Approx(21e-4).epsilon(1e-12));
}

TEST_CASE("progress is reported at the start and at the end, and stop ends a run after its step") {
  Network net;
  net.neuron_group(1, {.equations = "v : 1"});
  std::vector<double> fractions;
  net.run(1 * ms, {.progress = [&](const Progress& p) { fractions.push_back(p.fraction); }});
  CHECK(fractions == std::vector<double>{0, 1});
  net.run(1 * ms, {.progress =
                       [&](const Progress& p) {
                         if (p.fraction > 0) net.stop();
                       },
                   .period = 0 * ms});
  CHECK(net.clock().timestep == 11);
  CHECK(net.time().si() == doctest::Approx(11e-4));
}

TEST_CASE("objects of a slot are ordered by order, then by name, numbers inside names as numbers") {
  CHECK(natural_less("synapses_2", "synapses_10"));
  CHECK_FALSE(natural_less("synapses_10", "synapses_2"));
  CHECK(natural_less("aa", "zz"));
  CHECK(natural_less("a", "a1"));
}

TEST_CASE("two synapse objects onto one neuron act in the order of their names") {
  Network net;
  auto& source =
      net.neuron_group(1, {.equations = "x : 1", .threshold = "t_in_timesteps == 0", .reset = "x = 0"});
  auto& target = net.neuron_group(1, {.equations = "v : 1"});
  net.synapses(source, target, {.on_pre = "v_post = v_post*2 + 1", .name = "zz"}).connect();
  net.synapses(source, target, {.on_pre = "v_post = v_post*3 + 5", .name = "aa"}).connect();
  net.run(1 * ms);
  CHECK(target["v"][0] == 11);
}
