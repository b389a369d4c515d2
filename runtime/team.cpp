#include <algorithm>
#include <ranvier/runtime/team.hpp>
#include <system_error>
#include <utility>

namespace ranvier {
namespace {

constexpr int looks = 512;  // some 20 us, a few times what lies between two pieces of work in a step
constexpr std::uint32_t open = std::uint32_t{1} << 31;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

/// Until `value` is no longer `old`.
void wait_while(const std::atomic<std::uint32_t>& value, std::uint32_t old, int looks) {
  for (int k = 0; k < looks && value.load(std::memory_order_acquire) == old; ++k) pause();
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

int thread_count(int wanted) {
  return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

// With more threads than cores, who looks out for work takes the core of one who has some.
Team::Team(int threads) : size_(threads), looks_(threads > thread_count(0) ? 0 : looks) {}

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
  if (!alone) close();
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Team::start() {
  try {
    while (std::ssize(others_) + 1 < size_)
      others_.emplace_back([this, thread = static_cast<int>(others_.size()) + 1] { help(thread); });
  } catch (const std::system_error&) {  // no more threads are to be had: those that there are do it
    size_ = static_cast<int>(others_.size()) + 1;
  }
  door_.store(open, std::memory_order_release);
  ++piece_;
  piece_.notify_all();
}

void Team::help(int thread) {
  for (std::uint32_t seen = 0;; wait_while(piece_, seen, looks_)) {
    seen = piece_.load(std::memory_order_acquire);
    if (over_) return;
    if (!enter()) continue;
    work(thread);
    leave();
  }
}

bool Team::enter() {
  std::uint32_t door = door_.load(std::memory_order_relaxed);
  while (door & open)
    if (door_.compare_exchange_weak(door, door + 1, std::memory_order_acquire)) return true;
  return false;
}

void Team::leave() {
  if (door_.fetch_sub(1, std::memory_order_release) == 1) door_.notify_one();  // closed, and the last one
}

/// And waits for those inside.
void Team::close() {
  std::uint32_t inside = door_.fetch_and(~open, std::memory_order_acquire) & ~open;
  for (; inside != 0; inside = door_.load(std::memory_order_acquire)) wait_while(door_, inside, looks_);
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
