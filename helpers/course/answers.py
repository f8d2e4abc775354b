"""The reader's answers to the ten concept questions, before and after the course, in a file beside the notebooks.

A question is answered once before and once after: an answer that is kept is never overwritten, since afterwards
the right one is shown.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.core import data, tables
from helpers.core.words import listed
from helpers.course import kept
from helpers.course.opinions import day_fault

ANSWERS_FILE = kept.FOLDER / "my_answers.json"
TIMES = ("before", "after")
_KEY = re.compile(r"(before|after)-(Q\d\d)")


def load_answers(path: str | Path = ANSWERS_FILE) -> dict[str, dict[str, Any]]:
    """The reader's answers: "before-Q01" to choice and day. Empty when none yet.

    Raises
    ------
    DataFileError
        The file is there but cannot be read as answers. It is left as it is.
    """
    return kept.load(path, answer_fault, "answers")


def save_answers(new: Mapping[str, Mapping[str, Any]], path: str | Path = ANSWERS_FILE) -> kept.Kept:
    """Add answers to the reader's file; one already there is never overwritten.

    Parameters
    ----------
    new : dict
        "before-Q01" or "after-Q01" to ``{"choice": "a" to "d", "on": ISO date}``; the day may be left out.
    path : str or Path, optional

    Raises
    ------
    ValueError
        An unknown question or choice; nothing is written.
    OSError
        As `opinions.save_opinions`.
    """
    if not isinstance(new, Mapping):
        raise ValueError(f"new = {reprlib.repr(new)} is not a dict of answers by question.")
    known = set(data.load("concepts")["question_id"])
    for key, answer in new.items():
        if wrong := answer_fault(key, answer):
            raise ValueError(f"{wrong}.")
        if key.partition("-")[2] not in known:
            raise ValueError(f"question {reprlib.repr(key)} is not one of {min(known)} to {max(known)}.")
    return kept.save(new, path, answer_fault, "answers", wins=lambda later, earlier: False)


def answer_fault(key: Any, answer: Any) -> str:
    """What is wrong with an answer, or nothing."""
    if not (isinstance(key, str) and _KEY.fullmatch(key)):
        return f"question {reprlib.repr(key)} is not written before-Q01 or after-Q01"
    if not isinstance(answer, Mapping) or set(answer) - {"choice", "on"}:
        return f"answer {reprlib.repr(answer)} is not a dict with a choice"
    if not isinstance(answer.get("choice"), str) or answer["choice"] not in tables.CHOICES:
        return f"choice {reprlib.repr(answer.get('choice'))} is not one of {', '.join(tables.CHOICES)}"
    return day_fault(answer.get("on", "2026-01-01"))


def choices(answers: Mapping[str, Mapping[str, Any]], when: str) -> dict[str, str]:
    """Question to choice, of the answers given before or after."""
    return {key.partition("-")[2]: entry["choice"] for key, entry in answers.items() if key.startswith(f"{when}-")}


def scored(given: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """The ten questions with the reader's choices before and after, and whether they were right.

    Parameters
    ----------
    given : dict
        As `load_answers` gives it.

    Returns
    -------
    DataFrame
        By question: before, after (a letter, or empty), right_before, right_after, taught_in.
    """
    table = data.load("concepts").set_index("question_id")
    made = table[["taught_in"]].copy()
    for when in TIMES:
        chosen = choices(given, when)
        made[when] = [chosen.get(key, "") for key in table.index]
        made[f"right_{when}"] = made[when] == table["answer"]
    return made


def moved(given: Mapping[str, Mapping[str, Any]]) -> str:
    """What moved between the two tests, as one or two sentences; only questions answered after count."""
    table = scored(given)
    done = table[table["after"] != ""]
    if done.empty:
        return "Nothing answered after the course yet."
    both = done[done["before"] != ""]
    said = [f"After the course you had {done['right_after'].sum()} of {len(done)} right."]
    if both.empty:
        return " ".join([*said, "You gave no answers before it, so nothing can be said to have moved."])
    said.append(f"Of {len(both)} that you answered twice, {both['right_before'].sum()} were right before.")
    for word, rows in (
        ("Gained", both[both["right_after"] & ~both["right_before"]]),
        ("Lost", both[both["right_before"] & ~both["right_after"]]),
    ):
        if len(rows):
            said.append(f"{word}: {listed(rows.index)}.")
    if len(wrong := done[~done["right_after"]]):
        said.append(f"To read again: {listed(dict.fromkeys(wrong['taught_in']))}.")
    return " ".join(said)
