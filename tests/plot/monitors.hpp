#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Objects shaped like the monitors of the runtime.
namespace ranvier::test {

struct Spikes {
  std::vector<double> t;
  std::vector<std::int32_t> i;
  std::span<const double> times() const { return t; }
  std::span<const std::int32_t> indices() const { return i; }
};

struct States {
  std::vector<double> t, v;
  std::string unit_text = "volt";
  std::span<const double> times() const { return t; }
  std::vector<double> trace(std::string_view, std::int64_t) const { return v; }
  std::string unit(std::string_view) const { return unit_text; }
};

struct Rates {
  std::vector<double> t, r;
  std::span<const double> times() const { return t; }
  std::span<const double> rates() const { return r; }
};

}  // namespace ranvier::test
