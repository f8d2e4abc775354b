"""Charts and tables of 14_chips_compared: series stay apart, names do not overlap, nothing unknown is zero."""

from __future__ import annotations

import json
import math

from helpers.chips import figures, studies
from helpers.chips import model as chips
from helpers.core import data

TABLE = chips.table()
VOLUMES, SYSTEMS = data.load("volumes"), data.load("systems")


def test_the_table_of_cuts_names_each_part_once_with_its_original():
    frame = figures.gave_up_table(TABLE).frame
    assert frame.index.is_unique and set(frame.loc["H20"].tolist()) >= {"H100", "15%", "120%", "100%", "57% to 79%"}
    assert frame.loc["H800", "Link"] == "44%" and frame.loc["MI308X", "Compute"] == "not known"
    assert frame.loc["L20", "Link"] == "none on either"


def test_contested_values_are_named_with_their_sources_and_escaped():
    card = figures.contested_card("H20 96GB")
    assert "400 W" in card and "550 W" in card and card.startswith("<div")
    assert figures.contested_card("no such chip") == ""


def test_names_on_the_map_do_not_overlap():
    points = [{"x": 10.0 * 1.05**i, "y": 100.0, "name": f"Chip number {i}"} for i in range(40)]
    figures.place_names(points, (5, 500), (10, 1000))
    shown = [p for p in points if p["name"]]
    assert 3 < len(shown) < 40

    def box(p):
        px = figures.MAP_WIDTH * math.log(p["name_x"] / 5) / math.log(100)
        py = figures.MAP_HEIGHT * math.log(p["name_y"] / 10) / math.log(100)
        return px - 3.4 * len(p["name"]), px + 3.4 * len(p["name"]), py - 6, py + 6

    boxes = [box(p) for p in shown]
    for i, a in enumerate(boxes):
        assert not any(
            a[0] < b[1] - 1e-6 and b[0] < a[1] - 1e-6 and a[2] < b[3] - 1e-6 and b[2] < a[3] - 1e-6 for b in boxes[:i]
        )


def test_the_chips_of_the_story_keep_their_names_on_the_first_map():
    found = studies.placed(studies.data_centre_chips(TABLE), "bf16", "memory_bandwidth")
    points = figures.named(found.points, figures.axis_ends(found.points, found.reference))
    shown = " ".join(p["name"] for p in points)
    assert all(name in shown for name in ("H100", "H800", "H20", "H200", "910C", "910B", "B30A", "950DT", "Atlas 350"))
    assert "name_x" not in found.points[0], "the study's points stay as they were"


def test_a_system_without_a_power_figure_is_named_and_not_drawn_at_zero():
    spec = json.dumps(figures.systems_chart(SYSTEMS).to_dict())
    assert "not published" in spec and "NaN" not in spec and '"value": 0.0' not in spec


def test_the_two_revenue_series_are_never_spliced():
    spec = figures.revenue_chart(VOLUMES).to_dict()
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert len(lines) == 1 and lines[0]["encoding"]["detail"]["field"] == "run"


def test_the_units_chart_draws_disagreeing_sources_as_ranges():
    (rows,) = figures.units_chart(VOLUMES).to_dict()["datasets"].values()
    by_words = {r["words"]: r for r in rows}
    ascend = by_words["Ascend, 2025 (mark: SemiAnalysis)"]
    assert (ascend["low"], ascend["high"]) == (200, 812) and all(0 < r["low"] <= r["value"] <= r["high"] for r in rows)


def test_the_table_of_systems_gives_totals_and_ratios():
    frame = figures.systems_table(SYSTEMS).frame
    assert frame.loc["Chips"].tolist() == ["384", "72", "3.2"]
    assert frame.loc["Power (kW)", "CloudMatrix 384"] == "500 to 559"
