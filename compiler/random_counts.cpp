#include <ranvier/compiler/random_counts.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include <ranvier/compiler/backends/elementary.hpp>

namespace ranvier {
namespace {

constexpr double most_by_inversion = 10;

// Deterministic scalars of the family that kernels use, so that every machine draws the same numbers.
double log_of(double x) {
  static const ElementaryFn function = scalar_elementary("log");
  return function(x);
}
double log1p_of(double x) {
  static const ElementaryFn function = scalar_elementary("log1p");
  return function(x);
}
double exp_of(double x) {
  static const ElementaryFn function = scalar_elementary("exp");
  return function(x);
}
double expm1_of(double x) {
  static const ElementaryFn function = scalar_elementary("expm1");
  return function(x);
}

/// Where a number is drawn.
struct Place {
  RandomKey key;
  std::uint32_t element = 0;
  std::uint32_t draw = 0;
  std::uint64_t step = 0;
};

/// Uniform numbers in [0, 1) for draws that need an unknown number of them.
class Stream {
 public:
  explicit Stream(const Place& place) : place_(place) {
    // The counter has room for 256 draws; further ones get their own key.
    place_.key.high ^= (place.draw >> 8) * 0x9e3779b9u;
  }
  bool exhausted() const { return number_ >= 1u << 23; }
  double next() {
    const std::uint32_t draw = 0x80000000u | number_ << 8 | (place_.draw & 0xff);
    if (!half_) words_ = random_words(place_.key, place_.element, draw, place_.step), ++number_;
    if (half_) words_.word[0] = words_.word[2], words_.word[1] = words_.word[3];
    half_ = !half_;
    return uniform(words_);
  }

 private:
  Place place_;
  std::uint32_t number_ = 0;
  bool half_ = false;
  RandomWords words_{};
};

/// 64 random bits, of which the lower half is drawn where it is asked for.
class Bits {
 public:
  explicit Bits(const Place& place) : place_(place) {
    constexpr std::uint32_t calls = CountTable::elements / 4;
    const std::uint32_t among = place.element % (4 * calls);
    const std::uint32_t call = place.element / (4 * calls) * calls + among % calls;
    upper_ = random_words(place.key, call, place.draw, place.step).word[among / calls];
  }
  std::uint32_t upper() const { return upper_; }
  /// Whether they are below a number times 2^64.
  bool below(std::uint64_t limit) {
    const auto upper = static_cast<std::uint32_t>(limit >> 32);
    if (upper_ != upper) return upper_ < upper;
    if (!has_lower_) lower_ = static_cast<std::uint32_t>(Stream(place_).next() * 0x1p32);
    has_lower_ = true;
    return lower_ < static_cast<std::uint32_t>(limit);
  }

 private:
  Place place_;
  std::uint32_t upper_ = 0, lower_ = 0;
  bool has_lower_ = false;
};

/// P(X > 0), P(X > 1) and so on of a Poisson number, or of a binomial one with p <= 1/2: relative to P(X > 0)
/// they are off by some units in the last place of 1. The sum over what is left is small where X > 2 mean,
/// and there bounds what rounding errors can add up to, so that no number is beyond n.
class Chances {
 public:
  static Chances of_poisson(double lambda) { return {lambda, 0, lambda, -lambda}; }
  static Chances of_binomial(double n, double p) {
    const double odds = p / (1 - p);
    return {n * odds, odds, n * p, n * log1p_of(-p)};
  }

  /// P(X > k), times 2^64.
  std::uint64_t above() const { return above_ > 0 ? static_cast<std::uint64_t>(above_ * 0x1p64) : 0; }
  void next() {
    above_ -= following_;
    ++k_;
    following_ *= (weight_ - odds_ * k_) / (k_ + 1);
    if (k_ + 1 >= 2 * mean_) above_ = std::min(above_, 2 * following_);
  }

 private:
  Chances(double weight, double odds, double mean, double log_none)
      : weight_(weight),
        odds_(odds),
        mean_(mean),
        above_(-expm1_of(log_none)),
        following_(exp_of(log_none) * weight) {}

  double weight_, odds_, mean_;       // P(X = k + 1)/P(X = k) = (weight - odds*k)/(k + 1)
  double k_ = 0, above_, following_;  // P(X > k), P(X = k + 1)
};

/// What Stirling's series adds to log(k!), from k = 10 on: the next term is below 1e-10.
double stirling(double k) {
  const double r = 1 / k, r2 = r * r;
  return r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260)));
}

double log_factorial(double k) {
  constexpr double small[] = {0.0,
                              0.0,
                              0.69314718055994531,
                              1.791759469228055,
                              3.1780538303479458,
                              4.7874917427820458,
                              6.5792512120101012,
                              8.5251613610654147,
                              10.604602902745251,
                              12.801827480081469};
  if (k < 10) return small[static_cast<int>(k)];
  const double half_log_two_pi = 0.91893853320467274;
  return (k + 0.5) * log_of(k) - k + half_log_two_pi + stirling(k);
}

/// log of lambda^k exp(-lambda)/k!, with little lost where lambda and k are large and near each other.
double log_poisson(double k, double lambda) {
  if (k < 10) return k * log_of(lambda) - lambda - log_factorial(k);
  const double half_log_two_pi = 0.91893853320467274;
  return k * log1p_of((lambda - k) / k) + (k - lambda) - 0.5 * log_of(k) - half_log_two_pi - stirling(k);
}

/// W. Hoermann, The transformed rejection method for generating Poisson random variables, Insurance:
/// Mathematics and Economics 12, 39-45 (1993): algorithm PTRS.
double poisson_by_rejection(double lambda, Stream& stream) {
  const double b = 0.931 + 2.53 * std::sqrt(lambda);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2);
  while (!stream.exhausted()) {
    const double u = stream.next() - 0.5;
    const double v = stream.next();
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2 * a / us + b) * u + lambda + 0.43);
    if (us >= 0.07 && v <= v_r) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log_of(v * inverse_alpha / (a / (us * us) + b)) <= log_poisson(k, lambda)) return k;
  }
  return std::floor(lambda);
}

/// log(a!/b!), with little lost where the two are large and near each other.
double log_factorial_ratio(double a, double b) {
  if (std::min(a, b) < 10) return log_factorial(a) - log_factorial(b);
  return (a + 0.5) * log1p_of((a - b) / b) + (a - b) * log_of(b) - (a - b) + stirling(a) - stirling(b);
}

/// W. Hoermann, The generation of binomial random variates, Journal of Statistical Computation and Simulation
/// 46, 101-110 (1993): algorithm BTRS.
double binomial_by_rejection(double n, double p, Stream& stream) {
  const double q = 1 - p, deviation = std::sqrt(n * p * q), mode = std::floor((n + 1) * p);
  const double b = 1.15 + 2.53 * deviation;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double v_r = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * deviation, log_odds = log_of(p / q);
  while (!stream.exhausted()) {
    const double u = stream.next() - 0.5;
    const double v = stream.next();
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2 * a / us + b) * u + n * p + 0.5);
    if (us >= 0.07 && v <= v_r) return k;
    if (!(k >= 0 && k <= n)) continue;
    const double relative = log_factorial_ratio(mode, k) + log_factorial_ratio(n - mode, n - k);
    if (log_of(v * alpha / (a / (us * us) + b)) <= relative + (k - mode) * log_odds) return k;
  }
  return std::floor(n * p);
}

/// A law with what is asked for again and again taken off: the number is base + sign*X, where X is what
/// `chances` or rejection give.
struct Plan {
  double base = 0, sign = 0;  // sign 0: the number is certain
  bool rejection = false;
  double n = 0, p = 0;
};

Plan plan_of(const CountLaw& law) {
  if (law.is_poisson) {
    if (!(law.n > 0)) return {};
    if (law.n >= 0x1p62) return {0x1p63, 0, false, 0, 0};
    return {0, 1, law.n >= most_by_inversion, law.n, 0};
  }
  if (!(law.n >= 1) || !(law.p > 0)) return {};
  const double n = std::floor(std::min(law.n, 0x1p53));
  if (law.p >= 1) return {n, 0, false, 0, 0};
  const bool mirrored = law.p > 0.5;
  const double p = mirrored ? 1 - law.p : law.p;
  return {mirrored ? n : 0, mirrored ? -1.0 : 1.0, n * p >= most_by_inversion, n, p};
}

Chances chances_of(const CountLaw& law, const Plan& plan) {
  return law.is_poisson ? Chances::of_poisson(plan.n) : Chances::of_binomial(plan.n, plan.p);
}

double by_inversion(const CountLaw& law, const Plan& plan, const Place& place) {
  Bits bits(place);
  // P(X > 0) is not above the mean: what is rare needs no exponential function.
  const double mean = law.is_poisson ? plan.n : plan.n * plan.p;
  if (bits.upper() * 0x1p-32 > 1.001 * mean) return 0;
  double count = 0;
  for (Chances chances = chances_of(law, plan); bits.below(chances.above()); chances.next()) ++count;
  return count;
}

double by_rejection(const CountLaw& law, const Plan& plan, const Place& place) {
  Stream stream(place);
  return law.is_poisson ? poisson_by_rejection(plan.n, stream)
                        : binomial_by_rejection(plan.n, plan.p, stream);
}

double number(const CountLaw& law, const Plan& plan, const Place& place) {
  if (plan.sign == 0) return plan.base;
  return plan.base + plan.sign * (plan.rejection ? by_rejection : by_inversion)(law, plan, place);
}

std::int64_t whole(double number) {
  return number < 0x1p63 ? static_cast<std::int64_t>(number) : std::numeric_limits<std::int64_t>::max();
}

CountTable make_table(const CountLaw& law) {
  const Plan plan = plan_of(law);
  CountTable table;
  table.usable = !plan.rejection, table.base = plan.base, table.sign = plan.sign, table.law = law;
  if (plan.sign == 0 || plan.rejection) return table;
  Chances chances = chances_of(law, plan);
  for (std::size_t k = 0; chances.above() >> 33 != 0; ++k, chances.next()) {
    if (k + 1 == std::size(table.above)) return CountTable{.law = law};
    table.above[k] = static_cast<std::int32_t>(chances.above() >> 33);
  }
  return table;
}

}  // namespace

std::int64_t poisson(double lambda, RandomKey key, std::uint32_t element, std::uint32_t draw,
                     std::uint64_t step) {
  const CountLaw law{true, lambda, 0};
  return whole(number(law, plan_of(law), {key, element, draw, step}));
}

std::int64_t binomial(double n, double p, RandomKey key, std::uint32_t element, std::uint32_t draw,
                      std::uint64_t step) {
  const CountLaw law{false, n, p};
  return whole(number(law, plan_of(law), {key, element, draw, step}));
}

void count_table(const CountLaw& law, CountTable& table) {
  constexpr std::size_t ways = 4;
  thread_local std::array<std::array<CountTable, ways>, 16> known{};
  thread_local std::size_t oldest = 0;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(law.n) * 31 + std::bit_cast<std::uint64_t>(law.p);
  auto& tables = known[((bits + law.is_poisson) * 0x9e3779b97f4a7c15u) >> 60];
  auto kept = std::ranges::find(tables, law, &CountTable::law);
  if (kept == tables.end() || kept->usable == 0) {
    kept = tables.begin() + static_cast<std::ptrdiff_t>(oldest++ % ways);
    *kept = make_table(law);
  }
  table = *kept;
}

void draw_counts(const CountLaw& law, RandomKey key, std::uint32_t first, std::uint32_t draw,
                 std::uint64_t step, std::span<double> numbers) {
  const Plan plan = plan_of(law);
  for (std::uint32_t k = 0; k < numbers.size(); ++k)
    numbers[k] = number(law, plan, {key, first + k, draw, step});
}

}  // namespace ranvier
