#include <ranvier/compiler/backends/llvm/step_counts.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

// Windows in time are counted in steps: `timestep(t - lastspike, dt) >= timestep(2*ms, dt)`. Taken literally
// that is a quotient and a conversion for every element and step. But the count rises with the time that is
// counted, so that it has reached a number exactly where the time has reached another one, and that one is
// the same for all elements: what remains for each is one comparison of doubles, with the same outcome.
namespace ranvier::llvm_backend {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int deepest_sum = 8;  // shared parts are walked again and again

/// Plus or minus a number of steps, and what is added to it: a real number that is the same for all.
struct Sum {
  Id count = none;
  bool negative = false;
  Id rest = none;
};

std::optional<Sum> sum_of(Operations& o, Id id, int depth) {
  const Operation operation = o.list()[id];
  if (o.counted(id)) return Sum{id, false, o.real(0)};
  if (operation.uniform) return Sum{none, false, o.convert(id, Type::real)};
  const bool minus = operation.op == Op::subtract;
  if (depth == 0 || (operation.op != Op::add && !minus)) return std::nullopt;
  const auto left = sum_of(o, operation.operands[0], depth - 1);
  if (!left) return std::nullopt;
  const auto right = sum_of(o, operation.operands[1], depth - 1);
  if (!right || (left->count != none && right->count != none)) return std::nullopt;
  const Id rest = o.make(operation.op, Type::real, {left->rest, right->rest});
  return left->count != none ? Sum{left->count, left->negative, rest}
                             : Sum{right->count, right->negative != minus, rest};
}

/// b op a for a op b, and -a op -b.
BinaryOp mirrored(BinaryOp op) {
  switch (op) {
    case BinaryOp::less:
      return BinaryOp::greater;
    case BinaryOp::less_equal:
      return BinaryOp::greater_equal;
    case BinaryOp::greater:
      return BinaryOp::less;
    case BinaryOp::greater_equal:
      return BinaryOp::less_equal;
    default:
      return op;
  }
}

/// Whether timestep(time, dt) is in this relation to a number of steps.
Id compare_count(Operations& o, const CountedTime& counted, BinaryOp op, Id steps) {
  const auto make = [&](Op kind, Id a, Id b) { return o.make(kind, Type::boolean, {a, b}); };
  const Operation time = o.list()[counted.time];
  // What is not a number counts as no step, as 0 does.
  const auto from = [&](Id count) {
    const Id first = o.make(Op::first_time, Type::real, {count, counted.dt});
    const bool since = time.op == Op::subtract && o.list()[time.operands[0]].uniform;
    if (!since) return o.make(Op::at_most, Type::boolean, {first, counted.time, first});
    const Id last = o.make(Op::last_start, Type::real, {time.operands[0], first});
    return o.make(Op::at_most, Type::boolean, {time.operands[1], last, first});
  };
  const auto before = [&](Id count) { return o.make(Op::invert, Type::boolean, {from(count)}); };
  const auto next = [&] { return o.make(Op::add, Type::real, {steps, o.real(1)}); };
  switch (op) {
    case BinaryOp::less:
      return before(steps);
    case BinaryOp::less_equal:
      return before(next());
    case BinaryOp::greater:
      return from(next());
    case BinaryOp::greater_equal:
      return from(steps);
    case BinaryOp::equal:
      return make(Op::both, from(steps), before(next()));
    default:
      return make(Op::either, before(steps), from(next()));
  }
}

// Doubles in ascending order, numbered.
using Rank = std::int64_t;
constexpr Rank lowest = std::numeric_limits<Rank>::min();

Rank rank_of(double x) {
  const auto bits = std::bit_cast<Rank>(x);
  return bits < 0 ? lowest - bits : bits;
}
double ranked(Rank rank) {
  return std::bit_cast<double>(rank < 0 ? lowest - rank : rank);
}

/// The least number for which this holds, as it does for all above and for infinity; the guess is a few
/// doubles off, most often one.
template <class Holds>
double first_that(double guess, const Holds& holds) {
  constexpr Rank longest = Rank{1} << 61;
  const Rank bottom = rank_of(-infinity), top = rank_of(infinity);
  const auto holds_at = [&](Rank rank) { return holds(ranked(rank)); };
  Rank low = std::isnan(guess) ? 0 : std::clamp(rank_of(guess), bottom, top), high = low;
  for (Rank step = 1; low > bottom && holds_at(low); step = std::min(2 * step, longest))
    high = low, low = low < 0 && low - bottom < step ? bottom : low - step;
  for (Rank step = 1; high < top && !holds_at(high); step = std::min(2 * step, longest))
    low = high, high = high > 0 && top - high < step ? top : high + step;
  while (high - 1 > low) {
    const Rank middle = low / 2 + high / 2 + (low % 2 + high % 2) / 2;
    (holds_at(middle) ? high : low) = middle;
  }
  return ranked(high);
}

}  // namespace

Id compare_steps(Operations& o, BinaryOp op, Id left, Id right) {
  if (!o.counts_steps()) return none;
  auto a = sum_of(o, left, deepest_sum);
  if (!a) return none;
  auto b = sum_of(o, right, deepest_sum);
  if (!b || (a->count == none) == (b->count == none)) return none;
  if (a->count == none) std::swap(a, b), op = mirrored(op);
  if (a->negative) op = mirrored(op);
  const Id from = a->negative ? a->rest : b->rest, less = a->negative ? b->rest : a->rest;
  return compare_count(o, *o.counted(a->count), op, o.make(Op::subtract, Type::real, {from, less}));
}

double first_time(double steps, double dt) noexcept {
  thread_local double known_steps = 0, known_dt = 0, known = 0;
  if (steps == known_steps && dt == known_dt) return known;
  const double slack = 1e-3 * dt;
  known = first_that((steps > 0 ? steps : steps - 1) * dt - slack,
                     [&](double time) { return std::trunc((time + slack) / dt) >= steps; });
  known_steps = steps, known_dt = dt;
  return known;
}

double last_start(double now, double first) noexcept {
  const auto counts = [&](double start) {
    const double time = now - start;
    return std::isnan(time) ? first <= 0 : first <= time;
  };
  if (!counts(-infinity)) return std::numeric_limits<double>::quiet_NaN();
  if (counts(infinity)) return infinity;
  return ranked(rank_of(first_that(now - first, [&](double start) { return !counts(start); })) - 1);
}

}  // namespace ranvier::llvm_backend
