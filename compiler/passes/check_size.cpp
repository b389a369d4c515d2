#include <ranvier/compiler/passes/check_size.hpp>

#include <algorithm>
#include <unordered_set>

#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

constexpr const char* split = "split the model into several groups, or let its equations use each other less";

[[noreturn]] void refuse(DiagnosticCode code, const Place& place, std::string message, const char* help) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.place = place;
  diagnostic.message = std::move(message);
  throw ModelError({diagnostic.helped_by(help)});
}

/// Adds up parts; a sum beyond the bound is as good as any other beyond it.
class Total {
 public:
  explicit Total(std::size_t most) : most_(most) {}
  void add(const Expr& expr, std::size_t times = 1) {
    if (!expr) return;
    sum_ += std::min<std::uint64_t>(expr->size, most_ + 1) * times;
    sum_ = std::min<std::uint64_t>(sum_, most_ + 1);
  }
  bool beyond() const { return sum_ > most_; }

 private:
  std::uint64_t most_, sum_ = 0;
};

/// Calls `f` for every expression of a kernel.
template <class F>
void for_each_expression(const Kernel& kernel, F f) {
  for_each_code(kernel, [&](const std::vector<Assign>& code) {
    for (const Assign& assign : code) f(assign.value), f(assign.guard);
  });
  f(kernel.condition);
  if (kernel.repeat) f(kernel.repeat->condition);
  for (const Propagator& propagator : kernel.propagators)
    for (const Expr& entry : propagator.matrix) f(entry);
}

/// A place in the user's text that has to do with a kernel. The stages of a method are a text too, but nobody
/// who reads a message wrote it.
Place place_in(const Kernel& kernel) {
  std::unordered_set<const Node*> seen;
  std::vector<Expr> rest;
  for_each_expression(kernel, [&](const Expr& expr) {
    if (expr) rest.push_back(expr);
  });
  std::ranges::reverse(rest);  // the first one first
  while (!rest.empty()) {
    const Expr expr = std::move(rest.back());
    rest.pop_back();
    const SourcePtr& source = expr->place.source;
    if (source && !source->name().starts_with("method ")) return expr->place;
    if (!seen.insert(&*expr).second) continue;
    const std::vector<Expr> children = tree::children(expr);
    rest.insert(rest.end(), children.rbegin(), children.rend());
  }
  return {};
}

std::size_t different_parts(const Kernel& kernel) {
  std::unordered_set<std::size_t> hashes;
  std::unordered_set<const Node*> seen;
  std::vector<Expr> rest;
  for_each_expression(kernel, [&](const Expr& expr) {
    if (expr) rest.push_back(expr);
  });
  while (!rest.empty()) {
    const Expr expr = std::move(rest.back());
    rest.pop_back();
    if (!seen.insert(&*expr).second) continue;
    const bool leaf = as<ast::Name>(expr) || as<ast::Number>(expr) || as<ast::Boolean>(expr);
    if (leaf || !hashes.insert(hash_of(expr)).second) continue;
    for (const Expr& child : tree::children(expr)) rest.push_back(child);
  }
  return hashes.size();
}

}  // namespace

void check_size(const Expr& expr, const Place& place, const Limits& limits) {
  constexpr const char* help = "let the subexpressions use each other less";
  if (expr->height > limits.height)
    refuse(too_deep, place,
           text("with its subexpressions put in, this is nested more than ", limits.height,
                " levels deep (Limits::height)"),
           help);
  if (expr->size > limits.expanded_nodes)
    refuse(too_many_nodes, place,
           text("with its subexpressions put in, this has more than ", limits.expanded_nodes,
                " parts (Limits::expanded_nodes)"),
           help);
}

void check_size(const System& system, std::size_t stages, const Limits& limits) {
  Total total(limits.kernel_nodes);
  for (const Rate& rate : system) {
    total.add(rate.rhs, stages);
    if (!total.beyond()) continue;
    refuse(too_many_nodes, rate.rhs->place,
           text("with their subexpressions put in, the equations have more than ", limits.kernel_nodes,
                " parts in all stages of the method (Limits::kernel_nodes)"),
           split);
  }
}

void check_size(const Kernel& kernel, const Limits& limits) {
  Total total(limits.kernel_nodes);
  for_each_expression(kernel, [&](const Expr& expr) { total.add(expr); });
  if (total.beyond())
    refuse(too_many_nodes, place_in(kernel),
           text("this code has more than ", limits.kernel_nodes, " parts (Limits::kernel_nodes)"), split);
  const std::size_t parts = different_parts(kernel);
  if (parts > limits.operations)
    refuse(too_many_operations, place_in(kernel),
           text("this code takes ", parts, " different operations, more than the limit of ",
                limits.operations, " (Limits::operations)"),
           split);
}

void check_size(std::span<const Kernel> kernels, const Limits& limits) {
  std::size_t total = 0, most = 0;
  const Kernel* longest = nullptr;
  for (const Kernel& kernel : kernels) {
    const std::size_t parts = different_parts(kernel);
    total += parts;
    if (parts > most) most = parts, longest = &kernel;
  }
  if (total > limits.total_operations)
    refuse(too_many_operations, place_in(*longest),
           text("what is to be compiled takes ", total, " different operations, more than the limit of ",
                limits.total_operations, " (Limits::total_operations); this code takes ", most, " of them"),
           "run simpler models, or fewer different ones in one network");
}

}  // namespace ranvier::pass
