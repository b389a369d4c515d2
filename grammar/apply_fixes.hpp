#pragma once
#include <span>
#include <string>
#include <vector>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier {

/// The user's text with the fixes that diagnostics propose for it. Fixes of other sources are left alone (one
/// model has several texts: call it for each). The fixes of one diagnostic belong together: they are applied
/// all or not at all. Where two diagnostics want to change the same characters in different ways, the first
/// one in the list wins; the other stays for the next round of compiling. Equal fixes are applied once.
/// A fix whose span lies outside the text is ignored.
std::string apply_fixes(const Source& source, std::span<const Diagnostic> diagnostics);

/// The same for fixes in a list of their own, each for itself.
std::string apply_fixes(const Source& source, std::span<const Fix> fixes);

}  // namespace ranvier
