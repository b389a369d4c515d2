// The grammar of expressions, and the only file that sees Boost. It reads tokens rather than characters: a
// token knows its place, and the words of the language are decided once, in tokens.cpp.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Woverloaded-shift-op-parentheses"  // `a >> b > c` is how X3 is written
#endif
#include <array>
#include <boost/spirit/home/x3.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/reporter.hpp>

namespace ranvier {
namespace {

namespace x3 = boost::spirit::x3;
using enum TokenKind;
using Iterator = Tokens::iterator;

/// What the actions need: the text, and whether the tree has grown beyond the limit.
struct Builder {
  Reporter& reporter;
  bool too_high = false;
};
struct builder_tag;

/// Matches one token of any of the given kinds; its attribute is the token.
template <std::size_t N>
struct OneOf : x3::parser<OneOf<N>> {
  using attribute_type = Token;
  static constexpr bool has_attribute = true;

  explicit constexpr OneOf(std::array<TokenKind, N> kinds) : kinds(kinds) {}
  std::array<TokenKind, N> kinds;

  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, const Iterator& last, const Context&, RuleContext&,
             Attribute& attribute) const {
    if (first == last || std::ranges::find(kinds, first->kind) == kinds.end()) return false;
    x3::traits::move_to(Token(*first++), attribute);
    return true;
  }
};
template <class... Kinds>
constexpr auto one_of(Kinds... kinds) {
  return OneOf<sizeof...(kinds)>({kinds...});
}

Builder& builder(auto& context) {
  return x3::get<builder_tag>(context).get();
}

/// Makes a node the value of the rule, unless the tree would grow beyond the limit: then the parse fails.
template <class Kind>
void yield(auto& context, Kind kind, Span span) {
  Builder& b = builder(context);
  Expr e(std::move(kind), b.reporter.place(span));
  if (e->height > b.reporter.limits.height) {
    b.too_high = true;
    x3::_pass(context) = false;
  } else {
    x3::_val(context) = std::move(e);
  }
}

// The order of these kinds is that of BinaryOp and UnaryOp.
constexpr std::array binary_kinds{plus,          minus, star,      slash,       floor_divide,
                                  percent,       power, less,      less_equal,  greater,
                                  greater_equal, equal, not_equal, logical_and, logical_or};
constexpr std::array unary_kinds{plus, minus, logical_not};

template <class Op>
Op operator_of(const auto& kinds, const Token& token) {
  return static_cast<Op>(std::ranges::find(kinds, token.kind) - kinds.begin());
}

const auto take = [](auto& context) { x3::_val(context) = x3::_attr(context); };

const auto fold = [](auto& context) {
  Expr lhs = x3::_val(context);
  Expr rhs = boost::fusion::at_c<1>(x3::_attr(context));
  const auto op = operator_of<BinaryOp>(binary_kinds, boost::fusion::at_c<0>(x3::_attr(context)));
  const Span span = cover(lhs->place.span, rhs->place.span);
  yield(context, ast::Binary{op, std::move(lhs), std::move(rhs)}, span);
};

const auto prefix = [](auto& context) {
  const Token& token = boost::fusion::at_c<0>(x3::_attr(context));
  Expr operand = boost::fusion::at_c<1>(x3::_attr(context));
  const Span span = cover(token.span, operand->place.span);
  yield(context, ast::Unary{operator_of<UnaryOp>(unary_kinds, token), std::move(operand)}, span);
};

const auto take_number = [](auto& context) {
  const Token& token = x3::_attr(context);
  const NumberText number = read_number(builder(context).reporter.text(token)).value();
  yield(context, ast::Number{number.value, number.integer}, token.span);
};

const auto take_boolean = [](auto& context) {
  const Token& token = x3::_attr(context);
  yield(context, ast::Boolean{token.kind == true_literal}, token.span);
};

const auto take_name = [](auto& context) {
  const Token& token = x3::_attr(context);
  yield(context, ast::Name{std::string(builder(context).reporter.text(token))}, token.span);
};

const auto take_call = [](auto& context) {
  auto& attribute = x3::_attr(context);
  const Token& callee = boost::fusion::at_c<0>(attribute);
  auto& args = boost::fusion::at_c<2>(attribute);
  const Span span = cover(callee.span, boost::fusion::at_c<3>(attribute).span);
  std::string id(builder(context).reporter.text(callee));
  yield(context, ast::Call{std::move(id), args ? std::move(*args) : std::vector<Expr>{}, callee.span}, span);
};

// A parenthesised expression is the expression, but its place includes the parentheses.
const auto widen = [](auto& context) {
  auto& attribute = x3::_attr(context);
  const Span span = cover(boost::fusion::at_c<0>(attribute).span, boost::fusion::at_c<2>(attribute).span);
  x3::_val(context) = with_place(boost::fusion::at_c<1>(attribute), builder(context).reporter.place(span));
};

// Lowest precedence first; semantics and names are Python's.
const x3::rule<struct disjunction_id, Expr> disjunction = "an expression";
const x3::rule<struct conjunction_id, Expr> conjunction = "an operand";
const x3::rule<struct negation_id, Expr> negation = "an operand";
const x3::rule<struct comparison_id, Expr> comparison = "an operand";
const x3::rule<struct sum_id, Expr> sum = "an operand";
const x3::rule<struct term_id, Expr> term = "an operand";
const x3::rule<struct unary_id, Expr> unary = "an operand";
const x3::rule<struct exponentiation_id, Expr> exponentiation = "an operand";
const x3::rule<struct atom_id, Expr> atom = "an operand";
const x3::rule<struct arguments_id, std::vector<Expr>> arguments = "arguments";
const x3::rule<struct closing_id, Token> closing = "a closing parenthesis";

const auto closing_def = one_of(close);
const auto arguments_def = disjunction >> *(x3::omit[one_of(comma)] > disjunction);

const auto disjunction_def = conjunction[take] >> *(one_of(logical_or) > conjunction)[fold];
const auto conjunction_def = negation[take] >> *(one_of(logical_and) > negation)[fold];
const auto negation_def = (one_of(logical_not) > negation)[prefix] | comparison[take];
const auto comparison_def = sum[take] >>
                            -(one_of(less, less_equal, greater, greater_equal, equal, not_equal) > sum)[fold];
const auto sum_def = term[take] >> *(one_of(plus, minus) > term)[fold];
const auto term_def = unary[take] >> *(one_of(star, slash, floor_divide, percent) > unary)[fold];
const auto unary_def = (one_of(plus, minus) > unary)[prefix] | exponentiation[take];
const auto exponentiation_def = atom[take] >> -(one_of(power) > unary)[fold];
const auto atom_def = one_of(number)[take_number] | one_of(true_literal, false_literal)[take_boolean] |
                      (one_of(name) >> one_of(open) >> -arguments > closing)[take_call] |
                      one_of(name)[take_name] | (one_of(open) > disjunction > closing)[widen];

BOOST_SPIRIT_DEFINE(disjunction, conjunction, negation, comparison, sum, term, unary, exponentiation, atom,
                    arguments, closing)

/// Says what is wrong at a token where the grammar could not go on.
void report_unexpected(Tokens tokens, Iterator where, const std::string& expected, Span range,
                       Reporter& reporter) {
  const bool at_end = where == tokens.end();
  const Token before =
      where == tokens.begin() ? Token{colon, false, {range.begin, range.begin}} : *(where - 1);
  const Span span = at_end ? before.span : where->span;
  const std::string found = at_end ? "the end" : quoted(reporter.text(*where));
  if (at_end || ends_operand(before) || where == tokens.begin()) {
    Diagnostic& problem =
        reporter.error(DiagnosticCode::syntax, span,
                       at_end ? "expected " + expected + " after " + quoted(reporter.text(before))
                              : found + " cannot stand here");
    if (!at_end && where->kind == comma)
      problem.helped_by("a comma only separates the arguments of a function");
    if (!at_end && where->kind == logical_not)
      problem.helped_by("`!=` compares; `not` stands in front of a condition")
          .fixed_by(reporter.place(*where), "!=");
    if (at_end) problem.helped_by("write " + expected + ", or leave out " + quoted(reporter.text(before)));
    if (!at_end && where == tokens.begin()) problem.helped_by("expected " + expected);
    return;
  }
  reporter
      .error(DiagnosticCode::syntax, span,
             "expected " + expected + " after " + quoted(reporter.text(before)) + ", but found " + found)
      .helped_by("write " + expected + " between the two, or leave one of them out");
}

Expr parse_tokens(Tokens tokens, Span range, Reporter& reporter) {
  Builder state{reporter};
  Expr result;
  Iterator first = tokens.begin();
  std::string expected = "an operand";
  try {
    const auto grammar = x3::with<builder_tag>(std::ref(state))[disjunction];
    const bool matched = x3::parse(first, tokens.end(), grammar, result);
    if (matched && first == tokens.end()) return result;
  } catch (const x3::expectation_failure<Iterator>& failure) {
    first = failure.where();
    expected = failure.which();
  }
  if (state.too_high) {
    reporter
        .error(DiagnosticCode::too_deep, range,
               "the expression combines more than " + std::to_string(reporter.limits.height) +
                   " operands in a row (Limits::height)")
        .helped_by("split it into several subexpressions");
  } else {
    report_unexpected(tokens, first, expected, range, reporter);
  }
  return {};
}

}  // namespace

Expr read_expression(Tokens tokens, Span range, Reporter& reporter) {
  if (tokens.empty()) {
    reporter.error(DiagnosticCode::empty_expression, range, "an expression is missing here")
        .helped_by("write a value, as in `0*mV` or `2*x`");
    return {};
  }
  const auto bad = [](const Token& token) { return token.kind == foreign_character; };
  if (!check_size(tokens, reporter) || !check_habits(tokens, reporter)) return {};
  if (std::ranges::any_of(tokens, bad)) return {};  // reported by check_tokens
  return parse_tokens(tokens, range, reporter);
}

Expr parse_expression(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits) {
  Reporter reporter(source, diagnostics, limits);
  Expr result;
  if (check_length(reporter)) {
    const Span whole{0, static_cast<std::uint32_t>(source->text().size())};
    const std::vector<Token> tokens = tokenize(source->text(), whole);
    check_tokens(tokens, reporter);
    result = read_expression(tokens, whole, reporter);
    if (reporter.problems() > 0) result = {};  // of a token too: a name that is too long
  }
  reporter.finish();
  return result;
}

}  // namespace ranvier
