#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <map>
#include <ranvier/tools/arguments.hpp>
#include <ranvier/tools/files.hpp>
#include <ranvier/tools/playground_page.hpp>
#include <ranvier/tools/playground_scale.hpp>
#include <ranvier/tools/playground_server.hpp>
#include <ranvier/tools/playground_view.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>

namespace ranvier::tool {
namespace {

struct Wishes {
  std::vector<std::string> set;
  std::string html;
  std::vector<std::string> positions = {"current=9", "threshold=7", "g_rise=9"};
  int port = -1;
};

/// "name=text"
std::pair<std::string, std::string> assigned(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw NetworkError("\"" + text + "\" should be the name of a slider, '=' and what it is to be");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void set_all(Playground& playground, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const auto [name, value] = assigned(text);
    static_cast<void>(playground.value(name));
    const auto& sliders = playground.sliders();
    playground.set(name, slider_value(*std::ranges::find(sliders, name, &Slider::name), value));
  }
}

std::map<std::string, int> positions_of(const std::vector<std::string>& texts) {
  std::map<std::string, int> positions;
  for (const std::string& text : texts) {
    const auto [name, count] = assigned(text);
    char* end = nullptr;
    const long number = std::strtol(count.c_str(), &end, 10);
    if (count.empty() || *end != '\0' || number < 2 || number > 1000)
      throw NetworkError("\"" + text + "\" should say a number of positions from 2 to 1000, as g_rise=9");
    positions[name] = static_cast<int>(number);
  }
  return positions;
}

int print_once(Playground& playground) {
  std::puts(playground_screen(playground, playground.run(), playground.sliders().size(), 80, 30).c_str());
  return done;
}

int play(const Wishes& wishes) {
  Playground playground;
  set_all(playground, wishes.set);
  if (!wishes.html.empty()) {
    write_file(wishes.html, precomputed_page(playground, positions_of(wishes.positions)));
    return done;
  }
  if (wishes.port >= 0) {
    return serve_playground(playground, wishes.port, [](int port) {
      std::printf("the playground is at http://127.0.0.1:%d/ (Ctrl-C ends it)\n", port);
      std::fflush(stdout);
    });
  }
  if (isatty(STDIN_FILENO) == 0 || !is_terminal(Stream::out)) return print_once(playground);
  return playground_view(playground);
}

}  // namespace

int run_playground(std::vector<std::string> arguments) {
  CLI::App app(
      "Turns the parameters of a dendrite with dendritic spikes and shows its answer at once.\n\n"
      "  ranvier playground                           with the keys of the terminal\n"
      "  ranvier playground --set g_rise=25*nS        beginning elsewhere; alone, prints the answer\n"
      "  ranvier playground --serve                   in a browser, with all sliders\n"
      "  ranvier playground --html dendrite.html      a page that needs nothing else, with some sliders",
      "ranvier playground");
  Wishes wishes;
  app.add_option("--set", wishes.set, "what a slider begins with: g_rise=25*nS");
  app.add_option("--html", wishes.html, "write a page with the answers to all combinations of some sliders");
  app.add_option("--positions", wishes.positions, "which sliders the page has, and how finely: g_rise=9");
  const CLI::Option* serve =
      app.add_option("--serve", wishes.port,
                     "serve the page on this port of this machine (8000; 0: a free one)")
          ->expected(0, 1);
  if (const auto end = parse_arguments(app, std::move(arguments))) return *end;
  if (*serve && wishes.port < 0) wishes.port = 8000;
  try {
    return play(wishes);
  } catch (const Error& error) {
    std::fprintf(stderr, "ranvier: %s\n", error.what());
    return wrong_usage;
  }
}

}  // namespace ranvier::tool
