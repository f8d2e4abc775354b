"""The course on its first page: the chain as a table, the notebooks with their minutes, and the routes through them."""

from __future__ import annotations

import pandas as pd

from helpers.claims import studies
from helpers.core import data
from helpers.core.safe import as_markdown
from helpers.core.words import counted
from helpers.show import page


def chain_table() -> page.Folded:
    """The stations with their words, claims and notebooks, behind one line."""
    rows = {
        station.name: {
            "Words": ", ".join(term for term, _ in station.words),
            "Claims": " ".join(station.all_claims()),
            "Notebooks": ", ".join(station.all_notebooks()),
        }
        for station in studies.stations().values()
    }
    return _folded(
        rows, "Station", "Stations, with the claims at the gates before them", "All stations without a kernel"
    )


def gates_table() -> page.Folded:
    """The gates with what their one word leaves out, and their sources, behind one line."""
    sources = data.load("sources").set_index("source_id")
    rows = {
        f"{gate.government}: {gate.goods}": {
            "State": gate.state,
            "What the word leaves out": gate.note,
            "Confidence": gate.confidence,
            "Sources": "; ".join(
                f"{sources.loc[key, 'publisher']}, {sources.loc[key, 'published']}" for key in gate.sources
            ),  # fmt: skip
        }
        for gate in studies.gates()
    }
    return _folded(rows, "Gate", "Gates at the end of the record", "How sure is each gate?")


def course_table() -> page.Folded:
    """The notebooks of this edition with question and minutes, behind one line."""
    course = data.load("course_map").query("edition == 'here'").set_index("notebook")
    shown = course[["question", "minutes"]].astype({"minutes": int})
    shown.columns = ["Question", "Minutes, with exercises"]
    return page.folded(page.table(shown.rename_axis("Notebook"), "The course"), f"All {len(shown)} notebooks")


def routes() -> page.Reading:
    """Ways through the course, a line each, with links and hours."""
    lines = []
    for route in studies.routes():
        links = ", ".join(f"[{name[:2]}]({name}.ipynb)" for name, _ in route.notebooks)
        said = as_markdown(f"{route.reader}: {route.why}.")
        lines.append(f"- {said} {links}. About {counted(round(route.hours()), 'hour')} with exercises.")
    return page.Reading("\n".join(lines))


def _folded(rows: dict[str, dict[str, str]], first: str, caption: str, line: str) -> page.Folded:
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis(first)
    return page.folded(page.table(frame, caption), line)
