"""How a refusal shows what it was given: short, on one line, whatever the object does."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterable

import numpy as np

MOST = 200_000  # values in one argument, or in what several make together
DRAWS = 200_000  # draws in one go; more must be asked for by name

_REPR = reprlib.Repr()
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = 60
_REPR.maxlist = _REPR.maxtuple = _REPR.maxdict = _REPR.maxset = 4
_REPR.maxlevel = 2


def shown(value: object, most: int = 70) -> str:
    """Any object in a few words on one line, for a sentence about it.

    Parameters
    ----------
    value : object
        Also one that cannot be printed.
    most : int, 10 to 200
        Letters.

    Returns
    -------
    str

    Examples
    --------
    >>> shown("five"), shown(list(range(100))), shown(10**5000)
    ("'five'", '[0, 1, 2, 3, ...]', 'a whole number of more than 300 digits')
    """
    if isinstance(value, int) and abs(value) >= 10**300:
        return "a whole number of more than 300 digits"
    try:
        if isinstance(value, np.generic):
            value = value.item()
        text = _REPR.repr(value)
        if not isinstance(value, str):
            text = re.sub(r" at 0x[0-9a-f]+", "", " ".join(text.split()))
    except Exception:  # whatever the reader's object does, the sentence about it must come
        text = f"<{type(value).__name__}>"
    return text if len(text) <= most else f"{text[: most - 3]}..."


def number_words(value: float) -> str:
    """A number as short as it can be without hiding on which side of a limit it lies."""
    short = f"{value:g}"
    return short if float(short) == value or value != value else f"{value:.10g}"


def listed_names(allowed: Iterable[object], wanted: object = "") -> str:
    """The names allowed, for a sentence; where they are many the nearest to what was given, and their number.

    Parameters
    ----------
    allowed : collection of str
    wanted : object, optional
        What was given.

    Returns
    -------
    str

    Examples
    --------
    >>> listed_names(("low", "high"))
    'low, high'
    """
    names = [str(name) for name in allowed]
    line = ", ".join(names)
    if len(line) <= 150:
        return line
    import difflib

    near = difflib.get_close_matches(wanted[:60], names, n=3, cutoff=0.6) if isinstance(wanted, str) else []
    first = [name[:40] for name in (near or names[:3])]
    return f"{', '.join(first)}, ... ({len(names)} names)"
