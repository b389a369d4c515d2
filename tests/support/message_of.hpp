#pragma once
#include <string>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::test {

/// What a call says that a network refuses; "no error" if it does not.
std::string message_of(const auto& call) {
  try {
    call();
  } catch (const NetworkError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace ranvier::test
