"""Wrong values of every kind, and right ones at their edges."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd


class Raises(list):
    """A list that fails whatever is asked of it."""

    def __iter__(self):
        raise RuntimeError("not today")

    __len__ = __getitem__ = __repr__ = __array__ = __iter__


class Odd:
    """An object without a printable form."""

    def __repr__(self):
        raise RuntimeError("no words")


def deep(levels: int) -> list:
    nest: list = []
    for _ in range(levels):
        nest = [nest]
    return nest


def matrix() -> Any:
    return np.array([[1, 2], [3, 4]])


# Kind -> what makes a value of it. Some are right for some parameters; the judge asks only for an answer or a refusal.
KINDS: dict[str, list[Callable[[], Any]]] = {
    "text": [lambda: "", lambda: "five", lambda: "5", lambda: "x" * 5000, lambda: "H20\n<img>", lambda: "٣"],
    "none": [lambda: None, lambda: pd.NA, lambda: pd.NaT],
    "yes or no": [lambda: True, lambda: False, lambda: np.True_, lambda: [True, 2.0], lambda: np.array([True, False])],
    "complex": [lambda: 1j, lambda: np.array([1 + 2j])],
    "not a number": [lambda: float("nan"), lambda: np.array([1.0, np.nan]), lambda: np.float32("nan")],
    "infinite": [lambda: float("inf"), lambda: -float("inf"), lambda: [1.0, np.inf]],
    "huge number": [lambda: 10**400, lambda: [1, 10**400], lambda: 1e308, lambda: 2**63, lambda: Fraction(10**400)],
    "negative": [lambda: -1, lambda: -0.5, lambda: [-3.0, 1], lambda: -1e-300],
    "nought": [lambda: 0, lambda: 0.0, lambda: [0, 1]],
    "fraction": [lambda: 1.5, lambda: Fraction(1, 3), lambda: Decimal("0.5"), lambda: [0.5, 1.5]],
    "small array": [lambda: [1, 2], lambda: (1, 2), lambda: np.array([0.2, 0.4]), lambda: pd.Series([0.5, 1]), lambda: range(1, 3)],
    "empty": [lambda: [], lambda: np.empty(0), lambda: {}, lambda: pd.DataFrame(), lambda: pd.Series([], dtype=float), lambda: ()],
    "huge array": [lambda: np.ones(200_001), lambda: np.broadcast_to(1.0, 10**9), lambda: range(10**12)],
    "large array": [lambda: np.full(200_000, 0.5), lambda: np.ones(100_000)],
    "odd shape": [lambda: np.ones((2, 3)), lambda: np.ones((1, 1, 1)), lambda: [[1, 2], [3]], lambda: np.ones((3, 0))],
    "objects": [lambda: np.array([1, "a"], dtype=object), lambda: np.array([None]), lambda: [object()], lambda: object(), Odd],
    "masked": [lambda: np.ma.masked, lambda: np.ma.array([1.0, 2.0], mask=[True, False])],
    "columns": [lambda: pd.Series(["1", "2"]), lambda: pd.Series([1, None], dtype="Int64"), lambda: pd.DataFrame({"a": [1]})],
    "dates": [lambda: datetime.date(2024, 1, 1), lambda: pd.Timestamp("2024-01-01"), lambda: np.datetime64("2024-01-01"),
              lambda: np.timedelta64(3, "D"), lambda: "2024-13-01", lambda: datetime.date(1, 1, 1)],
    "raises": [lambda: Raises([1, 2]), lambda: [Raises([1])]],
    "mapping": [lambda: {"a": 1}, lambda: {1: "a"}, lambda: {"x": (1, 2, 3)}, lambda: {1, 2}],
    "matrix": [matrix, lambda: matrix().tolist()],
    "nest": [lambda: deep(70), lambda: deep(500)],
    "functions": [lambda: len, lambda: lambda *a, **k: "text", lambda: iter([1]), lambda: int],
    "bytes": [lambda: b"5", lambda: bytearray(2)],
}  # fmt: skip
WEIGHTS = {"large array": 0.05, "huge array": 0.3, "nest": 0.5}


def at_edges(value: Any) -> list[Any]:
    """Right kinds near a right value: the same as a row, much smaller, much larger, whole."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return [value]
    return [
        value,
        float(value),
        np.float64(value),
        [value],
        [value, value],
        np.array(value),
        value * 1e-6,
        value * 1e6,
        value * 2,
        value / 2,
    ]
