"""The price ladder: a server's price rung by rung, and the market in which it is formed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.limits import within
from helpers.markets import model as markets
from helpers.markets.studies.values import assumed, central, quoted_usd

LIST_ID = "b300-server-us-2026-06"
RUNGS = ("list price", "freight and tax", "seizures", "fines", "margin")


@dataclass(frozen=True)
class Market:
    """A market at one chance of being caught; prices in list prices, quantities in hundredths of the open market's.

    Attributes: chance; landed; price and reward (NaN where nothing is traded); arrivals; sent; rungs (name to height,
    `RUNGS` in order; only the first two where nothing is traded); all_rewards.
    """

    chance: float
    landed: float
    price: float
    reward: float
    arrivals: float
    sent: float
    rungs: dict[str, float]
    all_rewards: float


def landed_share(freight: float | None = None, tax: float | None = None) -> float:
    """What a piece costs over an open border, in list prices: 1, freight and tax.

    Parameters
    ----------
    freight, tax : float, 0 to 1, optional
        The central assumptions, if not given.

    Examples
    --------
    >>> round(landed_share(), 2)
    1.15
    """
    freight = central("freight_share") if freight is None else freight
    tax = central("tax_share") if tax is None else tax
    return float(markets.landed(1.0, within("freight", freight, 0, 1), within("tax", tax, 0, 1)))


def open_market(freight: float | None = None, tax: float | None = None) -> Market:
    """The market without a ban: the landed price, and as many pieces as buyers take at it.

    Parameters
    ----------
    freight, tax : float, 0 to 1, optional

    Examples
    --------
    >>> open_market().arrivals, round(open_market().price, 2)
    (100.0, 1.15)
    """
    cost = landed_share(freight, tax)
    rungs = {RUNGS[0]: 1.0, RUNGS[1]: cost - 1}
    return Market(0.0, cost, cost, 0.0, 100.0, 100.0, rungs, 0.0)


def market_at(
    chance: float, penalty: float | None = None, most: float | None = None, trouble: float | None = None,
    freight: float | None = None, tax: float | None = None,
) -> Market:  # fmt: skip
    """The market under a ban, at a chance of being caught.

    Parameters
    ----------
    chance : float, 0 to 0.95
    penalty, most, trouble : float, 0 to 1,000 list prices, optional
        As in ``markets.crossing``; the central assumptions, if not given.
    freight, tax : float, 0 to 1, optional

    Returns
    -------
    Market
        Price and reward are NaN where nothing is traded.

    Examples
    --------
    >>> now = market_at(0.2)
    >>> round(now.price, 2), round(sum(now.rungs.values()), 2)
    (2.01, 2.01)
    """
    penalty, most, trouble = (
        central(name) if value is None else value
        for name, value in (("penalty", penalty), ("most", most), ("trouble", trouble))
    )
    cost = landed_share(freight, tax)
    met = markets.crossing(chance, cost, penalty, most, trouble)
    rungs = {RUNGS[0]: 1.0, RUNGS[1]: cost - 1}
    if met.arrivals > 0:
        rungs |= dict(zip(RUNGS[2:], map(float, (met.seizures, met.fines, met.margin)), strict=True))
    return Market(
        float(chance), cost, float(met.price), float(met.reward), float(met.arrivals), float(met.sent), rungs,
        float(met.all_rewards),
    )  # fmt: skip


def patrols(
    penalty: float | None = None, most: float | None = None, trouble: float | None = None, count: int = 96
) -> pd.DataFrame:
    """Price, arrivals and rewards over the chance of being caught, from nought to 95 per cent.

    Parameters
    ----------
    penalty, most, trouble : float, 0 to 1,000 list prices, optional
    count : int, 2 to 2,000

    Returns
    -------
    DataFrame
        chance, price (NaN where nothing is traded), arrivals, reward (NaN likewise), all_rewards.
    """
    count = int(within("count", count, 2, 2000))
    penalty, most, trouble = (
        central(name) if value is None else value
        for name, value in (("penalty", penalty), ("most", most), ("trouble", trouble))
    )
    chance = np.linspace(0, markets.SURELY, count)
    met = markets.crossing(chance, landed_share(), penalty, most, trouble)
    return pd.DataFrame(
        {"chance": chance, "price": met.price, "arrivals": met.arrivals, "reward": met.reward, "all_rewards": met.all_rewards}
    )  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """Two chances that change the story: where all rewards together are largest, and where trade ends."""

    largest: float
    ends: float


def turn(penalty: float | None = None, most: float | None = None, trouble: float | None = None) -> Turn:
    """Where more patrols begin to shrink the rewards of all sellers together, and where they end the trade.

    Parameters
    ----------
    penalty, most, trouble : float, 0 to 1,000 list prices, optional

    Examples
    --------
    >>> round(turn().largest, 2), round(turn().ends, 2)
    (0.34, 0.57)
    """
    frame = patrols(penalty, most, trouble, 1901)
    fine, last = (central(name) if value is None else value for name, value in (("penalty", penalty), ("most", most)))
    cost = landed_share()
    ends = float(markets.break_even_chance(last - cost, cost, fine))
    return Turn(float(frame["chance"].iloc[int(frame["all_rewards"].argmax())]), ends)


# --- what was quoted ----------------------------------------------------------------------------


@cache
def quoted_mark_ups() -> pd.DataFrame:
    """Mark-ups of B300 servers in China over the US list price, at the three exchange rates of the assumptions.

    Returns
    -------
    DataFrame
        Index: price id. date, usd, low, central, high (mark-ups as fractions), bound.
    """

    table = data.load("market_prices")
    rows = table[(table["item"] == "B300 server") & (table["market"] == "grey")].sort_values("date")
    at_home = quoted_usd(LIST_ID)
    weak, middle, strong = assumed("yuan_per_usd")[::-1]
    found = {
        r.price_id: {
            "date": r.date,
            "usd": quoted_usd(r.price_id, middle),
            **{
                end: float(markets.mark_up(quoted_usd(r.price_id, rate), at_home))
                for end, rate in (("low", weak), ("central", middle), ("high", strong))
            },
            "bound": r.bound,
        }
        for r in rows.itertuples()
    }
    return pd.DataFrame(found).T.infer_objects()


@dataclass(frozen=True)
class Before:
    """Two quotations compared: growth of the price; of the world rent of an H100 meanwhile; and net of that."""

    grew: float
    rent_grew: float
    net: float


def before_and_after() -> Before:
    """B300 servers in China from January to June 2026, beside the world's rents of an H100, which felt the shortage.

    Returns
    -------
    Before
        Rents: one index's contracts of October 2025 and March 2026, the nearest of one kind on record. They are a rough
        stand-in for the shortage, so the net figure shows a method and is no finding.

    Examples
    --------
    >>> found = before_and_after()
    >>> round(found.grew, 2), found.net < found.grew
    (1.0, True)
    """

    rents = data.load("rental_prices").set_index("price_id")["usd_per_gpu_hour"]
    first, last = quoted_usd("b300-server-2026-01"), quoted_usd("b300-server-2026-06")
    then, later = float(rents["h100-world-2025-10"]), float(rents["h100-world-2026-03"])
    net = markets.change_net_of(first, last, then, later)
    return Before(last / first - 1, later / then - 1, float(net))


def becker(mark_ups: np.ndarray | None = None, penalty: float | None = None) -> pd.DataFrame:
    """The chance of being caught that would stop a sale, over the mark-up.

    Parameters
    ----------
    mark_ups : array, each 0 to 100, optional
        Over the list price, as fractions; 0.15 to 3 if not given.
    penalty : float, 0 to 1,000 list prices, optional

    Returns
    -------
    DataFrame
        mark_up, chance (0 where the mark-up does not cover freight and tax).
    """
    given = np.linspace(0.15, 3, 58) if mark_ups is None else within("mark_ups", mark_ups, 0, 100)
    given = np.atleast_1d(given)
    if given.ndim != 1 or not given.size:
        raise ValueError(f"mark_ups of shape {given.shape} must be a row of one or more.")
    cost = landed_share()
    gain = np.maximum(0.0, 1 + given - cost)
    fine = central("penalty") if penalty is None else penalty
    return pd.DataFrame({"mark_up": given, "chance": markets.break_even_chance(gain, cost, fine)})
