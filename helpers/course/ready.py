"""The ready check of 00_start_here: versions, data date, and "ready" or what to fix."""

from __future__ import annotations

import html
import os
import platform
import sys
from importlib import metadata

import ipywidgets as widgets

from helpers.core import data, tables
from helpers.course import opinions
from helpers.show import charts

OLDEST_PYTHON = (3, 11)
PACKAGES = ("jupyterlab", "ipywidgets", "pandas", "numpy", "altair", "anywidget")


def problems() -> list[str]:
    """What stands between this machine and the course; empty when all is well.

    Returns
    -------
    list of str
        Sentences that say what to do.
    """
    found = []
    if sys.version_info < OLDEST_PYTHON:
        found.append(f"Python {platform.python_version()} is too old: the course needs 3.11 or newer.")
    for package in PACKAGES:
        try:
            metadata.version(package)
        except metadata.PackageNotFoundError:
            found.append(f"{package} is not installed: run the set-up command of the README again.")
    for table in tables.TABLES:
        try:
            data.load(table)
        except data.DataFileError as error:
            found.append(f"A data file is damaged: {error} Restore it with: git checkout data/")
    if not os.access(opinions.OPINIONS_FILE.parent, os.W_OK):
        found.append("The notebooks folder is read-only: charts work, first opinions cannot be kept.")
    return found


class ReadyCheck(widgets.HTML):
    """The result as a box on the page; its text twin is one sentence that does not depend on versions."""

    def __init__(self) -> None:
        self.problems = problems()
        versions = ", ".join(f"{p} {_version(p)}" for p in PACKAGES)
        ends = data.record_ends()
        offline = "from the cache" if charts.prepare_offline_charts() else "in memory (cache folder not writable)"
        lines = [
            f"<b>{'Ready.' if not self.problems else 'Not ready yet.'}</b>",
            *(html.escape(p) for p in self.problems),
            f"Python {platform.python_version()}; {html.escape(versions)}",
            f"Record: {len(data.load('events'))} events; newest source {ends['newest_source']}; sources last looked for {ends['last_checked']}",
            f"Charts draw without network: script {offline}",
        ]
        super().__init__(
            "<div style='font-size:14px;line-height:1.5;color:var(--jp-ui-font-color1)'>"
            + "<br>".join(lines)
            + "</div>"
        )

    def __repr__(self) -> str:
        return "Ready." if not self.problems else "Not ready yet: " + " ".join(self.problems)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"
