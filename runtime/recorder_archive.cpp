#include <algorithm>
#include <ranvier/runtime/archive.hpp>
#include <ranvier/runtime/recorder.hpp>

namespace ranvier {

/// Gives a table that has just been emptied so many rows, whatever is in them.
void Recorder::fill(std::int64_t rows) {
  chunks_.clear();
  filled_ = rows_ = 0;
  while (rows_ < rows) close(open(rows - rows_));
}

template <class T>
void Recorder::archive_column(Archive& archive, std::size_t column) {
  const ColumnInfo& info = info_.columns[column];
  const auto width = static_cast<std::size_t>(info_.width(info));
  if (archive.checking()) {
    const std::size_t rows = archive.stored<double>(info_.columns[0].name).size();
    archive.require(archive.stored<T>(info.name).size() == rows * width,
                    "its columns have different lengths");
    return;
  }
  std::vector<T> values;
  if (archive.reading()) archive.list(info.name, values);
  const T* stored = values.data();
  for (std::int64_t k = 0; k < chunks(); ++k) {
    const Piece part = piece(k, column);
    const std::size_t count = static_cast<std::size_t>(part.rows) * width;
    T* cells = reinterpret_cast<T*>(const_cast<std::byte*>(part.cells));
    if (archive.reading()) {
      std::copy_n(stored, count, cells);
      stored += count;
    } else
      values.insert(values.end(), cells, cells + count);
  }
  if (!archive.reading()) archive.list(info.name, values);
}

void Recorder::archive(Archive& archive) {
  archive.number("recorded dt", info_.dt);
  archive.number("uneven", uneven_);
  if (file_) return;
  if (archive.reading()) fill(std::ssize(archive.stored<double>(info_.columns[0].name)));
  using Column = void (Recorder::*)(Archive&, std::size_t);
  constexpr Column of_type[] = {&Recorder::archive_column<double>, &Recorder::archive_column<float>,
                                &Recorder::archive_column<std::int64_t>,
                                &Recorder::archive_column<std::int32_t>,
                                &Recorder::archive_column<std::uint8_t>};
  for (std::size_t c = 0; c < info_.columns.size(); ++c)
    (this->*of_type[static_cast<std::size_t>(info_.columns[c].type)])(archive, c);
}

}  // namespace ranvier
