"""Panels of 26: what they say at every position, and that pictures keep to their size."""

from __future__ import annotations

import re

import pytest

from helpers.memory import figures, panels, studies
from helpers.memory.figures.scene import HEIGHT, WIDTH
from helpers.show.panel import MOST_NUMBERS, MOST_WORDS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

PANELS = {"taps": panels.picture_panel, "wafers": panels.wafers_panel, "earns": panels.earns_panel}


@pytest.fixture(scope="module", params=PANELS)
def any_panel(request):
    return PANELS[request.param]()


@pytest.fixture(scope="module")
def taps():
    return panels.picture_panel()


def test_readings_are_short_at_every_position(any_panel):
    for position in any_panel.positions():
        state = any_panel._try(position)
        assert state.rows, position
        words, numbers = words_and_numbers(state.reading)
        assert words <= MOST_WORDS and numbers <= MOST_NUMBERS, (position, state.reading)
        assert state.more.endswith("."), position


def test_presets_are_short_questions(any_panel):
    assert 3 <= len(any_panel.presets) <= 6
    assert all(name.endswith("?") and len(name) <= 38 for name in any_panel.presets)


def test_a_step_of_the_picture_is_one_sentence_with_one_number(taps):
    for step in figures.STEPS:
        reading = taps.set(**{**taps.defaults(), "step": step}).reading
        words, numbers = words_and_numbers(reading)
        assert words <= 20 and numbers <= 1, reading


@pytest.mark.parametrize("step", figures.STEPS)
def test_the_picture_keeps_inside_its_sheet_with_large_letters(taps, step):
    for layer, stock, chip in ((95.6, 150, studies.BEFORE), (90, 110, studies.CARD), (100, 190, "Ascend 950DT")):
        state = taps.set(step=step, layer=layer, stock=stock, chip=chip)
        for row in state.rows:
            if row["kind"] == "words":
                wide = 8.2 * len(row["words"])
                left = row["x"] - {"left": 0, "right": wide, "center": wide / 2}[row["align"]]
                assert left >= -4 and left + wide <= WIDTH + 30 and 10 <= row["y"] <= HEIGHT + 2, row
    svg = svg_of(taps)
    width, height = size_of(svg)
    assert width <= 800 and height <= 430, (width, height)
    assert {float(s) for s in re.findall(r'font-size="([\d.]+)', svg)} <= {16.0}


def test_stripes_and_bars_are_to_scale():
    found = studies.months("analyst")
    rows = figures.taps_rows("cxmt", studies.parts().layer, 150, 1, studies.BEFORE)
    bars = next(r["path"] for r in rows if r["kind"] == "shape" and r["fill"] == "#E69F00" and r["path"].count("M") > 9)
    heights = [float(h) for h in re.findall(r"v([\d.]+)h-11", bars)]
    memory_months = [c for c, what in zip(found.computing, found.binds) if what == "memory"]
    assert len(heights) == len(memory_months) == found.memory_months()
    assert heights[-1] / heights[0] == pytest.approx(memory_months[-1] / memory_months[0], abs=0.02)


def test_the_last_step_sets_two_counts_beside_each_other(taps):
    state = taps.apply("Which count decides?")
    words = [r["words"] for r in state.rows if r["kind"] == "words"]
    assert "32 million GB" in words and "84 million GB" in words
    assert "58 million GB" not in words  # the mean is nobody's count
    assert "never" in state.reading and "November 2026" in state.reading


def test_wafers_near_the_plan():
    panel = panels.wafers_panel()
    assert "79 million GB" in panel.state.reading
    assert panel.apply("What does the analyst’s count take?").rows[0]["gb"] == pytest.approx(32, rel=0.02)


def test_tables_print():
    assert "3A090.c" in repr(figures.rule_table()) and "45 to 50" in repr(figures.calls_table())
