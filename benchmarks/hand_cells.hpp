#pragma once
#include <utility>

#include <ranvier/benchmarks/hand.hpp>

// Kinds of neurons for HandNetwork. State is in SI units; a step is 0.1 ms.
namespace ranvier::bench {

inline constexpr double step_length = 1e-4;  // [s]

/// Excitatory and inhibitory synapses that add a constant each.
struct TwoRows {
  Rows excitatory, inhibitory;
  std::int32_t border = 0;  // sources below it are excitatory
  double excite = 0, inhibit = 0;

  void deliver(std::span<const std::int32_t> sources, double* ge, double* gi) const {
    if (excitatory.empty() && inhibitory.empty()) return;
    const auto middle = std::ranges::lower_bound(sources, border);
    excitatory.deliver(std::span(sources.begin(), middle), excite, ge);
    inhibitory.deliver(std::span(middle, sources.end()), inhibit, gi);
  }
};

/// Membrane and two decaying inputs, which every network of this kind shares.
struct Inputs {
  std::int64_t n = 0;
  Column<double> v, ge, gi;
  Column<std::int32_t> rest;  // steps that the neuron is still refractory
  TwoRows rows;

  std::int64_t size() const { return n; }
  void receive(std::span<const std::int32_t> sources) { rows.deliver(sources, ge.data(), gi.data()); }
};

/// Current-based synapses, by the exact solution of a step.
struct CubaCells : Inputs {
  double from_v = 0, from_ge = 0, from_gi = 0, constant = 0;  // what v becomes of
  double keep_ge = 0, keep_gi = 0;

  void update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked) {
    double* __restrict vs = v.data() + begin;
    double* __restrict ges = ge.data() + begin;
    double* __restrict gis = gi.data() + begin;
    std::int32_t* __restrict rests = rest.data() + begin;
    const auto [a, b, c, d, e, f] = std::tuple(from_v, from_ge, from_gi, constant, keep_ge, keep_gi);
    for (std::int64_t k = 0; k < count; ++k) {
      const std::int32_t left = rests[k] > 0 ? rests[k] - 1 : 0;
      const double next = a * vs[k] + b * ges[k] + c * gis[k] + d;
      const double value = left > 0 ? vs[k] : next;
      ges[k] *= e;
      gis[k] *= f;
      vs[k] = value;
      rests[k] = left;
      spiked[k] = static_cast<std::uint8_t>((value > -50e-3) & (left == 0));
    }
  }
  void reset(std::int32_t k) {
    v.data()[k] = -60e-3;
    rest.data()[k] = 50;
  }
};

/// Conductances in units of the leak, by Euler's method.
struct CobaCells : Inputs {
  double drive = 20e-3;

  void update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked) {
    double* __restrict vs = v.data() + begin;
    double* __restrict ges = ge.data() + begin;
    double* __restrict gis = gi.data() + begin;
    std::int32_t* __restrict rests = rest.data() + begin;
    const double in = drive, per_tau = step_length / 20e-3, fall_e = step_length / 5e-3,
                 fall_i = step_length / 10e-3;
    for (std::int64_t k = 0; k < count; ++k) {
      const std::int32_t left = rests[k] > 0 ? rests[k] - 1 : 0;
      const double x = vs[k];
      const double pull = ges[k] * (0 - x) + gis[k] * (-80e-3 - x) - (x + 60e-3) + in;
      const double value = left > 0 ? x : x + pull * per_tau;
      ges[k] -= ges[k] * fall_e;
      gis[k] -= gis[k] * fall_i;
      vs[k] = value;
      rests[k] = left;
      spiked[k] = static_cast<std::uint8_t>((value > -50e-3) & (left == 0));
    }
  }
  void reset(std::int32_t k) {
    v.data()[k] = -60e-3;
    rest.data()[k] = 50;
  }
};

/// Traub and Miles' kinetics with two conductances, by exponential Euler.
struct CobahhCells : Inputs {
  Column<double> m, n_gate, h;
  double drive = 0;  // [A]

  void update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked);
  void reset(std::int32_t k) { rest.data()[k] = 30; }
};

/// A leaky neuron without synapses, by the exact solution of a step.
struct LifCells {
  std::int64_t n = 0;
  Column<double> v;
  Column<std::int32_t> rest;
  double keep = 0, gain = 0;

  std::int64_t size() const { return n; }
  void update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked) {
    double* __restrict vs = v.data() + begin;
    std::int32_t* __restrict rests = rest.data() + begin;
    const double a = keep, b = gain;
    for (std::int64_t k = 0; k < count; ++k) {
      const std::int32_t left = rests[k] > 0 ? rests[k] - 1 : 0;
      const double value = left > 0 ? vs[k] : vs[k] * a + b;
      vs[k] = value;
      rests[k] = left;
      spiked[k] = static_cast<std::uint8_t>((value > 20e-3) & (left == 0));
    }
  }
  void receive(std::span<const std::int32_t>) {}
  void reset(std::int32_t k) {
    v.data()[k] = 0;
    rest.data()[k] = 20;
  }
};

/// The adaptive exponential neuron without synapses, by Euler's method.
struct AdexCells {
  std::int64_t n = 0;
  Column<double> v, w;

  std::int64_t size() const { return n; }
  void update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked);
  void receive(std::span<const std::int32_t>) {}
  void reset(std::int32_t k) {
    v.data()[k] = -70.6e-3;
    w.data()[k] += 80.5e-12;
  }
};

}  // namespace ranvier::bench
