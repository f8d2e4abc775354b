"""Panels and charts of 22_without_euv: what they show follows from the model, and the prose from both."""

from __future__ import annotations

import numpy as np
import pytest

from helpers.core import data
from helpers.lithography import model as litho
from helpers.lithography import panels as lp
from tests.catalogue import PANELS

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
    drawn = {row["scheme"] for row in state.rows if row["kind"] == "part"} - {lp.EUV_NAME}
    limit = 2 * 0.27 * 193 / 1.35
    assert drawn == {name for name, s in litho.schemes().items() if limit / s.pitch_division <= pitch}
    for row in state.rows:
        if row["kind"] == "span" and row["prints"]:
            last = max(r["end"] for r in state.rows if r["kind"] == "part" and r["scheme"] == row["scheme"])
            assert row["low"] < last < row["high"], "the central bar ends within its range"
        if row["kind"] == "span" and not row["prints"]:
            assert "too coarse" in row["label"]


def test_bars_of_a_layer_touch_each_other(pitch_panel):
    rows = [r for r in pitch_panel.apply("32.5 nm (N+3)").rows if r["kind"] == "part" and r["scheme"] == "SAQP"]
    assert [r["part"] for r in rows] == list(litho.COST_PARTS)
    assert [r["start"] for r in rows[1:]] == [r["end"] for r in rows[:-1]]


@pytest.mark.parametrize("scheme", lp.multiple())
def test_the_penalty_s_parts_add_up_to_the_whole(scheme):
    out = lp.penalty(scheme, 14, "NXT:2000i", 0.003, 45_000)
    stages = dict(out["stages"])
    last = stages.pop("without EUV")
    assert sum(stages.values()) == pytest.approx(last)
    low, high = out["passes"]
    assert 14 < low <= high and out["scanners"][0] <= out["scanners"][1] and out["days"][0] <= out["days"][1]
    ratio = out["ratio"]
    assert ratio[0] == pytest.approx(last / stages["with EUV"]) and ratio.min() < ratio[0] < ratio.max()


def test_the_wafer_s_rise_is_that_of_its_layers():
    """14 layers of SAQP without added defects: the die's cost rises as the wafer's does, layer by layer."""
    out = lp.penalty("SAQP", 14, "NXT:2000i", 0.0, 45_000)
    euv, duv = (litho.layer_cost(*layer)["total"] for layer in (("single", lp.EUV_TOOL), ("SAQP", "NXT:2000i")))
    assert out["ratio"][0] == pytest.approx((8000 + 14 * (duv - euv) * 1.1) / 8000)
    assert out["scanners"] == pytest.approx([14 * n * 45_000 / (720 * 0.85 * 275) for n in (3, 5)])
    assert out["days"] == pytest.approx([14 * 2 * 1.0, 14 * 4 * 1.6])


def test_nothing_replaced_costs_nothing():
    out = lp.penalty("SAQP", 0, "NXT:2000i", 0.01, 45_000)
    assert out["stages"]["with EUV"] == pytest.approx(out["stages"]["without EUV"])
    assert PENALTY().set(layers=0).signals["title"] == "Nothing to replace, no penalty"


def test_a_small_rise_is_not_made_a_headline():
    title = PENALTY().set(scheme="LE2", defects=0).signals["title"]
    assert title == "14 layers by LE2: about the same cost of a good die (1.0 to 1.4 times)"


def test_clean_passes_lose_no_dies():
    assert lp.penalty("LE4", 14, "NXT:2000i", 0, 1000)["stages"]["fewer good dies"] == pytest.approx(0)


def test_the_wafer_panel_s_dot_lies_on_its_curve_and_in_its_band():
    rows = WAFER().apply("AI die").rows
    for line in ("a good die", "a wafer"):
        here = next(r for r in rows if r["here"] and r["line"] == line)
        curve = {r["passes"]: r for r in rows if not r["here"] and r["line"] == line}
        assert here["central"] == pytest.approx(curve[4.0]["central"])
        assert here["low"] <= here["central"] <= here["high"]


def test_premium_panel_gives_2_7_at_its_start_and_marks_every_reported_yield():
    state = PREMIUM().apply("Reset")
    assert "2.7 times as dear" in state.reading and "4.0 to 1.6" in state.reading
    marked = [r["yield"] for r in state.rows if r["kind"] == "reported"]
    evidence = data.load("smic_evidence").query("metric == 'yield' and subject.str.startswith('Ascend')")
    assert sorted(marked) == sorted(evidence["value"]) and {20, 30, 40, 50} <= set(marked)


def test_density_chart_s_title_says_what_its_data_say():
    rows = lp.density_frame().query("parameter == 'peak_logic_density_mtr_per_mm2'").set_index("node")
    assert rows.loc["N7", "high"] < rows.loc["N+3", "low"] <= rows.loc["N+3", "high"] < rows.loc["N5", "low"]
    assert rows.loc["N+2", "central"] < rows.loc["N+3", "central"]
    assert "above TSMC's N7 and below its N5" in lp.density_chart().to_dict()["title"]["text"]


def test_price_chart_s_title_says_what_its_data_say():
    """CSET 16,988, DigiTimes about 16,000, The Information Network 13,495 for N5 in 2020."""
    frame = lp.prices_frame()
    fives = frame[(frame["node"] == "N5") & ~frame["who"].str.contains("rebuilt")]["usd"]
    assert sorted(fives) == [13495, 16000, 16988] and "21% lower" in lp.prices_chart().to_dict()["title"]["text"]
    assert frame["who"].notna().all()


def test_capacity_chart_compares_two_accounts_of_one_year():
    rows = data.load("smic_evidence").query("metric == 'capacity'")
    rows = rows.loc[rows["as_of"].dt.year == 2025, "value"]
    factor = rows.max() / rows.min()
    assert f"factor of {factor:.1f}" in lp.capacity_chart().to_dict()["title"]["text"] and factor > 1.5


def test_the_cset_table_shows_no_circular_check():
    shown = lp.cset_fit_table().frame
    assert shown.loc["90 nm", "Price of a wafer"] == "1,650" and shown.loc["90 nm", "Capital invested"].startswith("(")
    assert (
        shown.loc["7 nm", "Price of a wafer"] == "9,346 / 9,346" and shown.loc["7 nm", "Price of a chip"] == "233 / 233"
    )


def test_numbers_in_the_notebook_s_prose_are_the_model_s():
    text = (data.ROOT / "notebooks" / "source" / "22_without_euv.md").read_text(encoding="utf-8")
    for k1, quoted in ((0.27, "76"), (0.28, "80")):
        assert abs(float(litho.pitch_nm(k1)) - float(quoted)) < 1.5 and quoted in text
    assert "stops at 71.5 nm" in text and "stops at 20.5 nm" in text
    assert f"succeeds in {float(litho.overlay_yield(1, 3)):.1%}" in text
    low, high = (litho.node_range("SMIC", n, "peak_logic_density_mtr_per_mm2") for n in ("N+2", "N+3"))
    assert f"{low[0]:.0f} to {low[2]:.0f} for N+2 and {high[0]:.0f} to {high[2]:.0f} for N+3" in text
    evidence = data.load("claims").set_index("claim_id").loc["S21", "evidence"]
    schemes = [row["name"] for row in lp.pitch_rows(32.5, 0.27, "NXT:2000i", 1.0)[:-1] if row["prints"]]
    for words, defects in (("wafer", 0), ("clean,", 0.003)):
        every = [lp.penalty(name, 14, "NXT:2000i", defects, 45_000)["ratio"] for name in schemes]
        assert f"{words} {np.min(every):.1f} to {np.max(every):.1f} times" in evidence


ODD = [
    (PITCH, {"pitch": 80}, "A single exposure is the cheapest"),
    (PITCH, {"pitch": 28}, "One EUV exposure will not do: at k1 = 0.35 it stops at 28.6 nm."),
    (PITCH, {"pitch": 14}, "four-fold division stops at 19.3 nm. One EUV exposure will not do either"),
    (PENALTY, {"layers": 0}, "No layer is replaced"),
    (PENALTY, {"layers": 1, "capacity": 5}, "1 layer by SADP: 2 to 3 exposures in place of 1."),
    (PENALTY, {"layers": 1, "capacity": 5}, "it takes 1 immersion scanner in place of 1 in EUV"),
    (WAFER, {"layers": 0}, "0 passes more: the wafer costs 1.0 times as much"),
    (WAFER, {"layers": 1, "passes": 2}, "1 pass more: "),
    (PENALTY, {"scheme": "SALELE", "layers": 30, "defects": 10}, "28 times (9.6 to 44) as much"),
]


@pytest.mark.parametrize(("make", "setting", "words"), ODD, ids=range(len(ODD)))
def test_sentences_read_well_at_odd_settings(make, setting, words):
    assert words in make().set(**setting).reading


@pytest.mark.parametrize(
    ("setting", "end"),
    [({}, "; the yield does more than the premium"), ({"smic": 50}, "; the premium does more than the yield"), ({"premium": 0, "reference": 20, "smic": 95}, "TSMC's"),
     ({"smic": 95}, "0.8 times TSMC's; a better yield makes up for the premium"), ({"smic": 60}, "1.3 times TSMC's; a better yield offsets part of the premium"),
     ({"reference": 20}, "about TSMC's; a better yield makes up for the premium")],
    ids=["yield", "price", "neither", "better", "partly", "level"],
)  # fmt: skip
def test_premium_title_names_the_larger_factor(setting, end):
    assert PREMIUM().set(**setting).signals["title"].endswith(end)
