#pragma once
#include <map>
#include <string>

#include <ranvier/compiler/passes/jacobian.hpp>

namespace ranvier::pass {

/// Writes code that solves (1 - gamma dt J) k = e for the rates of a system, by elimination with partial
/// pivoting: rows are exchanged element by element, by guarded assignments. Entries of J that are zero for
/// every element cost nothing. In rows of clamped variables J is zero while their element is refractory.
class ImplicitSolver {
 public:
  ImplicitSolver(const System& system, const Jacobian& jacobian, std::vector<Assign>& code)
      : system_(system), jacobian_(jacobian), code_(code) {}

  /// `values`: a local for each equation, which holds e and afterwards k. The matrix of a gamma is taken
  /// apart where it is first needed.
  void solve(const Expr& gamma, const std::vector<std::string>& values);

 private:
  struct Factors {
    std::string name;
    std::vector<std::vector<bool>> entry, swapped, eliminated;  // what is not zero, by variables
  };
  const Factors& factors(const Expr& gamma);
  void fill(Factors& factors, const Expr& gamma, const Variables& block);
  void eliminate(Factors& factors, const Variables& block);
  void exchange(const std::string& swap, const std::string& a, const std::string& b);
  void assign(const std::string& local, Type type, Expr value, Expr guard = {});
  std::string local(const Factors& factors, const char* what, std::size_t row, std::size_t column) const;

  const System& system_;
  const Jacobian& jacobian_;
  std::vector<Assign>& code_;
  std::map<std::string, Factors> known_;  // by gamma, as it is written
};

}  // namespace ranvier::pass
