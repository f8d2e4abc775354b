"""Values of the tables of grey markets, by name."""

from __future__ import annotations

from functools import cache

import pandas as pd

from helpers.core import data
from helpers.core.limits import one_of, within

Range = tuple[float, float, float]


@cache
def _assumptions() -> dict[str, Range]:
    table = data.load("market_assumptions").set_index("name")
    return {name: tuple(map(float, table.loc[name, ["low", "central", "high"]])) for name in table.index}


def assumed(name: str) -> Range:
    """Low, central and high of an assumption of ``data/market_assumptions.csv``.

    Examples
    --------
    >>> assumed("yuan_per_usd")
    (6.8, 7.2, 7.25)
    """
    one_of("name", name, tuple(_assumptions()))
    return _assumptions()[name]


def central(name: str) -> float:
    """The central value of an assumption.

    Examples
    --------
    >>> central("penalty")
    1.0
    """
    return assumed(name)[1]


@cache
def _estimates() -> pd.DataFrame:
    return data.load("market_estimates").set_index("estimate_id")


def estimate(estimate_id: str) -> Range:
    """Low, central and high of a row of ``data/market_estimates.csv``; NaN where it prints none.

    Examples
    --------
    >>> estimate("cnas-2024-training")
    (1.0, 10.0, 40.0)
    """
    one_of("estimate_id", estimate_id, tuple(_estimates().index))
    return tuple(map(float, _estimates().loc[estimate_id, ["low", "central", "high"]]))


@cache
def _prices() -> dict[str, tuple[float, str]]:
    return {row.price_id: (float(row.price), row.currency) for row in data.load("market_prices").itertuples()}


def quoted_usd(price_id: str, yuan_per_usd: float | None = None) -> float:
    """A price of ``data/market_prices.csv`` in dollars.

    Parameters
    ----------
    price_id : str
    yuan_per_usd : float, 1 to 20 yuan for a dollar, optional
        The central assumption, if not given.

    Returns
    -------
    float, USD

    Examples
    --------
    >>> quoted_usd("b300-server-us-2026-06"), round(quoted_usd("b300-server-2026-06", 8))
    (550000.0, 1000000)
    """
    one_of("price_id", price_id, tuple(_prices()))
    rate = central("yuan_per_usd") if yuan_per_usd is None else yuan_per_usd
    rate = float(within("yuan_per_usd", rate, 1, 20, "yuan"))
    price, currency = _prices()[price_id]
    return price / (rate if currency == "CNY" else 1.0)
