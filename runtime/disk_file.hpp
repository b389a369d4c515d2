#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace ranvier {

/// A regular file read and written at given places. Every failure is a NetworkError with the system's reason.
class DiskFile {
 public:
  static DiskFile reading(const std::string& path);
  /// Made if it does not exist, else left as it is. One file is written by one at a time.
  static DiskFile writing(const std::string& path);
  DiskFile(DiskFile&& other) noexcept;
  DiskFile& operator=(DiskFile&& other) noexcept;
  ~DiskFile();

  const std::string& path() const { return path_; }
  std::int64_t size() const;
  /// Fills `to`; false if the file ends before.
  bool read(std::int64_t offset, std::span<std::byte> to) const;
  void write(std::int64_t offset, std::span<const std::byte> from);
  void cut(std::int64_t size);
  /// When this returns, what was written is on the disk.
  void sync();

 private:
  DiskFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  [[noreturn]] void fail(const char* what) const;

  int descriptor_ = -1;
  std::string path_;
};

}  // namespace ranvier
