"""The open book, whole: built once, then read as its readers do, from a folder, on a phone, by keyboard, offline."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import time
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from helpers.core import data
from helpers.course.book import answers, building
from tests import browser
from tests.catalogue import PANELS

COURSE = data.load("course_map")
NAMES = list(COURSE.loc[COURSE["edition"] == "here", "notebook"])
OWN = [
    "index",
    "glossary",
    "sources",
    "ways",
    "moved",
    "reference",
    "reference_wafers",
    "update",
    "hub",
    "elsewhere",
    "editions",
    "reviewers",
]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    out = tmp_path_factory.mktemp("book") / "a folder with spaces"
    return out, building.build(out)


@pytest.fixture(scope="module")
def page():
    with browser.chromium(1366, 768) as chromium:
        yield chromium


def soup(book: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((book / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def go(page, book: Path, name: str, hash_: str = "") -> None:
    page.get("about:blank")
    page.get(f"{(book / f'{name}.html').as_uri()}{hash_}")


def panel(page, title: str):
    """A panel that is awake: its answers are unpacked."""
    place = page.find_element(By.CSS_SELECTOR, f'.panel[aria-label="{title}"]')
    page.execute_script("arguments[0].scrollIntoView({block: 'start'})", place)
    page.execute_async_script("const done = arguments[1]; book.wake(arguments[0]).ready.then(done, done)", place)
    return place


def reading(place) -> str:
    return place.find_element(By.CSS_SELECTOR, ".reading").text


def test_every_notebook_is_a_page_every_panel_answers_and_the_folder_is_under_30_megabytes(book):
    out, counts = book
    titles = [place["aria-label"] for name in NAMES for place in soup(out, name).select(".panel")]
    assert sorted(titles) == sorted(counts) == sorted(PANELS)
    assert min(counts.values()) >= 2
    size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    assert 5e6 < size < 30e6


def test_nothing_outside_the_folder_is_asked_for(book):
    out, _ = book
    for name in [*NAMES, *OWN]:
        made = soup(out, name)
        for tag in made.find_all(src=True) + made.find_all("link"):
            where = tag.get("src") or tag["href"]
            assert where.startswith("data:") or (out / where).exists(), (name, where)
        assert not re.search(
            r"@import|url\((?!\s*['\"]?(data:|#))", "".join(s.get_text() for s in made.find_all("style"))
        )
    assert "url(" not in (out / "book.css").read_text()


def test_every_link_inside_leads_somewhere(book):
    out, _ = book
    pages = {name: soup(out, name) for name in [*NAMES, *OWN]}
    ids = {name: {tag["id"] for tag in made.find_all(id=True)} for name, made in pages.items()}
    lost = []
    for name, made in pages.items():
        for link in made.find_all("a", href=True):
            address, _, part = unquote(link["href"]).partition("#")
            if re.match(r"\w+:", address):
                continue
            target = address.removesuffix(".html") if address else name
            if address and not (out / address).exists() or (part and target in ids and part not in ids[target]):
                lost.append((name, link["href"]))
    assert not lost


def test_every_picture_has_words_for_who_does_not_see_it(book):
    out, _ = book
    for name in NAMES:
        made = soup(out, name)
        assert made.find("svg") is not None
        assert [i for i in made.find_all("img") if not i.get("alt")] == []
        assert [s for s in made.select("figure.picture > svg") if len(s.get("aria-label", "")) < 30] == []
        assert len(made.select("main, [id=main]")) == 1 and len(made.find_all("h1")) == 1


@pytest.mark.parametrize("title, name", [("Two taps, one bucket", "26_memory_wall"), ("Two keys", "10_timeline")])
def test_a_page_says_what_the_live_panel_says(book, page, title, name):
    go(page, book[0], name)
    place = panel(page, title)
    live = PANELS[title]()
    picked = random.Random(1).sample(list(answers.settings(live)), 12)
    for setting in picked:
        said = page.execute_async_script(
            "const [place, key, done] = arguments; const p = place.book;"
            " p.go(JSON.parse(key), true).then(() => done([p.part('.reading').textContent, p.part('.picture svg').textContent]))",
            place, answers.key(setting),
        )  # fmt: skip
        state = live.set(**setting)
        assert said[0] == state.reading
        assert state.signals["title"] in said[1]


def test_a_step_a_question_and_a_slider_change_sentence_and_picture_by_keyboard_alone(book, page):
    go(page, book[0], "26_memory_wall")
    place = panel(page, "Two taps, one bucket")
    first = reading(place)
    onward = place.find_element(By.CSS_SELECTOR, ".next")
    page.execute_script("arguments[0].focus()", onward)
    onward.send_keys(Keys.ENTER)
    browser.wait_for(page, "return document.querySelector('.panel').dataset.drawn", 20)
    second = reading(place)
    onward.send_keys(Keys.ARROW_RIGHT)
    third = reading(place)
    assert len({first, second, third}) == 3 and "Step 3 of" in place.text
    question = place.find_element(By.CSS_SELECTOR, "[data-question]")
    question.send_keys(Keys.SPACE)
    assert reading(place) not in (first, second, third)
    slider = place.find_element(By.CSS_SELECTOR, "input[type=range]")
    before = slider.get_attribute("aria-valuetext")
    slider.send_keys(Keys.ARROW_RIGHT)
    assert slider.get_attribute("aria-valuetext") != before


def test_a_setting_that_the_page_does_not_hold_is_said_or_brought_back_and_nothing_breaks(book, page):
    go(page, book[0], "26_memory_wall")
    place = panel(page, "Two taps, one bucket")
    place.find_element(By.CSS_SELECTOR, ".behind summary").click()
    for slider in place.find_elements(By.CSS_SELECTOR, "input[type=range]"):
        slider.send_keys(Keys.END)
        said = reading(place)
        assert said and "undefined" not in said
    assert "one at a time" in said or "does not hold" in said


def test_a_link_opens_one_panel_at_one_setting(book, page):
    live = PANELS["Two keys"]()
    setting = {**live.defaults(), **next(iter(live.presets.values()))}
    go(page, book[0], "10_timeline", f"#panel-two-keys={quote(answers.key(setting))}")
    wanted = live.set(**setting).reading
    said = "return document.querySelector('#panel-two-keys .reading').textContent"
    browser.wait_for(page, f"{said} === {json.dumps(wanted)}", 20)
    go(page, book[0], "10_timeline", "#panel-two-keys=%5B1%5D")
    browser.wait_for(page, f"{said}.includes('does not hold')", 20)


def test_the_rows_of_a_panel_are_saved_as_a_table(book, page):
    live = PANELS["Two keys"]()
    go(page, book[0], "10_timeline")
    place = panel(page, "Two keys")
    page.execute_script("HTMLAnchorElement.prototype.click = () => {}")  # nothing is put on the disk
    page.execute_script(
        "URL.createObjectURL = (file) => { file.text().then((text) => (window.saved = text)); return ''; }"
    )
    page.execute_script("arguments[0].click()", place.find_element(By.CSS_SELECTOR, ".data"))
    text = browser.wait_for(page, "return window.saved", 20)
    rows = live.answer(live.defaults()).rows
    assert [(row["month"], row["kind"]) for row in csv.DictReader(io.StringIO(text))] == [(str(row["month"]), row["kind"]) for row in rows]  # fmt: skip


@pytest.mark.parametrize("width", [360, 1250])
def test_no_page_scrolls_sideways(book, page, width):
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": False})  # fmt: skip
    try:
        wide = {}
        for name in [*NAMES, *OWN]:
            go(page, book[0], name)
            if (over := page.execute_script("return document.documentElement.scrollWidth - innerWidth")) > 0:
                wide[name] = over
        assert not wide
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_search_finds_a_part_and_the_glossary_shows_a_meaning_in_place(book, page):
    go(page, book[0], "index")
    page.find_element(By.ID, "search").send_keys("effective protection")
    link = browser.wait_for(page, "return document.querySelector('#found li a')", 20)
    assert link.get_attribute("href").split("/")[-1].startswith("42_reverse_tariff.html")
    go(page, book[0], "26_memory_wall")
    term = page.find_element(By.CSS_SELECTOR, "a.term[data-chinese]")
    page.execute_script("arguments[0].focus()", term)
    said = page.find_element(By.ID, "meaning")
    assert said.text == f"{term.get_attribute('data-chinese')} {term.get_attribute('data-meaning')}"
    assert said.find_element(By.CSS_SELECTOR, "[lang=zh-Hans]").text == term.get_attribute("data-chinese")
    term.send_keys(Keys.ESCAPE)
    assert not page.find_elements(By.ID, "meaning")


def test_a_page_shows_its_first_picture_at_once_and_asks_for_files_only(book, page):
    go(page, book[0], "22_without_euv")
    started = page.execute_script(
        "return performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart"
    )
    assert (
        page.execute_script("return document.querySelector('figure.picture svg').getBoundingClientRect().width") > 300
    )
    panel(page, "Print, coat, remove, cut")
    time.sleep(0.5)
    asked = page.execute_script("return performance.getEntriesByType('resource').map((r) => r.name)")
    assert started > 0 and all(name.startswith(("file:", "data:", "blob:")) for name in asked)


def test_the_form_makes_the_link_that_nbgitpuller_reads(book, page):
    """tests/setup/test_real_update.py follows such a link."""
    go(page, book[0], "update")
    form = page.find_element(By.CSS_SELECTOR, "form.link")
    said = form.find_element(By.TAG_NAME, "output")
    assert not said.find_elements(By.TAG_NAME, "a") and not form.find_element(By.TAG_NAME, "button").is_enabled()
    form.find_element(By.NAME, "hub").send_keys("https://hub.example.org/")
    form.find_element(By.NAME, "repo").send_keys("https://git.example.org/a b/course&x/")
    branch = form.find_element(By.NAME, "branch")
    branch.clear()
    branch.send_keys("term-2027")
    form.find_element(By.CSS_SELECTOR, "option[value='22_without_euv']").click()
    address = urlsplit(said.find_element(By.TAG_NAME, "a").get_attribute("href"))
    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://hub.example.org/hub/user-redirect/git-pull"
    assert parse_qs(address.query, strict_parsing=True) == {
        "repo": ["https://git.example.org/a b/course&x"],
        "branch": ["term-2027"],
        "urlpath": ["lab/tree/course&x/notebooks/22_without_euv.ipynb"],
    }
    assert form.find_element(By.TAG_NAME, "button").is_enabled()
