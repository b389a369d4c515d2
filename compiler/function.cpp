#include <ranvier/compiler/function.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <set>
#include <string_view>

#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/units.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier {
namespace {

constexpr std::string_view argument_types[] = {"", "boolean", "integer", "float"};
constexpr std::string_view result_types[] = {"", "integer", "boolean", "highest"};

bool is_identifier(std::string_view name) {
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; };
  const auto part = [&](char c) { return letter(c) || std::isdigit(static_cast<unsigned char>(c)); };
  return !name.empty() && letter(name[0]) && name[0] != '_' && std::ranges::all_of(name, part);
}

/// What a name means in every text, or "".
std::string_view meaning_of(const std::string& name) {
  if (find_unit(name)) return "a unit";
  if (const Builtin* builtin = find_builtin(name); builtin && !builtin->extension) return "a function";
  const auto constants = named_constants();
  const bool constant = std::ranges::find(constants, name, &NamedConstant::name) != constants.end();
  return constant ? "a constant of the language" : "";
}

void check_arguments(const FunctionOptions& options) {
  std::set<std::string> names;
  const auto refuse = [](const auto&... pieces) { throw NetworkError(text("Function: ", pieces...)); };
  if (options.arguments.size() > Function::most_arguments)
    refuse(options.arguments.size(), " arguments; a function takes at most ", Function::most_arguments);
  for (const Argument& argument : options.arguments) {
    const std::string_view meaning = meaning_of(argument.name);
    if (!is_identifier(argument.name))
      refuse("'", argument.name, "' is no name for an argument: use letters, digits and _");
    if (!meaning.empty())
      refuse("an argument cannot be called '", argument.name, "': in every text that is ", meaning);
    if (!names.insert(argument.name).second) refuse("two arguments are called '", argument.name, "'");
  }
  const auto check_reference = [&](const FunctionUnit& unit, const std::string& what) {
    if (unit.argument() && !names.contains(*unit.argument()))
      refuse(what, " is to have the unit of '", *unit.argument(), "', which is no argument");
  };
  for (const Argument& argument : options.arguments) {
    check_reference(argument.unit, text("'", argument.name, "'"));
    const auto* other = argument.unit.argument();
    if (other && std::ranges::find(options.arguments, *other, &Argument::name)->unit.argument())
      refuse("'", argument.name, "' is to have the unit of '", *other,
             "', which itself has that of another argument");
  }
  check_reference(options.unit, "the result");
  if (options.unit.is_any()) refuse("the result needs a unit, or that of an argument");
}

std::string in_words(const FunctionUnit& unit, std::string_view type) {
  std::string words = unit.dimension()  ? to_string(*unit.dimension())
                      : unit.argument() ? "unit of " + *unit.argument()
                                        : "any unit";
  if (type.empty()) return words;
  return words == "1" ? std::string(type) : text(words, ", ", type);
}

template <std::size_t... At>
double call_with(Function::Code code, const double* x, std::index_sequence<At...>) {
  return reinterpret_cast<double (*)(decltype(static_cast<double>(At))...)>(code)(x[At]...);
}
template <std::size_t N>
double call_of(Function::Code code, const double* x) {
  return call_with(code, x, std::make_index_sequence<N>());
}

/// A number that reads back as itself.
std::string exact_text(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.17g", value);
  return digits;
}

Function binomial_text(std::int64_t n, double p, bool approximate) {
  if (n < 0) throw NetworkError(text("BinomialFunction: n is ", n, "; it cannot be negative"));
  if (!(p >= 0 && p <= 1)) throw NetworkError(text("BinomialFunction: p is ", p, "; it lies in [0, 1]"));
  const double trials = static_cast<double>(n), mean = trials * p;
  if (!approximate || mean <= 5 || trials * (1 - p) <= 5)
    return Function::text(text("binomial(", n, ", ", exact_text(p), ")"), {});
  return Function::text(text(exact_text(mean), " + ", exact_text(std::sqrt(mean * (1 - p))), "*randn()"), {});
}

}  // namespace

BinomialFunction::BinomialFunction(std::int64_t n, double p, bool approximate)
    : Function(binomial_text(n, p, approximate)) {}

Function::Function(Code code, std::size_t arguments, FunctionOptions options) {
  constexpr const char* usual_names[most_arguments] = {"x", "y", "z", "u", "v", "w", "p", "q"};
  if (options.arguments.empty())
    for (std::size_t k = 0; k < arguments; ++k) options.arguments.push_back({usual_names[k]});
  if (options.arguments.size() != arguments)
    throw NetworkError(ranvier::text("Function: the code takes ", arguments, " arguments, but ",
                                     options.arguments.size(), " are declared"));
  if (!code) throw NetworkError("Function: the code is a null pointer");
  check_arguments(options);
  data_ = std::make_shared<const Data>(Data{std::move(options), code, {}});
}

Function Function::text(std::string body, std::vector<Argument> arguments) {
  FunctionOptions options{.arguments = std::move(arguments)};
  check_arguments(options);
  std::string names;
  for (const Argument& argument : options.arguments) names += (names.empty() ? "" : ", ") + argument.name;
  Diagnostics diagnostics;
  Expr parsed = parse_expression(make_source("function of (" + names + ")", std::move(body)), diagnostics);
  diagnostics.raise_if_errors();
  return Function(std::make_shared<const Data>(Data{std::move(options), nullptr, std::move(parsed)}));
}

std::string Function::declaration(const std::string& name) const {
  std::string words = name + "(";
  for (const Argument& a : arguments())
    words += (&a == arguments().data() ? "" : ", ") + a.name + ": " +
             in_words(a.unit, argument_types[static_cast<std::size_t>(a.type)]);
  words += ")";
  return body() ? words + " = " + print(body())
                : words + " -> " + in_words(unit(), result_types[static_cast<std::size_t>(type())]);
}

bool operator==(const Function& a, const Function& b) {
  return a.code() == b.code() && same_signature(a, b);
}

bool same_signature(const Function& a, const Function& b) {
  if (a.data_ == b.data_) return true;
  const bool alike = a.arguments() == b.arguments() && a.unit() == b.unit() && a.type() == b.type() &&
                     a.stateless() == b.stateless() && !a.body() == !b.body();
  return alike && (!a.body() || print(a.body()) == print(b.body()));
}

double call(Function::Code code, std::span<const double> arguments) {
  using Call = double (*)(Function::Code, const double*);
  constexpr std::array<Call, Function::most_arguments + 1> calls = {call_of<0>, call_of<1>, call_of<2>,
                                                                    call_of<3>, call_of<4>, call_of<5>,
                                                                    call_of<6>, call_of<7>, call_of<8>};
  return calls.at(arguments.size())(code, arguments.data());
}

}  // namespace ranvier
