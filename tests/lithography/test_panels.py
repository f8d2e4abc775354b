"""Panels of 22_without_euv: what they show follows from the studies, and the prose from both."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.core import data
from helpers.lithography import model as litho
from helpers.lithography import studies
from tests.catalogue import PANELS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

PITCH = PANELS["What 193 nm light can print"]
PENALTY = PANELS["Where the penalty comes from"]
WAFER = PANELS["A wafer without EUV"]
PREMIUM = PANELS["Premium and yield"]


@pytest.fixture(scope="module")
def pitch_panel():
    return PITCH()


@pytest.mark.parametrize("pitch", [14, 17, 20, 28, 32.5, 40, 55, 80, 100])
def test_pitch_panel_draws_bars_for_exactly_the_schemes_that_print(pitch_panel, pitch):
    state = pitch_panel.set(pitch=pitch)
    drawn = {row["scheme"] for row in state.rows if row["kind"] == "part"} - {studies.EUV_NAME}
    limit = 2 * 0.27 * 193 / 1.35
    assert drawn == {name for name, s in litho.schemes().items() if limit / s.pitch_division <= pitch}
    for row in state.rows:
        if row["kind"] == "span" and row["prints"]:
            last = max(r["end"] for r in state.rows if r["kind"] == "part" and r["scheme"] == row["scheme"])
            assert row["low"] < last < row["high"], "the central bar ends within its range"
        if row["kind"] == "span" and not row["prints"]:
            assert "too coarse" in row["label"]


def test_bars_of_a_layer_touch_each_other(pitch_panel):
    rows = [
        r
        for r in pitch_panel.apply("Cheapest way to N+3's 32.5 nm?").rows
        if r["kind"] == "part" and r["scheme"] == "SAQP"
    ]
    assert [r["part"] for r in rows] == list(litho.COST_PARTS)
    assert [r["start"] for r in rows[1:]] == [r["end"] for r in rows[:-1]]


def test_nothing_replaced_costs_nothing():
    out = studies.penalty("SAQP", 0, "NXT:2000i", 0.01, 45_000)
    assert out["stages"]["with EUV"] == pytest.approx(out["stages"]["without EUV"])
    assert PENALTY().set(layers=0).signals["title"] == "Nothing to replace, no penalty"


def test_a_small_rise_is_not_made_a_headline():
    title = PENALTY().set(scheme="LE2", defects=0).signals["title"]
    assert title == "14 layers by LE2: about the same cost of a good die (0.95 to 1.4 times)"


def test_the_wafer_panel_s_dot_lies_on_its_curve_and_in_its_band():
    rows = WAFER().apply("How do AI dies fare?").rows
    for line in ("a good die", "a wafer"):
        here = next(r for r in rows if r["here"] and r["line"] == line)
        curve = {r["passes"]: r for r in rows if not r["here"] and r["line"] == line}
        assert here["central"] == pytest.approx(curve[4.0]["central"])
        assert here["low"] <= here["central"] <= here["high"]


def test_premium_panel_gives_2_7_at_its_start_and_marks_every_reported_yield():
    state = PREMIUM().apply("Reset")
    assert "2.7 times as dear" in state.reading and "4.0 to 1.6" in state.more
    marked = [r["yield"] for r in state.rows if r["kind"] == "reported"]
    evidence = data.load("smic_evidence").query("metric == 'yield' and subject.str.startswith('Ascend')")
    assert sorted(marked) == sorted(evidence["value"]) and {20, 30, 40, 50} <= set(marked)


def test_numbers_in_the_notebook_s_prose_are_the_model_s():
    text = (data.ROOT / "notebooks" / "source" / "22_without_euv.md").read_text(encoding="utf-8")
    for k1, quoted in ((0.27, "76"), (0.28, "80")):
        assert abs(float(litho.pitch_nm(k1)) - float(quoted)) < 1.5 and quoted in text
    assert "stops at 71.5 nm" in text and "stops at 20.5 nm" in text
    assert f"succeeds in {float(litho.overlay_yield(1, 3)):.1%}" in text
    low, high = (litho.node_range("SMIC", n, "peak_logic_density_mtr_per_mm2") for n in ("N+2", "N+3"))
    assert f"{low[0]:.0f} to {low[2]:.0f} for N+2 and {high[0]:.0f} to {high[2]:.0f} for N+3" in text
    evidence = data.load("claims").set_index("claim_id").loc["S21", "evidence"]
    schemes = [row["name"] for row in studies.pitch_rows(32.5, 0.27, "NXT:2000i", 1.0)[:-1] if row["prints"]]
    for words, defects in (("wafer", 0), ("clean,", 0.003)):
        every = [studies.penalty(name, 14, "NXT:2000i", defects, 45_000)["ratio"] for name in schemes]
        assert f"{words} {np.min(every):.1f} to {np.max(every):.1f} times" in evidence


def test_the_penalty_panel_opens_on_the_scheme_of_its_question_and_finding():
    said = PENALTY().state.reading
    whole = studies.penalty("SAQP", defects_per_pass=0.003)["ratio"][0]
    assert said.startswith("With 14 layers by SAQP") and f"{whole:.1f} times" in said


def test_the_report_s_own_pair_lies_within_the_range_that_the_page_prints():
    """The Financial Times: 40 to 50% more for the wafer, less than a third of the yield: 1.45 / (1/3) is 4.35."""
    text = (data.ROOT / "notebooks" / "source" / "22_without_euv.md").read_text(encoding="utf-8")
    low, middle, high = (studies.premium(more, 0.6, 0.2).ratio for more in (1.4, 1.45, 1.5))
    assert (low, middle, high) == pytest.approx((4.2, 4.35, 4.5))
    assert "third = studies.premium(1.45, 0.6, 0.2).ratio" in text and "to more than {third:.1f} times" in text


ODD = [
    (PITCH, {"pitch": 80}, "A single exposure is the cheapest"),
    (PITCH, {"pitch": 28}, "One EUV exposure will not do: at k1 = 0.35 it stops at 28.6 nm."),
    (
        PITCH,
        {"pitch": 14},
        "four-fold division stops at 19.3 nm. That is at k1 = 0.27. One EUV exposure will not do either",
    ),
    (PENALTY, {"layers": 0}, "No layer is replaced"),
    (PENALTY, {"scheme": "SADP", "layers": 1, "capacity": 5}, "1 layer by SADP: 2 to 3 exposures in place of 1."),
    (PENALTY, {"scheme": "SADP", "layers": 1, "capacity": 5}, "it takes 1 immersion scanner in place of 1 in EUV"),
    (WAFER, {"layers": 0}, "0 passes more: the wafer costs 1.0 times as much"),
    (WAFER, {"layers": 1, "passes": 2}, "1 pass more: "),
    (PENALTY, {"scheme": "SALELE", "layers": 30, "defects": 10}, "28 times (9.6 to 44) as much"),
]


@pytest.mark.parametrize(("make", "setting", "words"), ODD, ids=range(len(ODD)))
def test_sentences_read_well_at_odd_settings(make, setting, words):
    state = make().set(**setting)
    assert words in f"{state.reading} {state.more}"


@pytest.mark.parametrize(
    ("setting", "end"),
    [({}, "; the yield does more than the premium"), ({"smic": 50}, "; the premium does more than the yield"), ({"premium": 0, "reference": 20, "smic": 95}, "TSMC's"),
     ({"smic": 95}, "0.8 times TSMC's; a better yield makes up for the premium"), ({"smic": 60}, "1.3 times TSMC's; a better yield offsets part of the premium"),
     ({"reference": 20}, "about TSMC's; a better yield makes up for the premium")],
    ids=["yield", "price", "neither", "better", "partly", "level"],
)  # fmt: skip
def test_premium_title_names_the_larger_factor(setting, end):
    assert PREMIUM().set(**setting).signals["title"].endswith(end)


MINE = ("What 193 nm light can print", "Where the penalty comes from", "A wafer without EUV", "Premium and yield")


@pytest.mark.parametrize("name", MINE)
def test_a_sentence_is_short_at_every_position(name):
    panel = PANELS[name]()
    for position in panel.positions():
        reading = panel.set(**position).reading
        words, numbers = words_and_numbers(reading)
        assert words <= 35 and numbers <= 3, reading


@pytest.mark.parametrize("name", MINE)
def test_a_panel_fits_its_window(name):
    panel = PANELS[name]()
    assert 3 <= len(panel.presets) <= 6 and all(q.endswith("?") and len(q) <= 38 for q in panel.presets)
    for preset in panel.presets:
        panel.apply(preset)
        width, height = size_of(svg_of(panel))
        assert width <= 840 and height <= 430, (preset, width, height)
