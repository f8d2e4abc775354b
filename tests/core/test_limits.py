"""Checks at the door: what is no number is refused by name, and what is one passes in every shape."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from helpers.core import limits


@pytest.mark.parametrize(
    "value",
    [None, "5", ["1", "2"], True, [True, False], np.bool_(True), datetime.date(2026, 1, 1), pd.Timestamp("2026-01-01"), 1j, {}],
    ids=repr,
)  # fmt: skip
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match=r"^share = .* is not a number; its valid range is 0 to 10\.$"):
        limits.within("share", value, 0, 10)


@pytest.mark.parametrize(
    "value", [1, 1.5, np.float32(2), np.int64(3), [1, 2], (1, 2.5), np.array(4), np.ones((2, 3)), pd.Series([1, 2.0]), []]
)  # fmt: skip
def test_numbers_keep_their_shape(value):
    out = limits.within("share", value, 0, 10)
    assert out.dtype == float and out.shape == np.shape(value) and (out == np.asarray(value, dtype=float)).all()


def test_the_caller_s_array_is_left_alone():
    mine = np.array([1.0, 2.0])
    limits.within("share", mine, 0, 10)
    assert mine.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -0.001, 10.001, [1, 2, np.nan]])
def test_what_is_out_of_range_is_refused_with_its_value(value):
    with pytest.raises(ValueError, match=r"^share = .* is outside its valid range, 0 to 10 mm2\.$"):
        limits.within("share", value, 0, 10, "mm2")
