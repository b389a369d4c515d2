#include <ranvier/compiler/passes/parse_model.hpp>

#include <ranvier/compiler/passes/declare.hpp>
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

void parse_method(const SourcePtr& source, GroupModel& model) {
  if (!source) return;
  const std::string text = source->text().substr(0, model.limits.identifier_bytes);
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return;
  const auto end = text.find_last_not_of(" \t\r\n") + 1;
  model.method = text.substr(begin, end - begin);
  model.method_place = place_of(source, begin, end);
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

}  // namespace

ParsedGroup parse_group(const GroupText& text, Diagnostics& diagnostics) {
  ParsedGroup parsed;
  GroupModel& model = parsed.model;
  model.name = text.name;
  model.limits = text.limits;
  parsed.equations = text.equations.parse(diagnostics, text.limits);
  model.incomplete = diagnostics.has_errors();
  model.threshold = parse_or_true(text.threshold, text.limits, diagnostics);
  model.reset = parse_code(text.reset, text.limits, diagnostics);
  model.refractory = parse_or_true(text.refractory, text.limits, diagnostics);
  parse_method(text.method, model);
  return parsed;
}

ParsedSynapses parse_synapses(const SynapsesText& text, const GroupModel& source, const GroupModel& target,
                              Diagnostics& diagnostics) {
  ParsedSynapses parsed;
  parsed.model.name = text.name;
  parsed.model.source = &source;
  parsed.model.target = &target;
  parsed.model.limits = text.limits;
  parsed.equations = text.equations.parse(diagnostics, text.limits);
  parsed.model.incomplete = diagnostics.has_errors();
  parsed.model.on_pre = parse_code(text.on_pre, text.limits, diagnostics);
  return parsed;
}

GroupModel declare_model(const ParsedGroup& parsed, Diagnostics& diagnostics) {
  GroupModel model = parsed.model;
  model.variables = declare(parsed.equations, Object::group, diagnostics, model.limits);
  if (model.refractory) declare_automatic(model, diagnostics);
  return model;
}

SynapsesModel declare_model(const ParsedSynapses& parsed, Diagnostics& diagnostics) {
  SynapsesModel model = parsed.model;
  model.variables = declare(parsed.equations, Object::synapses, diagnostics, model.limits);
  return model;
}

}  // namespace ranvier::pass
