// Examples with chance, over seeds: means lie within three standard errors of those of the reference
// (Brian2 2.5.1 with Dendrify 2.2.0; mean and standard deviation over its own seeds, and how many).
// RANVIER_SEEDS sets the number of seeds.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include "tests/examples/program.hpp"

namespace {

struct Marker {
  std::string what;
  double mean, deviation;
  int reference_seeds;
  std::size_t index = 0;  // among the numbers of the line
};

int number_of_seeds() {
  const char* asked = std::getenv("RANVIER_SEEDS");
  return asked != nullptr ? std::max(2, std::atoi(asked)) : 20;
}

std::vector<Output> run_over_seeds(const std::string& name) {
  std::vector<Output> outputs;
  for (int seed = 1; seed <= number_of_seeds(); ++seed) {
    outputs.push_back(run_example(name, static_cast<std::uint64_t>(seed)));
    CAPTURE(outputs.back().text);
    REQUIRE(outputs.back().status == 0);
    REQUIRE(outputs.back().picture_bytes > 10'000);
  }
  return outputs;
}

void check_markers(const std::vector<Output>& outputs, const std::vector<Marker>& markers) {
  for (const Marker& marker : markers) {
    CAPTURE(marker.what);
    std::vector<double> x;
    for (const Output& output : outputs) x.push_back(output[marker.what].at(marker.index));
    const double n = static_cast<double>(x.size());
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
    double squares = 0;
    for (const double value : x) squares += (value - mean) * (value - mean);
    const double error =
        std::sqrt(squares / (n - 1) / n + marker.deviation * marker.deviation / marker.reference_seeds);
    INFO(marker.what << ": " << mean << ", reference " << marker.mean << ", standard error " << error);
    CHECK(std::abs(mean - marker.mean) <= 3 * error);
  }
}

void check_always(const std::vector<Output>& outputs, const std::string& what, double value) {
  CAPTURE(what);
  for (const Output& output : outputs) CHECK(output[what].at(0) == value);
}

}  // namespace

TEST_CASE("point_adex_noise: how many spikes noise adds") {
  const auto outputs = run_over_seeds("point_adex_noise");
  check_always(outputs, "spikes without noise", 5);
  check_markers(outputs, {{"spikes with noise", 5.783, 0.67, 60}});
}

TEST_CASE("point_adex_synapses: spikes of 100 neurons, and when") {
  check_markers(run_over_seeds("point_adex_synapses"), {{"spikes", 659, 31, 20},
                                                        {"spikes in each 50 ms", 74, 13, 20, 0},
                                                        {"spikes in each 50 ms", 208, 18, 20, 1},
                                                        {"spikes in each 50 ms", 199, 13, 20, 2},
                                                        {"spikes in each 50 ms", 178, 13, 20, 3}});
}

TEST_CASE("comp_amplification: dendritic spikes make the soma fire") {
  check_markers(run_over_seeds("comp_amplification"), {{"action potentials, passive dendrite", 1.3, 2.1, 30},
                                                       {"action potentials, active dendrite", 7.9, 6.0, 30},
                                                       {"dendritic spikes", 31, 21, 30}});
}

TEST_CASE("comp_network: a network with passive and one with active dendrites") {
  check_markers(run_over_seeds("comp_network"),
                {{"spikes, passive dendrites", 592, 191, 15}, {"spikes, active dendrites", 3367, 87, 15}});
}

TEST_CASE("tutorial_simulations: spikes without chance, and with") {
  const auto outputs = run_over_seeds("tutorial_simulations");
  check_always(outputs, "passive, 200 pA", 22);
  check_always(outputs, "dSpikes, 150 pA", 18);
  check_markers(
      outputs,
      {{"100 neurons", 9216, 343, 12}, {"noise", 24.43, 1.84, 40}, {"point neuron", 6.28, 1.83, 40}});
}

TEST_CASE("tutorial_custom: a model of one's own, and what is refused") {
  const auto outputs = run_over_seeds("tutorial_custom");
  check_markers(outputs, {{"spikes", 7.38, 1.29, 40}, {"largest adaptation", 162.6, 18.4, 40}});
  for (const Output& output : outputs) CHECK(output["largest difference from the library's"].at(0) < 1e-9);
  const std::string& text = outputs.front().text;
  for (const char* part :
       {"\"a_soma\" of Soma", "\"tauw_soma\" of Soma", "error[RV0101]", "1 | Have a nice day!"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
}
