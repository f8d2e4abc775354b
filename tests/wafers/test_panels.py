"""The panels of notebook 20: what they take from the tables, and what their sentences say."""

from __future__ import annotations

import json
import math
import re

import numpy as np
import pytest

from helpers.wafers import model as wafers
from helpers.wafers import panels as wafers_panels
from tests.catalogue import PANELS


def test_published_values_the_story_uses():
    """Die shot by Kurnalsalts (2024); TechInsights (2023); Morgan Stanley (2025); AnandTech (2020)."""
    value = wafers_panels.published
    assert math.isclose(value("width-910b") * value("height-910b"), value("die-910b"), rel_tol=1e-4)
    assert math.isclose(value("width-910") * value("height-910"), value("die-910"), rel_tol=1e-4)
    assert (value("die-kirin-9000s"), value("gross-910b"), value("d0-tsmc-n7")) == (107, 78, 0.09)
    rows = wafers_panels.evidence()
    smic, tsmc = rows.loc["wafer-smic-7"], rows.loc[["wafer-tsmc-7-cset", "wafer-tsmc-7-digitimes"], "value"]
    assert (round(1.4 * tsmc.min()), 1.5 * tsmc.max()) == (smic["low"], smic["high"])
    assert math.isclose(smic["value"], 1.4 * tsmc.max())


def test_every_statement_carries_a_number_or_says_it_is_text():
    rows = wafers_panels.evidence()
    empty = rows[["low", "value", "high"]].isna().all(axis=1)
    assert set(rows.loc[empty, "unit"]) == {"text"}
    ordered = rows[["low", "value", "high"]].T.bfill().ffill().T[~empty]
    assert (ordered["low"] <= ordered["high"]).all()


def test_bills_add_to_one_hundred():
    """Epoch AI (2026): logic 13 to 14, memory 52 to 63; Silicon Analysts: H100 3,320 USD, MI300X 5,300."""
    bills = wafers_panels.bills()
    assert np.allclose(bills.groupby("bill")["share"].sum(), 100, atol=1e-9)
    share = bills.set_index(["bill", "part"])["share"]
    assert (share["Four makers, Q4 2025", "memory"], share["Four makers, Q1 2024", "memory"]) == (63, 52)
    assert math.isclose(share["H100", "logic"], 100 * 300 / 3320)
    assert (share.groupby("bill").idxmax().str[1] == "memory").all(), "as the chart's title says"


@pytest.mark.parametrize(
    ("counted", "low", "high"), [("flawless", 0.138, 0.225), ("sellable", 0.34, 0.56), ("pair", 0.07, 0.09)]
)
def test_what_was_counted_moves_the_density(counted, low, high):
    values = wafers_panels.implied_d0(665.61, 0.4, counted).values()
    assert math.isclose(min(values), low, abs_tol=0.005) and math.isclose(max(values), high, abs_tol=0.005)


def boxes(path):
    """Lower left corners and sides of the rectangles of an SVG path in mm, y downwards."""
    found = re.findall(r"M([-.\d]+),([-.\d]+)h([-.\d]+)v-([-.\d]+)h-[-.\d]+z", path)
    assert len(found) == path.count("M") == path.count("z")
    return [(float(x), -float(y), float(width), float(height)) for x, y, width, height in found]


def test_the_wafer_says_what_it_draws():
    panel = PANELS["A wafer you can see"]()
    for preset in panel.presets:
        state = panel.apply(preset)
        drawn = {row["kind"]: row["path"] for row in state.rows}
        good, whole, defects = (
            int(n) for n in re.match(r"(\d+) of (\d+) whole dies escape (\d+)", state.signals["title"]).groups()
        )
        dies = {kind: boxes(drawn[kind]) for kind in ("good", "hit", "cut by the rim")}
        assert (good, whole) == (len(dies["good"]), len(dies["good"]) + len(dies["hit"]))
        assert f"rim cuts {len(dies['cut by the rim'])} more" in state.reading
        crosses = [(float(x) + 1.3, -float(y)) for x, y in re.findall(r"M([-.\d]+),([-.\d]+)h2.6", drawn["defect"])]
        assert len(crosses) == defects
        ((left, bottom, *sides),) = boxes(drawn["field"])
        assert sorted(sides) == [26, 33]
        held = sum(
            left - 0.06 <= x
            and x + width <= left + sides[0] + 0.06
            and bottom - 0.06 <= y
            and y + height <= bottom + sides[1] + 0.06
            for these in dies.values()
            for x, y, width, height in these
        )
        words = re.search(r"holds (one|\d+) of them", state.reading)
        assert held == (int(words[1].replace("one", "1")) if words else 0), preset
        for kind, these in dies.items():
            for x, y, width, height in these:
                assert abs(width - panel.settings["width"]) < 0.06 and abs(height - panel.settings["height"]) < 0.06
                far = math.hypot(max(abs(x), abs(x + width)), max(abs(y), abs(y + height)))
                assert (far <= 147.2) == (kind != "cut by the rim")
                inside = sum(x - 0.1 <= a <= x + width + 0.1 and y - 0.1 <= b <= y + height + 0.1 for a, b in crosses)
                assert kind != "hit" or inside > 0
                well_inside = sum(
                    x + 0.1 <= a <= x + width - 0.1 and y + 0.1 <= b <= y + height - 0.1 for a, b in crosses
                )
                assert kind != "good" or well_inside == 0
    assert "no scanner prints this die" in panel.apply("30 by 28 mm").reading
    assert panel.set(number=1).rows != panel.set(number=2).rows
    assert panel.set(number=2).rows == panel.set(number=2).rows


@pytest.mark.parametrize(
    ("width", "height", "holds", "sides"),
    [(10.34, 10.34, "6", (26, 33)), (31, 25, "one", (33, 26)), (30, 28, "", (26, 33))],
)
def test_the_field_lies_the_way_it_holds_more(width, height, holds, sides):
    state = PANELS["A wafer you can see"]().set(width=width, height=height)
    ((*_, across, along),) = boxes(next(row["path"] for row in state.rows if row["kind"] == "field"))
    assert (across, along) == sides
    assert (f"holds {holds} of them" if holds else "no scanner prints this die") in state.reading


def test_a_wafer_without_defects_draws_none():
    """An empty path would be drawn as a dot in the middle of the wafer."""
    state = PANELS["A wafer you can see"]().set(d0=0)
    assert [row["kind"] for row in state.rows if row["path"]] == ["good", "cut by the rim", "field"]
    assert len(state.rows) == 3
    assert re.fullmatch(r"Without a defect all \d+ whole dies are good", state.signals["title"])
    assert "ends 0% of dies" in PANELS["From flawless to sellable"]().set(d0=0).reading


def test_the_wafer_stays_light_enough_to_answer_at_once():
    """One mark for all dies of a kind, and less than 30 kB to the page for seven hundred phone chips."""
    rows = PANELS["A wafer you can see"]().apply("Phone chip").rows
    assert len(rows) == 5 and len(json.dumps(rows)) < 30_000


def test_only_the_910b_can_be_counted_by_cores_or_in_pairs():
    panel = PANELS["What a reported yield implies"]()
    assert "No answer" in panel.set(product="H100", counted="pair").reading
    assert "2.7 to 6.7 times" in panel.apply("20% (June 2024)").reading


def test_salvage_sums_and_the_account_of_csis():
    """After CSIS (2025): about 20% good, some sold weaker, about 60% scrapped: 40% sold lies in the panel's reach."""
    panel = PANELS["From flawless to sellable"]()
    state = panel.apply("Reset")
    assert math.isclose(sum(row["share"] for row in state.rows), 1, rel_tol=1e-9)
    assert panel.apply("All 25").reading.startswith("20% of dies are flawless, and only those can be sold.")
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
    state = PANELS["One big die or several small"]().apply("Dear joining")
    assert max(row["area"] for row in state.rows if row["kind"] == "one die") == 26 * 33
    assert state.signals["title"] == "One die is cheaper than two pieces at every area up to 858 mm²"


def test_a_sellable_die_s_reading_states_the_share_in_cores():
    panel = PANELS["What a reported yield implies"]()
    assert "(60% of the area in cores, our assumption)" in panel.apply("40%, sellable").reading
    assert "cores" not in panel.apply("40%, pairs").reading


def test_a_small_density_is_not_printed_as_zero():
    """95% of pairs: -ln(0.95) / 2 over 6.6561 cm2 is 0.0039."""
    state = PANELS["What a reported yield implies"]().set(reported=95, counted="pair")
    assert "implies 0.004 defects per cm², by model: 0.04 times" in state.reading
    assert state.signals["title"].endswith("0.004 defects per cm²") and state.rows[0]["label"] == "0.004"


def test_clusters_that_are_drawn_leave_up_to_four_points_fewer_good_dies():
    """The notebook says so: a die across a border of two neighbourhoods averages them."""
    placed = wafers.place_dies(26, 33)
    good = [
        (placed.whole & (wafers.defects_on_dies(placed, *wafers.random_defects(0.16, 0.5, seed=n)) == 0)).sum()
        for n in range(1, 201)
    ]
    short = float(wafers.die_yield(858, 0.16, alpha=0.5)) - np.mean(good) / placed.count
    assert 0.02 < short < 0.045


def test_package_draws_repeat_and_parts_add():
    first, again = (wafers_panels.simulate_package(0.22, 1.0, 14_000, 200, 0.15, 500) for _ in range(2))
    assert (first == again).all() and first.shape == (500, len(wafers_panels.PARTS)) and (first > 0).all()
    dear = wafers_panels.simulate_package(0.22, 1.0, 28_000, 200, 0.15, 500)
    assert np.allclose(dear[:, 0], 2 * first[:, 0])
    cost = math.prod((1.0, 14_000.0 / wafers.dies_per_wafer(665.61, edge_mm=3, scribe_mm=0.1), 1 / 0.3, 2.0))
    assert abs(np.median(first[:, 0]) / cost - 1) < 0.1, "two dies of a wafer's price over its good dies"
