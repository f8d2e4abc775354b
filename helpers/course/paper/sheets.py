"""What slides, handouts and question sheets share: the course's map, templates, and a folder to write in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import jinja2
import pandas as pd

from helpers.core import data
from helpers.course.book import cells

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
MARK = '<meta name="generator" content="Chips and Sanctions">'


@cache
def course() -> pd.DataFrame:
    """The notebooks of this edition, by name, in order."""
    table = data.load("course_map")
    return table[table["edition"] == "here"].set_index("notebook")


@lru_cache(maxsize=40)
def page(name: str, root: Path = ROOT) -> cells.Page:
    """A stored notebook as the book's page of it, made once: who changes it takes a copy of its body."""
    notebook = json.loads((root / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    return cells.page(name, notebook)


def template(file: str) -> jinja2.Template:
    """A template of this folder; every text put into it is escaped."""
    made = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, loader=jinja2.FileSystemLoader(HERE)
    )
    return made.get_template(file)


def chosen(names: Sequence[str] | None) -> list[str]:
    """The notebooks asked for, or all.

    Raises
    ------
    ValueError
        No such notebook.
    """
    wanted = list(names or course().index)
    if unknown := [name for name in wanted if name not in course().index]:
        raise ValueError(f"names: no notebook {unknown[0]!r}; there are {', '.join(course().index)}.")
    return wanted


def folder(out: Path) -> Path:
    """A folder to write in: new, empty, or one that an earlier run wrote.

    Raises
    ------
    ValueError
        It holds something else.
    """
    index = out / "index.html"
    ours = index.is_file() and MARK in index.read_text(encoding="utf-8", errors="replace")
    if out.exists() and not ours and (not out.is_dir() or any(out.iterdir())):
        raise ValueError(
            f"out = {out} holds something that this command did not write; name a folder that is empty or new."
        )
    out.mkdir(parents=True, exist_ok=True)
    return out


def contents(out: Path, title: str, said: str) -> None:
    """Write the page that links to every file of a folder.

    Parameters
    ----------
    out : Path
    title, said : str
        Heading and one line below it.
    """
    files = [
        (name, row.title, row.question, sorted(p.name for p in out.glob(f"{name}*") if p.name != "index.html"))
        for name, row in course().iterrows()
    ]
    shown = [entry for entry in files if entry[3]]
    listed = {"index.html", *(file for entry in shown for file in entry[3])}
    whole = sorted(p.name for p in out.iterdir() if p.name not in listed)
    (out / "index.html").write_text(template("contents.html").render(title=title, said=said, files=shown, whole=whole, mark=MARK), encoding="utf-8")  # fmt: skip
