#pragma once
#include <span>

#include <ranvier/compiler/kernel.hpp>
#include <ranvier/compiler/passes/system.hpp>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/grammar/limits.hpp>

/// Bounds on what the passes make of a model: a short text can ask for a great deal of code. Each function
/// throws a ModelError that names the bound. What is counted is known before it is walked.
namespace ranvier::pass {

/// Of an expression with its subexpressions put in.
void check_size(const Expr& expr, const Place& place, const Limits& limits);

/// Of equations that are about to be integrated by a method of so many stages.
void check_size(const System& system, std::size_t stages, const Limits& limits);

/// Of the code of a kernel: its parts, and how many of them are different.
void check_size(const Kernel& kernel, const Limits& limits);

/// Of kernels that are compiled together: the different parts of each, added up.
void check_size(std::span<const Kernel> kernels, const Limits& limits);

}  // namespace ranvier::pass
