#pragma once
#include <string>
#include <vector>

#include <ranvier/models/problems.hpp>

namespace ranvier::test {

/// The problems of the ModelBuilderError that `call` throws; empty if it throws none.
template <class Call>
std::vector<std::string> problems_of(Call call) {
  try {
    call();
  } catch (const ModelBuilderError& error) {
    return error.problems();
  }
  return {};
}

/// The only problem; the number of them if it is not one.
template <class Call>
std::string problem_of(Call call) {
  const std::vector<std::string> problems = problems_of(call);
  return problems.size() == 1 ? problems.front() : std::to_string(problems.size()) + " problems";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace ranvier::test
