#pragma once
#include <ranvier/models/dspike.hpp>

namespace ranvier {

std::string dspikes_label(const std::string& name);

/// Dendritic spikes of a compartment with a membrane of `area`, for conductances per area; these have no
/// value as long as it is not known. What is wrong with the options goes to `problems`.
Mechanism dspikes_mechanism(const DSpikeOptions& options, std::optional<Area> area, const Site& site,
                            Problems& problems);

/// The options with what the settings give.
DSpikeOptions changed(DSpikeOptions options, const DSpikeSettings& settings);

}  // namespace ranvier
