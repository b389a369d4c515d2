#pragma once
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/compiler/quantity.hpp>
#include <ranvier/plot/content.hpp>
#include <ranvier/plot/error.hpp>

namespace ranvier::plot {

/// Values one after the other, wherever they lie.
template <class R, class T>
concept ListOf = std::ranges::random_access_range<R> && std::same_as<std::ranges::range_value_t<R>, T>;

template <std::ranges::random_access_range R>
std::vector<std::ranges::range_value_t<R>> listed(const R& range) {
  return {std::ranges::begin(range), std::ranges::end(range)};
}

/// What records spikes: their times in seconds and the indices of the neurons.
template <class M>
concept SpikeRecord = requires(const M& monitor) {
  { monitor.times() } -> ListOf<double>;
  { monitor.indices() } -> ListOf<std::int32_t>;
};

/// What records variables of a group, in SI units, and knows their units.
template <class M>
concept StateRecord = requires(const M& monitor, std::string_view variable, std::int64_t element) {
  { monitor.times() } -> ListOf<double>;
  { monitor.trace(variable, element) } -> ListOf<double>;
  { monitor.unit(variable) } -> std::convertible_to<std::string_view>;
};

/// What records the rate of a population, in Hz.
template <class M>
concept RateRecord = requires(const M& monitor) {
  { monitor.times() } -> ListOf<double>;
  { monitor.rates() } -> ListOf<double>;
};

/// Colours are CSS names or "#rrggbb"; an empty one is the next of the default cycle. Only what has a label
/// is in the legend.
struct RasterOptions {
  std::string label = {};
  std::string colour = {};
  std::int64_t offset = 0;  // added to every index: where this population begins on the y axis
  double size = 0;          // of a mark, in points; 0: chosen from the number of spikes
  Marker marker = Marker::automatic;
};

struct TraceOptions {
  std::string label = {};
  std::string colour = {};
  /// Unit of the values after scaling: "mV", "nS". With a monitor and no scale, the unit to draw in.
  std::string unit = {};
  std::optional<double> scale = {};  // the values are multiplied by this
  double width = 1;                  // of the line, in points
};

struct RateOptions {
  std::string label = {};
  std::string colour = {};
  double width = 1;
};

struct CurveOptions {
  std::string label = {};
  std::string colour = {};
  std::string x_unit = {};  // of the abscissas: "pA"; they are given in it
  std::string unit = {};    // of the values: "Hz"
  double width = 1;         // of the line, in points; 0: dots alone
  double dot = 0;           // diameter of a dot at each sample, in points; 0: none
};

struct HistogramOptions {
  std::string label = {};
  std::string colour = {};
  int bins = 0;           // 0: chosen from the data (Freedman and Diaconis)
  std::string unit = {};  // of the values
};

struct MarkOptions {
  std::string label = {};
  std::string colour = "grey";
  bool every_panel = false;  // on every time axis of the figure, not only in the current panel
};

/// A figure of one or more panels below each other. Calls add to the last panel and can be chained; a call
/// that throws FigureError has changed nothing. Values that are not finite are left out and interrupt a
/// trace.
class Figure {
 public:
  explicit Figure(const FigureOptions& options = {});

  /// One mark for each spike; `times` in seconds. Throws if the lengths differ.
  Figure& raster(std::span<const double> times, std::span<const std::int32_t> indices,
                 const RasterOptions& options = {});
  /// A line through the values at `times` (seconds). A panel has one unit: the first trace decides which
  /// dimension, and a unit without prefix is drawn with the one that suits (0.07 V as 70 mV).
  Figure& trace(std::span<const double> times, std::span<const double> values,
                const TraceOptions& options = {});
  /// A line of rates in Hz at `times` (seconds); the axis begins at zero.
  Figure& rate(std::span<const double> times, std::span<const double> rates, const RateOptions& options = {});
  /// Counts of `values` in equal bins; has an axis of its own and cannot share a panel with what is drawn
  /// over time.
  Figure& histogram(std::span<const double> values, const HistogramOptions& options = {});

  /// A line through the points (x, y), in the order given, over an axis of its own: a rate over a current.
  /// Throws if the lengths differ, or if the panel shows times or other units.
  Figure& curve(std::span<const double> x, std::span<const double> y, const CurveOptions& options = {});

  /// All spikes of a spike monitor.
  template <SpikeRecord M>
  Figure& raster(const M& monitor, const RasterOptions& options = {}) {
    return raster(listed(monitor.times()), listed(monitor.indices()), options);
  }
  /// One recorded variable of one element of a state monitor.
  template <StateRecord M>
  Figure& trace(const M& monitor, std::string_view variable, std::int64_t element,
                const TraceOptions& options = {}) {
    return trace_of(listed(monitor.times()), listed(monitor.trace(variable, element)), variable,
                    monitor.unit(variable), options);
  }
  /// The rates of a population rate monitor, as recorded.
  template <RateRecord M>
  Figure& rate(const M& monitor, const RateOptions& options = {}) {
    return rate(listed(monitor.times()), listed(monitor.rates()), options);
  }

  /// Rates at the times of a monitor: those that it has smoothed.
  template <ListOf<double> Times>
    requires(!std::convertible_to<Times, std::span<const double>>)
  Figure& rate(const Times& times, std::span<const double> rates, const RateOptions& options = {}) {
    return rate(listed(times), rates, options);
  }

  /// A dashed line at a time, a dashed line at a height (-40 * mV; a plain number where the axis has no
  /// unit), a band.
  Figure& vertical_line(Time at, const MarkOptions& options = {});
  Figure& horizontal_line(AnyQuantity at, const MarkOptions& options = {});
  Figure& shade(Time from, Time to, const MarkOptions& options = {});

  /// Begins the next panel, `relative_height` times as high as a panel of 1. On a panel that is still empty
  /// it only sets the height.
  Figure& panel(double relative_height = 1);

  Figure& title(std::string_view text);
  /// Text at the time axis, or of the current panel if that is a histogram or a curve. A unit in parentheses
  /// is also the one the axis is drawn in, "Time (s)"; without one, the unit is added. Times are in ms by
  /// default.
  Figure& x_label(std::string_view text);
  /// Text at the y axis of the current panel; units as for `x_label`.
  Figure& y_label(std::string_view text);
  /// The part of the time axis to show, in all panels.
  Figure& time_range(Time from, Time to);
  /// The part of the current panel's y axis to show.
  Figure& y_range(AnyQuantity from, AnyQuantity to);
  /// Shows the labels above each panel, outside of the data.
  Figure& legend();

  /// Writes the figure; the extension decides the format: .svg, and with Cairo .png and .pdf. The file
  /// appears complete or not at all: after an error an older one is still there.
  void save(const std::filesystem::path& path) const;
  /// The text of the SVG file.
  std::string svg() const;
  /// A picture for a terminal, drawn with braille characters: `columns` wide, about `rows` high.
  std::string terminal(int columns = 80, int rows = 24) const;

 private:
  Figure& trace_of(std::span<const double> times, std::span<const double> values, std::string_view name,
                   std::string_view unit, const TraceOptions& options);
  Panel& current() { return content_.panels.back(); }
  Figure& add_mark(Mark mark, const MarkOptions& options);

  Content content_;
};

}  // namespace ranvier::plot
