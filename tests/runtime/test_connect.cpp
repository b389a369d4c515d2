#include <doctest/doctest.h>

#include <ranvier/runtime/network.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

std::string text_of(const Synapses& synapses) {
  std::string text;
  for (const auto& [i, j] : synapses.pairs())
    text += (text.empty() ? "" : " ") + std::to_string(i) + std::to_string(j);
  return text;
}

/// The pairs from 3 neurons (a = i) to 4 (b = i/2), in the order of their numbers.
std::string numbering(const ConnectOptions& options, std::int64_t first_source = 0,
                      std::pair<std::int64_t, std::int64_t> targets = {0, 4}, const char* backend = "llvm") {
  Network net({.backend = {.name = backend}});
  auto& source = net.neuron_group(3, {.equations = "a : 1\nm : integer"});
  auto& target = net.neuron_group(4, {.equations = "b : 1\nhalf = b/2 : 1"});
  source["a"] = "i";
  source["m"] = "i";
  target["b"] = "i*0.5";
  auto& synapses = net.synapses(source.slice(first_source, 3), target.slice(targets.first, targets.second),
                                {.equations = "w : 1", .namespace_ = {{"two", 2}}});
  synapses.connect(options);
  return text_of(synapses);
}

}  // namespace

TEST_CASE("gotcha 56: synapses are numbered as the reference numbers them, relative to slices (vector A12)") {
  for (const char* backend : {"llvm", "reference"}) {
    const auto made = [&](const ConnectOptions& o) { return numbering(o, 0, {0, 4}, backend); };
    CHECK(made({}) == "00 01 02 03 10 11 12 13 20 21 22 23");
    CHECK(made({.condition = "i!=j"}) == "01 02 03 10 12 13 20 21 23");
    CHECK(made({.condition = "b_post>=1"}) == "02 03 12 13 22 23");
    CHECK(made({.condition = "a_pre==b"}) == "00 12");
    CHECK(made({.j = "i"}) == "00 11 22");
    CHECK(made({.j = "i+1 if i<2"}) == "01 12");
    CHECK(made({.j = "k for k in range(i,i+3)", .skip_if_invalid = true}) == "00 01 02 11 12 13 22 23");
    CHECK(made({.j = "k for k in range(3,0,-2)"}) == "03 01 13 11 23 21");
    CHECK(made({.j = "k for k in range(0,N_post,2) if i+k!=2"}) == "00 10 12 22");
    CHECK(made({.j = "2*k for k in range(2)"}) == "00 02 10 12 20 22");
    CHECK(made({.j = "(i+k)%N_post for k in range(-1,2) if k!=0"}) == "03 01 10 12 21 23");
    CHECK(made({.i = "j//2"}) == "00 01 12 13");
    CHECK(made({.i = "k for k in range(3) if k<=j"}) == "00 01 11 02 12 22 03 13 23");
    CHECK(made({.j = "i", .n = 2}) == "00 00 11 11 22 22");
    CHECK(made({.i = {2, 0}, .j = {1, 3}}) == "21 03");
    CHECK(made({.i = 1, .j = {0, 2, 3}}) == "10 12 13");
    CHECK(numbering({.j = "i"}, 1, {2, 4}, backend) == "00 11");
    CHECK(numbering({.condition = "b_post>=1"}, 1, {1, 3}, backend) == "01 11");
    CHECK(made({.j = "k for k in sample(1,N_post,2,p=1)"}) == "01 03 11 13 21 23");
    CHECK(made({.j = "k for k in range(2,2)"}) == "");
    CHECK(made({.p = 0}) == "");
  }
}

TEST_CASE("conditions that are always or never true") {
  CHECK(numbering({.condition = "True", .n = 0}) == "");
  CHECK(numbering({.condition = "False"}) == "");
  CHECK(numbering({.condition = "True", .p = 1}) == numbering({}));
  CHECK(numbering({.condition = "i == 1"}) == "10 11 12 13");
  CHECK(numbering({.condition = "i == 1", .p = "1.0*int(b >= 1)"}) == "12 13");
}

TEST_CASE("the parts of a generator see what is known when they are computed") {
  CHECK(numbering({.j = "k for k in range(int(a_pre) + 1)"}) == "00 10 11 20 21 22");
  CHECK(numbering({.j = "k for k in range(m_pre, N_post, m_pre + 1) if b_post > half_post"}) ==
        "01 02 03 11 13 22");
  CHECK(numbering({.i = "k for k in range(3) if a_pre > b"}) == "10 20 11 21 22 23");
  CHECK(numbering({.j = "m_pre + k for k in sample(two, size=two)"}) == "00 01 11 12 22 23");
  CHECK(numbering({.j = "1 for _ in range(two)"}) == "01 01 11 11 21 21");
  CHECK(numbering({.j = "c", .namespace_ = {{"c", 3}}}) == "03 13 23");
  CHECK(numbering({.j = "two", .namespace_ = {{"two", 1}}}) == "01 11 21");
}

TEST_CASE("copies of a pair stand together; their number may depend on the pair") {
  CHECK(numbering({.condition = "i == j", .n = "j + 1"}) == "00 11 11 22 22 22");
  CHECK(numbering({.j = "k for k in range(i, i + 2)", .n = "2*i - k + 1"}) == "00 11 11 12 22 22 22 23 23");
  CHECK(numbering({.i = "j", .n = "int(b)", .skip_if_invalid = true}) == "22");
  CHECK(numbering({.i = {0, 1, 2}, .j = 3, .n = "i"}) == "13 23 23");
  CHECK(numbering({.i = {0, 1, 2}, .j = {3, 2, 1}, .n = "int(half_post*4)"}) == "03 03 03 12 12 21");
}

TEST_CASE("a condition may leave out what does not exist, unless it reads variables of it") {
  CHECK(numbering({.j = "i + 2 if i < 2"}) == "02 13");
  CHECK(numbering({.j = "i + 2 if j < N_post"}) == "02 13");
  CHECK(numbering({.j = "2**40*i + 2 if j < N_post"}) == "02");
  CHECK_THROWS_AS(numbering({.j = "i + 2 if b_post >= 0"}), ModelError);
  CHECK(numbering({.j = "i + 2 if b_post >= 0", .skip_if_invalid = true}) == "02 13");
  CHECK(numbering({.j = "i + k for k in range(-2, 3) if i + k >= 0 and i + k < N_post and k % 2 == 0"}) ==
        "00 02 11 13 20 22");
  // A neuron that the condition leaves out altogether is not asked for its sample.
  CHECK(numbering({.j = "k for k in sample(i, size=2) if i >= 2"}) == "20 21");
}

TEST_CASE("connect calls append, in every form") {
  Network net;
  auto& source = net.neuron_group(3, {.equations = "a : 1"});
  auto& target = net.neuron_group(4, {.equations = "b : 1"});
  auto& synapses = net.synapses(source, target, {.equations = "w : 1"});
  synapses.connect({.i = "j", .skip_if_invalid = true});
  synapses["w"] = "1 + i";
  synapses.connect({.j = "3 - i"});
  synapses.connect({.i = {2, 0}, .j = {0, 0}});
  CHECK(text_of(synapses) == "00 11 22 03 12 21 20 00");
  CHECK(synapses["w"].to_vector() == std::vector<double>{1, 2, 3, 0, 0, 0, 0, 0});
}

TEST_CASE("gotcha 55: a generator that makes nothing counts as connected") {
  Network net;
  auto& group = net.neuron_group(2, {.equations = "v : 1", .threshold = "v > 1", .reset = "v = 0"});
  auto& synapses = net.synapses(group, group, {.equations = "w : 1", .on_pre = "v_post += w"});
  synapses.connect({.j = "k for k in range(2, 2)"});
  net.run(1 * ms);
  CHECK(synapses.size() == 0);
}

TEST_CASE("gotcha 50: ranges count up and down to any end") {
  CHECK(numbering({.j = "k//2**40 for k in range(0, 4*2**40, 2**40) if i == 0"}) == "00 01 02 03");
  CHECK(numbering({.j = "-k for k in range(0, -3, -1) if i == 2"}) == "20 21 22");
  CHECK(numbering({.j = "k for k in range(3, 0)"}) == "");
  CHECK(numbering({.j = "k for k in range(0, 3, -1)"}) == "");
  CHECK(numbering({.j = "k for k in range(-5, -7)"}) == "");
  CHECK(numbering({.j = "k + 1 for k in range(-1, 2, 2**62) if i == 0"}) == "00");
}

TEST_CASE("batches leave no trace in the result") {
  // Some sources have more candidates than a batch holds.
  Network net;
  auto& source = net.neuron_group(500, {.equations = "a : 1"});
  auto& target = net.neuron_group(9000, {.equations = "b : 1"});
  target["b"] = "i";
  auto& synapses = net.synapses(source, target.slice(10, 9000), {.equations = "w : 1"});
  synapses.connect(
      {.j = "k for k in range(N_post) if i % 250 == 7 and b_post % 100 == 0", .n = "1 + i//250"});
  std::vector<std::pair<std::int32_t, std::int32_t>> expected;
  for (const std::int32_t i : {7, 257})
    for (std::int32_t j = 90; j < 8990; j += 100)
      for (std::int32_t copy = 0; copy <= i / 250; ++copy) expected.emplace_back(i, j);
  CHECK(synapses.pairs() == expected);
}
