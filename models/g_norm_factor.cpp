#include <cmath>

#include <ranvier/models/g_norm_factor.hpp>
#include <ranvier/models/range.hpp>

namespace ranvier {

double g_norm_factor(Time t_rise, Time t_decay) {
  Problems problems("g_norm_factor");
  check_range("t_rise", t_rise, Range::positive, problems);
  check_range("t_decay", t_decay, Range::positive, problems);
  problems.raise_if_any();
  // The peak t_d t_r/(t_d - t_r) (e^(-t_p/t_d) - e^(-t_p/t_r)) at t_p, with the difference of exponentials
  // worked out: t_r r^(-1/(r - 1)), r = t_d/t_r. It has no cancellation, and log(r)/(r - 1) tends to 1 at r
  // = 1.
  const double ratio = t_decay.si() / t_rise.si();
  const double excess = (t_decay.si() - t_rise.si()) / t_rise.si();
  const double log_ratio = std::abs(excess) < 0.5 ? std::log1p(excess) : std::log(ratio);
  const double exponent = excess == 0 ? 1 : log_ratio / excess;
  return 1e-3 / (t_rise.si() * std::exp(-exponent));
}

}  // namespace ranvier
