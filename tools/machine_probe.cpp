#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <ranvier/tools/machine_probe.hpp>
#include <ranvier/tools/widest.hpp>
#include <vector>

namespace ranvier::tool {
namespace {

volatile double used;  // so that nothing is left out as useless

/// Calls a second by the fastest of as many repetitions as fit in the time, at least three.
template <class Work>
double fastest(double seconds, const Work& work) {
  using Clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::infinity();
  const auto begin = Clock::now();
  for (int k = 0; k < 3 || Clock::now() - begin < std::chrono::duration<double>(seconds); ++k) {
    const auto from = Clock::now();
    used = at_widest(work);
    best = std::min(best, std::chrono::duration<double>(Clock::now() - from).count());
  }
  return 1 / best;
}

/// How often to go through `bytes` so that a repetition can be timed.
std::size_t passes_over(std::size_t bytes) {
  return std::max<std::size_t>(1, (std::size_t{4} << 20) / bytes);
}

struct Read {
  const std::uint64_t* values;
  std::size_t count, passes;
  [[gnu::always_inline]] double operator()() const {
    std::uint64_t sum = 0;
    for (std::size_t pass = 0; pass < passes; ++pass) {
      for (std::size_t k = 0; k < count; ++k) sum += values[k];
      asm volatile("" : "+r"(sum) : : "memory");  // the next pass reads again
    }
    return static_cast<double>(sum);
  }
};

struct Update {
  double* values;
  std::size_t count, passes;
  [[gnu::always_inline]] double operator()() const {
    for (std::size_t pass = 0; pass < passes; ++pass) {
      for (std::size_t k = 0; k < count; ++k) values[k] = __builtin_fma(values[k], 0.5, 1.0);
      asm volatile("" : : : "memory");
    }
    return values[0];
  }
};

constexpr std::size_t chains =
    128;  // that do not wait for each other: beyond latency times ports times width

template <bool divides>
struct Arithmetic {
  std::size_t rounds;
  double factor, summand;  // known only at run time
  [[gnu::always_inline]] double operator()() const {
    double x[chains];
    for (std::size_t k = 0; k < chains; ++k) x[k] = static_cast<double>(k + 1);
    for (std::size_t round = 0; round < rounds; ++round)
      for (std::size_t k = 0; k < chains; ++k)
        x[k] = divides ? summand / x[k] : __builtin_fma(x[k], factor, summand);
    double sum = 0;
    for (std::size_t k = 0; k < chains; ++k) sum += x[k];
    return sum;
  }
};

struct Scatter {
  double* values;
  const std::int32_t* targets;
  std::size_t count;
  [[gnu::always_inline]] double operator()() const {
    for (std::size_t k = 0; k < count; ++k) values[targets[k]] += 1.0;
    return values[0];
  }
};

volatile double half = 0.5, two = 2;

std::size_t size_of_cache(int name, std::size_t usual) {
  const long size = ::sysconf(name);
  return size > 0 ? static_cast<std::size_t>(size) : usual;
}

}  // namespace

double read_bandwidth(std::size_t bytes, double seconds) {
  const std::vector<std::uint64_t> values(std::max<std::size_t>(1, bytes / 8), 1);
  const std::size_t passes = passes_over(bytes);
  return fastest(seconds, Read{values.data(), values.size(), passes}) *
         static_cast<double>(8 * values.size() * passes);
}

double update_bandwidth(std::size_t bytes, double seconds) {
  std::vector<double> values(std::max<std::size_t>(1, bytes / 8), 1.0);
  const std::size_t passes = passes_over(bytes);
  return fastest(seconds, Update{values.data(), values.size(), passes}) *
         static_cast<double>(16 * values.size() * passes);
}

double multiply_add_rate(double seconds) {
  constexpr std::size_t rounds = 10000;
  return fastest(seconds, Arithmetic<false>{rounds, half, two}) * static_cast<double>(rounds * chains);
}

double division_rate(double seconds) {
  constexpr std::size_t rounds = 2000;
  return fastest(seconds, Arithmetic<true>{rounds, half, two}) * static_cast<double>(rounds * chains);
}

double scatter_add_rate(std::size_t targets, double seconds) {
  std::vector<double> values(targets, 0.0);
  constexpr std::size_t row = 1024;  // what one neuron reaches, in ascending order
  std::vector<std::int32_t> reached(std::max<std::size_t>(64, targets / 256) * row);
  std::uint64_t state = 1;
  for (std::int32_t& target : reached) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    target = static_cast<std::int32_t>((state >> 33) % targets);
  }
  for (auto begin = reached.begin(); begin != reached.end(); begin += row) std::sort(begin, begin + row);
  return fastest(seconds, Scatter{values.data(), reached.data(), reached.size()}) *
         static_cast<double>(reached.size());
}

MachineLimits measure_machine(double seconds) {
  MachineLimits limits;
  limits.l1_bytes = size_of_cache(_SC_LEVEL1_DCACHE_SIZE, 32768) / 2;
  limits.l2_bytes = size_of_cache(_SC_LEVEL2_CACHE_SIZE, std::size_t{1} << 19) / 2;
  const std::size_t all = static_cast<std::size_t>(std::max(1L, ::sysconf(_SC_PHYS_PAGES))) * 4096;
  limits.memory_bytes = std::min(
      {4 * size_of_cache(_SC_LEVEL3_CACHE_SIZE, std::size_t{1} << 25), std::size_t{512} << 20, all / 4});
  limits.l1 = read_bandwidth(limits.l1_bytes, seconds);
  limits.l2 = read_bandwidth(limits.l2_bytes, seconds);
  limits.memory = read_bandwidth(limits.memory_bytes, seconds);
  limits.multiply_adds = multiply_add_rate(seconds);
  limits.divisions = division_rate(seconds);
  limits.scatter_adds_cached = scatter_add_rate(10000, seconds);
  limits.scatter_adds = scatter_add_rate(1000000, seconds);
  return limits;
}

}  // namespace ranvier::tool
