#include <algorithm>
#include <cstring>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

// What synapses do in every step, whether or not there are events: clock-driven equations, and sums into
// variables of the neurons.
namespace ranvier {
namespace {

std::string role_of_sum(const std::string& variable, bool pre) {
  return "sum " + variable + (pre ? "_pre" : "_post");
}

}  // namespace

void Synapses::declare_sums() {
  for (const Variable& variable : model_.variables) {
    if (!variable.summed) continue;
    const bool pre = variable.name.ends_with("_pre");
    const std::string name = variable.name.substr(0, variable.name.rfind('_'));
    sums_.push_back({this, name, pre, role_of_sum(name, pre)});
  }
}

void Synapses::lower_step(SynapsesKernels& code, Lowered& lowered) {
  lowered.method = std::move(code.method);
  lowered.reason = std::move(code.reason);
  KernelSet::add(lowered, std::move(code.constants));
  KernelSet::add(lowered, role::update, std::move(code.update));
  for (SumKernel& sum : code.sums)
    KernelSet::add(lowered, role_of_sum(sum.variable, sum.pre), std::move(sum.kernel));
}

/// Sums see the state before the step's updates: their own neurons' and, if the orders are equal, that of the
/// synapses.
void Synapses::plan_step(std::vector<PlanEntry>& entries) {
  if (kernels_.has(role::update))
    entries.push_back({"groups", order_, 0, name(),
                       [](void* self, const Clock& clock) { static_cast<Synapses*>(self)->integrate(clock); },
                       this, nullptr, false, "state update"});
  for (Sum& sum : sums_) {
    PlanEntry entry{"groups", sum.elements().order() - 1, 0, name() + "_" + sum.role};
    std::ranges::replace(entry.name, ' ', '_');
    entry.call = [](void* self, const Clock&) { take_sum(*static_cast<Sum*>(self)); };
    entry.object = &sum;
    entry.clock = &sum.elements().clock();
    entry.action = "sum";
    entries.push_back(std::move(entry));
  }
}

void Synapses::integrate(const Clock& clock) {
  kernels_[role::update].run(clock, 0, size());
  check_integration(clock, method_, "synapse");
}

void Synapses::take_sum(Sum& sum) {
  const Elements elements = sum.elements();
  Array& total = *elements.owner().find_array(sum.variable);
  const auto bytes = static_cast<std::int64_t>(size_of(total.storage()));
  std::memset(static_cast<std::byte*>(total.data()) + elements.begin() * bytes, 0,
              static_cast<std::size_t>(elements.size() * bytes));
  Synapses& synapses = *sum.synapses;
  synapses.kernels_[sum.role].run(synapses.clock(), 0, synapses.size());
}

}  // namespace ranvier
