#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/runtime/disk_file.hpp>
#include <ranvier/runtime/table.hpp>

/// The file of a recording. All numbers are 64 bits, little-endian:
///   begin: mark, version, length of the description, checksum of the three fields before with the
///   description
///          in place of the fourth; then the description as text
///   chunk: mark, number, first row, rows, bytes, checksum of the bytes, checksum of the six fields before;
///          then the bytes: every column in turn, its rows one after the other
/// A chunk without rows says that the recording was finished.
namespace ranvier::recording_file {

using Field = std::uint64_t;

struct Begin {
  static constexpr Field marked = 0x0a1a0a0d52565289;  // "\x89RVR\r\n\x1a\n"
  static constexpr Field current = 1;
  Field mark = marked, version = current, length = 0, sum = 0;
};
struct Chunk {
  static constexpr Field marked = 0x4b4e554843525652;  // "RVRCHUNK"
  Field mark = marked, number = 0, first = 0, rows = 0, bytes = 0, payload_sum = 0, sum = 0;
};
static_assert(sizeof(Begin) == 32 && sizeof(Chunk) == 56);

Field sum_of(const Begin& begin, std::string_view description);
Field sum_of(const Chunk& chunk);

/// What was recorded as lines of text, and back; nullopt if the text says something impossible.
std::string describe(const TableInfo& info);
std::optional<TableInfo> parse(std::string_view description);

}  // namespace ranvier::recording_file

namespace ranvier {

/// Writes the rows of a recording. A call that throws has left in the file what was in it before.
class RecordingWriter {
 public:
  /// Opens the file, which keeps what it has until `begin`. Throws NetworkError, also for a file that exists
  /// and is not a recording.
  RecordingWriter(const std::string& path, std::string monitor);
  ~RecordingWriter();
  RecordingWriter(const RecordingWriter&) = delete;
  RecordingWriter& operator=(const RecordingWriter&) = delete;

  /// Empties the file and says what is going to be recorded. Only the first call does anything.
  void begin(const TableInfo& info);
  void write(std::int64_t first, std::int64_t rows, std::span<const std::span<const std::byte>> columns);

 private:
  void append(recording_file::Chunk chunk, std::span<const std::span<const std::byte>> columns);

  DiskFile file_;
  std::string monitor_;
  std::int64_t size_ = -1;  // of the file; negative: not begun
  std::uint64_t chunks_ = 0;
  std::uint64_t rows_ = 0;
  std::vector<std::byte> buffer_;
};

}  // namespace ranvier
