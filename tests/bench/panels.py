"""Panel latency in Chromium: from the time stamp of a real key press on a slider to the first frame after the last
change of the drawing that it caused. The same rows are drawn by our panel and by the usual practice (an Altair
chart shown again in an Output widget), in one session.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from pathlib import Path

import nbformat
from selenium.webdriver.common.keys import Keys

from helpers.course import authoring
from tests import browser

ROWS = 300

OURS = f"""
import numpy as np
from helpers.show import charts
from helpers.show.panel import Number, Panel, State

def wave(frequency):
    x = np.linspace(0, 10, {ROWS})
    rows = [{{"x": float(a), "y": float(b)}} for a, b in zip(x, np.sin(x * frequency / 20))]
    return State(rows, f"At frequency {{frequency:g}} the wave has {{frequency * 10 / 20 / 6.283:.1f}} turns.")

from helpers.show.charts import alt
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
                    handles = panel.find_elements("css selector", ".noUi-handle")  # some wait behind "More controls"
                    for handle in [h for h in handles if h.is_displayed()][:1]:
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
