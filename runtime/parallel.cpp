#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <ranvier/runtime/parallel.hpp>
#include <system_error>
#include <thread>
#include <vector>

namespace ranvier {
namespace {

/// Parts that are taken in ascending order: whatever failed first among them has had all before it begun.
class Parts {
 public:
  Parts(std::int64_t count, const std::function<void(std::int64_t, int)>& f) : count_(count), f_(f) {}

  void work(int thread) {
    for (std::int64_t part = next_++; part < count_ && !failed_; part = next_++) try {
        f_(part, thread);
      } catch (...) {
        note(part, std::current_exception());
      }
  }

  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void note(std::int64_t part, std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    failed_ = true;
    if (!error_ || part < part_) error_ = std::move(error), part_ = part;
  }

  std::int64_t count_;
  const std::function<void(std::int64_t, int)>& f_;
  std::atomic<std::int64_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::exception_ptr error_;
  std::int64_t part_ = 0;
};

}  // namespace

int thread_count(int wanted) {
  return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

void in_parallel(int threads, std::int64_t parts, const std::function<void(std::int64_t, int)>& f) {
  Parts work(parts, f);
  std::vector<std::jthread> others;
  try {
    for (int k = 1; k < std::min<std::int64_t>(threads, parts); ++k)
      others.emplace_back([&work, k] { work.work(k); });
  } catch (const std::system_error&) {  // no more threads are to be had: those that there are do it
  }
  work.work(0);
  others.clear();
  work.rethrow();
}

}  // namespace ranvier
