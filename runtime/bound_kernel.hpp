#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/random.hpp>
#include <ranvier/runtime/clock.hpp>
#include <ranvier/runtime/object.hpp>
#include <ranvier/runtime/row_pieces.hpp>

namespace ranvier {

class WatchedKernel;

/// Who knows the arrays and sizes that a kernel's columns and scalars stand for.
class KernelEnvironment {
 public:
  virtual ~KernelEnvironment() = default;
  /// Base address of the array that a column means.
  virtual void* address(const Column& column) = 0;
  /// Value of a size or offset (count, first, count_pre ...); never asked for time, constants or keys.
  virtual double extent(ScalarKind kind) const = 0;
};

/// The key of the random numbers of one block of an object.
RandomKey stream_key(const RunContext& context, std::string_view object, std::string_view block);

/// A kernel with its code, the arrays it works on and the numbers it is given.
class BoundKernel {
 public:
  BoundKernel() = default;
  BoundKernel(Kernel kernel, ExecutablePtr code) : kernel_(std::move(kernel)), code_(std::move(code)) {}

  explicit operator bool() const { return code_ != nullptr; }
  const Kernel& kernel() const { return kernel_; }

  /// Fills in addresses, constants, propagators and the random key. `object` and `block` name the random
  /// stream.
  void bind(KernelEnvironment& environment, const RunContext& context, std::string_view object,
            std::string_view block);

  /// Executes over [begin, end) at the clock's time. Returns the number of elements that met the condition.
  std::int64_t run(const Clock& clock, std::int64_t begin, std::int64_t end, std::int32_t* list = nullptr);

  /// The same in pieces: `start` for a step, then `proceed` for each piece, on any thread if the kernel is
  /// `targets_apart`.
  void start(const Clock& clock);
  std::int64_t proceed(std::int64_t begin, std::int64_t end, std::int32_t* list) const;
  /// Executes a rows kernel over pieces of rows.
  void run_rows(const Clock& clock, RowPieces& pieces);
  /// The same in blocks without a target in common, which the network's team shares: fill(block, pieces) says
  /// what is in each.
  void run_blocks(const Clock& clock, std::span<RowPieces> blocks,
                  const std::function<void(std::size_t, RowPieces&)>& fill);
  /// Executes a list kernel over lists without a target in common, which the network's team shares.
  void run_lists(const Clock& clock, std::span<const std::span<std::int32_t>> lists);
  /// Whether synapses with different targets never see each other, and there are other threads that may
  /// execute them.
  bool targets_apart() const { return targets_apart_; }
  /// Whether so many elements are worth waking the team for.
  bool worth_dividing(std::int64_t elements) const;

  /// Replaces one scalar (the random key of a batch).
  void set_scalar(ScalarKind kind, double value);
  /// Replaces one column's address.
  void set_column(std::string_view column, void* address);

 private:
  bool keeps_targets_apart() const;
  void point_to(std::vector<void*>& columns, RowPieces& pieces) const;
  std::int64_t run_in_parts(const KernelArgs& all) const;
  double scalar_value(const Scalar& scalar, const KernelEnvironment& environment,
                      const RunContext& context) const;

  void* external(const Column& column, const RunContext& context);

  Kernel kernel_;
  ExecutablePtr code_;
  std::vector<TimedArray> held_;  // whose values the kernel reads
  std::vector<void*> columns_;
  std::vector<double> scalars_;
  std::size_t row_ = 0, row_end_ = 0;    // columns of a rows kernel
  std::vector<std::size_t> time_slots_;  // scalars that follow the clock
  std::vector<std::size_t> timestep_slots_;
  std::shared_ptr<WatchedKernel> watched_;  // nullptr: not watched
  const Clock* clock_ = nullptr;            // of the step that was started
  Team* team_ = nullptr;                    // that may help; nullptr: nobody
  bool divisible_ = false;                  // into parts of elements
  bool targets_apart_ = false;
  std::int64_t part_ = 0;  // least elements of a part
};

}  // namespace ranvier
