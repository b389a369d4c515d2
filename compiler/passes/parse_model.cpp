#include <ranvier/compiler/passes/parse_model.hpp>

#include <algorithm>

#include <ranvier/compiler/passes/check_options.hpp>
#include <ranvier/compiler/passes/check_synaptic.hpp>
#include <ranvier/compiler/passes/declare.hpp>
#include <ranvier/compiler/passes/event_driven.hpp>
#include <ranvier/compiler/passes/identifiers.hpp>
#include <ranvier/compiler/passes/integrate_adaptive.hpp>
#include <ranvier/compiler/passes/parse_method.hpp>
#include <ranvier/compiler/passes/propose_names.hpp>
#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/compiler/text.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/parse.hpp>

namespace ranvier::pass {
namespace {

Place place_of(const SourcePtr& source, std::size_t begin, std::size_t end) {
  return {source, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

Code parse_code(const SourcePtr& source, const Limits& limits, Diagnostics& diagnostics) {
  return source ? parse_statements(source, diagnostics, limits) : Code{};
}

Expr parse_or_true(const SourcePtr& source, const Limits& limits, Diagnostics& diagnostics) {
  if (!source) return {};
  const Expr expr = parse_expression(source, diagnostics, limits);
  return expr ? expr : Expr(ast::Boolean{true}, place_of(source, 0, source->text().size()));
}

/// A threshold that compares with `=`. What changes continuously does not equal a value, it crosses it.
Expr parse_threshold(const SourcePtr& source, const Limits& limits, Diagnostics& diagnostics) {
  Diagnostics own;
  const Expr threshold = parse_or_true(source, limits, own);
  for (Diagnostic problem : own.all()) {
    if (problem.code == DiagnosticCode::forbidden_operator && problem.place.text() == "=") {
      problem.message = "`=` does not compare: a threshold is crossed";
      problem.fixes.clear();
      problem.helped_by("write `>`, or `==` for whole numbers").fixed_by(problem.place, ">");
    }
    diagnostics.add(std::move(problem));
  }
  return threshold;
}

/// The place of a text without the blanks around it; none if there is nothing else.
Place trimmed(const SourcePtr& source, const Limits& limits) {
  if (!source) return {};
  const std::string text = source->text().substr(0, limits.identifier_bytes);
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return place_of(source, begin, text.find_last_not_of(" \t\r\n") + 1);
}

/// The end of synapses that has a variable of this name, the target first; nullptr: neither.
const ModelEnd* end_with(const SynapsesModel& model, const std::string& name) {
  if (model.target.find(name)) return &model.target;
  return model.source.find(name) ? &model.source : nullptr;
}

void report_clash(const std::string& name, const Place& place, const ModelEnd& end,
                  Diagnostics& diagnostics) {
  const std::string owner = end.group() ? "the neurons" : text("the synapses '", end.name(), "'");
  Diagnostic& error = diagnostics.error(DiagnosticCode::duplicate_name, place,
                                        text("`", name, "` is a variable of ", owner, ", too"));
  const Place& other = end.find(name)->name_place;
  if (other.source) error.note("it is defined here", other);
  error.helped_by(
      text("choose another name: code of synapses calls the ", end.element(), "s' variable `", name, "`"));
}

/// In code of synapses a bare name may be a variable of the target. Those that say when something happened
/// last may hide another.
void check_clashes(const SynapsesModel& model, Diagnostics& diagnostics) {
  for (const Variable& variable : model.variables) {
    const ModelEnd* end = end_with(model, variable.name);
    if (end && !variable.summed && variable.name != "lastupdate")
      report_clash(variable.name, variable.name_place, *end, diagnostics);
  }
}

void check_multisynaptic_index(const SynapsesModel& model, Diagnostics& diagnostics) {
  if (model.multisynaptic_index.empty()) return;
  const std::string& name = model.multisynaptic_index;
  const Place& place = model.multisynaptic_place;
  check_identifier(name, place, true, diagnostics);
  const Variable* other = model.find(name);
  if (other)
    diagnostics
        .error(DiagnosticCode::duplicate_name, place,
               text("`", name, "` is a variable of the synapses already"))
        .note("it is defined here", other->name_place)
        .helped_by("choose another name for the multisynaptic index");
  else if (const ModelEnd* end = end_with(model, name))
    report_clash(name, place, *end, diagnostics);
}

/// The names of events are their own: only another event can have the same.
bool check_event_name(const GroupModel& model, const Event& event, Diagnostics& diagnostics) {
  if (!check_spelling(event.name, event.name_place, diagnostics)) return false;
  const auto same = std::ranges::find(model.events, event.name, &Event::name);
  const bool threshold = event.name == "spike" && model.threshold;
  if (same == model.events.end() && !threshold) return true;
  Diagnostic& error = diagnostics.error(DiagnosticCode::duplicate_name, event.name_place,
                                        text("there is an event `", event.name, "` already"));
  if (threshold)
    error.note("it is this condition", model.threshold->place).helped_by("leave one of the two out");
  else
    error.note("it is defined here", same->name_place).helped_by("choose another name");
  return false;
}

/// An event called "spike" is what others call a threshold.
void parse_events(const GroupText& text, GroupModel& model, Diagnostics& diagnostics) {
  for (const EventText& given : text.events) {
    Event event{given.name->text(), trimmed(given.name, text.limits), {}, {}};
    if (!event.name_place.source) event.name_place = place_of(given.name, 0, given.name->text().size());
    event.condition = parse_or_true(given.condition, text.limits, diagnostics);
    if (!check_event_name(model, event, diagnostics)) continue;
    if (event.name == "spike")
      model.threshold = std::move(event.condition);
    else
      model.events.push_back(std::move(event));
  }
}

void declare_automatic(GroupModel& model, Diagnostics& diagnostics) {
  Variable last_spike, flag;
  last_spike.name = "lastspike";
  last_spike.dimension = dimensions::second;
  flag.name = not_refractory;
  flag.type = Type::boolean;
  for (Variable variable : {last_spike, flag}) {
    variable.automatic = true;
    if (const Variable* own = model.find(variable.name)) {
      diagnostics
          .error(DiagnosticCode::duplicate_name, own->name_place,
                 text("a group with a refractory period has a variable `", variable.name, "` of its own"))
          .helped_by("choose another name");
      continue;
    }
    model.variables.push_back(std::move(variable));
  }
}

/// What the steps of an adaptive method leave behind.
template <class Model>
void declare_adaptive(Model& model) {
  check_options(model.name, model.variables, model.method);
  const auto in_every_step = [](const Variable& variable) {
    return variable.kind == EquationKind::differential && !variable.event_driven;
  };
  if (!is_adaptive(model.method) || std::ranges::none_of(model.variables, in_every_step)) return;
  for (const std::string& name : adaptive_variables(model.method.options)) {
    Variable variable;
    variable.name = name;
    variable.automatic = true;
    variable.type = name == step_failed ? Type::boolean : name == last_timestep ? Type::real : Type::integer;
    if (name == last_timestep) variable.dimension = dimensions::second;
    model.variables.push_back(std::move(variable));
  }
}

/// Code that writes delays needs one for each synapse.
PathwayModel parse_pathway(const PathwayText& text, const Limits& limits, Diagnostics& diagnostics) {
  PathwayModel pathway{text.name, parse_code(text.code, limits, diagnostics), text.post, text.event,
                       text.one_delay};
  const bool writes =
      std::ranges::any_of(pathway.code, [](const Statement& s) { return s.target == "delay"; });
  pathway.own_delays = writes && !text.one_delay;
  return pathway;
}

}  // namespace

ParsedGroup parse_group(const GroupText& text, Diagnostics& diagnostics) {
  ParsedGroup parsed;
  GroupModel& model = parsed.model;
  model.name = text.name;
  model.limits = text.limits;
  parsed.equations = text.equations.parse(diagnostics, text.limits);
  model.incomplete = diagnostics.has_errors();
  model.threshold = parse_threshold(text.threshold, text.limits, diagnostics);
  model.reset = parse_code(text.reset, text.limits, diagnostics);
  parse_events(text, model, diagnostics);
  model.refractory = parse_or_true(text.refractory, text.limits, diagnostics);
  model.method = parse_method(text.method, text.limits, diagnostics);
  model.method.options = text.method_options;
  return parsed;
}

ParsedSynapses parse_synapses(const SynapsesText& text, ModelEnd source, ModelEnd target,
                              Diagnostics& diagnostics) {
  ParsedSynapses parsed;
  parsed.model.name = text.name;
  parsed.model.source = source;
  parsed.model.target = target;
  parsed.model.limits = text.limits;
  parsed.equations = text.equations.parse(diagnostics, text.limits);
  parsed.model.incomplete = diagnostics.has_errors();
  for (const PathwayText& pathway : text.pathways)
    if (pathway.code) parsed.model.pathways.push_back(parse_pathway(pathway, text.limits, diagnostics));
  parsed.model.method = parse_method(text.method, text.limits, diagnostics);
  parsed.model.method.options = text.method_options;
  parsed.single_precision = text.single_precision;
  parsed.model.multisynaptic_place = trimmed(text.multisynaptic_index, text.limits);
  parsed.model.multisynaptic_index = parsed.model.multisynaptic_place.text();
  return parsed;
}

GroupModel declare_model(const ParsedGroup& parsed, Diagnostics& diagnostics) {
  GroupModel model = parsed.model;
  model.variables = declare(parsed.equations, Object::group, diagnostics, model.limits);
  propose_names(parsed, model.variables, diagnostics);
  if (model.refractory) declare_automatic(model, diagnostics);
  declare_adaptive(model);
  return model;
}

SynapsesModel declare_model(const ParsedSynapses& parsed, Diagnostics& diagnostics) {
  SynapsesModel model = parsed.model;
  model.variables = declare(parsed.equations, Object::synapses, diagnostics, model.limits);
  for (Variable& variable : model.variables) variable.single_precision = parsed.single_precision;
  check_clashes(model, diagnostics);
  check_multisynaptic_index(model, diagnostics);
  check_synaptic_equations(model, diagnostics);
  declare_event_driven(model, diagnostics);
  declare_adaptive(model);
  return model;
}

}  // namespace ranvier::pass
