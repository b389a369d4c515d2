#pragma once
#include <ranvier/compiler/kernel.hpp>

namespace ranvier {

/// Numbers 0, 1, ... of a random stream, one an element, into the hidden column "_draws" (f64): uniform in
/// [0, 1). The stream is a key and a row, which is passed as the time step: number n of row r has the counter
/// {n, 0, r}.
Kernel uniform_kernel();
/// Of the same stream, how often something fails before it succeeds for the first time: floor(log(1 - u) /
/// log_q), with u uniform and log_q, the logarithm of the probability of a failure, in the hidden column
/// "_log_q".
Kernel failures_kernel();

}  // namespace ranvier
