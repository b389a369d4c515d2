// Sums over synapses into variables of the neurons.
#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using namespace ranvier::units;
using test::message_of;

namespace {

using Values = std::vector<double>;

}  // namespace

TEST_CASE("a sum over synapses is taken for each neuron in every step") {
  Network net;
  auto& source = net.neuron_group(3, {.equations = "x : 1"});
  auto& target = net.neuron_group(4, {.equations = "total : 1"});
  auto& synapses =
      net.synapses(source, target, {.equations = "w : 1\ntotal_post = w*x_pre + 0.5*j : 1 (summed)"});
  synapses.connect({.i = {0, 1, 2, 2, 2}, .j = {1, 1, 1, 3, 3}});
  synapses["w"] = Values{1, 2, 3, 4, 5};
  source["x"] = Values{1, 10, 100};
  target["total"] = 77.0;
  net.step();
  CHECK(target["total"].to_vector() == Values{0, 1 + 20 + 300 + 1.5, 0, 400 + 500 + 3});
  target["total"] = 1000.0;
  source["x"] = 0.0;
  net.step();
  CHECK(target["total"].to_vector() == Values{0, 1.5, 0, 3});
}

TEST_CASE("gotcha 46: neurons without synapses get zero, but only those of the slice") {
  Network net;
  auto& source = net.neuron_group(2, {.equations = "x : 1"});
  auto& target = net.neuron_group(6, {.equations = "total : 1"});
  auto& one = net.synapses(source, target.slice(1, 4), {.equations = "total_post = x_pre : 1 (summed)"});
  one.connect("j == 1");
  source["x"] = Values{1, 2};
  target["total"] = -1.0;
  net.step();
  CHECK(target["total"].to_vector() == Values{-1, 0, 3, 0, -1, -1});
  auto& other = net.synapses(source, target.slice(4, 6), {.equations = "total_post = 5*x_pre : 1 (summed)"});
  other.connect("i == j");
  net.step();
  CHECK(target["total"].to_vector() == Values{-1, 0, 3, 0, 5, 10});
}

TEST_CASE("gotcha 76: a sum shows the state of the step before, at the source's end as well (A13)") {
  Network net;
  auto& source = net.neuron_group(2, {.equations = "dx/dt = 1/dt : 1\nback : 1", .method = "euler"});
  auto& target = net.neuron_group(1, {.equations = "total : 1"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "total_post = x_pre : 1 (summed)\n"
                                              "back_pre = 10*x_pre + i : 1 (summed)"});
  synapses.connect("i == 0");
  auto& x = net.state_monitor(source, {.variables = {"x", "back"}, .when = "end"});
  auto& total = net.state_monitor(target, {.variables = {"total"}, .when = "end"});
  net.run(0.4 * ms);
  CHECK(x.trace("x", 0) == Values{1, 2, 3, 4});
  CHECK(total.trace("total", 0) == Values{0, 1, 2, 3});
  CHECK(x.trace("back", 0) == Values{0, 10, 20, 30});
  CHECK(x.trace("back", 1) == Values{0, 0, 0, 0});
}

TEST_CASE("neurons are coupled by gap junctions, as their closed solution says") {
  const double g = 40;  // [1/s]
  Network net({.dt = 0.01 * ms, .namespace_ = {{"g", 40 * Hz}}});
  auto& neurons = net.neuron_group(2, {.equations = "dv/dt = gap : 1\ngap : Hz", .method = "euler"});
  auto& synapses =
      net.synapses(neurons, neurons, {.equations = "gap_post = g*(v_pre - v_post) : Hz (summed)"});
  synapses.connect("i != j");
  neurons["v"] = Values{1, 0};
  net.run(10 * ms);
  const double difference = std::pow(1 - 2 * g * 1e-5, 1000);  // of Euler's method
  const auto v = neurons["v"].to_vector();
  CHECK(v[0] + v[1] == doctest::Approx(1).epsilon(1e-13));
  CHECK(v[0] - v[1] == doctest::Approx(difference).epsilon(1e-12));
  CHECK(difference == doctest::Approx(std::exp(-2 * g * 10e-3)).epsilon(1e-3));
}

TEST_CASE("sums agree between the back ends to the last bit, for many synapses onto few neurons") {
  const auto totals = [](const char* backend) {
    Network net({.seed = 2, .backend = {.name = backend}});
    auto& group = net.neuron_group(30, {.equations = "x : 1\na : 1\nb : 1"});
    auto& synapses = net.synapses(
        group, group,
        {.equations = "w : 1\na_post = w*x_pre/3 : 1 (summed)\nb_pre = w + x_post : 1 (summed)"});
    synapses.connect({.p = 0.7});
    synapses["w"] = "rand()*10**(i % 7)";
    group["x"] = "0.1*(i + 1)";
    net.step();
    Values all = group["a"].to_vector();
    for (const double b : group["b"].to_vector()) all.push_back(b);
    // the order of sources, and for each that of its synapses
    Values a(30), w = synapses["w"].to_vector(), x = group["x"].to_vector();
    const auto pairs = synapses.pairs();
    for (std::size_t s = 0; s < pairs.size(); ++s)
      a[static_cast<std::size_t>(pairs[s].second)] += w[s] * x[static_cast<std::size_t>(pairs[s].first)] / 3;
    for (std::size_t k = 0; k < 30; ++k) CHECK(all[k] == a[k]);
    return all;
  };
  CHECK(totals("llvm") == totals("reference"));
}

TEST_CASE("two sums into one variable need different neurons") {
  Network net;
  auto& group = net.neuron_group(6, {.equations = "x : 1\ntotal : 1"});
  const std::string sum = "total_post = x_pre : 1 (summed)";
  net.synapses(group, group.slice(0, 3), {.equations = sum, .name = "left"}).connect();
  auto& right = net.synapses(group, group.slice(2, 6), {.equations = sum, .name = "right"});
  right.connect();
  const std::string message = message_of([&] { net.run(1 * ms); });
  CHECK(message.find("'left' and 'right' both sum into 'total'") != std::string::npos);
  CHECK(net.time().si() == 0);
  right.set_active(false);
  net.run(1 * ms);
}

TEST_CASE("a sum cannot go where no neuron could take it") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "dv/dt = -v*Hz : 1\np : 1\nq : volt\nc : 1 (constant)"});
  for (const char* sum : {"p = 1 : 1 (summed)", "v_post = 1 : 1 (summed)", "q_post = 1 : 1 (summed)",
                          "c_post = 1 : 1 (summed)", "r_post = 1 : 1 (summed)"}) {
    CAPTURE(sum);
    CHECK_THROWS_AS(net.synapses(group, group, {.equations = sum}), ModelError);
  }
}

TEST_CASE("pathways read and write the variable that a sum goes to, and the next sum replaces it") {
  Network net;
  auto& source = net.spike_generator_group(1, {0}, {0.1 * ms});
  auto& target = net.neuron_group(1, {.equations = "total : 1"});
  auto& synapses = net.synapses(
      source, target, {.equations = "w : 1\ntotal_post = w : 1 (summed)", .on_pre = "total_post += 10*w"});
  synapses.connect();
  synapses["w"] = 2.0;
  auto& state = net.state_monitor(target, {.variables = {"total"}, .when = "end"});
  net.run(0.3 * ms);
  CHECK(state.trace("total", 0) == Values{2, 22, 2});
}
