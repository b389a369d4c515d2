#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace ranvier::oracle {

/// Random expressions as text. They are written as flat rows of operands and operators, as a person would,
/// and parentheses stand where chance put them, so what belongs to what is left to the reader. The generator
/// knows which operands an operator takes and nothing of precedence, except that a comparison cannot be
/// compared again.
class Writer {
 public:
  explicit Writer(std::uint64_t seed) : random_(seed) {}

  std::string expression();

 private:
  std::string sum(int depth, std::size_t operators = 0);
  std::string operand(int depth);
  std::string number_atom(int depth);
  std::string atom(int depth);
  std::string call(int depth);
  std::string condition(int depth);
  std::string clause(int depth);
  std::string comparison(int depth);
  std::string number();
  std::string whole_number();
  std::string exponent(int depth);
  std::string blank() { return below(3) == 0 ? " " : ""; }

  std::size_t below(std::size_t n) { return random_() % n; }
  std::string pick(const std::vector<std::string>& choices) { return choices[below(choices.size())]; }

  std::mt19937_64 random_;
};

/// The names that an expression may use: x, y, a : float; n, k : integer; b, c : boolean. a and k are
/// constants, the others differ from element to element.
const std::vector<std::string>& names();

}  // namespace ranvier::oracle
