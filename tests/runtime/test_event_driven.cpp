// Equations of synapses that are solved from one event to the next.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

constexpr double dt = 1e-4;

/// One neuron that spikes at given times.
SpikeGeneratorGroup& spiking(Network& net, const std::vector<Time>& times) {
  return net.spike_generator_group(1, std::vector<std::int64_t>(times.size(), 0), times);
}

double value(Synapses& synapses, const char* variable) {
  return synapses[variable][0];
}

}  // namespace

TEST_CASE("a trace decays from event to event, and shows what it was after the last one") {
  Network net({.namespace_ = {{"tau", 20 * ms}}});
  auto& source = spiking(net, {1 * ms, 4 * ms, 9 * ms});
  auto& target = net.neuron_group(1, {.equations = "v : 1"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "dx/dt = -x/tau : 1 (event-driven)\nseen : 1\nsince : second",
                                 .on_pre = "seen = x; since = t - lastupdate; x += 1"});
  synapses.connect();
  net.run(4.05 * ms);
  const double second = 1 + std::exp(-3e-3 / 20e-3);
  CHECK(value(synapses, "x") == doctest::Approx(second).epsilon(1e-14));
  CHECK(value(synapses, "lastupdate") == 40 * dt);
  net.run(3 * ms);
  CHECK(value(synapses, "x") == doctest::Approx(second).epsilon(1e-14));  // stale
  net.run(3 * ms);
  CHECK(value(synapses, "seen") == doctest::Approx(second * std::exp(-5e-3 / 20e-3)).epsilon(1e-14));
  CHECK(value(synapses, "since") == doctest::Approx(5e-3).epsilon(1e-12));
  CHECK(value(synapses, "lastupdate") == 90 * dt);
  CHECK(synapses.kernel_text().find("lastupdate") == std::string::npos);  // 4 bytes: a number of steps
}

TEST_CASE("spike-timing-dependent plasticity with two traces (vector A7)") {
  Network net({.namespace_ = {{"tau", 20 * ms}}});
  auto& pre = spiking(net, {1 * ms, 3 * ms, 7 * ms, 9 * ms});
  auto& post = spiking(net, {2 * ms, 8 * ms});
  auto& synapses = net.synapses(pre, post,
                                {.equations = "w : 1\ndap/dt = -ap/tau : 1 (event-driven)\n"
                                              "dam/dt = -am/tau : 1 (event-driven)",
                                 .on_pre = "ap += 0.01; w = clip(w + am, 0, 1)",
                                 .on_post = "am -= 0.0105; w = clip(w + ap, 0, 1)"});
  synapses.connect();
  synapses["w"] = 0.5;
  net.run(12 * ms);
  CHECK(value(synapses, "w") == doctest::Approx(0.49830702613910416).epsilon(1e-14));
  CHECK(value(synapses, "ap") == doctest::Approx(0.03315975684753317).epsilon(1e-14));
  CHECK(value(synapses, "am") == doctest::Approx(-0.01738713389930399).epsilon(1e-14));
  CHECK(value(synapses, "lastupdate") == doctest::Approx(0.009).epsilon(1e-12));
}

TEST_CASE("gotcha 47: every pathway finds the traces advanced, with one last event for all") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& pre = spiking(net, {1 * ms, 6 * ms});
  auto& post = spiking(net, {3 * ms});
  auto& synapses =
      net.synapses(pre, post,
                   {.equations = "dx/dt = -x/tau : 1 (event-driven)\na : 1\nb : 1\nc : 1\nsince : second",
                    .on_pre = {{"pre", "a = x"}, {"late", "b = x; since = t - lastupdate"}},
                    .on_post = "c = x",
                    .delay = {{"late", 1 * ms}}});
  synapses.connect();
  synapses["x"] = 1.0;
  net.run(4 * ms);
  CHECK(value(synapses, "a") == doctest::Approx(std::exp(-0.1)).epsilon(1e-14));
  CHECK(value(synapses, "b") == doctest::Approx(std::exp(-0.2)).epsilon(1e-14));
  CHECK(value(synapses, "c") == doctest::Approx(std::exp(-0.3)).epsilon(1e-14));
  CHECK(value(synapses, "since") == doctest::Approx(1e-3).epsilon(1e-12));
  net.run(4 * ms);
  CHECK(value(synapses, "x") == doctest::Approx(std::exp(-0.7)).epsilon(1e-14));
  CHECK(value(synapses, "since") == doctest::Approx(1e-3).epsilon(1e-12));
}

TEST_CASE("traces are right when the two sides have steps of other lengths") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& pre = spiking(net, {1 * ms, 6 * ms});
  auto& post = net.neuron_group(
      1, {.equations = "v : 1", .threshold = "t_in_timesteps == 3", .reset = "v = 0", .dt = 1 * ms});
  auto& synapses = net.synapses(pre, post,
                                {.equations = "dx/dt = -x/tau : 1 (event-driven)\n"
                                              "dy/dt = (x - y)/tau : 1 (event-driven)\nc : 1\nd : 1",
                                 .on_pre = "x += 0",
                                 .on_post = "c = x; d = y"});
  synapses.connect();
  synapses["x"] = 1.0;
  net.run(8 * ms);
  CHECK(value(synapses, "c") == doctest::Approx(std::exp(-0.3)).epsilon(1e-13));
  CHECK(value(synapses, "d") == doctest::Approx(0.3 * std::exp(-0.3)).epsilon(1e-13));
  CHECK(value(synapses, "x") == doctest::Approx(std::exp(-0.6)).epsilon(1e-13));
}

TEST_CASE("event-driven equations with a drift, coupled, and oscillating are solved exactly") {
  Network net({.namespace_ = {{"tau", 20 * ms}, {"f", 200.0}}});
  auto& source = spiking(net, {0 * ms, 2.5 * ms, 12.5 * ms});
  auto& target = net.neuron_group(1, {.equations = "v : 1"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "dr/dt = (1 - r)/tau : 1 (event-driven)\n"
                                              "dg/dt = (h - g)/tau : 1 (event-driven)\n"
                                              "dh/dt = -h/tau : 1 (event-driven)\n"
                                              "dp/dt = f*Hz*q : 1 (event-driven)\n"
                                              "dq/dt = -f*Hz*p : 1 (event-driven)\n"
                                              "dc/dt = 3*Hz : 1 (event-driven)",
                                 .on_pre = "v_post += 1"});
  synapses.connect();
  synapses["h"] = 1.0;
  synapses["p"] = 1.0;
  net.run(13 * ms);
  const double s = 12.5e-3 / 20e-3;
  CHECK(value(synapses, "r") == doctest::Approx(1 - std::exp(-s)).epsilon(1e-13));
  CHECK(value(synapses, "h") == doctest::Approx(std::exp(-s)).epsilon(1e-13));
  CHECK(value(synapses, "g") == doctest::Approx(s * std::exp(-s)).epsilon(1e-13));
  CHECK(value(synapses, "p") == doctest::Approx(std::cos(200 * 12.5e-3)).epsilon(1e-13));
  CHECK(value(synapses, "q") == doctest::Approx(-std::sin(200 * 12.5e-3)).epsilon(1e-13));
  CHECK(value(synapses, "c") == doctest::Approx(3 * 12.5e-3).epsilon(1e-13));
}

TEST_CASE("coefficients have the values of the event: of the synapse, its neurons, shared, of the step") {
  Network net;
  auto& source = net.spike_generator_group(2, {0, 1}, {5 * ms, 5 * ms});
  auto& target = net.neuron_group(2, {.equations = "rate : Hz\ngain : 1 (shared)"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "tau : second\nall : 1 (shared)\n"
                                              "two = 1 + all : 1 (constant over dt)\n"
                                              "da/dt = -a/tau : 1 (event-driven)\n"
                                              "db/dt = -b*rate_post : 1 (event-driven)\n"
                                              "dc/dt = two*gain_post*Hz*(j + 1) : 1 (event-driven)",
                                 .on_pre = "tau += 0*ms"});
  synapses.connect("i == j");
  synapses["tau"] = "(1 + i)*10*ms";
  synapses["all"] = 1.0;
  synapses["a"] = 1.0;
  synapses["b"] = 1.0;
  target["rate"] = std::vector<Frequency>{10 * Hz, 400 * Hz};
  target["gain"] = 3.0;
  net.run(6 * ms);
  const auto a = synapses["a"].to_vector(), b = synapses["b"].to_vector(), c = synapses["c"].to_vector();
  for (const std::size_t k : {0u, 1u}) {
    CHECK(a[k] == doctest::Approx(std::exp(-5.0 / (10.0 * static_cast<double>(k + 1)))).epsilon(1e-13));
    CHECK(b[k] == doctest::Approx(std::exp(-5e-3 * (k == 0 ? 10 : 400))).epsilon(1e-13));
    CHECK(c[k] == doctest::Approx(2 * 3 * 5e-3 * static_cast<double>(k + 1)).epsilon(1e-13));
  }
}

TEST_CASE("two events in one step change nothing in between, and a long wait is no trouble") {
  Network net({.namespace_ = {{"tau", 1 * ms}}});
  auto& source = net.spike_generator_group(2, {0, 1, 0}, {0 * ms, 0 * ms, 900 * ms});
  auto& target = net.neuron_group(1, {.equations = "v : 1"});
  auto& synapses = net.synapses(
      source, target, {.equations = "dx/dt = (0.3 - x)/tau : 1 (event-driven)", .on_pre = "x += 1"});
  synapses.connect();
  synapses["x"] = 0.125;
  net.step();
  CHECK(synapses["x"].to_vector() == std::vector<double>{1.125, 1.125});
  net.run(1 * second);
  CHECK(value(synapses, "x") == doctest::Approx(1.3).epsilon(1e-15));
}

TEST_CASE("synapses that are made later begin when they are made") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& source = net.spike_generator_group(2, {0, 1}, {30 * ms, 30 * ms});
  auto& target = net.neuron_group(1, {.equations = "v : 1"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "dx/dt = -x/tau : 1 (event-driven)", .on_pre = "v_post += 1"});
  synapses.connect({.i = {1}, .j = {0}});
  synapses["x"] = 1.0;
  net.run(20 * ms);
  synapses.connect({.i = {0}, .j = {0}});
  synapses["x"] = std::vector<double>{1, 1};
  CHECK(synapses["lastupdate"].to_vector() == std::vector<double>{0, 200 * dt});
  net.run(11 * ms);
  CHECK(synapses["x"][0] == doctest::Approx(std::exp(-3)).epsilon(1e-13));
  CHECK(synapses["x"][1] == doctest::Approx(std::exp(-1)).epsilon(1e-13));
}

TEST_CASE("the time of the last event survives another dt, and a snapshot") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& source = spiking(net, {1 * ms, 5 * ms, 8 * ms});
  auto& target = net.neuron_group(1, {.equations = "v : 1"});
  auto& synapses =
      net.synapses(source, target, {.equations = "dx/dt = -x/tau : 1 (event-driven)", .on_pre = "x += 1"});
  synapses.connect();
  net.run(2 * ms);
  net.set_dt(0.05 * ms);
  CHECK(value(synapses, "lastupdate") == doctest::Approx(1e-3).epsilon(1e-14));
  net.run(4 * ms);
  CHECK(value(synapses, "x") == doctest::Approx(1 + std::exp(-0.4)).epsilon(1e-13));
  net.store();
  net.run(3 * ms);
  const double end = value(synapses, "x");
  CHECK(end == doctest::Approx(1 + std::exp(-0.3) * (1 + std::exp(-0.4))).epsilon(1e-13));
  net.restore();
  CHECK(value(synapses, "lastupdate") == doctest::Approx(5e-3).epsilon(1e-14));
  net.run(3 * ms);
  CHECK(value(synapses, "x") == end);
}

TEST_CASE("a run that event-driven synapses cannot count the steps of is refused") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& source = spiking(net, {1 * ms});
  auto& synapses =
      net.synapses(source, source, {.equations = "dx/dt = -x/tau : 1 (event-driven)", .on_pre = "x += 1"});
  synapses.connect();
  const std::string message = message_of([&] { net.run(300'000 * second); });
  CHECK(message.find("2147483647") != std::string::npos);
  CHECK(net.time().si() == 0);
  synapses.set_active(false);
  net.run(1 * ms);
  auto& at_times = net.synapses(source, source,
                                {.equations = "dx/dt = -x/tau : 1 (event-driven)",
                                 .on_pre = "x += 1",
                                 .clock = &net.clock(std::vector<Time>{2 * ms})});
  at_times.connect();
  CHECK(message_of([&] { net.run(1 * ms); }).find("given times") != std::string::npos);
}

TEST_CASE("lastupdate is there for event-driven equations alone, and nobody writes it") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& source = spiking(net, {1 * ms, 2 * ms});
  const std::string model = "dx/dt = -x/tau : 1 (event-driven)";
  CHECK(message_of([&] {
          net.synapses(source, source, {.equations = model, .on_pre = "lastupdate = t"});
        }).find("time of the last event") != std::string::npos);
  CHECK(message_of([&] {
          net.synapses(source, source, {.equations = model + "\nlastupdate : second"});
        }).find("of their own") != std::string::npos);
  auto& own = net.synapses(
      source, source,
      {.equations = "lastupdate : second\nw : second", .on_pre = "w = t - lastupdate; lastupdate = t"});
  own.connect();
  net.run(3 * ms);
  CHECK(value(own, "w") == doctest::Approx(1e-3).epsilon(1e-12));
  auto& without = net.synapses(source, source, {.equations = "w : second", .on_pre = "w = t - lastupdate"});
  without.connect();
  CHECK(message_of([&] { net.run(1 * ms); }).find("`lastupdate = t`") != std::string::npos);
}

TEST_CASE("states of event-driven synapses can be taken and given back") {
  Network net({.namespace_ = {{"tau", 10 * ms}}});
  auto& source = spiking(net, {1 * ms, 3 * ms});
  auto& synapses =
      net.synapses(source, source, {.equations = "dx/dt = -x/tau : 1 (event-driven)", .on_pre = "x += 1"});
  synapses.connect();
  net.run(2 * ms);
  const States states = synapses.get_states();
  synapses["x"] = 5.0;
  synapses.set_states(states);
  CHECK(value(synapses, "x") == 1);
  CHECK(message_of([&] { synapses["lastupdate"] = 1 * ms; }).find("cannot be assigned") != std::string::npos);
}
