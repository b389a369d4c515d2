#pragma once
#include <span>
#include <string>

#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier {

/// Diagnostics for editors and other programs: one JSON object in UTF-8, on one line, without a line end.
///
///   {"version": 1, "diagnostics": [DIAGNOSTIC, ...]}
///   DIAGNOSTIC = {"code": "RV0301", "title": what the code stands for, "severity": "error" or "warning",
///                 "message": sentence, "help": sentence or "", "place": PLACE or null,
///                 "notes": [{"message": sentence, "place": PLACE or null}, ...],
///                 "fixes": [{"place": PLACE, "replacement": text}, ...]}
///   PLACE      = {"source": name of the text, "begin": B, "end": E, "begin_line": L, "begin_column": C,
///                 "end_line": L, "end_column": C, "origin": call or ""}
///
/// begin and end are offsets in bytes, from 0, the end excluded; lines and columns count from 1, columns in
/// bytes. Fixes of one diagnostic belong together. "origin" is the call that wrote this part of a generated
/// text. Bytes that are not UTF-8 appear as U+FFFD. Fields may be added; none will change its meaning within
/// a version.
std::string to_json(std::span<const Diagnostic> diagnostics);

/// A text as a JSON string, with its quotation marks.
std::string to_json(std::string_view text);

}  // namespace ranvier
