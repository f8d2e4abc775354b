"""Values drawn from low, central and high, each input by itself, and what a function makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import DRAWS, guard, ordered, seeded, shown, whole
from helpers.core.limits import draws as draws_allowed

__all__ = ["Ranges", "sample", "simulate"]

Ranges = Mapping[str, tuple[float, float, float]]


def sample(
    ranges: Ranges, count: int = 2000, seed: int | np.random.Generator = 24, *, most: int = DRAWS
) -> dict[str, np.ndarray]:
    """Values drawn from low, central and high estimates, each input by itself.

    Parameters
    ----------
    ranges : dict of str to (low, central, high)
        Equal ends are a fixed value.
    count : int, 1 to `most`
    seed : int or numpy Generator
        The same seed gives the same values. Every input has a stream of its own, so that one does not
        change when another's ends do.
    most : int, 1 to 10,000,000
        More than 200,000 values each must be asked for by this name.

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
    size = draws_allowed("count", count, most)
    checked = checked_ranges("ranges", ranges)
    streams = seeded("seed", seed).spawn(len(checked))
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
    *,
    most: int = DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> np.ndarray:
    """Draw uncertain inputs and collect what a cost function makes of them.

    Parameters
    ----------
    cost : callable
        Takes the inputs by name as arrays and returns an array of the same length, or one with a last
        axis of results (shares of several parts, say).
    inputs : dict of str to (low, central, high)
        As in `sample`.
    draws : int, 1 to `most`
    seed : int or numpy Generator
        The same seed gives the same draws.
    chunk : int, 1 to 200,000
        Draws at a time, so that memory stays small.
    most : int, 1 to 10,000,000
        A run of more than 200,000 draws must be asked for by this name.
    progress : callable, optional
        Told after each chunk how many draws are done, and of how many.

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
    draws, chunk = draws_allowed("draws", draws, most), whole("chunk", chunk, 1, DRAWS)
    rng, done, parts = seeded("seed", seed), 0, []
    checked_ranges("inputs", inputs)
    while done < draws:
        size = min(chunk, draws - done)
        parts.append(asked("cost", cost, sample(inputs, size, rng)))
        done += size
        if progress is not None:
            tell(progress, done, draws)
    return np.concatenate(parts)


def tell(progress: Callable[..., object], *news: object) -> None:
    """Tell the caller's function how far a run has come."""
    try:
        progress(*news)
    except (TypeError, ValueError) as error:
        raise ValueError(f"progress does not take {len(news)} values in order: {shown(str(error), 100)}") from error


def checked_ranges(name: str, ranges: Ranges) -> dict[str, tuple[float, float, float]]:
    try:
        return {key: ordered(key, ends) for key, ends in ranges.items()}
    except ValueError as error:
        raise ValueError(f"{str(error)[:-1]}, in {name}.") from None


def asked(name: str, function: Callable[..., ArrayLike], inputs: Mapping[str, ArrayLike]) -> np.ndarray:
    """What the caller's function makes of the inputs; whatever else it does is said of it by name."""
    try:
        return np.asarray(function(**inputs), dtype=float)
    except ValueError as error:
        if str(error).startswith("could not convert"):
            raise ValueError(f"{name} must give numbers; it gives {shown(function(**inputs))}.") from None
        raise
    except TypeError as error:
        raise ValueError(
            f"{name} does not take {shown(list(inputs))}, the names of its ranges or inputs: {shown(str(error), 100)}"
        ) from error


guard(globals())
