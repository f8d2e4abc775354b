"""The door for what is no number: yes or no, words, days, functions, columns of a table, seeds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from helpers.core.limits.shown import MOST, listed_names, shown

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


def yes_no(name: str, value: object) -> bool:
    """The value, when it is True or False.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : bool
        Of Python or numpy. Words, 0 and 1, NaN and None are neither.

    Returns
    -------
    bool

    Raises
    ------
    ValueError
        Anything else.

    Examples
    --------
    >>> yes_no("memory", True)
    True
    >>> yes_no("memory", "no")
    Traceback (most recent call last):
    ...
    ValueError: memory = 'no' is not True or False.
    """
    if value is True or value is False:
        return value
    if isinstance(value, np.bool_) or (isinstance(value, np.ndarray) and value.dtype == bool and value.ndim == 0):
        if not np.ma.is_masked(value):
            return bool(value)
    raise ValueError(f"{name} = {shown(value)} is not True or False.")


def yes_nos(name: str, value: object) -> np.ndarray:
    """The value as an array of bool, when every element is True or False.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : bool, or array or list of bool

    Returns
    -------
    ndarray of bool, of the shape of `value`

    Raises
    ------
    ValueError
        An element that is neither (also a missing or masked one), or too many of them.

    Examples
    --------
    >>> yes_nos("memory", [True, False]).tolist()
    [True, False]
    """
    if value is True or value is False:
        return np.bool_(value)
    try:
        masked = np.ma.is_masked(value)
        array = np.asarray(value, dtype=object if isinstance(value, (list, tuple)) else None)
        items = array.ravel()
        if array.dtype != bool:  # objects: look at each
            items = [item for item in items.tolist() if not isinstance(item, (bool, np.bool_))][:1]
            masked, value = masked or bool(items), items[0] if items else value
        if not masked and array.size <= MOST:
            return array.astype(bool)
    except Exception:  # whatever the reader's object does
        pass
    raise ValueError(f"{name} = {shown(value)} is not True or False, or holds too many.")


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
        Another word, or no word. Where many are allowed, the nearest are named.

    Examples
    --------
    >>> one_of("end", "low", ("low", "high"))
    'low'
    """
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} = {shown(value)} is not one of {listed_names(allowed, value)}.")
    return value


def each(name: str, value: object, most: int = MOST) -> list[Any]:
    """What a collection holds, when it can be listed: a list, a tuple, a column, an array, a generator.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : iterable
        A single word is none.
    most : int

    Returns
    -------
    list

    Raises
    ------
    ValueError
        Not a collection, one that fails while it is read, or more than `most`.

    Examples
    --------
    >>> each("needs", (3, 2))
    [3, 2]
    """
    items: list[Any] | None = None
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        try:
            items = []
            for item in value:
                items.append(item)
                if len(items) > most:
                    break
        except Exception:  # whatever the reader's object does
            items = None
    if items is None:
        raise ValueError(f"{name} = {shown(value)} is not a list.")
    if len(items) > most:
        raise ValueError(f"{name} holds more than {most:,} entries; give them in pieces.")
    return items


def some_of(name: str, value: object, allowed: Collection[str]) -> list[str]:
    """The values, when each is one of the words allowed.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : collection of str
        A single word is none.
    allowed : collection of str

    Returns
    -------
    list of str, in the order given

    Raises
    ------
    ValueError
        Not a list of words, or one that is not allowed.

    Examples
    --------
    >>> some_of("ends", ("low", "high"), ("low", "central", "high"))
    ['low', 'high']
    """
    return [one_of(name, item, allowed) for item in each(name, value, max(1000, len(allowed)))]


def day(name: str, value: object, first: date = FIRST_DAY, last: date = LAST_DAY) -> date:
    """The value as a date.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : date, datetime, Timestamp, datetime64, or str as YYYY-MM-DD
    first, last : date
        Valid range, ends included.

    Returns
    -------
    date

    Raises
    ------
    ValueError
        Not one day (a number, a missing date), or out of range.

    Examples
    --------
    >>> day("on", "2022-10-07")
    datetime.date(2022, 10, 7)
    """
    found = _date(value)
    if found is None:
        raise ValueError(f"{name} = {shown(value)} is not a day; write it YYYY-MM-DD, from {first} to {last}.")
    if not first <= found <= last:
        raise ValueError(f"{name} = {found} is outside its valid range, {first} to {last}.")
    return found


def _date(value: object) -> date | None:
    try:
        if isinstance(value, str):
            text = value.strip()
            plain = len(text) == 10 and text.isascii() and text[4] == text[7] == "-"
            return date.fromisoformat(text) if plain else None
        if value is None or value is pd.NaT:
            return None
        if isinstance(value, datetime):  # pandas timestamps too
            return value.date()
        if isinstance(value, date):
            return value
        if isinstance(value, (np.datetime64, np.ndarray)) and value.dtype.kind == "M" and value.ndim == 0:
            stamp = pd.Timestamp(value[()] if isinstance(value, np.ndarray) else value)
            return None if stamp is pd.NaT else stamp.date()
    except Exception:  # whatever the reader's object does
        pass
    return None


def days(name: str, value: object, first: date = FIRST_DAY, last: date = LAST_DAY) -> list[date]:
    """The values as dates.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : collection of days, each as in `day`
    first, last : date
        Valid range, ends included.

    Returns
    -------
    list of date, in the order given

    Raises
    ------
    ValueError
        Not a list, or an entry that is not a day or is out of range.

    Examples
    --------
    >>> days("dates", ["2022-10-07"])
    [datetime.date(2022, 10, 7)]
    """
    return [day(name, item, first, last) for item in each(name, value)]


def function(name: str, value: object) -> Callable[..., Any]:
    """The value, when it can be called.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : callable

    Returns
    -------
    callable

    Raises
    ------
    ValueError
        Not a function.

    Examples
    --------
    >>> function("cost", abs)(-1)
    1
    """
    if not callable(value):
        raise ValueError(f"{name} = {shown(value)} is not a function.")
    return value


def columns(name: str, value: object, needed: Collection[str]) -> pd.DataFrame:
    """The value, when it is a table with the columns that are needed.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : DataFrame
    needed : collection of str

    Returns
    -------
    DataFrame

    Raises
    ------
    ValueError
        No table, a column that is missing, or too many rows.

    Examples
    --------
    >>> columns("events", pd.DataFrame({"date": []}), ["date"]).empty
    True
    """
    if not isinstance(value, pd.DataFrame):
        raise ValueError(f"{name} = {shown(value)} is not a table (a DataFrame with {listed_names(needed)}).")
    missing = [column for column in needed if column not in value.columns]
    if missing:
        raise ValueError(f"{name} lacks the column {missing[0]!r}; it needs {listed_names(needed)}.")
    if len(value) > MOST:
        raise ValueError(f"{name} has {len(value):,} rows, more than {MOST:,}.")
    return value


def seeded(name: str, value: object) -> np.random.Generator:
    """A generator of random numbers from a seed, which is one whole number or a generator already.

    Parameters
    ----------
    name : str
        The parameter, as the caller knows it.
    value : int, 0 to 2^64 - 1, or numpy Generator

    Returns
    -------
    numpy Generator

    Raises
    ------
    ValueError
        Anything else: a matrix as seed stops the interpreter, and no seed gives other numbers every time.

    Examples
    --------
    >>> seeded("seed", 1).integers(10), seeded("seed", 1).integers(10)
    (np.int64(4), np.int64(4))
    """
    if isinstance(value, np.random.Generator):
        return value
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, (bool, np.timedelta64))
    number = int(value) if whole else -1
    if not 0 <= number < 2**64:
        raise ValueError(f"{name} = {shown(value)} must be a whole number from 0 to 2^64 - 1, or a numpy Generator.")
    return np.random.default_rng(number)
