#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/runtime/network.hpp>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

std::vector<std::int64_t> spike_steps(const SpikeMonitor& monitor, std::int32_t neuron) {
  std::vector<std::int64_t> steps;
  const auto trains = monitor.spike_trains();
  for (const double t : trains.at(neuron)) steps.push_back(std::llround(t / 1e-4));
  return steps;
}

/// Steps between spikes of a neuron whose threshold is always true.
std::int64_t interval(const Refractory& refractory) {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1", .threshold = "True", .refractory = refractory});
  auto& spikes = net.spike_monitor(group);
  net.run(10 * ms);
  const auto steps = spike_steps(spikes, 0);
  return steps.at(1) - steps.at(0);
}

double value_of(const std::string& expression) {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "x : 1"});
  group["x"] = expression;
  return group["x"][0];
}

}  // namespace

TEST_CASE("exact integration of a coupled linear system (vector A3)") {
  Network net({.dt = 1 * ms});
  auto& group = net.neuron_group(
      1, {.equations = "dv/dt = (g - v)/(10*ms) : 1\ndg/dt = -g/(5*ms) : 1", .method = "exact"});
  group["v"] = 0.5;
  group["g"] = 2.0;
  net.run(1 * ms);
  CHECK(group["v"][0] == doctest::Approx(0.624632038933935).epsilon(1e-14));
  CHECK(group["g"][0] == doctest::Approx(1.6374615061559636).epsilon(1e-14));
  net.run(4 * ms);
  CHECK(group["v"][0] == doctest::Approx(0.7805677669386984).epsilon(1e-14));
  CHECK(group["g"][0] == doctest::Approx(0.7357588823428844).epsilon(1e-14));
}

TEST_CASE("leaky neurons with a refractory period spike in the given steps (vector A4)") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "dv/dt = (I - v)/(10*ms) : 1 (unless refractory)\nI : 1",
                                     .threshold = "v > 1",
                                     .reset = "v = 0",
                                     .refractory = 2 * ms,
                                     .method = "exact"});
  group["I"] = std::vector<double>{1.2, 1.5, 3};
  auto& spikes = net.spike_monitor(group);
  auto& state = net.state_monitor(group, {.variables = {"v"}, .record = {2}});
  net.run(30 * ms);
  CHECK(spike_steps(spikes, 0) == std::vector<std::int64_t>{179});
  CHECK(spike_steps(spikes, 1) == std::vector<std::int64_t>{109, 238});
  CHECK(spike_steps(spikes, 2) == std::vector<std::int64_t>{40, 100, 160, 220, 280});
  const auto v = state.trace("v", 2);
  CHECK(v[1] == doctest::Approx(0.029850498752495902).epsilon(1e-15));
  CHECK(v[0] == 0);
  CHECK(v[40] > 0);
  for (int k = 41; k <= 60; ++k) CHECK(v[k] == 0);
  CHECK(v[61] > 0);
}

TEST_CASE("a refractory period is truncated to steps, with a slack of a thousandth") {
  CHECK(interval(2 * ms) == 20);
  CHECK(interval("2*ms") == 20);
  CHECK(interval("1.96*ms") == 19);
  CHECK(interval("2.04*ms") == 20);
  CHECK(interval("2.06*ms") == 20);
  CHECK(interval("0.05*ms") == 1);
  CHECK(interval("0.1*ms") == 1);
  CHECK(interval("0.15*ms") == 1);
  CHECK(interval("0.2*ms") == 2);
  CHECK(interval("timestep(t - lastspike, dt) <= timestep(2*ms, dt)") == 21);
}

TEST_CASE("arithmetic of the language through an assignment (vector A10)") {
  CHECK(value_of("-2**2") == -4);
  CHECK(value_of("2**3**2") == 512);
  CHECK(value_of("7//2*1.0") == 3);
  CHECK(value_of("-7//2") == -4);
  CHECK(value_of("7 % -3") == -2);
  CHECK(value_of("-5.5 % 2") == 0.5);
  CHECK(value_of("int(-1.7)") == -1);
  CHECK(value_of("exprel(0)") == 1);
  CHECK(value_of("timestep(0.3*ms, 0.1*ms)") == 3);
  CHECK(value_of("timestep(0.0999*ms, 0.1*ms)") == 1);
  CHECK(value_of("timestep(0.09989*ms, 0.1*ms)") == 0);
  CHECK(value_of("timestep(-0.05*ms, 0.1*ms)") == 0);
  CHECK(value_of("clip(2, 3, 1)") == 1);
  CHECK(value_of("floor(-1.5)") == -2);
  CHECK(value_of("5//2.0") == 2);
  CHECK(value_of("2**-1") == 0.5);
}

TEST_CASE("statements of a reset see what earlier ones wrote") {
  Network net;
  auto& group = net.neuron_group(
      1, {.equations = "v : 1\nw : 1", .threshold = "v > 1", .reset = "v = w\nw = v; v += 1 # sequential"});
  group["v"] = 2.0;
  group["w"] = 5.0;
  net.step();
  CHECK(group["v"][0] == 6);
  CHECK(group["w"][0] == 5);
}

TEST_CASE("all equations of a step read the state before it") {
  Network net({.dt = 1 * ms});
  auto& group = net.neuron_group(1, {.equations = "dv/dt = w/ms : 1\ndw/dt = v/ms : 1", .method = "euler"});
  group["v"] = 1.0;
  group["w"] = 10.0;
  net.step();
  CHECK(group["v"][0] == 11);
  CHECK(group["w"][0] == 11);
}

TEST_CASE("slices are views with their own numbering") {
  Network net;
  auto& group = net.neuron_group(10, {.equations = "v : volt"});
  auto part = group.slice(4, 8);
  part["v"] = "i*mV";
  CHECK(group["v"].in(mV) == std::vector<double>{0, 0, 0, 0, 0, 1, 2, 3, 0, 0});
  part.slice(1, 3)["v"] = 7 * mV;
  CHECK(group["v"].values()[5] == 7e-3);
  CHECK(group["v"].values()[6] == 7e-3);
  CHECK_THROWS_AS(group.slice(3, 3), NetworkError);
  CHECK_THROWS_AS(group.slice(0, 11), NetworkError);
  CHECK_THROWS_AS(part.slice(0, 5), NetworkError);
}

TEST_CASE("a selection assigns only where its condition holds") {
  Network net;
  auto& group = net.neuron_group(6, {.equations = "v : 1\nw = 2*v : 1"});
  group["v"] = "i";
  group["v"].where("i % 2 == 1") = "10*i";
  CHECK(group["v"].to_vector() == std::vector<double>{0, 10, 2, 30, 4, 50});
  CHECK(group["w"].to_vector() == std::vector<double>{0, 20, 4, 60, 8, 100});
  CHECK(group.slice(3, 6)["v"].where("v > 4").to_vector() == std::vector<double>{30, 50});
}

TEST_CASE("an assignment that does not fit is refused and changes nothing") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "v : volt\nn : integer\nw = 2*v : volt"});
  group["v"] = 1 * mV;
  CHECK_THROWS_AS(group["v"] = 3 * ms, NetworkError);
  CHECK_THROWS_AS(group["v"] = (std::vector<Voltage>{1 * mV, 2 * mV}), NetworkError);
  CHECK_THROWS_AS(group["v"] = "3*ms", ModelError);
  CHECK_THROWS_AS(group["v"] = "no_such_name", ModelError);
  CHECK_THROWS_AS(group["w"] = 1 * mV, NetworkError);
  CHECK_THROWS_AS(group["n"] = 2.5, NetworkError);
  CHECK_THROWS_AS(group["vv"], NetworkError);
  CHECK(group["v"].in(mV) == std::vector<double>{1, 1, 1});
  group["v"] = 0;  // zero is zero in every unit
  CHECK(group["v"].in(mV) == std::vector<double>{0, 0, 0});
}

TEST_CASE("constants are late bound: a new value acts at the next run and compiles nothing") {
  Network net({.dt = 1 * ms});
  auto& group = net.neuron_group(1, {.equations = "dv/dt = rate : 1", .method = "euler"});
  net.set("rate", 10 * Hz);
  net.run(1 * ms);
  const double built = net.times().build.emit + net.times().build.link;
  net.set("rate", 20 * Hz);
  net.run(1 * ms);
  CHECK(group["v"][0] == doctest::Approx(0.03));
  CHECK(net.times().build.emit + net.times().build.link == built);
  group.set("rate", 40 * Hz);  // the group's own namespace wins
  net.run(1 * ms);
  CHECK(group["v"][0] == doctest::Approx(0.07));
  group.set("rate", 100 * Hz);
  net.step();
  CHECK(group["v"][0] == doctest::Approx(0.17));
}

TEST_CASE("a model that cannot be compiled leaves the network as it was") {
  Network net;
  auto& good = net.neuron_group(1, {.equations = "dv/dt = 1*Hz : 1"});
  CHECK_THROWS_AS(net.neuron_group(1, {.equations = "dv/dt = -v/tau : volt", .threshold = "v > 3"}),
                  ModelError);
  CHECK_THROWS_AS(net.neuron_group(0, {.equations = "v : 1"}), NetworkError);
  CHECK_THROWS_AS(net.neuron_group(std::int64_t{1} << 62, {.equations = "v : 1"}), NetworkError);
  net.step();
  CHECK(good.name() == "neurongroup");
  CHECK(good["v"][0] == 1e-4);
}

TEST_CASE("injected spikes act like detected ones in the next step") {
  Network net;
  auto& group = net.neuron_group(5, {.equations = "v : 1\nw : 1", .threshold = "v > 1", .reset = "w += 1"});
  auto& spikes = net.spike_monitor(group);
  group["v"] = std::vector<double>{0, 0, 2, 0, 0};
  net.inject_spikes(group.slice(1, 5), std::vector<std::int32_t>{3, 0, 3});
  net.step();
  CHECK(std::vector<std::int32_t>(net.spikes(group).begin(), net.spikes(group).end()) ==
        std::vector<std::int32_t>{1, 2, 4});
  CHECK(group["w"].to_vector() == std::vector<double>{0, 1, 1, 0, 1});
  CHECK_THROWS_AS(net.inject_spikes(group, std::vector<std::int32_t>{5}), NetworkError);
  net.step();
  CHECK(spikes.num_spikes() == 4);
}
