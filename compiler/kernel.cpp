#include <ranvier/compiler/kernel.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier {
namespace {

constexpr const char* loop_names[] = {"elements", "list", "rows"};
constexpr const char* owner_names[] = {"self", "source", "target", "hidden", "external"};
constexpr const char* index_names[] = {"element", "pre", "post", "shared", "computed", "code"};
constexpr const char* scalar_names[] = {
    "time",        "step_length", "timestep",      "count",      "count_pre", "count_post", "first_pre",
    "first_post",  "first",       "size",          "size_pre",   "size_post", "constant",   "array_tick",
    "array_ticks", "array_last",  "array_columns", "propagator", "key_low",   "key_high"};

template <class Enum, std::size_t N>
std::string text(const char* const (&names)[N], Enum value) {
  return names[static_cast<std::size_t>(value)];
}

std::string print(const Column& c) {
  return "column " + c.name + ": " + to_string(c.storage) + " " + text(owner_names, c.owner) + "." +
         c.variable + "[" + text(index_names, c.index) + "]" + (c.written ? " written" : "") + "\n";
}

std::string print(const Scalar& s) {
  return "scalar " + s.name + ": " + to_string(s.type) + " " + text(scalar_names, s.kind) +
         (s.variable.empty() ? "" : " of " + s.variable) + "\n";
}

std::string print(const Propagator& p) {
  std::string out = "propagator " + p.name + ": " + (p.per_run ? "per run" : "per element") + " [";
  for (std::size_t k = 0; k < p.matrix.size(); ++k) {
    if (k > 0) out += k % static_cast<std::size_t>(p.size) == 0 ? "; " : ", ";
    out += print(p.matrix[k]);
  }
  return out + "]\n";
}

std::string print(const Assign& a) {
  std::string out = a.store ? "store " + a.target : a.target + ": " + to_string(a.type);
  out += " = " + print(a.value);
  if (a.guard) out += " if " + print(a.guard);
  return out + "\n";
}

std::string print(const Repeat& r) {
  std::string out = "repeat while " + print(r.condition) + ", at most " + std::to_string(r.most) + " times\n";
  for (const Assign& assign : r.body) out += "  " + print(assign);
  return out;
}

/// Reads "<digits>" up to `end` or up to the end of the text, and steps over it.
std::optional<int> take_number(std::string_view& text, std::string_view end) {
  int value = 0;
  const auto [next, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || next == text.data()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(next - text.data()));
  if (!text.starts_with(end)) return std::nullopt;
  text.remove_prefix(end.size());
  return value;
}

Type promoted(Type type) {
  return std::max(type, Type::integer);
}

bool is_comparison_or_logic(BinaryOp op) {
  return op >= BinaryOp::less;
}

bool is_natural_literal(const Expr& e) {
  auto* number = as<ast::Number>(e);
  return number && number->integer;
}

}  // namespace

std::optional<PropagatorEntry> find_entry(const std::vector<Propagator>& propagators, std::string_view name) {
  for (std::size_t k = 0; k < propagators.size(); ++k) {
    const Propagator& p = propagators[k];
    if (!name.starts_with(p.name)) continue;
    std::string_view rest = name.substr(p.name.size());
    const bool drift = rest.starts_with("_Q_");
    if (!drift && !rest.starts_with("_P_")) continue;
    rest.remove_prefix(3);
    const auto row = take_number(rest, "_");
    const auto column = row ? take_number(rest, "") : std::nullopt;
    if (!column || !rest.empty() || *row >= p.size || *column >= p.size || *row < 0 || *column < 0) continue;
    return PropagatorEntry{k, drift, *row, *column};
  }
  return std::nullopt;
}

bool calls_in_order(const Kernel& kernel) {
  const auto is_call = [](const Expr& e) {
    auto* call = as<ast::Call>(e);
    return call && call->callee == "_call";
  };
  const auto in = [&](const Expr& e) { return e && tree::any(e, is_call); };
  const auto in_code = [&](const std::vector<Assign>& code) {
    return std::ranges::any_of(code, [&](const Assign& a) { return in(a.value) || in(a.guard); });
  };
  if (std::ranges::none_of(kernel.columns, [](const Column& c) { return c.index == Index::code; }))
    return false;
  bool found = in(kernel.condition);
  for_each_code(kernel, [&](const std::vector<Assign>& code) { found = found || in_code(code); });
  return found;
}

bool runs_in_order(const Kernel& kernel) {
  const auto is_shared = [](const Column& c) { return c.written && c.index != Index::element; };
  return kernel.loop == Loop::rows || calls_in_order(kernel) ||
         std::ranges::any_of(kernel.columns, is_shared);
}

std::string print(const Kernel& kernel, bool with_name) {
  std::string out = kernel.part ? "part" : text(loop_names, kernel.loop);
  out += (with_name ? " " + kernel.name : "") + "\n";
  for (const Column& column : kernel.columns) out += print(column);
  for (const Scalar& scalar : kernel.scalars) out += print(scalar);
  for (const Propagator& propagator : kernel.propagators) out += print(propagator);
  for (std::size_t k = 0; k <= kernel.body.size(); ++k) {
    if (kernel.repeat && kernel.repeat->at == k) out += print(*kernel.repeat);
    if (k < kernel.body.size()) out += print(kernel.body[k]);
  }
  if (kernel.condition) out += "where " + print(kernel.condition) + "\n";
  for (const Assign& assign : kernel.on_event) out += "  " + print(assign);
  return out;
}

KernelTypes::KernelTypes(const Kernel& kernel)
    : names_{{"_element", Type::integer}, {"_pre", Type::integer}, {"_post", Type::integer}},
      propagators_(kernel.propagators) {
  for (const Scalar& scalar : kernel.scalars) names_[scalar.name] = scalar.type;
  for (const Column& column : kernel.columns) names_[column.name] = type_of(column.storage);
}

void KernelTypes::define(const std::string& local, Type type) {
  names_.insert_or_assign(local, type);
}

Type KernelTypes::of(const std::string& name) const {
  if (const auto found = names_.find(name); found != names_.end()) return found->second;
  if (find_entry(propagators_, name)) return Type::real;
  throw std::logic_error("a kernel uses the name '" + name + "', which it does not define");
}

Type KernelTypes::of(const Expr& expr) const {
  return match(
      expr, [](const ast::Number& n) { return n.integer ? Type::integer : Type::real; },
      [](const ast::Boolean&) { return Type::boolean; }, [&](const ast::Name& n) { return of(n.id); },
      [&](const ast::Unary& u) {
        return u.op == UnaryOp::logical_not ? Type::boolean : promoted(of(u.operand));
      },
      [&](const ast::Binary& b) {
        if (is_comparison_or_logic(b.op)) return Type::boolean;
        if (b.op == BinaryOp::divide) return Type::real;
        const Type highest = promoted(std::max(of(b.lhs), of(b.rhs)));
        const bool fraction = b.op == BinaryOp::power && !is_natural_literal(b.rhs);
        return fraction ? Type::real : highest;
      },
      [&](const ast::Call& c) {
        if (c.callee == "_load") return of(c.args.at(0));
        if (c.callee == "_apply" || c.callee == "_call") return Type::real;
        const std::string_view name = c.callee;
        const Builtin* row = find_builtin(name.starts_with('_') ? name.substr(1) : name);
        if (!row) throw std::logic_error("a kernel calls '" + c.callee + "', which is no function");
        if (row->type == TypeRule::real) return Type::real;
        if (row->type == TypeRule::integer) return Type::integer;
        Type highest = Type::integer;
        for (const Expr& arg : c.args) highest = std::max(highest, of(arg));
        return highest;
      });
}

}  // namespace ranvier
