#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <ranvier/runtime/network.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// One spike of each source neuron, in step 1, and what arrives when.
struct Arrivals {
  explicit Arrivals(std::int64_t sources, std::int64_t targets,
                    const SynapsesOptions& options = {.equations = "at : integer\nn : integer",
                                                      .on_pre = "at = t_in_timesteps; n += 1"})
      : source(net.neuron_group(sources, {.equations = "x : 1", .threshold = "t_in_timesteps == 1"})),
        target(net.neuron_group(targets, {.equations = "v : 1"})),
        synapses(net.synapses(source, target, options)) {}

  Network net;
  NeuronGroup& source;
  NeuronGroup& target;
  Synapses& synapses;
};

const std::vector<double> delays_of_a5{0, .04, .05, .06, .1, .14, .15, .16, .25};
const std::vector<double> steps_of_a5{1, 1, 2, 2, 2, 2, 2, 3, 4};

std::vector<Time> in_ms(const std::vector<double>& values) {
  std::vector<Time> times;
  for (const double value : values) times.push_back(value * ms);
  return times;
}

}  // namespace

TEST_CASE("gotcha 42: the delays of single synapses are rounded to steps (vector A5)") {
  for (const bool one_to_all : {true, false}) {
    Arrivals a(one_to_all ? 1 : 9, one_to_all ? 9 : 1);
    a.synapses.connect();
    a.synapses["delay"] = in_ms(delays_of_a5);
    a.net.step(8);
    CHECK(a.synapses["at"].to_vector() == steps_of_a5);
    CHECK(a.synapses["n"].to_vector() == std::vector<double>(9, 1));
  }
}

TEST_CASE("delays are read as the steps that they are kept in, and assigned by texts") {
  Arrivals a(10, 30);
  a.synapses.connect();
  a.synapses["delay"] = "(i + j)*0.1*ms";
  a.synapses["delay"] += "delay";
  a.synapses["delay"][7] = 0.44 * ms;
  const std::vector<double> delays = a.synapses["delay"].in(ms);
  CHECK(delays[0] == 0);
  CHECK(delays[7] == doctest::Approx(0.4));
  CHECK(delays[299] == doctest::Approx(7.6));
  CHECK(a.synapses.indices("delay > 7.5*ms") == std::vector<std::int64_t>{299});
  a.synapses["delay"] = "rand()*2*ms";
  a.net.step(30);
  for (std::int64_t k = 0; k < 300; ++k)
    CHECK(std::round(double(a.synapses["delay"][k]) / 1e-4) == double(a.synapses["at"][k]) - 1);
}

TEST_CASE("a delay that cannot be is refused, and no delay has changed") {
  Arrivals a(1, 3);
  a.synapses.connect();
  a.synapses["delay"] = in_ms({1, 2, 3});
  const auto set = [&](double first) { a.synapses["delay"] = in_ms({first, 1, 1}); };
  CHECK_THROWS_WITH_AS(set(-0.1), doctest::Contains("zero or positive"), NetworkError);
  CHECK_THROWS_AS(set(std::numeric_limits<double>::quiet_NaN()), NetworkError);
  CHECK_THROWS_WITH_AS(set(6554), doctest::Contains("65535 steps"), NetworkError);
  CHECK_THROWS_AS(a.synapses["delay"] = "1*mV", ModelError);
  CHECK_THROWS_AS(a.synapses["delay"] = 3 * mV, NetworkError);
  CHECK_THROWS_AS(a.net.set_dt(0.01 * us), NetworkError);
  CHECK(a.synapses["delay"].in(ms) == std::vector<double>{1, 2, 3});
}

TEST_CASE("one delay given for all stays one, and can become another one") {
  Arrivals a(1, 2, {.equations = "at : integer", .on_pre = "at = t_in_timesteps", .delay = 0.3 * ms});
  a.synapses.connect();
  CHECK_THROWS_WITH_AS((a.synapses["delay"] = in_ms({1, 2})), doctest::Contains("one delay for all"),
                       NetworkError);
  a.synapses["delay"] = 0.2 * ms;
  CHECK(a.synapses.pathway("pre").delay_steps() == 2);
  a.synapses.pathway("pre").set_delay(0.5 * ms);
  a.net.step(10);
  CHECK(a.synapses["at"].to_vector() == std::vector<double>{6, 6});
  CHECK(a.synapses["delay"].in(ms) == std::vector<double>{0.5, 0.5});
}

TEST_CASE("pathways keep delays of their own for each synapse") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "x : 1", .threshold = "t_in_timesteps == 1"});
  auto& synapses = net.synapses(group, group,
                                {.equations = "a : integer\nb : integer",
                                 .on_pre = "a = t_in_timesteps",
                                 .on_post = "b = t_in_timesteps"});
  synapses.connect();
  synapses["delay"] = "j*0.1*ms";
  synapses.pathway("post")["delay"] = "0.2*ms + 0.3*ms*i";
  synapses.pathway("post")["delay"] += "delay*j";
  net.step(20);
  CHECK(synapses["a"].to_vector() == std::vector<double>{1, 2, 1, 2});
  CHECK(synapses["b"].to_vector() == std::vector<double>{3, 5, 6, 11});
}

TEST_CASE("code that writes its delay holds for the next spike, within what can be kept") {
  Network net;
  auto& source = net.neuron_group(1, {.equations = "x : 1", .threshold = "t_in_timesteps % 20 == 1"});
  auto& target = net.neuron_group(1, {.equations = "v : 1"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "last : integer\nold : second",
                                 .on_pre = "last = t_in_timesteps; old = delay; delay += 0.26*ms"});
  synapses.connect();
  std::vector<double> arrived;
  for (int k = 0; k < 3; ++k) {
    net.step(20);
    arrived.push_back(synapses["last"][0]);
  }
  CHECK(arrived == std::vector<double>{1, 24, 47});
  CHECK(double(synapses["old"][0]) == 6 * 1e-4);
  CHECK(double(synapses["delay"][0]) == 9 * 1e-4);
  CHECK_THROWS_WITH_AS(synapses.pathway("pre").set_delay(1 * ms), doctest::Contains("writes delays"),
                       NetworkError);
}

TEST_CASE("within a step the oldest spike acts first, then the lower neuron, then the lower synapse") {
  Network net;
  auto& source = net.neuron_group(3, {.equations = "x : 1", .threshold = "t_in_timesteps == 3 - i"});
  auto& target = net.neuron_group(1, {.equations = "trail : 1"});
  auto& synapses =
      net.synapses(source, target, {.equations = "digit : 1", .on_pre = "trail = 10*trail + digit"});
  synapses.connect({.i = {2, 0, 1, 2, 0}, .j = {0, 0, 0, 0, 0}});
  synapses["digit"] = "i*2 + 1";
  synapses["digit"][3] = 6;
  synapses["digit"][4] = 2;
  synapses["delay"] = "i*0.1*ms";  // all arrive in step 3
  net.step(6);
  CHECK(target["trail"][0] == 56312);
}

TEST_CASE("spikes in flight arrive once, when their delay said, whatever changes meanwhile") {
  const auto change = [](int what, Network& net, Synapses& synapses) {
    if (what == 1) synapses.connect({.i = {1}, .j = {0}});
    if (what == 2) synapses.pathway("pre").set_delay(0.2 * ms);
    if (what == 3) net.set_dt(0.2 * ms);
    if (what == 4) net.store(), net.step(20), net.restore();
    if (what == 5) synapses["delay"] = "0*ms";
    if (what == 6) synapses.remove({0});
  };
  for (const bool own : {false, true})
    for (int what = 0; what < 7; ++what) {
      CAPTURE(own);
      CAPTURE(what);
      Arrivals a(2, 3, {.equations = "at : second\nn : 1", .on_pre = "at = t; n += 1; v_post += 1"});
      a.synapses.connect();
      if (own)
        a.synapses["delay"] = "0.4*ms + 0.2*ms*j";
      else
        a.synapses.pathway("pre").set_delay(0.5 * ms);
      a.net.step(4);
      if (what == 5 && !own) continue;
      change(what, a.net, a.synapses);
      a.net.run(2 * ms);
      const std::vector<double> expected =
          what == 6 ? std::vector<double>{1, 2, 2} : std::vector<double>{2, 2, 2};
      CHECK(a.target["v"].to_vector() == expected);
      const double arrived = a.synapses["at"][what == 6 ? 1 : 2];
      const double due = own ? 0.9e-3 : 0.6e-3;
      CHECK(std::abs(arrived - due) < (what == 3 ? 1.01e-4 : 1e-9));
    }
}

TEST_CASE("steps that become one deliver the spikes of both to single synapses") {
  Arrivals a(1, 10, {.on_pre = "v_post += 1"});
  a.synapses.connect();
  a.synapses["delay"] = "1*ms + j*0.1*ms";
  a.net.step(8);
  a.net.set_dt(0.4 * ms);
  CHECK(a.synapses["delay"].in(ms)[0] == doctest::Approx(1.2));
  a.net.run(4 * ms);
  CHECK(a.target["v"].to_vector() == std::vector<double>(10, 1));
}

TEST_CASE("new synapses have no delay, others keep theirs") {
  Arrivals a(2, 2);
  a.synapses.connect({.i = {1, 0}, .j = {0, 0}});
  a.synapses["delay"] = in_ms({0.3, 0.1});
  a.synapses.connect({.i = {0, 1}, .j = {1, 1}});
  CHECK(a.synapses["delay"].to_vector() == std::vector<double>{3 * 1e-4, 1 * 1e-4, 0, 0});
  a.net.step(8);
  CHECK(a.synapses["at"].to_vector() == std::vector<double>{4, 2, 1, 1});
}

// The numbers are those of Brian2 2.10.1 for the same network.
TEST_CASE("delays of single synapses, changed between runs, do what they do in the reference") {
  Network net;
  auto& source = net.neuron_group(
      3, {.equations = "x : 1", .threshold = "(5*t_in_timesteps + 3*i) % 7 == 0", .reset = "x += 1"});
  auto& target = net.neuron_group(
      2, {.equations = "v : 1\nA : 1",
          .threshold = "(i == 0 and t_in_timesteps % 4 == 1) or (i == 1 and t_in_timesteps % 3 == 2)",
          .reset = "A += 0.5"});
  auto& synapses = net.synapses(source, target,
                                {.equations = "w : 1\nn_up : 1",
                                 .on_pre = "w += 0.125*A_post; v_post += w; n_up += 1",
                                 .on_post = "w = 0.5*w + 0.25*v_post; v_post *= 0.5; n_up += 16"});
  synapses.connect();
  synapses["w"] = "1 + i + 10*j";
  synapses["delay"] = "(0.03 + 0.17*((3*i + 5*j) % 7))*ms";
  synapses.pathway("post")["delay"] = "0.1*((i + j) % 4)*ms";
  net.run(3 * ms);
  synapses["delay"] = "(0.31 + 0.13*((2*i + j) % 5))*ms";
  net.run(2 * ms);
  const std::vector<double> w{0.9590761836170714, 1.640928056506361,  1.9211865848410525,
                              1.345287558158926,  1.4252268508607813, 2.086426437707047};
  for (std::size_t k = 0; k < w.size(); ++k)
    CHECK(synapses["w"].to_vector()[k] == doctest::Approx(w[k]).epsilon(1e-14));
  CHECK(target["v"].to_vector()[0] == doctest::Approx(0.5488612085719069).epsilon(1e-14));
  CHECK(target["v"].to_vector()[1] == doctest::Approx(0.8550463257719159).epsilon(1e-14));
  CHECK(synapses["n_up"].to_vector() == std::vector<double>{215, 263, 198, 262, 198, 247});
}

TEST_CASE("gotcha 43: a delay is counted in steps of the source, whatever the target's") {
  Network net;
  auto& source = net.neuron_group(1, {.threshold = "t_in_timesteps == 1", .dt = 0.2 * ms});
  auto& target = net.neuron_group(1, {.equations = "v : second"});
  auto& synapses = net.synapses(source, target, {.on_pre = "v_post = t", .delay = 0.5 * ms});
  synapses.connect();
  net.run(2 * ms);
  CHECK(static_cast<double>(target["v"][0]) == doctest::Approx(0.8e-3));  // step 1 + 3
}
