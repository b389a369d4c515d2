#include <fmt/format.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ranvier/tools/terminal.hpp>

namespace ranvier::tool {
namespace {

volatile std::sig_atomic_t interrupts = 0;
struct sigaction before_interruptible;

extern "C" void note_interrupt(int) {
  interrupts = interrupts + 1;
  if (interrupts > 1) ::_exit(130);
}

int descriptor(Stream stream) {
  return stream == Stream::out ? STDOUT_FILENO : STDERR_FILENO;
}

std::string_view colour_of(std::string_view line) {
  if (line.starts_with("error")) return "\033[1;31m";
  if (line.starts_with("warning")) return "\033[1;33m";
  if (line.starts_with("note: ")) return "\033[1;36m";
  const auto bar = line.find(" | ");
  const bool carets = bar != line.npos && line.find('^') != line.npos &&
                      line.substr(bar + 3).find_first_not_of(" ^") == line.npos;
  if (carets) return "\033[31m";
  return line.find(" = help: ") != line.npos ? "\033[32m" : "";
}

std::string seconds(double s) {
  if (s < 100) return fmt::format("{:.1f} s", s);
  return s < 6000 ? fmt::format("{:.0f} min", s / 60) : fmt::format("{:.1f} h", s / 3600);
}

}  // namespace

bool is_terminal(Stream stream) {
  return ::isatty(descriptor(stream)) == 1;
}

bool shows_colours(Stream stream) {
  const char* no = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return is_terminal(stream) && !(no && *no) && terminal && std::string_view(terminal) != "dumb";
}

std::pair<int, int> terminal_size() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {80, 24};
  return {size.ws_col, size.ws_row};
}

std::string coloured(const std::vector<Diagnostic>& diagnostics, bool colours) {
  const std::string plain = render(diagnostics);
  if (!colours) return plain;
  std::string text;
  for (std::size_t begin = 0; begin < plain.size();) {
    const std::size_t end = std::min(plain.find('\n', begin), plain.size());
    const std::string_view line = std::string_view(plain).substr(begin, end - begin);
    const std::string_view colour = colour_of(line);
    text += fmt::format("{}{}{}\n", colour, line, colour.empty() ? "" : "\033[0m");
    begin = end + 1;
  }
  return text;
}

Interruptible::Interruptible() {
  interrupts = 0;
  struct sigaction action{};
  action.sa_handler = note_interrupt;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, &before_interruptible);
}

Interruptible::~Interruptible() {
  ::sigaction(SIGINT, &before_interruptible, nullptr);
}

bool was_interrupted() {
  return interrupts > 0;
}

void forget_interrupt() {
  interrupts = 0;
}

std::function<bool(const Progress&)> progress_bar(bool visible) {
  return [visible](const Progress& progress) {
    constexpr int width = 30;
    constexpr double patience = 0.3;  // [s] shorter runs draw nothing
    if (visible && progress.elapsed > patience) {
      const double left = progress.fraction > 0 ? progress.elapsed * (1 / progress.fraction - 1) : 0;
      const int full = static_cast<int>(progress.fraction * width);
      const std::string state = progress.fraction >= 1 ? seconds(progress.elapsed) : seconds(left) + " left";
      std::fputs(
          fmt::format("\r\033[K[{}{}] {:3.0f} %  {}{}", std::string(static_cast<std::size_t>(full), '#'),
                      std::string(static_cast<std::size_t>(width - full), ' '), progress.fraction * 100,
                      state, progress.fraction >= 1 ? "\n" : "")
              .c_str(),
          stderr);
    }
    if (visible && was_interrupted() && progress.elapsed > patience) std::fputc('\n', stderr);
    return !was_interrupted();
  };
}

}  // namespace ranvier::tool
