"""The networks of bench_networks in Brian2's C++ standalone mode: networks_brian2.py FOLDER NAME SIZE SECONDS

Makes the program FOLDER/main, which simulates so many seconds of model time and writes the processor time that this
took [s] to FOLDER/results/taken.txt; benchmarks/results runs it again and again."""

import functools
import sys

import brian2
from brian2 import (NeuronGroup, Network, Synapses, Hz, defaultclock, device, kHz, mV, ms, nA, nS, pA, pF, prefs, second,
                    set_device, uS)

CUBA = """dv/dt  = (ge + gi - (v + 49*mV))/(20*ms) : volt (unless refractory)
dge/dt = -ge/(5*ms)  : volt
dgi/dt = -gi/(10*ms) : volt"""

COBA = """dv/dt  = (ge*(0*mV - v) + gi*(-80*mV - v) - (v + 60*mV) + 20*mV)/(20*ms) : volt (unless refractory)
dge/dt = -ge/(5*ms)  : 1
dgi/dt = -gi/(10*ms) : 1"""

COBAHH = """dv/dt = (10*nS*(-60*mV - v) + ge*(0*mV - v) + gi*(-80*mV - v)
  - 20*uS*(m*m*m)*h*(v - 50*mV) - 6*uS*(n*n*n*n)*(v + 90*mV) + drive)/(200*pF) : volt
dm/dt = alpha_m*(1 - m) - beta_m*m : 1
dn/dt = alpha_n*(1 - n) - beta_n*n : 1
dh/dt = alpha_h*(1 - h) - beta_h*h : 1
dge/dt = -ge/(5*ms)  : siemens
dgi/dt = -gi/(10*ms) : siemens
u = v + 63*mV : volt
alpha_m = 1.28/exprel((13*mV - u)/(4*mV))/ms : Hz
beta_m  = 1.4/exprel((u - 40*mV)/(5*mV))/ms : Hz
alpha_h = 0.128*exp((17*mV - u)/(18*mV))/ms : Hz
beta_h  = 4/(1 + exp((40*mV - u)/(5*mV)))/ms : Hz
alpha_n = 0.16/exprel((15*mV - u)/(5*mV))/ms : Hz
beta_n  = 0.5*exp((10*mV - u)/(40*mV))/ms : Hz"""

ADEX = """dv/dt = (30*nS*(-70.6*mV - v) + 30*nS*2*mV*exp((v + 50.4*mV)/(2*mV)) - w + 1*nA)/(281*pF) : volt
dw/dt = (4*nS*(v + 70.6*mV) - w)/(144*ms) : amp"""

LIF = "dv/dt = (25*mV - v)/(20*ms) : volt (unless refractory)"

IZHIKEVICH = """dv/dt = (0.04*v*v + 5*v + 140 - u + drive)*kHz : 1
du/dt = a*(0.2*v - u)*kHz : 1
dltp/dt = -ltp*(50*Hz) : 1
dltd/dt = -ltd*(50*Hz) : 1
drive = 13*(rand() - 0.5) : 1 (constant over dt)
a : 1 (constant)
d : 1 (constant)"""

REWARDED = """settled : 1
dc/dt = -c/second : 1 (event-driven)
level : 1 (shared)
since : second (shared)
dopamine = level*exp((since - t)/(0.2*second)) : 1 (shared)"""

LEAKY = dict(threshold="v > -50*mV", reset="v = -60*mV", refractory=5 * ms)
SPIKING = dict(threshold="v > -20*mV", refractory=3 * ms, method="exponential_euler")
BELOW = "-60*mV + (randn()*5 - 5)*mV"

# name: equations, options of the group, initial values, what synapses do, their delay
NETWORKS = {
    "cuba": (CUBA, dict(LEAKY, method="exact"), {"v": "-60*mV + rand()*10*mV"}, ("ge += 1.62*mV", "gi -= 9*mV"), 0 * ms),
    "coba": (COBA, dict(LEAKY, method="euler"), {"v": BELOW, "ge": "randn()*1.5 + 4", "gi": "randn()*12 + 20"},
             ("ge += 0.4", "gi += 5.1"), 0 * ms),
    "cobahh": (COBAHH, SPIKING, {"v": BELOW, "ge": "(randn()*1.5 + 4)*10*nS", "gi": "(randn()*12 + 20)*10*nS"},
               ("ge += 6*nS", "gi += 67*nS"), 0 * ms),
    "lif-alone": (LIF, dict(threshold="v > 20*mV", reset="v = 0*mV", refractory=2 * ms, method="exact"),
                  {"v": "rand()*20*mV"}, None, None),
    "coba-alone": (COBA, dict(LEAKY, method="euler"), {"v": BELOW}, None, None),
    "adex-alone": (ADEX, dict(threshold="v > -40.4*mV", reset="v = -70.6*mV; w += 80.5*pA", method="euler"),
                   {"v": "-70.6*mV + rand()*10*mV"}, None, None),
    "hh-alone": (COBAHH, SPIKING, {"v": BELOW}, None, None),
}
NETWORKS["coba-delayed"] = (*NETWORKS["coba"][:4], 0.8 * ms)


def build(name, size):
    equations, options, values, effects, delay = NETWORKS[name]
    drive = 300 * pA if name == "hh-alone" else 0 * pA
    cells = NeuronGroup(size, equations, namespace={"drive": drive}, **options)
    for variable, value in values.items():
        setattr(cells, variable, value)
    objects = [cells]
    border = size * 4 // 5
    for part, effect in zip((cells[:border], cells[border:]), effects or ()):
        synapses = Synapses(part, cells, on_pre=effect, delay=delay)
        synapses.connect(p=80 / size)
        objects.append(synapses)
    return objects


def rewarded(size):
    border, gain = size * 4 // 5, 1 / (1 / 1.0 + 1 / 0.2)
    cells = NeuronGroup(size, IZHIKEVICH, threshold="v >= 30", reset="v = -65; u += d; ltp += 0.1; ltd += 0.15",
                        method="rk2")
    cells.v, cells.u, cells.a, cells.d = -65, -13, "0.02 + 0.08*int(i >= N*4/5)", "8 - 6*int(i >= N*4/5)"
    now, then = "w = clip(settled - gain*c*dopamine, 0, 4)", "settled = w + gain*c*dopamine"
    learning = Synapses(cells[:border], cells, REWARDED, on_pre=f"{now}; v_post += w; c -= ltd_post; {then}",
                        on_post=f"{now}; c += ltp_pre; {then}", delay=1 * ms, namespace={"gain": gain})
    learning.connect(j="k for k in sample(N_post, size=100)")
    learning.settled = 1
    learning.run_regularly("level = dopamine + 0.5; since = t; settled += gain*0.5*c*exp((lastupdate - t)/second)",
                           dt=1 * second)
    inhibition = Synapses(cells[border:], cells[:border], on_pre="v_post -= 1", delay=1 * ms)
    inhibition.connect(j="k for k in sample(N_post, size=100)")
    return [cells, learning, inhibition]


# name: what makes its objects, the length of a step
OTHERS = {"rewarded": (rewarded, 1 * ms)}


def main():
    folder, name, size, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    if name not in NETWORKS and name not in OTHERS:
        sys.exit(3)  # not a network of Brian2's column
    set_device("cpp_standalone", build_on_run=False)
    prefs["codegen.cpp.headers"] += ["<ctime>", "<fstream>"]
    make, defaultclock.dt = OTHERS.get(name, (functools.partial(build, name), 0.1 * ms))
    brian2.seed(1)
    device.insert_code("before_network_run", "const std::clock_t began = std::clock();")
    device.insert_code("after_network_run", 'std::ofstream("results/taken.txt") << double(std::clock() - began)/CLOCKS_PER_SEC;')
    network = Network(make(size))
    network.run(seconds * second)
    device.build(directory=folder, compile=True, run=False, debug=False)


main()
