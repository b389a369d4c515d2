// Plastic and coupled networks beside the reference simulator, whose numbers these are.
#include <doctest/doctest.h>

#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

std::vector<Time> in_ms(std::initializer_list<double> times) {
  std::vector<Time> list;
  for (const double t : times) list.push_back(t * ms);
  return list;
}

void check_values(VariableView found, const std::vector<double>& expected) {
  CAPTURE(found.variable());
  const auto values = found.to_vector();
  REQUIRE(values.size() == expected.size());
  for (std::size_t k = 0; k < values.size(); ++k)
    CHECK(values[k] == doctest::Approx(expected[k]).epsilon(1e-12));
}

}  // namespace

TEST_CASE("coupled event-driven traces of a small plastic network are those of the reference") {
  Network net;
  auto& pre =
      net.spike_generator_group(3, {0, 1, 2, 0, 1, 0, 2, 2, 1}, in_ms({1, 1, 2.5, 4, 4.2, 9, 9, 12.3, 15}));
  auto& post = net.spike_generator_group(2, {0, 1, 0, 1, 1}, in_ms({2, 3.1, 8, 8, 13}));
  auto& synapses = net.synapses(pre, post,
                                {.equations = "w : 1\n"
                                              "da/dt = -a/(20*ms) : 1 (event-driven)\n"
                                              "db/dt = (a - b)/(30*ms) : 1 (event-driven)\n"
                                              "dc/dt = (1 - c)/(15*ms) : 1 (event-driven)",
                                 .on_pre = "a += 0.1*w\nc -= 0.3*c\nw = clip(w + 0.5*b + 0.01*c, 0, 1)",
                                 .on_post = "b -= 0.2*a\nw = clip(w - 0.3*a*c, 0, 1)",
                                 .delay = 0.4 * ms});
  synapses.connect();
  synapses["w"] = "0.2 + 0.1*i + 0.05*j";
  synapses["c"] = 1.0;
  net.run(16 * ms);
  check_values(synapses["w"], {0.204730886729965, 0.24305501095843904, 0.30324831368494876,
                               0.3378568938316322, 0.41383730633233523, 0.4321094123287976});
  check_values(synapses["a"], {0.0493367039275915, 0.05116741917726285, 0.062026395905463945,
                               0.07119369692368416, 0.0989615937289571, 0.10737699462381042});
  check_values(synapses["b"], {-0.002441859460316532, -0.00654808559892797, 0.003682442483890237,
                               -0.003497357224954224, 0.007227689163323868, -0.018852252469288528});
  check_values(synapses["c"], {0.46329143051152977, 0.5778100859671951, 0.539975640280722, 0.5399756402807221,
                               0.4549856998105525, 0.4657777060210937});
  check_values(synapses["lastupdate"], {0.0094, 0.013, 0.0154, 0.0154, 0.0127, 0.013});
}

TEST_CASE("clock-driven synapses with a summed current are those of the reference") {
  Network net;
  auto& group =
      net.neuron_group(3, {.equations = "dv/dt = (I - v + g)/(10*ms) : 1\nI : 1\ng : 1", .method = "euler"});
  group["I"] = std::vector<double>{1, 2, 3};
  group["v"] = std::vector<double>{0.1, 0.2, 0.3};
  auto& synapses = net.synapses(group, group,
                                {.equations = "w : 1\n"
                                              "dx/dt = (v_pre*(1 - x) - x)/(5*ms) : 1 (clock-driven)\n"
                                              "g_post = w*x*(v_pre - v_post) : 1 (summed)",
                                 .method = "rk4"});
  synapses.connect("i != j");
  synapses["w"] = "0.5 + i*0.1 - j*0.2";
  net.run(20 * ms);
  check_values(group["v"], {1.41692913240011, 1.872215283785782, 2.538929797436972});
  check_values(group["g"], {0.7357927400771569, 0.1597351250790961, -0.1496451007409492});
  check_values(synapses["x"], {0.5700443431389156, 0.5700443431389156, 0.64394267192159, 0.64394267192159,
                               0.7131401940219699, 0.7131401940219699});
}

TEST_CASE("equations of synapses give the same bits at every SIMD width, and however a run is split") {
  const auto end = [](int lanes, int parts, Dtype dtype) {
    Network net({.seed = 8, .backend = {.name = "llvm", .lanes = lanes}});
    auto& group = net.neuron_group(23, {.equations = "dv/dt = (1.3 + g/50 - v)/(5*ms) : 1\ng : 1",
                                        .threshold = "v > 1",
                                        .reset = "v = 0",
                                        .method = "euler"});
    auto& synapses =
        net.synapses(group, group,
                     {.equations = "w : 1\n"
                                   "da/dt = -a/(10*ms) : 1 (event-driven)\n"
                                   "db/dt = (a - b)/(10*ms) : 1 (event-driven)\n"
                                   "dx/dt = (v_pre - x)/(5*ms) + 0.1*xi*Hz**0.5 : 1 (clock-driven)\n"
                                   "dy/dt = (x - y)/(5*ms) : 1 (clock-driven)\n"
                                   "g_post = w*exp(-x)*y : 1 (summed)",
                      .on_pre = "a += 0.1; w = clip(w + b*rand() - 0.01, 0, 1)",
                      .on_post = "b += 0.2*a",
                      .method = "euler",
                      .dtype = dtype});
    synapses.connect({.p = 0.4});
    synapses["w"] = "rand()";
    group["v"] = "rand()";
    for (int k = 0; k < parts; ++k) net.run(40 * ms / parts);
    std::vector<double> all;
    for (const char* name : {"w", "a", "b", "x", "y", "lastupdate"})
      for (const double value : synapses[name].to_vector()) all.push_back(value);
    for (const double value : group["v"].to_vector()) all.push_back(value);
    return all;
  };
  for (const Dtype dtype : {Dtype::float64, Dtype::float32}) {
    const std::vector<double> expected = end(1, 1, dtype);
    for (const int lanes : {2, 4, 8}) CHECK(end(lanes, 1, dtype) == expected);
    CHECK(end(4, 5, dtype) == expected);
  }
}

TEST_CASE("gotcha 48: traces of the neurons change with every synapse of simultaneous spikes") {
  const std::string traces = "dA/dt = -A/(20*ms) : 1\ndB/dt = -B/(30*ms) : 1\ng : 1\n";
  Network net;
  auto& pre = net.neuron_group(3, {.equations = traces,
                                   .threshold = "t_in_timesteps == 10 or t_in_timesteps == 40 + 10*i",
                                   .reset = "g = 0",
                                   .method = "euler"});
  auto& post = net.neuron_group(2, {.equations = traces + "f : 1",
                                    .threshold = "t_in_timesteps == 20 or t_in_timesteps == 50",
                                    .reset = "f = 0",
                                    .method = "euler"});
  auto& synapses = net.synapses(pre, post,
                                {.equations = "w : 1",
                                 .on_pre = "g_post += w\nA_pre += 0.1\nw = clip(w + B_post, 0, 10)",
                                 .on_post = "B_post -= 0.05\nw = clip(w + A_pre, 0, 10)"});
  synapses.connect();
  synapses["w"] = "1 + i + 0.5*j";
  net.run(8 * ms);
  check_values(synapses["w"], {1.4037976542844026, 1.9037976542844026, 2.4181831070291184, 2.9181831070291184,
                               3.0775649494130617, 3.5775649494130617});
  check_values(post["g"], {12.734330102483998, 15.734330102483998});
  check_values(pre["A"], {0.3060080034324231, 0.31446309305896014, 0.3233527992619594});
  check_values(post["B"], {-0.2593359886423982, -0.2593359886423982});
}
