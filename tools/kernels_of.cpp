#include <optional>
#include <ranvier/compiler/compile.hpp>
#include <ranvier/compiler/compile_synapses.hpp>
#include <ranvier/tools/kernels_of.hpp>
#include <utility>

namespace ranvier::tool {
namespace {

class Collected {
 public:
  void add(Often often, std::initializer_list<std::optional<Kernel>*> kernels) {
    for (std::optional<Kernel>* kernel : kernels)
      if (*kernel) all.push_back({std::move(**kernel), often});
  }
  std::vector<UsedKernel> all;
};

std::vector<UsedKernel> kernels_of_group(const Network& network, Group& group) {
  GroupKernels made = compile_group(group.model(), network.names_for(group), nullptr, group.clock().dt);
  Collected kernels;
  kernels.add(Often::step, {&made.constants.shared, &made.constants.each, &made.update, &made.threshold});
  kernels.add(Often::event, {&made.reset});
  for (EventKernels& event : made.events) {
    kernels.add(Often::step, {&event.condition});
    kernels.add(Often::event, {&event.code});
  }
  return std::move(kernels.all);
}

std::vector<UsedKernel> kernels_of_synapses(const Network& network, Synapses& synapses) {
  SynapsesKernels made =
      compile_synapses(synapses.model(), network.names_for(synapses), nullptr, synapses.clock().dt);
  Collected kernels;
  kernels.add(Often::step, {&made.constants.shared, &made.constants.each, &made.update});
  for (SumKernel& sum : made.sums) kernels.all.push_back({std::move(sum.kernel), Often::step});
  for (PathwayKernels& pathway : made.pathways) kernels.add(Often::event, {&pathway.rows, &pathway.list});
  return std::move(kernels.all);
}

}  // namespace

std::vector<UsedKernel> kernels_of(Session& session, const Step& step) {
  Built& built = session.built();
  Network& network = built.network();
  network.prepare();
  if (Synapses* synapses = built.synapses(step.handle)) return kernels_of_synapses(network, *synapses);
  return kernels_of_group(network, built.neurons(step.handle).group());
}

}  // namespace ranvier::tool
