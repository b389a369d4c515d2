#include <fmt/format.h>
#include <cstdio>
#include <exception>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>

using namespace ranvier;
using namespace ranvier::tool;

namespace {

constexpr Subcommand table[] = {
    {"repl", "type a model line by line and run it (also plain `ranvier` on a terminal)", read_eval_print},
    {"run", "run a model from a file", run_file},
    {"check", "show everything that is wrong with a model, without running it", check_file},
    {"explain", "explain a diagnostic, or a variable of a model", explain},
    {"playground", "turn the parameters of a dendrite and see its answer", run_playground},
    {"plot", "draw what a run recorded", plot_files},
    {"bench", "measure what a step costs", bench},
};

void print_help() {
  std::fputs(
      "Spiking-neuron models as text.\n\n"
      "  ranvier                                  a calculator and workbench for models\n"
      "  ranvier run network.rv --out results     runs a model; CSV, NPY, HDF5 and a picture in results/\n"
      "  ranvier check network.rv                 shows what is wrong with it\n"
      "  ranvier explain v network.rv             a variable: its equation, method, kernel\n"
      "  ranvier explain RV0301                   explains a diagnostic\n"
      "  ranvier plot results/*.csv -o all.png    draws what was recorded\n\n"
      "Commands (each has --help):\n",
      stdout);
  for (const Subcommand& row : table)
    std::fputs(fmt::format("  {:<12}{}\n", row.name, row.summary).c_str(), stdout);
  std::fputs(
      "\nA model is a text of lines such as `group cells 100`, `dv/dt = -v/tau : volt`, `tau = 10*ms`,\n"
      "`run 100*ms`; docs/tool.md describes them. --version says which Ranvier this is.\n",
      stdout);
}

int unknown_subcommand(const std::string& word) {
  std::vector<std::string> names;
  for (const Subcommand& row : table) names.emplace_back(row.name);
  const std::string near = nearest_name(word, names);
  std::fputs(fmt::format("ranvier: `{}` is no command{}\n", word,
                         near.empty() ? "; see ranvier --help" : fmt::format("; did you mean `{}`?", near))
                 .c_str(),
             stderr);
  return wrong_usage;
}

int dispatch(std::vector<std::string> arguments) {
  if (arguments.empty()) {
    if (is_terminal(Stream::out)) return read_eval_print({});
    print_help();
    return wrong_usage;
  }
  const std::string word = arguments.front();
  if (word == "--version" || word == "-V") return std::puts("ranvier " RANVIER_VERSION) < 0 ? failed : done;
  if (word == "--help" || word == "-h" || word == "help") return print_help(), done;
  arguments.erase(arguments.begin());
  for (const Subcommand& row : table)
    if (row.name == word) return row.run(std::move(arguments));
  return unknown_subcommand(word);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return dispatch({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fputs(fmt::format("ranvier: {}\n", error.what()).c_str(), stderr);
    return failed;
  }
}
