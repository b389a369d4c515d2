#include <iostream>
#include <ranvier/tools/session.hpp>
#include <ranvier/tools/subcommand.hpp>
#include <ranvier/tools/terminal.hpp>

namespace ranvier::tool {

int read_eval_print(std::vector<std::string>) {
  Session session({.interactive = true, .out = &std::cout, .progress = progress_bar(true)});
  std::string line;
  int number = 0;
  while (!session.ended() && std::getline(std::cin, line)) {
    const SourcePtr source = make_source("line " + std::to_string(++number), line);
    session.load(source);
    std::cout << coloured(session.take_problems(), false);
  }
  return done;
}

}  // namespace ranvier::tool
