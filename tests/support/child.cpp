#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <fstream>
#include <ranvier/tests/support/child.hpp>

namespace ranvier::test {
namespace {

std::uint64_t address_space() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t pages = 0;
  file >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

void bound_this_process(std::uint64_t more_bytes) {
  if (!has_shadow) {
    const rlimit memory{address_space() + more_bytes, RLIM_INFINITY};
    setrlimit(RLIMIT_AS, &memory);
  }
  alarm(60);
}

void bound_files(std::uint64_t bytes) {
  signal(SIGXFSZ, SIG_IGN);
  const rlimit size{bytes, bytes};
  setrlimit(RLIMIT_FSIZE, &size);
}

int start_child(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  REQUIRE(child > 0);
  return child;
}

void kill_child(int child) {
  kill(child, SIGKILL);
}

int end_of(int child) {
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : killed;
}

}  // namespace ranvier::test
