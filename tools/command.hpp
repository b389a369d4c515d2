#pragma once
#include <span>
#include <string_view>

namespace ranvier::tool {

class Reader;
class Session;

/// What becomes of a line: it describes the model, it acts (both are saved), or it only shows something.
enum class CommandKind { model, action, show, session };

/// A command of a session: a row of the table in commands.cpp. To add one, add a row, and its function to
/// says.hpp.
struct Command {
  std::string_view name;
  std::string_view syntax;
  std::string_view help;  // sentences
  CommandKind kind;
  void (*function)(Session&, Reader&);
  bool assignable = false;  // may be written as an assignment: threshold = 'v > 1'
};

std::span<const Command> commands();
/// The row, or nullptr.
const Command* find_command(std::string_view name);

}  // namespace ranvier::tool
