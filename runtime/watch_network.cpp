#include <fmt/format.h>
#include <algorithm>
#include <ranvier/runtime/network.hpp>

// What a network watches: the floats of its groups and synapses.
namespace ranvier {

void Network::set_watch(const WatchOptions& options) {
  if (!(options.limit > 0))
    throw NetworkError(fmt::format("watch: the limit is {}, but it must be positive", options.limit));
  const bool wanted = options.each_step();
  if (wanted ? watch_ && watch_->options() == options : !watch_) return;
  watch_ = wanted ? std::make_unique<Watch>(options) : nullptr;
  structure_changed();
}

/// For a run: what the last one found is forgotten.
void Network::begin_watch(const WatchOptions& options) {
  set_watch(options);
  if (watch_) watch_->forget_reports();
  findings_.clear();
  std::erase_if(warnings_, [](const Diagnostic& d) { return d.code == DiagnosticCode::value_out_of_bounds; });
}

void Network::warn(Diagnostic finding) {
  warnings_.push_back(finding);
  findings_.push_back(std::move(finding));
}

std::vector<WatchedArray> Network::watched_arrays() {
  std::vector<WatchedArray> arrays;
  for (const auto& object : objects_) {
    auto* owner = dynamic_cast<StateOwner*>(object.get());
    if (!owner) continue;
    for (const Variable& variable : owner->variables())
      if (Array* array = owner->find_array(variable.name)) arrays.push_back({owner, variable.name, array});
  }
  return arrays;
}

/// Those with a value that is not a number or beyond the limit.
std::vector<WatchedArray> Network::bad_arrays(double limit) {
  std::vector<WatchedArray> arrays = watched_arrays();
  std::erase_if(arrays,
                [&](const WatchedArray& a) { return find_bad(*a.array, 0, a.array->size(), limit) < 0; });
  return arrays;
}

void Network::take_findings() {
  std::vector<Diagnostic> findings = watch_->take_findings();
  if (findings.empty()) return;
  if (watch_->options().policy == WatchPolicy::stop)
    return end_run(std::make_exception_ptr(ModelError(std::move(findings))));
  for (Diagnostic& finding : findings) warn(std::move(finding));
}

/// A value that the host put there on purpose, such as an infinite threshold, is nothing to warn of.
void Network::check_at_end(const WatchOptions& options, const std::vector<WatchedArray>& bad_before) {
  if (options.policy == WatchPolicy::ignore) return;
  for (const WatchedArray& a : bad_arrays(options.limit)) {
    const bool integrated = a.owner->declared(a.variable).kind == EquationKind::differential;
    const auto is_same = [&](const WatchedArray& other) {
      return !integrated && other.owner == a.owner && other.variable == a.variable;
    };
    const WatchedArray* watched = watch_ ? watch_->find(a.array->data()) : nullptr;
    if (std::ranges::any_of(bad_before, is_same) || (watched && watched->reported)) continue;
    warn(describe_bad(a, options.limit));
  }
}

}  // namespace ranvier
