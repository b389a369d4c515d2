#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/compiler/kernel.hpp>

/// Where a value came from: which part of a kernel's code was the first to have a value that it should not.
namespace ranvier {

/// A kernel that also stores the value of each part of its code, each into a hidden column "_probe_<k>" of
/// its own with one entry. These stand behind the kernel's own columns. Its condition is left out.
struct ProbedKernel {
  /// A part of the code: of the value of a statement of the original body, or its guard.
  struct Part {
    std::size_t statement = 0;
    Expr expr;
  };
  Kernel kernel;             // executed for one element
  std::vector<Assign> body;  // the original one
  std::vector<Part> parts;   // in the order of the columns
};

/// Nothing if the code cannot be executed once more without consequences, is too long to be taken apart, or
/// repeats a part of itself.
std::optional<ProbedKernel> probe_parts(const Kernel& kernel);

/// The part that went bad though all that it is computed from was good.
struct Cause {
  Expr expr;  // a name: this was bad before
  double value = 0;
  std::vector<std::pair<std::string, double>> inputs;  // the names in it
};

/// Follows a bad value of `column` back to its cause. `values`: of the parts, in their order. Nothing if the
/// value that the code gives to the column is not bad.
std::optional<Cause> trace_back(const ProbedKernel& probed, std::span<const double> values,
                                const std::string& column, const std::function<bool(double)>& is_bad);

}  // namespace ranvier
