#include <algorithm>
#include <set>
#include <sstream>

#include <ranvier/models/template_text.hpp>

namespace ranvier {
namespace {

std::string hole_list(const Holes& holes) {
  std::string text;
  for (const auto& [hole, filling] : holes) text += (text.empty() ? "{" : ", {") + std::string(hole) + "}";
  return text;
}

/// Whether all braces of a text are holes; a problem for each that is not.
bool check_holes(std::string_view text, const Holes& holes, Problems& problems) {
  std::set<std::string> wrong;
  for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos;
       at = text.find_first_of("{}", at + 1)) {
    const std::size_t close = text[at] == '{' ? text.find_first_of("{}", at + 1) : std::string_view::npos;
    if (close == std::string_view::npos || text[close] == '{') {
      wrong.insert(std::string(1, text[at]));
      continue;
    }
    const std::string_view hole = text.substr(at + 1, close - at - 1);
    if (!holes.contains(hole)) wrong.insert("{" + std::string(hole) + "}");
    at = close;
  }
  for (const std::string& what : wrong)
    problems.add("the template has \"" + what + "\", which is no hole; holes are " + hole_list(holes));
  return wrong.empty();
}

}  // namespace

std::string trimmed_lines(const std::string& text) {
  std::istringstream stream(text);
  std::string result;
  for (std::string line; std::getline(stream, line);) {
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    result += line.substr(first, line.find_last_not_of(" \t\r") - first + 1) + "\n";
  }
  return result;
}

std::string fill(std::string_view text, const Holes& holes) {
  std::string result;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    result += text.substr(0, open);
    if (open == text.size()) break;
    const std::size_t close = text.find('}', open);
    result += holes.at(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return result;
}

void append(Mechanism& mechanism, const library::Template& text, const Holes& holes, const Given& given,
            Problems& problems) {
  mechanism.equations += fill(text.equations, holes);
  mechanism.current += fill(text.current, holes);
  for (const library::ParameterRow& row : text.parameters) {
    Parameter parameter{.name = fill(row.name, holes), .dimension = row.dimension, .range = row.range};
    if (row.value) parameter.value = AnyQuantity(*row.value, row.dimension);
    parameter.call = mechanism.call;
    parameter.asked = row.option;
    const auto option = given.find(row.option);
    if (option != given.end() && option->second) {
      parameter.value = option->second;
      parameter.option = row.option;
      check_range(std::string(row.option), *option->second, row.range, problems);
    }
    mechanism.parameters.push_back(std::move(parameter));
  }
}

void check_template(std::string_view equations, std::span<const TemplateParameter> parameters,
                    const Holes& holes, Problems& problems) {
  check_holes(equations, holes, problems);
  std::set<std::string> seen;
  for (const TemplateParameter& parameter : parameters) {
    if (!check_holes(parameter.name, holes, problems)) continue;
    const std::string name = fill(parameter.name, holes);
    if (!is_identifier(name)) problems.add("the template's parameter \"" + name + "\" is not a name");
    if (!seen.insert(name).second) problems.add("the template declares \"" + name + "\" twice");
    if (!parameter.value) continue;
    if (parameter.value->dimension != parameter.unit.dimension)
      problems.add("the template's parameter \"" + name + "\" is in " + to_string(parameter.unit.dimension) +
                   ", but its value " + to_string(*parameter.value) + " is in " +
                   to_string(parameter.value->dimension));
    check_range("the template's parameter \"" + name + "\"", *parameter.value, parameter.range, problems);
  }
}

std::vector<library::ParameterRow> rows_of(std::span<const library::ParameterRow> standard,
                                           std::span<const TemplateParameter> parameters,
                                           const Holes& holes) {
  std::vector<library::ParameterRow> rows(standard.begin(), standard.end());
  for (const TemplateParameter& parameter : parameters) {
    const auto same = std::ranges::find_if(rows, [&](const library::ParameterRow& row) {
      return fill(row.name, holes) == fill(parameter.name, holes);
    });
    library::ParameterRow& row = same == rows.end() ? rows.emplace_back() : *same;
    row.name = parameter.name, row.dimension = parameter.unit.dimension, row.range = parameter.range;
    if (parameter.value) row.value = parameter.value->value;
  }
  return rows;
}

}  // namespace ranvier
