#!/usr/bin/python3
"""Runs the models of models.py here and in the reference simulator (Brian2, Debian's python3-brian), and compares.

    tests/reference/compare.py BUILD/tests/reference/run_models [NAME ...]

Exact models: equal spikes of every neuron in every step, traces and final values within 1e-9 of the largest value.
Random models: numbers of spikes per neuron and final values have equal distributions (Kolmogorov-Smirnov, two samples of
2000 elements, rejected where equal distributions would differ as much once in 10^6 cases). The last line is
'N passed, N failed'."""
import json
import math
import os
import subprocess
import sys
import tempfile
import warnings

os.environ.setdefault("XDG_CACHE_HOME", tempfile.gettempdir())
warnings.filterwarnings("ignore")
import brian2 as b2  # noqa: E402
import numpy as np  # noqa: E402

sys.path.insert(0, os.path.dirname(__file__))
import models as neurons  # noqa: E402
import synapse_models as synapses  # noqa: E402

MODELS = neurons.EXACT + synapses.EXACT + neurons.RANDOM + synapses.RANDOM

b2.prefs.codegen.target = "numpy"
b2.BrianLogger.log_level_error()
UNITS = {name: getattr(b2, name) for name in dir(b2) if isinstance(getattr(b2, name), (b2.Unit, b2.Quantity))}
TOLERANCE = 1e-9
REJECT = 1e-6


def quantity(text):
    return eval(text, {**UNITS, "__builtins__": {}})


def seconds(text):
    return float(quantity(text) / b2.second)


def exponents(text):
    """Of the dimension of a quantity, in the order of the SI's base units."""
    return [float(d) for d in b2.get_dimensions(quantity(text))._dims]


def own_dt(text, kind=lambda x: x):
    """The option dt of an object, if it has one."""
    return {"dt": kind(quantity(text["dt"]))} if "dt" in text else {}


def synapses_for_ranvier(text):
    """Pathways by name, delays in seconds."""
    told = dict(text, **own_dt(text, float), initial=text.get("initial", {}), delays=text.get("delays", {}))
    for side, usual in (("on_pre", "pre"), ("on_post", "post")):
        code = text.get(side, {})
        told[side] = code if isinstance(code, dict) else {usual: code} if code else {}
    names = list(told["on_pre"]) + list(told["on_post"])
    event = text.get("on_event", {})
    told["on_event"] = event if isinstance(event, dict) else {name: event for name in names}
    delay = text.get("delay", {})
    told["delay"] = {name: seconds(d) for name, d in (delay if isinstance(delay, dict) else {"pre": delay}).items()}
    return told


def records_of(model):
    return model["record"] + [dict(group=s["name"], variables=s["records"]) for s in model.get("synapses", []) if "records" in s]


def stage_for_ranvier(stage):
    if isinstance(stage, str):
        return seconds(stage)
    if "dt" in stage:
        return own_dt(stage, float)
    if "delay" in stage:
        return dict(delay=stage["delay"][:2] + [seconds(stage["delay"][2])])
    return stage


def for_ranvier(model):
    """The description that run_models reads: SI numbers with dimensions instead of texts."""
    texts = model.get("constants", {})
    told = dict(name=model["name"], dt=seconds(model.get("dt", "0.1*ms")), links=model.get("links", []),
                constants={name: [float(quantity(text)), exponents(text)] for name, text in texts.items()},
                stages=[stage_for_ranvier(stage) for stage in model["durations"]])
    told["arrays"] = {name: dict(a, dt=seconds(a["dt"]), dimension=exponents(a["unit"]), columns=np.ndim(a["values"]) == 2,
                                 rows=(np.atleast_2d(a["values"])*float(quantity(a["unit"]))).tolist())
                      for name, a in model.get("arrays", {}).items()}
    told["groups"] = [dict(g, **{key: g.get(key, {}) for key in ("initial", "events", "event_code", "event_schedule")})
                      for g in model["groups"]]
    told["generators"] = [dict(g, times=[seconds(t) for t in g["times"]], period=seconds(g.get("period", "0*ms")))
                          for g in model.get("generators", [])]
    told["poisson"] = model.get("poisson", [])
    told["inputs"] = [dict(p, rate=float(quantity(p["rate"]))) for p in model.get("inputs", [])]
    told["synapses"] = [synapses_for_ranvier(s) for s in model.get("synapses", [])]
    told["regular"] = model.get("regular", [])
    told["record"] = records_of(model)
    for kind in ("groups", "generators", "poisson", "regular", "record"):
        told[kind] = [dict(text, **own_dt(text, float)) for text in told[kind]]
    return told


class Reference:
    """One model in the reference simulator."""

    def __init__(self, model):
        b2.start_scope()
        b2.seed(4711)
        b2.defaultclock.dt = quantity(model.get("dt", "0.1*ms"))
        self.model = model
        self.names = {name: quantity(text) for name, text in model.get("constants", {}).items()}
        for name, array in model.get("arrays", {}).items():
            self.names[name] = b2.TimedArray(array["values"]*quantity(array["unit"]), dt=quantity(array["dt"]), name=name)
        self.net = b2.Network()
        self.objects = {}
        self.initial = []
        # Groups are told first, so that a later group may be the source of synapses to an earlier one.
        for text in model["groups"]:
            self.add_group(text)
        for text in model.get("poisson", []):
            self.objects[text["name"]] = b2.PoissonGroup(text["n"], rates=text["rates"], name=text["name"],
                                                         namespace=self.names, **own_dt(text))
        for text in model.get("generators", []):
            times = [seconds(t) for t in text["times"]]*b2.second
            self.objects[text["name"]] = b2.SpikeGeneratorGroup(text["n"], text["indices"], times, name=text["name"],
                                                                period=quantity(text.get("period", "0*ms")), **own_dt(text))
        groups = dict(self.objects)
        for link in model.get("links", []):
            source = b2.linked_var(groups[link["source"]], link["of"], index=link.get("index"))
            setattr(groups[link["group"]], link["variable"], source)
        for text in model["groups"]:
            self.set(groups[text["name"]], text)
        self.net.add(*(b2.PoissonInput(groups[text["target"]], text["variable"], text["n"], quantity(text["rate"]),
                                       weight=self.weight(text["weight"])) for text in model.get("inputs", [])))
        for text in model.get("synapses", []):
            self.add_synapses(text)
        self.net.add(*self.objects.values())
        for text in model.get("regular", []):
            self.net.add(self.objects[text["group"]].run_regularly(text["code"], when=text["when"], **own_dt(text)))
        self.spikes = {n: b2.SpikeMonitor(g) for n, g in groups.items() if "spike" in getattr(g, "events", {"spike": 1})}
        for text in model["groups"]:
            for event in text.get("events", {}):
                self.spikes[text["name"] + "." + event] = b2.EventMonitor(groups[text["name"]], event)
        self.states = {r["group"]: b2.StateMonitor(self.objects[r["group"]], r["variables"], record=True, **own_dt(r))
                       for r in records_of(model)}
        self.net.add(*self.spikes.values(), *self.states.values())

    def add_group(self, text):
        options = {key: text[key] for key in ("threshold", "reset", "refractory", "method") if text.get(key)}
        if "events" in text:
            options["events"] = dict(text["events"])  # it adds the spikes to its argument
        group = b2.NeuronGroup(text["n"], text.get("equations", ""), name=text["name"], namespace=self.names, **options,
                               **own_dt(text))
        self.objects[text["name"]] = group
        for event, code in text.get("event_code", {}).items():
            group.run_on_event(event, code)
        for event, when in text.get("event_schedule", {}).items():
            group.set_event_schedule(event, when=when)

    def weight(self, text):
        """A text, unless it is a quantity."""
        try:
            return quantity(text)
        except NameError:
            return text

    def add_synapses(self, text):
        ends = [self.part(text[side], text.get(side + "_slice")) for side in ("source", "target")]
        options = {key: text[key] for key in ("on_pre", "on_post", "on_event", "method") if text.get(key)}
        if "delay" in text:
            several = isinstance(text["delay"], dict)
            options["delay"] = {n: quantity(d) for n, d in text["delay"].items()} if several else quantity(text["delay"])
        synapses = b2.Synapses(*ends, text.get("equations", ""), name=text["name"], namespace=self.names,
                               multisynaptic_index=text.get("multisynaptic"), **options, **own_dt(text))
        self.objects[text["name"]] = synapses
        self.connect(synapses, text)
        self.set(synapses, text)
        for pathway, value in text.get("delays", {}).items():
            self.assign(getattr(synapses, pathway), "delay", value, False)

    def part(self, name, limits):
        return self.objects[name][limits[0]:limits[1]] if limits else self.objects[name]

    def connect(self, synapses, text):
        options = {key: text[key] for key in ("condition", "p", "i", "j") if key in text}
        synapses.connect(skip_if_invalid=text.get("skip", False), n=text.get("copies", 1), **options)

    def set(self, owner, text):
        for variable, value in text.get("initial", {}).items():
            self.assign(owner, variable, value, owner.variables[variable].scalar)
            self.initial.append((text["name"], variable))

    def assign(self, owner, variable, value, shared):
        globals().update(self.names)  # a text is read with the names of the frame that assigns it
        if shared:
            setattr(owner, variable, quantity(value))
        else:
            setattr(owner, variable, value)
        for name in self.names:
            del globals()[name]

    def act(self, stage):
        """Runs for a time, or changes something between two runs."""
        if isinstance(stage, str):
            self.net.run(quantity(stage), namespace=self.names)
        elif "delay" in stage:
            owner, pathway, delay = stage["delay"]
            getattr(self.objects[owner], pathway).delay = quantity(delay)
        elif "dt" in stage:
            b2.defaultclock.dt = quantity(stage["dt"])
        elif "connect" in stage:
            self.connect(self.objects[stage["connect"][0]], stage["connect"][1])
        else:
            owner, variable, value = stage["set"]
            self.assign(self.objects[owner], variable, value, False)

    def run(self):
        for stage in self.model["durations"]:
            self.act(stage)
        result = {"spikes": {}, "traces": {}, "final": {}}
        for name, monitor in self.spikes.items():
            result["spikes"][name] = {"i": np.array(monitor.i), "t": np.array(monitor.t / b2.second)}
        for record in records_of(self.model):
            for variable in record["variables"]:
                trace = getattr(self.states[record["group"]], variable + "_")
                result["traces"][f"{record['group']}.{variable}"] = np.array(trace)
        for name, variable in self.initial:
            values = np.atleast_1d(np.array(getattr(self.objects[name], variable + "_")[:]))
            result["final"][f"{name}.{variable}"] = values
        return result


def differences(model, ours, theirs):
    """What is wrong with an exact model, a list of texts."""
    dts = {g["name"]: seconds(g["dt"]) for g in model["groups"] + model.get("generators", []) if "dt" in g}
    wrong = []
    for name, spikes in theirs["spikes"].items():
        dt = dts.get(name.split(".")[0], seconds(model.get("dt", "0.1*ms")))
        ours_here = ours["spikes"].get(name, {"i": [], "t": []})
        a = sorted(zip(np.rint(np.array(ours_here["t"]) / dt).astype(int), ours_here["i"]))
        b = sorted(zip(np.rint(spikes["t"] / dt).astype(int), spikes["i"]))
        if a != b:
            at = next((k for k, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            wrong.append(f"spikes of {name}: {len(a)} and {len(b)}, first difference at {a[at:at + 1]} and {b[at:at + 1]}")
    for what in ("traces", "final"):
        for name, values in theirs[what].items():
            x, y = np.array((ours.get(what) or {}).get(name, []), dtype=float), np.array(values, dtype=float)
            if x.shape != y.shape:
                wrong.append(f"{what} {name}: shapes {x.shape} and {y.shape}")
                continue
            scale = max(np.max(np.abs(y), initial=0), 1e-300)
            error = np.max(np.abs(x - y), initial=0) / scale
            if not error <= TOLERANCE:
                wrong.append(f"{what} {name}: {error:.2g} of the largest value apart")
    return wrong


def distance(x, y):
    """Of two samples by Kolmogorov and Smirnov, and what equal distributions exceed with probability REJECT."""
    points = np.sort(np.concatenate([x, y]))
    apart = np.abs(np.searchsorted(np.sort(x), points, "right") / len(x) - np.searchsorted(np.sort(y), points, "right") / len(y))
    limit = math.sqrt(-math.log(REJECT / 2) / 2 * (len(x) + len(y)) / (len(x) * len(y)))
    return np.max(apart), limit


def distribution_differences(model, ours, theirs):
    wrong = []
    pairs = []
    for name, spikes in theirs["spikes"].items():
        n = next(g["n"] for g in model["groups"] + model.get("poisson", []) if g["name"] == name.split(".")[0])
        pairs.append((f"spikes of {name}", np.bincount(ours["spikes"][name]["i"], minlength=n),
                      np.bincount(spikes["i"], minlength=n)))
    for name, values in theirs["final"].items():
        pairs.append((name, np.array(ours["final"][name], dtype=float), values))
    assert any(name.endswith("." + model["observe"]) for name, _, _ in pairs)
    for name, x, y in pairs:
        found, limit = distance(x, y)
        if found > limit:
            wrong.append(f"{name}: distributions {found:.3f} apart (limit {limit:.3f}); means {np.mean(x):.4g} and {np.mean(y):.4g}")
    return wrong


def run_ours(program, models):
    with tempfile.TemporaryDirectory() as folder:
        told, results = os.path.join(folder, "models.json"), os.path.join(folder, "results.json")
        with open(told, "w") as file:
            json.dump([for_ranvier(model) for model in models], file)
        subprocess.run([program, told, results], check=True)
        with open(results) as file:
            return json.load(file)


def main():
    program, wanted = sys.argv[1], sys.argv[2:]
    models = [m for m in MODELS if not wanted or m["name"] in wanted]
    results = run_ours(program, models)
    failed = 0
    for model in models:
        ours = results[model["name"]]
        if "error" in ours:
            wrong = [ours["error"]]
        else:
            theirs = Reference(model).run()
            wrong = (distribution_differences if "observe" in model else differences)(model, ours, theirs)
        print("FAILED" if wrong else "passed", model["name"])
        for line in wrong:
            print("  ", line)
        failed += bool(wrong)
    print(f"{len(models) - failed} passed, {failed} failed")
    return 1 if failed or not models else 0


if __name__ == "__main__":
    sys.exit(main())
