#pragma once
#include <concepts>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include <ranvier/compiler/quantity.hpp>

namespace ranvier {

/// What a name of a namespace stands for: a constant.
class NamespaceValue {
 public:
  NamespaceValue() = default;
  template <class Value>
    requires std::convertible_to<Value, AnyQuantity>
  NamespaceValue(Value&& value) : value_(AnyQuantity(std::forward<Value>(value))) {}

  /// The constant; nullptr if the name stands for something that is no constant.
  const AnyQuantity* quantity() const { return std::get_if<AnyQuantity>(&value_); }

  friend bool operator==(const NamespaceValue&, const NamespaceValue&) = default;

 private:
  std::variant<AnyQuantity> value_;
};

/// Whether code that was compiled for one value holds for the other: the same kind of thing, the same
/// dimension, the same type.
bool same_signature(const NamespaceValue& a, const NamespaceValue& b);

/// As a person writes it: "10 ms".
std::string to_string(const NamespaceValue& value);

/// Names that a model string may use besides its own, with what they stand for.
using Namespace = std::map<std::string, NamespaceValue>;

}  // namespace ranvier
