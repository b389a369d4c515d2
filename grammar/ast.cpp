#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <ranvier/grammar/ast.hpp>
#include <span>
#include <unordered_set>

namespace ranvier {
namespace {

/// Calls `visit` for each operand of a node, in order.
template <class Visitor>
void each_child(const NodeKind& kind, Visitor&& visit) {
  if (auto* unary = std::get_if<ast::Unary>(&kind)) {
    visit(unary->operand);
  } else if (auto* binary = std::get_if<ast::Binary>(&kind)) {
    visit(binary->lhs);
    visit(binary->rhs);
  } else if (auto* call = std::get_if<ast::Call>(&kind)) {
    for (const Expr& arg : call->args) visit(arg);
  }
}

/// One round of splitmix64: spreads each input bit over the whole hash.
std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) + 0x9e3779b97f4a7c15u;
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
  return hash ^ (hash >> 31);
}

/// What distinguishes a node apart from its operands, as a number.
std::uint64_t own_hash(const NodeKind& kind) {
  const auto text = [](const std::string& s) { return std::hash<std::string>{}(s); };
  return std::visit(
      Overloaded{[](const ast::Number& n) { return mix(std::bit_cast<std::uint64_t>(n.value), n.integer); },
                 [](const ast::Boolean& b) { return mix(0, b.value); },
                 [&](const ast::Name& n) { return mix(0, text(n.id)); },
                 [](const ast::Unary& u) { return mix(0, static_cast<std::uint64_t>(u.op)); },
                 [](const ast::Binary& b) { return mix(0, static_cast<std::uint64_t>(b.op)); },
                 [&](const ast::Call& c) { return mix(text(c.callee), c.args.size()); }},
      kind);
}

/// Equality of two nodes without their operands.
bool same_itself(const NodeKind& a, const NodeKind& b) {
  if (a.index() != b.index()) return false;
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  return std::visit(
      Overloaded{[&](const ast::Number& n) {
                   const auto& m = std::get<ast::Number>(b);
                   return bits(n.value) == bits(m.value) && n.integer == m.integer;
                 },
                 [&](const ast::Boolean& x) { return x.value == std::get<ast::Boolean>(b).value; },
                 [&](const ast::Name& n) { return n.id == std::get<ast::Name>(b).id; },
                 [&](const ast::Unary& u) { return u.op == std::get<ast::Unary>(b).op; },
                 [&](const ast::Binary& x) { return x.op == std::get<ast::Binary>(b).op; },
                 [&](const ast::Call& c) {
                   const auto& d = std::get<ast::Call>(b);
                   return c.callee == d.callee && c.args.size() == d.args.size();
                 }},
      a);
}

using Pair = std::pair<const Node*, const Node*>;
struct PairHash {
  std::size_t operator()(const Pair& pair) const {
    return mix(reinterpret_cast<std::uintptr_t>(pair.first), reinterpret_cast<std::uintptr_t>(pair.second));
  }
};

const Node* address(const Expr& e) {
  return e ? &*e : nullptr;
}

}  // namespace

std::shared_ptr<const Node> make_node(NodeKind kind, Place place) {
  Node node{std::move(kind), std::move(place)};
  node.hash = mix(node.kind.index(), own_hash(node.kind));
  each_child(node.kind, [&](const Expr& child) {
    if (!child) return;
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - node.size;
    node.size += std::min(room, child->size);
    node.height = std::max(node.height, child->height + 1);
    node.hash = mix(node.hash, child->hash);
  });
  return std::make_shared<const Node>(std::move(node));
}

bool same(const Expr& a, const Expr& b) {
  std::vector<Pair> open{{address(a), address(b)}};
  // Trees with shared parts can have far more paths than nodes: what was compared once is not compared again.
  std::unordered_set<Pair, PairHash> done;
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    if (x == y) continue;
    if (!x || !y || x->hash != y->hash || x->size != y->size || !same_itself(x->kind, y->kind)) return false;
    if (x->size > 64 && !done.insert({x, y}).second) continue;
    std::size_t next = open.size();
    each_child(x->kind, [&](const Expr& child) { open.emplace_back(address(child), nullptr); });
    each_child(y->kind, [&](const Expr& child) { open[next++].second = address(child); });
  }
  return true;
}

std::size_t hash_of(const Expr& e) {
  return e ? e->hash : 0;
}

Expr with_place(const Expr& e, Place place) {
  return std::visit([&](const auto& kind) { return Expr(kind, std::move(place)); }, e->kind);
}

}  // namespace ranvier
