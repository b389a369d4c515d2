#include <doctest/doctest.h>
#include <cmath>
#include <ranvier/compiler/equations.hpp>
#include <ranvier/runtime/network.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// What x becomes in one step of x' = k/dt with euler: the value of k that the equations see.
double seen(Network& net, NeuronGroup& group, const RunOptions& options = {}) {
  group["x"] = 0.0;
  net.run(0.1 * ms, options);
  return group["x"][0];
}

NeuronGroup& group_with(Network& net, const Namespace& names) {
  return net.neuron_group(1, {.equations = "dx/dt = k/dt : 1", .method = "euler", .namespace_ = names});
}

}  // namespace

TEST_CASE("a constant is looked up in the group, then in the run, then in the network") {
  Network net({.namespace_ = {{"k", 3}}});
  auto& own = group_with(net, {{"k", 1}});
  auto& other = group_with(net, {});
  CHECK(seen(net, own, {.namespace_ = {{"k", 2}}}) == 1);
  CHECK(seen(net, other, {.namespace_ = {{"k", 2}}}) == 2);
  CHECK(seen(net, other) == 3);
}

TEST_CASE("constants of a run are forgotten when it ends (gotcha 30)") {
  Network net;
  auto& group = group_with(net, {});
  CHECK(seen(net, group, {.namespace_ = {{"k", 2}}}) == 2);
  CHECK(seen(net, group, {.namespace_ = {{"k", 5}}}) == 5);
  CHECK_THROWS_AS(net.run(0.1 * ms), ModelError);
  CHECK_THROWS_AS(net.step(), ModelError);
  CHECK(seen(net, group, {.namespace_ = {{"k", 7}}}) == 7);
}

TEST_CASE("a constant of a run may have another dimension than in the run before") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dx/dt = k/(2*k)/dt : 1", .method = "euler"});
  CHECK(seen(net, group, {.namespace_ = {{"k", 2 * mV}}}) == 0.5);
  CHECK(seen(net, group, {.namespace_ = {{"k", 3 * ms}}}) == 0.5);
}

TEST_CASE("callbacks of a run see its constants") {
  Network net;
  auto& group = group_with(net, {});
  double set = 0;
  const auto assign = [&](const Progress&) {
    group["x"] = "10*k";
    set = group["x"][0];
  };
  net.run(0.1 * ms, {.progress = assign, .namespace_ = {{"k", 2}}});
  CHECK(set == 20);
}

TEST_CASE("a constant of a run cannot have a name that means something in every text") {
  Network net;
  group_with(net, {{"k", 1}});
  CHECK_THROWS_AS(net.run(1 * ms, {.namespace_ = {{"mV", 1}}}), NetworkError);
  CHECK_THROWS_AS(net.run(1 * ms, {.namespace_ = {{"exp", 1}}}), NetworkError);
  CHECK(net.time().si() == 0);
}

TEST_CASE("a group can be made of equations that were put together before") {
  const Equations decay("dx/dt = -x/tau : 1", {{"tau", 10 * ms}});
  Network net;
  auto& group = net.neuron_group(
      1, {.equations = decay + decay.substitute({{"x", "y"}}) + "z = x + y : 1", .method = "exact"});
  group["x"] = 1.0;
  group["y"] = 2.0;
  net.run(10 * ms);
  CHECK(group["z"][0] == doctest::Approx(3 * std::exp(-1.0)).epsilon(1e-12));
}

TEST_CASE("a constant may be the exponent of a quantity, and its value decides about the unit") {
  Network net({.namespace_ = {{"k", 2}}});
  auto& group =
      net.neuron_group(1, {.equations = "dx/dt = u**k/volt**2/dt : 1\nu = 3*volt : volt", .method = "euler"});
  CHECK(seen(net, group) == 9);
  net.set("k", 3);
  CHECK_THROWS_AS(net.run(0.1 * ms), ModelError);
  net.set("k", 2.0);
  CHECK(seen(net, group) == 9);
  CHECK(seen(net, group, {.namespace_ = {{"k", 1 + 1}}}) == 9);
}
