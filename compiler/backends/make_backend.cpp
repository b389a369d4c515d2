#include <ranvier/compiler/backends/backend.hpp>
#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/compiler/backends/llvm/llvm_backend.hpp>
#include <ranvier/compiler/backends/reference/reference.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier {

std::unique_ptr<Backend> make_backend(const BackendOptions& options) {
  const int lanes = options.lanes;
  if (lanes != 0 && lanes != 1 && lanes != 2 && lanes != 4 && lanes != 8)
    throw NetworkError("lanes is " + std::to_string(lanes) +
                       "; it can be 1, 2, 4, 8, or 0 for what the machine has");
  if (options.name == "llvm")
    return llvm_backend::make(lanes == 0 ? widest_lanes() : lanes, options.precise, options.cache);
  if (options.name == "reference") return reference_backend::make();
  throw NetworkError("there is no back end '" + options.name + "'; there are: llvm, reference");
}

}  // namespace ranvier
