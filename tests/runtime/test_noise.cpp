#include <doctest/doctest.h>

#include <cmath>
#include <ranvier/runtime/network.hpp>
#include <vector>

using namespace ranvier;
using namespace ranvier::units;

namespace {

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  Moments m;
  for (const double x : values) m.mean += x / n;
  for (const double x : values) m.variance += (x - m.mean) * (x - m.mean) / (n - 1);
  return m;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const Moments x = moments(a), y = moments(b);
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - x.mean) * (b[k] - y.mean);
  return sum / (static_cast<double>(a.size()) - 1) / std::sqrt(x.variance * y.variance);
}

constexpr int many = 40000;

}  // namespace

// Ornstein-Uhlenbeck: dv = (mu - v)/tau dt + sigma sqrt(2/tau) dW. With Euler's step, a = 1 - dt/tau, the
// mean is mu + (v0 - mu) a^n and the variance sigma^2 (2 dt/tau)(1 - a^2n)/(1 - a^2): no bias of the step is
// left over.
TEST_CASE("an Ornstein-Uhlenbeck process has the mean and the variance of theory") {
  const double tau = 10e-3, dt = 1e-4, sigma = 2e-3, mu = 5e-3, v0 = 20e-3;
  Network net({.seed = 7, .namespace_ = {{"tau", 10 * ms}, {"sigma", 2 * mV}, {"mu", 5 * mV}}});
  auto& group = net.neuron_group(many, {.equations = "dv/dt = (mu - v)/tau + sigma*sqrt(2/tau)*xi : volt"});
  group["v"] = 20 * mV;
  const double a = 1 - dt / tau;
  int steps = 0;
  for (const int more : {10, 90, 400}) {
    net.run(more * 0.1 * ms);
    steps += more;
    CAPTURE(steps);
    const Moments m = moments(group["v"].to_vector());
    const double mean = mu + (v0 - mu) * std::pow(a, steps);
    const double variance = sigma * sigma * (2 * dt / tau) * (1 - std::pow(a, 2 * steps)) / (1 - a * a);
    CHECK(std::abs(m.mean - mean) < 4 * std::sqrt(variance / many));                // 4 sigma
    CHECK(std::abs(m.variance - variance) < 4 * variance * std::sqrt(2.0 / many));  // 4 sigma
  }
  CHECK(group.method() == "euler");
}

TEST_CASE("a noise of one name is the same in all equations of an element, and of no other") {
  Network net({.seed = 3});
  auto& group = net.neuron_group(many, {.equations = "dv/dt = xi_a*Hz**0.5 : 1\n"
                                                     "dw/dt = -2*xi_a*Hz**0.5 : 1\n"
                                                     "dz/dt = xi_b*Hz**0.5 : 1"});
  net.run(1 * ms);
  const auto v = group["v"].to_vector(), w = group["w"].to_vector(), z = group["z"].to_vector();
  for (std::size_t k = 0; k < v.size(); ++k) CHECK(w[k] == doctest::Approx(-2 * v[k]).epsilon(1e-12));
  CHECK(std::abs(correlation(v, z)) < 4 / std::sqrt(many));
  const std::vector<double> shifted(v.begin() + 1, v.end());
  CHECK(std::abs(correlation({v.begin(), v.end() - 1}, shifted)) < 4 / std::sqrt(many));
}

TEST_CASE("the numbers that are drawn do not depend on refractoriness") {
  const auto values = [](const char* refractory) {
    Network net({.seed = 11});
    auto& group = net.neuron_group(
        4, {.equations = "dv/dt = xi*Hz**0.5 : 1 (unless refractory)\n dw/dt = xi_2*Hz**0.5 : 1",
            .threshold = "i < 2 and t < dt/2",
            .refractory = refractory});
    net.run(1 * ms);
    auto list = group["w"].to_vector();
    for (const double v : group["v"].to_vector()) list.push_back(v);
    return list;
  };
  const auto brief = values("0.1*ms"), steady = values("100*ms");
  for (const std::size_t k : {0, 1, 2, 3, 6, 7}) CHECK(brief[k] == steady[k]);
  for (const std::size_t k : {4, 5}) CHECK(brief[k] != steady[k]);
}
