"""Build the notebooks: one text source gives the learner's edition and the edition with answers.

A source, ``notebooks/source/NN_name.md``, is a MyST Markdown notebook (jupytext reads it). It
yields ``notebooks/NN_name.ipynb`` and ``notebooks/solutions/NN_name.ipynb``, both run from top to
bottom and stored with outputs. ``make notebooks`` builds all; ``make notebooks ARGS=10_timeline``
one.

Marks in a source:

* In a code cell, ``name = expression  # SOLUTION`` becomes ``name = None  # your answer`` for the
  learner; lines between ``# BEGIN SOLUTION`` and ``# END SOLUTION`` become ``# your code here``.
* A Markdown cell whose first line is ``<!-- solutions only -->`` is left out of the learner's
  edition; ``<!-- learners only -->`` the other way round.

This module is for authors: it needs the test edition of the environment, notebooks never import it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient

from helpers.core import safe, stored

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "notebooks" / "source"
EDITIONS = {"learner": ROOT / "notebooks", "solutions": ROOT / "notebooks" / "solutions"}
CELL_SECONDS = 60
VEGA_LITE_VERSION = "5.8"  # the grammar of what is stored

_ANSWER = re.compile(r"^(\s*)([A-Za-z_]\w*)\s*=\s*(.+?)\s*#\s*SOLUTION\s*$")
_ONLY = {"<!-- solutions only -->": "solutions", "<!-- learners only -->": "learner"}


def sources() -> list[Path]:
    """The notebook sources, in course order."""
    return sorted(SOURCE.glob("[0-9][0-9]_*.md"))


def edition(path: Path, which: str) -> nbformat.NotebookNode:
    """One edition of a source, not yet run.

    Parameters
    ----------
    path : Path
        A file of `sources`.
    which : "learner" or "solutions"

    Raises
    ------
    ValueError
        Unknown edition, or marks out of place (file and cell named).
    """
    if which not in EDITIONS:
        raise ValueError(f"which = {which!r} is not one of {', '.join(EDITIONS)}.")
    read = jupytext.read(path, fmt="md:myst")
    cells = []
    for cell in read.cells:
        text = cell.source
        first, _, rest = text.partition("\n")
        if cell.cell_type == "markdown" and first.strip() in _ONLY:
            if _ONLY[first.strip()] != which:
                continue
            text = rest.strip("\n")
        if cell.cell_type == "markdown" and any(mark in text for mark in _ONLY):
            raise ValueError(
                f"{path.name}, cell {len(cells) + 1}: an edition mark must open its cell (put +++ before it)."
            )
        if cell.cell_type == "code":
            place = f"{path.name}, cell {len(cells) + 1}"
            text = "\n".join(_code(text.split("\n"), keep=which == "solutions", place=place))
        make = nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
        made = make(text, id=f"{path.stem[:2]}-{len(cells):03d}")
        kept = {key: value for key, value in cell.metadata.items() if key in ("tags", "jupyter")}
        made.metadata.update(kept)
        cells.append(made)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def _code(lines: list[str], *, keep: bool, place: str) -> Iterable[str]:
    hidden = False
    for line in lines:
        mark = line.strip()
        if mark == "# BEGIN SOLUTION":
            if hidden:
                raise ValueError(f"{place}: BEGIN SOLUTION inside another.")
            hidden = True
            if not keep:
                yield line.replace(mark, "# your code here")
        elif mark == "# END SOLUTION":
            if not hidden:
                raise ValueError(f"{place}: END SOLUTION without BEGIN.")
            hidden = False
        elif hidden:
            if keep:
                yield line
        elif found := _ANSWER.match(line):
            indent, name, expression = found.groups()
            yield f"{indent}{name} = {expression}" if keep else f"{indent}{name} = None  # your answer"
        else:
            yield line
    if hidden:
        raise ValueError(f"{place}: BEGIN SOLUTION without END.")


def run(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in a folder on a fresh kernel; returns it with outputs, free of anything that varies."""
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        record_timing=False,
    )
    client.execute()
    notebook.metadata.pop("widgets", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = nbformat.from_dict(stored.as_stored(cell.outputs, draw))
    return notebook


# What Vega writes on each mark for its own sake, and attributes that stand once on the whole picture instead.
_IDLE = re.compile(
    r' (?:aria-[a-z]+|role|class|pointer-events|font-family|stroke-linejoin|xmlns:xlink|version)="[^"]*"'
    r'| (?:opacity="1"|stroke-width="1"|stroke-dasharray="1,0"|stroke="none"|transform="translate\(0,0\)"'
    r'|font-weight="normal"|text-anchor="start"|aria-hidden="true")(?=[ />])'
)
# Places on the page, to a hundredth of a pixel: Vega writes sixteen figures.
_PLACES = re.compile(r' (?:d|transform|x[12]?|y[12]?|width|height|points)="[^"]*\d\.\d{3,}[^"]*"')
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")


def _short(number: re.Match[str]) -> str:
    """Two decimals at most, and no minus before nothing."""
    return f"{round(float(number[0]), 2) + 0.0:.2f}".rstrip("0").rstrip(".")


@cache
def _drawn(spec: str) -> str:
    import vl_convert

    from helpers.show import charts

    svg = _IDLE.sub("", vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE_VERSION))
    svg = _PLACES.sub(lambda place: _LONG.sub(_short, place[0]), svg)
    once = safe.html(
        ' font-family="{}" stroke-linejoin="round" role="img"><title>{}</title>',
        charts.FONT,
        json.loads(spec).get("description", "Chart"),
    )
    return svg.replace(">", once, 1)


def draw(spec: Mapping[str, Any]) -> str:
    """A Vega-Lite specification as SVG, named by its alt text, for readers and hosts that draw no Vega-Lite."""
    return _drawn(json.dumps(spec))


def target(path: Path, which: str) -> Path:
    """Where an edition of a source is stored."""
    return EDITIONS[which] / f"{path.stem}.ipynb"


def draw_picture() -> Path:
    """Draw the README's picture from the current data."""
    import vl_convert

    from helpers.core import data
    from helpers.timeline import figures

    chart = figures.gates_chart(data.load("gates"), data.load("events"), data.record_ends()["newest_event"])
    path = ROOT / "notebooks" / "images" / "gates.png"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(vl_convert.vegalite_to_png(chart.to_dict(), scale=1.5))
    return path


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build notebooks from notebooks/source.")
    parser.add_argument("names", nargs="*", help="sources to build, without .md (default: all)")
    parser.add_argument("--picture", action="store_true", help="draw the README's picture instead")
    given = parser.parse_args(arguments)
    os.environ["COURSE_CHECKS_CHARTS"] = "yes"  # every chart against its grammar, before it is stored
    os.environ["COURSE_RECORD"] = tempfile.mkdtemp(prefix="record-")  # the author's own opinions stay out
    if given.picture:
        print(f"drew {draw_picture().relative_to(ROOT)}")
        return 0
    names = given.names
    chosen = [p for p in sources() if not names or p.stem in names]
    if not chosen:
        print(f"No source of that name in {SOURCE.relative_to(ROOT)}.", file=sys.stderr)
        return 1
    for path in chosen:
        for which, folder in EDITIONS.items():
            folder.mkdir(exist_ok=True)
            notebook = run(edition(path, which), folder)
            nbformat.write(notebook, target(path, which))
            print(f"built {target(path, which).relative_to(ROOT)}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
