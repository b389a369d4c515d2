"""Models that Ranvier and the reference simulator both run. `exact` ones must agree in every spike step and in traces;
`random` ones in distribution. Every group's spikes are compared, the traces of `record`, and at the end the values of
whatever was given initial values. Constants and times are texts in the reference simulator's units."""

LIF = "dv/dt = (I - v)/(10*ms) : 1 (unless refractory)\nI : 1"
ALPHA = "dv/dt = (g - v)/tau : 1\ndg/dt = -g/taug : 1"
HH = """dv/dt = (gl*(El - v) - g_na*(m*m*m)*h*(v - ENa) - g_kd*(n*n*n*n)*(v - EK) + I)/Cm : volt
dm/dt = 0.32*(mV**-1)*4*mV/exprel((13*mV - v + VT)/(4*mV))/ms*(1 - m) - 0.28*(mV**-1)*5*mV/exprel((v - VT - 40*mV)/(5*mV))/ms*m : 1
dn/dt = 0.032*(mV**-1)*5*mV/exprel((15*mV - v + VT)/(5*mV))/ms*(1. - n) - 0.5*exp((10*mV - v + VT)/(40*mV))/ms*n : 1
dh/dt = 0.128*exp((17*mV - v + VT)/(18*mV))/ms*(1. - h) - 4./(1 + exp((40*mV - v + VT)/(5*mV)))/ms*h : 1
I : amp"""
HH_CONSTANTS = dict(Cm="200*pF", gl="10*nS", El="-65*mV", EK="-90*mV", ENa="50*mV", g_na="20*usiemens", g_kd="6*usiemens",
                    VT="-63*mV")
HH_START = dict(v="-65*mV", m="0.05", n="0.3", h="0.6", I="i*0.1*nA")
ADEX = """dv/dt = (gL*(EL - v) + gL*DeltaT*exp((v - VT)/DeltaT) + I - w)/C : volt
dw/dt = (a*(v - EL) - w)/tauw : amp
I : amp"""
ADEX_CONSTANTS = dict(C="281*pF", gL="30*nS", EL="-70.6*mV", VT="-50.4*mV", DeltaT="2*mV", tauw="144*ms", a="4*nS",
                      b="0.0805*nA", Vr="-70.6*mV")
CLOCKWORK = dict(name="source", n=3, threshold="timestep(t, dt) % (7 + 4*i) == 3")  # spikes at known steps


def group(equations="", n=3, name="neurons", **rest):
    return dict(name=name, n=n, equations=equations, **rest)


def exact(name, groups, duration="30*ms", record=("v",), **rest):
    groups = groups if isinstance(groups, list) else [groups]
    rest.setdefault("durations", [duration])
    return dict(name=name, groups=groups, record=[dict(group=groups[0]["name"], variables=list(record))] if record else [],
                **rest)


def random(name, groups, observe, duration="100*ms", **rest):
    """`observe`: the variable of the first group whose final values are compared, besides numbers of spikes."""
    model = exact(name, groups, duration, record=(), **rest)
    model["observe"] = observe
    return model


def synapses(on_pre, source="source", target="neurons", name="synapses", **rest):
    return dict(name=name, source=source, target=target, on_pre=on_pre, **rest)


CURRENTS = dict(I="0.9 + 0.3*i")
EXACT = [
    exact("lif_exact", group(LIF, threshold="v > 1", reset="v = 0", refractory="2*ms", method="exact", initial=CURRENTS)),
    exact("lif_euler", group(LIF, threshold="v > 1", reset="v = 0", refractory="2*ms", method="euler", initial=CURRENTS)),
    exact("lif_rk2", group(LIF, threshold="v > 1", reset="v = 0", refractory="2*ms", method="rk2", initial=CURRENTS)),
    exact("lif_rk4", group(LIF, threshold="v > 1", reset="v = 0", refractory="2*ms", method="rk4", initial=CURRENTS)),
    exact("lif_exponential_euler",
          group(LIF, threshold="v > 1", reset="v = 0", refractory="2*ms", method="exponential_euler", initial=CURRENTS)),
    exact("lif_heun", group(LIF, threshold="v > 1", reset="v = 0", refractory="2*ms", method="heun", initial=CURRENTS)),
    exact("lif_automatic", group(LIF, threshold="v > 1", reset="v = 0", initial=CURRENTS)),
    exact("refractory_condition",
          group(LIF, threshold="v > 1", reset="v = 1.5", refractory="timestep(t - lastspike, dt) < 13", method="euler",
                initial=CURRENTS)),
    exact("refractory_per_neuron",
          group(LIF + "\nr : second", threshold="v > 1", reset="v = 0", refractory="r", method="exact",
                initial=dict(CURRENTS, r="(0.5 + i*0.72)*ms"))),
    exact("refractory_rounding", group("v : 1", n=5, threshold="True", refractory="(1.9 + i*0.05)*ms"), record=()),
    exact("not_refractory_flag", group("dv/dt = int(not_refractory)/ms : 1", threshold="v > 2", reset="v = 0", refractory="1*ms",
                                       method="euler")),
    exact("alpha_exact", group(ALPHA, initial=dict(g="i + 1"), method="exact"), constants=dict(tau="10*ms", taug="5*ms")),
    exact("alpha_rk4", group(ALPHA, initial=dict(g="i + 1"), method="rk4"), constants=dict(tau="10*ms", taug="10*ms")),
    exact("time_dependent_rk4", group("dv/dt = -v/(5*ms) + sin(2*pi*100*Hz*t)*200*Hz : 1", method="rk4")),
    exact("time_dependent_rk2", group("dv/dt = -v/(5*ms) + sin(2*pi*100*Hz*t)*200*Hz : 1", method="rk2")),
    exact("coupled_exponential_euler",
          group("dv/dt = (1.5 - v*w)/(10*ms) : 1\ndw/dt = (v - w)/(20*ms) : 1", method="exponential_euler",
                initial=dict(v="0.5", w="0.2")), record=("v", "w")),
    exact("hodgkin_huxley_exponential_euler",
          group(HH, n=5, threshold="v > -20*mV", refractory="3*ms", method="exponential_euler", initial=HH_START),
          constants=HH_CONSTANTS),
    exact("hodgkin_huxley_rk4",
          group(HH, n=5, threshold="v > -20*mV", refractory="v > -20*mV", method="rk4", initial=HH_START),
          constants=HH_CONSTANTS, dt="0.02*ms"),
    exact("adex_euler",
          group(ADEX, threshold="v > -40*mV", reset="v = Vr; w += b", method="euler",
                initial=dict(v="EL", I="(0.6 + 0.2*i)*nA")), duration="100*ms", constants=ADEX_CONSTANTS, record=("v", "w")),
    exact("adex_rk4",
          group(ADEX, threshold="v > -40*mV", reset="v = Vr; w += b", method="rk4",
                initial=dict(v="EL", I="(0.6 + 0.2*i)*nA")), duration="50*ms", constants=ADEX_CONSTANTS),
    exact("izhikevich",
          group("dv/dt = (0.04*v*v + 5*v + 140 - u + I)/ms : 1\ndu/dt = a*(b*v - u) : 1\nI : 1\na : Hz\nb : 1",
                threshold="v >= 30", reset="v = -65; u += 8", method="euler",
                initial=dict(v="-65", u="-13", I="4 + 3*i", a="(0.02 + 0.04*i)/ms", b="0.2")),
          duration="100*ms", record=("v", "u")),
    exact("fitzhugh_nagumo",
          group("dv/dt = (v - v**3/3 - w + I)/ms : 1\ndw/dt = 0.08*(v + 0.7 - 0.8*w)/ms : 1\nI : 1", method="rk4",
                initial=dict(v="-1", w="-0.5", I="0.2*i")), duration="100*ms", record=("v", "w")),
    exact("van_der_pol", group("dv/dt = w/ms : 1\ndw/dt = (0.8*(1 - v**2)*w - v)/ms : 1", method="rk2",
                               initial=dict(v="0.5 + i", w="0"))),
    exact("subexpressions",
          group("dv/dt = (drive - v)/(7*ms) : 1\ndrive = a*b : 1\na = 2 + sin(2*pi*20*Hz*t) : 1\nb : 1", method="euler",
                initial=dict(b="i")), record=("v", "drive")),
    exact("constant_over_dt",
          group("dv/dt = (x - v)/(7*ms) : 1\nx = v**2 + 0.1*i : 1 (constant over dt)", method="exact"), record=("v", "x")),
    exact("shared_variable",
          group("dv/dt = (s - v)/(7*ms) : 1\ns : 1 (shared)\nk : integer\nb : boolean", threshold="v > 0.2",
                reset="v = 0; k += 1; b = not b", method="exact", initial=dict(s="0.5", k="i", b="i > 1")), record=("v", "k")),
    exact("boolean_switch",
          group("dv/dt = (int(up)*2 - 1)/(10*ms) : 1\nup : boolean", threshold="v > 0.5 or v < -0.5",
                reset="up = not up; v = clip(v, -0.5, 0.5)", method="euler", initial=dict(v="0.1*i", up="i % 2 == 0"))),
    exact("functions",
          group("dv/dt = (exp(-v**2) - tanh(v) + 0.1*log(1 + abs(v)) + ceil(v)/10 + sqrt(abs(v)) + arctan(i))/(10*ms) : 1",
                n=5, method="rk4", initial=dict(v="i - 2"))),
    exact("integers", group("k : integer\nv : 1\nm = k // 3 + k % 4 : integer", n=7, threshold="k % 3 == 0", reset="v += m; k += 2",
                            initial=dict(k="i - 3", v="0")),
          regular=[dict(group="neurons", code="k += 1", dt="0.1*ms", when="start")], record=("v",)),
    exact("regular_code",
          group("dv/dt = -v/(5*ms) : 1", method="exact", initial=dict(v="i")),
          regular=[dict(group="neurons", code="v += 0.5*i + 0.1", dt="2*ms", when="start")]),
    exact("regular_code_late",
          group("dv/dt = -v/(5*ms) : 1", threshold="v > 1.4", reset="v = 0", method="exact", initial=dict(v="i*0.3")),
          regular=[dict(group="neurons", code="v += 0.3", dt="0.7*ms", when="before_resets")]),
    exact("clocks_and_runs", group(LIF, threshold="v > 1", reset="v = 0", refractory="2*ms", initial=CURRENTS),
          durations=["5*ms", "0.05*ms", "0.05*ms", "3.33*ms", "10*ms"]),
    exact("coarse_steps", group(ALPHA, initial=dict(g="i + 1"), method="exact"), dt="0.37*ms",
          constants=dict(tau="10*ms", taug="5*ms")),
    exact("chain",
          [group("v : 1", n=1, name="b", threshold="v > 1", reset="v = 0"),
           group(n=1, name="a", threshold="t_in_timesteps == 2")],
          synapses=[synapses("v_post += 2", source="a", target="b")]),
    exact("delayed_weights",
          [group("dv/dt = -v/(10*ms) : 1", n=4, threshold="v > 1", reset="v = 0", method="exact"), CLOCKWORK],
          synapses=[synapses("v_post += w", equations="w : 1", delay="1.3*ms", condition="(i + j) % 2 == 0",
                             initial=dict(w="0.2 + 0.1*i + 0.05*j"))], duration="60*ms"),
    exact("neighbours",
          [group("dv/dt = (1.1 + 0.01*i - v)/(10*ms) : 1", n=10, threshold="v > 1", reset="v = 0", method="exact",
                 initial=dict(v="i*0.1"))],
          synapses=[synapses("v_post += 0.05", source="neurons", delay="0.5*ms", j="k for k in range(i-2, i+3) if k != i",
                             skip=True)], duration="100*ms"),
    exact("protected_from_synapses",
          [group(LIF, threshold="v > 1", reset="v = 0", refractory="3*ms", method="exact", initial=CURRENTS), CLOCKWORK],
          synapses=[synapses("v_post += 0.4")]),
    exact("short_term_depression",
          [group("dv/dt = -v/(10*ms) : 1", n=2, method="exact"), CLOCKWORK],
          synapses=[synapses("x = 1 - (1 - x)*exp(-(t - last)/(50*ms)); v_post += 0.5*x; x *= 0.6; last = t",
                             equations="x : 1\nlast : second", initial=dict(x="1", last="0*second"))], duration="100*ms"),
    exact("reads_both_ends",
          [group("dv/dt = -v/(10*ms) : 1\nc : integer", n=4, method="exact", initial=dict(c="i*i")),
           dict(CLOCKWORK, equations="a : 1", initial=dict(a="0.1*(i + 1)"))],
          synapses=[synapses("v_post += a_pre*c_post/(1 + i + j); c_post += 1")]),
    exact("counting",
          [group("c : integer", n=4, initial=dict(c="0")), CLOCKWORK],
          synapses=[synapses("c_post += 1 + j", condition="j >= i")], record=("c",)),
    exact("two_pathways",
          [group("v : 1", n=2, initial=dict(v="0")), CLOCKWORK],
          synapses=[synapses("v_post = v_post*3 + 5", name="aa"), synapses("v_post = v_post*2 + 1", name="zz")],
          duration="3*ms"),
]

OU = "dv/dt = -v/tau + sigma*sqrt(2/tau)*xi : 1"
NOISE = dict(tau="10*ms", sigma="0.5")
RANDOM = [
    random("ornstein_uhlenbeck", group(OU, n=2000, method="euler", initial=dict(v="0")), "v", constants=NOISE),
    random("noisy_lif", group("dv/dt = (1.1 - v)/tau + sigma*sqrt(2/tau)*xi : 1 (unless refractory)", n=2000,
                              threshold="v > 1", reset="v = 0", refractory="5*ms", method="euler", initial=dict(v="0")),
           "v", constants=NOISE),
    random("multiplicative_heun", group("dv/dt = -v/tau + 3*v*Hz**0.5*xi : 1", n=2000, method="heun", initial=dict(v="1")),
           "v", duration="20*ms", constants=NOISE),
    random("multiplicative_milstein", group("dv/dt = -v/tau + 3*v*Hz**0.5*xi : 1", n=2000, method="milstein", initial=dict(v="1")),
           "v", duration="20*ms", constants=NOISE),
    random("common_noise", group("dv/dt = -v/tau + sigma*sqrt(2/tau)*xi_1 : 1\n"
                                 "dw/dt = -w/tau + sigma*sqrt(2/tau)*(xi_1 + xi_2) : 1", n=2000, method="euler",
                                 initial=dict(v="0", w="0")), "w", constants=NOISE),
    random("random_refractoriness", group("v : 1", n=2000, threshold="True", refractory="(1 + 4*rand())*ms",
                                          initial=dict(v="rand()")), "v"),
    random("random_reset", group("dv/dt = 1/(10*ms) : 1", n=2000, threshold="v > 1", reset="v = rand()", method="euler",
                                 initial=dict(v="rand()")), "v"),
    random("normal_initial_values", group("v : 1", n=2000, initial=dict(v="3 + 2*randn()")), "v", duration="1*ms"),
    random("poisson_numbers", group("v : 1", n=2000, initial=dict(v="poisson(3.5)")), "v", duration="1*ms"),
    random("poisson_neurons", group("dv/dt = -v/tau : 1", n=2000, initial=dict(v="0"), method="exact"), "v", constants=NOISE,
           poisson=[dict(name="source", n=2000, rates="(20 + 0.02*i)*Hz")],
           synapses=[synapses("v_post += 0.1", j="i")]),
    random("poisson_changing_rates", group("v : 1", n=2000, initial=dict(v="0")), "v",
           poisson=[dict(name="source", n=2000, rates="50*Hz*(1 + sin(2*pi*10*Hz*t))")],
           synapses=[synapses("v_post += 1", j="i")]),
    random("random_connections", [group("v : 1", n=2000, initial=dict(v="0")),
                                  group(n=100, name="source", threshold="t_in_timesteps == 5")], "v", duration="1*ms",
           synapses=[synapses("v_post += 1", p=0.1)]),
]
