#include <fmt/format.h>
#include <algorithm>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/poisson_group.hpp>
#include <ranvier/runtime/synapses.hpp>

// A network that goes on where another one stopped: its states, and what is under way in its synapses.
namespace ranvier {
namespace {

bool fit(const Variable& a, const Variable& b) {
  return a.dimension == b.dimension && a.type == b.type && a.shared == b.shared &&
         storage_of(a) == storage_of(b) && a.kind != EquationKind::subexpression &&
         b.kind != EquationKind::subexpression;
}

}  // namespace

void StateOwner::take_states(const StateOwner& before) {
  for (const Variable& variable : variables()) {
    const auto found = std::ranges::find(before.variables(), variable.name, &Variable::name);
    if (found == before.variables().end() || !fit(variable, *found)) continue;
    const auto to = arrays_.find(variable.name);
    const auto from = before.arrays_.find(variable.name);
    if (to == arrays_.end() || from == before.arrays_.end()) continue;
    if (to->second.size() == from->second.size()) to->second.copy_from(from->second);
  }
}

void Group::go_on_from(const Group& before) {
  if (&before == this || network_.time().si() != before.network_.time().si())
    throw NetworkError(
        fmt::format("go_on_from: '{}' can go on from a group of another network at the same time", name()));
  take_states(before);
}

void PoissonGroup::go_on_from(const Group& before) {
  Group::go_on_from(before);
  const auto* other = dynamic_cast<const PoissonGroup*>(&before);
  const bool drawn = other && other->jumps_ && other->epoch_ >= 0;
  if (!jumps_ || !drawn || size() != other->size() || clock().dt != other->clock().dt) return;
  jumps_->go_on_from(*other->jumps_);
  epoch_ = network_.context(clock(), own_names()).epoch;
}

void Synapses::go_on_from(Synapses& before) {
  if (&before == this || network_.time().si() != before.network_.time().si())
    throw NetworkError(
        fmt::format("go_on_from: '{}' can go on from synapses of another network at the same time", name()));
  const bool same = std::ranges::equal(connectivity_.row, before.connectivity_.row) &&
                    std::ranges::equal(connectivity_.target, before.connectivity_.target);
  if (!same)
    throw NetworkError(fmt::format("go_on_from: '{}' are other synapses than '{}'", name(), before.name()));
  take_states(before);
  const auto renumbering = [&](const Clock& to, const Clock& from) {
    const double now = network_.time().si();
    return Renumbering{from.steps_until(now), to.steps_until(now), from.dt / to.dt};
  };
  for (Pathway& pathway : pathways_) {
    const auto old = std::ranges::find(before.pathways_, pathway.name(), &Pathway::name);
    if (old != before.pathways_.end() && old->follows_target() == pathway.follows_target())
      pathway.go_on_from(*old, renumbering(pathway.clock(), old->clock()));
  }
  Array *own = last_steps(), *last = before.last_steps();
  if (!own || !last) return;
  before.renumber_last_steps(renumbering(clock(), before.clock()));
  own->copy_from(*last);
}

void Pathway::go_on_from(Pathway& before, const Renumbering& renumbered) {
  before.renumber_steps(renumbered);
  due_ = std::exchange(before.due_, {});
  if (delays_ && before.delays_) delays_->copy_from(*before.delays_);  // texts may have drawn others now
  network().model_changed();  // code over lists of synapses may be missing
}

}  // namespace ranvier
