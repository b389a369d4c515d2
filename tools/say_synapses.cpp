#include <fmt/format.h>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/says.hpp>

// Synapses, and what belongs to them.
namespace ranvier::tool {
namespace {

/// `up: w += 1` -> "up", and `w += 1` is left.
std::string take_pathway(Place& code) {
  const std::string_view text = code.text();
  const std::vector<Token> tokens = tokenize(text, {0, static_cast<std::uint32_t>(text.size())});
  if (tokens.size() < 2 || tokens[0].kind != TokenKind::name || tokens[1].kind != TokenKind::colon) return {};
  std::string name(text.substr(tokens[0].span.begin, tokens[0].span.end - tokens[0].span.begin));
  code = unquoted(trimmed(part(code, tokens[1].span.end, text.size())));
  return name;
}

void say_pathway(Session& session, Reader& reader, const std::string& command,
                 NamedTexts SynapsesStep::* member) {
  Place code = unquoted(reader.rest("what a spike does"));
  const std::string pathway = take_pathway(code);
  Step& step = open_synapses(session, reader.line(), command);
  session.edit(step);
  NamedTexts& all = std::get<SynapsesStep>(step.what).*member;
  auto found = std::ranges::find(all, pathway, &NamedTexts::value_type::first);
  if (found == all.end()) found = all.insert(all.end(), {pathway, {}});
  session.keep(reader.line(), session.options().interactive ? &found->second : nullptr);
  session.say_once(found->second, code, fmt::format("{} of `{}`", command, step.handle));
  if (session.options().interactive) session.built();
}

/// The synapses that `connect` names, or those that are open; what is left is a condition.
std::string synapses_to_connect(Session& session, Reader& reader, Place& condition) {
  const Description& now = session.description();
  const auto are_synapses = [&](std::string_view handle) {
    const Step* step = now.find(handle);
    return step && std::holds_alternative<SynapsesStep>(step->what);
  };
  const Place all = reader.peek();
  const std::string_view text = all.text();
  const std::vector<Token> tokens = tokenize(text, {0, static_cast<std::uint32_t>(text.size())});
  const bool begins_with_name = !tokens.empty() && tokens[0].kind == TokenKind::name;
  const Place first = begins_with_name ? part(all, 0, tokens[0].span.end) : Place{};
  if (begins_with_name && are_synapses(first.text())) {
    reader.skip(tokens[0].span.end);
    if (!reader.done()) condition = reader.peek();
    return std::string(first.text());
  }
  std::vector<std::string> known = now.handles();
  std::erase_if(known, [&](const std::string& handle) { return !are_synapses(handle); });
  const bool meant_as_name = begins_with_name && (tokens.size() == 1 || tokens[1].kind == TokenKind::name);
  if (meant_as_name || (begins_with_name && !are_synapses(now.open))) throw unknown("synapses", first, known);
  if (!are_synapses(now.open)) reader.fail(reader.line(), "here should stand the name of synapses");
  if (!reader.done()) condition = all;
  return now.open;
}

}  // namespace

Step& open_synapses(Session& session, const Place& line, const std::string& command) {
  Description& now = session.description();
  Step* step = now.find(now.open);
  if (!step || !std::holds_alternative<SynapsesStep>(step->what))
    refuse(line, fmt::format("`{}` belongs to synapses, and none were begun", command),
           "begin with: synapses NAME SOURCE -> TARGET");
  return *step;
}

void say_synapses(Session& session, Reader& reader) {
  const auto options = reader.options({"name"});
  const std::string handle = reader.name("a name for the synapses");
  Description& now = session.description();
  const Step* known = now.find(handle);
  if (!known || !reader.done()) {
    SynapsesStep synapses;
    synapses.source = read_neurons(session, reader.chunk("the neurons that they come from"));
    if (!reader.take("->")) reader.fail(reader.peek(), "here should stand `->`");
    synapses.target = read_neurons(session, reader.rest("the neurons that they go to"));
    const auto name = options.find("name");
    session.add(
        {reader.line(), handle, name == options.end() ? handle : std::string(name->second.text()), synapses});
  } else if (!std::holds_alternative<SynapsesStep>(known->what)) {
    refuse(reader.line(), fmt::format("`{}` are no synapses", handle));
  }
  now.open = handle;
  session.keep(reader.line());
}

void say_on_pre(Session& session, Reader& reader) {
  say_pathway(session, reader, "on_pre", &SynapsesStep::on_pre);
}

void say_on_post(Session& session, Reader& reader) {
  say_pathway(session, reader, "on_post", &SynapsesStep::on_post);
}

void say_delay(Session& session, Reader& reader) {
  const Place text = unquoted(reader.rest("the delay"));
  Step& step = open_synapses(session, reader.line(), "delay");
  const double delay = session.value(text, dimensions::second, "a delay");
  session.edit(step);
  auto& synapses = std::get<SynapsesStep>(step.what);
  Said& slot = synapses.texts["delay"];
  session.keep(reader.line(), session.options().interactive ? &slot : nullptr);
  session.say_once(slot, text, fmt::format("the delay of `{}`", step.handle));
  synapses.delay = delay;
}

void say_connect(Session& session, Reader& reader) {
  const auto options = reader.options({"p", "n", "i", "j", "condition", "skip_if_invalid"});
  ConnectStep connect;
  Place condition;
  connect.synapses = synapses_to_connect(session, reader, condition);
  connect.options = options;
  if (condition.source) connect.options["condition"] = unquoted(condition);
  if (const auto skip = options.find("skip_if_invalid"); skip != options.end())
    connect.skip_if_invalid = skip->second.text() != "False";
  session.add({reader.line(), "", "", connect});
  session.keep(reader.line());
  if (session.options().interactive) {
    session.built();
    session.out() << fmt::format("{}: {} synapses\n", connect.synapses,
                                 session.built().synapses(connect.synapses)->size());
  }
}

}  // namespace ranvier::tool
