#include <ranvier/compiler/passes/reference_solves.hpp>

namespace ranvier::pass {

std::string why_reference_declines(const System&, const LinearSystem&) {
  return {};
}

}  // namespace ranvier::pass
