"""Feedback tells what kind of answer it is, and never the answer."""

from __future__ import annotations

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


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_no_feedback_ever_holds_the_answer(exercise_id):
    exercise = EXERCISES[exercise_id]
    expected = exercise.expected()
    for answer in (None, 1, -5.5, "x", [1], expected):
        said = str(compare(answer, exercise))
        if isinstance(expected, list):
            assert expected[-1] not in said
        else:
            assert f"{expected:g}" not in said and f"{expected:.3g}" not in said
    for hint in exercise.hints:
        assert isinstance(expected, list) or f"{expected:g}" not in hint


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_every_exercise_recognises_its_own_answer(exercise_id):
    assert check(exercise_id, EXERCISES[exercise_id].expected()).kind == "right"
    assert len(EXERCISES[exercise_id].hints) >= 3


def test_an_unknown_exercise_is_refused():
    with pytest.raises(KeyError, match="no exercise '10-9'; the exercises are 10-1, 10-2"):
        check("10-9", 1)
    with pytest.raises(KeyError, match="no exercise '99-1'; the exercises are numbered by notebook"):
        check("99-1", 1)
