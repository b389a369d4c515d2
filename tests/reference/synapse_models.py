"""Models of synapses, in the form of models.py, for both simulators."""
from models import CLOCKWORK, NOISE, exact, group, random, synapses

LEAKY = "dv/dt = -v/(10*ms) : 1"
CELLS = group(LEAKY, n=4, method="exact")
SPIKY = dict(name="target", n=3, equations=LEAKY, threshold="timestep(t, dt) % (9 + 5*i) == 6", method="exact")
TRACES = "w : 1\ndapre/dt = -apre/(20*ms) : 1 (event-driven)\ndapost/dt = -apost/(20*ms) : 1 (event-driven)"
PAIR = dict(on_pre="v_post += w; apre += 0.01; w = clip(w + apost, 0, 1)",
            on_post="apost -= 0.0105; w = clip(w + apre, 0, 1)", initial=dict(w="0.5", apre="0", apost="0"))
WEIGHTS = dict(equations="w : 1", initial=dict(w="0.1 + 0.01*i + 0.02*j"))
PLACES = "x : metre"
DRIVEN = "dv/dt = (1.05 + 0.01*i - v)/(10*ms) : 1"


def to(target, on_pre="", **rest):
    return synapses(on_pre, target=target, **rest)


def ring(name, wires, equations=DRIVEN, initial=None):
    """Ten neurons that spike by themselves, connected among themselves."""
    neurons = group(equations, n=10, threshold="v > 1", reset="v = 0", method="exact", initial=dict(initial or {}, v="i*0.1"))
    return exact(name, [neurons], synapses=[synapses(**dict(dict(on_pre="v_post += 0.02", source="neurons"), **wires))],
                 duration="60*ms")


EXACT = [
    # Plasticity
    exact("stdp_event_driven", [SPIKY, CLOCKWORK], synapses=[to("target", equations=TRACES, **PAIR)], duration="100*ms"),
    exact("stdp_clock_driven", [SPIKY, CLOCKWORK],
          synapses=[to("target", equations=TRACES.replace("event-driven", "clock-driven"), method="exact", **PAIR)],
          duration="50*ms"),
    exact("stdp_recorded", [SPIKY, CLOCKWORK],
          synapses=[to("target", equations=TRACES, records=["w", "apre", "apost"], **PAIR)], duration="30*ms"),
    exact("stdp_delays", [SPIKY, CLOCKWORK],
          synapses=[to("target", equations=TRACES, delays=dict(pre="(0.3 + 0.4*i + 0.1*j)*ms", post="(1.1 - 0.3*j)*ms"), **PAIR)],
          duration="60*ms"),
    exact("stdp_nearest", [SPIKY, CLOCKWORK],
          synapses=[to("target", equations=TRACES, on_pre="v_post += w; apre = 0.01; w = clip(w + apost, 0, 1)",
                       on_post="apost = -0.0105; w = clip(w + apre, 0, 1)", initial=dict(w="0.5"))], duration="60*ms"),
    exact("stdp_triplet", [SPIKY, CLOCKWORK],
          synapses=[to("target", equations="w : 1\ndr1/dt = -r1/(16.8*ms) : 1 (event-driven)\n"
                       "do1/dt = -o1/(33.7*ms) : 1 (event-driven)\ndo2/dt = -o2/(114*ms) : 1 (event-driven)",
                       on_pre="v_post += w; r1 += 1; w = clip(w - 0.003*o1, 0, 1)",
                       on_post="w = clip(w + r1*(0.005 + 0.006*o2), 0, 1); o1 += 1; o2 += 1",
                       initial=dict(w="0.3 + 0.05*i"))], duration="100*ms"),
    exact("stdp_coupled_traces", [SPIKY, CLOCKWORK],
          synapses=[to("target", equations="w : 1\ndx/dt = (y - x)/(5*ms) : 1 (event-driven)\n"
                       "dy/dt = -y/(12*ms) : 1 (event-driven)", on_pre="y += 0.1; v_post += w", on_post="w += 0.01*x",
                       initial=dict(w="0.2"))], duration="60*ms"),
    exact("homeostatic", [dict(SPIKY, threshold="v > 0.6", reset="v = -0.5"), CLOCKWORK],
          synapses=[to("target", equations="w : 1\ndapre/dt = -apre/(20*ms) : 1 (event-driven)\n"
                       "dapost/dt = -apost/(20*ms) : 1 (event-driven)",
                       on_pre="v_post += 0.4 - w; apre += 1; w = clip(w + (apost - 0.24)*0.0002, 0, 0.3)",
                       on_post="apost += 1; w = clip(w + apre*0.0002, 0, 0.3)", initial=dict(w="0.05"))], duration="100*ms"),
    exact("stdp_scalar_delays", [SPIKY, CLOCKWORK],
          synapses=[to("target", equations=TRACES, delay=dict(pre="0.7*ms", post="1.3*ms"), **PAIR)], duration="60*ms"),
    exact("stdp_of_voltage",
          [dict(SPIKY, equations=LEAKY + "\ndm/dt = (v - m)/(7*ms) : 1"), CLOCKWORK],
          synapses=[to("target", equations="w : 1\ndx/dt = -x/(15*ms) : 1 (event-driven)",
                       on_pre="v_post += w; w = clip(w - 0.02*int(m_post > 0.1)*(m_post - 0.1), 0, 1); x += 1",
                       on_post="w = clip(w + 0.01*x*int(v_post > 0.2)*(v_post - 0.2), 0, 1)", initial=dict(w="0.1*(1 + i)"))],
          duration="60*ms"),
    exact("traces_of_own_time_constants",
          [dict(SPIKY, equations=LEAKY + "\ntm : second", initial=dict(tm="(5 + 3*i)*ms")),
           dict(CLOCKWORK, equations="tp : second", initial=dict(tp="(4 + 2*i)*ms"))],
          synapses=[to("target", equations="w : 1\nk : 1 (shared)\ndx/dt = -k*x/tp_pre : 1 (event-driven)\n"
                       "dy/dt = -y/tm_post : 1 (event-driven)", on_pre="v_post += w; x += 0.1; w += 0.01*y",
                       on_post="y += 0.1; w -= 0.005*x", initial=dict(w="0.2", k="1.5"))], duration="60*ms"),
    exact("neuromodulated", [dict(SPIKY, equations=LEAKY + "\ndd/dt = -d/(15*ms) : 1"), CLOCKWORK],
          generators=[dict(name="reward", n=1, indices=[0]*3, times=["12*ms", "25*ms", "44*ms"])],
          synapses=[to("target", equations=TRACES + "\ndc/dt = -c/(50*ms) : 1 (event-driven)",
                       on_pre="v_post += w; apre += 0.1; c += apost; w = clip(w + 0.02*c*d_post, 0, 1)",
                       on_post="apost -= 0.05; c += apre; w = clip(w + 0.02*c*d_post, 0, 1)",
                       initial=dict(w="0.1 + 0.1*i", c="0"), delays=dict(pre="0.3*j*ms")),
                    synapses("d_post += 1", source="reward", target="target", name="modulation", delay="2*ms")],
          duration="60*ms"),
    # Short-term plasticity
    exact("tsodyks_markram", [CELLS, CLOCKWORK],
          synapses=[synapses("u += 0.2*(1 - u); r = u*x; x -= r; v_post += 0.5*r", initial=dict(x="1", u="0.2"),
                             equations="du/dt = (0.2 - u)/(200*ms) : 1 (event-driven)\n"
                                       "dx/dt = (1 - x)/(80*ms) : 1 (event-driven)\nr : 1")], duration="100*ms"),
    exact("facilitation_clock_driven", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += 0.2*u; u += 0.1*(1 - u)", method="exact", initial=dict(u="0.1"),
                             equations="du/dt = (0.1 - u)/(30*ms) : 1 (clock-driven)")], duration="60*ms"),
    exact("nonlinear_clock_driven", [group("dv/dt = (g - v)/(10*ms) : 1\ng : 1", n=4, method="euler"), CLOCKWORK],
          synapses=[synapses("x += 0.3", method="rk4", initial=dict(x="0", s="0"),
                             equations="ds/dt = x*(1 - s)/(2*ms) - s/(30*ms) : 1 (clock-driven)\n"
                                       "dx/dt = -x/(2*ms) : 1 (clock-driven)\ng_post = 0.1*s : 1 (summed)")], duration="60*ms"),
    exact("synapses_of_own_clock", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += 0.2*u; u += 0.1", method="euler", initial=dict(u="0.1*i"), dt="0.5*ms",
                             equations="du/dt = (0.1 - u)/(30*ms) : 1 (clock-driven)", records=["u"])], duration="30*ms"),
    exact("synaptic_subexpressions", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += y + z; x += 1", method="exact", initial=dict(x="0", w="0.1 + 0.1*j"), records=["y"],
                             equations="dx/dt = -x/(5*ms) : 1 (clock-driven)\nw : 1\ny = w*x/(1 + x) : 1\n"
                                       "z = 0.01*v_post + 0.1*i : 1 (constant over dt)")], duration="30*ms"),
    # Summed variables
    exact("block_of_voltage",
          [group("dv/dt = (i_syn - v)/(10*ms) : 1 (unless refractory)\ni_syn : 1", n=4, threshold="v > 0.5", reset="v = 0",
                 refractory="2*ms", method="euler"), CLOCKWORK],
          synapses=[synapses("x += 1", method="exact", equations="w : 1\nds/dt = (x - s)/(20*ms) : 1 (clock-driven)\n"
                             "dx/dt = -x/(3*ms) : 1 (clock-driven)\n"
                             "i_syn_post = w*s*(1.2 - v_post)/(1 + exp(-3*v_post)) : 1 (summed)",
                             initial=dict(w="0.2 + 0.1*j"))], duration="60*ms", record=("v", "i_syn")),
    exact("gap_junctions", [group("dv/dt = (1.02 + 0.02*i + gap - v)/(10*ms) : 1\ngap : 1", n=6, threshold="v > 1",
                                  reset="v = 0", method="euler", initial=dict(v="0.15*i"))],
          synapses=[synapses("", source="neurons", equations="g : 1\ngap_post = g*(v_pre - v_post) : 1 (summed)",
                             condition="i != j", initial=dict(g="0.02 + 0.001*i"))], duration="100*ms", record=("v", "gap")),
    exact("summed_of_slice", [group("dv/dt = (a - v)/(5*ms) : 1\na : 1", n=5, method="euler"),
                              group("dx/dt = 1/(10*ms) : 1", n=3, name="other", method="euler", initial=dict(x="i"))],
          # Brian2 orders a sum into a slice among the state updates by name; this name comes first.
          synapses=[synapses("", source="other", target="neurons", target_slice=[1, 4], source_slice=[1, 3], name="a_sum",
                             equations="w : 1\na_post = w*x_pre + 0.1*v_post : 1 (summed)", condition="i <= j",
                             initial=dict(w="0.5 + i"))], record=("v", "a")),
    exact("summed_at_source", [group(DRIVEN, n=3, threshold="v > 1", reset="v = 0", method="exact"),
                               group("s : 1\ndx/dt = s/(10*ms) : 1", n=4, name="other", method="euler")],
          synapses=[synapses("", source="other", target="neurons", equations="s_pre = v_post : 1 (summed)",
                             condition="(i + j) % 2 == 0")], record=("v",)),
    # Connections
    ring("ring_connections", wires=dict(j="(i + k) % N_post for k in range(-3, 4) if k != 0", delay="0.5*ms")),
    ring("window_connections", wires=dict(j="k for k in range(i-3, i+4) if i != k", skip=True, delay="0.3*ms", **WEIGHTS,
                                          on_pre="v_post += 0.1*w")),
    ring("distance_connections", equations=DRIVEN + "\n" + PLACES, initial=dict(x="i*20*umetre + 3*(i % 2)*umetre"),
         wires=dict(condition="abs(x_pre - x_post) < 50*umetre and i != j", equations="w : 1",
                    initial=dict(w="exp(-(x_pre - x_post)**2/(2*(40*umetre)**2))"), on_pre="v_post += 0.03*w",
                    delays=dict(pre="abs(x_pre - x_post)/(50*meter/second)*1000"))),
    ring("copies", wires=dict(j="(i + 1) % N_post", copies="i % 3 + 1", multisynaptic="k", on_pre="v_post += w",
                              equations="w : 1", initial=dict(w="0.01*(k + 1)"), delays=dict(pre="(k + 1)*0.4*ms"))),
    ring("copies_of_pairs", wires=dict(j="(i + 1) % N_post", copies="i % 3 + 1", multisynaptic="k", on_pre="v_post += w",
                                       equations="w : 1", initial=dict(w="0.01*(k + 1)"), delay="0.4*ms")),
    ring("distance_of_places", equations=DRIVEN + "\n" + PLACES, initial=dict(x="i*20*umetre + 3*(i % 2)*umetre"),
         wires=dict(condition="abs(x_pre - x_post) < 50*umetre and i != j", equations="w : 1", on_pre="v_post += 0.03*w",
                    initial=dict(w="exp(-(x_pre - x_post)**2/(2*(40*umetre)**2))"))),
    ring("sources_of_targets", wires=dict(i="k for k in range(N_pre) if k < j and (j + k) % 3 != 0", **WEIGHTS,
                                          on_pre="v_post += 0.1*w", delay="0.2*ms")),
    ring("given_pairs", wires=dict(i=[0, 5, 5, 2, 9], j=[3, 3, 4, 2, 0], **WEIGHTS, on_pre="v_post += w")),
    ring("normalised", wires=dict(condition="i < j", on_pre="v_post += 0.5/N_incoming + 0.1/N_outgoing", delay="0.1*ms")),
    exact("slices", [CELLS, dict(CLOCKWORK, n=6)],
          synapses=[synapses("v_post += w", source_slice=[2, 5], target_slice=[1, 4], j="i", **WEIGHTS),
                    synapses("v_post -= w", source_slice=[0, 3], condition="i != j", name="more", delay="1*ms", **WEIGHTS)]),
    # Delays and pathways
    exact("delay_each", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", delays=dict(pre="(0.05 + 0.17*i + 0.33*j)*ms"), **WEIGHTS)], duration="60*ms"),
    exact("delay_long", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", delays=dict(pre="(20*i + 7*j)*ms"), **WEIGHTS)], durations=["10*ms", "15*ms", "60*ms"]),
    exact("delays_changed", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", delays=dict(pre="(1 + i)*ms"), **WEIGHTS)],
          durations=["10*ms", dict(set=["synapses", "delay", "(3 - i + 0.2*j)*ms"]), "10*ms",
                     dict(set=["synapses", "delay", "0.4*ms"]), "10*ms"]),
    exact("delay_changed", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", delay="1.2*ms", **WEIGHTS)],
          durations=["10*ms", dict(delay=["synapses", "pre", "3*ms"]), "10*ms", dict(delay=["synapses", "pre", "0.3*ms"]), "10*ms"]),
    exact("weights_changed", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", delay="2.2*ms", **WEIGHTS)],
          durations=["10.3*ms", dict(set=["synapses", "w", "w*2 + 0.1*int(i == j)"]), "10*ms"]),
    exact("dt_changed", [group(LEAKY, n=4, method="exact"), CLOCKWORK],
          synapses=[synapses("v_post += w", delays=dict(pre="(0.4 + 2.3*i)*ms"), **WEIGHTS)],
          durations=["10*ms", dict(dt="0.05*ms"), "10*ms"]),
    exact("connected_between_runs", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", condition="i == j", delay="3*ms", **WEIGHTS)],
          durations=["10*ms", dict(connect=["synapses", dict(condition="i < j")]),
                     dict(set=["synapses", "w", "0.3 - 0.05*i"]), "20*ms"]),
    exact("several_pathways", [CELLS, CLOCKWORK],
          synapses=[synapses(dict(fast="v_post += w", slow="v_post -= 0.5*w; n += 1"), delay=dict(fast="0.2*ms", slow="4*ms"),
                             equations="w : 1\nn : 1", initial=dict(WEIGHTS["initial"], n="0"))], duration="60*ms"),
    exact("both_sides", [SPIKY, CLOCKWORK],
          synapses=[synapses("v_post = v_post*0.5 + w; x = v_post", target="target", on_post="w = 0.9*w + 0.1*x; v_post += 0.01",
                             equations="w : 1\nx : 1", initial=dict(w="0.2 + 0.1*i", x="0"), j="i")], duration="60*ms"),
    exact("backwards", [SPIKY, dict(CLOCKWORK, equations="a : 1", initial=dict(a="0"))],
          synapses=[synapses("", target="target", on_post="a_pre += 0.1*(1 + j) + 0.01*v_post", condition="j >= i")], duration="60*ms"),
    exact("events_of_pathways",
          [dict(SPIKY, events=dict(high="v > 0.3 + 0.1*i"), event_code=dict(high="v *= 0.9")),
           dict(CLOCKWORK, events=dict(other="timestep(t, dt) % (5 + i) == 2"))],
          synapses=[synapses("v_post += w", target="target", on_post="w *= 0.999; n += 1",
                             on_event=dict(pre="other", post="high"), equations="w : 1\nn : 1",
                             initial=dict(w="0.1", n="0"))], duration="40*ms"),
    exact("last_update", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += 0.1*exp(-(t - lastupdate)/(5*ms))", initial=dict(x="0"),
                             equations="dx/dt = -x/(10*ms) : 1 (event-driven)")], duration="40*ms"),
    exact("two_clocks", [dict(CELLS, dt="0.25*ms"), dict(CLOCKWORK, dt="0.1*ms")],
          synapses=[synapses("v_post += w", delays=dict(pre="(0.3 + 0.2*j)*ms"), **WEIGHTS)], duration="40*ms"),
    exact("regular_code_of_synapses", [CELLS, CLOCKWORK],
          synapses=[synapses("v_post += w", equations="w : 1\nscale : 1 (shared)", initial=dict(w="0.1 + 0.1*j", scale="0.9"))],
          regular=[dict(group="synapses", code="w = w*scale + 0.01*i", dt="3*ms", when="end")], duration="40*ms"),
]

RANDOM = [
    random("synaptic_noise", [group("v : 1", n=2000, initial=dict(v="0")), dict(CLOCKWORK, n=1)], "v", duration="20*ms",
           constants=NOISE,
           synapses=[synapses("v_post += w", equations="dw/dt = -w/tau + sigma*sqrt(2/tau)*xi : 1 (clock-driven)",
                              method="euler", initial=dict(w="0"))]),
    random("stochastic_release", [group("v : 1", n=2000, initial=dict(v="0")), dict(CLOCKWORK, n=5)], "v",
           synapses=[synapses("v_post += 0.1*int(rand() < 0.3)")]),
    random("random_delays", [group("v : 1", n=2000, initial=dict(v="0")), dict(CLOCKWORK, n=5)], "v", duration="10*ms",
           synapses=[synapses("v_post += exp(-(t - 0*ms)/(3*ms))", delays=dict(pre="4*rand()*ms"))]),
    random("sampled_sources", [group("v : 1", n=2000, initial=dict(v="0")), dict(CLOCKWORK, n=50)], "v", duration="1*ms",
           synapses=[synapses("v_post += i", i="k for k in sample(N_pre, size=7)")]),
    random("probability_of_distance", [group("v : 1", n=2000, initial=dict(v="0")), dict(CLOCKWORK, n=50)], "v", duration="1*ms",
           synapses=[synapses("v_post += 1", p="exp(-abs(i - 25)/10)")]),
    random("plastic_network", [group(LEAKY, n=2000, threshold="v > 1", reset="v = 0", method="exact", initial=dict(v="0"))], "v",
           poisson=[dict(name="source", n=2000, rates="150*Hz")], duration="200*ms",
           synapses=[to("neurons", equations=TRACES, **dict(PAIR, initial=dict(w="0.3 + 0.3*rand()")), j="i")]),
]
