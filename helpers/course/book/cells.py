"""From a stored notebook to the pieces of a page: prose, code, pictures, tables, and where its panels stand."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from latex2mathml.converter import convert as mathml
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown import markdown2html

from helpers.core import safe, stored
from helpers.course import checks

_MATHS = re.compile(r"\$\$(?P<block>.+?)\$\$|(?<![\w$\\])\$(?P<inline>[^$\n]*?[^\s$\\])\$(?![\w$])", re.S)
_CHECK = re.compile(r'check\("(\d\d-\d+)"')
_NOTEBOOK = re.compile(r"^(?:notebooks/)?(\d\d_\w+)\.ipynb(#.*)?$")
_code = Highlight2HTML(pygments_lexer="python")


@dataclass
class Page:
    """A notebook as a page: its name and title, its body, and the panels that stand in it.

    Attributes
    ----------
    name, title : str
    body : BeautifulSoup
        Panels are empty ``<div data-panel="title">`` before their stored picture.
    panels : list of str
        Titles, in order.
    """

    name: str
    title: str
    body: BeautifulSoup
    panels: list[str] = field(default_factory=list)


def page(name: str, notebook: Mapping[str, Any]) -> Page:
    """The pieces of a stored notebook, in order.

    Parameters
    ----------
    name : str
        Of its file, without the ending.
    notebook : dict
        As stored, format 4.

    Returns
    -------
    Page
    """
    parts = [_markdown(cell) if cell["cell_type"] == "markdown" else _ran(cell) for cell in notebook["cells"]]
    body = BeautifulSoup("\n".join(parts), "html.parser")
    heading = body.find("h1")
    title = heading.get_text() if heading else name
    for anchor in body.select("a.anchor-link"):
        anchor.decompose()
    for link in body.find_all("a", href=True):
        if found := _NOTEBOOK.match(link["href"]):
            link["href"] = f"{found[1]}.html{found[2] or ''}"
    finish(body)
    return Page(name, title, body, [str(place["data-panel"]) for place in body.select("[data-panel]")])


def finish(body: BeautifulSoup) -> None:
    """Give each heading an address, and let each table scroll by itself: what every page of prose has."""
    for number, heading in enumerate(body.find_all(re.compile("^h[2-4]$"))):
        heading["id"] = slug(heading.get_text()) or f"part-{number}"
    for table in body.find_all("table"):
        table.wrap(
            body.new_tag("div", attrs={"class": "wide", "tabindex": "0", "role": "region", "aria-label": "Table"})
        )


def slug(words: str) -> str:
    """The address, within a page, of a heading, a term or a panel.

    Examples
    --------
    >>> slug("What would it cost?")
    'what-would-it-cost'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].strip("-")


def with_maths(text: str) -> str:
    """Formulas between dollar signs as MathML, which browsers draw without a script.

    Examples
    --------
    >>> "<msup>" in with_maths("the ratio $r^{1+s}$"), with_maths("It cost $5.6M, not $6M")
    (True, 'It cost $5.6M, not $6M')
    """
    return _MATHS.sub(lambda m: mathml(m["block"] or m["inline"], display="block" if m["block"] else "inline"), text)


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _markdown(cell: Mapping[str, Any]) -> str:
    return f'<div class="prose">{markdown2html(with_maths(_text(cell["source"])))}</div>'


def _ran(cell: Mapping[str, Any]) -> str:
    """A code cell: its code, folded unless it is an exercise, and what it printed."""
    source, tags = _text(cell["source"]), cell["metadata"].get("tags", [])
    shown = "exercise" in tags
    code = f'<details class="code"{" open" if shown else ""}><summary>Code</summary>{_code(source)}</details>'
    if asked := _CHECK.search(source):
        return code + _hints(asked[1])
    return "".join([*map(_output, stored.as_stored(cell.get("outputs", []))), code])


def _hints(exercise_id: str) -> str:
    """What `checks.check` would say one after the other, each behind a fold."""
    exercise = checks.exercise(exercise_id)
    folds = [safe.html("<details><summary>Hint {}</summary><p>{}</p></details>", n, hint) for n, hint in enumerate(exercise.hints, 1)]  # fmt: skip
    said = safe.html("<p>The answer asked for is {}. The live course checks it.</p>", exercise.unit)
    return safe.html('<div class="hints">{}{}</div>', said, safe.joined("", folds))


def _output(output: Mapping[str, Any]) -> str:
    data = output.get("data", {})
    if stored.SVG in data:
        spec = data.get(stored.VEGA_LITE, {})
        return f'<figure class="picture">{picture(_text(data[stored.SVG]), spec.get("description", ""))}</figure>'
    if stored.HTML in data:
        made = _text(data[stored.HTML])
        if stored.RUN in made:  # the sentence of a panel: its place
            title, reading = re.match(r"<p><b>(.*?)\.?</b> (.*) <i>", made, re.S).groups()  # type: ignore[union-attr]
            return f'<div class="panel" data-panel="{title}"></div><p class="reading" role="status">{reading}</p>'
        return f'<div class="made">{made}</div>'
    if "text/markdown" in data:
        return f'<div class="prose made">{markdown2html(with_maths(_text(data["text/markdown"])))}</div>'
    plain = _text(data.get("text/plain", output.get("text", "")))
    if stored.WIDGET in output.get("metadata", {}) or plain.startswith("Form "):
        return safe.html('<p class="form">{} It needs the live course.</p>', plain)
    return safe.html("<pre>{}</pre>", plain) if plain.strip() else ""


def picture(svg: str, description: str) -> str:
    """An SVG of the course that keeps its shape at any width, with its alt text."""
    opened = re.sub(r"(<svg[^>]*?) role=\"img\"", r"\1", svg, count=1)
    label = html.escape(description, quote=True)
    return opened.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def still(source: str) -> str:
    """The SVG of a still that a notebook stores as an image."""
    return base64.b64decode(source.partition("base64,")[2]).decode()


def sections(body: BeautifulSoup) -> list[tuple[str, str, str]]:
    """Address, heading and text of each section, for the search.

    Returns
    -------
    list of (str, str, str)
    """
    found: list[list[Any]] = [["", "", []]]
    for piece in body.find_all(["h1", "h2", "h3", "p", "li", "td", "summary"]):
        if not isinstance(piece, Tag) or piece.find_parent("pre"):
            continue
        if piece.name in ("h2", "h3"):
            found.append([piece.get("id", ""), piece.get_text(" ", strip=True), []])
        elif piece.name != "h1":
            found[-1][2].append(piece.get_text(" ", strip=True))
    return [(address, heading, " ".join(words)[:6000]) for address, heading, words in found]
