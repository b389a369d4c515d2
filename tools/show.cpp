#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <optional>
#include <ostream>
#include <ranvier/compiler/passes/check_dimensions.hpp>
#include <ranvier/compiler/passes/check_types.hpp>
#include <ranvier/compiler/passes/resolve.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tools/evaluate.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/says.hpp>
#include <ranvier/tools/show.hpp>

namespace ranvier::tool {
namespace {

constexpr std::size_t most = 8;  // values that are shown

std::string as_text(AnyQuantity value) {
  if (value.kind == AnyQuantity::Kind::boolean) return value.value != 0 ? "True" : "False";
  return to_string(value);
}

/// The first of the values of `all` elements.
void show_some(Session& session, const std::vector<double>& values, const Dimension& dimension, Type type,
               std::int64_t all, const char* what) {
  for (std::size_t k = 0; k < std::min(values.size(), most); ++k) {
    AnyQuantity value(values[k], dimension);
    if (type == Type::boolean) value.kind = AnyQuantity::Kind::boolean;
    session.out() << (k > 0 ? ", " : "") << as_text(value);
  }
  if (values.size() > most) session.out() << fmt::format(", ... ({} {})", all, what);
  session.out() << '\n';
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
  show_some(session, values, dimension.value_or(Dimension{}), type, group.size(), "neurons");
}

/// `cells.v`, `feed.w[3]`, `cells.v[0:10]`: the object, the variable, the elements.
struct Named {
  std::string handle, variable;
  Place elements{};
};
std::optional<Named> named(Session& session, const Place& place) {
  const std::string_view text = place.text();
  const std::size_t dot = text.find('.'), bracket = std::min(text.find('['), text.size());
  if (dot == std::string_view::npos || dot > bracket) return std::nullopt;
  Named found{std::string(trimmed(part(place, 0, dot)).text()),
              std::string(trimmed(part(place, dot + 1, bracket)).text())};
  const Description& now = session.description();
  const bool name = !found.variable.empty() && std::ranges::all_of(found.variable, [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c));
  });
  if (!now.find(found.handle) || !name) return std::nullopt;
  if (bracket < text.size()) {
    if (!text.ends_with(']')) return std::nullopt;
    found.elements = trimmed(part(place, bracket + 1, text.size() - 1));
  }
  return found;
}

void show_values_named(Session& session, const Named& named) {
  Built& built = session.built();
  Synapses* synapses = built.synapses(named.handle);
  const VariableView view =
      synapses ? (*synapses)[named.variable] : built.neurons(named.handle)[named.variable];
  std::vector<double> values = view.to_vector();
  const auto size = std::ssize(values);
  if (named.elements.source) {
    const auto [begin, end] = read_range(named.elements, size);
    if (begin < 0 || begin >= end || end > size)
      refuse(named.elements, fmt::format("there are {} elements, numbered from 0", size));
    values = {values.begin() + begin, values.begin() + end};
  }
  show_some(session, values, view.dimension(), Type::real, std::ssize(values),
            synapses ? "synapses" : "neurons");
}

/// What something is that a session has a name for: neurons or synapses, how many, their variables.
bool show_object(Session& session, const Place& text) {
  const std::string handle(text.text());
  if (!session.description().find(handle)) return false;
  Built& built = session.built();
  if (!built.has(handle)) return false;
  const Synapses* synapses = built.synapses(handle);
  const std::int64_t size = synapses ? synapses->size() : built.neurons(handle).size();
  session.out() << fmt::format("{}: {} {}", handle, size,
                               synapses    ? "synapses"
                               : size == 1 ? "neuron"
                                           : "neurons");
  const StateOwner* owner = built.owner(handle);
  for (const char* separator = "; "; const Variable& variable : owner->variables())
    session.out() << std::exchange(separator, ", ") << variable.name;
  session.out() << '\n';
  return true;
}

}  // namespace

void show_value(Session& session, const Place& expression) {
  const Place text = unquoted(expression);
  if (show_object(session, text)) return;
  if (const auto found = named(session, text)) return show_values_named(session, *found);
  if (const Step* group = group_of(session, text)) return show_values_of_group(session, *group, text);
  session.out() << as_text(session.value(text)) << '\n';
}

}  // namespace ranvier::tool
