#pragma once
#include <ranvier/grammar/ast.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>

namespace ranvier {

/// Text of an equation block -> equations. All problems of the text go to `diagnostics`, with their places;
/// the equations that could be read are returned, so that later passes can report more. An empty block is
/// valid.
Block parse_equations(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits = {});

/// Text of one expression (threshold, condition, string assignment). Empty handle after an error.
Expr parse_expression(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits = {});

/// Text of statements (reset, on_pre): lines or `;`-separated, comments from `#`.
Code parse_statements(const SourcePtr& source, Diagnostics& diagnostics, const Limits& limits = {});

}  // namespace ranvier
