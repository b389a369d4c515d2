#include <fmt/format.h>
#include <fmt/ranges.h>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <ranvier/compiler/checksum.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/recording_file.hpp>

namespace ranvier::recording_file {
namespace {

static_assert(std::endian::native == std::endian::little, "files of recordings are little-endian");

/// Takes the text up to `end` off the front; all of it if there is none.
std::string_view take(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == text.npos ? text.size() : at + 1);
  return taken;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool read_column(std::string_view text, std::vector<ColumnInfo>& columns) {
  ColumnInfo column;
  column.name = take(text, ' ');
  const auto type = column_type(take(text, ' '));
  const std::string_view values = take(text, ' ');
  if (!type || (values != "each" && values != "one")) return false;
  column.type = *type;
  column.per_element = values == "each";
  column.unit = text;
  columns.push_back(std::move(column));
  return true;
}

bool read_elements(std::string_view text, std::vector<std::int64_t>& elements) {
  while (!text.empty())
    if (!read_number(take(text, ' '), elements.emplace_back())) return false;
  return true;
}

bool read_line(std::string_view line, TableInfo& info) {
  const std::string_view key = take(line, ' ');
  if (key == "kind") info.kind = line;
  if (key == "monitor") info.name = line;
  if (key == "source") info.source = line;
  if (key == "size") return read_number(line, info.size);
  if (key == "dt") return read_number(line, info.dt);
  if (key == "column") return read_column(line, info.columns);
  if (key == "elements") return read_elements(line, info.elements);
  return true;
}

}  // namespace

Field sum_of(const Begin& begin, std::string_view description) {
  const auto bytes = std::as_bytes(std::span(&begin, 1)).first(sizeof(Begin) - sizeof(Field));
  return Checksum().add(bytes).add(std::as_bytes(std::span(description))).value();
}

Field sum_of(const Chunk& chunk) {
  return checksum(std::as_bytes(std::span(&chunk, 1)).first(sizeof(Chunk) - sizeof(Field)));
}

std::string describe(const TableInfo& info) {
  std::string text = fmt::format("kind {}\nmonitor {}\nsource {}\nsize {}\ndt {}\n", info.kind, info.name,
                                 info.source, info.size, info.dt);
  for (const ColumnInfo& c : info.columns)
    text += fmt::format("column {} {} {} {}\n", c.name, to_string(c.type), c.per_element ? "each" : "one",
                        c.unit);
  return text + fmt::format("elements {}\n", fmt::join(info.elements, " "));
}

std::optional<TableInfo> parse(std::string_view description) {
  TableInfo info;
  while (!description.empty())
    if (!read_line(take(description, '\n'), info)) return std::nullopt;
  const bool timed = !info.columns.empty() && info.columns[0].name == "t" && !info.columns[0].per_element;
  const bool sized = info.size >= 0 && info.size <= std::numeric_limits<std::int32_t>::max();
  if (!timed || !sized || !(info.row_bytes() < 1e15) || !(info.dt >= 0) || !std::isfinite(info.dt))
    return std::nullopt;
  return info;
}

}  // namespace ranvier::recording_file

namespace ranvier {

using recording_file::Begin;
using recording_file::Chunk;

RecordingWriter::RecordingWriter(const std::string& path, std::string monitor)
    : file_(DiskFile::writing(path)), monitor_(std::move(monitor)) {
  Begin begin{};
  const bool empty = file_.size() == 0;
  if (!empty &&
      (!file_.read(0, std::as_writable_bytes(std::span(&begin.mark, 1))) || begin.mark != Begin::marked))
    throw NetworkError(
        fmt::format("'{}': the file '{}' exists and is not a recording; give another name", monitor_, path));
}

RecordingWriter::~RecordingWriter() {
  try {
    if (size_ >= 0) append({.number = chunks_, .first = rows_}, {});
  } catch (const NetworkError&) {  // then the file does not say that it is complete
  }
}

void RecordingWriter::begin(const TableInfo& info) {
  if (size_ >= 0) return;
  const std::string description = recording_file::describe(info);
  Begin begin{.length = description.size()};
  begin.sum = sum_of(begin, description);
  file_.cut(0);
  file_.write(0, std::as_bytes(std::span(&begin, 1)));
  file_.write(sizeof begin, std::as_bytes(std::span(description)));
  size_ = static_cast<std::int64_t>(sizeof begin + description.size());
}

void RecordingWriter::write(std::int64_t first, std::int64_t rows,
                            std::span<const std::span<const std::byte>> columns) {
  append({.number = chunks_,
          .first = static_cast<std::uint64_t>(first),
          .rows = static_cast<std::uint64_t>(rows)},
         columns);
  ++chunks_;
  rows_ += static_cast<std::uint64_t>(rows);
}

void RecordingWriter::append(Chunk chunk, std::span<const std::span<const std::byte>> columns) {
  buffer_.resize(sizeof chunk);
  for (const auto& column : columns) buffer_.insert(buffer_.end(), column.begin(), column.end());
  const std::span<const std::byte> payload = std::span(buffer_).subspan(sizeof chunk);
  chunk.bytes = payload.size();
  chunk.payload_sum = checksum(payload);
  chunk.sum = sum_of(chunk);
  std::memcpy(buffer_.data(), &chunk, sizeof chunk);
  try {
    file_.write(size_, buffer_);
  } catch (const NetworkError& error) {
    file_.cut(size_);
    throw NetworkError(
        fmt::format("'{}': {}; the {} rows before are in the file", monitor_, error.what(), rows_));
  }
  size_ += std::ssize(buffer_);
}

}  // namespace ranvier
