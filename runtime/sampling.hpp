#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include <ranvier/compiler/random.hpp>

namespace ranvier {

/// The numbers of range(low, high, step): low, low + step, ..., `count` of them. `step` is not 0. Counts
/// beyond 2**63 - 1 are given as that.
struct Progression {
  std::int64_t low = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;

  static Progression range(std::int64_t low, std::int64_t high, std::int64_t step);
  std::int64_t operator[](std::int64_t k) const { return low + k * step; }
};

/// Uniform numbers, one after the other, for one row (a neuron) of a stream.
class Draws {
 public:
  Draws(RandomKey key, std::uint32_t row) : key_(key), row_(row) {}
  /// In [0, 1).
  double next() {
    const std::uint64_t n = next_++;
    return uniform(random_words(key_, row_, static_cast<std::uint32_t>(n), n >> 32));
  }

 private:
  RandomKey key_;
  std::uint32_t row_;
  std::uint64_t next_ = 0;
};

/// How often something fails before it succeeds for the first time: geometric. `log_q`: log_of_failure(p),
/// with p the probability of success; u: uniform in [0, 1). Beyond every count up to 2**53 if it never
/// succeeds.
std::int64_t failures_before_success(double log_q, double u);
/// log(1 - p), with p cut off at 0 and 1.
double log_of_failure(double p);

/// Which of a sequence to keep, each with probability p: jumps of geometric length, so that the work is
/// proportional to what is kept.
class Bernoulli {
 public:
  Bernoulli(double p, Draws draws);
  /// The next kept position after `current` (-1 to begin), or a number beyond every count up to 2**53.
  std::int64_t after(std::int64_t current);

 private:
  Draws draws_;
  double log_q_;
};

/// `size` positions of 0 ... count - 1, ascending, each such set equally likely. Needs 0 <= size <= count <=
/// 2**53. The work is proportional to `size`.
std::vector<std::int64_t> choose(std::int64_t count, std::int64_t size, Draws& draws);

}  // namespace ranvier
