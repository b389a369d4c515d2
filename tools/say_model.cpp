#include <fmt/format.h>
#include <algorithm>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/tools/line.hpp>
#include <ranvier/tools/says.hpp>

// Groups, and what belongs to them.
namespace ranvier::tool {
namespace {

/// Codes of problems that further lines may mend.
bool may_be_mended(DiagnosticCode code) {
  return code == DiagnosticCode::reset_without_threshold ||
         code == DiagnosticCode::refractory_without_threshold || code == DiagnosticCode::unknown_flag;
}

void say_text_of_group(Session& session, Reader& reader, const std::string& what) {
  const Place text = unquoted(reader.rest(what));
  Step& step = open_group(session, reader.line());
  session.edit(step);
  Said& slot = std::get<GroupStep>(step.what).texts[what];
  session.keep(reader.line(), session.options().interactive ? &slot : nullptr);
  session.say_once(slot, text, fmt::format("the {} of `{}`", what, step.handle));
  check_at_once(session, step);
}

void resize(Session& session, Step& step, const Place& place, std::int64_t size) {
  auto& group = std::get<GroupStep>(step.what);
  if (size < 1) refuse(place, "a group needs at least one neuron");
  if (group.size == size) return;
  session.say_once(group.size_said, place, fmt::format("the size of `{}`", step.handle));
  group.size = size;
  session.start_anew();
}

void set_options(Session& session, GroupStep& group, const std::map<std::string, Place>& options) {
  if (const auto dt = options.find("dt"); dt != options.end())
    group.dt = session.value(dt->second, dimensions::second, "dt");
  if (const auto order = options.find("order"); order != options.end())
    group.order = static_cast<int>(whole_number(order->second, "the order"));
}

}  // namespace

ModelError unknown(const std::string& what, const Place& place, const std::vector<std::string>& known) {
  const std::string near = nearest_name(place.text(), known);
  std::string help;
  if (!near.empty())
    help = fmt::format("did you mean `{}`?", near);
  else if (known.empty())
    help = "nothing has a name yet: begin with `group cells 100`";
  else
    help = fmt::format("there is: {}", fmt::join(known, ", "));
  return problem(DiagnosticCode::bad_line, place,
                 fmt::format("there are no {} called `{}`", what, place.text()), help);
}

void say_seed(Session& session, Reader& reader) {
  session.description().seed = static_cast<std::uint64_t>(reader.number("the seed"));
  reader.end();
  session.keep(reader.line());
  session.start_anew();
}

void say_dt(Session& session, Reader& reader) {
  const Place text = reader.rest("the length of a step");
  const double dt = session.value(text, dimensions::second, "the length of a step");
  if (!(dt > 0)) refuse(text, "a step must have a positive length");
  if (!session.description().steps.empty()) session.edit(session.description().steps.front());
  session.description().dt = dt;
  session.keep(reader.line());
}

void say_group(Session& session, Reader& reader) {
  const auto options = reader.options({"name", "dt", "order"});
  const Place place = reader.peek();
  const std::string handle = reader.name("a name for the group");
  Description& now = session.description();
  if (Step* known = now.find(handle); known && std::holds_alternative<GroupStep>(known->what)) {
    if (!reader.done()) {
      const Place size = reader.chunk("the number of neurons");
      resize(session, *known, size, whole_number(size, "the number of neurons"));
    }
    reader.end();
  } else {
    GroupStep group;
    if (!reader.done()) {
      const Place size = reader.chunk("the number of neurons");
      group.size = whole_number(size, "the number of neurons");
      if (group.size < 1) refuse(size, "a group needs at least one neuron");
      group.size_said = {size, now.runs};
    }
    reader.end();
    set_options(session, group, options);
    const auto name = options.find("name");
    session.add(
        {reader.line(), handle, name == options.end() ? handle : std::string(name->second.text()), group});
  }
  now.open = handle;
  session.keep(reader.line());
}

Neurons read_neurons(Session& session, const Place& place) {
  const std::string_view text = place.text();
  const std::size_t bracket = std::min(text.find('['), text.size());
  const Place name = trimmed(part(place, 0, bracket));
  Neurons neurons{place, std::string(name.text()), {}};
  const auto size = session.description().neurons(neurons.handle);
  if (!size) {
    std::vector<std::string> known = session.description().handles();
    std::erase_if(known, [&](const auto& handle) { return !session.description().neurons(handle); });
    throw unknown("neurons", name, known);
  }
  if (bracket == text.size()) return neurons;
  const Place inner = part(place, bracket + 1, text.size() - (text.ends_with(']') ? 1 : 0));
  const std::size_t colon = inner.text().find(':');
  if (!text.ends_with(']') || colon == std::string_view::npos)
    refuse(place, "a part of neurons is written `cells[0:300]`: the first one, and the one behind the last");
  const Place low = trimmed(part(inner, 0, colon)),
              high = trimmed(part(inner, colon + 1, inner.text().size()));
  const std::int64_t begin = low.text().empty() ? 0 : whole_number(low, "the first neuron");
  const std::int64_t end = high.text().empty() ? *size : whole_number(high, "the neuron behind the last");
  if (begin < 0 || begin >= end || end > *size)
    refuse(inner, fmt::format("`{}` has the neurons 0 to {}; this must be a part of them that is not empty",
                              neurons.handle, *size - 1));
  neurons.range = {begin, end};
  return neurons;
}

void say_slice(Session& session, Reader& reader) {
  const std::string handle = reader.name("a name for the slice");
  reader.take("=");
  const Neurons neurons = read_neurons(session, reader.rest("the neurons: cells[0:300]"));
  session.add({reader.line(), handle, handle, SliceStep{neurons}});
  session.keep(reader.line());
}

Step& open_group(Session& session, const Place& line) {
  Description& now = session.description();
  if (now.open.empty()) {
    if (!now.find("neurons")) session.add({line, "neurons", "neurons", GroupStep{}});
    now.open = "neurons";
  }
  Step* step = now.find(now.open);
  if (!std::holds_alternative<GroupStep>(step->what))
    refuse(line, fmt::format("this belongs to a group, but what was begun last is `{}`", now.open),
           "open the group again: group NAME");
  return *step;
}

void check_at_once(Session& session, const Step& step) {
  if (!session.options().interactive) return;
  const auto& group = std::get<GroupStep>(step.what);
  try {
    declare_group(text_of(step.name, group, session.texts()), session.description().constants);
  } catch (const ModelError& error) {
    std::vector<Diagnostic> serious = error.diagnostics();
    std::erase_if(serious,
                  [](const Diagnostic& d) { return d.severity == Severity::error && may_be_mended(d.code); });
    if (std::ranges::find(serious, Severity::error, &Diagnostic::severity) != serious.end())
      throw ModelError(std::move(serious));
  }
}

namespace {

/// An equation of what is open; it takes the place of one of the same name where it may.
void keep_equation(Session& session, Step& open, const Place& text, const std::string& name) {
  Description& now = session.description();
  auto* group = std::get_if<GroupStep>(&open.what);
  auto& lines = group ? group->equations : std::get<SynapsesStep>(open.what).equations;
  const auto known = std::ranges::find(lines, name, &EquationLine::name);
  const bool anew = known != lines.end() && !name.empty() &&
                    (session.options().interactive || known->text.runs != now.runs);
  session.keep(text, anew && session.options().interactive ? &known->text : nullptr);
  if (anew)
    known->text = {text, now.runs};
  else
    lines.push_back({name, {text, now.runs}});
}

}  // namespace

void add_equation(Session& session, const Place& line) {
  Description& now = session.description();
  Step* open = now.find(now.open);
  if (!open || !std::holds_alternative<SynapsesStep>(open->what)) open = &open_group(session, line);
  session.edit(*open);
  Diagnostics problems;
  const SourcePtr source = session.texts().source("equations", {line});
  const Block block = parse_equations(source, problems);
  if (session.options().interactive) problems.raise_if_errors();
  // Each on its own, so that all their names are known and each can be said anew.
  if (problems.has_errors() || source->text() != line.text() || block.size() < 2)
    keep_equation(session, *open, line, block.empty() ? "" : block.front().name);
  else
    for (const Equation& equation : block)
      keep_equation(session, *open, part(line, equation.place.span.begin, equation.place.span.end),
                    equation.name);
  if (std::holds_alternative<GroupStep>(open->what)) check_at_once(session, *open);
}

void say_equations(Session& session, Reader& reader) {
  add_equation(session, unquoted(reader.rest("the equations")));
}

void say_threshold(Session& session, Reader& reader) {
  say_text_of_group(session, reader, "threshold");
}

void say_reset(Session& session, Reader& reader) {
  if (!reader.done()) return say_text_of_group(session, reader, "reset");
  session.forget();
  session.out() << "everything is forgotten\n";
}

void say_refractory(Session& session, Reader& reader) {
  say_text_of_group(session, reader, "refractory");
}

void say_method(Session& session, Reader& reader) {
  Description& now = session.description();
  Step* open = now.find(now.open);
  if (!open || !std::holds_alternative<SynapsesStep>(open->what))
    return say_text_of_group(session, reader, "method");
  const Place text = unquoted(reader.rest("the method"));
  session.edit(*open);
  Said& slot = std::get<SynapsesStep>(open->what).texts["method"];
  session.keep(reader.line(), session.options().interactive ? &slot : nullptr);
  session.say_once(slot, text, fmt::format("the method of `{}`", open->handle));
}

void say_event(Session& session, Reader& reader) {
  const std::string event = reader.name("a name for the event");
  const Place condition = unquoted(reader.rest("its condition"));
  Step& step = open_group(session, reader.line());
  session.edit(step);
  std::get<GroupStep>(step.what).events.emplace_back(event, Said{condition, session.description().runs});
  session.keep(reader.line());
  check_at_once(session, step);
}

void say_on_event(Session& session, Reader& reader) {
  const std::string event = reader.name("the name of an event");
  const Place code = unquoted(reader.rest("what happens then"));
  Step& step = open_group(session, reader.line());
  session.edit(step);
  std::get<GroupStep>(step.what).on_event.emplace_back(event, Said{code, session.description().runs});
  session.keep(reader.line());
}

}  // namespace ranvier::tool
