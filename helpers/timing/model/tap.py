"""The home tap: the share of its chips that a buyer makes at home, how fear of denial opens it, what is left to deny."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import first_bad, together, within

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
    return _of_odds(_odds(s) + k * time)


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
    return (_odds(end) - _odds(start)) / time


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
    way = np.maximum(_odds(goal) - _odds(s), 0)
    return np.where(way == 0, 0.0, np.where(k > 0, way / np.where(k > 0, k, 1.0), np.inf))


def supply_denied(share: ArrayLike, effort: ArrayLike, years: ArrayLike | None = None) -> np.ndarray:
    """What a denial takes while the home tap opens, in years of the buyer's whole need: the seller's leverage.

    Parameters
    ----------
    share : scalar or array, 0.0001 to 0.9999
        Home share when sale stops.
    effort : scalar or array, 0 to 5
        k a year while it is stopped; above 0 where no span is given.
    years : scalar or array, 0 to 60, optional
        Span that is counted; without it, until the tap is fully open.

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        Out of range, shapes that do not fit, or no effort and no span.

    Notes
    -----
    The integral of 1 - s over time. Without end it is log(1 / s) / k: with k = 0.9 a denial at a home share of 10% takes
    2.6 years of the need, at 41% one year. Over T years, T - (log(1 + e^(x + k T)) - log(1 + e^x)) / k with x the log odds.

    Examples
    --------
    >>> [round(float(supply_denied(s, 0.9)), 2) for s in (0.05, 0.10, 0.41)], round(float(supply_denied(0.1, 0.9, 3)), 2)
    ([3.33, 2.56, 0.99], 1.89)
    """
    s, k = _shares("share", share), within("effort", effort, 0, FASTEST)
    if years is None:
        s, k = together(share=s, effort=k)
        if (k < 1e-6).any():
            raise ValueError(
                f"effort = {first_bad(k < 1e-6, k)[0]:g} never opens the tap, so that a denial without end takes without end;"
                " give years."
            )
        return -np.log(s) / k
    time = within("years", years, 0, LONGEST)
    s, k, time = together(share=s, effort=k, years=time)
    x, slow = _odds(s), k < 1e-6
    safe = np.where(slow, 1.0, k)
    return np.where(slow, time * (1 - s), time - (np.logaddexp(0, x + safe * time) - np.logaddexp(0, x)) / safe)


def leverage_left(share_before: ArrayLike, share_now: ArrayLike) -> np.ndarray:
    """Leverage that is left, as a share of what it was: what has been used is spent.

    Parameters
    ----------
    share_before, share_now : scalar or array, 0.0001 to 0.9999
        Home share then and now.

    Returns
    -------
    ndarray of float
        Above 1 where the home share has fallen.

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    log(1 / now) / log(1 / before): `supply_denied` without end, at whatever effort, since that cancels.

    Examples
    --------
    >>> round(float(leverage_left(0.05, 0.41)), 2)
    0.3
    """
    before, now = _shares("share_before", share_before), _shares("share_now", share_now)
    before, now = together(share_before=before, share_now=now)
    return np.log(now) / np.log(before)


def fear_after(fear: ArrayLike, sale: ArrayLike, fear_sold: ArrayLike, memory: ArrayLike) -> np.ndarray:
    """The buyer's expected chance of denial after one more year.

    Parameters
    ----------
    fear : scalar or array, 0 to 1
        Of the year before.
    sale : scalar or array, 0 to 1
        Part of what the buyer asks for that may be sold this year; 0 is a denial.
    fear_sold : scalar or array, 0 to 1
        What fear comes to rest at after long sale.
    memory : scalar or array, 0 to 1
        Part of the distance to that rest which is kept from year to year.

    Returns
    -------
    ndarray of float, between 0 and 1

    Raises
    ------
    ValueError
        Out of range, or shapes that do not fit.

    Notes
    -----
    sale x (rest + (fear - rest) x memory) + (1 - sale): a denial is feared for certain while it lasts, and remembered after.

    Examples
    --------
    >>> float(fear_after(0.2, 0, 0.2, 0.5)), round(float(fear_after(1, 1, 0.2, 0.5)), 2)
    (1.0, 0.6)
    """
    q, sold = within("fear", fear, 0, 1), within("sale", sale, 0, 1)
    rest, kept = within("fear_sold", fear_sold, 0, 1), within("memory", memory, 0, 1)
    q, sold, rest, kept = together(fear=q, sale=sold, fear_sold=rest, memory=kept)
    return sold * (rest + (q - rest) * kept) + (1 - sold)


def _shares(name: str, value: ArrayLike) -> np.ndarray:
    return within(name, value, LEAST, LARGEST)


def _odds(share: np.ndarray) -> np.ndarray:
    return np.log(share / (1 - share))


def _of_odds(odds: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(0.5 * odds))  # one over one plus e to the minus, without overflow
