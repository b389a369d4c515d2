#include <ranvier/runtime/kernel_set.hpp>

namespace ranvier {
namespace {

// The random numbers of an object depend on these names: they never change. A threshold draws as the update
// that it is usually fused with.
constexpr const char* streams[] = {"shared constants", "constants", "update", "update", "reset", "pre"};

}  // namespace

void KernelSet::add(Lowered& lowered, Role role, std::optional<Kernel> kernel) {
  if (!kernel) return;
  lowered.kernels.push_back(std::move(*kernel));
  lowered.roles.push_back(static_cast<int>(role));
}

void KernelSet::add(Lowered& lowered, ConstantKernels constants) {
  add(lowered, Role::shared_constants, std::move(constants.shared));
  add(lowered, Role::constants, std::move(constants.each));
}

void KernelSet::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  kernels_ = {};
  for (std::size_t k = 0; k < code.size(); ++k)
    kernels_[static_cast<std::size_t>(lowered.roles[k])] =
        BoundKernel(std::move(lowered.kernels[k]), std::move(code[k]));
}

void KernelSet::bind(KernelEnvironment& environment, const RunContext& context, std::string_view object) {
  for (std::size_t role = 0; role < kernels_.size(); ++role)
    if (kernels_[role]) kernels_[role].bind(environment, context, object, streams[role]);
}

void KernelSet::run_constants(const Clock& clock, std::int64_t count) {
  if (has(Role::shared_constants)) (*this)[Role::shared_constants].run(clock, 0, 1, nullptr);
  if (has(Role::constants)) (*this)[Role::constants].run(clock, 0, count, nullptr);
}

std::string KernelSet::text() const {
  std::string all;
  for (const BoundKernel& kernel : kernels_)
    if (kernel) all += print(kernel.kernel());
  return all;
}

}  // namespace ranvier
