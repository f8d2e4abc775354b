"""Judging in a browser: ours waits for the reader's verdict, the board follows, and the record leaves as file and code."""

from __future__ import annotations

import base64
import json

import pytest

from helpers.course import record
from tests import browser

BUTTON = "return [...document.querySelectorAll('button')].find(b => b.innerText.includes(arguments[0]))"
CHOOSE = """
const list = arguments[0].closest('.widget-vbox').querySelectorAll('select')[1];
list.value = [...list.options].find(o => o.text === arguments[1]).value;
list.dispatchEvent(new Event('change', {bubbles: true}));
"""
SEEN = "return [...document.querySelectorAll('.widget-html')].map(e => e.innerText).join(' ')"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:  # a record of its own, so that no other test meets this verdict
        patch.setenv("COURSE_RECORD", str(tmp_path_factory.mktemp("record")))
        yield from opened()


def opened():
    with browser.lab() as address, browser.chromium(1366, 1000) as chromium:
        browser.open_notebook(chromium, address, "notebooks/90_verdicts.ipynb")
        browser.run_all(chromium)
        yield chromium


def find(page, words: str):
    """A button of the page, wherever it stands: cells are laid out as they come into sight."""
    scroller = (
        "const s = document.querySelector('.jp-WindowedPanel-outer'); s.scrollTop = arguments[0]; return s.scrollHeight"
    )
    top = 0
    while top <= page.execute_script(scroller, top):
        try:
            return browser.wait_for(page, BUTTON.replace("arguments[0]", json.dumps(words)), 1)
        except browser.TimeoutException:
            top += 500
    raise AssertionError(f"no button {words!r}")


def test_ours_waits_then_the_board_and_the_record_follow(page):
    keep = find(page, "Keep my verdict")
    browser.scroll_to(page, keep)
    assert "Our verdict" not in page.execute_script(SEEN)
    page.execute_script(CHOOSE, keep, "mixed")
    keep.click()
    browser.wait_for(page, f"return ({SEEN.removeprefix('return ')}).includes('Our verdict: ')")
    assert "1 of 38 claims judged." in page.execute_script(SEEN)

    link = browser.wait_for(page, "return document.querySelector('a[download=\"my_course_record.json\"]')")
    packed = link.get_attribute("href").partition("base64,")[2]
    brought = record.from_bundle(base64.b64decode(packed).decode())
    assert [entry["verdict"] for entry in brought.now.values()] == ["mixed"]
    code = browser.wait_for(page, "return [...document.querySelectorAll('.widget-html code')].map(e => e.innerText)[0]")
    assert list(record.from_code(code).now) == list(brought.now)

    browser.scroll_to(page, find(page, "Where do we differ?"))
    find(page, "Where do we differ?").click()
    browser.wait_for(page, f"return ({SEEN.removeprefix('return ')}).includes('you and this course differ on')")
