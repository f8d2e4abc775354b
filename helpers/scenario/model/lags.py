"""From computing to capability: what reaches the work, and a ratio as months of growth."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within


def useful(peak: ArrayLike, share_of_peak: ArrayLike, share_at_work: ArrayLike) -> np.ndarray:
    """Peak computing times what of it does work.

    Parameters
    ----------
    peak : scalar or array, 0 to 1e9
    share_of_peak : scalar or array, 0 to 1
        Reached while a chip works.
    share_at_work : scalar or array, 0 to 1
        Of the fleet that works.

    Returns
    -------
    ndarray of float, in the unit of `peak`

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    The product of the three.

    Examples
    --------
    >>> round(float(useful(10, 0.375, 0.8)), 3)
    3.0
    """
    share = within("share_of_peak", share_of_peak, 0, 1) * within("share_at_work", share_at_work, 0, 1)
    return within("peak", peak, 0, 1e9) * share


def lag_months(ratio: ArrayLike, growth: ArrayLike) -> np.ndarray:
    """How long the side behind takes to reach where the side ahead is, at a growth that lasts.

    Parameters
    ----------
    ratio : scalar or array, 1e-6 to 1e6
        Ahead over behind; below 1 the months are negative.
    growth : scalar or array, 1.001 to 1,000 times a year
        Of what is compared.

    Returns
    -------
    ndarray of float, months

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    12 ln(ratio) / ln(growth).

    Examples
    --------
    >>> lag_months(8, [3.0, 2.2, 2.2 * 2.83]).round().tolist()
    [23.0, 32.0, 14.0]
    """
    r, g = within("ratio", ratio, 1e-6, 1e6), within("growth", growth, 1.001, 1000)
    return 12 * np.log(r) / np.log(g)


def ratio_after(months: ArrayLike, growth: ArrayLike) -> np.ndarray:
    """The ratio of computing that a lag in months stands for: `lag_months` the other way round.

    Parameters
    ----------
    months : scalar or array, -600 to 600
    growth : scalar or array, 1.001 to 1,000 times a year

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    growth^(months / 12).

    Examples
    --------
    >>> float(ratio_after(24, 3))
    9.0
    """
    return within("growth", growth, 1.001, 1000) ** (within("months", months, -600, 600) / 12)


def growth_a_year(first: ArrayLike, last: ArrayLike, years: ArrayLike) -> np.ndarray:
    """Growth a year between two levels.

    Parameters
    ----------
    first, last : scalar or array, 1e-9 to 1e12
    years : scalar or array, 0.01 to 100

    Returns
    -------
    ndarray of float, times a year

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (last / first)^(1 / years).

    Examples
    --------
    >>> float(growth_a_year(1590, 9800, 5).round(3))
    1.439
    """
    start, end = within("first", first, 1e-9, 1e12), within("last", last, 1e-9, 1e12)
    return (end / start) ** (1 / within("years", years, 0.01, 100))
