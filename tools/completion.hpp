#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/tools/session.hpp>

namespace ranvier::tool {

/// The words that may stand in place of the last one of a text, sorted: at the beginning of a line commands
/// and names, elsewhere names of the session, functions and units; behind `method` methods.
std::vector<std::string> completions(Session& session, std::string_view before_cursor);

}  // namespace ranvier::tool
