#include <ranvier/compiler/passes/bind_names.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

bool is_draw(const std::string& callee) {
  const Builtin* builtin = callee.starts_with('_') ? find_builtin(callee.substr(1)) : nullptr;
  return builtin && !builtin->stateless;
}

class Binder {
 public:
  Binder(Kernel& kernel, const Scope& scope) : kernel_(kernel), scope_(scope) {
    for (const char* loop_name : {"_element", "_pre", "_post"}) done_.insert(loop_name);
    for (const Column& column : kernel.columns) done_.insert(column.name);
    for (const Scalar& scalar : kernel.scalars) done_.insert(scalar.name);
  }

  void bind(const Assign& assign) {
    bind(assign.value);
    if (assign.guard) bind(assign.guard);
    if (assign.store) return write(assign.target);
    done_.insert(assign.target);
  }

  void bind(const Expr& expr) {
    if (auto* name = as<ast::Name>(expr)) return use(name->id);
    if (auto* call = as<ast::Call>(expr); call && is_draw(call->callee)) draws_ = true;
    for (const Expr& child : tree::children(expr)) bind(child);
  }

  void bind_random_key() {
    if (!draws_) return;
    add({"_key_low", ScalarKind::key_low, Type::integer});
    add({"_key_high", ScalarKind::key_high, Type::integer});
    add({"t_in_timesteps", ScalarKind::timestep, Type::integer});
  }

 private:
  void use(const std::string& name) {
    if (!done_.insert(name).second) return;
    if (const auto entry = find_entry(kernel_.propagators, name)) return use(*entry, name);
    const Symbol& symbol = scope_.at(name);
    if (auto* column = std::get_if<Column>(&symbol.meaning)) {
      kernel_.columns.push_back(*column);
    } else if (auto* scalar = std::get_if<Scalar>(&symbol.meaning)) {
      kernel_.scalars.push_back(*scalar);
    } else {
      throw std::logic_error("'" + name + "' was not inlined");
    }
  }

  void use(const PropagatorEntry& entry, const std::string& name) {
    const Propagator& propagator = kernel_.propagators[entry.propagator];
    if (propagator.per_run) {
      kernel_.scalars.push_back({name, ScalarKind::propagator, Type::real});
      return;
    }
    use("dt");
    for (const Expr& coefficient : propagator.matrix) bind(coefficient);
  }

  void write(const std::string& name) {
    use(name);
    const auto written = std::find_if(kernel_.columns.begin(), kernel_.columns.end(),
                                      [&](const Column& column) { return column.name == name; });
    if (written == kernel_.columns.end())
      throw std::logic_error("store to '" + name + "', which is no column");
    written->written = true;
  }

  void add(const Scalar& scalar) {
    const auto same_kind = [&](const Scalar& s) { return s.kind == scalar.kind; };
    if (std::none_of(kernel_.scalars.begin(), kernel_.scalars.end(), same_kind))
      kernel_.scalars.push_back(scalar);
  }

  Kernel& kernel_;
  const Scope& scope_;
  std::set<std::string> done_;
  bool draws_ = false;
};

}  // namespace

void bind_names(Kernel& kernel, const Scope& scope) {
  Binder binder(kernel, scope);
  for (const Assign& assign : kernel.body) binder.bind(assign);
  if (kernel.repeat) {
    for (const Assign& assign : kernel.repeat->body) binder.bind(assign);
    binder.bind(kernel.repeat->condition);
  }
  if (kernel.condition) binder.bind(kernel.condition);
  for (const Assign& assign : kernel.on_event) binder.bind(assign);
  binder.bind_random_key();
}

}  // namespace ranvier::pass
