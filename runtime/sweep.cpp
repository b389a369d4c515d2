#include <fmt/format.h>
#include <mutex>
#include <ranvier/runtime/sweep.hpp>

namespace ranvier {
namespace {

/// Throws what `make` threw, with the number of the run.
void make_run(std::int64_t n, const SweepRun& run, const std::function<void(const SweepRun&)>& make) {
  const auto failed = [&](const std::string& why) {
    std::throw_with_nested(
        SweepError(run.number, fmt::format("run {} of {} failed: {}", run.number, n, why)));
  };
  try {
    make(run);
  } catch (const std::exception& error) {
    failed(error.what());
  } catch (...) {
    failed("it threw something that is not a std::exception");
  }
}

}  // namespace

NetworkOptions SweepRun::options(NetworkOptions options) const {
  if (options.threads == 0) options.threads = 1;
  if (!options.stop) options.stop = stop;
  return options;
}

void for_each_run(std::int64_t n, const std::function<void(const SweepRun&)>& make,
                  const SweepOptions& options) {
  if (n < 0) throw NetworkError(fmt::format("sweep: {} runs, but the number must be zero or positive", n));
  const auto stopped = [&] { return options.stop && options.stop->load(std::memory_order_relaxed); };
  std::mutex mutex;
  std::int64_t done = 0;
  Team team(thread_count(options.threads));
  team.each(n, [&](std::int64_t number, int thread) {
    if (stopped()) return;
    make_run(n, {number, thread, options.stop}, make);
    if (stopped()) return;  // perhaps in the middle of it
    const std::lock_guard lock(mutex);
    ++done;
    if (options.progress) options.progress(done);
  });
  if (done < n)
    throw NetworkError(fmt::format("the sweep was stopped when {} of {} runs were done", done, n));
}

}  // namespace ranvier
