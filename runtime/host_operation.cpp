#include <exception>
#include <ranvier/runtime/host_operation.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

void HostOperation::plan(std::vector<PlanEntry>& entries) {
  entries.push_back(
      {.when = when_,
       .order = order_,
       .name = name(),
       .call = [](void* self, const Clock& clock) { static_cast<HostOperation*>(self)->execute(clock); },
       .object = this,
       .action = "host function"});
}

/// What the function throws ends the run when the step is complete, so that the network can go on.
void HostOperation::execute(const Clock& clock) {
  try {
    code_(Time(clock.t()));
  } catch (...) {
    network_.end_run(std::current_exception());
  }
}

}  // namespace ranvier
