"""The budget of words of the notebooks that open with their picture, and of every panel's sentence."""

from __future__ import annotations

import re

import nbformat
import pytest

from helpers.core import stored
from helpers.course import authoring
from helpers.show.panel import MOST_NUMBERS, MOST_WORDS
from tests.catalogue import PANELS
from tests.reading import words_and_numbers

# The notebooks rebuilt on the picture pattern so far; the others follow.
REBUILT = [
    "00_start_here",
    "10_timeline",
    "12_rules_as_code",
    "14_chips_compared",
    "20_dies_and_yield",
    "22_without_euv",
    "24_more_chips_more_power",
    "26_memory_wall",
    "30_kv_cache",
    "34_serving",
    "32_experts_and_training_cost",
    "36_who_benefits",
    "40_grey_markets",
    "42_reverse_tariff",
    "44_deny_or_sell",
    "46_law_and_plans",
    "80_compute_gap",
    "90_verdicts",
]
STORED = [(name, which) for name in REBUILT for which in authoring.EDITIONS]
MOST, BEFORE_PICTURE = 2500, 250

_FOLDED = re.compile(r"<details(?! open).*?</details>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def visible(text: str) -> str:
    """What stands on the page before a reader unfolds anything."""
    return _TAG.sub(" ", _FOLDED.sub(" ", text))


def shown(output) -> tuple[str, bool]:
    """The words of an output, and whether it is a picture."""
    data = output.get("data", {})
    if stored.VEGA_LITE in data:
        title = data[stored.VEGA_LITE].get("title", {})
        lines = [title.get("text", ""), *title.get("subtitle", [])] if isinstance(title, dict) else [title]
        return " ".join(line for line in lines if isinstance(line, str)), True
    text = data.get("text/markdown") or data.get(stored.HTML) or data.get("text/plain") or ""
    return visible("".join(text)), False


def page(name: str, which: str) -> tuple[int, int]:
    """Visible words of a notebook, and those before its first picture."""
    words, before = 0, None
    for cell in nbformat.read(authoring.EDITIONS[which] / f"{name}.ipynb", as_version=4).cells:
        if cell.cell_type == "markdown":
            words += len(visible(cell.source).split())
        for output in cell.get("outputs", []):
            said, picture = shown(output)
            if picture and before is None:
                before = words
            words += len(said.split())
    return words, before


@pytest.mark.parametrize(("name", "which"), STORED)
def test_a_rebuilt_notebook_keeps_to_its_words(name, which):
    words, before = page(name, which)
    assert words <= MOST and before <= BEFORE_PICTURE, (words, before)


@pytest.mark.parametrize("name", REBUILT)
def test_a_finding_is_one_sentence_with_two_numbers(name):
    cells = nbformat.read(authoring.EDITIONS["learner"] / f"{name}.ipynb", as_version=4).cells
    said = ["".join(o.get("data", {}).get("text/markdown", "")) for c in cells for o in c.get("outputs", [])]
    found = [
        match.group(1)
        for text in [*said, *(c.source for c in cells if c.cell_type == "markdown")]
        for match in re.finditer(r"\*\*Finding\.\*\*\s*(.+?)(?:\n\n|$)", visible(text), re.DOTALL)
    ]
    assert len(found) >= 4
    for finding in found:
        assert words_and_numbers(finding)[1] <= 2, finding
        assert len(re.findall(r"[.!?](?= [A-Z“]|$)", finding.strip())) == 1, finding


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_s_sentence_is_short_and_its_presets_are_questions(name):
    panel = PANELS[name]()
    assert all(question.endswith("?") and len(question) <= 40 for question in panel.presets), list(panel.presets)
    for position in panel.positions():
        reading = panel.set(**position).reading
        if reading.startswith("No answer at this setting"):
            continue
        words, numbers = words_and_numbers(reading)
        assert words <= MOST_WORDS and numbers <= MOST_NUMBERS, (words, numbers, reading)
