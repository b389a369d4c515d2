#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include <ranvier/plot/figure.hpp>
#include <ranvier/tools/playground_scale.hpp>
#include <ranvier/tools/playground_view.hpp>
#include <ranvier/tools/terminal.hpp>

namespace ranvier::tool {
namespace {

constexpr const char* help =
    "up/down: choose   left/right: turn   page up/down: turn far   r: reset   q: quit";

/// The terminal without echo and line by line editing; as it was before, at the end.
class RawTerminal {
 public:
  RawTerminal() {
    tcgetattr(STDIN_FILENO, &before_);
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    put("\x1b[?1049h\x1b[?25l");  // the other screen, no cursor
  }
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;
  ~RawTerminal() {
    put("\x1b[?25h\x1b[?1049l");
    tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }

  static void put(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = write(STDOUT_FILENO, text.data(), text.size());
      if (written <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

 private:
  termios before_{};
};

bool more_input() {
  pollfd waiting{STDIN_FILENO, POLLIN, 0};
  return poll(&waiting, 1, 25) > 0;
}

/// One key: a letter, or what a key that is no letter sends after the escape. Empty: the input is over.
std::string read_key() {
  char c = 0;
  if (read(STDIN_FILENO, &c, 1) != 1) return {};
  std::string key(1, c);
  if (c != '\x1b') return key;
  while (more_input() && read(STDIN_FILENO, &c, 1) == 1) {
    key += c;
    if (key.size() > 2 && (std::isalpha(static_cast<unsigned char>(c)) || c == '~')) break;
  }
  return key;
}

/// What a key does: which slider is chosen, and by how many steps that one is turned.
struct Move {
  const char* key;
  int choose;
  double turn;
};
constexpr Move moves[] = {{"\x1b[A", -1, 0},  {"k", -1, 0}, {"\x1b[B", 1, 0},    {"j", 1, 0},
                          {"\x1b[C", 0, 1},   {"l", 0, 1},  {"\x1b[D", 0, -1},   {"h", 0, -1},
                          {"\x1b[5~", 0, 10}, {"L", 0, 10}, {"\x1b[6~", 0, -10}, {"H", 0, -10}};

class View {
 public:
  explicit View(Playground& playground) : playground_(playground), begin_(playground.sliders()) {}

  /// False: the end was asked for.
  bool act(const std::string& key) {
    if (key.empty() || key == "q" || key == "\x04") return false;
    if (key == "r") reset();
    const auto move = std::ranges::find(moves, key, &Move::key);
    if (move != std::end(moves)) choose(move->choose), turn(move->turn);
    return true;
  }

  void show() {
    const auto [columns, rows] = terminal_size();
    RawTerminal::put("\x1b[H\x1b[2J" +
                     playground_screen(playground_, playground_.run(), chosen_, columns, rows - 1));
  }

 private:
  void choose(int by) {
    const auto n = static_cast<int>(begin_.size());
    chosen_ = static_cast<std::size_t>((static_cast<int>(chosen_) + by + n) % n);
  }
  void turn(double steps) {
    const Slider& slider = playground_.sliders()[chosen_];
    const double value = std::clamp(slider.value.value + steps * slider.step.value, slider.minimum.value,
                                    slider.maximum.value);
    playground_.set(slider.name, {value, slider.step.dimension});
  }
  void reset() {
    for (const Slider& slider : begin_) playground_.set(slider.name, slider.value);
  }

  Playground& playground_;
  std::vector<Slider> begin_;
  std::size_t chosen_ = 0;
};

std::string slider_line(const Slider& slider, bool chosen, int columns) {
  const SliderScale scale(slider);
  const int width = std::clamp(columns - 36, 4, 40);
  const double part =
      (slider.value.value - slider.minimum.value) / (slider.maximum.value - slider.minimum.value);
  const int at = static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * (width - 1)));
  std::string bar;
  for (int k = 0; k < width; ++k) bar += k == at ? "●" : "─";
  return fmt::format("{} {:<15} {} {:>12}\n", chosen ? ">" : " ", slider.name, bar, scale.text(slider.value));
}

}  // namespace

std::string playground_screen(const Playground& playground, const PlaygroundTrace& trace, std::size_t chosen,
                              int columns, int rows) {
  const auto& sliders = playground.sliders();
  const int plot_rows = std::max(8, rows - static_cast<int>(sliders.size()) - 3);
  plot::Figure figure;
  figure.trace(trace.times, trace.voltage, {.unit = "V"}).y_label("V (mV)");
  std::string screen = figure.terminal(std::max(columns, 30), plot_rows);
  screen += fmt::format("{} dendritic spike{}, highest potential {:.1f} mV\n", trace.dspikes.size(),
                        trace.dspikes.size() == 1 ? "" : "s", 1e3 * *std::ranges::max_element(trace.voltage));
  for (std::size_t k = 0; k < sliders.size(); ++k) screen += slider_line(sliders[k], k == chosen, columns);
  return chosen < sliders.size() ? screen + help : screen;
}

int playground_view(Playground& playground) {
  playground.run();  // what it throws is read on the screen that stays
  const RawTerminal terminal;
  View view(playground);
  do view.show();
  while (view.act(read_key()));
  return 0;
}

}  // namespace ranvier::tool
