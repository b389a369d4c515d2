#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include <ranvier/compiler/backends/llvm/operators.hpp>
#include <ranvier/compiler/backends/llvm/translator.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/diagnostics.hpp>

// What a kernel's expressions compute.
namespace ranvier::llvm_backend {
namespace {

constexpr std::uint32_t deepest_expression = 4'000;

std::int64_t to_integer(double value) {
  if (std::isnan(value)) return 0;
  if (value >= 0x1p63) return std::numeric_limits<std::int64_t>::max();
  return value < -0x1p63 ? std::numeric_limits<std::int64_t>::min() : static_cast<std::int64_t>(value);
}

/// The number that an exponent spells out, if it does: 2, -2, 0.5.
std::optional<ast::Number> literal(const Expr& e) {
  if (auto* number = as<ast::Number>(e)) return *number;
  auto* sign = as<ast::Unary>(e);
  if (!sign || sign->op == UnaryOp::logical_not) return std::nullopt;
  auto number = literal(sign->operand);
  if (number && sign->op == UnaryOp::minus) number->value = -number->value;
  return number;
}

}  // namespace

// A long sum leans to the left: its spine is walked in a loop, everything else by recursion.
Id Translator::value(const Expr& expr) {
  if (expr->height > deepest_expression) fail(kernel_, "an expression is nested too deeply");
  std::vector<const Node*> spine;
  const Expr* at = &expr;
  const auto known = [&] { return seen_.find(&**at); };
  auto found = known();
  for (; found == seen_.end(); found = known()) {
    auto* node = as<ast::Binary>(*at);
    if (!node) break;
    spine.push_back(&**at);
    at = &node->lhs;
  }
  Id result = found != seen_.end() ? found->second : leaf(*at);
  seen_.emplace(&**at, result);
  for (auto node = spine.rbegin(); node != spine.rend(); ++node) {
    result = binary(std::get<ast::Binary>((*node)->kind), result);
    seen_.emplace(*node, result);
  }
  return result;
}

Id Translator::leaf(const Expr& expr) {
  return match(
      expr,
      [&](const ast::Number& n) {
        return n.integer ? operations_.integer(to_integer(n.value)) : operations_.real(n.value);
      },
      [&](const ast::Boolean& b) { return operations_.boolean(b.value); },
      [&](const ast::Name& n) { return name(n.id); },
      [&](const ast::Unary& u) { return emit_unary(operations_, u.op, value(u.operand)); },
      [&](const ast::Binary& b) { return binary(b, value(b.lhs)); },
      [&](const ast::Call& c) { return call(c); });
}

Id Translator::binary(const ast::Binary& binary, Id left) {
  if (binary.op == BinaryOp::power)
    if (const auto number = literal(binary.rhs)) {
      const bool natural = number->integer && as<ast::Number>(binary.rhs);
      return emit_power(operations_, left, number->value, natural);
    }
  return emit_binary(operations_, binary.op, left, value(binary.rhs));
}

Id Translator::call(const ast::Call& call) {
  if (call.callee == "_rand") return draw(Op::uniform_draw, call.args);
  if (call.callee == "_randn") return draw(Op::normal_draw, call.args);
  if (call.callee == "_poisson") return draw(Op::poisson_draw, call.args);
  if (call.callee == "_binomial") return draw(Op::binomial_draw, call.args);
  if (call.callee == "_load") return load_computed(call.args);
  if (call.callee == "_apply" || call.callee == "_call") return apply(call.args, call.callee == "_apply");
  std::vector<Id> arguments;
  for (const Expr& arg : call.args) arguments.push_back(value(arg));
  const Id result = emit_builtin(operations_, call.callee, arguments);
  if (call.callee == "timestep") count_steps(result, arguments[0], call.args[1]);
  return result;
}

/// Finding the first time of a number of steps pays where many elements compare with it.
void Translator::count_steps(Id count, Id time, const Expr& length) {
  auto* name = as<ast::Name>(length);
  const auto found = name ? scalars_.find(name->id) : scalars_.end();
  if (found == scalars_.end() || kernel_.scalars[found->second].kind != ScalarKind::step_length) return;
  if (kernel_.loop != Loop::elements || operations_.list()[count].uniform) return;
  const Id dt = operations_.convert(value(length), Type::real);
  operations_.count(count, {operations_.convert(time, Type::real), dt});
}

Id Translator::apply(const std::vector<Expr>& args, bool stateless) {
  auto* name = args.empty() ? nullptr : as<ast::Name>(args[0]);
  const auto found = name ? columns_.find(name->id) : columns_.end();
  if (found == columns_.end() || kernel_.columns[found->second].index != Index::code)
    fail(kernel_, "calls something that is no function");
  auto detail = static_cast<std::int64_t>(found->second);
  std::vector<Id> operands;
  if (!stateless) {
    auto* number = args.size() > 1 ? as<ast::Number>(args[1]) : nullptr;
    if (!number || !sequential_) fail(kernel_, "a call out of order");
    detail += to_integer(number->value) << 32;
    operands.push_back(operations_.make(Op::element, Type::integer));
  }
  for (std::size_t k = stateless ? 1 : 2; k < args.size(); ++k)
    operands.push_back(operations_.convert(value(args[k]), Type::real));
  return operations_.make(stateless ? Op::apply : Op::call, Type::real, std::move(operands), detail);
}

Id Translator::draw(Op op, const std::vector<Expr>& args) {
  const std::size_t arity = op == Op::binomial_draw ? 3 : op == Op::poisson_draw ? 2 : 1;
  auto* number = args.size() == arity ? as<ast::Number>(args.back()) : nullptr;
  if (!number || !number->integer || number->value < 0 || number->value >= 0x1p31)
    fail(kernel_, "a random draw without its number");
  std::vector<Id> operands = {operations_.make(Op::element, Type::integer), scalar(ScalarKind::key_low),
                              scalar(ScalarKind::key_high), scalar(ScalarKind::timestep)};
  for (std::size_t k = 1; k < 4; ++k) operands[k] = operations_.convert(operands[k], Type::integer);
  for (std::size_t k = 0; k + 1 < arity; ++k)
    operands.push_back(operations_.convert(value(args[k]), Type::real));
  const Id drawn = operations_.make(op, Type::real, std::move(operands), to_integer(number->value));
  return operations_.convert(drawn, arity > 1 ? Type::integer : Type::real);
}

Id Translator::name(const std::string& id) {
  if (const auto local = locals_.find(id); local != locals_.end()) return local->second;
  if (const auto found = columns_.find(id); found != columns_.end()) return column(found->second);
  if (const auto found = scalars_.find(id); found != scalars_.end())
    return operations_.make(Op::scalar, kernel_.scalars[found->second].type, {},
                            static_cast<std::int64_t>(found->second));
  if (id == "_element") return operations_.make(Op::element, Type::integer);
  if (kernel_.loop == Loop::rows && id == "_pre") return operations_.make(Op::pre, Type::integer);
  if (kernel_.loop == Loop::rows && id == "_post") return operations_.make(Op::post, Type::integer);
  if (const auto found = find_entry(kernel_.propagators, id)) return entry(*found);
  fail(kernel_, "uses the name '" + id + "', which it does not define");
}

Id Translator::column(std::size_t index) {
  const Column& column = kernel_.columns[index];
  if (!sequential_ && current_[index] != none) return current_[index];
  if (column.index == Index::computed) fail(kernel_, "reads '" + column.name + "' at no position");
  std::vector<Id> operands;
  if (const Id at = position(index); at != none) operands.push_back(at);
  if (column.index == Index::element) operands.push_back(operations_.make(Op::element, Type::integer));
  return current_[index] = memory_[index] = load(index, std::move(operands));
}

/// A load after a store that may have changed it is another operation, and does not move before the loop.
Id Translator::load(std::size_t index, std::vector<Id> operands) {
  const Column& column = kernel_.columns[index];
  const bool fixed = column.index == Index::shared     ? shared_fixed_
                     : column.index == Index::computed ? !sequential_
                                                       : column.owner == Owner::hidden && !column.written;
  const bool placed = column.index != Index::shared && column.index != Index::computed;
  if (!fixed && !placed) operands.push_back(operations_.make(Op::element, Type::integer));
  const auto detail = static_cast<std::int64_t>(index) + (fixed ? 0 : epoch_ << 32);
  return operations_.make(Op::load, type_of(column.storage), std::move(operands), detail);
}

Id Translator::load_computed(const std::vector<Expr>& args) {
  auto* name = args.size() == 2 ? as<ast::Name>(args[0]) : nullptr;
  const auto found = name ? columns_.find(name->id) : columns_.end();
  if (found == columns_.end()) fail(kernel_, "loads from something that is no column");
  const Column& column = kernel_.columns[found->second];
  if (column.index != Index::computed || column.written)
    fail(kernel_, "loads from '" + column.name + "', which has positions of its own or is written");
  return load(found->second, {operations_.convert(value(args[1]), Type::integer)});
}

/// The neuron whose entry a synapse's column means; none for the element's own entry and a shared one.
Id Translator::position(std::size_t column) {
  const Index index = kernel_.columns[column].index;
  if (index == Index::element || index == Index::shared) return none;
  const bool pre = index == Index::pre;
  if (kernel_.loop == Loop::rows) return operations_.make(pre ? Op::pre : Op::post, Type::integer);
  return operations_.convert(this->column(hidden(pre ? "_source" : "_target")), Type::integer);
}

std::size_t Translator::hidden(const std::string& name) {
  const auto found = columns_.find(name);
  if (found == columns_.end() || kernel_.columns[found->second].index != Index::element)
    fail(kernel_, "lacks its hidden column '" + name + "'");
  return found->second;
}

Id Translator::scalar(ScalarKind kind) {
  const auto found = std::ranges::find(kernel_.scalars, kind, &Scalar::kind);
  if (found == kernel_.scalars.end())
    fail(kernel_, "lacks a scalar that its random numbers or propagators need");
  return operations_.make(Op::scalar, found->type, {}, found - kernel_.scalars.begin());
}

Id Translator::entry(const PropagatorEntry& entry) {
  const Propagator& propagator = kernel_.propagators[entry.propagator];
  if (propagator.per_run) fail(kernel_, "lacks a scalar for an entry of '" + propagator.name + "'");
  const int n = propagator.size;
  if (n < 1 || propagator.matrix.size() != static_cast<std::size_t>(n * n))
    fail(kernel_,
         "the matrix of '" + propagator.name + "' has not " + std::to_string(n) + " rows and columns");
  Id& whole = propagated_[entry.propagator];
  if (whole == none) {
    std::vector<Id> operands = {operations_.convert(scalar(ScalarKind::step_length), Type::real)};
    for (const Expr& coefficient : propagator.matrix)
      operands.push_back(operations_.convert(value(coefficient), Type::real));
    whole = operations_.make(Op::propagate, Type::real, std::move(operands), n);
  }
  const int at = (entry.drift ? n * n : 0) + entry.row * n + entry.column;
  return operations_.make(Op::entry, Type::real, {whole}, at);
}

}  // namespace ranvier::llvm_backend
