"""Shapes made of standard normal draws, and how draws are made to move together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import guard, ordered, shown, within

__all__ = ["correlated", "normal_cdf", "rank_correlation_of", "split_lognormal", "triangular", "years_together"]

Z95 = 1.6448536269514722  # the 95th percentile of the standard normal distribution
FAR = 40.0  # no draw lies further out
# Abramowitz and Stegun 7.1.26: erf to 1.5e-7.
_P, _A = 0.3275911, (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def normal_cdf(z: ArrayLike) -> np.ndarray:
    """Share of a standard normal distribution that lies below a value.

    Parameters
    ----------
    z : scalar or array, -40 to 40

    Returns
    -------
    ndarray of float, 0 to 1, of the shape of `z`

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    (1 + erf(z / sqrt 2)) / 2, with erf by Abramowitz and Stegun 7.1.26: right to 1e-7.

    Examples
    --------
    >>> normal_cdf([0, 1.645, -1.96]).round(4).tolist()
    [0.5, 0.95, 0.025]
    """
    z = within("z", z, -FAR, FAR)
    size = np.abs(z) * np.sqrt(0.5)
    t = 1 / (1 + _P * size)
    series = t * (_A[0] + t * (_A[1] + t * (_A[2] + t * (_A[3] + t * _A[4]))))
    tail = 0.5 * series * np.exp(-size * size)
    return np.where(z < 0, tail, 1 - tail)


def split_lognormal(z: ArrayLike, low: float, central: float, high: float) -> np.ndarray:
    """A quantity that ranges over factors, from its 5th, 50th and 95th percentile.

    Parameters
    ----------
    z : scalar or array, -40 to 40
        Standard normal draws.
    low, central, high : float
        Above zero and in that order; equal ends are a fixed value. Ends are percentiles, not limits: one draw in ten
        lies outside.

    Returns
    -------
    ndarray of float, of the shape of `z`

    Raises
    ------
    ValueError
        Ends not in order, or not above zero.

    Notes
    -----
    central x exp(s z), with s = ln(central / low) / 1.645 below the middle and ln(high / central) / 1.645 above it.

    Examples
    --------
    >>> split_lognormal([-1.6448536, 0, 1.6448536], 1, 3.3, 12).round(3).tolist()
    [1.0, 3.3, 12.0]
    """
    low, central, high = _positive("low", low, central, high)
    z = within("z", z, -FAR, FAR)
    below, above = np.log(central / low) / Z95, np.log(high / central) / Z95
    return central * np.exp(np.where(z < 0, below, above) * z)


def triangular(z: ArrayLike, low: float, central: float, high: float) -> np.ndarray:
    """A quantity with real ends, most likely at its central value.

    Parameters
    ----------
    z : scalar or array, -40 to 40
        Standard normal draws.
    low, central, high : float
        In that order; equal ends are a fixed value.

    Returns
    -------
    ndarray of float, of the shape of `z`, within the ends

    Raises
    ------
    ValueError
        Ends not in order.

    Notes
    -----
    The inverse of the triangular distribution at u = `normal_cdf` (z): low + sqrt(u (high - low) (central - low)) up to
    the central value, high - sqrt((1 - u) (high - low) (high - central)) beyond it.

    Examples
    --------
    >>> triangular([-10, 0, 10], 0, 1, 2).round(3).tolist()
    [0.0, 1.0, 2.0]
    """
    low, central, high = ordered("low, central, high", (low, central, high))
    within("low", low, -1e100, 1e100), within("high", high, -1e100, 1e100)
    u = normal_cdf(z)
    if high == low:
        return np.full(np.shape(u), float(low))
    wide = high - low
    left = low + np.sqrt(u * wide * (central - low))
    right = high - np.sqrt((1 - u) * wide * (high - central))
    return np.where(u * wide < central - low, left, right)


def years_together(shocks: ArrayLike, correlation: float) -> np.ndarray:
    """Shocks of single years made into paths whose years move together.

    Parameters
    ----------
    shocks : array, years on the first axis
        Standard normal draws, each by itself.
    correlation : float, -1 to 1
        Of neighbouring years: 0 each by itself, 1 one shock for the whole path.

    Returns
    -------
    ndarray of float, of the shape of `shocks`
        Standard normal too.

    Raises
    ------
    ValueError
        `correlation` out of range, or `shocks` without years.

    Notes
    -----
    AR(1): z(1) = e(1), z(t) = rho z(t-1) + sqrt(1 - rho²) e(t). The same shocks serve every correlation.

    Examples
    --------
    >>> years_together([1.0, 0.0, 0.0], 0.5).tolist()
    [1.0, 0.5, 0.25]
    """
    z = np.array(within("shocks", shocks, -FAR, FAR), dtype=float)
    if z.ndim == 0 or not z.size:
        raise ValueError(f"shocks = {shown(shocks)} has no years.")
    rho = float(within("correlation", correlation, -1, 1))
    rest = np.sqrt(1 - rho * rho)
    for year in range(1, len(z)):
        z[year] *= rest
        z[year] += rho * z[year - 1]
    return np.clip(z, -FAR, FAR)


def correlated(shocks: ArrayLike, matrix: ArrayLike) -> np.ndarray:
    """Shocks of several dials made to move together.

    Parameters
    ----------
    shocks : array, dials on the first axis
        Standard normal draws, each by itself.
    matrix : array, dials by dials, -1 to 1
        The correlations; symmetric, 1 on the diagonal.

    Returns
    -------
    ndarray of float, of the shape of `shocks`

    Raises
    ------
    ValueError
        A matrix of another size, or one that no set of dials can have.

    Notes
    -----
    L e, with L the lower Cholesky factor of the matrix. The first dial keeps its shocks.

    Examples
    --------
    >>> correlated([[1.0, -1.0], [0.0, 0.0]], [[1, 0.6], [0.6, 1]]).round(3).tolist()
    [[1.0, -1.0], [0.6, -0.6]]
    """
    e, m = within("shocks", shocks, -FAR, FAR), within("matrix", matrix, -1, 1)
    if e.ndim == 0 or m.shape != (len(e), len(e)):
        raise ValueError(f"matrix has the shape {m.shape}; for shocks of shape {e.shape} as many rows are needed.")
    if not (np.allclose(m, m.T) and np.allclose(np.diag(m), 1)):
        raise ValueError(f"matrix = {shown(matrix)} is not symmetric with 1 on its diagonal.")
    try:
        lower = np.linalg.cholesky(m + 1e-12 * np.eye(len(m)))
    except np.linalg.LinAlgError:
        raise ValueError(f"matrix = {shown(matrix)} holds correlations that cannot go together.") from None
    return np.clip(np.tensordot(lower, e, axes=1), -FAR, FAR)


def rank_correlation_of(correlation: ArrayLike) -> np.ndarray:
    """Rank correlation of two normal quantities with a given correlation.

    Parameters
    ----------
    correlation : scalar or array, -1 to 1

    Returns
    -------
    ndarray of float

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    6 / pi x arcsin(rho / 2) (Pearson 1907).

    Examples
    --------
    >>> float(rank_correlation_of(0.7).round(3))
    0.683
    """
    return 6 / np.pi * np.arcsin(within("correlation", correlation, -1, 1) / 2)


def _positive(name: str, low: float, central: float, high: float) -> tuple[float, float, float]:
    ends = ordered("low, central, high", (low, central, high))
    if not 1e-100 <= ends[0] <= ends[2] <= 1e100:
        raise ValueError(
            f"{name} = {ends[0]:g} and high = {ends[2]:g} must be from 1e-100 to 1e+100: a factor has no zero."
        )
    return ends


guard(globals(), apart={"correlated"})
