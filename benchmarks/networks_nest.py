"""Networks of bench_networks in NEST, where it has the same neurons: networks_nest.py NAME SIZE

A dialogue like that of bench_networks: says what it knows as a JSON line and "ready", then answers every line of its
input with what a step took [us]. Spikes take the shortest delay that NEST knows, one step."""

import json
import sys
import time

import nest

CUBA = {"C_m": 200.0, "tau_m": 20.0, "E_L": -49.0, "V_th": -50.0, "V_reset": -60.0, "t_ref": 5.0, "tau_syn_ex": 5.0,
        "tau_syn_in": 10.0}
PICOAMPERE_PER_MILLIVOLT = 10.0  # C_m/tau_m


def cuba(size):
    cells = nest.Create("iaf_psc_exp", size, CUBA)
    cells.V_m = nest.random.uniform(-60.0, -50.0)
    border = size * 4 // 5
    for part, weight in ((cells[:border], 1.62), (cells[border:], -9.0)):
        nest.Connect(part, cells, {"rule": "pairwise_bernoulli", "p": 80 / size},
                     {"weight": weight * PICOAMPERE_PER_MILLIVOLT, "delay": 0.1})
    return cells


NETWORKS = {"cuba": cuba}


def main():
    name, size = sys.argv[1], int(sys.argv[2])
    if name not in NETWORKS:
        sys.exit(3)
    nest.set_verbosity("M_ERROR")
    nest.SetKernelStatus({"resolution": 0.1, "local_num_threads": 1, "rng_seed": 1})
    begin = time.perf_counter()
    cells = NETWORKS[name](size)
    connect = time.perf_counter() - begin
    recorder = nest.Create("spike_recorder")
    recorder.record_to = "memory"
    nest.Connect(cells, recorder)
    nest.Simulate(1000.0)
    rate = recorder.n_events / size
    recorder.stop = nest.biological_time
    print(json.dumps({"rate": rate, "connect_s": connect}), flush=True)
    chunk = 1000.0 if size <= 10_000 else 200.0
    nest.Prepare()
    print("ready", flush=True)
    for _ in sys.stdin:
        begin = time.process_time()
        nest.Run(chunk)
        print((time.process_time() - begin) / (chunk / 0.1) * 1e6, flush=True)


main()
