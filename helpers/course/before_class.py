"""Before class: what may have changed since the record was written, as one printed list.

Run as ``python -m helpers.course.before_class [NOTEBOOK]``, or ``make before-class``.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence

from helpers.core import data
from helpers.core.open_matters import due_words, open_matters


def told(notebook: str = "") -> str:
    """The list as text: each matter with its day, what was known, what it would move, and its sources.

    Parameters
    ----------
    notebook : str
        As in `open_matters`: only what touches one notebook; all when empty.

    Raises
    ------
    KeyError
        No such notebook.
    """
    matters = open_matters(notebook)
    about = f"Open matters that touch {notebook}" if notebook else "Open matters"
    if matters.empty:
        return f"{about}: none."
    lines = [
        f"{about}: {len(matters)}. Last looked for on {matters['checked'].max():%Y-%m-%d}.",
        "Look each up before class; a new fact is a new row of data/events.csv.",
    ]
    for row in matters.itertuples():
        sources = data.cite(*[s for s in (row.source_id, row.second_source_id) if s])
        parts = [f"Known: {row.known}", f"It would move: {row.moves}", *(f"Source: {s}" for s in sources.split("\n"))]
        lines += ["", f"{due_words(row.due)}: {row.matter}"]
        lines += [line for part in parts for line in textwrap.wrap(part, 100, initial_indent="    ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False)]  # fmt: skip
    return "\n".join(lines)


def main(words: Sequence[str]) -> int:
    """Print the list; a name that is no notebook ends with the names there are."""
    try:
        print(told(words[0] if words else ""))
    except KeyError as error:
        print(error.args[0])
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
