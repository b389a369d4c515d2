#include <ranvier/compiler/passes/wording.hpp>

#include <ranvier/compiler/text.hpp>
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
};

std::string usual_unit(const Dimension& dimension) {
  for (const UsualUnit& unit : usual_units)
    if (unit.dimension == dimension) return unit.name;
  return to_string(dimension);
}

const ast::Number* number_in(const Expr& expr) {
  const auto* sign = as<ast::Unary>(expr);
  return as<ast::Number>(sign ? sign->operand : expr);
}

}  // namespace

std::string in_words(const Dimension& dimension) {
  return dimension.dimensionless() ? "a number without unit" : to_string(dimension);
}

std::string quoted(const Expr& expr) {
  std::string own(expr->place.text());
  if (own.empty() && expr->size <= longest_quote) own = print(expr);
  const bool fits = !own.empty() && own.size() <= longest_quote && own.find('\n') == std::string::npos;
  return fits ? text("`", own, "`") : "this";
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

void note_declaration(Diagnostic& error, const Expr& expr, const Scope& scope) {
  const auto* name = as<ast::Name>(expr);
  const Symbol* symbol = name ? scope.find_canonical(name->id) : nullptr;
  if (!symbol || !symbol->declared.source) return;
  error.note(text(quoted(expr), " is declared here, in ", in_words(symbol->dimension)), symbol->declared);
}

std::string missing_factor(const Dimension& expected, const Dimension& actual) {
  const Dimension factor = expected / actual;
  if (factor.dimensionless()) return {};
  if (factor == dimensions::hertz) return "it should be divided by a time, as in `(...)/tau`";
  const std::string times = to_string(factor);
  if (!times.starts_with("1/")) return text("a factor in ", times, " is missing");
  return text("it should be divided by something in ", to_string(factor.pow(-1)));
}

}  // namespace ranvier::pass
