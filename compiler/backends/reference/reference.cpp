#include <ranvier/compiler/backends/reference/reference.hpp>

#include <algorithm>
#include <map>
#include <mutex>

#include <ranvier/compiler/backends/reference/functions.hpp>
#include <ranvier/compiler/backends/reference/interpreter.hpp>
#include <ranvier/compiler/builtins.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier {
namespace reference_backend {
namespace {

class InterpretedKernel : public Executable {
 public:
  explicit InterpretedKernel(const Kernel& kernel) : interpreter_(kernel) {}
  std::int64_t run(const KernelArgs& args) const override {
    const std::scoped_lock lock(mutex_);  // parsers keep their stacks in themselves
    return interpreter_.run(args);
  }

 private:
  mutable std::mutex mutex_;
  mutable Interpreter interpreter_;
};

class ReferenceBackend : public Backend {
 public:
  std::string name() const override { return "reference"; }
  std::vector<ExecutablePtr> build(const std::vector<Kernel>& kernels, BuildTimes*) override {
    std::vector<ExecutablePtr> built;
    for (const Kernel& kernel : kernels) built.push_back(std::make_shared<InterpretedKernel>(kernel));
    return built;
  }
  std::string inspect(const Kernel&, const std::string&) override { return ""; }
};

/// Names with given values.
class GivenNames : public Environment {
 public:
  GivenNames(Slots& slots, const std::vector<std::pair<std::string, double>>& names) {
    for (const NamedConstant& constant : named_constants())
      give(slots, std::string(constant.name), constant.value);
    for (const auto& [name, value] : names) give(slots, name, value);
  }
  Slot name(const std::string& id) override {
    const auto found = slots_.find(id);
    if (found == slots_.end()) throw BackendError("no value is known for '" + id + "'");
    return found->second;
  }
  std::optional<Slot> call(const ast::Call&) override { return std::nullopt; }

 private:
  void give(Slots& slots, const std::string& name, double value) {
    Slot& slot = slots_[name] = slots.add(Type::real);
    *slot.at = value;
  }
  std::map<std::string, Slot> slots_;
};

}  // namespace

std::unique_ptr<Backend> make() {
  return std::make_unique<ReferenceBackend>();
}

}  // namespace reference_backend

double evaluate(const Expr& expr, const std::vector<std::pair<std::string, double>>& names) {
  using namespace reference_backend;
  Slots slots;
  Program program(slots);
  GivenNames given(slots, names);
  const Slot result = program.add(expr, given);
  program.run();
  return *result.at;
}

}  // namespace ranvier
