#include <fmt/format.h>
#include <algorithm>
#include <new>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/recorder.hpp>
#include <ranvier/runtime/recording_file.hpp>

namespace ranvier {
namespace {

constexpr double chunk_target = 1 << 18;  // bytes: what a killed process loses of a file, at most
constexpr int longest_chunk = 14;         // log2 of rows

int log2_rows(double row_bytes) {
  int shift = 0;
  while (shift < longest_chunk && row_bytes * static_cast<double>(2 << shift) <= chunk_target) ++shift;
  return shift;
}

}  // namespace

Recorder::Recorder() = default;
Recorder::~Recorder() {
  try {
    flush();
  } catch (
      const NetworkError&) {  // what does not fit on the disk is lost; the file says that it is not complete
    file_.reset();
  }
}

void Recorder::define(TableInfo info, const std::string& path) {
  info_ = std::move(info);
  path_ = path;
  shift_ = log2_rows(info_.row_bytes());
  offsets_.clear(), strides_.clear(), chunk_bytes_ = 0;
  for (const ColumnInfo& column : info_.columns) {
    offsets_.push_back(chunk_bytes_);
    strides_.push_back(static_cast<std::size_t>(info_.width(column)) * size_of(column.type));
    chunk_bytes_ += ((strides_.back() << shift_) + 63) / 64 * 64;
  }
  if (!path.empty()) file_ = std::make_unique<RecordingWriter>(path, info_.name);
}

void Recorder::begin(double dt) {
  uneven_ = uneven_ || (rows_ > 0 && info_.dt != dt);
  if (rows_ == 0) info_.dt = dt;
}

double Recorder::even_dt() const {
  if (uneven_)
    throw NetworkError(
        fmt::format("dt changed while '{}' recorded: its steps are not of one length", info_.name));
  return info_.dt;
}

std::int64_t Recorder::open(std::int64_t wanted) {
  const std::int64_t capacity = std::int64_t{1} << shift_;
  if (file_) file_->begin(info_);
  if (filled_ == capacity) flush();
  if (chunks_.empty() || filled_ == capacity) try {
      chunks_.emplace_back(new std::byte[chunk_bytes_]);  // not touched before it is written
      filled_ = 0;
    } catch (const std::bad_alloc&) {
      throw NetworkError(
          fmt::format("out of memory: '{}' has recorded {} rows, which are kept; record less, or to a .file",
                      info_.name, rows_));
    }
  return std::min(wanted, capacity - filled_);
}

void Recorder::close(std::int64_t count) {
  filled_ += count;
  rows_ += count;
  if (filled_ == std::int64_t{1} << shift_) flush();
}

void Recorder::flush() {
  if (!file_) return;
  file_->begin(info_);
  if (filled_ == 0) return;
  std::vector<std::span<const std::byte>> columns;
  for (std::size_t c = 0; c < strides_.size(); ++c)
    columns.emplace_back(at(c, 0), strides_[c] * static_cast<std::size_t>(filled_));
  file_->write(rows_ - filled_, filled_, columns);
  filled_ = 0;
}

void Recorder::require_in_memory() const {
  if (file_)
    throw NetworkError(fmt::format("'{}' records to the file '{}'; read it with read_recording(\"{}\")",
                                   info_.name, path_, path_));
}

std::int64_t Recorder::chunks() const {
  require_in_memory();
  return std::ssize(chunks_);
}

Table::Piece Recorder::piece(std::int64_t chunk, std::size_t column) const {
  const std::int64_t capacity = std::int64_t{1} << shift_;
  const std::int64_t rows = std::min(capacity, rows_ - chunk * capacity);
  return {rows, chunks_[static_cast<std::size_t>(chunk)].get() + offsets_[column], {}};
}

}  // namespace ranvier
