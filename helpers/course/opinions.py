"""The reader's own opinions and verdicts on the claims, each in a file beside the notebooks.

A first opinion is added and never overwritten. A verdict may be revised.
`helpers.course.kept` does the writing.
"""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from datetime import date
from numbers import Real
from pathlib import Path
from typing import Any

from helpers.core import data, tables
from helpers.course import kept
from helpers.course.kept import Kept

OPINIONS_FILE = kept.FOLDER / "my_first_opinions.json"
VERDICTS_FILE = kept.FOLDER / "my_verdicts.json"
LONGEST_REASON = 400  # letters


def load_opinions(path: str | Path = OPINIONS_FILE) -> dict[str, dict[str, Any]]:
    """The reader's first opinions: claim id to verdict, confidence and day. Empty when none yet.

    Raises
    ------
    DataFileError
        The file is there but cannot be read as opinions. It is left as it is.
    """
    return kept.load(path, opinion_fault, "opinions")


def save_opinions(new: Mapping[str, Mapping[str, Any]], path: str | Path = OPINIONS_FILE) -> Kept:
    """Add first opinions to the reader's file; an opinion already there is never overwritten.

    Parameters
    ----------
    new : dict
        Claim id to ``{"verdict": ..., "sure_percent": ..., "on": ISO date}``; the last two may be left out.
    path : str or Path, optional
        The reader's file. Written whole to a neighbour first, then moved into place.

    Returns
    -------
    Kept
        All opinions now in the file. Where the file was damaged, what of it could be read is among them,
        and `note` says under which name the damaged file is kept.

    Raises
    ------
    ValueError
        An unknown claim or verdict, or `sure_percent` that is no number from 0 to 100; nothing is written.
    OSError
        The folder cannot be written, or another notebook held the file for `kept.PATIENCE` seconds.
    """
    return kept.save(_checked(new), path, opinion_fault, "opinions", wins=lambda later, earlier: False)


def load_verdicts(path: str | Path = VERDICTS_FILE) -> dict[str, dict[str, Any]]:
    """The reader's verdicts after the course: claim id to verdict, confidence, day and reason.

    Raises
    ------
    DataFileError
        As `load_opinions`.
    """
    return kept.load(path, verdict_fault, "verdicts")


def save_verdicts(
    new: Mapping[str, Mapping[str, Any]], path: str | Path = VERDICTS_FILE, brought: bool = False
) -> Kept:
    """Add verdicts to the reader's file; a revised one takes the place of the one kept.

    Parameters
    ----------
    new : dict
        As in `save_opinions`; `reason` may say why, in at most `LONGEST_REASON` letters.
    path : str or Path, optional
    brought : bool, optional
        The verdicts were brought from elsewhere: each counts only if its day is later than that of the one kept.

    Returns
    -------
    Kept

    Raises
    ------
    ValueError, OSError
        As `save_opinions`.
    """
    checked = _checked(new, fault=verdict_fault)
    return kept.save(checked, path, verdict_fault, "verdicts", wins=_later if brought else lambda later, earlier: True)


def _later(entry: Mapping[str, Any], than: Mapping[str, Any]) -> bool:
    return entry.get("on", "") > than.get("on", "")


def opinion_fault(claim_id: Any, opinion: Any, keys: tuple[str, ...] = ("verdict", "sure_percent", "on")) -> str:
    """What is wrong with an opinion, or nothing. The claim is not looked up: other editions may know others."""
    if not isinstance(opinion, Mapping):
        return f"opinion {reprlib.repr(opinion)} is not a dict with a verdict"
    if unknown := [key for key in opinion if key not in keys]:
        return f"opinion has {reprlib.repr(unknown[0])}, which is not one of {', '.join(keys)}"
    verdict, sure, on = opinion.get("verdict"), opinion.get("sure_percent", 50), opinion.get("on", "2026-01-01")
    if not isinstance(verdict, str) or verdict not in tables.VERDICTS:
        return f"verdict {reprlib.repr(verdict)} is not one of {', '.join(tables.VERDICTS)}"
    if not isinstance(sure, Real) or isinstance(sure, bool) or not 0 <= sure <= 100:
        return f"sure_percent {reprlib.repr(sure)} is not from 0 to 100"
    return day_fault(on)


def verdict_fault(claim_id: Any, verdict: Any) -> str:
    """What is wrong with a verdict, or nothing: an opinion that may have a reason."""
    wrong = opinion_fault(claim_id, verdict, ("verdict", "sure_percent", "on", "reason"))
    reason = verdict.get("reason", "") if isinstance(verdict, Mapping) else ""
    if not wrong and not (isinstance(reason, str) and len(reason) <= LONGEST_REASON):
        return f"reason {reprlib.repr(reason)} is not a text of at most {LONGEST_REASON} letters"
    return wrong


def day_fault(on: Any) -> str:
    """What is wrong with a day, or nothing."""
    try:
        date.fromisoformat(on)
    except (TypeError, ValueError):
        return f"on {reprlib.repr(on)} is not a date written YYYY-MM-DD"
    return ""


def _checked(new: Any, fault: kept.Fault = opinion_fault) -> dict[str, dict[str, Any]]:
    """New opinions as they are written, or a sentence on the first that is none."""
    if not isinstance(new, Mapping):
        raise ValueError(f"new = {reprlib.repr(new)} is not a dict of opinions by claim id, S01 to S38.")
    claims = set(data.load("claims")["claim_id"])
    for claim_id, opinion in new.items():
        if claim_id not in claims:
            raise ValueError(f"claim_id {reprlib.repr(claim_id)} is not one of S01 to S38.")
        if wrong := fault(claim_id, opinion):
            raise ValueError(f"{wrong}.")
    return {
        claim_id: {**opinion, **({"sure_percent": _plain(sure)} if (sure := opinion.get("sure_percent")) else {})}
        for claim_id, opinion in new.items()
    }


def _plain(number: Real) -> int | float:
    return int(number) if number == int(number) else float(number)
