"""Panels of 26: what they say at every position, and that pictures keep to their size."""

from __future__ import annotations

import re

import pytest

from helpers.memory import figures, panels, studies
from helpers.memory.figures.scene import HEIGHT, WIDTH
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import reads_at_a_glance, size_of, svg_of

PANELS = {"taps": panels.picture_panel, "wafers": panels.wafers_panel, "earns": panels.earns_panel}


@pytest.fixture(scope="module", params=PANELS)
def any_panel(request):
    return PANELS[request.param]()


@pytest.fixture(scope="module")
def taps():
    return panels.picture_panel()


def test_it_reads_at_a_glance(any_panel):
    reads_at_a_glance(any_panel)


def test_a_step_of_the_picture_is_one_sentence_with_one_number(taps):
    for step in figures.STEPS:
        reading = taps.set(**{**taps.defaults(), "step": step}).reading
        words, numbers = words_and_numbers(reading)
        assert words <= 20 and numbers <= 1, reading


@pytest.mark.parametrize("step", figures.STEPS)
def test_the_picture_keeps_inside_its_sheet_with_large_letters(taps, step):
    for layer, stock, chip in ((95.6, 180, studies.BEFORE), (90, 110, studies.CARD), (100, 190, "Ascend 950DT")):
        state = taps.set(step=step, layer=layer, stock=stock, chip=chip)
        for row in state.rows:
            if row["kind"] == "words":
                left, right = reach(row, 8.2)
                assert left >= -4 and right <= WIDTH + 30 and 10 <= row["y"] <= HEIGHT + 2, row
    svg = svg_of(taps)
    width, height = size_of(svg)
    assert width <= 800 and height <= 430, (width, height)
    assert {float(s) for s in re.findall(r'font-size="([\d.]+)', svg)} <= {16.0}


def test_stripes_and_bars_are_to_scale():
    found = studies.months("analyst")
    rows = figures.taps_rows("cxmt", studies.parts().layer, 180, 1, studies.BEFORE)
    bars = next(r["path"] for r in rows if r["kind"] == "shape" and r["fill"] == "#E69F00" and r["path"].count("M") > 9)
    heights = [float(h) for h in re.findall(r"v([\d.]+)h-11", bars)]
    memory_months = [c for c, what in zip(found.computing, found.binds) if what == "memory"]
    assert len(heights) == len(memory_months) == found.memory_months()
    assert heights[-1] / heights[0] == pytest.approx(memory_months[-1] / memory_months[0], abs=0.02)


def test_the_last_step_tells_a_count_from_a_need(taps):
    state = taps.apply("Needed or counted?")
    words = [r["words"] for r in state.rows if r["kind"] == "words"]
    assert "32 million GB" in words and "84 million GB" in words
    assert "58 million GB" not in words  # the mean is nobody's count
    assert "needs 2.6 times" in state.reading and "a need, not a supply" in state.more
    assert "short from November 2026; range of our stock: March to December 2026" in words
    assert "short from January 2027; range of our stock: March 2026 to March 2027" in words


def test_bad_packages_change_the_chips_and_not_the_month(taps):
    one, other = (
        taps.apply(name).reading for name in ("When is the stock used up?", "And if a tenth of packages fail?")
    )
    assert one != other and "same month" in other
    assert studies.months("analyst").turn == studies.months("analyst", packaged=0.9).turn


def test_the_last_step_keeps_the_chip_of_the_one_before():
    rows = figures.taps_rows("counts", studies.parts().layer, 180, 1, studies.BEFORE)
    assert rows == figures.taps_rows("counts", studies.parts().layer, 180, 1, studies.CARD)
    assert rows != figures.taps_rows("counts", studies.parts().layer, 180, 1, "Ascend 950DT")


def test_wafers_near_the_plan():
    panel = panels.wafers_panel()
    assert "79 million GB" in panel.state.reading
    assert panel.apply("What does the analyst’s count take?").rows[0]["gb"] == pytest.approx(32, rel=0.02)


def test_tables_print():
    assert "3A090.c" in repr(figures.rule_table()) and "45 to 50" in repr(figures.calls_table())


def test_a_finding_and_a_panel_count_the_same_wafers_alike():
    """The controls hold a tenth of a per cent; the findings beside them count with the same yield, not a finer one."""
    wafers, parts = panels.wafers_panel(), studies.parts()
    assert wafers.defaults()["layer"] == panels.picture_panel().defaults()["layer"] == 95.6
    for thousand, gb in ((30, 16), (60, 16), (30, 24)):
        said = wafers.set(**{**wafers.defaults(), "wafers": thousand, "gb": gb}).reading
        counted = studies.plan(1000 * thousand, parts.front, parts.held, gb=gb).gigabytes_m
        assert f" {counted:,.0f} million GB" in said


def test_the_next_chip_holds_back_computing_and_not_chips(taps):
    """By hand: 32 million GB fill 32/128 or 32/112 million chips, of the 0.8 million that 1.6 million dies allow."""
    state = taps.set(**{**taps.defaults(), "step": "next"})
    assert "36% of what the dies allow" in state.more and "instead of 31%" in state.more
    assert 32 / 112 / 0.8 == pytest.approx(0.357, abs=1e-3) and 32 / 128 / 0.8 == pytest.approx(0.3125)
    assert "chips back" not in state.reading
