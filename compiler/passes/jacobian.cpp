#include <ranvier/compiler/passes/jacobian.hpp>

#include <numeric>

#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier::pass {
namespace {

Expr by_time(const Expr& rate, const Scope& scope) try {
  return derivative(rate, "t", scope);
} catch (const NotDifferentiable&) {
  return {};
}

/// Which entries there are, in the form that the search for blocks takes.
LinearSystem pattern(const Jacobian& jacobian) {
  LinearSystem linear;
  for (const auto& row : jacobian.by_state) {
    auto& entries = linear.matrix.emplace_back();
    for (std::size_t k = 0; k < row.size(); ++k)
      if (row[k]) entries.emplace(k, row[k]);
  }
  return linear;
}

}  // namespace

std::variant<Jacobian, NotDifferentiable> jacobian(const System& system, const Scope& scope) try {
  Jacobian result;
  for (const Rate& rate : system) {
    auto& row = result.by_state.emplace_back();
    for (const Rate& by : system) {
      row.push_back(derivative(rate.rhs, by.variable, scope));
      if (row.back()) check_size(row.back(), rate.rhs->place, scope.limits);
    }
    result.by_time.push_back(by_time(rate.rhs, scope));
    if (result.by_time.back()) check_size(result.by_time.back(), rate.rhs->place, scope.limits);
  }
  Variables all(system.size());
  std::iota(all.begin(), all.end(), 0);
  result.blocks = weak_components(pattern(result), all);
  for (const Variables& block : result.blocks) {
    if (block.size() <= most_implicit) continue;
    const Rate& first = system[block.front()];
    return NotDifferentiable{text("d", first.variable, "/dt is coupled to ", block.size() - 1,
                                  " other equations; at most ", most_implicit, " together can be solved for"),
                             first.rhs->place};
  }
  return result;
} catch (const NotDifferentiable& refusal) {
  return refusal;
}

}  // namespace ranvier::pass
