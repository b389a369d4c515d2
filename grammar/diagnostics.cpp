#include <algorithm>
#include <cctype>
#include <ranvier/grammar/diagnostics.hpp>
#include <utility>

namespace ranvier {
namespace {

int lower(char c) {
  return std::tolower(static_cast<unsigned char>(c));
}

/// Two slips seldom change the first letter, or make one word of two: `taupre` is not `apre` or `t_pre`.
bool looks_different(std::string_view word, std::string_view candidate) {
  const auto joined = [](std::string_view name) { return name.find('_') == name.npos; };
  return word.empty() || lower(word[0]) != lower(candidate[0]) || joined(word) != joined(candidate);
}

/// Edits that turn `a` into `b`, counted twice: an insertion, a deletion, a replacement or a swap of
/// neighbours costs 2, a change of case, or of a digit that looks like the letter, only 1.
std::size_t doubled_distance(std::string_view a, std::string_view b) {
  const auto alike = [&](char x, char y) {
    constexpr std::string_view twins = "1l1I0O0o";
    for (std::size_t k = 0; k < twins.size(); k += 2)
      if ((x == twins[k] && y == twins[k + 1]) || (y == twins[k] && x == twins[k + 1])) return true;
    return lower(x) == lower(y);
  };
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = 2 * j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = 2 * i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : alike(a[i - 1], b[j - 1]) ? 1 : 2;
      row[j] = std::min({above[j - 1] + change, above[j] + 2, row[j - 1] + 2});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 2);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

}  // namespace

Diagnostic& Diagnostic::note(std::string text, Place where) {
  notes.push_back({std::move(text), std::move(where)});
  return *this;
}

Diagnostic& Diagnostic::helped_by(std::string text) {
  help = std::move(text);
  return *this;
}

Diagnostic& Diagnostic::fixed_by(Place where, std::string replacement) {
  fixes.push_back({std::move(where), std::move(replacement)});
  return *this;
}

Diagnostic& Diagnostics::error(DiagnosticCode code, Place place, std::string message) {
  return add({Severity::error, code, std::move(place), std::move(message), {}, {}, {}});
}

Diagnostic& Diagnostics::warning(DiagnosticCode code, Place place, std::string message) {
  return add({Severity::warning, code, std::move(place), std::move(message), {}, {}, {}});
}

Diagnostic& Diagnostics::add(Diagnostic diagnostic) {
  return list_.emplace_back(std::move(diagnostic));
}

Diagnostic* Diagnostics::find(DiagnosticCode code, const Place& place) {
  const auto found = std::ranges::find_if(list_, [&](const Diagnostic& d) {
    return d.code == code && d.place.source == place.source && d.place.span == place.span;
  });
  return found == list_.end() ? nullptr : &*found;
}

bool Diagnostics::has_errors() const {
  return std::ranges::any_of(list_, [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void Diagnostics::append(const Diagnostics& other) {
  const std::vector<Diagnostic> copy = other.list_;  // `other` may be this
  list_.insert(list_.end(), copy.begin(), copy.end());
}

/// Passes find problems in their own order; a person mends a text from its top to its end. Texts stay in the
/// order in which they were first complained about.
std::vector<Diagnostic> Diagnostics::in_reading_order() const {
  std::vector<const Source*> texts;
  const auto rank = [&](const Diagnostic& d) {
    return std::ranges::find(texts, d.place.source.get()) - texts.begin();
  };
  for (const Diagnostic& d : list_)
    if (std::cmp_equal(rank(d), texts.size())) texts.push_back(d.place.source.get());
  std::vector<Diagnostic> sorted = list_;
  std::ranges::stable_sort(sorted, {},
                           [&](const Diagnostic& d) { return std::pair(rank(d), d.place.span.begin); });
  return sorted;
}

void Diagnostics::raise_if_errors() const {
  if (has_errors()) throw ModelError(in_reading_order());
}

ModelError::ModelError(std::vector<Diagnostic> diagnostics)
    : Error(render(diagnostics)), diagnostics_(std::move(diagnostics)) {}

std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates) {
  const std::size_t longest = 128;  // the cost grows with the square of the length
  if (word.size() > longest) return {};
  std::size_t best = std::max<std::size_t>(2, 2 * word.size() / 3 + 1);  // a change of case is always near
  std::string nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t a = word.size(), b = candidate.size();
    if (2 * (a < b ? b - a : a - b) >= best || candidate == word) continue;
    const std::size_t distance = doubled_distance(word, candidate);
    if (distance < best && !(distance > 2 && looks_different(word, candidate))) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace ranvier
