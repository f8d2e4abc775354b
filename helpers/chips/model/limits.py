"""Ranges that several topics share, and the check for one number."""

from __future__ import annotations

from typing import Any

import numpy as np

from helpers.core.limits import within

MOST_TOPS, MOST_TPP, MOST_AREA, MOST_RATE = 1e6, 1e7, 1e5, 1e6
ENDS = ("low", "high")


def single(key: str, value: Any, low: float, high: float, unit: str = "") -> float:
    if isinstance(value, (bool, np.bool_)):
        raise ValueError(
            f"{key} = {value!r} is not a number; its valid range is {low:g} to {high:g} {unit}".rstrip() + "."
        )
    try:
        array = within(key, value, low, high, unit)
    except OverflowError:
        raise ValueError(f"{key} is outside its valid range, {low:g} to {high:g} {unit}".rstrip() + ".") from None
    if array.ndim:
        raise ValueError(f"{key} = {value!r} is a list; give one number from {low:g} to {high:g}.")
    return float(array)
