#pragma once

namespace ranvier::tool {

// The same work, compiled for the widest vectors that the processor has: what is compiled for every machine
// of its kind would measure the width of the oldest one. `work` and everything that it calls must be inlined
// always, without calls into libraries that were compiled otherwise.
#if defined(__x86_64__)
// The file's options must ask for it too (-mprefer-vector-width=512): each compiler listens to one of them.
#ifdef __clang__
#define RANVIER_PREFER_512 ""
#else
#define RANVIER_PREFER_512 ",prefer-vector-width=512"
#endif
template <class Work>
[[gnu::target("avx512f,avx512vl,avx512dq,avx512bw,fma" RANVIER_PREFER_512)]] double with_512_bits(
    const Work& work) {
  return work();
}
#undef RANVIER_PREFER_512
template <class Work>
[[gnu::target("avx2,fma")]] double with_256_bits(const Work& work) {
  return work();
}
template <class Work>
double at_widest(const Work& work) {
  if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw"))
    return with_512_bits(work);
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
