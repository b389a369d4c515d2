// From the texts of a network to the end of its first 500 ms, network and all: bench_whole_run MODEL prints
// what that took [ms] in this process, which keeps no code and finds none.
#include <cstdio>
#include <cstdlib>

#include <ranvier/benchmarks/first_step_models.hpp>
#include <ranvier/benchmarks/measured.hpp>

using namespace ranvier;
using namespace ranvier::units;

int main(int argc, char** argv) {
  setenv("RANVIER_CACHE", "", 1);
  for (const StartedModel& model : started_models()) {
    if (argc < 2 || model.name != argv[1]) continue;
    const double taken = bench::timed([&] {
      Network net({.seed = 1});
      model.build(net, "20");
      net.run(500 * ms);
    });
    std::printf("%.4g\n", taken * 1e3);
    return 0;
  }
  std::fprintf(stderr, "bench_whole_run MODEL\n");
  return 2;
}
