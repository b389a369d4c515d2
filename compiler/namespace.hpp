#pragma once
#include <concepts>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include <ranvier/compiler/function.hpp>
#include <ranvier/compiler/quantity.hpp>
#include <ranvier/compiler/timed_array.hpp>

namespace ranvier {

/// What a name of a namespace stands for: a constant, a function, values over time.
class NamespaceValue {
 public:
  NamespaceValue() = default;
  template <class Value>
    requires std::convertible_to<Value, AnyQuantity>
  NamespaceValue(Value&& value) : value_(AnyQuantity(std::forward<Value>(value))) {}

  NamespaceValue(Function function) : value_(std::move(function)) {}
  NamespaceValue(TimedArray array) : value_(std::move(array)) {}

  /// The constant; nullptr if the name stands for something that is no constant.
  const AnyQuantity* quantity() const { return std::get_if<AnyQuantity>(&value_); }

  /// nullptr if the name stands for something else.
  const Function* function() const { return std::get_if<Function>(&value_); }
  const TimedArray* timed_array() const { return std::get_if<TimedArray>(&value_); }

  friend bool operator==(const NamespaceValue&, const NamespaceValue&) = default;

 private:
  std::variant<AnyQuantity, Function, TimedArray> value_;
};

/// Whether code that was compiled for one value holds for the other: a constant of the same dimension and
/// type, a function declared alike, values in the same shape.
bool same_signature(const NamespaceValue& a, const NamespaceValue& b);

/// As a person writes it: "10 ms"; of what is no constant, what it is: "a function".
std::string to_string(const NamespaceValue& value);

/// Names that a model string may use besides its own, with what they stand for.
using Namespace = std::map<std::string, NamespaceValue>;

}  // namespace ranvier
