"""The door for numbers: every element is one, finite where the range is, and within it."""

from __future__ import annotations

import math
import numbers
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits.shown import DRAWS, MOST, number_words, shown

_REAL = frozenset({int, float, *(np.dtype(code).type for code in "bhilqBHILQefd")})
_NO_NUMBER = (bool, np.bool_, np.timedelta64, np.datetime64)  # numpy counts a span of time as a whole number


def within(
    name: str, value: ArrayLike, low: float, high: float, unit: str = "", *, unknown: bool = False
) -> np.ndarray:
    """The value as floats, when every element is a number from `low` to `high`.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : scalar or array
        Numbers of Python, numpy or pandas, fractions and decimals.
    low, high : float
        Valid range, ends included.
    unit : str, optional
    unknown : bool
        NaN may stand for what is not known.

    Returns
    -------
    ndarray of float, of the shape of `value`; for one plain number a float of numpy, which is faster

    Raises
    ------
    ValueError
        An element that is no number (a word, a date, yes or no, a masked or a missing entry), not finite where the
        range is, or out of range; more than `MOST` values.

    Examples
    --------
    >>> within("share", [0.2, 1], 0, 1).tolist()
    [0.2, 1.0]
    >>> within("share", 3, 0, 1)
    Traceback (most recent call last):
    ...
    ValueError: share = 3 is outside its valid range, 0 to 1.
    """
    kind = type(value)
    if kind is float or kind is int:
        if low <= value <= high and value <= 1e300:
            return np.float64(value)
    elif kind is np.float64 and low <= value.item() <= high:
        return value
    try:
        array = _floats(value)
    except _TooMany as error:
        raise ValueError(f"{name} holds {error} values, more than {MOST:,}; give them in pieces.") from None
    except _NotNumbers as error:
        raise ValueError(
            f"{name} = {error} is not a number; its valid range is {low:g} to {high:g}{_unit(unit)}."
        ) from None
    if array.size > 256 and low <= array.min() and array.max() <= high:  # no array of answers for every element
        return array
    good = (array >= low) & (array <= high)  # NaN is bad too
    if unknown:
        good |= np.isnan(array)
    if not good.all():
        worst = float(array[~good].flat[0])
        raise ValueError(
            f"{name} = {number_words(worst)} is outside its valid range, {low:g} to {high:g}{_unit(unit)}."
        )
    return array


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
        Several numbers, a fraction, no number, or out of range.

    Examples
    --------
    >>> whole("cores", 25.0, 1, 300)
    25
    """
    if type(value) is int and low <= value <= high:
        return value
    number = within(name, value, low, high)
    if number.size != 1 or number.item() % 1:
        raise ValueError(f"{name} = {shown(value)} must be a whole number from {low} to {high}.")
    return int(number.item())


def wholes(name: str, value: ArrayLike, low: int, high: int, unit: str = "") -> np.ndarray:
    """The value as floats, when every element is a whole number from `low` to `high`.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : scalar or array
    low, high : int
        Valid range, ends included.
    unit : str, optional

    Returns
    -------
    ndarray of float, of the shape of `value`
        Floats, for arithmetic without overflow.

    Raises
    ------
    ValueError
        As in `within`, or a fraction.

    Examples
    --------
    >>> wholes("pieces", [1, 4.0], 1, 64).tolist()
    [1.0, 4.0]
    """
    array = within(name, value, low, high, unit)
    if type(value) is int:
        return array
    broken = array != np.floor(array)
    if broken.any():
        worst = float(array[broken].flat[0])
        raise ValueError(
            f"{name} = {number_words(worst)} must be a whole number from {low:g} to {high:g}{_unit(unit)}."
        )
    return array


def one_number(name: str, value: object) -> float:
    """The value as a float, when it is one finite number.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : scalar

    Returns
    -------
    float

    Raises
    ------
    ValueError
        No number, several, or one that is not finite.

    Examples
    --------
    >>> one_number("years", 5)
    5.0
    """
    kind = type(value)
    if (kind is float or kind is int) and -1e300 <= value <= 1e300:
        return float(value)
    try:
        array = _floats(value)
    except (_TooMany, _NotNumbers):
        array = np.empty(0)
    if array.ndim or array.size != 1 or not np.isfinite(array).all():
        raise ValueError(f"{name} = {shown(value)} is not one number.")
    return array.item()


def one_whole(name: str, value: object) -> int:
    """The value as an int, when it is one whole number.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : scalar

    Returns
    -------
    int

    Raises
    ------
    ValueError
        No number, several, or a fraction.

    Examples
    --------
    >>> one_whole("stages", 16.0)
    16
    """
    number = one_number(name, value)
    if number % 1:
        raise ValueError(f"{name} = {shown(value)} is not a whole number.")
    return int(number)


def draws(name: str, value: int, limit: int = DRAWS) -> int:
    """A number of draws, when it is a whole number from 1 to what may be run in one go.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : int
    limit : int, 1 to 10,000,000
        What the caller has asked for by name (`most=...`), where that is possible.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        Not a whole number, or out of range.

    Examples
    --------
    >>> draws("draws", 2000)
    2000
    >>> draws("draws", 300_000)
    Traceback (most recent call last):
    ...
    ValueError: draws = 300000 is outside its valid range, 1 to 200000; a longer run must be asked for by name (most=...).
    """
    limit = whole("most", limit, 1, 10_000_000)
    try:
        return whole(name, value, 1, limit)
    except ValueError as error:
        if type(value) is int and limit < value <= 10_000_000:
            sentence = (
                f"{name} = {value} is outside its valid range, 1 to {limit}; a longer run must be asked for by name"
            )
            raise ValueError(f"{sentence} (most=...).") from None
        raise error from None


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
        array = _floats(ends)
        low, central, high = array.tolist() if array.ndim == 1 and array.size == 3 else (np.nan,) * 3
    except (_NotNumbers, _TooMany):
        low = central = high = np.nan
    if not -np.inf < low <= central <= high < np.inf:
        raise ValueError(f"{name} = {shown(ends)} must be low, central and high, three numbers in order.")
    return low, central, high


def fitting(**arrays: np.ndarray) -> tuple[int, ...]:
    """The shape that arrays have together, as numpy stretches them, when they fit each other.

    Parameters
    ----------
    **arrays : ndarray or numpy scalar
        By the names of the parameters, as `within` gave them.

    Returns
    -------
    tuple of int

    Raises
    ------
    ValueError
        Shapes that do not fit, by the names of two parameters; too many values together (more than `MOST`).

    Examples
    --------
    >>> fitting(area_mm2=np.ones((2, 1)), pieces=np.ones(3))
    (2, 3)
    >>> fitting(area_mm2=np.ones(2), pieces=np.ones(3))
    Traceback (most recent call last):
    ...
    ValueError: area_mm2 of shape (2,) and pieces of shape (3,) do not fit together; give one value or as many of each.
    """
    shapes = {array.shape for array in arrays.values()}
    shapes.discard(())
    if len(shapes) < 2:
        return shapes.pop() if shapes else ()
    try:
        shape = np.broadcast_shapes(*shapes)
    except ValueError:
        raise ValueError(_misfit(arrays)) from None
    if (size := math.prod(shape)) > MOST:
        large = " and ".join([name for name, array in arrays.items() if array.ndim][:4])
        raise ValueError(f"{large} together make {size:,} values, more than {MOST:,}; give them in pieces.")
    return shape


def together(**arrays: np.ndarray) -> list[np.ndarray]:
    """Arrays stretched to one shape, as numpy does it, when they fit each other.

    Parameters
    ----------
    **arrays : ndarray or numpy scalar
        By the names of the parameters, as `within` gave them.

    Returns
    -------
    list of ndarray
        In the order given; scalars alone are handed back as they are.

    Raises
    ------
    ValueError
        As in `fitting`.

    Examples
    --------
    >>> [a.shape for a in together(area_mm2=np.ones((2, 1)), pieces=np.ones(3))]
    [(2, 3), (2, 3)]
    """
    shape = fitting(**arrays)
    return [np.broadcast_to(array, shape) for array in arrays.values()] if shape else list(arrays.values())


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


# --- what counts as a number --------------------------------------------------------------------


class _NotNumbers(Exception):
    """Shows the first element that is no number."""


class _TooMany(Exception):
    """Says how many."""


def _floats(value: object) -> np.ndarray:
    """Any object of numbers as an array of float; else _NotNumbers or _TooMany."""
    try:
        if isinstance(value, (list, tuple, range)) and len(value) > MOST:
            raise _TooMany(f"{len(value):,}")
        if value is None or isinstance(value, (str, bytes, dict, set)):
            raise _NotNumbers(shown(value))
        _no_mask(value)
        array = np.asarray(value)
        if array.size > MOST:
            raise _TooMany(f"{array.size:,}")
        if array.dtype.kind in "bcSUmMVT" or (
            array.dtype.kind == "O" or isinstance(value, (list, tuple))
        ):  # numpy would take True for 1, "5" for 5
            _each_a_number(array if array.dtype.kind not in "iuf" else np.asarray(value, dtype=object))
        return array.astype(float, copy=False)
    except (_NotNumbers, _TooMany):
        raise
    except Exception:  # a list that raises, a whole number of 309 digits, unequal rows, too deep a nest
        raise _NotNumbers(shown(value)) from None


def _each_a_number(array: np.ndarray) -> None:
    for kind in set(map(type, array.flat)) - _REAL:
        if not issubclass(kind, (numbers.Real, Decimal)) or issubclass(kind, _NO_NUMBER):
            raise _NotNumbers(shown(next(item for item in array.flat if type(item) is kind)))


def _no_mask(value: object, depth: int = 0) -> None:
    """A masked entry is a value that must not be read; numpy would read it."""
    if isinstance(value, np.ma.MaskedArray):
        if np.ma.is_masked(value):
            raise _NotNumbers("a masked entry")
    elif isinstance(value, (list, tuple)) and depth < 4 and not _REAL.issuperset(map(type, value)):
        for item in value:
            _no_mask(item, depth + 1)


def _misfit(arrays: dict[str, np.ndarray]) -> str:
    shaped = [(name, array.shape) for name, array in arrays.items() if array.ndim]
    for place, (one, shape) in enumerate(shaped):
        for other, other_shape in shaped[:place]:
            try:
                np.broadcast_shapes(shape, other_shape)
            except ValueError:
                return (
                    f"{other} of shape {other_shape} and {one} of shape {shape} do not fit together; "
                    "give one value or as many of each."
                )
    names = ", ".join(f"{name} of shape {shape}" for name, shape in shaped[:4])
    return f"{names} do not fit together; give one value or as many of each."


def _unit(unit: str) -> str:
    return f" {unit}" if unit else ""
