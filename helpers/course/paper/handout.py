"""A notebook to print: stills, folds opened where they teach, exercises with room to write; no code, no controls."""

from __future__ import annotations

import copy
import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from helpers.course.book import cells, writing
from helpers.course.paper import pieces, sheets
from helpers.course.paper.sheets import HERE

LINES = 5  # to write on, for an exercise; for an argument twice as many
MOST_ROWS = 30  # of a table that is printed
MOST_WORDS = 400  # of a fold that is opened without being named
KEPT_OUT = ("For instructors",)
RENAMED = {"Answers without a kernel": "Questions to the picture, answered"}
ALWAYS = ("How sure", "Words", "After this notebook", "The other steps", "All steps", "Answers", "Sources")
_ASKED = re.compile(r"^(Exercise \d\d-\d+|Argue it)")


def body(page: cells.Page) -> BeautifulSoup:
    """What is printed of a notebook.

    Parameters
    ----------
    page : cells.Page
        Left as it is.

    Returns
    -------
    BeautifulSoup
    """
    made = copy.copy(page.body)
    for tag in made.select("details.code, p.form"):
        tag.decompose()
    for place in made.select("[data-panel]"):
        heading = made.new_tag("h4", attrs={"class": "panel"})
        heading.string = str(place["data-panel"])
        place.replace_with(heading)
    _pictures(made)
    _room(made)
    for fold in made.find_all("details"):
        if fold.parent is not None and not fold.decomposed:
            _open(made, fold)
    for table in made.find_all("table"):
        if len(rows := table.find_all("tr")) > MOST_ROWS + 1:
            _say(made, table, f"The first {MOST_ROWS} of {len(rows) - 1} rows; the others stand in the notebook.")
            for row in rows[MOST_ROWS + 1 :]:
                row.decompose()
    for link in made.find_all("a", href=True):
        link.name, link.attrs = "span", {}
    for wide in made.select("[tabindex]"):
        del wide["tabindex"]
    return made


def _pictures(made: BeautifulSoup) -> None:
    for place in [*made.select("figure.picture"), *made.select("img[data-spec]")]:
        if picture := pieces.figure(place):
            holder = "span" if place.name == "img" else "figure"
            place.replace_with(BeautifulSoup(f'<{holder} class="still">{picture.tag()}</{holder}>', "html.parser"))


def _room(made: BeautifulSoup) -> None:
    """Hints give way to lines to write on, and so does what is argued both ways."""
    for hints in made.select(".hints"):
        asked = hints.find("p").get_text().partition(". ")[0] + "."
        hints.replace_with(_lines(LINES, asked))
    for strong in made.find_all("strong"):
        if strong.get_text().startswith("Argue it"):
            strong.find_parent("p").insert_after(_lines(2 * LINES))


def _lines(number: int, asked: str = "") -> BeautifulSoup:
    said = f'<p class="asked">{asked}</p>' if asked else ""
    return BeautifulSoup(f'{said}<div class="room" role="presentation">{"<div></div>" * number}</div>', "html.parser")


def _open(made: BeautifulSoup, fold: Tag) -> None:
    """A fold becomes a part with a heading; a long one that only documents becomes one line."""
    summary = fold.find("summary")
    words = summary.get_text(" ", strip=True)
    if words.startswith(KEPT_OUT):
        fold.decompose()
        return
    if not words.startswith(ALWAYS) and len(fold.get_text().split()) > MOST_WORDS:
        line = made.new_tag("p", attrs={"class": "aside"})
        line.string = f"In the notebook, folded: {words}."
        fold.replace_with(line)
        return
    heading = made.new_tag("h5")
    heading.string = RENAMED.get(words, words)
    summary.replace_with(heading)
    fold.name, fold.attrs = "section", {"class": "fold small" if words == "Sources" else "fold"}


def _say(made: BeautifulSoup, table: Tag, words: str) -> None:
    line = made.new_tag("p", attrs={"class": "aside"})
    line.string = words
    table.insert_after(line)


def write(name: str, root: Path, out: Path) -> Path:
    """Write a notebook's handout as one HTML file that asks for no other.

    Parameters
    ----------
    name : str
        Of a notebook.
    root : Path
        Of the course.
    out : Path
        A folder that is there.

    Returns
    -------
    Path
    """
    row, printed = writing.course().loc[name], str(body(sheets.page(name, root)))
    return writing.write(out / f"{name}.html", HERE / "handout.html", name=name, row=row, body=printed)
