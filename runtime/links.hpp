#pragma once
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ranvier {

/// Which element each element is linked to: whole numbers, one for each, or the name of an integer variable
/// of the linking side, read whenever the linked variable is.
class LinkIndex {
 public:
  LinkIndex() = default;
  LinkIndex(std::initializer_list<std::int64_t> elements) : value_(std::vector<std::int64_t>(elements)) {}
  LinkIndex(std::vector<std::int64_t> elements) : value_(std::move(elements)) {}
  LinkIndex(const char* variable) : value_(std::string(variable)) {}
  LinkIndex(std::string variable) : value_(std::move(variable)) {}

  bool given() const { return !std::holds_alternative<std::monostate>(value_); }
  const std::vector<std::int64_t>* elements() const {
    return std::get_if<std::vector<std::int64_t>>(&value_);
  }
  const std::string* variable() const { return std::get_if<std::string>(&value_); }

 private:
  std::variant<std::monostate, std::vector<std::int64_t>, std::string> value_;
};

struct LinkOptions {
  LinkIndex index = {};  // {0, 0, 1} or "k"; default: element by element, or the one element for all
};

}  // namespace ranvier
