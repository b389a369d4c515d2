#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/runtime/network.hpp>
#include <string>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

using Values = std::vector<double>;
using Numbers = std::vector<std::int64_t>;

struct Neurons {
  Network net;
  NeuronGroup& group = net.neuron_group(
      6, {.equations = "v : volt\nx : 1\nn : integer\nflag : boolean\ngain : 1 (shared)\ntwice = 2*x : 1\n"
                       "seven = 7 : 1\nboth = 2*gain : 1 (shared)"});
  VariableView operator[](std::string_view name) { return group[name]; }
};

/// Synapses whose creation order is not their storage order.
struct Connected {
  Network net;
  NeuronGroup& group = net.neuron_group(4, {.equations = "v : 1"});
  Synapses& synapses = net.synapses(group, group, {.equations = "w : volt\nc : integer"});
  Connected() {
    synapses.connect({.i = {2, 0, 1}, .j = {1, 3, 0}});
    synapses.connect({.i = {0, 2}, .j = {0, 2}});
  }
};

template <class Action>
std::string refused(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

bool says(const std::string& message, const std::string& part) {
  CAPTURE(message);
  const bool found = message.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

}  // namespace

TEST_CASE("elements are read and assigned by their number") {
  Neurons neurons;
  neurons["v"][3] = 5 * mV;
  neurons["v"][0] = "i*mV + 2*mV";
  neurons["v"][5] = neurons["v"][3];
  CHECK(neurons["v"].to_vector() == Values{2e-3, 0, 0, 5e-3, 0, 5e-3});
  CHECK(neurons["v"][3].in(mV) == doctest::Approx(5));
  const double value = neurons["v"][3];
  CHECK(value == 5e-3);
  CHECK(std::abs(neurons["v"][1] - 1) == 1);
  auto element = neurons["v"][3];
  neurons["v"][3] *= 2;
  CHECK(element == 5e-3);
  element -= 10 * mV;
  CHECK(element == 0);
  neurons["v"][3] = 5 * mV;
  neurons["n"][2] = 7;
  neurons["flag"][2] = true;
  CHECK(neurons["n"].to_vector() == Values{0, 0, 7, 0, 0, 0});
  CHECK(neurons["flag"].to_vector() == Values{0, 0, 1, 0, 0, 0});
}

TEST_CASE("several elements are chosen by a list, a range, or a condition") {
  Neurons neurons;
  neurons["x"][{1, 4}] = 2.0;
  CHECK(neurons["x"].to_vector() == Values{0, 2, 0, 0, 2, 0});
  neurons["x"][{4, 0}] = Values{40, 10};  // in the order of the list
  CHECK(neurons["x"].to_vector() == Values{10, 2, 0, 0, 40, 0});
  CHECK(neurons["x"][{4, 0}].to_vector() == Values{40, 10});
  neurons["x"][std::vector<std::int32_t>{2, 3}] = "i";
  neurons["x"].slice(4, 6) = "10*i";
  CHECK(neurons["x"].to_vector() == Values{10, 2, 2, 3, 40, 50});
  neurons["x"].where("x > 5").slice(1, 3) = 0;
  CHECK(neurons["x"].where("x > 0").to_vector() == Values{10, 2, 2, 3});
  CHECK(neurons["x"].where("x > 0")[{3, 0}].to_vector() == Values{3, 10});
  CHECK(neurons["x"].slice(2, 2).to_vector().empty());
}

TEST_CASE("variables change in place, by numbers, quantities, ranges, views and texts") {
  Neurons neurons;
  neurons["x"] = "i";
  neurons["x"] += 1;
  neurons["x"] *= 2;
  CHECK(neurons["x"].to_vector() == Values{2, 4, 6, 8, 10, 12});
  neurons["x"].slice(3, 5) /= 4;
  neurons["x"][0] -= 0.5;
  CHECK(neurons["x"].to_vector() == Values{1.5, 4, 6, 2, 2.5, 12});
  neurons["x"][{1, 2}] -= Values{1, 2};
  neurons["x"] += neurons["x"];
  neurons["x"].where("i == 5") += "i*x";
  CHECK(neurons["x"].to_vector() == Values{3, 6, 8, 4, 5, 144});
  neurons["v"] += 1 * mV;
  neurons["v"][2] += "i*mV";
  neurons["v"] *= 2;
  CHECK(neurons["v"].in(mV) == Values{2, 2, 6, 2, 2, 2});
  neurons["n"] += 3;
  neurons["n"] *= "i";
  neurons["n"][4] -= 2;
  CHECK(neurons["n"].to_vector() == Values{0, 3, 6, 9, 10, 15});
}

TEST_CASE("slices count from their own begin") {
  Neurons neurons;
  Slice part = neurons.group.slice(2, 5);
  part["x"] = "i + N";
  part["x"][1] += "10*i";
  part["x"].where("i == 2") *= "i";
  CHECK(neurons["x"].to_vector() == Values{0, 0, 3, 14, 10, 0});
  CHECK(part.indices("x > 5") == Numbers{1, 2});
  CHECK(neurons.group.indices("x > 5") == Numbers{3, 4});
  CHECK(neurons.group.indices("x > 500").empty());
}

TEST_CASE("synapses are chosen by their number, whatever their storage") {
  Connected c;
  c.synapses["w"] = "(10*i + j)*mV";
  CHECK(c.synapses["w"].in(mV) == Values{21, 3, 10, 0, 22});
  CHECK(c.synapses["w"][4].in(mV) == doctest::Approx(22));
  c.synapses["w"][{4, 1}] = std::vector<Voltage>{1 * mV, 2 * mV};
  c.synapses["w"].where("i == 2") += 5 * mV;
  CHECK(c.synapses["w"].in(mV) == Values{26, 2, 10, 0, 6});
  CHECK(c.synapses.indices("i == 2") == Numbers{0, 4});
  CHECK(c.synapses.indices("w < 5*mV") == Numbers{1, 3});
  c.synapses["c"].slice(1, 4) = "j";
  CHECK(c.synapses["c"].to_vector() == Values{0, 3, 0, 0, 0});
  const VariableView old = c.synapses["w"];
  c.synapses.connect({.i = 0, .j = 1});
  says(refused([&] { old[0] = 1 * mV; }), "from before a connect");
}

TEST_CASE("a shared variable is read and assigned as a whole") {
  Neurons neurons;
  neurons["gain"] = 3;
  neurons["gain"] += 0.5;
  neurons["gain"] *= "gain";
  CHECK(neurons["gain"].value() == 12.25);
  CHECK(neurons["both"].value() == 24.5);
  CHECK(neurons["gain"].to_vector() == Values{12.25});
  says(refused([&] { neurons["gain"][0]; }), "is shared");
  says(refused([&] { neurons["gain"][Numbers{0}] = 1; }), "is shared");
  says(refused([&] { neurons["gain"].slice(0, 1) = 1; }), "is shared");
  says(refused([&] { neurons["gain"].where("True") = 1; }), "is shared");
  says(refused([&] { neurons["gain"] = Values{1, 2}; }), "2 values for 1 elements");
  says(refused([&] { neurons["gain"] = "x"; }), "one value for all elements");
  says(refused([&] { neurons["x"].value(); }), "has 6 elements, not one value");
}

TEST_CASE("subexpressions are read for every element, and never assigned") {
  Neurons neurons;
  neurons["x"] = "i";
  CHECK(neurons["twice"].to_vector() == Values{0, 2, 4, 6, 8, 10});
  CHECK(neurons["seven"].to_vector() == Values(6, 7.0));
  CHECK(neurons["seven"][2] == 7);
  CHECK(neurons["twice"][{4, 1}].to_vector() == Values{8, 2});
  CHECK(neurons["twice"].where("twice > 5").to_vector() == Values{6, 8, 10});
  says(refused([&] { neurons["twice"] = 1; }), "subexpression");
  says(refused([&] { neurons["twice"] += 1; }), "subexpression");
  says(refused([&] { neurons["twice"][1] = "3"; }), "subexpression");
}

TEST_CASE("zero is zero in every unit") {
  Neurons neurons;
  neurons["v"] = "i*mV + 1*mV";
  neurons["v"].slice(0, 2) = 0;
  neurons["v"].slice(2, 4) = Values{0, 0};
  neurons["v"] += 0;
  CHECK(neurons["v"].in(mV) == Values{0, 0, 0, 0, 5, 6});
  says(refused([&] { neurons["v"] = Values{0, 0, 0, 0, 0, 1}; }), "neurongroup.v is in volt");
}

TEST_CASE("values that do not fit are refused, and nothing has changed") {
  Neurons neurons;
  neurons["x"] = "i";
  neurons["n"] = "i";
  says(refused([&] { neurons["x"] = 1 * mV; }),
       "neurongroup.x is a number without unit, but the value is in volt");
  says(refused([&] { neurons["x"] += 1 * mV; }), "the value is in volt");
  says(refused([&] { neurons["x"] *= 1 * mV; }), "*= a value in volt: this would change its unit");
  says(refused([&] { neurons["x"] = Values{1, 2}; }),
       "2 values for 6 elements; give one for each, or a single one");
  says(refused([&] { neurons["x"].where("i > 2") = Values{1, 2}; }), "2 values for 3 elements");
  says(refused([&] { neurons["x"] += "i*mV"; }), "RV0306");
  says(refused([&] { neurons["x"] *= "i*mV"; }), "RV0306");
  says(refused([&] { neurons["n"] += "0.5"; }), "RV0408");
  says(refused([&] { neurons["n"] = Values{1, 1, 1, 1, 1, 1.5}; }), "1.5 cannot be stored");
  says(refused([&] { neurons["n"] /= 2; }), "0.5 cannot be stored");
  says(refused([&] { neurons["n"] *= 1e9; }), "cannot be stored");
  says(refused([&] { neurons["flag"] += 1; }), "boolean");
  says(refused([&] { neurons["flag"] = 2; }), "2 cannot be stored");
  says(refused([&] { neurons["x"].where("x") = 1; }), "RV0401");
  says(refused([&] { neurons.group.indices("x + 1"); }), "RV0401");
  CHECK(neurons["x"].to_vector() == Values{0, 1, 2, 3, 4, 5});
  CHECK(neurons["n"].to_vector() == Values{0, 1, 2, 3, 4, 5});
  CHECK(neurons["flag"].to_vector() == Values(6, 0.0));
}

TEST_CASE("a text has its value for every element before any is written") {
  Network net;
  auto& group = net.neuron_group(3, {.equations = "x : 1"});
  static std::span<double> state;
  state = group["x"].values();
  net.set("first", Function([](double) { return state[0]; }, {.stateless = false}));
  group["x"] = 5;
  group["x"] = "first(i) + 1 + i";
  CHECK(group["x"].to_vector() == Values{6, 7, 8});
  group["x"] += "first(i)";
  CHECK(group["x"].to_vector() == Values{12, 13, 14});
}

TEST_CASE("elements that do not exist are refused") {
  Neurons neurons;
  says(refused([&] { neurons["x"][6]; }),
       "neurongroup.x[6]: it has 6 elements, and the numbers begin with 0");
  says(refused([&] { neurons["x"][-1] = 1; }), "[-1]");
  says(refused([&] { neurons["x"][{0, 6}] = 1; }), "[6]");
  says(refused([&] { neurons["x"][{1, 0, 1}] = 1; }), "an element is named twice");
  says(refused([&] { neurons["x"].slice(2, 7) = 1; }), "[2, 7) is no part of its 6 elements");
  says(refused([&] { neurons["x"].slice(3, 2) = 1; }), "[3, 2)");
  says(refused([&] { neurons.group.slice(1, 3)["x"][2] = 1; }), "it has 2 elements");
  says(refused([&] { neurons["twicee"]; }), "did you mean 'twice'?");
}

TEST_CASE("the states of a group are copied out and in, all or none") {
  Network net;
  auto& group = net.neuron_group(
      3, {.equations = "dv/dt = -v/ms : volt\nk : integer\ns : 1 (shared)\ndouble_v = 2*v : volt"});
  group["v"] = "i*mV";
  group["k"] = "2*i";
  const States before = group.get_states();
  CHECK(before.at("v") == std::vector<double>{0, 1e-3, 2e-3});
  CHECK(before.at("k") == std::vector<double>{0, 2, 4});
  CHECK(before.at("s") == std::vector<double>{0});
  CHECK_FALSE(before.contains("double_v"));
  CHECK(group.get_states({"double_v"}).at("double_v") == std::vector<double>{0, 2e-3, 4e-3});
  group["v"] = 7 * mV;
  group.set_states(before);
  CHECK(group.get_states() == before);
  for (const States& bad :
       {States{{"k", {1, 2, 3}}, {"v", {1, 2}}}, States{{"k", {9, 9, 9}}, {"x", {1, 2, 3}}},
        States{{"k", {1.5, 2, 3}}}, States{{"double_v", {1, 2, 3}}, {"k", {1, 1, 1}}}}) {
    CHECK_THROWS_AS(group.set_states(bad), NetworkError);
    CHECK(group.get_states() == before);
  }
}
