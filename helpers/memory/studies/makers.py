"""CXMT by four measures that are never joined, and its accounts before and in the boom."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.memory import model as memory

SHARES = {
    "share-wafers": "wafers",
    "share-bits": "bits (good output)",
    "share-revenue-analyst": "revenue, one analyst",
    "share-revenue-prospectus": "revenue, prospectus",
    "share-revenue-2026q2": "revenue, trade press",
}
FOUR = ("Samsung", "SK hynix", "Micron", "CXMT")


def shares() -> pd.DataFrame:
    """CXMT's share of the world by each measure, as printed; each on a base of its own.

    Returns
    -------
    DataFrame
        Index: row of the table; words, period, low, high (per cent), confidence.

    Examples
    --------
    >>> shares()[["low", "high"]].to_numpy().tolist()
    [[13.0, 14.0], [6.0, 6.0], [4.0, 4.0], [7.7, 7.7], [9.5, 10.0]]
    """
    rows = data.load("memory_makers").set_index("maker_id").loc[list(SHARES)]
    ends = rows[["low", "central", "high"]]
    return pd.DataFrame(
        {
            "words": list(SHARES.values()),
            "period": rows["period"],
            "low": ends.min(axis=1),
            "high": ends.max(axis=1),
            "confidence": rows["confidence"],
        }
    )


def share_of_wafers() -> float:
    """CXMT's share of the wafers of four makers in 2025, in per cent: our division of Omdia's figures.

    Examples
    --------
    >>> round(share_of_wafers(), 1)
    13.7
    """
    made = data.load("memory_makers").query("measure == 'DRAM wafers'").set_index("entity")["central"]
    return float(100 * made["CXMT"] / made[list(FOUR)].sum())


def bits_per_wafer() -> tuple[float, float]:
    """Bits that CXMT gets from a wafer, against all other makers together: lowest and highest.

    Notes
    -----
    One analyst's share of bits over two shares of wafers: the same analyst's, and our division of Omdia's wafers.

    Examples
    --------
    >>> [round(share, 2) for share in bits_per_wafer()]
    [0.4, 0.43]
    """
    wafers, bits = shares().loc["share-wafers", "low"], shares().loc["share-bits", "low"] / 100
    low, high = (float(1 / memory.trade_ratio(share / 100, bits)) for share in (share_of_wafers(), wafers))
    return low, high


def share_of_quarter() -> float:
    """CXMT's share of the world's DRAM revenue in the fourth quarter of 2025, in per cent: our division.

    Notes
    -----
    The year less nine months, in yuan, at the course's rate, over TrendForce's total. It dates a share that our notes
    give without a quarter; over the whole year the same revenue would be a smaller share.

    Examples
    --------
    >>> round(share_of_quarter(), 1)
    7.7
    """
    value = data.load("memory_makers").set_index("maker_id")["central"]
    rate = data.load("market_assumptions").set_index("name").loc["yuan_per_usd", "central"]
    return float(100 * (value["revenue-2025"] - value["revenue-2025q1-q3"]) / rate / value["world-2025q4"])


class Accounts(NamedTuple):
    """CXMT's half-years, in billion yuan.

    Attributes
    ----------
    before, after : float
        Revenue of the first half of 2025 and of 2026.
    growth : float
        Per cent, from these two.
    printed : float
        Per cent, as printed.
    loss, profit : float
        Of the same halves.
    sought, raised, most : float
        By the listing: asked in the filing, raised, and with the over-allotment.
    """

    before: float
    after: float
    growth: float
    printed: float
    loss: float
    profit: float
    sought: float
    raised: float
    most: float


def accounts() -> Accounts:
    """CXMT before and in the boom.

    Examples
    --------
    >>> a = accounts()
    >>> a.after, round(a.growth, 1), a.printed
    (150.31, 873.5, 873.64)
    """
    rows = data.load("memory_makers").set_index("maker_id")
    value = rows["central"]
    before, after = value["revenue-2025h1"], value["revenue-2026h1"]
    return Accounts(
        *(float(v) for v in (before, after, 100 * (after / before - 1), value["growth-2026h1"])),
        *(float(value[k]) for k in ("profit-2025h1", "profit-2026h1", "sought-2025", "raised-2026")),
        float(np.nanmax(rows.loc["raised-2026", ["central", "high"]].to_numpy(float))),
    )
