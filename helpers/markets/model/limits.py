"""Ranges that several parts of the model share, with the words of their refusals."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from helpers.core.limits import within

MOST_USD = 1e12


def share(name: str, value: ArrayLike, most: float = 1.0) -> np.ndarray:
    return within(name, value, 0, most)


def money(name: str, value: ArrayLike, least: float = 0.0) -> np.ndarray:
    return within(name, value, least, MOST_USD)


def lists(name: str, value: ArrayLike) -> np.ndarray:
    return within(name, value, 0, 1e3, "list prices")
