#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/grammar/codes.hpp>
#include <ranvier/grammar/source.hpp>

namespace ranvier {

enum class Severity { error, warning };

/// A further place, or a further fact, that explains a diagnostic.
struct Note {
  std::string text;
  Place place;  // without a source: a plain sentence
};

/// A replacement that would mend the problem, applied to the user's own text.
struct Fix {
  Place place;
  std::string replacement;
};

/// One problem in a model: where it is, what is wrong, what was expected, how to mend it.
struct Diagnostic {
  Severity severity = Severity::error;
  DiagnosticCode code = DiagnosticCode::syntax;
  Place place;
  std::string message;
  std::vector<Note> notes;
  std::string help;
  std::vector<Fix> fixes;

  Diagnostic& note(std::string text, Place where = {});
  Diagnostic& helped_by(std::string text);
  Diagnostic& fixed_by(Place where, std::string replacement);
};

/// The text a person reads: message, source line, caret range, notes, help. Ends with a newline.
std::string render(const Diagnostic& diagnostic);
std::string render(const std::vector<Diagnostic>& diagnostics);

/// Collects problems so that a user sees all of them at once.
class Diagnostics {
 public:
  Diagnostic& error(DiagnosticCode code, Place place, std::string message);
  Diagnostic& warning(DiagnosticCode code, Place place, std::string message);
  Diagnostic& add(Diagnostic diagnostic);
  bool has_errors() const;
  const std::vector<Diagnostic>& all() const { return list_; }
  /// What was said of this kind about a place, to add to it; nullptr if nothing was.
  Diagnostic* find(DiagnosticCode code, const Place& place);
  void append(const Diagnostics& other);
  /// All of them, those of one text in its order.
  std::vector<Diagnostic> in_reading_order() const;
  /// Throws ModelError with everything collected if there is at least one error.
  void raise_if_errors() const;

 private:
  std::vector<Diagnostic> list_;
};

/// The name among `candidates` nearest to `word` (edit distance at most a third of its length), or "".
std::string nearest_name(std::string_view word, const std::vector<std::string>& candidates);

/// Base of everything this library throws on purpose.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A problem in a text of the model. what() is the rendered text of all diagnostics.
class ModelError : public Error {
 public:
  explicit ModelError(std::vector<Diagnostic> diagnostics);
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// A problem in the wiring of a network: sizes, indices, unknown variables, wrong units of a value.
class NetworkError : public Error {
 public:
  using Error::Error;
};

/// The machine-code back end failed (not the user's fault).
class BackendError : public Error {
 public:
  using Error::Error;
};

}  // namespace ranvier
