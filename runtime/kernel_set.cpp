#include <algorithm>
#include <ranvier/runtime/kernel_set.hpp>

namespace ranvier {

std::string role::event(std::string_view name) {
  return "event " + std::string(name);
}
std::string role::event_code(std::string_view name) {
  return "on " + std::string(name);
}

void KernelSet::add(Lowered& lowered, std::string_view role, std::optional<Kernel> kernel) {
  if (!kernel) return;
  lowered.kernels.push_back(std::move(*kernel));
  lowered.roles.emplace_back(role);
}

void KernelSet::add(Lowered& lowered, ConstantKernels constants) {
  add(lowered, role::shared_constants, std::move(constants.shared));
  add(lowered, role::constants, std::move(constants.each));
}

void KernelSet::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  kernels_.clear();
  for (std::size_t k = 0; k < code.size(); ++k)
    kernels_.emplace_back(std::move(lowered.roles[k]),
                          BoundKernel(std::move(lowered.kernels[k]), std::move(code[k])));
}

// A threshold draws as the update that it is usually fused with.
void KernelSet::bind(KernelEnvironment& environment, const RunContext& context, std::string_view object) {
  for (auto& [role, kernel] : kernels_)
    kernel.bind(environment, context, object,
                role == role::threshold ? role::update : std::string_view(role));
}

BoundKernel* KernelSet::find(std::string_view role) {
  const auto found = std::ranges::find_if(kernels_, [&](const auto& entry) { return entry.first == role; });
  return found == kernels_.end() ? nullptr : &found->second;
}

void KernelSet::run_constants(const Clock& clock, std::int64_t count) {
  if (BoundKernel* shared = find(role::shared_constants)) shared->run(clock, 0, 1, nullptr);
  if (BoundKernel* each = find(role::constants)) each->run(clock, 0, count, nullptr);
}

std::string KernelSet::text() const {
  std::string all;
  for (const auto& [role, kernel] : kernels_) all += print(kernel.kernel());
  return all;
}

}  // namespace ranvier
