#pragma once
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <ranvier/compiler/passes/declare.hpp>
#include <ranvier/compiler/scope.hpp>
#include <ranvier/grammar/parse.hpp>

/// Texts to trees and models for tests of passes; the texts themselves must be right.
namespace ranvier::texts {

inline Expr expression(const std::string& text) {
  Diagnostics diagnostics;
  Expr parsed = parse_expression(make_source("expression", text), diagnostics);
  INFO(render(diagnostics.all()));
  REQUIRE_FALSE(diagnostics.has_errors());
  return parsed;
}

inline Code statements(const std::string& text) {
  Diagnostics diagnostics;
  Code parsed = parse_statements(make_source("code", text), diagnostics);
  INFO(render(diagnostics.all()));
  REQUIRE_FALSE(diagnostics.has_errors());
  return parsed;
}

inline Block equations(const std::string& text) {
  Diagnostics diagnostics;
  Block parsed = parse_equations(make_source("equations", text), diagnostics);
  INFO(render(diagnostics.all()));
  REQUIRE_FALSE(diagnostics.has_errors());
  return parsed;
}

inline std::vector<Variable> variables(const std::string& text, bool for_synapses = false) {
  Diagnostics diagnostics;
  std::vector<Variable> declared = pass::declare(
      equations(text), for_synapses ? pass::Object::synapses : pass::Object::group, diagnostics);
  INFO(render(diagnostics.all()));
  REQUIRE_FALSE(diagnostics.has_errors());
  return declared;
}

/// A group of these equations, with the automatic variables of a refractory one if asked.
inline GroupModel group(const std::string& text, bool refractory = false) {
  GroupModel model;
  model.name = "neurons";
  model.variables = variables(text);
  if (!refractory) return model;
  for (const auto& [name, type] :
       {std::pair("lastspike", Type::real), std::pair("not_refractory", Type::boolean)}) {
    Variable variable;
    variable.name = name;
    variable.type = type;
    if (type == Type::real) variable.dimension = dimensions::second;
    variable.automatic = true;
    model.variables.push_back(variable);
  }
  return model;
}

/// Codes of what was reported, in order.
inline std::vector<DiagnosticCode> codes(const Diagnostics& diagnostics) {
  std::vector<DiagnosticCode> list;
  for (const Diagnostic& problem : diagnostics.all()) list.push_back(problem.code);
  return list;
}

}  // namespace ranvier::texts
