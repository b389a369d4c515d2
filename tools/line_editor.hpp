#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ranvier::tool {

/// What could stand at the end of a text in place of its last word.
using Completer = std::function<std::vector<std::string>(std::string_view before_cursor)>;

/// Lines from a person: edited, with a history and completion, if the standard input is a terminal; read as
/// they are if not.
class LineEditor {
 public:
  /// `history`: a file that keeps the lines of earlier sessions; "": none.
  LineEditor(std::string history, Completer completer);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// A line without its end; nothing at the end of the input. Ctrl-C gives up what was typed: see cancelled.
  std::optional<std::string> read(const std::string& prompt);
  bool cancelled() const;
  void remember(const std::string& line);

 private:
  class Editing;
  std::unique_ptr<Editing> editing_;  // none: the input is no terminal
};

/// The part that all words begin with.
std::string common_beginning(const std::vector<std::string>& words);
/// The last word of a text: letters, digits and _.
std::string_view last_word(std::string_view text);

}  // namespace ranvier::tool
