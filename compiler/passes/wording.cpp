#include <ranvier/compiler/passes/wording.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier::pass {
namespace {

constexpr std::size_t longest_quote = 40;

struct UsualUnit {
  Dimension dimension;
  const char* name;
};
constexpr UsualUnit usual_units[] = {
    {dimensions::volt, "mV"},
    {dimensions::second, "ms"},
    {dimensions::ampere, "nA"},
    {dimensions::hertz, "Hz"},
    {{{-2, -1, 3, 2, 0, 0, 0}}, "nS"},
    {{{-2, -1, 4, 2, 0, 0, 0}}, "pF"},
    {{{2, 1, -3, -2, 0, 0, 0}}, "Mohm"},
    {dimensions::metre, "um"},
    {{{2, 0, 0, 0, 0, 0, 0}}, "um2"},
    {{{-3, 0, 0, 0, 0, 1, 0}}, "mM"},
    {{{2, 1, -4, -1, 0, 0, 0}}, "mV/ms"},
    {{{-4, -1, 3, 2, 0, 0, 0}}, "mS/cm2"},
    {{{-4, -1, 4, 2, 0, 0, 0}}, "uF/cm2"},
    {{{-2, 0, 0, 1, 0, 0, 0}}, "uA/cm2"},
};

std::string usual_unit(const Dimension& dimension) {
  for (const UsualUnit& unit : usual_units)
    if (unit.dimension == dimension) return unit.name;
  return to_string(dimension);
}

struct NamedQuantity {
  Dimension dimension;
  const char* name;
};
constexpr NamedQuantity quantities[] = {
    {dimensions::volt, "a voltage"},
    {dimensions::second, "a time"},
    {dimensions::ampere, "a current"},
    {dimensions::hertz, "a rate"},
    {{{-2, -1, 3, 2, 0, 0, 0}}, "a conductance"},
    {{{-2, -1, 4, 2, 0, 0, 0}}, "a capacitance"},
    {{{2, 1, -3, -2, 0, 0, 0}}, "a resistance"},
    {{{0, 0, 1, 1, 0, 0, 0}}, "a charge"},
    {dimensions::metre, "a length"},
    {{{2, 0, 0, 0, 0, 0, 0}}, "an area"},
    {{{3, 0, 0, 0, 0, 0, 0}}, "a volume"},
    {{{-3, 0, 0, 0, 0, 1, 0}}, "a concentration"},
};

/// "a current (in amp)"; "" for what has no everyday name.
std::string quantity_in(const Dimension& dimension) {
  const auto found = std::ranges::find(quantities, dimension, &NamedQuantity::dimension);
  if (found == std::end(quantities)) return {};
  return text(found->name, " (in ", to_string(dimension), ")");
}

/// What the user wrote, or would write; "" if it is long.
std::string own_text(const Expr& expr) {
  std::string own(expr->place.text());
  if (own.empty() && expr->size <= longest_quote) own = print(expr);
  const bool fits = own.size() <= longest_quote && own.find('\n') == std::string::npos;
  return fits ? own : std::string();
}

const ast::Number* number_in(const Expr& expr) {
  const auto* sign = as<ast::Unary>(expr);
  return as<ast::Number>(sign ? sign->operand : expr);
}

}  // namespace

std::string in_words(const Dimension& dimension) {
  return dimension.dimensionless() ? "a number without unit" : to_string(dimension);
}

std::string declared_as(const Dimension& dimension) {
  return text(dimension.dimensionless() ? "as " : "in ", in_words(dimension));
}

std::string predicate(const Dimension& dimension) {
  return dimension.dimensionless() ? in_words(dimension) : text("in ", to_string(dimension));
}

std::string quoted(const Expr& expr, const char* otherwise) {
  const std::string own = own_text(expr);
  return own.empty() ? otherwise : text("`", own, "`");
}

std::string quotient(const Expr& expr, const std::string& divisor) {
  const std::string own = own_text(expr);
  const bool alone = as<ast::Name>(expr) || as<ast::Call>(expr);
  return alone && !own.empty() ? text(own, "/", divisor)
                               : text("(", own.empty() ? "..." : own, ")/", divisor);
}

std::string target_name(const Statement& statement) {
  const std::string own(statement.target_place.text());
  const std::string& canonical = statement.target;
  // A statement that was made for a single value has the place of the value.
  const bool same = canonical.starts_with('_') || canonical.starts_with(own) || canonical.ends_with(own);
  return !own.empty() && same ? own : canonical;
}

bool is_plain_number(const Expr& expr) {
  const auto* sign = as<ast::Unary>(expr);
  return number_in(expr) && !(sign && sign->op == UnaryOp::logical_not);
}

void propose_unit(Diagnostic& error, const Expr& number, const Dimension& dimension, bool tightly) {
  const std::string own(number->place.text());
  if (own.empty() || dimension.dimensionless()) return;
  std::string product =
      text(own, "*", number_in(number)->value == 0 ? to_string(dimension) : usual_unit(dimension));
  if (tightly) product = text("(", product, ")");
  error.helped_by(text("`", own, "` has no unit; did you mean `", product, "`?"))
      .fixed_by(number->place, product);
}

void note_unitless_constants(Diagnostic& error, const Expr& expr, const Scope& scope) {
  std::set<std::string> noted;
  tree::for_each_name(expr, [&](const std::string& name) {
    const Symbol* symbol = scope.find_canonical(name);
    const auto* scalar = symbol ? std::get_if<Scalar>(&symbol->meaning) : nullptr;
    const bool constant = scalar && scalar->kind == ScalarKind::constant;
    if (!constant || !symbol->dimension.dimensionless() || !noted.insert(name).second) return;
    error.note(text("the constant `", name,
                    "` is a number without unit; if it should have one, give it where its ",
                    "value is given, as in `10*ms`"));
  });
}

void note_declaration(Diagnostic& error, const Expr& expr, const Scope& scope) {
  const auto* name = as<ast::Name>(expr);
  const Symbol* symbol = name ? scope.find_canonical(name->id) : nullptr;
  if (!symbol || !symbol->declared.source) return note_unitless_constants(error, expr, scope);
  error.note(text(quoted(expr), " is declared here, ", declared_as(symbol->dimension)), symbol->declared);
}

std::string missing_factor(const std::string& what, const Dimension& expected, const Dimension& actual) {
  const Dimension factor = expected / actual, divisor = actual / expected;
  if (factor.dimensionless()) return {};
  if (factor == dimensions::hertz) return text(what, " should be divided by a time, as in `(...)/tau`");
  const std::string times = quantity_in(factor), over = quantity_in(divisor);
  if (!times.empty() && !over.empty())
    return text(what, " should be multiplied by ", times, " or divided by ", over);
  if (!times.empty()) return text(what, " should be multiplied by ", times);
  if (!over.empty()) return text(what, " should be divided by ", over);
  const bool inverse = to_string(factor).starts_with("1/");
  return text(what,
              inverse ? " should be divided by something in " : " should be multiplied by something in ",
              to_string(inverse ? divisor : factor));
}

}  // namespace ranvier::pass
