"""Every panel fits: controls, sentence and chart in a window of 1366 by 768 with the file browser open."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

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


@pytest.mark.parametrize("name", [source.stem for source in authoring.sources()])
def test_every_panel_fits_names_its_sliders_and_starts_with_few_controls(address, page, name):
    window(page, 1366, 768)
    browser.open_notebook(page, address, f"notebooks/{name}.ipynb")
    assert page.find_element(By.CSS_SELECTOR, "#filebrowser").is_displayed()
    browser.run_all(page)
    for panel in browser.panels(page):
        browser.scroll_to(page, panel)  # cells are laid out as they come into sight
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
