#include <ranvier/compiler/timed_array.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <ranvier/compiler/text.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier {
namespace {

template <class... Pieces>
[[noreturn]] void refuse(const Pieces&... pieces) {
  throw NetworkError(text("TimedArray: ", pieces...));
}

}  // namespace

TimedArray::TimedArray(const std::vector<Values>& values, Time dt, bool has_columns) {
  Data data{{}, dt.si(), {}, 0, 0};
  if (!(data.dt > 0) || !std::isfinite(data.dt)) refuse("dt is ", data.dt, " s, but it must be positive");
  if (values.empty() || values[0].empty()) refuse("there are no values");
  const AnyQuantity& first = values[0][0];
  data.dimension = first.dimension;
  const std::size_t width = values[0].size();
  data.rows = std::ssize(has_columns ? std::vector<int>(values.size()) : std::vector<int>(width));
  data.columns = has_columns ? static_cast<std::int64_t>(width) : 0;
  constexpr double outside = std::numeric_limits<double>::quiet_NaN();
  for (const Values& row : values) {
    if (row.size() != width) refuse("a row has ", row.size(), " values, the first one ", width);
    if (has_columns) data.storage.push_back(outside);
    for (const AnyQuantity& value : row) {
      if (!(value.dimension == first.dimension))
        refuse(to_string(value), " among values like ", to_string(first), ": all need the same unit");
      data.storage.push_back(value.value);
    }
  }
  if (has_columns) data.storage.push_back(outside);
  data_ = std::make_shared<const Data>(std::move(data));
}

double TimedArray::ticks(double step) const {
  return std::max(1.0, std::trunc(std::exp2(std::ceil(std::log2(8 * data_->dt / step)))));
}

bool TimedArray::is_multiple_of(double step) const {
  const double ratio = data_->dt / step;
  return ratio > 0.5 && std::abs(ratio - std::round(ratio)) <= 1e-9 * ratio;
}

std::int64_t TimedArray::row(double t, double step) const {
  const double k = ticks(step);
  const double index = std::trunc(std::trunc(t / (data_->dt / k) + 0.5) / k);
  const auto last = static_cast<double>(data_->rows - 1);
  return index > 0 ? static_cast<std::int64_t>(std::min(index, last)) : 0;
}

AnyQuantity TimedArray::operator()(Time t, Time step) const {
  if (data_->columns > 0) refuse("it has columns; call it with a time and a column");
  return {data_->storage[static_cast<std::size_t>(row(t.si(), step.si()))], data_->dimension};
}

AnyQuantity TimedArray::operator()(Time t, std::int64_t column, Time step) const {
  if (data_->columns == 0) refuse("it has no columns; call it with a time alone");
  const std::int64_t inside = std::clamp(column, std::int64_t{-1}, data_->columns);
  const std::int64_t at = row(t.si(), step.si()) * (data_->columns + 1) + inside + 1;
  return {data_->storage[static_cast<std::size_t>(at)], data_->dimension};
}

bool operator==(const TimedArray& a, const TimedArray& b) {
  if (a.data_ == b.data_) return true;
  const auto same_bits = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return same_signature(a, b) && std::ranges::equal(a.storage(), b.storage(), same_bits);
}

bool same_signature(const TimedArray& a, const TimedArray& b) {
  return a.dimension() == b.dimension() && a.num_arguments() == b.num_arguments() && a.dt() == b.dt();
}

}  // namespace ranvier
