#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <ranvier/compiler/random.hpp>
#include <ranvier/compiler/stopwatch.hpp>
#include <ranvier/runtime/network.hpp>
#include <ranvier/runtime/synapses.hpp>

// The connection rules: each makes the candidates in a scratch Connectivity; nothing of the object changes
// until all is known.
namespace ranvier {
namespace {

/// Which of a sequence of candidates to keep, each with probability p: jumps of geometric length, so that the
/// work is proportional to what is kept.
class Bernoulli {
 public:
  Bernoulli(double p, RandomKey key, std::uint32_t row)
      : key_(key), row_(row), p_(p), log_q_(std::log1p(-p)) {}

  /// The next kept candidate after `current` (-1 to begin), or a number beyond every row.
  std::int64_t after(std::int64_t current) {
    if (p_ >= 1) return current + 1;
    if (p_ <= 0) return beyond;
    const double u = 1 - uniform(random_words(key_, row_, draw_++, 0));  // in (0, 1]
    const double jump = std::floor(std::log(u) / log_q_);
    return jump > 1e15 ? beyond : current + 1 + static_cast<std::int64_t>(jump);
  }

 private:
  static constexpr std::int64_t beyond = std::numeric_limits<std::int64_t>::max() / 2;

  RandomKey key_;
  std::uint32_t row_;
  std::uint32_t draw_ = 0;
  double p_;
  double log_q_;
};

constexpr std::int64_t most_synapses = std::numeric_limits<std::int32_t>::max();

/// Appends rows with copies, refusing more synapses than a 32-bit number can count.
class RowWriter {
 public:
  RowWriter(Connectivity& rows, std::int64_t copies, const std::string& name)
      : rows_(rows), copies_(copies), name_(name) {}

  void add(std::int64_t target) {
    if (rows_.size() + copies_ > most_synapses)
      throw NetworkError(
          fmt::format("connect of '{}' would make more than {} synapses", name_, most_synapses));
    rows_.target.insert(rows_.target.end(), static_cast<std::size_t>(copies_),
                        static_cast<std::int32_t>(target));
  }
  void end_row(std::int64_t source) { rows_.row[static_cast<std::size_t>(source) + 1] = rows_.size(); }

 private:
  Connectivity& rows_;
  std::int64_t copies_;
  const std::string& name_;
};

void check_options(const ConnectOptions& o, const std::string& name) {
  const bool pairs = o.i || o.j;
  const auto refuse = [&](const std::string& why) {
    throw NetworkError(fmt::format("connect of '{}': {}", name, why));
  };
  if (static_cast<bool>(o.i) != static_cast<bool>(o.j)) refuse("give both i and j, or neither");
  if (pairs && !o.condition.empty()) refuse("give either a condition or i and j, not both");
  if (o.p && !(*o.p >= 0 && *o.p <= 1))
    refuse(fmt::format("p is {}, but a probability lies in [0, 1]", *o.p));
  if (o.n < 0) refuse(fmt::format("n is {}, but a number of copies cannot be negative", o.n));
  if (pairs && o.i.list().size() != o.j.list().size() && o.i.list().size() != 1 && o.j.list().size() != 1)
    refuse(fmt::format("i has {} entries and j has {}", o.i.list().size(), o.j.list().size()));
  if (o.condition.find(" for ") != std::string::npos)
    refuse("generators ('k for k in range(...)') are planned, not built yet; list the pairs in .i and .j");
}

/// One side of explicit pairs, checked and repeated to `count` entries.
std::vector<std::int32_t> side(const std::vector<std::int64_t>& given, std::size_t count, std::int64_t size,
                               const char* which, const std::string& name) {
  std::vector<std::int32_t> indices(count);
  for (std::size_t k = 0; k < count; ++k) {
    const std::int64_t index = given[given.size() == 1 ? 0 : k];
    if (index < 0 || index >= size)
      throw NetworkError(
          fmt::format("connect of '{}': {} = {} (entry {}) is out of range; it must lie in [0, {})", name,
                      which, index, k, size));
    indices[k] = static_cast<std::int32_t>(index);
  }
  return indices;
}

Connectivity explicit_pairs(const ConnectOptions& o, const Slice& source, const Slice& target, RandomKey key,
                            const std::string& name) {
  const std::size_t count =
      o.i.list().empty() || o.j.list().empty() ? 0 : std::max(o.i.list().size(), o.j.list().size());
  const auto i = side(o.i.list(), count, source.size(), "i", name);
  const auto j = side(o.j.list(), count, target.size(), "j", name);
  std::vector<std::int32_t> sources, targets;
  Bernoulli keep(o.p.value_or(1), key, 0);
  for (std::int64_t k = keep.after(-1); k < static_cast<std::int64_t>(count); k = keep.after(k)) {
    const auto pair = static_cast<std::size_t>(k);
    if (static_cast<std::int64_t>(sources.size()) + o.n > most_synapses)
      throw NetworkError(
          fmt::format("connect of '{}' would make more than {} synapses", name, most_synapses));
    sources.insert(sources.end(), static_cast<std::size_t>(o.n), i[pair]);
    targets.insert(targets.end(), static_cast<std::size_t>(o.n),
                   j[pair] + static_cast<std::int32_t>(target.begin()));
  }
  return from_pairs(source.size(), sources, targets);
}

}  // namespace

void Synapses::connect(const ConnectOptions& options) {
  const Stopwatch watch(&network_.times().connect);
  check_options(options, name());
  commit(candidates(options));
}

Connectivity Synapses::candidates(const ConnectOptions& options) {
  const RandomKey key = random_key(network_.seed(), name(), fmt::format("connect {}", connect_calls_));
  if (options.i) return explicit_pairs(options, source_, target_, key, name());

  BoundKernel condition;
  const Namespace names = all_names();
  if (!options.condition.empty()) {
    const auto text = make_source(fmt::format("condition of connect of {}", name()), options.condition);
    condition = network_.build_one(compile_condition(model_, text, names));
    condition.bind(*this, network_.context(names), name(), fmt::format("condition {}", connect_calls_));
  }
  Connectivity rows(source_.size());
  RowWriter writer(rows, options.n, name());
  std::vector<std::int32_t> matching(static_cast<std::size_t>(target_.group().size() + element_padding));
  for (std::int64_t s = 0; s < source_.size(); ++s) {
    Bernoulli keep(options.p.value_or(1), key, static_cast<std::uint32_t>(s));
    const std::int64_t count = condition ? matching_targets(condition, s, matching) : target_.size();
    for (std::int64_t k = keep.after(-1); k < count; k = keep.after(k))
      writer.add(condition ? matching[static_cast<std::size_t>(k)] : target_.begin() + k);
    writer.end_row(s);
  }
  return rows;
}

std::int64_t Synapses::matching_targets(BoundKernel& condition, std::int64_t source,
                                        std::vector<std::int32_t>& list) {
  condition.set_scalar(ScalarKind::index_pre, static_cast<double>(source));
  // The elements are targets: without a key of its own every source would draw the same numbers.
  const RandomKey key =
      random_key(network_.seed(), name(), fmt::format("condition {} of source {}", connect_calls_, source));
  condition.set_scalar(ScalarKind::key_low, key.low);
  condition.set_scalar(ScalarKind::key_high, key.high);
  for (const Column& column : condition.kernel().columns) {
    if (column.owner != Owner::source) continue;
    Array& array = *source_.group().find_array(column.variable);
    const std::int64_t element = array.size() == 1 ? 0 : source_.begin() + source;
    condition.set_column(column.name, static_cast<std::byte*>(array.data()) +
                                          static_cast<std::size_t>(element) * size_of(array.storage()));
  }
  const std::int64_t found = condition.run(network_.clock(), 0, target_.end(), list.data());
  const auto end = list.begin() + found;
  const auto first = std::lower_bound(list.begin(), end, static_cast<std::int32_t>(target_.begin()));
  std::copy(first, end, list.begin());
  return end - first;
}

}  // namespace ranvier
