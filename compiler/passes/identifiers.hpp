#pragma once
#include <string>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::pass {

/// Reports what is no name at all: letters, digits and `_`, beginning with a letter. True if there was
/// nothing to report.
bool check_spelling(const std::string& name, const Place& place, Diagnostics& diagnostics);

/// Reports a name that an equation must not define: words and names of the language, names that groups use
/// for themselves. `for_a_sum`: it is the name of a summed variable, which ends in _pre or _post. True if
/// there was nothing to report.
bool check_identifier(const std::string& name, const Place& place, bool for_synapses,
                      Diagnostics& diagnostics, bool for_a_sum = false);

}  // namespace ranvier::pass
