#pragma once
#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/event_driven.hpp>

namespace ranvier::pass {

/// Code that runs for each synapse of each neuron that spiked, as a rows kernel: hidden columns in front,
/// event-driven equations solved up to now before the code, writes to protected variables of refractory
/// neurons left out.
Kernel lower_synapse(const std::string& name, const CheckedCode& code, const EventDriven& equations,
                     const Scope& scope);

/// The same for given synapses, one after the other, as a list kernel.
Kernel lower_synapse_list(const std::string& name, const CheckedCode& code, const EventDriven& equations,
                          const Scope& scope);

}  // namespace ranvier::pass
