#include "tests/oracle/muparser_oracle.hpp"

#include <muParser.h>

#include <cstdlib>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "tests/oracle/functions.hpp"

namespace ranvier::oracle {
namespace {

/// Where the values are that muParser's numbers stand for: names and results from 0 up, constants and
/// literals of the text from -1 down. Its callbacks are plain functions, hence a list for all.
std::vector<Value> values, literals;

double put(const Value& v) {
  values.push_back(v);
  return static_cast<double>(values.size() - 1);
}
double put_literal(const Value& v) {
  literals.push_back(v);
  return -static_cast<double>(literals.size());
}
const Value& get(double place) {
  return place < 0 ? literals[static_cast<std::size_t>(-place) - 1] : values[static_cast<std::size_t>(place)];
}

template <Value (*F)(const Value&)>
double unary(double a) {
  return put(F(Value(get(a))));
}
template <Value (*F)(const Value&), Value (*G)(const Value&)>
double twice(double a) {
  return put(F(G(Value(get(a)))));
}
template <Value (*F)(const Value&, const Value&)>
double binary(double a, double b) {
  return put(F(Value(get(a)), Value(get(b))));
}
template <Value (*F)(const Value&, const Value&)>
double swapped(double a, double b) {
  return put(F(Value(get(b)), Value(get(a))));
}

enum Precedence {
  or_level = 1,
  and_level,
  not_level,
  comparison_level,
  sum_level,
  term_level,
  sign_level,
  power_level
};

struct BinaryRow {
  const char* text;
  double (*apply)(double, double);
  Precedence precedence;
  mu::EOprtAssociativity associativity = mu::oaLEFT;
};
const BinaryRow binary_rows[] = {
    {"or", binary<either>, or_level},
    {"and", binary<both>, and_level},
    {"<", binary<less>, comparison_level},
    {"<=", binary<less_equal>, comparison_level},
    {">", swapped<less>, comparison_level},
    {">=", swapped<less_equal>, comparison_level},
    {"==", binary<equal>, comparison_level},
    {"!=", binary<not_equal>, comparison_level},
    {"+", binary<add>, sum_level},
    {"-", binary<subtract>, sum_level},
    {"*", binary<multiply>, term_level},
    {"/", binary<divide>, term_level},
    {"//", binary<floor_divide>, term_level},
    {"%", binary<modulo>, term_level},
    {"**", binary<power>, power_level, mu::oaRIGHT},
};

struct PrefixRow {
  const char* text;
  double (*apply)(double);
  Precedence precedence;
};
const PrefixRow prefix_rows[] = {
    {"-", unary<negate>, sign_level},          {"+", unary<plus>, sign_level},
    {"--", twice<negate, negate>, sign_level}, {"-+", twice<negate, plus>, sign_level},
    {"+-", twice<plus, negate>, sign_level},   {"++", twice<plus, plus>, sign_level},
    {"not", unary<invert>, not_level},         {"not not", twice<invert, invert>, not_level},
};

/// Python's literals: digits with underscores between them, a point or an exponent makes a fraction.
int read_literal(const char* text, int* position, double* place) {
  const bool point_first = text[0] == '.' && text[1] >= '0' && text[1] <= '9';
  if (!point_first && (text[0] < '0' || text[0] > '9')) return 0;
  const int base = text[0] != '0' ? 10 : text[1] == 'x' ? 16 : text[1] == 'o' ? 8 : text[1] == 'b' ? 2 : 10;
  std::string digits;
  std::size_t at = base == 10 ? 0 : 2;
  bool fraction = false;
  for (;; ++at) {
    const char c = text[at];
    const bool exponent = base == 10 && (c == 'e' || c == 'E');
    const bool sign = (c == '+' || c == '-') && at > 0 && base == 10 && (text[at - 1] | 0x20) == 'e';
    const bool digit = (c >= '0' && c <= '9') || (base == 16 && c >= 'a' && c <= 'f');
    if (c == '_') continue;
    if (!digit && !exponent && !sign && c != '.') break;
    fraction |= exponent || c == '.';
    digits += c;
  }
  Value value = fraction ? real(std::strtod(digits.c_str(), nullptr))
                         : integer(std::strtoll(digits.c_str(), nullptr, base));
  value.number = true, value.natural = !fraction;
  *place = put_literal(value);
  *position += static_cast<int>(at);
  return 1;
}

template <std::size_t K>
void define_function(mu::Parser& parser) {
  const Function& f = functions()[K];
  const std::string name(f.name);
  if (f.one) parser.DefineFun(name, [](double a) { return put(functions()[K].one(Value(get(a)))); }, false);
  if (f.two)
    parser.DefineFun(
        name, [](double a, double b) { return put(functions()[K].two(Value(get(a)), Value(get(b)))); },
        false);
  if (f.three)
    parser.DefineFun(
        name,
        [](double a, double b, double c) {
          return put(functions()[K].three(Value(get(a)), Value(get(b)), Value(get(c))));
        },
        false);
}

constexpr std::size_t most_functions = 40;
template <std::size_t... K>
void define_functions(mu::Parser& parser, std::index_sequence<K...>) {
  ((K < functions().size() ? define_function<K>(parser) : void()), ...);
}

template <class Work>
auto guarded(Work work) {
  try {
    return work();
  } catch (const mu::Parser::exception_type& error) {
    throw std::runtime_error("muParser: " + error.GetMsg() + " in " + error.GetExpr());
  }
}

}  // namespace

struct MuParserOracle::Parser {
  mu::Parser parser;
  std::vector<double> places;  // of the names; muParser keeps their addresses
  std::vector<std::pair<std::string, Value>> constants{
      {"True", boolean(true)},      {"False", boolean(false)}, {"pi", real(std::numbers::pi)},
      {"e", real(std::numbers::e)}, {"inf", real(HUGE_VAL)},   {"mV", real(1e-3)},
      {"ms", real(1e-3)},           {"second", real(1)},       {"volt", real(1)}};
  std::vector<double> constant_places;
};

MuParserOracle::MuParserOracle(std::vector<std::string> names) : parser_(std::make_unique<Parser>()) {
  mu::Parser& p = parser_->parser;
  p.EnableBuiltInOprt(false);
  p.EnableOptimizer(false);
  p.ClearFun(), p.ClearConst(), p.ClearOprt(), p.ClearInfixOprt(), p.ClearPostfixOprt();
  p.DefineOprtChars("abcdefghijklmnopqrstuvwxyz+-*/%<>=!");
  p.DefineInfixOprtChars("abcdefghijklmnopqrstuvwxyz+- ");
  guarded([&] {
    for (const BinaryRow& row : binary_rows)
      p.DefineOprt(row.text, row.apply, row.precedence, row.associativity);
    for (const PrefixRow& row : prefix_rows) p.DefineInfixOprt(row.text, row.apply, row.precedence, false);
    define_functions(p, std::make_index_sequence<most_functions>());
    p.AddValIdent(read_literal);
    literals.clear();
    parser_->constant_places.resize(parser_->constants.size());
    for (std::size_t k = 0; k < parser_->constants.size(); ++k) {
      parser_->constant_places[k] = put_literal(parser_->constants[k].second);
      p.DefineVar(parser_->constants[k].first, &parser_->constant_places[k]);
    }
    parser_->places.resize(names.size());
    for (std::size_t k = 0; k < names.size(); ++k) p.DefineVar(names[k], &parser_->places[k]);
  });
}

MuParserOracle::~MuParserOracle() = default;

void MuParserOracle::read(const std::string& text) {
  literals.resize(parser_->constants.size());
  guarded([&] { parser_->parser.SetExpr(text); });
}

Value MuParserOracle::evaluate(const std::vector<Value>& given) {
  values = given;
  for (std::size_t k = 0; k < given.size(); ++k) parser_->places[k] = static_cast<double>(k);
  return get(guarded([&] { return parser_->parser.Eval(); }));
}

}  // namespace ranvier::oracle
