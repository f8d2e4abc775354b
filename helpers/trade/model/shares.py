"""Shares of a market that change along a logistic path, and research that follows expected sales."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import together, within


class Path(NamedTuple):
    """A logistic path: its speed a year, and the year in which it is at half of its end."""

    speed: float
    midpoint: float
    end: float = 1.0


def logistic(years: ArrayLike, path: Path) -> np.ndarray:
    """The share on a logistic path.

    Parameters
    ----------
    years : scalar or array, 1900 to 2200
        With fractions: 2023.5 is the middle of 2023.
    path : Path

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    end / (1 + exp(-speed (year - midpoint))).

    Examples
    --------
    >>> float(logistic(2025, Path(0.8, 2025)))
    0.5
    """
    t = within("years", years, 1900, 2200)
    speed, midpoint = float(within("path", path.speed, -100, 100)), float(within("path", path.midpoint, 0, 4000))
    end = float(within("path", path.end, 0, 1))
    return end / (1 + np.exp(np.clip(-speed * (t - midpoint), -700, 700)))


def logistic_through(
    first_year: float, first_share: float, last_year: float, last_share: float, end: float = 1.0
) -> Path:
    """The logistic path through two points: two numbers make a line, and test nothing.

    Parameters
    ----------
    first_year, last_year : float, 1900 to 2200
        They differ.
    first_share, last_share : float, 0.0001 to 0.9999
        Below the end.
    end : float, 0.001 to 1
        Share that is approached in the end.

    Returns
    -------
    Path

    Raises
    ------
    ValueError
        A value outside its range, one year twice, or a share that is not below the end.

    Notes
    -----
    With L = ln(s / (end - s)): speed (L2 - L1) / (t2 - t1), midpoint t1 - L1 / speed.

    Examples
    --------
    >>> path = logistic_through(2023.5, 0.10, 2025.5, 0.41)
    >>> round(path.speed, 2), round(path.midpoint, 1)
    (0.92, 2025.9)
    """
    t1, t2 = (float(within(n, v, 1900, 2200)) for n, v in (("first_year", first_year), ("last_year", last_year)))
    top = float(within("end", end, 0.001, 1))
    logits = []
    for name, value in (("first_share", first_share), ("last_share", last_share)):
        share = float(within(name, value, 0.0001, 0.9999))
        if share >= top:
            raise ValueError(f"{name} = {share:g} must be below end = {top:g}.")
        logits.append(np.log(share / (top - share)))
    if abs(t2 - t1) < 1e-3:
        raise ValueError(f"first_year = {t1:g} and last_year = {t2:g} must differ.")
    speed = float((logits[1] - logits[0]) / (t2 - t1))
    if abs(speed) < 1e-6:
        raise ValueError(
            f"first_share = {first_share:g} and last_share = {last_share:g} are equal: no path has a midpoint."
        )
    return Path(speed, float(t1 - logits[0] / speed), top)


def research_after(market: ArrayLike, curvature: ArrayLike) -> np.ndarray:
    """Research after a change of the market that a firm expects, as a multiple of before.

    Parameters
    ----------
    market : scalar or array, 0 to 1,000
        Expected sales after over before.
    curvature : scalar or array, 0 to 0.9
        eta: success grows with research to this power, so 0.9 falls off slowly and 0 means a fixed ratio (see the notes).

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    With profit M R^eta - R the best research is proportional to M^(1 / (1 - eta)): at eta 0 it moves with the market, above
    that by more. Denial moves M from the seller to the home makers, so this moves research the same way; whether it
    yields inventions is another question.

    Examples
    --------
    >>> [round(float(research_after(0.84, e)), 2) for e in (0, 0.5)]
    [0.84, 0.71]
    """
    m, eta = within("market", market, 0, 1000), within("curvature", curvature, 0, 0.9)
    together(market=m, curvature=eta)
    return m ** (1 / (1 - eta))
