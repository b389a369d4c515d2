#pragma once
#include <cstddef>
#include <cstdint>

namespace ranvier {

/// Types of the language, in promotion order. Inside kernels: i1, i64, f64.
enum class Type : std::uint8_t { boolean, integer, real };

inline const char* to_string(Type type) {
  constexpr const char* names[] = {"boolean", "integer", "float"};
  return names[static_cast<int>(type)];
}

/// How an array keeps its elements.
enum class Storage : std::uint8_t { f64, i32, i64, u8 };

inline constexpr std::size_t size_of(Storage storage) {
  constexpr std::size_t sizes[] = {8, 4, 8, 1};
  return sizes[static_cast<int>(storage)];
}
inline constexpr Type type_of(Storage storage) {
  return storage == Storage::f64 ? Type::real : storage == Storage::u8 ? Type::boolean : Type::integer;
}
inline constexpr Storage storage_of(Type type) {
  return type == Type::real ? Storage::f64 : type == Type::integer ? Storage::i32 : Storage::u8;
}

}  // namespace ranvier
