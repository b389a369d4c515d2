#include <algorithm>
#include <ranvier/tools/description.hpp>

namespace ranvier::tool {

const Step* Description::find(std::string_view handle) const {
  const auto found = std::ranges::find(steps, handle, &Step::handle);
  return found == steps.end() || handle.empty() ? nullptr : &*found;
}

std::optional<std::int64_t> Description::neurons(std::string_view handle) const {
  const Step* step = find(handle);
  if (!step) return {};
  if (const auto* group = std::get_if<GroupStep>(&step->what)) return group->size;
  if (const auto* poisson = std::get_if<PoissonStep>(&step->what)) return poisson->size;
  if (const auto* generator = std::get_if<GeneratorStep>(&step->what)) return generator->size;
  const auto* slice = std::get_if<SliceStep>(&step->what);
  if (!slice) return {};
  if (const auto& range = slice->neurons.range) return range->second - range->first;
  return neurons(slice->neurons.handle);
}

std::vector<std::string> Description::handles() const {
  std::vector<std::string> all;
  for (const Step& step : steps)
    if (!step.handle.empty()) all.push_back(step.handle);
  return all;
}

const Step* Description::owner(std::string_view handle) const {
  const Step* step = find(handle);
  const auto* slice = step ? std::get_if<SliceStep>(&step->what) : nullptr;
  return slice ? owner(slice->neurons.handle) : step;
}

}  // namespace ranvier::tool
