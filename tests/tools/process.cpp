#include "tests/tools/process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/support/scratch.hpp"

namespace ranvier::test {
namespace {

// Fontconfig and libedit keep memory to the end of the process; the tool inherits this.
[[maybe_unused]] const int leaks = ::setenv("LSAN_OPTIONS", RANVIER_LEAKS, 1);

}  // namespace

const std::string tool_path = RANVIER_TOOL;
const std::string examples_folder = RANVIER_EXAMPLES_DIR;

std::string contents_of(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

Outcome run_tool(const std::vector<std::string>& arguments, const std::string& input) {
  const Scratch scratch;
  std::ofstream(scratch.path("in")) << input;
  const int child = ::fork();
  if (child == 0) {
    ::dup2(::open(scratch.path("in").c_str(), O_RDONLY), STDIN_FILENO);
    ::dup2(::open(scratch.path("out").c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    ::dup2(::open(scratch.path("err").c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    std::vector<char*> words{const_cast<char*>(tool_path.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    ::execv(tool_path.c_str(), words.data());
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return {code, contents_of(scratch.path("out")), contents_of(scratch.path("err"))};
}

}  // namespace ranvier::test
