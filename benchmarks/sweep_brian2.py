"""The sweep of bench_sweep in Brian2: sweep_brian2.py RUNS SECONDS

One program in C++ is compiled, and started anew for each run with another weight. Prints what a run takes
[ms], from its start to its end, as JSON."""

import json
import subprocess
import sys
import tempfile
import time

from brian2 import (NeuronGroup, Network, SpikeMonitor, Synapses, defaultclock, device, ms, mV, prefs, second, seed,
                    set_device)

CUBA = """dv/dt  = (ge + gi - (v + 49*mV))/(20*ms) : volt (unless refractory)
dge/dt = -ge/(5*ms)  : volt
dgi/dt = -gi/(10*ms) : volt
we : volt (shared, constant)"""


def main():
    runs, seconds = int(sys.argv[1]), float(sys.argv[2])
    set_device("cpp_standalone", build_on_run=False)
    prefs["codegen.cpp.headers"] += ["<cstdlib>"]
    defaultclock.dt = 0.1 * ms
    seed(1)
    cells = NeuronGroup(1000, CUBA, threshold="v > -50*mV", reset="v = -60*mV", refractory=5 * ms, method="exact",
                        name="cells")
    cells.v = "-60*mV + rand()*10*mV"
    cells.we = 1.62 * mV
    excitation = Synapses(cells[:800], cells, on_pre="ge += we")
    inhibition = Synapses(cells[800:], cells, on_pre="gi -= 9*mV")
    for synapses in (excitation, inhibition):
        synapses.connect(p=0.08)
    spikes = SpikeMonitor(cells, record=False)
    device.insert_code("before_network_run", 'brian::_array_cells_we[0] = std::atof(std::getenv("WEIGHT"));')
    Network(cells, excitation, inhibition, spikes).run(seconds * second)
    with tempfile.TemporaryDirectory() as folder:
        device.build(directory=folder, compile=True, run=False, debug=False)
        times = []
        for run in range(runs):
            weight = 1.62e-3 * (0.5 + run / runs)
            begin = time.perf_counter()
            subprocess.run(["./main"], cwd=folder, check=True, stdout=subprocess.DEVNULL, env={"WEIGHT": repr(weight)})
            times.append((time.perf_counter() - begin) * 1e3)
    times.sort()
    print(json.dumps({"brian2": [times[0], times[len(times) // 2], times[-1]]}))


main()
