"""The statistics of the open problem, written anew from the pre-registration: Python's standard library and nothing else.

Reads a JSON list of plans on standard input, each with the folder of its runs, and prints, for every arm, the rate that validation
chooses, and the differences to V: mean, t interval, two-sided p and Holm's correction, in accuracy (points) and loss (nats).
"""

import json
import math
import sys


def density(x, freedom):
    log = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
    return math.exp(log - (freedom + 1) / 2 * math.log1p(x * x / freedom))


def simpson(f, low, high, panels=2000):
    step = (high - low) / (2 * panels)
    total = f(low) + f(high)
    for i in range(1, 2 * panels):
        total += f(low + i * step) * (4 if i % 2 else 2)
    return total * step / 3


def two_sided(t, freedom):
    """P(|T| > t), by integrating the density; the tail in the variable t/x, so that small tails keep their digits."""
    t = abs(t)
    if t < 1:
        return 1 - 2 * simpson(lambda x: density(x, freedom), 0, t)
    return 2 * simpson(lambda s: density(t / s, freedom) * t / (s * s) if s > 0 else 0.0, 0, 1)


def quantile(level, freedom):
    low, high = 0.0, 100.0
    while high - low > 1e-11:
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, freedom) > 1 - level else (low, middle)
    return (low + high) / 2


known = {}


def compare(pairs):
    n = len(pairs)
    differences = [a - b for a, b in pairs]
    mean = math.fsum(differences) / n
    deviation = math.sqrt(math.fsum((d - mean) ** 2 for d in differences) / (n - 1))
    error = deviation / math.sqrt(n)
    if n not in known:
        known[n] = quantile(0.95, n - 1)
    p = two_sided(mean / error, n - 1) if error > 0 else float(mean == 0)
    return {"mean": mean, "low": mean - known[n] * error, "high": mean + known[n] * error, "p": p}


def correct(members):
    """Holm: the smallest p times the number of members, the next times one less, never falling, never above 1."""
    floor = 0.0
    for rank, member in enumerate(sorted(members, key=lambda m: m["p"])):
        floor = max(floor, min(1.0, (len(members) - rank) * member["p"]))
        member["holm"] = floor


def chosen(lines, arm, plan):
    if len(plan["rates"]) == 1:
        return plan["rates"][0]
    best = []
    for rate in plan["rates"]:
        here = [l["validation"] for l in lines if l["stage"] == "select" and (l["arm"], l["alpha"], l["rate"]) == (*arm, rate)]
        best.append((-math.fsum(v[1] / v[2] for v in here), math.fsum(v[0] for v in here), rate))
    return min(best)[2]


def results(plan):
    with open(plan["file"], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    arms = [(variant["arm"], variant["alpha"]) for variant in plan["variants"]]
    rates = {arm: chosen(lines, arm, plan) for arm in arms}
    runs = {arm: {} for arm in arms}
    for line in lines:
        arm = (line["arm"], line["alpha"])
        if line["stage"] == "main" and line["seed"] in plan["seeds"] and rates.get(arm) == line["rate"]:
            loss, right, asked = line["test"]
            runs[arm][line["seed"]] = {"accuracy": 100 * right / asked, "loss": loss}
    base = runs[("V", 0)]
    found = []
    for measure in ("accuracy", "loss"):
        families = {}
        for arm in arms:
            if arm[0] == "V":
                continue
            seeds = sorted(set(runs[arm]) & set(base))
            one = compare([(runs[arm][seed][measure], base[seed][measure]) for seed in seeds])
            one.update(arm=arm[0], alpha=arm[1], measure=measure, rate=rates[arm], n=len(seeds))
            families.setdefault(arm[0] if arm[0] in plan["families"] else "others", []).append(one)
        for members in families.values():
            correct(members)
            found.extend(members)
    return {"plan": plan["name"], "arms": found}


print(json.dumps([results(plan) for plan in json.load(sys.stdin)]))
