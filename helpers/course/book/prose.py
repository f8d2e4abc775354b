"""Pages of the book that are prose elsewhere: the changelog, and the short pages of ``docs/`` beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from nbconvert.filters.markdown import markdown2html

from helpers.core.data import ROOT
from helpers.course.book import cells

MOVED = """<h1>What moved</h1>
<p>Each edition, the newest first: verdicts that moved and why, then numbers with the old value, the new one and the finding that moves. An edition is a tag, v with its number, in the course's repository. Teach from one edition, and cite its number and day.</p>
"""
# What a host brings itself, and would break if it were replaced.
HOSTS = ("jupyterlab",)
CELL = """\
# The course and its pins. Best effort: the host brings its own Jupyter, which stays.
REPOSITORY = "https://github.com/OWNER/REPOSITORY"
import os, subprocess, sys

if not os.path.isdir("course"):
    subprocess.run(["git", "clone", "--quiet", "--depth=1", REPOSITORY, "course"], check=True)
PINS = [
{}
]
subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *PINS], check=True)
sys.path.insert(0, os.path.abspath("course"))
os.chdir("course/notebooks")
try:
    from google.colab import output

    output.enable_custom_widget_manager()  # panels are widgets; Colab asks its own site for their script
except ImportError:
    pass
"""
DOCS = Path(__file__).resolve().parent / "docs"


def first_cell(root: Path = ROOT) -> str:
    """A first cell for hosts that know one notebook only: it fetches the course, and installs its pins.

    Parameters
    ----------
    root : Path, optional
        Of the course; the pins are those of its ``pyproject.toml``, but for what a host brings itself.

    Returns
    -------
    str
    """
    pins = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return CELL.format("\n".join(f'    "{pin}",' for pin in pins if pin.split("==")[0] not in HOSTS))


def _made(text: str) -> BeautifulSoup:
    made = BeautifulSoup(markdown2html(text), "html.parser")
    for anchor in made.select("a.anchor-link"):
        anchor.decompose()
    return made


def moved(root: Path) -> str:
    """The body of the page "What moved".

    Parameters
    ----------
    root : Path
        Of the course.

    Returns
    -------
    str
        Headings of editions have addresses (``v0-3-0``); a notebook's name in code style leads to its page.
    """
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    made = _made(text[text.index("## ") :])
    for heading in made.find_all("h2"):
        heading["id"] = "v" + re.sub(r"\D+", "-", heading.get_text().split()[0])
    for code in made.find_all("code"):
        if re.fullmatch(r"\d\d_\w+", name := code.get_text()):
            code.wrap(made.new_tag("a", href=f"{name}.html"))
    return MOVED + str(made)


def pages(docs: Path = DOCS) -> Iterator[tuple[str, str, str]]:
    """Name, title and body of each page of a folder.

    Parameters
    ----------
    docs : Path, optional
        Holds the pages as Markdown; ``docs/`` beside this file, if not given.

    Yields
    ------
    tuple of str
        A link to another of these pages leads to its page of the book; one to a file of the repository is code.
    """
    for path in sorted(docs.glob("*.md")):
        made = _made(path.read_text(encoding="utf-8"))
        cells.finish(made)
        for link in made.find_all("a", href=True):
            address, _, part = link["href"].partition("#")
            if re.match(r"https?:", address) or not address:
                continue
            if (path.parent / address).parent == path.parent and address.endswith(".md"):
                link["href"] = f"{address[:-3]}.html" + (f"#{part}" if part else "")
            else:
                link.name = "span"
                del link["href"]
        for box in made.find_all(
            "input"
        ):  # of a list to tick off: a box without a label says nothing to a screen reader
            box.replace_with("☐ ")
        yield path.stem, made.h1.get_text(), str(made)
