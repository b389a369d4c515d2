#pragma once
#include <sstream>
#include <string>

#include <ranvier/tools/line.hpp>
#include <ranvier/tools/session.hpp>

namespace ranvier::test {

/// A session without a terminal: what it answers to lines, problems among it.
class Dialogue {
 public:
  explicit Dialogue(bool interactive = true)
      : session({.interactive = interactive, .threads = 1, .out = &out_, .columns = 60, .rows = 12}) {}

  std::string say(const std::string& lines) {
    out_.str("");
    session.load(make_source("text", lines));
    if (!session.options().interactive) session.finish();
    return out_.str() + render(session.take_problems());
  }

 private:
  std::ostringstream out_;

 public:
  tool::Session session;
};

}  // namespace ranvier::test
