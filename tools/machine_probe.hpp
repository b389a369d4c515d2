#pragma once
#include <cstddef>

/// What one core of this machine can do at most, measured by plain loops; each takes about `seconds` of wall
/// time. The best of several repetitions: others who use the machine only make it slower.
namespace ranvier::tool {

/// Reading `bytes` of memory again and again [bytes/s]: of a cache, if they fit in one.
double read_bandwidth(std::size_t bytes, double seconds = 0.05);
/// Reading and writing back `bytes` of memory [bytes/s, both ways counted].
double update_bandwidth(std::size_t bytes, double seconds = 0.05);
/// Multiplications with an addition, in float64 [1/s].
double multiply_add_rate(double seconds = 0.05);
/// Divisions in float64 [1/s].
double division_rate(double seconds = 0.05);
/// Additions to scattered elements of a vector of float64 [1/s], as spikes arrive at `targets` neurons.
double scatter_add_rate(std::size_t targets, double seconds = 0.05);

struct MachineLimits {
  std::size_t l1_bytes = 0, l2_bytes = 0, memory_bytes = 0;  // that were read
  double l1 = 0, l2 = 0, memory = 0;                         // [bytes/s]
  double multiply_adds = 0, divisions = 0;                   // [1/s]
  double scatter_adds_cached = 0;                            // [1/s] to 10^4 neurons
  double scatter_adds = 0;                                   // [1/s] to 10^6 neurons
};
/// All of them. Memory is read beyond the last cache, as far as 512 MiB and a quarter of the memory allow.
MachineLimits measure_machine(double seconds = 0.05);

}  // namespace ranvier::tool
