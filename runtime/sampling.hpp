#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/random.hpp>
#include <ranvier/runtime/array.hpp>

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

/// Code for numbers of a stream: uniform_kernel() and failures_kernel().
struct DrawKernels {
  ExecutablePtr uniform;
  ExecutablePtr failures;
};

/// Makes numbers of a stream many at a time by generated code, with the bits that they have one by one. For
/// one thread.
class BulkDraws {
 public:
  explicit BulkDraws(DrawKernels kernels);
  static constexpr std::int64_t most = 512;
  struct Block {
    RandomKey key;
    std::uint32_t row;
    std::int64_t first;  // multiples of element_padding
    std::int64_t count;  // up to `most`
  };
  /// The numbers of a block, until the next call.
  const double* uniform(const Block& block);
  const double* failures(const Block& block, double log_q);

 private:
  const double* run(const Executable& code, const Block& block, double log_q);

  DrawKernels kernels_;
  Array numbers_;
};

/// A row (a neuron) of a random stream.
struct StreamRow {
  RandomKey key;
  std::uint32_t row = 0;
  BulkDraws* bulk = nullptr;  // makes them if many are expected
  double expected = 0;        // how many there will be, about
};

/// The numbers of a row, one after the other.
class Draws {
 public:
  explicit Draws(const StreamRow& stream);
  /// Uniform in [0, 1).
  double uniform() { return left_ > 0 ? ready() : more_uniform(); }
  /// floor(log(1 - u) / log_q) of the next uniform number. One row gives one kind of number, with one log_q.
  double failures(double log_q) { return left_ > 0 ? ready() : more_failures(log_q); }

 private:
  double ready() {
    --left_;
    return *ready_++;
  }
  double more_uniform();
  double more_failures(double log_q);
  void take(const double* block);
  BulkDraws::Block block() const { return {stream_.key, stream_.row, next_, block_}; }
  double one();

  StreamRow stream_;
  std::int64_t block_ = 0;  // how many are made at a time; 0: one by one
  const double* ready_ = nullptr;
  std::int64_t left_ = 0;
  std::int64_t next_ = 0;
};

/// How often something fails before it succeeds for the first time: geometric. `log_q`: log_of_failure(p),
/// with p the probability of success; u: uniform in [0, 1). Beyond every count up to 2**53 if it never
/// succeeds.
std::int64_t failures_before_success(double log_q, double u);
/// More than every count up to 2**53.
inline constexpr std::int64_t beyond_every_count = std::int64_t{1} << 60;
/// log(1 - p), with p cut off at 0 and 1.
double log_of_failure(double p);

/// Which of a sequence to keep, each with probability p: jumps of geometric length, so that the work is
/// proportional to what is kept.
class Bernoulli {
 public:
  Bernoulli(double p, const StreamRow& stream);
  /// The next kept position after `current` (-1 to begin), or a number beyond every count up to 2**53.
  std::int64_t after(std::int64_t current) {
    if (log_q_ == 0) return beyond_every_count;
    const double failures = draws_.failures(log_q_);
    return failures < static_cast<double>(beyond_every_count)
               ? current + 1 + static_cast<std::int64_t>(failures)
               : beyond_every_count;
  }

 private:
  Draws draws_;
  double log_q_;
};

/// `size` positions of 0 ... count - 1, ascending, each such set equally likely. Needs 0 <= size <= count <=
/// 2**53. The work is proportional to `size`.
std::vector<std::int64_t> choose(std::int64_t count, std::int64_t size, Draws& draws);

}  // namespace ranvier
