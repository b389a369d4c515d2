#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <ranvier/runtime/archive.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/state_monitor.hpp>

namespace ranvier {
namespace {

std::vector<std::string> names_of(const RecordedVariables& chosen, const Elements& source,
                                  const std::string& monitor) {
  std::vector<std::string> names = chosen.names();
  if (chosen.all())
    for (const Variable& v : source.owner().variables())
      if (!v.automatic) names.push_back(v.name);
  if (names.empty())
    throw NetworkError(fmt::format("'{}' of '{}': name at least one variable to record, or all_variables",
                                   monitor, source.owner().owner_name()));
  return names;
}

}  // namespace

StateMonitor::StateMonitor(Network& network, std::string name, Elements source, const Clock& clock,
                           StateMonitorOptions options)
    : Monitor(network, std::move(name), clock),
      source_(source),
      when_(std::move(options.when)),
      order_(options.order),
      every_(options.every),
      elements_(options.record.elements(source.size(), this->name(),
                                        [&](const std::string& text) { return source.indices(text); })),
      numbers_(elements_),
      observed_(source, names_of(options.variables, source, this->name()), options.float32) {
  if (every_ < 1)
    throw NetworkError(fmt::format("'{}': .every is {}, but it must be 1 or more", this->name(), every_));
  TableInfo info{"state", this->name(), source.owner().owner_name(), source.size(), 0, elements_, {}};
  info.columns = observed_.columns(true);
  info.columns.insert(info.columns.begin(), {"t", ColumnType::float64, "second"});
  record_.define(std::move(info), options.file);
}

Namespace StateMonitor::names_within(const Namespace&) const {
  return network_.names_for(source_.object());
}

void StateMonitor::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  observed_.attach(std::move(lowered), std::move(code));
}

void StateMonitor::bind(const RunContext& context) {
  Monitor::bind(context);
  positions_.clear();
  if (std::ranges::any_of(numbers_, [&](std::int64_t number) { return number >= source_.size(); }))
    throw NetworkError(fmt::format("'{}' records elements that '{}' does not have any more", name(),
                                   source_.owner().owner_name()));
  for (const std::int64_t element : numbers_) positions_.push_back(source_.position(element));
  observed_.bind(context, name());
}

void StateMonitor::plan(std::vector<PlanEntry>& entries) {
  const auto observe = [](void* self, const Clock&) { static_cast<StateMonitor*>(self)->observe(); };
  entries.push_back({when_, order_, 1, name(), observe, this, nullptr, false, "recording"});
}

void StateMonitor::archive(Archive& archive) {
  Monitor::archive(archive);
  archive.number("triggers", triggers_);
  if (archive.checking()) {
    const auto stored = archive.stored<std::int64_t>("numbers");
    archive.require(stored.size() == elements_.size() &&
                        std::ranges::all_of(stored, [](std::int64_t number) { return number >= 0; }),
                    "it recorded other elements");
  }
  archive.list("numbers", numbers_);
}

void StateMonitor::require_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) const {
  if (&owner != &source_.owner()) return;
  for (std::size_t k = 0; k < numbers_.size(); ++k)
    if (numbers[static_cast<std::size_t>(numbers_[k])] < 0)
      throw NetworkError(fmt::format("'{}' records the synapse {} of '{}', which therefore cannot be removed",
                                     name(), numbers_[k], owner.owner_name()));
}

void StateMonitor::renumber_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) {
  if (&owner != &source_.owner()) return;
  for (std::int64_t& number : numbers_) number = numbers[static_cast<std::size_t>(number)];
}

void StateMonitor::observe() {
  if (triggers_++ % every_ == 0) record(clock().t());
}

void StateMonitor::record(double t) {
  std::int32_t first = 0;  // where a shared variable is
  record_.open(1);
  *record_.cells<double>(0) = t;
  for (std::size_t k = 0; k + 1 < record_.info().columns.size(); ++k)
    observed_.read(k, observed_.shared(k) ? std::span(&first, 1) : std::span(positions_),
                   record_.cells(k + 1));
  record_.close(1);
}

void StateMonitor::record_single_timestep() {
  network_.prepare();
  const double t = clock().t();
  record(std::isfinite(t) ? t : network_.time().si());  // an event clock may have no times left
}

void StateMonitor::require_dimension(std::string_view variable, const Dimension& given) const {
  const std::string& recorded = record_.info().columns[record_.number_of(variable)].name;
  const Dimension own = recorded == "t" ? dimensions::second : source_.owner().declared(recorded).dimension;
  if (own == given) return;
  throw NetworkError(fmt::format("'{}' records {} in {}; it cannot be read in {}", name(), variable,
                                 to_string(own), to_string(given)));
}

}  // namespace ranvier
