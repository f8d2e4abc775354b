"""What the record says: offers and answers with their dates, and what the H20 letter cost NVIDIA."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.core import data


def offers() -> pd.DataFrame:
    """Chips offered to China or withheld, with the dates of offer and answer.

    Returns
    -------
    DataFrame
        Columns of ``data/offers.csv`` with ``offered`` and ``answered`` (dates; ``offered`` is NaT where nothing was
        offered) and ``days`` between them (NaN there).
    """
    table = data.load("offers")
    dates = data.load("events").set_index("event_id")["date"]
    offered = table["offered_event"].map(dates)
    answered = table["answered_event"].map(dates)
    return table.assign(offered=offered, answered=answered, days=(answered - offered).dt.days.astype(float))


def delivered_share() -> float:
    """H200 delivered to China by August 2026, over those reported as ordered in December 2025.

    Returns
    -------
    float
    """
    known = data.load("volumes").set_index("volume_id")["central"]
    return float(known["nvidia-h200-china-03"] / known["nvidia-h200-china-05"])


class Letter(NamedTuple):
    """What the letter of 9 April 2025 cost NVIDIA, USD billion.

    Attributes: sold (before it, in that quarter), unshipped (in the same quarter), lost (in the outlook for the next),
    charge, margin (gross, without the charge, as a share), margin_counted (the same, from the margin with the charge),
    profit (gross profit of a quarter's sales at the rate of the outlook), year (of four such quarters).
    """

    sold: float
    unshipped: float
    lost: float
    charge: float
    margin: float
    margin_counted: float
    profit: float
    year: float


def letter() -> Letter:
    """NVIDIA's own figures on the H20, and the unit of the game in dollars: the gross profit of a year of sale.

    Returns
    -------
    Letter
    """
    v = data.load("volumes").set_index("volume_id")["central"].astype(float)
    sold, unshipped, lost, charge = (v[f"nvidia-h20-{n}"] for n in ("03", "04", "05", "02"))
    revenue, with_charge, margin = (v[f"nvidia-q1fy26-{n}"] for n in ("01", "02", "03"))
    profit = lost * margin / 100
    return Letter(sold, unshipped, lost, charge, margin / 100, (revenue * with_charge / 100 + charge) / revenue, profit, 4 * profit)  # fmt: skip
