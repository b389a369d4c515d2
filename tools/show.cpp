#include <fmt/format.h>
#include <algorithm>
#include <ostream>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tools/evaluate.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/show.hpp>

namespace ranvier::tool {
namespace {

std::string as_text(AnyQuantity value) {
  if (value.kind == AnyQuantity::Kind::boolean) return value.value != 0 ? "True" : "False";
  return to_string(value);
}

/// The group whose variables an expression uses; nullptr: it uses none.
const Step* group_of(Session& session, const Place& expression) {
  const Description& now = session.description();
  const Step* open = now.find(now.open);
  if (!open || !std::holds_alternative<GroupStep>(open->what)) return nullptr;
  const std::string_view text = expression.text();
  for (const Token& token : tokenize(text, {0, static_cast<std::uint32_t>(text.size())})) {
    const std::string_view word = text.substr(token.span.begin, token.span.end - token.span.begin);
    if (token.kind == TokenKind::name && (defines(session, *open, word) || word == "i" || word == "N"))
      return open;
  }
  return nullptr;
}

void show_values_of_group(Session& session, const Step& step, const Place& expression) {
  constexpr std::size_t most = 8;
  Group& group = session.built().neurons(step.handle).group();
  const SourcePtr source = session.texts().source("expression", {expression});
  Diagnostics problems;
  const Expr parsed = parse_expression(source, problems);
  problems.raise_if_errors();
  const Scope scope = scope_of(group.model(), session.built().network().names_for(group));
  const Expr resolved = pass::resolve(parsed, scope, problems);
  problems.raise_if_errors();
  const auto dimension = pass::dimension_of(resolved, scope, problems);
  const Type type = pass::type_of(resolved, scope, problems);
  problems.raise_if_errors();
  std::vector<std::int32_t> all(std::min<std::size_t>(static_cast<std::size_t>(group.size()), most + 1));
  for (std::size_t k = 0; k < all.size(); ++k) all[k] = static_cast<std::int32_t>(k);
  const std::vector<double> values = group.probe(source->text(), all, 0, group.size());
  for (std::size_t k = 0; k < std::min(values.size(), most); ++k) {
    AnyQuantity value(values[k], dimension.value_or(Dimension{}));
    if (type == Type::boolean) value.kind = AnyQuantity::Kind::boolean;
    session.out() << (k > 0 ? ", " : "") << as_text(value);
  }
  if (values.size() > most) session.out() << fmt::format(", ... ({} neurons)", group.size());
  session.out() << '\n';
}

}  // namespace

void show_value(Session& session, const Place& expression) {
  const Place text = unquoted(expression);
  if (const Step* group = group_of(session, text)) return show_values_of_group(session, *group, text);
  session.out() << as_text(session.value(text)) << '\n';
}

}  // namespace ranvier::tool
