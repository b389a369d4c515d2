// Ctrl-C in `ranvier run`.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <ranvier/tools/files.hpp>
#include <thread>

#include "tests/support/scratch.hpp"
#include "tests/tools/process.hpp"

using namespace ranvier;
using namespace std::chrono_literals;

namespace {

constexpr const char* endless =
    "group cells 10\n  dv/dt = (2 - v)/(10*ms) : 1\n  threshold v > 1\n  reset v = 0\nspikes cells\n"
    "trace cells v 0 every=10000\nrun 1000000*second\n";

/// A run that nobody waits for yet, writing to a folder.
int start(const std::string& model, const std::string& folder) {
  const int child = ::fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stdout);
    std::freopen("/dev/null", "w", stderr);
    ::execl(test::tool_path.c_str(), "ranvier", "run", model.c_str(), "--out", folder.c_str(), nullptr);
    ::_exit(127);
  }
  return child;
}

/// Until the process has worked for so long: on a busy machine that takes a while.
void let_work(int child, std::chrono::milliseconds time) {
  ::clockid_t clock = 0;
  REQUIRE(::clock_getcpuclockid(child, &clock) == 0);
  for (std::chrono::nanoseconds worked{0}; worked < time; std::this_thread::sleep_for(5ms)) {
    ::timespec now{};
    REQUIRE(::clock_gettime(clock, &now) == 0);
    worked = std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
  }
}

int code_of(int child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Lines of a file of results, all of them whole.
std::size_t whole_lines(const std::string& path) {
  const std::string text = test::contents_of(path);
  REQUIRE(text.ends_with('\n'));
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

/// Of an NPY file whose values have so many bytes; its header has as many as two of its bytes say.
std::size_t values_in(const std::string& path, std::size_t width) {
  const std::string bytes = test::contents_of(path);
  REQUIRE(bytes.starts_with("\x93NUMPY"));
  const std::size_t header =
      10 + static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
  REQUIRE((bytes.size() - header) % width == 0);
  return (bytes.size() - header) / width;
}

}  // namespace

TEST_CASE("Ctrl-C at any moment leaves results that can be read, and the code 130") {
  const test::Scratch scratch;
  std::ofstream(scratch.path("endless.rv")) << endless;
  for (int k = 0; k < 10; ++k) {
    CAPTURE(k);
    const std::string folder = scratch.path("results" + std::to_string(k));
    const int child = start(scratch.path("endless.rv"), folder);
    let_work(child, 400ms + k * 37ms);  // it has read the model by then
    ::kill(child, SIGINT);
    CHECK(code_of(child) == 130);
    CHECK_FALSE(std::filesystem::exists(folder + "/figure.png"));  // nobody waits for a picture
    CHECK(values_in(folder + "/cells_spikes_t.npy", 8) == values_in(folder + "/cells_spikes_i.npy", 4));
    CHECK(whole_lines(folder + "/cells_trace.csv") >= 1);
    CHECK(test::run_tool({"plot", folder + "/cells_trace.csv", "-o", folder + "/again.svg"}).code == 0);
  }
}

TEST_CASE("a second Ctrl-C ends the process at once") {
  const test::Scratch scratch;
  std::ofstream(scratch.path("endless.rv")) << endless;
  const int child = start(scratch.path("endless.rv"), scratch.path("results"));
  let_work(child, 400ms);
  ::kill(child, SIGINT);
  ::kill(child, SIGINT);
  CHECK(code_of(child) == 130);
}
