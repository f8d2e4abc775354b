"""Checks at the door: one sentence that names the parameter, the value and the valid range."""

from __future__ import annotations

import reprlib
from collections.abc import Collection

import numpy as np
from numpy.typing import ArrayLike


def within(name: str, value: ArrayLike, low: float, high: float, unit: str = "") -> np.ndarray:
    """The value as a float array, when all of it lies from `low` to `high`.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : scalar or array
    low, high : float
        Valid range, ends included.
    unit : str, optional

    Returns
    -------
    ndarray of float, of the shape of `value`

    Raises
    ------
    ValueError
        Not a number (a word, a date and yes or no are none), not finite where the range is, or out of range.

    Examples
    --------
    >>> within("share", [0.2, 1], 0, 1).tolist()
    [0.2, 1.0]
    >>> within("share", 3, 0, 1)
    Traceback (most recent call last):
    ...
    ValueError: share = 3 is outside its valid range, 0 to 1.
    """
    try:
        given = np.asarray(value)
        if value is None or given.dtype.kind in "bcSUmMV":  # numpy would take None for NaN, True for 1 and "5" for 5
            raise TypeError
        array = given.astype(float, copy=False)
    except (TypeError, ValueError, OverflowError):  # a whole number of 309 digits overflows
        raise ValueError(
            f"{name} = {reprlib.repr(value)} is not a number; its valid range is {low:g} to {high:g}{_unit(unit)}."
        ) from None
    bad = ~((array >= low) & (array <= high))  # NaN is bad too
    if bad.any():
        worst = array[bad].flat[0]
        raise ValueError(f"{name} = {worst:g} is outside its valid range, {low:g} to {high:g}{_unit(unit)}.")
    return array


def one_of(name: str, value: object, allowed: Collection[str]) -> str:
    """The value, when it is one of the words allowed.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : str
    allowed : collection of str

    Returns
    -------
    str

    Raises
    ------
    ValueError
        Another word, or no word.

    Examples
    --------
    >>> one_of("end", "low", ("low", "high"))
    'low'
    """
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} = {value!r} is not one of {', '.join(allowed)}.")
    return value


def whole(name: str, value: ArrayLike, low: int, high: int) -> int:
    """The value as an int, when it is one whole number from `low` to `high`.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : scalar
    low, high : int
        Valid range, ends included.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        Several numbers, a fraction, or out of range.

    Examples
    --------
    >>> whole("cores", 25.0, 1, 300)
    25
    """
    number = within(name, value, low, high)
    if number.size != 1 or (number != np.floor(number)).any():
        raise ValueError(f"{name} = {value} must be a whole number from {low} to {high}.")
    return int(number.item())


def ordered(name: str, ends: ArrayLike) -> tuple[float, float, float]:
    """Low, central and high of an uncertain value, when they are in that order.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    ends : three numbers

    Returns
    -------
    tuple of float

    Raises
    ------
    ValueError
        Not three finite numbers, or not in order.

    Examples
    --------
    >>> ordered("pue", [1.1, 1.2, 1.4])
    (1.1, 1.2, 1.4)
    """
    try:
        low, central, high = (float(end) for end in ends)
    except (TypeError, ValueError):
        low = central = high = np.nan
    if not -np.inf < low <= central <= high < np.inf:
        raise ValueError(f"{name} = {ends!r} must be low, central and high, three numbers in order.")
    return low, central, high


def first_bad(bad: np.ndarray, *values: ArrayLike) -> tuple[float, ...]:
    """The values at the first place that is bad, for a sentence about them.

    Parameters
    ----------
    bad : ndarray of bool
        True somewhere.
    *values : scalar or array
        Each broadcasts to the shape of `bad`.

    Returns
    -------
    tuple of float

    Examples
    --------
    >>> chosen, there_are = np.array([2, 9]), np.array([8, 8])
    >>> first_bad(chosen > there_are, chosen, there_are)
    (9.0, 8.0)
    """
    return tuple(float(np.broadcast_to(value, bad.shape).flat[bad.argmax()]) for value in values)


def _unit(unit: str) -> str:
    return f" {unit}" if unit else ""
