#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <ranvier/compiler/checksum.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/archive.hpp>
#include <ranvier/runtime/disk_file.hpp>

// A snapshot as a file: magic, then for each field its name, kind, count and bytes, and at the end the
// checksum of everything before it. Numbers are little-endian; texts and bytes stand behind their length.
namespace ranvier {
namespace {

static_assert(std::endian::native == std::endian::little);
constexpr std::string_view magic = "RVSNAP01";

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw NetworkError(fmt::format("{} '{}': {}", what, path, std::strerror(errno)));
}

class Writer {
 public:
  void number(std::uint64_t value) { raw({reinterpret_cast<const char*>(&value), sizeof value}); }
  void text(std::string_view text) { number(text.size()), raw(text); }
  void raw(std::string_view bytes) { bytes_.append(bytes); }
  std::span<const std::byte> span() const { return std::as_bytes(std::span(bytes_)); }

 private:
  std::string bytes_;
};

/// Never reads behind the end: a length that promises more than there is is damage.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& path) : bytes_(bytes), path_(path) {}
  bool done() const { return bytes_.empty(); }
  std::string_view take(std::uint64_t count) {
    if (count > bytes_.size()) damaged();
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }
  std::uint64_t number() {
    std::uint64_t value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::string text() { return std::string(take(number())); }
  [[noreturn]] void damaged() const {
    throw NetworkError(fmt::format("'{}' is damaged: it is not what was written", path_));
  }

 private:
  std::string_view bytes_;
  const std::string& path_;
};

std::size_t size_of_kind(std::string_view kind) {
  const std::string_view storage = kind.substr(0, kind.find(' '));
  for (const auto& [name, size] :
       {std::pair("f64", 8), {"i64", 8}, {"f32", 4}, {"i32", 4}, {"u16", 2}, {"u8", 1}})
    if (storage == name) return static_cast<std::size_t>(size);
  return 0;
}

/// A file that is written, and forgotten unless it is put in place of another.
class Replacement {
 public:
  explicit Replacement(std::string path)
      : path_(std::move(path)),
        temporary_(fmt::format("{}.{}.tmp", path_, ::getpid())),
        file_(DiskFile::writing(temporary_)) {}
  ~Replacement() {
    if (!placed_) ::unlink(temporary_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void write(std::span<const std::byte> bytes) {
    file_.cut(0);
    file_.write(0, bytes);
  }
  void place() {
    file_.sync();
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_, "cannot replace");
    placed_ = true;
    sync_folder();
  }

 private:
  /// The new name of the file is on the disk only with its folder.
  void sync_folder() const {
    const std::string folder = std::filesystem::absolute(path_).parent_path().string();
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) fail(folder, "cannot open");
    const bool synced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!synced) fail(folder, "cannot write");
  }

  std::string path_;
  std::string temporary_;
  DiskFile file_;
  bool placed_ = false;
};

std::string contents(const std::string& path) {
  const DiskFile file = DiskFile::reading(path);
  std::string bytes(static_cast<std::size_t>(file.size()), '\0');
  if (!file.read(0, std::as_writable_bytes(std::span(bytes)))) fail(path, "cannot read");
  return bytes;
}

}  // namespace

void Snapshot::write(const std::string& path) const {
  Writer writer;
  writer.raw(magic);
  for (const auto& [name, field] : fields) {
    writer.text(name);
    writer.text(field.kind);
    writer.number(field.count);
    writer.raw({reinterpret_cast<const char*>(field.bytes.data()), field.bytes.size()});
  }
  writer.number(checksum(writer.span()));
  Replacement file(path);
  file.write(writer.span());
  file.place();
}

Snapshot Snapshot::read(const std::string& path) {
  const std::string bytes = contents(path);
  if (!bytes.starts_with(magic)) throw NetworkError(fmt::format("'{}' is no snapshot of a network", path));
  Reader end(std::string_view(bytes).substr(bytes.size() - sizeof(std::uint64_t)), path);
  const std::string_view all = std::string_view(bytes).substr(0, bytes.size() - sizeof(std::uint64_t));
  Reader reader(all, path);
  if (all.size() < magic.size() || checksum(std::as_bytes(std::span(all))) != end.number()) reader.damaged();
  reader.take(magic.size());
  Snapshot snapshot;
  while (!reader.done()) {
    const std::string name = reader.text();
    Field field{reader.text(), reader.number(), {}};
    const std::size_t size = size_of_kind(field.kind);
    if (size == 0 || field.count > bytes.size() / size) reader.damaged();
    const auto taken = std::as_bytes(std::span(reader.take(field.count * size)));
    field.bytes.assign(taken.begin(), taken.end());
    snapshot.fields[name] = std::move(field);
  }
  return snapshot;
}

}  // namespace ranvier
