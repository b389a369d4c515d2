#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <ranvier/benchmarks/hand.hpp>
#include <ranvier/benchmarks/hand_random.hpp>

// B6 by hand, for HandNetwork. A step is a millisecond.
namespace ranvier::bench {

/// Synapses whose eligibility `c` decays, and becomes weight while there is dopamine. Between events
/// w + gain*c*dopamine does not change: that sum is what a synapse keeps.
struct RewardedRows {
  Rows rows;
  std::vector<double> settled, c;
  std::vector<std::int32_t> last;  // step of the last event
  std::vector<std::int64_t> incoming_first;
  std::vector<std::int32_t> incoming, source;  // synapses in the order of targets, and whose they are

  void index(std::int64_t targets);
};

/// Izhikevich's neurons by the midpoint rule, uniform noise, and a reward every second.
struct RewardedCells {
  std::int64_t n = 0;
  Column<double> v, u, ltp, ltd, a, d;
  RewardedRows learning = {};
  Rows inhibition = {};  // empty rows of excitatory neurons in front
  std::int32_t border = 0;
  Stream noise = {};
  std::int64_t now = -1;
  double level = 0, since = 0, dopamine = 0;
  std::vector<double> fall = {};  // exp(-k ms/s)

  std::int64_t size() const { return n; }
  void update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked);
  void receive(std::span<const std::int32_t> sources);
  void learn(std::span<const std::int32_t> spikes);
  void reset(std::int32_t k) {
    v.data()[k] = -65;
    u.data()[k] += d.data()[k];
    ltp.data()[k] += 0.1;
    ltd.data()[k] += 0.15;
  }
  const std::vector<double>& weights() const { return learning.settled; }

 private:
  void reward();
};

}  // namespace ranvier::bench
