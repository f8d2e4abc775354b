"""What slides, handouts and question sheets share: stored pages, and a folder with its page of contents."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from helpers.course.book import cells
from helpers.course.book.writing import course, refuse, write

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
MARK = '<meta name="generator" content="Chips and Sanctions">'


@lru_cache(maxsize=40)
def page(name: str, root: Path = ROOT) -> cells.Page:
    """A stored notebook as the book's page of it, made once: who changes it takes a copy of its body."""
    notebook = json.loads((root / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    return cells.page(name, notebook)


def folder(out: Path) -> Path:
    """A folder to write in: new, empty, or one that an earlier run wrote.

    Raises
    ------
    ValueError
        It holds something else.
    """
    index = out / "index.html"
    ours = index.is_file() and MARK in index.read_text(encoding="utf-8", errors="replace")
    refuse(out, ours, "this command did not write")
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
    write(out / "index.html", HERE / "contents.html", title=title, said=said, files=shown, whole=whole, mark=MARK)
