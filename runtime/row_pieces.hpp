#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ranvier {

/// What a rows kernel executes, piece after piece: of each source neuron the synapses [begin, end), all of
/// its row or a part of it. A neuron may be there repeatedly.
class RowPieces {
 public:
  /// Forgets all pieces; then at most `most` are added.
  void clear(std::size_t most) {
    count_ = 0;
    if (neurons_.size() >= most) return;
    neurons_.resize(most), begins_.resize(most), ends_.resize(most);
  }
  void add(std::int32_t neuron, std::int64_t begin, std::int64_t end) {
    neurons_[count_] = neuron, begins_[count_] = begin, ends_[count_] = end;
    count_ += begin < end ? 1 : 0;
  }
  std::size_t size() const { return count_; }
  std::int32_t neuron(std::size_t k) const { return neurons_[k]; }
  std::int64_t begin(std::size_t k) const { return begins_[k]; }
  std::int64_t end(std::size_t k) const { return ends_[k]; }
  std::int64_t synapses() const {
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < count_; ++k) sum += ends_[k] - begins_[k];
    return sum;
  }

  // As kernels read them.
  std::int32_t* neurons() { return neurons_.data(); }
  std::int64_t* begins() { return begins_.data(); }
  std::int64_t* ends() { return ends_.data(); }

 private:
  std::size_t count_ = 0;
  std::vector<std::int32_t> neurons_;
  std::vector<std::int64_t> begins_, ends_;
};

}  // namespace ranvier
