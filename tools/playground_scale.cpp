#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include <ranvier/compiler/units.hpp>
#include <ranvier/tools/playground_scale.hpp>

namespace ranvier::tool {

SliderScale::SliderScale(const Slider& slider) {
  const bool low = std::abs(slider.minimum.value) > std::abs(slider.maximum.value);
  const std::string text = to_string(low ? slider.minimum : slider.maximum);
  const std::size_t blank = text.find(' ');
  if (blank != std::string::npos) unit = text.substr(blank + 1);
  if (const auto known = find_unit(unit)) size = known->scale;
}

std::string SliderScale::text(const AnyQuantity& value) const {
  const std::string number = fmt::format("{:.6g}", shown(value));
  return unit.empty() ? number : number + " " + unit;
}

AnyQuantity slider_value(const Slider& slider, const std::string& text) {
  const SliderScale scale(slider);
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const std::string example = slider.name + "=" + scale.text(slider.value);
  if (end == text.c_str() || !std::isfinite(number))
    throw NetworkError("\"" + text + "\" is no value for the slider \"" + slider.name + "\"; write " +
                       example);
  std::string unit(end);
  std::erase_if(unit, [](char c) { return c == ' ' || c == '*'; });
  if (unit.empty()) return {number * scale.size, slider.step.dimension};
  const auto known = find_unit(unit);
  if (!known) throw NetworkError("no unit is called \"" + unit + "\"; write " + example);
  if (known->dimension != slider.step.dimension)
    throw NetworkError("the slider \"" + slider.name + "\" is not in \"" + unit + "\"; write " + example);
  return {number * known->scale, known->dimension};
}

}  // namespace ranvier::tool
