#include <fmt/format.h>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <optional>
#include <ranvier/grammar/diagnostics.hpp>
#include <ranvier/runtime/parallel.hpp>
#include <ranvier/runtime/plain_rows.hpp>

namespace ranvier {
namespace {

class Rows {
 public:
  Rows(const PlainRule& rule, const DrawKernels* kernels)
      : rule_(rule), kernels_(kernels), made_(rule.sources) {
    const double row = std::max(1.0, rule.p * static_cast<double>(rule.targets * rule.copies));
    rows_ = std::max<std::int64_t>(1, static_cast<std::int64_t>(synapses_of_a_part / row));
    parts_.resize(static_cast<std::size_t>((rule.sources + rows_ - 1) / rows_));
  }

  Connectivity make(int threads) {
    in_parallel(threads, std::ssize(parts_), [&](std::int64_t part) { make_part(part); });
    std::partial_sum(made_.row.begin(), made_.row.end(), made_.row.begin());
    made_.target.reserve(static_cast<std::size_t>(made_.row.back()));
    for (std::vector<std::int32_t>& part : parts_) {
      made_.target.insert(made_.target.end(), part.begin(), part.end());
      part = {};
    }
    return std::move(made_);
  }

 private:
  static constexpr double synapses_of_a_part = 1 << 18;

  void make_part(std::int64_t number) {
    std::optional<BulkDraws> bulk;
    if (kernels_) bulk.emplace(*kernels_);
    const std::int64_t first = number * rows_, end = std::min(first + rows_, rule_.sources);
    const double expected = rule_.p * static_cast<double>(rule_.targets * rule_.copies * (end - first));
    std::vector<std::int32_t>& part = parts_[static_cast<std::size_t>(number)];
    part.reserve(static_cast<std::size_t>(expected + 5 * std::sqrt(expected)));
    for (std::int64_t s = first; s < end; ++s) {
      const std::size_t before = part.size();
      add_row(part, s, bulk ? &*bulk : nullptr);
      made_.row[static_cast<std::size_t>(s) + 1] = static_cast<std::int64_t>(part.size() - before);
    }
    if ((total_ += std::ssize(part)) > rule_.room)
      throw NetworkError(
          fmt::format("connect of '{}' would make more than {} synapses", rule_.name, rule_.room));
  }

  void add_row(std::vector<std::int32_t>& part, std::int64_t source, BulkDraws* bulk) const {
    const auto add = [&](std::int64_t k) {
      const auto target = static_cast<std::int32_t>(rule_.first_target + k);
      if (rule_.copies == 1) return part.push_back(target);
      part.insert(part.end(), static_cast<std::size_t>(rule_.copies), target);
    };
    if (rule_.p >= 1) {
      for (std::int64_t k = 0; k < rule_.targets; ++k) add(k);
      return;
    }
    Bernoulli kept(rule_.p, {rule_.key, static_cast<std::uint32_t>(source), bulk,
                             rule_.p * static_cast<double>(rule_.targets)});
    for (std::int64_t k = kept.after(-1); k < rule_.targets; k = kept.after(k)) add(k);
  }

  const PlainRule& rule_;
  const DrawKernels* kernels_;
  Connectivity made_;  // with row[s + 1] the number of synapses of source s, until all are made
  std::int64_t rows_;  // of a part
  std::vector<std::vector<std::int32_t>> parts_;
  std::atomic<std::int64_t> total_{0};
};

}  // namespace

Connectivity plain_rows(const PlainRule& rule, const DrawKernels* kernels, int threads) {
  return Rows(rule, kernels).make(threads);
}

}  // namespace ranvier
