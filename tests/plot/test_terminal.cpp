#include <doctest/doctest.h>

#include <algorithm>

#include <ranvier/plot/figure.hpp>

#include "tests/plot/monitors.hpp"

using namespace ranvier;
using namespace ranvier::test;
using plot::Figure;

namespace {

// Number of dots that are set in all braille characters of a text.
int dots(const std::string& text) {
  int count = 0;
  for (std::size_t i = 0; i + 2 < text.size(); ++i)
    if (text[i] == '\xe2' && (text[i + 1] & 0xfc) == 0xa0)
      count += __builtin_popcount((text[i + 1] & 3) << 6 | (text[i + 2] & 0x3f));
  return count;
}

}  // namespace

TEST_CASE("spikes in a terminal are dots of their own where there is room") {
  const Spikes spikes{{0, 0.05, 0.1}, {0, 5, 10}};
  const std::string text = Figure().raster(spikes).title("three").terminal(60, 16);
  CHECK(dots(text) == 3);
  for (const char* word : {"three", "Neuron index", "Time (ms)", "10┤", "100"})
    CHECK(text.find(word) != std::string::npos);
}

TEST_CASE("a level trace in a terminal is a line from side to side") {
  const std::vector<double> t = {0, 1}, v = {3, 3};
  const std::string text = Figure().trace(t, v).terminal(60, 16);
  CHECK(dots(text) > 90);  // two dots a character, about 55 characters
  CHECK(dots(text) < 120);
}

TEST_CASE("lines of a terminal figure are no wider than asked") {
  Figure figure;
  figure.raster(Spikes{{0.1}, {1}}).panel().histogram(std::vector<double>{1, 2, 2, 3});
  const std::string text = figure.terminal(70, 30);
  std::size_t width = 0;
  for (const char c : text) {
    if (c == '\n') width = 0;
    if (c != '\n' && (c & 0xc0) != 0x80) ++width;
    CHECK_MESSAGE(width <= 70, text);
  }
}

TEST_CASE("a terminal that is too small is refused") {
  CHECK_THROWS_AS(Figure().terminal(8, 24), plot::FigureError);
  CHECK_THROWS_AS(Figure().terminal(80, 2), plot::FigureError);
  CHECK_THROWS_AS(Figure().terminal(-5, -5), plot::FigureError);
}
