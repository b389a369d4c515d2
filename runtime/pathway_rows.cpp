#include <algorithm>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/pathway.hpp>

// Spikes that are looked up when they arrive, and delivered row by row. Delays of single synapses are looked
// up too where rows are stored in their order: of every spike that is on its way, a part of its row arrives.
namespace ranvier {

void Pathway::deliver_to(const Clock& clock, std::span<std::int32_t> neurons) {
  if (neurons.empty()) return;
  if (model_.post)
    deliver_to_targets(clock, neurons);
  else if (!rows_.targets_apart() || !rows_.worth_dividing(synapses_.synapses_of(neurons, false)))
    deliver_rows(clock, neurons);
  else if (const RowBlocks& blocks = synapses_.row_blocks(); !blocks.cut.empty())
    deliver_blocks(clock, neurons, blocks);
  else
    deliver_unordered(clock, neurons);
}

void Pathway::deliver_rows(const Clock& clock, std::span<const std::int32_t> neurons) {
  const std::vector<std::int64_t>& row = synapses_.connectivity_.row;
  pieces_.clear(neurons.size());
  for (const std::int32_t neuron : neurons) {
    const auto k = static_cast<std::size_t>(neuron - side_.begin());
    pieces_.add(neuron, row[k], row[k + 1]);
  }
  rows_.run_rows(clock, pieces_);
}

void Pathway::deliver_blocks(const Clock& clock, std::span<const std::int32_t> neurons,
                             const RowBlocks& blocks) {
  blocks_.resize(blocks.cut.size() - 1);
  rows_.run_blocks(clock, blocks_, [&](std::size_t block, RowPieces& pieces) {
    pieces.clear(neurons.size());
    for (const std::int32_t neuron : neurons) {
      const auto k = static_cast<std::size_t>(neuron - side_.begin());
      pieces.add(neuron, blocks.cut[block][k], blocks.cut[block + 1][k]);
    }
  });
}

/// Rows whose targets do not ascend are taken apart synapse by synapse, with code that is compiled when it is
/// first missed.
void Pathway::deliver_unordered(const Clock& clock, std::span<const std::int32_t> neurons) {
  if (!takes_apart_) {
    deliver_rows(clock, neurons);
    takes_apart_ = true;
    return network().model_changed();
  }
  taken_apart_.clear();
  for (const std::int32_t neuron : neurons)
    synapses_.for_each_synapse(neuron, false, [&](std::int32_t synapse) { taken_apart_.push_back(synapse); });
  deliver_list(clock, taken_apart_);
}

/// What arrives now of all spikes on their way: the oldest first, as they would stand in a queue.
void Pathway::deliver_segments(const Clock& clock) {
  const std::int64_t seen = clock.timestep - lag_;
  const auto spikes_before = [&](std::int64_t delay) {
    return seen - delay < held_ ? std::span<std::int32_t>() : spikes_of(seen - delay);
  };
  std::size_t spikes = 0;
  for (std::int64_t d = segments_->longest(); d >= segments_->shortest(); --d)
    spikes += spikes_before(d).size();
  if (spikes == 0) return;
  pieces_.clear(spikes + 1);
  for (std::int64_t d = segments_->longest(); d >= segments_->shortest(); --d)
    segments_->add(pieces_, spikes_before(d), d, side_.begin(), synapses_.connectivity_);
  if (rows_.targets_apart() && rows_.worth_dividing(pieces_.synapses()))
    return deliver_pieces_in_blocks(clock);
  rows_.run_rows(clock, pieces_);
}

/// Targets ascend within each piece: see `new_segments`.
void Pathway::deliver_pieces_in_blocks(const Clock& clock) {
  const Elements target = synapses_.target();
  const PaddedNumbers& all = synapses_.connectivity_.target;
  blocks_.resize(static_cast<std::size_t>(network().team().size()));
  rows_.run_blocks(clock, blocks_, [&](std::size_t block, RowPieces& pieces) {
    const auto bound = [&](std::size_t b) {
      return static_cast<std::int32_t>(target.begin() +
                                       target.size() * static_cast<std::int64_t>(b) / std::ssize(blocks_));
    };
    const std::int32_t first = bound(block), last = bound(block + 1);
    pieces.clear(pieces_.size() + 1);
    for (std::size_t k = 0; k < pieces_.size(); ++k) {
      const auto from = std::lower_bound(all.begin() + pieces_.begin(k), all.begin() + pieces_.end(k), first);
      const auto to = std::lower_bound(from, all.begin() + pieces_.end(k), last);
      pieces.add(pieces_.neuron(k), from - all.begin(), to - all.begin());
    }
  });
}

/// What the events of a step lead to from step `now` on becomes due.
void Pathway::send_segments(std::int64_t step, std::int64_t now) {
  const Connectivity& connectivity = synapses_.connectivity_;
  for (const std::int32_t neuron : spikes_of(step))
    segments_->for_each(static_cast<std::size_t>(neuron - side_.begin()), connectivity,
                        [&](std::int64_t delay, std::int64_t synapse) {
                          const std::int64_t due = step + lag_ + delay;
                          if (due >= now) due_.push(due, static_cast<std::int32_t>(synapse));
                        });
}

/// Nothing if rows cannot be stored in the order of delays, or should not: what depends on where synapses are
/// stored would change, or the spikes that are looked up would take more memory than the delays do.
std::optional<DelaySegments> Pathway::new_segments() const {
  if (!delays_ || model_.post || draws_ || !synapses_.may_be_grouped()) return std::nullopt;
  const Connectivity& connectivity = synapses_.connectivity_;
  if (network().team().size() > 1 && !targets_ascend(connectivity)) return std::nullopt;
  const auto delays = delays_->as<std::uint16_t>();
  if (delays.empty()) return std::nullopt;
  const std::uint16_t longest = std::ranges::max(delays);
  const std::int64_t history = (std::int64_t{longest} + 2) * side_.group().size();
  if (history * std::int64_t{sizeof(std::int32_t)} >
      connectivity.size() * std::int64_t{sizeof(std::uint16_t)})
    return std::nullopt;
  return DelaySegments::of(connectivity, delays);
}

void Pathway::take_segments(DelaySegments segments) {
  steps_ = segments.longest();
  segments_ = std::move(segments);
  delays_.reset();
}

void Pathway::give_segments_back(Array delays) {
  delays_ = std::move(delays);
  segments_.reset();
  hold_spikes();
  steps_ = 0;
}

}  // namespace ranvier
