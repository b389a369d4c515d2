#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/scratch.hpp>
#include <vector>

#include "tests/docs/document.hpp"

// The code that the documents show, in programs around it. The last test case holds the documents to this
// file.
using namespace ranvier;
using namespace ranvier::units;

namespace {

constexpr const char* adaptive = "dv/dt = (1.2 - v - w)/(10*ms) : 1\ndw/dt = -w/(50*ms) : 1\ns : 1 (shared)";

/// While it lives, files go to a folder of their own: tests run beside each other.
class Folder {
 public:
  Folder() : before_(std::filesystem::current_path()) { std::filesystem::current_path(scratch_.path(".")); }
  ~Folder() { std::filesystem::current_path(before_); }

 private:
  test::Scratch scratch_;
  std::filesystem::path before_;
};

double drive(int step) {
  return 1 + 0.001 * step;
}

double boltzmann(double v, double half, double slope) {
  return 1 / (1 + std::exp((half - v) / slope));
}

double rate_of(double v, double w, double n) {
  return v / w * n;
}

}  // namespace

TEST_CASE("embedding: a loop of the host's own") {
  std::vector<std::int32_t> acted;
  const auto act = [&](std::int32_t k) { acted.push_back(k); };
  Network net({.dt = 0.1 * ms});
  auto& neurons = net.neuron_group(
      100, {.equations = "dv/dt = (I - v)/(10*ms) : 1\nI : 1", .threshold = "v > 1", .reset = "v = 0"});
  for (int step = 0; step < 1000; ++step) {
    neurons["I"] = drive(step);        // a quantity, a range, or a text
    neurons["I"].slice(0, 10) += 0.5;  // a current into ten of them
    net.step();
    for (const std::int32_t k : net.spikes(neurons)) act(k);
  }
  CHECK(acted.size() > 100);
  CHECK(acted.front() == 0);
}

TEST_CASE("embedding: many runs") {
  const std::vector<double> weights = {0.5, 1, 2, 4};
  const std::vector<double> rates = sweep(4, [&](const SweepRun& run) {
    const double weight = weights[static_cast<std::size_t>(run.number)];
    Network net(run.options({.seed = 1, .namespace_ = {{"weight", weight * mV}}}));
    auto& cells = net.neuron_group(
        100,
        {.equations = "dv/dt = (12*mV - v)/(10*ms) : volt", .threshold = "v > 10*mV", .reset = "v = 0*mV"});
    cells["v"] = "rand()*10*mV";
    net.synapses(cells, cells, {.on_pre = "v += weight"}).connect({.p = 0.1});
    const auto& spikes = net.spike_monitor(cells);
    net.run(100 * ms);
    return static_cast<double>(spikes.num_spikes()) / 100 / 0.1;  // [Hz]
  });
  CHECK(rates.size() == 4);
  CHECK(rates.front() > 0);
  CHECK(rates.front() < rates.back());
}

TEST_CASE("recording: monitors and files") {
  const Folder folder;
  Network net;
  auto& neurons =
      net.neuron_group(10, {.equations = adaptive, .threshold = "v > 1", .reset = "v = 0; w += 0.1"});
  net.state_monitor(neurons, {.variables = {"v"}, .float32 = true, .file = "traces.rvr"});
  net.spike_monitor(neurons, {.variables = {"v"}, .file = "spikes.rvr"});
  auto& voltages = net.state_monitor(neurons, {.variables = {"v", "w"}, .record = {0, 5}});
  auto& spikes = net.spike_monitor(neurons, {.variables = {"v"}});
  auto& rate = net.population_rate_monitor(neurons);
  net.run(1 * second);
  CHECK(voltages.times().size() == 10'000);
  CHECK(spikes.num_spikes() > 0);
  CHECK(rate.rates().size() == 10'000);

  const Recording recording = read_recording("traces.rvr");
  recording.times();
  recording.trace("v", 5);  // recording.traces("v"), recording.column("s")
  recording.lost_chunks();  // damaged or missing; their rows are left out
  recording.complete();     // finished, and nothing lost
  recording.info();         // what was recorded: elements, columns, units, dt
  CHECK(recording.lost_chunks() == 0);

  const Recording recorded_spikes = read_recording("spikes.rvr");
  recorded_spikes.spike_trains();  // recorded_spikes.by_element("v")
  CHECK(recorded_spikes.spike_trains().size() == 10);
}

TEST_CASE("recording: for other programs") {
  const Folder folder;
  Network net;
  auto& neurons = net.neuron_group(10, {.equations = adaptive});
  auto& voltages = net.state_monitor(neurons, {.variables = {"v"}, .record = {0, 5}});
  net.state_monitor(neurons, {.variables = {"v"}, .file = "traces.rvr"});
  net.run(10 * ms);
  if (!has_hdf5()) return;
  write_csv(voltages, "traces.csv");
  write_npy(voltages, "v", "v.npy");  // numpy.load("v.npy")[element, step]
  write_hdf5(voltages, "traces.h5");  // h5py.File("traces.h5")["v"][step, element]
  write_csv(read_recording("traces.rvr"), "traces.csv");
  CHECK(std::filesystem::file_size("v.npy") > 2 * 100 * sizeof(double));
}

TEST_CASE("language: the neurons of its examples") {
  Network net;
  net.neuron_group(4, {.equations = "dv/dt = (El - v)/tau + current/C : volt (unless refractory)\n"
                                    "dg/dt = -g/tau_syn : siemens\n"
                                    "current = g*(E_exc - v) : amp\n"
                                    "x : 1\ny : 1\nn : integer\nactive : boolean\n"
                                    "level : 1 (shared)\nthreshold_of_cell : volt (constant)",
                       .threshold = "v > Vt",
                       .reset = "v = Vr",
                       .refractory = "2*ms",
                       .name = "neurons"});
  for (const auto& [name, value] : Namespace{{"tau", 10 * ms},
                                             {"tau_syn", 5 * ms},
                                             {"El", -70 * mV},
                                             {"Vt", -50 * mV},
                                             {"Vr", -65 * mV},
                                             {"E_exc", 0 * mV},
                                             {"C", 200 * pF}})
    net.set(name, value);
  net.run(1 * ms);
  CHECK(net.time() == 1 * ms);
}

TEST_CASE("language: functions and values over time") {
  Network net;
  net.set("relu", Function([](double x) { return x > 0 ? x : 0; }));
  net.set(
      "rate",
      Function(rate_of,
               {.arguments = {{"v", volt}, {"w", FunctionUnit::of("v")}, {"n", {}, ArgumentType::integer}},
                .unit = Hz}));
  net.set("gate", Function(boltzmann, {.arguments = {{"v", volt}, {"half", volt}, {"slope", volt}}}));
  net.set("soft", Function::text("x/(1 + abs(x))", {{"x"}}));
  net.set("stimulus", TimedArray({0 * nA, 1 * nA, 0 * nA}, 10 * ms));
  net.set("movie", TimedArray(std::vector<std::vector<double>>{{0, 1}, {1, 0}}, 5 * ms));
  auto& g = net.neuron_group(
      2, {.equations = "v = 2*mV : volt\nx = soft(relu(i - 3)) + movie(t, i) : 1\n"
                       "r = rate(v, 1*mV, i) : Hz\ng = gate(v, 2*mV, 1*mV) : 1\nc = stimulus(t) : amp"});
  net.prepare();
  CHECK(g["x"].to_vector() == std::vector<double>{0, 1});
  CHECK(g["r"].to_vector() == std::vector<double>{0, 2});
  CHECK(g["g"].to_vector() == std::vector<double>{0.5, 0.5});
}

TEST_CASE("the documents show this code") {
  const std::string code = document::contents("tests/docs/test_documents.cpp");
  const auto check = [&](const char* path, std::size_t snippets) {
    const auto found = document::blocks(document::contents(path), "cpp");
    CHECK(found.size() == snippets);
    for (const std::string& snippet : found) {
      CAPTURE(path);
      CAPTURE(snippet);
      CHECK(document::shows(code, snippet));
    }
  };
  check("docs/embedding.md", 2);
  check("docs/recording.md", 4);
  check("docs/language.md", 4);
}
