"""The price ladder: a server's price rung by rung, and the market in which it is formed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.core.limits import within
from helpers.core.words import percent
from helpers.markets import model as markets
from helpers.markets.studies.values import central

RUNGS = ("list price", "freight and tax", "seizures", "fines", "trouble", "net gain")


@dataclass(frozen=True)
class Market:
    """A market at one chance of being caught; prices in list prices, quantities in hundredths of the open market's.

    Attributes: chance; landed; price and reward (NaN where nothing is traded); arrivals; sent; rungs (name to height,
    `RUNGS` in order; only the first two where nothing is traded); all_rewards (of what gets through, gross); net_gain (of
    all sellers, after goods lost, fines and trouble); elasticity (of demand at the price; NaN where nothing is traded).
    """

    chance: float
    landed: float
    price: float
    reward: float
    arrivals: float
    sent: float
    rungs: dict[str, float]
    all_rewards: float
    net_gain: float
    elasticity: float


def last_buyer(elasticity: float | None = None) -> float:
    """The price at which the last buyer gives up, in list prices.

    Parameters
    ----------
    elasticity : float, 0.01 to 100, optional
        Of demand, at the open market's price; the central assumption, if not given.

    Examples
    --------
    >>> round(last_buyer(), 3), round(last_buyer(0.25), 2)
    (4.025, 5.75)
    """
    elasticity = central("elasticity") if elasticity is None else elasticity
    return float(markets.last_buyer(landed_share(), within("elasticity", elasticity, 0.01, 100)))


def _given(penalty: float | None, most: float | None, trouble: float | None) -> tuple[float, float, float]:
    return (
        central("penalty") if penalty is None else penalty,
        last_buyer() if most is None else most,
        central("trouble") if trouble is None else trouble,
    )


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
    return Market(0.0, cost, cost, 0.0, 100.0, 100.0, rungs, 0.0, 0.0, float(markets.elasticity_at(cost, last_buyer())))


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
    (2.02, 2.02)
    """
    penalty, most, trouble = _given(penalty, most, trouble)
    cost = landed_share(freight, tax)
    met = markets.crossing(chance, cost, penalty, most, trouble)
    rungs = {RUNGS[0]: 1.0, RUNGS[1]: cost - 1}
    if met.arrivals > 0:
        rungs |= dict(zip(RUNGS[2:], map(float, (met.seizures, met.fines, met.trouble, met.gain)), strict=True))
    return Market(
        float(chance), cost, float(met.price), float(met.reward), float(met.arrivals), float(met.sent), rungs,
        float(met.all_rewards), float(met.net_gain), float(met.price / (most - met.price)),
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
        chance, price (NaN where nothing is traded), arrivals, reward (NaN likewise), all_rewards and its parts over all
        that arrive: seizures, fines, trouble, net_gain (each nought where nothing is traded).
    """
    count = int(within("count", count, 2, 2000))
    penalty, most, trouble = _given(penalty, most, trouble)
    chance = np.linspace(0, markets.SURELY, count)
    met = markets.crossing(chance, landed_share(), penalty, most, trouble)
    parts = {"seizures": met.seizures, "fines": met.fines, "trouble": met.trouble, "net_gain": met.gain}
    together = {name: np.where(met.arrivals > 0, part * met.arrivals, 0.0) for name, part in parts.items()}
    return pd.DataFrame(
        {"chance": chance, "price": met.price, "arrivals": met.arrivals, "reward": met.reward, "all_rewards": met.all_rewards, **together}
    )  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """Three chances that change the story: where all sellers' net gain is largest, where all gross rewards are, and where
    trade ends."""

    net: float
    gross: float
    ends: float


def turn(penalty: float | None = None, most: float | None = None, trouble: float | None = None) -> Turn:
    """Where more patrols begin to shrink what all sellers keep, where also what they are paid, and where trade ends.

    Parameters
    ----------
    penalty, most, trouble : float, 0 to 1,000 list prices, optional

    Examples
    --------
    >>> round(turn().net, 2), round(turn().gross, 2), round(turn().ends, 2)
    (0.04, 0.34, 0.57)
    """
    penalty, most, trouble = _given(penalty, most, trouble)
    frame = patrols(penalty, most, trouble, 1901)
    cost = landed_share()
    ends = float(markets.break_even_chance(most - cost, cost, penalty))
    gross = float(frame["chance"].iloc[int(frame["all_rewards"].argmax())])
    return Turn(float(markets.most_sent(cost, penalty, most, trouble)), gross, ends)


@dataclass(frozen=True)
class Bearers:
    """Who bears a ban, in list prices for each hundred pieces of the open market. Attributes: gap (price less landed cost,
    over all that arrive) and its parts: seized (goods lost and fines), trouble, net_gain; buyers_lose (what buyers lose, with
    the purchases that do not take place); unsold (pieces that the maker sells fewer)."""

    gap: float
    seized: float
    trouble: float
    net_gain: float
    buyers_lose: float
    unsold: float


def bearers(chance: float) -> Bearers:
    """Who pays for a ban and who is paid, at the central assumptions and a maker that keeps its list price.

    Parameters
    ----------
    chance : float, 0 to 0.95

    Examples
    --------
    >>> found = bearers(0.2)
    >>> round(found.seized / found.gap, 2), round(found.net_gain / found.gap, 2), round(found.unsold)
    (0.62, 0.19, 13)
    """
    at = market_at(chance)
    if not at.arrivals:
        lost = (last_buyer() - at.landed) * 50
        return Bearers(0.0, 0.0, 0.0, 0.0, lost, 100.0)
    seized = (at.rungs["seizures"] + at.rungs["fines"]) * at.arrivals
    buyers = at.reward * (at.arrivals + 100) / 2
    return Bearers(at.all_rewards, seized, at.rungs["trouble"] * at.arrivals, at.net_gain, buyers, 100 - at.sent)


def receivers(chance: float | None = None) -> pd.DataFrame:
    """Who receives the gap in price, and what it means to treasuries, buyers and the maker, by instrument.

    Parameters
    ----------
    chance : float, 0 to 0.95, optional
        Of being caught under the ban; that of more patrols, if not given. The other instruments are set so that the price is
        the same. The maker keeps its list price.

    Returns
    -------
    DataFrame
        Index: the instruments of ``markets.RECEIVERS``. Columns: Who receives the gap, Treasuries (of the gap), Buyers get, The maker
        sells (both of a hundred pieces of the open market; under a ban the maker also sells what is seized).
    """
    chance = central("chance_patrols") if chance is None else chance
    at, found = market_at(chance), bearers(chance)
    kept, taken = (percent(part / found.gap) if found.gap else "0%" for part in (found.net_gain, found.seized))
    few, sold = f"{at.arrivals:.0f}", f"{at.sent:.0f}"
    rows = {
        "open market": ("none of it", "100", "100"),
        "ban": (f"at most {taken}: seized goods, fines", few, sold),
        "tariff": ("all", few, few),
        "export charge": ("all", few, few),
        "quota": ("none of it", few, few),
    }
    who = {**markets.RECEIVERS, "ban": f"{markets.RECEIVERS['ban']}: {kept}"}
    columns = ["Who receives the gap", "Treasuries", "Buyers get", "The maker sells"]
    frame = pd.DataFrame([(who[name], *row) for name, row in rows.items()], columns=columns, index=list(rows))
    frame.index.name = "What holds prices apart"
    return frame


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
