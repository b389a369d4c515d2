#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/types.hpp>

namespace ranvier {

/// How a column keeps its values.
enum class ColumnType : std::uint8_t { float64, float32, int64, int32, boolean };

const char* to_string(ColumnType type);
std::optional<ColumnType> column_type(std::string_view name);
std::size_t size_of(ColumnType type);
/// Value number `k` behind `cells`, which need not be aligned.
double value_at(ColumnType type, const std::byte* cells, std::int64_t k);

struct ColumnInfo {
  std::string name;
  ColumnType type = ColumnType::float64;
  std::string unit = "1";    // SI, as text: "volt"
  bool per_element = false;  // a value for each recorded element in every row; otherwise one
};

/// What was recorded, apart from the values.
struct TableInfo {
  std::string kind;                    // "state", "spikes", "rate"
  std::string name;                    // of the monitor
  std::string source;                  // the object that it looked at
  std::int64_t size = 0;               // elements of the source, or of the slice of it
  double dt = 0;                       // [s] step length when the recording began
  std::vector<std::int64_t> elements;  // the recorded ones, in the order of the values
  std::vector<ColumnInfo> columns;

  std::int64_t width(const ColumnInfo& column) const { return column.per_element ? std::ssize(elements) : 1; }
  /// Bytes of a row.
  double row_bytes() const;
};

/// Rows of named columns, kept in chunks: what every monitor records and what a file of it holds. Values are
/// in SI base units; reading functions turn integers and booleans into doubles.
class Table {
 public:
  virtual ~Table() = default;

  const TableInfo& info() const { return info_; }
  virtual std::int64_t rows() const = 0;

  /// One value a row: "t", "i", "rate", a variable at the spikes, a shared variable. Throws NetworkError if
  /// there is no such column, or if it has a value for each element.
  std::vector<double> column(std::string_view name) const;
  /// [row] what was recorded of `variable` in `element` (its number, not its place among the recorded ones).
  std::vector<double> trace(std::string_view variable, std::int64_t element) const;
  /// [element][row], in the order of the recorded elements.
  std::vector<std::vector<double>> traces(std::string_view variable) const;
  /// [spike] the neuron of each spike: the column "i".
  std::vector<std::int32_t> indices() const;
  /// The values of a column in the rows of each element of the source, for a table with a column "i".
  std::map<std::int32_t, std::vector<double>> by_element(std::string_view name) const;
  /// Unit of a column as text.
  const std::string& unit(std::string_view variable) const { return find(variable).unit; }

  /// A part of one column: `rows` rows of width(column) values.
  struct Piece {
    std::int64_t rows = 0;
    const std::byte* cells = nullptr;
    std::shared_ptr<const std::byte[]> owner{};  // keeps them alive if they are not the table's
  };
  virtual std::int64_t chunks() const = 0;
  virtual Piece piece(std::int64_t chunk, std::size_t column) const = 0;

  /// Number of a column; throws NetworkError if there is none.
  std::size_t number_of(std::string_view column) const;

 protected:
  const ColumnInfo& find(std::string_view column) const { return info_.columns[number_of(column)]; }
  std::int64_t place_of(std::int64_t element) const;

  TableInfo info_;
};

}  // namespace ranvier
