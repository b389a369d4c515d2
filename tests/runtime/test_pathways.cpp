#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// One neuron that spikes in one step.
NeuronGroup& spiking_at(Network& net, const char* condition, std::int64_t n = 1) {
  return net.neuron_group(
      n, {.equations = "v : 1\ntrail : 1", .threshold = condition, .reset = "trail = 10*trail + 9"});
}

std::string message_of(const SynapsesOptions& options) {
  Network net;
  auto& spiking = spiking_at(net, "True");
  auto& silent = net.neuron_group(1, {.equations = "v : 1", .name = "silent"});
  return test::message_of([&] { net.synapses(spiking, silent, options); });
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

// The numbers are those of Brian2 2.10.1 for the same network; all of them are exact in binary.
TEST_CASE("several pathways with delays of their own do what they do in the reference") {
  Network net;
  auto& source = net.spike_generator_group(
      3, {0, 1, 2, 0, 1, 2, 0}, {0.1 * ms, 0.1 * ms, 0.1 * ms, 0.5 * ms, 0.7 * ms, 0.9 * ms, 1.3 * ms});
  auto& target = net.neuron_group(
      2, {.equations = "v : 1\nA : 1",
          .threshold = "(i == 0 and t_in_timesteps % 4 == 1) or (i == 1 and t_in_timesteps % 3 == 2)",
          .reset = "A += 0.5"});
  auto& synapses = net.synapses(
      source, target,
      {.equations = "w : 1\nn_up : 1",
       .on_pre = {{"pre", "w += 0.125*A_post; v_post += w"}, {"late", "w = w*1.5 + 0.25*n_up; n_up += 1"}},
       .on_post = {{"post", "w = 0.5*w + v_post; n_up += 2"}, {"again", "v_post -= 0.0625*(i + 1)*w"}},
       .delay = {{"pre", 0.2 * ms}, {"late", 0.35 * ms}, {"again", 0.1 * ms}}});
  synapses.connect();
  synapses["w"] = "1 + i + 10*j";
  net.run(2 * ms);
  CHECK(synapses["w"].to_vector() == std::vector<double>{46.175933837890625, 192.98581504821777,
                                                         40.767486572265625, 164.39827823638916,
                                                         40.884674072265625, 176.1119966506958});
  CHECK(target["v"].to_vector() == std::vector<double>{12.842578887939453, 44.883775770664215});
  CHECK(synapses["n_up"].to_vector() == std::vector<double>{13, 15, 12, 14, 12, 14});
}

TEST_CASE("gotcha 41: what follows the source comes before what follows the target, whatever their names") {
  for (const char* first : {"a", "z"}) {
    Network net;
    auto& group = spiking_at(net, "t_in_timesteps == 1");
    const std::string second = first == std::string("a") ? "z" : "a";
    net.synapses(group, group, {.on_post = "trail_post = 10*trail_post + 2", .name = first}).connect();
    net.synapses(group, group, {.on_pre = "trail_post = 10*trail_post + 1", .name = second}).connect();
    net.step(3);
    CHECK(group["trail"][0] == 129);
  }
}

TEST_CASE("the order and the slot of a pathway can be changed") {
  Network net;
  auto& group = spiking_at(net, "t_in_timesteps == 1");
  auto& synapses =
      net.synapses(group, group,
                   {.on_pre = "trail_post = 10*trail_post + 1", .on_post = "trail_post = 10*trail_post + 2"});
  synapses.connect();
  CHECK(synapses.pathway("pre").order() == -1);
  CHECK(synapses.pathway("post").order() == 1);
  synapses.pathway("post").set_order(-2);
  synapses.pathway("pre").set_when("end");
  net.step(3);
  CHECK(group["trail"][0] == 291);
  CHECK_THROWS_WITH_AS(synapses.pathway("pre").set_when("ends"), doctest::Contains("did you mean 'end'?"),
                       NetworkError);
}

TEST_CASE("a pathway whose slot comes before the events are listed sees those of the last step") {
  for (const double delay : {0.0, 0.2}) {
    Network net;
    auto& group = spiking_at(net, "t_in_timesteps == 1");
    auto& synapses = net.synapses(group, group, {.on_pre = "v_post = t_in_timesteps", .delay = delay * ms});
    synapses.connect();
    synapses.pathway("pre").set_when("start");
    net.step(8);
    CHECK(group["v"][0] == (delay > 0 ? 4 : 2));
  }
}

TEST_CASE("no spike is lost or seen twice when the slot of a pathway moves between two steps") {
  for (const double delay : {0.0, 0.2})
    for (const int moved : {1, 2, 3}) {
      Network net;
      auto& group = spiking_at(net, "t_in_timesteps > 0 and t_in_timesteps < 4");
      auto& synapses = net.synapses(group, group, {.on_pre = "v_post += 1", .delay = delay * ms});
      synapses.connect();
      Pathway& pre = synapses.pathway("pre");
      net.step(moved);
      pre.set_when("before_start");
      net.step(1);
      pre.set_when("synapses");
      net.step(10);
      CHECK(group["v"][0] == 3);
    }
}

TEST_CASE("gotcha 45: pathways keep separate delays, and slices of both sides count from their begin") {
  Network net;
  auto& source = spiking_at(net, "t_in_timesteps == i", 5);
  auto& target = spiking_at(net, "t_in_timesteps == 10 + i", 4);
  auto& synapses = net.synapses(source.slice(2, 5), target.slice(1, 3),
                                {.equations = "a : 1\nb : 1",
                                 .on_pre = "a = t_in_timesteps + 100*i + 1000*j",
                                 .on_post = "b = t_in_timesteps + 100*i + 1000*j",
                                 .delay = {{"pre", 0.3 * ms}, {"post", 0.1 * ms}}});
  synapses.connect();
  net.run(3 * ms);
  CHECK(synapses["a"].to_vector() == std::vector<double>{5, 1005, 106, 1106, 207, 1207});
  CHECK(synapses["b"].to_vector() == std::vector<double>{12, 1013, 112, 1113, 212, 1213});
}

TEST_CASE("what follows the target is executed by the numbers of the synapses") {
  Network net;
  auto& source = net.neuron_group(3, {.equations = "x : 1"});
  auto& target = spiking_at(net, "t_in_timesteps == 1", 2);
  auto& synapses = net.synapses(source, target, {.equations = "n : 1", .on_post = "v_post += 1; n = v_post"});
  synapses.connect({.i = {2, 0, 1, 2, 0}, .j = {0, 1, 0, 1, 0}});
  net.step(2);
  CHECK(synapses["n"].to_vector() == std::vector<double>{1, 1, 2, 2, 3});
}

TEST_CASE("a pathway follows any event of its side, and its steps are those of its side") {
  Network net;
  auto& source = net.neuron_group(1, {.equations = "x : 1", .events = {{"tick", "True"}}, .dt = 0.5 * ms});
  auto& target = spiking_at(net, "t_in_timesteps % 10 == 3");
  auto& synapses = net.synapses(source, target,
                                {.equations = "a : 1\nb : second\nc : second",
                                 .on_pre = "a += 1; b = t",
                                 .on_post = "c = t + dt",
                                 .on_event = {{"pre", "tick"}},
                                 .delay = 1 * ms});
  synapses.connect();
  net.run(3 * ms);
  CHECK(synapses["a"][0] == 4);  // of the events at 0, 0.5, 1 and 1.5 ms
  CHECK(synapses["b"][0] == 5 * 0.5e-3);
  CHECK(synapses["c"][0] == 23 * 1e-4 + 1e-4);
  CHECK(synapses.pathway("pre").delay_steps() == 2);
}

TEST_CASE("`delay` is that of the pathway whose code reads it, and otherwise that of pre") {
  Network net;
  auto& group = spiking_at(net, "t_in_timesteps == 1");
  auto& synapses = net.synapses(group, group,
                                {.equations = "a : second\nb : second\nc : second",
                                 .on_pre = "a = delay",
                                 .on_post = "b = delay",
                                 .delay = {{"pre", 0.2 * ms}, {"post", 0.3 * ms}}});
  synapses.connect();
  synapses["c"] = "delay";
  net.run(1 * ms);
  CHECK(synapses["a"][0] == 0.2e-3);
  CHECK(synapses["b"][0] == 0.3e-3);
  CHECK(synapses["c"][0] == 0.2e-3);
}

TEST_CASE("names of pathways and what is said about them must fit") {
  CHECK(has(message_of({.on_pre = {{"up", "v += 1"}, {"up", "v -= 1"}}}), "two pathways called 'up'"));
  CHECK(has(message_of({.on_pre = {{"a b", "v += 1"}}}), "cannot be the name of a pathway"));
  CHECK(has(message_of({.on_pre = {{"up", "v += 1"}}, .delay = 1 * ms}), "no pathway 'pre'; it has 'up'"));
  CHECK(
      has(message_of({.on_pre = "v += 1", .delay = {{"post", 1 * ms}}}), "no pathway 'post'; it has 'pre'"));
  CHECK(has(message_of({.on_pre = "v += 1", .on_event = {{"past", "spike"}}}), "no pathway 'past'"));
  CHECK(has(message_of({.on_pre = "v += 1", .on_event = "tick"}), "has no event 'tick'"));
  CHECK(has(message_of({.on_post = "v += 1"}), "the target 'silent' has no threshold"));
  CHECK(has(message_of({.on_pre = "v += 1", .delay = -1 * ms}), "a delay of -0.001 s is impossible"));
  Network net;
  auto& group = spiking_at(net, "True");
  auto& synapses = net.synapses(group, group, {.on_pre = "v += 1", .on_post = "v -= 1"});
  CHECK_THROWS_WITH_AS(synapses.pathway("past"), doctest::Contains("it has 'pre', 'post'"), NetworkError);
}

TEST_CASE("problems in the code of all pathways are told at once") {
  const std::string text = message_of({.on_pre = {{"up", "v += 1*mV"}, {"down", "v -= 2*mV"}}});
  CHECK(has(text, "on_pre (up) of synapses:1:6"));
  CHECK(has(text, "on_pre (down) of synapses:1:6"));
}
