#include <ranvier/compiler/passes/lower_refractory.hpp>

#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {

Assign lower_refractory(const Expr& refractory, Type type) {
  const Expr flag = tree::name(not_refractory);
  const auto steps = [](Expr duration) {
    return tree::call("timestep", {std::move(duration), tree::name("dt")});
  };
  const Expr since_spike = tree::binary(BinaryOp::subtract, tree::name("t"), tree::name("lastspike"));
  const Expr ended =
      type == Type::boolean
          ? tree::binary(BinaryOp::logical_or, flag, tree::unary(UnaryOp::logical_not, refractory))
          : tree::binary(BinaryOp::greater_equal, steps(since_spike), steps(refractory));
  return {not_refractory, Type::boolean, true, ended, {}};
}

}  // namespace ranvier::pass
