#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace ranvier {

/// What a network keeps between two steps, by object and name.
class Snapshot {
 public:
  struct Field {
    std::string kind;  // what the bytes are: "f64", "i32 volt"; equal kinds fit each other
    std::uint64_t count = 0;
    std::vector<std::byte> bytes;
  };
  std::map<std::string, Field, std::less<>> fields;  // "neurongroup/v"

  /// Replaces the file as a whole: whatever happens meanwhile, there is the old snapshot or the new one. When
  /// this returns, the new one is on the disk. Throws NetworkError with the system's reason.
  void write(const std::string& path) const;
  /// Throws NetworkError for a file that cannot be read, is no snapshot, or is damaged.
  static Snapshot read(const std::string& path);
};

/// Goes through what an object keeps. One function of the object says what that is, for three purposes: to
/// write it, to check that something written fits, and to read it. Nothing changes before all of a network
/// has been checked.
class Archive {
 public:
  enum class Purpose { write, check, read };
  Archive(Snapshot& snapshot, Purpose purpose) : snapshot_(snapshot), purpose_(purpose) {}

  bool reading() const { return purpose_ == Purpose::read; }
  bool checking() const { return purpose_ == Purpose::check; }
  /// What follows belongs to this object.
  void begin(std::string_view object);
  /// After a check: throws NetworkError if the snapshot has what no object asked for.
  void require_all_used() const;

  /// A number or a flag.
  template <class T>
  void number(std::string_view name, T& value) {
    array(name, std::span(&value, 1));
  }
  /// Numbers of which there are as many as there were. `unit`: what they mean; it has to be the same.
  template <class T>
  void array(std::string_view name, std::span<T> values, std::string_view unit = "") {
    bytes(name, kind_of<T>(), unit, std::as_writable_bytes(values), values.size());
  }
  /// Numbers of which there may be more or fewer.
  template <class T, class Memory>
  void list(std::string_view name, std::vector<T, Memory>& values) {
    if (purpose_ == Purpose::write) return array(name, std::span(values));
    const std::span<const T> stored = this->stored<T>(name);
    if (reading()) values.assign(stored.begin(), stored.end());
  }
  /// The same for bytes that say themselves what they are: `kind` is "f64", "f32", "i64", "i32", "u16" or
  /// "u8".
  void bytes(std::string_view name, std::string kind, std::string_view unit, std::span<std::byte> values,
             std::size_t count);
  /// What is stored under a name, to be checked before it is read.
  template <class T>
  std::span<const T> stored(std::string_view name) {
    const Snapshot::Field& field = find(name, kind_of<T>());
    return {reinterpret_cast<const T*>(field.bytes.data()), field.count};
  }
  /// How many numbers any object has there under a name; 0 if none.
  std::int64_t count_of(std::string_view object, std::string_view name) const;
  /// Throws NetworkError that the object's stored state does not fit unless `holds`.
  void require(bool holds, std::string_view problem) const;

 private:
  template <class T>
  static const char* kind_of() {
    static_assert(std::is_arithmetic_v<T>);
    if constexpr (std::is_floating_point_v<T>) return sizeof(T) == 8 ? "f64" : "f32";
    if constexpr (sizeof(T) == 1) return "u8";
    if constexpr (sizeof(T) == 2) return "u16";
    return sizeof(T) == 4 ? "i32" : "i64";
  }
  const Snapshot::Field& find(std::string_view name, const std::string& kind);

  Snapshot& snapshot_;
  Purpose purpose_;
  std::string object_;
  std::map<std::string, bool, std::less<>> used_;
};

}  // namespace ranvier
