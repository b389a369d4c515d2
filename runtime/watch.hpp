#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/array.hpp>
#include <ranvier/runtime/clock.hpp>

namespace ranvier {

class StateOwner;

/// What is done about variables that are not numbers, infinite or beyond a limit. `check_at_end`: a warning
/// at the end of a run. `warn` and `stop` look at what each step writes, and say where it began: in which
/// element, at which step, in which part of which text. `stop` then ends the run behind the step with a
/// ModelError.
enum class WatchPolicy { ignore, check_at_end, warn, stop };

struct WatchOptions {
  WatchPolicy policy = WatchPolicy::check_at_end;
  double limit = 1e50;  // of absolute values in SI base units

  friend bool operator==(const WatchOptions&, const WatchOptions&) = default;
  bool each_step() const { return policy == WatchPolicy::warn || policy == WatchPolicy::stop; }
};

/// Position of the first value that is not a number or beyond the limit; -1: there is none.
std::int64_t find_bad(std::span<const double> values, double limit);
std::int64_t find_bad(std::span<const float> values, double limit);
/// The same of entries [begin, end) of an array; -1 for an array of integers or truth values.
std::int64_t find_bad(const Array& array, std::int64_t begin, std::int64_t end, double limit);

/// An array of a variable that may be watched.
struct WatchedArray {
  StateOwner* owner = nullptr;
  std::string variable;
  Array* array = nullptr;
  bool reported = false;  // once is enough
};

/// A warning of what is in an array that has a bad value.
Diagnostic describe_bad(const WatchedArray& array, double limit);

/// Looks at what kernels write, during a run.
class Watch {
 public:
  explicit Watch(const WatchOptions& options) : options_(options) {}

  const WatchOptions& options() const { return options_; }
  /// The arrays that there are now. What was reported of a variable stays reported.
  void set_arrays(std::vector<WatchedArray> arrays);
  void forget_reports();
  WatchedArray* find(const void* address);
  /// What was found since the last call.
  std::vector<Diagnostic> take_findings();
  void report(Diagnostic finding) { findings_.push_back(std::move(finding)); }

 private:
  WatchOptions options_;
  std::map<const void*, WatchedArray> arrays_;
  std::vector<Diagnostic> findings_;
};

/// What a kernel writes: a column, and what was there before.
struct WrittenColumn {
  std::size_t column;
  WatchedArray* target;  // nullptr: the runtime's own
  std::vector<std::byte> before{};
};

/// One call of a kernel.
struct KernelCall {
  const Kernel& kernel;
  const Executable& code;
  const KernelArgs& args;

  const void* hidden(std::string_view column) const;
  /// Calls f(begin, end) for the entries of a column that the call may write.
  template <class F>
  void for_ranges(std::size_t column, std::int64_t entries, F f) const;
};

/// Executes a kernel and compares what is there afterwards with what was before.
class WatchedKernel {
 public:
  /// Nothing if the kernel writes nothing that is watched. `object` and `block` name it in messages.
  static std::shared_ptr<WatchedKernel> of(Watch& watch, const Kernel& kernel, std::span<void* const> columns,
                                           std::string_view object, std::string_view block);

  std::int64_t run(const KernelCall& call, const Clock& clock);

 private:
  WatchedKernel(Watch& watch, std::string name) : watch_(watch), name_(std::move(name)) {}
  void keep(const KernelCall& call);
  void look(const KernelCall& call, const Clock& clock);
  Diagnostic finding(const KernelCall& call, const Clock& clock, const WrittenColumn& written,
                     std::int64_t entry) const;

  Watch& watch_;
  std::string name_;
  std::vector<WrittenColumn> written_;
};

template <class F>
void KernelCall::for_ranges(std::size_t column, std::int64_t entries, F f) const {
  const Index index = kernel.columns[column].index;
  if (index == Index::shared) return f(std::int64_t{0}, std::int64_t{1});
  if (index != Index::element) return f(std::int64_t{0}, entries);
  if (kernel.loop == Loop::elements) return f(args.begin, args.end);
  const auto* row = static_cast<const std::int64_t*>(hidden("_row"));
  const auto* row_end = static_cast<const std::int64_t*>(hidden("_row_end"));
  for (std::int64_t k = args.begin; k < args.end; ++k) {
    const std::int64_t at = args.list[k];
    if (kernel.loop == Loop::list)
      f(at, at + 1);
    else
      f(row[k], row_end[k]);
  }
}

}  // namespace ranvier
