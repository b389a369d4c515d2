#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <span>
#include <utility>
#include <vector>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/backends/object_cache.hpp>
#include <ranvier/compiler/checksum.hpp>

namespace ranvier {
namespace {

constexpr unsigned parts =
    16;  // folders, each bounded alone, so that few files are looked at to keep the bound
constexpr std::size_t name_size = 16;

/// What a file begins with; the key and the object follow.
struct Header {
  std::array<char, 16> magic = {'r', 'a', 'n', 'v', 'i', 'e', 'r', ' ',
                                'o', 'b', 'j', 'e', 'c', 't', '1', '\n'};
  std::uint64_t key_size = 0;
  std::uint64_t object_size = 0;
  std::uint64_t checksum = 0;  // of key and object
};

/// An open file or folder.
class Handle {
 public:
  explicit Handle(int number) : number_(number) {}
  ~Handle() {
    if (number_ >= 0) ::close(number_);
  }
  Handle(Handle&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Handle& operator=(Handle&&) = delete;
  int operator*() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

/// The size of a file or folder [bytes], if it is of this kind. What is found is executed, so nobody else may
/// have had a hand in it.
std::optional<std::uint64_t> own_size(const Handle& handle, mode_t kind) {
  struct stat status{};
  if (!handle || ::fstat(*handle, &status) != 0 || (status.st_mode & S_IFMT) != kind ||
      status.st_uid != ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return {};
  return static_cast<std::uint64_t>(status.st_size);
}

std::uint64_t checksum_of(std::string_view text) {
  return checksum(std::as_bytes(std::span(text)));
}
std::string name_of(std::string_view key) {
  return fmt::format("{:016x}", checksum_of(key));
}
std::string part_of(const std::string& name) {
  return name.substr(0, 1);
}

/// The folder of a part, or no handle. The folder of all may be behind a link that its user made.
Handle open_part(const std::string& folder, const std::string& part) {
  const Handle all(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!own_size(all, S_IFDIR)) return Handle(-1);
  Handle opened(::openat(*all, part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  return own_size(opened, S_IFDIR) ? std::move(opened) : Handle(-1);
}

void make_part(const std::string& folder, const std::string& part) {
  const std::filesystem::path all(folder);
  std::filesystem::path made;
  for (const std::filesystem::path& step : all / part) {
    made /= step;
    ::mkdir(made.c_str(), S_IRWXU);
  }
}

bool read_all(const Handle& file, std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(*file, bytes.data() + done, bytes.size() - done);
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

bool write_all(const Handle& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(*file, bytes.data(), bytes.size());
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

std::string packed(std::string_view key, std::string_view object) {
  std::string bytes(sizeof(Header), '\0');
  bytes.append(key).append(object);
  Header header;
  header.key_size = key.size();
  header.object_size = object.size();
  header.checksum = checksum_of(std::string_view(bytes).substr(sizeof(Header)));
  std::memcpy(bytes.data(), &header, sizeof(Header));
  return bytes;
}

std::optional<std::string> unpacked(std::string_view bytes, std::string_view key) {
  Header header;
  const Header usual;
  if (bytes.size() < sizeof(Header)) return {};
  std::memcpy(&header, bytes.data(), sizeof(Header));
  const std::string_view rest = bytes.substr(sizeof(Header));
  if (header.magic != usual.magic || header.key_size != key.size() || rest.size() < key.size() ||
      header.object_size != rest.size() - key.size() || rest.substr(0, key.size()) != key ||
      header.checksum != checksum_of(rest))
    return {};
  return std::string(rest.substr(key.size()));
}

/// A name that no other thread or process has.
std::string temporary_name() {
  static std::atomic<std::uint64_t> made{0};
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  return fmt::format("new-{}-{}-{}", ::getpid(), ++made, now);
}

/// Files of others in the folder are none of the cache's business.
bool is_ours(std::string_view name) {
  const bool hexadecimal = name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return (name.size() == name_size && hexadecimal) || name.starts_with("new-");
}

struct Entry {
  std::int64_t used;  // [ns]
  std::uint64_t bytes;
  std::string name;
};

std::vector<Entry> entries_of(const Handle& part) {
  std::vector<Entry> entries;
  DIR* listing = ::fdopendir(::openat(*part, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!listing) return entries;
  while (const dirent* found = ::readdir(listing)) {
    struct stat status{};
    if (!is_ours(found->d_name) || ::fstatat(*part, found->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
      continue;
    entries.push_back({status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec,
                       static_cast<std::uint64_t>(status.st_size), found->d_name});
  }
  ::closedir(listing);
  return entries;
}

/// A quarter is made free at once, so that not every new file finds the folder full.
void keep_bound(const Handle& part, std::uint64_t most_bytes) {
  std::vector<Entry> entries = entries_of(part);
  std::uint64_t bytes = 0;
  for (const Entry& entry : entries) bytes += entry.bytes;
  if (bytes <= most_bytes) return;
  std::ranges::sort(entries, {}, &Entry::used);
  for (const Entry& entry : entries) {
    if (bytes <= most_bytes / 4 * 3) break;
    ::unlinkat(*part, entry.name.c_str(), 0);
    bytes -= entry.bytes;
  }
}

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

}  // namespace

std::string default_cache_folder() {
  if (::geteuid() != ::getuid() || ::getegid() != ::getgid()) return "";
  if (const char* named = std::getenv("RANVIER_CACHE")) return named;
  const char* caches = variable("XDG_CACHE_HOME");
  if (caches && *caches == '/') return std::string(caches) + "/ranvier";
  const char* home = variable("HOME");
  return home && *home == '/' ? std::string(home) + "/.cache/ranvier" : "";
}

ObjectCache::ObjectCache(std::string folder, std::uint64_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

std::optional<std::string> ObjectCache::find(std::string_view key) const {
  if (folder_.empty()) return {};
  const std::string name = name_of(key);
  const Handle part = open_part(folder_, part_of(name));
  if (!part) return {};
  const Handle file(::openat(*part, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  const std::optional<std::uint64_t> size = own_size(file, S_IFREG);
  if (!size || *size > most_bytes_) return {};
  std::string bytes(*size, '\0');
  if (!read_all(file, bytes)) return {};
  std::optional<std::string> object = unpacked(bytes, key);
  if (object) ::futimens(*file, nullptr);
  return object;
}

void ObjectCache::add(std::string_view key, std::string_view object) const {
  if (folder_.empty()) return;
  const std::string name = name_of(key), temporary = temporary_name(), bytes = packed(key, object);
  if (bytes.size() > most_bytes_ / parts) return;
  make_part(folder_, part_of(name));
  const Handle part = open_part(folder_, part_of(name));
  if (!part) return;
  const Handle file(::openat(*part, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                             S_IRUSR | S_IWUSR));
  if (!file) return;
  const bool kept = write_all(file, bytes) && ::renameat(*part, temporary.c_str(), *part, name.c_str()) == 0;
  if (!kept) ::unlinkat(*part, temporary.c_str(), 0);
  keep_bound(part, most_bytes_ / parts);
}

}  // namespace ranvier
