#pragma once
#include <cstdint>
#include <functional>

namespace ranvier {

/// As many threads as the machine runs at once, if `wanted` is 0; otherwise `wanted`.
int thread_count(int wanted);

/// Calls f(part) for every part of [0, parts), each once, on up to `threads` threads, this one among them.
/// What the parts do must not depend on who does them and when. If some throw, the exception of the first
/// part among them is thrown, after all that have begun are done; no new ones are begun then.
void in_parallel(int threads, std::int64_t parts, const std::function<void(std::int64_t, int)>& f);

}  // namespace ranvier
