"""Small sums behind published sentences on the gap: what a ratio of new computing asks for, what a mixed count does."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within
from helpers.scenario.model.vintages import LARGEST


def flow_ratio(us_added: ArrayLike, china_added: ArrayLike, exported: ArrayLike = 0.0, displaced: ArrayLike = 0.0) -> np.ndarray:  # fmt: skip
    """Computing gained in a year, one side over the other, if more is exported.

    Parameters
    ----------
    us_added, china_added : scalar or array, 0 to 1e9
        Without the exports; China's above zero, or exports above zero.
    exported : scalar or array, 0 to 1e9
        More for China.
    displaced : scalar or array, 0 to 1
        Part of it that the other side goes without.

    Returns
    -------
    ndarray of float
        Infinite where China gains nothing.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (A - s x) / (d + x).

    Examples
    --------
    >>> flow_ratio(31, 1, [0, 6.75, 15], [0, 0, 1]).round(2).tolist()
    [31.0, 4.0, 1.0]
    """
    a, d, x = (within(n, v, 0, LARGEST) for n, v in (("us_added", us_added), ("china_added", china_added), ("exported", exported)))  # fmt: skip
    left = np.maximum(a - within("displaced", displaced, 0, 1) * x, 0)
    left, gained = np.broadcast_arrays(left, d + x)
    return np.divide(left, gained, out=np.full(gained.shape, np.inf), where=gained > 0)


def exports_for(us_added: ArrayLike, china_added: ArrayLike, ratio: ArrayLike, displaced: ArrayLike = 0.0) -> np.ndarray:  # fmt: skip
    """Exports that bring the ratio of `flow_ratio` to a value.

    Parameters
    ----------
    us_added, china_added : scalar or array, 0 to 1e9
    ratio : scalar or array, 0.001 to 1e6
    displaced : scalar or array, 0 to 1

    Returns
    -------
    ndarray of float
        Negative where the ratio is lower already.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    x = (A - r d) / (r + s). With r = 1 and s = 1 it is (A - d) / 2.

    Examples
    --------
    >>> float(exports_for(31, 1, 4)), float(exports_for(31, 1, 1, 1))
    (6.75, 15.0)
    """
    a, d = within("us_added", us_added, 0, LARGEST), within("china_added", china_added, 0, LARGEST)
    r = within("ratio", ratio, 0.001, 1e6)
    return (a - r * d) / (r + within("displaced", displaced, 0, 1))


def dearer_cluster(chip_share: ArrayLike, speed: ArrayLike, price: ArrayLike, grows: ArrayLike = 1.0) -> np.ndarray:
    """Cost of a cluster of weaker, cheaper chips with the same peak, over that of the better ones.

    Parameters
    ----------
    chip_share : scalar or array, 0 to 1
        Of chips in the cost of the better cluster.
    speed, price : scalar or array, 0.001 to 1
        Of one weaker chip, over the better.
    grows : scalar or array, 0 to 1
        How far the rest (network, servers, site) grows with the number of chips: 0 not at all, 1 as much.

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    c p / s + (1 - c) (1 + g (1 / s - 1)).

    Examples
    --------
    >>> dearer_cluster([0.6, 0.8], 0.5, 0.5).round(2).tolist()
    [1.4, 1.2]
    """
    c, s = within("chip_share", chip_share, 0, 1), within("speed", speed, 0.001, 1)
    rest = (1 - c) * (1 + within("grows", grows, 0, 1) * (1 / s - 1))
    return c * within("price", price, 0.001, 1) / s + rest


def packages(dies: ArrayLike, dies_per_package: ArrayLike = 2, packaging_yield: ArrayLike = 1.0) -> np.ndarray:
    """Good packages that dies make.

    Parameters
    ----------
    dies : scalar or array, 0 to 1e12
    dies_per_package : scalar or array, 1 to 100
    packaging_yield : scalar or array, 0 to 1

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    dies / m x y.

    Examples
    --------
    >>> float(packages(1.6e6))
    800000.0
    """
    count = within("dies", dies, 0, 1e12) / within("dies_per_package", dies_per_package, 1, 100)
    return count * within("packaging_yield", packaging_yield, 0, 1)
