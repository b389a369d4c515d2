#include <cmath>
#include <limits>
#include <numeric>
#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/runtime/sampling.hpp>

namespace ranvier {
namespace {

constexpr std::int64_t beyond = std::int64_t{1} << 60;

// The functions of kernels: the same bits on every machine.
double log_of(double x) {
  static const ElementaryFn function = scalar_elementary("log");
  return function(x);
}
double log1p_of(double x) {
  static const ElementaryFn function = scalar_elementary("log1p");
  return function(x);
}

/// Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S: each position is taken with the probability
/// that what is left to take has among what is left.
std::vector<std::int64_t> select(std::int64_t count, std::int64_t size, Draws& draws) {
  std::vector<std::int64_t> chosen;
  chosen.reserve(static_cast<std::size_t>(size));
  for (std::int64_t k = 0; std::ssize(chosen) < size; ++k) {
    const auto left = static_cast<double>(count - k);
    if (draws.next() * left < static_cast<double>(size - std::ssize(chosen))) chosen.push_back(k);
  }
  return chosen;
}

/// Draws until there are enough different ones. In rounds: as no round can draw too many, the first `size`
/// different numbers of the stream are taken.
std::vector<std::int64_t> reject(std::int64_t count, std::int64_t size, Draws& draws) {
  std::vector<std::int64_t> chosen;
  chosen.reserve(static_cast<std::size_t>(size));
  while (std::ssize(chosen) < size) {
    for (std::int64_t missing = size - std::ssize(chosen); missing > 0; --missing)
      chosen.push_back(static_cast<std::int64_t>(draws.next() * static_cast<double>(count)));
    std::ranges::sort(chosen);
    const auto repeated = std::ranges::unique(chosen);
    chosen.erase(repeated.begin(), repeated.end());
  }
  return chosen;
}

}  // namespace

Progression Progression::range(std::int64_t low, std::int64_t high, std::int64_t step) {
  Progression numbers{low, step, 0};
  if (step > 0 ? low >= high : low <= high) return numbers;
  const auto a = static_cast<std::uint64_t>(low), b = static_cast<std::uint64_t>(high);
  const std::uint64_t distance = step > 0 ? b - a : a - b;
  const std::uint64_t stride =
      step > 0 ? static_cast<std::uint64_t>(step) : std::uint64_t{0} - static_cast<std::uint64_t>(step);
  const std::uint64_t count = (distance - 1) / stride + 1;
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  numbers.count = static_cast<std::int64_t>(std::min(count, most));
  return numbers;
}

double log_of_failure(double p) {
  if (p >= 1) return -std::numeric_limits<double>::infinity();
  return p > 0 ? log1p_of(-p) : 0;
}

std::int64_t failures_before_success(double log_q, double u) {
  if (log_q == 0) return beyond;
  const double failures = std::floor(log_of(1 - u) / log_q);  // of a number in (0, 1]
  return failures < static_cast<double>(beyond) ? static_cast<std::int64_t>(failures) : beyond;
}

Bernoulli::Bernoulli(double p, Draws draws) : draws_(draws), log_q_(log_of_failure(p)) {}

std::int64_t Bernoulli::after(std::int64_t current) {
  return current + 1 + failures_before_success(log_q_, draws_.next());
}

std::vector<std::int64_t> choose(std::int64_t count, std::int64_t size, Draws& draws) {
  constexpr double dense = 0.06;  // beyond, visiting every position is cheaper than drawing again
  if (size == count) {
    std::vector<std::int64_t> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  const bool many = static_cast<double>(size) > dense * static_cast<double>(count);
  return many ? select(count, size, draws) : reject(count, size, draws);
}

}  // namespace ranvier
