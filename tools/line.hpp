#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <ranvier/grammar/source.hpp>

/// The lines of a session: what a person types into the REPL or writes into a file.
namespace ranvier::tool {

/// Whether a text goes on in the next line: a parenthesis or a quotation of three marks is open, or it ends
/// with a backslash.
bool goes_on(std::string_view text);

/// The lines of a text, those that go on joined, without blanks and comments around them; empty ones left
/// out. A blank line, a command or a `name = ...` ends what a forgotten parenthesis keeps open.
std::vector<Place> logical_lines(const SourcePtr& source);

/// The same place without blanks at its ends and without a comment behind it.
Place trimmed(Place place);
/// What stands between quotation marks, if all of it does: 'v > 1', "v > 1", '''...'''.
Place unquoted(const Place& place);
/// A part of a place, by offsets in its text.
Place part(const Place& place, std::size_t begin, std::size_t end);

/// The texts between commas that stand in no parentheses; square brackets around all of them are left out.
std::vector<Place> listed(const Place& place);

}  // namespace ranvier::tool
