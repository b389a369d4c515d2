#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/models/compartment.hpp>

namespace ranvier {

/// The current into a compartment from another one, through a conductance that may still be missing.
Mechanism coupling_mechanism(const Site& into, const std::string& from, std::optional<Conductance> g,
                             const std::string& call);

/// The conductance that a coupling means between two compartments, whose options are complete; absent if
/// r_axial or the geometry is. Adds a problem, that begins with `what`, for a coupling that is impossible.
std::optional<Conductance> coupling_conductance(const Coupling& coupling, const CompartmentOptions& a,
                                                const CompartmentOptions& b, const std::string& what,
                                                std::vector<std::string>& problems);

/// As the user wrote it: `{soma, dend, 15 nS}`.
std::string to_string(const Coupling& coupling);

/// Couplings that close a cycle, and compartments that hang together with no others, as problems.
void check_graph(const std::vector<std::string>& compartments,
                 const std::vector<std::pair<std::string, std::string>>& edges,
                 std::vector<std::string>& problems);

}  // namespace ranvier
