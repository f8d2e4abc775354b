"""As a reader would: JupyterLab in Chromium, run a notebook, move a control, see chart and sentence change."""

from __future__ import annotations

import time

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from helpers.claims import panels as claims_panels
from helpers.course import authoring
from tests import browser


@pytest.fixture(scope="module")
def address():
    with browser.lab() as where:
        yield where


@pytest.fixture(scope="module")
def page():
    with browser.chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def first_notebook(address, page):
    browser.open_notebook(page, address, "notebooks/00_start_here.ipynb")
    browser.run_all(page)
    return page


@pytest.fixture(scope="module")
def timeline(address):
    with browser.chromium() as page:
        browser.open_notebook(page, address, "notebooks/10_timeline.ipynb", dark=True)
        browser.run_all(page)
        yield page


def record_of(page):
    """The two-sided timeline among the panels of its notebook."""
    return next(p for p in browser.panels(page) if "Read an event" in p.text)


def toy(page):
    """The panel “More chips, more electricity”: its slider handle, and what it shows."""
    panel = next(p for p in browser.panels(page) if "Speed of the other chip" in p.text)
    browser.scroll_to(page, panel)
    return panel, panel.find_element(By.CSS_SELECTOR, ".noUi-handle")


def shown(panel, seconds=30):
    """The reading sentence and the chart's own text, read in one go.

    Waits while a chart is being drawn anew. Not innerText: JupyterLab lays out only what is in sight,
    and innerText is empty for a panel that the cells above have pushed out of it.
    """
    script = """
    const sentence = arguments[0].querySelector('[role=status]').textContent.trim();
    const texts = [...arguments[0].querySelectorAll('svg.marks text')].map(e => e.textContent);
    return [sentence, texts.join(' ')];
    """
    end = time.monotonic() + seconds
    while not all(now := tuple(panel.parent.execute_script(script, panel))) and time.monotonic() < end:
        time.sleep(0.05)
    assert all(now), f"for {seconds} s a panel showed no sentence or no chart: {now}"
    return now


def changes(panel, before, seconds=30):
    """Wait until sentence and drawing have both changed; returns them."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = shown(panel)
        if now[0] != before[0] and now[1] != before[1]:
            return now
        time.sleep(0.05)
    raise AssertionError(f"nothing changed within {seconds} s: {before}")


def test_the_ready_check_says_ready(first_notebook):
    text = first_notebook.find_element(By.CSS_SELECTOR, ".jp-Notebook").text
    assert "Ready." in text and "Not ready" not in text


def test_charts_are_drawn_without_any_outside_request(first_notebook):
    asked = first_notebook.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
    assert [a for a in asked if not a.startswith(("http://127.0.0.1", "blob:", "data:"))] == []
    assert len(first_notebook.find_elements(By.CSS_SELECTOR, ".course-panel svg.marks")) == 3


def test_the_keyboard_moves_a_slider(first_notebook):
    panel, handle = toy(first_notebook)
    before = shown(panel)
    assert "At 50% of the speed" in before[0]
    handle.send_keys(Keys.ARROW_RIGHT)
    sentence, drawing = changes(panel, before)
    assert "At 51% of the speed" in sentence and "2 times the chips" in drawing


def test_the_mouse_drags_a_slider(first_notebook):
    page = first_notebook
    panel, handle = toy(page)
    before = shown(panel)
    box = page.execute_script(
        "const b = arguments[0].getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]", handle
    )
    move = lambda kind, x, buttons: page.execute_cdp_cmd(  # noqa: E731
        "Input.dispatchMouseEvent",
        {"type": kind, "x": x, "y": box[1], "button": "left", "buttons": buttons, "clickCount": 1},
    )
    move("mousePressed", box[0], 1)
    during = None
    for step in range(1, 9):
        move("mouseMoved", box[0] + 10 * step, 1)
        time.sleep(0.05)
        if step == 6:
            during = changes(panel, before)  # the finger is still down
    move("mouseReleased", box[0] + 80, 0)
    after = changes(panel, during) if shown(panel) == during else shown(panel)
    assert during != before and after[0] != before[0]


def test_a_typed_number_out_of_range_becomes_a_sentence(first_notebook):
    panel, _ = toy(first_notebook)
    box = panel.find_element(By.CSS_SELECTOR, "input[type=number]")
    _, drawing = shown(panel)
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys("900", Keys.ENTER)
    browser.wait_for(first_notebook, "return document.body.innerText.includes('must be from 10 to 150')", 30)
    assert shown(panel)[1] == drawing


def test_every_preset_button_gives_the_sentence_of_the_table(first_notebook):
    """A slider snaps what it is sent to its grid and sends that back: nothing may drift on the way."""
    twin = claims_panels.more_chips_panel()
    expected = {question: twin.apply(question).reading for question in twin.presets}
    panel, _ = toy(first_notebook)
    for name, sentence in expected.items():
        next(b for b in panel.find_elements(By.TAG_NAME, "button") if b.text == name).click()
        deadline = time.monotonic() + 30
        while shown(panel)[0] != sentence and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(0.5)  # and it stays, also after the slider's echo
        assert shown(panel)[0] == sentence


def test_typed_twins_have_a_label(first_notebook):
    panel, _ = toy(first_notebook)
    for box in panel.find_elements(By.CSS_SELECTOR, "input[type=number]"):
        assert "of the other chip" in box.accessible_name or "reference" in box.accessible_name, box.accessible_name


def test_reset_goes_back(first_notebook):
    panel, handle = toy(first_notebook)
    start = shown(panel)
    handle.send_keys(Keys.ARROW_RIGHT)
    before = changes(panel, start)
    next(b for b in panel.find_elements(By.TAG_NAME, "button") if b.text == "Reset").click()
    sentence, _ = changes(panel, before)
    assert "At 50% of the speed" in sentence


def test_timeline_in_dark_theme_keeps_dark_text_on_white(timeline):
    assert timeline.execute_script("return document.body.dataset.jpThemeLight") == "false"
    charts = timeline.find_elements(By.CSS_SELECTOR, "svg.marks")
    assert len(charts) == 6
    for chart in charts:
        assert chart.value_of_css_property("background-color") == "rgba(255, 255, 255, 1)"
        title = chart.find_element(By.CSS_SELECTOR, ".role-title-text text")
        assert title.value_of_css_property("fill") == "rgb(26, 26, 26)"


def test_every_chart_has_alt_text(timeline):
    labels = timeline.execute_script(
        "return [...document.querySelectorAll('svg.marks')].map(e => e.closest('[aria-label]')?.getAttribute('aria-label') || e.querySelector('[aria-label]')?.getAttribute('aria-label'))"
    )
    assert all(label and len(label) > 60 for label in labels), labels


def test_a_click_on_a_mark_opens_its_source(timeline):
    panel = record_of(timeline)
    browser.scroll_to(timeline, panel.find_element(By.CSS_SELECTOR, "svg.marks"))
    place = timeline.execute_script(
        """
        const mark = [...arguments[0].querySelectorAll('path[aria-label*="extends rare-earth controls"]')].pop();
        const box = mark.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
        """,
        panel,
    )
    browser.click_at(timeline, *place)
    browser.wait_for(timeline, "return !!document.querySelector('.course-panel a[href^=http]')", 30)
    assert "9 October 2025" in panel.text and "Source:" in panel.text


def test_a_drag_across_the_strip_zooms_in(timeline):
    panel = record_of(timeline)
    years = lambda: [e.text for e in panel.find_elements(By.CSS_SELECTOR, ".role-axis-label text")]  # noqa: E731
    before = years()
    browser.scroll_to(timeline, panel.find_element(By.CSS_SELECTOR, "svg.marks"))
    box = timeline.execute_script(
        "const b = arguments[0].querySelector('.brush_brush_bg').closest('.role-scope').querySelector('.background').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]",
        panel,
    )
    x, y = box[0] + box[2] * 0.72, box[1] + box[3] / 2
    send = lambda kind, at, buttons: timeline.execute_cdp_cmd(  # noqa: E731
        "Input.dispatchMouseEvent",
        {"type": kind, "x": at, "y": y, "button": "left", "buttons": buttons, "clickCount": 1},
    )
    # A hand comes from elsewhere, and what it pointed at before closes its tooltip, which may cover the strip.
    send("mouseMoved", box[0] + 5, 0)
    browser.wait_for(timeline, "return !document.querySelector('.vg-tooltip.visible')", 30)
    for _ in range(3):  # a page that is still being laid out can miss a drag; another does no harm
        time.sleep(1)
        send("mouseMoved", x, 0)
        send("mousePressed", x, 1)
        for step in range(1, 9):
            send("mouseMoved", x + 12 * step, 1)
            time.sleep(0.05)
        send("mouseReleased", x + 96, 0)
        deadline = time.monotonic() + 5
        while years() == before and time.monotonic() < deadline:
            time.sleep(0.1)
        if years() != before:
            break
    assert years() != before


def test_no_page_logs_an_error(first_notebook, timeline):
    for page in (first_notebook, timeline):
        severe = [line["message"] for line in page.get_log("browser") if line["level"] == "SEVERE"]
        assert severe == []


def settled(panel, before, seconds):
    """What a panel shows once it differs from `before`, or after some seconds if it stays as it was."""
    end = time.monotonic() + seconds
    while (now := shown(panel)) == before and time.monotonic() < end:
        time.sleep(0.05)
    return now


@pytest.mark.parametrize("name", [s.stem for s in authoring.sources() if s.stem >= "12"])
def test_every_panel_of_a_notebook_answers_its_buttons_and_the_ends_of_its_sliders(address, name):
    """Presets change sentence and chart, ends leave a sentence, and the page asks for nothing outside and logs no error."""
    with browser.chromium() as page:
        browser.open_notebook(page, address, f"notebooks/{name}.ipynb")
        browser.run_all(page)
        found = browser.panels(page)
        assert len(found) >= browser.least_panels(name)
        for panel in found:
            browser.scroll_to(page, panel)
            for patience in (1, 10):  # a busy machine answers late: then once more, with time
                seen = [shown(panel)]
                for button in [b for b in panel.find_elements(By.TAG_NAME, "button") if b.text != "Reset"]:
                    page.execute_script("arguments[0].click()", button)
                    seen.append(settled(panel, seen[-1], patience))
                if len(set(seen)) >= 3:
                    break
            assert len(set(seen)) >= 3, f"the presets show only {len(set(seen))} different pages: {seen[0][0]}"
            for handle in panel.find_elements(By.CSS_SELECTOR, ".noUi-handle"):
                for key in (Keys.HOME, Keys.END):
                    handle.send_keys(key)
                    seen.append(settled(panel, seen[-1], 0.4))
            assert [sentence for sentence, _ in seen if len(sentence) <= 20] == []
        asked = page.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
        assert [a for a in asked if not a.startswith(("http://127.0.0.1", "blob:", "data:"))] == []
        assert [line["message"] for line in page.get_log("browser") if line["level"] == "SEVERE"] == []


def test_the_designer_answers_the_keyboard(address):
    with browser.chromium() as page:
        browser.open_notebook(page, address, "notebooks/12_rules_as_code.ipynb")
        browser.run_all(page)
        panel = next(p for p in browser.panels(page) if "Dense throughput" in p.text)
        browser.scroll_to(page, panel)
        before = shown(panel)
        assert "licence, presumed refused" in before[0]
        sentence = before[0]
        for _ in range(5):  # a page that is still being laid out can miss a key; Home again does no harm
            panel.find_element(By.CSS_SELECTOR, ".noUi-handle").send_keys(Keys.HOME)
            if (sentence := settled(panel, before, 5)[0]) != before[0]:
                break
        assert "no licence needed" in sentence
