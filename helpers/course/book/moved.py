"""The page "What moved": the changelog, with an address for each edition and a way to each notebook."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup
from nbconvert.filters.markdown import markdown2html

HEAD = """<h1>What moved</h1>
<p>Each edition, the newest first: verdicts that moved and why, then numbers with the old value, the new one and the finding that moves. An edition is a tag, v with its number, in the course's repository. Teach from one edition, and cite its number and day.</p>
"""


def page(root: Path) -> str:
    """The body of the page.

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
    made = BeautifulSoup(markdown2html(text[text.index("## ") :]), "html.parser")
    for anchor in made.select("a.anchor-link"):
        anchor.decompose()
    for heading in made.find_all("h2"):
        heading["id"] = "v" + re.sub(r"\D+", "-", heading.get_text().split()[0])
    for code in made.find_all("code"):
        if re.fullmatch(r"\d\d_\w+", name := code.get_text()):
            code.wrap(made.new_tag("a", href=f"{name}.html"))
    return HEAD + str(made)
