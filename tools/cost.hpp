#pragma once
#include <cstdint>
#include <map>
#include <string>

#include <ranvier/compiler/kernel.hpp>

namespace ranvier::tool {

/// What a kernel does for one element, counted from its code: what occurs twice counts once, and what is the
/// same for all elements nothing, since it is computed once.
struct KernelCost {
  int operations =
      0;  // additions, multiplications, comparisons, choices; two for a quotient by what is the same for all
  int divisions = 0;
  std::map<std::string, int> functions;  // by name; also random numbers
  int bytes_read = 0, bytes_written = 0;

  KernelCost& operator+=(const KernelCost& other);
};
KernelCost cost_of(const Kernel& kernel);
/// "6 operations, 1 division, 1 exp; 24 bytes read, 8 written"
std::string to_string(const KernelCost& cost);

/// What one core of this machine needs at least for one of `elements` [s], as it was measured just now. Which
/// of the two is more is what holds the kernel; the cost of functions is taken from counting what they are
/// made of.
struct LeastTime {
  double arithmetic = 0;
  double memory = 0;
  double seconds() const { return arithmetic > memory ? arithmetic : memory; }
};
LeastTime least_time(const KernelCost& cost, std::int64_t elements, double seconds = 0.004);

}  // namespace ranvier::tool
