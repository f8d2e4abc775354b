"""Gains: as rates, several together, and between a rich lab and a poor one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within, yes_no


def factor_per_year(months: ArrayLike) -> np.ndarray:
    """Growth in a year of what doubles (or shrinkage of what halves) in so many months.

    Parameters
    ----------
    months : scalar or array, 0.1 to 1200
        Give an interval as an array: its ends change places, since a short time is a fast rate.

    Returns
    -------
    ndarray of float, shape of `months`
        Times a year.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    2^(12 / months).

    Examples
    --------
    >>> [round(float(f), 1) for f in factor_per_year([5, 8, 14])]
    [5.3, 2.8, 1.8]
    """
    return 2 ** (12 / within("months", months, 0.1, 1200, "months"))


def _gains(gains: ArrayLike) -> np.ndarray:
    found = np.atleast_1d(within("gains", gains, 1, 1e6, "times"))
    if found.shape[-1] == 0:
        raise ValueError("gains is empty: give at least one gain.")
    return found


def combined_gain(gains: ArrayLike, overlap: ArrayLike) -> np.ndarray:
    """Gains used together, when part of what they save is the same compute.

    Parameters
    ----------
    gains : array, last axis the methods; each 1 to 1e6
        Measured one by one, against the same baseline.
    overlap : scalar or array, 0 to 1
        0: what one saves tells nothing about what another saves (the product). 1: the smaller
        saving lies wholly inside the larger (the largest gain alone).

    Returns
    -------
    ndarray of float, shape of `overlap` against the leading axes of `gains`

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    A gain g leaves the share 1/g of the compute. Together they leave
    (1 - w) x product of the shares + w x the smallest share. A line between two of Frechet's cases;
    the third, savings that never touch the same compute, is in `gain_bounds`. Methods can also
    interfere, and then none of these bounds holds.

    Examples
    --------
    >>> [round(float(combined_gain([1.25, 1.16], w)), 2) for w in (0, 0.5, 1)]
    [1.45, 1.34, 1.25]
    """
    left = 1 / _gains(gains)
    w = within("overlap", overlap, 0, 1)
    return 1 / ((1 - w) * left.prod(axis=-1) + w * left.min(axis=-1))


def gain_bounds(gains: ArrayLike) -> dict[str, np.ndarray]:
    """Largest gain, product, and the gain of savings that never touch the same compute.

    Parameters
    ----------
    gains : array, last axis the methods; each 1 to 1e6

    Returns
    -------
    dict of ndarray
        ``largest``, ``product``, ``disjoint``. ``disjoint`` is infinite where the savings add up
        to all of the compute or more, which shows that they cannot all be disjoint.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    Frechet's bounds for the union of the savings 1 - 1/g.

    Examples
    --------
    >>> {k: round(float(v), 2) for k, v in gain_bounds([1.25, 1.16]).items()}
    {'largest': 1.25, 'product': 1.45, 'disjoint': 1.51}
    """
    g = _gains(gains)
    left = 1 - (1 - 1 / g).sum(axis=-1)
    with np.errstate(divide="ignore"):
        disjoint = np.where(left > 1e-12, 1 / np.maximum(left, 1e-300), np.inf)
    return {"largest": g.max(axis=-1), "product": g.prod(axis=-1), "disjoint": disjoint}


def two_labs(
    ratio: ArrayLike, gain: ArrayLike, exponent: ArrayLike, rich_uses_it: bool = True
) -> dict[str, np.ndarray]:
    """What a method does to the distance between a rich lab and a poor one.

    Parameters
    ----------
    ratio : scalar or array, 1 to 1e6
        Compute of the rich lab for each unit of the poor one's.
    gain : scalar or array, 1 to 1e6
        Compute-equivalent gain at the poor lab's scale.
    exponent : scalar or array, -1 to 1
        How the gain depends on scale, as a power of compute. 0: the same at every scale.
        Above 0: it needs scale. Below 0: it fades with scale.
    rich_uses_it : bool
        False: the poor lab keeps the method to itself.

    Returns
    -------
    dict of ndarray
        ``poor_gain``, ``rich_gain`` (1 without the method), ``poor``, ``rich`` (effective compute,
        the poor lab's raw compute = 1) and ``ratio`` (rich over poor, after).

    Raises
    ------
    ValueError
        A value outside its range, or `rich_uses_it` neither True nor False.

    Notes
    -----
    Effective compute is raw compute times the gain at that scale, gain x ratio^s for the rich lab.
    Nobody has to use a method that does harm, so its gain is never below 1. If both use it,
    ratio after = ratio^(1 + s), whatever the size of the gain, until the gain has faded to 1 at
    the rich lab's scale: then ratio after = ratio / gain, as if the poor lab alone had it.

    Examples
    --------
    >>> round(float(two_labs(10, 3, 0)["ratio"]), 2), round(float(two_labs(10, 3, 0, False)["ratio"]), 2)
    (10.0, 3.33)
    """
    rich_uses_it = yes_no("rich_uses_it", rich_uses_it)
    r, poor, s = np.broadcast_arrays(
        within("ratio", ratio, 1, 1e6, "times"),
        within("gain", gain, 1, 1e6, "times"),
        within("exponent", exponent, -1, 1),
    )
    rich_gain = np.maximum(poor * r**s, 1.0) if rich_uses_it else np.ones(r.shape)
    rich = r * rich_gain
    return {"poor_gain": poor, "rich_gain": rich_gain, "poor": poor, "rich": rich, "ratio": rich / poor}
