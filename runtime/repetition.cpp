#include <algorithm>
#include <ranvier/runtime/repetition.hpp>

namespace ranvier {

void Repetition::set_steps(std::int64_t steps, std::int64_t lag) {
  steps_ = steps, lag_ = lag;
  source_->deepen(2);
}

/// What the source listed before step `end` comes to be due.
void Repetition::look(std::int64_t end) {
  taken_ = std::max(taken_, end - source_->depth());  // nothing older is there
  for (; taken_ < end; ++taken_)
    for (const std::int32_t element : source_->at(taken_))
      due_.push(std::max(taken_ + lag_ + steps_, next_), element);
}

std::span<const std::int32_t> Repetition::take(std::int64_t step) {
  look(step - lag_ + 1);
  elements_.clear();
  for (std::int64_t s = due_.empty() ? step : next_; s <= step; ++s) {
    const std::span<const std::int32_t> due = due_.at(s);
    elements_.insert(elements_.end(), due.begin(), due.end());
    due_.clear(s);
  }
  next_ = step + 1;
  std::ranges::sort(elements_);
  return elements_;
}

bool Repetition::fits(double ratio) const {
  const double ahead = static_cast<double>(due_.last(next_) - next_ + steps_) * ratio;
  return ahead < static_cast<double>(DueSynapses::most_steps);
}

void Repetition::renumber(const Renumbering& renumbered) {
  look(renumbered.from);
  due_.renumber(renumbered.from, renumbered.to, renumbered.ratio);
  // Where steps were left out, rounding may have put something two steps before: there is nothing else.
  const bool gap = next_ < renumbered.from;
  next_ = gap ? std::max<std::int64_t>(renumbered(next_) - 2, 0) : renumbered.to;
  taken_ = renumbered.to;
}

void Repetition::archive(Archive& archive, const std::string& name, std::int64_t elements) {
  if (archive.checking())
    archive.require(archive.stored<std::int64_t>(name + ".next").front() >= 0 &&
                        archive.stored<std::int64_t>(name + ".taken").front() >= 0,
                    "an event is repeated in no step");
  archive.number(name + ".next", next_);
  archive.number(name + ".taken", taken_);
  due_.archive(archive, name + ".due",
               archive.checking() ? archive.stored<std::int64_t>(name + ".next").front() : next_, elements);
}

}  // namespace ranvier
