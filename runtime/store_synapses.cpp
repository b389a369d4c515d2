#include <algorithm>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

// What synapses keep between steps: their structure, which a snapshot restores, and the state that goes with
// it.
namespace ranvier {

void Synapses::archive(Archive& archive) {
  settle();
  Object::archive(archive);
  if (archive.checking()) require_valid(archive);
  std::vector<std::int32_t> numbers;
  if (!stored_in_order()) numbers = connectivity_.numbers();
  archive.list("row", connectivity_.row);
  archive.list("target", connectivity_.target);
  archive.list("creation", numbers);
  if (archive.reading()) connectivity_.creation = Numbering(std::move(numbers));
  archive.number("connected", connected_);
  archive.number("connect calls", connect_calls_);
  archive.number("removals", removals_);
  if (archive.reading()) take_over_connectivity();
  const std::int64_t synapses =
      archive.checking() ? std::ssize(archive.stored<std::int32_t>("target")) : size();
  archive_state(archive, synapses);
  for (Pathway& pathway : pathways_) pathway.archive(archive, synapses);
}

void Synapses::require_valid(Archive& archive) const {
  const auto row = archive.stored<std::int64_t>("row");
  const auto target = archive.stored<std::int32_t>("target");
  const auto creation = archive.stored<std::int32_t>("creation");
  const auto n = std::ssize(target);
  const auto count_of = [&](const Elements& end) {  // as many as there are in the snapshot
    return end.synapses() ? archive.count_of(end.owner().owner_name(), "target") : end.end();
  };
  bool valid = std::ssize(row) == count_of(source_) - source_.begin() + 1 && row.front() == 0 &&
               row.back() == n && std::ranges::is_sorted(row);
  const std::int64_t last = count_of(target_);
  for (const std::int32_t k : target) valid = valid && target_.begin() <= k && k < last;
  if (valid && !creation.empty()) {
    std::vector<std::int32_t> sorted(creation.begin(), creation.end());
    std::ranges::sort(sorted);
    valid = std::ssize(sorted) == n;
    for (std::int64_t k = 0; valid && k < n; ++k) valid = sorted[static_cast<std::size_t>(k)] == k;
  }
  archive.require(valid, "its synapses are not between these groups");
}

void Synapses::take_over_connectivity() {
  for (auto& [name, array] : arrays_)
    if (!declared(name).shared) array = Array(array.storage(), size());
  connectivity_.target.shrink_to_fit();
  forget_derived();
}

}  // namespace ranvier
