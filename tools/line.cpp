#include <algorithm>
#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tools/command.hpp>
#include <ranvier/tools/line.hpp>

namespace ranvier::tool {
namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

/// Walks over a text and knows what is open where it stands.
struct Scan {
  std::string_view text;
  std::size_t at = 0;
  int depth = 0;
  std::string_view quote{};  // the marks of the quotation that is open
  std::size_t comment = std::string_view::npos;
  bool continued = false;  // the last line ended with a backslash

  void step() {
    const char c = text[at];
    continued = c == '\\' || (continued && blanks.find(c) != blanks.npos);
    if (c == '\n') return end_line();
    if (comment != text.npos) return advance(1);
    if (!quote.empty()) return inside_quotation();
    if (c == '\'' || c == '"') return begin_quotation();
    if (c == '#') comment = at;
    if (c == '(' || c == '[') ++depth;
    if ((c == ')' || c == ']') && depth > 0) --depth;
    advance(1);
  }
  void end_line() {
    if (quote.size() == 1) quote = {};
    comment = text.npos;
    advance(1);
  }
  void begin_quotation() {
    const bool three = text.substr(at, 3) == std::string(3, text[at]);
    quote = text.substr(at, three ? 3 : 1);
    advance(quote.size());
  }
  void inside_quotation() {
    const bool ends = text.substr(at).starts_with(quote);
    const std::size_t length = ends ? quote.size() : 1;
    if (ends) quote = {};
    advance(length);
  }
  void advance(std::size_t bytes) { at += bytes; }
  bool open() const { return depth > 0 || quote.size() == 3 || continued; }
};

bool is_blank(std::string_view text) {
  return text.find_first_not_of(blanks) == text.npos;
}

/// Whether a line cannot be the rest of another one: a command, or `name = ...`, which stand in no
/// parentheses.
bool begins_anew(std::string_view line) {
  const std::vector<Token> tokens = tokenize(line, {0, static_cast<std::uint32_t>(line.size())});
  if (tokens.size() < 2 || tokens[0].kind != TokenKind::name) return false;
  const std::string_view word = line.substr(tokens[0].span.begin, tokens[0].span.end - tokens[0].span.begin);
  const bool command = tokens[1].kind == TokenKind::name || tokens[1].kind == TokenKind::number;
  return tokens[1].kind == TokenKind::assign || (command && find_command(word));
}

}  // namespace

bool goes_on(std::string_view text) {
  Scan scan{text};
  while (scan.at < text.size()) scan.step();
  return scan.open();
}

Place part(const Place& place, std::size_t begin, std::size_t end) {
  const auto at = [&](std::size_t offset) { return place.span.begin + static_cast<std::uint32_t>(offset); };
  return {place.source, {at(begin), at(end)}};
}

Place trimmed(Place place) {
  const std::string_view text = place.text();
  Scan scan{text};
  while (scan.at < text.size()) scan.step();
  std::size_t end = std::min(scan.comment, text.size());
  const std::size_t begin = std::min(text.find_first_not_of(blanks), end);
  while (end > begin && (blanks.find(text[end - 1]) != blanks.npos || text[end - 1] == '\\')) --end;
  return part(place, begin, end);
}

Place unquoted(const Place& place) {
  const std::string_view text = place.text();
  for (const std::string_view marks : {"'''", "\"\"\"", "'", "\""})
    if (text.size() >= 2 * marks.size() && text.starts_with(marks) && text.ends_with(marks) &&
        text.substr(marks.size(), text.size() - 2 * marks.size()).find(marks) == text.npos)
      return part(place, marks.size(), text.size() - marks.size());
  return place;
}

std::vector<Place> logical_lines(const SourcePtr& source) {
  std::vector<Place> lines;
  const std::string_view text = source->text();
  std::size_t begin = 0;
  while (begin < text.size()) {
    Scan scan{text};
    scan.at = begin;
    std::size_t end = begin;
    do {
      end = std::min(text.find('\n', scan.at), text.size());
      while (scan.at < std::min(end + 1, text.size())) scan.step();
      const std::size_t next = std::min(text.find('\n', scan.at), text.size());
      const std::string_view following = text.substr(scan.at, next - scan.at);
      if (scan.quote.size() != 3 && (is_blank(following) || begins_anew(following))) break;
    } while (scan.open() && scan.at < text.size());
    const Place line =
        trimmed({source, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
    if (!line.text().empty()) lines.push_back(line);
    begin = scan.at;
  }
  return lines;
}

std::vector<Place> listed(const Place& place) {
  std::string_view text = place.text();
  Place inner = place;
  if (text.starts_with('[') && text.ends_with(']')) inner = part(place, 1, text.size() - 1);
  text = inner.text();
  std::vector<Place> items;
  Scan scan{text};
  std::size_t begin = 0;
  while (scan.at < text.size()) {
    if (scan.depth == 0 && scan.quote.empty() && text[scan.at] == ',') {
      items.push_back(trimmed(part(inner, begin, scan.at)));
      begin = scan.at + 1;
    }
    scan.step();
  }
  items.push_back(trimmed(part(inner, begin, text.size())));
  return items;
}

}  // namespace ranvier::tool
