"""14_chips_compared: its sentences state what the data sheets give, and its charts keep series apart."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.chips import panels as chips_panels
from helpers.core import data

TABLE = chips.table()
ROWS = TABLE.set_index("chip")
VOLUMES, SYSTEMS = data.load("volumes"), data.load("systems")


@pytest.fixture(scope="module")
def ratio():
    return chips_panels.ratio_panel(TABLE)


@pytest.fixture(scope="module")
def weighting():
    return chips_panels.weighting_panel(TABLE)


@pytest.fixture(scope="module")
def chip_map():
    return chips_panels.map_panel(TABLE)


def scores(state) -> dict[str, float | None]:
    return {row["chip"]: row["score"] for row in state.rows}


# --- ratios -------------------------------------------------------------------------------------


def test_the_h20_against_the_h100_is_what_the_sheets_give(ratio):
    """148 / 989.5 and 296 / 1,979 TFLOPS, 96 / 80 GB, 4.0 / 3.35 TB/s, 900 / 900 GB/s, 400 or 550 / 700 W."""
    state = ratio.apply("Reset")
    for words in (
        "0.15 times the BF16 compute",
        "0.15 times the FP8 compute",
        "1.20 times the memory,",
        "1.19 times the memory bandwidth",
        "equal link",
        "0.57 to 0.79 times the power limit",
    ):
        assert words in state.reading
    assert "400 W" in ratio.detail.value and "550 W" in ratio.detail.value


def test_the_h800_lost_the_link_and_nothing_else(ratio):
    rows = {r["key"]: r for r in ratio.apply("H800").rows}
    assert rows["link"]["central"] == pytest.approx(400 / 900) and rows["link"]["side"] == "less"
    assert {rows[k]["side"] for k in ("bf16", "fp8", "memory", "memory_bandwidth", "power")} == {"equal"}


def test_equal_compute_takes_one_over_the_ratio_of_chips(ratio):
    rows = {r["key"]: r for r in ratio.apply("H20, equal compute").rows}
    assert rows["bf16"]["low"] == rows["bf16"]["high"] == 1
    assert rows["memory"]["central"] == pytest.approx(989.5 / 148 * 96 / 80)
    assert "6.69 H20 match" in ratio.state.reading


def test_contested_throughput_turns_into_a_range_of_chips(ratio):
    state = ratio.set(**{**ratio.defaults(), "chip": "Ascend 910C", "equal_compute": True})
    assert state.reading.startswith("1.24 to 1.32 Ascend 910C match")  # 989.5 / 800 to 989.5 / 752
    assert "Huawei" in ratio.detail.value or "arXiv" in ratio.detail.value


@pytest.mark.parametrize("chip", chips_panels.COMPARED)
@pytest.mark.parametrize("reference", chips_panels.REFERENCES)
def test_an_unknown_value_is_said_and_never_drawn_as_zero(chip, reference):
    for row in chips_panels.ratio_rows(TABLE, chip, reference):
        column = chips_panels.MEASURES[row["key"]][0]
        names = [f"{column}_low", f"{column}_high"] if row["key"] == "price" else [column]
        known = not any(math.isnan(ROWS.loc[c, n]) for c in (chip, reference) for n in names)
        assert (row["central"] is not None) == (known and ROWS.loc[reference, names[0]] > 0)
        assert (row["label"] == "not known") == (row["central"] is None)
        if known and row["central"] is not None:
            assert 0 <= row["low"] <= row["central"] <= row["high"]


def test_the_mi308x_has_no_equal_compute(ratio):
    state = ratio.set(**{**ratio.defaults(), "chip": "MI308X", "equal_compute": True})
    assert state.rows == [] and "No dense BF16 figure of the MI308X is published" in state.reading
    one = ratio.set(equal_compute=False)
    assert "Not known" in one.reading and "BF16 compute" in one.reading.split("Not known")[1]


def test_every_title_of_the_ratio_panel_fits_its_chart(ratio):
    for chip in chips_panels.COMPARED:
        for reference in chips_panels.REFERENCES:
            for equal in (False, True):
                state = ratio.set(chip=chip, reference=reference, equal_compute=equal)
                assert len(state.signals.get("title", "")) <= 86, state.signals["title"]


def test_every_title_of_the_weighting_panel_fits_its_chart(weighting):
    for setting in weighting.positions():
        assert len(weighting.set(**setting).signals.get("title", "")) <= 86
    weighting.apply("Reset")


# --- what was given up ----------------------------------------------------------------------------


def test_the_table_of_cuts_names_each_part_once_with_its_original():
    frame = chips_panels.gave_up_table(TABLE).frame
    assert frame.index.is_unique and set(frame.loc["H20"].tolist()) >= {"H100", "15%", "120%", "100%", "57% to 79%"}
    assert frame.loc["H800", "Link"] == "44%" and frame.loc["MI308X", "Compute"] == "not known"
    assert frame.loc["L20", "Link"] == "none on either"


# --- the map ------------------------------------------------------------------------------------


def test_no_chinese_design_beats_the_h100_in_both_compute_and_bandwidth(chip_map):
    state = chip_map.apply("Reset")
    chinese = [r for r in state.rows if r["group"] == chips_panels.CHINESE]
    assert chinese and not [r for r in chinese if r["x"] > 989.5 and r["y"] > 3350]
    assert f"0 of {len(chinese)} Chinese designs" in state.reading


def test_the_map_counts_what_it_cannot_draw(chip_map):
    state = chip_map.set(**{**chip_map.defaults(), "y": "link"})
    drawn = {r["chip"] for r in state.rows}
    assert "L20" not in drawn and "MI308X" not in drawn and all(r["x"] > 0 and r["y"] > 0 for r in state.rows)
    assert "more are not drawn" in state.reading


def test_ranges_on_the_map_hold_their_marks(chip_map):
    rows = {r["chip"]: r for r in chip_map.apply("Reset").rows}
    assert (rows["Ascend 910B"]["x_low"], rows["Ascend 910B"]["x_high"]) == (280, 400)
    assert all(r["x_low"] <= r["x"] <= r["x_high"] and r["y_low"] <= r["y"] <= r["y_high"] for r in rows.values())


def test_names_on_the_map_do_not_overlap():
    points = [{"x": 10.0 * 1.05**i, "y": 100.0, "name": f"Chip number {i}"} for i in range(40)]
    chips_panels.place_names(points, (5, 500), (10, 1000))
    shown = [p for p in points if p["name"]]
    assert 3 < len(shown) < 40

    def box(p):
        px = chips_panels._MAP_WIDTH * math.log(p["name_x"] / 5) / math.log(100)
        py = chips_panels._MAP_HEIGHT * math.log(p["name_y"] / 10) / math.log(100)
        return px - 3.4 * len(p["name"]), px + 3.4 * len(p["name"]), py - 6, py + 6

    boxes = [box(p) for p in shown]
    for i, a in enumerate(boxes):
        assert not any(
            a[0] < b[1] - 1e-6 and b[0] < a[1] - 1e-6 and a[2] < b[3] - 1e-6 and b[2] < a[3] - 1e-6 for b in boxes[:i]
        )


def test_one_measure_on_both_axes_is_said(chip_map):
    assert "choose two measures" in chip_map.set(x="link", y="link").reading
    chip_map.apply("Reset")


# --- the reader's weighting -----------------------------------------------------------------------


def test_all_on_compute_ties_the_h200_the_h800_and_the_h100(weighting):
    state = weighting.apply("Compute alone")
    assert scores(state)["H200"] == scores(state)["H800"] == scores(state)["H100"] == pytest.approx(1)
    assert "Level with it" in state.reading and scores(state)["H20"] == pytest.approx(148 / 989.5)


def test_all_on_memory_puts_the_h200_above_the_h100(weighting):
    state = weighting.apply("Memory alone")
    assert scores(state)["H200"] == pytest.approx(141 / 80)
    order = [row["chip"] for row in state.rows]
    assert order.index("H200") < order.index("H100")


def test_the_verdict_on_the_910c_turns_with_the_weights(weighting):
    assert (
        scores(weighting.apply("Compute alone"))["Ascend 910C"]
        < 1
        < scores(weighting.apply("Memory alone"))["Ascend 910C"]
    )


def test_a_chip_without_a_value_is_not_ranked_and_the_sentence_names_it(weighting):
    state = weighting.apply("Link alone")
    assert scores(state)["B30A (report)"] is None and "Not ranked, since a value is missing: B30A" in state.reading
    assert scores(weighting.apply("Memory alone"))["B30A (report)"] == pytest.approx(144 / 80)


def test_no_weight_at_all_is_refused_in_a_sentence(weighting):
    state = weighting.set(bf16=0, memory=0, memory_bandwidth=0, link=0)
    assert state.rows == [] and "all four weights are 0" in state.reading
    weighting.apply("Reset")


def test_ranks_follow_scores(weighting):
    known = [r["score"] for r in weighting.set(field="all").rows if r["score"] is not None]
    assert known == sorted(known, reverse=True)
    weighting.apply("Reset")


# --- systems ------------------------------------------------------------------------------------


def test_cloudmatrix_per_petaflop_follows_from_the_published_totals():
    """384 chips, 500 to 559 kW, 300 PFLOPS against 72, 120 to 145 kW, 180 PFLOPS."""
    ratio = chips_panels.times_per_pflop(SYSTEMS)
    assert ratio.loc["accelerator_count", "central"] == pytest.approx(384 / 300 / (72 / 180))
    assert ratio.loc["power_kw", "low"] == pytest.approx(500 / 300 / (145 / 180))
    assert ratio.loc["power_kw", "high"] == pytest.approx(559 / 300 / (120 / 180))
    assert ratio.loc["power_kw", "central"] == pytest.approx(2.31, abs=0.005)


def test_a_system_without_a_power_figure_is_named_and_not_drawn_at_zero():
    spec = json.dumps(chips_panels.systems_chart(SYSTEMS).to_dict())
    assert "not published" in spec and "NaN" not in spec and '"value": 0.0' not in spec


# --- sales and volumes ----------------------------------------------------------------------------


def test_the_two_revenue_series_are_never_spliced():
    points = chips_panels.revenue_points(VOLUMES)
    assert points.groupby("run")["series"].nunique().max() == 1 and points["series"].nunique() == 2
    spec = chips_panels.revenue_chart(VOLUMES).to_dict()
    lines = [layer for layer in spec["layer"] if layer["mark"]["type"] == "line"]
    assert len(lines) == 1 and lines[0]["encoding"]["detail"]["field"] == "run"


def test_a_missing_quarter_breaks_the_line():
    points = chips_panels.revenue_points(VOLUMES)
    head = points[points["series"] == "nvidia-china-revenue-headquarters"].set_index("period_label")["run"]
    assert "FY2025 Q4" not in head.index and head["FY2025 Q3"] != head["FY2026 Q1"] == head["FY2026 Q2"]
    for _, run in points.groupby("run"):
        assert (run["period_start"].diff().dropna() < pd.Timedelta(days=100)).all()


def test_no_quarter_is_summed_over_two_bases():
    both = chips_panels.both_bases(VOLUMES).set_index("period_label")
    assert both.loc["FY2026 Q1", ["billing", "headquarters"]].tolist() == [5.52, 9.66]
    assert (both["times"] > 1).all()
    assert chips_panels.yearly_revenue(VOLUMES)["FY2026"] == pytest.approx(19.677)


def test_disagreeing_sources_on_units_are_ranges():
    (rows,) = chips_panels.units_chart(VOLUMES).to_dict()["datasets"].values()
    by_words = {r["words"]: r for r in rows}
    ascend = by_words["Ascend, 2025 (three sources)"]
    assert (ascend["low"], ascend["high"]) == (200, 812) and all(0 < r["low"] <= r["value"] <= r["high"] for r in rows)
