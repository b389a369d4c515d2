#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ranvier {

/// The numbers that users know things by which are stored in another order: a permutation, as runs of
/// consecutive numbers where that takes less memory than a number for each. Nothing where what is stored
/// first is number 0.
class Numbering {
 public:
  Numbering() = default;
  /// `numbers`: of each position.
  explicit Numbering(std::vector<std::int32_t> numbers);
  /// Position k has number k + offsets[k].
  static Numbering nearby(std::vector<std::int16_t> offsets);

  /// Position k has number k.
  bool identity() const { return runs_.empty() && each_.empty() && offsets_.empty(); }
  /// What `nearby` was given, where it was and some offset is not 0.
  const std::vector<std::int16_t>& offsets() const { return offsets_; }
  std::int32_t operator[](std::int64_t position) const;
  /// The number of each of `count` positions, of which the last is the last that there is.
  std::vector<std::int32_t> of_all(std::int64_t count) const;
  /// The position of each number.
  std::vector<std::int32_t> places(std::int64_t count) const;
  double bytes() const {
    return static_cast<double>(runs_.size() * sizeof(Run) + each_.size() * sizeof(std::int32_t) +
                               offsets_.size() * sizeof(std::int16_t));
  }

 private:
  struct Run {
    std::int32_t position = 0, number = 0;  // where it begins
  };
  std::vector<Run> runs_;              // ascending positions
  std::vector<std::int32_t> each_;     // instead
  std::vector<std::int16_t> offsets_;  // or, where none is far from its number
};

}  // namespace ranvier
