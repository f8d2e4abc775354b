"""What is in print: yields, capacity, densities and wafer prices; what they make of a good die."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.core import data
from helpers.core.limits import within
from helpers.lithography import model as litho
from helpers.wafers import model as wafers

PREMIUM = (1.4, 1.45, 1.5)  # SMIC's wafer price over TSMC's, reported: 40 to 50% more
TSMC_YIELD = 0.55  # 0.10 defects per cm2 on a die of 666 mm2
NODES = ["90 nm", "65 nm", "40 nm", "28 nm", "20 nm", "16FF", "10FF", "N7", "N5", "N3", "N2"]
REBUILT = "CSET, rebuilt here"
WHO = {
    "cset-2020-04-ai-chips": "CSET model of 2020, printed",
    "digitimes-2022-11-22-wafers": "DigiTimes, at introduction",
    "infonet-2023-12-wafers": "The Information Network",
    "ibs-2014-01-finfet": "IBS, cost not price (2014)",
    "trendforce-2025-10-2nm": "TrendForce, 2025",
}


def reported_yields() -> pd.DataFrame:
    """Yields reported of SMIC's AI dies, oldest first.

    Returns
    -------
    DataFrame
        ``percent``, and ``who`` said it of what and when.
    """
    return _reported_yields().copy()


@cache
def _reported_yields() -> pd.DataFrame:
    rows = data.load("smic_evidence")
    rows = rows[(rows["metric"] == "yield") & rows["subject"].str.startswith("Ascend")].sort_values(
        "as_of", kind="stable"
    )
    who = rows["subject"] + ", " + rows["claimed_by"] + ", " + rows["as_of"].dt.strftime("%b %Y")
    return pd.DataFrame({"percent": rows["value"], "who": who}).reset_index(drop=True)


class Premium(NamedTuple):
    """What a good die costs a buyer of SMIC's over TSMC's.

    Attributes: ratio; price and yields (its two factors); reported (at the reported premium of 40 and 50%);
    over_yields (at the lowest and the highest yield reported).
    """

    ratio: float
    price: float
    yields: float
    reported: tuple[float, float]
    over_yields: tuple[float, float]


def premium(price: float = 1.45, reference: float = TSMC_YIELD, own: float = 0.30) -> Premium:
    """What a premium on the wafer and two yields make of a good die's price.

    Parameters
    ----------
    price : float
        SMIC's wafer price over TSMC's.
    reference, own : float
        Yields of the same die at TSMC and at SMIC, fractions.

    Returns
    -------
    Premium

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> round(premium().ratio, 1)
    2.7
    """
    within("price", price, 0.1, 10)
    within("reference", reference, 0.001, 1)
    within("own", own, 0.001, 1)
    told = reported_yields()["percent"] / 100

    def at(share: ArrayLike, over: ArrayLike = price) -> np.ndarray:
        return litho.good_die_price_ratio(over, reference, share)

    low, high = (float(v) for v in at(own, [PREMIUM[0], PREMIUM[2]]))
    ends = (float(at(told.min())), float(at(told.max())))
    return Premium(float(at(own)), price, reference / own, (low, high), ends)


class Passes(NamedTuple):
    """Whether added passes alone explain a yield: the density it implies, and the defects each pass would add, per cm2."""

    implied_d0: float
    each: float


def passes_behind(
    own: float = 0.30, area_mm2: float = 665.61, base_d0: float = 0.10, extra_passes: float = 42
) -> Passes:
    """Defects that each added pass would have to bring for a yield to be due to passes alone.

    Parameters
    ----------
    own : float
        Yield, a fraction.
    area_mm2 : float
        Of the die.
    base_d0 : float
        Defects per cm2 without the passes.
    extra_passes : float

    Returns
    -------
    Passes

    Raises
    ------
    ValueError
        A value outside its range.

    Examples
    --------
    >>> round(passes_behind().each, 4)
    0.0029
    """
    within("own", own, 1e-4, 1)
    within("area_mm2", area_mm2, 0.01, 1e5, "mm2")
    within("base_d0", base_d0, 0, 10, "per cm2")
    within("extra_passes", extra_passes, 0.1, 1000)
    implied = float(wafers.infer_d0(area_mm2, own))
    return Passes(implied, (implied - base_d0) / extra_passes)


def capacity_frame() -> pd.DataFrame:
    """Accounts of China's advanced capacity.

    Returns
    -------
    DataFrame
        ``year``, ``starts`` (wafers a month), ``said`` (in words), ``who``, ``note``, and whether it is a ``target``
        or an upper ``bound``.
    """
    rows = data.load("smic_evidence").query("metric in ('capacity', 'capacity_target')")
    target, bound = rows["metric"] == "capacity_target", rows["value"].isna()  # a bound: “below 20,000”
    mark = np.where(target, " (a target)", np.where(bound, " (at most)", ""))
    starts = rows["value"].fillna(rows["high"])
    return pd.DataFrame(
        {
            "year": rows["as_of"].dt.strftime("%Y"),
            "starts": starts,
            "said": np.where(bound, "below ", "") + starts.map("{:,.0f}".format),
            "who": rows["claimed_by"].str.split(",").str[0] + mark,
            "note": rows["note"],
            "target": target,
            "bound": bound,
        }
    ).reset_index(drop=True)


def density_frame() -> pd.DataFrame:
    """Density by year: one row a node of TSMC or SMIC that has both.

    Returns
    -------
    DataFrame
        vendor, node, parameter, low, central, high (million transistors per mm2), year, confidence.
    """
    nodes = data.load("nodes").query("role == 'range'")
    density = nodes[nodes["parameter"].isin(["peak_logic_density_mtr_per_mm2", "whole_chip_density_mtr_per_mm2"])]
    year = nodes[nodes["parameter"] == "volume_start"].set_index(["vendor", "node"])["central"].rename("year")
    out = density.join(year, on=["vendor", "node"], how="inner")
    return out[["vendor", "node", "parameter", "low", "central", "high", "year", "confidence"]].reset_index(drop=True)


def prices_frame() -> pd.DataFrame:
    """Every wafer price or cost in print, by node, beside the rebuilt CSET model.

    Returns
    -------
    DataFrame
        node, who, usd.
    """
    rows = data.load("nodes").query("role == 'published' and parameter in ('wafer_price_usd', 'wafer_cost_usd')")
    out = rows.assign(who=rows["source_id"].map(WHO))[["node", "who", "central"]].rename(columns={"central": "usd"})
    table = litho.cset_table()
    computed = table["wafer_price_computed"].round(2)
    rebuilt = pd.DataFrame({"node": NODES[: len(table)], "who": REBUILT, "usd": computed})
    return pd.concat([out, rebuilt], ignore_index=True)


class Power(NamedTuple):
    """Power of TSMC's 7 nm over that of its 16 nm at equal speed: as claimed, and by an academic table from 14 nm."""

    claimed: float
    by_table: float


def power_of_7nm() -> Power:
    """How far 7 nm lowers power, by the foundry's claim and by an independent table.

    Returns
    -------
    Power

    Examples
    --------
    >>> round(power_of_7nm().claimed, 2)
    0.4
    """
    flattest, claimed, _ = litho.node_range("TSMC", "16FF", "relative_power")
    return Power(1 / claimed, 1 / flattest)
