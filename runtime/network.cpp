#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <ranvier/compiler/stopwatch.hpp>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {
namespace {

using Wall = std::chrono::steady_clock;

double seconds_since(Wall::time_point start) {
  return std::chrono::duration<double>(Wall::now() - start).count();
}

/// Same names for the same kinds of things: what was compiled for one holds for the other.
bool same_signature(const Namespace& a, const Namespace& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
    return x.first == y.first && same_signature(x.second, y.second);
  });
}

bool same_values(const std::set<std::string>& fixed, const Namespace& a, const Namespace& b) {
  return std::ranges::all_of(fixed, [&](const std::string& name) { return a.at(name) == b.at(name); });
}

/// What an object is about to become, until everything else has compiled too.
struct Pending {
  Object* object;
  Namespace names;
  Lowered lowered;
};

}  // namespace

Network::Network(NetworkOptions options)
    : seed_(options.seed),
      limits_(options.limits),
      names_(std::move(options.namespace_)),
      backend_(make_backend(options.backend)),
      one_shot_(make_backend({.name = "reference", .lanes = 0})) {
  check_constants(names_);
  clock_.dt = options.dt.si();
  if (!(clock_.dt > 0) || !std::isfinite(clock_.dt))
    throw NetworkError(fmt::format("dt is {} s, but a step must have a positive length", clock_.dt));
}

Network::~Network() = default;

void Network::compile_changed() {
  std::vector<Pending> pending;
  std::vector<Diagnostic> problems;
  std::vector<Kernel> kernels;
  for (const auto& object : objects_) {
    Namespace names = names_for(*object);
    if (object->compiled_ && same_signature(names, object->compiled_for_) &&
        same_values(object->fixed_, names, object->compiled_for_))
      continue;
    try {
      Lowered lowered = object->lower(names);
      kernels.insert(kernels.end(), lowered.kernels.begin(), lowered.kernels.end());
      pending.push_back({object.get(), std::move(names), std::move(lowered)});
    } catch (const ModelError& error) {
      problems.insert(problems.end(), error.diagnostics().begin(), error.diagnostics().end());
    }
  }
  if (!problems.empty()) throw ModelError(std::move(problems));
  if (pending.empty()) return;
  for (const Kernel& kernel : kernels) note_constants(kernel);

  std::vector<ExecutablePtr> code = backend_->build(kernels, &times_.build);
  auto next = code.begin();
  for (Pending& p : pending) {
    const auto end = next + std::ssize(p.lowered.kernels);
    p.object->warnings_ = std::move(p.lowered.warnings);
    p.object->fixed_ = std::move(p.lowered.fixed);
    p.object->attach(std::move(p.lowered), {std::make_move_iterator(next), std::make_move_iterator(end)});
    p.object->compiled_for_ = std::move(p.names);
    p.object->compiled_ = true;
    next = end;
  }
}

void Network::bind_all() {
  for (const auto& object : objects_) {
    const Namespace names = names_for(*object);
    object->bind(context(names));
  }
  plan_ = sorted_plan();
}

std::vector<PlanEntry> Network::sorted_plan() {
  std::vector<PlanEntry> entries;
  for (const auto& object : objects_) object->plan(entries);
  std::ranges::stable_sort(entries, [](const PlanEntry& a, const PlanEntry& b) { return a < b; });
  return entries;
}

void Network::prepare() {
  const Stopwatch watch(&times_.compile);
  compile_changed();
  bind_all();
  if (!bound_) collect_warnings();
  bound_ = true;
  times_.parse = compile_times_.parse;
  times_.check = compile_times_.check;
  times_.lower = compile_times_.lower;
}

Namespace Network::names_for(const Object& object) const {
  if (run_names_.empty()) return object.names_within(names_);
  Namespace names = run_names_;
  names.insert(names_.begin(), names_.end());
  return object.names_within(names);
}

/// While it lives, the constants of one run are known. Kernels are bound to their values, so whatever comes
/// after has to bind anew.
class Network::RunNames {
 public:
  RunNames(Network& network, const Namespace& names) : network_(network) {
    check_constants(names);
    network_.run_names_ = names;
  }
  ~RunNames() {
    if (!network_.run_names_.empty()) network_.structure_changed();
    network_.run_names_.clear();
  }
  RunNames(const RunNames&) = delete;
  RunNames& operator=(const RunNames&) = delete;

 private:
  Network& network_;
};

void Network::run(Time duration, const RunOptions& options) {
  if (!(duration.si() >= 0) || !std::isfinite(duration.si()))
    throw NetworkError(
        fmt::format("run: the duration is {} s, but it must be zero or positive", duration.si()));
  const double end = time_ + duration.si();
  require_countable(end / clock_.dt);
  require_idle();
  const RunNames names(*this, options.namespace_);
  prepare();
  const Stopwatch watch(&times_.run);
  clock_.timestep = clock_.steps_until(time_);
  execute(clock_.steps_until(end), options, {0, 0, time_, duration.si()});
  time_ = stopped_ ? clock_.t() : end;
}

void Network::step(std::int64_t n) {
  if (n < 0) throw NetworkError(fmt::format("step: {} steps, but the number must be zero or positive", n));
  require_countable(time_ / clock_.dt + static_cast<double>(n));
  require_idle();
  if (!bound_) prepare();
  const Stopwatch watch(&times_.run);
  clock_.timestep = clock_.steps_until(time_);
  execute(clock_.timestep + n, {}, {0, 0, time_, static_cast<double>(n) * clock_.dt});
  time_ = clock_.t();
}

/// While it lives, the network runs; when an exception ends the run, time stays where the steps got to.
class Network::Running {
 public:
  explicit Running(Network& network) : network_(network) { network_.running_ = true; }
  ~Running() {
    network_.running_ = false;
    network_.time_ = network_.clock_.t();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Network& network_;
};

void Network::require_idle() const {
  if (running_) throw NetworkError("the network is running; a callback may stop it, but not run or step it");
}

void Network::require_countable(double steps) {
  constexpr double most = 9007199254740992;  // 2^53: times beyond are not exact
  if (!(steps < most))
    throw NetworkError(fmt::format("{} steps are more than can be counted exactly (2^53)", steps));
}

void Network::execute(std::int64_t until, const RunOptions& options, Progress progress) {
  const auto begin = Wall::now();
  auto reported = begin;
  const std::int64_t first = clock_.timestep;
  const auto report = [&](double fraction) {
    progress.elapsed = seconds_since(begin);
    progress.fraction = fraction;
    options.progress(progress);
  };
  const Running running(*this);
  stopped_ = false;
  if (options.progress) report(0);
  while (clock_.timestep < until && !stopped_) {
    for (const PlanEntry& entry : plan_) entry.call(entry.object, clock_);
    ++clock_.timestep;
    if (options.progress && seconds_since(reported) >= options.period.si()) {
      reported = Wall::now();
      report(static_cast<double>(clock_.timestep - first) / static_cast<double>(until - first));
      if (!bound_) prepare();  // the callback connected something or set a constant
    }
  }
  if (options.progress && !stopped_) report(1);
}

void Network::inject_spikes(Slice slice, std::span<const std::int32_t> neurons) {
  require_member(slice);
  std::vector<std::int32_t> absolute;
  for (const std::int32_t neuron : neurons) {
    if (neuron < 0 || neuron >= slice.size())
      throw NetworkError(fmt::format("inject_spikes: neuron {} is out of range; it must lie in [0, {})",
                                     neuron, slice.size()));
    absolute.push_back(static_cast<std::int32_t>(slice.begin()) + neuron);
  }
  slice.group().inject(absolute);
}

void Network::note_constants(const Kernel& kernel) {
  for (const Scalar& scalar : kernel.scalars)
    if (scalar.kind == ScalarKind::constant) used_names_.insert(scalar.name);
}

std::vector<BoundKernel> Network::build(std::vector<Kernel> kernels) {
  for (const Kernel& kernel : kernels) note_constants(kernel);
  std::vector<ExecutablePtr> code = backend_->build(kernels, &times_.build);
  std::vector<BoundKernel> built;
  for (std::size_t k = 0; k < kernels.size(); ++k)
    built.emplace_back(std::move(kernels[k]), std::move(code[k]));
  return built;
}

BoundKernel Network::build_one_shot(Kernel kernel) {
  note_constants(kernel);
  ExecutablePtr code = one_shot_->build({kernel}, nullptr).front();
  return {std::move(kernel), std::move(code)};
}

std::string Network::scheduling_summary() {
  std::string text;
  for (const PlanEntry& entry : sorted_plan())
    text += fmt::format("{:<18} {:>3}  {}\n", to_string(entry.slot), entry.order, entry.name);
  return text;
}

}  // namespace ranvier
