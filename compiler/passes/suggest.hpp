#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace ranvier::pass {

/// What to write for a function that other languages have and this one lacks, a sentence; "" if nothing is
/// known of it.
std::string advice_for_function(std::string_view name);

/// The function of this language that a function of another one is by another name: arcsin for asin; or "".
std::string other_name_of_function(std::string_view name);

/// How to come by a special variable that only some models have (lastspike, lastupdate), a sentence; "" for
/// any other name.
std::string advice_for_name(std::string_view name);

/// A near name of the language or of `candidates` for a misspelt one, functions left out; "" if there is
/// none. Other spellings of units are known: `mv`, `msec`, `V`.
std::string suggest_name(std::string_view name, std::vector<std::string> candidates);

/// The built-in function, or the one of `candidates`, nearest to a misspelt one, or "".
std::string suggest_function(std::string_view name, std::vector<std::string> candidates);

/// How a call of the function looks: "clip(x, low, high)".
std::string signature_of(std::string_view builtin);

}  // namespace ranvier::pass
