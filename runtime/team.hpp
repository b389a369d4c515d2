#pragma once
#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ranvier {

/// As many threads as the machine runs at once, if `wanted` is 0; otherwise `wanted`.
int thread_count(int wanted);

/// Threads that work for one network: the one that calls and others, which are made when they are first
/// needed, look out for work for a moment after each piece of it, and then sleep. Nobody waits for one that
/// sleeps: who comes when all parts are taken finds the door closed.
class Team {
 public:
  explicit Team(int threads);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  int size() const { return size_; }
  /// Calls f(part, thread) for every part of [0, parts), each once; `thread` is the number, below `size`, of
  /// who does it. What the parts do must not depend on who does them and when. If some throw, no new ones are
  /// begun, and when all that have begun are done, the exception of the first part among them is thrown.
  void each(std::int64_t parts, const std::function<void(std::int64_t, int)>& f);

 private:
  void start();
  void help(int thread);
  bool enter();
  void leave();
  void close();
  void work(int thread);
  void note(std::int64_t part, std::exception_ptr error);

  int size_;
  int looks_;  // for work, before sleeping
  std::vector<std::thread> others_;
  std::atomic<std::uint32_t> piece_{0};  // counts pieces of work; waited for
  std::atomic<std::uint32_t> door_{0};   // how many of the others are inside, and whether it is open
  std::atomic<bool> over_{false};
  // The piece of work; it changes only while the door is closed and nobody inside.
  const std::function<void(std::int64_t, int)>* f_ = nullptr;
  std::int64_t parts_ = 0;
  std::atomic<std::int64_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::exception_ptr error_;
  std::int64_t failed_part_ = 0;
};

}  // namespace ranvier
