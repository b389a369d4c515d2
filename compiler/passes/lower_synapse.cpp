#include <ranvier/compiler/passes/lower_synapse.hpp>

#include <ranvier/compiler/passes/finish.hpp>
#include <ranvier/compiler/passes/lower_statements.hpp>

namespace ranvier::pass {

Kernel lower_synapse(const std::string& name, const CheckedCode& code, const EventDriven& equations,
                     const Scope& scope) {
  Kernel kernel{name, Loop::rows, {}, {}, {}, {}, {}, {}};
  kernel.columns.push_back({"_row", Owner::hidden, "_row", Storage::i64, Index::pre});
  kernel.columns.push_back({"_row_end", Owner::hidden, "_row_end", Storage::i64, Index::pre});
  kernel.columns.push_back({"_target", Owner::hidden, "_target", Storage::i32, Index::element});
  kernel.body = lower_statements(code.code, code.locals, true, scope);
  insert_event_driven(kernel, equations, scope);
  return finish(std::move(kernel), scope);
}

Kernel lower_synapse_list(const std::string& name, const CheckedCode& code, const EventDriven& equations,
                          const Scope& scope) {
  Kernel kernel{name, Loop::list, {}, {}, {}, {}, {}, {}};
  kernel.body = lower_statements(code.code, code.locals, true, scope);
  insert_event_driven(kernel, equations, scope);
  return finish_over_synapse_list(std::move(kernel), scope);
}

}  // namespace ranvier::pass
