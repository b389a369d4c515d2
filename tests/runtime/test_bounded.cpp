#include <doctest/doctest.h>
#include <functional>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tests/support/child.hpp>

// Texts that were made to exhaust the machine. Each is tried in a process of its own, with bounds on its
// memory and its time: generous ones, because what matters is that there are any.
using namespace ranvier;
using namespace ranvier::units;

namespace {

enum class Outcome { refused, accepted, other_error, killed };

/// What becomes of a model in a process that may use 256 MB more than this one.
Outcome outcome_of(const std::function<void(Network&)>& build) {
  const int child = test::start_child([&] {
    test::bound_this_process(std::uint64_t{256} << 20);
    try {
      Network net({.namespace_ = {{"tau", 10 * ms}}});
      build(net);
      net.prepare();
      return static_cast<int>(Outcome::accepted);
    } catch (const ModelError&) {
      return static_cast<int>(Outcome::refused);
    } catch (const NetworkError&) {
      return static_cast<int>(Outcome::refused);
    } catch (...) {
      return static_cast<int>(Outcome::other_error);
    }
  });
  const int end = test::end_of(child);
  return end >= 0 ? static_cast<Outcome>(end) : Outcome::killed;
}

Outcome of_equations(const std::string& equations, const std::string& method = "euler") {
  return outcome_of([&](Network& net) { net.neuron_group(1, {.equations = equations, .method = method}); });
}

/// As an equation's right-hand side, a threshold, and code.
void check_refused(const std::string& expression) {
  CHECK(of_equations("dv/dt = " + expression + " : 1") == Outcome::refused);
  CHECK(outcome_of([&](Network& net) {
          net.neuron_group(1, {.equations = "v : 1", .threshold = expression});
        }) == Outcome::refused);
  CHECK(outcome_of([&](Network& net) {
          net.neuron_group(1, {.equations = "v : 1", .threshold = "v > 1", .reset = "v = " + expression});
        }) == Outcome::refused);
}

std::string repeated(const std::string& piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t k = 0; k < times; ++k) text += piece;
  return text;
}

std::string numbered(const std::function<std::string(const std::string&)>& piece, int count) {
  std::string text;
  for (int k = 0; k < count; ++k) text += piece(std::to_string(k));
  return text;
}

constexpr std::size_t million = 1'000'000;

}  // namespace

TEST_CASE("expressions made to exhaust the parser are refused within bounds") {
  check_refused(repeated("(", million));
  check_refused(repeated("(", million / 2) + "v" + repeated(")", million / 2));
  check_refused(repeated("v+", million / 2) + "v");
  check_refused(repeated("v+", million) + "v");
  check_refused(repeated("-", 100'000) + "v");
  check_refused(repeated("not ", 100'000) + "v");
  check_refused(repeated("v**", 100'000) + "2");
  check_refused(repeated("v > 1 and ", 50'000) + "v > 1");
  check_refused(repeated("exp(", 100'000) + "v" + repeated(")", 100'000));
  check_refused(repeated("v", million));
  check_refused(repeated("9", million));
  check_refused(numbered([](const std::string& k) { return "a" + k + "+"; }, 100'000) + "v");
  check_refused("1e999");
  check_refused(repeated("v ", 300'000));
  check_refused(repeated("^", million));
  check_refused(repeated("\xff", million));
}

TEST_CASE("blocks made to exhaust the compiler are refused within bounds") {
  const auto parameter = [](const std::string& k) { return "x" + k + " : 1\n"; };
  CHECK(of_equations(numbered(parameter, 100'000)) == Outcome::refused);
  const auto chain = [](const std::string& k) {
    const std::string next = std::to_string(std::stoi(k) + 1);
    return "s" + next + " = s" + k + "*s" + k + " : 1\n";
  };
  CHECK(of_equations("s0 : 1\n" + numbered(chain, 60) + "dv/dt = s60/tau : 1") == Outcome::refused);
  CHECK(of_equations("s0 : 1\n" + numbered(chain, 5'000) + "dv/dt = s5000/tau : 1") == Outcome::refused);
  const auto user = [](const std::string& k) { return "dv" + k + "/dt = (s13 - v" + k + ")/tau : 1\n"; };
  CHECK(of_equations("s0 : 1\n" + numbered(chain, 13) + numbered(user, 50), "rk4") == Outcome::refused);
  CHECK(of_equations("x = volt**(2**31) : 1") == Outcome::refused);
}

TEST_CASE("texts of any size are refused or accepted within bounds") {
  CHECK(of_equations(repeated("#", million)) == Outcome::accepted);
  CHECK(of_equations(repeated("#\n", million)) == Outcome::refused);
  const std::string huge(100 * million, 'v');
  CHECK(of_equations(huge) == Outcome::refused);
  CHECK(outcome_of([&](Network& net) { net.neuron_group(1, {.equations = "v : 1", .threshold = huge}); }) ==
        Outcome::refused);
  CHECK(outcome_of([&](Network& net) {
          net.neuron_group(1, {.equations = "dv/dt = -v/tau : 1", .method = huge});
        }) == Outcome::refused);
}

TEST_CASE("groups beyond the machine are refused, and the network is as it was") {
  const NeuronGroupOptions ten{.equations = "a:1\nb:1\nc:1\nd:1\nk:1\nf:1\ng:1\nh:1\nl:1\nm:1"};
  for (const std::int64_t n : {std::int64_t{1} << 62, std::int64_t{1} << 30, std::int64_t{30} << 20}) {
    if (test::has_shadow && n < (std::int64_t{1} << 62)) continue;
    CHECK(outcome_of([&](Network& net) {
            try {
              net.neuron_group(n, ten);
            } catch (const NetworkError&) {
              if (net.neuron_group(1, ten).name() == "neurongroup") throw;
            }
            throw std::runtime_error("made, or not without a trace");
          }) == Outcome::refused);
  }
}

TEST_CASE("a large model that is no attack is accepted within the bounds") {
  const auto equation = [](const std::string& k) {
    return "dv" + k + "/dt = (v" + std::to_string(std::stoi(k) / 2) + " - v" + k + "*exp(v" + k +
           "))/tau : 1\n";
  };
  CHECK(of_equations(numbered(equation, 100), "rk4") == Outcome::accepted);
}
