#pragma once

namespace ranvier::tool {

// The same work, compiled for the widest vectors that the processor has: what is compiled for every machine
// of its kind would measure the width of the oldest one. `work` and everything that it calls must be inlined
// always, without calls into libraries that were compiled otherwise.
#if defined(__x86_64__)
template <class Work>
[[gnu::target("avx512f,avx512vl,avx512dq,fma")]] double with_512_bits(const Work& work) {
  return work();
}
template <class Work>
[[gnu::target("avx2,fma")]] double with_256_bits(const Work& work) {
  return work();
}
template <class Work>
double at_widest(const Work& work) {
  if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) return with_512_bits(work);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return with_256_bits(work);
  return work();
}
#else
template <class Work>
double at_widest(const Work& work) {
  return work();
}
#endif

}  // namespace ranvier::tool
