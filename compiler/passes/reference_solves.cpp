#include <ranvier/compiler/passes/reference_solves.hpp>

#include <algorithm>
#include <numeric>

#include <ranvier/compiler/passes/dependency.hpp>
#include <ranvier/compiler/passes/polynomial.hpp>
#include <ranvier/compiler/text.hpp>

namespace ranvier::pass {
namespace {

class Judge {
 public:
  Judge(const System& system, const LinearSystem& linear) : system_(system), linear_(linear) {}

  /// Variables that all depend on each other.
  std::string judge(const Variables& members) const {
    if (members.size() > 2)
      return text("three or more variables depend on each other, ", name(members[0]), " among them");
    for (std::size_t k : members) {
      if (!at(k, k)) return text("d", name(k), "/dt does not depend on ", name(k));
    }
    return members.size() == 2 ? judge(members[0], members[1]) : "";
  }

 private:
  std::string judge(std::size_t v, std::size_t w) const {
    const auto cancel = [](const Expr& a, const Expr& b) { return !sum(a, b); };
    const bool rows = cancel(at(v, v), at(v, w)) && cancel(at(w, v), at(w, w));
    const bool columns = cancel(at(v, v), at(w, v)) && cancel(at(v, w), at(w, w));
    if (rows || columns) return text(name(v), " and ", name(w), " only exchange what they have");
    const bool opposite = has_minus_sign(at(v, w)) != has_minus_sign(at(w, v));
    if (opposite && same(at(v, v), at(w, w))) return text(name(v), " and ", name(w), " oscillate");
    return {};
  }

  Expr at(std::size_t row, std::size_t column) const {
    const auto found = linear_.matrix[row].find(column);
    return found == linear_.matrix[row].end() ? Expr() : found->second;
  }
  const std::string& name(std::size_t k) const { return system_[k].variable; }

  const System& system_;
  const LinearSystem& linear_;
};

/// Splits coupled variables into sets that depend on each other in both directions.
std::vector<Variables> strong_components(const LinearSystem& linear, const Variables& members) {
  const auto reaches = reachability(linear, members);
  std::vector<Variables> components;
  std::vector<bool> done(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (done[i]) continue;
    Variables& component = components.emplace_back();
    for (std::size_t j = i; j < members.size(); ++j) {
      if (!reaches[i][j] || !reaches[j][i]) continue;
      component.push_back(members[j]);
      done[j] = true;
    }
  }
  return components;
}

}  // namespace

std::string why_reference_declines(const System& system, const LinearSystem& linear) {
  const Judge judge(system, linear);
  Variables all(system.size());
  std::iota(all.begin(), all.end(), 0);
  for (const Variables& coupled : weak_components(linear, all)) {
    for (const Variables& members : strong_components(linear, coupled)) {
      const std::string reason = judge.judge(members);
      if (!reason.empty()) return reason;
    }
  }
  return {};
}

}  // namespace ranvier::pass
