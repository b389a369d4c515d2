#pragma once
#include <span>
#include <string_view>

#include "tests/oracle/value.hpp"

namespace ranvier::oracle {

/// A function of the language.
struct Function {
  std::string_view name;
  int arity;
  Value (*one)(const Value&) = nullptr;
  Value (*two)(const Value&, const Value&) = nullptr;
  Value (*three)(const Value&, const Value&, const Value&) = nullptr;
};
std::span<const Function> functions();

}  // namespace ranvier::oracle
