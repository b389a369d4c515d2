#include <cstring>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

// Synapses that begin or end at other synapses. Which ones is kept by their numbers, which stay when others
// are made; kernels see positions, which are looked up whenever these have changed.
namespace ranvier {

std::vector<std::int32_t> Synapses::targets() const {
  std::vector<std::int32_t> positions(connectivity_.target.begin(), connectivity_.target.end());
  if (target_.owner().stored_in_order()) return positions;
  for (std::int32_t& target : positions) target = target_.owner().position(target);
  return positions;
}

/// The array itself where the numbers of what these end at are positions.
void* Synapses::target_positions() {
  return target_.owner().stored_in_order() ? connectivity_.target.data() : structural_column("_targets");
}

/// The counts of these synapses, as others read them: those of all kernels are scalars of their own objects.
Array* Synapses::count_column(std::string_view name) {
  static constexpr std::pair<std::string_view, ScalarKind> counts[] = {
      {"N", ScalarKind::count},
      {"N_pre", ScalarKind::count_pre},
      {"N_post", ScalarKind::count_post},
      {"_first_pre", ScalarKind::first_pre},
      {"_first_post", ScalarKind::first_post},
      {"_size_pre", ScalarKind::size_pre},
      {"_size_post", ScalarKind::size_post}};
  const auto* count = std::ranges::find(counts, name, &std::pair<std::string_view, ScalarKind>::first);
  if (count == std::end(counts)) return nullptr;
  Array& array = structural_.try_emplace(std::string(name), Storage::i64, 1).first->second;
  array.as<std::int64_t>()[0] = static_cast<std::int64_t>(extent(count->second));
  return &array;
}

void* Synapses::named_array(const std::string& name) {
  if (find_array(name) || model_.find(name)) return StateOwner::named_array(name);
  if (Array* array = count_column(name)) return array->data();
  const bool other = name.find('.') != std::string::npos && !delay_address(name);
  return other ? array_address(name) : address({name, Owner::hidden, name});
}

std::vector<const Object*> Synapses::objects_behind() const {
  std::vector<const Object*> objects;
  for (const Elements* end : {&target_, &source_}) {
    objects.push_back(&end->object());
    if (!end->synapses()) continue;
    const std::vector<const Object*> further = end->synapses()->objects_behind();
    objects.insert(objects.end(), further.begin(), further.end());
  }
  return objects;
}

void Synapses::expect_elements(const StateOwner& owner, std::int64_t count) {
  if (source_.are_of(owner)) connectivity_.row.reserve(static_cast<std::size_t>(count + 1));
}

void Synapses::follow_elements(const StateOwner& owner) {
  if (!source_.are_of(owner) && !target_.are_of(owner)) return;
  const auto rows = static_cast<std::size_t>(source_.size() + 1);
  if (connectivity_.row.size() < rows) connectivity_.row.resize(rows, size());
  forget_derived();
}

/// Numbers of the synapses that begin or end at an element that is to be gone.
std::vector<std::int64_t> Synapses::lost_with(const StateOwner& owner,
                                              std::span<const std::int32_t> numbers) const {
  const auto gone = [&](const Elements& end, std::int64_t element) {
    return end.are_of(owner) && numbers[static_cast<std::size_t>(element)] < 0;
  };
  std::vector<std::int64_t> lost;
  if (!source_.are_of(owner) && !target_.are_of(owner)) return lost;
  const std::vector<std::pair<std::int32_t, std::int32_t>> all = pairs();
  for (std::size_t k = 0; k < all.size(); ++k)
    if (gone(source_, all[k].first) || gone(target_, all[k].second))
      lost.push_back(static_cast<std::int64_t>(k));
  return lost;
}

std::vector<std::int32_t> Synapses::numbers_without(std::span<const std::int64_t> synapses) const {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(size()));
  for (const std::int64_t number : synapses) numbers[static_cast<std::size_t>(number)] = -1;
  std::int32_t next = 0;
  for (std::int32_t& number : numbers) number = number < 0 ? -1 : next++;
  return numbers;
}

void Synapses::require_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) const {
  const std::vector<std::int64_t> lost = lost_with(owner, numbers);
  if (!lost.empty()) network_.require_elements(*this, numbers_without(lost));
}

void Synapses::release_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) {
  const std::vector<std::int64_t> lost = lost_with(owner, numbers);
  if (!lost.empty()) remove(lost);
}

void Synapses::renumber_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) {
  if (target_.are_of(owner))
    for (std::int32_t& target : connectivity_.target) target = numbers[static_cast<std::size_t>(target)];
  if (source_.are_of(owner)) {
    auto& row = connectivity_.row;
    std::size_t kept = 0;
    for (std::size_t s = 0; s < numbers.size(); ++s)
      if (numbers[s] >= 0) row[++kept] = row[s + 1];  // what is gone had no synapses any more
    row.resize(kept + 1);
  }
  if (source_.are_of(owner) || target_.are_of(owner)) forget_derived();
}

void* NumberedEnds::address(const Column& column) {
  void* stored = static_cast<KernelEnvironment&>(synapses_).address(column);
  if (column.index != Index::pre && column.index != Index::post) return stored;
  const Elements end = column.index == Index::pre ? synapses_.source() : synapses_.target();
  if (end.owner().stored_in_order()) return stored;
  const auto [known, added] = arrays_.try_emplace(column.name, column.storage, end.size());
  const std::size_t bytes = size_of(column.storage);
  auto* numbered = static_cast<std::byte*>(known->second.data());
  for (std::int64_t k = 0; added && k < end.size(); ++k)
    std::memcpy(numbered + static_cast<std::size_t>(k) * bytes,
                static_cast<const std::byte*>(stored) + static_cast<std::size_t>(end.position(k)) * bytes,
                bytes);
  return numbered;
}

}  // namespace ranvier
