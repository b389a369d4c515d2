#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include <ranvier/tools/by_hand.hpp>

// The neurons of bench_models.cpp, written by hand. All of them: `update` computes a step of some neurons and
// says with a byte each which spiked; `reset` is what a spike does. Units are SI; a step is 0.1 ms if nothing
// else is said.
namespace ranvier::tool {

struct HandLif {
  Column<double> v;
  Column<std::int32_t> rest;  // steps that the neuron is still refractory
  double keep, gain;          // exp(-dt/tau), and what is added

  [[gnu::always_inline]] void update(std::int64_t begin, std::int64_t count,
                                     std::uint8_t* __restrict spiked) {
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
  void reset(std::int32_t k) {
    v.data()[k] = 0;
    rest.data()[k] = 20;
  }
};

struct HandConductances {
  Column<double> v, ge, gi;
  Column<std::int32_t> rest;

  [[gnu::always_inline]] void update(std::int64_t begin, std::int64_t count,
                                     std::uint8_t* __restrict spiked) {
    double* __restrict vs = v.data() + begin;
    double* __restrict ges = ge.data() + begin;
    double* __restrict gis = gi.data() + begin;
    std::int32_t* __restrict rests = rest.data() + begin;
    constexpr double dt = 1e-4, per_capacity = dt / 200e-12, fall_e = dt / 5e-3, fall_i = dt / 10e-3;
    for (std::int64_t k = 0; k < count; ++k) {
      const std::int32_t left = rests[k] > 0 ? rests[k] - 1 : 0;
      const double x = vs[k];
      const double pull = 10e-9 * (-60e-3 - x) + ges[k] * (0 - x) + gis[k] * (-80e-3 - x);
      const double value = left > 0 ? x : x + pull * per_capacity;
      ges[k] -= ges[k] * fall_e;
      gis[k] -= gis[k] * fall_i;
      vs[k] = value;
      rests[k] = left;
      spiked[k] = static_cast<std::uint8_t>((value > -50e-3) & (left == 0));
    }
  }
  void reset(std::int32_t k) {
    v.data()[k] = -60e-3;
    rest.data()[k] = 20;
  }
};

struct HandAdex {
  Column<double> v, w;

  [[gnu::always_inline]] void update(std::int64_t begin, std::int64_t count,
                                     std::uint8_t* __restrict spiked) {
    double* __restrict vs = v.data() + begin;
    double* __restrict ws = w.data() + begin;
    constexpr double per_capacity = 1e-4 / 281e-12, per_tau = 1e-4 / 144e-3;
    for (std::int64_t k = 0; k < count; ++k) {
      const double x = vs[k], y = ws[k];
      const double rise = 30e-9 * 2e-3 * exponential((x + 50.4e-3) / 2e-3);
      const double value = x + (30e-9 * (-70.6e-3 - x) + rise - y + 1e-9) * per_capacity;
      vs[k] = value;
      ws[k] = y + (4e-9 * (x + 70.6e-3) - y) * per_tau;
      spiked[k] = static_cast<std::uint8_t>(value > -40.4e-3);
    }
  }
  void reset(std::int32_t k) {
    v.data()[k] = -70.6e-3;
    w.data()[k] += 80.5e-12;
  }
};

/// Exponential Euler with steps of 0.01 ms; a neuron is refractory as long as it is above the threshold.
struct HandHodgkinHuxley {
  Column<double> v, m, n, h;
  Column<std::uint8_t> above;

  [[gnu::always_inline]] void update(std::int64_t begin, std::int64_t count,
                                     std::uint8_t* __restrict spiked) {
    double* __restrict vs = v.data() + begin;
    double* __restrict ms = m.data() + begin;
    double* __restrict ns = n.data() + begin;
    double* __restrict hs = h.data() + begin;
    std::uint8_t* __restrict aboves = above.data() + begin;
    constexpr double dt = 0.01;  // [ms]: rates are for each millisecond
    for (std::int64_t k = 0; k < count; ++k) {
      const double x = vs[k], mk = ms[k], nk = ns[k], hk = hs[k];
      const double u = (x + 63e-3) * 1e3;  // [mV] above the threshold
      const double m_on = 1.28 / exprel((13 - u) / 4), m_off = 1.4 / exprel((u - 40) / 5);
      const double n_on = 0.16 / exprel((15 - u) / 5), n_off = 0.5 * exponential((10 - u) / 40);
      const double h_on = 0.128 * exponential((17 - u) / 18), h_off = 4 / (1 + exponential((40 - u) / 5));
      const double na = 20e-6 * (mk * mk * mk) * hk, kd = 6e-6 * (nk * nk * nk * nk);
      const double conductance = 10e-9 + na + kd;
      const double end = (10e-9 * -65e-3 + na * 50e-3 + kd * -90e-3 + 300e-12) / conductance;
      const double value = end + (x - end) * exponential(-conductance / 200e-12 * (dt * 1e-3));
      const double m_rate = m_on + m_off, n_rate = n_on + n_off, h_rate = h_on + h_off;
      const double m_end = m_on / m_rate, n_end = n_on / n_rate, h_end = h_on / h_rate;
      ms[k] = m_end + (mk - m_end) * exponential(-m_rate * dt);
      ns[k] = n_end + (nk - n_end) * exponential(-n_rate * dt);
      hs[k] = h_end + (hk - h_end) * exponential(-h_rate * dt);
      vs[k] = value;
      const auto now = static_cast<std::uint8_t>(value > -20e-3);
      spiked[k] = static_cast<std::uint8_t>(now & (aboves[k] ^ 1));
      aboves[k] = now;
    }
  }
  void reset(std::int32_t) {}
};

struct HandIzhikevich {
  Column<double> v, u;

  [[gnu::always_inline]] void update(std::int64_t begin, std::int64_t count,
                                     std::uint8_t* __restrict spiked) {
    double* __restrict vs = v.data() + begin;
    double* __restrict us = u.data() + begin;
    constexpr double dt = 0.1;  // [ms]
    for (std::int64_t k = 0; k < count; ++k) {
      const double x = vs[k], y = us[k];
      const double value = x + (0.04 * x * x + 5 * x + 140 - y + 10) * dt;
      vs[k] = value;
      us[k] = y + 0.02 * (0.2 * x - y) * dt;
      spiked[k] = static_cast<std::uint8_t>(value > 30);
    }
  }
  void reset(std::int32_t k) {
    v.data()[k] = -65;
    u.data()[k] += 8;
  }
};

/// A soma and a dendrite whose spikes are windows of conductance; events are found with the next step's
/// state.
struct HandDendrite {
  Column<double> vs, vd, gn;
  Column<double> fired;  // [s] when the dendrite's last spike began
  Column<std::int32_t> rest;
  std::int64_t step = 0;  // the one that comes

  [[gnu::always_inline]] void update(std::int64_t begin, std::int64_t count,
                                     std::uint8_t* __restrict spiked) {
    double* __restrict somata = vs.data() + begin;
    double* __restrict dendrites = vd.data() + begin;
    double* __restrict gates = gn.data() + begin;
    double* __restrict fires = fired.data() + begin;
    std::int32_t* __restrict rests = rest.data() + begin;
    constexpr double dt = 1e-4, fall = dt / 60e-3;
    const double now = static_cast<double>(step) * dt;
    for (std::int64_t k = 0; k < count; ++k) {
      const std::int32_t left = rests[k] > 0 ? rests[k] - 1 : 0;
      const double s = somata[k], d = dendrites[k], g = gates[k], since = now - fires[k];
      const double na = since < 1e-3 ? 30e-9 : 0.0, kd = ((since >= 1e-3) & (since < 3e-3)) ? 20e-9 : 0.0;
      const double nmda = g * (0 - d) / (1 + 0.28 * exponential(-62 * d));
      const double to_soma = 10e-9 * (-70e-3 - s) + 15e-9 * (d - s);
      const double to_dendrite =
          5e-9 * (-70e-3 - d) + 15e-9 * (s - d) + na * (70e-3 - d) + kd * (-89e-3 - d) + nmda + 300e-12;
      const double soma = left > 0 ? s : s + to_soma * (dt / 100e-12);
      const double dendrite = d + to_dendrite * (dt / 50e-12);
      somata[k] = soma;
      dendrites[k] = dendrite;
      gates[k] = g - g * fall;
      fires[k] = ((dendrite > -40e-3) & (since > 5e-3)) ? now : fires[k];
      rests[k] = left;
      spiked[k] = static_cast<std::uint8_t>((soma > -50e-3) & (left == 0));
    }
  }
  void reset(std::int32_t k) {
    vs.data()[k] = -70e-3;
    rest.data()[k] = 20;
  }
  void advance() { ++step; }
};

}  // namespace ranvier::tool
