#pragma once
#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ranvier {

/// The code of pathways that follow one side of synapses: of the one called `pre` (`post` at the target), or
/// of several by name: {{"up", "w += 1"}, {"down", "w -= 1"}}.
class PathwayCode {
 public:
  using Named = std::vector<std::pair<std::string, std::string>>;

  PathwayCode() = default;
  template <std::convertible_to<std::string> Text>
  PathwayCode(Text&& code) : code_(std::forward<Text>(code)) {}
  PathwayCode(std::initializer_list<std::pair<std::string, std::string>> named) : named_(named) {}
  PathwayCode(Named named) : named_(std::move(named)) {}

  /// Name and code of each. `usual`: what the one is called that has no name.
  Named pathways(const char* usual) const {
    Named all = named_;
    if (!code_.empty()) all.emplace_back(usual, code_);
    return all;
  }

 private:
  std::string code_;
  Named named_;
};

/// Something about pathways: one value, or one for each of some by name.
template <class Value>
class ByPathway {
 public:
  using Named = std::vector<std::pair<std::string, Value>>;

  ByPathway() = default;
  template <class Single>
    requires(std::convertible_to<Single, Value> && !std::same_as<std::remove_cvref_t<Single>, ByPathway>)
  ByPathway(Single&& value) : single_(std::forward<Single>(value)) {}
  ByPathway(std::initializer_list<std::pair<std::string, Value>> named) : named_(named) {}

  const std::optional<Value>& single() const { return single_; }
  const Named& named() const { return named_; }

 private:
  std::optional<Value> single_;
  Named named_;
};

}  // namespace ranvier
