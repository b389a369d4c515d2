#include <cstddef>
#include <cstdint>

#include <ranvier/plot/text.hpp>

namespace ranvier::plot {
namespace {

// Advance widths of the printable ASCII characters, in hundredths of the font size.
// clang-format off
constexpr std::uint8_t ascii_width[] = {
    32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
    100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50,
    50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84};
// clang-format on
static_assert(sizeof ascii_width == '~' - ' ' + 1);

struct Decoded {
  std::uint32_t code = 0;
  std::size_t bytes = 0;  // 0: not UTF-8
};

// The smallest code point that needs a sequence of this many bytes; a smaller one is an overlong spelling.
constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

Decoded decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {};
  std::uint32_t code = lead & (0x7fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) return {};
    code = code << 6 | (byte & 0x3fu);
  }
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  const bool outside_xml = code == 0xfffe || code == 0xffff;
  if (code < smallest[bytes] || code > 0x10ffff || surrogate || outside_xml) return {};
  return {code, bytes};
}

double advance(std::uint32_t code) {
  if (code >= ' ' && code <= '~') return ascii_width[code - ' '] / 100.0;
  if (code >= 0x2070 && code <= 0x209f) return 0.53;  // superscripts and subscripts
  const bool wide = code >= 0x2200;                   // mathematics, East Asian scripts, pictures
  return wide ? 1.0 : 0.77;
}

}  // namespace

std::string clean_text(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const Decoded next = decode(text);
    const bool control = next.code < ' ' || (next.code >= 0x7f && next.code < 0xa0);
    if (next.bytes == 0)
      clean += "\xef\xbf\xbd";
    else if (control)
      clean += ' ';
    else
      clean += text.substr(0, next.bytes);
    text.remove_prefix(next.bytes == 0 ? 1 : next.bytes);
  }
  return clean;
}

std::string escape_xml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

double text_width(std::string_view text) {
  double width = 0;
  while (!text.empty()) {
    const Decoded next = decode(text);
    if (next.bytes == 0) break;
    width += advance(next.code);
    text.remove_prefix(next.bytes);
  }
  return width;
}

std::string elide(std::string_view text, double width) {
  if (text_width(text) <= width) return std::string(text);
  double used = 1.0;  // the ellipsis
  std::size_t kept = 0;
  while (kept < text.size()) {
    const Decoded next = decode(text.substr(kept));
    if (next.bytes == 0 || used + advance(next.code) > width) break;
    used += advance(next.code);
    kept += next.bytes;
  }
  return std::string(text.substr(0, kept)) + "…";
}

}  // namespace ranvier::plot
