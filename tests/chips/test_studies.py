"""The studies of 14_chips_compared state what the data sheets give, and keep series apart."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from helpers.chips import model as chips
from helpers.chips import studies
from helpers.core import data

TABLE = chips.table()
ROWS = TABLE.set_index("chip")
VOLUMES, SYSTEMS = data.load("volumes"), data.load("systems")
H100 = "H100 SXM5 80GB"


def ratios(chip: str, **how) -> dict[str, dict]:
    return {row["key"]: row for row in studies.ratio_rows(TABLE, chip, H100, **how)}


# --- ratios -------------------------------------------------------------------------------------


def test_the_h800_lost_the_link_and_nothing_else():
    rows = ratios("H800 SXM5 80GB")
    assert rows["link"]["central"] == pytest.approx(400 / 900) and rows["link"]["side"] == "less"
    assert {rows[k]["side"] for k in ("bf16", "fp8", "memory", "memory_bandwidth", "power")} == {"equal"}


def test_equal_compute_takes_one_over_the_ratio_of_chips():
    rows = ratios("H20 96GB", equal_compute=True)
    assert rows["bf16"]["low"] == rows["bf16"]["high"] == 1
    assert rows["memory"]["central"] == pytest.approx(989.5 / 148 * 96 / 80)


def test_contested_throughput_turns_into_a_range_of_chips():
    """The 910C at 752 (a paper of Huawei's engineers) or 800 TFLOPS (a keynote)."""
    count = studies.matching_count(TABLE, "Ascend 910C", H100)
    assert (count[0], count[-1]) == (pytest.approx(989.5 / 800), pytest.approx(989.5 / 752))


def test_the_mi308x_has_no_equal_compute():
    for ask in (studies.matching_count, lambda *a: studies.ratio_rows(*a, equal_compute=True)):
        with pytest.raises(ValueError, match="No dense BF16 figure of the MI308X is published"):
            ask(TABLE, "MI308X", H100)


@pytest.mark.parametrize("chip", studies.COMPARED)
@pytest.mark.parametrize("reference", studies.REFERENCES)
def test_an_unknown_value_is_said_and_never_drawn_as_zero(chip, reference):
    for row in studies.ratio_rows(TABLE, chip, reference):
        column = studies.MEASURES[row["key"]][0]
        names = [f"{column}_low", f"{column}_high"] if row["key"] == "price" else [column]
        known = not any(math.isnan(ROWS.loc[c, n]) for c in (chip, reference) for n in names)
        assert (row["central"] is not None) == (known and ROWS.loc[reference, names[0]] > 0)
        assert (row["label"] == "not known") == (row["central"] is None)
        if known and row["central"] is not None:
            assert 0 <= row["low"] <= row["central"] <= row["high"]


def test_extremes_are_performance_and_none_where_a_chip_is_nowhere_below_or_above():
    assert [r and r["key"] for r in studies.extremes(list(ratios("H20 96GB").values()))] == ["bf16", "memory"]
    assert studies.extremes(list(ratios("H800 SXM5 80GB").values())).most is None, "its price is no performance"
    assert studies.extremes(list(ratios("H200 SXM 141GB").values())).least is None
    assert studies.extremes(list(ratios(H100).values())) == (None, None)


def test_the_chips_of_exercise_14_3_in_order():
    """27, 4.9, 4.3 and 3.4 GB/s for each TFLOPS."""
    names = ["H100", "H200", "H20", "Ascend 910C"]
    assert studies.by_bandwidth_per_compute(names) == ["H20", "H200", "Ascend 910C", "H100"]


def test_a_contested_value_names_both_sources():
    (power,) = (c for c in studies.contested("H20 96GB") if c.words == "power limit")
    assert power.values == (400, 550) and power.unit == "W" and all(power.publishers) and all(power.published)
    assert studies.contested("H800 SXM5 80GB", "no such chip") == [
        c for c in studies.contested("H800 SXM5 80GB") if c.chip == "H800 SXM5 80GB"
    ]


# --- what was given up ----------------------------------------------------------------------------


def test_what_parts_kept_is_a_share_of_the_original_with_its_range():
    kept = studies.kept(TABLE).set_index(["chip", "measure"])
    power = kept.loc[("H20 96GB", "power")]
    assert (power["low"], power["high"]) == (pytest.approx(400 / 700), pytest.approx(550 / 700))
    assert kept.loc[("L20", "link"), "no_link"] and math.isnan(kept.loc[("MI308X", "bf16"), "central"])
    assert kept.loc[("RTX 5090D", "bf16"), "central"] == pytest.approx(
        ROWS.loc["RTX 5090D", "tpp"] / ROWS.loc["RTX 5090", "tpp"]
    ), "no BF16 figure: by total processing performance"
    years = studies.kept(TABLE)["year"]
    assert years.is_monotonic_increasing


# --- where chips lie ------------------------------------------------------------------------------


def test_no_chinese_design_beats_the_h100_in_both_compute_and_bandwidth():
    found = studies.placed(studies.data_centre_chips(TABLE), "bf16", "memory_bandwidth")
    chinese = [p for p in found.points if p["group"] == studies.CHINESE]
    assert len(chinese) == found.drawn[studies.CHINESE] > 10 and found.above[studies.CHINESE] == 0
    assert not [p for p in chinese if p["x"] > 989.5 and p["y"] > 3350]
    assert found.reference == (989.5, 3350)


def test_what_cannot_be_placed_is_counted():
    drawn = studies.data_centre_chips(TABLE)
    found = studies.placed(drawn, "bf16", "link")
    names = {p["chip"] for p in found.points}
    assert "L20" not in names and "MI308X" not in names and len(names) + found.missing == len(drawn)
    assert all(p["x"] > 0 and p["y"] > 0 for p in found.points)


def test_the_h100_stays_as_the_yardstick_of_every_kind():
    drawn = studies.data_centre_chips(TABLE)
    for kind in studies.GROUPS:
        found = studies.placed(drawn, "bf16", "memory", kind)
        assert H100 in {p["chip"] for p in found.points} and {k for k, n in found.drawn.items() if n} == {kind}
    shipping = studies.placed(drawn, "bf16", "memory", studies.CHINESE, with_plans=False)
    assert not any(p["plan"] for p in shipping.points) and "Ascend 950DT" not in {p["chip"] for p in shipping.points}


# --- weights --------------------------------------------------------------------------------------


def test_compute_alone_ties_the_h200_and_the_h800_with_the_h100():
    found = studies.standing(TABLE, studies.STORY, {"bf16": 1, "link": 0})
    assert {"H800 SXM5 80GB", "H200 SXM 141GB"} <= set(found.level["chip"])
    assert found.compared == len(studies.STORY) - 1 and found.unranked.empty and found.chinese_above == 0


def test_the_best_of_a_kind_and_what_is_unranked():
    found = studies.standing(TABLE, studies.STORY, {"link": 1})
    assert found.best()["chip"] == found.best(studies.CHINESE)["chip"] == "Ascend 950DT"
    assert found.unranked["chip"].tolist() == ["B30A"] and found.compared == len(studies.STORY) - 2
    assert studies.standing(TABLE, [H100], {"link": 1}).best() is None


def test_no_weight_at_all_is_refused():
    with pytest.raises(ValueError, match="all four weights are 0"):
        studies.standing(TABLE, studies.STORY, {"bf16": 0, "link": 0})


# --- systems ------------------------------------------------------------------------------------


def test_cloudmatrix_per_petaflop_follows_from_the_published_totals():
    """384 chips, 500 to 559 kW, 300 PFLOPS against 72, 120 to 145 kW, 180 PFLOPS."""
    ratio = studies.times_per_pflop(SYSTEMS)
    assert ratio.loc["accelerator_count", "central"] == pytest.approx(384 / 300 / (72 / 180))
    assert ratio.loc["power_kw", "low"] == pytest.approx(500 / 300 / (145 / 180))
    assert ratio.loc["power_kw", "high"] == pytest.approx(559 / 300 / (120 / 180))
    assert ratio.loc["power_kw", "central"] == pytest.approx(2.31, abs=0.005)


def test_what_a_system_takes_is_its_total_over_its_petaflops():
    takes = studies.takes_per_pflop(SYSTEMS).set_index(["system", "quantity"])
    assert takes.loc[("CloudMatrix 384", "accelerator_count"), "central"] == pytest.approx(384 / 300)
    assert takes.loc[("CloudMatrix 384", "power_kw"), "high"] == pytest.approx(559 / 300)
    assert takes.loc[("HGX H20 (8 GPU)", "accelerator_count"), "kind"] == studies.CUT
    assert len(takes) == 3 * len(studies.SYSTEMS)


# --- sales and volumes ----------------------------------------------------------------------------


def test_a_missing_quarter_breaks_the_line():
    points = studies.revenue_points(VOLUMES)
    assert points.groupby("run")["series"].nunique().max() == 1 and points["series"].nunique() == 2
    head = points[points["series"] == "nvidia-china-revenue-headquarters"].set_index("period_label")["run"]
    assert "FY2025 Q4" not in head.index and head["FY2025 Q3"] != head["FY2026 Q1"] == head["FY2026 Q2"]
    for _, run in points.groupby("run"):
        assert (run["period_start"].diff().dropna() < pd.Timedelta(days=100)).all()


def test_no_quarter_is_summed_over_two_bases():
    both = studies.both_bases(VOLUMES).set_index("period_label")
    assert both.loc["FY2026 Q1", ["billing", "headquarters"]].tolist() == [5.52, 9.66]
    assert (both["times"] > 1).all()
    assert studies.yearly_revenue(VOLUMES)["FY2026"] == pytest.approx(19.677)


def test_disagreeing_sources_on_units_are_ranges():
    units = studies.units(VOLUMES)
    ascend = units.set_index("words").loc["Ascend, 2025 (mark: SemiAnalysis)"]
    assert (ascend["low"], ascend["high"]) == (200_000, 812_000)
    assert ((0 < units["low"]) & (units["low"] <= units["central"]) & (units["central"] <= units["high"])).all()


def test_the_h20s_that_revenue_buys_are_revenue_over_the_prices_of_the_chip():
    rows = VOLUMES.set_index("volume_id")
    said, quarters = rows.loc["nvidia-h20-09"], rows.loc[["nvidia-h20-03", "nvidia-h20-06", "nvidia-h20-07"]]
    assert (said["period_start"], said["period_end"]) == (quarters["period_start"].min(), quarters["period_end"].max())
    revenue = quarters["central"].sum()
    dear, cheap = ROWS.loc["H20 96GB", ["price_usd_high", "price_usd_low"]]
    assert said["low"] == pytest.approx(revenue * 1e9 / dear, rel=2e-3)
    assert said["high"] == pytest.approx(revenue * 1e9 / cheap, rel=2e-3)
