#include <algorithm>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

// Rows in the order of delays. The numbers of synapses stay; whatever depends on where they are stored lets
// them be stored as before, until the next run.
namespace ranvier {

bool Synapses::may_be_grouped() const {
  const auto is_value = [](const Variable& v) { return v.kind == EquationKind::parameter && !v.linked; };
  const auto writes_delay = [](const PathwayModel& pathway) {
    return std::ranges::any_of(pathway.code, [](const Statement& s) { return s.target == "delay"; });
  };
  return connected_ && !pinned_ && pathways_.size() == 1 && model_.multisynaptic_index.empty() &&
         !names_in(model_).contains("delay") && std::ranges::none_of(model_.pathways, writes_delay) &&
         std::ranges::all_of(model_.variables, is_value);
}

void Synapses::move_values(std::span<const std::int16_t> moves, bool back) {
  if (moves.empty()) return;
  Team& team = network_.team();
  regroup(connectivity_.target.data(), sizeof(std::int32_t), connectivity_, moves, back, team);
  for (auto& [name, array] : arrays_)
    if (!declared(name).shared)
      regroup(array.data(), size_of(array.storage()), connectivity_, moves, back, team);
}

bool Synapses::arrange() {
  if (pathways_.empty()) return false;
  Pathway& pathway = pathways_.front();
  std::optional<DelaySegments> segments = pathway.new_segments();
  if (!segments) return false;
  within_memory(name(), [&] {
    Numbering creation =
        Numbering::nearby(segments->moves(connectivity_, pathway.delays_->as<std::uint16_t>()));
    if (pathway.has_due()) pathway.move(creation.places(size()));
    move_values(creation.offsets(), false);
    connectivity_.creation = std::move(creation);
  });
  pathway.take_segments(std::move(*segments));
  forget_derived();
  return !pathway.rows_;
}

void Synapses::settle() {
  if (pathways_.empty() || !pathways_.front().segments_) return;
  Pathway& pathway = pathways_.front();
  within_memory(name(), [&] {
    const std::vector<std::uint16_t> grouped = pathway.segments_->delays(connectivity_);
    Array delays(Storage::u16, size());
    std::ranges::copy(grouped, delays.as<std::uint16_t>().begin());
    const std::vector<std::int16_t>& moves = connectivity_.creation.offsets();
    if (pathway.has_due()) pathway.move(numbers());
    if (!moves.empty())
      regroup(delays.data(), sizeof(std::uint16_t), connectivity_, moves, true, network_.team());
    move_values(moves, true);
    connectivity_.creation = {};
    pathway.give_segments_back(std::move(delays));
  });
  forget_derived();
  network_.structure_changed();
}

}  // namespace ranvier
