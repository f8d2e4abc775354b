"""Every ratio of CloudMatrix 384 to GB200 NVL72 that the page prints, each with its name: one quantity, one number."""

from __future__ import annotations

import math

import pandas as pd

from helpers.clusters.studies.electricity import SYSTEMS, systems_tie
from helpers.clusters.studies.ratio import ratio_spread
from helpers.clusters.studies.work import cost_of_work, equal_work
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
    one, spread = math.nan, ratio_spread()
    paid, counter = 0.056, 0.091
    power = [counter / cents for cents in reversed(systems_tie())]  # the price that ties is A's price over the ratio
    bills = [ratio * paid / counter for ratio in power]
    costs = cost_of_work(*SYSTEMS, counter, paid, 0.355, "straight_line").ratio
    rows = [
        ("Chips, by peak alone", one, peaks, one, "16-bit peak as reported for both systems"),
        ("Chips, delivered work", *work["Chips"], "utilisation of 37.5 and 35.5%, the maker’s lower peak of a 910C"),
        ("Electricity, systems alone", *power, "one petaFLOP of peak, all power figures in print, no cooling"),
        ("Power at the meter", *work["Power at the meter"], "delivered work, cooling included"),
        ("Electricity bill, systems alone", *bills, "5.6 cents against 9.1, no cooling"),
        ("Capital", *work["Capital"], "delivered work, links that follow the chips"),
        (
            "All costs",
            *costs,
            "delivered work, 5.6 cents against 9.1; utilisation, links and the price of a CloudMatrix fixed",
        ),
        ("All costs, every range drawn", spread.low, spread.middle, spread.high, "nine draws of ten"),
    ]
    return pd.DataFrame(rows, columns=["measure", "low", "central", "high", "held"]).set_index("measure")
