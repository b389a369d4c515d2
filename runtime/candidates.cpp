#include <ranvier/runtime/candidates.hpp>

namespace ranvier {
namespace {

template <class T>
void close_up(std::span<T> column, std::span<const std::int32_t> positions) {
  for (std::size_t k = 0; k < positions.size(); ++k)
    column[k] = column[static_cast<std::size_t>(positions[k])];
}

}  // namespace

Array& CandidateBatch::array(const std::string& name, Storage storage) {
  return arrays_.try_emplace(name, storage, capacity).first->second;
}

void* CandidateBatch::address(const Column& column) {
  return column.owner == Owner::hidden ? array(column.variable, column.storage).data()
                                       : whole_.address(column);
}

void CandidateBatch::keep(std::span<const std::int32_t> positions) {
  for (auto& [name, array] : arrays_) {
    if (array.storage() == Storage::i32) close_up(array.as<std::int32_t>(), positions);
    if (array.storage() == Storage::i64) close_up(array.as<std::int64_t>(), positions);
  }
}

}  // namespace ranvier
