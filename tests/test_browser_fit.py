"""Each notebook, opened and run once: every panel fits its window, axe finds nothing serious, and Tab goes through.

A window of 1366 by 768 with the file browser open. Axe (axe-core, https://github.com/dequelabs/axe-core) looks at what
the course puts on the page, in both themes.
"""

from __future__ import annotations

import time

import nbformat
import pytest
from axe_core_python.base import AXE_SCRIPT
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from helpers.course import authoring
from helpers.show.panel import MOST_AT_FIRST
from tests import browser

MEASURE = """
return [...document.querySelectorAll('.course-panel')].map(panel => {
  const top = panel.getBoundingClientRect().top;
  const chart = panel.querySelector('.vega-embed svg').getBoundingClientRect();
  const output = panel.closest('.jp-OutputArea-output');
  const sentence = panel.querySelector('[role=status]').textContent;
  const controls = [...panel.querySelectorAll('.course-control')].filter(c => c.getBoundingClientRect().height > 0);
  const unnamed = panel.querySelectorAll('[role=slider]:not([aria-label])').length;
  return [sentence, chart.bottom - top, output.scrollWidth - output.clientWidth, controls.length, unnamed];
})
"""


OURS = ".jp-OutputArea-output"
# Structure: names, roles, order, alt texts. Contrast is looked for by itself, since it takes the longest.
AXE = f"""
const done = arguments[arguments.length - 1];
const [kinds, contrast] = arguments;
axe.run({{include: [['{OURS}']]}}, {{
  runOnly: kinds, rules: {{'color-contrast': {{enabled: contrast}}}}, resultTypes: ['violations'], preload: false, elementRef: false,
}}).then(
  found => done(found.violations.filter(v => ['serious', 'critical'].includes(v.impact)).flatMap(
    v => v.nodes.map(n => `${{v.id}}: ${{n.html.slice(0, 160)}} ${{(n.failureSummary ?? '').slice(0, 200)}}`))),
  error => done([String(error)]),
);
"""
# What is in sight of a reader when its cell is: JupyterLab lays out cells as they come, and axe asks where things stand.
LAY_OUT = """
const style = document.createElement('style');
style.textContent = '.jp-Cell, .jp-Cell * { content-visibility: visible !important; }';
document.head.append(style);
"""
# JupyterLab's own parts, pictures (their texts stand on a white card) and closed folds are not what contrast is asked of.
ONLY_OURS = f"""
document.querySelectorAll(`#jp-top-panel, #jp-menu-panel, #jp-bottom-panel, .jp-SideBar, #jp-left-stack, #jp-right-stack,
  .jp-Toolbar, .jp-InputArea-editor > *, .jp-MarkdownOutput > *, {OURS} svg > *,
  {OURS} details:not([open]) > :not(summary)`).forEach(part => part.remove());
"""
STOPS = """
const [panel] = arguments;
const seen = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length && !e.disabled;
window.stops = [...panel.querySelectorAll('button, input, select, textarea, a[href], summary, [tabindex]')].filter(
  e => seen(e) && e.tabIndex >= 0);
if (!window.visited) document.addEventListener('focusin', event => window.visited.push(event.target));
document.activeElement.blur(); // Tab out of the part before may have led here
window.visited = [];
window.stops[0].focus();
return window.stops.length;
"""
VISITED = """
const names = e => e.ariaLabel || e.textContent.trim().slice(0, 30) || e.localName;
return [window.stops.map(names), window.visited.slice(0, window.stops.length).map(names),
  window.stops.every((stop, at) => window.visited[at] === stop), arguments[0].contains(document.activeElement)];
"""


@pytest.fixture(scope="module")
def address():
    with browser.lab() as where:
        yield where


@pytest.fixture(scope="module")
def page():
    with browser.chromium(1366, 768) as chromium:
        yield chromium


def window(page, width: int, height: int) -> None:
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


@pytest.fixture(scope="module", params=[source.stem for source in authoring.sources()])
def notebook(address, page, request):
    """The page with a notebook that has run, in the light theme; tests that leave it changed come last."""
    window(page, 1366, 768)
    browser.open_notebook(page, address, f"notebooks/{request.param}.ipynb")
    assert page.find_element(By.CSS_SELECTOR, "#filebrowser").is_displayed()
    browser.run_all(page)
    for panel in browser.panels(page):
        browser.scroll_to(page, panel)  # cells are laid out as they come into sight
    for boxes, at in enumerate(exercises(request.param), start=1):
        page.execute_script("window.jupyterapp.shell.currentWidget.content.scrollToItem(arguments[0])", at)
        browser.wait_for(page, f"return document.querySelectorAll('.course-answer').length >= {boxes}")
    return page


def exercises(name: str) -> list[int]:
    """Where the cells stand that show a box to answer in: each checks the exercise before it."""
    cells = nbformat.read(browser.ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    return [at + 1 for at, cell in enumerate(cells) if "exercise" in cell.metadata.get("tags", [])]


def test_every_panel_fits_names_its_sliders_and_starts_with_few_controls(notebook):
    page = notebook
    window(page, 1366, 768)
    room = page.execute_script("return document.querySelector('.jp-WindowedPanel-outer').clientHeight")
    faults = []
    for sentence, height, sideways, controls, unnamed in page.execute_script(MEASURE):
        if height > room:
            faults.append(f"{height:.0f} px of {room}: {sentence}")
        if sideways > 0:
            faults.append(f"{sideways} px sideways at 1366: {sentence}")
        if controls > MOST_AT_FIRST or unnamed:
            faults.append(f"{controls} controls at first, {unnamed} sliders without a name: {sentence}")
    window(page, 1250, 768)
    faults += [f"{row[2]} px sideways at 1250: {row[0]}" for row in page.execute_script(MEASURE) if row[2] > 0]
    assert faults == []


def test_tab_goes_through_every_panel_and_every_answer_box_and_out_again(notebook):
    notebook.execute_script(LAY_OUT)
    parts = notebook.find_elements(By.CSS_SELECTOR, ".course-panel, .course-answer")
    assert len(parts) > len(browser.panels(notebook)) > 0
    for part in parts:
        browser.scroll_to(notebook, part)
        tabs = ActionChains(notebook)
        for _ in range(notebook.execute_script(STOPS, part)):
            tabs.send_keys(Keys.TAB)
        tabs.perform()
        expected, visited, same, held = notebook.execute_script(VISITED, part)
        assert same and not held, (expected, visited)


def test_axe_finds_nothing_serious_in_either_theme(notebook):
    notebook.execute_script(LAY_OUT)
    notebook.execute_script(AXE_SCRIPT)
    assert notebook.execute_async_script(AXE, ["wcag2a", "wcag2aa", "best-practice"], False) == []
    notebook.execute_script(ONLY_OURS)
    for theme in ("JupyterLab Dark", "JupyterLab Light"):
        notebook.execute_script(
            "window.jupyterapp.commands.execute('apputils:change-theme', {theme: arguments[0]})", theme
        )
        browser.wait_for(notebook, f"return document.body.dataset.jpThemeName === '{theme}'")
        time.sleep(0.3)  # colours fade over
        assert notebook.execute_async_script(AXE, ["color-contrast"], True) == [], theme
