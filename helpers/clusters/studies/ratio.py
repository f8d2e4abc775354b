"""What moves the ratio of costs, CloudMatrix 384 over GB200 NVL72, one assumption at a time and all at once."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.clusters import model as clusters
from helpers.clusters.studies.values import Range, block, parameter
from helpers.core import chance
from helpers.core.limits import fitting, one_number, within

# Input of `cost_ratio` -> (words, parameter, place, factor and unit of its label).
INPUTS = {
    "use_a": ("Use of peak, NVL72", "utilisation", "US", 100, "%"),
    "use_b": ("Use of peak, CloudMatrix", "utilisation", "CN", 100, "%"),
    "usd_kwh_a": ("Electricity price, NVL72", "electricity_price", "US", 100, " cents"),
    "usd_kwh_b": ("Electricity price, CloudMatrix", "electricity_price", "CN", 100, " cents"),
    "pue_a": ("Site over computers (PUE), NVL72", "pue", "US", 1, ""),
    "pue_b": ("Site over computers (PUE), CloudMatrix", "pue", "CN", 1, ""),
    "exponent": ("Growth of links, exponent of chips", "network_exponent", "all", 1, ""),
    "share": ("Network’s share of NVL72’s cluster", "network_share", "all", 100, "%"),
    "years": ("Years of use", "years", "all", 1, " years"),
    "load": ("Average over highest power", "load_factor", "all", 100, "%"),
    "site_a": ("Site, NVL72", "site_cost", "US", 1, " USD per kW and month"),
    "site_b": ("Site, CloudMatrix", "site_cost", "CN", 1, " USD per kW and month"),
}
# The same for what a block has: (words, block, quantity, factor and unit).
HARDWARE = {
    "peak_b": ("Peak of a 910C", "CloudMatrix 384", "peak_tflops", 1, " TFLOPS"),
    "watts_a": ("Power, NVL72", "GB200 NVL72", "it_power_w", 72 / 1000, " kW"),
    "watts_b": ("Power, CloudMatrix", "CloudMatrix 384", "it_power_w", 384 / 1000, " kW"),
    "usd_a": ("Price, NVL72", "GB200 NVL72", "hardware_usd", 72 / 1e6, " million USD"),
}


# Input of `cost_ratio` -> its valid range.
_RANGES = {
    "use_a": (0.01, 1), "use_b": (0.01, 1), "usd_kwh_a": (-1, 5), "usd_kwh_b": (-1, 5), "pue_a": (1, 3), "pue_b": (1, 3),
    "exponent": (0, 2), "share": (0, 0.9), "years": (0.5, 100), "load": (0, 1), "site_a": (0, 1e4), "site_b": (0, 1e4),
    "peak_b": (0.1, 1e6), "watts_a": (1, 1e5), "watts_b": (1, 1e5), "usd_a": (0, 1e7), "usd_b": (0, 1e7),
}  # fmt: skip


def cost_ratio(**v: Any) -> Any:
    """Cost of a delivered petaFLOP-hour on CloudMatrix 384 over NVL72; names as in `ratio_inputs`.

    Raises
    ------
    ValueError
        A value outside its range, a name that is missing or unknown.
    """
    if wrong := (set(v) ^ set(_RANGES)) - {"usd_b"}:
        raise ValueError(f"{min(map(str, wrong))} is missing or unknown; the inputs are {', '.join(_RANGES)}.")
    v = {name: within(name, value, *_RANGES[name]) for name, value in v.items()}
    fitting(**v)
    peak_a, usd_b = block("GB200 NVL72")["peak_tflops"][1], v.get("usd_b", block("CloudMatrix 384")["hardware_usd"][1])
    n = clusters.equal_work(peak_a, v["use_a"], v["peak_b"], v["use_b"])
    link = clusters.network_usd(block("GB200 NVL72")["hardware_usd"][1], v["share"])
    charge = clusters.capital_charge("straight_line", v["years"])
    both = {"charge": charge, "load_factor": v["load"]}
    cost_a = clusters.cost_per_pflop_hour(
        peak_a, v["use_a"], v["usd_a"], v["watts_a"], v["usd_kwh_a"], pue=v["pue_a"],
        network_usd=link, site_usd_per_kw_month=v["site_a"], **both,
    )  # fmt: skip
    cost_b = clusters.cost_per_pflop_hour(
        v["peak_b"], v["use_b"], usd_b, v["watts_b"], v["usd_kwh_b"], pue=v["pue_b"],
        network_usd=link * clusters.network_growth(n, v["exponent"]) / n, site_usd_per_kw_month=v["site_b"], **both,
    )  # fmt: skip
    return sum(cost_b.values()) / sum(cost_a.values())


@cache
def ratio_inputs() -> dict[str, Range]:
    """Low, central and high of each input of `cost_ratio`."""
    inputs = {key: parameter(name, place) for key, (_, name, place, *_) in INPUTS.items()}
    return inputs | {key: block(name)[quantity] for key, (_, name, quantity, *_) in HARDWARE.items()}


def ratio_at(**changes: float) -> float:
    """`cost_ratio` with every input at its central value, except those given."""
    for name, value in changes.items():
        one_number(name, value)
    return float(cost_ratio(**{k: v[1] for k, v in ratio_inputs().items()} | changes))


def tornado() -> pd.DataFrame:
    """What each assumption alone does to `cost_ratio` when it runs over its range, the widest first.

    Returns
    -------
    DataFrame
        By input of `ratio_inputs`: ``words``; ``least`` and ``most``, the ends of the ratio; ``start`` and ``end`` of the
        range in ``unit``.
    """
    inputs, rows = ratio_inputs(), {}
    for key, ends in chance.one_at_a_time(cost_ratio, inputs).items():
        words, *_, factor, unit = (INPUTS | HARDWARE)[key]
        low, _, high = inputs[key]
        rows[key] = (words, min(ends), max(ends), low * factor, high * factor, unit)
    frame = pd.DataFrame.from_dict(rows, "index", columns=["words", "least", "most", "start", "end", "unit"])
    return frame.loc[(frame["least"] - frame["most"]).sort_values(kind="stable").index]


class Spread(NamedTuple):
    """`cost_ratio` with its inputs moving together.

    Attributes
    ----------
    low, middle, high : float
        5th, 50th and 95th percentile of draws.
    below : float
        Share of the draws below 1.
    together : int
        How many inputs, the one that moves most first, must stand at the end that favours CloudMatrix for a ratio below 1;
        the others are central.
    best : float
        The ratio with all inputs at that end.
    """

    low: float
    middle: float
    high: float
    below: float
    together: int
    best: float


def ratio_spread() -> Spread:
    """How far the ratio of costs goes when all assumptions move at once."""
    ranges = ratio_inputs()
    drawn = np.asarray(cost_ratio(**chance.sample(ranges)))
    best = [min((ratio_at(**{k: end}), k, end) for end in (low, high)) for k, (low, _, high) in ranges.items()]
    ends = {k: end for _, k, end in sorted(best)}
    path = [ratio_at(**dict(list(ends.items())[: n + 1])) for n in range(len(ends))]
    low, middle, high = (float(v) for v in np.percentile(drawn, [5, 50, 95]))
    together = 1 + next(n for n, ratio in enumerate(path) if ratio < 1)
    return Spread(low, middle, high, float((drawn < 1).mean()), together, path[-1])


# What must hold for equal cost: words -> (changes from the central values, input that moves, span, factor, format).
FLIPS = {
    "Price of a GB200 NVL72": ({}, "usd_a", (20_000, 300_000), 72 / 1e6, "{:.1f} million USD"),
    "Price of a CloudMatrix 384": ({}, "usd_b", (0, 30_000), 384 / 1e6, "{:.1f} million USD"),
    "The same, if links follow the work": ({"exponent": 0.0}, "usd_b", (0, 30_000), 384 / 1e6, "{:.1f} million USD"),
    "Share of its peak that CloudMatrix gets": ({}, "use_b", (0.1, 1), 100, "{:.1f}%"),
    "Electricity price of CloudMatrix": ({}, "usd_kwh_b", (-1, 0.5), 100, "{:.1f} US cents per kWh"),
    "Electricity price of NVL72": ({}, "usd_kwh_a", (0, 3), 100, "{:.1f} US cents per kWh"),
    "Power of a CloudMatrix 384": ({}, "watts_b", (1, 1500), 384 / 1000, "{:,.0f} kW"),
    "Years of use": ({}, "years", (0.5, 100), 1, "{:.0f} years"),
}  # fmt: skip


def flips() -> pd.DataFrame:
    """Value of one assumption, the others central, at which CloudMatrix would cost as much as NVL72.

    Returns
    -------
    DataFrame
        By assumption: ``now`` and ``at`` in the unit of its words; ``at`` is NaN where no value searched ties.
    """
    central = {k: v[1] for k, v in ratio_inputs().items()} | {"usd_b": block("CloudMatrix 384")["hardware_usd"][1]}
    rows = {
        words: (factor * central[key], factor * chance.flips_at(cost_ratio, central | changes, key, *span))
        for words, (changes, key, span, factor, _) in FLIPS.items()
    }
    return pd.DataFrame.from_dict(rows, "index", columns=["now", "at"]).rename_axis("Assumption")
