#pragma once
#include <map>
#include <utility>

#include <ranvier/grammar/ast.hpp>

namespace ranvier::pass {

/// A sum of products of at most two variables, with coefficients that are expressions: what a right-hand side
/// is while its linearity is still undecided. Terms with a coefficient of zero are absent; literals in
/// coefficients are folded.
struct Polynomial {
  /// The variables of a term, ascending; `none` stands for no variable.
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  using Term =
      std::pair<std::size_t, std::size_t>;  // {none, none}: constant; {v, none}: linear; {v, w}: degree 2

  std::map<Term, Expr> terms;

  static Polynomial constant(Expr value);
  static Polynomial variable(std::size_t index);
  bool is_constant() const;
  int degree() const;
};

Polynomial negate(Polynomial a);
/// a + b, or a - b.
Polynomial add(Polynomial a, const Polynomial& b, bool subtract);
/// a*b; needs: the degrees add up to at most 2.
Polynomial multiply(const Polynomial& a, const Polynomial& b);
/// a/b with b free of variables.
Polynomial divide(Polynomial a, const Expr& b);

/// The sum of two coefficients, of which an empty handle is zero; empty if they cancel as they are written.
Expr sum(const Expr& a, const Expr& b);
/// Whether a coefficient of a polynomial is written with a minus in front.
bool has_minus_sign(const Expr& coefficient);

}  // namespace ranvier::pass
