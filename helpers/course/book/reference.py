"""The reference pages of the book: one a subject, from the docstrings of its model and its studies.

What is public is what ``__all__`` of ``helpers.<subject>.model`` and ``.studies`` names. Nothing is typed here: a
page says what the code says.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.core import safe
from helpers.core.data import ROOT

ROOMS = {"model": "Model: arithmetic, values in and values out", "studies": "Studies: the course's questions, asked of its tables"}  # fmt: skip
_HEADING = re.compile(r"^(\w[\w ]*)\n-{3,}$", re.M)
_LISTS = ("Parameters", "Attributes", "Returns", "Yields", "Raises")
_TITLES = {"Notes": "Formula and source", "Raises": "Refuses", "Parameters": "Takes", "Returns": "Gives", "Yields": "Gives", "Attributes": "Holds", "Examples": "Example"}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A public function or class, as its page tells it.

    Attributes
    ----------
    name, call : str
        Its name; the same with its arguments and their defaults.
    place : str
        File and line, from the course's folder.
    summary : str
        First paragraph of its docstring, and what else stands before the first heading.
    parts : tuple of (str, str)
        Heading and text of each section, in order.
    """

    name: str
    call: str
    place: str
    summary: str
    parts: tuple[tuple[str, str], ...]


def subjects() -> list[str]:
    """The subjects that have a model or studies, in order of their names."""
    return [m.name for m in pkgutil.iter_modules([str(ROOT / "helpers")]) if any(_room(m.name, room) for room in ROOMS)]


def _room(subject: str, room: str) -> Any:
    name = f"helpers.{subject}.{room}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None


def entries(subject: str, room: str) -> list[Entry]:
    """What a room of a subject offers, in the order in which the room names it.

    Parameters
    ----------
    subject : str
        A folder of ``helpers``.
    room : str
        "model" or "studies".

    Returns
    -------
    list of Entry
        Functions and classes; constants are left to the code.
    """
    module = _room(subject, room)
    found = [(name, getattr(module, name)) for name in getattr(module, "__all__", ())]
    return [entry(name, of) for name, of in found if inspect.isclass(of) or inspect.isroutine(inspect.unwrap(of))]


def entry(name: str, of: Any) -> Entry:
    """A function or class as an `Entry`."""
    plain = inspect.unwrap(of)
    head, *rest = _HEADING.split(inspect.getdoc(of) or "")
    parts = tuple((heading, text.strip("\n")) for heading, text in zip(rest[::2], rest[1::2], strict=True))
    return Entry(name, f"{name}{signature(plain)}", _place(plain), head.strip(), parts)


def _place(of: Any) -> str:
    """File and line; of a guarded function its code knows them best."""
    code = getattr(of, "__code__", None)
    try:
        file, line = (code.co_filename, code.co_firstlineno) if code else (inspect.getfile(of), inspect.getsourcelines(of)[1])  # fmt: skip
        return f"{Path(file).resolve().relative_to(ROOT).as_posix()}, line {line}"
    except (OSError, TypeError, ValueError):  # made by the language, as a named tuple of types
        return f"{of.__module__.replace('.', '/')}.py"


def signature(of: Any) -> str:
    """Arguments with their defaults, without types: those stand in the list below.

    Examples
    --------
    >>> def f(a, *, b=0.5, c="x", d=print): ...
    >>> signature(f)
    '(a, *, b=0.5, c="x", d=…)'
    """
    try:
        found = inspect.signature(of)
    except (TypeError, ValueError):
        return "(…)"
    given = []
    for p in found.parameters.values():
        default = p.default if p.default is inspect.Parameter.empty else _Said(p.default)
        given.append(p.replace(annotation=inspect.Parameter.empty, default=default))
    return str(found.replace(parameters=given, return_annotation=inspect.Signature.empty))


class _Said:
    """A default as a page shows it: plain values as they are written, all else as three points."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        if isinstance(self.value, str):
            return '"{}"'.format(self.value.replace('"', '\\"'))
        plain = self.value is None or type(self.value) in (int, float, bool)
        if plain or (isinstance(self.value, tuple) and all(type(v) in (int, float, bool, str) for v in self.value)):
            return repr(self.value)
        return "…"


# --- from text to page ----------------------------------------------------------------------------


def _code(text: str) -> safe.Html:
    """Words between backticks as code."""
    pieces = re.split(r"``(.+?)``|`([^`]+)`", text)
    made = [safe.html("{}", pieces[0])]
    for double, single, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        made.append(safe.html("<code>{}</code>{}", double or single, after))
    return safe.joined("", made)


def _paragraphs(text: str) -> safe.Html:
    """Paragraphs; indented lines and lists keep their lines."""
    made = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        if re.search(r"^(\s{2,}|- |\* |\d+\. )", block, re.M):
            made.append(safe.html('<p class="lines">{}</p>', _code(inspect.cleandoc(block))))
        elif block.strip():
            made.append(safe.html("<p>{}</p>", _code(" ".join(block.split()))))
    return safe.joined("", made)


def _named(text: str) -> Iterator[tuple[str, str]]:
    """Lines at the margin with the indented text below each."""
    for block in re.findall(r"^\S.*(?:\n(?:[ \t].*|(?=\n[ \t]))?)*", text, re.M):
        first, _, below = block.partition("\n")
        yield first, " ".join(below.split())


def _part(heading: str, text: str) -> safe.Html:
    title = safe.html("<h4>{}</h4>", _TITLES.get(heading, heading))
    if heading == "Examples":
        return safe.html("{}<pre>{}</pre>", title, text)
    if heading not in _LISTS:
        return safe.html("{}{}", title, _paragraphs(text))
    rows = [safe.html("<dt>{}</dt><dd>{}</dd>", _code(first), _code(below)) for first, below in _named(text)]
    return safe.html("{}<dl>{}</dl>", title, safe.joined("", rows))


def _entry(subject: str, room: str, of: Entry) -> safe.Html:
    parts = safe.joined("", [_part(*part) for part in of.parts])
    return safe.html(
        '<section class="entry"><h3 id="{}">{}</h3><pre class="call">{}</pre>{}{}<p><small>{}</small></p></section>',
        f"{room}-{of.name}", of.name, of.call, _paragraphs(of.summary), parts, of.place,
    )  # fmt: skip


def page(subject: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The page of a subject.

    Parameters
    ----------
    subject : str
        One of `subjects`.

    Returns
    -------
    tuple of str and list of (str, str, str)
        Its body; of each entry address, name and summary, for the search.
    """
    made, found = [safe.html("<h1>Reference: {}</h1>", subject)], []
    for room, words in ROOMS.items():
        if not (of := entries(subject, room)):
            continue
        module = _room(subject, room)
        made.append(safe.html("<h2 id='{}'>{}</h2><p><code>from helpers.{} import {}</code></p>", room, words, subject, room))  # fmt: skip
        made.append(_paragraphs(_HEADING.split(inspect.getdoc(module) or "")[0]))
        links = [safe.html("<a href='#{}'>{}</a>", f"{room}-{e.name}", e.name) for e in of]
        made.append(safe.html("<p class='names'>{}</p>", safe.joined(" · ", links)))
        made += [_entry(subject, room, e) for e in of]
        found += [(f"{room}-{e.name}", f"{subject}.{room}.{e.name}", " ".join(e.summary.split())) for e in of]
    return str(safe.joined("\n", made)), found
