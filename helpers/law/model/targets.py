"""A target beside an outcome, and the growth between two sums."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import together, within

_MOST = 1e12


def attained(outcome: ArrayLike, target: ArrayLike) -> np.ndarray:
    """The outcome as a share of the target.

    Parameters
    ----------
    outcome : float or array, 0 to 1e12
        In the unit of the target. For a target that was to be reached from below.
    target : float or array, 1e-12 to 1e12

    Returns
    -------
    ndarray of float, broadcast shape
        1 is the target met.

    Raises
    ------
    ValueError
        Outside its range; shapes that do not fit.

    Examples
    --------
    >>> attained([15.9, 5.9], 40).round(3).tolist()
    [0.398, 0.148]
    """
    reached, wanted = together(
        outcome=within("outcome", outcome, 0, _MOST), target=within("target", target, 1 / _MOST, _MOST)
    )
    return reached / wanted


def growth_per_year(first: ArrayLike, last: ArrayLike, years: ArrayLike) -> np.ndarray:
    """The even yearly growth that leads from one sum to another.

    Parameters
    ----------
    first, last : float or array, 1e-12 to 1e12
        In one unit.
    years : float or array, 0.01 to 500 years

    Returns
    -------
    ndarray of float, broadcast shape
        A fraction a year: 0.2 is 20%.

    Raises
    ------
    ValueError
        Outside its range; shapes that do not fit.

    Notes
    -----
    (last / first) ** (1 / years) - 1.

    Examples
    --------
    >>> round(float(growth_per_year(360.98, 884.8, 5)), 3)
    0.196
    """
    start, end, time = together(
        first=within("first", first, 1 / _MOST, _MOST),
        last=within("last", last, 1 / _MOST, _MOST),
        years=within("years", years, 0.01, 500, "years"),
    )
    return np.expm1(np.log(end / start) / time)
