#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "tests/compiler/kernel_bench.hpp"

using namespace ranvier;
using namespace ranvier::test;

namespace {

constexpr double dt = 1e-4;
constexpr std::int64_t now = 40;

double count_of(double time) {
  const double steps = std::trunc((time + 1e-3 * dt) / dt);
  return std::isnan(steps) ? 0 : steps;
}

/// Times on both sides of every place where a count may change, as near as doubles get.
std::vector<double> times() {
  std::vector<double> all = edge_numbers();
  for (const double steps : {-1e8, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 7.0, 28.0, 35.0, 39.0, 40.0, 1e8, 1e15})
    for (const double place : {steps * dt, steps * dt - 1e-3 * dt, (steps + 0.5) * dt,
                               static_cast<double>(now) * dt - steps * dt}) {
      double below = place, above = place;
      for (int k = 0; k < 20; ++k) {
        all.push_back(below), all.push_back(above);
        below = std::nextafter(below, -std::numeric_limits<double>::infinity());
        above = std::nextafter(above, std::numeric_limits<double>::infinity());
      }
    }
  return all;
}

struct Window {
  const char* text;
  std::function<bool(double)> holds;  // for the time x
};

const double t = static_cast<double>(now) * dt;
const Window windows[] = {
    {"T <= timestep(x, dt) + 12", [](double x) { return now <= count_of(x) + 12; }},
    {"T < timestep(x, dt) + timestep(0.0012, dt)", [](double x) { return now < count_of(x) + 12; }},
    {"T >= timestep(x, dt) + 3 + 2", [](double x) { return now >= count_of(x) + 3 + 2; }},
    {"T > 5 + timestep(x, dt) - 3", [](double x) { return now > 5 + count_of(x) - 3; }},
    {"T - timestep(x, dt) == 5", [](double x) { return now - count_of(x) == 5; }},
    {"T - timestep(x, dt) != 5", [](double x) { return now - count_of(x) != 5; }},
    {"3 - timestep(x, dt) < 5", [](double x) { return 3 - count_of(x) < 5; }},
    {"timestep(x, dt) >= 0", [](double x) { return count_of(x) >= 0; }},
    {"timestep(x, dt) <= -1", [](double x) { return count_of(x) <= -1; }},
    {"timestep(x, dt) == 0", [](double x) { return count_of(x) == 0; }},
    {"timestep(t - x, dt) >= timestep(0.0005, dt)",
     [](double x) { return count_of(t - x) >= count_of(0.0005); }},
    {"timestep(t - x, dt) >= 0", [](double x) { return count_of(t - x) >= 0; }},
    {"timestep(t - x, dt) > -4", [](double x) { return count_of(t - x) > -4; }},
    {"timestep(1/0.0 - x, dt) >= 3", [](double x) { return count_of(1 / 0.0 - x) >= 3; }},
    {"timestep(-1/0.0 - x, dt) >= -3", [](double x) { return count_of(-1 / 0.0 - x) >= -3; }},
    {"timestep(0/0.0 - x, dt) >= 0", [](double) { return true; }},
    {"timestep(t - x, dt) < timestep(1/0.0, dt)", [](double x) { return count_of(t - x) < 0x1p63; }},
};

}  // namespace

TEST_CASE("a window counted in steps opens and closes where the text says, at every width") {
  const std::vector<double> x = times();
  for (const int lanes : {1, 2, 4, 8})
    for (const Window& window : windows) {
      CAPTURE(lanes);
      CAPTURE(window.text);
      const Bench bench = Bench()
                              .column("x", x)
                              .column("y", std::vector<double>(x.size()))
                              .scalar("dt", dt, ScalarKind::step_length)
                              .scalar("t", t, ScalarKind::time)
                              .scalar("T", now, ScalarKind::timestep, Type::integer)
                              .store("y", std::string("int(") + window.text + ")");
      const std::vector<double> inside = bench.run(*llvm_backend_of(lanes)).columns.at("y");
      std::size_t wrong = 0;
      for (std::size_t k = 0; k < x.size(); ++k) wrong += (inside[k] != 0) == window.holds(x[k]) ? 0 : 1;
      CHECK(wrong == 0);
    }
}

TEST_CASE("a window is compared as a time, without a division for each element") {
  const Bench bench = Bench()
                          .column("x", counted(16))
                          .column("y", counted(16))
                          .scalar("dt", dt, ScalarKind::step_length)
                          .scalar("T", now, ScalarKind::timestep, Type::integer)
                          .store("y", "int(T <= timestep(x, dt) + 12)");
  const std::string code = llvm_backend_of(4)->inspect(bench.kernel(), "optimised");
  CHECK(code.find("fdiv") == std::string::npos);
  CHECK(code.find("fptosi <4 x double>") == std::string::npos);
  CHECK(code.find("ranvier_first_time") != std::string::npos);
}
