#pragma once
#include <ranvier/tools/reader.hpp>
#include <ranvier/tools/session.hpp>

/// What a session shows of its model and of what was recorded.
namespace ranvier::tool {

/// Whether the equations of a group or of synapses define a variable.
bool defines(Session&, const Step&, std::string_view variable);
/// Prints the value of an expression: over units and constants, or over the variables of what is open.
void show_value(Session&, const Place& expression);

}  // namespace ranvier::tool
