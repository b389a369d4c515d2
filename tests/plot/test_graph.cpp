#include <doctest/doctest.h>

#include <map>
#include <optional>

#include <ranvier/compiler/units.hpp>
#include <ranvier/plot/graph.hpp>

#include "tests/plot/xml.hpp"

using namespace ranvier;
using namespace ranvier::units;
using namespace ranvier::test;
using plot::FigureError;
using plot::Graph;

namespace {

/// The texts of a picture and where they stand.
std::map<std::string, std::pair<double, double>> places(const Graph& graph,
                                                        const plot::GraphOptions& options = {}) {
  std::map<std::string, std::pair<double, double>> result;
  for (const Element& element : XmlReader::read(svg(graph, options)))
    if (element.name == "text")
      result[element.text] = {std::stod(element.attributes.at("x")), std::stod(element.attributes.at("y"))};
  return result;
}

/// What a neuron model says of itself.
struct Cell {
  struct Coupled {
    std::string a, b;
    std::optional<Conductance> g;
  };
  std::vector<std::string> compartment_names() const { return {"soma", "trunk", "basal"}; }
  std::vector<Coupled> couplings() const {
    return {{"soma", "trunk", 15 * nS}, {"basal", "soma", std::nullopt}};
  }
};

}  // namespace

TEST_CASE("a tree stands on its root, families together and parents above the middle of their children") {
  const Graph graph{{{"soma"}, {"left"}, {"right"}, {"tip1"}, {"tip2"}},
                    {{0, 1}, {2, 0}, {1, 3}, {1, 4, "2 nS"}}};
  const auto at = places(graph);
  const auto x = [&](const char* name) { return at.at(name).first; };
  const auto y = [&](const char* name) { return at.at(name).second; };
  CHECK(y("soma") < y("left"));
  CHECK(y("left") == y("right"));
  CHECK(y("tip1") > y("left"));
  CHECK(x("tip1") < x("tip2"));
  CHECK(x("tip2") < x("right"));
  CHECK(x("left") == doctest::Approx((x("tip1") + x("tip2")) / 2).epsilon(1e-3));
  CHECK(x("2 nS") > x("left"));
  CHECK(x("2 nS") < x("tip2"));
}

TEST_CASE("a circle, a second tree and a node alone are drawn too, none upon another") {
  const Graph graph{{{"a"}, {"b"}, {"c"}, {"alone"}, {"p"}, {"q"}}, {{0, 1}, {1, 2}, {2, 0}, {4, 5}}};
  const auto at = places(graph);
  REQUIRE(at.size() == 6);
  std::map<std::pair<double, double>, int> taken;
  for (const auto& [name, place] : at) ++taken[place];
  CHECK(taken.size() == 6);
}

TEST_CASE("a model's compartments and conductances make a graph") {
  const Graph graph = plot::graph_of(Cell());
  REQUIRE(graph.nodes.size() == 3);
  REQUIRE(graph.edges.size() == 2);
  CHECK(graph.edges[0].label == "15 nS");
  CHECK(graph.edges[1].a == 2);
  CHECK(graph.edges[1].label == "?");
  CHECK(places(graph, {.title = "a cell"}).contains("a cell"));
}

TEST_CASE("a graph that cannot be drawn is refused") {
  CHECK_THROWS_WITH_AS(svg(Graph{}), "a graph needs at least one node", FigureError);
  CHECK_THROWS_WITH_AS(svg(Graph{{{"a"}}, {{0, 1}}}), doctest::Contains("only 1, counted from 0"),
                       FigureError);
  CHECK_THROWS_AS(svg(Graph{{{"a", "no colour"}}, {}}), FigureError);
  CHECK_THROWS_AS(save(Graph{{{"a"}}, {}}, "picture.gif"), FigureError);
}

TEST_CASE("ten thousand nodes in a row are drawn") {
  Graph graph{{{"n"}}, {}};
  for (std::size_t i = 1; i < 10'000; ++i) {
    graph.nodes.push_back({"n"});
    graph.edges.push_back({i - 1, i});
  }
  CHECK_NOTHROW(svg(graph));
}
