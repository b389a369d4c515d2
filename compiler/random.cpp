#include <ranvier/compiler/random.hpp>

#include <ranvier/compiler/backends/elementary.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ranvier {
namespace {

constexpr double two_to_minus_53 = 0x1p-53;
constexpr double two_pi = 6.283185307179586;

// Deterministic scalars of the family that kernels use, so that every back end draws the same numbers.
double log_of(double x) {
  static const ElementaryFn function = scalar_elementary("log");
  return function(x);
}
double cos_of(double x) {
  static const ElementaryFn function = scalar_elementary("cos");
  return function(x);
}
double exp_of(double x) {
  static const ElementaryFn function = scalar_elementary("exp");
  return function(x);
}

double log1p_of(double x) {
  static const ElementaryFn function = scalar_elementary("log1p");
  return function(x);
}

std::uint64_t absorb(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;  // FNV-1a
  return (hash ^ text.size()) * 0x100000001b3u;  // the length parts ("a", "bc") from ("ab", "c")
}

std::uint64_t mix(std::uint64_t x) {  // the finaliser of splitmix64: every bit depends on every bit
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

std::uint64_t top_53_bits(std::uint32_t high, std::uint32_t low) {
  return (static_cast<std::uint64_t>(high) << 32 | low) >> 11;
}

/// Uniform numbers in [0, 1) for draws that need an unknown number of them.
class Stream {
 public:
  Stream(RandomKey key, std::uint32_t element, std::uint32_t draw, std::uint64_t step)
      : key_(key), element_(element), draw_(draw), step_(step) {
    key_.high ^=
        (draw >> 8) * 0x9e3779b9u;  // the counter has room for 256 draws; further ones get their own key
  }
  bool exhausted() const { return number_ >= 1u << 23; }
  double next() {
    if (!half_) words_ = random_words(key_, element_, 0x80000000u | number_++ << 8 | (draw_ & 0xff), step_);
    const int at = half_ ? 2 : 0;
    half_ = !half_;
    return static_cast<double>(top_53_bits(words_.word[at], words_.word[at + 1])) * two_to_minus_53;
  }

 private:
  RandomKey key_;
  std::uint32_t element_;
  std::uint32_t draw_;
  std::uint64_t step_;
  std::uint32_t number_ = 0;
  bool half_ = false;
  RandomWords words_{};
};

std::int64_t poisson_by_multiplication(double lambda, Stream& stream) {
  const double limit = exp_of(-lambda);
  std::int64_t k = 0;
  for (double product = stream.next(); product > limit; product *= stream.next()) ++k;
  return k;
}

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
std::int64_t poisson_by_rejection(double lambda, Stream& stream) {
  const double b = 0.931 + 2.53 * std::sqrt(lambda);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2);
  while (!stream.exhausted()) {
    const double u = stream.next() - 0.5;
    const double v = stream.next();
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2 * a / us + b) * u + lambda + 0.43);
    if (us >= 0.07 && v <= v_r) return static_cast<std::int64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log_of(v * inverse_alpha / (a / (us * us) + b)) <= log_poisson(k, lambda))
      return static_cast<std::int64_t>(k);
  }
  return static_cast<std::int64_t>(lambda);
}

/// log(a!/b!), with little lost where the two are large and near each other.
double log_factorial_ratio(double a, double b) {
  if (std::min(a, b) < 10) return log_factorial(a) - log_factorial(b);
  return (a + 0.5) * log1p_of((a - b) / b) + (a - b) * log_of(b) - (a - b) + stirling(a) - stirling(b);
}

std::int64_t binomial_by_inversion(double n, double p, Stream& stream) {
  const double q = 1 - p, ratio = p / q;
  const double none = exp_of(n * log1p_of(-p));
  while (!stream.exhausted()) {
    double u = stream.next(), probability = none;
    for (double k = 0; k <= n && k < 200; ++k) {  // beyond, sums of rounding errors decide
      if (u < probability) return static_cast<std::int64_t>(k);
      u -= probability;
      probability *= (n - k) / (k + 1) * ratio;
    }
  }
  return static_cast<std::int64_t>(n * p);
}

/// W. Hoermann, The generation of binomial random variates, Journal of Statistical Computation and Simulation
/// 46, 101-110 (1993): algorithm BTRS.
std::int64_t binomial_by_rejection(double n, double p, Stream& stream) {
  const double q = 1 - p, deviation = std::sqrt(n * p * q), mode = std::floor((n + 1) * p);
  const double b = 1.15 + 2.53 * deviation;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double v_r = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * deviation, log_odds = log_of(p / q);
  while (!stream.exhausted()) {
    const double u = stream.next() - 0.5;
    const double v = stream.next();
    const double us = 0.5 - std::fabs(u);
    const double k = std::floor((2 * a / us + b) * u + n * p + 0.5);
    if (us >= 0.07 && v <= v_r) return static_cast<std::int64_t>(k);
    if (!(k >= 0 && k <= n)) continue;
    const double relative = log_factorial_ratio(mode, k) + log_factorial_ratio(n - mode, n - k);
    if (log_of(v * alpha / (a / (us * us) + b)) <= relative + (k - mode) * log_odds)
      return static_cast<std::int64_t>(k);
  }
  return static_cast<std::int64_t>(n * p);
}

}  // namespace

RandomKey random_key(std::uint64_t seed, std::string_view object, std::string_view block) {
  const std::uint64_t hash = mix(absorb(absorb(mix(seed + 0x9e3779b97f4a7c15u), object), block));
  return {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
}

RandomWords random_words(RandomKey key, std::uint32_t element, std::uint32_t draw, std::uint64_t step) {
  std::uint32_t c[4] = {element, draw, static_cast<std::uint32_t>(step),
                        static_cast<std::uint32_t>(step >> 32)};
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53} * c[0];
    const std::uint64_t p1 = std::uint64_t{0xCD9E8D57} * c[2];
    const std::uint32_t c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ key.low;
    const std::uint32_t c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ key.high;
    c[0] = c0, c[1] = static_cast<std::uint32_t>(p1), c[2] = c2, c[3] = static_cast<std::uint32_t>(p0);
    key.low += 0x9E3779B9, key.high += 0xBB67AE85;
  }
  return {{c[0], c[1], c[2], c[3]}};
}

double uniform(const RandomWords& words) {
  return static_cast<double>(top_53_bits(words.word[0], words.word[1])) * two_to_minus_53;
}

double normal(const RandomWords& words) {
  const double u = static_cast<double>(top_53_bits(words.word[0], words.word[1]) + 1) * two_to_minus_53;
  const double v = static_cast<double>(top_53_bits(words.word[2], words.word[3])) * two_to_minus_53;
  return std::sqrt(-2.0 * log_of(u)) * cos_of(two_pi * v);
}

std::int64_t poisson(double lambda, RandomKey key, std::uint32_t element, std::uint32_t draw,
                     std::uint64_t step) {
  if (!(lambda > 0)) return 0;
  if (lambda >= 0x1p62) return std::numeric_limits<std::int64_t>::max();
  Stream stream(key, element, draw, step);
  return lambda < 10 ? poisson_by_multiplication(lambda, stream) : poisson_by_rejection(lambda, stream);
}

std::int64_t binomial(double n, double p, RandomKey key, std::uint32_t element, std::uint32_t draw,
                      std::uint64_t step) {
  if (!(n >= 1) || !(p > 0)) return 0;
  const double trials = std::floor(std::min(n, 0x1p53));
  if (p >= 1) return static_cast<std::int64_t>(trials);
  if (p > 0.5) return static_cast<std::int64_t>(trials) - binomial(trials, 1 - p, key, element, draw, step);
  Stream stream(key, element, draw, step);
  return trials * p < 10 ? binomial_by_inversion(trials, p, stream)
                         : binomial_by_rejection(trials, p, stream);
}

}  // namespace ranvier
