#include <doctest/doctest.h>

#include <cmath>

#include <ranvier/compiler/units.hpp>
#include <ranvier/plot/figure.hpp>

#include "tests/plot/monitors.hpp"
#include "tests/plot/xml.hpp"

using namespace ranvier;
using namespace ranvier::units;
using namespace ranvier::test;
using plot::Figure;

namespace {

std::vector<Element> drawn(const Figure& figure) {
  return XmlReader::read(figure.svg());
}

bool has(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

// The numbers at the axes are right behind each other: "0 100 200 ...".
std::string joined(const std::vector<std::string>& texts) {
  std::string line = " ";
  for (const std::string& text : texts) line += text + " ";
  return line;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const Spikes excitatory{{0.01, 0.1, 0.25}, {0, 350, 699}}, inhibitory{{0.3, 0.5}, {0, 299}};
const States membrane{{0, 0.1, 0.2}, {-0.0706, -0.0404, -0.0656}};

}  // namespace

TEST_CASE("the figure of the first example shows every spike, both labels and its axes") {
  Figure figure({.width_inches = 6, .height_inches = 5});
  figure.raster(excitatory, {.label = "excitatory", .offset = 300});
  figure.raster(inhibitory, {.label = "inhibitory", .colour = "crimson"});
  figure.x_label("Time (ms)").y_label("Neuron index").legend();
  const auto elements = drawn(figure);
  CHECK(elements[0].attributes.at("width") == "432pt");
  CHECK(elements[0].attributes.at("viewBox") == "0 0 432 360");
  const auto paths = all(elements, "path");
  REQUIRE(paths.size() == 4);  // two populations, and a sample of each in the legend
  CHECK(marks(paths[0]) == 3);
  CHECK(marks(paths[1]) == 2);
  CHECK(paths[1].attributes.at("stroke") == "#dc143c");
  const auto words = texts(elements);
  CHECK(has(words, "excitatory"));
  CHECK(has(words, "inhibitory"));
  CHECK(has(words, "Time (ms)"));
  CHECK(contains(joined(words), " 0 100 200 300 400 500 "));
  CHECK(contains(joined(words), " 0 200 400 600 800 1000 "));
}

TEST_CASE("twenty thousand spikes are twenty thousand marks") {
  Spikes spikes;
  for (int k = 0; k < 20'000; ++k) {
    spikes.t.push_back(k * 5e-5);
    spikes.i.push_back(k * 7919 % 1000);
  }
  CHECK(marks(all(drawn(Figure().raster(spikes)), "path")[0]) == 20'000);
}

TEST_CASE("a spike lies where its time and index say") {
  const Spikes corners{{0, 0.1, 0.05}, {0, 10, 5}};
  const auto elements = drawn(
      Figure().raster(corners, {.marker = plot::Marker::dot}).time_range(0 * ms, 100 * ms).y_range(0, 10));
  const auto area = all(elements, "svg")[1].attributes;  // the inner one, which clips
  const double x = std::stod(area.at("x")), y = std::stod(area.at("y"));
  const double width = std::stod(area.at("width")), height = std::stod(area.at("height"));
  double px[3], py[3];
  REQUIRE(std::sscanf(all(elements, "path")[0].attributes.at("d").c_str(), "M%lf %lfh0M%lf %lfh0M%lf %lfh0",
                      px, py, px + 1, py + 1, px + 2, py + 2) == 6);
  CHECK(px[0] == doctest::Approx(x));
  CHECK(py[0] == doctest::Approx(y + height));
  CHECK(px[1] == doctest::Approx(x + width));
  CHECK(py[1] == doctest::Approx(y));
  CHECK(px[2] == doctest::Approx(x + width / 2).epsilon(1e-3));
  CHECK(py[2] == doctest::Approx(y + height / 2).epsilon(1e-3));
}

TEST_CASE("text with a meaning in XML arrives as it was written") {
  const std::string text = "a < b & \"c\" > \x01'd'";
  const auto elements =
      drawn(Figure().raster(excitatory, {.label = text}).title(text).y_label(text).legend());
  CHECK(all(elements, "title")[0].text == "a < b & \"c\" >  'd'");
  CHECK(std::ranges::count(texts(elements), "a < b & \"c\" >  'd'") == 3);
}

TEST_CASE("a recorded voltage is drawn in millivolt and its name stands at the axis") {
  const auto words = texts(drawn(Figure().trace(membrane, "v", 0)));
  CHECK(has(words, "v (mV)"));
  CHECK(contains(joined(words), " −70 "));
  CHECK(has(words, "Time (ms)"));
}

TEST_CASE("the unit in a label is the unit of the axis") {
  const auto volts = texts(drawn(Figure().trace(membrane, "v", 0).y_label("v (V)").x_label("Time (s)")));
  CHECK(has(volts, "v (V)"));
  CHECK(contains(joined(volts), " −0.07"));
  CHECK(contains(joined(volts), " 0.00 "));
  CHECK(contains(joined(volts), " 0.20 "));
  const auto micro = texts(drawn(Figure().trace(membrane, "v", 0, {.unit = "uV"})));
  CHECK(has(micro, "v (µV)"));
  CHECK(contains(joined(micro), " −70000 "));
}

TEST_CASE("a scale with a unit says what the scaled values of a monitor are in") {
  const auto words = texts(drawn(Figure().trace(membrane, "v", 0, {.unit = "mV", .scale = 1e3})));
  CHECK(has(words, "v (mV)"));
  CHECK(contains(joined(words), " −70 −65 −60 "));
}

TEST_CASE("plain values keep the unit and the scale that they are given") {
  const std::vector<double> t = {0, 1}, v = {10, 30};
  const auto words = texts(drawn(Figure().trace(t, v, {.unit = "mV"})));
  CHECK(has(words, "mV"));
  CHECK(contains(joined(words), " 10 15 20 25 30 "));
  CHECK(contains(joined(texts(drawn(Figure().trace(t, v, {.scale = 10})))), " 100 150 200 250 300 "));
}

TEST_CASE("panels share their time axis and are aligned") {
  Figure figure({.width_inches = 6, .height_inches = 7});
  figure.raster(excitatory).panel(2).trace(membrane, "v", 0).panel().rate(Rates{{0, 0.5}, {3, 1234}});
  const auto elements = drawn(figure);
  const auto areas = all(elements, "svg");
  REQUIRE(areas.size() == 4);
  for (const char* side : {"x", "width"}) {
    CHECK(areas[1].attributes.at(side) == areas[2].attributes.at(side));
    CHECK(areas[1].attributes.at(side) == areas[3].attributes.at(side));
  }
  const double first = std::stod(areas[1].attributes.at("height"));
  CHECK(std::stod(areas[2].attributes.at("height")) == doctest::Approx(2 * first).epsilon(1e-3));
  const auto words = texts(elements);
  CHECK(std::ranges::count(words, "Time (ms)") == 1);
  CHECK(has(words, "Rate (Hz)"));
  CHECK(std::ranges::count(words, "300") + std::ranges::count(words, "500") >= 1);
}

TEST_CASE("a histogram has an axis of its own and one bar for each bin that is not empty") {
  const std::vector<double> intervals = {0.001, 0.0011, 0.0012, 0.009, 0.01};
  Figure figure;
  figure.raster(excitatory).panel().histogram(intervals, {.bins = 9, .unit = "s"}).x_label("Interval");
  const auto elements = drawn(figure);
  const auto words = texts(elements);
  CHECK(has(words, "Interval (ms)"));
  CHECK(has(words, "Count"));
  CHECK(has(words, "Time (ms)"));
  CHECK(all(elements, "rect").size() == 1 + 2);  // the page; bins 0 and 8
}

TEST_CASE("a curve has an axis of its own, in units of its own") {
  const std::vector<double> currents = {200, 300, 400}, rates = {0, 21, 53};
  Figure figure;
  figure.raster(excitatory).panel().curve(currents, rates, {.x_unit = "pA", .unit = "Hz", .dot = 3});
  figure.x_label("Current").y_label("Rate").curve(rates, rates,
                                                  {.x_unit = "nA", .unit = "Hz", .width = 0, .dot = 2});
  const auto elements = drawn(figure);
  const auto words = texts(elements);
  CHECK(has(words, "Current (pA)"));
  CHECK(has(words, "Rate (Hz)"));
  CHECK(has(words, "Time (ms)"));
  const auto paths = all(elements, "path");
  REQUIRE(paths.size() == 3);  // the raster, and the dots of both curves
  CHECK(marks(paths[1]) == 3);
  CHECK(all(elements, "polyline").size() > 0);
}

TEST_CASE("lines and bands mark times and heights") {
  Figure figure;
  figure.trace(membrane, "v", 0).horizontal_line(-50 * mV, {.label = "threshold", .colour = "red"});
  figure.vertical_line(100 * ms).shade(100 * ms, 150 * ms, {.label = "on", .every_panel = true}).legend();
  figure.panel().raster(excitatory);
  const auto elements = drawn(figure);
  const auto dashed = std::ranges::count_if(
      elements, [](const Element& e) { return e.attributes.contains("stroke-dasharray"); });
  CHECK(dashed == 3);  // two lines, and a sample of one in the legend
  CHECK(std::ranges::count(texts(elements), "on") == 1);
  CHECK(all(elements, "rect").size() == 1 + 2 + 1);  // page, band in both panels, its sample
}

TEST_CASE("a threshold above the data is on the axis") {
  const auto words = texts(drawn(Figure().trace(membrane, "v", 0).horizontal_line(0 * mV)));
  CHECK(contains(joined(words), " 0 "));
}

TEST_CASE("labels are shown only on request and colours come from the cycle") {
  Figure figure;
  figure.raster(excitatory, {.label = "one"}).raster(inhibitory, {.colour = "red"}).raster(inhibitory);
  const auto elements = drawn(figure);
  CHECK_FALSE(has(texts(elements), "one"));
  const auto paths = all(elements, "path");
  CHECK(paths[0].attributes.at("stroke") == "#0072b2");
  CHECK(paths[1].attributes.at("stroke") == "#ff0000");
  CHECK(paths[2].attributes.at("stroke") == "#d55e00");
}

TEST_CASE("spikes at times that are not finite, and none at all, are drawn as nothing") {
  const Spikes broken{{0.1, std::nan(""), INFINITY}, {1, 2, 3}};
  CHECK(marks(all(drawn(Figure().raster(broken)), "path")[0]) == 1);
  CHECK(all(drawn(Figure().raster(Spikes{})), "path").empty());
  CHECK(contains(joined(texts(drawn(Figure()))), " 0 200 400 600 800 1000 "));
}
