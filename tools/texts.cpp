#include <algorithm>
#include <ranges>
#include <ranvier/tools/texts.hpp>

namespace ranvier::tool {

SourcePtr Texts::source(const std::string& name, const std::vector<Place>& pieces) {
  std::string text;
  for (const Place& piece : pieces) {
    if (!text.empty()) text += '\n';
    text += piece.text();
  }
  known_.push_back({make_source(name, std::move(text)), pieces});
  return known_.back().source;
}

/// The text itself, or one with the same words: under the same name, or else the last one.
const Texts::Known* Texts::find(const Source& source) const {
  const Known* best = nullptr;
  for (const Known& known : known_ | std::views::reverse) {
    if (known.source.get() == &source) return &known;
    if (known.source->text() != source.text()) continue;
    if (known.source->name() == source.name()) return &known;
    if (!best) best = &known;
  }
  return best;
}

void Texts::translate(Place& place) const {
  const Known* known = place.source ? find(*place.source) : nullptr;
  if (!known) return;
  const Span span = place.span;
  std::uint32_t offset = 0;
  for (const Place& piece : known->pieces) {
    const std::uint32_t length = piece.span.end - piece.span.begin;
    if (span.begin <= offset + length) {
      place.source = piece.source;
      place.span.begin = piece.span.begin + (std::max(span.begin, offset) - offset);
      place.span.end = std::max(place.span.begin, piece.span.begin + std::min(span.end - offset, length));
      return;
    }
    offset += length + 1;
  }
}

namespace {

/// How the library speaks to programs of C++, from its first to its last words, and how a session says it.
struct Wording {
  std::string_view begin, end, instead;
};
constexpr Wording wordings[] = {
    {", as in .namespace_ = {{", "}}", " in a line of its own"},
    {"a function or a TimedArray of your own is given", " in the namespace",
     "a function of your own is a line `f(x) = ...`, values over time a `timed_array`"},
    {"`.j = \"", "\"`", "`connect j='k for k in range(N_post)'`"},
};

void reword(std::string& text) {
  for (const Wording& row : wordings) {
    const std::size_t begin = text.find(row.begin);
    if (begin == text.npos) continue;
    const std::size_t end = text.find(row.end, begin + row.begin.size());
    if (end != text.npos) text.replace(begin, end + row.end.size() - begin, row.instead);
  }
}

}  // namespace

std::vector<Diagnostic> Texts::in_users_words(std::vector<Diagnostic> diagnostics) const {
  for (Diagnostic& diagnostic : diagnostics) {
    translate(diagnostic.place);
    reword(diagnostic.message);
    reword(diagnostic.help);
    for (Note& note : diagnostic.notes) translate(note.place);
    for (Fix& fix : diagnostic.fixes) translate(fix.place);
  }
  return diagnostics;
}

ModelError problem(DiagnosticCode code, const Place& place, const std::string& message,
                   const std::string& help) {
  Diagnostic diagnostic{
      .code = code, .place = place, .message = message, .notes = {}, .help = {}, .fixes = {}};
  if (!help.empty()) diagnostic.helped_by(help);
  return ModelError({diagnostic});
}

}  // namespace ranvier::tool
