// What a run is going to record is compared with what there is room for.
#include <doctest/doctest.h>

#include <ranvier/ranvier.hpp>
#include <ranvier/tests/support/child.hpp>
#include <ranvier/tests/support/scratch.hpp>

using namespace ranvier;
using namespace ranvier::units;

namespace {

/// A thousand neurons; 100 kB may be recorded.
struct World {
  Network net{{.limits = {.recorded_bytes = 100'000}}};
  NeuronGroup& group = net.neuron_group(1000, {.equations = "x : 1\ny : 1"});

  std::string refusal(Time duration) {
    try {
      net.run(duration);
    } catch (const NetworkError& error) {
      return error.what();
    }
    return "";
  }
};

}  // namespace

TEST_CASE("a run that would record too much is refused with a table, before it begins") {
  World world;
  auto& small = world.net.state_monitor(world.group, {.variables = {"x"}, .record = 0, .name = "small"});
  world.net.state_monitor(world.group, {.variables = {"x", "y"}, .name = "large"});
  world.net.population_rate_monitor(world.group, {.name = "rate"});
  const std::string text = world.refusal(1 * ms);
  CHECK(text ==
        "the run would record 160 kB, but 100 kB are allowed (Limits::recorded_bytes):\n"
        "  large                   160 kB   10 rows of 16 kB\n"
        "  small                160 bytes   10 rows of 16 bytes\n"
        "  rate                 160 bytes   10 rows of 16 bytes\n"
        "spikes come on top. Record to a .file, fewer elements (.record), not at every step (.every), "
        "or in less precision (.float32); or run for a shorter time");
  CHECK(small.times().empty());
  CHECK(world.net.time().si() == 0);
  CHECK(world.refusal(0.5 * ms).empty());
  CHECK(small.times().size() == 5);
  CHECK_THROWS_AS(world.net.step(10), NetworkError);
}

TEST_CASE("what mends a refused run is counted: decimation, single precision, files, clocks, inactivity") {
  const test::Scratch scratch;
  const auto accepted = [&](const StateMonitorOptions& options, bool active = true) {
    World world;
    world.net.state_monitor(world.group, options).set_active(active);
    return world.refusal(2 * ms).empty();
  };
  CHECK_FALSE(accepted({.variables = {"x"}}));
  CHECK(accepted({.variables = {"x"}, .float32 = true}));
  CHECK(accepted({.variables = {"x"}, .every = 2}));
  CHECK(accepted({.variables = {"x"}, .dt = 0.2 * ms}));
  CHECK(accepted({.variables = {"x"}, .record = ElementRange{0, 500}}));
  CHECK(accepted({.variables = {"x"}, .file = scratch.path("x")}));
  CHECK(accepted({.variables = {"x"}}, false));
}

TEST_CASE("without a bound of its own, a run is compared with the memory of the process") {
  if (test::has_shadow) return;
  const int child = test::start_child([] {
    Network net;
    auto& group = net.neuron_group(10'000, {.equations = "x : 1"});
    net.state_monitor(group, {.variables = {"x"}});
    net.run(0.1 * ms);
    test::bound_this_process(std::uint64_t{64} << 20);
    try {
      net.run(100 * ms);  // 80 MB
    } catch (const NetworkError& error) {
      return std::string(error.what()).find("are available") != std::string::npos ? 7 : 8;
    }
    return 9;
  });
  CHECK(test::end_of(child) == 7);
}
