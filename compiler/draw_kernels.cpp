#include <ranvier/compiler/draw_kernels.hpp>

#include <ranvier/compiler/tree.hpp>

namespace ranvier {
namespace {

Expr draw() {
  return tree::call("_rand", {tree::integer(0)});
}

Kernel kernel_of(const char* name, Expr value) {
  Kernel kernel{name, Loop::elements, {}, {}, {}, {}, {}, {}};
  kernel.columns = {{"_draws", Owner::hidden, "_draws", Storage::f64, Index::element, true}};
  kernel.scalars = {{"_key_low", ScalarKind::key_low, Type::integer},
                    {"_key_high", ScalarKind::key_high, Type::integer},
                    {"t_in_timesteps", ScalarKind::timestep, Type::integer}};
  kernel.body = {{"_draws", Type::real, true, std::move(value), {}}};
  return kernel;
}

}  // namespace

Kernel uniform_kernel() {
  return kernel_of("uniform", draw());
}

Kernel failures_kernel() {
  const Expr log = tree::call("log", {tree::binary(BinaryOp::subtract, tree::real(1), draw())});
  Kernel kernel =
      kernel_of("failures", tree::call("floor", {tree::binary(BinaryOp::divide, log, tree::name("_log_q"))}));
  kernel.columns.push_back({"_log_q", Owner::hidden, "_log_q", Storage::f64, Index::shared});
  return kernel;
}

}  // namespace ranvier
