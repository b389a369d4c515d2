#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <ranvier/runtime/elements.hpp>
#include <ranvier/runtime/table.hpp>

namespace ranvier {

/// Variables of a source that are read for some elements at a time: stored ones from their arrays, all others
/// by code that evaluates them.
class ObservedVariables {
 public:
  /// Throws NetworkError with the nearest name for a variable that the source does not have.
  ObservedVariables(Elements source, std::vector<std::string> variables, bool float32);

  /// What a table needs to keep them, in order. Shared ones have one value for all elements.
  std::vector<ColumnInfo> columns(bool per_element) const;
  bool shared(std::size_t variable) const { return variables_[variable].shared; }

  Lowered lower(const Namespace& names, const std::string& reader) const;
  void attach(Lowered lowered, std::vector<ExecutablePtr> code);
  void bind(const RunContext& context, const std::string& reader);
  /// Writes the values of a variable at storage positions, one after the other, in the type of its column.
  void read(std::size_t variable, std::span<std::int32_t> positions, std::byte* cells);

 private:
  struct Observed {
    std::string name;
    ColumnType type;
    bool stored = true;
    bool shared = false;
    BoundKernel code{};
  };
  struct Release {
    void operator()(void* memory) const { std::free(memory); }
  };

  Elements source_;
  std::vector<Observed> variables_;
  // Where code puts its results: one entry for each element of the source, of which only those that are read
  // are ever touched; the system gives memory to no others.
  std::unique_ptr<double, Release> results_;
};

}  // namespace ranvier
