"""What this course got wrong so far, read from its own list of changes, in words for readers."""

from __future__ import annotations

import re

import pandas as pd

from helpers.core import data, tables
from helpers.core.limits import guard

CHANGELOG = data.ROOT / "CHANGELOG.md"
_EDITION = re.compile(r"## (\S+) \((.+)\)")
_CLAIM = re.compile(r"\bS(\d\d)\b(?: to S(\d\d)\b)?")
_CODE = re.compile(r"`([^`]+)`")
_NAME = re.compile(r"[\w.\-]*\w")
_NOTHING_MOVES = re.compile(r"\b[Nn]o (?:claim|finding|published figure) moves|moves no finding")
_VERDICT = "|".join(sorted(tables.VERDICTS, key=len, reverse=True))
_TURNED = re.compile(rf"\b({_VERDICT}) → (?!\1\b)(?:{_VERDICT})\b")
_LEAST, _ALIKE = 5, 0.75  # names that two sentences share to say the same, at least, and as a share of the shorter


def changes() -> pd.DataFrame:
    """The entries of correction in `CHANGELOG.md`: each point of its lists. One entry may hold several corrections.

    Returns
    -------
    DataFrame
        The newest edition first: edition, day (as written), text (markdown, as written), plain (markdown, names of
        tables, functions and notebooks in words), claims (ids that it names, separated by spaces), moves (False
        where it says that nothing moves), turned (whether it moved a verdict: one of the six words, an arrow,
        another), again (the later edition that says the same again, or empty).
    """
    rows, edition = [], ("", "")
    for line in CHANGELOG.read_text(encoding="utf-8").splitlines():
        if found := _EDITION.fullmatch(line.strip()):
            edition = found.groups()
        elif line.startswith("- "):
            rows.append((*edition, line.removeprefix("- ")))
        elif line.startswith("  ") and rows:  # a point that runs on
            *start, text = rows[-1]
            rows[-1] = (*start, f"{text} {line.strip()}")
    made = pd.DataFrame(rows, columns=["edition", "day", "text"])
    made["plain"] = [_plain(text) for text in made["text"]]
    made["claims"] = [" ".join(_claims(text)) for text in made["text"]]
    made["moves"] = [not _NOTHING_MOVES.search(text) for text in made["text"]]
    made["turned"] = [bool(_TURNED.search(text)) for text in made["text"]]
    made["again"] = [
        next((other[0] for other in rows[:at] if other[0] != row[0] and _alike(other[2], row[2])), "")
        for at, row in enumerate(rows)
    ]
    return made


def _claims(text: str) -> list[str]:
    found = set()
    for first, last in _CLAIM.findall(text):
        found.update(range(int(first), int(last or first) + 1))
    return [f"S{number:02d}" for number in sorted(found)]


def _plain(text: str) -> str:
    """Code and short names in words: `wafers.working_cores` is “working cores” in the model of wafers, 24 a notebook."""
    numbers = "|".join(name[:2] for name in data.load("course_map")["notebook"])
    said = _CODE.sub(lambda found: _word(found[1]), text)
    said = re.sub(rf"^({numbers}): ", r"Notebook \1: ", said)
    said = re.sub(rf"\(({numbers})\)", r"(notebook \1)", said)
    said = re.sub(rf"\b([Ii]n|so|designer of) ({numbers})(?=[ .,:;])", r"\1 notebook \2", said)
    said = said.replace(" → ", ", now ")
    return re.sub(r"(^|\. )([a-z])", lambda found: found[1] + found[2].upper(), said)


def _word(code: str) -> str:
    code = re.sub(r"^data/(\w+)\.csv$", r"\1", code)
    house, dot, name = code.rpartition(".")
    words = name.replace("_", " ")
    if dot and house.isidentifier():
        return f"“{words}” in the model of {house.replace('_', ' ')}"
    if code in tables.TABLES:
        return f"table “{words}”"
    return f"model “{words}”" if (data.ROOT / "helpers" / code).is_dir() else f"“{words}”"


def _alike(one: str, other: str) -> bool:
    """Whether two entries on the same table hold a sentence each that names the same things."""
    head, last = _CODE.match(one), _CODE.match(other)
    if not (head and last and head[1] == last[1]):
        return False
    pairs = ((_names(a), _names(b)) for a in one.split(". ") for b in other.split(". "))
    return any(len(a & b) >= max(_LEAST, _ALIKE * min(len(a), len(b))) for a, b in pairs)


def _names(sentence: str) -> set[str]:
    """Its numbers and proper names."""
    return {word for word in _NAME.findall(sentence) if any(c.isdigit() or c.isupper() for c in word)}


guard(globals())
