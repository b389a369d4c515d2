#pragma once
#include <cstdint>
#include <new>
#include <string>
#include <vector>

#include <ranvier/compiler/model.hpp>
#include <ranvier/grammar/limits.hpp>

/// Refuses what cannot fit before anything is allocated: a system that promises more memory than it has ends
/// the process when the memory is used.
namespace ranvier {

/// What this process may still use [bytes]: the least of what the machine has available, what its control
/// group and its address space leave. As much as can be expressed if nothing is known.
std::uint64_t available_memory();

/// Bytes of the stored variables of one element; shared ones cost nothing.
double bytes_of_element(const std::vector<Variable>& variables);

/// Something that an object keeps in memory [bytes].
struct MemoryItem {
  std::string what;
  double each = 0;   // for each element
  double bytes = 0;  // for all of them, and what there is besides
};
double total_of(const std::vector<MemoryItem>& items);
/// What `count` elements keep of stored variables.
std::vector<MemoryItem> memory_of(const std::vector<Variable>& variables, double count);

/// As a person reads it: "37.9 GB".
std::string in_bytes(double bytes);

/// Whether so many bytes could be more than there are, or than the limits allow.
bool worth_asking(double bytes, const Limits& limits);
/// Throws NetworkError if `what` would need more bytes than there are, or than the limits allow. `items` say
/// what for.
void require_memory(const std::string& what, double bytes, const Limits& limits,
                    const std::vector<MemoryItem>& items = {});

/// Throws NetworkError that the memory for `name` ran out.
[[noreturn]] void report_memory_exhausted(const std::string& name);

/// Calls `f`, which must leave everything as it was if it throws; running out of memory is a NetworkError.
template <class F>
auto within_memory(const std::string& name, F f) {
  try {
    return f();
  } catch (const std::bad_alloc&) {
    report_memory_exhausted(name);
  }
}

}  // namespace ranvier
