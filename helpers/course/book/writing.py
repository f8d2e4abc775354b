"""What all that is written from the course shares: its notebooks by name, templates, and a folder to write in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from helpers.core import data

HERE = Path(__file__).resolve().parent


@cache
def course() -> pd.DataFrame:
    """The notebooks of this edition, by name, in order."""
    table = data.load("course_map")
    return table[table["edition"] == "here"].set_index("notebook")


def chosen(names: Sequence[str] | None) -> list[str]:
    """The notebooks asked for; all, if None.

    Raises
    ------
    ValueError
        No such notebook.
    """
    wanted = list(course().index if names is None else names)
    if unknown := [name for name in wanted if name not in course().index]:
        raise ValueError(f"names: no notebook {unknown[0]!r}; there are {', '.join(course().index)}.")
    return wanted


def refuse(out: Path, ours: bool, what: str) -> None:
    """Keep a folder that holds something else from being written in.

    Parameters
    ----------
    out : Path
    ours : bool
        An earlier run wrote it.
    what : str
        Ends the sentence "holds something that ...".

    Raises
    ------
    ValueError
        It is neither ours nor new nor empty.
    """
    if out.exists() and not ours and (not out.is_dir() or any(out.iterdir())):
        raise ValueError(f"out = {out} holds something that {what}; name a folder that is empty or new.")


@cache
def _templates(folder: Path) -> jinja2.Environment:
    """Of a folder, and behind it the frames that all pages share: `sheet.html`, and `plain.html` for pages of words."""
    loader = jinja2.FileSystemLoader([folder, HERE])
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, loader=loader)


def rendered(template: Path, **words: Any) -> str:
    """A template with words in their places; every text put into it is escaped."""
    return _templates(template.parent).get_template(template.name).render(**words)


def write(path: Path, template: Path, **words: Any) -> Path:
    """Write a page from a template (see `rendered`); returns its path."""
    path.write_text(rendered(template, **words), encoding="utf-8")
    return path
