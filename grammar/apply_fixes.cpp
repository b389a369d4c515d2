#include <algorithm>
#include <ranvier/grammar/apply_fixes.hpp>

namespace ranvier {
namespace {

struct Edit {
  Span span;
  std::string_view replacement;
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// Two edits that cannot both be made: they share a character, or insert at one place, or one inserts within
/// what the other replaces.
bool clash(const Edit& a, const Edit& b) {
  const bool both_insert = a.span.begin == a.span.end && b.span == a.span;
  return both_insert || (a.span.begin < b.span.end && b.span.begin < a.span.end);
}

class Edits {
 public:
  explicit Edits(const Source& source) : source_(source) {}

  /// Takes all fixes that are for this source, or none of them.
  void take(std::span<const Fix> fixes) {
    std::vector<Edit> more;
    for (const Fix& fix : fixes) {
      if (!is_here(fix.place)) continue;
      const Edit edit{fix.place.span, fix.replacement};
      if (std::ranges::find(edits_, edit) != edits_.end()) continue;
      if (fix.place.span.end < fix.place.span.begin || fix.place.span.end > source_.text().size()) return;
      const auto clashes = [&](const Edit& other) { return clash(edit, other); };
      if (std::ranges::any_of(edits_, clashes) || std::ranges::any_of(more, clashes)) return;
      more.push_back(edit);
    }
    edits_.insert(edits_.end(), more.begin(), more.end());
  }

  std::string text() {
    // An insertion at the begin of what another edit replaces comes first.
    std::ranges::sort(edits_, {}, [](const Edit& e) { return std::pair(e.span.begin, e.span.end); });
    std::string result;
    std::size_t done = 0;
    for (const Edit& edit : edits_) {
      result.append(source_.text(), done, edit.span.begin - done);
      result += edit.replacement;
      done = edit.span.end;
    }
    return result.append(source_.text(), done);
  }

 private:
  /// The same text under the same name is the same source, also if it was parsed twice.
  bool is_here(const Place& place) const {
    if (!place.source) return false;
    const bool same_text = place.source->name() == source_.name() && place.source->text() == source_.text();
    return place.source.get() == &source_ || same_text;
  }

  const Source& source_;
  std::vector<Edit> edits_;
};

}  // namespace

std::string apply_fixes(const Source& source, std::span<const Diagnostic> diagnostics) {
  Edits edits(source);
  for (const Diagnostic& diagnostic : diagnostics) edits.take(diagnostic.fixes);
  return edits.text();
}

std::string apply_fixes(const Source& source, std::span<const Fix> fixes) {
  Edits edits(source);
  for (const Fix& fix : fixes) edits.take(std::span(&fix, 1));
  return edits.text();
}

}  // namespace ranvier
