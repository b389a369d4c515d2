#pragma once
#include <map>
#include <string>

#include <ranvier/models/playground.hpp>

namespace ranvier::tool {

/// A page with a trace and sliders, in one file that needs nothing else. The answers to all combinations of
/// some sliders are in it: `positions` says at how many values each of them is offered; the others stay where
/// they are set. Throws NetworkError for a slider that there is not, fewer than two positions, and more than
/// 20 000 combinations.
std::string precomputed_page(Playground& playground, const std::map<std::string, int>& positions);

/// The same page with all sliders, which asks the server that it came from: GET /run?g_rise=25e-9&...
std::string live_page(const Playground& playground);

/// What the live page is answered: the trace in hundredths of a millivolt as base64 of 16-bit integers, and
/// the times of dendritic spikes [ms], in JSON.
std::string answer(const PlaygroundTrace& trace);

}  // namespace ranvier::tool
