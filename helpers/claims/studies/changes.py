"""What this course got wrong so far, read from its own list of changes, and what each claim still hangs on."""

from __future__ import annotations

import re

import pandas as pd

from helpers.core import data
from helpers.core.limits import guard

CHANGELOG = data.ROOT / "CHANGELOG.md"
_EDITION = re.compile(r"## (\S+) \((.+)\)")
_CLAIM = re.compile(r"\bS(\d\d)\b(?: to S(\d\d)\b)?")


def changes() -> pd.DataFrame:
    """The corrections of `CHANGELOG.md`, the newest edition first: each point of a list that names a row or a number.

    Returns
    -------
    DataFrame
        edition, day (as written), text (markdown), claims (ids that it names, separated by spaces).
    """
    rows, edition = [], ("", "")
    for line in CHANGELOG.read_text(encoding="utf-8").splitlines():
        if found := _EDITION.fullmatch(line.strip()):
            edition = found.groups()
        elif line.startswith("- "):
            rows.append((*edition, line.removeprefix("- "), " ".join(_claims(line))))
        elif line.startswith("  ") and rows:  # a point that runs on
            *start, text, _ = rows[-1]
            text = f"{text} {line.strip()}"
            rows[-1] = (*start, text, " ".join(_claims(text)))
    return pd.DataFrame(rows, columns=["edition", "day", "text", "claims"])


def _claims(text: str) -> list[str]:
    found = set()
    for first, last in _CLAIM.findall(text):
        found.update(range(int(first), int(last or first) + 1))
    return [f"S{number:02d}" for number in sorted(found)]


guard(globals())
