#include <algorithm>
#include <cstring>
#include <ranvier/runtime/sampling.hpp>
#include <ranvier/runtime/spike_jumps.hpp>
#include <utility>

namespace ranvier {

SpikeJumps::SpikeJumps(std::int64_t neurons)
    : rates_(static_cast<std::size_t>(neurons)),
      log_q_(rates_.size()),
      next_(rates_.size(), -1),
      after_(rates_.size(), none) {
  first_.fill(none);
}

void SpikeJumps::start(RandomKey key, double dt, bool fresh) {
  key_ = key;
  if (dt != dt_)
    for (std::size_t k = 0; k < rates_.size(); ++k) log_q_[k] = log_of_failure(rates_[k] * dt);
  dt_ = dt;
  if (!fresh) return;
  std::ranges::fill(next_, -1);
  expected_ = -1;
}

void SpikeJumps::draw(std::size_t neuron, std::int64_t from, Draw draw) {
  const auto words = random_words(key_, static_cast<std::uint32_t>(neuron), static_cast<std::uint32_t>(draw),
                                  static_cast<std::uint64_t>(from));
  next_[neuron] = from + failures_before_success(log_q_[neuron], uniform(words));
}

void SpikeJumps::enter(std::size_t neuron) {
  std::int32_t& first = first_[static_cast<std::size_t>(next_[neuron]) % first_.size()];
  after_[neuron] = first;
  first = static_cast<std::int32_t>(neuron);
}

/// Draws for the neurons whose spike was missed or whose rate is another one now, and sorts all into buckets.
void SpikeJumps::catch_up(std::int64_t step, std::span<const double> rates) {
  first_.fill(none);
  for (std::size_t k = 0; k < rates.size(); ++k) {
    const bool changed = rates[k] != rates_[k];
    if (changed) log_q_[k] = log_of_failure(rates[k] * dt_);
    rates_[k] = rates[k];
    if (changed || next_[k] < step) draw(k, step, Draw::change);
    enter(k);
  }
  expected_ = step;
}

std::int64_t SpikeJumps::spikes_of(std::int64_t step, const Array& array, std::int32_t* list) {
  const auto rates = array.as<double>();
  const auto changes = array.changes();
  const bool untouched = changes && changes_ == changes;
  changes_ = changes;
  const bool same = untouched || std::memcmp(rates.data(), rates_.data(), rates.size_bytes()) == 0;
  if (!same || step != expected_) catch_up(step, rates);
  ++expected_;
  std::int32_t& first = first_[static_cast<std::size_t>(step) % first_.size()];
  std::int32_t neuron = std::exchange(first, none);
  std::int64_t count = 0;
  while (neuron != none) {
    const auto k = static_cast<std::size_t>(neuron);
    const std::int32_t following = after_[k];
    if (next_[k] == step) {
      list[count++] = neuron;
      draw(k, step + 1, Draw::spike);
    }
    enter(k);
    neuron = following;
  }
  std::sort(list, list + count);
  return count;
}

void SpikeJumps::go_on_from(const SpikeJumps& before) {
  *this = before;
  changes_.reset();  // those of another array
  expected_ = -1;
}

void SpikeJumps::archive(Archive& archive) {
  archive.array("drawn for", std::span(rates_), "hertz");
  archive.array("next spikes", std::span(next_));
  if (archive.reading()) dt_ = 0, expected_ = -1;
}

}  // namespace ranvier
