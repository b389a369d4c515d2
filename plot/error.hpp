#pragma once
#include <ranvier/grammar/diagnostics.hpp>

namespace ranvier::plot {

/// A figure that cannot be drawn or written: data of unequal lengths, an unknown colour, a path without
/// permission.
class FigureError : public Error {
 public:
  using Error::Error;
};

}  // namespace ranvier::plot
