"""Forecasts against what came: did the interval cover it, how far off in factors, how wide was the band."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import shown, within

_SMALL, _LARGE = 1e-12, 1e15


def log_error(forecast: ArrayLike, outcome: ArrayLike) -> np.ndarray:
    """How far a forecast was off, as the logarithm of a factor.

    Parameters
    ----------
    forecast, outcome : scalar or array, 1e-12 to 1e15

    Returns
    -------
    ndarray of float
        Above 0 the forecast was too high; 0.69 is twice, -0.69 half.

    Raises
    ------
    ValueError
        A value outside its range.

    Notes
    -----
    ln(forecast / outcome): too high and too low by the same factor weigh the same.

    Examples
    --------
    >>> log_error([200, 50], 100).round(2).tolist()
    [0.69, -0.69]
    """
    return np.log(within("forecast", forecast, _SMALL, _LARGE) / within("outcome", outcome, _SMALL, _LARGE))


def covered(low: ArrayLike, high: ArrayLike, outcome: ArrayLike) -> np.ndarray:
    """Whether intervals hold what came.

    Parameters
    ----------
    low, high : scalar or array, 0 to 1e15
    outcome : scalar or array, 0 to 1e15

    Returns
    -------
    ndarray of bool

    Raises
    ------
    ValueError
        A value outside its range, or ends not in order.

    Notes
    -----
    low <= outcome <= high.

    Examples
    --------
    >>> covered([0, 2], [1, 3], 0.5).tolist()
    [True, False]
    """
    least, most = within("low", low, 0, _LARGE), within("high", high, 0, _LARGE)
    if np.any(least > most):
        raise ValueError(f"low = {shown(low)} lies above high = {shown(high)}.")
    came = within("outcome", outcome, 0, _LARGE)
    return (least <= came) & (came <= most)


class Score(NamedTuple):
    """Several forecasts together.

    Attributes
    ----------
    count : int
    mean_factor : float
        The typical factor of a miss, too high or too low.
    bias : float
        The middle factor: above 1 too high on the whole.
    """

    count: int
    mean_factor: float
    bias: float


def score(forecast: ArrayLike, outcome: ArrayLike) -> Score:
    """How far several forecasts were off.

    Parameters
    ----------
    forecast, outcome : array, 1e-12 to 1e15
        One of each a forecast, one or more.

    Returns
    -------
    Score

    Raises
    ------
    ValueError
        A value outside its range, or nothing to score.

    Notes
    -----
    mean factor = exp(mean |ln(forecast / outcome)|), bias = exp(mean ln(forecast / outcome)).

    Examples
    --------
    >>> found = score([2, 0.5], [1, 1])
    >>> round(found.mean_factor, 2), round(found.bias, 2)
    (2.0, 1.0)
    """
    errors = np.ravel(log_error(forecast, outcome))
    if not errors.size:
        raise ValueError("forecast holds nothing to score.")
    return Score(errors.size, float(np.exp(np.abs(errors).mean())), float(np.exp(errors.mean())))


def inside(draws: ArrayLike, value: float) -> float:
    """At which percentile of draws a value lies.

    Parameters
    ----------
    draws : array, 1 or more values
    value : float

    Returns
    -------
    float, 0 to 100

    Raises
    ------
    ValueError
        No draws.

    Notes
    -----
    The share of draws below the value, those equal to it by half.

    Examples
    --------
    >>> inside([1, 2, 3, 4], 2.5)
    50.0
    """
    d = np.ravel(within("draws", draws, -_LARGE, _LARGE))
    if not d.size:
        raise ValueError("draws are none.")
    return float(100 * ((d < value).mean() + (d == value).mean() / 2))
