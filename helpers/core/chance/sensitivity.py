"""Which inputs matter: rank correlation from draws that are there, and shares of the variance by Sobol's method."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.chance.draws import tell
from helpers.core.limits import function as as_function
from helpers.core.limits import guard, seeded, shown, whole, within

__all__ = ["Indices", "rank_correlation", "sobol"]

_LARGEST = 1e150


def rank_correlation(x: ArrayLike, y: ArrayLike) -> float:
    """Spearman's rank correlation: how far two quantities rise together, whatever their units.

    Parameters
    ----------
    x, y : array
        As many values in each, two or more; equal values share the mean of their ranks.

    Returns
    -------
    float
        -1 to 1; NaN where one of them never changes.

    Raises
    ------
    ValueError
        Fewer than two values, or not as many in each.

    Notes
    -----
    The correlation of the ranks. Blind to what falls and rises again.

    Examples
    --------
    >>> rank_correlation([1, 2, 3], [1, 10, 1000]), rank_correlation([1, 2, 3], [3, 2, 1])
    (1.0, -1.0)
    """
    a, b = (np.ravel(within(name, value, -_LARGEST, _LARGEST)) for name, value in (("x", x), ("y", y)))
    if a.size != b.size or a.size < 2:
        raise ValueError(f"x has {a.size:,} values and y {b.size:,}; as many are needed in each, two or more.")
    a, b = (_ranks(values) for values in (a, b))
    spread = np.sqrt((a @ a) * (b @ b))
    return float(np.clip(a @ b / spread, -1, 1)) if spread else float("nan")


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks less their mean; equal values share a rank."""
    _, back, count = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(count)
    ranks = (ends - (count - 1) / 2)[back]
    return ranks - ranks.mean()


@dataclass(frozen=True)
class Indices:
    """Shares of the variance of a result that inputs explain.

    Attributes
    ----------
    names : tuple of str
    first, total : ndarray, inputs by results
        What an input explains alone; and with all that it does together with others.
    first_error, total_error : ndarray
        Standard errors of both.
    variance : ndarray, one a result
    draws : int
        Size of each of the two samples.
    """

    names: tuple[str, ...]
    first: np.ndarray
    total: np.ndarray
    first_error: np.ndarray
    total_error: np.ndarray
    variance: np.ndarray
    draws: int


def sobol(
    function: Callable[..., ArrayLike],
    columns: Mapping[str, int],
    draws: int = 16_384,
    seed: int | np.random.Generator = 0,
    chunk: int = 4096,
    progress: Callable[[int, int, Indices], object] | None = None,
) -> Indices:
    """First and total Sobol indices of independent inputs.

    Parameters
    ----------
    function : callable
        Takes every name of `columns` as a keyword, an array of standard normal draws, columns by draws, not to be
        written to; gives one value a draw, or results by draws.
    columns : dict of str to int, 1 to 100
        How many normal draws an input takes: 1 for a number, one a year for a path. An input is judged as a whole.
    draws : int, 2 to 1,000,000
        Size of each of two samples; the function is asked for inputs + 2 times as many.
    seed : int or numpy Generator
    chunk : int, 2 to 200,000
        Draws at a time.
    progress : callable, optional
        Told after each chunk how many draws are done, of how many, and the indices that have come in so far.

    Returns
    -------
    Indices

    Raises
    ------
    ValueError
        No inputs, or a function that does not give one value a draw.

    Notes
    -----
    With samples A and B and A(j), which is A with input j from B, and V the variance of f:
    S(j) = mean(f(B) (f(A(j)) - f(A))) / V (Saltelli and others 2010) and T(j) = mean((f(A) - f(A(j)))²) / 2 V
    (Jansen 1999). f is taken from its mean first, which changes nothing but the error.

    Examples
    --------
    >>> found = sobol(lambda x, y: x[0] + 2 * y[0], {"x": 1, "y": 1}, 20_000, seed=1)
    >>> found.total[:, 0].round(1).tolist()
    [0.2, 0.8]
    """
    as_function("function", function)
    draws, chunk = whole("draws", draws, 2, 1_000_000), whole("chunk", chunk, 2, 200_000)
    if not columns:
        raise ValueError(f"columns = {shown(columns)} names no input.")
    sizes = {name: whole(f"columns, {name}", size, 1, 100) for name, size in columns.items()}
    sums, done, middle = None, 0, None
    rng = seeded("seed", seed)
    for size in _pieces(draws, chunk):
        a, b = ({name: np.clip(rng.standard_normal((k, size)), -40, 40) for name, k in sizes.items()} for _ in range(2))
        for sample in (*a.values(), *b.values()):
            sample.flags.writeable = False  # the function meets most of it again
        ask = [_asked(function, inputs, size) for inputs in (a, b, *({**a, name: b[name]} for name in sizes))]
        if middle is None:
            middle = ask[0].mean(axis=1, keepdims=True)
        f_a, f_b, *f_ab = (values - middle for values in ask)
        alone = np.stack([f_b * (f - f_a) for f in f_ab])
        moved = np.stack([(f_a - f) ** 2 / 2 for f in f_ab])
        both = np.concatenate([f_a, f_b], axis=1)
        new = (alone.sum(-1), (alone**2).sum(-1), moved.sum(-1), (moved**2).sum(-1), both.sum(-1), (both**2).sum(-1))
        sums = new if sums is None else tuple(old + more for old, more in zip(sums, new, strict=True))
        done += size
        if progress is not None:
            tell(progress, done, draws, _indices(tuple(sizes), sums, done))
    return _indices(tuple(sizes), sums, done)


def _pieces(draws: int, chunk: int) -> Iterator[int]:
    while draws > 0:
        size = draws if draws - chunk == 1 else min(chunk, draws)  # never one alone
        yield size
        draws -= size


def _asked(function: Callable[..., ArrayLike], inputs: Mapping[str, np.ndarray], size: int) -> np.ndarray:
    try:
        values = np.asarray(function(**inputs))
        values = values.astype(float) if values.dtype.kind in "biuf" else np.empty((0, 0))
    except (TypeError, IndexError) as error:
        raise ValueError(f"function does not take {shown(list(inputs))}, the names in columns: {shown(str(error), 100)}") from error  # fmt: skip
    if values.shape[-1:] != (size,) or values.ndim > 2:
        raise ValueError(f"function gives the shape {values.shape} for {size:,} draws; one value a draw is needed.")
    if not np.isfinite(values).all():
        raise ValueError("function gives values that are not finite, which have no variance.")
    return np.atleast_2d(values)


def _indices(names: tuple[str, ...], sums: tuple[np.ndarray, ...], n: int) -> Indices:
    alone, alone2, moved, moved2, both, both2 = sums
    variance = both2 / (2 * n) - (both / (2 * n)) ** 2
    floor = np.where(variance > 0, variance, np.nan)
    first, total = alone / n / floor, moved / n / floor
    errors = (
        np.sqrt(np.maximum(square / n - (mean / n) ** 2, 0) / n) / floor
        for mean, square in ((alone, alone2), (moved, moved2))
    )
    return Indices(names, first, total, *errors, variance, n)


guard(globals())
