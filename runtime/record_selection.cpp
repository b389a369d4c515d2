#include <fmt/format.h>
#include <numeric>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/record_selection.hpp>

namespace ranvier {
namespace {

RecordSelection::Numbers numbers_of(const ElementRange& range, std::int64_t size,
                                    const std::string& monitor) {
  if (range.begin < 0 || range.end > size || range.begin > range.end || range.step < 1)
    throw NetworkError(fmt::format(
        "'{}': every {}. element of [{}, {}) cannot be recorded; the range must lie in [0, {}) and "
        "the step be positive",
        monitor, range.step, range.begin, range.end, size));
  RecordSelection::Numbers numbers;
  for (std::int64_t k = range.begin; k < range.end; k += std::min(range.step, range.end - k))
    numbers.push_back(k);
  return numbers;
}

}  // namespace

RecordSelection::Numbers RecordSelection::elements(
    std::int64_t size, const std::string& monitor,
    const std::function<Numbers(const std::string&)>& select) const {
  if (const auto* condition = std::get_if<std::string>(&chosen_)) return select(*condition);
  if (const auto* range = std::get_if<ElementRange>(&chosen_)) return numbers_of(*range, size, monitor);
  if (std::holds_alternative<All>(chosen_)) {
    Numbers all(static_cast<std::size_t>(size));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  const Numbers& numbers = std::get<Numbers>(chosen_);
  for (const std::int64_t element : numbers)
    if (element < 0 || element >= size)
      throw NetworkError(
          fmt::format("'{}': element {} is out of range; it must lie in [0, {})", monitor, element, size));
  return numbers;
}

}  // namespace ranvier
