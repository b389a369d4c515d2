#include <ranvier/compiler/passes/rewrite_call.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace ranvier::pass {
namespace {

/// `$1` and `$2` stand for the arguments, in parentheses unless they are single words.
struct Row {
  std::string_view name;
  std::size_t arguments;
  std::string_view text;
};

constexpr Row rows[] = {
    {"trunc", 1, "int$1"},
    {"float", 1, "(1.0*$1)"},
    {"pow", 2, "($1**$2)"},
    {"power", 2, "($1**$2)"},
    {"square", 1, "($1**2)"},
    {"mod", 2, "($1 % $2)"},
    {"fmod", 2, "($1 % $2)"},
    {"exp2", 1, "(2**$1)"},
    {"sigmoid", 1, "(1/(1 + exp(-$1)))"},
    {"logistic", 1, "(1/(1 + exp(-$1)))"},
    {"random", 0, "rand()"},
    {"uniform", 0, "rand()"},
    {"normal", 0, "randn()"},
};

/// An argument as the user wrote it. `callee`: it becomes the argument of another function.
std::string argument(const Expr& expr, bool callee) {
  const std::string own(expr->place.text());
  const bool word = as<ast::Name>(expr) || as<ast::Number>(expr) || as<ast::Call>(expr);
  const bool enclosed = own.starts_with('(') && own.ends_with(')');
  return callee ? '(' + own + ')' : word || enclosed ? own : '(' + own + ')';
}

}  // namespace

std::string rewritten_call(const ast::Call& call) {
  const auto row = std::ranges::find(rows, call.callee, &Row::name);
  if (row == std::end(rows) || row->arguments != call.args.size()) return {};
  std::string text;
  for (std::size_t i = 0; i < row->text.size(); ++i) {
    if (row->text[i] != '$') {
      text += row->text[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(row->text[++i] - '1');
    const bool callee = !text.empty() && text.back() >= 'a' && text.back() <= 'z';
    if (call.args[index]->place.text().empty()) return {};
    text += argument(call.args[index], callee);
  }
  return text;
}

}  // namespace ranvier::pass
