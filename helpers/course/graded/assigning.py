"""Writing graded assignments: Otter makes the learner's file and the autograder from a master that is then thrown away."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbconvert.filters.markdown import markdown2html

from helpers.course.bank import sheets
from helpers.course.bank.asking import Question
from helpers.course.bank.questions import questions
from helpers.course.book import writing
from helpers.course.graded import masters
from helpers.course.kit import archive
from helpers.course.paper.sheets import HERE as PAPER

LEARNERS, INSTRUCTOR = "for_learners", "for_the_instructor"  # the two folders; only the first is handed out
LIST = "assignments.json"
AUTOGRADER = "autograder.zip"
LONGEST_S = 600  # of one run of Otter


@dataclass(frozen=True)
class Assignment:
    """What was written for a notebook.

    Attributes
    ----------
    notebook : str
        Its name, without the ending.
    name : str
        Stands in the learner's file and in the autograder.
    seed : int
    questions : int
    points : int
    """

    notebook: str
    name: str
    seed: int
    questions: int
    points: int


def otter(*words: str | Path, folder: Path) -> str:
    """Run Otter as a program of its own, as it is run by hand.

    Parameters
    ----------
    *words : str or Path
        Such as ``"assign"`` and what belongs to it.
    folder : Path
        Where it runs.

    Returns
    -------
    str
        What it printed.

    Raises
    ------
    RuntimeError
        It failed, or took more than `LONGEST_S`.
    """
    command = [sys.executable, "-W", "ignore", "-m", "otter", *map(str, words)]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST_S, stdin=subprocess.DEVNULL)  # fmt: skip
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"Otter took more than {LONGEST_S} s and was ended.") from None
    said = done.stdout + done.stderr
    if done.returncode:
        raise RuntimeError(f"Otter failed:\n{said[-2000:]}")
    return said


def assignment_name(name: str, asked: Sequence[Question]) -> str:
    """A name that another seed changes and that does not tell the seed: made from what the learner reads anyway."""
    read = json.dumps([[question.text, [text for text, _ in question.options]] for question in asked])
    return f"{name}-{hashlib.sha256(read.encode()).hexdigest()[:8]}"


def write(name: str, seed: int, out: Path, run_tests: bool = True) -> Assignment:
    """Write the graded assignment of a notebook.

    Parameters
    ----------
    name : str
        Of the notebook, without the ending.
    seed : int
        Another one gives other numbers. Who knows it can compute every answer with the course's own bank.
    out : Path
        A folder that is there. Below `LEARNERS` comes the learner's file; below `INSTRUCTOR` the autograder, the
        solved file, and a sheet with answers.
    run_tests : bool, optional
        Let Otter run the solved file against all checks before anything is written.

    Returns
    -------
    Assignment

    Raises
    ------
    RuntimeError
        Otter failed; nothing is written for this notebook.
    """
    asked = questions(name, seed)
    title = f"Chips & Sanctions {name[:2]}: {writing.course().loc[name, 'title']}"
    called = assignment_name(name, asked)
    with tempfile.TemporaryDirectory() as work:
        place = Path(work)
        nbformat.write(masters.master(name, title, asked, called), place / f"{name}.ipynb")
        otter("assign", f"{name}.ipynb", "made", *([] if run_tests else ["--no-run-tests"]), folder=place)
        (packed,) = (place / "made" / "autograder").glob("*.zip")
        with zipfile.ZipFile(packed) as whole:
            whole.extractall(place / "packed")
        learners, own = out / LEARNERS, out / INSTRUCTOR / name
        for folder in (learners, own):
            folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(place / "made" / "student" / f"{name}.ipynb", learners)
        shutil.copy(place / "made" / "autograder" / f"{name}.ipynb", own / f"{name}_solved.ipynb")
        archive.zipped(own / AUTOGRADER, archive.files(place / "packed"))
    sheet = markdown2html(sheets.markdown(title, seed, asked, answers=True))
    writing.write(own / "answers.html", PAPER / "questions.html", title=title, body=sheet)
    return Assignment(name, called, seed, len(asked), sum(map(masters.points, asked)))


def known(out: Path) -> list[Assignment]:
    """The assignments that were written to a folder; none where it holds none."""
    path = out / INSTRUCTOR / LIST
    return [Assignment(**row) for row in json.loads(path.read_text(encoding="utf-8"))] if path.is_file() else []


def keep(out: Path, made: Sequence[Assignment]) -> None:
    """Write down what was made; of a notebook that is made again the new entry counts."""
    new = {entry.notebook: entry for entry in [*known(out), *made]}
    text = json.dumps([vars(new[name]) for name in sorted(new)], indent=1) + "\n"
    (out / INSTRUCTOR / LIST).write_text(text, encoding="utf-8")
