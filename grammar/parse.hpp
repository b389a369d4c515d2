#pragma once
#include <ranvier/grammar/ast.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier {

/// Text of an equation block -> equations. All problems of the text go to `diagnostics`, in the order of the
/// text and with their places. All equations are returned whose name could be read, so that later passes can
/// report more of them; those with a mistake are marked as broken. An empty block is valid.
Block parse_equations(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits = {});

/// Text of one expression (threshold, condition, string assignment). Empty handle after an error.
Expr parse_expression(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits = {});

/// Text of statements (reset, on_pre): lines or `;`-separated, comments from `#`. A statement with a mistake
/// in its value is returned without it.
Code parse_statements(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits = {});

/// Text of a connection generator: "k for k in range(i - 1, i + 2) if k != i", or "i + 1", or "i if i < 3".
/// nullopt after an error.
std::optional<Generator> parse_generator(const SourcePtr& source, Diagnostics& diagnostics,
                                         const Limits& limits = {});

}  // namespace ranvier
