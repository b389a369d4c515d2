#pragma once
#include <atomic>
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {

/// One of the runs of a sweep, as the code that makes it sees it.
struct SweepRun {
  std::int64_t number = 0;                  // in [0, n)
  int thread = 0;                           // that makes it, in [0, thread_count(SweepOptions::threads))
  const std::atomic<bool>* stop = nullptr;  // of the sweep

  /// Those for a network of this run: it works on one thread, since the runs have the others, and ends its
  /// runs when the sweep is stopped. What was set in `options` stays.
  NetworkOptions options(NetworkOptions options = {}) const;
};

struct SweepOptions {
  int threads = 0;  // that make runs; 0: as many as the machine runs at once
  /// Called after each run, by one thread at a time, with the number of runs that are done.
  std::function<void(std::int64_t)> progress = {};
  /// Ends the sweep, and the networks with the options of its runs, once it is true. Another thread may set
  /// it, or a signal handler.
  const std::atomic<bool>* stop = nullptr;
};

/// A run of a sweep failed. The text says which and why; what the run threw is nested in it.
class SweepError : public NetworkError {
 public:
  SweepError(std::int64_t run, const std::string& message) : NetworkError(message), run_(run) {}
  std::int64_t run() const { return run_; }

 private:
  std::int64_t run_;
};

/// Calls `make` for each of the runs [0, n), on several threads. What a run does must depend on its number
/// alone. Runs begin in the order of their numbers. When one throws no others begin, and when those that have
/// begun are done, SweepError is thrown for the first of all that fail. Throws NetworkError for a negative n,
/// and if the sweep was stopped before all runs were done.
void for_each_run(std::int64_t n, const std::function<void(const SweepRun&)>& make,
                  const SweepOptions& options = {});

/// What `make` returns for each of the runs [0, n), in the order of their numbers: see for_each_run. Where it
/// returns nothing, neither does this.
template <std::invocable<const SweepRun&> Make>
auto sweep(std::int64_t n, Make&& make, const SweepOptions& options = {}) {
  using Result = std::invoke_result_t<Make&, const SweepRun&>;
  if constexpr (std::is_void_v<Result>) {
    for_each_run(n, std::ref(make), options);
  } else {
    std::vector<std::optional<std::decay_t<Result>>> made(static_cast<std::size_t>(n > 0 ? n : 0));
    for_each_run(
        n, [&](const SweepRun& run) { made[static_cast<std::size_t>(run.number)].emplace(make(run)); },
        options);
    std::vector<std::decay_t<Result>> results;
    results.reserve(made.size());
    for (auto& result : made) results.push_back(std::move(*result));
    return results;
  }
}

}  // namespace ranvier
