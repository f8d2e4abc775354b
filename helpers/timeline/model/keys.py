"""Delivery that needs two governments: the chance that both say yes, over time, and what a wait tells."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import whole, within


def both_keys(us_per_month: ArrayLike, cn_per_month: ArrayLike, link: ArrayLike = 0.0) -> np.ndarray:
    """Probability that both governments say yes in one month.

    Parameters
    ----------
    us_per_month, cn_per_month : scalar or array, 0 to 1
        Probability that the US, and China, allow delivery in a given month.
    link : scalar or array, -1 to 1
        0: the two decide independently. 1: they agree as often as the two numbers allow (a deal
        opens both doors). -1: they agree as seldom as the two numbers allow (when one opens, the
        other shuts).

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    ``link`` runs in straight lines from the lower Fréchet bound max(0, p + q - 1), by
    independence p q, to the upper Fréchet bound min(p, q). Source: M. Fréchet (1951),
    "Sur les tableaux de corrélation dont les marges sont données".

    Examples
    --------
    >>> float(both_keys(0.5, 0.4))
    0.2
    >>> float(both_keys(0.5, 0.4, link=1)), float(both_keys(0.5, 0.4, link=-1))
    (0.4, 0.0)
    """
    p = within("us_per_month", us_per_month, 0, 1)
    q = within("cn_per_month", cn_per_month, 0, 1)
    link = within("link", link, -1, 1)
    apart = p * q
    lowest, highest = np.maximum(0.0, p + q - 1), np.minimum(p, q)
    return apart + np.where(link >= 0, link * (highest - apart), -link * (lowest - apart))


def delivery_probability(
    months: ArrayLike,
    us_per_month: ArrayLike,
    cn_per_month: ArrayLike,
    *,
    link: ArrayLike = 0.0,
    keys_stay: bool = False,
) -> np.ndarray:
    """Probability that a first delivery has happened within a number of months.

    Parameters
    ----------
    months : scalar or array, 0 to 1200
        Months since the first of the two doors opened.
    us_per_month, cn_per_month, link
        As in `both_keys`.
    keys_stay : bool
        False: both must say yes in the same month. True: a yes, once given, stays.

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    With j the chance of both in one month: 1 - (1 - j)^t when they must coincide, and
    1 - (1 - p)^t - (1 - q)^t + (1 - p - q + j)^t when a yes stays.

    Examples
    --------
    >>> float(delivery_probability(1, 0.5, 0.5))
    0.25
    """
    t = within("months", months, 0, 1200)
    j = both_keys(us_per_month, cn_per_month, link)
    p, q = within("us_per_month", us_per_month, 0, 1), within("cn_per_month", cn_per_month, 0, 1)
    if not keys_stay:
        return 1 - (1 - j) ** t
    neither = np.maximum(0.0, 1 - p - q + j)
    return np.clip(1 - (1 - p) ** t - (1 - q) ** t + neither**t, 0.0, 1.0)


def months_until(
    probability: float,
    us_per_month: float,
    cn_per_month: float,
    *,
    link: float = 0.0,
    keys_stay: bool = False,
    horizon: int = 600,
) -> float:
    """First whole month by which delivery is at least as likely as `probability`.

    Returns
    -------
    float
        Months; infinity when it is not reached within `horizon` months.

    Raises
    ------
    ValueError
        A value outside its range (probability: 0 to 1).
    """
    horizon = whole("horizon", horizon, 1, 1200)
    within("probability", probability, 0, 1)
    t = np.arange(0, horizon + 1)
    reached = delivery_probability(t, us_per_month, cn_per_month, link=link, keys_stay=keys_stay) >= probability
    return float(t[reached.argmax()]) if reached.any() else float("inf")


def upper_bound_after_zero(months: ArrayLike, confidence: float = 0.95) -> np.ndarray:
    """Highest chance per month that is still compatible with none in so many months.

    Parameters
    ----------
    months : scalar or array, 1 to 1200
        Months observed, all without the event.
    confidence : float, 0.5 to 0.999
        A chance above the bound would have shown itself with this probability.

    Returns
    -------
    ndarray of float, 0 to 1

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    1 - (1 - confidence)^(1/months), near 3/months at 95% ("rule of three"): J. A. Hanley and
    A. Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983) 1743.

    Examples
    --------
    >>> round(float(upper_bound_after_zero(6)), 2)
    0.39
    """
    n = within("months", months, 1, 1200)
    within("confidence", confidence, 0.5, 0.999)
    return 1 - (1 - confidence) ** (1 / n)
