#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <array>
#include <cstring>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/table.hpp>

namespace ranvier {
namespace {

template <class T>
double loaded(const std::byte* cells, std::int64_t k) {
  T value;
  std::memcpy(&value, cells + static_cast<std::size_t>(k) * sizeof(T), sizeof(T));
  return static_cast<double>(value);
}

struct TypeRow {
  const char* name;
  std::size_t bytes;
  double (*load)(const std::byte*, std::int64_t);
};

constexpr std::array<TypeRow, 5> types{{{"float64", 8, loaded<double>},
                                        {"float32", 4, loaded<float>},
                                        {"int64", 8, loaded<std::int64_t>},
                                        {"int32", 4, loaded<std::int32_t>},
                                        {"boolean", 1, loaded<std::uint8_t>}}};

const TypeRow& row_of(ColumnType type) {
  return types[static_cast<std::size_t>(type)];
}

/// Appends what stands at `place` in every row of a piece.
void append_place(std::vector<double>& values, const Table::Piece& piece, ColumnType type, std::int64_t width,
                  std::int64_t place) {
  for (std::int64_t row = 0; row < piece.rows; ++row)
    values.push_back(value_at(type, piece.cells, row * width + place));
}

}  // namespace

const char* to_string(ColumnType type) {
  return row_of(type).name;
}

std::size_t size_of(ColumnType type) {
  return row_of(type).bytes;
}

std::optional<ColumnType> column_type(std::string_view name) {
  for (std::size_t k = 0; k < types.size(); ++k)
    if (types[k].name == name) return static_cast<ColumnType>(k);
  return std::nullopt;
}

double value_at(ColumnType type, const std::byte* cells, std::int64_t k) {
  return row_of(type).load(cells, k);
}

double TableInfo::row_bytes() const {
  double bytes = 0;
  for (const ColumnInfo& column : columns)
    bytes += static_cast<double>(width(column)) * static_cast<double>(size_of(column.type));
  return bytes;
}

std::size_t Table::number_of(std::string_view column) const {
  const auto found = std::ranges::find(info_.columns, column, &ColumnInfo::name);
  if (found != info_.columns.end()) return static_cast<std::size_t>(found - info_.columns.begin());
  std::vector<std::string> names;
  for (const ColumnInfo& c : info_.columns) names.push_back(c.name);
  throw NetworkError(
      fmt::format("'{}' does not record '{}'; it records {}", info_.name, column, fmt::join(names, ", ")));
}

std::int64_t Table::place_of(std::int64_t element) const {
  const auto found = std::ranges::find(info_.elements, element);
  if (found == info_.elements.end())
    throw NetworkError(
        fmt::format("'{}' does not record element {}; add it to .record", info_.name, element));
  return found - info_.elements.begin();
}

std::vector<double> Table::column(std::string_view name) const {
  const std::size_t number = number_of(name);
  const ColumnInfo& column = info_.columns[number];
  if (column.per_element)
    throw NetworkError(fmt::format("'{}' records '{}' of {} elements; name one: trace(\"{}\", element)",
                                   info_.name, name, info_.elements.size(), name));
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(rows()));
  for (std::int64_t k = 0; k < chunks(); ++k) append_place(values, piece(k, number), column.type, 1, 0);
  return values;
}

std::vector<double> Table::trace(std::string_view variable, std::int64_t element) const {
  const std::size_t number = number_of(variable);
  const ColumnInfo& column = info_.columns[number];
  const std::int64_t place = place_of(element), width = info_.width(column);
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(rows()));
  for (std::int64_t k = 0; k < chunks(); ++k)
    append_place(values, piece(k, number), column.type, width, column.per_element ? place : 0);
  return values;
}

std::vector<std::vector<double>> Table::traces(std::string_view variable) const {
  const std::size_t number = number_of(variable);
  const ColumnInfo& column = info_.columns[number];
  std::vector<std::vector<double>> all(info_.elements.size());
  for (std::vector<double>& values : all) values.reserve(static_cast<std::size_t>(rows()));
  for (std::int64_t k = 0; k < chunks(); ++k) {
    const Piece part = piece(k, number);
    for (std::size_t e = 0; e < all.size(); ++e)
      append_place(all[e], part, column.type, info_.width(column),
                   column.per_element ? static_cast<std::int64_t>(e) : 0);
  }
  return all;
}

std::vector<std::int32_t> Table::indices() const {
  const std::size_t number = number_of("i");
  if (info_.columns[number].type != ColumnType::int32 || info_.columns[number].per_element)
    throw NetworkError(fmt::format("'{}' is no recording of spikes: its 'i' is something else", info_.name));
  std::vector<std::int32_t> all;
  all.reserve(static_cast<std::size_t>(rows()));
  for (std::int64_t k = 0; k < chunks(); ++k) {
    const Piece part = piece(k, number);
    for (std::int64_t row = 0; row < part.rows; ++row)
      all.push_back(static_cast<std::int32_t>(value_at(ColumnType::int32, part.cells, row)));
  }
  return all;
}

std::map<std::int32_t, std::vector<double>> Table::by_element(std::string_view name) const {
  constexpr double bytes_of_entry = 80;  // of a map
  require_memory(fmt::format("the values of {} elements", info_.size),
                 static_cast<double>(info_.size) * bytes_of_entry, Limits());
  const std::vector<std::int32_t> elements = indices();
  const std::vector<double> values = column(name);
  std::map<std::int32_t, std::vector<double>> all;
  for (std::int32_t k = 0; k < static_cast<std::int32_t>(info_.size); ++k) all[k];
  for (std::size_t k = 0; k < values.size(); ++k) all[elements[k]].push_back(values[k]);
  return all;
}

}  // namespace ranvier
