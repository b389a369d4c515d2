#include <fmt/format.h>
#include <algorithm>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tools/evaluate.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/says.hpp>

// Constants, functions, and values of variables.
namespace ranvier::tool {
namespace {

/// Splits `word[inner]`.
std::pair<Place, Place> split_brackets(const Place& place) {
  const std::size_t bracket = place.text().find('[');
  if (bracket == std::string_view::npos) return {trimmed(place), {}};
  if (!place.text().ends_with(']')) refuse(place, "a bracket is not closed");
  return {trimmed(part(place, 0, bracket)), trimmed(part(place, bracket + 1, place.text().size() - 1))};
}

/// `cells[0:3].v['i < 2']`, or a variable of what is open.
AssignStep read_target(Session& session, const Place& place) {
  Description& now = session.description();
  AssignStep assign;
  int depth = 0;
  std::size_t dot = std::string_view::npos;
  for (std::size_t k = 0; k < place.text().size(); ++k) {
    const char c = place.text()[k];
    depth += c == '[' ? 1 : c == ']' ? -1 : 0;
    if (c == '.' && depth == 0) dot = k;
  }
  Place variable = place;
  assign.handle = now.open;
  if (dot != std::string_view::npos) {
    const auto [owner, range] = split_brackets(trimmed(part(place, 0, dot)));
    assign.handle = owner.text();
    if (!now.find(assign.handle)) throw unknown("neurons or synapses", owner, now.handles());
    if (range.source) assign.range = read_range(range, now.neurons(assign.handle).value_or(0));
    variable = trimmed(part(place, dot + 1, place.text().size()));
  }
  const auto [name, inner] = split_brackets(variable);
  assign.variable = name.text();
  if (!inner.source) return assign;
  const bool condition = inner.text().find_first_not_of("0123456789: ") != std::string_view::npos;
  if (condition)
    assign.where = unquoted(inner);
  else
    assign.elements = read_range(inner, now.neurons(assign.handle).value_or(0));
  return assign;
}

}  // namespace

std::pair<std::int64_t, std::int64_t> read_range(const Place& inner, std::int64_t size) {
  const std::size_t colon = inner.text().find(':');
  if (colon == std::string_view::npos) {
    const std::int64_t one = whole_number(inner, "the number of an element");
    return {one, one + 1};
  }
  const Place low = trimmed(part(inner, 0, colon)),
              high = trimmed(part(inner, colon + 1, inner.text().size()));
  return {low.text().empty() ? 0 : whole_number(low, "the first element"),
          high.text().empty() ? size : whole_number(high, "the element behind the last")};
}

void say_constant(Session& session, const Place& line, const std::string& name, const Place& value) {
  const AnyQuantity quantity = session.value(value);
  Network(
      {.namespace_ = {{name, quantity}}, .backend = {.name = "reference"}, .threads = 1});  // is it a name?
  session.description().steps.push_back({line, "", name, ConstantStep{name, quantity}});
  session.description().constants[name] = quantity;
  session.keep(line);
}

void say_function(Session& session, const Place& line) {
  const std::string_view text = line.text();
  const std::size_t open = text.find('('), close = text.find(')'), equals = text.find('=');
  const std::string name(trimmed(part(line, 0, open)).text());
  std::vector<Argument> arguments;
  for (const Place& argument : listed(part(line, open + 1, close)))
    arguments.push_back({.name = std::string(argument.text()), .unit = FunctionUnit::any()});
  const Place body = unquoted(trimmed(part(line, equals + 1, text.size())));
  const Function function = Function::text(session.texts().text("function " + name, body), arguments);
  session.description().steps.push_back({line, "", name, ConstantStep{name, function}});
  session.description().constants[name] = function;
  session.keep(line);
}

void say_assignment(Session& session, const Place& line, const Place& target, AssignOp op,
                    const Place& value) {
  AssignStep assign = read_target(session, target);
  assign.op = op;
  const Place unmarked = unquoted(value);
  const bool quoted = unmarked.span.begin != value.span.begin;
  const bool list = !quoted && (value.text().starts_with('[') || listed(value).size() > 1);
  if (list || is_literal(unmarked))
    assign.values = evaluate_list(unmarked, session.description().constants, session.texts());
  else
    assign.text = unmarked;
  session.add({line, "", "", assign});
  session.keep(line);
  if (session.options().interactive) session.built();
}

void say_set(Session& session, Reader& reader) {
  const Place all = reader.rest("a variable and its value");
  const std::string_view text = all.text();
  for (const Token& token : tokenize(text, {0, static_cast<std::uint32_t>(text.size())})) {
    if (token.kind != TokenKind::assign) continue;
    return say_assignment(session, reader.line(), trimmed(part(all, 0, token.span.begin)), AssignOp::set,
                          trimmed(part(all, token.span.end, text.size())));
  }
  reader.fail(all, "here should stand a variable, `=` and its value");
}

}  // namespace ranvier::tool
