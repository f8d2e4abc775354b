"""Grading a folder of submissions on this machine, each by Otter in a program of its own, without containers."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.course.graded import assigning
from helpers.course.graded.assigning import AUTOGRADER, INSTRUCTOR, Assignment

RESULTS = "results.json"
MOST_AT_ONCE = 4
UNKNOWN = "no assignment of this folder"
UNREADABLE = "no notebook that can be read"


@dataclass(frozen=True)
class Mark:
    """What a submission got.

    Attributes
    ----------
    file : str
        Its path in the folder of submissions.
    notebook : str
        Empty where it belongs to no assignment.
    points, possible : float
    by_question : dict of str to float
    note : str
        Why there are no points; empty where it was graded.
    """

    file: str
    notebook: str = ""
    points: float = 0
    possible: float = 0
    by_question: dict[str, float] = field(default_factory=dict)
    note: str = ""


def assignment_of(path: Path) -> str | None:
    """The name of the assignment that a submitted notebook carries; None where it cannot be read as a notebook."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        return str(notebook["metadata"].get("otter", {}).get("assignment_name", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def grade(path: Path, assignment: Assignment, out: Path) -> Mark:
    """Grade one submission.

    Parameters
    ----------
    path : Path
        A learner's notebook. **Its code runs on this machine**, with the rights of whoever grades.
    assignment : Assignment
    out : Path
        The folder that `assigning.write` wrote to.

    Returns
    -------
    Mark
        With a note, and no points, where Otter fails or takes too long.
    """
    autograder = (out / INSTRUCTOR / assignment.notebook / AUTOGRADER).resolve()
    with tempfile.TemporaryDirectory() as work:
        try:
            assigning.otter("run", path.resolve(), "-a", autograder, "-o", work, "--no-logo", folder=Path(work))
            found = json.loads((Path(work) / RESULTS).read_text(encoding="utf-8"))
        except (RuntimeError, OSError, ValueError) as error:
            note = str(error).strip().splitlines() or [type(error).__name__]
            return Mark(path.name, assignment.notebook, 0, assignment.points, {}, note[-1] if len(note) > 1 else note[0])  # fmt: skip
    by = {test["name"].split(" ")[0]: float(test["score"]) for test in found["tests"] if "max_score" in test}
    return Mark(path.name, assignment.notebook, sum(by.values()), assignment.points, by)


def grade_all(submissions: Path, out: Path) -> list[Mark]:
    """Grade every notebook in a folder and in the folders below it.

    Parameters
    ----------
    submissions : Path
        One folder a learner, or all files in one.
    out : Path
        The folder that `assigning.write` wrote to.

    Returns
    -------
    list of Mark
        In the order of the files' names.

    Raises
    ------
    ValueError
        No notebook there, or no assignments.
    """
    known = {assignment.name: assignment for assignment in assigning.known(out)}
    if not known:
        raise ValueError(f"out = {out} holds no assignments; `make graded` writes them.")
    paths = [path for path in sorted(submissions.rglob("*.ipynb")) if ".ipynb_checkpoints" not in path.parts]
    if not paths:
        raise ValueError(f"submissions = {submissions} holds no notebook.")

    def graded(path: Path) -> Mark:
        name, file = assignment_of(path), path.relative_to(submissions).as_posix()
        if name in known:
            return replace(grade(path, known[name], out), file=file)
        return Mark(file, note=UNREADABLE if name is None else UNKNOWN)

    with ThreadPoolExecutor(min(MOST_AT_ONCE, os.cpu_count() or 1)) as pool:  # each waits for a program of its own
        return list(pool.map(graded, paths))


def table(marks: Iterable[Mark], path: Path) -> None:
    """Write marks as a table (CSV): a row a submission, a column a question.

    Parameters
    ----------
    marks : iterable of Mark
    path : Path
    """
    marks = list(marks)
    asked = sorted({name for mark in marks for name in mark.by_question}, key=lambda name: int(name[1:]))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", "notebook", "points", "possible", "note", *asked])
        for mark in marks:
            row = [mark.file, mark.notebook, f"{mark.points:g}", f"{mark.possible:g}", mark.note]
            writer.writerow(row + [f"{mark.by_question[name]:g}" if name in mark.by_question else "" for name in asked])
