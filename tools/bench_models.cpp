#include <ranvier/tools/bench_models.hpp>

namespace ranvier::tool {
namespace {

constexpr BenchModel models[] = {
    {"lif", R"(
group cells 10000
  dv/dt = (25*mV - v)/(20*ms) : volt (unless refractory)
  threshold v > 20*mV
  reset v = 0*mV
  refractory 2*ms
  method exact
v = rand()*20*mV
)"},
    {"lif_conductances", R"(
group cells 10000
  dv/dt = (gl*(El - v) + ge*(0*mV - v) + gi*(-80*mV - v))/(200*pF) : volt (unless refractory)
  dge/dt = -ge/(5*ms) : siemens
  dgi/dt = -gi/(10*ms) : siemens
  threshold v > -50*mV
  reset v = El
  refractory 2*ms
  method euler
gl = 10*nS
El = -60*mV
v = El + rand()*10*mV
ge = 6*nS
)"},
    {"adex", R"(
group cells 10000
  dv/dt = (30*nS*(-70.6*mV - v) + 30*nS*2*mV*exp((v + 50.4*mV)/(2*mV)) - w + 1*nA)/(281*pF) : volt
  dw/dt = (4*nS*(v + 70.6*mV) - w)/(144*ms) : amp
  threshold v > -40.4*mV
  reset v = -70.6*mV; w += 80.5*pA
  method euler
v = -70.6*mV + rand()*10*mV
)"},
    {"hodgkin_huxley", R"(
group cells 4000
  dv/dt = (10*nS*(-65*mV - v) - 20*uS*m**3*h*(v - 50*mV) - 6*uS*n**4*(v + 90*mV) + 300*pA)/(200*pF) : volt
  dm/dt = 1.28/exprel((13*mV - u)/(4*mV))/ms*(1 - m) - 1.4/exprel((u - 40*mV)/(5*mV))/ms*m : 1
  dn/dt = 0.16/exprel((15*mV - u)/(5*mV))/ms*(1 - n) - 0.5*exp((10*mV - u)/(40*mV))/ms*n : 1
  dh/dt = 0.128*exp((17*mV - u)/(18*mV))/ms*(1 - h) - 4/(1 + exp((40*mV - u)/(5*mV)))/ms*h : 1
  u = v + 63*mV : volt
  threshold v > -20*mV
  refractory v > -20*mV
  method exponential_euler
dt 0.01*ms
v = -65*mV + rand()*5*mV
h = 1
)"},
    {"izhikevich", R"(
group cells 10000
  dv/dt = (0.04*v**2 + 5*v + 140 - u + 10)/ms : 1
  du/dt = 0.02*(0.2*v - u)/ms : 1
  threshold v > 30
  reset v = -65; u += 8
  method euler
v = -65 + rand()*10
u = -14
)"},
    {"dendrite", R"(
group cells 10000
  dvs/dt = (10*nS*(El - vs) + 15*nS*(vd - vs))/(100*pF) : volt (unless refractory)
  dvd/dt = (5*nS*(El - vd) + 15*nS*(vs - vd) + na*(70*mV - vd) + kd*(-89*mV - vd) + nmda + 300*pA)/(50*pF) : volt
  dgn/dt = -gn/(60*ms) : siemens
  nmda = gn*(0*mV - vd)/(1 + 0.28*exp(-62*vd/volt)) : amp
  na = 30*nS*int(t - fired < 1*ms) : siemens
  kd = 20*nS*int(t - fired >= 1*ms and t - fired < 3*ms) : siemens
  fired : second
  event dspike vd > -40*mV and t - fired > 5*ms
  on_event dspike fired = t
  threshold vs > -50*mV
  reset vs = El
  refractory 2*ms
  method euler
El = -70*mV
vs = El + rand()*10*mV
vd = El + rand()*10*mV
gn = rand()*10*nS
fired = -1*second
)"},
    {"stdp", R"(
poisson input 1000 20*Hz
group cells 100
  dv/dt = -v/(10*ms) : 1
  threshold v > 1
  reset v = 0
synapses plastic input -> cells
  w : 1
  dapre/dt = -apre/(20*ms) : 1 (event-driven)
  dapost/dt = -apost/(20*ms) : 1 (event-driven)
  on_pre v_post += w; apre += 0.01; w = clip(w + apost, 0, 0.02)
  on_post apost -= 0.0105; w = clip(w + apre, 0, 0.02)
  connect p=1
plastic.w = rand()*0.02
spikes input
spikes cells
)"},
};

}  // namespace

std::span<const BenchModel> bench_models() {
  return models;
}

}  // namespace ranvier::tool
