#include <fmt/format.h>
#include <algorithm>
#include <ranvier/runtime/poisson_group.hpp>

namespace ranvier {

PoissonGroup::PoissonGroup(Network& network, const std::string& name, std::int64_t count, GroupModel model,
                           const GroupPlace& place, const Namespace& names)
    : Group(network, name, count, std::move(model), place, names) {
  if (find_array("rates")) jumps_.emplace(count);
}

Lowered PoissonGroup::lower(const Namespace& names) {
  Lowered lowered = Group::lower(names);
  lowered.method = jumps_ ? "jumps" : "steps";
  lowered.reason =
      jumps_ ? "the rates are values: every neuron draws the step of its next spike"
             : "the rates are a text: it is evaluated, and compared with a random number, in every step";
  return lowered;
}

void PoissonGroup::bind(const RunContext& context) {
  if (const Array* rates = find_array("rates"))
    for (std::int64_t k = 0; k < size(); ++k)
      if (!(rates->get(k) >= 0))
        throw NetworkError(fmt::format("'{}': the rate of neuron {} is {} Hz, but it cannot be negative",
                                       name(), k, rates->get(k)));
  Group::bind(context);
  if (!jumps_) return;
  jumps_->start(stream_key(context, name(), "jumps"), context.dt, epoch_ != context.epoch);
  epoch_ = context.epoch;
}

void PoissonGroup::warn(std::vector<Diagnostic>& warnings) const {
  const Array* array = find_array("rates");
  if (!array) return;
  const double highest = std::ranges::max(array->as<double>());
  if (highest * clock().dt <= 1) return;
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.code = DiagnosticCode::rate_beyond_step;
  warning.message = fmt::format("'{}': a rate of {} Hz is more than one spike in a step of {} s", name(),
                                highest, clock().dt);
  warnings.push_back(warning.helped_by("a neuron spikes at most once a step; shorten dt"));
}

std::int64_t PoissonGroup::spikes_of_step(const Clock& clock, std::int32_t* list) {
  if (!jumps_) return Group::spikes_of_step(clock, list);
  return jumps_->spikes_of(clock.timestep, *find_array("rates"), list);
}

void PoissonGroup::archive(Archive& archive) {
  Group::archive(archive);
  if (!jumps_) return;
  archive.number("epoch of the draws", epoch_);
  jumps_->archive(archive);
}

}  // namespace ranvier
