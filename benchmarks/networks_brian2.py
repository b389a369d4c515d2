"""The networks of bench_networks in Brian2's C++ standalone mode: networks_brian2.py FOLDER NAME SIZE SECONDS

Makes the program FOLDER/main, which simulates so many seconds of model time and writes what it took to
FOLDER/results/last_run_info.txt; benchmarks/results runs it again and again."""

import sys

import brian2
from brian2 import (NeuronGroup, Network, SpikeMonitor, Synapses, device, defaultclock, mV, ms, nA, nS, pA, pF, prefs,
                    second, set_device, uS)

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


def main():
    folder, name, size, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    if name not in NETWORKS:
        sys.exit(3)  # not a network of Brian2's column
    set_device("cpp_standalone", build_on_run=False)
    defaultclock.dt = 0.1 * ms
    brian2.seed(1)
    network = Network(build(name, size))
    network.run(seconds * second)
    device.build(directory=folder, compile=True, run=False, debug=False)


main()
