#pragma once
#include <cstdint>
#include <string_view>

namespace ranvier {

/// The key of a stream: one per (seed, object, code block). Depends on nothing else, so no object disturbs
/// another.
struct RandomKey {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
};
RandomKey random_key(std::uint64_t seed, std::string_view object, std::string_view block);

/// Philox4x32-10 (Salmon et al. 2011) at counter {element, draw, step low, step high}: four words.
struct RandomWords {
  std::uint32_t word[4];
};
RandomWords random_words(RandomKey key, std::uint32_t element, std::uint32_t draw, std::uint64_t step);

/// Uniform in [0, 1): the top 53 bits of word 0 (high) and word 1 (low), times 2^-53.
double uniform(const RandomWords& words);
/// Standard normal, Box-Muller: sqrt(-2 log u) cos(2 pi v), u in (0, 1] from words 0 and 1, v in [0, 1) from
/// words 2 and 3.
double normal(const RandomWords& words);

}  // namespace ranvier
