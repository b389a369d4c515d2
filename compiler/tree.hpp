#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <ranvier/grammar/ast.hpp>

/// What the passes need to walk trees and to make new ones. Nodes made here point nowhere unless a place is
/// given.
namespace ranvier::tree {

Expr real(double value);
Expr integer(std::int64_t value);
Expr boolean(bool value);
Expr name(std::string id, Place place = {});
Expr unary(UnaryOp op, Expr operand, Place place = {});
Expr binary(BinaryOp op, Expr lhs, Expr rhs, Place place = {});
Expr call(std::string callee, std::vector<Expr> args, Place place = {});

Expr add(Expr lhs, Expr rhs);
Expr multiply(Expr lhs, Expr rhs);

/// The operands of a node from left to right; none for a leaf.
std::vector<Expr> children(const Expr& expr);

/// The same node with `f` applied to each operand; the very same handle if no operand changed.
Expr map_children(const Expr& expr, const std::function<Expr(const Expr&)>& f);

/// Calls `f` for every name of the expression in reading order, repetitions included; callees are not names.
void for_each_name(const Expr& expr, const std::function<void(const std::string&)>& f);

/// Whether `test` holds for some node.
bool any(const Expr& expr, const std::function<bool(const Expr&)>& test);
/// Whether the expression reads `name`.
bool reads(const Expr& expr, const std::string& name);
/// Whether it calls one of the functions that give another value at each call: rand, randn ...
bool draws(const Expr& expr);

}  // namespace ranvier::tree
