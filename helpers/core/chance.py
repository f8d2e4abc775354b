"""Chance: draw uncertain inputs, and find which of them matter.

An input that nobody knows exactly is three numbers, low, central and high, which become a triangular
distribution: no value outside, the central one most likely. That is a modest reading of three
numbers, since hardly anybody publishes a distribution.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import guard, ordered, whole

Ranges = Mapping[str, tuple[float, float, float]]


def sample(ranges: Ranges, count: int = 2000, seed: int | np.random.Generator = 24) -> dict[str, np.ndarray]:
    """Values drawn from low, central and high estimates, each input by itself.

    Parameters
    ----------
    ranges : dict of str to (low, central, high)
        Equal ends are a fixed value.
    count : int, 1 to 10,000,000
    seed : int or numpy Generator
        The same seed gives the same values. Every input has a stream of its own, so that one does not
        change when another's ends do.

    Returns
    -------
    dict of str to ndarray
        Triangular between low and high with its peak at the central value, drawn independently.

    Raises
    ------
    ValueError
        Low, central and high of some name are not in that order; `count` out of range.

    Examples
    --------
    >>> drawn = sample({"pue": (1.1, 1.2, 1.4), "fixed": (2, 2, 2)}, count=3)
    >>> bool(drawn["pue"].min() >= 1.1), drawn["fixed"].tolist()
    (True, [2.0, 2.0, 2.0])
    """
    size = whole("count", count, 1, 10_000_000)
    checked = {name: ordered(name, ends) for name, ends in ranges.items()}
    streams = np.random.default_rng(seed).spawn(len(checked))
    return {
        name: stream.triangular(*ends, size) if ends[0] < ends[2] else np.full(size, float(ends[0]))
        for stream, (name, ends) in zip(streams, checked.items(), strict=True)
    }


def simulate(
    cost: Callable[..., np.ndarray],
    inputs: Ranges,
    draws: int = 100_000,
    seed: int | np.random.Generator = 0,
    chunk: int = 100_000,
) -> np.ndarray:
    """Draw uncertain inputs and collect what a cost function makes of them.

    Parameters
    ----------
    cost : callable
        Takes the inputs by name as arrays and returns an array of the same length, or one with a last
        axis of results (shares of several parts, say).
    inputs : dict of str to (low, central, high)
        As in `sample`.
    draws : int, 1 to 10,000,000
    seed : int or numpy Generator
        The same seed gives the same draws.
    chunk : int, 1 to 10,000,000
        Draws at a time, so that memory stays small.

    Returns
    -------
    ndarray of float, one a draw

    Raises
    ------
    ValueError
        An input that is not low <= central <= high, or what `cost` refuses.

    Examples
    --------
    >>> ends = {"x": (1, 2, 3), "y": (10, 10, 10)}
    >>> total = simulate(lambda x, y: x + y, ends, 1000, seed=1)
    >>> total.shape, bool(11 <= total.min() and total.max() <= 13)
    ((1000,), True)
    """
    draws, chunk = whole("draws", draws, 1, 10_000_000), whole("chunk", chunk, 1, 10_000_000)
    rng = np.random.default_rng(seed)
    sizes = [min(chunk, draws - start) for start in range(0, draws, chunk)]
    return np.concatenate([np.asarray(cost(**sample(inputs, size, rng)), dtype=float) for size in sizes])


def one_at_a_time(function: Callable[..., ArrayLike], ranges: Ranges) -> dict[str, tuple[float, float]]:
    """What each input does alone: all at their central values, one at a time moved to its ends.

    Parameters
    ----------
    function : callable
        Takes every name of `ranges` as a keyword; gives one number.
    ranges : dict of str to (low, central, high)

    Returns
    -------
    dict of str to (float, float)
        The result at the low end and at the high end of each input, in the order of `ranges`.

    Raises
    ------
    ValueError
        Low, central and high of some name are not in that order, or as `function` raises.

    Examples
    --------
    >>> one_at_a_time(lambda a, b: a / b, {"a": (1, 2, 4), "b": (1, 2, 2)})
    {'a': (0.5, 2.0), 'b': (2.0, 1.0)}
    """
    checked = {name: ordered(name, ends) for name, ends in ranges.items()}
    central = {name: ends[1] for name, ends in checked.items()}
    return {
        name: (float(function(**{**central, name: low})), float(function(**{**central, name: high})))
        for name, (low, _, high) in checked.items()
    }


def flips_at(
    function: Callable[..., ArrayLike], central: Mapping[str, float], name: str, low: float, high: float
) -> float:
    """Where one input makes a ratio 1, all others at their central values.

    Parameters
    ----------
    function : callable
        Takes every name of `central` as a keyword, `name` as an array; gives a ratio.
    central : dict of str to float
    name : str
        The input that moves.
    low, high : float
        The span that is searched, in 2,000 steps.

    Returns
    -------
    float
        The crossing nearest to the central value; NaN if the ratio stays on one side of 1.

    Raises
    ------
    ValueError
        `name` is not one of `central`, or the span is empty.

    Examples
    --------
    >>> round(flips_at(lambda a, b: a / b, {"a": 4.0, "b": 2.0}, "a", 0.5, 8), 3)
    2.0
    >>> flips_at(lambda a, b: a / b, {"a": 4.0, "b": 2.0}, "a", 3, 8)
    nan
    """
    if name not in central:
        raise ValueError(f"name = {name!r} is not one of {', '.join(central)}.")
    if not low < high:
        raise ValueError(f"low = {low:g} must be below high = {high:g}.")
    x = np.linspace(low, high, 2001)
    y = np.broadcast_to(np.asarray(function(**{**central, name: x}), dtype=float), x.shape) - 1
    at = np.flatnonzero((y[:-1] <= 0) != (y[1:] <= 0))
    if not at.size:
        return float("nan")
    crossings = x[at] - y[at] * (x[at + 1] - x[at]) / (y[at + 1] - y[at])
    return float(crossings[np.abs(crossings - central[name]).argmin()])


guard(globals())
