#pragma once
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include <ranvier/benchmarks/hand.hpp>

namespace ranvier::bench {

/// Sources that spike with a probability in each step, and nothing but what their synapses add to the
/// targets. The sources of a step are found by jumping from one to the next.
class HandDelivery : public Hand {
 public:
  HandDelivery(std::int64_t sources, double probability, std::int64_t targets, Rows rows)
      : sources_(sources),
        per_log_(1 / std::log1p(-probability)),
        rows_(std::move(rows)),
        sums_(targets),
        list_(static_cast<std::size_t>(sources)) {}

  /// Synapses of different delays, in steps: into a ring of sums, one for each step to come.
  void delayed(std::vector<std::uint16_t> delays, int longest) {
    delays_ = std::move(delays);
    ring_.assign(static_cast<std::size_t>(longest) + 1, Column<double>(sums_.padded()));
  }

  void step(std::int64_t n) override {
    for (std::int64_t k = 0; k < n; ++k) step();
  }
  std::span<const std::int32_t> spikes() const override { return {list_.data(), length_}; }

 private:
  void step() {
    length_ = 0;
    for (double at = jump(); at < static_cast<double>(sources_); at += 1 + jump())
      list_[length_++] = static_cast<std::int32_t>(at);
    if (ring_.empty())
      rows_.deliver(spikes(), 1.0, sums_.data());
    else
      deliver_later();
  }
  void deliver_later() {
    now_ = (now_ + 1) % ring_.size();
    for (const std::int32_t source : spikes()) {
      const auto row = static_cast<std::size_t>(source);
      for (auto s = static_cast<std::size_t>(rows_.first[row]);
           s < static_cast<std::size_t>(rows_.first[row + 1]); ++s) {
        std::size_t slot = now_ + delays_[s];
        if (slot >= ring_.size()) slot -= ring_.size();
        ring_[slot].data()[rows_.targets[s]] += 1;
      }
    }
    double* __restrict sums = sums_.data();
    double* __restrict due = ring_[now_].data();
    for (std::int64_t k = 0; k < sums_.padded(); ++k) sums[k] += due[k], due[k] = 0;
  }
  /// Sources that do not spike before the next that does.
  double jump() {
    state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
    return std::floor(std::log((static_cast<double>(state_ >> 11) + 0.5) * 0x1p-53) * per_log_);
  }

  std::int64_t sources_;
  double per_log_;
  Rows rows_;
  Column<double> sums_;
  std::vector<std::int32_t> list_;
  std::size_t length_ = 0, now_ = 0;
  std::uint64_t state_ = 0x9e3779b97f4a7c15ULL;
  std::vector<std::uint16_t> delays_;
  std::vector<Column<double>> ring_;
};

}  // namespace ranvier::bench
