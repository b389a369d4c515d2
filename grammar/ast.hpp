#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <ranvier/grammar/source.hpp>

/// The syntax tree: immutable values behind shared handles. Copying a tree copies a pointer.
namespace ranvier {

enum class UnaryOp : std::uint8_t { plus, minus, logical_not };
enum class BinaryOp : std::uint8_t {
  add,
  subtract,
  multiply,
  divide,
  floor_divide,
  modulo,
  power,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or
};

struct Node;
namespace ast {
struct Number;
struct Boolean;
struct Name;
struct Unary;
struct Binary;
struct Call;
}  // namespace ast
using NodeKind = std::variant<ast::Number, ast::Boolean, ast::Name, ast::Unary, ast::Binary, ast::Call>;

/// Handle of an expression node. A default-constructed handle is empty ("no expression").
class Expr {
 public:
  Expr() = default;
  template <class Kind>
  Expr(Kind kind, Place place);  // defined below Node

  explicit operator bool() const { return node_ != nullptr; }
  const Node& operator*() const { return *node_; }
  const Node* operator->() const { return node_.get(); }
  /// True if both handles share one node (not structural equality; see `same`).
  bool is(const Expr& other) const { return node_ == other.node_; }

 private:
  std::shared_ptr<const Node> node_;
};

namespace ast {
/// `integer` is decided by spelling: `2` is an integer, `2.0` and `2e0` are reals.
struct Number {
  double value = 0;
  bool integer = false;
};
struct Boolean {
  bool value = false;
};
struct Name {
  std::string id;
};
struct Unary {
  UnaryOp op;
  Expr operand;
};
struct Binary {
  BinaryOp op;
  Expr lhs, rhs;
};
struct Call {
  std::string callee;
  std::vector<Expr> args;
  Span callee_span;
};
}  // namespace ast

/// A node and what is known of the tree below it, measured once when it is made: passes can ask for the cost
/// of a tree, also of one with shared parts, without walking it.
struct Node {
  NodeKind kind;
  Place place;
  std::size_t hash = 0;      // agrees with `same`
  std::uint64_t size = 1;    // nodes, a shared one counted at every use; stops at its largest value
  std::uint32_t height = 1;  // levels; recursion over the tree goes this deep
};

std::shared_ptr<const Node> make_node(NodeKind kind, Place place);

template <class Kind>
Expr::Expr(Kind kind, Place place) : node_(make_node(std::move(kind), std::move(place))) {}

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

/// Calls the one function that takes the node's kind; a forgotten kind does not compile.
template <class... Fs>
decltype(auto) match(const Expr& e, Fs&&... fs) {
  return std::visit(Overloaded{std::forward<Fs>(fs)...}, e->kind);
}

/// The node as `Kind`, or nullptr: `if (auto* name = as<ast::Name>(e))`.
template <class Kind>
const Kind* as(const Expr& e) {
  return e ? std::get_if<Kind>(&e->kind) : nullptr;
}

/// Structural equality: same operators, names and values (bitwise), places ignored.
bool same(const Expr& a, const Expr& b);
/// A hash that agrees with `same`; costs nothing, it is kept in the node.
std::size_t hash_of(const Expr& e);
/// The same expression, said to come from another place.
Expr with_place(const Expr& e, Place place);

enum class EquationKind : std::uint8_t { parameter, subexpression, differential };

/// A word between parentheses behind the unit: `(unless refractory)`.
struct Flag {
  std::string text;
  Place place;
};

/// One line of an equation block. `rhs` is empty for a parameter. `unit` keeps the text of the unit,
/// trimmed; its meaning is the compiler's business. Of a broken equation the name counts and what else could
/// be read; if its unit is missing, `unit` is empty and `unit_place` is where it should stand.
struct Equation {
  EquationKind kind = EquationKind::parameter;
  std::string name;
  Place name_place;
  Expr rhs;
  std::string unit;
  Place unit_place;
  std::vector<Flag> flags;
  Place place;
  bool broken = false;  // a mistake in it was reported
};
using Block = std::vector<Equation>;

enum class AssignOp : std::uint8_t { set, add, subtract, multiply, divide, modulo };

/// One line of reset, on_pre or similar code: `target op value`. The value is empty after a mistake in it.
struct Statement {
  std::string target;
  Place target_place;
  AssignOp op = AssignOp::set;
  Expr value;
  Place place;
};
using Code = std::vector<Statement>;

/// The numbers that a generator runs through: low, low + step, ... before high; all of them, or a sample:
/// each with probability `p`, or `size` of them. What is not written is empty; `high` never is.
struct IndexRange {
  bool sampled = false;
  Expr low, high, step;
  Expr p, size;  // of a sample: one of the two
  Place place;
};

/// `element for variable in range if condition`: which neurons connect to one. Without `for`: one element.
struct Generator {
  Expr element;
  std::string variable;
  Place variable_place;
  std::optional<IndexRange> range;
  Expr condition;  // may be empty
  Place place;
};

}  // namespace ranvier
