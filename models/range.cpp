#include <cmath>

#include <ranvier/models/range.hpp>

namespace ranvier {
namespace {

struct RangeRow {
  double lowest;
  bool with_lowest;
  const char* text;
};

// In the order of Range.
constexpr RangeRow rows[] = {
    {-INFINITY, false, "must be finite"},
    {0, true, "must be finite and not negative"},
    {0, false, "must be finite and positive"},
};

}  // namespace

void check_range(const std::string& what, const AnyQuantity& value, Range range, Problems& problems) {
  const RangeRow& row = rows[static_cast<int>(range)];
  const bool above = row.with_lowest ? value.value >= row.lowest : value.value > row.lowest;
  if (above && std::isfinite(value.value)) return;
  problems.add(what + " " + row.text + ", but is " + to_string(value));
}

}  // namespace ranvier
