#pragma once
#include <string>

#include <ranvier/models/playground.hpp>

namespace ranvier::tool {

/// The unit that a slider is shown in, "nS", and its size in SI units. One unit for the whole slider: the one
/// that suits its greater end.
struct SliderScale {
  std::string unit;
  double size = 1;

  explicit SliderScale(const Slider& slider);
  double shown(const AnyQuantity& value) const { return value.value / size; }
  /// "25 nS"
  std::string text(const AnyQuantity& value) const;
};

/// The value that a person wrote for a slider: "25 nS", "25*nS", or "25", which is in the slider's unit.
/// Throws NetworkError.
AnyQuantity slider_value(const Slider& slider, const std::string& text);

}  // namespace ranvier::tool
