"""Makes the synapses of bench_connect in Brian2 and prints the same columns: connect_brian2.py RULE NEURONS"""

import sys
import time

from brian2 import NeuronGroup, Synapses, prefs

RULES = {
    "all": {},
    "p": {"p": 0.1},
    "p-unequal": {"condition": "i != j", "p": 0.1},
    "sample": {"j": "k for k in sample(N_post, size=N_post//10)"},
    "near": {"j": "(i+k)%N_post for k in range(-500, 500) if k != 0"},
}


def account(key):
    with open("/proc/self/status") as status:
        return next(1024 * float(line.split()[1]) for line in status if line.startswith(key + ":"))


def connect(rule, neurons):
    group = NeuronGroup(neurons, "v : 1", threshold="v > 1")
    synapses = Synapses(group, group, on_pre="v_post += 1")
    before = account("VmRSS")
    begin = time.perf_counter()
    synapses.connect(**RULES[rule])
    took = time.perf_counter() - begin
    return len(synapses), took, account("VmRSS") - before, account("VmHWM") - before


def main():
    rule, neurons = sys.argv[1], int(sys.argv[2])
    prefs.codegen.target = "cython"
    connect(rule, 2000)  # its code is made and compiled here
    made, took, grown, peak = connect(rule, neurons)
    print(f"{rule:<10} {made:12d} {took:8.3f} {took * 1e9 / made:7.2f} {grown / made:7.2f} {peak / made:7.2f}")


main()
