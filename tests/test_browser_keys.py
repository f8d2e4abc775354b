"""By keyboard alone: a picture's steps, a panel's controls and an answer box; every key reaches what it is meant for."""

from __future__ import annotations

import time

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests import browser

NAME = "22_without_euv"  # steps, presets, sliders, a fold, and boxes


@pytest.fixture(scope="module")
def page():
    with browser.lab() as address, browser.chromium(1366, 1000) as chromium:
        browser.open_notebook(chromium, address, f"notebooks/{NAME}.ipynb")
        browser.run_all(chromium)
        yield chromium


def press(page, *keys) -> None:
    ActionChains(page).send_keys(*keys).perform()


def retype(page, text: str) -> None:
    """Another text in the field at hand, and Enter."""
    ActionChains(page).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(text, Keys.ENTER).perform()


def focus(page, element) -> None:
    browser.scroll_to(page, element)
    page.execute_script("arguments[0].focus()", element)


def told(part, words: str, seconds: float = 30) -> str:
    """Wait until what a part tells a screen reader holds some words; returns it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        said = part.find_element(By.CSS_SELECTOR, "[role=status]").get_attribute("textContent").strip()
        if words in said:
            return said
        time.sleep(0.05)
    raise AssertionError(f"not told {words!r} within {seconds} s, but {said!r}")


def step(panel) -> str:
    return panel.find_element(By.CSS_SELECTOR, ".course-steps .widget-html-content").get_attribute("textContent")


def test_steps_answer_enter_space_and_arrows_and_say_themselves(page):
    panel = next(p for p in browser.panels(page) if p.find_elements(By.CSS_SELECTOR, ".course-steps"))
    first = panel.find_element(By.CSS_SELECTOR, "[role=status]").get_attribute("textContent")
    focus(page, panel.find_element(By.CSS_SELECTOR, ".course-next"))
    for key, place in ((Keys.ENTER, 2), (Keys.SPACE, 3), (Keys.ARROW_RIGHT, 4), (Keys.ARROW_LEFT, 3)):
        press(page, key)
        browser.wait_until(lambda: step(panel).startswith(f"Step {place} of"))
    assert panel.find_element(By.CSS_SELECTOR, "[role=status]").get_attribute("textContent") != first
    assert page.execute_script("return arguments[0].contains(document.activeElement)", panel), "focus stays"


ACTIVE = (
    "return [...document.querySelectorAll('.jp-Notebook .jp-Cell')].findIndex(cell => cell.matches('.jp-mod-active'))"
)
SLIDERS = "return [...arguments[0].querySelectorAll('[role=slider]')].map(e => e.ariaValueNow)"


def test_a_preset_and_a_slider_answer_their_keys(page):
    panel = next(p for p in browser.panels(page) if p.find_elements(By.CSS_SELECTOR, ".course-control .noUi-handle"))
    for css, key in ((".course-row button", Keys.ENTER), (".course-control .noUi-handle", Keys.ARROW_RIGHT)):
        focus(page, next(part for part in panel.find_elements(By.CSS_SELECTOR, css) if part.is_displayed()))
        before = page.execute_script(SLIDERS, panel)
        press(page, key, key)
        browser.wait_until(lambda: page.execute_script(SLIDERS, panel) != before)


@pytest.mark.parametrize(
    "key", [Keys.ARROW_UP, Keys.ARROW_DOWN, Keys.ARROW_LEFT, Keys.ARROW_RIGHT, Keys.PAGE_UP, Keys.HOME]
)
def test_a_slider_s_keys_move_the_slider_and_not_the_notebook(page, key):
    """Where a shortcut has the same key, JupyterLab and JupyterLite would take it first."""
    panel = next(p for p in browser.panels(page) if p.find_elements(By.CSS_SELECTOR, ".course-control .noUi-handle"))
    handle = next(h for h in panel.find_elements(By.CSS_SELECTOR, ".course-control .noUi-handle") if h.is_displayed())
    focus(page, handle)
    press(page, Keys.ARROW_RIGHT if key != Keys.ARROW_RIGHT else Keys.ARROW_LEFT)
    here, before = page.execute_script(ACTIVE), page.execute_script(SLIDERS, panel)
    press(page, key, key)
    browser.wait_until(lambda: page.execute_script(SLIDERS, panel) != before, 5)
    assert page.execute_script(ACTIVE) == here
    assert page.execute_script("return document.activeElement.getAttribute('role')") == "slider"


def test_an_answer_box_is_filled_in_checked_and_helped_by_keys(page):
    box = page.find_element(By.CSS_SELECTOR, ".course-answer")
    focus(page, box.find_element(By.CSS_SELECTOR, "input"))
    press(page, "2,5", Keys.ENTER)
    assert "decimal sign as a point" in told(box, "Not yet")
    retype(page, "20.01")
    told(box, "Right idea")
    retype(page, "40.03")
    assert told(box, "Right.") == "Right."
    press(page, Keys.TAB, Keys.TAB, Keys.ENTER)
    told(box, "Hint 1 of 3")
    press(page, Keys.SPACE)
    told(box, "Hint 2 of 3")
    assert page.execute_script("return document.activeElement.textContent") == "Next hint"
    label = box.find_element(By.CSS_SELECTOR, "label")
    assert label.get_attribute("htmlFor") == box.find_element(By.CSS_SELECTOR, "input").get_attribute("id")
