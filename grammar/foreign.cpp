#include <algorithm>
#include <ranvier/grammar/foreign.hpp>

namespace ranvier {
namespace {

using enum DiagnosticCode;

constexpr std::string_view choose =
    "a choice is written arithmetically: `int(condition)*a + int(not condition)*b`";
constexpr std::string_view no_subscript =
    "there are no subscripts and lists: a variable stands for the value of its own neuron";
constexpr std::string_view element_wise = "all operators work on each neuron's own values";
constexpr ForeignOperator foreign_operators[] = {
    {"^", caret_power, "**", ""},
    {"&", forbidden_operator, "and", ""},
    {"&&", forbidden_operator, "and", ""},
    {"|", forbidden_operator, "or", ""},
    {"||", forbidden_operator, "or", ""},
    {"!", forbidden_operator, "not", ""},
    {"~", forbidden_operator, "not", ""},
    {"<>", forbidden_operator, "!=", ""},
    {"!==", forbidden_operator, "!=", ""},
    {"===", forbidden_operator, "==", ""},
    {"=<", forbidden_operator, "<=", ""},
    {"=>", forbidden_operator, ">=", ""},
    {"~=", forbidden_operator, "!=", ""},
    {".^", caret_power, "**", element_wise},
    {".*", forbidden_operator, "*", element_wise},
    {"./", forbidden_operator, "/", element_wise},
    {"@", forbidden_operator, "*", element_wise},
    {"<<", forbidden_operator, "", "`x << n` is `x*2**n`"},
    {">>", forbidden_operator, "", "`x >> n` is `x // 2**n`"},
    {"->", forbidden_operator, "",
     "there are no pointers and functions here; a subtraction is written `a - b`"},
    {"?", forbidden_operator, "", choose},
    {".", forbidden_operator, "", "names have no attributes; a decimal point stands next to a digit"},
    {"[", forbidden_operator, "", no_subscript},
    {"]", forbidden_operator, "", no_subscript},
    {"{", forbidden_operator, "", no_subscript},
    {"}", forbidden_operator, "", no_subscript},
};

struct ForeignWord {
  std::string_view word, help, replacement{};
};

/// The words of the language as other languages spell them.
constexpr ForeignWord capitals[] = {{"AND", "", "and"},    {"And", "", "and"},   {"OR", "", "or"},
                                    {"Or", "", "or"},      {"NOT", "", "not"},   {"Not", "", "not"},
                                    {"true", "", "True"},  {"TRUE", "", "True"}, {"false", "", "False"},
                                    {"FALSE", "", "False"}};

constexpr ForeignWord foreign_words[] = {
    {"if", choose},
    {"else", choose},
    {"elif", choose},
    {"for", "a loop stands only in a generator of connect, `.j = \"k for k in range(N_post)\"`"},
    {"in", "compare with each value: `x == 1 or x == 2`"},
    {"None", "every value is a number or a condition; leave out what is not given"},
    {"lambda", "functions cannot be defined here; name an expression with a subexpression: `x = ... : unit`"},
};

struct LatexCommand {
  std::string_view name, replacement;
};
/// Commands of LaTeX that stand for an operator, or for nothing.
constexpr LatexCommand latex_commands[] = {
    {"cdot", "*"},    {"times", "*"}, {"le", "<="}, {"leq", "<="}, {"ge", ">="},
    {"geq", ">="},    {"neq", "!="},  {"ne", "!="}, {"left", ""},  {"right", ""},
    {"infty", "inf"}, {"big", ""},    {"Big", ""},
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

const ForeignOperator* find_foreign_operator(std::string_view spelling) {
  const auto row = std::ranges::find(foreign_operators, spelling, &ForeignOperator::spelling);
  return row == std::end(foreign_operators) ? nullptr : row;
}

std::string_view word_meant(std::string_view name) {
  const auto row = std::ranges::find(capitals, name, &ForeignWord::word);
  return row == std::end(capitals) ? std::string_view() : row->replacement;
}

std::string_view help_for_word(std::string_view keyword) {
  const auto row = std::ranges::find(foreign_words, keyword, &ForeignWord::word);
  return row == std::end(foreign_words) ? "expressions are built from operators and calls" : row->help;
}

std::string_view latex_command(std::string_view text, const Token& token) {
  if (text[token.span.begin] != '\\') return {};
  const std::string_view rest = text.substr(token.span.end);
  const auto end = std::ranges::find_if_not(rest, is_letter);
  return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

std::string_view in_place_of_latex(std::string_view command) {
  const auto row = std::ranges::find(latex_commands, command, &LatexCommand::name);
  return row == std::end(latex_commands) ? command : row->replacement;
}

}  // namespace ranvier
