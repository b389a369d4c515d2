#include <doctest/doctest.h>
#include <ranvier/grammar/source.hpp>

using namespace ranvier;

TEST_CASE("an offset has a line and a column, counted from one") {
  const Source source("text", "ab\ncd\n\nx");
  const auto at = [&](std::uint32_t offset) {
    const LineColumn where = source.position(offset);
    return std::pair(where.line, where.column);
  };
  CHECK(at(0) == std::pair(1u, 1u));
  CHECK(at(2) == std::pair(1u, 3u));  // the line end belongs to its line
  CHECK(at(3) == std::pair(2u, 1u));
  CHECK(at(6) == std::pair(3u, 1u));
  CHECK(at(7) == std::pair(4u, 1u));
  CHECK(at(8) == std::pair(4u, 2u));
  CHECK(at(99) == std::pair(4u, 2u));  // beyond the text: its end
}

TEST_CASE("lines come without their ends, whether these are LF or CRLF") {
  const Source source("text", "ab\r\ncd\n\nx");
  CHECK(source.line(1) == "ab");
  CHECK(source.line(2) == "cd");
  CHECK(source.line(3) == "");
  CHECK(source.line(4) == "x");
  CHECK(source.line(5) == "");
}

TEST_CASE("a place gives the text that it covers") {
  const Place place{make_source("text", "dv/dt = -v"), {8, 10}};
  CHECK(place.text() == "-v");
  CHECK(Place{}.text() == "");
}
