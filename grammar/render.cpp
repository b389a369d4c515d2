#include <algorithm>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/utf8.hpp>

namespace ranvier {
namespace {

constexpr std::size_t widest_line = 110;  // longer lines show a part around the caret
constexpr std::size_t shown_lines = 4;    // of a span over several lines
constexpr std::size_t shown_problems = 100;
constexpr std::string_view blanks = " \t\r\n\f\v";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Length of the UTF-8 character at the front of `text`, 0 if it is none or a control character.
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  return lead < 0x20 || lead == 0x7f ? 0 : utf8_length(text);
}

/// A source line as a terminal shows it, and the carets below.
struct Drawn {
  std::string text, carets;
};

/// Draws bytes [from, to) of a line with the range [begin, end) marked: one column a character, four a tab.
Drawn draw(std::string_view line, std::size_t from, std::size_t to, std::size_t begin, std::size_t end) {
  Drawn drawn;
  std::size_t column = 0, first = 0, marked = 0;
  for (std::size_t i = from; i < to;) {
    const std::size_t length = character_length(line.substr(i));
    const std::size_t width = line[i] == '\t' ? 4 : 1;
    drawn.text += width == 4 ? "    " : length ? line.substr(i, length) : std::string_view("?");
    column += width;
    if (i < begin) first = column;
    if (i >= begin && i < end) marked += width;
    i += std::max<std::size_t>(length, 1);
  }
  // A place between two characters still needs a caret.
  drawn.carets = std::string(first, ' ') + std::string(std::max<std::size_t>(marked, 1), '^');
  return drawn;
}

/// As `draw`, for a line of any length: a long one is cut around the marked range.
Drawn draw_window(std::string_view line, std::size_t begin, std::size_t end) {
  if (line.size() <= widest_line) return draw(line, 0, line.size(), begin, end);
  const auto inside_character = [&](std::size_t i) {
    return i < line.size() && (static_cast<unsigned char>(line[i]) & 0xc0) == 0x80;
  };
  std::size_t from =
      begin < widest_line / 2 ? 0 : std::min(begin - widest_line / 3, line.size() - widest_line);
  std::size_t to = std::min(line.size(), from + widest_line);
  for (int i = 0; i < 3 && inside_character(from); ++i) ++from;
  for (int i = 0; i < 3 && inside_character(to); ++i) ++to;
  Drawn drawn = draw(line, from, to, begin, end);
  if (from > 0) drawn = {"..." + drawn.text, "   " + drawn.carets};
  if (to < line.size()) drawn.text += "...";
  return drawn;
}

Span clamped(const Place& place) {
  const std::string& text = place.source->text();
  const auto size = static_cast<std::uint32_t>(text.size());
  Span span{std::min(place.span.begin, size), std::min(place.span.end, size)};
  while (span.end > span.begin && blanks.find(text[span.end - 1]) != blanks.npos) --span.end;
  span.end = std::max(span.begin, span.end);
  return span;
}

/// Where a place lies, and the source lines it covers with carets below. Returns the width of the line
/// numbers.
std::size_t show(std::string& out, const Place& place) {
  const Source& source = *place.source;
  const Span span = clamped(place);
  const LineColumn first = source.position(span.begin), last = source.position(span.end);
  const std::size_t gutter = std::to_string(last.line).size();
  const std::string margin(gutter, ' ');
  out += margin + "--> " + source.name() + ':' + std::to_string(first.line) + ':' +
         std::to_string(first.column) + '\n';
  out += margin + " |\n";
  for (std::uint32_t number = first.line; number <= last.line; ++number) {
    if (number - first.line + 1 == shown_lines && number < last.line) {
      out += std::string(gutter, '.') + '\n';
      number = last.line;
    }
    const std::string_view line = source.line(number);
    const auto indent = std::min(line.find_first_not_of(blanks), line.size());
    const std::size_t begin = number == first.line ? first.column - 1 : indent;
    const std::size_t end = number == last.line ? last.column - 1 : std::max(begin, line.size());
    const Drawn drawn = draw_window(line, begin, end);
    const std::string digits = std::to_string(number);
    out += std::string(gutter - digits.size(), ' ') + digits + " | " + drawn.text + '\n';
    out += margin + " | " + drawn.carets + '\n';
  }
  return gutter;
}

/// The line of the first fix as it looks mended; "" if that cannot be shown on one short line.
std::string mended_line(std::vector<Fix> fixes) {
  const Source& source = *fixes.front().place.source;
  const std::uint32_t number = source.position(fixes.front().place.span.begin).line;
  std::string line(source.line(number));
  const auto start = static_cast<std::size_t>(source.line(number).data() - source.text().data());
  std::ranges::sort(fixes, std::ranges::greater{}, [](const Fix& fix) { return fix.place.span.begin; });
  for (const Fix& fix : fixes) {
    const Span span = fix.place.span;
    if (fix.place.source.get() != &source || span.begin < start || span.end < span.begin) return {};
    if (span.end - start > line.size() || fix.replacement.find('\n') != std::string::npos) return {};
    line.replace(span.begin - start, span.end - span.begin, fix.replacement);
  }
  return line.size() <= widest_line ? std::string(trimmed(line)) : std::string();
}

std::string describe_fix(const std::vector<Fix>& fixes) {
  const Fix& fix = fixes.front();
  const std::string line = fix.place.source ? mended_line(fixes) : std::string();
  if (!line.empty()) return "write: " + line;
  if (fix.replacement == "\n") return "start a new line here";
  const std::string old(fix.place.text());
  if (fix.replacement == " " && old.find('\n') != old.npos) return "join this line and the next";
  if (old.empty()) return "insert `" + fix.replacement + "`";
  if (fix.replacement.empty()) return "leave out `" + old + "`";
  return "write `" + fix.replacement + "` in place of `" + old + "`";
}

/// The calls that wrote the places of a diagnostic, each once, with what they are said to have written.
std::vector<std::string> origin_notes(const Diagnostic& diagnostic) {
  std::vector<std::string> notes;
  const auto add = [&](const Place& place, const std::string& what) {
    const std::string call(place.source ? place.source->origin(place.span.begin) : std::string_view());
    const bool known = std::ranges::any_of(notes, [&](const std::string& n) { return n.ends_with(call); });
    if (!call.empty() && !known) notes.push_back(what + " was written by " + call);
  };
  add(diagnostic.place, "this text");
  for (const Note& note : diagnostic.notes) add(note.place, '`' + std::string(note.place.text()) + '`');
  return notes;
}

void add_remark(std::string& out, std::size_t gutter, const std::string& kind, const std::string& text) {
  out += std::string(gutter, ' ') + " = " + kind + ": ";
  for (const char c : text) {  // further lines are indented below the first
    out += c;
    if (c == '\n') out += std::string(gutter + 5 + kind.size(), ' ');
  }
  out += '\n';
}

}  // namespace

std::string render(const Diagnostic& diagnostic) {
  std::string out = diagnostic.severity == Severity::error ? "error" : "warning";
  out += '[' + code_name(diagnostic.code) + "]: " + diagnostic.message + '\n';
  const std::size_t gutter = diagnostic.place.source ? show(out, diagnostic.place) : 1;
  const std::vector<std::string> origins = origin_notes(diagnostic);
  const bool remarks = !diagnostic.help.empty() || !diagnostic.fixes.empty() || !origins.empty() ||
                       std::ranges::any_of(diagnostic.notes, [](const Note& n) { return !n.place.source; });
  if (remarks && diagnostic.place.source) out += std::string(gutter, ' ') + " |\n";
  for (const Note& note : diagnostic.notes) {
    if (!note.place.source) add_remark(out, gutter, "note", note.text);
  }
  for (const std::string& origin : origins) add_remark(out, gutter, "note", origin);
  if (!diagnostic.help.empty()) add_remark(out, gutter, "help", diagnostic.help);
  if (!diagnostic.fixes.empty()) add_remark(out, gutter, "help", describe_fix(diagnostic.fixes));
  for (const Note& note : diagnostic.notes) {
    if (!note.place.source) continue;
    out += "note: " + note.text + '\n';
    show(out, note.place);
  }
  return out;
}

std::string render(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (std::size_t i = 0; i < std::min(diagnostics.size(), shown_problems); ++i) {
    if (i > 0) out += '\n';
    out += render(diagnostics[i]);
  }
  if (diagnostics.size() > shown_problems) {
    out += "\n... and " + std::to_string(diagnostics.size() - shown_problems) + " more\n";
  }
  return out;
}

}  // namespace ranvier
