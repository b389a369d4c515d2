#include <ranvier/compiler/random.hpp>

#include <ranvier/compiler/backends/elementary.hpp>

#include <cmath>

namespace ranvier {
namespace {

constexpr double two_to_minus_53 = 0x1p-53;
constexpr double two_pi = 6.283185307179586;

// Deterministic scalars of the family that kernels use, so that every back end draws the same numbers.
double log_of(double x) {
  static const ElementaryFn function = scalar_elementary("log");
  return function(x);
}
double cos_of(double x) {
  static const ElementaryFn function = scalar_elementary("cos");
  return function(x);
}

std::uint64_t absorb(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;  // FNV-1a
  return (hash ^ text.size()) * 0x100000001b3u;  // the length parts ("a", "bc") from ("ab", "c")
}

std::uint64_t mix(std::uint64_t x) {  // the finaliser of splitmix64: every bit depends on every bit
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

std::uint64_t top_53_bits(std::uint32_t high, std::uint32_t low) {
  return (static_cast<std::uint64_t>(high) << 32 | low) >> 11;
}

}  // namespace

RandomKey random_key(std::uint64_t seed, std::string_view object, std::string_view block) {
  const std::uint64_t hash = mix(absorb(absorb(mix(seed + 0x9e3779b97f4a7c15u), object), block));
  return {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
}

RandomWords random_words(RandomKey key, std::uint32_t element, std::uint32_t draw, std::uint64_t step) {
  std::uint32_t c[4] = {element, draw, static_cast<std::uint32_t>(step),
                        static_cast<std::uint32_t>(step >> 32)};
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53} * c[0];
    const std::uint64_t p1 = std::uint64_t{0xCD9E8D57} * c[2];
    const std::uint32_t c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ key.low;
    const std::uint32_t c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ key.high;
    c[0] = c0, c[1] = static_cast<std::uint32_t>(p1), c[2] = c2, c[3] = static_cast<std::uint32_t>(p0);
    key.low += 0x9E3779B9, key.high += 0xBB67AE85;
  }
  return {{c[0], c[1], c[2], c[3]}};
}

double uniform(const RandomWords& words) {
  return static_cast<double>(top_53_bits(words.word[0], words.word[1])) * two_to_minus_53;
}

double normal(const RandomWords& words) {
  const double u = static_cast<double>(top_53_bits(words.word[0], words.word[1]) + 1) * two_to_minus_53;
  const double v = static_cast<double>(top_53_bits(words.word[2], words.word[3])) * two_to_minus_53;
  return std::sqrt(-2.0 * log_of(u)) * cos_of(two_pi * v);
}

}  // namespace ranvier
