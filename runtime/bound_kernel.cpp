#include <algorithm>
#include <map>
#include <ranvier/runtime/bound_kernel.hpp>
#include <ranvier/runtime/team.hpp>
#include <ranvier/runtime/watch.hpp>

namespace ranvier {
namespace {

using Values = std::vector<std::pair<std::string, double>>;

Values constants_of(const Kernel& kernel, const RunContext& context) {
  Values values{{"dt", context.dt}};
  for (const auto& [name, value] : *context.names)
    if (const AnyQuantity* quantity = value.quantity()) values.emplace_back(name, quantity->value);
  for (const Scalar& scalar : kernel.scalars)
    if (scalar.kind == ScalarKind::step_length) values.emplace_back(scalar.name, context.dt);
  return values;
}

/// The entries of all propagators whose coefficients are known before the run, by name.
std::map<std::string, double> propagator_entries(const Kernel& kernel, const RunContext& context) {
  std::map<std::string, double> entries;
  for (const Propagator& p : kernel.propagators) {
    if (!p.per_run) continue;
    const auto n = static_cast<std::size_t>(p.size);
    std::vector<double> m, big_p(n * n), big_q(n * n);
    const Values values = constants_of(kernel, context);
    for (const Expr& entry : p.matrix) m.push_back(evaluate(entry, values));
    compute_propagator(p.size, m.data(), context.dt, big_p.data(), big_q.data());
    for (std::size_t k = 0; k < n * n; ++k) {
      const std::string place = std::to_string(k / n) + "_" + std::to_string(k % n);
      entries[p.name + "_P_" + place] = big_p[k];
      entries[p.name + "_Q_" + place] = big_q[k];
    }
  }
  return entries;
}

double array_value(const Scalar& scalar, const RunContext& context) {
  const TimedArray& array = *context.names->at(scalar.variable).timed_array();
  const double ticks = array.ticks(context.dt);
  if (scalar.kind == ScalarKind::array_tick) return array.dt().si() / ticks;
  if (scalar.kind == ScalarKind::array_ticks) return ticks;
  return static_cast<double>(scalar.kind == ScalarKind::array_last ? array.rows() - 1 : array.columns());
}

}  // namespace

RandomKey stream_key(const RunContext& context, std::string_view object, std::string_view block) {
  const std::string stream =
      context.epoch == 0 ? std::string(block) : std::string(block) + " " + std::to_string(context.epoch);
  return random_key(context.seed, object, stream);
}

/// The code of a function, or the values of a timed array, which live as long as they are bound.
void* BoundKernel::external(const Column& column, const RunContext& context) {
  const NamespaceValue& value = context.names->at(column.variable);
  if (const Function* function = value.function()) return reinterpret_cast<void*>(function->code());
  held_.push_back(*value.timed_array());
  return const_cast<double*>(held_.back().storage().data());
}

double BoundKernel::scalar_value(const Scalar& scalar, const KernelEnvironment& environment,
                                 const RunContext& context) const {
  switch (scalar.kind) {
    case ScalarKind::time:
    case ScalarKind::timestep:
    case ScalarKind::propagator:
    case ScalarKind::key_low:
    case ScalarKind::key_high:
      return 0;  // filled in elsewhere
    case ScalarKind::step_length:
      return context.dt;
    case ScalarKind::array_tick:
    case ScalarKind::array_ticks:
    case ScalarKind::array_last:
    case ScalarKind::array_columns:
      return array_value(scalar, context);
    case ScalarKind::constant:
      return context.names->at(scalar.name).quantity()->value;
    default:
      return environment.extent(scalar.kind);
  }
}

void BoundKernel::bind(KernelEnvironment& environment, const RunContext& context, std::string_view object,
                       std::string_view block) {
  columns_.clear();
  held_.clear();
  for (const Column& column : kernel_.columns)
    columns_.push_back(column.owner == Owner::external ? external(column, context)
                                                       : environment.address(column));

  const auto place_of = [&](const char* name) {
    return static_cast<std::size_t>(std::ranges::find(kernel_.columns, name, &Column::name) -
                                    kernel_.columns.begin());
  };
  row_ = place_of("_row"), row_end_ = place_of("_row_end");
  const RandomKey key = stream_key(context, object, block);
  const auto entries = propagator_entries(kernel_, context);
  scalars_.clear();
  time_slots_.clear();
  timestep_slots_.clear();
  for (const Scalar& scalar : kernel_.scalars) {
    if (scalar.kind == ScalarKind::time) time_slots_.push_back(scalars_.size());
    if (scalar.kind == ScalarKind::timestep) timestep_slots_.push_back(scalars_.size());
    double value = scalar_value(scalar, environment, context);
    if (scalar.kind == ScalarKind::propagator) value = entries.at(scalar.name);
    if (scalar.kind == ScalarKind::key_low) value = key.low;
    if (scalar.kind == ScalarKind::key_high) value = key.high;
    scalars_.push_back(value);
  }
  team_ = context.watch ? nullptr : context.team;
  divisible_ = kernel_.loop == Loop::elements && !runs_in_order(kernel_);
  targets_apart_ = team_ && team_->size() > 1 && kernel_.loop != Loop::elements && keeps_targets_apart();
  part_ = context.elements_per_thread;
  watched_ = nullptr;
  if (context.watch) watched_ = WatchedKernel::of(*context.watch, kernel_, columns_, object, block);
}

std::int64_t BoundKernel::run(const Clock& clock, std::int64_t begin, std::int64_t end, std::int32_t* list) {
  start(clock);
  if (!divisible_ || !worth_dividing(end - begin)) return proceed(begin, end, list);
  return run_in_parts({columns_.data(), scalars_.data(), begin, end, list});
}

void BoundKernel::start(const Clock& clock) {
  for (const std::size_t k : time_slots_) scalars_[k] = clock.t();
  for (const std::size_t k : timestep_slots_) scalars_[k] = static_cast<double>(clock.timestep);
  clock_ = &clock;
}

std::int64_t BoundKernel::proceed(std::int64_t begin, std::int64_t end, std::int32_t* list) const {
  const KernelArgs args{columns_.data(), scalars_.data(), begin, end, list};
  return watched_ ? watched_->run({kernel_, *code_, args}, *clock_) : code_->run(args);
}

bool BoundKernel::worth_dividing(std::int64_t elements) const {
  return team_ && team_->size() > 1 && elements >= 2 * part_;
}

/// What is written of the target is read in no other way: the source's variables may be those of the same
/// group.
bool BoundKernel::keeps_targets_apart() const {
  if (calls_in_order(kernel_)) return false;
  const auto& all = kernel_.columns;
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (!all[k].written || all[k].index == Index::element) continue;
    if (all[k].index != Index::post) return false;
    for (std::size_t other = 0; other < all.size(); ++other)
      if (all[other].index != Index::post && columns_[other] == columns_[k]) return false;
  }
  return true;
}

void BoundKernel::point_to(std::vector<void*>& columns, RowPieces& pieces) const {
  columns[row_] = pieces.begins();
  columns[row_end_] = pieces.ends();
}

void BoundKernel::run_rows(const Clock& clock, RowPieces& pieces) {
  point_to(columns_, pieces);
  run(clock, 0, static_cast<std::int64_t>(pieces.size()), pieces.neurons());
}

void BoundKernel::run_blocks(const Clock& clock, std::span<RowPieces> blocks,
                             const std::function<void(std::size_t, RowPieces&)>& fill) {
  start(clock);
  team_->each(std::ssize(blocks), [&](std::int64_t part, int) {
    RowPieces& pieces = blocks[static_cast<std::size_t>(part)];
    fill(static_cast<std::size_t>(part), pieces);
    std::vector<void*> columns = columns_;
    point_to(columns, pieces);
    code_->run(
        {columns.data(), scalars_.data(), 0, static_cast<std::int64_t>(pieces.size()), pieces.neurons()});
  });
}

void BoundKernel::run_lists(const Clock& clock, std::span<const std::span<std::int32_t>> lists) {
  start(clock);
  team_->each(std::ssize(lists), [&](std::int64_t k, int) {
    const std::span<std::int32_t> list = lists[static_cast<std::size_t>(k)];
    proceed(0, std::ssize(list), list.data());
  });
}

/// Parts are whole blocks of padding, so that what a part writes beyond its end is nobody else's. Each lists
/// its elements from its own beginning on; closed up, they are in the order of one loop over all.
std::int64_t BoundKernel::run_in_parts(const KernelArgs& all) const {
  const std::int64_t count = all.end - all.begin;
  const std::int64_t parts = std::min<std::int64_t>(team_->size(), count / part_);
  const std::int64_t size =
      ((count + parts - 1) / parts + element_padding - 1) / element_padding * element_padding;
  std::vector<std::int64_t> found(static_cast<std::size_t>(parts));
  team_->each(parts, [&](std::int64_t part, int) {
    KernelArgs args = all;
    args.begin = std::min(all.end, all.begin + part * size);
    args.end = std::min(all.end, args.begin + size);
    if (all.list) args.list = all.list + (args.begin - all.begin);
    if (args.begin < args.end) found[static_cast<std::size_t>(part)] = code_->run(args);
  });
  std::int64_t total = found.front();
  for (std::int64_t part = 1; part < parts; ++part) {
    const std::int64_t n = found[static_cast<std::size_t>(part)];
    if (n > 0) std::copy_n(all.list + part * size, n, all.list + total);
    total += n;
  }
  return total;
}

void BoundKernel::set_scalar(ScalarKind kind, double value) {
  for (std::size_t k = 0; k < scalars_.size(); ++k)
    if (kernel_.scalars[k].kind == kind) scalars_[k] = value;
}

void BoundKernel::set_column(std::string_view column, void* address) {
  for (std::size_t k = 0; k < columns_.size(); ++k)
    if (kernel_.columns[k].name == column) columns_[k] = address;
}

}  // namespace ranvier
