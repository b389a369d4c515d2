#pragma once
#include <cstdint>
#include <functional>

/// Work in processes of their own: with bounds on memory, time and files, or to be killed.
namespace ranvier::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool has_shadow = true;  // a sanitizer's own memory is beyond every bound
#elif defined(__has_feature)
constexpr bool has_shadow = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool has_shadow = false;
#endif

/// Lets this process use so much more memory than now, and a minute of time.
void bound_this_process(std::uint64_t more_bytes);
/// Lets this process write files of so many bytes; writing more is an error.
void bound_files(std::uint64_t bytes);

/// Starts a process that calls `work` and ends with what it returns.
int start_child(const std::function<int()>& work);
void kill_child(int child);
/// What a child ended with; `killed` if it did not end by itself.
int end_of(int child);
constexpr int killed = -1;

}  // namespace ranvier::test
