// Recordings that go to a file: what they hold, and what becomes of them when something goes wrong.
#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/child.hpp>
#include <ranvier/tests/support/scratch.hpp>
#include <thread>

using namespace ranvier;
using namespace ranvier::units;
using test::Scratch;
using Values = std::vector<double>;

namespace {

/// Noisy neurons with every kind of monitor, in memory or in files.
struct World {
  Network net{{.seed = 3}};
  NeuronGroup& group = net.neuron_group(40, {.equations = "dv/dt = -v/(10*ms) + xi*(10*ms)**-0.5 : 1\n"
                                                          "above = v > 0 : boolean\n"
                                                          "s : amp (shared)",
                                             .threshold = "v > 1",
                                             .reset = "v = 0",
                                             .method = "euler"});
  StateMonitor* state;
  SpikeMonitor* spikes;
  PopulationRateMonitor* rate;

  explicit World(const Scratch* scratch = nullptr) {
    const auto file = [&](const char* name) { return scratch ? scratch->path(name) : std::string(); };
    state = &net.state_monitor(
        group,
        {.variables = {"v", "above", "s"}, .record = {30, 4, 5}, .float32 = true, .file = file("state")});
    spikes = &net.spike_monitor(group, {.variables = {"v"}, .file = file("spikes")});
    rate = &net.population_rate_monitor(group, {.file = file("rate")});
    group["s"] = 2 * nA;
  }
};

/// Ten thousand traces that count steps.
void record_counters(const std::string& file, std::int64_t steps) {
  Network net({.dt = 1 * second});
  auto& group = net.neuron_group(10'000, {.equations = "dx/dt = 1/second : 1", .method = "euler"});
  net.state_monitor(group, {.variables = {"x"}, .float32 = true, .file = file});
  net.step(steps);
}

}  // namespace

TEST_CASE("a file holds what memory would, and writing it changes no result") {
  const Scratch scratch;
  World memory;
  memory.net.run(300 * ms);
  {
    World files(&scratch);
    for (int k = 0; k < 3; ++k) files.net.run(100 * ms);
    CHECK(files.spikes->num_spikes() == memory.spikes->num_spikes());
    CHECK_THROWS_WITH_AS(files.state->trace("v", 4), doctest::Contains("read_recording("), NetworkError);
    CHECK_THROWS_AS(files.spikes->times(), NetworkError);
  }
  const Recording state = read_recording(scratch.path("state")),
                  spikes = read_recording(scratch.path("spikes")),
                  rate = read_recording(scratch.path("rate"));
  CHECK(state.complete());
  CHECK(state.times() == Values(memory.state->times()));
  CHECK(state.traces("v") == memory.state->values("v"));
  CHECK(state.trace("above", 5) == memory.state->trace("above", 5));
  CHECK(state.column("s") == Values(3000, static_cast<double>(2e-9f)));
  CHECK(spikes.spike_trains() == memory.spikes->spike_trains());
  CHECK(spikes.indices() == std::vector<std::int32_t>(memory.spikes->indices()));
  CHECK(spikes.by_element("v") == memory.spikes->values("v"));
  CHECK(rate.rates() == Values(memory.rate->rates()));
}

TEST_CASE("a file says what was recorded") {
  const Scratch scratch;
  {
    World(&scratch).net.run(1 * ms);
  }
  const TableInfo info = read_recording(scratch.path("state")).info();
  CHECK(info.kind == "state");
  CHECK(info.name == "statemonitor");
  CHECK(info.source == "neurongroup");
  CHECK(info.size == 40);
  CHECK(info.dt == 1e-4);
  CHECK(info.elements == std::vector<std::int64_t>{30, 4, 5});
  REQUIRE(info.columns.size() == 4);
  CHECK(info.columns[1].type == ColumnType::float32);
  CHECK(info.columns[2].type == ColumnType::boolean);
  CHECK(info.columns[3].unit == "amp");
  CHECK_FALSE(info.columns[3].per_element);
}

TEST_CASE("a run leaves nothing unwritten, and a recording without rows is one") {
  const Scratch scratch;
  World world(&scratch);
  world.net.run(1 * ms);
  CHECK(read_recording(scratch.path("state")).rows() == 10);
  CHECK_FALSE(read_recording(scratch.path("state")).complete());  // it may go on
  CHECK(read_recording(scratch.path("spikes")).lost_chunks() == 0);
  world.net.step(5);
  CHECK(read_recording(scratch.path("state")).rows() == 10);
  world.state->flush();
  CHECK(read_recording(scratch.path("state")).rows() == 15);
}

TEST_CASE("an older recording is replaced when a run begins, other files never") {
  const Scratch scratch;
  {
    World(&scratch).net.run(2 * ms);
  }
  World world(&scratch);
  CHECK(read_recording(scratch.path("state")).rows() == 20);
  Network net;
  auto& group = net.neuron_group(1, {.equations = "v : 1"});
  CHECK_THROWS_WITH_AS(net.state_monitor(group, {.variables = {"v"}, .file = scratch.path("state")}),
                       doctest::Contains("is being written already"), NetworkError);
  world.net.run(1 * ms);
  CHECK(read_recording(scratch.path("state")).rows() == 10);
  std::ofstream(scratch.path("thesis.txt")) << "Chapter one";
  CHECK_THROWS_WITH_AS(net.state_monitor(group, {.variables = {"v"}, .file = scratch.path("thesis.txt")}),
                       doctest::Contains("is not a recording"), NetworkError);
  CHECK_THROWS_AS(net.spike_monitor(group, {.file = scratch.path("no/such/folder")}), NetworkError);
  CHECK_THROWS_AS(net.population_rate_monitor(group, {.file = "/dev/null"}), NetworkError);
  CHECK(net.state_monitor(group, {.variables = {"v"}}).name() == "statemonitor");
}

TEST_CASE("a full disk ends the run with an error, and everything before is kept") {
  const Scratch scratch;
  const std::string file = scratch.path("full");
  const int child = test::start_child([&] {
    test::bound_files(1'000'000);
    try {
      record_counters(file, 1000);
    } catch (const NetworkError& error) {
      return std::string(error.what()).find("rows before are in the file") != std::string::npos ? 7 : 8;
    }
    return 9;
  });
  CHECK(test::end_of(child) == 7);
  const Recording recording = read_recording(file);
  CHECK(recording.rows() >= 18);  // 40 kB each
  CHECK(recording.rows() <= 25);
  CHECK(recording.lost_chunks() == 0);
  CHECK(recording.trace("x", 9'999).back() == static_cast<double>(recording.rows() - 1));
}

TEST_CASE("a process that is killed in the middle of a run leaves a recording up to its last chunk") {
  const Scratch scratch;
  const std::string file = scratch.path("killed");
  for (int attempt = 0; attempt < 5; ++attempt) {
    const int child = test::start_child([&] {
      record_counters(file, 1'000'000'000);
      return 0;
    });
    while (!std::filesystem::exists(file) || std::filesystem::file_size(file) < 2'000'000)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(attempt));
    test::kill_child(child);
    CHECK(test::end_of(child) == test::killed);
    const Recording recording = read_recording(file);
    CHECK(recording.lost_chunks() <= 1);  // one may have been half written
    CHECK_FALSE(recording.complete());
    const Values x = recording.trace("x", 5'000);
    REQUIRE(x.size() >= 40);
    bool intact = true;
    for (std::size_t k = 0; k < x.size(); ++k) intact = intact && x[k] == static_cast<double>(k);
    CHECK(intact);
    std::filesystem::remove(file);
  }
}

TEST_CASE("ten thousand traces over many steps are streamed in constant memory") {
  const Scratch scratch;
  const std::string file = scratch.path("long");
  const int child = test::start_child([&] {
    record_counters(scratch.path("short"), 20);         // whatever is made once, is made
    test::bound_this_process(std::uint64_t{24} << 20);  // the recording has 80 MB
    record_counters(file, 2'000);
    return 7;
  });
  CHECK(test::end_of(child) == 7);
  const Recording recording = read_recording(file);
  CHECK(recording.rows() == 2'000);
  CHECK(recording.complete());
  CHECK(recording.trace("x", 3)[1999] == 1999);
}
