#pragma once
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ranvier {

/// Every `step`-th number from `begin` to before `end`.
struct ElementRange {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t step = 1;
};

/// Which elements to record: all (`true`, or nothing said), none (`false`), one (`3`), a list (`{0, 5}`), a
/// range
/// (`ElementRange{0, 100, 10}`), or those where a condition holds when the monitor is made (`"i < 10"`).
class RecordSelection {
 public:
  using Numbers = std::vector<std::int64_t>;

  RecordSelection() = default;
  template <std::same_as<bool> Bool>
  RecordSelection(Bool all) : chosen_(all ? Choice(All{}) : Choice(Numbers{})) {}
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  RecordSelection(Number element) : chosen_(Numbers{static_cast<std::int64_t>(element)}) {}
  RecordSelection(std::initializer_list<std::int64_t> elements) : chosen_(Numbers(elements)) {}
  template <std::integral Number>
  RecordSelection(const std::vector<Number>& elements) : chosen_(Numbers(elements.begin(), elements.end())) {}
  // A mask is not a list of numbers.
  template <std::same_as<bool> Bool>
  RecordSelection(std::initializer_list<Bool>) = delete;
  RecordSelection(const std::vector<bool>&) = delete;
  RecordSelection(ElementRange range) : chosen_(range) {}
  RecordSelection(std::string condition) : chosen_(std::move(condition)) {}
  RecordSelection(const char* condition) : chosen_(std::string(condition)) {}

  /// The numbers, of `size` elements. `select` evaluates a condition. Throws NetworkError, saying what
  /// `monitor` cannot record.
  Numbers elements(std::int64_t size, const std::string& monitor,
                   const std::function<Numbers(const std::string&)>& select) const;

 private:
  struct All {};
  using Choice = std::variant<All, Numbers, ElementRange, std::string>;
  Choice chosen_;
};

/// Which variables to record: names, or all that the equations define (`all_variables`).
struct AllVariables {};
inline constexpr AllVariables all_variables{};
class RecordedVariables {
 public:
  RecordedVariables() = default;
  RecordedVariables(std::initializer_list<std::string> names) : names_(names) {}
  RecordedVariables(std::vector<std::string> names) : names_(std::move(names)) {}
  RecordedVariables(const char* name) : names_{name} {}
  RecordedVariables(std::string name) : names_{std::move(name)} {}
  RecordedVariables(AllVariables) : all_(true) {}

  bool all() const { return all_; }
  const std::vector<std::string>& names() const { return names_; }

 private:
  bool all_ = false;
  std::vector<std::string> names_;
};

}  // namespace ranvier
