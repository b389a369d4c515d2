#pragma once
#include <ranvier/compiler/quantity.hpp>

namespace ranvier {

/// The factor that makes a double-exponential synapse peak at g for an isolated unit spike: 1 over the peak
/// of dx/dt = -x/t_decay + s/ms, ds/dt = -s/t_rise, s(0) = 1. In the limit of equal times the peak is
/// t/(e*ms), that of the alpha function. Throws ModelBuilderError unless both times are finite and positive.
double g_norm_factor(Time t_rise, Time t_decay);

}  // namespace ranvier
