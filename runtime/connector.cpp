#include <fmt/format.h>
#include <algorithm>
#include <limits>
#include <numeric>
#include <ranvier/compiler/text.hpp>
#include <ranvier/runtime/connector.hpp>
#include <ranvier/runtime/network.hpp>

namespace ranvier {
namespace {

using enum ConnectionStep;

constexpr double most_numbers = 9007199254740992;  // 2**53: positions beyond cannot be told apart

[[noreturn]] void refuse(DiagnosticCode code, const Place& place, std::string message, std::string help) {
  Diagnostics diagnostics;
  diagnostics.error(code, place, std::move(message)).helped_by(std::move(help));
  throw ModelError(diagnostics.all());
}

std::string quoted(const Expr& expr) {
  return fmt::format("`{}`", expr->place.text());
}

}  // namespace

Connector::Connector(const ConnectionPlan& plan, const Namespace& names)
    : plan_(plan),
      site_(plan.site()),
      options_(plan.options()),
      code_(plan.code()),
      steps_(plan.kernels()),
      neurons_(site_.arrays),
      batch_(site_.arrays),
      list_(static_cast<std::size_t>(CandidateBatch::capacity + element_padding)) {
  RunContext context = site_.network.context(site_.source.clock(), names);
  context.watch = nullptr;  // over the steps of a run
  context.team = nullptr;   // it is at work on the parts
  for (std::size_t k = 0; k < steps_.size(); ++k)
    if (steps_[k])
      steps_[k].bind(k <= static_cast<std::size_t>(admission) ? neurons_ : batch_, context, site_.name,
                     "connect");
  if (site_.draw_kernels) bulk_.emplace(*site_.draw_kernels);
  outer_column_ = (plan.over_targets() ? batch_.targets() : batch_.sources()).data();
  iterates_ = batch_.iterates().data();
}

std::int64_t Connector::run(ConnectionStep which, std::int64_t count, std::uint64_t row,
                            std::uint64_t chunk) {
  BoundKernel& kernel = step(which);
  if (draws(kernel.kernel())) {
    const RandomKey key = random_key(
        site_.network.seed(), site_.name,
        fmt::format("connect {} step {} row {} chunk {}", site_.calls, static_cast<int>(which), row, chunk));
    kernel.set_scalar(ScalarKind::key_low, key.low);
    kernel.set_scalar(ScalarKind::key_high, key.high);
  }
  return kernel.run(site_.source.clock(), 0, count, list_.data());
}

NewSynapses Connector::of_neurons(std::int64_t first, std::int64_t end) {
  NewSynapses made = plan_.over_targets() ? NewSynapses::in_any_order(plan_.room())
                                          : NewSynapses::of_sources(first, end - first, plan_.room());
  synapses_ = &made;
  const auto ends = plan_.over_targets() ? neurons_.targets() : neurons_.sources();
  std::vector<std::int32_t> admitted;
  for (std::int64_t begin = first; begin < end; begin += neurons_at_once) {
    const std::int64_t count = std::min(neurons_at_once, end - begin);
    std::iota(ends.begin(), ends.begin() + count, static_cast<std::int32_t>(plan_.outer().begin() + begin));
    const auto chunk = static_cast<std::uint64_t>(begin);
    if (step(bounds)) run(bounds, count, 0, chunk);
    admitted.resize(static_cast<std::size_t>(count));
    std::iota(admitted.begin(), admitted.end(), 0);
    if (step(admission)) admitted.assign(list_.begin(), list_.begin() + run(admission, count, 0, chunk));
    for (const std::int32_t row : admitted) propose(begin + row, row);
  }
  flush();
  return made;
}

void Connector::propose(std::int64_t neuron, std::int32_t row) {
  if (plan_.draws()) row_ = static_cast<std::uint64_t>(neuron), chunk_ = 0;
  const Progression numbers = numbers_of(neuron, row);
  StreamRow stream{plan_.sampling(), static_cast<std::uint32_t>(neuron), bulk_ ? &*bulk_ : nullptr};
  if (const std::optional<double> p = probability_of(neuron, row)) {
    limit(*p * static_cast<double>(numbers.count), static_cast<double>(numbers.count), neuron);
    stream.expected = *p * static_cast<double>(numbers.count);
    Bernoulli kept(*p, stream);
    for (std::int64_t k = kept.after(-1); k < numbers.count; k = kept.after(k)) push(neuron, numbers[k]);
  } else if (has_bound("_size")) {
    const std::int64_t size = size_of_sample(neuron, row, numbers.count);
    limit(static_cast<double>(size), static_cast<double>(numbers.count), neuron);
    stream.expected = static_cast<double>(std::min(size, numbers.count - size));
    Draws draws(stream);
    for (const std::int64_t k : choose(numbers.count, size, draws)) push(neuron, numbers[k]);
  } else {
    limit(static_cast<double>(numbers.count), 0, neuron);
    for (std::int64_t k = 0; k < numbers.count; ++k) push(neuron, numbers[k]);
  }
  if (plan_.draws()) flush();
}

bool Connector::has_bound(const char* column) const {
  const auto& kernel = code_[bounds];
  return kernel && std::ranges::find(kernel->columns, column, &Column::name) != kernel->columns.end();
}

std::int64_t Connector::bound(const char* column, std::int32_t row, std::int64_t otherwise) {
  if (!has_bound(column)) return otherwise;
  return neurons_.column<std::int64_t>(column, Storage::i64)[static_cast<std::size_t>(row)];
}

Progression Connector::numbers_of(std::int64_t neuron, std::int32_t row) {
  if (code_.generator && !code_.generator->range) return {0, 1, 1};
  const std::int64_t step = bound("_step", row, 1);
  if (step == 0) {
    const Expr& own = code_.generator->range->step;
    refuse(DiagnosticCode::zero_step, own->place,
           fmt::format("{} is 0 for {}, and a range with step 0 would never end", quoted(own),
                       outer_text(neuron)),
           "a step is a whole number that is not 0; a negative one counts down");
  }
  return Progression::range(bound("_low", row, 0), bound("_high", row, plan_.result().size()), step);
}

std::optional<double> Connector::probability_of(std::int64_t neuron, std::int32_t row) {
  if (const double* p = options_.p.number(); p && !plan_.pairs()) return *p;
  if (!has_bound("_p")) return std::nullopt;
  const double p = neurons_.column<double>("_p", Storage::f64)[static_cast<std::size_t>(row)];
  if (!(p >= 0 && p <= 1)) refuse_probability(p, outer_text(neuron));
  return p;
}

void Connector::refuse_probability(double p, const std::string& where) const {
  const Expr& own = code_.generator ? code_.generator->range->p : code_.p;
  refuse(DiagnosticCode::bad_sample, own->place,
         fmt::format("{} is {} for {}, but a probability lies in [0, 1]", quoted(own), p, where),
         "`clip(..., 0, 1)` cuts off what lies beyond");
}

std::int64_t Connector::size_of_sample(std::int64_t neuron, std::int32_t row, std::int64_t count) {
  const std::int64_t size = bound("_size", row, 0);
  if (options_.skip_if_invalid) return std::clamp<std::int64_t>(size, 0, count);
  if (size >= 0 && size <= count) return size;
  const Expr& own = code_.generator->range->size;
  refuse(DiagnosticCode::bad_sample, own->place,
         size < 0 ? fmt::format("{} is {} for {}, but a sample cannot have less than 0 members", quoted(own),
                                size, outer_text(neuron))
                  : fmt::format("{} is {} for {}, but there are only {} numbers to choose from", quoted(own),
                                size, outer_text(neuron), count),
         "`.skip_if_invalid = true` takes as many as there are");
}

/// `kept` of `count` numbers are about to be visited.
void Connector::limit(double kept, double count, std::int64_t neuron) const {
  const auto most = static_cast<double>(site_.network.limits().candidates);
  if (kept <= most && count <= most_numbers) return;
  const Place place = code_.generator ? code_.generator->range->place : code_.p->place;
  const bool countable = count <= most_numbers;
  refuse(DiagnosticCode::too_many_candidates, place,
         fmt::format("{:.4g} candidates for {} are more than the {:.10g} that {}", countable ? kept : count,
                     outer_text(neuron), countable ? most : most_numbers,
                     countable ? "are looked at (Limits::candidates)" : "can be told apart"),
         countable ? "check the bounds, or raise the limit" : "check the bounds");
}

void Connector::push(std::int64_t neuron, std::int64_t number) {
  outer_column_[count_] = static_cast<std::int32_t>(plan_.outer().begin() + neuron);
  iterates_[count_] = number;
  if (++count_ == CandidateBatch::capacity) flush();
}

NewSynapses Connector::of_pairs() {
  NewSynapses made = NewSynapses::in_any_order(plan_.room());
  synapses_ = &made;
  const std::vector<std::int64_t>&i = *options_.i.list(), &j = *options_.j.list();
  const std::size_t count = i.empty() || j.empty() ? 0 : std::max(i.size(), j.size());
  check_numbers(i, site_.source, "i");
  check_numbers(j, site_.target, "j");
  Bernoulli kept(options_.p.number() ? *options_.p.number() : 1, {plan_.sampling()});
  const auto sources = batch_.sources(), targets = batch_.targets();
  for (std::int64_t k = kept.after(-1); k < static_cast<std::int64_t>(count); k = kept.after(k)) {
    const auto pair = static_cast<std::size_t>(k), at = static_cast<std::size_t>(count_);
    sources[at] = static_cast<std::int32_t>(site_.source.begin() + i[i.size() == 1 ? 0 : pair]);
    targets[at] = static_cast<std::int32_t>(site_.target.begin() + j[j.size() == 1 ? 0 : pair]);
    if (++count_ == CandidateBatch::capacity) flush();
  }
  flush();
  return made;
}

void Connector::check_numbers(const std::vector<std::int64_t>& given, const Elements& side,
                              const char* which) const {
  for (std::size_t k = 0; k < given.size(); ++k)
    if (given[k] < 0 || given[k] >= side.size())
      throw NetworkError(
          fmt::format("connect of '{}': {} = {} (entry {}) is out of range; it must lie in [0, {})",
                      site_.name, which, given[k], k, side.size()));
}

void Connector::flush() {
  if (count_ == 0) return;
  if (!plan_.pairs()) {
    if (step(element))
      run(element, count_, row_, chunk_);
    else
      std::copy_n(iterates_, count_, batch_.indices().begin());
    place_results();
    if (code_.condition_reads_result) check_results();
    apply(condition);
    if (!code_.condition_reads_result) check_results();
  }
  apply(probability);
  commit_batch();
  count_ = 0;
  ++chunk_;
}

void Connector::apply(ConnectionStep which) {
  if (!step(which) || count_ == 0) return;
  const std::int64_t found = run(which, count_, row_, chunk_);
  if (which == probability) check_probabilities(found);
  keep(found);
}

void Connector::keep(std::int64_t found) {
  if (found < count_) batch_.keep(std::span(list_).first(static_cast<std::size_t>(found)));
  count_ = found;
}

void Connector::check_probabilities(std::int64_t found) {
  const auto p = batch_.column<double>("_p", Storage::f64);
  for (const std::int32_t k : std::span(list_).first(static_cast<std::size_t>(found))) {
    const double value = p[static_cast<std::size_t>(k)];
    if (!(value >= 0 && value <= 1)) refuse_probability(value, pair_text(k));
  }
}

/// Numbers that the elements gave become neurons, which need not exist yet; beyond 32 bits they stay at the
/// end.
void Connector::place_results() {
  constexpr std::int64_t least = std::numeric_limits<std::int32_t>::min();
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  const auto indices = batch_.indices();
  const auto ends = plan_.over_targets() ? batch_.sources() : batch_.targets();
  const std::int64_t first = plan_.result().begin();
  for (std::size_t k = 0; k < static_cast<std::size_t>(count_); ++k)
    ends[k] = static_cast<std::int32_t>(first + std::clamp(indices[k], least, most - first));
}

void Connector::check_results() {
  const auto indices = batch_.indices();
  const auto size = static_cast<std::uint64_t>(plan_.result().size());
  std::int64_t found = 0;
  for (std::int32_t k = 0; k < count_; ++k) {
    const std::int64_t index = indices[static_cast<std::size_t>(k)];
    const bool exists = static_cast<std::uint64_t>(index) < size;
    if (!exists && !options_.skip_if_invalid) refuse_index(index, k);
    list_[static_cast<std::size_t>(found)] = k;
    found += exists;
  }
  keep(found);
}

void Connector::refuse_index(std::int64_t index, std::int32_t row) {
  const Generator& generator = *code_.generator;
  const auto k = static_cast<std::size_t>(row);
  const std::int32_t neuron = outer_column_[k];
  std::string where = outer_text(neuron - plan_.outer().begin());
  if (generator.range) where += fmt::format(", {} = {}", generator.variable, iterates_[k]);
  refuse(DiagnosticCode::index_out_of_range, generator.element->place,
         fmt::format("{} gives {} = {} for {}, but there are {}", quoted(generator.element),
                     plan_.over_targets() ? "i" : "j", index, where, result_text()),
         fmt::format(
             "leave such {}s out by a condition behind `if`, or all of them by `.skip_if_invalid = true`",
             plan_.result().model().element()));
}

void Connector::commit_batch() {
  if (count_ == 0) return;
  const auto sources = batch_.sources(), targets = batch_.targets();
  const std::int64_t* copies_of = nullptr;
  if (step(copies)) {
    run(copies, count_, row_, chunk_);
    copies_of = batch_.column<std::int64_t>("_copies", Storage::i64).data();
  }
  const std::int64_t* same = options_.n.number();
  const auto count = static_cast<std::size_t>(count_);
  if (!copies_of && *same == 1)
    return synapses_->add(sources.first(count), site_.source.begin(), targets.first(count));
  for (std::size_t k = 0; k < count; ++k) {
    const std::int64_t n = copies_of ? copies_of[k] : *same;
    if (n < 0) refuse_copies(n, static_cast<std::int32_t>(k));
    synapses_->add(sources[k] - site_.source.begin(), targets[k], n);
  }
}

void Connector::refuse_copies(std::int64_t n, std::int32_t row) {
  refuse(DiagnosticCode::bad_copies, code_.n->place,
         fmt::format("{} is {} for {}, but a number of copies cannot be negative", quoted(code_.n), n,
                     pair_text(row)),
         "`clip(..., 0, inf)` cuts off what lies below");
}

std::string Connector::result_text() const {
  const char* side = plan_.over_targets() ? "source" : "target";
  const char* element = plan_.result().model().element();
  const std::int64_t count = plan_.result().size();
  return count > 0 ? fmt::format("the {} {}s 0 to {}", side, element, count - 1)
                   : fmt::format("no {} {}s", side, element);
}

std::string Connector::outer_text(std::int64_t neuron) const {
  return fmt::format("{} = {}", plan_.over_targets() ? "j" : "i", neuron);
}

std::string Connector::pair_text(std::int32_t row) {
  const auto k = static_cast<std::size_t>(row);
  return fmt::format("i = {}, j = {}", batch_.sources()[k] - site_.source.begin(),
                     batch_.targets()[k] - site_.target.begin());
}

}  // namespace ranvier
