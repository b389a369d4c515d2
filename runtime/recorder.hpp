#pragma once
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/runtime/table.hpp>

namespace ranvier {

class Archive;
class RecordingWriter;

/// The values of one column as they were recorded, read where they lie. What is recorded later is not part of
/// it.
template <class T>
class Series {
 public:
  using Chunks = std::vector<std::unique_ptr<std::byte[]>>;

  Series() = default;
  /// Of chunks of 2^`shift` rows each, `offset` bytes from the beginning of every chunk.
  Series(const Chunks& chunks, std::size_t offset, int shift, std::int64_t size)
      : chunks_(&chunks), offset_(offset), shift_(shift), size_(size) {}

  class Iterator {
   public:
    using iterator_concept = std::random_access_iterator_tag;
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    Iterator() = default;
    Iterator(const Chunks* chunks, std::size_t offset, int shift, std::int64_t k)
        : chunks_(chunks), offset_(offset), shift_(shift), k_(k) {}
    reference operator*() const {
      const std::int64_t row = k_ & ((std::int64_t{1} << shift_) - 1);
      const std::byte* chunk = (*chunks_)[static_cast<std::size_t>(k_ >> shift_)].get();
      return reinterpret_cast<const T*>(chunk + offset_)[row];
    }
    pointer operator->() const { return &**this; }
    reference operator[](difference_type n) const { return *(*this + n); }
    Iterator& operator+=(difference_type n) { return k_ += n, *this; }
    Iterator& operator-=(difference_type n) { return k_ -= n, *this; }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this -= 1; }
    Iterator operator++(int) { return std::exchange(*this, *this + 1); }
    Iterator operator--(int) { return std::exchange(*this, *this - 1); }
    friend Iterator operator+(Iterator a, difference_type n) { return a += n; }
    friend Iterator operator+(difference_type n, Iterator a) { return a += n; }
    friend Iterator operator-(Iterator a, difference_type n) { return a -= n; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.k_ - b.k_; }
    bool operator==(const Iterator& other) const { return k_ == other.k_; }
    auto operator<=>(const Iterator& other) const { return k_ <=> other.k_; }

   private:
    const Chunks* chunks_ = nullptr;
    std::size_t offset_ = 0;
    int shift_ = 0;
    std::int64_t k_ = 0;
  };

  Iterator begin() const { return {chunks_, offset_, shift_, 0}; }
  Iterator end() const { return {chunks_, offset_, shift_, size_}; }
  std::size_t size() const { return static_cast<std::size_t>(size_); }
  bool empty() const { return size_ == 0; }
  const T& operator[](std::size_t k) const { return begin()[static_cast<std::ptrdiff_t>(k)]; }
  const T& front() const { return *begin(); }
  const T& back() const { return begin()[size_ - 1]; }
  operator std::vector<T>() const { return {begin(), end()}; }

 private:
  const Chunks* chunks_ = nullptr;
  std::size_t offset_ = 0;
  int shift_ = 0;
  std::int64_t size_ = 0;
};

/// A table that grows by rows. In memory, what was recorded is never copied again; with a file, one chunk is
/// kept and written when it is full.
class Recorder : public Table {
 public:
  Recorder();
  ~Recorder() override;

  /// Says what is recorded. With a path, rows go to a file; one that exists keeps what it has until there is
  /// something to write. Throws NetworkError.
  void define(TableInfo info, const std::string& path = "");
  /// A run begins with steps of this length [s].
  void begin(double dt);

  /// Makes room for up to `wanted` rows; returns for how many there is room now, at least one. Throws
  /// NetworkError if there is no memory or the file cannot be written; then nothing that was recorded is
  /// lost.
  std::int64_t open(std::int64_t wanted);
  /// Where the open rows of a column begin.
  template <class T = std::byte>
  T* cells(std::size_t column) {
    return reinterpret_cast<T*>(at(column, filled_));
  }
  /// The first `count` of the open rows have been written.
  void close(std::int64_t count);
  /// Writes what the file does not have yet.
  void flush();

  /// All rows, to be stored and restored. What is in a file stays there and is no part of it.
  void archive(Archive& archive);

  std::int64_t rows() const override { return rows_; }
  std::int64_t chunks() const override;
  Piece piece(std::int64_t chunk, std::size_t column) const override;
  template <class T>
  Series<T> series(std::size_t column) const {
    require_in_memory();
    return {chunks_, offsets_[column], shift_, rows_};
  }
  /// [s] The step length of all rows. Throws NetworkError if it changed on the way.
  double even_dt() const;
  bool streams() const { return file_ != nullptr; }
  /// Throws NetworkError if the rows are in a file.
  void require_in_memory() const;

 private:
  template <class T>
  void archive_column(Archive& archive, std::size_t column);
  void fill(std::int64_t rows);

  std::byte* at(std::size_t column, std::int64_t row) {
    return chunks_.back().get() + offsets_[column] + static_cast<std::size_t>(row) * strides_[column];
  }

  Series<double>::Chunks chunks_;     // each column of a chunk is contiguous: its rows, one after the other
  std::vector<std::size_t> offsets_;  // [column] bytes
  std::vector<std::size_t> strides_;  // [column] bytes of a row
  std::size_t chunk_bytes_ = 0;
  int shift_ = 0;            // a chunk has 2^shift rows
  std::int64_t filled_ = 0;  // rows of the last chunk
  std::int64_t rows_ = 0;
  bool uneven_ = false;
  std::string path_;
  std::unique_ptr<RecordingWriter> file_;
};

}  // namespace ranvier
