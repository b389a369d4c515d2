#pragma once
#include <string>
#include <vector>

/// The tool as a process of its own.
namespace ranvier::test {

/// Where the program lies, and the models that it comes with.
extern const std::string tool_path, examples_folder;

struct Outcome {
  int code = 0;  // 128 + the signal, if one ended it
  std::string out, err;
};
/// Runs the tool with these arguments and this on its standard input, to its end.
Outcome run_tool(const std::vector<std::string>& arguments, const std::string& input = {});

std::string contents_of(const std::string& path);

}  // namespace ranvier::test
