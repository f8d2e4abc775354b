"""One input at a time: what each does alone, and where one makes a ratio 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.chance.draws import Ranges, asked, checked_ranges
from helpers.core.limits import guard, listed_names, one_number, shown

__all__ = ["flips_at", "one_at_a_time"]


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
    checked = checked_ranges("ranges", ranges)
    central = {name: ends[1] for name, ends in checked.items()}
    return {
        name: tuple(_one("function", asked("function", function, {**central, name: end})) for end in (low, high))
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
        raise ValueError(f"name = {shown(name)} is not one of {listed_names(central, name)}, the names in central.")
    for key, value in central.items():
        one_number(f"central, {key}", value)
    if not low < high:
        raise ValueError(f"low = {low:g} must be below high = {high:g}.")
    x = np.linspace(low, high, 2001)
    y = asked("function", function, {**central, name: x})
    if y.shape not in ((), x.shape):
        raise ValueError(f"function gives {y.size} values for {x.size} of {name}; it must give one for each.")
    y = np.broadcast_to(y, x.shape) - 1
    at = np.flatnonzero((y[:-1] <= 0) != (y[1:] <= 0))
    if not at.size:
        return float("nan")
    crossings = x[at] - y[at] * (x[at + 1] - x[at]) / (y[at + 1] - y[at])
    return float(crossings[np.abs(crossings - central[name]).argmin()])


def _one(name: str, value: np.ndarray) -> float:
    if value.size != 1:
        raise ValueError(f"{name} gives {value.size} values where one is needed.")
    return float(value.item())


guard(globals())
