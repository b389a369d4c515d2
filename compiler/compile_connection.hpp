#pragma once
#include <array>
#include <optional>

#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/model.hpp>
#include <ranvier/compiler/namespace.hpp>
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier {

/// The texts of one connect call; empty handles: not given. Without a generator the candidates are all
/// targets of one source after the other, or pairs that are given as numbers.
struct ConnectionText {
  SourcePtr generator = {};
  bool over_targets = false;  // the generator gives the sources of one target after the other
  bool pairs = false;
  SourcePtr condition = {};  // without a generator
  SourcePtr p = {};          // without a generator
  SourcePtr n = {};
};

/// What is computed for a connection, in this order: the first two for a batch of neurons of the outer side,
/// the others for a batch of candidates.
enum class ConnectionStep : std::uint8_t {
  bounds,       // stores _low, _high, _step, _size (i64) and _p (f64), those that are written
  admission,    // a condition on the outer neuron alone
  element,      // stores _index (i64); without it the index is the number of the loop
  condition,    // a condition on the candidate
  probability,  // stores _p; its condition holds if the draw keeps the candidate, or if _p is negative
  copies,       // stores _copies (i64)
};
inline constexpr std::size_t connection_steps = 6;

/// Elements kernels over batches, with what they need of hidden columns: _source and _target (arrays _sources
/// and _targets, i32, absolute neurons), _iterate (i64, the number of the loop), and those that they store.
/// Draws depend on the position in the batch alone: batches that draw need keys of their own.
struct ConnectionCode {
  std::optional<Generator> generator;  // as parsed, for its places
  Expr p, n;                           // likewise
  std::array<std::optional<Kernel>, connection_steps> kernels;
  std::vector<Diagnostic> warnings{};
  bool condition_reads_result = false;  // the condition reads variables of the neuron that the element gives

  const std::optional<Kernel>& operator[](ConnectionStep step) const {
    return kernels[static_cast<std::size_t>(step)];
  }
};

/// Throws ModelError with every problem of the texts.
ConnectionCode compile_connection(const SynapsesModel& synapses, const ConnectionText& text,
                                  const Namespace& names);

/// Whether a kernel draws random numbers.
bool draws(const Kernel& kernel);

}  // namespace ranvier
