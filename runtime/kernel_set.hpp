#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <ranvier/compiler/compile.hpp>
#include <ranvier/runtime/bound_kernel.hpp>

namespace ranvier {

/// What the kernels of a group or of synapses are for. Those of a kind of event are named after it, see
/// below.
namespace role {
inline constexpr std::string_view shared_constants = "shared constants";
inline constexpr std::string_view constants = "constants";
inline constexpr std::string_view update = "update";
inline constexpr std::string_view threshold = "threshold";
inline constexpr std::string_view reset = "reset";
/// Looking for an event, and what happens then.
std::string event(std::string_view name);
std::string event_code(std::string_view name);
}  // namespace role

/// The kernels of one object, each in its role. The random numbers of an object depend on the names of roles:
/// they never change.
class KernelSet {
 public:
  /// Adds a kernel, if there is one, to what an object wants compiled.
  static void add(Lowered& lowered, std::string_view role, std::optional<Kernel> kernel);
  static void add(Lowered& lowered, ConstantKernels constants);

  /// Takes over what was compiled, in the order of `lowered`; everything from before is gone.
  void attach(Lowered lowered, std::vector<ExecutablePtr> code);
  void bind(KernelEnvironment& environment, const RunContext& context, std::string_view object);

  /// The kernel of a role, or nullptr; it stays where it is until others are attached.
  BoundKernel* find(std::string_view role);
  /// The kernel of a role that there is.
  BoundKernel& operator[](std::string_view role) { return *find(role); }
  bool has(std::string_view role) const { return const_cast<KernelSet*>(this)->find(role) != nullptr; }
  bool has_constants() const { return has(role::shared_constants) || has(role::constants); }
  /// Computes the subexpressions that are constant over dt, for elements [0, count).
  void run_constants(const Clock& clock, std::int64_t count);
  /// All kernels as text, in the order of a step.
  std::string text() const;

 private:
  std::vector<std::pair<std::string, BoundKernel>> kernels_;
};

}  // namespace ranvier
