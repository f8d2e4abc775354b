"""Every ratio of CloudMatrix 384 to GB200 NVL72 that the page prints, each with its name: one quantity, one number."""

from __future__ import annotations

import math

import pandas as pd

from helpers.clusters.studies.electricity import SYSTEMS, kw_per_pflop, tie
from helpers.clusters.studies.ratio import ratio_spread
from helpers.clusters.studies.work import bill_at, equal_work
from helpers.core import data


def named_ratios() -> pd.DataFrame:
    """How many times as much CloudMatrix 384 takes as GB200 NVL72, measure by measure.

    Returns
    -------
    DataFrame
        Indexed by ``measure``; ``low``, ``central``, ``high`` (times; NaN where one figure only), ``held`` (what is
        held equal, and what is counted).
    """
    systems = data.load("systems").set_index("system")
    a, b = (systems.loc[name] for name in SYSTEMS)
    peaks = a["bf16_pflops_dense"] / a["accelerator_count"] / (b["bf16_pflops_dense"] / b["accelerator_count"])
    work = equal_work(*SYSTEMS, 0.375, 0.355, 1, "peak_tflops").ratios
    per = {name: kw_per_pflop(name) for name in SYSTEMS}
    tied = tie(b["power_kw"], a["power_kw"], 0.091, b["price_usd"], a["price_usd"], 5)
    one, spread = math.nan, ratio_spread()
    reported = per[SYSTEMS[1]][1] / per[SYSTEMS[0]][1]
    rows = [
        ("Chips, by peak alone", one, peaks, one, "16-bit peak as reported for both systems"),
        ("Chips, delivered work", *work["Chips"], "utilisation of 37.5 and 35.5%, the maker’s lower peak of a 910C"),
        ("Electricity, systems alone", one, reported, one, "one petaFLOP of peak, power as reported, no cooling"),
        ("Power at the meter", *work["Power at the meter"], "delivered work, cooling included"),
        ("Electricity bill, systems alone", one, tied.bill / tied.running_a, one, "5.6 cents against 9.1, no cooling"),
        ("Capital", *work["Capital"], "delivered work, links that follow the chips"),
        ("All costs", one, bill_at(0.056)[0], one, "delivered work, central values, 5.6 cents against 9.1"),
        ("All costs, every range drawn", spread.low, spread.middle, spread.high, "nine draws of ten"),
    ]
    return pd.DataFrame(rows, columns=["measure", "low", "central", "high", "held"]).set_index("measure")
