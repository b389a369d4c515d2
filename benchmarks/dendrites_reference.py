"""The cells of bench_dendrites in Dendrify on Brian2, with the same columns: dendrites_reference.py CASE N TARGET

TARGET: numpy, or standalone (a C++ program is written, compiled and run; its columns are the time to describe the
model, to compile, and to run)."""

import sys
import tempfile
import time

import brian2 as b
from brian2 import Hz, cm, ms, mV, nS, ohm, second, uF, um, uS
from dendrify import Dendrite, NeuronModel, Soma

CASES = {"group-passive": (False, False), "group-active": (True, False), "network-active": (True, True)}
DSPIKES = {
    "threshold": -40 * mV,
    "duration_rise": 1.2 * ms,
    "duration_fall": 2.4 * ms,
    "reversal_rise": "E_Na",
    "reversal_fall": "E_K",
    "offset_fall": 0.2 * ms,
    "refractory": 5 * ms,
}


def cell(active, recurrent):
    soma = Soma("soma", length=25 * um, diameter=25 * um)
    trunk = Dendrite("trunk", length=100 * um, diameter=2.5 * um)
    prox = Dendrite("prox", length=100 * um, diameter=1 * um)
    dist = Dendrite("dist", length=100 * um, diameter=0.5 * um)
    dist.synapse("AMPA", tag="X", g=1 * nS, t_decay=5 * ms)
    prox.synapse("AMPA", tag="X", g=2 * nS, t_decay=5 * ms)
    if recurrent:
        prox.synapse("AMPA", tag="Y", g=2 * nS, t_decay=5 * ms)
    if active:
        trunk.dspikes("Na", g_rise=22 * nS, g_fall=14 * nS)
        prox.dspikes("Na", g_rise=9 * nS, g_fall=5.7 * nS)
        dist.dspikes("Na", g_rise=3.7 * nS, g_fall=2.4 * nS)
    model = NeuronModel(
        [(soma, trunk, 15 * nS), (trunk, prox, 10 * nS), (prox, dist, 4 * nS)],
        cm=1 * uF / cm**2, gl=40 * uS / cm**2, v_rest=-60 * mV, r_axial=150 * ohm * cm,
        scale_factor=2.8, spine_factor=1.5)  # fmt: skip
    if active:
        model.config_dspikes("Na", **DSPIKES)
    return model


def network(active, recurrent, n):
    neurons = cell(active, recurrent).make_neurongroup(
        n, method="euler", threshold="V_soma > -50*mV", reset="V_soma = -60*mV", refractory=4 * ms)  # fmt: skip
    spikes = b.SpikeMonitor(neurons)
    objects = [neurons, spikes]
    for effect in ("s_AMPA_X_dist += 1", "s_AMPA_X_prox += 1"):
        source = b.PoissonGroup(n, 50 * Hz)
        synapses = b.Synapses(source, neurons, on_pre=effect)
        synapses.connect(j="i")
        objects += [source, synapses]
    if recurrent:
        synapses = b.Synapses(neurons, neurons, on_pre="s_AMPA_Y_prox += 0.01")
        synapses.connect(p=min(1, 50 / n))
        objects.append(synapses)
    return b.Network(objects), spikes


def main():
    case, n, target = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    begin = time.perf_counter()
    if target == "standalone":
        b.set_device("cpp_standalone", build_on_run=False)
        b.prefs.devices.cpp_standalone.openmp_threads = 0
    else:
        b.prefs.codegen.target = target
    net, spikes = network(*CASES[case], n)
    made = time.perf_counter() - begin
    net.run(1 * second)
    compiled, ran = 0.0, time.perf_counter() - begin - made
    if target == "standalone":
        begin = time.perf_counter()
        b.device.build(directory=tempfile.mkdtemp(), compile=True, run=False)
        compiled = time.perf_counter() - begin
        begin = time.perf_counter()
        b.device.run(b.device.project_dir, with_output=False, run_args=[])
        ran = b.device._last_run_time
    rate = spikes.num_spikes / n
    print(f"{case:<15} {n:7d} {rate:7.2f} {made:9.4f} {compiled:9.4f} {ran:9.4f} {ran * 1e5 / n:8.2f}")


main()
