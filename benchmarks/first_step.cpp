// From the texts of a network to its first executed step: in a cold process, whose start counts, without and
// with code kept by an earlier one; of another model in a process that has compiled one; and after a constant
// was given another value, which compiles nothing. Medians over processes. Other builds of this program,
// named as arguments, are measured in turns with it.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include <ranvier/benchmarks/first_step_models.hpp>

using namespace ranvier;

namespace {

constexpr int processes = 20;
constexpr std::array<const char*, 9> figures = {"cold",     "start",    "texts", "optimise",       "generate",
                                                "assemble", "warm new", "value", "cold, kept code"};
constexpr std::size_t own_figures = figures.size() - 1;  // the last is the first of other processes

/// Milliseconds on the clock that all processes share.
double now() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

double build_time(const Network& net) {
  const BuildTimes& build = net.times().build;
  return build.emit + build.optimise + build.link;
}

/// What the measured process does; `began` is when its parent started it.
int measure(const StartedModel& model, double began) {
  const double start = now();
  Network cold({.seed = 1});
  model.build(cold, "20");
  cold.step();
  const double first = now();
  const PhaseTimes t = cold.times();
  const double built = build_time(cold);

  const double changing = now();
  cold.set(model.constant, model.other);
  cold.step();
  const double changed = now();
  if (build_time(cold) != built) throw std::logic_error(model.name + ": another value compiled something");

  const double again = now();
  Network warm({.seed = 1});
  model.build(warm, "21");
  warm.step();
  const double last = now();

  std::printf("%.3f %.3f %.3f %.3f %.3f %.3f %.3f %.3f\n", first - began, start - began,
              (t.parse + t.check + t.lower) * 1e3, (t.build.emit + t.build.optimise) * 1e3,
              t.build.link * 1e3, t.connect * 1e3, last - again, changed - changing);
  return 0;
}

/// What a new process prints about a model, keeping its code in `kept` (nowhere if that is empty).
std::string output_of(const std::string& program, const std::string& model, const std::string& kept) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  setenv("RANVIER_CACHE", kept.c_str(), 1);
  const std::string began = std::to_string(now());
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    execl(program.c_str(), program.c_str(), model.c_str(), began.c_str(), nullptr);
    _exit(127);
  }
  close(ends[1]);
  std::string output(4096, '\0');
  output.resize(static_cast<std::size_t>(std::max<ssize_t>(0, read(ends[0], output.data(), output.size()))));
  close(ends[0]);
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0)
    throw std::runtime_error(program + " failed at " + model);
  return output;
}

using Samples = std::array<std::vector<double>, figures.size()>;

void sample(const std::string& program, const std::string& model, const std::string& kept, Samples& samples) {
  std::istringstream numbers(output_of(program, model, ""));
  double value = 0;
  for (std::size_t k = 0; k < own_figures && numbers >> value; ++k) samples[k].push_back(value);
  std::istringstream(output_of(program, model, kept)) >> value;
  samples[own_figures].push_back(value);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

void print_row(const std::string& label, const Samples& samples) {
  std::printf("%-12s", label.c_str());
  for (std::size_t k = 0; k < figures.size(); ++k) std::printf("%16.2f", median(samples[k]));
  std::puts("");
}

void compare(const std::vector<std::string>& programs) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("ranvier-first-step-" + std::to_string(getpid()));
  std::printf("%-12s", "[ms]");
  for (const char* figure : figures) std::printf("%16s", figure);
  std::puts("");
  for (const StartedModel& model : started_models()) {
    std::vector<Samples> samples(programs.size());
    const auto kept = [&](std::size_t p) { return (folder / std::to_string(p)).string(); };
    for (std::size_t p = 0; p < programs.size(); ++p) {
      std::filesystem::create_directories(kept(p));
      output_of(programs[p], model.name, kept(p));
    }
    for (int k = 0; k < processes; ++k)
      for (std::size_t p = 0; p < programs.size(); ++p) sample(programs[p], model.name, kept(p), samples[p]);
    for (std::size_t p = 0; p < programs.size(); ++p)
      print_row(p == 0 ? model.name : "  other " + std::to_string(p), samples[p]);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3)
    for (const StartedModel& model : started_models())
      if (model.name == argv[1]) return measure(model, std::stod(argv[2]));
  std::vector<std::string> programs = {std::filesystem::canonical("/proc/self/exe").string()};
  programs.insert(programs.end(), argv + 1, argv + argc);
  compare(programs);
}
