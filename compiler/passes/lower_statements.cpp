#include <ranvier/compiler/passes/lower_statements.hpp>

#include <ranvier/compiler/passes/inline_subexpressions.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

BinaryOp operator_of(AssignOp op) {
  constexpr BinaryOp operators[] = {BinaryOp::add,  // of `set`, never used
                                    BinaryOp::add,    BinaryOp::subtract, BinaryOp::multiply,
                                    BinaryOp::divide, BinaryOp::modulo};
  return operators[static_cast<std::size_t>(op)];
}

Expr new_value(const Statement& statement) {
  if (statement.op == AssignOp::set) return statement.value;
  const Expr old = tree::name(statement.target, statement.target_place);
  return tree::binary(operator_of(statement.op), old, statement.value, statement.place);
}

/// A boolean variable keeps whether what it is given is not zero.
Expr stored_value(const Statement& statement, Type target, const LocalTypes& locals, const Scope& scope) {
  const Expr value = new_value(statement);
  Diagnostics checked_before;
  const bool number =
      target == Type::boolean && type_of(value, scope, checked_before, locals) != Type::boolean;
  return number ? tree::binary(BinaryOp::not_equal, value, tree::integer(0), statement.place) : value;
}

}  // namespace

std::vector<Assign> lower_statements(const Code& code, const LocalTypes& locals, bool guarded,
                                     const Scope& scope) {
  std::vector<Assign> assigns;
  for (const Statement& statement : code) {
    const Symbol* symbol = scope.find_canonical(statement.target);
    const Column* column = symbol ? std::get_if<Column>(&symbol->meaning) : nullptr;
    const Type type = column ? type_of(column->storage) : locals.at(statement.target);
    const bool guard = guarded && column && !symbol->guard.empty();
    assigns.push_back({statement.target, type, column != nullptr,
                       inline_subexpressions(stored_value(statement, type, locals, scope), scope),
                       guard ? tree::name(symbol->guard) : Expr()});
  }
  return assigns;
}

}  // namespace ranvier::pass
