#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include <ranvier/runtime/group.hpp>

namespace ranvier {

class Synapses;

/// The elements of a group, of a slice of one, or synapses, of which there may be more and less: what a
/// monitor looks at, and what synapses begin and end at. They are numbered from 0.
class Elements {
 public:
  Elements(Slice slice);
  Elements(Group& group) : Elements(Slice(group)) {}
  Elements(Synapses& synapses);

  StateOwner& owner() const { return *owner_; }
  const Object& object() const { return *object_; }
  /// nullptr if they are something else.
  Group* group() const { return group_; }
  Synapses* synapses() const { return synapses_; }
  /// The neurons. Throws NetworkError for synapses.
  Slice slice() const;
  bool are_of(const StateOwner& owner) const { return owner_ == &owner; }

  /// Their numbers within their owner, as many as there are now.
  std::int64_t begin() const { return begin_; }
  std::int64_t end() const { return synapses_ ? owner_->element_count() : end_; }
  std::int64_t size() const { return end() - begin_; }
  /// Of the whole group.
  std::int64_t whole_size() const { return owner_->element_count(); }
  /// Where an element is stored; synapses move when others are made.
  std::int32_t position(std::int64_t element) const { return owner_->position(begin_ + element); }

  VariableView operator[](std::string_view variable) const;
  /// Ascending numbers of the elements where a condition holds.
  std::vector<std::int64_t> indices(std::string_view condition) const;

  const Clock& clock() const { return owner_->owner_clock(); }
  /// The place of their owner among others in a slot.
  int order() const;
  ModelEnd model() const;

 private:
  Group* group_ = nullptr;
  Synapses* synapses_ = nullptr;
  StateOwner* owner_;
  const Object* object_;
  std::int64_t begin_ = 0;
  std::int64_t end_ = 0;
};

}  // namespace ranvier
