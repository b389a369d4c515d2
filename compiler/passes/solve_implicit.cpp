#include <ranvier/compiler/passes/solve_implicit.hpp>

#include <ranvier/compiler/tree.hpp>
#include <ranvier/grammar/print.hpp>

namespace ranvier::pass {
namespace {

Expr minus(const Expr& a, const Expr& b) {
  return tree::binary(BinaryOp::subtract, a, b);
}
Expr over(const Expr& a, const Expr& b) {
  return tree::binary(BinaryOp::divide, a, b);
}
Expr size(const Expr& a) {
  return tree::call("abs", {a});
}

}  // namespace

void ImplicitSolver::assign(const std::string& local, Type type, Expr value, Expr guard) {
  code_.push_back({local, type, false, std::move(value), std::move(guard)});
}

std::string ImplicitSolver::local(const Factors& factors, const char* what, std::size_t row,
                                  std::size_t column) const {
  return "_" + std::string(what) + factors.name + "." + system_[row].variable + "." +
         system_[column].variable;
}

const ImplicitSolver::Factors& ImplicitSolver::factors(const Expr& gamma) {
  const auto [found, is_new] = known_.try_emplace(print(gamma));
  Factors& factors = found->second;
  if (!is_new) return factors;
  const std::size_t n = system_.size();
  factors.name = std::to_string(known_.size());
  factors.entry = factors.swapped = factors.eliminated = std::vector(n, std::vector<bool>(n));
  for (const Variables& block : jacobian_.blocks) {
    fill(factors, gamma, block);
    eliminate(factors, block);
  }
  return factors;
}

void ImplicitSolver::fill(Factors& factors, const Expr& gamma, const Variables& block) {
  const Expr scale = tree::multiply(gamma, tree::name("dt"));
  for (const std::size_t i : block)
    for (const std::size_t j : block) {
      const Expr& slope = jacobian_.by_state[i][j];
      if (!slope && i != j) continue;
      factors.entry[i][j] = true;
      const Expr still = tree::real(i == j ? 1 : 0);
      const std::string name = local(factors, "A", i, j);
      const bool held = system_[i].clamped && slope;
      if (held || !slope) assign(name, Type::real, still);
      if (slope)
        assign(name, Type::real, minus(still, tree::multiply(scale, slope)),
               held ? tree::name(not_refractory) : Expr());
    }
}

void ImplicitSolver::exchange(const std::string& swap, const std::string& a, const std::string& b) {
  const Expr guard = tree::name(swap);
  assign("_kept", Type::real, tree::name(a));
  assign(a, Type::real, tree::name(b), guard);
  assign(b, Type::real, tree::name("_kept"), guard);
}

void ImplicitSolver::eliminate(Factors& f, const Variables& block) {
  const auto at = [&](std::size_t i, std::size_t j) { return local(f, "A", i, j); };
  const auto need = [&](std::size_t i, std::size_t j) {
    if (!f.entry[i][j]) assign(at(i, j), Type::real, tree::real(0));
    f.entry[i][j] = true;
  };
  for (std::size_t c = 0; c < block.size(); ++c) {
    const std::size_t pivot = block[c];
    const Variables right(block.begin() + static_cast<std::ptrdiff_t>(c), block.end());
    for (std::size_t r = c + 1; r < block.size(); ++r) {
      const std::size_t row = block[r];
      if (!f.entry[row][pivot]) continue;
      f.swapped[row][pivot] = f.eliminated[row][pivot] = true;
      const std::string swap = local(f, "P", row, pivot);
      assign(swap, Type::boolean,
             tree::binary(BinaryOp::greater, size(tree::name(at(row, pivot))),
                          size(tree::name(at(pivot, pivot)))));
      for (const std::size_t j : right) {
        if (!f.entry[row][j] && !f.entry[pivot][j]) continue;
        need(row, j), need(pivot, j);
        exchange(swap, at(row, j), at(pivot, j));
      }
    }
    for (std::size_t r = c + 1; r < block.size(); ++r) {
      const std::size_t row = block[r];
      if (!f.eliminated[row][pivot]) continue;
      const std::string factor = local(f, "L", row, pivot);
      assign(factor, Type::real, over(tree::name(at(row, pivot)), tree::name(at(pivot, pivot))));
      for (const std::size_t j : right) {
        if (j == pivot || !f.entry[pivot][j]) continue;
        need(row, j);
        assign(at(row, j), Type::real,
               minus(tree::name(at(row, j)), tree::multiply(tree::name(factor), tree::name(at(pivot, j)))));
      }
    }
  }
}

void ImplicitSolver::solve(const Expr& gamma, const std::vector<std::string>& values) {
  const Factors& f = factors(gamma);
  const auto value = [&](std::size_t k) { return tree::name(values[k]); };
  const auto subtract = [&](std::size_t row, const std::string& factor, std::size_t from) {
    assign(values[row], Type::real, minus(value(row), tree::multiply(tree::name(factor), value(from))));
  };
  for (const Variables& block : jacobian_.blocks) {
    for (const std::size_t pivot : block) {
      for (const std::size_t row : block)
        if (f.swapped[row][pivot]) exchange(local(f, "P", row, pivot), values[row], values[pivot]);
      for (const std::size_t row : block)
        if (f.eliminated[row][pivot]) subtract(row, local(f, "L", row, pivot), pivot);
    }
    for (std::size_t k = block.size(); k-- > 0;) {
      const std::size_t row = block[k];
      for (std::size_t j = k + 1; j < block.size(); ++j)
        if (f.entry[row][block[j]]) subtract(row, local(f, "A", row, block[j]), block[j]);
      assign(values[row], Type::real, over(value(row), tree::name(local(f, "A", row, row))));
    }
  }
}

}  // namespace ranvier::pass
