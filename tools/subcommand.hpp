#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ranvier::tool {

/// What the process ends with; documented in docs/tool.md.
enum ExitCode {
  done = 0,
  model_refused = 1,  // the model has errors
  wrong_usage = 2,    // the command line has
  failed = 3,         // a file cannot be read or written, or a run failed
  interrupted = 130   // by Ctrl-C; what there was until then is kept
};

/// A command of the command line: a row of the table in main.cpp.
struct Subcommand {
  std::string_view name;
  std::string_view summary;
  /// `arguments`: those behind the name.
  int (*run)(std::vector<std::string> arguments);
};

int run_file(std::vector<std::string> arguments);
int check_file(std::vector<std::string> arguments);
int explain(std::vector<std::string> arguments);
int run_playground(std::vector<std::string> arguments);
int plot_files(std::vector<std::string> arguments);
int bench(std::vector<std::string> arguments);
int read_eval_print(std::vector<std::string> arguments);

}  // namespace ranvier::tool
