"""The shortage as a path of prices, forecasts against what came, and what a wafer earns as DRAM or as HBM."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.memory import model as memory
from helpers.memory.studies.values import given

CONTRACT, SPOT = "DRAM contract, change on quarter", "DDR5 spot, 16 Gbit chip"
FIRST_QUARTER = "2025-Q3"  # whose price is 1
QUARTERS = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
SPOT_GB = 2  # 16 Gbit
_RANK = {"forecast": 0, "revised": 1, "seen": 2}


def calls() -> pd.DataFrame:
    """Every forecast of the contract price, and what came, by quarter.

    Returns
    -------
    DataFrame
        quarter, nature, low, central, high (per cent on the quarter before), published; in order.
    """
    rows = data.load("memory_prices").query("series == @CONTRACT")
    rows = rows.assign(rank=rows["nature"].map(_RANK)).sort_values(["period", "rank"])
    return rows.rename(columns={"period": "quarter"})[["quarter", "nature", "low", "central", "high", "published"]]


def path() -> pd.DataFrame:
    """The contract price of DRAM, the third quarter of 2025 being 1: what was seen, else the last forecast.

    Returns
    -------
    DataFrame
        Index: quarter; low, central, high, seen (whether the change was stated afterwards).

    Examples
    --------
    >>> path()["central"].round(1).tolist()
    [1.0, 1.5, 2.9, 4.6, 5.3, 6.0]
    """
    return _path().copy()


@cache
def _path() -> pd.DataFrame:
    last = calls().groupby("quarter").last().loc[list(QUARTERS)]
    levels = memory.chained(last[["low", "central", "high"]].to_numpy())
    frame = pd.DataFrame(levels, [FIRST_QUARTER, *QUARTERS], ["low", "central", "high"]).rename_axis("quarter")
    return frame.assign(seen=[True, *(last["nature"] == "seen")])


class Rise(NamedTuple):
    """How many times the price of the first quarter: lowest, middle, highest of the ranges, the same rule throughout.

    Attributes
    ----------
    low, central, high : float
    """

    low: float
    central: float
    high: float


def rise(nature: str = "seen") -> Rise:
    """The contract price after two quarters, as stated afterwards or as first forecast.

    Parameters
    ----------
    nature : str
        seen: the outcomes; forecast: the first forecasts for the same quarters.

    Examples
    --------
    >>> [round(times, 1) for times in rise()], round(rise("forecast").low, 1)
    ([2.8, 2.9, 3.0], 1.7)
    """
    one_of("nature", nature, ("seen", "forecast"))
    asked = calls()
    quarters = asked.loc[asked["nature"] == "seen", "quarter"]
    rows = asked[(asked["nature"] == nature) & asked["quarter"].isin(quarters)]
    return Rise(*(float(v) for v in memory.chained(rows[["low", "central", "high"]].to_numpy())[-1]))


def three_quarters() -> float:
    """How many times the price of autumn 2025 was forecast to be reached by summer 2026: two outcomes and a forecast.

    Notes
    -----
    The middle of each range. Accounts that take the top of the second, 98, get 4.7.

    Examples
    --------
    >>> round(three_quarters(), 1)
    4.6
    """
    return float(path()["central"].iloc[3])


def missed() -> float:
    """The first forecast for the last quarter of 2025, as a share of the change that came.

    Examples
    --------
    >>> round(missed(), 2)
    0.22
    """
    asked = calls()
    asked = asked[asked["quarter"] == QUARTERS[0]].set_index("nature")["central"]
    return float(asked["forecast"] / asked["seen"])


def spot() -> pd.DataFrame:
    """DDR5 on the day, in USD a GB.

    Returns
    -------
    DataFrame
        Index: day; usd.

    Examples
    --------
    >>> spot()["usd"].round(2).tolist()
    [3.42, 12.42, 13.6]
    """
    rows = data.load("memory_prices").query("series == @SPOT").set_index("period")
    return (rows[["central"]] / SPOT_GB).rename(columns={"central": "usd"}).rename_axis("day")


def tie(ratio: float | None = None) -> float:
    """DRAM price, in USD a GB, at which a wafer earns as much as DRAM as it would as HBM3E at its price of late 2025.

    Parameters
    ----------
    ratio : float, 1 to 100, optional
        Wafer area of HBM over that of DRAM; the maker's own 3 unless given.

    Examples
    --------
    >>> round(tie(), 2)
    3.43
    """
    return float(memory.break_even(_prices()["hbm3e-stack-2025"], 36, _ratio(ratio)))


def _ratio(ratio: float | None) -> float:
    if ratio is not None:
        return float(within("ratio", ratio, 1, 100))
    return given("trade-ratio-hbm3e")[1]


@cache
def _prices() -> dict[str, float]:
    return data.load("memory_prices").set_index("price_id")["central"].to_dict()


def trade_ratios() -> pd.Series:
    """The wafers that HBM takes for its bits against all other DRAM, from an analyst's shares of both.

    Returns
    -------
    Series
        By year, each year's end.

    Examples
    --------
    >>> trade_ratios().round(1).tolist()
    [2.5, 2.9, 2.9]
    """
    table = data.load("memory_makers").pivot_table("central", "period", "measure")
    w, b = (table[f"HBM, share of {what}"].dropna() / 100 for what in ("wafers", "bits"))
    return pd.Series(memory.trade_ratio(w.to_numpy(), b.to_numpy()), w.index, name="ratio")


class Earns(NamedTuple):
    """What a wafer earns as DRAM, and as HBM, when HBM is sold by the day and by the year.

    Attributes
    ----------
    quarters : list of str
    dram : list of float
        Income of a wafer as DRAM, those of the first quarter being 1.
    hbm : list of float
        As HBM under contracts for the calendar year, at the prices in print.
    follows : list of float
        As HBM under contracts for the calendar year that took over DRAM's price of half a year before.
    crossed : str
        The first quarter in which DRAM earns more; empty if none.
    """

    quarters: list[str]
    dram: list[float]
    hbm: list[float]
    follows: list[float]
    crossed: str


def earns(ratio: float | None = None, premium: float | None = None) -> Earns:
    """A wafer as DRAM or as HBM, by quarter, from the third of 2025 to the first of 2027.

    Parameters
    ----------
    ratio : float, 1 to 100, optional
        As in `tie`.
    premium : float, 1 to 20, optional
        Price of HBM over DRAM, bit for bit, before the rise; the four and a half times in print unless given.

    Returns
    -------
    Earns

    Notes
    -----
    DRAM: the path of contract prices, its last level held into 2027. HBM: premium over ratio, fixed for 2026, and in 2027
    up by the 121% that TrendForce expects. No volume, no cost: income only. HBM is level across January 2026:
    TrendForce saw its price for 2026 first lower, then, after new talks, slightly higher than in 2025.

    Examples
    --------
    >>> e = earns()
    >>> e.crossed, [round(v, 2) for v in e.hbm]
    ('2026-Q1', [1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 3.31])
    """
    table = _prices()
    start = table["premium-2025q4"] if premium is None else within("premium", premium, 1, 20)
    dram = _path()["central"].tolist()
    dram.append(dram[-1])
    first = float(start) / _ratio(ratio)
    hbm = [first] * (len(dram) - 1) + [first * (1 + float(table["hbm-2027"]) / 100)]
    quarters = [FIRST_QUARTER, *QUARTERS, "2027-Q1"]
    above = [quarter for quarter, d, h in zip(quarters, dram, hbm) if d > h]
    yearly = memory.contracted(dram, every=4, lag=2, first=2) * first
    return Earns(quarters, dram, hbm, yearly.tolist(), above[0] if above else "")


DRAWN = ("stated", "forecast", "what-if")


def stretches(line: str) -> list[tuple[str, list[str]]]:
    """A line of `earns` in stretches of one kind: up to its last quarter with a stated price, and after it.

    Parameters
    ----------
    line : str
        dram: outcomes, then forecasts; hbm: the contracts of 2025 and 2026, then the forecast; follows: a what-if, one stretch.

    Returns
    -------
    list of (str, list of str)
        One of `DRAWN`, and the quarters; the two stretches share a quarter.

    Examples
    --------
    >>> [(drawn, some[0], some[-1]) for drawn, some in stretches("dram")]
    [('stated', '2025-Q3', '2026-Q1'), ('forecast', '2026-Q1', '2027-Q1')]
    """
    quarters = earns().quarters
    if one_of("line", line, ("dram", "hbm", "follows")) == "follows":
        return [(DRAWN[2], quarters)]
    seen = _path()["seen"]
    last = quarters.index(seen[seen].index[-1] if line == "dram" else QUARTERS[-1])
    return [(DRAWN[0], quarters[: last + 1]), (DRAWN[1], quarters[last:])]


def lost_bits(share: float, ratio: float | None = None) -> memory.Diverted:
    """Bits lost and gained when a share of all wafers moves to HBM.

    Parameters
    ----------
    share : float, 0 to 1
    ratio : float, 1 to 100, optional
        As in `tie`.

    Examples
    --------
    >>> [round(float(v), 2) for v in lost_bits(0.3)]
    [0.3, 0.1, 0.2]
    """
    within("share", share, 0, 1)
    return memory.diverted(share, np.float64(_ratio(ratio)))
