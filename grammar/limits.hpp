#pragma once
#include <cstddef>

namespace ranvier {

/// Bounds on what a model text may ask of the parser and the compiler. Exceeding one is a ModelError that
/// names the bound.
struct Limits {
  std::size_t text_bytes = 1 << 20;
  std::size_t depth = 200;     // nesting of parentheses, unary operators and powers
  std::size_t nodes = 20'000;  // nodes of one expression
  // Levels of one expression tree: a sum of n terms has n, because it leans to the left. Every pass and even
  // the destructor recurse over trees; at this height they have 8 KB of stack a level.
  std::size_t height = 1'024;
  std::size_t identifier_bytes = 128;
  std::size_t statements = 10'000;  // of one code string or equation block
  std::size_t problems = 50;        // reported of one text
};

}  // namespace ranvier
