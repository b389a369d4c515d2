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

/// How an array keeps its elements. What is computed with is f64, i64 or a truth value: a load widens, a
/// store rounds to the nearest f32 or drops the upper bits of an integer. u16 has no sign; u8 is a truth
/// value.
enum class Storage : std::uint8_t { f64, f32, i64, i32, u16, u8 };

inline constexpr const char* to_string(Storage storage) {
  constexpr const char* names[] = {"f64", "f32", "i64", "i32", "u16", "u8"};
  return names[static_cast<int>(storage)];
}
inline constexpr std::size_t size_of(Storage storage) {
  constexpr std::size_t sizes[] = {8, 4, 8, 4, 2, 1};
  return sizes[static_cast<int>(storage)];
}
inline constexpr Type type_of(Storage storage) {
  if (storage <= Storage::f32) return Type::real;
  return storage == Storage::u8 ? Type::boolean : Type::integer;
}
inline constexpr Storage storage_of(Type type) {
  return type == Type::real ? Storage::f64 : type == Type::integer ? Storage::i32 : Storage::u8;
}

/// Calls `f` with a zero of the C++ type that an array of this storage consists of.
template <class F>
decltype(auto) with_element_of(Storage storage, F f) {
  switch (storage) {
    case Storage::f64:
      return f(double{});
    case Storage::f32:
      return f(float{});
    case Storage::i64:
      return f(std::int64_t{});
    case Storage::i32:
      return f(std::int32_t{});
    case Storage::u16:
      return f(std::uint16_t{});
    case Storage::u8:
      break;
  }
  return f(std::uint8_t{});
}

}  // namespace ranvier
