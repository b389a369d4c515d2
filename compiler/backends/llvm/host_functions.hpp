#pragma once
#include <span>
#include <string_view>

namespace ranvier::llvm_backend {

/// The names by which generated code calls back.
inline constexpr const char* remainder_symbol = "ranvier_remainder";  // double(double, double)
inline constexpr const char* poisson_symbol = "ranvier_poisson";      // see emit_random.cpp
inline constexpr const char* binomial_symbol = "ranvier_binomial";
inline constexpr const char* poisson_table_symbol = "ranvier_poisson_table";  // and emit_counts.cpp
inline constexpr const char* binomial_table_symbol = "ranvier_binomial_table";
inline constexpr const char* counts_symbol = "ranvier_counts";
inline constexpr const char* propagator_symbol = "ranvier_propagator";  // compute_propagator
inline constexpr const char* first_time_symbol = "ranvier_first_time";  // step_counts.hpp
inline constexpr const char* last_start_symbol = "ranvier_last_start";
inline constexpr const char* reciprocal_symbol = "ranvier_reciprocal";  // reciprocal.hpp

struct HostFunction {
  std::string_view symbol;
  const void* address;
};
/// Everything that generated code may call, besides the elementary functions.
std::span<const HostFunction> host_functions();

}  // namespace ranvier::llvm_backend
