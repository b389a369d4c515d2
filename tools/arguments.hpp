#pragma once
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace ranvier::tool {

/// Nothing if the arguments are fine; otherwise what the process ends with, everything said.
std::optional<int> parse_arguments(CLI::App& app, std::vector<std::string> arguments);

}  // namespace ranvier::tool
