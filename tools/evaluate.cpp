#include <fmt/format.h>
#include <algorithm>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/tools/evaluate.hpp>
#include <ranvier/tools/line.hpp>

namespace ranvier::tool {

AnyQuantity evaluate(const Place& expression, const Namespace& names, Texts& texts) {
  const SourcePtr source = texts.source("expression", {expression});
  Diagnostics problems;
  const Expr parsed = parse_expression(source, problems);
  problems.raise_if_errors();
  Network scratch({.namespace_ = names, .backend = {.name = "reference"}, .threads = 1});
  NeuronGroup& one = scratch.neuron_group(1, {});
  const Scope scope = scope_of(one.model(), names);
  const Expr resolved = pass::resolve(parsed, scope, problems);
  problems.raise_if_errors();
  const auto dimension = pass::dimension_of(resolved, scope, problems);
  const Type type = pass::type_of(resolved, scope, problems);
  problems.raise_if_errors();
  AnyQuantity value(one.probe(source->text(), {0}, 0, 1).front(), dimension.value_or(Dimension{}));
  if (type == Type::integer) value.kind = AnyQuantity::Kind::integer;
  if (type == Type::boolean) value.kind = AnyQuantity::Kind::boolean;
  return value;
}

double evaluate_as(const Dimension& dimension, const std::string& what, const Place& expression,
                   const Namespace& names, Texts& texts) {
  const AnyQuantity value = evaluate(expression, names, texts);
  if (value.dimension != dimension)
    throw problem(
        DiagnosticCode::wrong_dimension, expression,
        fmt::format("{} has the unit {}, but this is {}", what, to_string(dimension), to_string(value)));
  return value.value;
}

std::vector<AnyQuantity> evaluate_list(const Place& list, const Namespace& names, Texts& texts) {
  std::vector<AnyQuantity> values;
  for (const Place& item : listed(list)) {
    values.push_back(evaluate(item, names, texts));
    if (values.back().dimension != values.front().dimension && values.back().value != 0)
      throw problem(DiagnosticCode::dimension_mismatch, item,
                    fmt::format("the values before are in {}, this one is {}",
                                to_string(values.front().dimension), to_string(values.back())));
  }
  return values;
}

bool is_literal(const Place& expression) {
  const std::string_view text = expression.text();
  const std::vector<Token> tokens = tokenize(text, {0, static_cast<std::uint32_t>(text.size())});
  return std::ranges::all_of(tokens, [&](const Token& token) {
    if (token.kind != TokenKind::name) return true;
    const std::string_view word = text.substr(token.span.begin, token.span.end - token.span.begin);
    return find_unit(word) ||
           std::ranges::find(named_constants(), word, &NamedConstant::name) != named_constants().end();
  });
}

}  // namespace ranvier::tool
