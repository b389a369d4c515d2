#include <algorithm>
#include <ranvier/grammar/utf8.hpp>

namespace ranvier {
namespace {

/// First bytes of characters of one length, and what the second byte then has to lie between.
struct Row {
  unsigned char first, last;
  std::size_t length;
  unsigned char low, high;
};
constexpr Row rows[] = {
    {0x00, 0x7f, 1, 0x80, 0xbf}, {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto row =
      std::ranges::find_if(rows, [&](const Row& r) { return r.first <= byte(0) && byte(0) <= r.last; });
  if (row == std::end(rows) || row->length > text.size()) return 0;
  if (row->length > 1 && (byte(1) < row->low || byte(1) > row->high)) return 0;
  for (std::size_t i = 2; i < row->length; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  return row->length;
}

}  // namespace ranvier
