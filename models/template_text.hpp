#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/models/library.hpp>
#include <ranvier/models/mechanism.hpp>
#include <ranvier/models/templates.hpp>

/// From a template with holes to a mechanism.
namespace ranvier {

/// What stands in the holes: {"c", "_soma"}.
using Holes = std::map<std::string_view, std::string_view>;
/// Values by the option of a call: {"g", 2*nS}.
using Given = std::map<std::string_view, std::optional<AnyQuantity>>;

/// Lines without the blanks around them; empty lines left out.
std::string trimmed_lines(const std::string& text);
/// The text with its holes filled; all of them are in `holes`.
std::string fill(std::string_view text, const Holes& holes);

/// Adds what a template says to a mechanism. Values out of range go to `problems`.
void append(Mechanism& mechanism, const library::Template& text, const Holes& holes, const Given& given,
            Problems& problems);

/// Adds a problem for every hole of a user's template that is none of `holes`, and for a parameter that is no
/// name, that is declared twice, or whose value has another dimension than its unit.
void check_template(std::string_view equations, std::span<const TemplateParameter> parameters,
                    const Holes& holes, Problems& problems);

/// The parameters of a user's template as rows, which refer to its strings, together with those that every
/// template of its kind has.
std::vector<library::ParameterRow> rows_of(std::span<const library::ParameterRow> standard,
                                           std::span<const TemplateParameter> parameters, const Holes& holes);

}  // namespace ranvier
