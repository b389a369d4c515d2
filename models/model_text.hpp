#pragma once
#include <string>
#include <vector>

#include <ranvier/compiler/namespace.hpp>
#include <ranvier/models/mechanism.hpp>

/// Parts of models as a person reads them.
namespace ranvier {

/// A title and lines below it, with a blank line before; nothing without lines.
std::string section(const std::string& title, const std::string& lines);
/// `gL = 30 nS`
std::string lines(const Namespace& values);
/// `a : siemens`, of those that have no value.
std::string lines(const std::vector<Parameter>& missing, const Namespace& values);
/// `spike_Na_dend: V_dend >= ...; then spiketime_Na_dend = t; ...`
std::string lines(const std::vector<MechanismEvent>& events);

}  // namespace ranvier
