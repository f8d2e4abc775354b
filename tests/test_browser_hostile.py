"""In a browser: a notebook over hostile tables. Nothing of their text acts, though JupyterLab trusts what was run."""

from __future__ import annotations

import time

import nbformat
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from tests import browser, hostile

CELLS = """
import sys, os
sys.path.insert(0, os.path.dirname(os.getcwd()))
import pandas as pd
from IPython.display import HTML, Markdown, display
from helpers.claims import figures as claims_figures, panels as claims_panels
from helpers.chips import figures as chips_figures
from helpers.core import data
from helpers.rules import model as rules
from helpers.show import page
from helpers.timeline import panels as timeline_panels
assert str(data.FOLDER).startswith(os.path.dirname(os.getcwd())), data.FOLDER
claims, events, sources = (data.load(name) for name in ("claims", "events", "sources"))
# ---
for number in range(12):
    display(data.cite(sources["source_id"].iloc[number]))
# ---
for claim in ("S01", "S02", "S03", "S04", "S05", "S06"):
    display(claims_figures.verdict(claim))
# ---
claims_figures.verdicts_table(claims["claim_id"].tolist()[:14])
# ---
for text in sorted(set(claims["evidence"])):
    text = text.replace("$", "").replace("\\\\(", "")  # a sentence may hold a formula; MathJax is told to keep those safe
    display(page.Reading(f"A sentence with {text} in it."), page.Reading(text), page.Finding(text, text))
# ---
texts = sorted(set(sources["title"]) | set(claims["quote"]))
words = page.table(pd.DataFrame({texts[0]: texts}, index=pd.Index(texts, name=texts[1])), texts[2])
display(words, page.Folded(texts[3], words), page.table(data.load("glossary").set_index("term")[["meaning"]], "Words"))
# ---
rules.classify("H20", "2024-06-01", "China")
# ---
panel = claims_panels.claims_panel(claims)
panel.set(claim_id="S05")
panel
# ---
timeline = timeline_panels.timeline_panel(events, data.load("eras"))
timeline.set(event_id=events["event_id"].iloc[40])
timeline
# ---
import ipywidgets
display(ipywidgets.HTML(page.card(texts, sources["source_id"].iloc[:12].tolist(), texts[0])))
display(ipywidgets.HTML(chips_figures.contested_card(*data.load("chip_ranges")["chip"].unique())))
claims_panels.OpinionForm(claims, claims["claim_id"].tolist()[:12], __import__("pathlib").Path("my_hostile.json"))
"""
# The same text as a page shows it that escapes nothing: what must be seen to act, or the test would see nothing.
BARE = """
from IPython.display import HTML, Markdown, display
display(HTML("<img src=x onerror=window.hit=1>"), Markdown("[x](javascript:window.hit=2)"))
"""
FAULTS = """
const found = [];
for (const output of document.querySelectorAll('.jp-OutputArea-output')) {
  for (const e of output.querySelectorAll('*')) {
    if (e.closest('.vega-embed')) continue;
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || a.name === 'srcdoc') found.push(`<${e.localName} ${a.name}>`);
    }
    if (['script', 'iframe', 'object', 'embed', 'form'].includes(e.localName)) found.push(`<${e.localName}>`);
    if (e.localName === 'img' && !e.src.startsWith('data:')) found.push(`<img ${e.src}>`);
    if (e.localName === 'mjx-container') found.push(`a formula: ${e.parentElement.textContent.slice(0, 60)}`);
    const href = e.getAttribute('href') ?? e.getAttribute('xlink:href');
    if (href !== null && !/^(https?:|#)/.test(href) && !/^[\\w.\\/-]+$/.test(href)) found.push(`href ${href}`);
  }
}
return found;
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    place = hostile.course(tmp_path_factory.mktemp("course"))
    for name, cells in (("hostile", CELLS.split("# ---\n")), ("bare", [BARE])):
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = nbformat.v4.new_notebook(
            metadata=kernel, cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in cells]
        )
        nbformat.write(notebook, place / "notebooks" / f"{name}.ipynb")
    with browser.lab(place) as address:
        yield address


@pytest.fixture(scope="module")
def page():
    with browser.chromium() as chromium:
        yield chromium


def seen(page) -> str:
    return page.execute_script(
        "return [...document.querySelectorAll('.jp-OutputArea-output')].map(e => e.textContent).join(' ')"
    )


def test_bare_text_would_act(course, page):
    browser.open_notebook(page, course, "notebooks/bare.ipynb")
    browser.run_all(page)
    assert browser.wait_for(page, "return window.hit") == 1
    assert any("<img onerror>" in fault for fault in page.execute_script(FAULTS))
    link = page.execute_script("return document.querySelector('.jp-RenderedMarkdown a')?.getAttribute('href')")
    assert link is None or link.startswith("javascript:")


def test_nothing_of_the_data_s_text_acts(course, page):
    browser.open_notebook(page, course, "notebooks/hostile.ipynb")
    browser.run_all(page)
    for output in page.find_elements(By.CSS_SELECTOR, ".jp-OutputArea-output"):
        browser.scroll_to(page, output)  # cells are laid out as they come into sight
    page.execute_script("document.querySelectorAll('.jp-OutputArea-output details').forEach(d => d.open = true)")
    for panel in browser.panels(page):
        browser.scroll_to(page, panel)
        marks = panel.find_elements(By.CSS_SELECTOR, "svg .mark-symbol path")
        ActionChains(page).move_to_element(marks[len(marks) // 2]).perform()  # its tooltip holds text of the data
        time.sleep(0.3)
        assert (
            page.execute_script(
                "return document.querySelectorAll('#vg-tooltip-element img, #vg-tooltip-element script').length"
            )
            == 0
        )
    links = page.execute_script(
        "return [...document.querySelectorAll('.jp-OutputArea-output a[href*=hit]')].map(a => a.href)"
    )
    assert links and all(link.startswith("https://example.test/") for link in links)
    page.execute_script(
        "document.querySelectorAll('.jp-OutputArea-output *').forEach(e => e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})))"
    )
    time.sleep(1)
    assert page.execute_script("return typeof window.hit") == "undefined"
    assert page.execute_script(FAULTS) == []
    text = seen(page)
    assert [payload for payload in hostile.TEXTS[:10] if payload not in text] == []
