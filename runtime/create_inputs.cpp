#include <fmt/format.h>
#include <algorithm>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/print.hpp>
#include <ranvier/runtime/adopt.hpp>
#include <ranvier/runtime/names.hpp>

// The factories of inputs.
namespace ranvier {
namespace {

/// A rate text is one expression; whatever else it holds is refused before it can become part of an equation.
std::string rate_equation(const std::string& name, const std::string& text, const Limits& limits) {
  Diagnostics diagnostics;
  const Expr rate = parse_expression(make_source("rates of " + name, text), diagnostics, limits);
  diagnostics.raise_if_errors();
  return fmt::format("rates = {} : Hz", print(rate));
}

/// What happens in every step of some length cannot follow a clock that ticks at given times.
void require_steps(const std::string& name, const Clock& clock) {
  if (clock.times.empty()) return;
  throw NetworkError(
      fmt::format("'{}' needs a clock with steps, but the one it was given ticks at given times", name));
}

}  // namespace

PoissonGroup& Network::poisson_group(std::int64_t n, const Rates& rates, const PoissonGroupOptions& options) {
  check_constants(options.namespace_);
  const std::string name = name_for(options.name, "poissongroup");
  if (const auto* list = rates.rates()) {
    if (list->size() != 1 && std::ssize(*list) != n)
      throw NetworkError(fmt::format("'{}' has {} neurons, but {} rates were given", name, n, list->size()));
    for (const Frequency rate : *list)
      if (!(rate.si() >= 0))
        throw NetworkError(fmt::format("'{}': a rate is {} Hz, but it cannot be negative", name, rate.si()));
  }
  const std::string equations = rates.text() ? rate_equation(name, *rates.text(), limits_) : "rates : Hz";
  const GroupText text{name,
                       make_source("rates of " + name, equations),
                       rates.text() ? make_source("threshold of " + name, "rand() < rates*dt") : nullptr,
                       nullptr,
                       nullptr,
                       nullptr,
                       limits_};
  Namespace known = options.namespace_;
  known.insert(names_.begin(), names_.end());
  GroupModel model = declare_group(text, known, &compile_times_);
  model.spikes_given = !rates.text();
  checked_size(n, name, model);
  if (!rates.text())
    require_memory(fmt::format("'{}' with {} elements", name, n), static_cast<double>(n) * SpikeJumps::bytes,
                   limits_);
  const GroupPlace place{clock_for(name, options.dt, options.clock, clock()), options.order};
  require_steps(name, place.clock);
  auto& group = adopt<PoissonGroup>(name, n, std::move(model), place, options.namespace_);
  groups_.push_back(&group);
  if (const auto* list = rates.rates()) {
    if (list->size() == 1)
      group["rates"] = AnyQuantity(list->front());
    else
      group["rates"] = *list;
  }
  return group;
}

SpikeGeneratorGroup& Network::spike_generator_group(std::int64_t n, std::vector<std::int64_t> indices,
                                                    std::vector<Time> times,
                                                    const SpikeGeneratorGroupOptions& options) {
  const std::string name = name_for(options.name, "spikegeneratorgroup");
  GroupModel model;
  model.name = name;
  model.spikes_given = true;
  model.limits = limits_;
  checked_size(n, name, model);
  GivenSpikes spikes(name, n, std::move(indices), std::move(times), {options.period, options.sorted});
  const GroupPlace place{clock_for(name, options.dt, options.clock, clock()), options.order};
  require_steps(name, place.clock);
  auto& group = adopt<SpikeGeneratorGroup>(name, n, std::move(model), place, std::move(spikes));
  groups_.push_back(&group);
  return group;
}

}  // namespace ranvier
