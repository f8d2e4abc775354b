"""What a notebook shows before it runs, after a save, at the next opening, and after its kernel has restarted."""

from __future__ import annotations

import json
import shutil
import time

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from helpers.core import stored
from helpers.course import authoring
from tests import browser

ROOT = authoring.ROOT
NAMES = [source.stem for source in authoring.sources()]
SAMPLE = "22_without_euv"  # has a storyboard

SCROLL = "const s = document.querySelector('.jp-WindowedPanel-outer'); s.scrollTop = arguments[0]; return [s.scrollTop, s.scrollHeight, s.clientHeight]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of the notebooks, for a reader to change."""
    root = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns("my_*", "*checkpoints"))
    return root


@pytest.fixture(scope="module")
def address(folder):
    with browser.lab(folder) as where:
        yield where


@pytest.fixture(scope="module")
def page():
    with browser.chromium() as chromium:
        yield chromium


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def pictures_of(notebook) -> int:
    return sum(stored.VEGA_LITE in o.get("data", {}) for c in notebook["cells"] for o in c.get("outputs", ()))


def seen_pictures(page) -> int:
    """Cells are laid out as they come into sight: look at the whole page, and count what was drawn."""
    seen: dict[str, int] = {}
    top = 0
    for _ in range(80):
        _, height, window = page.execute_script(SCROLL, top)
        time.sleep(0.25)
        for cell, count in page.execute_script(
            "return [...document.querySelectorAll('.jp-Cell')].map(c => [c.dataset.windowedListIndex ?? c.id,"
            " [...c.querySelectorAll('.jp-OutputArea-output')].filter(e => e.querySelector('.vega-embed svg')).length])"
        ):
            seen[cell] = max(seen.get(cell, 0), count)
        if top + window >= height:
            break
        top += window - 100
    return sum(seen.values())


def save(page, path):
    """Save as the menu does, and wait until the file is written or the page says it is clean."""
    page.execute_script(
        "window.saved = false; window.jupyterapp.shell.currentWidget.context.save().then(() => window.saved = true)"
    )
    browser.wait_for(page, "return window.saved", 60)


@pytest.mark.parametrize("name", NAMES)
def test_every_panel_stores_its_picture_its_sentence_and_no_widget(name):
    for which in authoring.EDITIONS.values():
        notebook = read(which / f"{name}.ipynb")
        outputs = [o for c in notebook["cells"] for o in c.get("outputs", ())]
        mimes = [set(o.get("data", {})) for o in outputs]
        assert not any(m & {stored.WIDGET, stored.TWIN} for m in mimes)
        assert all(stored.SVG in m for m in mimes if stored.VEGA_LITE in m), (
            "a picture for hosts that draw no Vega-Lite"
        )
        panels = sum("course-panel" in str(o) or stored.RUN in str(o.get("data", {}).get(stored.HTML)) for o in outputs)
        assert panels >= browser.least_panels(name)
        for output in outputs:
            for digest, source in stored._STILL.findall("".join(output.get("data", {}).get(stored.HTML, ""))):
                assert source, f"still {digest} has no picture"


def test_a_page_draws_before_anything_runs(address, folder, page):
    for name in ("20_dies_and_yield", SAMPLE):
        browser.open_notebook(page, address, f"notebooks/{name}.ipynb")
        assert seen_pictures(page) == pictures_of(read(folder / "notebooks" / f"{name}.ipynb"))
        text = page.execute_script("return document.querySelector('.jp-Notebook').textContent")
        assert "model not found" not in text


def test_saving_what_nobody_changed_leaves_the_file_byte_for_byte(address, folder, page):
    for name in NAMES:
        path = folder / "notebooks" / f"{name}.ipynb"
        before = path.read_bytes()
        browser.open_notebook(page, address, f"notebooks/{name}.ipynb")
        seen_pictures(page)  # JupyterLab's viewer adds a PNG to what it draws
        save(page, path)
        assert path.read_bytes() == before, name


def test_run_save_reopen_restart(address, folder, page):
    path = folder / "notebooks" / f"{SAMPLE}.ipynb"
    before = path.read_bytes()
    browser.open_notebook(page, address, f"notebooks/{SAMPLE}.ipynb")
    browser.run_all(page)
    assert browser.panels(page)
    save(page, path)
    assert path.read_bytes() == before, "a run without a change leaves what was there"

    # A reader's own change is kept, without a widget, and draws at the next opening.
    page.execute_script(
        "const n = window.jupyterapp.shell.currentWidget.content;"
        "n.widgets.find(c => c.model.type === 'code').model.sharedModel.setSource('from helpers.lithography import figures, model as lithography, panels, studies\\nfrom helpers.show import page, charts\\nfrom helpers.course.checks import check\\nmine = 1');"
    )
    save(page, path)
    changed = read(path)
    assert "mine = 1" in "".join(next(c for c in changed["cells"] if c["cell_type"] == "code")["source"])
    assert not any(stored.WIDGET in o.get("data", {}) for c in changed["cells"] for o in c.get("outputs", ()))
    assert pictures_of(changed) == pictures_of(json.loads(before))

    page.execute_script("return window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    browser.wait_for(page, "return !!document.querySelector('.course-panel.jupyter-widgets-disconnected')", 60)
    said = page.execute_script(
        "return getComputedStyle(document.querySelector('.course-panel.jupyter-widgets-disconnected'), '::before').content"
    )
    assert "run this cell again" in said

    browser.open_notebook(page, address, f"notebooks/{SAMPLE}.ipynb")
    assert seen_pictures(page) == pictures_of(changed)
    path.write_bytes(before)


def test_a_storyboard_answers_buttons_and_arrow_keys(address, page):
    browser.open_notebook(page, address, f"notebooks/{SAMPLE}.ipynb")
    browser.run_all(page)
    panel = next(p for p in browser.panels(page) if p.find_elements(By.CSS_SELECTOR, ".course-steps"))
    browser.scroll_to(page, panel)
    name = lambda: panel.find_element(By.CSS_SELECTOR, ".course-steps .widget-html-content").text  # noqa: E731
    assert name().startswith("Step 1 of")
    onward = panel.find_element(By.CSS_SELECTOR, ".course-next")
    onward.click()
    browser.wait_for(page, "return document.querySelector('.course-steps').textContent.includes('Step 2 of')", 20)
    onward.send_keys(Keys.ARROW_RIGHT)
    browser.wait_for(page, "return document.querySelector('.course-steps').textContent.includes('Step 3 of')", 20)
    onward.send_keys(Keys.ARROW_LEFT)
    browser.wait_for(page, "return document.querySelector('.course-steps').textContent.includes('Step 2 of')", 20)


def test_the_present_setting_can_be_saved_and_copied(address, page, tmp_path):
    page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.open_notebook(page, address, "notebooks/20_dies_and_yield.ipynb")
    browser.run_all(page)
    panel = browser.panels(page)[1]  # the storyboard comes first
    browser.scroll_to(page, panel)
    panel.find_elements(By.CSS_SELECTOR, ".course-row button")[1].click()
    time.sleep(1)
    menu = panel.find_element(By.CSS_SELECTOR, ".vega-embed details")
    page.execute_script("arguments[0].open = true", menu)
    links = {link.get_attribute("textContent"): link for link in menu.find_elements(By.CSS_SELECTOR, "a")}
    assert set(links) == {"Save picture (PNG)", "Save picture (SVG)", "Save data (CSV)", "Copy this setting as code"}
    for words, kind in (("Save picture (PNG)", "png"), ("Save picture (SVG)", "svg"), ("Save data (CSV)", "csv")):
        page.execute_script("arguments[0].dispatchEvent(new MouseEvent('mousedown', {bubbles: true}))", links[words])
        time.sleep(0.7)  # the picture is made when the button goes down
        page.execute_script("arguments[0].click()", links[words])
        end = time.monotonic() + 20
        while not list(tmp_path.glob(f"*.{kind}")) and time.monotonic() < end:
            time.sleep(0.1)
        (file,) = tmp_path.glob(f"*.{kind}")
        assert file.stem == "a-wafer-you-can-see" and file.stat().st_size > 300
    assert (tmp_path / "a-wafer-you-can-see.csv").read_text().startswith("kind,path,")
    line = page.execute_script(
        "window.copied = null; Object.defineProperty(navigator, 'clipboard', {configurable: true,"
        " value: {writeText: t => { window.copied = t; return Promise.resolve(); }}});"
        "arguments[0].click(); return window.copied",
        links["Copy this setting as code"],
    )
    assert line.startswith("from helpers.show.panel import find\nfind('A wafer you can see').set(area=")
