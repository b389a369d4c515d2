#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <set>

#include <ranvier/compiler/random_counts.hpp>

using namespace ranvier;

namespace {

using Words = std::array<std::uint32_t, 4>;

Words words(RandomKey key, std::uint32_t element, std::uint32_t draw, std::uint64_t step) {
  const RandomWords w = random_words(key, element, draw, step);
  return {w.word[0], w.word[1], w.word[2], w.word[3]};
}

constexpr RandomKey key{0x12345678, 0x9abcdef0};
constexpr int samples = 1'000'000;

struct Moments {
  double mean = 0, variance = 0;
};

template <class Draw>
Moments moments(Draw draw) {
  double sum = 0, squares = 0;
  for (int k = 0; k < samples; ++k) {
    const double x = draw(static_cast<std::uint32_t>(k));
    sum += x, squares += x * x;
  }
  const double mean = sum / samples;
  return {mean, squares / samples - mean * mean};
}

double poisson_probability(int k, double lambda) {
  return std::exp(k * std::log(lambda) - lambda - std::lgamma(k + 1));
}

}  // namespace

TEST_CASE("Philox gives the published known answers") {
  constexpr std::uint32_t ones = 0xffffffff;
  CHECK(words({0, 0}, 0, 0, 0) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(words({ones, ones}, ones, ones, ~std::uint64_t{0}) ==
        Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(words({0xa4093822, 0x299f31d0}, 0x243f6a88, 0x85a308d3, 0x0370734413198a2e) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("uniform numbers fill [0, 1) evenly") {
  CHECK(uniform({{0, 0, 0, 0}}) == 0);
  CHECK(uniform({{0xffffffff, 0xffffffff, 0, 0}}) == 1 - 0x1p-53);
  CHECK(uniform({{0x80000000, 0, 7, 7}}) == 0.5);
  const Moments m = moments([](std::uint32_t k) { return uniform(random_words(key, k, 0, 5)); });
  CHECK(std::fabs(m.mean - 0.5) < 5 * std::sqrt(1.0 / 12 / samples));
  CHECK(std::fabs(m.variance - 1.0 / 12) < 5 * std::sqrt(1.0 / 180 / samples));
}

TEST_CASE("normal numbers have the moments of the standard normal") {
  const auto draw = [](std::uint32_t k) { return normal(random_words(key, k, 1, 5)); };
  const Moments m = moments(draw);
  CHECK(std::fabs(m.mean) < 5 * std::sqrt(1.0 / samples));
  CHECK(std::fabs(m.variance - 1) < 5 * std::sqrt(2.0 / samples));
  const Moments cubes = moments([&](std::uint32_t k) { return std::pow(draw(k), 3); });
  CHECK(std::fabs(cubes.mean) < 5 * std::sqrt(15.0 / samples));
  const Moments fourth = moments([&](std::uint32_t k) { return std::pow(draw(k), 4); });
  CHECK(std::fabs(fourth.mean - 3) < 5 * std::sqrt(96.0 / samples));
}

TEST_CASE("the rarest words still give finite normal numbers") {
  CHECK(normal({{0, 0, 0, 0}}) == doctest::Approx(std::sqrt(106 * std::log(2.0))));
  CHECK(normal({{0xffffffff, 0xffffffff, 1, 1}}) == 0);
}

TEST_CASE("Poisson numbers have mean and variance lambda") {
  for (const double lambda : {0.02, 0.7, 3.0, 9.99, 10.0, 37.5, 1e4, 1e9}) {
    CAPTURE(lambda);
    const Moments m =
        moments([&](std::uint32_t k) { return static_cast<double>(poisson(lambda, key, k, 2, 9)) - lambda; });
    CHECK(std::fabs(m.mean) < 5 * std::sqrt(lambda / samples));
    CHECK(std::fabs(m.variance - lambda) < 5 * std::sqrt((lambda + 2 * lambda * lambda) / samples));
  }
}

TEST_CASE("Poisson numbers have the Poisson distribution on both sides of 10") {
  for (const double lambda : {4.0, 11.0, 60.0}) {
    std::array<int, 200> counts{};
    for (std::uint32_t k = 0; k < samples; ++k)
      ++counts.at(static_cast<std::size_t>(poisson(lambda, key, k, 3, 1)));
    for (int k = 0; k < 120; ++k) {
      const double p = poisson_probability(k, lambda);
      CAPTURE(lambda);
      CAPTURE(k);
      CHECK(std::fabs(counts[static_cast<std::size_t>(k)] - samples * p) <= 5 * std::sqrt(samples * p) + 1);
    }
  }
}

TEST_CASE("Poisson numbers are defined for every lambda") {
  CHECK(poisson(0, key, 0, 0, 0) == 0);
  CHECK(poisson(-1, key, 0, 0, 0) == 0);
  CHECK(poisson(std::nan(""), key, 0, 0, 0) == 0);
  CHECK(poisson(1e-300, key, 0, 0, 0) == 0);
  CHECK(poisson(std::numeric_limits<double>::infinity(), key, 0, 0, 0) ==
        std::numeric_limits<std::int64_t>::max());
  CHECK(std::fabs(static_cast<double>(poisson(1e18, key, 0, 0, 0)) - 1e18) < 10e9);
}

TEST_CASE("draws of one element are independent of each other") {
  double product = 0;
  for (std::uint32_t k = 0; k < samples; ++k)
    product += (uniform(random_words(key, k, 0, 0)) - 0.5) * (uniform(random_words(key, k, 1, 0)) - 0.5);
  CHECK(std::fabs(product / samples) < 5.0 / 12 / std::sqrt(samples));
  std::set<std::int64_t> counts;
  for (const std::uint32_t draw : {0u, 1u, 256u, 257u}) counts.insert(poisson(1e12, key, 0, draw, 0));
  CHECK(counts.size() == 4);
}

TEST_CASE("a key tells seeds, objects and blocks apart") {
  const auto number = [](std::uint64_t seed, const char* object, const char* block) {
    const RandomKey k = random_key(seed, object, block);
    return static_cast<std::uint64_t>(k.high) << 32 | k.low;
  };
  const std::set<std::uint64_t> keys = {number(0, "a", "bc"), number(0, "ab", "c"), number(0, "abc", ""),
                                        number(0, "", "abc"), number(1, "a", "bc"), number(1, "ab", "c")};
  CHECK(keys.size() == 6);
  CHECK(number(7, "group", "update") == number(7, "group", "update"));
}
