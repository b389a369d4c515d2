#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <string>

#include "tests/support/golden.hpp"

using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Pair {
  Network net;
  NeuronGroup& source = net.neuron_group(3, {.equations = "a : 1\nn : integer\nu : volt"});
  NeuronGroup& target = net.neuron_group(4, {.equations = "b : 1\nv : volt"});
  Synapses& synapses = net.synapses(source, target, {.equations = "w : 1"});
  Pair() { source["a"] = "i"; }
};

/// The message of a connect that must fail, and change nothing.
std::string refused(const ConnectOptions& options) {
  Pair pair;
  pair.synapses.connect("i == j");
  const auto before = pair.synapses.pairs();
  std::string message;
  try {
    pair.synapses.connect(options);
    message = "no error";
  } catch (const NetworkError& error) {
    message = error.what();
  } catch (const ModelError& error) {
    CHECK(error.diagnostics().size() >= 1);
    for (const Diagnostic& problem : error.diagnostics())
      CHECK((problem.code == DiagnosticCode::empty_expression || !problem.help.empty()));
    message = error.what();
  }
  CHECK(pair.synapses.pairs() == before);
  pair.synapses.connect({.j = "i + 1"});
  CHECK(pair.synapses.size() == 6);
  return message;
}

struct Bad {
  ConnectOptions options;
  const char* says;
};

void check(const std::vector<Bad>& all) {
  for (const Bad& bad : all) {
    CAPTURE(bad.says);
    const std::string message = refused(bad.options);
    CAPTURE(message);
    CHECK(message.find(bad.says) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("arguments of connect that do not go together are refused") {
  check({{{.i = {0}}, "give both .i and .j as numbers, or one of them as a generator"},
         {{.j = {0}}, "give both .i and .j"},
         {{.i = "j", .j = "i"}, "leave out the other one"},
         {{.i = {0}, .j = "i"}, "leave out the other one"},
         {{.condition = "i == j", .i = {0}, .j = {0}}, "either a condition or i and j"},
         {{.condition = "i == j", .j = "i"}, "condition inside"},
         {{.p = 0.5, .j = "i"}, "sample(N_post, p=0.1)"},
         {{.condition = "i == j", .skip_if_invalid = true}, "skip_if_invalid"},
         {{.i = {0}, .j = {0}, .skip_if_invalid = true}, "skip_if_invalid"},
         {{.p = 1.5}, "lies in [0, 1]"},
         {{.p = -0.1}, "lies in [0, 1]"},
         {{.n = -1}, "cannot be negative"},
         {{.i = {0, 1}, .j = {0, 1, 2}}, "i has 2 entries and j has 3"},
         {{.i = {0, 3}, .j = {0, 0}}, "i = 3 (entry 1) is out of range; it must lie in [0, 3)"},
         {{.i = {0}, .j = {-1}}, "j = -1"},
         {{.i = {0, 7}, .j = std::vector<std::int64_t>{}}, "i has 2 entries and j has 0"},
         {{.i = 7, .j = 0}, "i = 7"},
         {{.j = "i", .namespace_ = {{"ms", 3}}}, "ms"}});
}

TEST_CASE("texts of connect that mean nothing are refused") {
  check({{{.condition = "i + j"}, "must be a condition"},
         {{.condition = "v_post > 3*mV and k > 2"}, "`k` is not defined"},
         {{.condition = "v_post > 3"}, "RV0302"},
         {{.j = "a_pre"}, "the element must be an integer, but `a_pre` is float"},
         {{.j = "1.0"}, "RV0408"},
         {{.j = "i < 2"}, "is boolean"},
         {{.j = "n_pre*mV"}, "the element must be a number without unit"},
         {{.j = "k for k in range(a_pre)"}, "a bound of `range` must be an integer"},
         {{.j = "k for k in range(3.0)"}, "`3.0` is float"},
         {{.j = "k for k in range(True)"}, "`True` is boolean"},
         {{.j = "k for k in sample(N_post, size=0.5)"}, "the size of a sample must be an integer"},
         {{.j = "k for k in sample(N_post, p=u_pre)"}, "a probability must be a number without unit"},
         {{.j = "i if a_pre"}, "what follows `if` must be a condition"},
         {{.j = "i", .n = "0.5"}, "the number of copies must be an integer"},
         {{.p = "u_pre"}, "a probability must be"},
         {{.j = ""}, "RV0112"},
         {{.p = ""}, "RV0112"},
         {{.n = ""}, "RV0112"}});
}

TEST_CASE("names that have no value yet are refused, with what may be used") {
  check({{{.j = "k for k in range(j)"}, "`j` has no value in the arguments of `range`"},
         {{.j = "k for k in range(int(b))"}, "`b` has no value"},
         {{.j = "k for k in sample(N_post, size=k)"}, "`k` has no value in the arguments of `sample`"},
         {{.j = "j + 1"}, "`j` has no value in the element"},
         {{.j = "int(b_post) for k in range(3)"}, "`b_post` has no value in the element"},
         {{.i = "int(a_pre)"}, "`a_pre` has no value in the element"},
         {{.i = "k for k in range(i)"}, "use `j`, variables of the target neurons (`x_post`)"},
         {{.j = "i if w > 0"}, "it belongs to the synapses"},
         {{.j = "N_incoming"}, "RV0216"},
         {{.condition = "N_outgoing < 3"}, "RV0216"},
         {{.j = "N - 1"}, "N_pre and N_post"},
         {{.j = "_ for _ in range(3)"}, "give it a name"},
         {{.j = "i for i in range(3)"}, "the loop variable `i` has the name of another variable"},
         {{.j = "b for b in range(3)"}, "is declared here"},
         {{.j = "w for w in range(3)"}, "RV0206"},
         {{.j = "mV for mV in range(3)"}, "it is a unit"},
         {{.j = "exp for exp in range(3)"}, "it is a function"}});
}

TEST_CASE("values that are impossible are refused with the neuron that has them") {
  check({{{.j = "k for k in range(0, 3, 0)"}, "RV0701"},
         {{.j = "k for k in range(0, 3, i - 1)"}, "`i - 1` is 0 for i = 1"},
         {{.j = "i + 2"}, "`i + 2` gives j = 4 for i = 2, but there are the target neurons 0 to 3"},
         {{.j = "i - k for k in range(2)"}, "gives j = -1 for i = 0, k = 1"},
         {{.i = "j"}, "`j` gives i = 3 for j = 3, but there are the source neurons"},
         {{.j = "2**62"}, "RV0702"},
         {{.j = "k for k in sample(N_post, p=1.5)"}, "RV0703"},
         {{.j = "k for k in sample(N_post, p=a_pre)"}, "`a_pre` is 2 for i = 2"},
         {{.p = "2*a_pre"}, "`2*a_pre` is 2 for i = 1"},
         {{.p = "a_pre + b"}, "for i = 2, j = 0"},
         {{.p = "b - 1"}, "`b - 1` is -1 for i = 0, j = 0"},
         {{.p = "0*b/0"}, "nan for i = 0, j = 0"},
         {{.j = "k for k in sample(3, size=4)"}, "`4` is 4 for i = 0, but there are only 3"},
         {{.j = "k for k in sample(3, size=i - 1)"}, "less than 0"},
         {{.j = "i", .n = "i - 1"}, "`i - 1` is -1 for i = 0, j = 0"},
         {{.n = "-1"}, "RV0704"},
         {{.j = "k for k in range(2**40)"}, "RV0904"},
         {{.j = "k for k in range(-2**62, 2**62)", .skip_if_invalid = true}, "RV0904"},
         {{.j = "k for k in sample(2**50, p=0.5)"}, "RV0904"},
         {{.n = 1000000000000}, "more than 2147483644 synapses"}});
}

TEST_CASE("what a person reads of a generator that goes too far") {
  check_golden("connect_out_of_range.txt", refused({.j = "i + k for k in range(3)"}));
  check_golden("connect_too_many.txt", refused({.j = "k for k in range(2**40)"}));
}

TEST_CASE("the number of candidates has a limit that can be raised") {
  const auto connect = [](std::uint64_t most) {
    Network net({.limits = {.candidates = most}});
    auto& group = net.neuron_group(3, {.equations = "v : 1"});
    auto& synapses = net.synapses(group, group, {});
    synapses.connect({.j = "k for k in range(100) if k < N_post"});
    return synapses.size();
  };
  CHECK(connect(100) == 9);
  try {
    connect(99);
    FAIL("no error");
  } catch (const ModelError& error) {
    CHECK(error.diagnostics()[0].code == DiagnosticCode::too_many_candidates);
    CHECK(error.diagnostics()[0].message.find("more than the 99 that are looked at (Limits::candidates)") !=
          std::string::npos);
  }
}

TEST_CASE("all problems of all texts are reported at once") {
  try {
    Pair pair;
    pair.synapses.connect({.j = "kk for k in range(1.5) if v_post > 3", .n = "a_pre"});
    FAIL("no error");
  } catch (const ModelError& error) {
    CHECK(error.diagnostics().size() == 4);
  }
}
