#include <doctest/doctest.h>

#include <cmath>

#include <ranvier/compiler/units.hpp>
#include <ranvier/plot/figure.hpp>

#include "tests/plot/monitors.hpp"

using namespace ranvier;
using namespace ranvier::units;
using namespace ranvier::test;
using doctest::Contains;
using plot::Figure;
using plot::FigureError;

namespace {

const std::vector<double> two = {0, 1}, three = {0, 1, 2};
const States membrane{{0, 1}, {-0.07, -0.05}}, conductance{{0, 1}, {1e-9, 2e-9}, "siemens"};

}  // namespace

TEST_CASE("data of unequal lengths are refused with both lengths") {
  const std::vector<std::int32_t> index = {1};
  CHECK_THROWS_WITH_AS(Figure().raster(two, index), Contains("2 times but 1 values"), FigureError);
  CHECK_THROWS_WITH_AS(Figure().trace(two, three), Contains("2 times but 3 values"), FigureError);
  CHECK_THROWS_AS(Figure().rate(three, two), FigureError);
}

TEST_CASE("two units do not share a panel") {
  Figure figure;
  figure.trace(membrane, "v", 0);
  CHECK_THROWS_WITH_AS(figure.trace(conductance, "g", 0), Contains("this panel shows 'V', which 'S'"),
                       FigureError);
  CHECK_THROWS_WITH_AS(figure.raster(Spikes{}), Contains("panel()"), FigureError);
  CHECK_NOTHROW(figure.trace(membrane, "v", 1).panel().trace(conductance, "g", 0));
}

TEST_CASE("a recorded variable is not drawn in a unit of another kind") {
  CHECK_THROWS_WITH_AS(Figure().trace(membrane, "v", 0, {.unit = "nS"}), Contains("cannot be drawn in 'nS'"),
                       FigureError);
}

TEST_CASE("a histogram and a time axis do not share a panel") {
  Figure figure;
  figure.raster(Spikes{{0.1}, {1}});
  CHECK_THROWS_WITH_AS(figure.histogram(two), Contains("panel()"), FigureError);
  figure.panel().histogram(two);
  CHECK_THROWS_AS(figure.trace(two, two), FigureError);
  CHECK_THROWS_AS(figure.vertical_line(1 * ms), FigureError);
  CHECK_THROWS_AS(figure.histogram(two, {.unit = "V"}), FigureError);
}

TEST_CASE("a curve shares a panel with what has its axes alone") {
  Figure figure;
  figure.curve(two, two, {.x_unit = "pA", .unit = "Hz"});
  CHECK_THROWS_WITH_AS(figure.trace(two, two), Contains("panel()"), FigureError);
  CHECK_THROWS_WITH_AS(figure.curve(two, two, {.unit = "Hz"}), Contains("panel()"), FigureError);
  CHECK_THROWS_AS(figure.curve(two, two, {.x_unit = "nA", .unit = "mV"}), FigureError);
  CHECK_THROWS_WITH_AS(figure.curve(two, std::vector<double>{1}), Contains("2 abscissas but 1 values"),
                       FigureError);
  CHECK_THROWS_AS(figure.curve(two, two, {.x_unit = "pA", .unit = "Hz", .width = 0}), FigureError);
}

TEST_CASE("a height must have the unit of its panel") {
  Figure figure;
  figure.trace(membrane, "v", 0);
  CHECK_THROWS_WITH_AS(figure.horizontal_line(-0.04), Contains("this panel shows 'V'"), FigureError);
  CHECK_THROWS_AS(figure.y_range(1 * nS, 2 * nS), FigureError);
  CHECK_NOTHROW(figure.horizontal_line(-40 * mV).y_range(-80 * mV, 0 * mV));
  CHECK_THROWS_AS(figure.y_range(0 * mV, -80 * mV), FigureError);
  CHECK_THROWS_WITH_AS(Figure().raster(Spikes{}).horizontal_line(3 * mV), Contains("plain numbers"),
                       FigureError);
}

TEST_CASE("options out of range are refused by name") {
  CHECK_THROWS_WITH_AS(Figure({.width_inches = 0}), Contains("width_inches"), FigureError);
  CHECK_THROWS_WITH_AS(Figure({.height_inches = std::nan("")}), Contains("height_inches"), FigureError);
  CHECK_THROWS_WITH_AS(Figure({.dpi = 1e9}), Contains("dpi"), FigureError);
  CHECK_THROWS_WITH_AS(Figure({.font_size = -1}), Contains("font_size"), FigureError);
  CHECK_THROWS_AS(Figure().panel(0), FigureError);
  CHECK_THROWS_AS(Figure().trace(two, two, {.scale = INFINITY}), FigureError);
  CHECK_THROWS_AS(Figure().trace(two, two, {.width = 0}), FigureError);
  CHECK_THROWS_AS(Figure().histogram(two, {.bins = -1}), FigureError);
  CHECK_THROWS_AS(Figure().time_range(5 * ms, 5 * ms), FigureError);
  CHECK_THROWS_AS(Figure().shade(2 * ms, 1 * ms), FigureError);
}

TEST_CASE("a call that fails changes nothing") {
  Figure figure;
  figure.trace(membrane, "v", 0);
  const std::string before = figure.svg();
  CHECK_THROWS_AS(figure.trace(membrane, "v", 0, {.colour = "no such colour"}), FigureError);
  CHECK_THROWS_AS(figure.shade(1 * ms, 2 * ms, {.colour = "no such colour"}), FigureError);
  CHECK_THROWS_AS(figure.raster(Spikes{}), FigureError);
  CHECK_THROWS_AS(figure.histogram(two), FigureError);
  CHECK(figure.svg() == before);
}

TEST_CASE("too many panels for the page are refused with the remedy") {
  Figure figure({.width_inches = 3, .height_inches = 2});
  for (int i = 0; i < 8; ++i) figure.panel().trace(two, two);
  CHECK_THROWS_WITH_AS(figure.svg(), Contains("height_inches"), FigureError);
}

TEST_CASE("values without bound are drawn or left out, never fatal") {
  const std::vector<double> wild = {-1e308, 1e-310, 1e299, -1e299, INFINITY, 0};
  const std::vector<double> times = {0, 1e-300, 1e250, -1e250, 2, std::nan("")};
  CHECK_NOTHROW(Figure().trace(times, wild, {.unit = "V"}).svg());
  CHECK_NOTHROW(Figure().trace(times, wild, {.unit = "pV", .scale = 1e300}).svg());
  CHECK_NOTHROW(Figure().histogram(wild, {.unit = "fs"}).svg());
  CHECK_NOTHROW(Figure().rate(wild, times).terminal());
}
