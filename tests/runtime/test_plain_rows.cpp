#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/draw_kernels.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/plain_rows.hpp>
#include <ranvier/runtime/team.hpp>

#include <ranvier/tests/support/message_of.hpp>

using namespace ranvier;
using test::message_of;

namespace {

DrawKernels kernels(int lanes) {
  const auto backend = make_backend({.name = "llvm", .lanes = lanes});
  auto code = backend->build({uniform_kernel(), failures_kernel()});
  return {code[0], code[1]};
}

PlainRule rule(double p, std::int64_t sources, std::int64_t targets) {
  return {sources, 3, targets, p, 1, random_key(5, "s", "connect 0")};
}

Connectivity rows(const PlainRule& rule, const DrawKernels* kernels, int threads) {
  Room room(1 << 30, "s");
  Team team(threads);
  return plain_rows(rule, room, kernels, team);
}

bool equal(const Connectivity& a, const Connectivity& b) {
  return a.row == b.row && a.target == b.target && a.creation.identity() && b.creation.identity();
}

std::vector<std::int64_t> chosen(std::int64_t count, std::int64_t size, std::uint32_t row, BulkDraws* bulk) {
  Draws draws({random_key(1, "test", "sets"), row, bulk, static_cast<double>(std::min(size, count - size))});
  return choose(count, size, draws);
}

}  // namespace

TEST_CASE("synapses made by generated code are those made one by one, at every width") {
  for (const double p : {1e-9, 0.001, 0.02, 0.3, 0.999, 1.0}) {
    CAPTURE(p);
    const PlainRule r = rule(p, 40, 3000);
    const Connectivity one_by_one = rows(r, nullptr, 1);
    for (const int lanes : {1, 2, 4, 8}) {
      const DrawKernels code = kernels(lanes);
      CHECK(equal(rows(r, &code, 1), one_by_one));
    }
  }
}

TEST_CASE("sets drawn by generated code are those drawn one by one") {
  for (const int lanes : {1, 4, 8}) {
    BulkDraws bulk(kernels(lanes));
    for (const std::int64_t size : {1, 40, 400, 1500, 2990})
      for (std::uint32_t row = 0; row < 5; ++row)
        CHECK(chosen(3000, size, row, &bulk) == chosen(3000, size, row, nullptr));
  }
}

TEST_CASE("the number of threads does not change synapses") {
  const DrawKernels code = kernels(0);
  const PlainRule r = rule(0.05, 700, 20000);  // some parts
  const Connectivity one = rows(r, &code, 1);
  for (const int threads : {2, 3, 4, 8}) CHECK(equal(rows(r, &code, threads), one));
}

TEST_CASE("rows begin at the first target and hold each target at most once") {
  const Connectivity c = rows(rule(0.2, 10, 1000), nullptr, 1);
  CHECK(std::abs(static_cast<double>(c.size()) - 2000) < 5 * std::sqrt(2000 * 0.8));
  for (std::size_t s = 0; s < 10; ++s) {
    const auto row = std::span(c.target).subspan(static_cast<std::size_t>(c.row[s]),
                                                 static_cast<std::size_t>(c.row[s + 1] - c.row[s]));
    CHECK(std::ranges::adjacent_find(row, std::greater_equal<>()) == row.end());
    for (const std::int32_t target : row) CHECK((3 <= target && target < 1003));
  }
}

TEST_CASE("copies of a pair stand together") {
  PlainRule r = rule(1, 2, 2);
  r.copies = 3;
  CHECK(rows(r, nullptr, 2).target == PaddedNumbers{3, 3, 3, 4, 4, 4, 3, 3, 3, 4, 4, 4});
}

TEST_CASE("more synapses than there is room for are refused") {
  const PlainRule r = rule(1, 10, 10);
  Room room(99, "s");
  Team team(2);
  CHECK(message_of([&] { plain_rows(r, room, nullptr, team); }) ==
        "connect of 's' would make more than 99 synapses");
}
