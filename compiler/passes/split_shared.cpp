#include <ranvier/compiler/passes/split_shared.hpp>

#include <algorithm>
#include <set>

#include <ranvier/compiler/passes/substitute.hpp>
#include <ranvier/compiler/passes/variability.hpp>
#include <ranvier/compiler/tree.hpp>

namespace ranvier::pass {
namespace {

using Names = std::set<std::string>;

class Splitter {
 public:
  Splitter(std::vector<Assign> body, const Scope& scope) : body_(std::move(body)), scope_(scope) {
    while (!is_shared_store(end_ - 1)) --end_;
    mark_needed();
  }

  SplitCode split() {
    for (std::size_t k = 0; k < end_; ++k) place(k);
    result_.each.insert(result_.each.end(), body_.begin() + static_cast<std::ptrdiff_t>(end_), body_.end());
    if (std::ranges::none_of(result_.each, &Assign::store)) result_.each.clear();
    return std::move(result_);
  }

 private:
  bool is_shared_store(std::size_t k) const {
    return body_[k].store && std::get<Column>(scope_.at(body_[k].target).meaning).index == Index::shared;
  }

  /// Whatever a shared variable is computed from has one value for all, also if it is drawn.
  void mark_needed() {
    needed_.resize(end_);
    Names names;
    for (std::size_t k = end_; k-- > 0;) {
      needed_[k] = is_shared_store(k) || names.erase(body_[k].target) > 0;
      if (needed_[k])
        tree::for_each_name(body_[k].value, [&](const std::string& name) { names.insert(name); });
    }
  }

  void place(std::size_t k) {
    Assign& assign = body_[k];
    const bool one_value = needed_[k] || (per_element_name(assign.value, scope_, varying_).empty() &&
                                          !tree::draws(assign.value));
    if (!one_value) {
      varying_.insert(assign.target);
      assign.value = substitute(assign.value, values_now(k));
      result_.each.push_back(assign);
      return;
    }
    result_.shared.push_back(assign);
    if (assign.store) return;
    varying_.erase(assign.target);
    if (is_read_by_each(k))
      result_.each.push_back({assign.target, assign.type, false, carry(assign.target, assign.type), {}});
  }

  bool is_read_by_each(std::size_t k) const {
    return std::any_of(body_.begin() + static_cast<std::ptrdiff_t>(k) + 1, body_.end(),
                       [&](const Assign& a) { return tree::reads(a.value, body_[k].target); });
  }

  /// Shared variables that an expression reads here and that are written further on.
  Replacements values_now(std::size_t k) {
    Replacements now;
    for (std::size_t later = k + 1; later < end_; ++later) {
      const std::string& name = body_[later].target;
      if (!is_shared_store(later) || now.contains(name) || !tree::reads(body_[k].value, name)) continue;
      now.emplace(name, carry(name, body_[later].type));
    }
    return now;
  }

  /// A hidden column that keeps what a name stands for at this point.
  Expr carry(const std::string& name, Type type) {
    const std::string column = "_carried_" + std::to_string(result_.carried.size());
    result_.carried.push_back({column, Owner::hidden, column, storage_of(type), Index::shared, false});
    result_.shared.push_back({column, type, true, tree::name(name), {}});
    return tree::name(column);
  }

  std::vector<Assign> body_;
  const Scope& scope_;
  std::size_t end_ = body_.size();  // behind the last write to a shared variable
  std::vector<bool> needed_;
  Names varying_;  // locals with a value for each element
  SplitCode result_;
};

}  // namespace

SplitCode split_shared(std::vector<Assign> body, const Scope& scope) {
  const bool writes_shared = std::ranges::any_of(body, [&](const Assign& assign) {
    return assign.store && std::get<Column>(scope.at(assign.target).meaning).index == Index::shared;
  });
  if (!writes_shared) return {{}, std::move(body), {}};
  return Splitter(std::move(body), scope).split();
}

}  // namespace ranvier::pass
