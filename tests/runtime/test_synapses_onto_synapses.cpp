// Synapses that end or begin at other synapses. Where a comment names Brian2, the numbers are what its
// version 2.5.1 prints for the same network.
#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;
using ranvier::test::message_of;

namespace {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;
using Values = std::vector<double>;

/// Four synapses whose numbers are not the order that they are stored in: from neurons 2, 0, 1, 0 to 3, 1, 2,
/// 0.
struct Shuffled {
  Network net;
  NeuronGroup& from = net.neuron_group(3, {.equations = "u : 1", .threshold = "False", .name = "from"});
  NeuronGroup& to = net.neuron_group(4, {.equations = "v : 1", .name = "to"});
  NeuronGroup& others = net.neuron_group(4, {.equations = "a : 1", .threshold = "False", .name = "others"});
  Synapses& below;
  explicit Shuffled(const std::string& equations = "w : 1", NetworkOptions options = {})
      : net(std::move(options)), below(net.synapses(from, to, {.equations = equations, .name = "below"})) {
    from["u"] = Values{1, 2, 3};
    to["v"] = Values{10, 20, 30, 40};
    below.connect({.i = {2, 0, 1, 0}, .j = {3, 1, 2, 0}});
    below["w"] = Values{1, 2, 3, 4};
  }
  /// The value of an expression for each of some synapses.
  static Values read(Synapses& synapses, const std::string& expression) {
    synapses["x"] = expression;
    return synapses["x"].to_vector();
  }
};

bool near(const Values& a, const Values& b) {
  bool same = a.size() == b.size();
  for (std::size_t k = 0; same && k < a.size(); ++k) same = a[k] == doctest::Approx(b[k]).epsilon(1e-12);
  return same;
}

}  // namespace

TEST_CASE("gotcha 54: synapses onto synapses: target index is the synapse number of the other object") {
  // The network of the reference's own test, which says what comes out: 5, 3, 4.
  Network net;
  auto& source = net.spike_generator_group(3, {0, 1, 2}, {0 * ms, 0 * ms, 0 * ms}, {.period = 2 * ms});
  auto& modulator = net.spike_generator_group(3, {0, 2}, {1 * ms, 3 * ms});
  auto& target = net.neuron_group(3, {.equations = "v : integer"});
  auto& synapses = net.synapses(source, target, {.equations = "w : integer", .on_pre = "v_post += w"});
  SUBCASE("numbers are positions") {
    synapses.connect({.j = "i"});
  }
  SUBCASE("numbers are not positions") {
    synapses.connect({.i = {2, 1, 0}, .j = {2, 1, 0}});
  }
  synapses["w"] = 1;
  auto& modulation = net.synapses(modulator, synapses, {.on_pre = "w += 1"});
  modulation.connect(synapses.pairs().front().first == 0 ? ConnectOptions{.j = "i"}
                                                         : ConnectOptions{.j = "2 - i"});
  net.run(5 * ms);
  CHECK(target["v"].to_vector() == Values{5, 3, 4});
}

TEST_CASE("gotcha 54, different sizes: synapses may be onto more synapses than there are neurons") {
  Network net;
  auto& source = net.neuron_group(100, {.equations = "v : 1"});
  auto& target = net.neuron_group(100, {.equations = "v : 1"});
  auto& one = net.neuron_group(1, {.equations = "v : 1"});
  auto& below = net.synapses(source, target, {.equations = "w : 1", .multisynaptic_index = "k"});
  below.connect({.j = "i", .n = 2});
  below["w"] = "i + j + 1000*k";
  auto& above = net.synapses(one, below, {.equations = "x : 1"});
  above.connect();
  CHECK(above.size() == 200);
  CHECK(Shuffled::read(above, "w_post") == below["w"].to_vector());
  CHECK(Shuffled::read(above, "i_post + j_post + 1000*k_post") == below["w"].to_vector());
  CHECK(Shuffled::read(above, "N_post") == Values(200, 200.0));
}

TEST_CASE("weights are modulated by spikes that other synapses bring") {
  // Brian2
  Network net;
  auto& from = net.spike_generator_group(3, {0, 1, 2}, {0 * ms, 0 * ms, 0 * ms}, {.period = 2 * ms});
  auto& modulators = net.spike_generator_group(4, {0, 2, 3, 1}, {1 * ms, 3 * ms, 4 * ms, 5 * ms});
  auto& to = net.neuron_group(4, {.equations = "v : 1"});
  auto& below = net.synapses(from, to, {.equations = "w : 1", .on_pre = "v_post += w"});
  below.connect({.i = {2, 0, 1, 0}, .j = {3, 1, 2, 0}});
  below["w"] = "1 + i + 0.1*j";
  SynapsesOptions options{.equations = "a : 1", .on_pre = "w_post += a*(1 + i)"};
  SUBCASE("one delay for all") {
    options.delay = 0.3 * ms;
  }
  SUBCASE("a delay for each") {}
  auto& above = net.synapses(modulators, below, options);
  above.connect("i <= j");
  above["a"] = "0.01*(i + 1) + 0.1*j";
  if (!above.pathway("pre").delay_steps()) above["delay"] = "(0.1 + 0.1*j)*ms";
  net.run(8 * ms);
  CHECK(above.pairs() ==
        Pairs{{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 1}, {1, 2}, {1, 3}, {2, 2}, {2, 3}, {3, 3}});
  CHECK(above["N_incoming"].to_vector() == Values{1, 2, 3, 4, 2, 3, 4, 3, 4, 4});
  CHECK(above["N_outgoing"].to_vector() == Values{4, 4, 4, 4, 3, 3, 3, 2, 2, 1});
  CHECK(near(below["w"].to_vector(), {3.31, 1.45, 3.54, 4.3}));
  CHECK(near(to["v"].to_vector(), {8.91, 4.97, 11.25, 13.23}));
}

TEST_CASE("every rule of connect counts target synapses by their numbers") {
  // Brian2
  Shuffled s;
  s.below["w"] = "1 + i + 0.1*j";
  const auto pairs = [&](const ConnectOptions& options) {
    auto& above = s.net.synapses(s.others, s.below, {});
    above.connect(options);
    return above.pairs();
  };
  const Pairs heavy{{0, 0}, {0, 2}, {0, 3}, {1, 0}, {1, 2}, {1, 3},
                    {2, 0}, {2, 2}, {2, 3}, {3, 0}, {3, 2}, {3, 3}};
  s.below["w"] = Values{3.3, 1.1, 2.2, 1.6};
  CHECK(pairs({.condition = "w_post > 1.5"}) == heavy);
  CHECK(pairs({.j = "k for k in range(N_post) if w_post > 1.5"}) == heavy);
  CHECK(pairs({.condition = "i_post == 0"}) ==
        Pairs{{0, 1}, {0, 3}, {1, 1}, {1, 3}, {2, 1}, {2, 3}, {3, 1}, {3, 3}});
  CHECK(pairs({.condition = "j_post > i"}) == Pairs{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 2}, {2, 0}});
  CHECK(pairs({.j = "3 - i"}) == Pairs{{0, 3}, {1, 2}, {2, 1}, {3, 0}});
  CHECK(pairs({.i = "k for k in range(N_pre) if k >= j"}) ==
        Pairs{{0, 0}, {1, 0}, {2, 0}, {3, 0}, {1, 1}, {2, 1}, {3, 1}, {2, 2}, {3, 2}, {3, 3}});
  CHECK(pairs({.i = {0, 3, 1}, .j = {3, 0, 2}}) == Pairs{{0, 3}, {3, 0}, {1, 2}});
  // not in the reference: what the synapses' own neurons have
  CHECK(pairs({.condition = "v_post_post == 40 and i == 1"}) == Pairs{{1, 0}});
  CHECK(pairs({.condition = "u_pre_post == 1", .p = 1, .n = "j + 1"}).size() == 4 * (2 + 4));
}

TEST_CASE("texts of synapses see what the texts of their target synapses see") {
  Shuffled s("w : 1\nc : 1 (shared)\ny = 2*w : 1\nz = w*v_post + u_pre + j : 1");
  s.below["c"] = 7;
  auto& above = s.net.synapses(s.others, s.below, {.equations = "x : 1"});
  above.connect({.i = {0, 1, 2, 3, 3}, .j = {3, 2, 1, 0, 0}});
  const auto read = [&](const char* expression) { return Shuffled::read(above, expression); };
  CHECK(read("w_post") == Values{4, 3, 2, 1, 1});
  CHECK(read("w") == Values{4, 3, 2, 1, 1});
  CHECK(read("j") == Values{3, 2, 1, 0, 0});
  CHECK(read("i_post") == Values{0, 1, 0, 2, 2});  // Brian2: the neurons of the target synapse
  CHECK(read("j_post") == Values{0, 2, 1, 3, 3});
  CHECK(read("y_post") == Values{8, 6, 4, 2, 2});
  CHECK(read("c_post") == Values(5, 7.0));
  CHECK(read("v_post_post") == Values{10, 30, 20, 40, 40});
  CHECK(read("u_pre_post") == Values{1, 2, 1, 3, 3});
  CHECK(read("z_post") == Values{4 * 10 + 1 + 0, 3 * 30 + 2 + 2, 2 * 20 + 1 + 1, 40 + 3 + 3, 40 + 3 + 3});
  CHECK(read("N_post + 10*N_post_post + 100*N_pre_post") == Values(5, 4 + 40 + 300.0));
  CHECK(read("N_incoming") == Values{1, 1, 1, 2, 2});
  CHECK(read("N_outgoing_post") == Values{2, 1, 2, 1, 1});
  CHECK(above.indices("w_post < 2") == std::vector<std::int64_t>{3, 4});
  CHECK(above.between(3, {0}) == std::vector<std::int64_t>{3, 4});
}

TEST_CASE("synapses from synapses read their variables and add up over them") {
  // i, j: Brian2; the sums by hand
  Shuffled s;
  auto& above =
      s.net.synapses(s.below, s.others, {.equations = "x : 1\na_post = w_pre*(1 + j) + x : 1 (summed)"});
  above.connect({.j = "i % 4"});
  CHECK(above.pairs() == Pairs{{0, 0}, {1, 1}, {2, 2}, {3, 3}});
  const auto read = [&](const char* expression) { return Shuffled::read(above, expression); };
  CHECK(read("w_pre") == Values{1, 2, 3, 4});
  CHECK(read("i") == Values{0, 1, 2, 3});
  CHECK(read("i_pre") == Values{2, 0, 1, 0});
  CHECK(read("j_pre") == Values{3, 1, 2, 0});
  CHECK(read("v_post_pre") == Values{40, 20, 30, 10});
  above["x"] = "0.5*i";
  above.connect({.i = {3, 1}, .j = {0, 0}});
  CHECK(above["N_outgoing"].to_vector() == Values{1, 2, 1, 2, 2, 2});
  s.net.step();
  CHECK(s.others["a"].to_vector() == Values{1 + 4 + 2, 2 * 2 + 0.5, 3 * 3 + 1, 4 * 4 + 1.5});
}

TEST_CASE("sums go into variables of target synapses") {
  SUBCASE("as the reference's own test says") {
    Network net;
    auto& a = net.neuron_group(5, {});
    auto& b = net.neuron_group(5, {});
    auto& below = net.synapses(a, b, {.equations = "w : integer"});
    below.connect({.j = "i"});
    below["w"] = 1;
    auto& above = net.synapses(a, below, {.equations = "w_post = x : integer (summed)\nx : integer"});
    above.connect("i >= j");
    above["x"] = "i";
    net.step();
    CHECK(below["w"].to_vector() == Values{10, 10, 9, 7, 4});
  }
  SUBCASE("whatever the position of a number") {
    Shuffled s;
    auto& above = s.net.synapses(s.others, s.below, {.equations = "w_post = 10**j*(i + 1) : 1 (summed)"});
    above.connect({.i = {0, 1, 2, 3}, .j = {1, 3, 3, 0}});
    s.net.step();
    CHECK(s.below["w"].to_vector() == Values{4, 10, 0, 5000});
  }
}

TEST_CASE("sums and clock-driven equations go round through synapses of synapses") {
  // Brian2
  Network net;
  auto& a = net.neuron_group(3, {.equations = "dv/dt = -v/(10*ms) : 1\ng : 1", .method = "exact"});
  auto& b = net.neuron_group(4, {.equations = "dv/dt = (g - v)/(5*ms) : 1\ng : 1\nh : 1", .method = "exact"});
  a["v"] = "i + 1";
  b["v"] = "10*(i + 1)";
  auto& t = net.synapses(a, b,
                         {.equations = "dw/dt = (s - w)/(4*ms) : 1 (clock-driven)\ns : 1\ny = 2*w : 1\n"
                                       "g_post = w*v_pre : 1 (summed)",
                          .method = "euler"});
  t.connect({.i = {2, 0, 1, 0}, .j = {3, 1, 2, 0}});
  t["w"] = Values{1, 2, 3, 4};
  auto& s = net.synapses(a, t, {.equations = "x : 1\ns_post = x*v_pre + 0.1*y_post : 1 (summed)"});
  s.connect("i <= j");
  s["x"] = "0.1*(1 + i + 2*j)";
  auto& u = net.synapses(t, b, {.equations = "h_post = w_pre*(1 + j) : 1 (summed)"});
  u.connect({.i = {0, 1, 2, 3, 3}, .j = {0, 0, 1, 3, 3}});
  auto& monitor = net.state_monitor(t, {.variables = "w", .record = {0, 2}});
  net.run(3 * ms);
  CHECK(near(b["v"].to_vector(),
             {7.42616713786174, 11.722297251999883, 19.38359752149058, 22.849713863953575}));
  CHECK(near(t["w"].to_vector(),
             {0.5940756459094683, 1.844678345278846, 4.350096573034256, 5.762742878907618}));
  CHECK(near(t["s"].to_vector(),
             {0.19568451736816722, 1.5638416389234018, 5.436741880504184, 7.177202645747558}));
  CHECK(near(b["h"].to_vector(), {2.456170089519, 8.64446774568544, 0.0, 45.81179743806301}));
  CHECK(monitor.trace("w", 0).back() == doctest::Approx(0.6042908030515529));
  CHECK(monitor.trace("w", 2).back() == doctest::Approx(4.32223387284272));
}

TEST_CASE("synapses may be onto synapses onto synapses") {
  Shuffled s;
  auto& middle = s.net.synapses(s.others, s.below, {.equations = "m : 1\nq = m*w_post : 1"});
  middle.connect({.i = {3, 0, 1}, .j = {0, 1, 3}});
  middle["m"] = "j + 1";
  auto& top = s.net.synapses(s.below, middle, {.equations = "x : 1"});
  top.connect({.i = {1, 3, 0}, .j = {2, 1, 0}});
  const auto read = [&](const char* expression) { return Shuffled::read(top, expression); };
  CHECK(read("j_post") == Values{3, 1, 0});
  CHECK(read("w_post_post") == Values{4, 2, 1});
  CHECK(read("w_pre") == Values{2, 4, 1});
  CHECK(read("q_post") == Values{16, 4, 1});
  CHECK(read("v_post_post_post") == Values{10, 20, 40});
  CHECK(read("u_pre_post_post") == Values{1, 1, 3});
}

TEST_CASE("event-driven variables of target synapses are read as their last event left them") {
  Network net;
  auto& from = net.spike_generator_group(2, {0, 1}, {1 * ms, 2 * ms});
  auto& to = net.neuron_group(2, {.equations = "v : 1"});
  auto& below = net.synapses(from, to,
                             {.equations = "dtrace/dt = -trace/(10*ms) : 1 (event-driven)",
                              .on_pre = "trace += 1 + i",
                              .name = "below"});
  below.connect({.i = {1, 0}, .j = {0, 1}});
  auto& above = net.synapses(from, below,
                             {.equations = "seen : 1\nlast : second\nx : 1",
                              .on_pre = "seen = trace_post; last = lastupdate_post",
                              .name = "late"});
  above.connect({.i = {1, 1}, .j = {0, 1}});
  net.run(3 * ms);  // below acts first: its name comes first
  CHECK(above["seen"].to_vector() == Values{2, 1});
  CHECK(near(above["last"].to_vector(), {2e-3, 1e-3}));
}

TEST_CASE("variables of target synapses in 32 bits are read, written and added to as such") {
  Network net;
  auto& from = net.spike_generator_group(2, {0, 1}, {0.1 * ms, 0.1 * ms});
  auto& to = net.neuron_group(2, {.equations = "v : 1"});
  auto& below = net.synapses(from, to, {.equations = "w : 1\ns : 1", .dtype = Dtype::float32});
  below.connect({.i = {1, 0}, .j = {0, 1}});
  below["w"] = 0.1;
  auto& above = net.synapses(
      from, below,
      {.equations = "x : 1\ns_post = w_post*(1 + j) : 1 (summed)", .on_pre = "w_post += 1e-3; x = w_post"});
  above.connect();
  net.run(0.3 * ms);
  const float once = static_cast<float>(static_cast<double>(0.1F) + 1e-3);
  const float twice = static_cast<float>(static_cast<double>(once) + 1e-3);
  CHECK(below["w"].to_vector() == Values{twice, twice});
  CHECK(above["x"].to_vector() == Values{once, once, twice, twice});
  const float sum = static_cast<float>(static_cast<double>(twice * 2) + static_cast<double>(twice) * 2);
  CHECK(below["s"].to_vector() == Values{twice * 2, sum});
}

TEST_CASE("spikes of target neurons change the synapses that others begin at") {
  // Brian2
  Network net;
  auto& from = net.spike_generator_group(3, {0, 1, 2}, {0 * ms, 0 * ms, 0 * ms}, {.period = 2 * ms});
  auto& later =
      net.spike_generator_group(4, {3, 0, 1, 0, 2, 3}, {1 * ms, 2 * ms, 3 * ms, 4 * ms, 4 * ms, 5 * ms});
  auto& to = net.neuron_group(4, {.equations = "v : 1"});
  auto& below = net.synapses(from, to, {.equations = "w : 1", .on_pre = "v_post += w"});
  below.connect({.i = {2, 0, 1, 0}, .j = {3, 1, 2, 0}});
  below["w"] = "1 + i + 0.1*j";
  auto& out = net.synapses(
      below, later, {.equations = "a : 1", .on_post = "w_pre += a*(1 + j)", .delay = {{"post", 0.4 * ms}}});
  out.connect("i != j");
  out["a"] = "0.01*(i + 1) + 0.1*j_pre";
  net.run(8 * ms);
  CHECK(near(below["w"].to_vector(), {7.33, 2.66, 4.96, 1.28}));
  CHECK(near(to["v"].to_vector(), {4.4, 7.04, 14.09, 20.33}));
}

TEST_CASE("links, delays and recorded subexpressions of target synapses are those of each synapse") {
  Shuffled s("w : 1\nk : integer\nthere : 1 (linked)\none : 1 (linked)");
  auto& shared = s.net.neuron_group(1, {.equations = "q : 1 (shared)"});
  shared["q"] = 5;
  s.below.link("there", s.to["v"], {.index = "k"});
  s.below.link("one", shared["q"]);
  s.below["k"] = "3 - j";
  auto& above = s.net.synapses(s.others, s.below, {.equations = "x : 1\nseen = w_post*there_post : 1"});
  above.connect({.i = {0, 1}, .j = {0, 2}});
  CHECK(Shuffled::read(above, "there_post") == Values{10, 20});
  CHECK(Shuffled::read(above, "one_post") == Values{5, 5});
  auto& monitor = s.net.state_monitor(above, {.variables = {"seen", "x"}});
  above.run_regularly("w_post += 1; x = w_post");
  s.net.step(2);  // code acts in front of what records in the same slot
  CHECK(monitor.trace("seen", 0) == Values{2 * 10, 3 * 10});
  CHECK(monitor.trace("seen", 1) == Values{4 * 20, 5 * 20});
  CHECK(monitor.trace("x", 1) == Values{4, 5});
  CHECK(above.source()["a"].size() == 4);
  CHECK(above.target()["w"].to_vector() == Values{3, 2, 5, 4});
}

TEST_CASE("delays of target synapses can be read") {
  Network net;
  auto& a = net.neuron_group(2, {.equations = "v : 1", .threshold = "False"});
  auto& below = net.synapses(a, a, {.on_pre = "v += 1"});
  below.connect({.i = {1, 0}, .j = {0, 1}});
  auto& above = net.synapses(a, below, {.equations = "x : second"});
  above.connect("i == j");
  CHECK(Shuffled::read(above, "delay_post") == Values{0, 0});
  below["delay"] = "(1 + i)*ms";
  CHECK(near(Shuffled::read(above, "delay_post"), {2e-3, 1e-3}));
}
