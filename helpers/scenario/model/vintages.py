"""Vintages: what is left of the chips of each year, and the stock that they add up to."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import fitting, shown, within

MOST_YEARS = 60
LARGEST = 1e9  # million H100-equivalents, or any other unit


def alive(age: ArrayLike, life: ArrayLike, loss: ArrayLike) -> np.ndarray:
    """Share of a year's chips that still works.

    Parameters
    ----------
    age : scalar or array, 0 to 100 years
    life : scalar or array, 0 to 100 years
        Economic life: after it chips are retired. The last year counts in part.
    loss : scalar or array, 0 to 1 a year
        Share lost a year before that.

    Returns
    -------
    ndarray of float, broadcast shape, 0 to 1

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (1 - h)^a x clip(L - a, 0, 1), with age a, life L and loss h.

    Examples
    --------
    >>> alive([0, 1, 5, 6], 5.5, 0.05).round(3).tolist()
    [1.0, 0.95, 0.387, 0.0]
    """
    a, years = within("age", age, 0, 100, "years"), within("life", life, 0, 100, "years")
    return (1 - within("loss", loss, 0, 1)) ** a * np.clip(years - a, 0, 1)


def stock(added: ArrayLike, life: ArrayLike, loss: ArrayLike) -> np.ndarray:
    """What is in use at the end of each year, from what was added in it and before.

    Parameters
    ----------
    added : array, years on the first axis, 0 to 1e9
        Yearly additions, in any unit.
    life, loss : scalar or array
        As in `alive`; one for each draw, or one for all.

    Returns
    -------
    ndarray of float, years on the first axis

    Raises
    ------
    ValueError
        A value outside its range, or more than 60 years.

    Notes
    -----
    Sum over v up to t of added(v) x alive(t - v). A yearly rate on the whole stock would age new chips as fast as old
    ones, which is wrong where nearly all are new.

    Examples
    --------
    >>> stock([1, 3, 9], 2.5, 0).tolist()
    [1.0, 4.0, 12.5]
    """
    new = within("added", added, 0, LARGEST)
    if new.ndim == 0 or not 1 <= len(new) <= MOST_YEARS:
        raise ValueError(f"added = {shown(added)} must have 1 to {MOST_YEARS} years on its first axis.")
    years, lost = within("life", life, 0, 100, "years"), within("loss", loss, 0, 1)
    fitting(life=years, loss=lost)
    left, kept = [], np.ones(np.broadcast_shapes(years.shape, lost.shape))
    for age in range(min(len(new), int(np.ceil(years.max(initial=0))))):  # `alive`, one factor a year
        left.append(kept * np.clip(years - age, 0, 1))
        kept = kept * (1 - lost)
    left = left or [kept * 0]
    try:
        shape = np.broadcast_shapes(new.shape[1:], left[0].shape)
    except ValueError:
        raise ValueError(f"added has the shape {new.shape}; life and loss have {left[0].shape}, which does not fit its draws.") from None  # fmt: skip
    total, part = np.zeros((len(new), *shape)), np.empty(shape)
    for year in range(len(new)):
        for age in range(min(year + 1, len(left))):
            total[year] += np.multiply(new[year - age], left[age], out=part)
    return total
