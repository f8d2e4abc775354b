"""Quality that buyers cannot see: honest and false services at one price (Akerlof), and an audit as remedy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, whole, within
from helpers.markets.model.limits import share

MOST_ROUNDS = 1000


def mixed_value(honest_share: ArrayLike, honest_value: ArrayLike, false_value: ArrayLike) -> np.ndarray:
    """What a buyer who cannot tell services apart expects to get, and so gives at most.

    Parameters
    ----------
    honest_share : scalar or array, 0 to 1
        Of the services on offer.
    honest_value, false_value : scalar or array, 0 to 1e6
        In the price of the official service, say.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range, or not a number.

    Examples
    --------
    >>> round(float(mixed_value(0.5, 1, 0.4)), 6)
    0.7
    """
    q = share("honest_share", honest_share)
    return q * within("honest_value", honest_value, 0, 1e6) + (1 - q) * within("false_value", false_value, 0, 1e6)


def least_honest_share(price: ArrayLike, honest_value: ArrayLike, false_value: ArrayLike) -> np.ndarray:
    """The share of honest services at which a price is just worth paying.

    Parameters
    ----------
    price, honest_value, false_value : scalar or array, 0 to 1e6
        The honest service is worth more than the false one, by 1e-9 or more.

    Returns
    -------
    ndarray of float, broadcast shape
        Below 0 where even false services are worth the price, above 1 where no mixture is.

    Raises
    ------
    ValueError
        A value outside its range, not a number, or an honest service that is worth no more than a false one.

    Notes
    -----
    q v_H + (1 - q) v_L >= p gives q = (p - v_L) / (v_H - v_L). Akerlof, *The Market for Lemons*, 1970.

    Examples
    --------
    >>> round(float(least_honest_share(0.6, 1, 37 / 83.82)), 2)
    0.28
    """
    good, bad = within("honest_value", honest_value, 0, 1e6), within("false_value", false_value, 0, 1e6)
    wrong = good - bad < 1e-9
    if np.any(wrong):
        worth, other = first_bad(wrong, good, bad)
        raise ValueError(f"honest_value = {worth:g} must lie above false_value = {other:g}.")
    return (within("price", price, 0, 1e6) - bad) / (good - bad)


@dataclass(frozen=True)
class Jar:
    """A market of services after its honest part has come to rest, or round by round (last axis).

    Attributes: stay (share of the honest that still offer); honest_share (of all that offer; 0 where nobody does);
    price (what buyers give).
    """

    stay: np.ndarray
    honest_share: np.ndarray
    price: np.ndarray


def _costs(cheapest: ArrayLike, dearest: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    least, most = within("cheapest", cheapest, 0, 1e3), within("dearest", dearest, 0, 1e3)
    wrong = most - least < 1e-6
    if np.any(wrong):
        high, low = first_bad(wrong, most, least)
        raise ValueError(f"dearest = {high:g} must lie above cheapest = {low:g} by 0.000001 or more.")
    return least, most


def _market(
    honest_share: ArrayLike, false_value: ArrayLike, audit: ArrayLike, cheapest: ArrayLike, dearest: ArrayLike
) -> tuple[np.ndarray, ...]:
    q = within("honest_share", honest_share, 0.001, 1)
    bad, found = share("false_value", false_value, 0.999), share("audit", audit)
    least, most = _costs(cheapest, dearest)
    ratio = (1 - q) / q * (1 - found)  # false services for each honest one at the start
    return np.broadcast_arrays(ratio, bad, least, most)


def settled(
    honest_share: ArrayLike, false_value: ArrayLike, audit: ArrayLike = 0.0, cheapest: ArrayLike = 0.5, dearest: ArrayLike = 1.0
) -> Jar:  # fmt: skip
    """Where a market of honest and false services comes to rest, when it starts with all of them in it.

    Parameters
    ----------
    honest_share : scalar or array, 0.001 to 1
        Of the services, at the start.
    false_value : scalar or array, 0 to 0.999
        What a false service is worth; an honest one is worth 1.
    audit : scalar or array, 0 to 1
        Share of the false services that is found out and avoided.
    cheapest, dearest : scalar or array, 0 to 1,000
        What the cheapest and the dearest honest service needs; the others lie evenly between.

    Returns
    -------
    Jar
        Of the broadcast shape.

    Raises
    ------
    ValueError
        A value outside its range, not a number, or `dearest` not above `cheapest`.

    Notes
    -----
    Buyers give the mixed value; an honest service stays while the price covers what it needs; a false one always stays.
    With h the share of the honest that stay, r false services for each honest one at the start, C = dearest - cheapest
    and D = 1 - false value, rest is C h^2 + (C r + cheapest - 1) h + (cheapest - false value) r = 0: the larger root, if
    there is one above 0 and up to 1; all stay where the price of the full mixture covers the dearest.

    Examples
    --------
    >>> float(settled(0.6, 0.44).stay), round(float(settled(0.6, 0.44, audit=0.75).stay), 2)
    (0.0, 0.81)
    """
    r, bad, least, most = _market(honest_share, false_value, audit, cheapest, dearest)
    spread, worth = most - least, 1 - bad
    middle = spread * r + least - 1
    inside = middle**2 - 4 * spread * (least - bad) * r
    root = (-middle + np.sqrt(np.maximum(inside, 0))) / (2 * spread)
    full = bad + worth / (1 + r)
    # With the first to leave, the others follow unless there is a place of rest on the way.
    rests = (inside >= 0) & (root > 0) & (root <= 1 + 1e-9)
    stay = np.where(full >= most, 1.0, np.where(rests, np.minimum(root, 1), 0.0))
    return _jar(stay, r, bad)


def _jar(stay: np.ndarray, r: np.ndarray, bad: np.ndarray) -> Jar:
    offered = stay + r
    q = np.divide(stay, offered, out=np.zeros(np.shape(offered)), where=offered > 0)
    price = np.where(offered > 0, bad + (1 - bad) * q, 0.0)
    return Jar(stay, q, price)


def rounds(
    count: int, honest_share: float, false_value: float, audit: float = 0.0, cheapest: float = 0.5, dearest: float = 1.0
) -> Jar:
    """The same market, round by round: buyers pay for the mixture, then those leave whom the price does not pay.

    Parameters
    ----------
    count : int, 1 to 1,000
        Rounds.
    honest_share, false_value, audit, cheapest, dearest : float
        As in `settled`.

    Returns
    -------
    Jar
        Rows of count + 1 values, the start first.

    Raises
    ------
    ValueError
        A value outside its range, not a number, or `dearest` not above `cheapest`.

    Examples
    --------
    >>> [round(float(p), 2) for p in rounds(3, 0.6, 0.44).price]
    [0.78, 0.69, 0.65, 0.61]
    """
    count = whole("count", count, 1, MOST_ROUNDS)
    r, bad, least, most = (float(v) for v in _market(honest_share, false_value, audit, cheapest, dearest))
    stay = [1.0]
    for _ in range(count):
        offered = stay[-1] + r
        price = bad + (1 - bad) * (stay[-1] / offered if offered > 0 else 0.0)
        stay.append(min(stay[-1], max(0.0, min(1.0, (price - least) / (most - least)))))
    return _jar(np.array(stay), np.float64(r), np.float64(bad))
