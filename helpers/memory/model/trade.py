"""DRAM or HBM: what a wafer gives of each, what it earns, and prices that are fixed for a year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import whole, within

MOST_PERIODS = 1000


class Diverted(NamedTuple):
    """Shares of all bits that a plant made before: DRAM bits lost, HBM bits gained, bits lost in all."""

    ddr_lost: np.ndarray
    hbm_gained: np.ndarray
    bits_lost: np.ndarray


def diverted(share: ArrayLike, ratio: ArrayLike) -> Diverted:
    """What moving wafers from DRAM to HBM does to bits.

    Parameters
    ----------
    share : scalar or array, 0 to 1
        Share of wafers moved.
    ratio : scalar or array, 1 to 100
        Wafer area of HBM over that of DRAM, for the same bits.

    Returns
    -------
    Diverted

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    s, s/r, s (1 - 1/r).

    Examples
    --------
    >>> [float(part.round(3)) for part in diverted(0.3, 3)]
    [0.3, 0.1, 0.2]
    """
    moved = within("share", share, 0, 1) * np.ones_like(within("ratio", ratio, 1, 100))
    gained = moved / within("ratio", ratio, 1, 100)
    return Diverted(moved, gained, moved - gained)


def trade_ratio(wafer_share: ArrayLike, bit_share: ArrayLike) -> np.ndarray:
    """How many times the wafers one kind takes for its bits, against all others together.

    Parameters
    ----------
    wafer_share, bit_share : scalar or array, 0.001 to 0.999
        Its shares of all wafers and of all bits.

    Returns
    -------
    ndarray of float, broadcast shape

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (w / (1 - w)) / (b / (1 - b)). For HBM it is the trade ratio; for a maker it is how far behind it is in bits a wafer.

    Examples
    --------
    >>> float(trade_ratio(0.25, 0.1).round(2))
    3.0
    """
    w, b = within("wafer_share", wafer_share, 0.001, 0.999), within("bit_share", bit_share, 0.001, 0.999)
    return w / (1 - w) / (b / (1 - b))


def break_even(stack_usd: ArrayLike, stack_gb: ArrayLike, ratio: ArrayLike, extra_usd: ArrayLike = 0.0) -> np.ndarray:
    """Price of DRAM at which a wafer earns as much as DRAM as it would as HBM.

    Parameters
    ----------
    stack_usd : scalar or array, 0 to 1e6 USD
        Price of a stack.
    stack_gb : scalar or array, 0.1 to 10,000 GB
    ratio : scalar or array, 1 to 100
        As in `diverted`.
    extra_usd : scalar or array, 0 to 1e6 USD
        Cost of stacking that DRAM does not have, for a stack.

    Returns
    -------
    ndarray of float, broadcast shape, USD a GB
        Below 0 where stacking alone costs more than the stack brings.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (P - c) / (G r). It compares takings of a wafer, today; a contract for the year does not move with them.

    Examples
    --------
    >>> round(float(break_even(370, 36, 3)), 2)
    3.43
    """
    takings = within("stack_usd", stack_usd, 0, 1e6, "USD") - within("extra_usd", extra_usd, 0, 1e6, "USD")
    return takings / within("stack_gb", stack_gb, 0.1, 1e4, "GB") / within("ratio", ratio, 1, 100)


def chained(changes: ArrayLike) -> np.ndarray:
    """A path of prices from changes on the period before.

    Parameters
    ----------
    changes : array, -100 to 1,000 per cent
        First axis: periods, at most 1,000.

    Returns
    -------
    ndarray of float
        One longer on its first axis: 1 before the first change.

    Raises
    ------
    ValueError
        A value outside its range, or no period.

    Examples
    --------
    >>> chained([47.5, 98, 60.5]).round(2).tolist()
    [1.0, 1.48, 2.92, 4.69]
    """
    steps = np.atleast_1d(within("changes", changes, -100, 1000, "per cent"))
    if not 1 <= len(steps) <= MOST_PERIODS:
        raise ValueError(f"changes has {len(steps):,} periods; 1 to {MOST_PERIODS:,} are needed.")
    first = np.ones((1, *steps.shape[1:]))
    return np.concatenate([first, np.cumprod(1 + steps / 100, axis=0)])


def contracted(prices: ArrayLike, every: int = 4, lag: int = 0, first: int = 0) -> np.ndarray:
    """What a buyer pays under contracts that fix the price for some periods.

    Parameters
    ----------
    prices : array, 0 to 1e9
        Price of the day, a period each; first axis: periods, at most 1,000.
    every : int, 1 to 100
        Periods that a contract lasts.
    lag : int, 0 to 100
        Periods between the talks and the start of the contract.
    first : int, 0 to 100
        Period in which a contract starts; the one before it has the first price.

    Returns
    -------
    ndarray of float, of the shape of `prices`

    Raises
    ------
    ValueError
        A value outside its range, or no period.

    Examples
    --------
    >>> contracted([1, 2, 4, 8, 16, 32], every=2, lag=1).tolist()
    [1.0, 1.0, 2.0, 2.0, 8.0, 8.0]
    """
    path = np.atleast_1d(within("prices", prices, 0, 1e9))
    if not 1 <= len(path) <= MOST_PERIODS:
        raise ValueError(f"prices has {len(path):,} periods; 1 to {MOST_PERIODS:,} are needed.")
    every, lag, first = whole("every", every, 1, 100), whole("lag", lag, 0, 100), whole("first", first, 0, 100)
    at = np.arange(len(path))
    start = np.where(at < first, 0, first + (at - first) // every * every)
    return path[np.maximum(start - lag, 0)]
