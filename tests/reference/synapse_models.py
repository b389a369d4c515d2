"""Models of synapses, in the form of models.py, for both simulators."""
from models import CLOCKWORK, exact, group, random, synapses

LEAKY = "dv/dt = -v/(10*ms) : 1"
CELLS = group(LEAKY, n=4, method="exact")
WEIGHTS = dict(equations="w : 1", initial=dict(w="0.1 + 0.01*i + 0.02*j"))
DRIVEN = "dv/dt = (1.05 + 0.01*i - v)/(10*ms) : 1"


def ring(name, wires, equations=DRIVEN, initial=None):
    """Ten neurons that spike by themselves, connected among themselves."""
    neurons = group(equations, n=10, threshold="v > 1", reset="v = 0", method="exact", initial=dict(initial or {}, v="i*0.1"))
    return exact(name, [neurons], synapses=[synapses(**dict(dict(on_pre="v_post += 0.02", source="neurons"), **wires))],
                 duration="60*ms")


EXACT = [
    # Connections
    ring("ring_connections", wires=dict(j="(i + k) % N_post for k in range(-3, 4) if k != 0", delay="0.5*ms")),
    ring("window_connections", wires=dict(j="k for k in range(i-3, i+4) if i != k", skip=True, delay="0.3*ms", **WEIGHTS,
                                          on_pre="v_post += 0.1*w")),
    ring("sources_of_targets", wires=dict(i="k for k in range(N_pre) if k < j and (j + k) % 3 != 0", **WEIGHTS,
                                          on_pre="v_post += 0.1*w", delay="0.2*ms")),
    ring("given_pairs", wires=dict(i=[0, 5, 5, 2, 9], j=[3, 3, 4, 2, 0], **WEIGHTS, on_pre="v_post += w")),
    ring("normalised", wires=dict(condition="i < j", on_pre="v_post += 0.5/N_incoming + 0.1/N_outgoing", delay="0.1*ms")),
    exact("slices", [CELLS, dict(CLOCKWORK, n=6)],
          synapses=[synapses("v_post += w", source_slice=[2, 5], target_slice=[1, 4], j="i", **WEIGHTS),
                    synapses("v_post -= w", source_slice=[0, 3], condition="i != j", name="more", delay="1*ms", **WEIGHTS)]),
    # Delays and pathways
    exact("weights_changed", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", delay="2.2*ms", **WEIGHTS)],
          durations=["10.3*ms", dict(set=["synapses", "w", "w*2 + 0.1*int(i == j)"]), "10*ms"]),
    exact("connected_between_runs", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", condition="i == j", delay="3*ms", **WEIGHTS)],
          durations=["10*ms", dict(connect=["synapses", dict(condition="i < j")]),
                     dict(set=["synapses", "w", "0.3 - 0.05*i"]), "20*ms"]),
    exact("regular_code_of_synapses", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", equations="w : 1\nscale : 1 (shared)", initial=dict(w="0.1 + 0.1*j", scale="0.9"))],
          regular=[dict(group="synapses", code="w = w*scale + 0.01*i", dt="3*ms", when="end")], duration="40*ms"),
]

RANDOM = [
    random("stochastic_release", [group("v : 1", n=2000, initial=dict(v="0")), dict(CLOCKWORK, n=5)], "v",
           synapses=[synapses("v_post += 0.1*int(rand() < 0.3)")]),
    random("sampled_sources", [group("v : 1", n=2000, initial=dict(v="0")), dict(CLOCKWORK, n=50)], "v", duration="1*ms",
           synapses=[synapses("v_post += i", i="k for k in sample(N_pre, size=7)")]),
    random("probability_of_distance", [group("v : 1", n=2000, initial=dict(v="0")), dict(CLOCKWORK, n=50)], "v", duration="1*ms",
           synapses=[synapses("v_post += 1", p="exp(-abs(i - 25)/10)")]),
]
