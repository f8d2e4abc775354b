"""The picture “The wafer”: what it says is counted again from what it draws; its steps are short and stay in place."""

from __future__ import annotations

import itertools
import json
import math
import re

import numpy as np
import pytest

from helpers.wafers import figures, panels, studies
from helpers.wafers import model as wafers
from helpers.wafers.figures import wafer as drawing
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import size_of, svg_of

LAID = {"small": "small", "big": "big", "gathered": "gathered", "field": "gathered", "cost": "big"}


@pytest.fixture(scope="module")
def panel():
    return panels.picture_panel()


def paths(rows, **how):
    """Paths of the shapes that are filled or outlined in such a colour."""
    return [row["path"] for row in rows if row["kind"] == "shape" and all(row[key] == how[key] for key in how)]


def boxes(rows, fill):
    """Dies of a colour on the wafer, in mm from its middle: left, bottom, width, height; y upwards."""
    found = [
        tuple(map(float, box))
        for path in paths(rows, fill=fill)
        for box in re.findall(r"M([-\d.]+),([-\d.]+)h([\d.]+)v([\d.]+)h-[\d.]+z", path)
    ]
    middle, scale, gap = drawing.MIDDLE, drawing.SCALE, drawing.GAP
    return [
        ((x - middle) / scale, (middle - y - h) / scale, (w + gap) / scale, (h + gap) / scale)
        for x, y, w, h in found
        if x < 2 * middle
    ]


def crosses(rows):
    """Middles of the crosses on the wafer, in mm from its middle."""
    arm = drawing.ARM
    found = [
        (float(x) + arm, float(y))
        for path in paths(rows, stroke=drawing.DEFECT)
        for x, y in re.findall(r"M([-\d.]+),([-\d.]+)h", path)
    ]
    return np.array([
        ((x - drawing.MIDDLE) / drawing.SCALE, (drawing.MIDDLE - y) / drawing.SCALE)
        for x, y in found
        if x < 2 * drawing.MIDDLE
    ])  # fmt: skip


def said(rows):
    return [row["words"] for row in rows if row["kind"] == "words"]


def on(die, at, slack):
    """Defects on a die, or within so many mm of it."""
    x, y, width, height = die
    return int(
        (
            (at[:, 0] > x - slack)
            & (at[:, 0] < x + width + slack)
            & (at[:, 1] > y - slack)
            & (at[:, 1] < y + height + slack)
        ).sum()
    )


@pytest.mark.parametrize("step", LAID)
def test_the_counts_are_those_of_the_marks(panel, step):
    rows = panel.set(step=step).rows
    good, hit = boxes(rows, drawing.GOOD), boxes(rows, drawing.HIT)
    share = len(good) / (len(good) + len(hit))
    assert f"{len(good)} of {len(good) + len(hit)} dies escape" in said(rows)
    assert f"{100 * share:.0f}%" in said(rows)
    if step in ("small", "big", "gathered"):
        assert f"{100 * share:.0f}%" in panel.state.reading


@pytest.mark.parametrize("step", LAID)
def test_a_die_is_blue_where_no_cross_lies_on_it(panel, step):
    """Recounted from the drawing, in tenths of a pixel."""
    rows = panel.set(step=step).rows
    at, slack = crosses(rows), 0.15
    good, hit = boxes(rows, drawing.GOOD), boxes(rows, drawing.HIT)
    assert all(on(die, at, -slack) == 0 for die in good), "no cross well inside a blue die"
    assert all(on(die, at, slack) > 0 for die in hit), "a cross on every die that is hit"
    for x, y, width, height in good + hit:
        far = math.hypot(max(abs(x), abs(x + width)), max(abs(y), abs(y + height)))
        assert far <= 150 - studies.WAFER_RIM + 0.2, "a whole die"
    laid = studies.picture()[LAID[step]]
    assert len(good) + len(hit) == laid.placed.count == int(wafers.exact_dies(laid.placed.width_mm, laid.placed.height_mm))  # fmt: skip


def test_the_defects_are_the_same_under_small_dies_and_big_ones(panel):
    steps = {step: crosses(panel.set(step=step).rows) for step in figures.STEPS[1:]}
    for step in ("small", "big", "cost"):
        assert (steps[step] == steps["defects"]).all()
    for step in ("gathered", "field"):
        assert len(steps[step]) == len(steps["defects"]) and (steps[step] == steps["gathered"]).all()
    assert not len(paths(panel.set(step="wafer").rows, stroke=drawing.DEFECT))
    assert f"{len(steps['defects'])} killer defects" in said(panel.set(step="defects").rows)
    # As many as on an average wafer: density times the area of a circle of 15 cm.
    assert len(steps["defects"]) == round(studies.WAFER_D0 * math.pi * 15**2)


def test_clusters_are_drawn_as_clusters():
    """Variance over mean of the counts in quarters of a quarter: about 1 if even, far more if gathered."""
    index = {}
    for key, laid in studies.picture().items():
        counts = np.histogram2d(laid.x, laid.y, bins=4, range=[[-150, 150]] * 2)[0][1:3, :]
        index[key] = counts.var() / counts.mean()
    assert index["small"] == index["big"] < 2.5 and index["gathered"] > 4


def test_the_wafer_is_a_typical_one():
    """The shares on it lie within six points of what the models expect: exp(-x), and 1 / (1 + x)."""
    for key, laid in studies.picture().items():
        x = studies.WAFER_D0 * laid.placed.width_mm * laid.placed.height_mm / 100
        expected = 1 / (1 + x) if key == "gathered" else math.exp(-x)
        assert laid.good.sum() / laid.placed.count == pytest.approx(expected, abs=0.06)


def test_what_a_good_die_costs_is_the_wafer_shared_out_and_drawn_to_scale(panel):
    state = panel.set(step="cost")
    rows, wafer = state.rows, studies.published("wafer-smic-7")
    goods = [int(words.split()[0]) for words in said(rows) if words.endswith("dies escape")]
    costs = [float(words.split()[0].replace(",", "")) for words in said(rows) if words.endswith("USD a good die")]
    assert costs == [round(wafer / good) for good in goods] and len(costs) == 3
    assert f"{goods[0] / goods[1]:.0f} times" in state.reading
    bars = [float(re.search(r"h([\d.]+)v12\.0", path)[1]) for path in paths(rows, fill="#4d4d4d")]
    assert [bar / max(bars) for bar in bars] == pytest.approx([goods[1] / good for good in goods], abs=0.001)


def test_shares_and_dies_beside_the_wafer_are_to_scale(panel):
    rows = panel.set(step="gathered").rows
    whole, part = (
        [float(w) for path in paths(rows, fill=fill) for w in re.findall(r"M428\.0,[\d.]+h([\d.]+)v18\.0", path)]
        for fill in (drawing.HIT, drawing.GOOD)
    )
    shares = [laid.good.sum() / laid.placed.count for laid in studies.picture().values()]
    assert [a / b for a, b in zip(part, whole, strict=True)] == pytest.approx(shares, abs=0.001)
    beside = [
        (float(w), float(h))
        for path in paths(rows, fill=drawing.GOOD)
        for x, w, h in re.findall(r"M([\d.]+),[\d.]+h([\d.]+)v([\d.]+)h", path)
        if path.count("M") == 1 and float(x) < 428
    ]
    for (width, height), laid in zip(beside, studies.picture().values()):
        assert (width, height) == pytest.approx(
            (laid.placed.width_mm * drawing.SCALE, laid.placed.height_mm * drawing.SCALE), abs=0.06
        )


@pytest.mark.parametrize("step", ["big", "small"])
def test_cut_dies_end_at_the_wafer_s_edge(panel, step):
    (path,) = paths(panel.set(step=step).rows[:3], fill=drawing.CUT)
    numbers = re.findall(r"[ML ]([-\d.]+),([-\d.]+)(?=[LAz])", path)
    far = [math.hypot(float(x) - drawing.MIDDLE, float(y) - drawing.MIDDLE) for x, y in numbers]
    assert len(far) > 3 * path.count("z") and max(far) <= 150 * drawing.SCALE + 0.15
    assert path.count("M") == path.count("z") <= studies.picture()[step].cut.sum()


def test_the_field_is_outlined_from_its_step_on_and_holds_the_die(panel):
    for step in figures.STEPS:
        frames = paths(panel.set(step=step).rows, stroke=drawing.FIELD, thick=3)
        drawn = [re.match(r"M[\d.]+,[\d.]+h([\d.]+)v([\d.]+)", path).groups() for path in frames]
        sides = [tuple(round(float(v) / drawing.SCALE) for v in frame) for frame in drawn]
        assert ((26, 33) in sides) == (step in ("field", "cost")), step
    assert studies.picture()["big"].held == 1


@pytest.mark.parametrize("step", figures.STEPS)
def test_a_step_is_one_short_sentence_with_at_most_one_number(panel, step):
    state = panel.set(step=step)
    words, numbers = words_and_numbers(state.reading)
    assert words <= 20 and numbers <= 1 and len(re.findall(r"\.(?!\d)", state.reading)) == 1, state.reading
    assert words_and_numbers(state.signals["title"].partition(". ")[2])[1] <= 1
    assert len(state.more.split()) > 9 and state.more.endswith("."), "what is seen, for those who do not see it"


def test_the_answers_wait_for_the_steps_that_give_them(panel):
    """The reader guesses the share of big dies, and then what gathering does."""
    given = {"35%": "big", "46%": "gathered", "16 times": "cost"}
    for place, step in enumerate(figures.STEPS):
        state = panel.set(step=step)
        seen = " ".join([state.reading, state.signals["title"], *said(state.rows)])
        for answer, at in given.items():
            assert place >= figures.STEPS.index(at) or answer not in seen, (step, answer)


def test_every_step_keeps_its_words_apart_and_stays_in_place(panel):
    for step in figures.STEPS:
        rows = [row for row in panel.set(step=step).rows if row["kind"] == "words"]
        spans = [(*reach(row, 8.7 if row["bold"] else 8.1), row["y"] - 12, row["y"] + 3) for row in rows]
        assert all(left >= 0 and right <= drawing.WIDTH + 8 for left, right, *_ in spans), step
        for (a, b, c, d), (e, f, g, h) in itertools.combinations(spans, 2):
            assert not (a < f and e < b and c < h and g < d), step
        svg = svg_of(panel)
        width, height = size_of(svg)
        assert width <= 800 and height <= 430, (step, width, height)
        assert {float(size) for size in re.findall(r'font-size="([\d.]+)', svg)} <= {16.0}
        assert len(json.dumps(panel.state.rows)) < 40_000
