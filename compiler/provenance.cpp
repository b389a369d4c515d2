#include <ranvier/compiler/provenance.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <ranvier/compiler/tree.hpp>

namespace ranvier {
namespace {

constexpr std::size_t most_parts = 20000;

/// Names that are no values: what `_load`, `_apply` and `_call` take first.
bool takes_column(const ast::Call& call) {
  return call.callee == "_load" || call.callee == "_apply" || call.callee == "_call";
}

/// The operands of a node that have a value.
std::vector<Expr> operands(const Expr& expr) {
  std::vector<Expr> all = tree::children(expr);
  const auto* call = as<ast::Call>(expr);
  if (call && takes_column(*call)) all.erase(all.begin());
  return all;
}

bool has_consequences(const Kernel& kernel) {
  const auto calls = [](const Expr& e) {
    const auto* call = as<ast::Call>(e);
    return call && call->callee == "_call";
  };
  return std::ranges::any_of(kernel.body, [&](const Assign& a) { return tree::any(a.value, calls); });
}

/// Splits every statement into one for each part.
class Prober {
 public:
  explicit Prober(const Kernel& kernel) : types_(kernel) {
    result_.kernel = kernel;
    result_.body = kernel.body;
    result_.kernel.body.clear();
    result_.kernel.condition = {};
    result_.kernel.on_event.clear();
  }

  std::optional<ProbedKernel> probe() {
    for (statement_ = 0; statement_ < result_.body.size(); ++statement_) {
      Assign assign = result_.body[statement_];
      known_.clear();
      assign.value = part(assign.value);
      if (assign.guard) assign.guard = part(assign.guard);
      if (result_.parts.size() > most_parts) return std::nullopt;
      result_.kernel.body.push_back(assign);
      if (!assign.store) types_.define(assign.target, assign.type);
    }
    return std::move(result_);
  }

 private:
  /// The expression with its parts behind names, its value stored.
  Expr part(const Expr& expr) {
    if (as<ast::Number>(expr) || as<ast::Boolean>(expr)) return expr;
    const auto [place, added] = known_.try_emplace(&*expr);
    if (!added) return place->second;
    Expr value = expr;
    if (!as<ast::Name>(expr)) value = behind_name(with_parts(expr));
    const std::string column = "_probe_" + std::to_string(result_.parts.size());
    result_.parts.push_back({statement_, expr});
    result_.kernel.columns.push_back({column, Owner::hidden, column, Storage::f64, Index::shared, true});
    result_.kernel.body.push_back({column, Type::real, true, value, {}});
    return known_[&*expr] = value;
  }

  Expr with_parts(const Expr& expr) {
    const auto* call = as<ast::Call>(expr);
    const Expr first = call && takes_column(*call) ? call->args.front() : Expr();
    return tree::map_children(
        expr, [&](const Expr& child) { return first && child.is(first) ? child : part(child); });
  }

  Expr behind_name(const Expr& expr) {
    const std::string name = "_part_" + std::to_string(result_.parts.size());
    const Type type = types_.of(expr);
    types_.define(name, type);
    result_.kernel.body.push_back({name, type, false, expr, {}});
    return tree::name(name);
  }

  KernelTypes types_;
  ProbedKernel result_;
  std::size_t statement_ = 0;
  std::map<const Node*, Expr> known_;
};

class Tracer {
 public:
  Tracer(const ProbedKernel& probed, std::span<const double> values,
         const std::function<bool(double)>& is_bad)
      : probed_(probed), is_bad_(is_bad) {
    for (std::size_t k = 0; k < values.size(); ++k)
      values_[{probed.parts[k].statement, &*probed.parts[k].expr}] = values[k];
  }

  std::optional<Cause> of_column(const std::string& column) {
    const auto last = definition(column, probed_.body.size());
    if (!last || !bad(*last, probed_.body[*last].value)) return std::nullopt;
    return of_part(*last, probed_.body[*last].value);
  }

 private:
  double value(std::size_t statement, const Expr& expr) const {
    if (const auto* number = as<ast::Number>(expr)) return number->value;
    const auto found = values_.find({statement, &*expr});
    return found == values_.end() ? 0 : found->second;
  }

  bool bad(std::size_t statement, const Expr& expr) const { return is_bad_(value(statement, expr)); }

  /// A large operand alone does not make an infinite value, and a literal is what the user wants.
  bool explains(double whole, std::size_t statement, const Expr& operand) const {
    if (as<ast::Number>(operand)) return false;
    return std::isfinite(whole) ? bad(statement, operand) : !std::isfinite(value(statement, operand));
  }

  /// The last statement in front of another that gave a name its value.
  std::optional<std::size_t> definition(const std::string& name, std::size_t before) const {
    for (std::size_t k = before; k-- > 0;) {
      const Assign& assign = probed_.body[k];
      if (assign.target == name && (!assign.guard || value(k, assign.guard) != 0)) return k;
    }
    return std::nullopt;
  }

  Cause of_part(std::size_t statement, Expr expr) {
    for (;;) {
      if (const auto* name = as<ast::Name>(expr)) {
        const auto from = definition(name->id, statement);
        if (!from) return {expr, value(statement, expr), {}};
        statement = *from;
        expr = probed_.body[*from].value;
        continue;
      }
      const double whole = value(statement, expr);
      const std::vector<Expr> children = operands(expr);
      const auto child =
          std::ranges::find_if(children, [&](const Expr& e) { return explains(whole, statement, e); });
      if (child == children.end()) return {expr, whole, inputs(statement, expr)};
      expr = *child;
    }
  }

  std::vector<std::pair<std::string, double>> inputs(std::size_t statement, const Expr& expr) const {
    std::map<std::string, double> found;
    const std::function<void(const Expr&)> add = [&](const Expr& e) {
      if (const auto* name = as<ast::Name>(e)) found[name->id] = value(statement, e);
      for (const Expr& child : operands(e)) add(child);
    };
    add(expr);
    return {found.begin(), found.end()};
  }

  const ProbedKernel& probed_;
  const std::function<bool(double)>& is_bad_;
  std::map<std::pair<std::size_t, const Node*>, double> values_;
};

}  // namespace

std::optional<ProbedKernel> probe_parts(const Kernel& kernel) {
  if (has_consequences(kernel) || kernel.repeat) return std::nullopt;
  return Prober(kernel).probe();
}

std::optional<Cause> trace_back(const ProbedKernel& probed, std::span<const double> values,
                                const std::string& column, const std::function<bool(double)>& is_bad) {
  return Tracer(probed, values, is_bad).of_column(column);
}

}  // namespace ranvier
