#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include <ranvier/compiler/types.hpp>

namespace ranvier::reference_backend {

/// A function as the parser calls it. Those whose name ends in "_i" are the forms for integers.
struct Function {
  const char* name;
  double (*one)(double) = nullptr;
  double (*two)(double, double) = nullptr;
  double (*three)(double, double, double) = nullptr;
};
std::span<const Function> functions();

/// A value of one type as another: to an integer by truncation, which saturates at the bounds of 64 bits and
/// makes 0 of NaN; to a boolean by comparison with zero.
double convert(double value, Type from, Type to);
std::int64_t to_int64(double value);

}  // namespace ranvier::reference_backend
