"""What an exercise asks, and feedback on an answer: what kind of answer it is, never the answer itself.

`compare` says "right", "right idea, wrong unit or order", or "not yet" with a hint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isclose, isfinite
from typing import Any

NOT_ANSWERED = "Not answered yet."
HINT = "Hint: "  # stands before a hint in a sentence

# Factors by which any number may be off: thousands, millions, per cent.
SLIPS = (1e3, 1e6, 100)
# And a number of days given in weeks, months or years, rounded by eye.
DAY_SLIPS = (7, 365.25 / 12, 365.25)
LONGEST = 1000  # items of a list that are looked at
FORMS = {"number": False, "one": True, "order": True, "some": True, "lines": False}  # and whether it has choices


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
    form : str
        How a reader without Python answers, one of `FORMS`: a number; one of the choices; the choices in order; some
        of the choices (the answer lists them in the order of the choices); names one a line.
    choices : callable, optional
        The names to choose from, for the forms that have choices. Quick: it is called when the cell is shown.
    """

    expected: Callable[[], Any]
    unit: str
    hints: Sequence[str]
    tolerance: float = 0.02
    slips: Sequence[float] = SLIPS
    form: str = "number"
    choices: Callable[[], Sequence[str]] | None = None

    def __post_init__(self) -> None:
        if FORMS.get(self.form) is not (self.choices is not None):
            raise ValueError(f"form = {self.form!r} with choices = {self.choices!r} is none of {', '.join(FORMS)}.")


def compare(answer: Any, exercise: Exercise, hint: int = 1) -> Feedback:
    """Feedback on an answer to an exercise.

    Parameters
    ----------
    answer : number, text, or list of text
        None means not answered; any other object gets a sentence, too.
    exercise : Exercise
    hint : int
        Which hint to show with "not yet": 1, 2, ...; the first for anything else.

    Returns
    -------
    Feedback
        A sentence that never contains the answer.
    """
    if answer is None or answer is Ellipsis:
        return Feedback("not answered", NOT_ANSWERED)
    expected = exercise.expected()
    tip = exercise.hints[place(hint, exercise) - 1]
    not_yet = Feedback("not yet", f"Not yet. {HINT}{tip}")
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


def place(hint: Any, exercise: Exercise) -> int:
    """Which of an exercise's hints is meant, from 1; the first for what is no number."""
    try:
        return min(max(int(hint), 1), len(exercise.hints))
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
