#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include <ranvier/tools/playground_html.hpp>
#include <ranvier/tools/playground_page.hpp>
#include <ranvier/tools/playground_scale.hpp>

namespace ranvier::tool {
namespace {

using Json = nlohmann::ordered_json;

constexpr double volts_per_count = 1e-5;
constexpr std::size_t most_combinations = 20'000;

std::string base64(const std::string& bytes) {
  static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t there = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < there ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= there ? letters[group >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

// Little-endian, as every browser's arrays are.
std::string counts(const std::vector<double>& voltage) {
  std::string bytes;
  for (const double v : voltage) {
    const double clipped = std::clamp(std::round(v / volts_per_count), -32767.0, 32767.0);
    const auto count =
        static_cast<std::uint16_t>(static_cast<std::int16_t>(std::isnan(v) ? -32768 : clipped));
    bytes += static_cast<char>(count & 0xff);
    bytes += static_cast<char>(count >> 8);
  }
  return bytes;
}

Json answer_json(const PlaygroundTrace& trace) {
  Json spikes = Json::array();
  for (const double t : trace.dspikes) spikes.push_back(std::round(t * 1e6) / 1e3);
  return {{"v", base64(counts(trace.voltage))}, {"dspikes", spikes}};
}

Json slider_json(const Slider& slider, const std::vector<double>& values) {
  const SliderScale scale(slider);
  Json json = {{"name", slider.name},
               {"unit", scale.unit},
               {"size", scale.size},
               {"min", scale.shown(slider.minimum)},
               {"max", scale.shown(slider.maximum)},
               {"step", scale.shown(slider.step)},
               {"value", scale.shown(slider.value)}};
  if (!values.empty()) json["values"] = values;
  return json;
}

std::string page(const Json& data) {
  std::string text = data.dump();
  // Inside a script element nothing may look like its end.
  for (std::size_t at = 0; (at = text.find("</", at)) != std::string::npos; at += 3)
    text.replace(at, 2, "<\\/");
  std::string html(playground_html);
  const std::string hole = "{{DATA}}";
  return html.replace(html.find(hole), hole.size(), text);
}

/// The values at which a slider is offered, in its unit; what it is set to is one of them.
std::vector<double> offered(const Slider& slider, int positions) {
  if (positions < 2)
    throw NetworkError("the slider \"" + slider.name + "\" needs at least 2 positions, not " +
                       std::to_string(positions));
  const SliderScale scale(slider);
  const double low = scale.shown(slider.minimum), high = scale.shown(slider.maximum);
  std::vector<double> values;
  for (int k = 0; k < positions; ++k) values.push_back(std::lerp(low, high, k / (positions - 1.0)));
  const double set = scale.shown(slider.value);
  const auto nearest =
      std::ranges::min_element(values, {}, [&](double value) { return std::abs(value - set); });
  *nearest = set;
  return values;
}

struct Grid {
  std::vector<Slider> sliders;
  std::vector<std::vector<double>> values;
  std::size_t combinations = 1;
};

Grid grid_of(const Playground& playground, const std::map<std::string, int>& positions) {
  for (const auto& [name, count] : positions) static_cast<void>(playground.value(name));
  Grid grid;
  for (const Slider& slider : playground.sliders()) {
    const auto found = positions.find(slider.name);
    if (found == positions.end()) continue;
    grid.sliders.push_back(slider);
    grid.values.push_back(offered(slider, found->second));
    grid.combinations *= grid.values.back().size();
    if (grid.combinations > most_combinations)
      throw NetworkError("a page of more than 20000 combinations would be too large: give fewer positions");
  }
  return grid;
}

}  // namespace

std::string answer(const PlaygroundTrace& trace) {
  return answer_json(trace).dump();
}

std::string live_page(const Playground& playground) {
  Json sliders = Json::array();
  for (const Slider& slider : playground.sliders()) sliders.push_back(slider_json(slider, {}));
  return page({{"dt", playground.options().dt.si() * 1e3}, {"sliders", sliders}});
}

std::string precomputed_page(Playground& playground, const std::map<std::string, int>& positions) {
  const Grid grid = grid_of(playground, positions);
  Json sliders = Json::array(), answers = Json::array();
  for (std::size_t k = 0; k < grid.sliders.size(); ++k)
    sliders.push_back(slider_json(grid.sliders[k], grid.values[k]));
  for (std::size_t which = 0; which < grid.combinations; ++which) {
    std::size_t rest = which;
    for (std::size_t k = grid.sliders.size(); k-- > 0; rest /= grid.values[k].size()) {
      const double shown = grid.values[k][rest % grid.values[k].size()];
      const Slider& slider = grid.sliders[k];
      playground.set(slider.name, {shown * SliderScale(slider).size, slider.step.dimension});
    }
    answers.push_back(answer_json(playground.run()));
  }
  for (const Slider& slider : grid.sliders) playground.set(slider.name, slider.value);
  return page({{"dt", playground.options().dt.si() * 1e3}, {"sliders", sliders}, {"answers", answers}});
}

}  // namespace ranvier::tool
