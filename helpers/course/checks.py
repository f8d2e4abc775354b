"""Feedback on exercises, as a notebook asks for it.

``check("10-1", my_answer)`` compares an answer with what the exercises of that notebook's
subject (``helpers/<subject>/exercises.py``) compute from the same data and says "right", "right idea, wrong unit or order",
or "not yet" with a hint. Below that sentence a page shows a box to answer in without Python.
"""

from __future__ import annotations

import reprlib
from importlib import import_module
from typing import Any

from helpers.core import data
from helpers.course import boxes
from helpers.course.feedback import DAY_SLIPS, HINT, NOT_ANSWERED, Exercise, Feedback, compare, place

__all__ = ["DAY_SLIPS", "NOT_ANSWERED", "Exercise", "Feedback", "check", "compare", "exercise"]


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
        A sentence that never contains the answer. As a cell's last line it is shown with a box to answer in.

    Raises
    ------
    KeyError
        No such exercise.
    """
    asked = exercise(exercise_id)
    feedback = compare(answer, asked, hint)
    if feedback.kind == "right":
        return feedback
    return boxes.Boxed(feedback, exercise_id, asked, place(hint, asked) if HINT in feedback else 0)


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
    for edition, notebook, subject in zip(course["edition"], course["notebook"], course["subject"]):
        if edition == "here" and notebook[:2] == number:
            known = import_module(f"helpers.{subject}.exercises").EXERCISES
    if not isinstance(exercise_id, str) or exercise_id not in known:
        there_are = ", ".join(known) or "numbered by notebook, as printed above each question"
        raise KeyError(f"no exercise {reprlib.repr(exercise_id)}; the exercises are {there_are}.")
    return known[exercise_id]
