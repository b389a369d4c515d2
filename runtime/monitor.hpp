#pragma once
#include <ranvier/runtime/object.hpp>
#include <ranvier/runtime/recorder.hpp>

namespace ranvier {

/// What records: in memory, or with the option `.file` in a file that `read_recording` reads.
class Monitor : public Object {
 public:
  /// Everything recorded so far, for exports. Throws NetworkError if it is in a file.
  virtual const Table& table() const {
    record_.require_in_memory();
    return record_;
  }
  /// Writes what the file does not have yet. Happens by itself whenever a chunk is full and when a run ends.
  void flush() { record_.flush(); }

 protected:
  using Object::Object;
  void bind(const RunContext& context) override { record_.begin(context.dt); }
  void after_run() override { flush(); }
  void archive(Archive& archive) override {
    Object::archive(archive);
    record_.archive(archive);
  }
  /// Rows that so many steps add, as far as that can be said beforehand.
  virtual double rows_in(double steps) const { return steps; }
  RecordingDemand demand(double steps) const override {
    return record_.streams() ? RecordingDemand{}
                             : RecordingDemand{rows_in(steps), record_.info().row_bytes()};
  }

  Recorder record_;
};

}  // namespace ranvier
