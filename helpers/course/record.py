"""All that a reader kept, as one: read, written to a file that travels, or to a short code, and taken back in.

What is brought from elsewhere fills gaps. A first opinion and an answer that are here stay; a verdict gives way
only to one of a later day.
"""

from __future__ import annotations

import hashlib
import json
import reprlib
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.core import data
from helpers.core.words import counted, listed
from helpers.course import answers, kept, opinions

Entries = Mapping[str, Mapping[str, Any]]

_COURSE = "chips-and-sanctions"
FILE_NAME = "my_course_record.json"
# What of the record is in which file: how its entries are checked, and what they are called.
_PARTS = {
    "first": (opinions.OPINIONS_FILE.name, opinions.opinion_fault, "opinions"),
    "now": (opinions.VERDICTS_FILE.name, opinions.verdict_fault, "verdicts"),
    "answers": (answers.ANSWERS_FILE.name, answers.answer_fault, "answers"),
}

# Forms and boards on the page that show the record: told when it changes.
_WATCHING: weakref.WeakSet[Any] = weakref.WeakSet()


@dataclass(frozen=True)
class Record:
    """First opinions and verdicts by claim, answers by question; `note` says what could not be read."""

    first: Entries = field(default_factory=dict)
    now: Entries = field(default_factory=dict)
    answers: Entries = field(default_factory=dict)
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.first or self.now or self.answers)


def read(folder: str | Path = kept.FOLDER) -> Record:
    """What is kept in a folder; never raises: what is damaged is said in `note`, and its sound part is used."""
    parts, notes = {}, []
    for part, (name, fault, what) in _PARTS.items():
        parts[part], wrong = kept.read(Path(folder) / name, fault, what)
        if wrong:
            notes.append(f"{name}: your {what} file {wrong}. What could be read of it is used; the file stays.")
    return Record(**parts, note=" ".join(notes))


def watch(thing: Any) -> None:
    """Have `thing.refresh()` called whenever a form of this kernel changes the record."""
    _WATCHING.add(thing)


def announce(but: Any = None) -> None:
    """Tell all that watch, one aside, that the record has changed."""
    for thing in list(_WATCHING):
        if thing is not but:
            thing.refresh()


# --- a file that travels ----------------------------------------------------------------------------


def bundle(record: Record) -> str:
    """The record as the text of a file to download."""
    held = {part: dict(getattr(record, part)) for part in _PARTS}
    return json.dumps({"course": _COURSE, "version": 1, **held}, indent=1, sort_keys=True)


def from_bundle(text: str) -> Record:
    """The record in the text of a file: one made by `bundle`, or one of the files beside the notebooks.

    Raises
    ------
    ValueError
        The text is none of these. Single entries that are damaged are left out, and said in `note`.
    """
    found, wrong = kept.parse(text, lambda key, value: "", "a record")
    if wrong:
        raise ValueError(f"This file {wrong}.")
    if found.get("course") != _COURSE:  # one of the three files by itself
        for part, (_, fault, what) in _PARTS.items():
            if found and all(not fault(key, entry) for key, entry in found.items()):
                return Record(**{part: found})
        raise ValueError("This file is not a record of this course.")
    parts, notes = {}, []
    for part, (_, fault, what) in _PARTS.items():
        parts[part], wrong = kept.sift(found.get(part, {}), fault, what)
        notes += [f"A part {wrong} and is left out."] if wrong else []
    return Record(**parts, note=" ".join(notes))


def take(brought: Record, folder: str | Path = kept.FOLDER) -> str:
    """Add what was brought to what is kept; what is here stays (see the head of this file).

    Parameters
    ----------
    brought : Record
    folder : str or Path, optional

    Returns
    -------
    str
        What was added, as a sentence.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    folder, before = Path(folder), read(folder)
    brought, saved = _known(brought), []
    if brought.first:
        saved.append(opinions.save_opinions(brought.first, folder / _PARTS["first"][0]))
    if brought.now:
        saved.append(opinions.save_verdicts(brought.now, folder / _PARTS["now"][0], brought=True))
    if brought.answers:
        saved.append(answers.save_answers(brought.answers, folder / _PARTS["answers"][0]))
    after = read(folder)
    added = [
        counted(number, one)
        for number, one in (
            (len(after.first) - len(before.first), "first opinion"),
            (sum(after.now[key] != before.now.get(key) for key in after.now), "verdict"),
            (len(after.answers) - len(before.answers), "answer"),
        )
        if number > 0
    ]
    notes = [brought.note, *(one.note for one in saved)]
    said = f"Taken in: {listed(added)}." if added else "Nothing new in it; what you have is as it was."
    return " ".join([said, *filter(None, notes)])


def _known(brought: Record) -> Record:
    """Without claims and questions that this edition does not have; `note` names them."""
    claims, questions = set(data.load("claims")["claim_id"]), set(data.load("concepts")["question_id"])
    parts = {
        "first": {key: entry for key, entry in brought.first.items() if key in claims},
        "now": {key: entry for key, entry in brought.now.items() if key in claims},
        "answers": {key: entry for key, entry in brought.answers.items() if key.partition("-")[2] in questions},
    }
    out = sum(len(getattr(brought, part)) - len(held) for part, held in parts.items())
    note = f"{counted(out, 'entry', 'entries')} of another edition left out." if out else ""
    return Record(**parts, note=" ".join(filter(None, [brought.note, note])))


# --- a code to copy ---------------------------------------------------------------------------------

# The letters of Crockford's base 32: none that is taken for another. Of version 1, for good.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011", " -\n\r\t")
_HEAD, _GROUP = "CS1", 5
_CLAIMS = tuple(f"S{n:02d}" for n in range(1, 39))
_QUESTIONS = tuple(f"Q{n:02d}" for n in range(1, 11))
_VERDICTS = ("supported", "mostly supported", "mixed", "unsupported", "not checkable", "opinion")
_CHOICES, _SURE = "abcd", 22  # steps of 5 per cent from 0 to 100, and "not said"


def code(record: Record) -> str:
    """The record as letters and digits to copy: verdicts, how sure to the nearest 5%, choices; no days, no reasons.

    Parameters
    ----------
    record : Record

    Returns
    -------
    str
        "CS1-" and groups of five; empty for an empty record.
    """
    if not record:
        return ""
    digits: list[tuple[int, int]] = []
    for entries in (record.first, record.now):
        _put(digits, _CLAIMS, {key: _judged(entry) for key, entry in entries.items()}, len(_VERDICTS) * _SURE)
    for when in answers.TIMES:
        chosen = answers.choices(record.answers, when)
        _put(digits, _QUESTIONS, {key: _CHOICES.index(choice) for key, choice in chosen.items()}, len(_CHOICES))
    number = 1
    for digit, radix in reversed(digits):
        number = number * radix + digit
    letters = ""
    while number:
        number, place = divmod(number, 32)
        letters = _LETTERS[place] + letters
    letters += _check(letters)
    return "-".join([_HEAD, *(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))])


def from_code(text: str) -> Record:
    """The record in a code.

    Raises
    ------
    ValueError
        No code, or one with a slip.
    """
    if not isinstance(text, str):
        raise ValueError(f"code {reprlib.repr(text)} is not a text.")
    letters = text.upper().translate(_MISREAD)
    if not letters.startswith(_HEAD.translate(_MISREAD)) or len(letters) > 300:
        raise ValueError(f"This is no code of the course: it begins with {_HEAD}.")
    body, check = letters[len(_HEAD) : -3], letters[-3:]
    if not body or set(body) - set(_LETTERS) or _check(body) != check:
        raise ValueError("This code has a slip: its last letters do not go with the rest. Copy it whole.")
    number = 0
    for letter in body:
        number = number * 32 + _LETTERS.index(letter)
    rest = [number]
    first, now = ({key: _opinion(d) for key, d in _get(rest, _CLAIMS, len(_VERDICTS) * _SURE).items()} for _ in "12")
    given = {
        f"{when}-{key}": {"choice": _CHOICES[digit]}
        for when in answers.TIMES
        for key, digit in _get(rest, _QUESTIONS, len(_CHOICES)).items()
    }
    if rest != [1]:
        raise ValueError("This code has a slip: it is longer or shorter than what it holds.")
    return Record(first, now, given)


def _put(digits: list[tuple[int, int]], keys: tuple[str, ...], values: Mapping[str, int], radix: int) -> None:
    """One part: 0 none, 1 all, 2 some; then which; then each value."""
    there = [key in values for key in keys]
    kind = 1 if all(there) else 2 if any(there) else 0
    digits.append((kind, 3))
    if kind == 2:
        digits += [(int(one), 2) for one in there]
    digits += [(values[key], radix) for key, one in zip(keys, there, strict=True) if one]


def _get(rest: list[int], keys: tuple[str, ...], radix: int) -> dict[str, int]:
    def next_of(base: int) -> int:
        rest[0], digit = divmod(rest[0], base)
        return digit

    kind = next_of(3)
    there = [bool(next_of(2)) for _ in keys] if kind == 2 else [kind == 1] * len(keys)
    return {key: next_of(radix) for key, one in zip(keys, there, strict=True) if one}


def _judged(entry: Mapping[str, Any]) -> int:
    sure = round(entry["sure_percent"] / 5) if "sure_percent" in entry else _SURE - 1
    return _VERDICTS.index(entry["verdict"]) * _SURE + sure


def _opinion(digit: int) -> dict[str, Any]:
    verdict, sure = divmod(digit, _SURE)
    return {"verdict": _VERDICTS[verdict], **({"sure_percent": 5 * sure} if sure < _SURE - 1 else {})}


def _check(letters: str) -> str:
    value = int.from_bytes(hashlib.sha256(letters.encode()).digest()[:2], "big")
    return "".join(_LETTERS[value // 32**place % 32] for place in (2, 1, 0))
