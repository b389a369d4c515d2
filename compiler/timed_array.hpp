#pragma once
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <ranges>
#include <utility>
#include <vector>

#include <ranvier/compiler/quantity.hpp>

namespace ranvier {

template <class Range>
concept RangeOfValues = std::ranges::input_range<Range> &&
                        std::constructible_from<AnyQuantity, std::ranges::range_reference_t<Range>>;
template <class Range>
concept RangeOfRows = std::ranges::input_range<Range> && RangeOfValues<std::ranges::range_reference_t<Range>>;

/// Values over time, for the namespace: `stim(t)` in a text is the value of the moment, `stim(t, i)` that of
/// column `i`. Each value holds for `dt`, the first also before time zero, the last for ever. Copies share
/// the values.
///
/// An object with time steps of d finds the entry of time t as trunc(trunc(t/e + 0.5)/K), with
/// K = max(1, 2**ceil(log2(8 dt/d))) and e = dt/K: the change happens up to e/2 early, so that rounding in t
/// never selects the entry before.
class TimedArray {
 public:
  /// One value for each dt: `TimedArray({1*nA, 0*nA}, 10*ms)`. Throws NetworkError for no values, values of
  /// different units, or a dt that is not positive.
  TimedArray(std::initializer_list<AnyQuantity> values, Time dt)
      : TimedArray(std::vector<Values>{values}, dt, false) {}
  template <RangeOfValues Range>
  TimedArray(const Range& values, Time dt) : TimedArray(std::vector<Values>{to_values(values)}, dt, false) {}
  /// A row of values for each dt, all rows of the same length.
  TimedArray(std::initializer_list<std::vector<AnyQuantity>> rows, Time dt)
      : TimedArray(std::vector<Values>(rows), dt, true) {}
  template <RangeOfRows Range>
  TimedArray(const Range& rows, Time dt) : TimedArray(to_rows(rows), dt, true) {}

  /// The value at a time, as an object with time steps of `step` finds it.
  AnyQuantity operator()(Time t, Time step = Time(1e-4)) const;
  /// That of a column; NaN for a column that does not exist.
  AnyQuantity operator()(Time t, std::int64_t column, Time step = Time(1e-4)) const;

  Time dt() const { return Time(data_->dt); }
  const Dimension& dimension() const { return data_->dimension; }
  std::int64_t rows() const { return data_->rows; }
  /// 0 for values without columns.
  std::int64_t columns() const { return data_->columns; }
  /// 1: called with a time; 2: with a time and a column.
  std::size_t num_arguments() const { return data_->columns > 0 ? 2 : 1; }

  /// How many of the small steps e make up dt: K, a power of two.
  double ticks(double step) const;
  /// Whether dt is a multiple of a step: then a value changes between steps only.
  bool is_multiple_of(double step) const;
  /// What kernels read: the values one after another; rows with a NaN before each and behind the last.
  const std::vector<double>& storage() const { return data_->storage; }

  friend bool operator==(const TimedArray& a, const TimedArray& b);
  /// Whether what was compiled for one holds for the other; its values may differ.
  friend bool same_signature(const TimedArray& a, const TimedArray& b);

 private:
  using Values = std::vector<AnyQuantity>;
  struct Data {
    std::vector<double> storage;
    double dt = 0;
    Dimension dimension{};
    std::int64_t rows = 0, columns = 0;
  };
  TimedArray(const std::vector<Values>& values, Time dt, bool has_columns);
  std::int64_t row(double t, double step) const;

  template <class Range>
  static Values to_values(const Range& range) {
    Values values;
    for (const auto& value : range) values.emplace_back(value);
    return values;
  }
  template <class Range>
  static std::vector<Values> to_rows(const Range& range) {
    std::vector<Values> rows;
    for (const auto& row : range) rows.push_back(to_values(row));
    return rows;
  }

  std::shared_ptr<const Data> data_;
};

}  // namespace ranvier
