#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <ranvier/compiler/random.hpp>
#include <ranvier/runtime/archive.hpp>
#include <ranvier/runtime/array.hpp>

namespace ranvier {

/// Independent neurons that spike in every step with a probability of their own, which seldom changes.
/// Instead of a number in every step, each draws the step of its next spike: a jump of geometric length, the
/// same distribution. As such neurons have no memory, one whose probability changes draws again, from that
/// step on.
class SpikeJumps {
 public:
  /// What a neuron costs [bytes].
  static constexpr double bytes = 2 * sizeof(double) + sizeof(std::int64_t) + sizeof(std::int32_t);

  explicit SpikeJumps(std::int64_t neurons);

  /// From now on with this key and this length of steps [s]. `fresh`: every neuron draws again.
  void start(RandomKey key, double dt, bool fresh);
  /// Writes the neurons that spike in a step, ascending, into a list, and returns their number. `rates` [1/s]
  /// [neuron]: those of now. The work is proportional to the spikes, but for a comparison of the rates with
  /// those of the last step where they may have changed unseen.
  std::int64_t spikes_of(std::int64_t step, const Array& rates, std::int32_t* list);
  void archive(Archive& archive);
  /// Has the next spikes of others, as many, whose steps have the same length and numbers.
  void go_on_from(const SpikeJumps& before);

 private:
  /// Which of the draws for a step: after a spike, or because the probability changed.
  enum class Draw : std::uint32_t { spike, change };

  void draw(std::size_t neuron, std::int64_t from, Draw draw);
  void catch_up(std::int64_t step, std::span<const double> rates);
  void enter(std::size_t neuron);

  static constexpr std::int32_t none = -1;

  RandomKey key_{};
  double dt_ = 0;
  std::vector<double> rates_;             // [1/s] of the last draws
  std::optional<std::uint64_t> changes_;  // of the array that they are from
  std::vector<double> log_q_;             // log(1 - p) of these
  std::vector<std::int64_t> next_;        // the step of the next spike; -1: not drawn
  std::int64_t expected_ = -1;            // the step that the buckets are ready for
  // Neurons by their next step modulo the number of buckets: chains that begin at first_.
  std::array<std::int32_t, 1024> first_;
  std::vector<std::int32_t> after_;
};

}  // namespace ranvier
