#pragma once
#include <functional>
#include <string>
#include <vector>

#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/network.hpp>

/// What the tool knows of the terminal and of signals.
namespace ranvier::tool {

enum class Stream { out, err };
bool is_terminal(Stream stream);
/// Whether to write colours there: to terminals that can show them, unless NO_COLOR is set.
bool shows_colours(Stream stream);
/// Columns and rows of the terminal; 80 by 24 if there is none.
std::pair<int, int> terminal_size();

/// The text of problems, the words `error`, `warning` and the carets coloured.
std::string coloured(const std::vector<Diagnostic>& diagnostics, bool colours);

/// While it lives, the first Ctrl-C is only noted, and the second one ends the process at once.
class Interruptible {
 public:
  Interruptible();
  ~Interruptible();
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
};
bool was_interrupted();
void forget_interrupt();

/// Draws how far a run is, on a terminal; false if it is to end.
std::function<bool(const Progress&)> progress_bar(bool visible);

}  // namespace ranvier::tool
