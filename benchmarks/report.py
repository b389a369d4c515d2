"""Tables of benchmarks/RESULTS.md."""

import statistics


def median(times):
    return statistics.median(times) if times else None


def ratio(row, side):
    """How many times as long the side takes as Ranvier: the median over rounds that followed one another."""
    pairs = zip(row["times"].get(side, []), row["times"]["ours"])
    return median([theirs / ours for theirs, ours in pairs])


def shown(value, digits=3):
    return "-" if value is None else f"{value:.{digits}g}"


def spread(times):
    return f"{median(times):.3g} ({min(times):.3g}-{max(times):.3g})" if times else "-"


def line(row):
    times = row["times"]
    parts = [f"{side} {spread(times[side])}" for side in times]
    ratios = [f"{side}/ours {ratio(row, side):.2f}" for side in times if side != "ours"]
    return f"{row['id']} {row['name']} {row['size']}: us per step: " + ", ".join(parts) + "; " + ", ".join(ratios)
