"""Measure what the course promises: ``make bench`` prints it and writes tests/benchmark.md.

One section: ``make bench ARGS="--only hub"``, with crowds of your choice: ``ARGS="--only hub --hub 5"``.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient

from helpers.course import authoring
from tests.bench import hub, learners, models, panels

ROOT = authoring.ROOT


def notebooks() -> list[tuple[str, str]]:
    """Seconds to run each notebook, kernel start included, and the kernel's peak memory."""
    rows, total = [], 0.0
    for source in authoring.sources():
        for which in authoring.EDITIONS:
            path = authoring.target(source, which)
            notebook = nbformat.read(path, as_version=4)
            notebook.cells.append(
                nbformat.v4.new_code_cell(
                    "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
                )
            )
            start = time.perf_counter()
            NotebookClient(
                notebook, timeout=60, resources={"metadata": {"path": str(path.parent)}}, store_widget_state=False
            ).execute()
            took = time.perf_counter() - start
            total += took
            peak = notebook.cells[-1].outputs[0].text.strip()
            rows.append(
                (
                    f"Run {path.relative_to(ROOT)}",
                    f"{took:.1f} s, kernel peak {peak} MB, file {path.stat().st_size // 1000} kB",
                )
            )
    return [*rows, ("Run the collection", f"{total:.1f} s")]


def setup(with_cold: bool) -> list[tuple[str, str]]:
    """Size of the environment; cold and warm set-up in a copy of the tracked files."""
    size = subprocess.run(["du", "-sm", sys.prefix], capture_output=True, text=True).stdout.split()
    rows = [("Environment with the test tools", f"{size[0]} MB" if size else "du not found")]
    if not with_cold:
        return rows
    folder = Path(tempfile.mkdtemp(prefix="setup-"))
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PIP_NO_CACHE_DIR": "1"}
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "clone")], check=True)
        for name in ("cold, nothing cached", "warm"):
            start = time.perf_counter()
            done = subprocess.run(
                [getattr(sys, "_base_executable", sys.executable), "bootstrap.py", "lab", "--version"],
                cwd=folder / "clone",
                env=environment,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise SystemExit(f"set-up failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
            rows.append((f"Set-up for make lab, {name}", f"{time.perf_counter() - start:.1f} s"))
        size = subprocess.run(
            ["du", "-sm", str(folder / "clone" / ".venv")], capture_output=True, text=True
        ).stdout.split()
        rows.append(("Environment for make lab", f"{size[0]} MB"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return rows


def _panels(given: argparse.Namespace) -> list[tuple[str, str]]:
    return [*panels.panel_latency(given.moves), *panels.course_panels(given.moves // 5)]


def _models(given: argparse.Namespace) -> list[tuple[str, str]]:
    return [
        *models.imports(5),
        *models.door(5),
        *models.tables_read(5),
        *models.classifier(5),
        *models.serving_surface(5),
        *models.trade_surface(5),
        *models.timing_models(3),
        *models.wafer_models(5),
        *models.market_surfaces(5),
        *models.model_counts(5),
        *models.compute_gap(3),
        *models.memory_balance(5),
    ]


# A name for `--only`, and what measures the section.
SECTIONS = {
    "panels": _panels,
    "models": _models,
    "cost": lambda given: learners.cost(3),
    "learners": lambda given: learners.at_once((5, 20, 60)),
    "hub": lambda given: hub.at_once(given.hub),
    "notebooks": lambda given: notebooks(),
    "setup": lambda given: setup(not given.no_cold),
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the course and write tests/benchmark.md.")
    parser.add_argument("--moves", type=int, default=60, help="slider moves for each way (default 60)")
    parser.add_argument(
        "--no-cold", action="store_true", help="leave out the cold set-up, which installs everything again"
    )
    parser.add_argument("--only", nargs="+", choices=SECTIONS, help="print these sections, and write no file")
    parser.add_argument(
        "--hub", nargs="+", type=int, default=(5, 20, 40), metavar="LEARNERS", help="crowds on a hub (default 5 20 40)"
    )
    given = parser.parse_args()
    machine = f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    rows = [row for name in given.only or SECTIONS for row in SECTIONS[name](given)]
    lines = [f"# Benchmark of {date.today().isoformat()}", "", machine, "", "| What | Measured |", "|---|---|"]
    lines += [f"| {what} | {measured} |" for what, measured in rows]
    text = "\n".join(lines) + "\n"
    print(text)
    if not given.only:
        (ROOT / "tests" / "benchmark.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
