// Code that runs beside the models: run_regularly, run_at.
#include <doctest/doctest.h>

#include <ranvier/ranvier.hpp>
#include <set>

using namespace ranvier;
using namespace ranvier::units;

TEST_CASE("a monitor of the same slot sees what run_regularly did, whatever the names") {
  for (const char* name : {"neurongroup", "zz"}) {
    CAPTURE(name);
    Network net;
    auto& group = net.neuron_group(1, {.equations = "v : 1", .name = name});
    auto& monitor = net.state_monitor(group, {.variables = {"v"}});
    group.run_regularly("v += 1", {.dt = 0.2 * ms});
    net.run(0.6 * ms);
    CHECK(monitor.trace("v", 0) == std::vector<double>{1, 1, 2, 2, 3, 3});  // A13 with [R]
  }
}

TEST_CASE("gotcha 73: run_regularly with its own dt reads the group's t and dt") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "q : second\nr : second\nn : integer"});
  group.run_regularly("q = dt\nr = t\nn = t_in_timesteps", {.dt = 0.3 * ms});
  net.run(0.7 * ms);
  CHECK(group["q"][0] == 1e-4);
  CHECK(group["r"][0] == 6 * 1e-4);
  CHECK(group["n"][0] == 6);
}

TEST_CASE("gotcha 38: run_at between two steps is seen by the next step, and reads its time") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "q : second\nx : 1"});
  auto& monitor = net.state_monitor(group, {.variables = {"x"}});
  auto& operation = group.run_at("q = t\nx += 1", {0.15 * ms, 0.3 * ms});
  net.run(0.25 * ms);
  CHECK(group["q"][0] == 2e-4);
  net.run(0.25 * ms);
  CHECK(monitor.trace("x", 0) == std::vector<double>{0, 0, 1, 2, 2});
  CHECK(group["q"][0] == 3 * 1e-4);
  CHECK(operation.name() == "neurongroup_run_at");
}

TEST_CASE("run_regularly of a slice changes only that slice, and counts within it") {
  Network net;
  auto& group = net.neuron_group(70, {.equations = "v : 1\nn : integer"});
  group.slice(3, 67).run_regularly("v += i\nn = N");
  group.slice(10, 20).slice(2, 4).run_regularly("v = -1", {.order = 1});
  net.run(0.2 * ms);
  for (int k = 0; k < 70; ++k) {
    CAPTURE(k);
    const bool inside = k >= 3 && k < 67;
    CHECK(group["v"][k] == (k == 12 || k == 13 ? -1 : inside ? 2 * (k - 3) : 0));
    CHECK(group["n"][k] == (inside ? 64 : 0));
  }
}

TEST_CASE("gotcha 65: shared variables are written once in run_regularly") {
  Network net;
  auto& group = net.neuron_group(10, {.equations = "s : 1 (shared)\nu : 1 (shared)\nv : 1\nw : 1"});
  group.run_regularly("s += 1\nu = 2*s\nv += s\nw += u");
  net.run(0.3 * ms);
  CHECK(group["s"].value() == 3);
  CHECK(group["v"].to_vector() == std::vector<double>(10, 6));
  CHECK(group["w"].to_vector() == std::vector<double>(10, 12));
}

TEST_CASE("what is executed once leaves the elements what stood before it") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "s : 1 (shared)\nv : 1\nw : 1\nx : 1"});
  group["s"] = 10;
  // old and both are computed before s changes, new_ behind it; a draw that s takes is one for all
  group.run_regularly(
      "old = s\nboth = s*(i + 1)\none = rand()\nold += 1\ns += one + 1\nnew_ = s\n"
      "v = old\nw = both\nx = new_ - one");
  net.step();
  CHECK(group["v"].to_vector() == std::vector<double>(3, 11));
  CHECK(group["w"].to_vector() == std::vector<double>{10, 20, 30});
  for (const double x : group["x"].to_vector()) CHECK(x == doctest::Approx(11));
}

TEST_CASE("random numbers differ between elements, executions and operations, and with nothing else") {
  const auto draw = [](int lanes, double split) {
    Network net({.seed = 3, .backend = {.lanes = lanes}});
    auto& group = net.neuron_group(100, {.equations = "v : 1\nw : 1"});
    group.run_regularly("v = v/2 + rand()", {.dt = 0.03 * ms});
    group.run_regularly("w = rand()", {.when = "end"});
    net.run(Time(split));
    net.run(Time(4e-4 - split));
    auto values = group["v"].to_vector();
    const auto more = group["w"].to_vector();
    values.insert(values.end(), more.begin(), more.end());
    return values;
  };
  const auto values = draw(1, 0);
  CHECK(draw(8, 1e-4) == values);
  CHECK(draw(2, 3e-4) == values);
  CHECK(std::set(values.begin(), values.end()).size() == 200);
}

TEST_CASE("operations of a clock finer than the group's steps draw afresh each time") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  auto& fine = net.neuron_group(1, {.equations = "x : 1", .dt = 0.05 * ms});
  auto& monitor = net.state_monitor(group, {.variables = {"v"}, .clock = &fine.clock()});
  group.run_regularly("v = rand()", {.clock = &fine.clock()});
  net.run(0.4 * ms);
  const auto v = monitor.trace("v", 0);
  CHECK(v.size() == 8);
  CHECK(std::set(v.begin(), v.end()).size() == 8);
}

TEST_CASE("run_regularly does not write what is protected while refractory") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "dv/dt = 0*v*Hz : 1 (unless refractory)\nw : 1",
                                     .threshold = "v > 0.5",
                                     .reset = "v = 0",
                                     .refractory = 0.3 * ms});
  group["v"][0] = 1;
  group.run_regularly("v += 0.1\nw += 1", {.when = "end"});
  net.run(0.4 * ms);  // refractory in the steps 0, 1, 2
  CHECK(group["v"][0] == doctest::Approx(0.1));
  CHECK(group["v"][1] == doctest::Approx(0.4));
  CHECK(group["w"][0] == 4);
}

TEST_CASE("run_regularly of synapses writes synapses and neurons, one synapse after the other") {
  for (const int lanes : {1, 8}) {
    CAPTURE(lanes);
    Network net({.backend = {.lanes = lanes}});
    auto& source = net.neuron_group(3, {.equations = "a : 1"});
    auto& target = net.neuron_group(2, {.equations = "v : 1\ns : 1 (shared)"});
    source["a"] = "i + 1";
    auto& synapses = net.synapses(source, target, {.equations = "w : 1"});
    synapses.connect();
    synapses.run_regularly("s_post += 1\nw += a_pre\nv_post += w + 10*j");
    net.step(2);
    CHECK(synapses["w"].to_vector() == std::vector<double>{2, 2, 4, 4, 6, 6});
    CHECK(target["v"].to_vector() == std::vector<double>{18, 78});
    CHECK(target["s"].value() == 2);
    synapses.connect({.i = {0}, .j = {1}});
    net.step();
    CHECK(synapses["w"].to_vector().back() == 1);
  }
}

TEST_CASE("an operation can be paused") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  auto& operation = group.run_regularly("v += 1");
  net.run(0.2 * ms);
  operation.set_active(false);
  net.run(0.2 * ms);
  operation.set_active(true);
  net.run(0.1 * ms);
  CHECK(group["v"][0] == 3);
}

TEST_CASE("rates of Poisson neurons change by code") {
  Network net;
  auto& input = net.poisson_group(50, 0 * Hz);
  input.slice(0, 25).run_regularly("rates = 20000*Hz", {.when = "start"});
  auto& spikes = net.spike_monitor(input);
  net.run(0.2 * ms);
  CHECK(spikes.num_spikes() == 50);
}

TEST_CASE("run_at skips what lies before the run, and does not take a time twice") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  net.run(1 * ms);
  const std::vector<Time> times{0.5 * ms, 1.25 * ms, 1 * ms};
  group.run_at("v += 1", times);
  net.run(1 * ms);
  CHECK(group["v"][0] == 2);
  CHECK_THROWS_WITH_AS(group.run_at("v += 1", {1 * ms, 1 * ms}), doctest::Contains("more than once"),
                       NetworkError);
}

TEST_CASE("between two steps only what has its own clock runs") {
  Network net;
  auto& group = net.neuron_group(1, {.equations = "dv/dt = 1/(0.1*ms) : 1", .method = "euler"});
  auto& monitor = net.state_monitor(group, {.variables = {"v"}});
  group.run_at("v = 10", {0.15 * ms}, {.when = "end"});
  net.run(0.4 * ms);
  CHECK(monitor.trace("v", 0) == std::vector<double>{0, 1, 10, 11});
}

TEST_CASE("code that cannot be is refused where it is written") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : volt\ns : 1 (shared)\nx = 2*v : volt"});
  const auto message = [&](const std::string& code) -> std::string {
    try {
      group.run_regularly(code);
    } catch (const std::exception& error) {
      return error.what();
    }
    return "";
  };
  CHECK(message("v += 1").find("run_regularly of neurongroup:1:6") != std::string::npos);
  CHECK(message("x = 1*mV").find("RV0405") != std::string::npos);
  CHECK(message("v = 1*mV\ns = 2").find("RV0406") != std::string::npos);
  CHECK(message("s = v/volt").find("RV0605") != std::string::npos);
  CHECK(message("t = 1*ms").find("RV0404") != std::string::npos);
  CHECK(message("v = ").find("RV01") != std::string::npos);
  CHECK(message("").find("no code") != std::string::npos);
  CHECK_THROWS_AS(group.run_regularly("v = 0*mV", {.dt = 1 * ms, .clock = &net.clock()}), NetworkError);
  CHECK_THROWS_AS(group.run_regularly("v = 0*mV", {.name = "neurongroup"}), NetworkError);
  net.run(0.1 * ms);
  group.run_regularly("v = Vx");  // may be set later
  CHECK_THROWS_WITH_AS(net.run(1 * ms), doctest::Contains("Vx"), ModelError);
  net.set("Vx", 3 * mV);
  net.run(1 * ms);
  CHECK(group["v"][1] == 3e-3);
  CHECK(net.warnings().empty());
}

TEST_CASE("code that stands between state update and threshold sees the new state") {
  Network net;
  auto& group = net.neuron_group(
      1, {.equations = "dv/dt = 1/(0.1*ms) : 1", .threshold = "v > 5", .reset = "v = 0", .method = "euler"});
  auto& spikes = net.spike_monitor(group);
  group.run_regularly("v = v + 5*int(v > 1.5)", {.when = "after_groups"});
  net.run(0.5 * ms);
  CHECK(std::vector(spikes.times().begin(), spikes.times().end()) == std::vector<double>{1 * 1e-4, 3 * 1e-4});
}
