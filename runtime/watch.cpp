#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <ranvier/grammar/print.hpp>
#include <ranvier/runtime/replay.hpp>
#include <ranvier/runtime/state_owner.hpp>
#include <ranvier/runtime/watch.hpp>

namespace ranvier {
namespace {

std::string in_words(double value, double limit) {
  if (std::isnan(value)) return "not a number";
  if (std::isinf(value)) return value > 0 ? "infinite" : "minus infinity";
  return std::abs(value) > limit ? fmt::format("{:.4g} (beyond {:g})", value, limit)
                                 : fmt::format("{:.6g}", value);
}

/// The number of an element as its owner's user knows it.
std::int64_t number_of(const StateOwner& owner, std::int64_t entry) {
  if (owner.stored_in_order()) return entry;
  std::int64_t number = 0;
  while (number < owner.element_count() && owner.position(number) != entry) ++number;
  return number;
}

std::string whose(const WatchedArray& target, std::int64_t entry) {
  const StateOwner& owner = *target.owner;
  if (owner.declared(target.variable).shared)
    return fmt::format("`{}` of '{}'", target.variable, owner.owner_name());
  return fmt::format("`{}` of element {} of '{}'", target.variable, number_of(owner, entry),
                     owner.owner_name());
}

std::string inputs_in_words(const Cause& cause, double limit) {
  std::string text;
  for (const auto& [name, value] : cause.inputs)
    if (!name.starts_with('_'))
      text += fmt::format("{}{} = {}", text.empty() ? ", with " : ", ", name, in_words(value, limit));
  return text;
}

void add_cause(Diagnostic& finding, const Cause& cause, double limit) {
  const std::string written(cause.expr->place.source ? cause.expr->place.text() : "");
  if (as<ast::Name>(cause.expr)) {
    finding.note(fmt::format("`{}` was {} before", print(cause.expr), in_words(cause.value, limit)));
    return;
  }
  finding.place = cause.expr->place;
  finding.note(fmt::format("`{}` is {}{}", written.empty() ? print(cause.expr) : written,
                           in_words(cause.value, limit), inputs_in_words(cause, limit)));
}

/// What the blocks of a random stream are called is not for users.
std::string_view block_in_words(std::string_view block) {
  constexpr std::pair<std::string_view, std::string_view> words[] = {
      {"update", "state update"},
      {"pre", "on_pre code"},
      {"post", "on_post code"},
      {"code shared", "code"},
      {"shared constants", "subexpressions constant over dt"},
      {"constants", "subexpressions constant over dt"}};
  const auto* found = std::ranges::find(words, block, &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(words) ? block : found->second;
}

constexpr std::size_t block_size = 256;

/// Of a block of values. Counted in lanes of doubles, which compilers make vectors of: 0.3 ns a value.
template <class T>
bool all_good(const T* values, double limit) {
  constexpr std::size_t lanes = 8;
  double bad[lanes] = {};
  for (std::size_t k = 0; k < block_size; k += lanes)
    for (std::size_t lane = 0; lane < lanes; ++lane)
      bad[lane] += std::abs(static_cast<double>(values[k + lane])) <= limit ? 0.0 : 1.0;
  return std::ranges::all_of(bad, [](double count) { return count == 0; });
}

template <class T>
std::int64_t find_bad_of(std::span<const T> values, double limit) {
  std::size_t k = 0;
  while (k + block_size <= values.size() && all_good(values.data() + k, limit)) k += block_size;
  for (; k < values.size(); ++k)
    if (!(std::abs(static_cast<double>(values[k])) <= limit)) return static_cast<std::int64_t>(k);
  return -1;
}

}  // namespace

std::int64_t find_bad(std::span<const double> values, double limit) {
  return find_bad_of(values, limit);
}

std::int64_t find_bad(std::span<const float> values, double limit) {
  return find_bad_of(values, limit);
}

std::int64_t find_bad(const Array& array, std::int64_t begin, std::int64_t end, double limit) {
  const auto first = static_cast<std::size_t>(begin), count = static_cast<std::size_t>(end - begin);
  const std::int64_t found =
      array.storage() == Storage::f64   ? find_bad(array.as<double>().subspan(first, count), limit)
      : array.storage() == Storage::f32 ? find_bad(array.as<float>().subspan(first, count), limit)
                                        : -1;
  return found < 0 ? -1 : begin + found;
}

Diagnostic describe_bad(const WatchedArray& array, double limit) {
  const std::int64_t size = array.array->size(), first = find_bad(*array.array, 0, size, limit);
  std::int64_t bad = 0;
  for (std::int64_t k = first; k >= 0; k = find_bad(*array.array, k + 1, size, limit)) ++bad;
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.code = DiagnosticCode::value_out_of_bounds;
  warning.message = fmt::format("at the end of the run {} is {}", whose(array, first),
                                in_words(array.array->get(first), limit));
  if (bad > 1) warning.message += fmt::format(", as are {} others", bad - 1);
  return warning.helped_by("run with `.watch = {.policy = WatchPolicy::stop}` to learn where it began");
}

void Watch::set_arrays(std::vector<WatchedArray> arrays) {
  std::map<const void*, WatchedArray> now;
  for (WatchedArray& array : arrays) {
    array.reported = std::ranges::any_of(arrays_, [&](const auto& known) {
      const WatchedArray& old = known.second;
      return old.reported && old.owner == array.owner && old.variable == array.variable;
    });
    now.emplace(array.array->data(), std::move(array));
  }
  arrays_ = std::move(now);
}

void Watch::forget_reports() {
  for (auto& [address, array] : arrays_) array.reported = false;
}

WatchedArray* Watch::find(const void* address) {
  const auto found = arrays_.find(address);
  return found == arrays_.end() ? nullptr : &found->second;
}

std::vector<Diagnostic> Watch::take_findings() {
  return std::exchange(findings_, {});
}

const void* KernelCall::hidden(std::string_view column) const {
  const auto found = std::ranges::find(kernel.columns, column, &Column::name);
  return found == kernel.columns.end() ? nullptr : args.columns[found - kernel.columns.begin()];
}

std::shared_ptr<WatchedKernel> WatchedKernel::of(Watch& watch, const Kernel& kernel,
                                                 std::span<void* const> columns, std::string_view object,
                                                 std::string_view block) {
  std::shared_ptr<WatchedKernel> watched(
      new WatchedKernel(watch, fmt::format("the {} of '{}'", block_in_words(block), object)));
  bool floats = false;
  for (std::size_t k = 0; k < columns.size(); ++k) {
    const Column& column = kernel.columns[k];
    if (!column.written) continue;
    WatchedArray* target = watch.find(columns[k]);
    if (!target && column.index != Index::shared) return nullptr;
    floats |= target && type_of(column.storage) == Type::real;
    watched->written_.push_back({k, target});
  }
  return floats ? watched : nullptr;
}

std::int64_t WatchedKernel::run(const KernelCall& call, const Clock& clock) {
  const bool all_reported = std::ranges::all_of(
      written_, [](const WrittenColumn& written) { return !written.target || written.target->reported; });
  if (all_reported) return call.code.run(call.args);
  keep(call);
  const std::int64_t count = call.code.run(call.args);
  look(call, clock);
  return count;
}

void WatchedKernel::keep(const KernelCall& call) {
  for (WrittenColumn& written : written_) {
    written.before.clear();
    const auto* bytes = static_cast<const std::byte*>(call.args.columns[written.column]);
    const auto size = static_cast<std::int64_t>(size_of(call.kernel.columns[written.column].storage));
    const std::int64_t entries = written.target ? written.target->array->size() : 1;
    call.for_ranges(written.column, entries, [&](std::int64_t begin, std::int64_t end) {
      written.before.insert(written.before.end(), bytes + begin * size, bytes + end * size);
    });
  }
}

void WatchedKernel::look(const KernelCall& call, const Clock& clock) {
  for (const WrittenColumn& written : written_) {
    WatchedArray* target = written.target;
    if (!target || target->reported) continue;
    std::int64_t first = -1;
    call.for_ranges(written.column, target->array->size(), [&](std::int64_t begin, std::int64_t end) {
      if (first < 0) first = find_bad(*target->array, begin, end, watch_.options().limit);
    });
    if (first < 0) continue;
    target->reported = true;
    watch_.report(finding(call, clock, written, first));
  }
}

Diagnostic WatchedKernel::finding(const KernelCall& call, const Clock& clock, const WrittenColumn& written,
                                  std::int64_t entry) const {
  const double limit = watch_.options().limit;
  Replay replay(call, written_, limit);
  Diagnostic finding;
  finding.severity = watch_.options().policy == WatchPolicy::stop ? Severity::error : Severity::warning;
  finding.code = DiagnosticCode::value_out_of_bounds;
  const std::string value = in_words(written.target->array->get(entry), limit);
  const bool before = replay.was_bad(written, entry);
  finding.message = fmt::format("{} {} {} {} step {} (t = {:.6g} ms), {} {}", whose(*written.target, entry),
                                before ? "was" : "became", value, before ? "already before" : "in",
                                clock.timestep, clock.t() * 1e3, before ? "when it met" : "by", name_);
  if (before) return finding.helped_by("the host set it, or a step of an earlier run");
  if (const auto cause = replay.cause(written, entry)) add_cause(finding, *cause, limit);
  return finding.helped_by("if the model is right, a shorter dt or another method may keep it in bounds");
}

}  // namespace ranvier
