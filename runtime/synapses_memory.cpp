#include <algorithm>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

// What synapses keep in memory: what there is, and what there will be.
namespace ranvier {
namespace {

/// Arrays that follow from the structure, as a user would call them; none has more than a number for each
/// synapse.
constexpr std::pair<const char*, const char*> structural_names[] = {
    {"_sources", "source neurons"},
    {"_multisynaptic", "numbers in a pair"},
    {"_targets", "places of target synapses"},
    {"_number", "numbers for other synapses"}};

constexpr double number = sizeof(std::int32_t), offset = sizeof(std::int64_t);  // [bytes]

constexpr const char* by_target = "synapses by target";
constexpr const char* in_blocks = "blocks of targets";

double each_of(const std::vector<MemoryItem>& items) {
  double bytes = 0;
  for (const MemoryItem& item : items) bytes += item.each;
  return bytes;
}

}  // namespace

std::vector<MemoryItem> Synapses::memory_in_run(double synapses, double numbering,
                                                const DelaySegments* segments) const {
  const auto sources = static_cast<double>(source_.size()), targets = static_cast<double>(target_.size());
  std::vector<MemoryItem> items{{"target neurons", number, number * synapses + offset * (sources + 1)}};
  if (numbering > 0) items.push_back({"order of numbers", numbering / synapses, numbering});
  for (MemoryItem& item : memory_of(model_.variables, synapses)) items.push_back(std::move(item));
  std::vector<PathwayUse> uses;
  for (const Pathway& pathway : pathways_) {
    uses.push_back(pathway.usual(segments));
    if (segments)
      items.push_back({"rows by delay", segments->bytes() / synapses, segments->bytes()});
    else if (pathway.has_own_delays())
      items.push_back({pathway.name() + ".delay", 2, 2 * synapses});
  }
  const bool rows = std::ranges::any_of(uses, &PathwayUse::rows);
  if (rows && !segments && network_.worth_dividing(static_cast<std::int64_t>(synapses)))
    items.push_back({in_blocks, 0, offset * sources * (network_.team().size() + 1)});
  if (std::ranges::any_of(pathways_, &Pathway::follows_target))
    items.push_back({by_target, number, number * synapses + offset * (targets + 1)});
  std::set<std::string> arrays = arrays_of_structure(model_, uses);
  if (!target_.owner().stored_in_order()) arrays.insert("_targets");
  for (const auto& [array, name] : structural_names)
    if (arrays.contains(array)) items.push_back({name, number, number * synapses});
  return items;
}

/// What is made when it is first needed, and may be there for others than the code: for monitors, for the
/// host.
std::vector<MemoryItem> Synapses::memory(bool in_run) const {
  const auto synapses = static_cast<double>(size());
  const DelaySegments* grouped = nullptr;
  std::optional<DelaySegments> planned;
  double numbering = connectivity_.creation.bytes();
  if (!pathways_.empty()) {
    const Pathway& pathway = pathways_.front();
    if (in_run) planned = pathway.new_segments();
    grouped = planned ? &*planned : pathway.segments_ ? &*pathway.segments_ : nullptr;
    if (planned)
      numbering =
          Numbering::nearby(planned->moves(connectivity_, pathway.delays_->as<std::uint16_t>())).bytes();
  }
  std::vector<MemoryItem> items = memory_in_run(synapses, numbering, grouped);
  if (in_run) return items;
  const auto missing = [&](const MemoryItem& item) {
    if (item.what == by_target) return !incoming_;
    if (item.what == in_blocks) return !row_blocks_ || row_blocks_->cut.empty();
    const auto* array = std::ranges::find(structural_names, item.what,
                                          [](const auto& row) { return std::string(row.second); });
    return array != std::end(structural_names) && !structural_.contains(array->first);
  };
  std::erase_if(items, missing);
  for (const auto& [array, name] : structural_names)
    if (structural_.contains(array) && std::ranges::find(items, name, &MemoryItem::what) == items.end())
      items.push_back({name, number, number * synapses});
  if (!positions_.empty()) items.push_back({"places of numbers", number, number * synapses});
  return items;
}

double Synapses::bytes_per_synapse() const {
  return each_of(memory(false));
}
double Synapses::bytes_per_synapse_in_run() const {
  return each_of(memory(true));
}

}  // namespace ranvier
