#include <algorithm>
#include <cmath>
#include <utility>

#include <ranvier/plot/bins.hpp>
#include <ranvier/plot/draw.hpp>
#include <ranvier/plot/figure.hpp>
#include <ranvier/plot/layout.hpp>
#include <ranvier/plot/save.hpp>
#include <ranvier/plot/terminal.hpp>
#include <ranvier/plot/text.hpp>

namespace ranvier::plot {
namespace {

void require(bool holds, const std::string& message) {
  if (!holds) throw FigureError(message);
}

void require_between(double value, double lo, double hi, const std::string& what) {
  require(value >= lo && value <= hi, what + " must be between " + std::to_string(std::lround(lo)) + " and " +
                                          std::to_string(std::lround(hi)) + ", but is " +
                                          std::to_string(value));
}

void require_equal(std::size_t places, std::size_t values, const std::string& what,
                   const std::string& place = "time") {
  require(places == values, what + ": " + std::to_string(places) + " " + place + "s but " +
                                std::to_string(values) + " values; each " + place + " needs exactly one");
}

void require_axis(const Panel& panel, Panel::Axis axis) {
  require(panel.axis == Panel::Axis::undecided || panel.axis == axis,
          "a histogram or a curve has no time axis and cannot share a panel with what has: call panel() "
          "between them");
}

void require_unit(const std::optional<AxisUnit>& shown, const AxisUnit& unit) {
  const auto name = [](const AxisUnit& u) {
    return u.symbol.empty() ? "plain numbers" : "'" + u.symbol + "'";
  };
  require(!shown || compatible(*shown, unit),
          "this panel shows " + (shown ? name(*shown) : "") + ", which " + name(unit) +
              " cannot be drawn with: call panel() first to begin the next one");
}

// A height given in SI must have the dimension that the panel shows; where that has no name, plain numbers
// are taken.
void require_dimension(const Panel& panel, const AnyQuantity& quantity) {
  const Dimension shown = panel.y_unit && panel.y_unit->dimension ? *panel.y_unit->dimension : Dimension{};
  const std::string unit = panel.y_unit ? panel.y_unit->symbol : "";
  require(shown.exponents == quantity.dimension.exponents,
          unit.empty()
              ? "this panel shows plain numbers, but the height has a unit: give it without, after the data"
              : "this panel shows '" + unit + "': give the height with such a unit, as in -40 * mV");
  require(drawable(quantity.value), "a height must be finite");
}

// The colour of the next series, and whether it came from the cycle.
std::pair<Colour, bool> colour_for(const Panel& panel, const std::string& name) {
  if (!name.empty()) return {parse_colour(name), false};
  return {cycle_colour(panel.cycled), true};
}

std::vector<double> scaled(std::span<const double> values, double factor) {
  std::vector<double> result(values.begin(), values.end());
  if (factor != 1)
    for (double& value : result) value *= factor;
  return result;
}

void add_name(std::string& names, std::string_view name) {
  if (name.empty() || names.find(name) != std::string::npos) return;
  names += (names.empty() ? "" : ", ") + clean_text(name);
}

// Last step of every call that adds data, when nothing can fail any more.
void add_series(Panel& panel, Panel::Axis axis, const std::string& label, std::pair<Colour, bool> colour,
                std::variant<Dots, Line, Bars> shape) {
  panel.series.push_back({clean_text(label), colour.first, std::move(shape)});
  panel.axis = axis;
  panel.cycled += colour.second ? 1 : 0;
}

}  // namespace

Figure::Figure(const FigureOptions& options) {
  require_between(options.width_inches, 1, 200, "width_inches");
  require_between(options.height_inches, 1, 200, "height_inches");
  require_between(options.dpi, 10, 2400, "dpi");
  require_between(options.font_size, 2, 100, "font_size");
  content_.options = options;
  title(options.title);
}

Figure& Figure::raster(std::span<const double> times, std::span<const std::int32_t> indices,
                       const RasterOptions& options) {
  Panel& panel = current();
  require_equal(times.size(), indices.size(), "raster");
  require_axis(panel, Panel::Axis::time);
  require_unit(panel.y_unit, AxisUnit{});
  require(options.size >= 0 && options.size <= 100, "raster: size must be between 0 and 100 points");
  const auto colour = colour_for(panel, options.colour);
  Dots dots{{times.begin(), times.end()}, {indices.begin(), indices.end()}, options.size, options.marker};
  for (double& y : dots.y) y += static_cast<double>(options.offset);
  add_series(panel, Panel::Axis::time, options.label, colour, std::move(dots));
  panel.y_unit = AxisUnit{};
  panel.integers = true;
  add_name(panel.y_name, "Neuron index");
  return *this;
}

Figure& Figure::trace(std::span<const double> times, std::span<const double> values,
                      const TraceOptions& options) {
  return trace_of(times, values, "", options.unit, options);
}

Figure& Figure::trace_of(std::span<const double> times, std::span<const double> values, std::string_view name,
                         std::string_view unit_text, const TraceOptions& options) {
  Panel& panel = current();
  const AxisUnit recorded = axis_unit(clean_text(unit_text)), wanted = axis_unit(clean_text(options.unit));
  // A scale with a unit says what the scaled values are in; a unit alone asks for a conversion.
  const AxisUnit& unit = options.scale && !options.unit.empty() ? wanted : recorded;
  const double scale = options.scale.value_or(1);
  require_equal(times.size(), values.size(), "trace");
  require_axis(panel, Panel::Axis::time);
  require_unit(panel.y_unit, unit);
  require(options.unit.empty() || compatible(recorded, wanted),
          "trace: '" + std::string(name) + "' is in '" + unit.symbol + "' and cannot be drawn in '" +
              wanted.symbol + "'");
  require(options.width > 0 && options.width <= 100, "trace: width must be between 0 and 100 points");
  require(drawable(scale), "trace: scale must be finite");
  const auto colour = colour_for(panel, options.colour);
  add_series(panel, Panel::Axis::time, options.label, colour,
             Line{scaled(times, 1), scaled(values, scale * unit.scale), options.width, 0});
  if (!panel.y_unit) panel.y_unit = unit;
  if (!panel.y_wanted && wanted.prefixed) panel.y_wanted = wanted;
  add_name(panel.y_name, name);
  return *this;
}

Figure& Figure::rate(std::span<const double> times, std::span<const double> rates,
                     const RateOptions& options) {
  trace_of(times, rates, "Rate", "Hz",
           {.label = options.label, .colour = options.colour, .width = options.width});
  current().from_zero = true;
  return *this;
}

Figure& Figure::curve(std::span<const double> x, std::span<const double> y, const CurveOptions& options) {
  Panel& panel = current();
  const AxisUnit x_unit = axis_unit(clean_text(options.x_unit)), unit = axis_unit(clean_text(options.unit));
  require_equal(x.size(), y.size(), "curve", "abscissa");
  require_axis(panel, Panel::Axis::value);
  require_unit(panel.x_unit, x_unit);
  require_unit(panel.y_unit, unit);
  require(options.width >= 0 && options.width <= 100, "curve: width must be between 0 and 100 points");
  require(options.dot >= 0 && options.dot <= 100, "curve: dot must be between 0 and 100 points");
  require(options.width > 0 || options.dot > 0, "curve: give a width, a dot, or both");
  const auto colour = colour_for(panel, options.colour);
  add_series(panel, Panel::Axis::value, options.label, colour,
             Line{scaled(x, x_unit.scale), scaled(y, unit.scale), options.width, options.dot});
  if (!panel.x_unit) panel.x_unit = x_unit;
  if (!panel.y_unit) panel.y_unit = unit;
  return *this;
}

Figure& Figure::histogram(std::span<const double> values, const HistogramOptions& options) {
  Panel& panel = current();
  const AxisUnit unit = axis_unit(clean_text(options.unit));
  require_axis(panel, Panel::Axis::value);
  require_unit(panel.x_unit, unit);
  require_unit(panel.y_unit, AxisUnit{});
  require(options.bins >= 0 && options.bins <= 100'000, "histogram: bins must be between 0 and 100000");
  const auto colour = colour_for(panel, options.colour);
  add_series(panel, Panel::Axis::value, options.label, colour,
             count_in_bins(scaled(values, unit.scale), options.bins));
  panel.x_unit = unit;
  panel.y_unit = AxisUnit{};
  panel.from_zero = true;
  add_name(panel.y_name, "Count");
  return *this;
}

Figure& Figure::add_mark(Mark mark, const MarkOptions& options) {
  mark.label = clean_text(options.label);
  const double alpha = mark.colour.alpha;
  mark.colour = parse_colour(options.colour);
  mark.colour.alpha = alpha;
  (options.every_panel ? content_.marks : current().marks).push_back(std::move(mark));
  return *this;
}

Figure& Figure::vertical_line(Time at, const MarkOptions& options) {
  if (!options.every_panel) require_axis(current(), Panel::Axis::time);
  require(drawable(at.si()), "vertical_line: the time must be finite");
  add_mark({Mark::Kind::vertical, at.si(), at.si(), {}, {}}, options);
  if (!options.every_panel) current().axis = Panel::Axis::time;
  return *this;
}

Figure& Figure::shade(Time from, Time to, const MarkOptions& options) {
  if (!options.every_panel) require_axis(current(), Panel::Axis::time);
  require(drawable(from.si()) && drawable(to.si()) && from <= to,
          "shade: the times must be finite and in order");
  add_mark({Mark::Kind::shade, from.si(), to.si(), {}, {.alpha = 0.18}}, options);
  if (!options.every_panel) current().axis = Panel::Axis::time;
  return *this;
}

Figure& Figure::horizontal_line(AnyQuantity at, const MarkOptions& options) {
  require(!options.every_panel,
          "horizontal_line: panels have axes of their own, so .every_panel cannot be set");
  require_dimension(current(), at);
  return add_mark({Mark::Kind::horizontal, at.value, at.value, {}, {}}, options);
}

Figure& Figure::panel(double relative_height) {
  require(relative_height >= 0.01 && relative_height <= 100,
          "panel: relative_height must be between 0.01 and 100");
  if (!current().series.empty() || !current().marks.empty()) content_.panels.emplace_back();
  current().height = relative_height;
  return *this;
}

Figure& Figure::title(std::string_view text) {
  content_.title = clean_text(text);
  return *this;
}

Figure& Figure::x_label(std::string_view text) {
  (current().axis == Panel::Axis::value ? current().x_label : content_.time_label) = clean_text(text);
  return *this;
}

Figure& Figure::y_label(std::string_view text) {
  current().y_label = clean_text(text);
  return *this;
}

Figure& Figure::time_range(Time from, Time to) {
  require(drawable(from.si()) && drawable(to.si()) && from < to,
          "time_range: the times must be finite and in order");
  content_.time_range = Range{from.si(), to.si()};
  return *this;
}

Figure& Figure::y_range(AnyQuantity from, AnyQuantity to) {
  require_dimension(current(), from);
  require_dimension(current(), to);
  require(from.value < to.value, "y_range: the lower end must come first");
  current().y_range = Range{from.value, to.value};
  return *this;
}

Figure& Figure::legend() {
  content_.legend = true;
  return *this;
}

void Figure::save(const std::filesystem::path& path) const {
  const FigureOptions& options = content_.options;
  const auto canvas =
      canvas_for(path, {options.width_inches, options.height_inches}, options.dpi, content_.title);
  draw(content_, layout_of(content_), *canvas);
  write_whole(path, canvas->finish());
}

std::string Figure::svg() const {
  const auto canvas =
      make_svg_canvas({content_.options.width_inches, content_.options.height_inches}, content_.title);
  draw(content_, layout_of(content_), *canvas);
  return canvas->finish();
}

std::string Figure::terminal(int columns, int rows) const {
  return draw_terminal(content_, columns, rows);
}

}  // namespace ranvier::plot
