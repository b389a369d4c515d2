#include "tests/tools/terminal_session.hpp"

#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "tests/tools/process.hpp"

namespace ranvier::test {
namespace {

constexpr int patience = 20'000;  // [ms]

}  // namespace

TerminalSession::TerminalSession(const std::vector<std::string>& arguments,
                                 const std::vector<std::string>& environment) {
  winsize size{.ws_row = 30, .ws_col = 100, .ws_xpixel = 0, .ws_ypixel = 0};
  child_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
  if (child_ == 0) {
    ::setenv("TERM", "xterm", 1);
    ::setenv("RANVIER_HISTORY", "", 1);
    for (const std::string& variable : environment) ::putenv(const_cast<char*>(variable.c_str()));
    std::vector<char*> words{const_cast<char*>(tool_path.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    ::execv(tool_path.c_str(), words.data());
    ::_exit(127);
  }
}

TerminalSession::~TerminalSession() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  ::close(terminal_);
}

std::string plain(const std::string& shown) {
  std::string text;
  for (std::size_t k = 0; k < shown.size(); ++k) {
    if (shown[k] == '\r' || shown[k] == '\a') continue;
    if (shown[k] == '\b') {
      if (!text.empty()) text.pop_back();
      continue;
    }
    if (shown[k] != '\033') {
      text += shown[k];
      continue;
    }
    if (k + 1 < shown.size() && shown[k + 1] == '[')
      for (k += 2; k < shown.size() && (shown[k] < '@' || shown[k] > '~');) ++k;
    else
      ++k;
  }
  return text;
}

void TerminalSession::type(const std::string& keys) {
  if (::write(terminal_, keys.data(), keys.size()) < 0) throw std::runtime_error("the terminal is closed");
}

bool TerminalSession::read_some(int milliseconds) {
  pollfd waiting{terminal_, POLLIN, 0};
  if (::poll(&waiting, 1, milliseconds) <= 0) return false;
  char bytes[4096];
  const ssize_t count = ::read(terminal_, bytes, sizeof bytes);
  if (count <= 0) return false;
  raw_.append(bytes, static_cast<std::size_t>(count));
  unread_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::string TerminalSession::wait_for(const std::string& text) {
  for (;;) {
    const std::string shown = plain(unread_);
    if (shown.find(text) != std::string::npos) {
      unread_.clear();
      return shown;
    }
    if (!read_some(patience)) throw std::runtime_error("waited for `" + text + "`, but saw: " + shown);
  }
}

std::string TerminalSession::until_prompt() {
  for (;;) {
    const std::string shown = plain(unread_);
    if (shown.ends_with("> ") && !read_some(20)) {
      unread_.clear();
      return shown;
    }
    if (!shown.ends_with("> ") && !read_some(patience))
      throw std::runtime_error("waited for a prompt, but saw: " + shown);
  }
}

std::string TerminalSession::ask(const std::string& line) {
  type(line + "\r");
  const std::string echo = wait_for("\n");
  return echo + (echo.ends_with("> ") ? std::string() : until_prompt());
}

int TerminalSession::end() {
  while (read_some(patience)) {
  }
  int status = 0;
  ::waitpid(child_, &status, 0);
  child_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace ranvier::test
