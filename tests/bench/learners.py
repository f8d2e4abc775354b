"""What a learner costs: processor time of a run and of a panel, and many learners at once on one real server."""

from __future__ import annotations

import asyncio
import json
import os
import runpy
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import nbformat
import psutil
from nbclient import NotebookClient
from tornado.httpclient import AsyncHTTPClient
from traitlets.config import Config

from helpers.course import authoring
from tests import browser
from tests.learner import code, learner

BARE = ["import pandas, numpy, ipywidgets\nfrom helpers.show import charts"]  # Altair the fast way


def _processor_seconds(cells: Sequence[str]) -> float:
    """User and system seconds of a fresh kernel that runs these cells; it may keep compiled modules, as a learner's does."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    folder = str(authoring.ROOT / "notebooks")
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": folder}}, store_widget_state=False)
    with client.setup_kernel(env=_kernel_environment()):
        kernel = psutil.Process(client.km.provisioner.process.pid)
        for at, cell in enumerate(notebook.cells):
            client.execute_cell(cell, at)
        times = kernel.cpu_times()
    return times.user + times.system


def _kernel_environment() -> dict[str, str]:
    """Of a kernel that the course's own server starts: its settings are run, and what they set is passed on."""
    with mock.patch.dict(os.environ):
        runpy.run_path(str(authoring.ROOT / "jupyter_server_config.py"), {"get_config": Config})
        return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cost(runs: int) -> list[tuple[str, str]]:
    """Processor seconds of Run All against a bare kernel, and milliseconds to make a panel."""
    for source in authoring.sources():  # compiles the helpers, once
        _processor_seconds([cell for cell in code(authoring.target(source, "learner")) if "import" in cell][:1])
    bare = statistics.median(_processor_seconds(BARE) for _ in range(runs))
    rows = [
        (f"Bare kernel with pandas, Altair and ipywidgets ({runs} runs, medians from here)", f"{bare:.2f} processor s")
    ]
    worst = 0.0
    for source in authoring.sources():
        cells = code(authoring.target(source, "learner"))
        took = statistics.median(_processor_seconds(cells) for _ in range(runs))
        worst = max(worst, took / bare)
        rows.append((f"Run All of {source.stem}", f"{took:.2f} processor s, {took / bare:.1f} times the bare kernel"))
    rows.append(("Dearest notebook against the bare kernel (target 2)", f"{worst:.1f} times"))
    return [*rows, *_panels(runs)]


def _panels(runs: int) -> list[tuple[str, str]]:
    code = (
        "import json, time; from tests.catalogue import PANELS\n"
        "made = {name: make() for name, make in PANELS.items()}\n"
        "for panel in made.values(): panel._repr_mimebundle_()\n"  # tables read, studies made
        "def timed(act):\n"
        "    start = time.process_time(); act(); return 1e3 * (time.process_time() - start)\n"
        "print(json.dumps([{name: timed(lambda: make()._repr_mimebundle_()) for name, make in PANELS.items()},\n"
        "                  {name: timed(lambda: panel.answer(panel.defaults())) for name, panel in made.items()}]))"
    )
    each = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", code],
                capture_output=True,
                text=True,
                check=True,
                cwd=authoring.ROOT,
                env=_kernel_environment(),
            ).stdout
        )
        for _ in range(runs)
    ]
    rows = []
    for at, what in enumerate(
        ("Making each of {} panels as a learner's kernel shows it, tables read and studies made before (target 60)", "Answering in each of {} panels, not drawn")
    ):  # fmt: skip
        medians = {name: statistics.median(run[at][name] for run in each) for name in each[0][at]}
        dearest = max(medians, key=medians.get)
        rows.append(
            (
                what.format(len(medians)),
                f"median {statistics.median(medians.values()):.0f} processor ms, dearest {medians[dearest]:.0f} ({dearest})",
            )
        )
    return rows


def at_once(crowds: Sequence[int], name: str = "10_timeline") -> list[tuple[str, str]]:
    """Seconds until all learners of a crowd have run a notebook at once, failures, and memory at the peak."""
    AsyncHTTPClient.configure(None, max_clients=200)
    cells = code(authoring.EDITIONS["learner"] / f"{name}.ipynb")
    rows, folder = [], Path(tempfile.mkdtemp(prefix="learners-"))
    try:
        for crowd in crowds:
            with browser.lab(folder) as address:

                async def everybody(address: str = address, crowd: int = crowd) -> tuple[list[str | None], int]:
                    tasks = [
                        asyncio.create_task(learner(address, f"learner-{n}.ipynb", browser.TOKEN, cells))
                        for n in range(crowd)
                    ]
                    peak = 0
                    while not all(task.done() for task in tasks):
                        peak = max(peak, psutil.virtual_memory().used)
                        await asyncio.sleep(0.5)
                    return [task.exception() and repr(task.exception()) or task.result() for task in tasks], peak

                before, start = psutil.virtual_memory().used, time.perf_counter()
                ends, peak = asyncio.run(everybody())
                took = time.perf_counter() - start
            failed = [end for end in ends if end]
            words = f"{took:.0f} s, {len(failed)} failed{f' ({failed[0]})' if failed else ''}, {(peak - before) / 2**20 / crowd:.0f} MB each"
            rows.append((f"{crowd} learners at once run {name} on this machine", words))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return rows
