"""Measure what the course promises: ``make bench`` prints it and writes tests/benchmark.md.

Panel latency is taken in Chromium: from the time stamp of a real key press on a slider to the
first frame after the last change of the drawing that it caused. The same rows are drawn by our
panel and by the usual practice (an Altair chart shown again in an Output widget), in one session.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import nbformat
import psutil
from nbclient import NotebookClient
from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from helpers import authoring  # noqa: E402
from tests import browser  # noqa: E402

ROWS = 300
OURS = f"""
import numpy as np
from helpers.show import charts
from helpers.show.panel import Number, Panel, State

def wave(frequency):
    x = np.linspace(0, 10, {ROWS})
    rows = [{{"x": float(a), "y": float(b)}} for a, b in zip(x, np.sin(x * frequency / 20))]
    return State(rows, f"At frequency {{frequency:g}} the wave has {{frequency * 10 / 20 / 6.283:.1f}} turns.")

import altair as alt
y = alt.Y("y:Q", scale=alt.Scale(domain=[-1, 1]))
chart = charts.live("x", "y").mark_line().encode(x="x:Q", y=y).properties(width=600, height=300)
Panel("Wave", [Number("frequency", "Frequency", "per 20", 0, 100, 20, 1)], wave, chart)
"""
USUAL = f"""
import altair as alt, ipywidgets as widgets, numpy as np, pandas as pd
from IPython.display import clear_output, display
from helpers.show import charts

def wave(frequency):
    x = np.linspace(0, 10, {ROWS})
    y = alt.Y("y:Q", scale=alt.Scale(domain=[-1, 1]))
    frame = pd.DataFrame({{"x": x, "y": np.sin(x * frequency / 20)}})
    return alt.Chart(frame).mark_line().encode(x="x:Q", y=y).properties(width=600, height=300)

slider, out = widgets.FloatSlider(value=20, min=0, max=100, step=1), widgets.Output()
def update(change):
    with out:
        clear_output(wait=True)
        display(wave(slider.value))
slider.observe(update, "value")
display(slider, out)
update(None)
"""
PROBE = """
window.pressed = null; window.painted = null;
document.addEventListener('keydown', e => { window.pressed = e.timeStamp; window.painted = null; }, true);
new MutationObserver(records => {
  const drawn = r => {
    const e = r.target.nodeType === 1 ? r.target : r.target.parentElement;
    return e && (e.closest('svg.marks') || e.querySelector(':scope svg.marks')) && !e.closest('.widget-slider');
  };
  if (!records.some(drawn)) return;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { window.painted = performance.now(); };
    channel.port2.postMessage(0);
  });
}).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
"""


def panel_latency(moves: int) -> list[tuple[str, str]]:
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    ways = {"ours": OURS, "usual practice": USUAL}
    try:
        for name, code in ways.items():
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
            notebook.metadata = authoring.edition(authoring.sources()[0], "learner").metadata
            nbformat.write(notebook, folder / f"{name}.ipynb")
        taken: dict[str, list[float]] = {name: [] for name in ways}
        with browser.lab(folder) as address:
            for name in [*ways, *ways]:  # twice, in turn, so that a slow spell hits both
                with browser.chromium() as page:
                    browser.open_notebook(page, address, f"{name}.ipynb")
                    browser.run_all(page)
                    handle = browser.wait_for(page, "return document.querySelector('.noUi-handle')", 30)
                    browser.wait_for(page, "return document.querySelector('svg.marks')", 30)
                    page.execute_script(PROBE)
                    time.sleep(1)
                    taken[name] += _answers(page, handle, moves // 2)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rows = [(f"Panel answer, {ROWS} rows, {name} ({len(v)} moves)", _spread(v)) for name, v in taken.items()]
    ratio = statistics.median(taken["usual practice"]) / statistics.median(taken["ours"])
    rows.append(("Usual practice against ours, medians", f"{ratio:.1f} times"))
    return rows


def _answers(page, handle, moves: int) -> list[float]:
    """Milliseconds from key press to painted frame, for each move of a slider that changes the drawing."""
    taken = []
    for move in range(moves + 3):
        handle.send_keys(Keys.ARROW_LEFT if move % 10 >= 5 else Keys.ARROW_RIGHT)  # to and fro, off the ends
        time.sleep(0.45)
        value = page.execute_script("return window.painted && window.painted - window.pressed")
        if value and move >= 3:  # the first moves warm up
            taken.append(value)
    return taken


def _spread(values: list[float]) -> str:
    values = sorted(values)
    p95 = values[round(0.95 * (len(values) - 1))]
    return f"median {statistics.median(values):.0f} ms, 95th percentile {p95:.0f} ms"


def course_panels(moves: int) -> list[tuple[str, str]]:
    """Answer time of the first slider of every panel of the course, in its notebook."""
    rows = []
    with browser.lab() as address:
        for source in authoring.sources():
            taken: dict[str, list[float]] = {}
            with browser.chromium() as page:
                browser.open_notebook(page, address, f"notebooks/{source.stem}.ipynb")
                browser.run_all(page)
                page.execute_script(PROBE)
                for number, panel in enumerate(browser.panels(page), 1):
                    browser.scroll_to(page, panel)
                    for handle in panel.find_elements("css selector", ".noUi-handle")[:1]:
                        time.sleep(0.5)
                        taken[f"panel {number}"] = _answers(page, handle, moves)
            medians = {name: statistics.median(values) for name, values in taken.items() if values}
            if medians:
                slowest = max(medians, key=medians.get)
                rows.append(
                    (
                        f"Panel answer in {source.stem} (panels with a slider: {len(medians)})",
                        f"{_spread(sum(taken.values(), []))}; slowest is {slowest}, median {medians[slowest]:.0f} ms",
                    )
                )
    return rows


def imports(runs: int) -> list[tuple[str, str]]:
    """Seconds that the helpers add beyond pandas and Altair."""
    modules = ", ".join(
        ".".join(p.relative_to(ROOT).with_suffix("").parts)
        for p in sorted((ROOT / "helpers").rglob("[a-z]*.py"))
        if p.stem != "authoring"
    )
    code = (
        "import time; a = time.perf_counter(); import pandas; b = time.perf_counter(); import helpers.show.charts;"
        f" c = time.perf_counter(); import {modules}; d = time.perf_counter(); print(b - a, c - b, d - c)"
    )
    plain = "import time; import pandas; a = time.perf_counter(); import altair; print(time.perf_counter() - a)"
    ours = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    altair = [float(_python(plain)) for _ in range(runs)]
    pandas_s, charts_s, rest_s = (statistics.median(column) for column in zip(*ours))
    return [
        (f"Import pandas ({runs} runs, medians from here)", f"{pandas_s:.2f} s"),
        ("Import Altair by itself, after pandas", f"{statistics.median(altair):.2f} s"),
        ("Import helpers.show.charts (Altair without its web-address grammar)", f"{charts_s:.2f} s"),
        ("Import all other helpers, beyond pandas and Altair", f"{rest_s:.2f} s"),
    ]


def _python(code: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def classifier(runs: int) -> list[tuple[str, str]]:
    """Answers a second of the rule classifier, and the grid of all chips over the months of 2022 to 2026."""
    code = (
        "import time; from helpers.rules import model as rules; rules.classify('H20', '2025-05-01', 'China'); a = time.perf_counter();"
        " [rules.classify(c, d, 'China') for c in ('H100', 'A800', 'H20', 'RTX 4090', 'Ascend 910B')"
        " for d in ('2022-09-01', '2023-06-01', '2024-06-01', '2025-06-01', '2026-06-01')];"
        " b = time.perf_counter(); grid = rules.classify_all(); c = time.perf_counter(); rules.classify_all();"
        " d = time.perf_counter(); print(25 / (b - a), c - b, d - c, len(grid))"
    )
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    rate, first, again, cells = (statistics.median(column) for column in zip(*values))
    return [
        (f"Rule classifier, one question at a time ({runs} runs)", f"{rate:,.0f} answers a second"),
        (f"Rule classifier, grid of {cells:,.0f} chip-months", f"{first:.2f} s the first time, {again:.2f} s again"),
    ]


def model_counts(runs: int) -> list[tuple[str, str]]:
    """Cache and arithmetic of all language models at 1,000 contexts, and what importing the models' modules adds.

    The shape of DeepSeek-V4.1-Flash is not published; of its cache the table has one figure, and of its arithmetic none.
    """
    code = (
        "import time; from helpers.core import data, limits; import numpy; a = time.perf_counter();"
        " from helpers.llm import model as llm; from helpers.training import model as training;"
        " from helpers.serving import model as serving; from helpers.progress import model as progress; b = time.perf_counter();"
        " names = [n for n in llm.models() if llm.model(n).attention]; contexts = numpy.geomspace(1, 1e6, 1000); c = time.perf_counter();"
        " [(llm.kv_bytes(n, contexts), llm.flops_per_token(n, contexts)) for n in names];"
        " d = time.perf_counter(); print(b - a, d - c, len(names), len(llm.models()))"
    )
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    imported, counted, models, all_models = (statistics.median(column) for column in zip(*values))
    return [
        (f"Import llm, training, serving and progress, beyond data ({runs} runs)", f"{imported:.3f} s"),
        (
            f"Cache and arithmetic at 1,000 contexts of the {models:.0f} models of {all_models:.0f} whose shape is published",
            f"{1000 * counted:.0f} ms",
        ),
    ]


def wafer_models(runs: int) -> list[tuple[str, str]]:
    """Exact placement, die costs in closed form against the obvious loop, and simulated package costs."""
    code = """
import math, resource, time
import numpy as np
from helpers.core import chance
from helpers.wafers import model as wafers
from helpers.wafers.model.dies import _best_grid

def seconds(task):
    start = time.perf_counter(); task(); return time.perf_counter() - start

def place(width, height):
    def cold():
        _best_grid.cache_clear(); wafers.exact_dies(width, height)
    return min(seconds(cold) for _ in range(5))

rng = np.random.default_rng(1)
area, d0 = rng.uniform(50, 850, 10_000), rng.uniform(0.05, 0.4, 10_000)

def loop():
    costs = []
    for s, d in zip(area.tolist(), d0.tolist()):
        dies = math.pi * 150**2 / s - math.pi * 300 / math.sqrt(2 * s)
        costs.append(14_000 / (dies * (1 + d * s / 100 / 3) ** -3))
    return costs

def one_by_one():
    return [float(wafers.die_cost(s, 14_000, d).known_good_usd) for s, d in zip(area[:1000].tolist(), d0[:1000].tolist())]

ends = {"d0_per_cm2": (0.1, 0.16, 0.37), "wafer_usd": (13_084, 14_000, 15_000), "hbm_usd": (100, 200, 400),
        "bond_yield": (0.9, 0.97, 0.99), "interposer_usd": (300, 500, 750)}
def package(**drawn):
    return wafers.accelerator_cost(665.61, dies=2, stacks=8, **drawn).total_usd

assert np.allclose(loop(), wafers.die_cost(area, 14_000, d0).known_good_usd)
together = min(seconds(lambda: wafers.die_cost(area, 14_000, d0)) for _ in range(5))
print(place(21.32, 31.22), place(5, 5), place(1, 1), together, min(seconds(loop) for _ in range(3)), 10 * seconds(one_by_one),
      seconds(lambda: chance.simulate(package, ends, 100_000)), seconds(lambda: chance.simulate(package, ends, 1_000_000)),
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    place, five, one, together, loop, one_by_one, small, large, memory = (
        statistics.median(column) for column in zip(*values)
    )
    return [
        (
            f"Exact placement of one die, nothing cached ({runs} runs)",
            f"{1000 * place:.1f} ms for 21.32 x 31.22 mm, {1000 * five:.1f} ms for 5 x 5 mm, {1000 * one:.1f} ms for 1 x 1 mm",
        ),
        ("10,000 die costs, closed form, as arrays", f"{1000 * together:.2f} ms"),
        ("The same in a plain Python loop", f"{1000 * loop:.1f} ms, {loop / together:.0f} times as long"),
        ("The same, our function called die by die", f"{1000 * one_by_one:.0f} ms, {one_by_one / together:.0f} times"),
        ("100,000 simulated package costs", f"{1000 * small:.0f} ms"),
        ("1,000,000 simulated package costs", f"{large:.2f} s, peak of the process {memory:.0f} MB"),
    ]


def serving_surface(runs: int) -> list[tuple[str, str]]:
    """Milliseconds of the serving roofline over 100 batches by 100 contexts."""
    code = (
        "import time; import numpy as np; from helpers.serving import model as serving; b = np.geomspace(1, 1024, 100)[:, None];"
        " c = np.geomspace(512, 1e6, 100); f = lambda: serving.decode('DeepSeek-V3', 'H800', b, c, 144, network_gb_s='own');"
        " f(); t = time.perf_counter(); f().tokens_per_s; print(1e3 * (time.perf_counter() - t))"
    )
    taken = statistics.median(float(_python(code)) for _ in range(runs))
    return [(f"Serving roofline, 100 batches by 100 contexts ({runs} runs)", f"{taken:.1f} ms")]


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


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the course and write tests/benchmark.md.")
    parser.add_argument("--moves", type=int, default=60, help="slider moves for each way (default 60)")
    parser.add_argument(
        "--no-cold", action="store_true", help="leave out the cold set-up, which installs everything again"
    )
    given = parser.parse_args()
    machine = f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    rows = [
        *panel_latency(given.moves),
        *course_panels(given.moves // 5),
        *imports(5),
        *classifier(5),
        *serving_surface(5),
        *wafer_models(5),
        *model_counts(5),
        *notebooks(),
        *setup(not given.no_cold),
    ]
    lines = [f"# Benchmark of {date.today().isoformat()}", "", machine, "", "| What | Measured |", "|---|---|"]
    lines += [f"| {what} | {measured} |" for what, measured in rows]
    text = "\n".join(lines) + "\n"
    print(text)
    (ROOT / "tests" / "benchmark.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
