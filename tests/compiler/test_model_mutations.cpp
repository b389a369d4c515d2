// The quality of error messages, measured: one token of a good model is lost, or swapped with its neighbour,
// and the first error should point there.
#include <algorithm>
#include <array>
#include <map>
#include <random>

#include <doctest/doctest.h>

#include <ranvier/grammar/tokens.hpp>
#include <ranvier/tests/support/model_file.hpp>

using namespace ranvier;
using test::ModelFile;

namespace {

constexpr std::size_t wanted_models = 100, mutants_of_each = 50, near_tokens = 3;

struct Edit {
  std::size_t section;
  Token token, neighbour;  // of a deletion, the two are the same
  bool deletes() const { return token.span == neighbour.span; }
};

/// A model with an edit made, and the range of the text that was touched.
struct Mutant {
  ModelFile model;
  std::string section;
  Span touched;
};

std::vector<Token> tokens_of(const std::string& text) {
  return tokenize(text, {0, static_cast<std::uint32_t>(text.size())});
}

/// All edits of a model: each token deleted, each swapped with the next one of its line.
std::vector<Edit> edits_of(const ModelFile& model) {
  std::vector<Edit> edits;
  for (std::size_t s = 0; s < model.sections.size(); ++s) {
    const auto& [name, text] = model.sections[s];
    if (test::language_of(name) == test::Language::other) continue;
    const std::vector<Token> tokens = tokens_of(text);
    const auto piece = [&](const Token& t) { return text.substr(t.span.begin, t.span.end - t.span.begin); };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      edits.push_back({s, tokens[i], tokens[i]});
      const bool pair = i + 1 < tokens.size() && !tokens[i + 1].starts_line;
      if (pair && piece(tokens[i]) != piece(tokens[i + 1])) edits.push_back({s, tokens[i], tokens[i + 1]});
    }
  }
  return edits;
}

Mutant mutate(ModelFile model, const Edit& edit) {
  std::string& text = model.sections[edit.section].text;
  const auto [begin, end] = edit.token.span;
  const auto [next, last] = edit.neighbour.span;
  Span touched{begin, begin};
  if (edit.deletes()) {
    text.erase(begin, end - begin);
  } else {
    text = text.substr(0, begin) + text.substr(next, last - next) + text.substr(end, next - end) +
           text.substr(begin, end - begin) + text.substr(last);
    touched.end = last;
  }
  return {model, model.sections[edit.section].name, touched};
}

/// The first and the last token that a range touches, or that lie around it.
std::pair<std::ptrdiff_t, std::ptrdiff_t> token_range(const std::vector<Token>& tokens, Span span) {
  const auto first = std::ranges::find_if(tokens, [&](const Token& t) { return t.span.end >= span.begin; });
  const auto behind = std::ranges::find_if(tokens, [&](const Token& t) { return t.span.begin > span.end; });
  const auto lo = first - tokens.begin(), hi = behind - tokens.begin() - 1;
  return std::minmax(lo, hi);
}

/// Tokens between the edit and the nearer end of the carets. A long row of carets does not count as near to
/// what is in its middle.
std::ptrdiff_t distance(const Mutant& mutant, const Span& carets) {
  const std::vector<Token> tokens = tokens_of(*mutant.model.find(mutant.section));
  const auto [first, last] = token_range(tokens, mutant.touched);
  const auto from = [&, first = first, last = last](std::ptrdiff_t token) {
    return token < first ? first - token : token > last ? token - last : 0;
  };
  const auto [begin, end] = token_range(tokens, carets);
  return std::min(from(begin), from(end));
}

struct Count {
  std::size_t refused = 0, near = 0;
};

class Measurement {
 public:
  void take(const ModelFile& model, const Edit& edit) {
    const Mutant mutant = mutate(model, edit);
    CAPTURE(*mutant.model.find(mutant.section));
    const test::Verdict verdict = test::compile(mutant.model);
    ++mutants;
    const Diagnostic* error = verdict.first_error();
    if (!error) return;
    CHECK(render(*error).find('^') != std::string::npos);
    const bool here = verdict.section_of(error->place) == mutant.section;
    const bool near = here && distance(mutant, error->place.span) <= static_cast<std::ptrdiff_t>(near_tokens);
    const std::string kind = edit.deletes() ? "deleted" : "swapped";
    for (const std::string& key : {std::string("all"), kind, "in " + mutant.section, area(*error)}) {
      ++counts[key].refused;
      counts[key].near += near;
    }
    if (!near) far_.push_back(mutant.section + ": " + excerpt(mutant) + "\n" + render(*error));
  }

  std::string table() const {
    std::string rows;
    for (const auto& [key, count] : counts)
      rows += "\n  " + key + ": " + std::to_string(count.near) + " of " + std::to_string(count.refused);
    return rows;
  }
  /// The farthest ones, for whoever wants to improve them.
  std::string far(std::size_t most) const {
    std::string text;
    for (std::size_t i = 0; i < std::min(most, far_.size()); ++i) text += "\n" + far_[i * far_.size() / most];
    return text;
  }

  std::map<std::string, Count> counts;
  std::size_t mutants = 0;

 private:
  static std::string area(const Diagnostic& error) {
    constexpr std::array names{"", "text", "names", "dimensions", "types", "integration", "structure"};
    const auto area = static_cast<std::size_t>(error.code) / 100;
    return std::string("an error of ") + (area < names.size() ? names[area] : "limits");
  }

  static std::string excerpt(const Mutant& mutant) {
    const std::string& text = *mutant.model.find(mutant.section);
    const auto begin = std::min<std::size_t>(mutant.touched.begin, text.size());
    return text.substr(begin < 20 ? 0 : begin - 20, begin < 20 ? begin : 20) + " <edit> " +
           text.substr(begin, 20);
  }

  std::vector<std::string> far_;
};

}  // namespace

TEST_CASE("a model with a token lost or misplaced is never fatal, and is reported near the mistake") {
  Measurement measured;
  std::size_t used = 0;
  std::mt19937 random(20);  // the same edits on every machine
  std::vector<ModelFile> models = test::models_in("valid");
  std::ranges::stable_partition(models, [](const ModelFile& m) { return m.name.starts_with("model_"); });
  for (const ModelFile& model : models) {
    std::vector<Edit> edits = edits_of(model);
    if (edits.size() < mutants_of_each || used == wanted_models) continue;
    ++used;
    for (std::size_t k = 0; k < mutants_of_each; ++k) {
      std::swap(edits[k], edits[k + random() % (edits.size() - k)]);
      measured.take(model, edits[k]);
    }
  }
  CHECK(used == wanted_models);
  MESSAGE(measured.mutants, " mutants; refused with carets within 3 tokens of the edit:", measured.table());
  INFO("far from the edit:", measured.far(40));
  const Count all = measured.counts["all"];
  CHECK(static_cast<double>(all.near) >= 0.8 * static_cast<double>(all.refused));
}
