#include <fmt/format.h>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/export.hpp>
#include <ranvier/runtime/new_file.hpp>

namespace ranvier {
namespace {

/// A file that is written from the beginning to the end.
class Output {
 public:
  explicit Output(const std::string& path)
      : path_(path), file_(path), stream_(file_.part(), std::ios::binary) {
    require();
  }
  void write(std::string_view bytes) {
    stream_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    require();
  }
  void finish() {
    stream_.close();
    require();
    file_.finish();
  }

 private:
  void require() const {
    if (!stream_) throw NetworkError(fmt::format("cannot write '{}': {}", path_, std::strerror(errno)));
  }

  std::string path_;
  NewFile file_;
  std::ofstream stream_;
};

/// Shortest text that reads as the same number.
void append_value(fmt::memory_buffer& line, ColumnType type, const std::byte* cells, std::int64_t k) {
  const double value = value_at(type, cells, k);
  const auto to = std::back_inserter(line);
  if (type == ColumnType::float64)
    fmt::format_to(to, "{}", value);
  else if (type == ColumnType::float32)
    fmt::format_to(to, "{}", static_cast<float>(value));
  else
    fmt::format_to(to, "{:.0f}", value);
}

std::string csv_header(const TableInfo& info) {
  std::string line;
  for (const ColumnInfo& c : info.columns) {
    if (!c.per_element) line += fmt::format("{} ({}),", c.name, c.unit);
    if (c.per_element)
      for (const std::int64_t element : info.elements)
        line += fmt::format("{}[{}] ({}),", c.name, element, c.unit);
  }
  line.back() = '\n';
  return line;
}

const char* npy_type(ColumnType type) {
  constexpr const char* names[] = {"<f8", "<f4", "<i8", "<i4", "|b1"};
  static_assert(std::endian::native == std::endian::little);
  return names[static_cast<std::size_t>(type)];
}

/// Rows of elements, one row after the other, are what NumPy calls an array [element][row] in Fortran's
/// order.
std::string npy_header(const Table& table, const ColumnInfo& column) {
  const std::string shape = column.per_element
                                ? fmt::format("({}, {})", table.info().elements.size(), table.rows())
                                : fmt::format("({},)", table.rows());
  std::string text = fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}",
                                 npy_type(column.type), column.per_element ? "True" : "False", shape);
  constexpr std::size_t before = 10;  // bytes
  text.resize((before + text.size()) / 64 * 64 + 64 - before, ' ');
  text.back() = '\n';
  std::string header("\x93NUMPY\x01\x00", 8);
  header += static_cast<char>(text.size() % 256);
  header += static_cast<char>(text.size() / 256);
  return header + text;
}

}  // namespace

void write_csv(const Table& table, const std::string& path) {
  const TableInfo& info = table.info();
  Output file(path);
  file.write(csv_header(info));
  fmt::memory_buffer lines;
  for (std::int64_t chunk = 0; chunk < table.chunks(); ++chunk) {
    std::vector<Table::Piece> pieces;
    for (std::size_t c = 0; c < info.columns.size(); ++c) pieces.push_back(table.piece(chunk, c));
    for (std::int64_t row = 0; row < pieces[0].rows; ++row) {
      for (std::size_t c = 0; c < pieces.size(); ++c) {
        const std::int64_t width = info.width(info.columns[c]);
        for (std::int64_t k = row * width; k < (row + 1) * width; ++k) {
          append_value(lines, info.columns[c].type, pieces[c].cells, k);
          lines.push_back(',');
        }
      }
      lines[lines.size() - 1] = '\n';
    }
    file.write({lines.data(), lines.size()});
    lines.clear();
  }
  file.finish();
}

void write_npy(const Table& table, std::string_view column, const std::string& path) {
  const std::size_t number = table.number_of(column);
  const ColumnInfo& info = table.info().columns[number];
  const auto row_bytes = static_cast<std::size_t>(table.info().width(info)) * size_of(info.type);
  Output file(path);
  file.write(npy_header(table, info));
  for (std::int64_t chunk = 0; chunk < table.chunks(); ++chunk) {
    const Table::Piece piece = table.piece(chunk, number);
    file.write(
        {reinterpret_cast<const char*>(piece.cells), static_cast<std::size_t>(piece.rows) * row_bytes});
  }
  file.finish();
}

}  // namespace ranvier
