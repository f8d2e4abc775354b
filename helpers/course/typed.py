"""Answers typed by hand, read without running anything: a number, a name out of a few, names in order, names a line.

`as_answer` makes of what a box sends what `feedback.compare` takes. Nothing typed is evaluated, and no sentence repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from helpers.course.feedback import Exercise

LONGEST = 200  # letters of a number
LONGEST_LIST = 4000  # letters of a list
DECIMAL_POINT = "Not yet: write the decimal sign as a point, as in 2.5; thousands may stand as 2,500 or 2500."
TWICE = "Not yet: each name has one place; one of them stands twice or is missing."

# A sign, digits (in threes with commas, or plain), a part behind the point, a power of ten.
_NUMBER = re.compile(r"[+-]?(?:(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?[0-9.]*[0-9]*,[0-9]+")
_BETWEEN_THREES = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
# What keyboards of other languages give: letters of double width, and other spaces and dashes.
_PLAIN = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_PLAIN |= dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ") | dict.fromkeys(map(ord, "\u2212\u2013"), "-")


class Unreadable(ValueError):
    """What was typed is no answer of the wanted kind; the sentence says what is wanted."""


def number(text: str, unit: str) -> float | None:
    """A number as people write it.

    Parameters
    ----------
    text : str
        At most `LONGEST` letters: ``2,500``, ``2500``, ``2 500``, ``25%``, ``1.2e3``, ``$4.38``.
    unit : str
        What the number counts. A per cent sign divides by 100, unless this begins with "per cent".

    Returns
    -------
    float or None
        None for an empty text.

    Raises
    ------
    Unreadable
        Anything else, in a sentence that names the unit.

    Examples
    --------
    >>> number("2,500", "chips"), number("25%", "per cent"), number("25 %", "a share, from 0 to 1")
    (2500.0, 25.0, 0.25)
    >>> number("2,5", "chips")
    Traceback (most recent call last):
    helpers.course.typed.Unreadable: Not yet: write the decimal sign as a point, as in 2.5; thousands may stand as 2,500 or 2500.
    """
    wanted = f"Not yet: the answer is one number ({unit}), without words."
    if len(text) > LONGEST:
        raise Unreadable(wanted)
    plain = text.translate(_PLAIN).strip().lower()
    if not plain:
        return None
    share = plain.endswith("%")
    plain = _BETWEEN_THREES.sub("", plain.removesuffix("%").strip().removeprefix("$").strip())
    if not _NUMBER.fullmatch(plain):
        raise Unreadable(DECIMAL_POINT if _COMMA.fullmatch(plain) else wanted)
    value = float(plain.replace(",", ""))
    return value / 100 if share and not unit.startswith("per cent") else value


def names(text: str) -> list[str]:
    """Names one a line, or with commas between them; quotes and brackets around them are left out.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str

    Raises
    ------
    Unreadable
        More than `LONGEST_LIST` letters.

    Examples
    --------
    >>> names("S12\\nS27"), names('["S12", "S27"]')
    (['S12', 'S27'], ['S12', 'S27'])
    """
    if len(text) > LONGEST_LIST:
        raise Unreadable(f"Not yet: the answer is a short list, of fewer than {LONGEST_LIST:,} letters.")
    parts = (part.strip(" \t\r'\"“”‘’[]()") for part in re.split(r"[\n,;]", text.translate(_PLAIN)))
    return [part for part in parts if part]


def as_answer(given: Any, exercise: Exercise) -> Any:
    """What a box sends, as `feedback.compare` takes it.

    Parameters
    ----------
    given : text, or list of text
        A text for a number, a choice and lines; a list for places in order and for chosen names.
    exercise : Exercise

    Returns
    -------
    float, str, list of str, or None
        None where nothing was entered.

    Raises
    ------
    Unreadable
        It is no answer of that kind.
    """
    listed = exercise.form in ("order", "some")
    wanted = f"Not yet: the question asks for {exercise.unit}."
    if not (_texts(given) if listed else isinstance(given, str)):
        raise Unreadable(wanted)
    if exercise.form == "number":
        return number(given, exercise.unit)
    if exercise.form == "lines":
        return names(given) or None
    choices = exercise.choices()
    if any(name not in choices for name in (given if listed else [given]) if name):
        raise Unreadable(wanted)
    if exercise.form == "one":
        return given or None
    if exercise.form == "some":
        return [name for name in choices if name in given] or None
    if not any(given):
        return None
    if sorted(given) != sorted(choices):
        raise Unreadable(TWICE)
    return list(given)


def _texts(given: Any) -> bool:
    return isinstance(given, Sequence) and len(given) <= LONGEST and all(isinstance(name, str) for name in given)
