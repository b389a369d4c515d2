#include <ranvier/compiler/passes/dependency.hpp>

#include <numeric>

namespace ranvier::pass {

std::vector<Variables> weak_components(const LinearSystem& system, const Variables& among) {
  std::vector<std::size_t> root(system.matrix.size());
  std::iota(root.begin(), root.end(), 0);
  std::vector<bool> member(root.size());
  for (std::size_t k : among) member[k] = true;
  const auto find = [&](std::size_t k) {
    while (root[k] != k) k = root[k] = root[root[k]];
    return k;
  };
  for (std::size_t row : among) {
    for (const auto& [column, coefficient] : system.matrix[row]) {
      if (member[column]) root[find(row)] = find(column);
    }
  }
  std::map<std::size_t, std::size_t>
      position;  // of a root among the components, in order of their first variable
  std::vector<Variables> components;
  for (std::size_t k : among) {
    const auto [place, added] = position.emplace(find(k), components.size());
    if (added) components.emplace_back();
    components[place->second].push_back(k);
  }
  return components;
}

std::vector<std::vector<bool>> reachability(const LinearSystem& system, const Variables& members) {
  const std::size_t n = members.size();
  std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) reaches[i][j] = i == j || system.matrix[members[i]].count(members[j]);
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; reaches[i][k] && j < n; ++j) {
        if (reaches[k][j]) reaches[i][j] = true;
      }
    }
  }
  return reaches;
}

}  // namespace ranvier::pass
