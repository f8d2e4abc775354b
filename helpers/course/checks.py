"""Feedback on exercises: what kind of answer it is, never the answer itself.

``check("10-1", my_answer)`` compares an answer with what the exercises of that notebook's
subject (``helpers/<subject>/exercises.py``) compute from the same data and says "right", "right idea, wrong unit or order", or "not yet" with a hint.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from math import isclose, isfinite
from typing import Any

from helpers.core import data

NOT_ANSWERED = "Not answered yet."

# Factors by which any number may be off: thousands, millions, per cent.
SLIPS = (1e3, 1e6, 100)
# And a number of days given in weeks, months or years, rounded by eye.
DAY_SLIPS = (7, 365.25 / 12, 365.25)
LONGEST = 1000  # items of a list that are looked at


class Feedback(str):
    """A sentence of feedback; `kind` is "right", "nearly", "not yet" or "not answered"."""

    kind: str

    def __new__(cls, kind: str, sentence: str) -> Feedback:
        feedback = super().__new__(cls, sentence)
        feedback.kind = kind
        return feedback

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Exercise:
    """One checked question.

    Attributes
    ----------
    expected : callable
        Computes the answer from the course's data when asked.
    unit : str
        What the number counts, or what the list holds.
    hints : sequence of str
        From concept to formula to first line; `check(..., hint=n)` shows the n-th.
    tolerance : float
        Relative tolerance for a number (0.02 is 2%).
    slips : sequence of float
        Factors by which a right number is often off.
    """

    expected: Callable[[], Any]
    unit: str
    hints: Sequence[str]
    tolerance: float = 0.02
    slips: Sequence[float] = SLIPS


def check(exercise_id: str, answer: Any, hint: int = 1) -> Feedback:
    """Feedback on an answer.

    Parameters
    ----------
    exercise_id : str
        As printed above the question, for instance ``"10-1"``.
    answer : number, text, or list of text
        None means not answered; any other object gets a sentence, too.
    hint : int
        Which hint to show with "not yet": 1, 2, ...; the first for anything else.

    Returns
    -------
    Feedback
        A sentence that never contains the answer.

    Raises
    ------
    KeyError
        No such exercise.
    """
    return compare(answer, exercise(exercise_id), hint)


def exercise(exercise_id: str) -> Exercise:
    """The exercise of that id: its notebook's number names the subject, and only that subject is imported.

    Parameters
    ----------
    exercise_id : str

    Returns
    -------
    Exercise

    Raises
    ------
    KeyError
        No such exercise.
    """
    course = data.load("course_map")
    number = str(exercise_id).partition("-")[0]
    known: dict[str, Exercise] = {}
    for row in course[(course["edition"] == "here") & (course["notebook"].str[:2] == number)].itertuples():
        known = import_module(f"helpers.{row.subject}.exercises").EXERCISES
    if not isinstance(exercise_id, str) or exercise_id not in known:
        there_are = ", ".join(known) or "numbered by notebook, as printed above each question"
        raise KeyError(f"no exercise {reprlib.repr(exercise_id)}; the exercises are {there_are}.")
    return known[exercise_id]


def compare(answer: Any, exercise: Exercise, hint: int = 1) -> Feedback:
    """Feedback on an answer to a given `Exercise` (see `check`)."""
    if answer is None or answer is Ellipsis:
        return Feedback("not answered", NOT_ANSWERED)
    expected = exercise.expected()
    tip = exercise.hints[min(max(_whole(hint), 1), len(exercise.hints)) - 1]
    not_yet = Feedback("not yet", f"Not yet. Hint: {tip}")
    try:
        return _compare(answer, expected, exercise, not_yet)
    except Exception:  # an object of the reader's may raise anything when it is looked at
        return Feedback("not yet", f"Not yet: this answer cannot be read; the question asks for {exercise.unit}.")


def _compare(answer: Any, expected: Any, exercise: Exercise, not_yet: Feedback) -> Feedback:
    if isinstance(answer, (str, list, tuple)) and len(answer) == 0:
        return Feedback("not answered", NOT_ANSWERED)
    if isinstance(expected, (list, tuple)):
        return _compare_list(answer, list(expected), exercise.unit, not_yet)
    if isinstance(expected, str):
        if not isinstance(answer, str):
            return Feedback("not yet", f"Not yet: the answer is a text ({exercise.unit}), in quotes.")
        return Feedback("right", "Right.") if _fold(answer) == _fold(expected) else not_yet
    return _compare_number(answer, float(expected), exercise, not_yet)


def _whole(hint: Any) -> int:
    try:
        return int(hint)
    except Exception:
        return 1


def _compare_number(answer: Any, expected: float, exercise: Exercise, not_yet: Feedback) -> Feedback:
    if hasattr(answer, "item") and getattr(answer, "size", 0) == 1:  # an array or a column of one number
        answer = answer.item()
    try:
        if isinstance(answer, (bool, bytes, bytearray)):
            raise TypeError
        given = float(answer)
    except (TypeError, ValueError):
        return Feedback("not yet", f"Not yet: the answer is one number ({exercise.unit}), without words.")
    except OverflowError:
        given = float("inf")
    if not isfinite(given):
        return Feedback("not yet", "Not yet: the answer is a finite number.")

    def near(value: float) -> bool:
        return isclose(given, value, rel_tol=exercise.tolerance, abs_tol=1e-9)

    if near(expected):
        return Feedback("right", "Right.")
    slipped = [expected * f for f in exercise.slips] + [expected / f for f in exercise.slips] + [-expected]
    if exercise.unit == "per cent":
        slipped.append(100 - expected)
    if expected and any(isclose(given, value, rel_tol=max(exercise.tolerance, 0.05)) for value in slipped):
        return Feedback("nearly", f"Right idea, wrong unit or order: the question asks for {exercise.unit}.")
    return not_yet


def _compare_list(answer: Any, expected: list[str], unit: str, not_yet: Feedback) -> Feedback:
    if isinstance(answer, str) or not hasattr(answer, "__iter__"):
        return Feedback("not yet", f"Not yet: the answer is a list ({unit}), in square brackets.")
    given, wanted = [_fold(a) for a in islice(answer, LONGEST)], [_fold(e) for e in expected]
    if given == wanted:
        return Feedback("right", "Right.")
    if sorted(given) == sorted(wanted):
        return Feedback("nearly", f"Right idea, wrong unit or order: the question asks for {unit}.")
    right = len(set(given) & set(wanted))
    if right:
        return Feedback("not yet", f"{not_yet} ({right} of your {len(given)} belong.)")
    return not_yet


def _fold(value: Any) -> str:
    return " ".join(str(value).lower().split())
