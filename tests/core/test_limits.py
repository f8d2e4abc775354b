"""Checks at the door: what is no number is refused by name, and what is one passes in every shape."""

from __future__ import annotations

import datetime
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from helpers.core import limits


class Raises(list):
    """A list that fails whatever is asked of it."""

    def __iter__(self):
        raise RuntimeError("not today")

    __len__ = __getitem__ = __repr__ = __array__ = __iter__


def label(value):
    return f"{type(value).__module__}.{type(value).__name__} {limits.shown(value, 25)}"


DEEP: list = []
for _ in range(70):
    DEEP = [DEEP]
DAY = datetime.date(2026, 1, 1)
NO_NUMBERS = [
    None, "5", ["1", "2"], True, [True, False], np.bool_(True), DAY, pd.Timestamp("2026-01-01"), 1j, {}, {1}, b"5",
    [True, 2.0], [1, [True]], [1, None], [[1, 2], [3]], (1, "2"), np.array([1, True], dtype=object), pd.NA, pd.NaT,
    np.array(["1"]), np.array(["1"], dtype=object), np.array([None]), np.array([1j]), np.timedelta64(3, "D"),
    np.array([3], dtype="timedelta64[D]"), np.array(["2026-01-01"], dtype="datetime64[D]"), [np.timedelta64(3, "D")],
    np.array([np.timedelta64(3, "D")], dtype=object), [DAY], pd.Series(["1", "2"]), pd.Series(["1"], dtype="string"),
    pd.Series([True, False]), pd.Series([True, None], dtype="boolean"),
    pd.Series(["a"], dtype="category"), pd.to_datetime(pd.Series(["2026-01-01"])), pd.DataFrame({"a": [1], "b": [True]}),
    np.ma.masked, np.ma.array([1.0, 2.0], mask=[True, False]), [np.ma.array([1.0, 2.0], mask=[True, False])],
    10**400, [1, 10**400], Fraction(10**400), Decimal("sNaN"), Raises([1, 2]), [Raises([1])], object(), DEEP, iter([1]),
    np.random.default_rng, lambda: 1,
]  # fmt: skip


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("value", NO_NUMBERS, ids=label)
@pytest.mark.parametrize("door", [limits.within, limits.whole, limits.wholes])
def test_what_is_no_number_is_refused(door, value):
    with pytest.raises(ValueError, match=r"^share = .* is not a number; its valid range is 0 to 10\.$") as refusal:
        door("share", value, 0, 10)
    assert len(str(refusal.value)) < 300 and "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "value",
    [1, 1.5, np.float32(2), np.int64(3), [1, 2], (1, 2.5), np.array(4), np.ones((2, 3)), pd.Series([1, 2.0]), [],
     np.float64(2.5), range(3), [np.int8(1), 2.0], [np.ones(2), [1, 2]], pd.Series([1, 2], dtype="Int64"), Fraction(1, 2),
     Decimal("1.5"), [Fraction(1, 2), 1], np.array([1, 2.5], dtype=object), np.ma.array([1.0, 2.0], mask=False),
     pd.Index([1, 2]), pd.DataFrame({"a": [1], "b": [2.5]}), np.float16(1), np.uint8(3)],
    ids=repr,
)  # fmt: skip
def test_numbers_keep_their_shape(value):
    out = limits.within("share", value, 0, 10)
    assert out.dtype == float and out.shape == np.shape(value) and (out == np.asarray(value, dtype=float)).all()


def test_the_caller_s_array_is_left_alone():
    mine = np.array([1.0, 2.0])
    limits.within("share", mine, 0, 10)
    assert mine.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "value",
    [
        np.nan,
        np.inf,
        -np.inf,
        -0.001,
        10.001,
        [1, 2, np.nan],
        [np.float64("nan")],
        pd.Series([1, None], dtype="Int64"),
        -1,
        10**30,
    ],
)
def test_what_is_out_of_range_is_refused_with_its_value(value):
    with pytest.raises(ValueError, match=r"^share = .* is outside its valid range, 0 to 10 mm2\.$"):
        limits.within("share", value, 0, 10, "mm2")


def test_a_value_just_outside_is_not_shown_as_the_end_itself():
    with pytest.raises(ValueError, match=r"^share = 10\.00000001 is outside"):
        limits.within("share", 10.00000001, 0, 10)


@pytest.mark.parametrize(
    "value", [np.broadcast_to(1.0, 300_000), [1.0] * 200_001, range(10**12), np.ones(300_000, int)]
)
def test_too_many_values_are_refused(value):
    with pytest.raises(ValueError, match=r"^share holds [\d,]+ values, more than 200,000; give them in pieces\.$"):
        limits.within("share", value, 0, 10)


def test_an_infinite_range_takes_no_whole_number_that_a_float_cannot_hold():
    assert limits.within("share", np.inf, 0, np.inf) == np.inf
    with pytest.raises(ValueError, match="^share = a whole number of more than 300 digits is not a number"):
        limits.within("share", 10**400, 0, np.inf)


@pytest.mark.parametrize("value", [1.5, [1, 1.5], np.array([2.0000001])])
def test_fractions_are_no_whole_numbers(value):
    with pytest.raises(ValueError, match=r"^pieces = .* must be a whole number from 1 to 64\.$"):
        limits.wholes("pieces", value, 1, 64)
    with pytest.raises(ValueError, match=r"^pieces = .* must be a whole number from 1 to 64\.$"):
        limits.whole("pieces", value, 1, 64)


def test_whole_numbers():
    assert limits.wholes("pieces", [1, 2.0], 1, 64).tolist() == [1.0, 2.0]
    assert [limits.whole("pieces", one, 1, 64) for one in (3, 3.0, np.int8(3), np.array([3]))] == [3] * 4


# --- yes or no ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", ["no", "yes", "", 0, 1, None, np.nan, pd.NA, [], [True], 1.0, np.ma.masked, object()], ids=label
)
def test_what_is_neither_yes_nor_no_is_refused(value):
    with pytest.raises(ValueError, match=r"^memory = .* is not True or False\.$"):
        limits.yes_no("memory", value)


def test_yes_and_no():
    values = (True, np.True_, np.array(True), False, np.False_)
    assert [limits.yes_no("memory", one) for one in values] == [True, True, True, False, False]


@pytest.mark.parametrize(
    "value",
    ["no", None, np.nan, [True, "no"], [True, 1], [True, None], [True, np.nan], np.array([0, 1]), pd.Series(["yes"]),
     pd.Series([True, None], dtype="boolean"), np.ma.array([True, False], mask=[True, False]), Raises([True]), 1],
    ids=label,
)  # fmt: skip
def test_an_element_that_is_neither_yes_nor_no_is_refused(value):
    with pytest.raises(ValueError, match=r"^memory = .* is not True or False, or holds too many\.$"):
        limits.yes_nos("memory", value)


@pytest.mark.parametrize(
    "value",
    [True, [True, False], np.array([[True]]), pd.Series([True]), pd.Series([True], dtype="boolean"), [np.True_]],
)
def test_yes_and_no_keep_their_shape(value):
    out = limits.yes_nos("memory", value)
    assert out.dtype == bool and out.shape == np.shape(value)


# --- words, days, functions, tables, seeds --------------------------------------------------------


@pytest.mark.parametrize("value", ["middle", "", None, 1, ["low"], {}, "x" * 10_000, Raises([1])], ids=label)
def test_another_word_is_refused(value):
    with pytest.raises(ValueError, match=r"^end = .* is not one of low, high\.$") as refusal:
        limits.one_of("end", value, ("low", "high"))
    assert len(str(refusal.value)) < 300


def test_of_many_words_the_nearest_are_named():
    names = [f"chip of the make number {n}" for n in range(100)] + ["H100 SXM"]
    with pytest.raises(ValueError, match=r"^chip = 'H100 SMX' is not one of H100 SXM.*\(101 names\)\.$") as refusal:
        limits.one_of("chip", "H100 SMX", names)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize("value", ["low", None, 3, ["low", "middle"], [None], Raises(["low"])], ids=label)
def test_some_words(value):
    assert limits.some_of("ends", ["low"], ("low", "high")) == ["low"]
    with pytest.raises(ValueError, match="^ends = "):
        limits.some_of("ends", value, ("low", "high"))


@pytest.mark.parametrize(
    "value", [None, pd.NaT, np.datetime64("NaT"), 20221007, 1.0, True, "soon", "2022-13-01", "2022-W40-5", "20221007", "٢٠٢٢-١٠-٠٧",
              [DAY], "1066-10-14", datetime.date(2500, 1, 1), Raises([1])], ids=label
)  # fmt: skip
def test_what_is_no_day_is_refused(value):
    with pytest.raises(ValueError, match="^on = .* 1900-01-01 to 2100-12-31"):
        limits.day("on", value)
    with pytest.raises(ValueError, match="^on = "):
        limits.days("on", [DAY, value])


@pytest.mark.parametrize(
    "value", ["2026-01-01", DAY, datetime.datetime(2026, 1, 1, 5), pd.Timestamp(DAY), np.datetime64("2026-01-01"),
              np.array("2026-01-01", dtype="datetime64[ns]")], ids=repr
)  # fmt: skip
def test_days(value):
    assert limits.day("on", value) == DAY and limits.days("on", [value]) == [DAY]


def test_functions_tables_and_collections():
    with pytest.raises(ValueError, match="^cost = 5 is not a function"):
        limits.function("cost", 5)
    with pytest.raises(ValueError, match="^events = None is not a table"):
        limits.columns("events", None, ["date"])
    with pytest.raises(ValueError, match="^events lacks the column 'date'"):
        limits.columns("events", pd.DataFrame({"day": [1]}), ["date"])
    with pytest.raises(ValueError, match="^needs = .* is not a list"):
        limits.each("needs", Raises([1]))
    with pytest.raises(ValueError, match="^needs holds more than 3 entries"):
        limits.each("needs", iter(lambda: 1, 2), 3)


@pytest.mark.parametrize(
    "value", [None, "1", 1.5, True, -1, 2**64, np.ones((2, 2), int), np.array([1]), [1, 2], np.timedelta64(1)]
)
def test_a_seed_is_one_whole_number(value):
    with pytest.raises(ValueError, match="^seed = "):
        limits.seeded("seed", value)


def test_a_seed_gives_the_numbers_of_numpy():
    assert limits.seeded("seed", np.int64(7)).random() == np.random.default_rng(7).random()
    mine = np.random.default_rng(7)
    assert limits.seeded("seed", mine) is mine


@pytest.mark.parametrize("value", [0, -1, 1.5, "9", None, 200_001, 10**400])
def test_draws_have_a_limit_that_only_a_name_lifts(value):
    with pytest.raises(ValueError, match="^draws = "):
        limits.draws("draws", value)
    assert limits.draws("draws", 200_001, limit=300_000) == 200_001
    with pytest.raises(ValueError, match="^most = "):
        limits.draws("draws", 5, limit=10**8)


@pytest.mark.parametrize(
    "ends", [None, 5, "123", [1, 2], [3, 2, 1], [True, 2, 3], ["1", 2, 3], [1, 2, np.inf], Raises([1, 2, 3])]
)
def test_three_ends_in_order(ends):
    with pytest.raises(ValueError, match="^pue = "):
        limits.ordered("pue", ends)


def test_shapes_that_do_not_fit_are_refused_by_name():
    a, b, c = np.ones(2), np.ones(3), np.float64(1)
    with pytest.raises(ValueError, match=r"^area of shape \(2,\) and pieces of shape \(3,\) do not fit together"):
        limits.fitting(area=a, usd=c, pieces=b)
    with pytest.raises(ValueError, match=r"^area and pieces together make 4,000,000 values"):
        limits.fitting(area=np.ones((2000, 1)), pieces=np.ones(2000))
    assert limits.fitting(usd=c) == () and limits.fitting(usd=c, area=a) == (2,)
    assert [x.shape for x in limits.together(area=a, usd=c)] == [(2,), (2,)]


def test_anything_can_be_shown_on_one_short_line():
    for value in [*NO_NUMBERS, np.arange(1e6), "a\nb" * 999, pd.DataFrame({"a": range(99)})]:
        assert len(limits.shown(value)) <= 70 and "\n" not in limits.shown(value)


# --- speed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [5.0, 5, np.float64(5)], ids=label)
def test_one_plain_number_goes_through_the_door_in_a_few_calls(value):
    """Calls are counted, since seconds depend on the machine; `make bench` has the microseconds."""
    made = []
    sys.setprofile(lambda frame, event, what: made.append(event) if event in ("call", "c_call") else None)
    try:
        limits.within("share", value, 0, 10)
    finally:
        sys.setprofile(None)
    assert len(made) - 1 <= 8, made  # one is the call that ends the counting
