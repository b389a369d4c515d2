#include <ranvier/compiler/passes/integrate_adaptive.hpp>

#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/passes/expansion.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

// Points part these from the locals of lines.
constexpr const char* state_prefix = "_y.";
constexpr const char* elapsed = "_elapsed";   // [s] since the start of the step
constexpr const char* planned = "_planned";   // [s] the next inner step, unless the step ends before
constexpr const char* inner_step = "_inner";  // [s] the one that is tried
constexpr const char* inner_time = "_now";    // [s]
constexpr const char* is_last = "_last";      // whether it ends with the step
constexpr const char* error = "_error";       // the largest, in units of its tolerance
constexpr const char* accepted = "_accepted";
constexpr const char* growth = "_growth";
constexpr const char* tried = "_tried";
constexpr const char* in_vain = "_in_vain";

Expr name(const char* id) {
  return tree::name(id);
}
Expr binary(BinaryOp op, Expr a, Expr b) {
  return tree::binary(op, std::move(a), std::move(b));
}
Expr both(Expr a, Expr b) {
  return binary(BinaryOp::logical_and, std::move(a), std::move(b));
}

Assign real(const std::string& local, Expr value, Expr guard = {}) {
  return {local, Type::real, false, std::move(value), std::move(guard)};
}
Assign boolean(const std::string& local, Expr value) {
  return {local, Type::boolean, false, std::move(value), {}};
}
Assign count(const std::string& local, Expr value, Expr guard = {}) {
  return {local, Type::integer, false, std::move(value), std::move(guard)};
}
Assign store(const std::string& column, Type type, Expr value, Expr guard = {}) {
  return {column, type, true, std::move(value), std::move(guard)};
}

double tolerance(const MethodOptions& options, const std::string& variable) {
  const auto own = options.absolute_error_per_variable.find(variable);
  return own == options.absolute_error_per_variable.end() ? options.absolute_error.value_or(1e-6)
                                                          : own->second.value;
}

class Adaptive {
 public:
  Adaptive(const System& system, const MethodText& method, const MethodOptions& options)
      : system_(system), method_(method), options_(options) {}

  Step in_inner_steps() {
    Step step;
    begin(step.body);
    Repeat repeat{step.body.size(),
                  binary(BinaryOp::less, name(elapsed), name("dt")),
                  options_.max_steps.value_or(100),
                  {}};
    try_one(repeat.body);
    judge(repeat.body);
    step.repeat = std::move(repeat);
    end(step.body);
    return step;
  }

  Step in_one() {
    Step step;
    lines({"", name("t"), name("dt")}, step.body);
    measure(step.body);
    const Expr missed =
        tree::unary(UnaryOp::logical_not, binary(BinaryOp::less_equal, name(error), tree::real(1)));
    step.body.push_back(store(step_failed, Type::boolean, missed));
    for (const Rate& rate : system_) store_state(rate, "_x_", step.body);
    return step;
  }

 private:
  void begin(std::vector<Assign>& code) {
    for (const Rate& rate : system_)
      code.push_back(real(state_prefix + rate.variable, tree::name(rate.variable)));
    code.push_back(real(elapsed, tree::real(0)));
    code.push_back(real(planned, name("dt")));
    if (options_.use_last_timestep.value_or(true)) {
      const Expr last = name(last_timestep);
      const Expr usable =
          both(binary(BinaryOp::greater, last, tree::real(0)), binary(BinaryOp::less, last, name("dt")));
      code.push_back(real(planned, last, usable));
    }
    code.push_back(count(tried, tree::integer(0)));
    code.push_back(count(in_vain, tree::integer(0)));
  }

  void try_one(std::vector<Assign>& code) {
    const Expr rest = binary(BinaryOp::subtract, name("dt"), name(elapsed));
    code.push_back(boolean(is_last, binary(BinaryOp::greater_equal, name(planned), rest)));
    code.push_back(real(inner_step, name(planned)));
    code.push_back(real(inner_step, rest, name(is_last)));
    code.push_back(real(inner_time, tree::add(name("t"), name(elapsed))));
    lines({state_prefix, name(inner_time), name(inner_step)}, code);
    measure(code);
  }

  void lines(const Frame& frame, std::vector<Assign>& code) {
    const Expansion expansion(system_, method_, frame);
    const auto value = [&](const Stage& stage, const Rate& rate, bool still) {
      const Expr expanded = expansion.value(stage, rate, "", still);
      return expanded ? expanded : tree::real(0);
    };
    for (const Stage& stage : method_.stages)
      for (const Rate& rate : system_) {
        const std::string local = expansion.local(stage, rate, "");
        if (rate.clamped) code.push_back(real(local, value(stage, rate, true)));
        code.push_back(real(local, value(stage, rate, false), rate.clamped ? name(not_refractory) : Expr()));
      }
    for (const Stage& stage : method_.stages)
      for (const Rate& rate : system_)
        if (stage.name == "x_error") errors_.push_back(expansion.local(stage, rate, ""));
  }

  /// Not a number where any error is none.
  void measure(std::vector<Assign>& code) {
    Expr largest;
    for (std::size_t k = 0; k < system_.size(); ++k) {
      const Expr size = tree::call("abs", {tree::name(errors_[k])});
      const Expr own = binary(BinaryOp::divide, size, tree::real(tolerance(options_, system_[k].variable)));
      largest = largest ? tree::call("max", {largest, own}) : own;
    }
    code.push_back(real(error, largest));
  }

  /// Takes the inner step or tries a shorter one. An inner step that only ends the step says nothing about
  /// how long the next should be.
  void judge(std::vector<Assign>& code) {
    code.push_back(boolean(accepted, binary(BinaryOp::less_equal, name(error), tree::real(1))));
    for (const Rate& rate : system_)
      code.push_back(real(state_prefix + rate.variable, tree::name("_x_" + rate.variable), name(accepted)));
    code.push_back(real(elapsed, tree::add(name(elapsed), name(inner_step)), name(accepted)));
    code.push_back(real(elapsed, name("dt"), both(name(accepted), name(is_last))));
    code.push_back(real(growth, tree::real(0.2)));
    const Expr power = binary(BinaryOp::power, name(error), tree::unary(UnaryOp::minus, tree::real(0.2)));
    const Expr usual =
        tree::call("clip", {tree::multiply(tree::real(0.9), power), tree::real(0.2), tree::real(5)});
    code.push_back(real(growth, usual, binary(BinaryOp::less, name(error), tree::real(1e300))));
    const Expr next = tree::call("min", {tree::multiply(name(inner_step), name(growth)), name("dt")});
    const Expr ends = both(name(accepted), name(is_last));
    code.push_back(real(planned, next, tree::unary(UnaryOp::logical_not, ends)));
    code.push_back(count(tried, tree::add(name(tried), tree::integer(1))));
    code.push_back(count(in_vain, tree::add(name(in_vain), tree::integer(1)),
                         tree::unary(UnaryOp::logical_not, name(accepted))));
  }

  void end(std::vector<Assign>& code) {
    code.push_back(store(step_failed, Type::boolean, binary(BinaryOp::less, name(elapsed), name("dt"))));
    if (options_.use_last_timestep.value_or(true))
      code.push_back(store(last_timestep, Type::real, name(planned)));
    if (options_.save_failed_steps.value_or(false))
      code.push_back(store(failed_steps, Type::integer, name(in_vain)));
    if (options_.save_step_count.value_or(false))
      code.push_back(store(step_count, Type::integer, name(tried)));
    for (const Rate& rate : system_) store_state(rate, state_prefix, code);
  }

  static void store_state(const Rate& rate, const char* prefix, std::vector<Assign>& code) {
    code.push_back(store(rate.variable, Type::real, tree::name(prefix + rate.variable),
                         rate.clamped ? name(not_refractory) : Expr()));
  }

  const System& system_;
  const MethodText& method_;
  const MethodOptions& options_;
  std::vector<std::string> errors_;  // locals, per variable
};

}  // namespace

Step integrate_adaptive(const System& system, const MethodText& method, const MethodOptions& options,
                        const Limits& limits) {
  check_size(system, method.stages.size(), limits);
  Adaptive adaptive(system, method, options);
  return options.adaptable_timestep.value_or(true) ? adaptive.in_inner_steps() : adaptive.in_one();
}

std::vector<std::string> adaptive_variables(const MethodOptions& options) {
  std::vector<std::string> names{step_failed};
  if (!options.adaptable_timestep.value_or(true)) return names;
  if (options.use_last_timestep.value_or(true)) names.emplace_back(last_timestep);
  if (options.save_failed_steps.value_or(false)) names.emplace_back(failed_steps);
  if (options.save_step_count.value_or(false)) names.emplace_back(step_count);
  return names;
}

}  // namespace ranvier::pass
