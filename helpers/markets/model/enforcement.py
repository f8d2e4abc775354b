"""What the chance of being caught does: to one seller (Becker), and to price and quantity of a market."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, within
from helpers.markets.model.limits import lists, money, share

SURELY = 0.95  # the highest chance of being caught that the market model takes


def break_even_chance(gain: ArrayLike, goods: ArrayLike, penalty: ArrayLike) -> np.ndarray:
    """Chance of being caught at which a forbidden sale just does not pay.

    Parameters
    ----------
    gain : scalar or array, 0 to 1e12
        Profit of a piece that gets through.
    goods, penalty : scalar or array, 0 to 1e12
        Lost when caught: the piece, and everything else.

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1
        NaN where nothing is gained and nothing lost.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    (1 - p) gain = p (goods + penalty), so p = gain / (gain + goods + penalty). Becker, *Crime and Punishment*, 1968,
    for somebody who minds risk no more than its average.

    Examples
    --------
    >>> float(break_even_chance(100, 100, 200))
    0.25
    """
    won = money("gain", gain)
    lost = money("goods", goods) + money("penalty", penalty)
    total = won + lost
    return won / np.where(total > 0, total, np.nan)


def risk_premium(chance: ArrayLike, goods: ArrayLike, penalty: ArrayLike) -> np.ndarray:
    """What a piece that gets through must bring to make up for those that do not.

    Parameters
    ----------
    chance : scalar or array, 0 to 0.999999
        Of being caught.
    goods, penalty : scalar or array, 0 to 1e12

    Returns
    -------
    ndarray of float, broadcast shape
        The gain of which `break_even_chance` is the inverse.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    p / (1 - p) x (goods + penalty).

    Examples
    --------
    >>> round(float(risk_premium(0.25, 100, 200)), 9)
    100.0
    """
    p = share("chance", chance, 0.999999)
    return p / (1 - p) * (money("goods", goods) + money("penalty", penalty))


@dataclass(frozen=True)
class Crossing:
    """Where supply and demand meet; prices in list prices, quantities in hundredths of the open market's.

    Attributes: price (NaN where nothing is traded); arrivals; sent (arrivals and seizures); landed; seizures, fines,
    margin (parts of the price above landed; NaN where nothing is traded). The margin is what the last sender's trouble
    costs; with trouble that rises in proportion, half of it is the mean sender's cost and half is gained.
    """

    price: np.ndarray
    arrivals: np.ndarray
    sent: np.ndarray
    landed: np.ndarray
    seizures: np.ndarray
    fines: np.ndarray
    margin: np.ndarray

    @property
    def reward(self) -> np.ndarray:
        """Of a piece that gets through: price less what it cost to bring."""
        return self.price - self.landed

    @property
    def all_rewards(self) -> np.ndarray:
        """Of all pieces that get through; nought where nothing is traded."""
        return np.where(self.arrivals > 0, self.reward * self.arrivals, 0.0)

    @property
    def trouble(self) -> np.ndarray:
        """Of a piece that gets through: what the mean sender's effort and danger cost, for all that were sent."""
        return self.margin / 2

    @property
    def gain(self) -> np.ndarray:
        """Of a piece that gets through: what is left to all senders together, those who were caught included (a rent)."""
        return self.margin / 2

    @property
    def net_gain(self) -> np.ndarray:
        """Of all senders together: the surplus after goods lost, fines and trouble; nought where nothing is traded."""
        return np.where(self.arrivals > 0, self.gain * self.arrivals, 0.0)


def crossing(chance: ArrayLike, landed: ArrayLike, penalty: ArrayLike, most: ArrayLike, trouble: ArrayLike) -> Crossing:
    """Price and quantity of a banned good, where buyers and those who send it agree.

    Parameters
    ----------
    chance : scalar or array, 0 to 0.95
        Share of the pieces sent that is caught.
    landed : scalar or array, 0 to 1,000 list prices
        What a piece costs to bring: list price, freight, tax.
    penalty : scalar or array, 0 to 1,000 list prices
        For each piece caught, the piece itself left out.
    most : scalar or array, 0 to 1,000 list prices
        At which the last buyer gives up; above `landed` by 0.001 or more.
    trouble : scalar or array, 0 to 1,000 list prices
        What effort and danger cost the hundredth sender for a piece; the first has no such cost.

    Returns
    -------
    Crossing
        Of the broadcast shape. Price, seizures, fines and margin are NaN where nothing is traded, since whoever sends
        would ask more than the last buyer gives.

    Raises
    ------
    ValueError
        A value outside its range, not a number, or `most` not above `landed`.

    Notes
    -----
    Demand: 100 (most - P) / (most - landed), straight, 100 on the open market. Supply: of those sent, a share 1 - p
    arrives; the last sender's gain is nought: (1 - p) P = landed + p penalty + trouble x sent / 100. A seized piece has
    cost `landed`. Linear, so that the crossing has a closed form. Trade ends at the chance at which
    (landed + p penalty) / (1 - p) = most, which is `break_even_chance` at the highest price.

    All senders together keep what lies between the price and their lines: trouble x sent^2 / 200. So they gain from a
    higher chance exactly while it makes them send more; see `most_sent`.

    Examples
    --------
    >>> at = crossing(0.2, 1.15, 1, 4, 0.3)
    >>> round(float(at.price), 2), round(float(at.arrivals))
    (2.01, 70)
    """
    p, cost = share("chance", chance, SURELY), lists("landed", landed)
    fine, last, slope = lists("penalty", penalty), lists("most", most), lists("trouble", trouble)
    _above(last, cost)
    p, cost, fine, last, slope = np.broadcast_arrays(p, cost, fine, last, slope)
    through = 1 - p
    asked = (cost + p * fine) / through  # by the first sender
    steep = slope / through**2 / 100  # list prices a piece that arrives
    arrivals = np.maximum(0.0, 100 * (last - asked) / (last - cost + 100 * steep))
    traded = arrivals > 0
    price = np.where(traded, asked + steep * arrivals, np.nan)
    seized = np.where(traded, p / through * cost, np.nan)
    fined = np.where(traded, p / through * fine, np.nan)
    return Crossing(price, arrivals, arrivals / through, cost, seized, fined, price - cost - seized - fined)


def last_buyer(landed: ArrayLike, elasticity: ArrayLike) -> np.ndarray:
    """The price at which the last buyer gives up, from the elasticity of demand on the open market.

    Parameters
    ----------
    landed : scalar or array, 0 to 1,000 list prices
        The open market's price.
    elasticity : scalar or array, 0.01 to 100
        By how many per cent sales fall there when the price rises by one.

    Returns
    -------
    ndarray of float, broadcast shape, list prices

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Notes
    -----
    landed x (1 + 1 / elasticity): the end of the straight line of demand.

    Examples
    --------
    >>> round(float(last_buyer(1.15, 0.4)), 3)
    4.025
    """
    return lists("landed", landed) * (1 + 1 / within("elasticity", elasticity, 0.01, 100))


def elasticity_at(price: ArrayLike, most: ArrayLike) -> np.ndarray:
    """Elasticity of a straight line of demand at a price.

    Parameters
    ----------
    price, most : scalar or array, 0 to 1,000 list prices
        The price lies below `most`, where the last buyer gives up, by 0.000001 or more.

    Returns
    -------
    ndarray of float, broadcast shape
        Per cent less bought for each per cent dearer.

    Raises
    ------
    ValueError
        A value outside its range, not a number, or a price not below `most`.

    Notes
    -----
    price / (most - price).

    Examples
    --------
    >>> round(float(elasticity_at(1.15, 4.025)), 9)
    0.4
    """
    paid, last = lists("price", price), lists("most", most)
    high = last - paid < 1e-6
    if np.any(high):
        given, end = first_bad(high, paid, last)
        raise ValueError(f"price = {given:g} must lie below most = {end:g} list prices by 0.000001 or more.")
    return paid / (last - paid)


def most_sent(landed: ArrayLike, penalty: ArrayLike, most: ArrayLike, trouble: ArrayLike) -> np.ndarray:
    """Chance of being caught at which most pieces are sent, and so all senders together gain most.

    Parameters
    ----------
    landed, penalty, most, trouble : scalar or array
        As in `crossing`.

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 0.95
        0 where every rise of the chance lowers their gain.

    Raises
    ------
    ValueError
        A value outside its range, not a number, or `most` not above `landed`.

    Notes
    -----
    With u = 1 - p, F the penalty and t the trouble, sent is proportional to
    ((most + F) u - landed - F) / ((most - landed) u^2 + t), largest at
    u = (landed + F + sqrt((landed + F)^2 + t (most + F)^2 / (most - landed))) / (most + F). There the elasticity of
    demand is price / (price + F): below it a higher chance raises what all senders gain, above it lowers it; without a
    penalty that is one. That the elasticity decides what enforcement does to spending on a barred good: Becker, Murphy
    and Grossman, *The Market for Illegal Goods*, 2006.

    Examples
    --------
    >>> round(float(most_sent(1.15, 1, 4.025, 0.3)), 2), round(float(most_sent(1.15, 1, 5.75, 0.3)), 2)
    (0.04, 0.27)
    """
    cost, fine = lists("landed", landed), lists("penalty", penalty)
    last, slope = lists("most", most), lists("trouble", trouble)
    _above(last, cost)
    lost = cost + fine
    through = (lost + np.sqrt(lost**2 + slope * (last + fine) ** 2 / (last - cost))) / (last + fine)
    return np.clip(1 - through, 0.0, SURELY)


def _above(last: np.ndarray, cost: np.ndarray) -> None:
    tight = last - cost < 1e-3
    if np.any(tight):
        given, least = first_bad(tight, last, cost)
        raise ValueError(f"most = {given:g} must lie above landed = {least:g} list prices by 0.001 or more.")


def asked_price(
    arrivals: ArrayLike, chance: ArrayLike, landed: ArrayLike, penalty: ArrayLike, trouble: ArrayLike
) -> np.ndarray:
    """Supply: the price at which so many pieces arrive.

    Parameters
    ----------
    arrivals : scalar or array, 0 to 1,000 hundredths of the open market
    chance, landed, penalty, trouble : scalar or array
        As in `crossing`.

    Returns
    -------
    ndarray of float, broadcast shape, list prices

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> round(float(asked_price(0, 0.2, 1.15, 1, 0.3)), 4)
    1.6875
    """
    through = 1 - share("chance", chance, SURELY)
    first = (lists("landed", landed) + (1 - through) * lists("penalty", penalty)) / through
    return first + lists("trouble", trouble) * within("arrivals", arrivals, 0, 1e3) / 100 / through**2


def offered_price(arrivals: ArrayLike, landed: ArrayLike, most: ArrayLike) -> np.ndarray:
    """Demand: the price that the buyer of the last of so many pieces gives.

    Parameters
    ----------
    arrivals : scalar or array, 0 to 1,000 hundredths of the open market
    landed, most : scalar or array, 0 to 1,000 list prices

    Returns
    -------
    ndarray of float, broadcast shape, list prices
        Below nought where nobody would take so many.

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> round(float(offered_price(100, 1.15, 4)), 2)
    1.15
    """
    cost, last = lists("landed", landed), lists("most", most)
    return last - (last - cost) * within("arrivals", arrivals, 0, 1e3) / 100
