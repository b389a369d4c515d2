#include <ranvier/compiler/passes/lower_calls.hpp>

#include <algorithm>
#include <unordered_map>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

class CallLowering {
 public:
  CallLowering(Kernel& kernel, const Scope& scope) : kernel_(kernel), scope_(scope) {}

  void lower(std::vector<Assign>& code) {
    for (Assign& assign : code) {
      assign.value = lower(assign.value);
      if (!assign.store) locals_.insert_or_assign(assign.target, assign.type);
    }
  }

  Expr lower(const Expr& expr) {
    seen_.clear();
    return expr ? lowered(expr) : expr;
  }

 private:
  Expr lowered(const Expr& expr) {
    const auto known = seen_.find(&*expr);
    if (known != seen_.end()) return known->second;
    const Expr inner = tree::map_children(expr, [this](const Expr& child) { return lowered(child); });
    return seen_[&*expr] = called(expr, inner);
  }

  /// `expr` with its arguments lowered, which is `inner`.
  Expr called(const Expr& expr, const Expr& inner) {
    const auto* call = as<ast::Call>(inner);
    const bool own = call && !call->callee.starts_with('_') && !find_builtin(call->callee);
    const Symbol* symbol = own ? scope_.find_function(call->callee) : nullptr;
    if (!symbol) return inner;
    if (const auto* array = std::get_if<TimedArray>(&symbol->meaning)) return load(*call, *array);
    const auto& function = std::get<Function>(symbol->meaning);
    std::vector<Expr> args = call->args;
    args.insert(args.begin(), column("_function_" + call->callee, call->callee, Index::code));
    const Expr value = tree::call(function.stateless() ? "_apply" : "_call", std::move(args), expr->place);
    return converted(value, expr, function.type());
  }

  /// Code returns doubles; the declared type says what they mean.
  Expr converted(const Expr& value, const Expr& expr, ResultType type) {
    Diagnostics ignored;  // everything was checked
    const bool whole = type == ResultType::integer ||
                       (type == ResultType::highest && type_of(expr, scope_, ignored, locals_) != Type::real);
    if (whole) return tree::call("int", {value}, expr->place);
    return type == ResultType::boolean ? tree::binary(BinaryOp::not_equal, value, tree::integer(0)) : value;
  }

  /// Semantics of timed arrays: the entry of time t is trunc(trunc(t/tick + 0.5)/ticks), inside the array.
  Expr load(const ast::Call& call, const TimedArray& array) {
    const std::string name = "_array_" + call.callee;
    const auto number = [&](const char* what, ScalarKind kind) {
      return scalar(name + what, call.callee, kind);
    };
    const Expr ticks_passed = tree::call(
        "int",
        {tree::add(tree::binary(BinaryOp::divide, call.args[0], number("_tick", ScalarKind::array_tick)),
                   tree::real(0.5))});
    const Expr index = tree::call(
        "int", {tree::binary(BinaryOp::divide, ticks_passed, number("_ticks", ScalarKind::array_ticks))});
    Expr position = tree::call("clip", {index, tree::integer(0), number("_last", ScalarKind::array_last)});
    if (array.columns() > 0) {  // a NaN stands before and behind each row
      const Expr columns = number("_columns", ScalarKind::array_columns);
      const Expr inside =
          tree::call("clip", {call.args[1], tree::unary(UnaryOp::minus, tree::integer(1)), columns});
      position = tree::add(tree::multiply(position, tree::add(columns, tree::integer(1))),
                           tree::add(inside, tree::integer(1)));
    }
    return tree::call("_load", {column(name, call.callee, Index::computed), position});
  }

  Expr column(const std::string& name, const std::string& variable, Index index) {
    if (std::ranges::find(kernel_.columns, name, &Column::name) == kernel_.columns.end())
      kernel_.columns.push_back({name, Owner::external, variable, Storage::f64, index});
    return tree::name(name);
  }

  Expr scalar(const std::string& name, const std::string& variable, ScalarKind kind) {
    const Type type = kind == ScalarKind::array_tick ? Type::real : Type::integer;
    if (std::ranges::find(kernel_.scalars, name, &Scalar::name) == kernel_.scalars.end())
      kernel_.scalars.push_back({name, kind, type, variable});
    return tree::name(name);
  }

  Kernel& kernel_;
  const Scope& scope_;
  LocalTypes locals_;
  std::unordered_map<const Node*, Expr> seen_;
};

}  // namespace

void lower_calls(Kernel& kernel, const Scope& scope) {
  CallLowering calls(kernel, scope);
  for_each_code(kernel, [&](std::vector<Assign>& code) { calls.lower(code); });
  kernel.condition = calls.lower(kernel.condition);
  if (kernel.repeat) kernel.repeat->condition = calls.lower(kernel.repeat->condition);
  for (Propagator& propagator : kernel.propagators)
    for (Expr& coefficient : propagator.matrix) coefficient = calls.lower(coefficient);
}

}  // namespace ranvier::pass
