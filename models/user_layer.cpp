#include <set>

#include <ranvier/compiler/passes/declare.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/models/param_checks.hpp>
#include <ranvier/models/template_text.hpp>
#include <ranvier/models/user_layer.hpp>

namespace ranvier {

void EquationsWriter::add(const std::string& piece, const std::string& call) {
  const auto begin = static_cast<std::uint32_t>(text.size());
  text += piece;
  origins.push_back({{begin, static_cast<std::uint32_t>(text.size())}, call});
}

void UserLayer::add_params(const NamedValues& values, const ModelNames& names) {
  Problems problems("add_params");
  std::set<std::string> seen;
  for (const auto& [name, value] : values) {
    check_param_name(name, problems);
    const std::string by = defines(name) ? "add_equations" : names.defined_by(name);
    if (by.empty())
      check_param_value(name, value, names.declared(name), problems);
    else
      problems.add("\"" + name + "\" is a variable, defined by " + by +
                   ", not a constant; set it on the group: group[\"" + name + "\"] = " + to_string(value));
    if (!seen.insert(name).second) problems.add("\"" + name + "\" is given twice; give it once");
  }
  problems.raise_if_any();
  for (const auto& [name, value] : values) values_.insert_or_assign(name, value);
}

void UserLayer::add_equations(const std::string& text, const ModelNames& names) {
  Diagnostics diagnostics;
  const Block block = parse_equations(make_source("add_equations", text), diagnostics);
  pass::declare(block, pass::Object::group, diagnostics);
  for (const Equation& equation : block) {
    const std::string by = defines(equation.name) ? "add_equations" : names.defined_by(equation.name);
    if (!by.empty())
      diagnostics.error(DiagnosticCode::duplicate_name, equation.name_place,
                        "'" + equation.name + "' is defined already, by " + by);
    if (gives(equation.name))
      diagnostics.error(DiagnosticCode::duplicate_name, equation.name_place,
                        "'" + equation.name + "' has a constant value already, from add_params");
  }
  diagnostics.raise_if_errors();
  for (const Equation& equation : block) variables_.emplace(equation.name, equation.kind);
  pieces_.push_back({trimmed_lines(text), "add_equations(...)"});
}

void UserLayer::make_variable(const std::string& name, const std::string& line, const std::string& call) {
  variables_.emplace(name, EquationKind::parameter);
  pieces_.push_back({line, call});
}

void UserLayer::write(EquationsWriter& writer, const std::string& object) const {
  for (const Piece& piece : pieces_) writer.add(piece.text, object + "." + piece.call);
}

}  // namespace ranvier
