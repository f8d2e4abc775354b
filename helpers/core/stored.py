"""What a notebook keeps when its kernel is gone. Used by authors' builds, by the server at every save, and by tests.

A widget cannot be stored: without its kernel it is an error message. So a panel's output carries a
twin, and what is stored is that twin: its sentence, its picture (a Vega-Lite specification, which
JupyterLab draws, and SVG for those who draw none), a still of every step, and the answers to its
questions, folded. Standard library only: the server imports this at its start.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from helpers.core import safe

WIDGET = "application/vnd.jupyter.widget-view+json"
TWIN = "application/vnd.chips-and-sanctions.panel+json"
VEGA_LITE = "application/vnd.vegalite.v5+json"
SVG, PNG, HTML, PLAIN = "image/svg+xml", "image/png", "text/html", "text/plain"
EMBED_OPTIONS = {"actions": False, "renderer": "svg"}
RUN = "Run this cell (Shift+Enter) to move it."
# Set where the server's save puts back what a notebook held below a panel (jupyter_server_config.py): a learner's
# kernel then need not work out stills and answers that nobody looks at while the panel is live.
LEAN = "CHIPS_AND_SANCTIONS_LEAN"

_STILL = re.compile(r'<img data-spec="([0-9a-f]{16})"(?: src="data:image/svg\+xml;base64,([^"]*)")?')

Output = dict[str, Any]
Picture = Callable[[Mapping[str, Any]], "str | None"]  # a specification -> its SVG, where there is one


def no_picture(spec: Mapping[str, Any]) -> None:
    """A `Picture` that knows none."""


def fingerprint(spec: Any) -> str:
    """Sixteen letters that change when a specification does; 1 and 1.0 are the same number."""
    text = json.dumps(_plain(spec), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def as_stored(
    outputs: Sequence[Output], picture: Picture = no_picture, below: Mapping[str, Output] | None = None
) -> list[Output]:
    """A cell's outputs as a notebook stores them; outputs that are so already come back as they are.

    Parameters
    ----------
    outputs : sequence of dict
        As in a notebook of format 4.
    picture : callable
        Gives the SVG of a Vega-Lite specification, or None.
    below : dict, optional
        By the head of a panel's sentence: what stood below its picture, for a twin that came without (see `LEAN`).

    Returns
    -------
    list of dict
    """
    kept: list[Output] = []
    for output in outputs:
        data = output.get("data", {})
        if TWIN in data:
            kept += _twin(data[TWIN], picture, below or {})
        elif WIDGET in data:
            kept.append({**output, "data": {k: v for k, v in data.items() if k != WIDGET}})
        elif VEGA_LITE in data and SVG not in data and (svg := picture(data[VEGA_LITE])):
            kept.append({**output, "data": {**{k: v for k, v in data.items() if k != PNG}, SVG: svg}})
        else:
            kept.append(output)
    return kept


def _stop(title: str) -> str:
    """A title as a sentence of its own: a question keeps its mark."""
    return title if title.endswith(("?", "!", ".")) else f"{title}."


def _head(title: str) -> safe.Html:
    return safe.html("<p><b>{}</b> ", _stop(title))


def _twin(twin: Mapping[str, Any], picture: Picture, stood: Mapping[str, Output]) -> list[Output]:
    spec = twin["spec"]
    drawn: dict[str, Any] = {VEGA_LITE: spec, PLAIN: spec.get("description", "Chart")}
    if svg := picture(spec):
        drawn[SVG] = svg
    head = _head(twin["title"])
    reading = safe.html("{}{} <i>{}</i></p>", head, twin["reading"], RUN)
    parts = [
        _display({HTML: reading, PLAIN: f"{_stop(twin['title'])} {twin['reading']}"}),
        _display(drawn, {VEGA_LITE: {"embed_options": dict(EMBED_OPTIONS)}}),
    ]
    if twin.get("lean"):
        return [*parts, stood[head]] if head in stood else parts
    below = _stills(twin, picture) + _answers(twin.get("answers", {}))
    if below:
        said = [f"{still['name']}: {still['reading']}" for still in twin.get("stills", ())]
        said += [f"{question} {answer}" for question, answer in twin.get("answers", {}).items()]
        parts.append(_display({HTML: below, PLAIN: "\n".join(said)}))
    return parts


def _display(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> Output:
    return {"output_type": "display_data", "data": data, "metadata": metadata or {}}


def at_step(spec: Mapping[str, Any], panel: Mapping[str, Any]) -> dict[str, Any]:
    """A panel's specification with other values of its parameter."""
    params = [{**p, "value": panel} if p.get("name") == "panel" else p for p in spec["params"]]
    return {**spec, "params": params}


# Number, name and sentence of a step, from the text that stands for its picture; `_stills` writes it.
STILL = re.compile(r"Step (\d+), (.*?)(?::|(?<=\?)) (.*)", re.S)


def _stills(twin: Mapping[str, Any], picture: Picture) -> safe.Html:
    """Every step but the one that the picture above shows."""
    figures, above = [], fingerprint(twin["spec"])
    stills = list(twin.get("stills", ()))
    for number, still in enumerate(stills, start=1):
        spec = at_step(twin["spec"], still["panel"])
        if fingerprint(spec) == above:
            continue
        svg = picture(spec)
        drawn = base64.b64encode(svg.encode()).decode() if svg else ""
        figures.append(
            safe.html(
                '<p><b>{number}. {stopped}</b> {reading}<br><img data-spec="{spec}"{source}'
                ' alt="Step {number}, {name}{colon} {reading}" width="680"></p>',
                spec=fingerprint(spec),
                source=safe.html(' src="data:image/svg+xml;base64,{}"', drawn) if svg else "",
                number=number,
                name=still["name"],
                stopped=_stop(still["name"]),
                colon="" if still["name"].endswith("?") else ":",  # a question needs no other stop
                reading=still["reading"],
            )
        )
    if not figures:
        return safe.Html()
    # As wide as they can be read; open, since paper opens nothing.
    words = "All steps" if len(figures) == len(stills) else "The other steps"
    return safe.html(
        "<details open><summary>{}, one below the other</summary>{}</details>", words, safe.joined("", figures)
    )


def _answers(answers: Mapping[str, str]) -> safe.Html:
    if not answers:
        return safe.Html()
    rows = [safe.html("<li><b>{}</b> {}</li>", question, answer) for question, answer in answers.items()]
    return safe.html("<details><summary>Answers without a kernel</summary><ul>{}</ul></details>", safe.joined("", rows))


def pictures(notebook: Mapping[str, Any]) -> Picture:
    """The pictures a stored notebook holds, by the specification they were drawn from."""
    known: dict[str, str] = {}
    for output in _all_outputs(notebook):
        data = output.get("data", {})
        if VEGA_LITE in data and SVG in data:
            known[fingerprint(data[VEGA_LITE])] = _text(data[SVG])
        for name, drawn in _STILL.findall(_text(data.get(HTML, ""))):
            if drawn:
                known[name] = base64.b64decode(drawn).decode()
    return lambda spec: known.get(fingerprint(spec))


def _all_outputs(notebook: Mapping[str, Any]) -> list[Output]:
    return [output for cell in notebook.get("cells", ()) for output in cell.get("outputs", ())]


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _stood(cell: Mapping[str, Any] | None, source: str) -> dict[str, Output]:
    """What a stored cell of the same source holds below the picture of each of its panels, by the head of its sentence."""
    if cell is None or _text(cell.get("source", "")) != source:
        return {}
    found: dict[str, Output] = {}
    head = ""
    for output in cell.get("outputs", ()):
        made = _text(output.get("data", {}).get(HTML, ""))
        if RUN in made:
            head = "".join(made.partition("</b> ")[:2])
        elif head and made.startswith("<details"):
            found[head] = output
            head = ""
    return found


def comparable(outputs: Sequence[Output]) -> list[Output]:
    """Outputs as stored, without the pictures: those are drawn from what is compared."""
    kept = []
    for output in as_stored(outputs):
        data = {k: v for k, v in output.get("data", {}).items() if k not in (SVG, PNG)}
        if HTML in data:
            data[HTML] = _STILL.sub(r'<img data-spec="\1"', _text(data[HTML]))
        kept.append({**output, "data": data} if "data" in output else output)
    return kept


def as_saved(new: dict[str, Any], old: Mapping[str, Any] | None) -> dict[str, Any]:
    """A reader's notebook as the server writes it: without widgets, and as it was where nothing changed.

    Parameters
    ----------
    new : dict
        What the page sends: JupyterLab has added a PNG to each chart it drew, metadata, and other forms of numbers.
    old : dict or None
        What the file holds.

    Returns
    -------
    dict
        `old` itself when the two differ in nothing that a reader did.
    """
    old = old or {}
    drawn = pictures(old)
    before = {cell.get("id"): cell for cell in old.get("cells", ())}
    cells = []
    for cell in new.get("cells", ()):
        was = before.get(cell.get("id"))
        if "outputs" in cell:
            below = _stood(was, _text(cell.get("source", "")))
            cell = {**cell, "outputs": as_stored(cell["outputs"], drawn, below)}
        cells.append(was if was is not None and _same(cell, was) else cell)
    metadata = {k: v for k, v in new.get("metadata", {}).items() if k != "widgets"}
    # Which build of Python ran is no change of the reader's.
    if old and metadata.get("language_info", {}).get("name") == old["metadata"].get("language_info", {}).get("name"):
        metadata["language_info"] = old["metadata"]["language_info"]
    if old and metadata.get("kernelspec", {}).get("name") == old["metadata"].get("kernelspec", {}).get("name"):
        metadata["kernelspec"] = old["metadata"]["kernelspec"]
    saved = {**new, "cells": cells, "metadata": metadata}
    unchanged = cells == old.get("cells") and metadata == old.get("metadata")
    return dict(old) if unchanged else saved


def _same(cell: Mapping[str, Any], was: Mapping[str, Any]) -> bool:
    """Whether a cell says what it said; True and 1 aside, Python takes 1 and 1.0 for one number."""

    def essence(c: Mapping[str, Any]) -> tuple[Any, ...]:
        metadata = {k: v for k, v in c.get("metadata", {}).items() if k not in ("trusted", "execution", "collapsed")}
        outputs = [
            {k: v for k, v in output.items() if k not in ("metadata", "output_type", "execution_count")}
            | {"data": {k: _text(v) if isinstance(v, list) else v for k, v in output.get("data", {}).items()}}
            for output in comparable(c.get("outputs", ()))
        ]
        return c.get("cell_type"), _text(c.get("source", "")), c.get("execution_count"), metadata, outputs

    return essence(cell) == essence(was)
