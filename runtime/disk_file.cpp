#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/disk_file.hpp>
#include <utility>

namespace ranvier {
namespace {

int opened(const std::string& path, int flags) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0666);  // a pipe would wait
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

}  // namespace

DiskFile DiskFile::reading(const std::string& path) {
  DiskFile file(opened(path, O_RDONLY), path);
  if (file.descriptor_ < 0) file.fail("open");
  file.size();
  return file;
}

DiskFile DiskFile::writing(const std::string& path) {
  DiskFile file(opened(path, O_RDWR | O_CREAT), path);
  if (file.descriptor_ < 0) file.fail("open");
  file.size();
  if (flock(file.descriptor_, LOCK_EX | LOCK_NB) != 0)
    throw NetworkError(fmt::format("'{}' is being written already; give each writer its own file", path));
  return file;
}

DiskFile::DiskFile(DiskFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

DiskFile& DiskFile::operator=(DiskFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  return *this;
}

DiskFile::~DiskFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void DiskFile::fail(const char* what) const {
  throw NetworkError(fmt::format("cannot {} '{}': {}", what, path_, std::strerror(errno)));
}

std::int64_t DiskFile::size() const {
  struct stat status{};
  if (fstat(descriptor_, &status) != 0) fail("read");
  if (!S_ISREG(status.st_mode)) throw NetworkError(fmt::format("'{}' is not a regular file", path_));
  return status.st_size;
}

bool DiskFile::read(std::int64_t offset, std::span<std::byte> to) const {
  while (!to.empty()) {
    const ssize_t count = pread(descriptor_, to.data(), to.size(), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read");
    if (count == 0) return false;
    to = to.subspan(static_cast<std::size_t>(count));
    offset += count;
  }
  return true;
}

void DiskFile::write(std::int64_t offset, std::span<const std::byte> from) {
  while (!from.empty()) {
    const ssize_t count = pwrite(descriptor_, from.data(), from.size(), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("write");
    from = from.subspan(static_cast<std::size_t>(count));
    offset += count;
  }
}

void DiskFile::cut(std::int64_t size) {
  while (ftruncate(descriptor_, size) != 0)
    if (errno != EINTR) fail("write");
}

void DiskFile::sync() {
  while (fsync(descriptor_) != 0)
    if (errno != EINTR) fail("write");
}

}  // namespace ranvier
