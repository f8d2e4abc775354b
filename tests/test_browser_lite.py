"""The browser edition as its readers have it: from a plain server of files, offline, with a kernel in the page."""

from __future__ import annotations

import time

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from helpers.course.lite import building
from tests import browser, lite

# The first has the ready check and forms that keep something; the second draws defects (whole numbers of 64 bits).
NAMES = ["00_start_here", "20_dies_and_yield"]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    try:
        made = lite.edition(tmp_path_factory.mktemp("lite") / "edition")
    except ValueError as error:
        pytest.fail(
            f"{error} This test needs files of Pyodide, which `make test` fetches into {building.FETCHED}"
            " (with words that choose tests it does not). Where no registry has them, this edition is not proved."
        )
    with lite.served(made) as where:
        yield where


@pytest.fixture(scope="module")
def page():
    with browser.chromium() as chromium:
        chromium.set_script_timeout(400)
        yield chromium


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_offline_with_the_stored_outputs_and_a_panel_answers(address, page, name):
    assert lite.run(page, address, name) == []
    panel, handle = slider(page)
    before = said(page, panel)
    ActionChains(page).drag_and_drop_by_offset(handle, 40, 0).perform()
    browser.wait_until(lambda: said(page, panel) != before, 60)
    page.execute_script("arguments[0].focus()", handle)
    for key in (Keys.ARROW_LEFT, Keys.ARROW_UP):
        at, active = page.execute_script(VALUE), page.execute_script(ACTIVE)
        ActionChains(page).send_keys(key).perform()
        browser.wait_until(lambda at=at: page.execute_script(VALUE) not in (at, None), 60)
        assert page.execute_script(ACTIVE) == active, "the key moved the notebook's selection"
    refused = [line["message"] for line in page.get_log("browser") if "Content Security Policy" in line["message"]]
    assert refused == [], "something outside this edition was asked for"


VALUE = "return document.activeElement.ariaValueNow"
ACTIVE = "return window.jupyterapp.shell.currentWidget.content.activeCellIndex"


def slider(page):
    """The first panel with a slider, brought into sight by the notebook's own scrolling, and its handle."""
    page.execute_async_script("""
    const done = arguments[0], notebook = window.jupyterapp.shell.currentWidget.content;
    const at = notebook.widgets.findIndex(cell => cell.node.querySelector('.course-panel .noUi-handle'));
    notebook.activeCellIndex = at;
    notebook.scrollToItem(at, 'start').then(() => done(at), error => done(String(error)));
    """)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for panel in browser.panels(page):
            for handle in panel.find_elements(By.CSS_SELECTOR, ".noUi-handle"):
                if handle.is_displayed():
                    browser.scroll_to(page, handle)
                    return panel, handle
        time.sleep(0.2)
    raise AssertionError("no panel shows a slider")


def said(page, panel) -> str:
    """In one go: an answer replaces the element that says it."""
    return page.execute_script("return arguments[0].querySelector('[role=status]').textContent.trim()", panel)
