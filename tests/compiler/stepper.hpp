#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/compile.hpp>

namespace ranvier::test {

/// One neuron whose kernels are executed step by step by the reference back end: update with threshold, then
/// the reset. Arrays exist for whatever the kernels name; all begin at zero but lastspike and not_refractory.
class Stepper {
 public:
  Stepper(const GroupKernels& kernels, Namespace names, double dt);

  double& operator[](const std::string& variable) { return state_[variable]; }
  /// Executes the next step; true if the neuron spiked.
  bool step();
  /// Executes steps until step number `end`; the numbers of those with a spike.
  std::vector<int> spikes_until(int end);

 private:
  struct Code {
    Kernel kernel;
    ExecutablePtr executable;
    std::map<std::string, double> propagators;
  };
  Code build(const Kernel& kernel) const;
  double scalar(const Code& code, const Scalar& scalar) const;
  std::int64_t run(const Code& code);

  Namespace names_;
  double dt_;
  int step_ = 0;
  std::map<std::string, double> state_{{"lastspike", -1e4}, {"not_refractory", 1}};
  std::vector<Code> codes_;
};

}  // namespace ranvier::test
