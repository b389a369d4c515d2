#include <doctest/doctest.h>

#include <ranvier/plot/colour.hpp>
#include <ranvier/plot/error.hpp>
#include <ranvier/plot/text.hpp>

using namespace ranvier::plot;

TEST_CASE("text keeps what is UTF-8 and marks what is not") {
  CHECK(clean_text("τ = 10 µs 中") == "τ = 10 µs 中");
  CHECK(clean_text("a\xff"
                   "b") ==
        "a\xef\xbf\xbd"
        "b");
  CHECK(clean_text("cut \xe2\x82") == "cut \xef\xbf\xbd\xef\xbf\xbd");
  CHECK(clean_text("\xc0\xaf") == "\xef\xbf\xbd\xef\xbf\xbd");                  // overlong
  CHECK(clean_text("\xed\xa0\x80") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");  // half of a pair
}

TEST_CASE("control characters in text become spaces") {
  CHECK(clean_text("a\nb\tc\x01") == "a b c ");
  CHECK(clean_text(std::string_view("\0", 1)) == " ");
}

TEST_CASE("characters with a meaning in XML are escaped") {
  CHECK(escape_xml("a < b && \"c\" > d") == "a &lt; b &amp;&amp; &quot;c&quot; &gt; d");
}

TEST_CASE("the width of text is the sum of its characters") {
  CHECK(text_width("") == 0);
  CHECK(text_width("000") == doctest::Approx(3 * 0.636).epsilon(0.01));  // DejaVu Sans: 1303 of 2048 units
  CHECK(text_width("W") > text_width("i"));
  CHECK(text_width("−5") > text_width("5"));
}

TEST_CASE("long text is cut between characters") {
  CHECK(elide("short", 10) == "short");
  const std::string cut = elide("ττττττττττ", 4);
  CHECK(cut.ends_with("…"));
  CHECK(text_width(cut) <= 4);
  CHECK(clean_text(cut) == cut);
}

TEST_CASE("colours are read from CSS names in any case and from hexadecimal digits") {
  CHECK(parse_colour("crimson") == Colour{220, 20, 60});
  CHECK(parse_colour("Crimson") == Colour{220, 20, 60});
  CHECK(parse_colour("aliceblue") == Colour{240, 248, 255});
  CHECK(parse_colour("yellowgreen") == Colour{154, 205, 50});
  CHECK(parse_colour("#1f77B4") == Colour{31, 119, 180});
  CHECK(parse_colour("#0f8") == Colour{0, 255, 136});
}

TEST_CASE("an unknown colour is refused with the nearest name") {
  CHECK_THROWS_WITH_AS(parse_colour("crimsn"), doctest::Contains("did you mean 'crimson'"), FigureError);
  for (const char* bad : {"", "#", "#12345", "#1234567", "#12345g", "#-12345", "nothing like it"})
    CHECK_THROWS_AS(parse_colour(bad), FigureError);
}

TEST_CASE("the colours of the cycle differ and repeat") {
  for (std::size_t i = 0; i < 7; ++i)
    for (std::size_t j = 0; j < i; ++j) CHECK(cycle_colour(i) != cycle_colour(j));
  CHECK(cycle_colour(7) == cycle_colour(0));
  CHECK(cycle_colour(0) == Colour{0, 114, 178});  // Okabe and Ito's blue
}
