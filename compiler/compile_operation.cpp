#include <ranvier/compiler/compile_operation.hpp>

#include <ranvier/compiler/compilation.hpp>
#include <ranvier/compiler/passes/check_group.hpp>
#include <ranvier/compiler/passes/finish.hpp>
#include <ranvier/compiler/passes/lower_statements.hpp>
#include <ranvier/compiler/passes/split_shared.hpp>
#include <ranvier/grammar/parse.hpp>

namespace ranvier {
namespace {

using Finish = Kernel (*)(Kernel, const Scope&);

template <class Model>
void check(const Model& model, const Code& code, const Namespace& known, CompileTimes* times,
           bool shared_writes, Diagnostics& diagnostics) {
  Scope scope = scope_of(model, known);
  scope.lenient = true;
  timed(times, &CompileTimes::check,
        [&] { return pass::check_code(code, scope, shared_writes, diagnostics); });
  diagnostics.raise_if_errors();
}

template <class Model>
Code declare(const Model& model, const SourcePtr& text, const Namespace& known, CompileTimes* times,
             bool shared_writes) {
  Diagnostics diagnostics;
  const Code code =
      timed(times, &CompileTimes::parse, [&] { return parse_statements(text, diagnostics, model.limits); });
  check(model, code, known, times, shared_writes, diagnostics);
  return code;
}

std::optional<Kernel> kernel_of(const std::string& name, bool part, std::vector<Assign> body,
                                const std::vector<Column>& carried, const Scope& scope, Finish finish) {
  if (body.empty()) return std::nullopt;
  Kernel kernel{name, Loop::elements, carried, {}, {}, std::move(body), {}, {}};
  kernel.part = part;
  return finish(std::move(kernel), scope);
}

template <class Model>
OperationKernels compile(const Model& model, const Code& code, const Namespace& names, bool part,
                         CompileTimes* times, std::optional<double> step, Finish finish) {
  const auto check = [&](const Scope& scope, Diagnostics& diagnostics) {
    return pass::check_code(code, scope, true, diagnostics);
  };
  const auto lower = [&](const pass::CheckedCode& checked, const Scope& scope, Diagnostics&) {
    pass::SplitCode split =
        pass::split_shared(pass::lower_statements(checked.code, checked.locals, true, scope), scope);
    const std::string name = model.name + "_code";
    OperationKernels kernels;
    kernels.shared =
        kernel_of(name + "_shared", false, std::move(split.shared), split.carried, scope, finish);
    kernels.each = kernel_of(name, part, std::move(split.each), split.carried, scope, finish);
    return kernels;
  };
  return compile_checked(model, names, times, step, check, lower);
}

}  // namespace

Code declare_operation(const GroupModel& group, const SourcePtr& code, const Namespace& known,
                       CompileTimes* times, bool shared_writes) {
  return declare(group, code, known, times, shared_writes);
}
Code declare_operation(const SynapsesModel& synapses, const SourcePtr& code, const Namespace& known,
                       CompileTimes* times) {
  return declare(synapses, code, known, times, true);
}

void check_operation(const GroupModel& group, const Code& code, const Namespace& known, CompileTimes* times) {
  Diagnostics diagnostics;
  check(group, code, known, times, true, diagnostics);
}

OperationKernels compile_operation(const GroupModel& group, const Code& code, const Namespace& names,
                                   bool part, CompileTimes* times, std::optional<double> step) {
  return compile(group, code, names, part, times, step, pass::finish);
}
OperationKernels compile_operation(const SynapsesModel& synapses, const Code& code, const Namespace& names,
                                   bool part, CompileTimes* times, std::optional<double> step) {
  return compile(synapses, code, names, part, times, step, pass::finish_over_synapses);
}

}  // namespace ranvier
