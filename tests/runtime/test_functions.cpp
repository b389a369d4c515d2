#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <ranvier/runtime/network.hpp>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

const std::vector<BackendOptions> every_backend = {
    {.name = "reference"}, {.lanes = 1}, {.lanes = 2}, {.lanes = 4}, {.lanes = 8}};

// What the functions below were called with; each test that looks at it empties it first.
std::vector<double> seen;

double remember(double x) {
  seen.push_back(x);
  return std::sqrt(x) + 1;
}
double count() {
  seen.push_back(static_cast<double>(seen.size()));
  return seen.back();
}
double count_with(double x) {
  seen.push_back(x);
  return 1000 * x + static_cast<double>(seen.size());
}

const Namespace functions{{"remember", Function(remember)},
                          {"count", Function(count, {.stateless = false})},
                          {"count_with", Function(count_with, {.stateless = false})},
                          {"sq", Function::text("x*x", {{"x"}})}};

/// One variable of a group after some steps of 1 ms of equations in which `u` is 1*ms.
std::vector<double> after(const std::string& equations, const BackendOptions& backend, int steps = 1,
                          const char* method = "euler") {
  seen.clear();
  Network net({.dt = 1 * ms, .namespace_ = functions, .backend = backend});
  auto& group =
      net.neuron_group(11, {.equations = equations, .method = method, .namespace_ = {{"u", 1 * ms}}});
  net.run(steps * ms);
  return group["v"].to_vector();
}

}  // namespace

TEST_CASE("kernels of every width call a function of one's own for the elements that exist") {
  for (const BackendOptions& backend : every_backend) {
    CAPTURE(backend.lanes);
    const std::vector<double> v = after("dv/dt = remember(i)/u : 1", backend);
    for (std::size_t k = 0; k < v.size(); ++k)
      CHECK(v[k] == doctest::Approx(std::sqrt(k) + 1).epsilon(1e-15));
    CHECK(std::ranges::all_of(seen, [](double x) { return x >= 0 && x < 11; }));
  }
}

TEST_CASE("results of functions are the same bits at every width") {
  const std::string equations = "dv/dt = (remember(v + i)*exp(-v) - remember(2*i))/(3*u) : 1";
  const std::vector<double> expected = after(equations, every_backend[1], 20, "rk4");
  for (const BackendOptions& backend : every_backend)
    if (backend.name == "llvm") CHECK(after(equations, backend, 20, "rk4") == expected);
}

TEST_CASE("a function that is not stateless is called once for each element, in their order") {
  for (const BackendOptions& backend : every_backend) {
    CAPTURE(backend.lanes);
    const std::vector<double> v = after("dv/dt = count()/u : 1", backend, 2);
    CHECK(seen.size() == 22);
    for (std::size_t k = 0; k < v.size(); ++k) CHECK(v[k] == doctest::Approx(2.0 * k + 11).epsilon(1e-14));
  }
}

TEST_CASE("calls within an element happen in the order of the text") {
  for (const BackendOptions& backend : every_backend) {
    CAPTURE(backend.lanes);
    after("dv/dt = (count_with(1)*count_with(2 + count_with(i)) - count_with(4))/u : 1", backend);
    REQUIRE(seen.size() == 44);
    for (std::size_t k = 0; k < 11; ++k) {
      CHECK(seen[4 * k] == 1);
      CHECK(seen[4 * k + 1] == static_cast<double>(k));
      CHECK(seen[4 * k + 2] == 2 + 1000.0 * static_cast<double>(k) + static_cast<double>(4 * k + 2));
      CHECK(seen[4 * k + 3] == 4);
    }
  }
}

TEST_CASE("an argument that a text uses twice is evaluated once") {
  for (const BackendOptions& backend : every_backend) {
    CAPTURE(backend.lanes);
    const std::vector<double> v = after("dv/dt = sq(count())/u : 1", backend);
    CHECK(seen.size() == 11);
    for (std::size_t k = 0; k < v.size(); ++k) CHECK(v[k] == doctest::Approx(k * k).epsilon(1e-14));
    after("dv/dt = (sq(count() - v) + sq(count() - v))/u : 1", backend, 1, "rk2");
    CHECK(seen.size() == 44);
    const std::vector<double> r = after("dv/dt = (sq(rand() - 0.5) + 1)/u : 1", backend);
    CHECK(std::ranges::all_of(r, [](double x) { return x >= 1 && x <= 1.25; }));
  }
}

TEST_CASE("functions stand in thresholds, resets, synaptic code, values and selections") {
  Network net({.dt = 1 * ms, .namespace_ = functions});
  auto& group = net.neuron_group(
      4, {.equations = "v : 1\nw : 1", .threshold = "remember(v) > 2.5", .reset = "v = sq(w) + remember(w)"});
  group["v"] = "remember(i*i)";  // 1, 2, 3, 4
  group["w"] = 2;
  CHECK(group["v"].to_vector() == std::vector<double>{1, 2, 3, 4});
  group["w"].where("remember(v) > 2.9") = 3;
  auto& synapses = net.synapses(group, group, {.on_pre = "w_post += sq(10) + remember(w_pre)"});
  synapses.connect("remember(i) > 2.5 and j == 0");  // from neuron 3 alone
  net.run(1 * ms);
  CHECK(group["v"][2] == doctest::Approx(4 + std::sqrt(2.0) + 1));
  CHECK(group["v"][3] == doctest::Approx(9 + std::sqrt(3.0) + 1));
  CHECK(group["w"][0] == doctest::Approx(2 + 100 + std::sqrt(3.0) + 1));
}

TEST_CASE("another function of the same declaration takes its place without compiling") {
  Network net({.dt = 1 * ms});
  net.set("f", Function([](double x) { return 2 * x; }));
  auto& group = net.neuron_group(
      3, {.equations = "dv/dt = f(i)/u : 1", .method = "euler", .namespace_ = {{"u", 1 * ms}}});
  net.run(1 * ms);
  const double emitted = net.times().build.emit;
  net.set("f", Function([](double x) { return 100 * x; }));
  net.run(1 * ms);
  CHECK(net.times().build.emit == emitted);
  CHECK(group["v"][2] == doctest::Approx(204));
  net.set("f", Function::text("-x", {{"x"}}));
  net.run(1 * ms);
  CHECK(group["v"][2] == doctest::Approx(202));
}

TEST_CASE("types of results are what the declaration says") {
  const auto value_of = [](const std::string& rhs, const char* variable, FunctionOptions options) {
    Network net({.namespace_ = {{"f", Function([](double x) { return x / 2; }, options)}}});
    auto& group = net.neuron_group(1, {.equations = "n : integer\nr : 1\nb : boolean"});
    group[variable] = rhs;
    return group[variable][0];
  };
  CHECK(value_of("f(5)", "r", {}) == 2.5);
  CHECK(value_of("f(5)", "n", {.type = ResultType::integer}) == 2);
  CHECK(value_of("f(5)", "n", {.type = ResultType::highest}) == 2);
  CHECK(value_of("f(5.0)", "r", {.type = ResultType::highest}) == 2.5);
  CHECK(value_of("f(5)", "b", {.type = ResultType::boolean}) == 1);
  CHECK_THROWS_AS(value_of("f(5)", "n", {}), ModelError);
  CHECK_THROWS_AS(value_of("f(5.0)", "n", {.type = ResultType::highest}), ModelError);
}

TEST_CASE("a subexpression that calls a function with a state is refused when the function is known") {
  Network net({.namespace_ = functions});
  CHECK_THROWS_AS(net.neuron_group(2, {.equations = "r = count() : 1\ndv/dt = r/second : 1"}), ModelError);
}
