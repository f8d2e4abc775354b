"""``python -m helpers.course.kit [--teacher] [--parts ...] [--systems ...] [--pythons ...] [FOLDER] [NOTEBOOK ...]``: write the course kit."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from helpers.course.book import writing
from helpers.course.kit import building, wheels


def _listed(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def main(words: Sequence[str]) -> str:
    """Write what is asked for; returns a sentence that says what was written."""
    parser = argparse.ArgumentParser(prog="make kit")
    parser.add_argument("--teacher", action="store_true", help="a second archive for whoever teaches: it has answers")
    parser.add_argument("--parts", type=_listed, help=f"some of {','.join({**building.PARTS, **building.TEACHER})}")
    parser.add_argument("--systems", type=_listed, default=list(wheels.SYSTEMS), help=f"some of {','.join(wheels.SYSTEMS)}")  # fmt: skip
    parser.add_argument("--pythons", type=_listed, default=list(wheels.PYTHONS), help=f"some of {','.join(wheels.PYTHONS)}")  # fmt: skip
    parser.add_argument("--pyodide", default="", metavar="FOLDER", help="a folder with Pyodide, for the browser edition")  # fmt: skip
    parser.add_argument("folder", nargs="?", default="kit", type=Path)
    parser.add_argument("notebooks", nargs="*")
    asked = parser.parse_args(words)
    parts = asked.parts or [*building.PARTS, *(building.TEACHER if asked.teacher else ())]
    names, begin = writing.chosen(asked.notebooks or None), time.monotonic()
    out = building.clear(asked.folder)
    made = building.build(out, names, parts, asked.systems, asked.pythons, asked.pyodide)
    said = ", ".join(f"{path} ({path.stat().st_size / building.MEGABYTE:.0f} MB)" for path in made)
    return f"{said}: {len(names)} notebooks, {time.monotonic() - begin:.0f} s. Hashes: {out / 'SHA256SUMS'}."


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except (ValueError, RuntimeError) as error:
        sys.exit(str(error))
