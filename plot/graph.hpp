#pragma once
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/plot/error.hpp>

namespace ranvier::plot {

/// Named things and which of them are joined: the compartments of a neuron.
struct Graph {
  struct Node {
    std::string name;
    std::string colour = {};  // a CSS name or "#rrggbb" to fill it with; empty: pale
  };
  struct Edge {
    std::size_t a = 0, b = 0;  // indices of nodes
    std::string label = {};    // written at its middle
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

struct GraphOptions {
  double font_size = 10;  // points
  double dpi = 150;       // of a PNG
  std::string title = {};
};

/// Draws the graph from its first node downwards, each node below the one that it was reached from; the page
/// is as large as it needs to be. The extension decides the format as in Figure::save. Throws FigureError for
/// a graph without nodes, an edge to a node that is not there, or a file that cannot be written.
void save(const Graph& graph, const std::filesystem::path& path, const GraphOptions& options = {});
/// The text of the SVG file.
std::string svg(const Graph& graph, const GraphOptions& options = {});

/// What has compartments, and conductances between them.
template <class M>
concept Compartments = requires(const M& model) {
  { model.compartment_names() } -> std::convertible_to<std::vector<std::string>>;
  { model.couplings().front().a } -> std::convertible_to<std::string>;
  { model.couplings().front().b } -> std::convertible_to<std::string>;
  { *model.couplings().front().g } -> std::convertible_to<AnyQuantity>;
};

/// The compartments of a neuron model and their couplings, with the conductances.
template <Compartments M>
Graph graph_of(const M& model) {
  Graph graph;
  const std::vector<std::string> names = model.compartment_names();
  for (const std::string& name : names) graph.nodes.push_back({name});
  const auto index = [&](const std::string& name) {
    std::size_t i = 0;
    while (i < names.size() && names[i] != name) ++i;
    return i;
  };
  for (const auto& coupled : model.couplings()) {
    graph.edges.push_back({index(coupled.a), index(coupled.b),
                           coupled.g ? to_string(AnyQuantity(*coupled.g)) : std::string("?")});
  }
  return graph;
}

}  // namespace ranvier::plot
