#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;
using Values = std::vector<double>;

TEST_CASE("a shared variable has one value that equations, thresholds and resets read") {
  Network net({.dt = 1 * ms});
  auto& group =
      net.neuron_group(3, {.equations = "dv/dt = drive*Hz : 1\n drive : 1 (shared)\n"
                                        "level = drive/2000 : 1 (shared)\n top : 1 (shared, constant)",
                           .threshold = "v > top",
                           .reset = "v = level",
                           .method = "euler"});
  group["drive"] = 2000;
  group["top"] = "drive*0.0015";
  CHECK(group["drive"].size() == 1);
  CHECK(group["level"].to_vector() == Values{1});
  CHECK(group.slice(1, 3)["drive"].value() == 2000);
  auto& spikes = net.spike_monitor(group);
  net.run(2 * ms);
  CHECK(spikes.num_spikes() == 3);
  CHECK(group["v"].to_vector() == Values{1, 1, 1});
  CHECK_THROWS_AS((group["drive"] = Values{1, 2, 3}), NetworkError);
  CHECK_THROWS_AS(group["drive"] = "i", ModelError);
  CHECK_THROWS_AS(group["level"] = 1, NetworkError);
  CHECK_THROWS_AS(
      net.neuron_group(1, {.equations = "s : 1 (shared)", .threshold = "s > 1", .reset = "s = 0"}),
      ModelError);
}

TEST_CASE("synapses read the shared variables of both ends and of their own") {
  Network net;
  auto& source =
      net.neuron_group(2, {.equations = "a : 1 (shared)\n b = 2*a : 1 (shared)", .threshold = "True"});
  auto& target = net.neuron_group(2, {.equations = "y : 1\n gain : 1 (shared)"});
  auto& synapses =
      net.synapses(source, target, {.equations = "c : 1 (shared)\n w : 1", .on_pre = "y += w*a_pre"});
  synapses.connect("a_pre > 0 or i == 0");
  CHECK(synapses.size() == 2);
  synapses["c"] = 5;
  source["a"] = 3;
  target["gain"] = 7;
  synapses["w"] = "c + gain*b_pre";
  CHECK(synapses["c"].to_vector() == Values{5});
  CHECK(synapses["w"].to_vector() == Values{47, 47});
  synapses.connect({.i = {1}, .j = {1}});
  CHECK(synapses["c"].to_vector() == Values{5});
  net.step(1);
  CHECK(target["y"].to_vector() == Values{47 * 3, 47 * 3});
  CHECK_THROWS_AS(net.synapses(source, target, {.on_pre = "gain += 1"}), ModelError);
}

TEST_CASE("a boolean variable keeps whether what it is given is not zero") {
  Network net;
  auto& group =
      net.neuron_group(4, {.equations = "x : 1\n on : boolean\n twice : boolean\n n : integer",
                           .threshold = "True",
                           .reset = "on = x; twice = (x > 0) + (x > 1); n = (x > 0) + (x > 1); on += 0"});
  group["x"] = Values{0, 0.5, -0.25, 2};
  net.step(1);
  CHECK(group["on"].to_vector() == Values{0, 1, 1, 1});
  CHECK(group["twice"].to_vector() == Values{0, 1, 0, 1});
  CHECK(group["n"].to_vector() == Values{0, 1, 0, 2});
  group["on"] = "x - 0.5";
  CHECK(group["on"].to_vector() == Values{1, 0, 1, 1});
}

TEST_CASE("arithmetic follows the types of its operands") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "x : 1\n b : boolean\n n : integer"});
  const auto value = [&](const char* text) {
    group["x"] = text;
    return group["x"][0];
  };
  group["b"] = true;
  group["n"] = -7;
  CHECK(value("2**-1") == 0.5);
  CHECK(value("b + b") == 2);
  CHECK(value("3*(n < 0)") == 3);
  CHECK(value("n/2") == -3.5);
  CHECK(value("n//2") == -4);
  CHECK(value("n % 3") == 2);
  CHECK(value("clip(n, -1.5, 1.5)") == -1.5);
  CHECK(value("clip(2, 0, 1.5)") == 1.5);
  CHECK(value("sign(n)*abs(n)") == -7);
  CHECK(value("int(-1.7) - int(b)") == -2);
  CHECK(value("b == (n < 0)") == 1);
}
