#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/runtime/bound_kernel.hpp>

namespace ranvier {

/// What a kernel of a group or of synapses is for. Also the name of its random stream: see kernel_set.cpp.
enum class Role { shared_constants, constants, update, threshold, reset, pathway };

/// The kernels of one object, each in its role.
class KernelSet {
 public:
  /// Adds a kernel, if there is one, to what an object wants compiled.
  static void add(Lowered& lowered, Role role, std::optional<Kernel> kernel);
  static void add(Lowered& lowered, ConstantKernels constants);

  /// Takes over what was compiled, in the order of `lowered`; everything from before is gone.
  void attach(Lowered lowered, std::vector<ExecutablePtr> code);
  void bind(KernelEnvironment& environment, const RunContext& context, std::string_view object);

  BoundKernel& operator[](Role role) { return kernels_[static_cast<std::size_t>(role)]; }
  bool has(Role role) const { return static_cast<bool>(kernels_[static_cast<std::size_t>(role)]); }
  bool has_constants() const { return has(Role::shared_constants) || has(Role::constants); }
  /// Computes the subexpressions that are constant over dt, for elements [0, count).
  void run_constants(const Clock& clock, std::int64_t count);
  /// All kernels as text, in the order of a step.
  std::string text() const;

 private:
  std::array<BoundKernel, 6> kernels_;
};

}  // namespace ranvier
