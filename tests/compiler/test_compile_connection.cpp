#include <doctest/doctest.h>

#include <ranvier/compiler/compile_connection.hpp>

#include "tests/support/models.hpp"

using namespace ranvier;
using enum ConnectionStep;

namespace {

SourcePtr text(const std::string& words) {
  return make_source("text", words);
}

/// Synapses between two groups that live as long as the test program.
SynapsesModel synapses() {
  static const GroupModel source =
      models::declare({"x : 1\nm : integer\nall : integer (shared)", "rand() < x"});
  static const GroupModel target = models::declare({"y : 1\ntwice = 2*y : 1"});
  return models::declare_synapses("w : 1", "w += 1", source, target);
}

ConnectionCode code_of(const ConnectionText& texts) {
  return compile_connection(synapses(), texts, {{"c", 3}});
}

/// The steps that have a kernel, by their numbers.
std::string steps_of(const ConnectionText& texts) {
  const ConnectionCode code = code_of(texts);
  std::string steps;
  for (std::size_t k = 0; k < connection_steps; ++k)
    if (code.kernels[k]) steps += std::to_string(k);
  return steps;
}

constexpr const char* source = "column _source: i32 hidden._sources[element]\n";
constexpr const char* target = "column _target: i32 hidden._targets[element]\n";

}  // namespace

TEST_CASE("a generator becomes kernels over batches of neurons and of candidates") {
  const ConnectionCode code = code_of(
      {.generator = text("k + i for k in sample(m_pre, N_post, c, p=x_pre) if y_post > k"), .n = text("j")});
  CHECK(print(*code[bounds], false) == "elements\n" + std::string(source) +
                                           "column _low: i64 hidden._low[element] written\n"
                                           "column _high: i64 hidden._high[element] written\n"
                                           "column _step: i64 hidden._step[element] written\n"
                                           "column _p: f64 hidden._p[element] written\n"
                                           "column m_pre: i32 source.m[pre]\n"
                                           "column x_pre: f64 source.x[pre]\n"
                                           "scalar N_post: integer count_post\n"
                                           "scalar c: integer constant\n"
                                           "store _low = m_pre\n"
                                           "store _high = N_post\n"
                                           "store _step = c\n"
                                           "store _p = x_pre\n");
  CHECK(print(*code[element], false) == "elements\n" + std::string(source) +
                                            "column _index: i64 hidden._index[element] written\n"
                                            "column _iterate: i64 hidden._iterate[element]\n"
                                            "scalar _first_pre: integer first_pre\n"
                                            "store _index = _iterate + (_source - _first_pre)\n");
  CHECK(print(*code[condition], false) == "elements\n" + std::string(target) +
                                              "column y_post: f64 target.y[post]\n"
                                              "column _iterate: i64 hidden._iterate[element]\n"
                                              "where y_post > _iterate\n");
  CHECK(code.condition_reads_result);
  CHECK(print(*code[copies], false).find("store _copies = _target - _first_post\n") != std::string::npos);
}

TEST_CASE("a step that says nothing has no kernel") {
  CHECK(steps_of({.generator = text("k for k in range(N_post)")}) == "0");
  CHECK(steps_of({.generator = text("i")}) == "2");
  CHECK(steps_of({.generator = text("i if i < 3")}) == "12");
  CHECK(steps_of({.generator = text("i if all_pre > 3 or rand() < 0.1")}) == "23");
  CHECK(steps_of({.generator = text("k for k in range(3) if k < 2")}) == "03");
  CHECK(steps_of({.generator = text("j"), .over_targets = true}) == "2");
  CHECK(steps_of({.condition = text("i != j")}) == "3");
  CHECK(steps_of({.condition = text("x_pre > 2")}) == "1");
  CHECK(steps_of({.condition = text("i != j"), .p = text("x_pre")}) == "03");
  CHECK(steps_of({.condition = text("i != j"), .p = text("twice"), .n = text("2")}) == "345");
  CHECK(steps_of({.pairs = true, .p = text("x_pre"), .n = text("i")}) == "45");
}

TEST_CASE("a condition tells whether it reads variables of the neuron that the element gives") {
  const auto reads = [](const char* generator, bool over_targets) {
    return code_of({.generator = text(generator), .over_targets = over_targets}).condition_reads_result;
  };
  CHECK(reads("i + k for k in range(3) if twice_post > 1", false));
  CHECK_FALSE(reads("i + k for k in range(3) if j > k", false));
  CHECK_FALSE(reads("i + k for k in range(3) if x_pre > k", false));
  CHECK(reads("j + k for k in range(3) if x_pre > k", true));
  CHECK_FALSE(reads("j + k for k in range(3) if y > k", true));
}

TEST_CASE("a probability of pairs is stored and drawn in one kernel") {
  const std::string kernel = print(*code_of({.p = text("y_post/2")})[probability], false);
  CHECK(kernel.find("store _p = y_post/2\n") != std::string::npos);
  CHECK(kernel.find("where not _rand(0) >= _p or _p < 0\n") != std::string::npos);
  CHECK(draws(*code_of({.p = text("y_post/2")})[probability]));
  CHECK_FALSE(draws(*code_of({.p = text("x_pre/2")})[bounds]));
}
