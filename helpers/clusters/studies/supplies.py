"""What can be made in a year of 910C-like chips, by each limit, for one buyer and for a country."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.clusters import model as clusters
from helpers.clusters.studies.values import (
    DIES_PER_CHIP,
    DIES_PER_WAFER,
    STACKS_PER_CHIP,
    Range,
    band,
    common_draws,
    pair_draws,
)
from helpers.core import data
from helpers.core.limits import within


class Made(NamedTuple):
    """Chips of a year against a target.

    Attributes
    ----------
    chips : float
        What can be made.
    binding : str
        The limit that binds, of `model.LIMITS`.
    limits : dict of str to float
        Chips by each limit alone.
    short : list of str
        Limits below the target.
    wafers, stacks, packages : float
        What the target takes: wafers a month, memory stacks and packages started.
    good_dies : float
        Share of good dies that would do in place of more wafers; NaN where there are no wafers.
    """

    chips: float
    binding: str
    limits: dict[str, float]
    short: list[str]
    wafers: float
    stacks: float
    packages: float
    good_dies: float


def made(
    wafers: float, dies: float, die_yield: float, stacks: float, packages: float, packaged: float, target: float
) -> Made:
    """910C-like chips that a year's inputs allow, and what a target would take.

    Parameters
    ----------
    wafers : float
        A month.
    dies : float
        Whole dies on a wafer.
    die_yield, packaged : float, fractions
        Good dies, and packages that come out good.
    stacks, packages, target : float
        A year: memory stacks, packages started, chips wanted.

    Examples
    --------
    >>> m = made(7000, 78, 0.30, 13e6, 2e6, 1, 1.5e6)
    >>> m.binding, round(m.chips), round(m.wafers), round(m.good_dies, 2)
    ('dies', 982800, 10684, 0.46)
    """
    within("wafers", wafers, 0, 1e7)
    within("dies", dies, 1, 1e5)
    within("die_yield", die_yield, 0.001, 1)
    within("stacks", stacks, 0, 1e10)
    within("packages", packages, 0, 1e10)
    within("packaged", packaged, 0.01, 1)
    within("target", target, 0, 1e9)
    found = clusters.supply(wafers, dies, die_yield, DIES_PER_CHIP, stacks, STACKS_PER_CHIP, packages, packaged)
    limits = {limit: float(chips) for limit, chips in found.limits.items()}
    wafers_for = float(clusters.wafers_needed(target, dies, die_yield, DIES_PER_CHIP, packaged))
    return Made(
        float(found.chips),
        str(found.binding),
        limits,
        [limit for limit, chips in limits.items() if chips < target],
        wafers_for,
        target * STACKS_PER_CHIP / packaged,
        target / packaged,
        die_yield * wafers_for / wafers if wafers else float("nan"),
    )


def scenarios() -> pd.DataFrame:
    """Published accounts put through `model.supply`.

    Returns
    -------
    DataFrame
        ``data/supply_scenarios.csv`` with ``made`` (chips) and ``binding``.
    """
    table = data.load("supply_scenarios")
    found = [
        clusters.supply(
            r.wafers_per_month, r.dies_per_wafer, r.die_yield, r.dies_per_chip, r.hbm_stacks, r.stacks_per_chip,
            r.packages, r.package_yield, r.banked_dies,
        )
        for r in table.itertuples()
    ]  # fmt: skip
    return table.assign(made=[float(s.chips) for s in found], binding=[str(s.binding) for s in found])


def in_print() -> dict[str, tuple[float, float]]:
    """Wafers a month and memory stacks a year, least and most, by the accounts that give them.

    Returns
    -------
    dict of str to tuple
        "wafers" and "memory"; what we filled in ourselves (column ``ours``) is left out.

    Examples
    --------
    >>> in_print()
    {'wafers': (7000.0, 13000.0), 'memory': (2400000.0, 13000000.0)}
    """
    table, found = data.load("supply_scenarios"), {}
    for what, column in (("wafers", "wafers_per_month"), ("memory", "hbm_stacks")):
        given = table.loc[~table["ours"].str.contains(what), column]
        found[what] = float(given.min()), float(given.max())
    return found


class Nation(NamedTuple):
    """A year's new compute, built of 910C.

    Attributes
    ----------
    chips, kw, wafers, stacks : float
        Chips; average power at the meters; wafers a month and memory stacks that they take.
    of_china, of_us, of_wafers, of_stacks : Range
        Shares of what China's and the United States' new wind and solar plants of 2025 yield, of the wafers and of
        the stacks to be had: low, central, high; 1 is all of it.
    """

    chips: float
    kw: float
    wafers: float
    stacks: float
    of_china: Range
    of_us: Range
    of_wafers: Range
    of_stacks: Range


def nation(h100s: float, die_yield: float, wafers: float, stacks: float, capacity_factor: float) -> Nation:
    """A year's new compute against a year's new power, and against wafers and memory.

    Parameters
    ----------
    h100s : float
        Peak arithmetic wanted, in H100s.
    die_yield : float, a fraction
    wafers, stacks : float
        To be had: wafers a month for AI chips, memory stacks a year.
    capacity_factor : float, a fraction
        Average over highest output of China's new wind and solar plants.
    """
    within("h100s", h100s, 0, 1e8)
    within("die_yield", die_yield, 0.001, 1)
    within("wafers", wafers, 1, 1e7)
    within("stacks", stacks, 1, 1e10)
    within("capacity_factor", capacity_factor, 0.01, 1)
    h100, of = pair_draws("HGX H100", "CloudMatrix 384")
    chips = h100s * clusters.equal_work(h100["peak_tflops"], 1, of["peak_tflops"], 1)
    kw = clusters.facility_power_kw(chips, of["it_power_w"], 1, of["pue"], common_draws()["load_factor"])
    row = data.load("electricity").set_index("row_id")["central"]
    china = clusters.grid_share(kw, row["cn-wind-solar-added-2025"], capacity_factor)
    us = clusters.grid_share(kw, row["us-wind-solar-added-2025"], row["us-capacity-factor"])
    taken = clusters.wafers_needed(chips, DIES_PER_WAFER, die_yield, DIES_PER_CHIP)
    memory = chips * STACKS_PER_CHIP
    needs = (float(np.ravel(v)[0]) for v in (chips, kw, taken, memory))
    return Nation(*needs, *(band(share) for share in (china, us, taken / wafers, memory / stacks)))
