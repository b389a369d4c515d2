#include <fmt/format.h>
#include <ranvier/runtime/elements.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

Elements::Elements(Slice slice)
    : group_(&slice.group()),
      owner_(&slice.group()),
      object_(&slice.group()),
      begin_(slice.begin()),
      end_(slice.end()) {}

Elements::Elements(Synapses& synapses) : synapses_(&synapses), owner_(&synapses), object_(&synapses) {}

Slice Elements::slice() const {
  if (!group_) throw NetworkError(fmt::format("'{}' are synapses, not neurons", owner_->owner_name()));
  return {*group_, begin_, end_};
}

VariableView Elements::operator[](std::string_view variable) const {
  return group_ ? slice()[variable] : (*synapses_)[variable];
}

std::vector<std::int64_t> Elements::indices(std::string_view condition) const {
  return owner_->indices(condition, begin(), end());
}

int Elements::order() const {
  return group_ ? group_->order() : synapses_->order();
}

ModelEnd Elements::model() const {
  return group_ ? ModelEnd(group_->model()) : ModelEnd(synapses_->model());
}

// What a network tells all of its objects of the elements of one.

void Network::require_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) const {
  for (const auto& object : objects_) object->require_elements(owner, numbers);
}

void Network::release_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) {
  for (const auto& object : objects_) object->release_elements(owner, numbers);
}

void Network::renumber_elements(const StateOwner& owner, std::span<const std::int32_t> numbers) {
  for (const auto& object : objects_) object->renumber_elements(owner, numbers);
}

void Network::expect_elements(const StateOwner& owner, std::int64_t count) {
  for (const auto& object : objects_) object->expect_elements(owner, count);
}

void Network::follow_elements(const StateOwner& owner) {
  for (const auto& object : objects_) object->follow_elements(owner);
}

}  // namespace ranvier
