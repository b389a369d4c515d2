#pragma once
#include <ranvier/compiler/scope.hpp>

namespace ranvier::pass {

/// Code in two parts: `shared` is executed once, then `each` for every element.
struct SplitCode {
  std::vector<Assign> shared;
  std::vector<Assign> each;
  std::vector<Column> carried;  // hidden, with one entry: written by `shared`, read by `each`
};

/// Everything up to the last write to a shared variable that has one value for all goes in front; the rest
/// sees what it would have seen in its own place. Needs: lowered statements, in which nothing with a value
/// for each element is written before a shared variable is (check_types refuses that).
SplitCode split_shared(std::vector<Assign> body, const Scope& scope);

}  // namespace ranvier::pass
