#pragma once
#include <string>
#include <vector>

namespace ranvier::test {

/// The tool at a terminal of its own, as a person sits before it.
class TerminalSession {
 public:
  /// `environment`: "NAME=value" besides what a session needs.
  explicit TerminalSession(const std::vector<std::string>& arguments = {},
                           const std::vector<std::string>& environment = {});
  ~TerminalSession();
  TerminalSession(const TerminalSession&) = delete;
  TerminalSession& operator=(const TerminalSession&) = delete;

  /// Presses keys.
  void type(const std::string& keys);
  /// Types a line; what the terminal shows up to the next prompt, without escape sequences.
  std::string ask(const std::string& line);
  /// What is shown until a text appears; throws after some seconds, with what there was.
  std::string wait_for(const std::string& text);
  /// What is shown up to the next prompt.
  std::string until_prompt();
  /// Everything so far, as it came.
  const std::string& raw() const { return raw_; }
  /// What the process ended with; 128 + the signal if one ended it.
  int end();

 private:
  bool read_some(int milliseconds);

  int terminal_ = -1;
  int child_ = 0;
  std::string raw_;
  std::string unread_;  // shown, not yet returned
};

/// The same before a prompt that was told some lines.
class Prompt : public TerminalSession {
 public:
  explicit Prompt(const std::vector<std::string>& lines = {},
                  const std::vector<std::string>& environment = {})
      : TerminalSession({}, environment) {
    until_prompt();
    for (const std::string& line : lines) ask(line);
  }
};

/// Without escape sequences and carriage returns.
std::string plain(const std::string& shown);

}  // namespace ranvier::test
