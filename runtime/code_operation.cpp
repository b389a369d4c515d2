#include <fmt/format.h>
#include <algorithm>
#include <ranvier/compiler/compile_operation.hpp>
#include <ranvier/compiler/random.hpp>
#include <ranvier/runtime/code_operation.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

CodeTarget::CodeTarget(const Slice& slice)
    : object(slice.group()), state(slice.group()), model(&slice.group().model()) {
  if (slice.size() != slice.group().size()) begin = slice.begin(), end = slice.end();
}
CodeTarget::CodeTarget(Synapses& synapses) : object(synapses), state(synapses), model(&synapses.model()) {}

/// The arrays of the target, seen from a slice of it, and what the two kernels share.
class CodeOperation::Environment : public KernelEnvironment {
 public:
  explicit Environment(CodeOperation& operation) : operation_(operation) {}

  void* address(const Column& column) override {
    if (!column.name.starts_with("_carried_")) return operation_.target_.state.address(column);
    return operation_.carried_.try_emplace(column.name, column.storage, 1).first->second.data();
  }
  double extent(ScalarKind kind) const override {
    const CodeTarget& target = operation_.target_;
    if (operation_.is_slice() && kind == ScalarKind::first) return static_cast<double>(target.begin);
    if (operation_.is_slice() && kind == ScalarKind::count)
      return static_cast<double>(target.end - target.begin);
    return target.state.extent(kind);
  }

 private:
  CodeOperation& operation_;
};

CodeOperation::CodeOperation(Network& network, std::string name, CodeTarget target, const Clock& clock,
                             Code code, const OperationOptions& options)
    : Object(network, std::move(name), clock),
      target_(target),
      code_(std::move(code)),
      when_(options.when),
      order_(options.order) {}

std::set<std::string> CodeOperation::names_in_texts() const {
  return names_in(code_);
}

Namespace CodeOperation::names_within(const Namespace& network) const {
  return names_within_of(target_.object, network);
}

Lowered CodeOperation::lower(const Namespace& names) {
  OperationKernels kernels = std::visit(
      [&](const auto* model) {
        return compile_operation(*model, code_, names, is_slice(), &network_.compile_times(),
                                 target_.object.clock().dt);
      },
      target_.model);
  Lowered lowered;
  lowered.warnings = std::move(kernels.warnings);
  lowered.fixed = std::move(kernels.fixed);
  for (auto* kernel : {&kernels.shared, &kernels.each}) {
    if (!*kernel) continue;
    lowered.kernels.push_back(std::move(**kernel));
    lowered.roles.emplace_back(kernel == &kernels.each ? "each" : "shared");
  }
  return lowered;
}

void CodeOperation::attach(Lowered lowered, std::vector<ExecutablePtr> code) {
  shared_ = each_ = BoundKernel();
  carried_.clear();
  for (std::size_t k = 0; k < code.size(); ++k)
    (lowered.roles[k] == "each" ? each_ : shared_) =
        BoundKernel(std::move(lowered.kernels[k]), std::move(code[k]));
}

/// The code means the t and dt of what it belongs to, whenever it runs.
void CodeOperation::bind(const RunContext& context) {
  context_ = context;
  context_.dt = target_.object.clock().dt;
  Environment environment(*this);
  if (shared_) shared_.bind(environment, context_, name(), "code shared");
  if (each_) each_.bind(environment, context_, name(), "code");
}

void CodeOperation::plan(std::vector<PlanEntry>& entries) {
  entries.push_back(
      {.when = when_,
       .order = order_,
       .name = name(),
       .call = [](void* self, const Clock& clock) { static_cast<CodeOperation*>(self)->execute(clock); },
       .object = this,
       .action = "code",
       .of = target_.object.name()});
}

void CodeOperation::execute(const Clock& clock) {
  if (shared_) run(shared_, "code shared", clock, 0, 1);
  const std::int64_t end = is_slice() ? target_.end : target_.state.element_count();
  if (each_) run(each_, "code", clock, target_.begin, end);
}

/// Random numbers are counted by the steps of the target; code that runs at other times takes a stream of its
/// own each time.
void CodeOperation::run(BoundKernel& kernel, const char* block, const Clock& clock, std::int64_t begin,
                        std::int64_t end) {
  const Clock& own = target_.object.clock();
  if (&clock != &own) {
    const RandomKey key =
        random_key(context_.seed, name(), fmt::format("{} {} {}", block, context_.epoch, clock.timestep));
    kernel.set_scalar(ScalarKind::key_low, key.low);
    kernel.set_scalar(ScalarKind::key_high, key.high);
  }
  kernel.run(own, begin, end);
}

std::string CodeOperation::kernel_text() const {
  std::string text;
  for (const BoundKernel* kernel : {&shared_, &each_})
    if (*kernel) text += print(kernel->kernel());
  return text;
}

}  // namespace ranvier
