#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <utility>

#include <ranvier/plot/graph.hpp>
#include <ranvier/plot/save.hpp>
#include <ranvier/plot/text.hpp>

namespace ranvier::plot {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);
constexpr std::size_t most_nodes = 10'000;
// Where an edge has its label, from the upper end: low enough that those of brothers stand side by side.
constexpr double label_place = 0.6;

void check(const Graph& graph, const GraphOptions& options) {
  const std::size_t n = graph.nodes.size();
  if (n == 0) throw FigureError("a graph needs at least one node");
  if (n > most_nodes) throw FigureError("a graph of more than 10000 nodes cannot be drawn");
  for (const Graph::Edge& edge : graph.edges) {
    if (edge.a < n && edge.b < n) continue;
    throw FigureError("an edge joins the nodes " + std::to_string(edge.a) + " and " + std::to_string(edge.b) +
                      ", but there are only " + std::to_string(n) + ", counted from 0");
  }
  if (!(options.font_size >= 2 && options.font_size <= 100))
    throw FigureError("font_size must be between 2 and 100");
  if (!(options.dpi >= 10 && options.dpi <= 2400)) throw FigureError("dpi must be between 10 and 2400");
}

/// Where each node stands in rows and columns: below the node that it was reached from.
struct Tree {
  std::vector<std::size_t> parent, row;
  std::vector<double> column;
  std::size_t rows = 0;
  double columns = 0;
};

std::vector<std::vector<std::size_t>> neighbours(const Graph& graph) {
  std::vector<std::vector<std::size_t>> list(graph.nodes.size());
  for (const Graph::Edge& edge : graph.edges) {
    list[edge.a].push_back(edge.b);
    list[edge.b].push_back(edge.a);
  }
  return list;
}

// In the order in which they are reached from `root`; each knows its parent.
std::vector<std::size_t> reached_from(std::size_t root, const std::vector<std::vector<std::size_t>>& near,
                                      Tree& tree) {
  std::vector<std::size_t> order{root};
  tree.row[root] = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    for (const std::size_t next : near[order[k]]) {
      if (tree.row[next] != none) continue;
      tree.row[next] = tree.row[order[k]] + 1;
      tree.parent[next] = order[k];
      order.push_back(next);
    }
  }
  return order;
}

// Leaves take one column after the other, in the order of a walk that keeps families together; parents stand
// over the middle of their children.
void place_columns(const std::vector<std::size_t>& order, Tree& tree) {
  std::vector<std::vector<std::size_t>> children(tree.row.size());
  for (const std::size_t node : order)
    if (tree.parent[node] != none) children[tree.parent[node]].push_back(node);
  std::vector<std::size_t> stack{order.front()}, walk;
  while (!stack.empty()) {
    const std::size_t node = stack.back();
    stack.pop_back();
    walk.push_back(node);
    stack.insert(stack.end(), children[node].rbegin(), children[node].rend());
  }
  for (const std::size_t node : walk)
    if (children[node].empty()) tree.column[node] = tree.columns++;
  for (std::size_t k = walk.size(); k-- > 0;) {
    const auto& below = children[walk[k]];
    if (below.empty()) continue;
    tree.column[walk[k]] = (tree.column[below.front()] + tree.column[below.back()]) / 2;
  }
}

Tree tree_of(const Graph& graph) {
  const std::size_t n = graph.nodes.size();
  Tree tree{std::vector<std::size_t>(n, none), std::vector<std::size_t>(n, none), std::vector<double>(n)};
  const auto near = neighbours(graph);
  for (std::size_t root = 0; root < n; ++root)
    if (tree.row[root] == none) place_columns(reached_from(root, near, tree), tree);
  tree.rows = *std::ranges::max_element(tree.row) + 1;
  return tree;
}

/// Sizes of the page and its parts, in points.
struct Sheet {
  double font = 10, box_width = 0, box_height = 0, step_x = 0, step_y = 0, top = 0;
  PageSize page;

  Sheet(const Graph& graph, const Tree& tree, const GraphOptions& options) : font(options.font_size) {
    double widest = 2, label = 0;
    for (const auto& node : graph.nodes) widest = std::max(widest, text_width(clean_text(node.name)));
    for (const auto& edge : graph.edges) label = std::max(label, text_width(clean_text(edge.label)));
    box_width = font * (widest + 1.6);
    box_height = 2 * font;
    step_x = std::max(box_width + 1.5 * font, font * (label + 1.5) / label_place);
    step_y = box_height + (graph.edges.empty() ? 1.5 : 3.5) * font;
    top = font * (options.title.empty() ? 1 : 3);
    const double title = font * (1.25 * text_width(clean_text(options.title)) + 2);
    const double right = (tree.columns - 1) * step_x + box_width + 2 * font + font * label / 2;
    page.width_inches = std::max(title, right) / 72;
    page.height_inches = (top + static_cast<double>(tree.rows - 1) * step_y + box_height + font) / 72;
  }

  Point centre(const Tree& tree, std::size_t node) const {
    return {font + box_width / 2 + tree.column[node] * step_x,
            top + box_height / 2 + static_cast<double>(tree.row[node]) * step_y};
  }
};

void draw_edge(const Graph::Edge& edge, Point a, Point b, double font, Canvas& canvas) {
  canvas.line(a, b, {{90, 90, 90, 1}, 1.5, false});
  const std::string text = clean_text(edge.label);
  if (text.empty()) return;
  if (a.y > b.y) std::swap(a, b);
  const Point at{std::lerp(a.x, b.x, label_place), std::lerp(a.y, b.y, label_place)};
  const double width = 0.9 * font * text_width(text) + 0.4 * font, height = 1.2 * font;
  canvas.rect({at.x - width / 2, at.y - height / 2, width, height}, {255, 255, 255, 1});
  canvas.text({at.x, at.y + baseline_drop * 0.9 * font}, text,
              {0.9 * font, TextStyle::Anchor::middle, false});
}

void draw_node(const Graph::Node& node, Point at, const Sheet& sheet, Canvas& canvas) {
  const Rect box{at.x - sheet.box_width / 2, at.y - sheet.box_height / 2, sheet.box_width, sheet.box_height};
  canvas.rect(box, node.colour.empty() ? Colour{221, 232, 243, 1} : parse_colour(node.colour));
  canvas.polyline(std::array<Point, 5>{{{box.x, box.y},
                                        {box.right(), box.y},
                                        {box.right(), box.bottom()},
                                        {box.x, box.bottom()},
                                        {box.x, box.y}}},
                  {{}, 0.8, false});
  canvas.text({at.x, at.y + baseline_drop * sheet.font}, clean_text(node.name),
              {sheet.font, TextStyle::Anchor::middle, false});
}

void draw(const Graph& graph, const Tree& tree, const Sheet& sheet, const std::string& title,
          Canvas& canvas) {
  const double width = 72 * sheet.page.width_inches, font = sheet.font;
  // Beyond the page too: its last pixels may be parts of a point.
  canvas.rect(Rect{0, 0, width, 72 * sheet.page.height_inches}.grown(1), {255, 255, 255, 1});
  if (!title.empty())
    canvas.text({width / 2, 2 * font}, title, {1.25 * font, TextStyle::Anchor::middle, false});
  for (const Graph::Edge& edge : graph.edges)
    draw_edge(edge, sheet.centre(tree, edge.a), sheet.centre(tree, edge.b), font, canvas);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    draw_node(graph.nodes[i], sheet.centre(tree, i), sheet, canvas);
}

/// The finished file, on a canvas that `make` gives for a page.
template <class Make>
std::string drawn(const Graph& graph, const GraphOptions& options, Make make) {
  check(graph, options);
  const Tree tree = tree_of(graph);
  const Sheet sheet(graph, tree, options);
  const std::string title = clean_text(options.title);
  const std::unique_ptr<Canvas> canvas = make(sheet.page, title);
  draw(graph, tree, sheet, title, *canvas);
  return canvas->finish();
}

}  // namespace

void save(const Graph& graph, const std::filesystem::path& path, const GraphOptions& options) {
  write_whole(path, drawn(graph, options, [&](PageSize size, const std::string& title) {
                return canvas_for(path, size, options.dpi, title);
              }));
}

std::string svg(const Graph& graph, const GraphOptions& options) {
  return drawn(graph, options, make_svg_canvas);
}

}  // namespace ranvier::plot
