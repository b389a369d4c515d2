#include <fmt/format.h>
#include <algorithm>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/tools/cost.hpp>
#include <ranvier/tools/machine_probe.hpp>
#include <set>
#include <string_view>
#include <vector>

namespace ranvier::tool {
namespace {

/// Additions and multiplications that a function is made of, about: a polynomial, a reduction, a scaling.
/// Windows of steps are compared as times.
struct Work {
  std::string_view function;
  int operations;
};
constexpr Work works[] = {
    {"abs", 1},      {"clip", 2},   {"int", 1},    {"sign", 3},    {"floor", 1},   {"ceil", 1},
    {"timestep", 0}, {"sqrt", 10},  {"exp", 20},   {"expm1", 30},  {"exprel", 32}, {"log", 28},
    {"log10", 30},   {"log1p", 32}, {"sin", 28},   {"cos", 28},    {"tan", 40},    {"tanh", 40},
    {"sinh", 40},    {"cosh", 40},  {"_rand", 30}, {"_randn", 80}, {"_load", 2},
};
constexpr int usual_work = 40;

int work_of(std::string_view function) {
  const auto* const row = std::ranges::find(works, function, &Work::function);
  return row == std::end(works) ? usual_work : row->operations;
}

class Counter {
 public:
  explicit Counter(const Kernel& kernel) {
    for (const Column& column : kernel.columns)
      if (column.index != Index::shared) differing_.insert(column.name);
    for (const char* name : {"_element", "_pre", "_post"}) differing_.insert(name);
    for (const Propagator& propagator : kernel.propagators)
      if (!propagator.per_run) differing_entries_.push_back(propagator.name + "_");
  }

  void count(const std::vector<Assign>& body) {
    for (const Assign& assign : body) {
      count(assign.value);
      if (assign.guard) {
        count(assign.guard);
        ++cost.operations;  // the choice
      }
      if (assign.store || differs(assign.value) || (assign.guard && differs(assign.guard)))
        differing_.insert(assign.target);
      std::erase_if(seen_, [&](const Expr& expr) { return names(expr, assign.target); });
    }
  }
  void count(const Expr& expr) {
    if (!expr || !differs(expr) || as<ast::Name>(expr)) return;
    if (std::ranges::any_of(seen_, [&](const Expr& other) { return same(expr, other); })) return;
    seen_.push_back(expr);
    const auto* call = as<ast::Call>(expr);
    for (const Expr& child : tree::children(expr))
      if (!call || call->callee != "_load" || !as<ast::Name>(child)) count(child);
    if (call)
      ++cost.functions[call->callee];
    else if (const auto* binary = as<ast::Binary>(expr))
      count(*binary);
    else
      ++cost.operations;
  }
  KernelCost cost;

 private:
  static bool names(const Expr& expr, const std::string& name) {
    bool found = false;
    tree::for_each_name(expr, [&](const std::string& other) { found |= other == name; });
    return found;
  }
  bool differs(const Expr& expr) const {
    bool found = false;
    tree::for_each_name(expr, [&](const std::string& name) {
      found |= differing_.contains(name) ||
               std::ranges::any_of(differing_entries_,
                                   [&](const std::string& entry) { return name.starts_with(entry); });
    });
    const auto* call = as<ast::Call>(expr);
    return found || (call && call->callee.starts_with('_'));
  }
  void count(const ast::Binary& binary) {
    const auto* exponent = as<ast::Number>(binary.rhs);
    if (binary.op == BinaryOp::power && exponent && exponent->integer && exponent->value < 9)
      cost.operations += exponent->value <= 3 ? static_cast<int>(exponent->value) - 1 : 3;
    else if (binary.op == BinaryOp::power)
      ++cost.functions["**"];
    else if (binary.op == BinaryOp::divide && !differs(binary.rhs))
      cost.operations += 2;
    else if (binary.op == BinaryOp::divide)
      ++cost.divisions;
    else
      ++cost.operations;
  }

  std::set<std::string> differing_;             // names that are not the same for all elements
  std::vector<std::string> differing_entries_;  // what names of such entries of propagators begin with
  std::vector<Expr> seen_;
};

/// Names that every element reads and writes; what events do is not in it.
struct Traffic {
  std::set<std::string> read, written;
};
Traffic traffic_of(const Kernel& kernel) {
  Traffic traffic;
  const auto reads = [&](const Expr& expr) {
    if (expr) tree::for_each_name(expr, [&](const std::string& name) { traffic.read.insert(name); });
  };
  for (const Assign& assign : kernel.body) {
    reads(assign.value);
    reads(assign.guard);
    if (assign.guard) traffic.read.insert(assign.target);
    if (assign.store) traffic.written.insert(assign.target);
  }
  reads(kernel.condition);
  return traffic;
}

}  // namespace

KernelCost& KernelCost::operator+=(const KernelCost& other) {
  operations += other.operations;
  divisions += other.divisions;
  for (const auto& [name, number] : other.functions) functions[name] += number;
  bytes_read += other.bytes_read;
  bytes_written += other.bytes_written;
  return *this;
}

KernelCost cost_of(const Kernel& kernel) {
  Counter counter(kernel);
  counter.count(kernel.body);
  if (kernel.repeat) {
    counter.count(kernel.repeat->body);
    counter.count(kernel.repeat->condition);
  }
  counter.count(kernel.condition);
  const Traffic traffic = traffic_of(kernel);
  for (const Column& column : kernel.columns) {
    const bool once_a_row = kernel.loop == Loop::rows && column.index == Index::pre;
    if (column.index == Index::shared || column.index == Index::code || once_a_row) continue;
    const int bytes = static_cast<int>(size_of(column.storage));
    const bool leads = column.owner == Owner::hidden;  // to another neuron, in every element
    if (leads || traffic.read.contains(column.name)) counter.cost.bytes_read += bytes;
    if (traffic.written.contains(column.name)) counter.cost.bytes_written += bytes;
  }
  return counter.cost;
}

std::string to_string(const KernelCost& cost) {
  std::string text = fmt::format("{} operation{}", cost.operations, cost.operations == 1 ? "" : "s");
  if (cost.divisions > 0)
    text += fmt::format(", {} division{}", cost.divisions, cost.divisions == 1 ? "" : "s");
  for (const auto& [name, number] : cost.functions)
    if (work_of(name) > 0)
      text += fmt::format(", {} {}", number, name.starts_with('_') ? name.substr(1) : name);
  return text + fmt::format("; {} bytes read, {} written", cost.bytes_read, cost.bytes_written);
}

LeastTime least_time(const KernelCost& cost, std::int64_t elements, double seconds) {
  double operations = cost.operations;
  for (const auto& [name, number] : cost.functions) operations += number * work_of(name);
  LeastTime least;
  least.arithmetic = operations / multiply_add_rate(seconds) + cost.divisions / division_rate(seconds);
  const double bytes = cost.bytes_read + cost.bytes_written;
  constexpr double most = 256 << 20;  // more memory is no slower
  const double state = std::clamp(static_cast<double>(elements) * cost.bytes_read, 4096.0, most);
  least.memory = bytes / update_bandwidth(static_cast<std::size_t>(state), seconds);
  return least;
}

}  // namespace ranvier::tool
