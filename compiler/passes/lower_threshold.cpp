#include <ranvier/compiler/passes/lower_threshold.hpp>

#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {

void lower_threshold(Kernel& update, const Expr& threshold, bool refractory) {
  update.condition = threshold;
  if (!refractory) return;
  update.condition = tree::binary(BinaryOp::logical_and, threshold, tree::name(not_refractory));
  update.on_event.push_back({not_refractory, Type::boolean, true, tree::boolean(false), {}});
  update.on_event.push_back({"lastspike", Type::real, true, tree::name("t"), {}});
}

}  // namespace ranvier::pass
