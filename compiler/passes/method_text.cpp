#include <ranvier/compiler/passes/method_text.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>

#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/split_terms.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/parse.hpp>

namespace ranvier::pass {
namespace {

using enum DiagnosticCode;

/// The unit of a variable, whatever it is, while the lines are checked: nothing in them has to do with light.
constexpr Dimension any_unit = dimensions::candela;

void add_scalar(Scope& scope, const char* name, const Dimension& dimension) {
  Symbol symbol{name, Type::real, dimension};
  symbol.meaning = Scalar{name, ScalarKind::constant, Type::real};
  symbol.read_only = "the method is given it";
  symbol.help = "a line of a method defines a name of its own, or `x_new`";
  scope.add(name, std::move(symbol));
}

/// What lines of a method may use.
Scope method_scope(const Limits& limits) {
  Scope scope;
  scope.limits = limits;
  add_scalar(scope, "x", any_unit);
  add_scalar(scope, "t", dimensions::second);
  add_scalar(scope, "dt", dimensions::second);
  add_scalar(scope, "dW", dimensions::second.pow(0.5));
  for (const char* result : {"x_new", "x_error"}) {
    Symbol symbol{result, Type::real, any_unit};
    symbol.meaning = Column{result, Owner::self, result};
    scope.add(result, std::move(symbol));
  }
  const auto of_state = [](const Dimension& unit) {
    const std::vector<Argument> arguments = {{"x", FunctionUnit(any_unit)},
                                             {"t", FunctionUnit(dimensions::second)}};
    return Function([](double, double) { return 0.0; }, {.arguments = arguments, .unit = FunctionUnit(unit)});
  };
  const Dimension rate = any_unit / dimensions::second;
  scope.add_namespace({{"f", of_state(rate)},
                       {"g", of_state(rate * dimensions::second.pow(0.5))},
                       {"f_t", of_state(rate / dimensions::second)},
                       {"implicit", Function([](double value, double) { return value; },
                                             {.arguments = {{"value", FunctionUnit::any()}, {"gamma"}},
                                              .unit = FunctionUnit::of("value")})}});
  return scope;
}

/// Units and constants as numbers: a model may call something else so.
Expr with_literals(const Expr& expr, const Scope& scope) {
  if (auto* name = as<ast::Name>(expr)) {
    const Symbol* symbol = scope.find_canonical(name->id);
    const auto* literal = symbol ? std::get_if<Literal>(&symbol->meaning) : nullptr;
    return literal ? Expr(ast::Number{literal->value, false}, expr->place) : expr;
  }
  return tree::map_children(expr, [&](const Expr& child) { return with_literals(child, scope); });
}

std::optional<NoiseKind> kind_of(const Expr& value) {
  constexpr std::pair<std::string_view, NoiseKind> kinds[] = {{"none", NoiseKind::none},
                                                              {"additive", NoiseKind::additive},
                                                              {"diagonal", NoiseKind::diagonal},
                                                              {"multiplicative", NoiseKind::multiplicative}};
  const auto* name = as<ast::Name>(value);
  for (const auto& [word, kind] : kinds)
    if (name && name->id == word) return kind;
  return std::nullopt;
}

/// Takes the line that says what noise the method integrates out of the code.
std::optional<NoiseKind> take_noise(Code& code, Diagnostics& diagnostics) {
  const auto line = std::ranges::find(code, "noise", &Statement::target);
  if (line == code.end()) return std::nullopt;
  const auto kind = kind_of(line->value);
  if (!kind && line->value)
    diagnostics.error(bad_method, line->value->place, "this is no kind of noise")
        .helped_by("write `noise = none`, `additive`, `diagonal` or `multiplicative`, or leave the line out");
  code.erase(line);
  return kind;
}

/// `x = x + k` where a line should be `x_new = x + k`. True if there was one.
bool report_state(Code& code, Diagnostics& diagnostics) {
  const auto line = std::ranges::find(code, "x", &Statement::target);
  if (line == code.end()) return false;
  diagnostics
      .error(bad_method, line->target_place, "`x` is the state before the step; the one behind it is `x_new`")
      .fixed_by(line->target_place, "x_new");
  line->target = "x_new";
  return true;
}

void check_lines(Code& code, const SourcePtr& source, Diagnostics& diagnostics) {
  std::set<std::string> defined;
  for (const Statement& line : code) {
    if (line.op != AssignOp::set)
      diagnostics.error(bad_method, line.place, "a line of a method defines a name: `name = expression`");
    if (!defined.insert(line.target).second)
      diagnostics.error(bad_method, line.target_place, text("`", line.target, "` is defined already"))
          .helped_by("choose another name for the second one");
  }
  if (defined.contains("x_new") || report_state(code, diagnostics)) return;
  const auto end = static_cast<std::uint32_t>(source->text().size());
  diagnostics.error(bad_method, Place{source, {0, end}}, "no line of this method says what the new state is")
      .helped_by("end with a line such as `x_new = x + dt*f(x, t)`");
}

/// Reads statements, each with what those before it have defined.
class Stages {
 public:
  Stages(const Limits& limits, Diagnostics& diagnostics) : limits_(limits), diagnostics_(diagnostics) {}

  void add(const Statement& line) {
    const auto* solution = as<ast::Call>(line.value);
    if (solution && solution->callee != "implicit") solution = nullptr;
    const Expr value = solution ? solution->args[0] : line.value;
    check_calls(value);
    const bool random = tree::draws(value);
    if (random)
      diagnostics_.error(bad_method, value->place, "a method draws no random numbers of its own")
          .helped_by("noise comes from the equations: `g(x, t)*dW`");
    TermSplitter splitter(parts_, diagnostics_);
    Terms terms = splitter.split(value);
    for (const Expr& part : {terms.drift, terms.noise})
      if (part) check_size(part, value->place, limits_);
    method.one_noise |= splitter.rate_with_noise();
    Stage stage{line.target, terms.drift, terms.noise, splitter.mentions_noise(value), {}};
    if (solution) set_gamma(stage, solution->args[1]);
    const bool result = stage.name == "x_new" || stage.name == "x_error";
    method.adaptive |= stage.name == "x_error";
    stage.per_noise &= !result;
    if (!result) parts_[stage.name] = {std::move(terms), stage.per_noise};
    moved_factor_ |= splitter.moved_factor();
    noisy_ |= splitter.mentions_noise(value);
    method.stages.push_back(std::move(stage));
  }

  /// What does not go together.
  void check_whole(const Place& whole, std::optional<NoiseKind> stated) {
    if (stated && *stated != NoiseKind::none && !noisy_)
      diagnostics_.error(bad_method, whole, "this method is said to take noise, but its lines leave it out")
          .helped_by("use the factor and the increment of each noise: `g(x, t)*dW`");
    const char* kind = method.adaptive ? "with `x_error`" : method.implicit ? "with `implicit`" : nullptr;
    if (kind && noisy_)
      diagnostics_.error(bad_method, whole, text("a method ", kind, " takes no noise"))
          .helped_by("leave out `g` and `dW`");
    if (method.adaptive && method.implicit)
      diagnostics_.error(bad_method, whole, "a method has a line `x_error` or implicit lines, not both")
          .helped_by("leave out one of the two");
  }

  NoiseKind noise() const {
    if (!noisy_) return NoiseKind::none;
    return moved_factor_ ? NoiseKind::multiplicative : NoiseKind::additive;
  }

  MethodText method;

 private:
  void set_gamma(Stage& stage, const Expr& gamma) {
    method.implicit = true;
    stage.gamma = gamma;
    const bool constant = !tree::any(gamma, [](const Expr& e) { return as<ast::Name>(e) != nullptr; });
    if (!constant)
      diagnostics_.error(bad_method, gamma->place, "the second argument of `implicit` is a number")
          .helped_by("write a number such as `1` or `1 - sqrt(0.5)`");
    if (stage.name == "x_new" || stage.name == "x_error")
      diagnostics_
          .error(bad_method, gamma->place, text("`", stage.name, "` cannot be an implicit line itself"))
          .helped_by("name the line `k`, then `x_new = x + dt*k`");
  }

  void check_calls(const Expr& value) {
    tree::any(value, [&](const Expr& part) {
      const auto* call = as<ast::Call>(part);
      const auto is = [&](std::size_t k, const char* id) {
        const auto* name = as<ast::Name>(call->args[k]);
        return name && name->id == id;
      };
      if (call && call->callee == "implicit")
        diagnostics_
            .error(bad_method, part->place, "an implicit line is nothing but `k = implicit(..., gamma)`")
            .helped_by("give it a line of its own");
      method.implicit |= call && call->callee == "f_t";
      if (call && call->callee == "f_t" && !(is(0, "x") && is(1, "t")))
        diagnostics_.error(bad_method, part->place, "the slope in time is that at the old state")
            .helped_by("write `f_t(x, t)`");
      return false;
    });
  }

  const Limits& limits_;
  Diagnostics& diagnostics_;
  KnownTerms parts_;
  bool moved_factor_ = false, noisy_ = false;
};

/// Says what the checks of code found in the words of methods.
Diagnostic in_words(Diagnostic problem) {
  const std::string name(problem.place.text());
  if (code_name(problem.code).starts_with("RV03"))
    problem.note("here the unit of a variable is called candle");
  if (problem.code == unknown_name && problem.fixes.empty())
    problem.help =
        "a line uses x, t, dt, f(x, t), of each noise g(x, t) and dW, and the names of lines before";
  if (problem.code == unused_local) {
    problem.message = text("no line reads `", name, "`");
    if (problem.fixes.empty()) problem.help = "leave the line out, or name the new state `x_new`";
  }
  return problem;
}

}  // namespace

MethodText parse_method_text(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits) {
  Diagnostics own;
  Code code = parse_statements(source, own, limits);
  const auto stated = take_noise(code, own);
  if (!own.has_errors()) check_lines(code, source, own);
  const Scope scope = method_scope(limits);
  code = check_code(code, scope, false, own).code;
  Stages stages(limits, own);
  if (!own.has_errors())
    for (Statement& line : code) line.value = with_literals(line.value, scope), stages.add(line);
  const auto end = static_cast<std::uint32_t>(source->text().size());
  if (!own.has_errors()) stages.check_whole({source, {0, end}}, stated);
  for (const Diagnostic& problem : own.all()) diagnostics.add(in_words(problem));
  stages.method.noise = stated.value_or(stages.noise());
  return std::move(stages.method);
}

const MethodText& text_of(const Method& row) {
  static std::mutex mutex;
  static std::map<std::string_view, MethodText> known;
  const std::scoped_lock lock(mutex);
  if (const auto found = known.find(row.name); found != known.end()) return found->second;
  Diagnostics diagnostics;
  const auto source = make_source(text("method ", row.name), std::string(row.text));
  MethodText method = parse_method_text(source, diagnostics);
  if (diagnostics.has_errors()) throw std::logic_error(render(diagnostics.all()));
  method.noise = row.noise;
  return known.emplace(row.name, std::move(method)).first->second;
}

}  // namespace ranvier::pass
