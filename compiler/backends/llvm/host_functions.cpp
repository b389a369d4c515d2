#include <ranvier/compiler/backends/llvm/host_functions.hpp>

#include <cmath>
#include <cstdint>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/backends/llvm/reciprocal.hpp>
#include <ranvier/compiler/backends/llvm/step_counts.hpp>
#include <ranvier/compiler/random_counts.hpp>

namespace ranvier::llvm_backend {
namespace {

double remainder_of(double x, double y) noexcept {
  return std::fmod(x, y);
}
double floor_of(double x) noexcept {
  return std::floor(x);
}
double ceil_of(double x) noexcept {
  return std::ceil(x);
}
double round_of(double x) noexcept {
  return std::nearbyint(x);
}

double poisson_of(double lambda, std::uint32_t low, std::uint32_t high, std::uint32_t element,
                  std::uint32_t draw, std::uint64_t step) noexcept {
  return static_cast<double>(poisson(lambda, {low, high}, element, draw, step));
}

double binomial_of(double n, double p, std::uint32_t low, std::uint32_t high, std::uint32_t element,
                   std::uint32_t draw, std::uint64_t step) noexcept {
  return static_cast<double>(binomial(n, p, {low, high}, element, draw, step));
}

void poisson_table_of(double lambda, CountTable* table) noexcept {
  count_table({true, lambda, 0}, *table);
}

void binomial_table_of(double n, double p, CountTable* table) noexcept {
  count_table({false, n, p}, *table);
}

void counts_of(const CountTable* table, std::uint32_t low, std::uint32_t high, std::uint32_t first,
               std::uint32_t draw, std::uint64_t step, std::uint32_t count, double* numbers) noexcept {
  draw_counts(table->law, {low, high}, first, draw, step, {numbers, count});
}

// An exception (no memory) cannot cross generated code: the process ends here.
void propagator_of(int size, const double* matrix, double h, double* p, double* q) noexcept {
  compute_propagator(size, matrix, h, p, q);
}

const HostFunction functions[] = {
    {remainder_symbol, reinterpret_cast<const void*>(&remainder_of)},
    {poisson_symbol, reinterpret_cast<const void*>(&poisson_of)},
    {binomial_symbol, reinterpret_cast<const void*>(&binomial_of)},
    {poisson_table_symbol, reinterpret_cast<const void*>(&poisson_table_of)},
    {binomial_table_symbol, reinterpret_cast<const void*>(&binomial_table_of)},
    {counts_symbol, reinterpret_cast<const void*>(&counts_of)},
    {propagator_symbol, reinterpret_cast<const void*>(&propagator_of)},
    {first_time_symbol, reinterpret_cast<const void*>(&first_time)},
    {last_start_symbol, reinterpret_cast<const void*>(&last_start)},
    {reciprocal_symbol, reinterpret_cast<const void*>(&find_reciprocal)},
    // What LLVM makes of floor, ceil and round on a CPU without SSE 4.1.
    {"floor", reinterpret_cast<const void*>(&floor_of)},
    {"ceil", reinterpret_cast<const void*>(&ceil_of)},
    {"roundeven", reinterpret_cast<const void*>(&round_of)},
};

}  // namespace

std::span<const HostFunction> host_functions() {
  return functions;
}

}  // namespace ranvier::llvm_backend
