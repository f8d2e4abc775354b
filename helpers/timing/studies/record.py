"""What the record says: offers and answers with their dates, and what the H20 letter cost NVIDIA."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.core import data
from helpers.timing.studies.values import parameter


def offer_steps() -> pd.DataFrame:
    """What happened to each chip offered to China or withheld, in the order of the days.

    Returns
    -------
    DataFrame
        Columns of ``data/offer_steps.csv`` with ``date``, ``date_precision`` and ``confidence`` of its event. Where a step was
        ``known`` before its event, as a rule before it is in force, ``date`` is that day.
    """
    events = data.load("events").set_index("event_id")
    table = data.load("offer_steps")
    known = {name: table["event_id"].map(events[name]) for name in ("date", "date_precision", "confidence")}
    known["date"] = table["known"].fillna(known["date"])
    order = {offer: place for place, offer in enumerate(data.load("offers")["offer_id"])}
    return table.assign(**known).sort_values(["offer_id", "date"], key=lambda c: c.map(order) if c.name == "offer_id" else c, kind="stable", ignore_index=True)  # fmt: skip


def offers() -> pd.DataFrame:
    """Chips offered to China or withheld, with the days from the offer and from its last term to the answers.

    Returns
    -------
    DataFrame
        Columns of ``data/offers.csv`` with ``offered``, ``termed`` (last term made known), ``answered`` and
        ``closed`` (first and last answer; NaT where there is none), ``days`` and ``closed_days`` from the offer to each, and
        ``from_terms``, days from the last term to the first answer, below nought where the answer came first.
    """
    steps = offer_steps()

    def of(kind: str, end: str) -> pd.Series:
        return table["offer_id"].map(steps[steps["step"] == kind].groupby("offer_id")["date"].agg(end))

    table = data.load("offers")
    offered, termed = of("offer", "min"), of("term", "max")
    answered, closed = of("answer", "min"), of("answer", "max")
    return table.assign(
        offered=offered, termed=termed, answered=answered, closed=closed, days=(answered - offered).dt.days.astype(float),
        closed_days=(closed - offered).dt.days.astype(float), from_terms=(answered - termed).dt.days.astype(float),
    )  # fmt: skip


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
    profit (gross profit of a quarter's sales at the rate of the outlook), year (of four such quarters), of_sold (NVIDIA's
    part of the cards sold in China in 2025, by IDC), met (part of China's need of that year that was met, ours), need_year
    (gross profit of a year, if all of China's need were sold at NVIDIA's rate).
    """

    sold: float
    unshipped: float
    lost: float
    charge: float
    margin: float
    margin_counted: float
    profit: float
    year: float
    of_sold: float
    met: float
    need_year: float


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
    of_sold, met = float(v["idc-china-2025-02"] / v["idc-china-2025-01"]), parameter("need_met")[1]
    return Letter(sold, unshipped, lost, charge, margin / 100, (revenue * with_charge / 100 + charge) / revenue, profit, 4 * profit, of_sold, met, 4 * profit / (of_sold * met))  # fmt: skip
