#pragma once
#include <cstddef>
#include <cstdint>

namespace ranvier {

/// Bounds on what a model may ask of the parser, the compiler and the machine. Exceeding one is an error that
/// names the bound; NetworkOptions::limits raises it. The defaults leave room for models of several hundred
/// equations, and keep what one object can cost within seconds and a few hundred megabytes.
struct Limits {
  std::size_t text_bytes = 1 << 20;
  std::size_t depth = 200;     // nesting of parentheses, unary operators and powers
  std::size_t nodes = 20'000;  // nodes of one expression
  // Levels of one expression tree: a sum of n terms has n, because it leans to the left. Every pass and even
  // the destructor recurse over trees; at this height they have 8 KB of stack a level.
  std::size_t height = 1'024;
  std::size_t identifier_bytes = 128;
  std::size_t statements = 10'000;       // of one code string or equation block
  std::size_t identifiers = 10'000;      // different names in one text
  std::size_t problems = 50;             // reported of one text
  double exponent = 1'000;               // of a base unit in the dimension of a power
  std::size_t expanded_nodes = 200'000;  // of one expression with its subexpressions put in
  std::size_t kernel_nodes = 400'000;    // of all code of one kernel
  // Different operations stand for the time that LLVM takes, so that a model is accepted on every machine or
  // on none: about a second for this many in one kernel, and longer than in proportion for more.
  std::size_t operations = 10'000;
  std::size_t total_operations = 30'000;  // of all kernels that are compiled together
  std::uint64_t candidates = 2147483647;  // that a connect looks at for one neuron
  std::uint64_t state_bytes = 0;          // of the arrays of one object; 0: what the machine has available
  std::uint64_t recorded_bytes = 0;  // of what monitors keep of one run; 0: what the machine has available
};

}  // namespace ranvier
