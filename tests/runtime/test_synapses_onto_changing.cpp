// Synapses that end or begin at other synapses while these come, go and move; snapshots, threads, and what is
// refused.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/message_of.hpp>
#include <ranvier/tests/support/scratch.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;
using ranvier::test::message_of;

namespace {

using Values = std::vector<double>;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Synapses between 3 and 4 neurons, and others onto and from them. Every synapse has a name of its own,
/// `id`, which those onto it (`at`) and from it (`of`) wrote down when they were made.
struct Layers {
  Network net{{.seed = 3}};
  NeuronGroup& from =
      net.neuron_group(3, {.equations = "u : 1", .threshold = "rand() < 0.3", .name = "from"});
  NeuronGroup& to = net.neuron_group(4, {.equations = "v : 1\ng : 1", .name = "to"});
  Synapses& below =
      net.synapses(from, to, {.equations = "id : 1\nw : 1\ns : 1", .on_pre = "v_post += w", .name = "below"});
  Synapses& onto = net.synapses(from, below,
                                {.equations = "at : 1\nown : 1\ns_post = own : 1 (summed)",
                                 .on_pre = "w_post += 1",
                                 .delay = 0.3 * ms,
                                 .name = "onto"});
  Synapses& out =
      net.synapses(below, to, {.equations = "of : 1\nown : 1\ng_post = own : 1 (summed)", .name = "out"});
  Synapses& top = net.synapses(out, onto, {.equations = "source : 1\ntarget : 1", .name = "top"});
  std::mt19937 random{11};
  double next = 1;

  int below_any(std::int64_t n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); }

  void add_below() {
    below.connect({.i = {below_any(3)}, .j = {below_any(4)}});
    below["id"][below.size() - 1] = next++;
  }
  static void add(Synapses& synapses, std::int64_t i, std::int64_t j) {
    synapses.connect({.i = {i}, .j = {j}});
  }
  void add_others() {
    if (below.size() == 0) return;
    add(onto, below_any(3), below_any(below.size()));
    onto["own"][onto.size() - 1] = next++;
    onto["at"].where("at == 0") = "id_post";
    add(out, below_any(below.size()), below_any(4));
    out["own"][out.size() - 1] = next++;
    out["of"].where("of == 0") = "id_pre";
    add(top, below_any(out.size()), below_any(onto.size()));
    top["source"].where("source == 0") = "own_pre";
    top["target"].where("target == 0") = "own_post";
  }
  /// Whether everything is still at what it was made at, and sums say so.
  bool holds() {
    bool right = onto.indices("at != id_post").empty() && out.indices("of != id_pre").empty();
    right = right && top.indices("source != own_pre or target != own_post").empty();
    net.step();
    const Values ids = below["id"].to_vector(), sums = below["s"].to_vector();
    const Values at = onto["at"].to_vector(), own = onto["own"].to_vector();
    Values expected(ids.size());
    for (std::size_t k = 0; k < at.size(); ++k)
      expected[static_cast<std::size_t>(std::ranges::find(ids, at[k]) - ids.begin())] += own[k];
    return right && sums == expected;
  }
};

}  // namespace

TEST_CASE("synapses stay on their synapses while these are made and removed, also in the middle of a run") {
  Layers layers;
  for (Synapses* synapses : {&layers.below, &layers.onto, &layers.out, &layers.top})
    synapses->connect({.p = 0.0});
  for (int round = 0; round < 150; ++round) {
    CAPTURE(round);
    layers.add_below();
    if (round % 3 != 1) layers.add_others();
    if (round % 4 == 3) layers.below.remove({layers.below_any(layers.below.size())});
    if (round % 20 == 19) layers.out.remove("own % 3 == 0");
    REQUIRE(layers.holds());
  }
  CHECK(layers.below.size() > 50);
  CHECK(layers.onto.size() > 20);
  CHECK(layers.top.size() > 10);
  CHECK(!static_cast<StateOwner&>(layers.below).stored_in_order());
}

TEST_CASE("a synapse that begins or ends at a removed one is removed with it") {
  Network net;
  auto& a = net.neuron_group(2, {});
  auto& below = net.synapses(a, a, {.equations = "w : 1"});
  below.connect({.i = {1, 0, 1}, .j = {0, 1, 1}});
  auto& onto = net.synapses(a, below, {.equations = "x : 1"});
  onto.connect();
  onto["x"] = "10*i + j";
  auto& out = net.synapses(below, onto, {.equations = "y : 1"});
  out.connect("i == j % 3");
  out["y"] = "100*i + j";
  CHECK(below.remove({1}) == 1);
  CHECK(onto["x"].to_vector() == Values{0, 2, 10, 12});
  CHECK(onto["j"].to_vector() == Values{0, 1, 0, 1});
  CHECK(out["y"].to_vector() == Values{0, 3, 202, 205});
  CHECK(out["i"].to_vector() == Values{0, 0, 1, 1});
  CHECK(out["j"].to_vector() == Values{0, 2, 1, 3});
  below.connect({.i = {0}, .j = {0}});
  out.connect({.i = {2}, .j = {3}});
  CHECK(out["i"].to_vector() == Values{0, 0, 1, 1, 2});
}

TEST_CASE("a synapse below a recorded one cannot be removed, and then nothing has changed") {
  Network net;
  auto& a = net.neuron_group(2, {});
  auto& below = net.synapses(a, a, {.equations = "w : 1", .name = "below"});
  below.connect();
  auto& onto = net.synapses(a, below, {.equations = "x : 1", .name = "onto"});
  onto.connect({.i = {0, 1, 0}, .j = {3, 2, 1}});
  onto["x"] = "i + 10*j";
  auto& monitor = net.state_monitor(onto, {.variables = "x", .record = {1}, .name = "watching"});
  CHECK(message_of([&] { below.remove({0, 2}); }) ==
        "'watching' records the synapse 1 of 'onto', which therefore cannot be removed");
  CHECK(below.size() == 4);
  CHECK(onto.size() == 3);
  below.remove({0, 3});
  CHECK(onto["j"].to_vector() == Values{1, 0});
  net.step();
  CHECK(monitor.trace("x", 1) == Values{21});
}

TEST_CASE("spikes in flight to target synapses arrive at theirs though others are made and removed") {
  Network net;
  auto& spikes = net.spike_generator_group(2, {0, 1}, {0 * ms, 0 * ms});
  auto& a = net.neuron_group(3, {});
  auto& below = net.synapses(a, a, {.equations = "w : 1"});
  below.connect({.i = {2, 1, 0}, .j = {0, 0, 0}});
  auto& onto = net.synapses(spikes, below, {.on_pre = "w_post += 1 + i", .delay = 0.5 * ms});
  onto.connect({.i = {0, 1, 1}, .j = {0, 1, 2}});
  net.step();
  below.connect({.i = {0, 1}, .j = {1, 1}});
  below.remove({1});
  net.run(1 * ms);
  CHECK(below["w"].to_vector() == Values{1, 2, 0, 0});
}

TEST_CASE("synapses onto synapses see at once what the host does in the middle of a step") {
  Network net;
  auto& source = net.spike_generator_group(1, {0}, {0 * ms}, {.period = 0.1 * ms});
  auto& a = net.neuron_group(3, {.equations = "v : 1"});
  auto& below = net.synapses(source, a, {.equations = "w : 1\nn : 1"});
  below.connect({.i = {0, 0}, .j = {2, 1}});
  auto& onto = net.synapses(source, below, {.equations = "n_post = 1 : 1 (summed)", .on_pre = "w_post += 1"});
  onto.connect();
  const auto change = [&] {
    if (net.clock().timestep == 1) below.connect({.i = {0}, .j = {0}});
    if (net.clock().timestep == 2) below.remove({0});
    if (net.clock().timestep == 3) onto.connect({.i = {0}, .j = {1}});
  };
  net.network_operation(change, {.when = "after_thresholds"});
  const auto after = [&](const Values& w, const Values& n) {
    net.step();
    CHECK(below["w"].to_vector() == w);
    CHECK(below["n"].to_vector() == n);
  };
  after({1, 1}, {1, 1});
  after({2, 2, 0}, {1, 1, 0});
  after({3, 0}, {1, 0});  // the sums of this step were taken before
  after({4, 1}, {1, 0});
  after({5, 2}, {1, 1});
}

TEST_CASE("a snapshot brings back synapses of synapses as they were") {
  Layers layers;
  for (Synapses* synapses : {&layers.below, &layers.onto, &layers.out, &layers.top})
    synapses->connect({.p = 0.0});
  for (int k = 0; k < 30; ++k) layers.add_below(), layers.add_others();
  layers.net.run(2 * ms);
  layers.net.store();
  layers.net.run(3 * ms);
  const Values unbroken = layers.to["v"].to_vector(), weights = layers.below["w"].to_vector();
  layers.below.remove("i == 1");
  for (int k = 0; k < 10; ++k) layers.add_below(), layers.add_others();
  layers.net.run(1 * ms);
  layers.net.restore();
  CHECK(layers.below.size() == 30);
  CHECK(layers.holds());
  layers.net.restore();
  layers.net.run(3 * ms);
  CHECK(layers.to["v"].to_vector() == unbroken);
  CHECK(layers.below["w"].to_vector() == weights);
}

namespace {

/// The bytes of everything after a noisy run in which synapses change synapses.
std::string outcome(int threads, int lanes) {
  const test::Scratch scratch;
  Network net(
      {.seed = 8, .backend = {.name = "llvm", .lanes = lanes}, .threads = threads, .elements_per_thread = 1});
  auto& g = net.neuron_group(60, {.equations = "dv/dt = (1.1 - v)/(10*ms) + 0.4*xi/(10*ms)**0.5 : 1\nsum : 1",
                                  .threshold = "v > 1",
                                  .reset = "v = 0"});
  g["v"] = "rand()";
  auto& below = net.synapses(
      g, g,
      {.equations = "dw/dt = (0.02 - w)/(50*ms) + 0.001*xi/(50*ms)**0.5 : 1 (clock-driven)\ns : 1\nn : 1",
       .on_pre = "v_post += clip(w + 0.001*s, -1, 1)",
       .method = "euler"});
  below.connect({.condition = "i != j", .p = 0.1});
  below.connect({.condition = "i > j", .p = 0.05});
  auto& onto = net.synapses(
      g, below,
      {.equations = "a : 1\ns_post = a*v_pre : 1 (summed)", .on_pre = "w_post += 0.002*a; n_post += 1"});
  onto.connect({.p = 0.02});
  onto["a"] = "randn()";
  onto["delay"] = "rand()*ms";
  auto& out = net.synapses(below, g, {.equations = "sum_post = w_pre*v_post_pre : 1 (summed)"});
  out.connect({.j = "k for k in sample(N_post, p=0.05)"});
  net.run(10 * ms);
  const std::string file = scratch.path("snapshot");
  net.store_to(file);
  std::ifstream bytes(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(bytes), {}};
}

}  // namespace

TEST_CASE("synapses of synapses give the same bits on 1, 2, 4 and 8 threads and lanes") {
  const std::string one = outcome(1, 1);
  CHECK(one.size() > 10000);
  for (const int n : {2, 4, 8}) {
    CHECK(outcome(n, 1) == one);
    CHECK(outcome(1, n) == one);
  }
}

TEST_CASE("what cannot be with synapses of synapses is refused") {
  Network net;
  auto& a = net.neuron_group(2, {.equations = "v : 1", .threshold = "v > 1", .name = "a"});
  auto& below = net.synapses(a, a, {.equations = "w : 1\nc : 1 (constant)", .name = "below"});
  CHECK(contains(message_of([&] { net.synapses(below, a, {.on_pre = "v += 1", .name = "s"}); }),
                 "'s': the pathway 'pre' would follow events of 'below', but these are synapses"));
  CHECK(contains(message_of([&] { net.synapses(a, below, {.on_post = "w += 1", .name = "s"}); }),
                 "'s': the pathway 'post' would follow events of 'below', but these are synapses"));
  auto& onto = net.synapses(a, below, {.name = "onto"});
  CHECK(message_of([&] { onto.connect(); }) ==
        "'below' has no synapses yet: connect it before connecting 'onto' to them");
  below.connect();
  CHECK(contains(message_of([&] { onto.connect({.i = {0}, .j = {4}}); }),
                 "j = 4 (entry 0) is out of range; it must lie in [0, 4)"));
  CHECK_THROWS_WITH_AS(onto.connect({.j = "i + 3"}),
                       doctest::Contains("gives j = 4 for i = 1, but there are the target synapses 0 to 3"),
                       ModelError);
  CHECK(onto.size() == 0);
  auto& sum = net.synapses(a, below, {.equations = "w_post = v_pre : 1 (summed)"});
  sum.connect();
  auto& other = net.synapses(a, below, {.equations = "w_post = 2*v_pre : 1 (summed)"});
  other.connect();
  onto.connect();
  CHECK(contains(message_of([&] { net.step(); }), "both sum into 'w' of the same synapses of 'below'"));
  Network elsewhere;
  auto& stranger = elsewhere.neuron_group(2, {});
  CHECK(contains(message_of([&] { elsewhere.synapses(stranger, below, {}); }),
                 "'below' belongs to another network"));
}

TEST_CASE(
    "texts cannot write what belongs to the neurons of target synapses, nor give two variables one name") {
  Network net;
  auto& a = net.neuron_group(2, {.equations = "v : 1", .threshold = "v > 1", .name = "a"});
  auto& below = net.synapses(a, a, {.equations = "w : 1\nc : 1 (constant)\ny = 2*w : 1", .name = "below"});
  const auto refusal = [&](const SynapsesOptions& options) {
    try {
      net.synapses(a, below, options);
    } catch (const ModelError& error) {
      return render(error.diagnostics());
    }
    return std::string("no error");
  };
  CHECK(contains(refusal({.on_pre = "v_post_post += 1"}), "it belongs to what the synapses 'below' connect"));
  CHECK(contains(refusal({.on_pre = "c_post += 1"}), "it is declared (constant)"));
  CHECK(contains(refusal({.on_pre = "i_post = 1"}), "it is the number of the source neuron"));
  CHECK(contains(refusal({.on_pre = "j = 1"}), "it is the number of the target synapse"));
  CHECK(contains(refusal({.on_pre = "q_post += 1"}), "q_post"));
  CHECK(contains(refusal({.equations = "w : 1"}), "`w` is a variable of the synapses 'below', too"));
  CHECK(contains(refusal({.equations = "c_post = 1 : 1 (summed)"}), "declared (constant)"));
  CHECK(contains(refusal({.equations = "y_post = 1 : 1 (summed)"}), "is no parameter"));
}
