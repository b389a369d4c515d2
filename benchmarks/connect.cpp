// Makes random synapses by one rule in this process and prints what they cost:
//   bench_connect RULE NEURONS      RULE: all, p, p-unequal, sample, near
// columns: rule, synapses, connect [s], ns per synapse, bytes per synapse: growth of the resident set, and of
// its peak. benchmarks/connect runs every rule in a process of its own, beside the reference simulator.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <ranvier/ranvier.hpp>
#include <string>

using namespace ranvier;

namespace {

struct Rule {
  const char* name;
  ConnectOptions options;
};

const Rule rules[] = {
    {"all", {}},
    {"p", {.p = 0.1}},
    {"p-unequal", {.condition = "i != j", .p = 0.1}},
    {"sample", {.j = "k for k in sample(N_post, size=N_post//10)"}},
    {"near", {.j = "(i+k)%N_post for k in range(-500, 500) if k != 0"}},
};

/// A number of kilobytes from the system's account of this process ("VmRSS", "VmHWM") [bytes].
double account(const std::string& key) {
  std::ifstream file("/proc/self/status");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(key + ":")) return 1024 * std::strtod(line.c_str() + key.size() + 1, nullptr);
  return 0;
}

int measure(const Rule& rule, std::int64_t neurons) {
  Network net({.seed = 1});
  auto& group = net.neuron_group(neurons, {.equations = "v : 1", .threshold = "v > 1"});
  auto& synapses = net.synapses(group, group, {.on_pre = "v_post += 1"});
  const double before = account("VmRSS");
  const auto begin = std::chrono::steady_clock::now();
  synapses.connect(rule.options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const auto made = static_cast<double>(synapses.size());
  std::printf("%-10s %12.0f %8.3f %7.2f %7.2f %7.2f\n", rule.name, made, took.count(),
              took.count() * 1e9 / made, (account("VmRSS") - before) / made,
              (account("VmHWM") - before) / made);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "p";
  const std::int64_t neurons = argc > 2 ? std::atoll(argv[2]) : 10000;
  for (const Rule& rule : rules)
    if (name == rule.name) return measure(rule, neurons);
  std::fprintf(stderr, "unknown rule '%s'\n", name.c_str());
  return 2;
}
