#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

namespace ranvier {

/// A list of element numbers, or nothing said: `.record = {0, 5}`. A list that is empty is not the same as
/// none.
class Elements {
 public:
  Elements() = default;
  Elements(std::initializer_list<std::int64_t> elements) : list_(elements) {}
  Elements(std::vector<std::int64_t> elements) : list_(std::move(elements)) {}

  explicit operator bool() const { return list_.has_value(); }
  const std::vector<std::int64_t>& list() const { return *list_; }

 private:
  std::optional<std::vector<std::int64_t>> list_;
};

}  // namespace ranvier
