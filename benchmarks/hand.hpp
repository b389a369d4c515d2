#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/tools/by_hand.hpp>

// Networks written by hand, as one would who knows the machine: an array for each variable, one pass over
// them that the compiler vectorises, spikes gathered from a byte mask, rows of synapses behind one another
// and prefetched. They obey the same numerics contract as Ranvier (no contraction, no reassociation), so that
// networks without random numbers in their steps have the same spikes.
namespace ranvier::bench {

// In front of a loop over the synapses of a row, whose targets differ.
#ifdef __clang__
#define RANVIER_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define RANVIER_INDEPENDENT _Pragma("GCC ivdep")
#endif

/// A network that can be stepped.
class Hand {
 public:
  virtual ~Hand() = default;
  virtual void step(std::int64_t n) = 0;
  /// Of the last step, ascending.
  virtual std::span<const std::int32_t> spikes() const = 0;
  /// Of synapses that learn, in the order of their sources.
  virtual std::span<const double> weights() const { return {}; }
};

using tool::Column;
using tool::exponential;
using tool::exprel;
using tool::gather;
inline constexpr std::int64_t lanes = tool::hand_lanes;

/// Synapses by their source: row `i` is targets[first[i]] ... targets[first[i + 1] - 1].
struct Rows {
  std::vector<std::int64_t> first;
  std::vector<std::int32_t> targets;
  std::vector<float> weights;  // empty: all alike

  /// From pairs in the order of their sources. `shift`: what is added to the number of a source.
  static Rows from(std::span<const std::pair<std::int32_t, std::int32_t>> pairs, std::int64_t sources,
                   std::int32_t shift = 0);
  bool empty() const { return targets.empty(); }

  /// Adds `weight` to the target of every synapse of these sources; or the weight of each synapse times it.
  template <class T>
  void deliver(std::span<const std::int32_t> sources, T weight, T* __restrict sums) const {
    constexpr std::size_t ahead = 2;
    for (std::size_t k = 0; k < sources.size(); ++k) {
      if (k + ahead < sources.size()) prefetch(sources[k + ahead]);
      const std::int64_t begin = first[static_cast<std::size_t>(sources[k])];
      const std::int64_t end = first[static_cast<std::size_t>(sources[k]) + 1];
      if (weights.empty())
        for (std::int64_t s = begin; s < end; ++s) sums[targets[static_cast<std::size_t>(s)]] += weight;
      else
        for (std::int64_t s = begin; s < end; ++s)
          sums[targets[static_cast<std::size_t>(s)]] +=
              weight * static_cast<T>(weights[static_cast<std::size_t>(s)]);
    }
  }

 private:
  void prefetch(std::int32_t source) const {
    const std::int64_t begin = first[static_cast<std::size_t>(source)];
    const std::int64_t end = std::min(first[static_cast<std::size_t>(source) + 1], begin + 256);
    for (std::int64_t s = begin; s < end; s += 16) {
      __builtin_prefetch(targets.data() + s);
      if (!weights.empty()) __builtin_prefetch(weights.data() + s);
    }
  }
};

/// Neurons of one kind with the synapses among them. `Cells` updates a range, resets one, and says what a
/// spike adds to what:
///   std::int64_t size(); void update(std::int64_t begin, std::int64_t end, std::uint8_t* spiked);
///   void reset(std::int32_t neuron); void receive(std::span<const std::int32_t> sources);
/// and if synapses learn, void learn(std::span<const std::int32_t> spikes); std::span<const double>
/// weights();
template <class Cells>
class HandNetwork : public Hand {
 public:
  /// `delay`: of all synapses, in steps.
  explicit HandNetwork(Cells cells, int delay = 0)
      : cells_(std::move(cells)),
        lists_(static_cast<std::size_t>(delay) + 1,
               std::vector<std::int32_t>(static_cast<std::size_t>(cells_.size() + lanes))),
        lengths_(lists_.size(), 0) {}

  void step(std::int64_t n) override {
    for (std::int64_t k = 0; k < n; ++k) step();
  }
  std::span<const std::int32_t> spikes() const override { return listed(now_); }
  std::span<const double> weights() const override {
    if constexpr (requires { cells_.weights(); })
      return cells_.weights();
    else
      return {};
  }

 private:
  static constexpr std::int64_t block = 1024;

  std::span<const std::int32_t> listed(std::size_t slot) const {
    return {lists_[slot].data(), static_cast<std::size_t>(lengths_[slot])};
  }
  void step() {
    now_ = (now_ + 1) % lists_.size();
    std::int32_t* list = lists_[now_].data();
    std::int64_t length = 0;
    alignas(64) std::uint8_t spiked[block];
    const std::int64_t size = (cells_.size() + lanes - 1) / lanes * lanes;
    for (std::int64_t begin = 0; begin < size; begin += block) {
      const std::int64_t count = std::min(block, size - begin);
      cells_.update(begin, count, spiked);
      length = gather(spiked, count, begin, list, length);
    }
    while (length > 0 && list[length - 1] >= cells_.size()) --length;
    lengths_[now_] = length;
    cells_.receive(listed((now_ + 1) % lists_.size()));
    if constexpr (requires { cells_.learn(listed(now_)); }) cells_.learn(listed(now_));
    for (const std::int32_t neuron : listed(now_)) cells_.reset(neuron);
  }

  Cells cells_;
  std::vector<std::vector<std::int32_t>> lists_;  // of the last steps, as a ring
  std::vector<std::int64_t> lengths_;
  std::size_t now_ = 0;
};

}  // namespace ranvier::bench
