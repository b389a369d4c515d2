#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <ranvier/runtime/group.hpp>
#include <ranvier/runtime/table.hpp>

namespace ranvier {

class Synapses;

/// What a monitor looks at: a group, a slice of one, or synapses; its elements are numbered from 0.
class StateSource {
 public:
  StateSource(Slice slice);
  StateSource(Synapses& synapses);

  StateOwner& owner() const { return *owner_; }
  const Object& object() const { return *object_; }
  std::int64_t size() const { return end_ - begin_; }
  /// How many there are by now.
  std::int64_t size_now() const { return owner_->element_count() - begin_; }
  /// Where an element is stored; synapses move when others are made.
  std::int32_t position(std::int64_t element) const { return owner_->position(begin_ + element); }
  /// Ascending numbers of the elements where a condition holds.
  std::vector<std::int64_t> indices(std::string_view condition) const;

 private:
  StateOwner* owner_;
  const Object* object_;
  std::int64_t begin_;
  std::int64_t end_;
};

/// Variables of a source that are read for some elements at a time: stored ones from their arrays, all others
/// by code that evaluates them.
class ObservedVariables {
 public:
  /// Throws NetworkError with the nearest name for a variable that the source does not have.
  ObservedVariables(StateSource source, std::vector<std::string> variables, bool float32);

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

  StateSource source_;
  std::vector<Observed> variables_;
  // Where code puts its results: one entry for each element of the source, of which only those that are read
  // are ever touched; the system gives memory to no others.
  std::unique_ptr<double, Release> results_;
};

}  // namespace ranvier
