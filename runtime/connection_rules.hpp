#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <ranvier/runtime/connect_options.hpp>

/// Usual rules of connection, as what `Synapses::connect` takes: `synapses.connect(fixed_indegree(100))`.
/// `to_string(rule)` prints the text that a rule stands for, which can be changed and given to `connect`
/// itself.
namespace ranvier {

struct DegreeOptions {
  bool autapses = true;    // a neuron may be connected to itself; for synapses of a group with itself
  bool multapses = false;  // neurons are drawn with replacement, so that pairs may have several synapses
};

/// Neuron k to neuron k. The target must have as many neurons as the source, or more.
ConnectOptions one_to_one();
/// `n` synapses of every target, from random sources. Throws NetworkError unless n >= 0.
ConnectOptions fixed_indegree(std::int64_t n, const DegreeOptions& options = {});
/// `n` synapses of every source, to random targets. Throws NetworkError unless n >= 0.
ConnectOptions fixed_outdegree(std::int64_t n, const DegreeOptions& options = {});

struct TotalOptions {
  bool multapses = false;  // pairs are drawn with replacement
  std::uint64_t seed = 0;  // of these draws
};
/// `n` of all pairs of `sources` and `targets` neurons, each set of pairs equally likely. Throws NetworkError
/// if there are fewer pairs and each can be taken only once.
ConnectOptions fixed_total_number(std::int64_t n, std::int64_t sources, std::int64_t targets,
                                  const TotalOptions& options = {});

struct DistanceOptions {
  std::vector<std::string> coordinates = {"x", "y"};  // variables of both groups
  std::string period =
      {};  // of a space that is closed in itself, a length as text: "1*mm"; "": it has borders
  bool autapses = true;
};
/// Every pair with a probability that depends on the distance {d} of its neurons, a text:
/// "0.3*exp(-{d}/(100*um))". Looks at every pair. Throws NetworkError for a text without {d}, or without
/// coordinates.
ConnectOptions by_distance(const std::string& probability, const DistanceOptions& options = {});

/// A rule as one would write it: connect(j='k for k in sample(N_post, size=3)').
std::string to_string(const ConnectOptions& rule);

}  // namespace ranvier
