"""Hire prices of an H100 in China and in the world, and what they say of the price of hardware."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.limits import one_of, shown, within
from helpers.markets import model as markets
from helpers.markets.studies.values import central
from helpers.training import model as training

CHIP = "H100 SXM5 80GB"
_EPOCH = pd.Timestamp("2020-01-01")  # days are counted from here
_APART = 31  # days by which two figures of one comparison may differ


@cache
def rent_path() -> pd.DataFrame:
    """Rents of an H100 through time.

    Returns
    -------
    DataFrame
        By place and date: price_id, place (China, world), date (as printed), day (its middle), low, usd, high (equal to
        usd where no range is printed), confidence.
    """
    table = data.load("rental_prices")
    rows = table[table["chip"] == CHIP].copy()
    day = rows["date"].map(lambda d: d + {4: "-07-01", 7: "-15", 10: ""}[len(d)])
    rows["day"] = pd.to_datetime(day)
    rows["usd"] = rows["usd_per_gpu_hour"]
    for end in ("low", "high"):
        rows[end] = rows[f"usd_per_gpu_hour_{end}"].fillna(rows["usd"])
    columns = ["price_id", "place", "date", "day", "low", "usd", "high", "confidence"]
    return rows.sort_values(["place", "day"])[columns].reset_index(drop=True)


def hire_on(place: str, month: str) -> float:
    """The hire price of an H100 in the middle of a month, on straight lines between the figures on record.

    Parameters
    ----------
    place : {"China", "world"}
    month : str, YYYY-MM
        Between the first and the last figure.

    Returns
    -------
    float, USD an hour

    Examples
    --------
    >>> round(hire_on("world", "2026-01"), 2), round(hire_on("world", "2026-06"), 2)
    (2.1, 3.06)
    """
    one_of("place", place, ("China", "world"))
    if not isinstance(month, str) or not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise ValueError(f"month = {shown(month)} must be written as year and month: 2026-01.")
    rows = rent_path()
    rows = rows[rows["place"] == place]
    days, at = (rows["day"] - _EPOCH).dt.days.to_numpy(float), (pd.Timestamp(f"{month}-15") - _EPOCH).days
    if not days[0] <= at <= days[-1]:
        raise ValueError(f"month = {month} lies outside the record, {rows['date'].iloc[0]} to {rows['date'].iloc[-1]}.")
    return float(np.interp(at, days, rows["usd"].to_numpy(float)))


def china_over_world() -> pd.DataFrame:
    """China's hire price over the world's, wherever two figures lie at most a month apart; of several, one of the same
    kind, a contract or an offer, goes first, then the nearest.

    Returns
    -------
    DataFrame
        Index: month of China's figure. china, world (USD an hour), world_month, ratio, low, high (ratio at the ends of the
        range in print for China), between (ratio to the world's hire price of that same month, see `hire_on`), alike (are
        both contracts?), matched (of one month too?).
    """
    frame = rent_path().set_index("price_id")
    basis = data.load("rental_prices").set_index("price_id")["basis"]
    rows = {}
    world = frame[frame["place"] == "world"]
    for china in frame[frame["place"] == "China"].itertuples():
        gap = (world["day"] - china.day).abs().dt.days.sort_values(kind="stable")
        near = gap[gap <= _APART].index
        if not len(near):
            continue
        key = next((k for k in near if basis[k] == basis[china.Index]), near[0])
        same = hire_on("world", china.date)
        usd = float(world.loc[key, "usd"])
        rows[china.date] = {
            "china": china.usd, "world": usd, "world_month": world.loc[key, "date"], "ratio": china.usd / usd,
            "low": china.low / usd, "high": china.high / usd, "between": china.usd / same,
            "alike": basis[key] == basis[china.Index],
            "matched": basis[key] == basis[china.Index] and world.loc[key, "date"] == china.date,
        }  # fmt: skip
    return pd.DataFrame(rows).T.infer_objects()


@cache
def hardware_usd() -> float:
    """An H100 with its share of server and network at the middle of the prices in print, USD.

    Examples
    --------
    >>> round(hardware_usd(), -3)
    58000.0
    """
    row = chips.table().set_index("chip").loc[CHIP]
    middle = (float(row["price_usd_low"]) + float(row["price_usd_high"])) / 2
    return float(training.capital_usd_per_gpu(middle))


@dataclass(frozen=True)
class Parity:
    """Hardware beside its rent. Attributes: hardware_usd (a chip with its share, mark-up included); carried_usd (what the
    rent pays for in its life); years (to pay back; None where the rent never does)."""

    hardware_usd: float
    carried_usd: float
    years: float | None


def parity(
    mark_up: float, rent: float, utilisation: float | None = None, years: float | None = None,
    running_usd: float | None = None,
) -> Parity:  # fmt: skip
    """Does a rent pay for hardware bought at a mark-up?

    Parameters
    ----------
    mark_up : float, 0 to 10
        Over the price elsewhere: 1 is twice the price.
    rent : float, 0 to 1,000 USD an hour
    utilisation : float, 0.01 to 1, optional
    years : float, 0.1 to 20, optional
    running_usd : float, 0 to 1,000 USD an hour, optional
        The central assumptions, if not given.

    Examples
    --------
    >>> found = parity(0, 2.3)
    >>> round(found.carried_usd), round(found.years, 1)
    (52560, 5.5)
    """
    utilisation, years, running_usd = (
        central(name) if value is None else value
        for name, value in (("utilisation", utilisation), ("life_years", years), ("running_usd", running_usd))
    )
    cost = hardware_usd() * (1 + float(within("mark_up", mark_up, 0, 10)))
    paid = float(within("rent", rent, 0, 1e3, "USD"))
    carried = float(markets.price_a_rent_carries(paid, years, utilisation, running_usd))
    pays = paid - running_usd >= 1e-6
    back = float(markets.years_to_pay_back(cost, paid, utilisation, running_usd)) if pays else None
    return Parity(cost, carried, back)


@dataclass(frozen=True)
class Hired:
    """A hire price of an H100. Attributes: usd (an hour); day (the middle of its month); basis (contract, on demand)."""

    usd: float
    day: pd.Timestamp
    basis: str


def latest_hire() -> dict[str, Hired]:
    """The latest hire prices of China and the world that may be compared: at most a month apart (see `china_over_world`).

    Returns
    -------
    dict of str to Hired
        "China" and "world".

    Examples
    --------
    >>> found = latest_hire()
    >>> [(place, hired.usd, f"{hired.day:%B %Y}", hired.basis) for place, hired in found.items()]
    [('China', 2.02, 'April 2026', 'contract'), ('world', 2.35, 'March 2026', 'contract')]
    """
    return dict(_latest_hire())


@cache
def _latest_hire() -> dict[str, Hired]:
    pair = china_over_world().iloc[-1]
    table = data.load("rental_prices").set_index("price_id")["basis"]
    path = rent_path()
    months = {"China": pair.name, "world": pair["world_month"]}
    found = {}
    for place, month in months.items():
        row = path[(path["place"] == place) & (path["date"] == month)].iloc[-1]
        found[place] = Hired(float(row["usd"]), row["day"], str(table[row["price_id"]]))
    return found
