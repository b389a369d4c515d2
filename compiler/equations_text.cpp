#include <ranvier/compiler/equations_text.hpp>

#include <algorithm>
#include <functional>
#include <set>

#include <ranvier/compiler/equations.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/parse.hpp>

namespace ranvier {
namespace {

using enum DiagnosticCode;

constexpr const char* base_units[] = {"metre", "kilogram", "second", "amp", "kelvin", "mole", "candle"};

bool is_identifier(const std::string& word) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !word.empty() && letter(word[0]) &&
         std::ranges::all_of(word, [&](char c) { return letter(c) || digit(c); });
}

/// A quantity in the language: its number times base units, which have scale 1, so that nothing is rounded.
Expr expression_of(const AnyQuantity& quantity, const Place& place) {
  using Kind = AnyQuantity::Kind;
  if (quantity.kind == Kind::boolean) return Expr(ast::Boolean{quantity.value != 0}, place);
  Expr result(ast::Number{quantity.value, quantity.kind == Kind::integer}, place);
  for (std::size_t k = 0; k < std::size(base_units); ++k) {
    const double exponent = quantity.dimension.exponents[k];
    if (exponent == 0) continue;
    const Expr power(ast::Number{exponent, false}, place);
    const Expr unit = tree::name(base_units[k], place);
    result = tree::binary(BinaryOp::multiply, result,
                          exponent == 1 ? unit : tree::binary(BinaryOp::power, unit, power, place), place);
  }
  return result;
}

/// Replaces names in equations.
class Substituter {
 public:
  Substituter(const Substitutions& substitutions, Diagnostics& diagnostics)
      : substitutions_(substitutions), diagnostics_(diagnostics) {}

  void apply(Equation& equation) {
    rename_definition(equation);
    if (equation.rhs) equation.rhs = replaced(equation.rhs);
  }

 private:
  const Substitution* find(const std::string& name) const {
    const auto found = substitutions_.find(name);
    return found == substitutions_.end() ? nullptr : &found->second;
  }

  void rename_definition(Equation& equation) {
    const Substitution* substitution = find(equation.name);
    if (!substitution) return;
    if (const auto* name = std::get_if<std::string>(substitution)) {
      equation.name = checked(*name, equation.name_place);
      return;
    }
    diagnostics_
        .error(wrong_type, equation.name_place,
               text("`", equation.name, "` is defined here and cannot be replaced by a value"))
        .helped_by("replace it by another name, or leave its equation out");
  }

  Expr replaced(const Expr& expr) {
    if (const auto* name = as<ast::Name>(expr)) {
      const Substitution* substitution = find(name->id);
      if (!substitution) return expr;
      if (const auto* value = std::get_if<AnyQuantity>(substitution))
        return expression_of(*value, expr->place);
      return tree::name(checked(std::get<std::string>(*substitution), expr->place), expr->place);
    }
    const Expr inner = tree::map_children(expr, [this](const Expr& child) { return replaced(child); });
    if (const auto* call = as<ast::Call>(inner)) return renamed_call(inner, *call);
    return inner;
  }

  Expr renamed_call(const Expr& expr, const ast::Call& call) {
    const Substitution* substitution = find(call.callee);
    if (!substitution) return expr;
    const Place place{expr->place.source, call.callee_span};
    if (const auto* name = std::get_if<std::string>(substitution))
      return Expr(ast::Call{checked(*name, place), call.args, call.callee_span}, expr->place);
    diagnostics_
        .error(not_a_function, place, text("`", call.callee, "` is called, so a value cannot replace it"))
        .helped_by("replace it by the name of another function");
    return expr;
  }

  /// The replacement, reported once if it is no name.
  const std::string& checked(const std::string& name, const Place& place) {
    if (!is_identifier(name) && reported_.insert(name).second)
      diagnostics_
          .error(bad_identifier, place,
                 text("`", place.text(), "` is to be replaced by `", name, "`, which is not a name"))
          .helped_by("a name is made of letters, digits and `_` and starts with a letter");
    return name;
  }

  const Substitutions& substitutions_;
  Diagnostics& diagnostics_;
  std::set<std::string> reported_;
};

}  // namespace

EquationsText::EquationsText(std::string text) {
  if (!text.empty()) parts_.push_back({make_source("", std::move(text)), {}});
}

EquationsText::EquationsText(SourcePtr source) {
  if (source) parts_.push_back({std::move(source), {}});
}

EquationsText::EquationsText(const Equations& equations) : EquationsText(equations.text_) {}

bool EquationsText::empty() const {
  return parts_.empty();
}

EquationsText EquationsText::followed_by(const EquationsText& other) const {
  EquationsText all = *this;
  all.parts_.insert(all.parts_.end(), other.parts_.begin(), other.parts_.end());
  return all;
}

EquationsText EquationsText::substituted(const Substitutions& substitutions) const {
  EquationsText changed = *this;
  for (Part& part : changed.parts_) part.substitutions.push_back(substitutions);
  return changed;
}

EquationsText EquationsText::named(const std::string& name) const {
  EquationsText all = *this;
  for (Part& part : all.parts_)
    if (part.source->name().empty())
      part.source = make_source(name, part.source->text(), part.source->origins());
  return all;
}

Block EquationsText::parse(Diagnostics& diagnostics, const Limits& limits) const {
  Block all;
  for (const Part& part : parts_) {
    Block block = parse_equations(part.source, diagnostics, limits);
    for (const Substitutions& substitutions : part.substitutions) {
      Substituter substituter(substitutions, diagnostics);
      for (Equation& equation : block) substituter.apply(equation);
    }
    all.insert(all.end(), block.begin(), block.end());
  }
  return all;
}

}  // namespace ranvier
