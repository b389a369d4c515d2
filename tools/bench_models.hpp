#pragma once
#include <span>
#include <string_view>

namespace ranvier::tool {

/// A model that is measured where none is named: a session without runs.
struct BenchModel {
  std::string_view name;
  std::string_view text;
};
std::span<const BenchModel> bench_models();

}  // namespace ranvier::tool
