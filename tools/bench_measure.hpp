#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <ranvier/tools/session.hpp>

// What a step of a model costs, on a back end, a SIMD width, a number of threads.
namespace ranvier::tool {

struct BenchSetting {
  std::string code;  // "llvm", "precise", "reference", "by hand"
  BackendOptions backend;
  int threads = 1;
  Dtype dtype = Dtype::float64;
};
/// The usual setting and all cores; or also every width, every back end and float32 where synapses keep it.
std::vector<BenchSetting> bench_settings(bool all);

struct Measured {
  std::string model;
  BenchSetting setting;
  std::int64_t neurons = 0;
  std::int64_t synapses = 0;
  double step = 0;   // [s] of wall time, the shortest of some runs
  double event = 0;  // [s] a synaptic event; 0: there are none
  double limit = 0;  // [s] that a neuron takes at least on this machine; 0: not known
  PhaseTimes phases = {};
  double per_neuron() const { return step / static_cast<double>(neurons); }
};

/// Measures for about `seconds`. Throws ModelError.
Measured measure(const std::string& name, const SourcePtr& text, const BenchSetting& setting, double seconds);
/// The same for the model written by hand; no step if nobody has.
Measured measure_by_hand(const std::string& name, const SourcePtr& text, double seconds);

}  // namespace ranvier::tool
