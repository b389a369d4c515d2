#include <doctest/doctest.h>
#include <ranvier/grammar/utf8.hpp>
#include <string>

using ranvier::utf8_length;

TEST_CASE("characters of every length are recognised") {
  CHECK(utf8_length("ab") == 1);
  CHECK(utf8_length("\u00b5x") == 2);
  CHECK(utf8_length("\u2212x") == 3);
  CHECK(utf8_length("\U0001F9E0x") == 4);
}

TEST_CASE("bytes that are no character have no length") {
  for (const char* bytes : {"\x80", "\xc3", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\xf5\x80\x80\x80", "\xff", "\xe2\x88", "\xe2(\xa1", "\xf0\x9f\xa7("}) {
    CAPTURE(std::string(bytes));
    CHECK(utf8_length(bytes) == 0);
  }
}
