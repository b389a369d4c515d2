#pragma once
#include <functional>

#include <ranvier/compiler/kernel.hpp>

namespace ranvier::pass {

using TypeOf = std::function<Type(const Expr&)>;

/// Folds arithmetic, comparisons and logic of literals, and drops what cannot change a value: x*1, x/1,
/// -(-x), +x, not not x, True and x, False or x. Results and types are those of the unfolded expression, bit
/// for bit: x + 0 (signed zero), x*0 (inf, nan), divisions by a literal zero and integers beyond 2**53 are
/// left alone. Integers follow the language: // and % round down, 2**-1 is 0.5.
Expr simplify(const Expr& expr, const TypeOf& type_of);

/// Every expression of a kernel. Needs: its columns and scalars are there.
void simplify(Kernel& kernel);

/// The value of a literal or a negated literal.
struct LiteralValue {
  double value = 0;
  Type type = Type::real;
};
std::optional<LiteralValue> literal_of(const Expr& expr);
/// The literal as an expression as the grammar would read it: -2 is the negation of 2.
Expr expression_of(const LiteralValue& literal);
/// The value of an operator on two literals; nullopt where folding could change a result.
std::optional<LiteralValue> fold(BinaryOp op, const LiteralValue& a, const LiteralValue& b);

}  // namespace ranvier::pass
