#include <fmt/format.h>
#include <algorithm>
#include <cstring>
#include <ranvier/compiler/checksum.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/recording.hpp>
#include <ranvier/runtime/recording_file.hpp>

namespace ranvier {

using recording_file::Begin;
using recording_file::Chunk;

namespace {

constexpr std::size_t block = 1 << 16;  // bytes read at a time

template <class T>
std::span<std::byte> bytes_of(T& value) {
  return std::as_writable_bytes(std::span(&value, 1));
}

}  // namespace

/// One pass over the chunks of a file, in bounded memory.
class Recording::Scan {
 public:
  Scan(Recording& recording, std::int64_t from)
      : all_(recording),
        size_(recording.file_.size()),
        row_bytes_(static_cast<std::uint64_t>(recording.info_.row_bytes())),
        at_(from) {}

  void run() {
    while (at_ < size_) {
      Chunk chunk;
      if (!all_.file_.read(at_, bytes_of(chunk)) || !plausible(chunk))
        resume();
      else
        take(chunk);
    }
  }

 private:
  bool plausible(const Chunk& chunk) const {
    return chunk.mark == Chunk::marked && chunk.sum == sum_of(chunk) && chunk.number >= next_ &&
           chunk.number < std::uint64_t{1} << 62 && chunk.bytes < std::uint64_t{1} << 62 &&
           chunk.bytes % row_bytes_ == 0 && chunk.bytes / row_bytes_ == chunk.rows;
  }

  void take(const Chunk& chunk) {
    const std::int64_t payload = at_ + static_cast<std::int64_t>(sizeof chunk);
    const auto bytes = static_cast<std::int64_t>(chunk.bytes);
    all_.lost_ += static_cast<std::int64_t>(chunk.number - next_);
    next_ = chunk.number;
    all_.finished_ = chunk.rows == 0;
    if (chunk.rows > 0) {
      ++next_;
      if (bytes <= size_ - payload && sum(payload, bytes) == chunk.payload_sum)
        all_.add({payload, static_cast<std::int64_t>(chunk.rows)});
      else
        ++all_.lost_;
    }
    if (bytes <= size_ - payload)
      at_ = payload + bytes;
    else
      at_ = mark_after(payload);
  }

  /// Goes on where the next chunk begins, behind something that is none.
  void resume() {
    all_.finished_ = false;
    at_ = mark_after(at_ + 1);
    if (at_ == size_) ++all_.lost_;
  }

  std::uint64_t sum(std::int64_t from, std::int64_t bytes) const {
    Checksum checksum;
    std::vector<std::byte> buffer(static_cast<std::size_t>(std::min<std::int64_t>(bytes, block)));
    while (bytes > 0) {
      const auto part =
          std::span(buffer).first(static_cast<std::size_t>(std::min<std::int64_t>(bytes, block)));
      if (!all_.file_.read(from, part)) return 0;
      checksum.add(part);
      from += std::ssize(part), bytes -= std::ssize(part);
    }
    return checksum.value();
  }

  /// Where the mark of a chunk stands next; the end of the file if nowhere.
  std::int64_t mark_after(std::int64_t from) const {
    const Chunk sample;
    const auto mark = std::as_bytes(std::span(&sample.mark, 1));
    std::vector<std::byte> buffer(block);
    while (size_ - from >= std::ssize(mark)) {
      const auto part =
          std::span(buffer).first(static_cast<std::size_t>(std::min<std::int64_t>(size_ - from, block)));
      if (!all_.file_.read(from, part)) break;
      const auto found = std::ranges::search(part, mark).begin();
      if (found != part.end()) return from + (found - part.begin());
      from += std::ssize(part) - std::ssize(mark) + 1;
    }
    return size_;
  }

  Recording& all_;
  std::int64_t size_;
  std::uint64_t row_bytes_;
  std::int64_t at_;
  std::uint64_t next_ = 0;  // number of the chunk that should come
};

void Recording::add(Place chunk) {
  chunks_.push_back(chunk);
  rows_ += chunk.rows;
}

std::int64_t Recording::read_begin() {
  const std::string& path = file_.path();
  Begin begin{};
  const std::int64_t size = file_.size();
  if (size == 0)
    throw NetworkError(fmt::format("'{}' is empty: the run that would have written it never began", path));
  if (!file_.read(0, bytes_of(begin.mark)) || begin.mark != Begin::marked)
    throw NetworkError(fmt::format("'{}' is not a recording of Ranvier", path));
  const auto damaged = [&] {
    throw NetworkError(
        fmt::format("'{}' is damaged where it says what was recorded; nothing can be read", path));
  };
  if (!file_.read(0, bytes_of(begin))) damaged();
  if (begin.version != Begin::current)
    throw NetworkError(fmt::format("'{}' is damaged, or has the format of another version of Ranvier", path));
  if (begin.length > static_cast<std::uint64_t>(size) - sizeof begin) damaged();
  std::string description(begin.length, '\0');
  const bool read = file_.read(sizeof begin, std::as_writable_bytes(std::span(description)));
  if (!read || begin.sum != sum_of(begin, description)) damaged();
  auto info = recording_file::parse(description);
  if (!info) damaged();
  info_ = std::move(*info);
  return static_cast<std::int64_t>(sizeof begin + description.size());
}

void Recording::read_chunks(std::int64_t from) {
  Scan(*this, from).run();
}

Table::Piece Recording::piece(std::int64_t chunk, std::size_t column) const {
  const Place& place = chunks_[static_cast<std::size_t>(chunk)];
  const auto bytes = [&](const ColumnInfo& c) {
    return place.rows * info_.width(c) * static_cast<std::int64_t>(size_of(c.type));
  };
  std::int64_t offset = place.offset;
  for (std::size_t c = 0; c < column; ++c) offset += bytes(info_.columns[c]);
  const auto count = static_cast<std::size_t>(bytes(info_.columns[column]));
  const std::shared_ptr<std::byte[]> cells(new std::byte[count]);
  if (!file_.read(offset, {cells.get(), count}))
    throw NetworkError(fmt::format("'{}' has become shorter since it was opened", file_.path()));
  return {place.rows, cells.get(), cells};
}

Recording read_recording(const std::string& path) {
  Recording recording(DiskFile::reading(path));
  within_memory(path, [&] { recording.read_chunks(recording.read_begin()); });
  return recording;
}

}  // namespace ranvier
