#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/forecast.hpp>
#include <ranvier/runtime/memory.hpp>

namespace ranvier {
namespace {

double bytes_of(const RecordingForecast& forecast) {
  return forecast.demand.rows * forecast.demand.row_bytes;
}

}  // namespace

void require_recording_memory(std::vector<RecordingForecast> forecasts, const Limits& limits) {
  constexpr double always_there = 1 << 24;  // not worth asking the system
  double needed = 0;
  for (const RecordingForecast& f : forecasts) needed += bytes_of(f);
  const bool own = limits.recorded_bytes > 0;
  if (!own && needed < always_there) return;
  const auto most = static_cast<double>(own ? limits.recorded_bytes : available_memory());
  if (needed <= most) return;
  std::ranges::stable_sort(forecasts, std::greater(), bytes_of);
  std::string text = fmt::format("the run would record {}, but {} are {}:\n", in_bytes(needed),
                                 in_bytes(most), own ? "allowed (Limits::recorded_bytes)" : "available");
  for (const RecordingForecast& f : forecasts)
    if (bytes_of(f) > 0)
      text += fmt::format("  {:<20} {:>9}   {} rows of {}\n", f.object, in_bytes(bytes_of(f)),
                          std::ceil(f.demand.rows), in_bytes(f.demand.row_bytes));
  throw NetworkError(
      text +
      "spikes come on top. Record to a .file, fewer elements (.record), not at every step (.every), "
      "or in less precision (.float32); or run for a shorter time");
}

}  // namespace ranvier
