#include <ranvier/benchmarks/hand_cells.hpp>

namespace ranvier::bench {

void CobahhCells::update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked) {
  double* __restrict vs = v.data() + begin;
  double* __restrict ges = ge.data() + begin;
  double* __restrict gis = gi.data() + begin;
  double* __restrict ms = m.data() + begin;
  double* __restrict ns = n_gate.data() + begin;
  double* __restrict hs = h.data() + begin;
  std::int32_t* __restrict rests = rest.data() + begin;
  constexpr double dt = 0.1;  // [ms]: rates are for each millisecond
  const double keep_ge = exponential(-dt / 5), keep_gi = exponential(-dt / 10), in = drive;
  for (std::int64_t k = 0; k < count; ++k) {
    const double x = vs[k], mk = ms[k], nk = ns[k], hk = hs[k];
    const double u = (x + 63e-3) * 1e3;  // [mV] above VT
    const double alpha_m = 1.28 / exprel((13 - u) / 4), beta_m = 1.4 / exprel((u - 40) / 5);
    const double alpha_h = 0.128 * exponential((17 - u) / 18), beta_h = 4 / (1 + exponential((40 - u) / 5));
    const double alpha_n = 0.16 / exprel((15 - u) / 5), beta_n = 0.5 * exponential((10 - u) / 40);
    const double na = 20e-6 * (mk * mk * mk) * hk, kd = 6e-6 * (nk * nk * nk * nk);
    const double conductance = 10e-9 + ges[k] + gis[k] + na + kd;
    const double current = 10e-9 * -60e-3 + gis[k] * -80e-3 + na * 50e-3 + kd * -90e-3 + in;
    const double v_end = current / conductance;
    const double next = v_end + (x - v_end) * exponential(-conductance / 200e-12 * step_length);
    const double m_rate = alpha_m + beta_m, n_rate = alpha_n + beta_n, h_rate = alpha_h + beta_h;
    const double m_end = alpha_m / m_rate, n_end = alpha_n / n_rate, h_end = alpha_h / h_rate;
    ms[k] = m_end + (mk - m_end) * exponential(-m_rate * dt);
    ns[k] = n_end + (nk - n_end) * exponential(-n_rate * dt);
    hs[k] = h_end + (hk - h_end) * exponential(-h_rate * dt);
    ges[k] *= keep_ge;
    gis[k] *= keep_gi;
    vs[k] = next;
    const std::int32_t left = rests[k] > 0 ? rests[k] - 1 : 0;
    rests[k] = left;
    spiked[k] = static_cast<std::uint8_t>((next > -20e-3) & (left == 0));
  }
}

void AdexCells::update(std::int64_t begin, std::int64_t count, std::uint8_t* __restrict spiked) {
  double* __restrict vs = v.data() + begin;
  double* __restrict ws = w.data() + begin;
  constexpr double per_capacity = step_length / 281e-12, per_tau = step_length / 144e-3;
  for (std::int64_t k = 0; k < count; ++k) {
    const double x = vs[k], y = ws[k];
    const double rise = 30e-9 * 2e-3 * exponential((x + 50.4e-3) / 2e-3);
    const double current = 30e-9 * (-70.6e-3 - x) + rise - y + 1e-9;
    const double next = x + current * per_capacity;
    vs[k] = next;
    ws[k] = y + (4e-9 * (x + 70.6e-3) - y) * per_tau;
    spiked[k] = static_cast<std::uint8_t>(next > -40.4e-3);
  }
}

}  // namespace ranvier::bench
