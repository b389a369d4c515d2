#pragma once
#include <string>

#include <ranvier/grammar/ast.hpp>

namespace ranvier {

/// Canonical text; parsing it again gives the same tree. Parentheses only where the grammar needs them.
/// Numbers are printed with the fewest digits that read back to the same double and keep their integer or
/// real spelling.
std::string print(const Expr& expr);
std::string print(const Equation& equation);
std::string print(const Block& block);
std::string print(const Statement& statement);
std::string print(const Code& code);
std::string print(const Generator& generator);

/// How an operator is spelled: "+", "and", "not", "+=".
const char* spelling(UnaryOp op);
const char* spelling(BinaryOp op);
const char* spelling(AssignOp op);

}  // namespace ranvier
