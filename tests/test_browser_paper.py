"""Slides and handouts in a browser: keys, room, pictures that draw, pages on paper."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from helpers.course.book.writing import chosen
from helpers.course.paper import handout, printing, sheets, slides
from tests import browser

NAMES = chosen(None)


@pytest.fixture(scope="module")
def page():
    with browser.chromium(1280, 800) as chromium:
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
        yield chromium


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("paper") / "a folder with spaces"
    for part, write in (("slides", slides.write), ("print", handout.write)):
        (out / part).mkdir(parents=True)
        for name in NAMES:
            write(name, sheets.ROOT, out / part)
    return out


def go(page, path, hash_=""):
    page.get("about:blank")
    page.get(f"{path.as_uri()}{hash_}")


def now(page):
    return page.execute_script("return document.querySelector('.slide.now').id")


def test_every_slide_holds_what_stands_on_it_and_every_picture_draws(page, folder):
    look = """document.documentElement.classList.remove('playing');
    return [...document.querySelectorAll('.slide')].map((s) => { const inside = s.getBoundingClientRect(), image = s.querySelector('img');
      const parts = [...s.querySelectorAll('h1, h2, p, li, td, img')].map((p) => p.getBoundingClientRect());
      return [s.id, parts.every((p) => p.bottom <= inside.bottom + 1 && p.right <= inside.right + 1),
              image ? Math.round(image.getBoundingClientRect().height) : 999, image ? image.naturalWidth : 999, s.querySelectorAll('img:not([alt]), img[alt=""]').length]; })"""
    for name in NAMES:
        go(page, folder / "slides" / f"{name}.html")
        page.execute_async_script(
            "Promise.all([...document.images].map((i) => i.decode())).then(() => arguments[0](), arguments[0])"
        )
        for at, holds, height, width, unsaid in page.execute_script(look):
            assert holds and height >= 380 and width > 100 and unsaid == 0, (name, at, holds, height, width)


def test_keys_and_buttons_move_and_a_link_opens_one_slide(page, folder):
    go(page, folder / "slides" / "26_memory_wall.html")
    body = page.find_element(By.TAG_NAME, "body")
    last = page.execute_script("return document.querySelectorAll('.slide').length")
    for key, to in [(Keys.ARROW_RIGHT, 2), (Keys.PAGE_DOWN, 3), (Keys.SPACE, 4), (Keys.ARROW_LEFT, 3), (Keys.END, last), (Keys.ARROW_RIGHT, last), (Keys.HOME, 1)]:  # fmt: skip
        page.switch_to.active_element.send_keys(key)
        assert now(page) == f"s{to}"
    assert body.find_elements(By.CSS_SELECTOR, ".slide.now h1")
    page.find_element(By.ID, "next").click()
    assert now(page) == "s2" and page.switch_to.active_element.tag_name == "h2"
    go(page, folder / "slides" / "26_memory_wall.html", "#s5")
    assert now(page) == "s5"
    shown = page.execute_script("return [...document.querySelectorAll('.slide')].filter((s) => s.offsetParent || s.getBoundingClientRect().height).length")  # fmt: skip
    assert shown == 1


def test_on_a_phone_a_slide_is_as_tall_as_it_needs_and_its_picture_is_seen(page, folder):
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True})  # fmt: skip
    try:
        for name in ("26_memory_wall", "46_law_and_plans"):
            for at in (2, 9, 18):
                go(page, folder / "slides" / f"{name}.html", f"#s{at}")
                wide, seen = page.execute_script("const i = document.querySelector('.slide.now img'); return [document.documentElement.scrollWidth, i ? i.getBoundingClientRect().height : 999]")  # fmt: skip
                assert wide <= 360 and seen > 120, (name, at)
    finally:
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip


def test_on_paper_each_screen_is_a_page_and_a_handout_is_numbered(page, folder):
    if page.capabilities["browserName"] == "firefox":
        pytest.skip("Chromium's own print")
    files = [folder / "slides" / "20_dies_and_yield.html", folder / "print" / "20_dies_and_yield.html"]
    wall, paper = printing.to_pdf(page, files).values()
    assert wall == files[0].read_text(encoding="utf-8").count('<section class="slide')
    assert 8 <= paper <= 24
    assert "counter(page)" in files[1].read_text(encoding="utf-8")


def test_a_handout_s_pictures_draw_and_nothing_is_wider_than_the_paper(page, folder):
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 665, "height": 900, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
    try:
        for name in NAMES:
            go(page, folder / "print" / f"{name}.html")
            drawn = page.execute_script("return [...document.images].map((i) => i.naturalWidth)")
            assert min(drawn) > 100, name
            over = page.execute_script("return [...document.querySelectorAll('main *')].filter((t) => t.getBoundingClientRect().right > innerWidth + 1).map((t) => t.tagName)")  # fmt: skip
            assert over == [], name
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
