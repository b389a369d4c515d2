#include <fmt/format.h>
#include <cmath>
#include <ranvier/compiler/compile_operation.hpp>
#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/parse.hpp>
#include <ranvier/runtime/adopt.hpp>
#include <ranvier/runtime/poisson_input.hpp>

namespace ranvier {
namespace {

// Of constants that no text of a user can mean.
constexpr const char *number_name = "input.n", *rate_name = "input.rate", *weight_name = "input.weight";

Expr parsed(const std::string& name, const std::string& text, const Limits& limits) {
  Diagnostics diagnostics;
  const Expr expr = parse_expression(make_source(name, text), diagnostics, limits);
  diagnostics.raise_if_errors();
  return expr;
}

void require_possible(const std::string& name, std::int64_t n, Frequency rate) {
  if (n < 1) throw NetworkError(fmt::format("'{}': {} inputs, but there must be at least one", name, n));
  if (!(rate.si() >= 0) || !std::isfinite(rate.si()))
    throw NetworkError(fmt::format("'{}': a rate of {} Hz; it must be zero or positive", name, rate.si()));
}

void require_probability(const std::string& name, Frequency rate, double dt) {
  if (rate.si() * dt > 1)
    throw NetworkError(
        fmt::format("'{}': a rate of {} Hz is more than one event in a step of {} s; use more "
                    "inputs of a lower rate, or shorten dt",
                    name, rate.si(), dt));
}

}  // namespace

InputWeight::InputWeight(const AnyQuantity& weight)
    : text_(fmt::format("{}*({})", weight.value, to_string(weight.dimension))), value_(weight) {}

Namespace PoissonInput::names_within(const Namespace& network) const {
  Namespace all = numbers_;
  all.merge(CodeOperation::names_within(network));
  return all;
}

void PoissonInput::bind(const RunContext& context) {
  require_probability(name(), rate_, context.dt);
  CodeOperation::bind(context);
}

PoissonInput& Network::poisson_input(Slice target, const std::string& variable, std::int64_t n,
                                     Frequency rate, const InputWeight& weight,
                                     const PoissonInputOptions& options) {
  require_member(target);
  const std::string name = name_for(options.name, "poissoninput");
  require_possible(name, n, rate);
  require_probability(name, rate, target.group().clock().dt);
  if (target.group().declared(variable).shared)
    throw NetworkError(
        fmt::format("'{}': '{}' is shared, but every neuron gets input of its own", name, variable));
  Namespace numbers{{number_name, static_cast<double>(n)}, {rate_name, rate}};
  const Expr chance = tree::multiply(tree::name(rate_name), tree::name("dt"));
  const Expr count = tree::call("binomial", {tree::name(number_name), chance});
  Expr each = parsed("weight of " + name, weight.text(), limits_);
  if (weight.value()) {
    numbers.emplace(weight_name, *weight.value());
    each = tree::name(weight_name, each->place);
  }
  const SourcePtr source = make_source("variable of " + name, variable);
  const Place place{source, {0, static_cast<std::uint32_t>(variable.size())}};
  Code code{{variable, place, AssignOp::add, tree::binary(BinaryOp::multiply, count, each, each->place),
             each->place}};
  Namespace known = numbers;
  known.merge(names_for(target.group()));
  check_operation(target.group().model(), code, known, &compile_times_);
  const Clock& clock = target.group().clock();
  return adopt<PoissonInput>(name, target, clock, std::move(code),
                             OperationOptions{{}, nullptr, options.when, options.order, {}}, rate,
                             std::move(numbers));
}

}  // namespace ranvier
