#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;
using Values = std::vector<double>;

TEST_CASE("synapses know how many of them a neuron has") {
  Network net;
  auto& source = net.neuron_group(4, {.equations = "u : 1", .threshold = "i == 1"});
  auto& target = net.neuron_group(5, {.equations = "y : 1"});
  auto& synapses =
      net.synapses(source.slice(1, 4), target.slice(2, 5),
                   {.equations = "w : 1\n a : integer", .on_pre = "y += N_incoming + 10*N_outgoing"});
  synapses.connect({.i = {0, 0, 1, 2}, .j = {0, 1, 1, 1}});
  synapses["w"] = "100*N_outgoing + N_incoming";
  CHECK(synapses["w"].to_vector() == Values{201, 203, 103, 103});
  CHECK(synapses["N_incoming"].to_vector() == Values{1, 3, 3, 3});
  net.step(1);
  CHECK(target["y"].to_vector() == Values{0, 0, 21, 23, 0});
  synapses.connect({.i = {0}, .j = {1}});
  CHECK(synapses["N_outgoing"].to_vector() == Values{3, 3, 1, 1, 3});
  net.step(1);
  CHECK(target["y"].to_vector() == Values{0, 0, 21 + 31, 23 + 2 * 34, 0});
  CHECK_THROWS_AS(synapses["N_incoming"] = 1, NetworkError);
}

// The vector of section 9.2.
TEST_CASE("the multisynaptic index counts the synapses of a pair in order of creation") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "v : 1"});
  auto& synapses = net.synapses(group, group, {.equations = "w : 1", .multisynaptic_index = "k"});
  synapses.connect({.i = {0, 0, 0, 0, 0}, .j = {1, 1, 2, 2, 1}});
  CHECK(synapses["k"].to_vector() == Values{0, 1, 0, 1, 2});
  synapses["w"] = "10*k + j";
  CHECK(synapses["w"].to_vector() == Values{1, 11, 2, 12, 21});
  synapses.connect({.i = {1, 0}, .j = {1, 2}});
  CHECK(synapses["k"].to_vector() == Values{0, 1, 0, 1, 2, 0, 2});
  for (const char* name : {"v", "w", "N", "3", "a b", "mV"})
    CHECK_THROWS_AS(net.synapses(group, group, {.equations = "w : 1", .multisynaptic_index = name}),
                    ModelError);
}

TEST_CASE("synaptic code reads its delay and cannot write one that was given for all") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : second", .threshold = "t < dt/2"});
  auto& synapses = net.synapses(group, group, {.on_pre = "v += delay", .delay = 0.25 * ms});
  synapses.connect();
  net.run(1 * ms);
  CHECK(group["v"][0] == 0.25e-3);
  CHECK_THROWS_AS(net.synapses(group, group, {.on_pre = "delay = 1*ms", .delay = 1 * ms}), ModelError);
}

TEST_CASE("the time of the last spike and refractoriness are read from both ends") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "x : second\n free : boolean\n n : integer",
                                     .threshold = "i == 0 and t_in_timesteps == 3",
                                     .refractory = 1 * ms});
  auto& synapses = net.synapses(
      group, group,
      {.on_pre =
           "x = lastspike_pre + t_pre; free_post = not_refractory_pre; n = i_pre + 2*i_post + 4*N_pre"});
  synapses.connect({.i = {0}, .j = {1}});
  group["free"] = true;
  net.run(1 * ms);
  CHECK(group["x"][1] == doctest::Approx(0.6e-3));
  CHECK(group["free"][1] == 0);
  CHECK(group["n"][1] == 10);
}

TEST_CASE("lastupdate is an ordinary variable if the user defines it") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : second", .threshold = "t_in_timesteps % 4 == 2"});
  auto& synapses = net.synapses(
      group, group, {.equations = "lastupdate : second", .on_pre = "v = t - lastupdate; lastupdate = t"});
  synapses.connect();
  net.run(1 * ms);
  CHECK(group["v"][0] == doctest::Approx(0.4e-3));
  CHECK(synapses["lastupdate"][0] == doctest::Approx(0.6e-3));
}

// A subexpression is the group's: its value for a neuron does not depend on who reads it.
TEST_CASE("i and N in a subexpression are those of its group, also where a slice is read") {
  Network net;
  auto& group =
      net.neuron_group(6, {.equations = "number = i + 100*N : 1\n y : 1\n z : 1", .threshold = "i == 2"});
  CHECK(group["number"].to_vector() == Values{600, 601, 602, 603, 604, 605});
  CHECK(group.slice(2, 4)["number"].to_vector() == Values{602, 603});
  auto part = group.slice(2, 6);
  part["y"] = "number + 10000*i";
  CHECK(group["y"].to_vector() == Values{0, 0, 602, 10603, 20604, 30605});
  auto& synapses =
      net.synapses(group.slice(1, 4), part, {.on_pre = "z_post = number_pre*1000 + number_post"});
  synapses.connect("number_pre == 602 and number_post == 604 and i == 1 and j == 2");
  CHECK(synapses.size() == 1);
  net.step(1);
  CHECK(group["z"].to_vector() == Values{0, 0, 0, 0, 602604, 0});
}

TEST_CASE("i and N of slices count within the slice") {
  Network net;
  auto& group = net.neuron_group(5, {.equations = "y : 1"});
  const Slice part = group.slice(2, 5);
  CHECK(part["i"].to_vector() == Values{0, 1, 2});
  CHECK(part["N"].to_vector() == Values{3});
  part["y"] = "i + 10*N";
  CHECK(group["y"].to_vector() == Values{0, 0, 30, 31, 32});
}
