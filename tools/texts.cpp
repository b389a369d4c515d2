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

std::vector<Diagnostic> Texts::in_users_words(std::vector<Diagnostic> diagnostics) const {
  for (Diagnostic& diagnostic : diagnostics) {
    translate(diagnostic.place);
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
