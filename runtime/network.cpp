#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <ranvier/compiler/draw_kernels.hpp>
#include <ranvier/compiler/passes/check_size.hpp>
#include <ranvier/compiler/stopwatch.hpp>
#include <ranvier/runtime/names.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {
namespace {

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
      watch_options_(options.watch),
      names_(std::move(options.namespace_)),
      backend_options_(std::move(options.backend)),
      backend_(make_backend(backend_options_)),
      interpreter_(make_backend({.name = "reference", .lanes = 0})),
      team_(thread_count(options.threads)),
      elements_per_thread_(std::max<std::int64_t>(1, options.elements_per_thread)),
      stop_(options.stop) {
  check_constants(names_);
  if (!(options.start.si() >= 0) || !std::isfinite(options.start.si()))
    throw NetworkError(
        fmt::format("a network cannot begin at {} s; the time must be zero or positive", options.start.si()));
  time_ = options.start.si();
  clock(options.dt);
}

Network::~Network() = default;

void Network::compile_changed() {
  std::vector<Pending> pending;
  std::vector<Diagnostic> problems;
  std::vector<Kernel> kernels;
  for (const auto& object : objects_) {
    Namespace names = names_for(*object);
    if (object->compiled_ && same_signature(names, object->compiled_for_) &&
        same_values(object->fixed_, names, object->compiled_for_) &&
        object->compiled_dt_ == object->clock().dt)
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
  pass::check_size(kernels, limits_);
  for (const Kernel& kernel : kernels) note_constants(kernel);

  std::vector<ExecutablePtr> code = backend_->build(kernels, &times_.build);
  auto next = code.begin();
  for (Pending& p : pending) {
    const auto end = next + std::ssize(p.lowered.kernels);
    p.object->warnings_ = std::move(p.lowered.warnings);
    p.object->fixed_ = std::move(p.lowered.fixed);
    p.object->attach(std::move(p.lowered), {std::make_move_iterator(next), std::make_move_iterator(end)});
    p.object->compiled_for_ = std::move(p.names);
    p.object->compiled_dt_ = p.object->clock().dt;
    p.object->compiled_ = true;
    next = end;
  }
}

void Network::bind_all() {
  if (watch_) watch_->set_arrays(watched_arrays());
  for (const auto& object : objects_) {
    const Namespace names = names_for(*object);
    object->bind(context(object->clock(), names));
  }
}

std::vector<PlanEntry> Network::plan_of(bool active_only) {
  std::vector<PlanEntry> entries;
  for (const auto& object : objects_) {
    if (active_only && !object->active()) continue;
    const std::size_t first = entries.size();
    object->plan(entries);
    for (PlanEntry& entry : std::span(entries).subspan(first)) {
      entry.position = schedule_.position(entry.when);
      if (!entry.clock) entry.clock = &object->clock();
      entry.active = entry.active && object->active();
      if (entry.of.empty() && entry.name != object->name()) entry.of = object->name();
    }
  }
  std::ranges::stable_sort(entries, [](const PlanEntry& a, const PlanEntry& b) { return a < b; });
  return entries;
}

void Network::make_plan() {
  plan_ = plan_of(true);
  replan_ = false;
  if (!profiling_) return;
  for (PlanEntry& entry : plan_) {
    entry.profile = &profile_[{entry.name, entry.action, entry.when}];
    if (entry.profile->name.empty()) *entry.profile = {entry.name, entry.action, entry.when};
  }
}

/// A group's threshold is fused behind its state update, unless code between the two could see the
/// difference.
void Network::fuse_what_can_be() {
  const std::vector<PlanEntry> entries = plan_of(true);
  bool changed = false;
  for (Group* group : groups_) {
    PlanEntry update, threshold;
    const SlotPlace& place = group->events_.front().place;
    update.order = group->order();
    threshold.order = place.order;
    update.name = threshold.name = group->name();
    update.position = schedule_.position("groups");
    threshold.position = schedule_.position(place.when);
    const bool possible = update < threshold && std::ranges::none_of(
                                                    entries,
                                                    [&](const PlanEntry& e) {
                                                      return e.object != group && !e.own_state_only &&
                                                             update < e && e < threshold;
                                                    });
    if (!group->fuse(possible)) continue;
    static_cast<Object*>(group)->compiled_ = false;
    changed = true;
  }
  if (changed) compile_changed();
}

void Network::arrange_all() {
  bool changed = false;
  for (const auto& object : objects_) {
    if (!object->arrange()) continue;
    object->compiled_ = false;
    changed = true;
  }
  if (changed) compile_changed();
}

void Network::prepare() {
  const Stopwatch watch(&times_.compile);
  compile_changed();
  if (!running_) arrange_all();
  if (!sweeping_) fuse_what_can_be();  // a sweep keeps to its plan
  refuse_overlapping_sums();
  bind_all();
  if (!bound_) collect_warnings();
  bound_ = true;
  if (sweeping_)
    replan_ = true;
  else
    make_plan();
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
  pass::check_size(kernels, limits_);
  for (const Kernel& kernel : kernels) note_constants(kernel);
  std::vector<ExecutablePtr> code = backend_->build(kernels, &times_.build);
  std::vector<BoundKernel> built;
  for (std::size_t k = 0; k < kernels.size(); ++k)
    built.emplace_back(std::move(kernels[k]), std::move(code[k]));
  return built;
}

const DrawKernels* Network::draw_kernels(double pairs) {
  // All networks of the process find the code that one of them has built.
  static std::atomic<double> drawn = 0;
  constexpr double worth_finding = 1e5, worth_building = 1e7;
  const bool draws_alike = backend_options_.name == "llvm" && !backend_options_.precise;
  if (pairs < worth_finding || !draws_alike) return nullptr;
  if (drawn.fetch_add(pairs, std::memory_order_relaxed) + pairs < worth_building) return nullptr;
  if (!draw_kernels_.uniform) {
    auto code = backend_->build({uniform_kernel(), failures_kernel()}, &times_.build);
    draw_kernels_ = {std::move(code[0]), std::move(code[1])};
  }
  return &draw_kernels_;
}

BoundKernel Network::build_one_shot(Kernel kernel, std::int64_t elements) {
  // An element takes the interpreter some 500 ns, and LLVM takes some 10 ms for a text.
  constexpr std::int64_t worth_compiling = 30'000;
  note_constants(kernel);
  const bool compiled = elements >= worth_compiling && backend_options_.name == "llvm";
  if (compiled && !precise_) {
    BackendOptions precise = backend_options_;
    precise.precise = true;
    precise_ = make_backend(precise);
  }
  ExecutablePtr code = (compiled ? precise_ : interpreter_)->build({kernel}, nullptr).front();
  return {std::move(kernel), std::move(code)};
}

}  // namespace ranvier
