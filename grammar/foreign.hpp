#pragma once
#include <string_view>

#include <ranvier/grammar/codes.hpp>
#include <ranvier/grammar/tokens.hpp>

// How other languages write what this one writes differently. Internal to grammar/.
namespace ranvier {

/// What to say about an operator that the language does not have, and what to put in its place ("": nothing).
struct ForeignOperator {
  std::string_view spelling;
  DiagnosticCode code;
  std::string_view replacement, help;
};

/// nullptr if nothing is known of it.
const ForeignOperator* find_foreign_operator(std::string_view spelling);
/// What a name is that differs from a word of the language by its capitals; "" for any other.
std::string_view word_meant(std::string_view name);
/// What to write instead of a word of Python.
std::string_view help_for_word(std::string_view keyword);
/// The `frac` of a `\frac` whose backslash the token is; "" for anything else.
std::string_view latex_command(std::string_view text, const Token& token);
/// What the language writes for it: `*` for `cdot`, `tau` for `tau`; "" where nothing is needed.
std::string_view in_place_of_latex(std::string_view command);

}  // namespace ranvier
