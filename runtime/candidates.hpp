#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <ranvier/runtime/array.hpp>
#include <ranvier/runtime/bound_kernel.hpp>

namespace ranvier {

/// A batch of pairs of neurons that may become synapses, as columns for the kernels of a connection:
/// _sources, _targets (i32, absolute), _iterate (i64), and what kernels store. Bounded, so that the memory of
/// a connect does not grow with the number of pairs it looks at.
class CandidateBatch : public KernelEnvironment {
 public:
  static constexpr std::int64_t capacity = 4096;

  /// Everything but the batch's own columns is `whole`'s.
  explicit CandidateBatch(KernelEnvironment& whole) : whole_(whole) {}

  void* address(const Column& column) override;
  double extent(ScalarKind kind) const override { return whole_.extent(kind); }

  /// A column of the batch by its name; made if there is none yet.
  template <class T>
  std::span<T> column(const std::string& name, Storage storage) {
    return array(name, storage).as<T>();
  }
  std::span<std::int32_t> sources() { return column<std::int32_t>("_sources", Storage::i32); }
  std::span<std::int32_t> targets() { return column<std::int32_t>("_targets", Storage::i32); }
  std::span<std::int64_t> iterates() { return column<std::int64_t>("_iterate", Storage::i64); }
  std::span<std::int64_t> indices() { return column<std::int64_t>("_index", Storage::i64); }

  /// Only the rows at these ascending positions, closed up.
  void keep(std::span<const std::int32_t> positions);

 private:
  Array& array(const std::string& name, Storage storage);

  KernelEnvironment& whole_;
  std::map<std::string, Array, std::less<>> arrays_;
};

}  // namespace ranvier
