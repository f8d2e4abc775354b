"""Panels of 14_chips_compared: short sentences that state what the data sheets give, with the rest behind them."""

from __future__ import annotations

import pytest

from helpers.chips import model as chips
from helpers.chips import panels, studies
from helpers.show.panel import MOST_NUMBERS, MOST_WORDS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

TABLE = chips.table()


@pytest.fixture(scope="module")
def ratio():
    return panels.ratio_panel(TABLE)


@pytest.fixture(scope="module")
def weighting():
    return panels.weighting_panel(TABLE)


@pytest.fixture(scope="module")
def chip_map():
    return panels.map_panel(TABLE)


def scores(state) -> dict[str, float | None]:
    return {row["chip"]: row["score"] for row in state.rows}


def hold(panel, setting) -> None:
    state = panel.set(**setting)
    words, numbers = words_and_numbers(state.reading)
    assert not state.rows or (words <= MOST_WORDS and numbers <= MOST_NUMBERS), (setting, state.reading)
    assert not state.rows or len(state.signals["title"]) <= 86, (setting, state.signals["title"])
    assert state.reading.endswith(".")


# --- the pattern ----------------------------------------------------------------------------------


def test_every_sentence_is_short_and_every_title_fits_its_chart(ratio, weighting, chip_map):
    for panel in (ratio, weighting, chip_map):
        for setting in panel.positions():
            hold(panel, setting)
        panel.apply("Reset")
    for chip in studies.COMPARED:
        for reference in studies.REFERENCES:
            for equal in (False, True):
                hold(ratio, {"chip": chip, "reference": reference, "equal_compute": equal})
    ratio.apply("Reset")


def test_each_panel_fits_a_window_and_asks_questions(ratio, weighting, chip_map):
    for panel in (ratio, weighting, chip_map):
        width, height = size_of(svg_of(panel))
        assert width <= 840 and height <= 430, (panel.name, width, height)
        assert 3 <= len(panel.presets) <= 6 and all(len(q) <= 38 and q.endswith("?") for q in panel.presets)


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
        assert words in state.more
    assert "0.15 times the BF16 compute of one H100" in state.reading and "1.20 times the memory" in state.reading
    assert "400 W" in ratio.detail.value and "550 W" in ratio.detail.value


def test_the_sentence_names_the_one_cut_of_the_h800_and_the_one_gain_of_the_h200(ratio):
    assert "0.44 times the link of one H100" in ratio.apply("What did the H800 give up?").reading
    state = ratio.apply("What does the H200 add?")
    assert "1.76 times the memory" in state.reading and "behind in nothing known" in state.reading


def test_equal_compute_is_a_number_of_chips_with_their_power(ratio):
    state = ratio.apply("How many H20 match one H100?")
    assert state.reading.startswith("6.69 H20 match") and "3.82 to 5.25 times the power" in state.reading


def test_contested_throughput_is_said_as_a_range_of_chips(ratio):
    state = ratio.set(**{**ratio.defaults(), "chip": "Ascend 910C", "equal_compute": True})
    assert state.reading.startswith("1.24 to 1.32 Ascend 910C match")  # 989.5 / 800 to 989.5 / 752
    assert "Huawei" in ratio.detail.value or "arXiv" in ratio.detail.value


def test_what_is_not_known_is_said(ratio):
    state = ratio.set(**{**ratio.defaults(), "chip": "MI308X", "equal_compute": True})
    assert state.rows == [] and "No dense BF16 figure of the MI308X is published" in state.reading
    one = ratio.set(equal_compute=False)
    assert "Not known" in one.more and "BF16 compute" in one.more.split("Not known")[1]


# --- the map ------------------------------------------------------------------------------------


def test_no_chinese_design_beats_the_h100_in_both_compute_and_bandwidth(chip_map):
    state = chip_map.apply("Reset")
    chinese = [r for r in state.rows if r["group"] == studies.CHINESE]
    assert chinese and not [r for r in chinese if r["x"] > 989.5 and r["y"] > 3350]
    assert state.reading.startswith(f"0 of {len(chinese)} Chinese designs")
    assert f"0 of {len(chinese)} Chinese designs" in state.more


def test_the_map_counts_what_it_cannot_draw(chip_map):
    state = chip_map.set(**{**chip_map.defaults(), "y": "link"})
    drawn = {r["chip"] for r in state.rows}
    assert "L20" not in drawn and "MI308X" not in drawn and all(r["x"] > 0 and r["y"] > 0 for r in state.rows)
    assert "more are not drawn" in state.more


def test_ranges_on_the_map_hold_their_marks(chip_map):
    rows = {r["chip"]: r for r in chip_map.apply("Reset").rows}
    assert (rows["Ascend 910B"]["x_low"], rows["Ascend 910B"]["x_high"]) == (280, 400)
    assert all(r["x_low"] <= r["x"] <= r["x_high"] and r["y_low"] <= r["y"] <= r["y_high"] for r in rows.values())


def test_one_measure_on_both_axes_is_said(chip_map):
    assert "choose two measures" in chip_map.set(x="link", y="link").reading
    chip_map.apply("Reset")


# --- the reader's weights -------------------------------------------------------------------------


def test_all_on_compute_ties_the_h200_the_h800_and_the_h100(weighting):
    state = weighting.apply("What if only compute counts?")
    assert scores(state)["H200"] == scores(state)["H800"] == scores(state)["H100"] == pytest.approx(1)
    assert "Level with it" in state.more and scores(state)["H20"] == pytest.approx(148 / 989.5)


def test_all_on_memory_puts_the_h200_above_the_h100(weighting):
    state = weighting.apply("What if only memory counts?")
    assert scores(state)["H200"] == pytest.approx(141 / 80)
    order = [row["chip"] for row in state.rows]
    assert order.index("H200") < order.index("H100")


def test_the_verdict_on_the_910c_turns_with_the_weights(weighting):
    compute, memory = (weighting.apply(f"What if only {what} counts?") for what in ("compute", "memory"))
    assert scores(compute)["Ascend 910C"] < 1 < scores(memory)["Ascend 910C"]
    assert "the best Chinese design listed, Ascend 910C, has at least 0.76" in compute.reading


def test_a_chip_without_a_value_is_not_ranked_and_the_sentence_names_it(weighting):
    state = weighting.apply("What if only the link counts?")
    assert scores(state)["B30A (report)"] is None and "Not ranked, since a value is missing: B30A" in state.more
    assert scores(weighting.apply("What if only memory counts?"))["B30A (report)"] == pytest.approx(144 / 80)


def test_no_weight_at_all_is_refused_in_a_sentence(weighting):
    state = weighting.set(bf16=0, memory=0, memory_bandwidth=0, link=0)
    assert state.rows == [] and "all four weights are 0" in state.reading
    weighting.apply("Reset")


def test_ranks_follow_scores(weighting):
    known = [r["score"] for r in weighting.set(field="all").rows if r["score"] is not None]
    assert known == sorted(known, reverse=True)
    weighting.apply("Reset")


def test_a_title_says_which_chinese_designs_above_the_h100_are_on_paper(weighting, chip_map):
    assert weighting.apply("What if only the link counts?").signals["title"].endswith("of Chinese design, on paper")
    assert weighting.apply("What if only memory counts?").signals["title"].endswith("of Chinese design (1 on paper)")
    title = weighting.apply("Reset").signals["title"]
    assert "beat the H100 (1 level)" in title, "the 910C scores 1.003: counted neither as above nor left out"
    said = {
        name: chip_map.apply(name).reading for name in ("Who beats the H100 in both?", "Which Chinese designs ship?")
    }
    assert ["plans among them" in words for words in said.values()] == [True, False]


def test_the_ranking_marks_plans_by_their_status_and_not_by_their_names():
    """The Zhenwu 810E (PPU) has brackets in its name and is no plan."""
    table = chips.table()
    panel = panels.weighting_panel(table)
    rows = panel.set(field="all").rows
    plans = {studies.tagged(r.chip, r.status) for r in table.itertuples() if studies.PLAN.search(r.status)}
    assert {row["chip"] for row in rows if row["plan"]} == plans & {row["chip"] for row in rows} != set()
    assert any("Zhenwu" in row["chip"] and not row["plan"] for row in rows)
