"""How long a sentence is for a reader, in words and numbers, and how wide words are in a picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(rf"\b(?:\d{{1,2}} )?{_MONTH} \d{{4}}\b")
_NUMBER = re.compile(r"(?<![\w.,/-])[−+±-]?\d[\d,.]*(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?%?(?![\w/])")


def words_and_numbers(sentence: str) -> tuple[int, int]:
    """Words of a sentence, and its numbers: a date is one, a name with digits (910C, 3A090.a) is none.

    Examples
    --------
    >>> words_and_numbers("From 7 October 2022 a 910C costs 1,200 to 1,500 USD, 40% more.")
    (13, 4)
    """
    return len(sentence.split()), len(_NUMBER.findall(_DATE.sub("1", sentence)))


def reach(row: Mapping[str, Any], letter: float) -> tuple[float, float]:
    """Where a row of words begins and reach in a picture, px, if a letter takes so many.

    Examples
    --------
    >>> reach({"words": "four", "x": 100, "align": "center"}, 8)
    (84.0, 116.0)
    """
    wide = letter * len(row["words"])
    left = row["x"] - {"left": 0, "center": wide / 2, "right": wide}[row["align"]]
    return left, left + wide
