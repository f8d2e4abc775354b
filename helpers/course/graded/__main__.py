"""``python -m helpers.course.graded [--seed N] [FOLDER] [NOTEBOOK ...]``: write graded assignments; ``--grade SUBMISSIONS [FOLDER]``: grade."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers.course.book import writing
from helpers.course.graded import assigning, grading
from helpers.course.paper import sheets as paper

HERE = Path(__file__).resolve().parent
POINTS = "points.csv"


def main(words: Sequence[str]) -> str:
    """Write or grade what is asked for; returns a sentence that says what was done."""
    parser = argparse.ArgumentParser(prog="make graded")
    parser.add_argument("--seed", type=int, help="any whole number; a secret one is drawn if none is given")
    parser.add_argument("--grade", type=Path, metavar="SUBMISSIONS", help="grade the notebooks in this folder")
    parser.add_argument("--unproven", action="store_true", help="do not run the solved files against all checks")
    parser.add_argument("folder", nargs="?", default="graded", type=Path)
    parser.add_argument("notebooks", nargs="*")
    asked = parser.parse_args(words)
    if asked.grade:
        return graded(asked.grade, asked.folder)
    names, out = writing.chosen(asked.notebooks or None), paper.folder(asked.folder)
    index(out)  # first: a run that is stopped leaves a folder that the next one knows
    seed = secrets.randbits(60) if asked.seed is None else asked.seed
    for name in names:
        assigning.keep(out, [assigning.write(name, seed, out, not asked.unproven)])
        index(out)
    made = assigning.known(out)
    return f"{out / 'index.html'}: {len(names)} assignments written, {sum(a.points for a in made)} points in all {len(made)}."


def graded(submissions: Path, out: Path) -> str:
    """Grade a folder; returns a sentence."""
    marks = grading.grade_all(submissions, out)
    grading.table(marks, out / assigning.INSTRUCTOR / POINTS)
    noted = sum(bool(mark.note) for mark in marks)
    return f"{out / assigning.INSTRUCTOR / POINTS}: {len(marks)} submissions, {noted} of them with a note in place of points."


def index(out: Path) -> None:
    """Write the instructor's page of a folder."""
    writing.write(
        out / "index.html", HERE / "index.html", made=assigning.known(out), folder=out.name, mark=paper.MARK,
        learners=assigning.LEARNERS, own=assigning.INSTRUCTOR, points=POINTS,
    )  # fmt: skip


if __name__ == "__main__":
    try:
        print(main(sys.argv[1:]))
    except (ValueError, RuntimeError) as error:
        sys.exit(str(error))
