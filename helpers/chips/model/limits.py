"""Ranges that several topics share, the check for one number, and for numbers of which some are not known."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import shown, within

MOST_TOPS, MOST_TPP, MOST_AREA, MOST_RATE = 1e6, 1e7, 1e5, 1e6
ENDS = ("low", "high")


def single(key: str, value: Any, low: float, high: float, unit: str = "") -> float:
    array = within(key, value, low, high, unit)
    if array.ndim:
        raise ValueError(f"{key} = {shown(value)} is a list; give one number from {low:g} to {high:g}.")
    return float(array)


def where_known(name: str, value: ArrayLike, most: float, unit: str) -> tuple[np.ndarray, np.ndarray]:
    """Values from 0 to `most` with 0 where they are not known (NaN), and where they are known."""
    array = within(name, value, 0, most, unit, unknown=True)
    known = ~np.isnan(array)
    return np.where(known, array, 0), known
