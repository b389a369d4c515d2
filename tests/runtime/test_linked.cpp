#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;
using Values = std::vector<double>;

namespace {

/// The message of what `f` throws, "" if nothing.
template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const char* part) {
  CAPTURE(text);
  return text.find(part) != std::string::npos;
}

constexpr const char* linking = "x : volt (linked)\n y : volt";

}  // namespace

TEST_CASE("a linked variable reads the live values of another group, element by element") {
  Network net({.dt = 1 * ms});
  auto& source = net.neuron_group(5, {.equations = "dv/dt = (1*volt - v)/(10*ms) : volt", .method = "euler"});
  auto& reader = net.neuron_group(
      5,
      {.equations = "dw/dt = x/second : volt\n x : volt (linked)\n twice = 2*x : volt", .method = "euler"});
  reader.link("x", source["v"]);
  source["v"] = "i*volt";
  CHECK(reader["x"].to_vector() == Values{0, 1, 2, 3, 4});
  CHECK(reader["twice"][3] == 6);
  auto& state = net.state_monitor(reader, {.variables = {"x"}, .record = {4}});
  net.run(2 * ms);
  // Slot groups, neurongroup before neurongroup_1: the second sees what the first has just computed.
  CHECK(reader["w"][4] == doctest::Approx((3.7 + 3.43) * 1e-3));
  CHECK(state.trace("x", 4) == Values{4, 3.7});
  CHECK_THROWS_AS(reader["x"] = 1 * volt, NetworkError);
  CHECK_THROWS_AS(reader["x"].values(), NetworkError);
}

TEST_CASE("one element, or a shared variable, is there for all") {
  Network net;
  auto& one = net.neuron_group(1, {.equations = "v : volt"});
  auto& all = net.neuron_group(7, {.equations = "s : volt (shared)\n v : volt"});
  auto& reader = net.neuron_group(
      3, {.equations = "a : volt (linked)\n b : volt (linked)\n c : volt (linked)\n y : volt"});
  reader.link("a", one["v"]);
  reader.link("b", all["s"]);
  reader.link("c", all.slice(4, 5)["v"]);
  one["v"] = 5 * volt;
  all["s"] = 70 * volt;
  all["v"] = "i*100*volt";
  reader["y"] = "a + b + c";
  CHECK(reader["y"].to_vector() == Values{475, 475, 475});
}

TEST_CASE("gotcha 66: an index says which element each reads, more than once if it likes") {
  Network net;
  auto& source = net.neuron_group(4, {.equations = "v : volt"});
  auto& reader = net.neuron_group(5, {.equations = linking});
  source["v"] = "i*volt";
  reader.link("x", source["v"], {.index = {3, 3, 0, 1, 2}});
  reader["y"] = "10*x";
  CHECK(reader["y"].to_vector() == Values{30, 30, 0, 10, 20});
  reader.link("x", source.slice(1, 3)["v"], {.index = {1, 0, 0, 0, 1}});
  CHECK(reader["x"].to_vector() == Values{2, 1, 1, 1, 2});
  auto& part = net.neuron_group(2, {.equations = linking});
  part.link("x", source.slice(2, 4)["v"]);
  CHECK(part["x"].to_vector() == Values{2, 3});
}

TEST_CASE("gotcha 66: an index variable is read whenever the linked variable is") {
  Network net;
  auto& source = net.neuron_group(4, {.equations = "v : volt", .name = "s"});
  auto& reader = net.neuron_group(2, {.equations = "x : volt (linked)\n y : volt\n k : integer",
                                      .threshold = "True",
                                      .reset = "y = x; k = (k + 1) % 4",
                                      .refractory = "0*ms",
                                      .name = "r"});
  source["v"] = "(i + 1)*volt";
  reader.link("x", source["v"], {.index = "k"});
  reader["k"] = std::vector<int>{0, 2};
  net.step(1);
  CHECK(reader["y"].to_vector() == Values{1, 3});
  net.step(2);
  CHECK(reader["y"].to_vector() == Values{3, 1});
  CHECK(reader["x"].to_vector() == Values{4, 2});
  reader["k"] = std::vector<int>{0, 4};
  CHECK(contains(error_of([&] { net.run(1 * ms); }), "k[1] is 4; it must lie in [0, 4)"));
}

TEST_CASE("links are followed through other links") {
  Network net;
  auto& a = net.neuron_group(3, {.equations = "v : volt\n n : integer", .name = "a"});
  auto& b = net.neuron_group(4, {.equations = linking, .name = "b"});
  auto& c = net.neuron_group(2, {.equations = linking, .name = "c"});
  auto& d = net.neuron_group(2, {.equations = linking, .name = "d"});
  a["v"] = "i*volt";
  d.link("x", c["x"]);
  b.link("x", a["v"], {.index = {2, 1, 0, 2}});
  c.link("x", b["x"], {.index = {3, 1}});
  CHECK(d["x"].to_vector() == Values{2, 1});
  CHECK(contains(error_of([&] { b.link("x", d["x"], {.index = {0, 1, 0, 1}}); }), "linked to itself"));
  CHECK(d["x"].to_vector() == Values{2, 1});
}

TEST_CASE("a subexpression that is linked to is that of its own group") {
  Network net;
  auto& source =
      net.neuron_group(4, {.equations = "z = k*v*(i + 1)/N : volt\n v : volt", .namespace_ = {{"k", 8}}});
  auto& reader = net.neuron_group(2, {.equations = linking});
  source["v"] = 1 * volt;
  reader.link("x", source["z"], {.index = {3, 1}});
  CHECK(reader["x"].to_vector() == Values{8, 4});
  net.step(1);
  auto& other = net.neuron_group(4, {.equations = linking, .namespace_ = {{"k", 2}}});
  other.link("x", source["z"]);
  CHECK(contains(error_of([&] { net.step(1); }), "the constant 'k' has one value"));
}

TEST_CASE("gotcha 75: code writes through a link that is one to one, and through no other") {
  Network net;
  auto& source =
      net.neuron_group(3, {.equations = "v : volt\n c : volt (constant)\n z = 2*v : volt", .name = "s"});
  const NeuronGroupOptions writing{
      .equations = linking, .threshold = "i > 0", .reset = "x = 7*volt; y = x; x += i*volt"};
  auto& writer = net.neuron_group(3, writing);
  writer.link("x", source["v"]);
  net.step(1);
  CHECK(source["v"].to_vector() == Values{0, 8, 9});
  CHECK(writer["y"].to_vector() == Values{0, 7, 7});
  const auto refusal = [&](const VariableView& view, const LinkOptions& options = {}) {
    writer.link("x", view, options);
    return error_of([&] { net.step(1); });
  };
  CHECK(contains(refusal(source["c"]), "declared (constant)"));
  CHECK(contains(refusal(source["z"]), "which is a subexpression"));
  CHECK(contains(refusal(source["v"], {.index = {2, 1, 0}}), "not element by element"));
  CHECK(contains(refusal(source.slice(1, 2)["v"]), "not element by element"));
  CHECK(refusal(source["v"]).empty());
}

TEST_CASE("synapses read and write through the links of their neurons, and have links of their own") {
  Network net;
  auto& far = net.neuron_group(3, {.equations = "v : volt\n s : volt (shared)"});
  auto& source = net.neuron_group(2, {.equations = "x : volt (linked)", .threshold = "True"});
  auto& target = net.neuron_group(3, {.equations = "x : volt (linked)\n y : volt"});
  source.link("x", far["v"], {.index = {2, 0}});
  target.link("x", far["v"]);
  far["v"] = "(i + 1)*volt";
  far["s"] = 1000 * volt;
  auto& synapses = net.synapses(source, target,
                                {.equations = "w : volt (linked)\n a : volt (linked)\n k : integer",
                                 .on_pre = "y_post = x_pre + 10*x_post + 100*w + a"});
  synapses.link("w", far["v"], {.index = "k"});
  synapses.link("a", far["s"]);
  synapses.connect("x_pre > x_post and i == 0");
  CHECK(synapses.pairs() == std::vector<std::pair<std::int32_t, std::int32_t>>{{0, 0}, {0, 1}});
  synapses["k"] = "1 - j";
  net.step(1);
  CHECK(target["y"].to_vector() == Values{3 + 10 + 200 + 1000, 3 + 20 + 100 + 1000, 0});
  auto& writing = net.synapses(source, target, {.on_pre = "x_post += 1*volt"});
  writing.connect();
  net.step(1);
  CHECK(far["v"].to_vector() == Values{3, 4, 5});
  CHECK_THROWS_AS(synapses.link("w", far["v"]), NetworkError);
}

TEST_CASE("what does not fit cannot be linked") {
  Network net, elsewhere;
  auto& source = net.neuron_group(4, {.equations = "v : volt\n n : integer\n s : volt (shared)"});
  auto& reader =
      net.neuron_group(3, {.equations = "x : volt (linked)\n y : volt\n z : 1 (linked)\n r : volt"});
  const auto refusal = [&](const char* name, const VariableView& view, const LinkOptions& options = {}) {
    return error_of([&] { reader.link(name, view, options); });
  };
  CHECK(contains(error_of([&] { net.prepare(); }), "RV0632"));
  CHECK(contains(error_of([&] { reader["x"].to_vector(); }), "linked to nothing yet"));
  CHECK(contains(refusal("y", source["v"]), "no linked variable"));
  CHECK(contains(refusal("q", source["v"]), "has no variable 'q'"));
  CHECK(contains(refusal("z", source["v"]), "declared in 1"));
  CHECK(contains(refusal("z", source["n"]), "is integer"));
  CHECK(contains(refusal("x", source["v"]), "it has 3 elements"));
  CHECK(contains(refusal("x", source["v"], {.index = {0, 1}}), ".index has 2"));
  CHECK(contains(refusal("x", source["v"], {.index = {0, 1, 4}}), "index[2] is 4"));
  CHECK(contains(refusal("x", source["v"], {.index = "y"}), "integer parameter"));
  CHECK(contains(refusal("x", source["s"], {.index = {0, 0, 0}}), "is shared"));
  CHECK(contains(refusal("x", source["v"].where("i < 3")), "selection"));
  CHECK(contains(refusal("x", reader["y"], {.index = {2, 1, 0}}), "one group"));
  auto& stranger = elsewhere.neuron_group(3, {.equations = "v : volt"});
  CHECK(contains(refusal("x", stranger["v"]), "another network"));
  reader.link("x", reader["y"]);
  reader["y"] = "i*volt";
  CHECK(reader["x"].to_vector() == Values{0, 1, 2});
}
