#pragma once
#include <string>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Reports a name that an equation must not define: words and names of the language, names that groups use
/// for themselves. True if there was nothing to report.
bool check_identifier(const std::string& name, const Place& place, bool for_synapses,
                      Diagnostics& diagnostics);

}  // namespace ranvier::pass
