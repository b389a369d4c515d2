#pragma once
#include <cstdint>
#include <initializer_list>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/kernel_abi.hpp>
#include <string>

/// Expressions of the right types from the bytes of a fuzzer, so that every input is one: over x, y : float
/// and i : integer and b : boolean, which differ between elements, and a constant a. What bytes mean does not
/// depend on what came before, so that a mutation changes one part of an expression.
namespace ranvier::fuzz {

class Writer {
 public:
  Writer(const std::uint8_t* data, std::size_t size) : next_(data), end_(data + size) {}
  bool done() const { return next_ == end_; }
  std::uint8_t take() { return done() ? std::uint8_t{0} : *next_++; }

  std::string real(int depth);
  /// Integers stay small: the interpreter keeps them in doubles.
  std::string integer(int depth);
  std::string boolean(int depth);
  std::string any(int depth);

 private:
  std::string pick(std::initializer_list<const char*> choices) {
    return choices.begin()[take() % choices.size()];
  }
  std::string binary(const std::string& left, std::initializer_list<const char*> operators,
                     const std::string& right) {
    return "(" + left + " " + pick(operators) + " " + right + ")";
  }
  std::string call(int depth);

  const std::uint8_t *next_, *end_;
};

inline constexpr std::size_t elements = 16;

/// A kernel over the columns x, y, i, b and the scalar a, and their arrays: every kind of number that exists.
struct Inputs {
  alignas(64) double x[element_padding], y[element_padding];
  alignas(64) std::int32_t i[element_padding];
  alignas(64) std::uint8_t b[element_padding];
  double a = -0.75;
};
const Inputs& inputs();
Kernel empty_kernel();

/// Adds a result column "r<k>" and a statement that stores the expression into it.
void add_result(Kernel& kernel, std::size_t k, const Expr& value);
/// The tree of a text that must be right.
Expr parse(const std::string& text);
/// True for the same bits, and for any two NaNs.
bool same_bits(double a, double b);
/// Prints what two sides disagree about and ends the process.
[[noreturn]] void disagree(const std::string& text, std::size_t element, double one, double other);

}  // namespace ranvier::fuzz
