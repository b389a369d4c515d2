#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <ranvier/runtime/disk_file.hpp>
#include <ranvier/runtime/table.hpp>

namespace ranvier {

/// What a monitor recorded to a file: `column`, `trace`, `traces` and `by_element` read it (see Table), in
/// memory bounded by what they return.
class Recording : public Table {
 public:
  std::int64_t rows() const override { return rows_; }
  /// [s] [row]
  std::vector<double> times() const { return column("t"); }
  /// Times [s] of each neuron, also of those that never spiked.
  std::map<std::int32_t, std::vector<double>> spike_trains() const { return by_element("t"); }
  /// [Hz] [row] in a recording of rates.
  std::vector<double> rates() const { return column("rate"); }

  /// Chunks that the file should have and that are damaged, incomplete or missing; their rows are left out.
  std::int64_t lost_chunks() const { return lost_; }
  /// True if the recording was finished and nothing is lost. A process that was killed leaves a recording
  /// that is not complete: what it recorded after the last chunk in the file never reached it.
  bool complete() const { return finished_ && lost_ == 0; }

  std::int64_t chunks() const override { return std::ssize(chunks_); }
  Piece piece(std::int64_t chunk, std::size_t column) const override;

 private:
  friend Recording read_recording(const std::string& path);
  explicit Recording(DiskFile file) : file_(std::move(file)) {}
  class Scan;
  struct Place {
    std::int64_t offset;  // of the bytes in the file
    std::int64_t rows;
  };
  std::int64_t read_begin();
  void read_chunks(std::int64_t from);
  void add(Place chunk);

  DiskFile file_;
  std::vector<Place> chunks_;
  std::int64_t rows_ = 0;
  std::int64_t lost_ = 0;
  bool finished_ = false;
};

/// Opens a file that a monitor with the option `.file` wrote, and checks all of it. What is intact can be
/// read, whatever happened to the rest. Throws NetworkError if the file is not a recording, or damaged where
/// it says what was recorded.
Recording read_recording(const std::string& path);

}  // namespace ranvier
