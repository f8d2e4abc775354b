"""The ready check of 00_start_here: versions, data date, and "ready" or what to fix.

It never raises: each part is looked at on its own, and a part that fails is one more thing to fix.
So nothing but the standard library is imported before the part that needs it.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path
from typing import Any

from helpers.core import safe

OLDEST_PYTHON = (3, 11)
IN_BROWSER = sys.platform == "emscripten"  # then JupyterLab is the page, no package beside the kernel
PACKAGES = (*(() if IN_BROWSER else ("jupyterlab",)), "ipywidgets", "pandas", "numpy", "altair", "anywidget")


def problems(folder: str | Path | None = None) -> list[str]:
    """What stands between this machine and the course; empty when all is well. Never raises.

    Parameters
    ----------
    folder : str or Path, optional
        Where the CSV files are; the course's own ``data/`` by default.

    Returns
    -------
    list of str
        Sentences that say what to do.
    """
    parts: dict[str, Callable[[], list[str]]] = {
        "Python": _python,
        "the packages": _packages,
        "the data files": lambda: _tables(folder),
        "the notebooks folder": _notebooks,
        "the charts": _charts,
    }
    found: list[str] = []
    for words, part in parts.items():
        try:
            found += part()
        except Exception as error:
            found.append(f"The check of {words} failed ({_told(error)}): run the set-up command of the README again.")
    return list(dict.fromkeys(found))  # a table that refers to a damaged one says the same


def _python() -> list[str]:
    if sys.version_info >= OLDEST_PYTHON:
        return []
    return [f"Python {platform.python_version()} is too old: the course needs 3.11 or newer."]


def _packages() -> list[str]:
    return [
        f"{package} is not installed: run the set-up command of the README again."
        for package in PACKAGES
        if _version(package) == "missing"
    ]


def _tables(folder: str | Path | None) -> list[str]:
    from helpers.core import data, tables

    found = []
    for table in tables.TABLES:
        try:
            if data.load(table, folder or data.FOLDER).empty:
                found.append(f"A data file is damaged: {table}.csv has no rows. Restore it with: git checkout data/")
        except data.DataFileError as error:
            found.append(f"A data file is damaged: {error} Restore it with: git checkout data/")
        except Exception as error:
            found.append(f"A data file is damaged: {table}.csv ({_told(error)}). Restore it with: git checkout data/")
    return found


def _notebooks() -> list[str]:
    from helpers.course import opinions

    if os.access(opinions.OPINIONS_FILE.parent, os.W_OK):
        return []
    return ["The notebooks folder is read-only: charts work, first opinions cannot be kept."]


def _charts() -> list[str]:
    from helpers.show import script

    script.prepare()
    return []


def facts(folder: str | Path | None = None) -> list[str]:
    """Versions, the ends of the record, and where charts take their script from. Never raises."""
    versions = ", ".join(f"{package} {_version(package)}" for package in PACKAGES)
    return [f"Python {platform.python_version()}; {versions}", _record(folder), _script()]


def _record(folder: str | Path | None) -> str:
    try:
        from helpers.core import data

        ends, events = data.record_ends(folder or data.FOLDER), len(data.load("events", folder or data.FOLDER))
    except Exception:
        return "Record: cannot be read"
    return (
        f"Record: {events} events; newest source {ends['newest_source']};"
        f" sources last looked for {ends['last_checked']}"
    )


def _script() -> str:
    try:
        from helpers.show import script

        kept = script.prepare()
    except Exception:
        return "Charts cannot be drawn"
    return (
        f"Charts draw without network: script {'from the cache' if kept else 'in memory (cache folder not writable)'}"
    )


class ReadyCheck:
    """The result as a box on the page; its text twin is one sentence that does not depend on versions.

    Attributes
    ----------
    problems : list of str
        As `problems` gives them.
    facts : list of str
        As `facts` gives them.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.problems = problems(folder)
        self.facts = facts(folder)

    def __repr__(self) -> str:
        return "Ready." if not self.problems else "Not ready yet: " + " ".join(self.problems)

    def page(self) -> str:
        """What the box shows, as HTML; no `_repr_html_`, which a notebook would store with its versions."""
        verdict = safe.html("<b>{}</b>", "Ready." if not self.problems else "Not ready yet.")
        return safe.html(
            "<div style='font-size:14px;line-height:1.5;color:var(--jp-ui-font-color1)'>{}</div>",
            safe.joined("<br>", [verdict, *self.problems, *self.facts]),
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """A widget, so that versions stay out of what a notebook stores; without ipywidgets, the page itself."""
        try:
            import ipywidgets

            self._box = ipywidgets.HTML(self.page())
            return {**self._box._repr_mimebundle_(), "text/plain": repr(self)}
        except Exception:
            return {"text/html": self.page(), "text/plain": repr(self)}


def _version(package: str) -> str:
    """The installed version, or "missing": neither its record nor its files alone make a package."""
    try:
        return (util.find_spec(package) and metadata.version(package)) or "missing"
    except Exception:
        return "missing"


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
