#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/kernel_abi.hpp>

namespace ranvier {

/// A kernel that can be called. Shares ownership of whatever its code lives in.
class Executable {
 public:
  virtual ~Executable() = default;
  virtual std::int64_t run(const KernelArgs& args) const = 0;
};
using ExecutablePtr = std::shared_ptr<const Executable>;

/// Where the time of a build went [s].
struct BuildTimes {
  double emit = 0;
  double optimise = 0;
  double link = 0;
};

/// Turns kernels into something that runs. One build is one module.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::string name() const = 0;
  /// One executable per kernel, in order. Throws BackendError.
  virtual std::vector<ExecutablePtr> build(const std::vector<Kernel>& kernels,
                                           BuildTimes* times = nullptr) = 0;
  /// The generated code of a kernel as text ("ir": before optimisation, "optimised", "asm"); "" if the back
  /// end has none.
  virtual std::string inspect(const Kernel& kernel, const std::string& what) = 0;
};

/// Where compiled code is kept if nobody says otherwise: what RANVIER_CACHE names (nowhere if that is empty),
/// else `ranvier` in XDG_CACHE_HOME or ~/.cache; "" if there is no such place, or the process has more rights
/// than its user.
std::string default_cache_folder();

struct BackendOptions {
  std::string name = "llvm";  // or "reference"
  int lanes = 0;              // SIMD width in doubles: 1, 2, 4, 8; 0: what the machine has
  /// exp, sin, pow ... of the C library, one lane at a time, instead of SLEEF's: the bits of a program in C,
  /// and of the reference back end, at a few times the cost. Without meaning for the reference back end.
  bool precise = false;
  /// The folder that keeps machine code for later processes; "": none does. What is in it is executed:
  /// docs/latency.md.
  std::string cache = default_cache_folder();
};

/// The one place that turns a name into a back end. Throws NetworkError for an unknown name or width.
std::unique_ptr<Backend> make_backend(const BackendOptions& options);

/// x' = M x + b over h, as Propagator describes; P and Q are row-major size x size. Accurate to a few ulp of
/// the norm.
void compute_propagator(int size, const double* matrix, double h, double* p, double* q);

/// Value of an expression without elements: numbers, built-ins and the given names.
double evaluate(const Expr& expr, const std::vector<std::pair<std::string, double>>& names);

}  // namespace ranvier
