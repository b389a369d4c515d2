#pragma once
#include <string>
#include <vector>

#include <ranvier/grammar/limits.hpp>
#include <ranvier/runtime/object.hpp>

namespace ranvier {

struct RecordingForecast {
  std::string object;
  RecordingDemand demand;
};

/// Throws NetworkError if a run would record more than there is memory for, or than the limits allow: with a
/// table of who needs how much, and how to mend it. Spikes are not forecast: nobody knows how many there will
/// be.
void require_recording_memory(std::vector<RecordingForecast> forecasts, const Limits& limits);

}  // namespace ranvier
