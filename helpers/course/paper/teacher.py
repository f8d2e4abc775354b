"""The instructor's book, kept apart from the learner's: a lesson plan and the marking guides of each notebook."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from helpers.core import safe
from helpers.course.book import cells, writing
from helpers.course.paper import pieces
from helpers.course.paper.sheets import HERE

GUIDES = ("Marking guide", "For graders")
_MINUTES = re.compile(r"^(.*?)\s*\((\d+) minutes?\)$")


@dataclass(frozen=True)
class Chapter:
    """What an instructor needs of a notebook.

    Attributes
    ----------
    name, title, question : str
    minutes : int
        Of the whole notebook, by the course's map.
    outcomes : str
        HTML: what learners can do afterwards.
    plan : list of (str, int)
        Sections that have a time, and their minutes.
    lesson : str
        HTML: in the room, common wrong answers, prompts, what to cut.
    exercises : str
        HTML: each exercise with its answer, and the marking guide.
    guides : str
        HTML: guides that stand elsewhere in the notebook.
    claims : list of str
        What is decided in it.
    """

    name: str
    title: str
    question: str
    minutes: int
    outcomes: str
    plan: list[tuple[str, int]]
    lesson: str
    exercises: str
    guides: str
    claims: list[str]


def chapter(name: str, root: Path) -> Chapter:
    """The chapter of a notebook, from its edition with answers.

    Parameters
    ----------
    name : str
        Of its file, without the ending.
    root : Path
        Of the course.

    Returns
    -------
    Chapter
    """
    notebook = json.loads((root / "notebooks" / "solutions" / f"{name}.ipynb").read_text(encoding="utf-8"))
    body, row = cells.page(name, notebook).body, writing.course().loc[name]
    decided, _ = pieces.claims_of(name)
    section = _exercises(body)
    inside = {id(tag) for part in section for tag in [part, *part.find_all("details")]}
    guides = [fold for fold in body.find_all("details") if _said(fold).startswith(GUIDES) and id(fold) not in inside]
    return Chapter(
        name, row.title, row.question, int(row.minutes), _outcomes(body, str(row.outcome)), _plan(body),
        "".join(_opened(fold, keep=False) for fold in body.find_all("details") if _said(fold) == "For instructors"),
        "".join(map(_printed, section)), "".join(map(_opened, guides)), [f"{c['claim_id']} {c['verdict']}" for c in decided],
    )  # fmt: skip


def _said(fold: Tag) -> str:
    return fold.find("summary").get_text(" ", strip=True)


def _outcomes(body: BeautifulSoup, short: str) -> str:
    folds = [fold for fold in body.find_all("details") if _said(fold).startswith("After this notebook")]
    listed = folds[0].find("ol") if folds else body.find("ol")
    return str(listed) if listed else safe.html("<p>{}.</p>", short)


def _plan(body: BeautifulSoup) -> list[tuple[str, int]]:
    found = (_MINUTES.match(heading.get_text()) for heading in body.find_all("h2"))
    return [(match[1], int(match[2])) for match in found if match]


def _exercises(body: BeautifulSoup) -> list[Tag]:
    """The cells from the heading of the exercises to the next heading."""
    heading = next((h for h in body.find_all("h2") if "xercises" in h.get_text()), None)
    made: list[Tag] = []
    place = heading.find_parent("div") if heading else None
    while place is not None and not (made and place.find("h2")):
        made.append(place)
        place = place.find_next_sibling()
    return made


def _printed(place: Tag) -> str:
    """A cell to print: hints and code of ours left out, the learner's line and the answer kept."""
    made = copy.copy(place)
    if "hints" in made.get("class", []) or (made.name == "details" and "code" in made.get("class", []) and not made.has_attr("open")):  # fmt: skip
        return ""
    for tag in made.select(".hints, a.anchor-link"):
        tag.decompose()
    if made.name == "details":
        return f'<div class="code">{"".join(map(str, made.find_all("pre")))}</div>'
    for fold in made.find_all("details"):
        fold.replace_with(BeautifulSoup(_opened(fold), "html.parser"))
    for heading in made.find_all("h2"):
        heading.decompose()
    return str(made)


def _opened(fold: Tag, keep: bool = True) -> str:
    made = copy.copy(fold)
    words = _said(made)
    made.find("summary").decompose()
    inside = "".join(map(str, made.contents))
    return f'<section class="fold">{safe.html("<h5>{}</h5>", words) if keep else ""}{inside}</section>'


def write(names: list[str], root: Path, out: Path) -> Path:
    """Write the instructor's book as one HTML file that asks for no other.

    Parameters
    ----------
    names : list of str
        Notebooks.
    root : Path
        Of the course.
    out : Path
        A folder that is there.

    Returns
    -------
    Path
    """
    chapters = [chapter(name, root) for name in names]
    return writing.write(out / "instructors_book.html", HERE / "teacher.html", chapters=chapters)
