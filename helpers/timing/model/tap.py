"""The home tap: the share of its chips that a buyer makes at home, and how fear of denial opens it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import together, within

LEAST, LARGEST = 1e-4, 0.9999  # of a home share
FASTEST = 5.0  # of an effort, a year
LONGEST = 60.0  # years


def effort(base: ArrayLike, answer: ArrayLike, fear: ArrayLike) -> np.ndarray:
    """How fast the home tap opens in a year, as growth of the log odds of the home share.

    Parameters
    ----------
    base : scalar or array, 0 to 5
        k0: what is done without any fear (plans that are older than the controls).
    answer : scalar or array, 0 to 5
        k1: what full certainty of denial adds.
    fear : scalar or array, 0 to 1
        Expected chance that sale will stop.

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    k = k0 + k1 fear.

    Examples
    --------
    >>> round(float(effort(0.3, 0.6, 0.5)), 3)
    0.6
    """
    k0, k1 = within("base", base, 0, FASTEST), within("answer", answer, 0, FASTEST)
    q = within("fear", fear, 0, 1)
    k0, k1, q = together(base=k0, answer=k1, fear=q)
    return k0 + k1 * q


def share_after(share: ArrayLike, effort: ArrayLike, years: ArrayLike = 1.0) -> np.ndarray:
    """Home share after some years of one effort.

    Parameters
    ----------
    share : scalar or array, 0.0001 to 0.9999
    effort : scalar or array, -10 to 10
        k a year; below nought the tap closes.
    years : scalar or array, 0 to 60

    Returns
    -------
    ndarray of float, between 0 and 1

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    Logistic: log(s / (1 - s)) grows by k a year.

    Examples
    --------
    >>> round(float(share_after(0.1, 0.9, 4)), 3)
    0.803
    """
    s, k, time = _shares("share", share), within("effort", effort, -10, 10), within("years", years, 0, LONGEST)
    s, k, time = together(share=s, effort=k, years=time)
    return share_of(odds_of(s) + k * time)


def effort_between(first: ArrayLike, last: ArrayLike, years: ArrayLike) -> np.ndarray:
    """The effort that turns one home share into another.

    Parameters
    ----------
    first, last : scalar or array, 0.0001 to 0.9999
    years : scalar or array, 0.01 to 60

    Returns
    -------
    ndarray of float
        k a year; negative where the share falls.

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    (log odds of the last - log odds of the first) / years.

    Examples
    --------
    >>> round(float(effort_between(0.10, 0.41, 2)), 2)
    0.92
    """
    start, end = _shares("first", first), _shares("last", last)
    time = within("years", years, 0.01, LONGEST)
    start, end, time = together(first=start, last=end, years=time)
    return (odds_of(end) - odds_of(start)) / time


def years_to_share(share: ArrayLike, target: ArrayLike, effort: ArrayLike) -> np.ndarray:
    """Years until the home share is so large.

    Parameters
    ----------
    share, target : scalar or array, 0.0001 to 0.9999
    effort : scalar or array, 0 to 5
        k a year.

    Returns
    -------
    ndarray of float
        0 where it is so large already; infinite where an effort of nought never gets there.

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Examples
    --------
    >>> round(float(years_to_share(0.1, 0.5, 0.9)), 2), float(years_to_share(0.1, 0.5, 0))
    (2.44, inf)
    """
    s, goal = _shares("share", share), _shares("target", target)
    k = within("effort", effort, 0, FASTEST)
    s, goal, k = together(share=s, target=goal, effort=k)
    way = np.maximum(odds_of(goal) - odds_of(s), 0)
    return np.where(way == 0, 0.0, np.where(k > 0, way / np.where(k > 0, k, 1.0), np.inf))


def fear_after(
    fear: ArrayLike, sale: ArrayLike, fear_sold: ArrayLike, memory: ArrayLike, threat: ArrayLike = 0.0
) -> np.ndarray:
    """The buyer's expected chance of denial after one more year.

    Parameters
    ----------
    fear : scalar or array, 0 to 1
        Of the year before.
    sale : scalar or array, 0 to 1
        Part of what the buyer asks for that comes in this year; 0 is a denial, or a buyer that lets nothing in.
    fear_sold : scalar or array, 0 to 1
        What fear comes to rest at after long sale.
    memory : scalar or array, 0 to 1
        Part of the distance to that rest which is kept from year to year.
    threat : scalar or array, 0 to 1
        Part of the doubt that is left which a threat made this year takes away: 0 none is made, 1 denial is then certain.

    Returns
    -------
    ndarray of float, between 0 and 1

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    calm = rest + (fear - rest) x memory; sale x (calm + threat x (1 - calm)) + (1 - sale). A denial is feared for certain
    while it lasts, and remembered after. A threat raises fear or leaves it; it never lowers it.

    Examples
    --------
    >>> float(fear_after(0.2, 0, 0.2, 0.5)), round(float(fear_after(1, 1, 0.2, 0.5)), 2)
    (1.0, 0.6)
    >>> round(float(fear_after(0.9, 1, 0.2, 1, 0.5)), 2)
    0.95
    """
    q, sold = within("fear", fear, 0, 1), within("sale", sale, 0, 1)
    rest, kept = within("fear_sold", fear_sold, 0, 1), within("memory", memory, 0, 1)
    more = within("threat", threat, 0, 1)
    return next_fear(*together(fear=q, sale=sold, fear_sold=rest, memory=kept, threat=more))


def next_fear(fear, sale, fear_sold, memory, threat):
    """`fear_after` without checks, for the yearly model."""
    calm = fear_sold + (fear - fear_sold) * memory
    return sale * (calm + threat * (1 - calm)) + (1 - sale)


def _shares(name: str, value: ArrayLike) -> np.ndarray:
    return within(name, value, LEAST, LARGEST)


def odds_of(share: np.ndarray) -> np.ndarray:
    return np.log(share / (1 - share))


def share_of(odds: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(0.5 * odds))  # one over one plus e to the minus, without overflow
