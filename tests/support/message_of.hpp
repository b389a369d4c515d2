#pragma once
#include <string>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::test {

/// What the error of a call says; "no error" if there is none.
std::string message_of(const auto& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace ranvier::test
