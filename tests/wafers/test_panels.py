"""The panels of notebook 20: what they draw, what their sentences say, and that they fit a page."""

from __future__ import annotations

import itertools
import json
import math
import re

import pytest

from helpers.wafers import model as wafers
from helpers.wafers import studies
from helpers.wafers.figures import wafer as drawing
from tests.catalogue import PANELS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of
from tests.wafers.test_picture import boxes, crosses, on, paths

MINE = [
    "A wafer you can see",
    "What a reported yield implies",
    "From flawless to sellable",
    "One big die or several small",
    "A package with everything uncertain",
]


@pytest.mark.parametrize("name", MINE)
def test_a_panel_is_read_at_a_glance_and_fits_a_small_window(name):
    panel = PANELS[name]()
    width, height = size_of(svg_of(panel))
    assert width <= 840 and height <= 430
    assert 3 <= len(panel.presets) <= 6 and all(q.endswith("?") and len(q) <= 38 for q in panel.presets)
    for setting in panel.positions():
        state = panel.set(**setting)
        if not state.reading.startswith("No answer"):
            words, numbers = words_and_numbers(state.reading)
            assert words <= 35 and numbers <= 3 and state.more, state.reading


def held_by(field, dies):
    """Dies that lie in an exposure field."""
    left, bottom, *sides = field
    return sum(
        left - 0.2 <= x
        and x + width <= left + sides[0] + 0.2
        and bottom - 0.2 <= y
        and y + height <= bottom + sides[1] + 0.2
        for x, y, width, height in dies
    )


def field_of(rows):
    """The outline of one exposure on the wafer, in mm from its middle."""
    ((x, y, width, height),) = [
        tuple(map(float, re.match(r"M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)h", path).groups()))
        for path in paths(rows, stroke=drawing.FIELD, thick=3)
        if float(path[1:].split(",")[0]) < 2 * drawing.MIDDLE
    ]
    middle, scale = drawing.MIDDLE, drawing.SCALE
    return (x - middle) / scale, (middle - y - height) / scale, width / scale, height / scale


def test_the_wafer_says_what_it_draws():
    panel = PANELS["A wafer you can see"]()
    for preset in panel.presets:
        state = panel.apply(preset)
        good, whole, defects = (
            int(n) for n in re.match(r"(\d+) of (\d+) whole dies escape (\d+)", state.signals["title"]).groups()
        )
        dies = {fill: boxes(state.rows, fill) for fill in (drawing.GOOD, drawing.HIT)}
        at = crosses(state.rows)
        assert (good, whole) == (len(dies[drawing.GOOD]), sum(map(len, dies.values()))) and len(at) == defects
        assert f"{good} of {whole} dies escape" in [row.get("words") for row in state.rows]
        words = re.search(r"holds (one|\d+) of them", state.more)
        field = field_of(state.rows)
        assert sorted(round(side) for side in field[2:]) == [26, 33]
        held = held_by(field, itertools.chain(*dies.values()))
        assert held == (int(words[1].replace("one", "1")) if words else 0), preset
        for fill, these in dies.items():
            for die in these:
                assert die[2] * die[3] == pytest.approx(panel.settings["area"], rel=0.02)
                assert on(die, at, 0.15 if fill == drawing.HIT else -0.15) > 0 or fill == drawing.GOOD
                assert fill == drawing.HIT or on(die, at, -0.15) == 0
    assert "no scanner prints this die" in panel.apply("Does 30 by 28 mm fit?").reading
    assert panel.set(number=1).rows != panel.set(number=2).rows
    assert panel.set(number=2).rows == panel.set(number=2).rows


def test_the_wafer_starts_as_the_picture_left_it():
    """The same wafer: what the picture says of 910B dies and of phone chips, the panel says."""
    panel, laid = PANELS["A wafer you can see"](), studies.picture()
    for preset, key in (
        ("How do 910B dies fare?", "big"),
        ("How do phone chips fare?", "small"),
        ("What if defects gather?", "gathered"),
    ):
        good, count = int(laid[key].good.sum()), laid[key].placed.count
        assert panel.apply(preset).reading.startswith(f"{good} of {count} whole dies escaped"), preset


@pytest.mark.parametrize(
    ("area", "shape", "holds", "sides"),
    [(107, "square", "6", (26, 33)), (700, "910b", "one", (26, 33)), (840, "wide", "", (26, 33))],
)
def test_the_field_lies_the_way_it_holds_more(area, shape, holds, sides):
    state = PANELS["A wafer you can see"]().set(area=area, shape=shape)
    assert tuple(round(side) for side in field_of(state.rows)[2:]) == sides
    assert (f"holds {holds} of them" if holds else "no scanner prints this die") in f"{state.reading} {state.more}"


def test_a_field_is_turned_where_it_then_holds_more():
    assert studies.field_over(wafers.place_dies(31, 25, edge_mm=3))[2:] == (33, 26)
    assert studies.field_over(wafers.place_dies(10.34, 10.34, edge_mm=3))[2:] == (26, 33)


def test_a_wafer_without_defects_draws_none():
    """An empty path would be drawn as a dot in the middle of the wafer."""
    state = PANELS["A wafer you can see"]().set(d0=0)
    assert all(row["path"] for row in state.rows if row["kind"] == "shape")
    assert len(crosses(state.rows)) == len(boxes(state.rows, drawing.HIT)) == 0
    assert re.fullmatch(r"Without a defect all \d+ whole dies are good", state.signals["title"])
    assert "ends 0% of dies" in PANELS["From flawless to sellable"]().set(d0=0).more


def test_the_wafer_stays_light_enough_to_answer_at_once():
    """One mark for all dies of a kind, and less than 40 kB to the page for six hundred phone chips."""
    rows = PANELS["A wafer you can see"]().apply("How do phone chips fare?").rows
    assert len(rows) < 30 and len(json.dumps(rows)) < 40_000


def test_only_the_910b_can_be_counted_by_cores_or_in_pairs():
    panel = PANELS["What a reported yield implies"]()
    assert "No answer" in panel.set(product="H100", counted="pair").reading
    assert "2.7 to 6.7 times" in panel.apply("What did 20% mean in June 2024?").more


def test_salvage_draws_every_die():
    panel = PANELS["From flawless to sellable"]()
    state = panel.apply("Reset")
    assert math.isclose(sum(row["share"] for row in state.rows), 1, rel_tol=1e-9)
    assert [row["fate"] for row in state.rows].count("flawless") == 1 and state.rows[25]["fate"] == "flawless"
    assert panel.apply("What if all 25 must work?").reading == "20% of dies are flawless, and only those can be sold."
    panel.apply("Reset")
    sold = [
        sum(row["share"] for row in panel.set(core_share=share).rows if row["fate"] != "scrap") for share in (40, 60)
    ]
    assert sold[0] < 0.40 < sold[1]


def test_shares_in_the_title_of_salvage_add_to_one_and_its_axis_has_two_ends():
    panel = PANELS["From flawless to sellable"]()
    assert panel.state.signals["title"] == "47% sellable (20% flawless), 53% scrap at 20 of 25 cores"
    for setting in panel.positions():
        state = panel.set(**setting)
        assert max(row["share"] for row in state.rows) <= state.signals["top"] and state.signals["top"] in (0.6, 1.0)


def test_one_die_is_drawn_up_to_the_field_and_not_beyond():
    state = PANELS["One big die or several small"]().apply("What if joining is dear?")
    assert max(row["area"] for row in state.rows if row["kind"] == "one die") == 26 * 33
    assert max(row["area"] for row in state.rows if row["kind"] == "two pieces") == pytest.approx(2 * 0.9 * 26 * 33)
    title = "At 0.16 defects per cm² one die beats two pieces; four pay from 742 mm²"
    assert state.signals["title"] == title


def test_the_areas_in_the_title_of_pieces_are_where_the_drawn_curves_cross():
    panel = PANELS["One big die or several small"]()
    for setting in ({}, {"joining": 150}, {"bond": 90}, {"d0": 0.4}):
        panel.apply("Reset")
        state = panel.set(**setting)
        cost = {kind: {r["area"]: r["usd"] for r in state.rows if r["kind"] == kind} for kind in studies.PIECES}
        one, said = cost["one die"], state.signals["title"].removesuffix(" mm²")
        for kind, words in zip(list(studies.PIECES)[1:], ("two pieces pay from ", "four pay from ")):
            cheaper = [area for area, usd in cost[kind].items() if area in one and usd < one[area]]
            if not cheaper:
                assert words not in said
                continue
            dearer = max((area for area in one if area < min(cheaper)), default=0)
            assert dearer <= float(said.split(words)[1].split(" mm²")[0]) <= min(cheaper)


def test_a_sellable_die_s_reading_states_the_share_in_cores():
    panel = PANELS["What a reported yield implies"]()
    assert "(60% of the area in cores, our assumption)" in panel.apply("40%, of sellable dies?").more
    assert "cores" not in panel.apply("40%, of pairs?").more


def test_a_small_density_is_not_printed_as_zero():
    """95% of pairs: -ln(0.95) / 2 over 6.6561 cm2 is 0.0039."""
    state = PANELS["What a reported yield implies"]().set(reported=95, counted="pair")
    assert "implies 0.004 defects per cm², by model: 0.04 times" in state.more
    assert state.reading == (
        "Counting pairs, 95% means 0.004 defects per cm². Every model puts it below what TSMC published (yellow)."
    )
    assert state.signals["title"].endswith("0.004 defects per cm²") and state.rows[0]["label"] == "0.004"


def test_below_is_not_said_where_the_printed_densities_meet():
    """40% of pairs: the highest density prints as 0.09, which is TSMC's own; 95% lies far below it."""
    panel = PANELS["What a reported yield implies"]()
    state = panel.apply("40%, of pairs?")
    assert "to 0.09 defects" in state.reading and "at or below what TSMC published" in state.reading
    assert "0.8 to 1.0 times" in state.more


@pytest.mark.parametrize(
    "name", ["From flawless to sellable", "One big die or several small", "A package with everything uncertain"]
)
def test_a_chart_that_rests_on_one_model_and_one_count_of_dies_names_both(name):
    subtitle = " ".join(PANELS[name]().chart.spec["title"]["subtitle"])
    assert "alpha 3" in subtitle and ("85 a wafer" in subtitle or "textbook’s" in subtitle)


def test_the_reading_of_the_wafer_names_the_model_that_it_compares_with():
    panel = PANELS["A wafer you can see"]()
    assert "Poisson's model (no clusters) expects 34%" in panel.state.more
    assert "clusters (alpha 1) expects 48%" in panel.apply("What if defects gather?").more
