#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include <ranvier/compiler/backends/backend.hpp>

using doctest::Approx;

namespace {

struct Blocks {
  std::vector<double> p, q;
};

Blocks propagator(int size, const std::vector<double>& m, double h) {
  Blocks blocks{std::vector<double>(m.size()), std::vector<double>(m.size())};
  ranvier::compute_propagator(size, m.data(), h, blocks.p.data(), blocks.q.data());
  return blocks;
}

void check_close(const std::vector<double>& actual, const std::vector<double>& expected) {
  REQUIRE(actual.size() == expected.size());
  double largest = 0;
  for (double e : expected) largest = std::max(largest, std::abs(e));
  for (std::size_t k = 0; k < actual.size(); ++k) {
    CAPTURE(k);
    CHECK(std::abs(actual[k] - expected[k]) <= 1e-13 * largest);
  }
}

}  // namespace

TEST_CASE("the propagator of one variable is exp and its integral") {
  const Blocks blocks = propagator(1, {-100}, 1e-3);
  check_close(blocks.p, {std::exp(-0.1)});
  check_close(blocks.q, {-std::expm1(-0.1) / 100});
}

TEST_CASE("the propagator of two equal time constants") {
  const double a = 200, h = 1e-3, x = a * h, decay = std::exp(-x);
  const Blocks blocks = propagator(2, {-a, a, 0, -a}, h);
  check_close(blocks.p, {decay, x * decay, 0, decay});
  const double q = -std::expm1(-x) / a;
  check_close(blocks.q, {q, q - h * decay, 0, q});
}

TEST_CASE("the propagator of a singular matrix") {
  SUBCASE("nothing moves but the drift") {
    const Blocks blocks = propagator(2, {0, 0, 0, 0}, 0.25);
    check_close(blocks.p, {1, 0, 0, 1});
    check_close(blocks.q, {0.25, 0, 0, 0.25});
  }
  SUBCASE("a position and its velocity") {
    const Blocks blocks = propagator(2, {0, 1, 0, 0}, 0.5);
    check_close(blocks.p, {1, 0.5, 0, 1});
    check_close(blocks.q, {0.5, 0.125, 0, 0.5});
  }
}

TEST_CASE("the propagator of a rotation") {
  const double omega = 3, h = 0.4, c = std::cos(omega * h), s = std::sin(omega * h);
  const Blocks blocks = propagator(2, {0, -omega, omega, 0}, h);
  check_close(blocks.p, {c, -s, s, c});
  check_close(blocks.q, {s / omega, (c - 1) / omega, (1 - c) / omega, s / omega});
}

TEST_CASE("a long step of a stiff system ends in its fixed point") {
  const Blocks blocks = propagator(2, {-200, 0, 50, -100}, 1);
  check_close(blocks.q, {5e-3, 0, 2.5e-3, 1e-2});
}
