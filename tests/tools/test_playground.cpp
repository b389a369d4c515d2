// `ranvier playground`: on a terminal, as a page, printed once.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <ranvier/ranvier.hpp>
#include <ranvier/tools/playground_page.hpp>
#include <ranvier/tools/playground_scale.hpp>
#include <string_view>

#include "tests/support/scratch.hpp"
#include "tests/tools/process.hpp"
#include "tests/tools/terminal_session.hpp"

using namespace ranvier;
using namespace ranvier::units;
using nlohmann::json;
using test::run_tool;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The data that a page carries.
json data_of(const std::string& page) {
  const std::string begin = "const data = ";
  const std::size_t at = page.find(begin) + begin.size();
  return json::parse(page.substr(at, page.find(";\n", at) - at));
}

/// As browsers read it [V].
std::vector<double> voltage_of(const json& answer) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<unsigned> bytes;
  unsigned bits = 0, held = 0;
  for (const char c : answer.at("v").get<std::string>()) {
    if (c == '=') break;
    held = held << 6 | static_cast<unsigned>(letters.find(c));
    if ((bits += 6) < 8) continue;
    bits -= 8;
    bytes.push_back(held >> bits & 0xff);
  }
  std::vector<double> voltage;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    voltage.push_back(1e-5 * static_cast<std::int16_t>(bytes[i] | bytes[i + 1] << 8));
  return voltage;
}

void check_same(const json& answer, const PlaygroundTrace& trace) {
  const std::vector<double> voltage = voltage_of(answer);
  REQUIRE(voltage.size() == trace.voltage.size());
  double furthest = 0;
  for (std::size_t i = 0; i < voltage.size(); ++i)
    furthest = std::max(furthest, std::abs(voltage[i] - trace.voltage[i]));
  CHECK(furthest <= 0.5001e-5);
  CHECK(answer.at("dspikes").size() == trace.dspikes.size());
}

}  // namespace

TEST_CASE("a page has the answer to every combination of its sliders, in order") {
  Playground playground;
  const json data = data_of(tool::precomputed_page(playground, {{"current", 3}, {"g_rise", 2}}));
  REQUIRE(data.at("sliders").size() == 2);
  REQUIRE(data.at("answers").size() == 6);
  const auto currents = data.at("sliders")[0].at("values").get<std::vector<double>>();
  const auto rises = data.at("sliders")[1].at("values").get<std::vector<double>>();
  CHECK(std::ranges::count(currents, 120) == 1);  // what the slider is set to is among them
  CHECK(currents.back() == 200);
  for (std::size_t k = 0; k < 6; ++k) {
    playground.set("current", currents[k / 2] * pA);
    playground.set("g_rise", rises[k % 2] * nS);
    check_same(data.at("answers")[k], playground.run());
  }
}

TEST_CASE("a page that cannot be is refused, and leaves the sliders alone") {
  Playground playground;
  playground.set("g_fall", 7 * nS);
  CHECK_THROWS_AS(tool::precomputed_page(playground, {{"g_rice", 3}}), NetworkError);
  CHECK_THROWS_AS(tool::precomputed_page(playground, {{"g_rise", 1}}), NetworkError);
  CHECK_THROWS_AS(tool::precomputed_page(playground, {{"g_rise", 200}, {"g_fall", 200}}), NetworkError);
  tool::precomputed_page(playground, {{"g_fall", 2}});
  CHECK(playground.value("g_fall") == AnyQuantity(7 * nS));
}

TEST_CASE("the live page offers every slider") {
  const Playground playground;
  const json data = data_of(tool::live_page(playground));
  CHECK(data.at("sliders").size() == playground.sliders().size());
  CHECK_FALSE(data.contains("answers"));
  CHECK(data.at("sliders")[1].at("unit") == "mV");
  CHECK(data.at("sliders")[1].at("value") == -40);
}

TEST_CASE("the value of a slider is read with its unit or in its own") {
  const Slider slider{"g_rise", "g", 0 * nS, 40 * nS, 20 * nS, 0.5 * nS};
  for (const char* text : {"25", "25 nS", "25*nS", "0.025 uS"})
    CHECK(tool::slider_value(slider, text).value == doctest::Approx(25e-9));
  for (const char* text : {"", "x", "25 mV", "25 nX", "nan"})
    CHECK_THROWS_WITH_AS(tool::slider_value(slider, text), doctest::Contains("write g_rise=20 nS"),
                         NetworkError);
}

TEST_CASE("without a terminal the playground prints its answer once") {
  const auto outcome = run_tool({"playground", "--set", "g_rise=30*nS"});
  CHECK(outcome.code == 0);
  CHECK(contains(outcome.out, "dendritic spikes, highest potential"));
  CHECK(contains(outcome.out, "30 nS"));
  CHECK_FALSE(contains(outcome.out, "q: quit"));
  const auto wrong = run_tool({"playground", "--set", "g_rice=30*nS"});
  CHECK(wrong.code == 2);
  CHECK(contains(wrong.err, "did you mean \"g_rise\"?"));
  const test::Scratch scratch;
  const std::string page = scratch.path("page.html");
  CHECK(run_tool({"playground", "--html", page, "--positions", "g_rise=3"}).code == 0);
  CHECK(data_of(test::contents_of(page)).at("answers").size() == 3);
}

TEST_CASE("on a terminal the keys turn the sliders") {
  test::TerminalSession terminal({"playground"});
  CHECK(contains(terminal.wait_for("q: quit"), "5 dendritic spikes"));
  terminal.type("\x1b[B\x1b[B");  // down to g_rise
  terminal.wait_for("> g_rise");
  terminal.type("\x1b[C");
  terminal.wait_for("20.5 nS");
  terminal.type("H");
  terminal.wait_for("15.5 nS");
  terminal.type("r");
  terminal.wait_for(" 20 nS");
  terminal.type("q");
  CHECK(terminal.end() == 0);
}
