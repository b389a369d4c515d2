#pragma once
#include <ranvier/runtime/memory.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

/// Makes an object that belongs to the network. Throws NetworkError if there is no memory for it; then
/// nothing has changed.
template <class T, class... Args>
T& Network::adopt(const std::string& name, Args&&... args) {
  auto object = within_memory(
      name, [&] { return std::unique_ptr<T>(new T(*this, name, std::forward<Args>(args)...)); });
  T& reference = *object;
  objects_.push_back(std::move(object));
  bound_ = false;
  return reference;
}

}  // namespace ranvier
