"""Feedback tells what kind of answer it is, and never the answer."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from helpers.course.checks import DAY_SLIPS, NOT_ANSWERED, Exercise, check, compare
from tests.catalogue import EXERCISES

DAYS = Exercise(lambda: 210, "days", ("think", "subtract", "begin with"), tolerance=0.005, slips=DAY_SLIPS)
SHARE = Exercise(lambda: 31.0, "per cent", ("multiply",))
ORDER = Exercise(lambda: ["a", "b", "c"], "three ids, the earliest first", ("look them up",))
WORD = Exercise(lambda: "H800", "a chip", ("it begins with H",))


@pytest.mark.parametrize("empty", [None, ..., "", []])
def test_unanswered_is_said_and_harmless(empty):
    assert compare(empty, DAYS) == NOT_ANSWERED and compare(empty, DAYS).kind == "not answered"


@pytest.mark.parametrize(
    ("answer", "exercise", "kind"),
    [
        (210, DAYS, "right"),
        (211, DAYS, "right"),  # within half a per cent
        (212, DAYS, "not yet"),
        (30, DAYS, "nearly"),  # weeks
        (6.9, DAYS, "nearly"),  # months
        (7, DAYS, "nearly"),  # months, rounded
        (-210, DAYS, "nearly"),  # subtracted the wrong way round
        ("210", DAYS, "right"),
        ("seven months", DAYS, "not yet"),
        (float("nan"), DAYS, "not yet"),
        (31.2, SHARE, "right"),
        (0.31, SHARE, "nearly"),  # a fraction
        (69, SHARE, "nearly"),  # the chance that it does not happen
        (36, SHARE, "not yet"),  # six times one try
        (["a", "b", "c"], ORDER, "right"),
        (("A", " b", "c"), ORDER, "right"),
        (["c", "b", "a"], ORDER, "nearly"),
        (["a", "b"], ORDER, "not yet"),
        ("abc", ORDER, "not yet"),
        ("h800", WORD, "right"),
        ("H20", WORD, "not yet"),
        (800, WORD, "not yet"),
    ],
)
def test_kinds_of_answers(answer, exercise, kind):
    assert compare(answer, exercise).kind == kind


def test_a_wrong_answer_gets_the_hint_asked_for():
    assert "think" in compare(1, DAYS) and "subtract" in compare(1, DAYS, hint=2)
    assert "begin with" in compare(1, DAYS, hint=9) and "think" in compare(1, DAYS, hint=0)


class Raising(list):
    """A list that raises at every touch."""

    def _raise(self, *_):
        raise RuntimeError("touched")

    __len__ = __iter__ = __getitem__ = __eq__ = __str__ = __repr__ = __float__ = _raise
    __hash__ = list.__hash__


class Odd:
    """An object whose every attribute raises."""

    def __getattribute__(self, name):
        raise ZeroDivisionError(name)


DEEP = []
for _ in range(5000):
    DEEP = [DEEP]

ODD = [
    10**400, -(10**400), 10**5000, True, float("inf"), 1j, b"210", "", "  ", "\0", "9" * 100_000, Raising([1]), Raising(),
    Odd(), object(), int, len, lambda: 210, DEEP, {}, {"days": 210}, {210}, [None], [[]], [10**5000], itertools.count(),
    iter(()), (n for n in range(10**9)), np.array([]), np.array([1, 2]), np.array([[210.0]]), np.array("a"), np.array(None),
    np.datetime64("2024-01-01"), np.datetime64("NaT"), np.ma.masked, pd.NA, pd.NaT, pd.Series([1, 2]), pd.Series([], dtype=float),
    pd.DataFrame({"a": [1]}), pd.Timedelta(days=210), NotImplemented, Exception("x"), memoryview(b"ab"), range(10**9),
]  # fmt: skip


@pytest.mark.parametrize("exercise", [DAYS, SHARE, ORDER, WORD], ids=["days", "share", "order", "word"])
@pytest.mark.parametrize("at", range(len(ODD)))
def test_any_object_gets_a_sentence(at, exercise):
    said = compare(ODD[at], exercise)
    if exercise is DAYS and type(ODD[at]) is np.ndarray and ODD[at].size == 1 and ODD[at].dtype == float:
        assert said == "Right."  # one number, in brackets too many
    else:
        assert said.kind in ("not yet", "not answered") and said.startswith("Not ") and len(said) < 300


def test_a_hint_that_is_no_number_is_the_first():
    for hint in (None, "two", float("nan"), float("inf"), [], Odd(), -(10**400)):
        assert "think" in compare(1, DAYS, hint=hint)
    assert "begin with" in compare(1, DAYS, hint=10**400)


@pytest.mark.parametrize("answer", [np.int64(210), np.array([210]), np.array(210.0), pd.Series([210])])
def test_one_number_may_come_in_an_array(answer):
    assert compare(answer, DAYS).kind == "right"


@pytest.mark.parametrize("exercise_id", [None, 10, [], {}, "1" * 10_000, Odd], ids=range(6))
def test_any_other_id_is_refused_in_a_sentence(exercise_id):
    with pytest.raises(KeyError, match="no exercise") as refusal:
        check(exercise_id, 1)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_no_feedback_ever_holds_the_answer(exercise_id):
    exercise = EXERCISES[exercise_id]
    expected = exercise.expected()
    for answer in (None, 1, -5.5, "x", [1], expected):
        said = str(compare(answer, exercise))
        if isinstance(expected, list):
            assert expected[-1] not in said
        elif isinstance(expected, str):
            assert expected not in said
        else:
            assert f"{expected:g}" not in said and f"{expected:.3g}" not in said
    for hint in exercise.hints:
        assert isinstance(expected, list) or (expected if isinstance(expected, str) else f"{expected:g}") not in hint


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_every_exercise_recognises_its_own_answer(exercise_id):
    assert check(exercise_id, EXERCISES[exercise_id].expected()).kind == "right"
    assert len(EXERCISES[exercise_id].hints) >= 3


def test_an_unknown_exercise_is_refused():
    with pytest.raises(KeyError, match="no exercise '10-9'; the exercises are 10-1, 10-2"):
        check("10-9", 1)
    with pytest.raises(KeyError, match="no exercise '99-1'; the exercises are numbered by notebook"):
        check("99-1", 1)
