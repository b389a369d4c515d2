#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <ranvier/compiler/backends/elementary.hpp>
#include <ranvier/runtime/sampling.hpp>

namespace ranvier {
namespace {

// The functions of kernels: the same bits on every machine.
double log_of(double x) {
  static const ElementaryFn function = scalar_elementary("log");
  return function(x);
}
double log1p_of(double x) {
  static const ElementaryFn function = scalar_elementary("log1p");
  return function(x);
}

/// Positions as bits of words.
class Marks {
 public:
  explicit Marks(std::int64_t count) : words_(static_cast<std::size_t>((count + 63) / 64)) {}
  /// Whether it was set before.
  bool set(std::int64_t k) {
    std::uint64_t& word = words_[static_cast<std::size_t>(k / 64)];
    const std::uint64_t bit = std::uint64_t{1} << (k % 64);
    const bool before = (word & bit) != 0;
    word |= bit;
    return before;
  }
  /// Those of [0, count) that are set (not set, if `others`), ascending.
  std::vector<std::int64_t> list(std::int64_t count, std::int64_t size, bool others) const {
    std::vector<std::int64_t> all;
    all.reserve(static_cast<std::size_t>(size) + 64);
    for (std::size_t w = 0; w < words_.size(); ++w)
      for (std::uint64_t word = others ? ~words_[w] : words_[w]; word != 0; word &= word - 1)
        all.push_back(static_cast<std::int64_t>(64 * w) + std::countr_zero(word));
    while (!all.empty() && all.back() >= count) all.pop_back();
    return all;
  }

 private:
  std::vector<std::uint64_t> words_;
};

/// Floyd's algorithm (Bentley and Floyd, Communications of the ACM 30, 1987, sample 2): `size` draws, however
/// dense the set. Of a set with more than half of the positions, those that are not in it are drawn.
std::vector<std::int64_t> mark(std::int64_t count, std::int64_t size, Draws& draws) {
  const bool others = size > count / 2;
  Marks marks(count);
  for (std::int64_t k = count - (others ? count - size : size); k < count; ++k)
    if (marks.set(static_cast<std::int64_t>(draws.uniform() * static_cast<double>(k + 1)))) marks.set(k);
  return marks.list(count, size, others);
}

/// Draws until there are enough different ones. In rounds: as no round can draw too many, the first `size`
/// different numbers of the stream are taken.
std::vector<std::int64_t> reject(std::int64_t count, std::int64_t size, Draws& draws) {
  std::vector<std::int64_t> chosen;
  chosen.reserve(static_cast<std::size_t>(size));
  while (std::ssize(chosen) < size) {
    for (std::int64_t missing = size - std::ssize(chosen); missing > 0; --missing)
      chosen.push_back(static_cast<std::int64_t>(draws.uniform() * static_cast<double>(count)));
    std::ranges::sort(chosen);
    const auto repeated = std::ranges::unique(chosen);
    chosen.erase(repeated.begin(), repeated.end());
  }
  return chosen;
}

}  // namespace

Progression Progression::range(std::int64_t low, std::int64_t high, std::int64_t step) {
  Progression numbers{low, step, 0};
  if (step > 0 ? low >= high : low <= high) return numbers;
  const auto a = static_cast<std::uint64_t>(low), b = static_cast<std::uint64_t>(high);
  const std::uint64_t distance = step > 0 ? b - a : a - b;
  const std::uint64_t stride =
      step > 0 ? static_cast<std::uint64_t>(step) : std::uint64_t{0} - static_cast<std::uint64_t>(step);
  const std::uint64_t count = (distance - 1) / stride + 1;
  constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  numbers.count = static_cast<std::int64_t>(std::min(count, most));
  return numbers;
}

double log_of_failure(double p) {
  if (p >= 1) return -std::numeric_limits<double>::infinity();
  return p > 0 ? log1p_of(-p) : 0;
}

std::int64_t failures_before_success(double log_q, double u) {
  if (log_q == 0) return beyond_every_count;
  const double failures = std::floor(log_of(1 - u) / log_q);  // of a number in (0, 1]
  return failures < static_cast<double>(beyond_every_count) ? static_cast<std::int64_t>(failures)
                                                            : beyond_every_count;
}

BulkDraws::BulkDraws(DrawKernels kernels) : kernels_(std::move(kernels)), numbers_(Storage::f64, most) {}

const double* BulkDraws::uniform(const Block& block) {
  return run(*kernels_.uniform, block, 0);
}

const double* BulkDraws::failures(const Block& block, double log_q) {
  return run(*kernels_.failures, block, log_q);
}

const double* BulkDraws::run(const Executable& code, const Block& block, double log_q) {
  double* numbers = numbers_.as<double>().data();
  void* columns[] = {numbers - block.first, &log_q};
  const double scalars[] = {static_cast<double>(block.key.low), static_cast<double>(block.key.high),
                            static_cast<double>(block.row)};
  code.run({columns, scalars, block.first, block.first + block.count, nullptr});
  return numbers;
}

Draws::Draws(const StreamRow& stream) : stream_(stream) {
  constexpr double few = 16;  // one call of generated code costs as much
  if (!stream.bulk || stream.expected < few) return;
  const double wanted = stream.expected + 3 * std::sqrt(stream.expected);
  block_ =
      std::min(BulkDraws::most, static_cast<std::int64_t>(wanted / element_padding + 1) * element_padding);
}

double Draws::one() {
  const std::int64_t n = next_++;
  return ranvier::uniform(random_words(stream_.key, static_cast<std::uint32_t>(n),
                                       static_cast<std::uint32_t>(n >> 32), stream_.row));
}

void Draws::take(const double* block) {
  ready_ = block;
  left_ = block_;
  next_ += block_;
}

double Draws::more_uniform() {
  if (block_ == 0) return one();
  take(stream_.bulk->uniform(block()));
  return ready();
}

double Draws::more_failures(double log_q) {
  if (block_ == 0) return std::floor(log_of(1 - one()) / log_q);
  take(stream_.bulk->failures(block(), log_q));
  return ready();
}

Bernoulli::Bernoulli(double p, const StreamRow& stream) : draws_(stream), log_q_(log_of_failure(p)) {}

std::vector<std::int64_t> choose(std::int64_t count, std::int64_t size, Draws& draws) {
  constexpr std::int64_t sparse = 512;  // beyond, looking through all marks costs more than sorting
  if (size == count) {
    std::vector<std::int64_t> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  return size > count / sparse ? mark(count, size, draws) : reject(count, size, draws);
}

}  // namespace ranvier
