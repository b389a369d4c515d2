#pragma once
#include <cstddef>

namespace ranvier {

/// Bounds on what a model text may ask of the parser and the compiler. Exceeding one is a ModelError that
/// names the bound.
struct Limits {
  std::size_t text_bytes = 1 << 20;
  std::size_t depth = 200;             // nesting of parentheses, unary operators and powers
  std::size_t nodes = 20'000;          // nodes of one expression
  std::size_t identifier_bytes = 128;
  std::size_t statements = 10'000;     // of one code string or equation block
};

}  // namespace ranvier
