#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <ctime>
#include <functional>
#include <utility>
#include <vector>

// What benchmarks have in common: a stopwatch, spikes as a measure of validity.
namespace ranvier::bench {

inline double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Wall time of a call [s].
inline double timed(const std::function<void()>& call) {
  const auto begin = std::chrono::steady_clock::now();
  call();
  return seconds_since(begin);
}

/// Processor time of the calling thread in a call [s]: what others do on the machine is not part of it.
inline double worked(const std::function<void()>& call) {
  const auto now = [] {
    timespec at{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return static_cast<double>(at.tv_sec) + 1e-9 * static_cast<double>(at.tv_nsec);
  };
  const double begin = now();
  call();
  return now() - begin;
}

/// How many steps take about so long [s], at most `most`; makes steps to find out.
inline std::int64_t steps_within(double seconds, std::int64_t most,
                                 const std::function<void(std::int64_t)>& step) {
  for (std::int64_t n = 16;; n *= 2) {
    const double taken = worked([&] { step(n); });
    if (taken > seconds / 8 || n >= most)
      return std::clamp<std::int64_t>(static_cast<std::int64_t>(static_cast<double>(n) * seconds / taken), 1,
                                      most);
  }
}

/// Spikes of a population as they come, step by step: for its rate, and how irregular it is.
class Activity {
 public:
  Activity(std::int64_t neurons, double dt)
      : dt_(dt), last_(static_cast<std::size_t>(neurons), -1), trains_(last_.size()) {}

  template <class Spikes>
  void add(const Spikes& spikes) {
    for (const std::int32_t neuron : spikes) {
      const auto k = static_cast<std::size_t>(neuron);
      if (last_[k] >= 0) trains_[k].add(static_cast<double>(steps_ - last_[k]));
      last_[k] = steps_;
      ++spikes_;
      hash_ = (hash_ ^ (static_cast<std::uint64_t>(steps_) << 32 | static_cast<std::uint32_t>(neuron))) *
              0x100000001b3ULL;
    }
    ++steps_;
    hashes_.push_back(hash_);
  }
  double rate() const {
    return static_cast<double>(spikes_) / static_cast<double>(last_.size()) /
           (static_cast<double>(steps_) * dt_);
  }
  /// Coefficient of variation of the inter-spike intervals: the mean over neurons with at least five.
  double irregularity() const {
    double sum = 0, counted = 0;
    for (const Train& train : trains_)
      if (train.n >= 5) sum += train.variation(), ++counted;
    return counted > 0 ? sum / counted : 0;
  }
  /// Model time [s] up to which both had the same spikes.
  double same_until(const Activity& other) const {
    std::size_t k = 0;
    while (k < hashes_.size() && k < other.hashes_.size() && hashes_[k] == other.hashes_[k]) ++k;
    return static_cast<double>(k) * dt_;
  }

 private:
  struct Train {
    double n = 0, sum = 0, squares = 0;
    void add(double interval) { ++n, sum += interval, squares += interval * interval; }
    double variation() const {
      const double mean = sum / n;
      return std::sqrt(std::max(0.0, squares / n - mean * mean)) / mean;
    }
  };
  double dt_;
  std::vector<std::int64_t> last_;
  std::vector<Train> trains_;
  std::vector<std::uint64_t> hashes_;
  std::int64_t steps_ = 0, spikes_ = 0;
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace ranvier::bench
