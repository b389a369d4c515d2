#pragma once
#include <cstdint>

#include <ranvier/runtime/new_synapses.hpp>
#include <ranvier/runtime/sampling.hpp>
#include <ranvier/runtime/team.hpp>

namespace ranvier {

/// A rule without texts: every pair with the same probability, the same number of copies.
struct PlainRule {
  std::int64_t sources = 0;
  std::int64_t first_target = 0;  // absolute
  std::int64_t targets = 0;
  double p = 1;
  std::int64_t copies = 1;
  RandomKey key;  // row s of its stream decides about source s
};

/// Its synapses, source after source. The work is proportional to them. The same for any number of threads,
/// and with `kernels` or without. Throws NetworkError if there are too many.
Connectivity plain_rows(const PlainRule& rule, Room& room, const DrawKernels* kernels, Team& team);

}  // namespace ranvier
