#include <ranvier/compiler/equations.hpp>

#include <algorithm>
#include <set>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_definitions.hpp>
#include <ranvier/compiler/passes/declare.hpp>
#include <ranvier/compiler/passes/substitute.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/compiler/unit_text.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier {
namespace {

// Subexpressions that use each other twice double in size with each that is put in.
constexpr std::uint64_t most_parts = 200'000;
constexpr std::string_view own_source = "Equations";

bool is_noise(const std::string& name) {
  return name == "xi" || name.starts_with("xi_");
}

/// Names that mean something in every text.
bool is_of_language(const std::string& name) {
  constexpr std::string_view specials[] = {"t", "dt", "t_in_timesteps", "i", "j", "N", "N_pre", "N_post"};
  return std::ranges::find(specials, name) != std::end(specials) || is_noise(name) || find_unit(name) ||
         std::ranges::find(named_constants(), name, &NamedConstant::name) != named_constants().end();
}

SingleEquation describe(const Equation& equation) {
  Diagnostics ignored;  // the block has been checked
  const DeclaredUnit unit =
      parse_unit_text(equation.unit, equation.unit_place, ignored).value_or(DeclaredUnit{});
  SingleEquation single{equation.kind,
                        equation.name,
                        equation.rhs ? print(equation.rhs) : "",
                        equation.unit,
                        unit.dimension,
                        unit.type,
                        {}};
  for (const Flag& flag : equation.flags) single.flags.push_back(flag.text);
  return single;
}

std::set<std::string> words_of(const Block& block) {
  std::set<std::string> words;
  for (const Equation& equation : block) {
    words.insert(equation.name);
    if (!equation.rhs) continue;
    tree::any(equation.rhs, [&](const Expr& expr) {
      if (const auto* name = as<ast::Name>(expr)) words.insert(name->id);
      if (const auto* call = as<ast::Call>(expr)) words.insert(call->callee);
      return false;
    });
  }
  return words;
}

void require_occurrence(const Substitutions& substitutions, const Block& block, const EquationsText& text) {
  const std::set<std::string> words = words_of(block);
  Diagnostics diagnostics;
  for (const auto& [name, substitution] : substitutions) {
    if (words.contains(name)) continue;
    const SourcePtr source = text.empty() ? make_source(std::string(own_source), "") : text.parts()[0].source;
    const Place all{source, {0, static_cast<std::uint32_t>(source->text().size())}};
    Diagnostic& error = diagnostics.error(
        DiagnosticCode::unknown_name, all,
        ranvier::text("`", name, "` is to be replaced, but does not occur in these equations"));
    const std::string near = nearest_name(name, {words.begin(), words.end()});
    error.helped_by(near.empty() ? "leave it out of the substitutions"
                                 : ranvier::text("did you mean `", near, "`?"));
  }
  diagnostics.raise_if_errors();
}

}  // namespace

Equations Equations::checked(EquationsText text) {
  Equations made;
  made.text_ = text.named(std::string(own_source));
  Diagnostics diagnostics;
  made.block_ = made.text_.parse(diagnostics);
  pass::declare(made.block_, pass::Object::any, diagnostics);
  diagnostics.raise_if_errors();
  for (const Equation& equation : made.block_) made.list_.push_back(describe(equation));
  return made;
}

Equations::Equations(std::string_view text, const Substitutions& substitutions) : Equations(checked(text)) {
  if (!substitutions.empty()) *this = substitute(substitutions);
}

Equations Equations::substitute(const Substitutions& substitutions) const {
  require_occurrence(substitutions, block_, text_);
  return checked(text_.substituted(substitutions));
}

Equations operator+(const Equations& first, const Equations& second) {
  return Equations::checked(first.text_.followed_by(second.text_));
}

Equations operator+(const Equations& first, std::string_view second) {
  return Equations::checked(first.text_.followed_by(EquationsText(second)));
}

std::string Equations::text() const {
  return print(block_);
}

const SingleEquation* Equations::find(std::string_view name) const {
  const auto found = std::ranges::find(list_, name, &SingleEquation::name);
  return found == list_.end() ? nullptr : &*found;
}

const SingleEquation& Equations::operator[](std::string_view name) const {
  if (const SingleEquation* found = find(name)) return *found;
  const std::string near = nearest_name(name, names());
  throw NetworkError(ranvier::text("these equations do not define '", name, "'",
                                   near.empty() ? "" : ranvier::text("; did you mean '", near, "'?")));
}

std::vector<std::string> Equations::names() const {
  std::vector<std::string> all;
  for (const SingleEquation& equation : list_) all.push_back(equation.name);
  return all;
}

std::vector<std::string> Equations::names(EquationKind kind) const {
  std::vector<std::string> some;
  for (const SingleEquation& equation : list_)
    if (equation.kind == kind) some.push_back(equation.name);
  return some;
}

std::vector<std::string> Equations::identifiers() const {
  std::vector<std::string> wanted;
  for (const std::string& word : words_of(block_))
    if (!find(word) && !is_of_language(word) && !find_builtin(word)) wanted.push_back(word);
  return wanted;
}

std::string Equations::expanded(std::string_view name) const {
  if (operator[](name).kind == EquationKind::parameter)
    throw NetworkError(ranvier::text("'", name, "' is a parameter: it has no right-hand side"));
  pass::Replacements definitions;
  for (const Equation& equation : block_)
    if (equation.kind == EquationKind::subexpression) definitions[equation.name] = equation.rhs;
  Expr rhs = std::ranges::find(block_, name, &Equation::name)->rhs;
  const auto defined = [&](const Expr& e) {
    const auto* id = as<ast::Name>(e);
    return id && definitions.contains(id->id);
  };
  while (rhs->size <= most_parts && tree::any(rhs, defined)) rhs = pass::substitute(rhs, definitions);
  if (rhs->size > most_parts)
    throw NetworkError(ranvier::text("'", name, "' has more than ", most_parts, " parts when written out"));
  return print(rhs);
}

bool Equations::stochastic() const {
  return std::ranges::any_of(block_, [](const Equation& equation) {
    return equation.rhs && tree::any(equation.rhs, [](const Expr& e) {
             const auto* name = as<ast::Name>(e);
             return name && is_noise(name->id);
           });
  });
}

}  // namespace ranvier
