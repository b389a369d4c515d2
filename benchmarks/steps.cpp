// What a step of a few networks costs that differ in one thing: Poisson neurons that jump to their next spike
// or compare in each step, steps that are watched or not, one clock or two. Prints `name value unit` lines;
// values are the least of a hundred short runs, which a busy machine does not disturb much. benchmarks/steps
// runs it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <limits>
#include <ranvier/ranvier.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr std::int64_t neurons = 10'000;
constexpr std::int64_t steps = 200;
constexpr const char* leaky = "dv/dt = (1.2 - v)/(10*ms) : 1";

/// Nanoseconds for each neuron and step of the default clock.
void measure(const char* name, const std::function<void(Network&)>& build, NetworkOptions options = {}) {
  Network net(std::move(options));
  build(net);
  net.step(100);
  double least = std::numeric_limits<double>::infinity();
  for (int run = 0; run < 100; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    net.step(steps);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    least = std::min(least, taken.count());
  }
  std::printf("%-28s %8.3f ns per neuron and step\n", name,
              least / static_cast<double>(neurons * steps) * 1e9);
}

void add_cells(Network& net, std::optional<Time> dt = {}) {
  net.neuron_group(neurons, {.equations = leaky, .threshold = "v > 1", .reset = "v = 0", .dt = dt});
}

}  // namespace

int main() {
  for (const double rate : {1.0, 10.0, 100.0}) {
    const std::string hertz = std::to_string(static_cast<int>(rate)) + " Hz";
    measure(("poisson, jumps, " + hertz).c_str(),
            [&](Network& net) { net.poisson_group(neurons, rate * Hz); });
    measure(("poisson, each step, " + hertz).c_str(),
            [&](Network& net) { net.poisson_group(neurons, hertz.substr(0, hertz.find(' ')) + "*Hz"); });
  }
  measure("cells", [](Network& net) { add_cells(net); });
  measure("cells, watched", [](Network& net) { add_cells(net); }, {.watch = {.policy = WatchPolicy::warn}});
  measure("two groups, one clock", [](Network& net) { add_cells(net), add_cells(net); });
  measure("two groups, 0.1 and 0.1 ms", [](Network& net) { add_cells(net), add_cells(net, 0.1 * ms); });
  measure("two groups, 0.1 and 0.25 ms", [](Network& net) { add_cells(net), add_cells(net, 0.25 * ms); });
}
