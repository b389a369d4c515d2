#pragma once
#include <ranvier/compiler/backends/llvm/graph.hpp>
#include <ranvier/grammar/ast.hpp>

namespace ranvier::llvm_backend {

/// `left op right` where one side is a number of steps, timestep(time, dt), plus what is the same for every
/// element, and the other side is the same for every element: time is compared with the first time that is
/// counted so many steps, which is found once a call. `none` for anything else.
Id compare_steps(Operations& operations, BinaryOp op, Id left, Id right);

/// The least double `time` for which timestep(time, dt) >= steps; dt is positive.
double first_time(double steps, double dt) noexcept;

/// The largest double `start` for which now - start is at least `first`, or no number and `first` at most 0;
/// NaN if there is none.
double last_start(double now, double first) noexcept;

}  // namespace ranvier::llvm_backend
