#pragma once
#include <string>
#include <vector>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::tool {

/// The texts that were handed to the library, and where in the user's lines they stand, so that carets stand
/// below what the user wrote.
class Texts {
 public:
  /// A text of places of the user's, one below the other.
  SourcePtr source(const std::string& name, const std::vector<Place>& pieces);
  std::string text(const std::string& name, const Place& piece) { return source(name, {piece})->text(); }

  /// The same problems, their places where the user wrote what they are about.
  std::vector<Diagnostic> in_users_words(std::vector<Diagnostic> diagnostics) const;

 private:
  struct Known {
    SourcePtr source;
    std::vector<Place> pieces;
  };
  const Known* find(const Source& source) const;
  void translate(Place& place) const;

  std::vector<Known> known_;
};

/// A problem with a line of a session, to be thrown.
ModelError problem(DiagnosticCode code, const Place& place, const std::string& message,
                   const std::string& help = {});
[[noreturn]] inline void refuse(const Place& place, const std::string& message,
                                const std::string& help = {}) {
  throw problem(DiagnosticCode::bad_line, place, message, help);
}

}  // namespace ranvier::tool
