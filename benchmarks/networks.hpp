#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/benchmarks/hand.hpp>
#include <ranvier/ranvier.hpp>

namespace ranvier::bench {

/// A network made from texts, and what the benchmark asks of it.
struct Built {
  std::unique_ptr<Network> net;
  Group* neurons = nullptr;              // whose spikes are counted
  std::vector<Synapses*> synapses = {};  // among them
  std::string weight = {};               // the variable of the first of them that learns; empty: none does
};

/// What one neuron costs in a step at the least, and one synaptic event; for the fraction of the machine's
/// limit.
struct Work {
  double bytes = 0;        // of state read and written, a neuron and step
  double operations = 0;   // arithmetic, a neuron and step
  double event_bytes = 4;  // of the row, an event
};

/// A benchmark: the same network from texts and written by hand.
struct Definition {
  std::string_view id;    // "B1"
  std::string_view name;  // "cuba"
  std::vector<std::int64_t> sizes;
  Work work;
  std::function<Built(std::int64_t size, std::uint64_t seed)> build;
  /// Begins where the built network stands: the same synapses, the same state. Empty: there is none.
  std::function<std::unique_ptr<Hand>(const Built&)> by_hand;
  double compared = 1;  // [s] of model time
};

/// All of them, in the order of the report.
std::span<const Definition> definitions();
/// Those of B9, among them.
std::vector<Definition> delivery_definitions();
/// That in noise (B7), among them.
std::vector<Definition> noise_definitions();
/// Those of Brunel (B5), among them.
std::vector<Definition> brunel_definitions();
/// Those that learn (B6), among them.
std::vector<Definition> learning_definitions();
/// nullptr: there is none of this name.
const Definition* find_definition(std::string_view name);

}  // namespace ranvier::bench
