#include <ranvier/grammar/json.hpp>
#include <ranvier/grammar/utf8.hpp>

namespace ranvier {
namespace {

std::string escaped(char c) {
  static constexpr char hex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      const auto byte = static_cast<unsigned char>(c);
      return std::string("\\u00") + hex[byte >> 4] + hex[byte & 15];
  }
}

/// `"name":`
std::string key(std::string_view name) {
  return '"' + std::string(name) + "\":";
}

std::string field(std::string_view name, std::string_view text) {
  return key(name) + to_json(text);
}
std::string field(std::string_view name, std::uint32_t number) {
  return key(name) + std::to_string(number);
}

template <class Items, class Write>
std::string list(const Items& items, Write write) {
  std::string out = "[";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += write(item);
  }
  return out + ']';
}

std::string object(const Place& place) {
  if (!place.source) return "null";
  const Source& source = *place.source;
  const LineColumn begin = source.position(place.span.begin), end = source.position(place.span.end);
  return '{' + field("source", source.name()) + ',' + field("begin", place.span.begin) + ',' +
         field("end", place.span.end) + ',' + field("begin_line", begin.line) + ',' +
         field("begin_column", begin.column) + ',' + field("end_line", end.line) + ',' +
         field("end_column", end.column) + ',' + field("origin", source.origin(place.span.begin)) + '}';
}

std::string object(const Note& note) {
  return '{' + field("message", note.text) + ',' + key("place") + object(note.place) + '}';
}

std::string object(const Fix& fix) {
  return '{' + key("place") + object(fix.place) + ',' + field("replacement", fix.replacement) + '}';
}

std::string object(const Diagnostic& d) {
  return '{' + field("code", code_name(d.code)) + ',' + field("title", describe(d.code).title) + ',' +
         field("severity", d.severity == Severity::error ? "error" : "warning") + ',' +
         field("message", d.message) + ',' + field("help", d.help) + ',' + key("place") + object(d.place) +
         ',' + key("notes") + list(d.notes, [](const Note& note) { return object(note); }) + ',' +
         key("fixes") + list(d.fixes, [](const Fix& fix) { return object(fix); }) + '}';
}

}  // namespace

std::string to_json(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const char c = text.front();
    const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
    if (length == 0)
      out += "\xef\xbf\xbd";
    else if (plain)
      out += text.substr(0, length);
    else
      out += escaped(c);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out + '"';
}

std::string to_json(std::span<const Diagnostic> diagnostics) {
  return "{\"version\":1," + key("diagnostics") +
         list(diagnostics, [](const Diagnostic& d) { return object(d); }) + '}';
}

}  // namespace ranvier
