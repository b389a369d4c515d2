#include <ranvier/benchmarks/hand_learning.hpp>

namespace ranvier::bench {
namespace {

constexpr double dt = 1e-3, gain = 1 / (1 / 1.0 + 1 / 0.2);

}  // namespace

void RewardedRows::index(std::int64_t targets) {
  c.assign(rows.targets.size(), 0);
  last.assign(c.size(), 0);
  incoming_first.assign(static_cast<std::size_t>(targets) + 1, 0);
  for (const std::int32_t target : rows.targets) ++incoming_first[static_cast<std::size_t>(target) + 1];
  for (std::size_t k = 1; k < incoming_first.size(); ++k) incoming_first[k] += incoming_first[k - 1];
  incoming.resize(c.size());
  source.resize(c.size());
  std::vector<std::int64_t> next = incoming_first;
  for (std::size_t i = 0; i + 1 < rows.first.size(); ++i)
    for (std::int64_t s = rows.first[i]; s < rows.first[i + 1]; ++s) {
      const auto at = static_cast<std::size_t>(
          next[static_cast<std::size_t>(rows.targets[static_cast<std::size_t>(s)])]++);
      incoming[at] = static_cast<std::int32_t>(s);
      source[at] = static_cast<std::int32_t>(i);
    }
}

void RewardedCells::update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked) {
  if (begin == 0) {
    if (++now % 1000 == 0) reward();
    noise.step = static_cast<std::uint64_t>(now);
    dopamine = level * std::exp((since - static_cast<double>(now) * dt) / 0.2);
  }
  double* __restrict vs = v.data() + begin;
  double* __restrict us = u.data() + begin;
  double* __restrict pluses = ltp.data() + begin;
  double* __restrict minuses = ltd.data() + begin;
  const double* __restrict as = a.data() + begin;
  const auto v_rate = [](double x, double y, double drive) {
    return (0.04 * x * x + 5 * x + 140 - y + drive) * 1000;
  };
  const auto u_rate = [](double rate, double x, double y) { return rate * (0.2 * x - y) * 1000; };
  const auto faded = [](double x) { return x + dt * (-(x + 0.5 * (dt * (-x * 50))) * 50); };
  const Stream stream = noise;
  for (std::int64_t k = 0; k < count; ++k) {
    const double x = vs[k], y = us[k], rate = as[k];
    const double drive = 13 * (stream.uniform(static_cast<std::uint64_t>(begin + k)) - 0.5);
    const double x_half = x + 0.5 * (dt * v_rate(x, y, drive)), y_half = y + 0.5 * (dt * u_rate(rate, x, y));
    const double next = x + dt * v_rate(x_half, y_half, drive);
    us[k] = y + dt * u_rate(rate, x_half, y_half);
    pluses[k] = faded(pluses[k]);
    minuses[k] = faded(minuses[k]);
    vs[k] = next;
    spiked[k] = static_cast<std::uint8_t>(next >= 30);
  }
}

void RewardedCells::reward() {
  const double t = static_cast<double>(now) * dt;
  level = level * std::exp((since - t) / 0.2) + 0.5;
  since = t;
  if (fall.empty())
    for (int k = 0; k < 30'000; ++k) fall.push_back(std::exp(-k * dt));
  double* __restrict settled = learning.settled.data();
  const double* __restrict eligible = learning.c.data();
  const double* __restrict falls = fall.data();
  const std::int32_t* __restrict last = learning.last.data();
  const auto at = static_cast<std::int32_t>(now);
  const std::int32_t longest = static_cast<std::int32_t>(fall.size()) - 1;
  const auto count = static_cast<std::int64_t>(learning.c.size());
  for (std::int64_t s = 0; s < count; ++s)
    settled[s] += gain * 0.5 * eligible[s] * falls[std::min(at - last[s], longest)];
}

void RewardedCells::receive(std::span<const std::int32_t> sources) {
  const auto middle = std::ranges::lower_bound(sources, border);
  inhibition.deliver(std::span(middle, sources.end()), -1.0, v.data());
  double* __restrict vs = v.data();
  double* __restrict settled = learning.settled.data();
  double* __restrict eligible = learning.c.data();
  std::int32_t* __restrict last = learning.last.data();
  const double* __restrict minuses = ltd.data();
  const double* __restrict falls = fall.data();
  const std::int32_t* __restrict targets = learning.rows.targets.data();
  const auto at = static_cast<std::int32_t>(now);
  const std::int32_t longest = static_cast<std::int32_t>(fall.size()) - 1;
  const double owed = gain * dopamine;
  for (const std::int32_t source : std::span(sources.begin(), middle)) {
    const std::int64_t end = learning.rows.first[static_cast<std::size_t>(source) + 1];
    RANVIER_INDEPENDENT
    for (std::int64_t s = learning.rows.first[static_cast<std::size_t>(source)]; s < end; ++s) {
      const double c = eligible[s] * falls[std::min(at - last[s], longest)];
      const double w = std::clamp(settled[s] - owed * c, 0.0, 4.0), next = c - minuses[targets[s]];
      vs[targets[s]] += w;
      eligible[s] = next;
      settled[s] = w + owed * next;
      last[s] = at;
    }
  }
}

void RewardedCells::learn(std::span<const std::int32_t> spikes) {
  double* __restrict settled = learning.settled.data();
  double* __restrict eligible = learning.c.data();
  std::int32_t* __restrict last = learning.last.data();
  const double* __restrict pluses = ltp.data();
  const double* __restrict falls = fall.data();
  const auto at = static_cast<std::int32_t>(now);
  const std::int32_t longest = static_cast<std::int32_t>(fall.size()) - 1;
  const double owed = gain * dopamine;
  for (const std::int32_t target : spikes) {
    const std::int64_t end = learning.incoming_first[static_cast<std::size_t>(target) + 1];
    RANVIER_INDEPENDENT
    for (std::int64_t k = learning.incoming_first[static_cast<std::size_t>(target)]; k < end; ++k) {
      const std::int32_t s = learning.incoming[static_cast<std::size_t>(k)];
      const double c = eligible[s] * falls[std::min(at - last[s], longest)];
      const double w = std::clamp(settled[s] - owed * c, 0.0, 4.0);
      const double next = c + pluses[learning.source[static_cast<std::size_t>(k)]];
      eligible[s] = next;
      settled[s] = w + owed * next;
      last[s] = at;
    }
  }
}

}  // namespace ranvier::bench
