#include <CLI/CLI.hpp>
#include <algorithm>
#include <ranvier/tools/arguments.hpp>
#include <ranvier/tools/subcommand.hpp>

namespace ranvier::tool {

std::optional<int> parse_arguments(CLI::App& app, std::vector<std::string> arguments) {
  std::ranges::reverse(arguments);  // as the parser takes them
  try {
    app.parse(arguments);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? done : wrong_usage;
  }
}

}  // namespace ranvier::tool
