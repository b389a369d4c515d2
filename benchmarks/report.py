"""Tables and the picture of benchmarks/RESULTS.md."""

import statistics
import subprocess

HEAD = """# Results

Made by `benchmarks/results{quick}` on {date}; see [README.md](README.md) for what is measured and how.

- Machine: {machine}. Load when it began and ended: {load}: **others {busy}**, which the caches felt: ratios mean more than times.
- Peers: {peers}.
- Times are medians of rounds in turns (ours, hand, peers, ours, ...), with the least and the longest in parentheses;
  ratios are medians over rounds that followed one another. One thread, float64. Times of
  networks are processor time, so that waiting for others is no part of them.
"""

PROBES = (("L1 read", "l1", 1e-9, "GB/s"), ("L2 read", "l2", 1e-9, "GB/s"), ("memory read", "memory", 1e-9, "GB/s"),
          ("L1 read and written back", "l1_update", 1e-9, "GB/s"), ("L2 read and written back", "l2_update", 1e-9, "GB/s"),
          ("memory read and written back", "memory_update", 1e-9, "GB/s"),
          ("multiply-adds", "multiply_adds", 1e-9, "1/ns"), ("divisions", "divisions", 1e-9, "1/ns"),
          ("scattered additions to 10^4", "scatter_adds_cached", 1e-9, "1/ns"),
          ("scattered additions to 10^6", "scatter_adds", 1e-9, "1/ns"), ("barrier of two threads", "barrier", 1e6, "us"))


def median(values):
    return statistics.median(values) if values else None


def ratio(row, side):
    """How many times as long the side takes as Ranvier: the median over rounds that followed one another."""
    return median([theirs / ours for theirs, ours in zip(row["times"].get(side, []), row["times"]["ours"])])


def shown(value, digits=3):
    return "-" if value is None else f"{value:.{digits}g}"


def spread(times):
    return f"{median(times):.3g} ({min(times):.3g}-{max(times):.3g})" if times else "-"


def line(row):
    times = row["times"]
    ratios = [f"{side}/ours {ratio(row, side):.2f}" for side in times if side != "ours"]
    return (f"{row['id']} {row['name']} {row['size']}: us per step: "
            + ", ".join(f"{side} {spread(times[side])}" for side in times) + "; " + ", ".join(ratios))


def limit(row, probe):
    """The least a step can take [us]: every byte of the state moved, or every operation; every event added."""
    neurons = row["neurons"] if row["bytes"] else 0
    state = neurons * row["bytes"]
    held = state / 2  # what is read is written back
    bandwidth = probe["l1_update"] if held < 40e3 else probe["l2_update"] if held < 2e6 else probe["memory_update"]
    update = max(state / bandwidth, neurons * row["operations"] / 2 / probe["multiply_adds"])
    events = row["ours"]["rate"] * row["dt"] * row["synapses"]
    matrix = row["event_bytes"] * row["synapses"]
    adding = probe["scatter_adds_cached"] if row["size"] <= 10_000 else probe["scatter_adds"]
    moved = row["event_bytes"] / (probe["l2"] if matrix < 2e6 else probe["memory"])
    return (update + events * max(1 / adding, moved)) * 1e6


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(str, cells)) + " |\n" for cells in lines)


def weights(side):
    return f"{side['weight']:.5g} ± {side['weight_sd']:.3g}" if side.get("weight_sd") else "-"


def networks(rows, probe):
    peers = sorted({side for row in rows for side in row["times"]} - {"ours", "hand"})
    times, valid = [], []
    for row in rows:
        name = f"{row['id']} {row['name']} {row['size']}"
        ours = median(row["times"]["ours"])
        times.append([name, *(spread(row["times"].get(side)) for side in ("ours", "hand", *peers)),
                      *(shown(ratio(row, side)) for side in ("hand", *peers)), f"{limit(row, probe) / ours:.0%}"])
        same = "-" if "hand" not in row else "drawn apart" if row["id"] == "B9" else f"{row['same_until']:.3g} s"
        ours_did, hand_did = row["ours"], row.get("hand", {})
        valid.append([name, f"{row['compared']:.3g} s", *(shown(side.get("rate"), 4) for side in (ours_did, hand_did)),
                      *(shown(side.get("cv")) for side in (ours_did, hand_did)), *map(weights, (ours_did, hand_did)),
                      same, shown(row["connect_s"] / row["synapses"] * 1e9 if row["synapses"] else None),
                      shown(row["compile_s"] * 1e3)])
    return ("\n## Networks\n\nMicroseconds a step. `hand / ours` of 1 is as fast as hand-written C++, above is faster. The "
            "limit is that of section \"Machine\": every byte of state moved once, every event added.\n\n"
            + table(["network", *(f"{side} us" for side in ("ours", "hand", *peers)),
                     *(f"{side} / ours" for side in ("hand", *peers)), "of the limit"], times)
            + "\n### Validity\n\nThe same model time from the same synapses and state: rates [Hz], the mean coefficient of "
            "variation of inter-spike intervals, weights of synapses "
            "that learn (mean, standard deviation), and for how long ours and the hand-written network have the same spikes.\n\n"
            + table(["network", "time", "rate", "by hand", "CV", "by hand", "weights", "by hand", "same spikes for", "connect ns/synapse", "compile ms"], valid))


def latency(programs, repetitions):
    steps = subprocess.run([programs / "bench_first_step"], check=True, stdout=subprocess.PIPE, text=True).stdout
    runs = [subprocess.run([programs / "bench_whole_run", "seed"], check=True, stdout=subprocess.PIPE, text=True).stdout
            for _ in range(repetitions)]
    return ("\n## Latency (B11) and the seed network\n\nMilliseconds from the texts to the first executed step, medians over 20 "
            "processes; the start of the process is part of `cold`. `warm new`: another model in the same process; `value`: "
            "a constant was changed.\n\n```\n" + steps + "```\n\nThe seed network, 500 ms of model time from its texts to its "
            f"last step in a cold process, on all cores: {spread([float(run) for run in runs])} ms.\n")


def machine(probes):
    rows = [[name, *(shown(probe[key] * scale) for probe in probes), unit] for name, key, scale, unit in PROBES]
    return "\n## Machine\n\nOne core, before and after.\n\n" + table(["what", "before", "after", ""], rows)


def write(folder, facts, rows, programs):
    peers = ", ".join(f"{name} {version}" if version else f"{name} not installed"
                      for name, version in facts["versions"].items())
    best = {key: (min if key == "barrier" else max)(probe[key] for probe in facts["probes"]) for key in facts["probes"][0]}
    busy = "worked on it" if max(facts["load"]) > 1.5 else "hardly worked on it"
    text = HEAD.format(quick=" --quick" if facts["quick"] else "", date=facts["date"], machine=facts["machine"], busy=busy,
                       load=", ".join(f"{load:.1f}" for load in facts["load"]), peers=peers)
    lines = "".join(f"{row['name']} {row['size']} {ratio(row, side)} {side}\n" for row in rows
                    for side in row["times"] if side != "ours")
    subprocess.run([programs / "bench_picture", folder / "results.png"], input=lines, text=True, check=True)
    text += "\n![how many times as long as Ranvier the others take](results.png)\n"
    text += networks(rows, best) + latency(programs, 3 if facts["quick"] else 9) + machine(facts["probes"])
    (folder / "RESULTS.md").write_text(text, encoding="utf-8")
