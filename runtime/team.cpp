#include <algorithm>
#include <ranvier/runtime/team.hpp>
#include <system_error>
#include <utility>

namespace ranvier {
namespace {

constexpr int looks =
    4096;  // for work, before sleeping: some microseconds, about the time between two pieces in a step

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

/// Until `value` is no longer `old`.
template <class T>
void wait_while(const std::atomic<T>& value, T old) {
  for (int k = 0; k < looks && value.load(std::memory_order_acquire) == old; ++k) pause();
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

int thread_count(int wanted) {
  return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

Team::~Team() {
  over_ = true;
  ++piece_;
  piece_.notify_all();
  for (std::thread& other : others_) other.join();
}

void Team::each(std::int64_t parts, const std::function<void(std::int64_t, int)>& f) {
  f_ = &f;
  parts_ = parts;
  next_ = 0;
  failed_ = false;
  error_ = nullptr;
  const bool alone = size_ == 1 || parts <= 1;
  if (!alone) start();
  work(0);
  if (!alone) wait_for_others();
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Team::start() {
  try {
    while (std::ssize(others_) + 1 < size_)
      others_.emplace_back(
          [this, thread = static_cast<int>(others_.size()) + 1, seen = piece_.load()]() mutable {
            for (;; ++seen) {
              wait_while(piece_, seen);
              if (over_) return;
              work(thread);
              if (--busy_ == 0) busy_.notify_one();
            }
          });
  } catch (const std::system_error&) {  // no more threads are to be had: those that there are do it
    size_ = static_cast<int>(others_.size()) + 1;
  }
  busy_ = static_cast<std::int32_t>(others_.size());
  ++piece_;
  piece_.notify_all();
}

void Team::wait_for_others() {
  for (std::int32_t left = busy_; left != 0; left = busy_) wait_while(busy_, left);
}

void Team::work(int thread) {
  for (std::int64_t part = next_++; part < parts_ && !failed_; part = next_++) try {
      (*f_)(part, thread);
    } catch (...) {
      note(part, std::current_exception());
    }
}

void Team::note(std::int64_t part, std::exception_ptr error) {
  const std::lock_guard lock(mutex_);
  failed_ = true;
  if (!error_ || part < failed_part_) error_ = std::move(error), failed_part_ = part;
}

}  // namespace ranvier
