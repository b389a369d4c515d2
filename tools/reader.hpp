#pragma once
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

#include <ranvier/tools/texts.hpp>

namespace ranvier::tool {

/// Reads what stands behind a command, piece by piece. What is not there is a ModelError that shows how the
/// command is written.
class Reader {
 public:
  Reader(Place line, std::string_view syntax) : line_(line), left_(std::move(line)), syntax_(syntax) {}

  /// All of the line, with the word of the command.
  const Place& line() const { return line_; }
  bool done() const { return left_.text().empty(); }
  /// What is left.
  const Place& peek() const { return left_; }

  /// The name that comes next; `what` it is for messages: "a name for the group".
  std::string name(const std::string& what);
  /// What comes up to the next blank that stands in no parentheses.
  Place chunk(const std::string& what);
  /// All that is left; it must be something.
  Place rest(const std::string& what);
  std::int64_t number(const std::string& what);
  /// Drops a word if it comes next, as a whole.
  bool take(std::string_view word);
  /// Throws if something is left.
  void end() const;

  /// Options `key=value` at the end, which are taken away: everything from the first `key=` on. Throws for a
  /// key that there is not.
  std::map<std::string, Place> options(std::initializer_list<std::string_view> keys);

  [[noreturn]] void fail(const Place& place, const std::string& message) const;
  /// Takes bytes away from the beginning, or from the end, of what is left.
  void skip(std::size_t bytes);
  void drop_end(std::size_t bytes);

 private:
  Place line_;
  Place left_;
  std::string_view syntax_;
};

/// A whole number that is written out; throws for anything else.
std::int64_t whole_number(const Place& place, const std::string& what);

}  // namespace ranvier::tool
