"""Chips: published worked examples, the area rule, names, bad input, and properties."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers.chips import model as chips
from helpers.core import data

TABLE = chips.table()
ROWS = TABLE.set_index("chip")
SYSTEMS = data.load("systems")
ACCELERATORS = TABLE[TABLE["kind"] == "accelerator"]
POSITIVE = st.floats(0.1, 1e5)
WEIGHTS = st.dictionaries(st.sampled_from(sorted(chips.MEASURES)), st.floats(0.01, 100), min_size=1)


# --- published worked examples --------------------------------------------------------------------

# (chip, published TPP, source). Differences of rounding in the last digits are allowed, no more.
PUBLISHED_TPP = [
    ("A100 SXM4 80GB", 4992, "threshold-analysis-repo"),
    ("A800 SXM4 80GB", 4992, "threshold-analysis-repo"),
    ("H100 SXM5 80GB", 15831, "semianalysis-2025-01-diffusion"),
    ("H200 SXM 141GB", 15832, "toms-2026-01-14-h200-rule"),
    ("H20 96GB", 2368, "reuters-2025-12-09-chips-compare"),
    ("L4", 1936, "meterpreter-2023-12-l4"),
    ("RTX 4090", 5286, "toms-2023-11-4090d-tpp"),
    ("RTX 4080", 3117, "toms-2023-11-4090d-tpp"),
    ("RTX 4090D", 4707, "toms-it-2024-04-04-4090d"),
    ("B200", 36000, "threshold-analysis-repo"),
    ("GB300 GPU", 60003, "semianalysis-2025-01-diffusion"),
    ("Ascend 910B", 5120, "reuters-2025-12-09-chips-compare"),
    ("Ascend 910C", 12032, "reuters-2025-12-09-chips-compare"),
]


@pytest.mark.parametrize(("chip", "published", "source"), PUBLISHED_TPP)
def test_published_total_processing_performance_is_reproduced(chip, published, source):
    assert chips.specifications(chip).tpp == pytest.approx(published, rel=3e-4)
    assert source in set(data.load("sources")["source_id"])


def test_reuters_prints_15840_for_the_h200_where_dense_figures_give_15832():
    """990 x 16 against 1,979 x 8: Reuters, 9 December 2025, against Tom's Hardware, January 2026."""
    assert float(chips.total_processing_performance(990, 16)) == 15840
    assert chips.specifications("H200").tpp == 15832


def test_the_siyuan_590_spans_bernsteins_4493():
    """Reuters, 9 December 2025, quotes Bernstein; the community's table gives 5,024."""
    specs = chips.specifications("Siyuan 590")
    assert specs.tpp_low == pytest.approx(4493)
    assert specs.tpp_low < specs.tpp == 5024 < specs.tpp_high


def test_the_h100_from_the_exact_data_sheet_value():
    """SemiAnalysis, January 2025: 15,831, density 19.4, from 1,978.9 dense TFLOPS at 8 bits."""
    tpp = chips.total_processing_performance(1978.9, 8)
    assert round(float(tpp)) == 15831
    assert float(chips.performance_density(tpp, 814)) == pytest.approx(19.4, abs=0.05)


def test_official_anchor_4800_is_600_tops_at_8_bits_or_300_at_16():
    """88 FR 73458 (25 October 2023)."""
    assert chips.total_processing_performance([600, 300], [8, 16]).tolist() == [4800, 4800]


def test_the_mi325x_is_20919_and_the_press_computed_20800_from_a_rounded_1300():
    """Tom's Hardware, January 2026: 20,800."""
    assert float(chips.total_processing_performance(1300, 16)) == 20800
    assert chips.specifications("MI325X").tpp == pytest.approx(20919, abs=1)


def test_counting_an_operation_twice_gives_the_magazines_10570():
    """PC Gamer (November 2023) doubled the RTX 4090's 5,286."""
    assert 2 * chips.specifications("RTX 4090").tpp == pytest.approx(10570, rel=1e-3)


@pytest.mark.parametrize(("chip", "published"), [("H20", 2.9), ("L4", 6.6), ("H100", 19.4)])
def test_published_performance_densities(chip, published):
    """TweakTown (January 2024), Meterpreter (December 2023), SemiAnalysis (January 2025)."""
    assert chips.specifications(chip).performance_density == pytest.approx(published, abs=0.05)


def test_published_h100_equivalents():
    """SemiAnalysis, January 2025: 790 million TPP is 49,901 H100s, 13,166 GB300s."""
    assert 790e6 / 15831 == pytest.approx(49901, abs=2)
    equivalents = chips.h100_equivalents("GB300 GPU", by="tpp", count=13166)
    assert float(equivalents) == pytest.approx(49901, rel=1e-3)


def test_the_b30a_is_more_than_12_h20s_and_18_times_the_floor_of_1600():
    """Institute for Progress, 27 October 2025: "more than 12x", "more than 18x"."""
    b30a = chips.specifications("B30A").tpp
    assert b30a / chips.specifications("H20").tpp > 12
    assert 18 < b30a / 1600 < 19


def test_the_h200_has_nearly_seven_times_the_h20():
    assert chips.specifications("H200").tpp / chips.specifications("H20").tpp == pytest.approx(6.7, abs=0.05)


@pytest.mark.parametrize(
    ("chip", "rate"),
    [("A100", 664), ("A800", 464), ("H800", 528), ("Gaudi 2", 664), ("HL-225B", 589)],
)
def test_transfer_rates_add_the_host_bus_to_the_links(chip, rate):
    """87 FR 62186 counts all inputs and outputs; TechNode (July 2023): 21 of Gaudi 2's 24 ports."""
    assert chips.specifications(chip).io_gb_s == rate


# --- systems ------------------------------------------------------------------------------------


def cloudmatrix_against_nvl72(of):
    return chips.ratios(chips.per_unit(SYSTEMS, of), "GB200 NVL72").loc["CloudMatrix 384"]


def test_cloudmatrix_takes_2_3_times_the_power_per_flop():
    """SemiAnalysis, 16 April 2025, as TrendForce (21 July 2025) repeats it."""
    per_pflop = chips.ratios(chips.per_pflop(SYSTEMS), "GB200 NVL72").loc["CloudMatrix 384"]
    assert per_pflop["power_kw"] == pytest.approx(2.3, abs=0.05)


def test_cloudmatrix_takes_1_8_times_the_power_per_memory_bandwidth_and_1_1_times_per_memory():
    """TrendForce, 21 July 2025."""
    assert cloudmatrix_against_nvl72("hbm_bandwidth_tb_s")["power_kw"] == pytest.approx(1.8, abs=0.05)
    assert cloudmatrix_against_nvl72("hbm_capacity_tb")["power_kw"] == pytest.approx(1.1, abs=0.05)


def test_cloudmatrix_has_1_7_times_the_compute_3_6_the_memory_and_2_1_the_bandwidth():
    """TechPowerUp (April 2025) and TrendForce, after SemiAnalysis; 3.9 times the power."""
    whole = chips.ratios(SYSTEMS.set_index("system"), "GB200 NVL72").loc["CloudMatrix 384"]
    assert whole["bf16_pflops_dense"] == pytest.approx(1.7, abs=0.05)
    assert whole["hbm_capacity_tb"] == pytest.approx(3.6, abs=0.05)
    assert whole["hbm_bandwidth_tb_s"] == pytest.approx(2.1, abs=0.05)
    assert whole["power_kw"] == pytest.approx(3.9, abs=0.05)


def test_the_headline_2_6_times_lower_flop_per_watt_does_not_follow_from_the_figures():
    """SemiAnalysis heads its article "2.6x lower FLOP per Watt"; its own table gives 2.3.

    The lowest NVL72 power in print, 120 kW, gives 2.8 against 559 kW: the headline lies between.
    """
    per_pflop = chips.per_pflop(SYSTEMS)
    cloudmatrix, nvl72 = per_pflop.loc["CloudMatrix 384"], per_pflop.loc["GB200 NVL72"]
    assert cloudmatrix["power_kw"] / nvl72["power_kw"] < 2.4
    assert cloudmatrix["power_kw_high"] / nvl72["power_kw_low"] == pytest.approx(2.8, abs=0.05)


def test_systems_agree_with_their_chips():
    """Totals are the count times the chip, within 5 percent. The pod of 950DTs rounds 8.2 to 8 EFLOPS."""
    pairs = {
        "bf16_pflops_dense": ("fp16_bf16_tflops_dense", 1e-3),
        "fp8_pflops_dense": ("fp8_tflops_dense", 1e-3),
        "fp4_pflops_dense": ("fp4_tflops_dense", 1e-3),
        "hbm_bandwidth_tb_s": ("memory_bandwidth_gb_s", 1e-3),
    }
    compared = 0
    for row in SYSTEMS[SYSTEMS["chip"] != ""].itertuples():
        for total, (single, factor) in pairs.items():
            given, each = getattr(row, total), ROWS.loc[row.chip, single]
            if not math.isnan(given) and not math.isnan(each):
                assert given == pytest.approx(row.accelerator_count * each * factor, rel=0.05), (row.system, total)
                compared += 1
    assert compared >= 25


def test_the_cards_broadcast_for_the_unicom_centre_do_not_add_up():
    """CCTV, September 2025: 1,945 + 984 + 450 + 200 PFLOPS is 3,579, not the 3,479 broadcast."""
    assert SYSTEMS.set_index("system").loc["China Unicom Sanjiangyuan centre", "bf16_pflops_dense"] == 3479
    assert 1945 + 984 + 450 + 200 - 3479 == 100


@pytest.mark.parametrize("number_format", ["int8", "", "BF16"])
def test_an_unknown_format_is_refused(number_format):
    with pytest.raises(ValueError, match="bf16, fp8, fp4"):
        chips.per_pflop(SYSTEMS, number_format)


def test_a_text_column_is_no_quantity():
    with pytest.raises(ValueError, match="vendor"):
        chips.per_unit(SYSTEMS, "vendor")


# --- the area rule ------------------------------------------------------------------------------


def test_a_planar_die_does_not_count():
    assert float(chips.applicable_area([600, 400], [True, False])) == 600


def test_memory_never_counts_even_on_a_non_planar_process():
    assert float(chips.applicable_area([600, 110], [True, True], [False, True])) == 600


def test_chiplets_are_summed_io_dies_included():
    """MI300X: eight compute dies near 115 mm2, four I/O dies near 370 mm2 on a FinFET process."""
    assert float(chips.applicable_area([115] * 8 + [370] * 4, [True] * 12)) == 2400
    assert chips.specifications("MI300X").die_area_mm2 == 2400


def test_leaving_out_io_dies_more_than_doubles_the_density():
    mi300x = chips.specifications("MI300X")
    assert mi300x.performance_density_high > 2 * mi300x.performance_density


def test_without_any_non_planar_die_there_is_no_density():
    area = chips.applicable_area([600], [False])
    assert float(area) == 0
    assert np.isnan(chips.performance_density(5000, area))
    designed = chips.specifications({"tpp": 5000, "die_area_mm2": 0})
    assert designed.die_area_mm2 == 0 and math.isnan(designed.performance_density)


def test_no_area_known_differs_from_no_area_that_counts():
    assert math.isnan(chips.specifications({"tpp": 5000}).die_area_mm2)


def test_a_larger_die_lowers_the_density():
    assert chips.performance_density(2368, [400, 814]).tolist() == pytest.approx([5.92, 2.909], abs=1e-3)


def test_hbm3e_is_far_above_two_gb_per_second_and_square_millimetre():
    """Micron through Tom's Hardware (July 2023): 1.2 TB/s on 11 mm x 11 mm."""
    stack = chips.specifications("HBM3E")
    assert stack.is_hbm_stack and stack.datacenter is None
    assert stack.hbm_mbd_gb_s_per_mm2 == pytest.approx(float(chips.memory_bandwidth_density(1200, 121)))
    assert stack.hbm_mbd_gb_s_per_mm2 > 5 * 1.9


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("H100", "H100 SXM5 80GB"),
        ("h100 sxm", "H100 SXM5 80GB"),
        ("NVIDIA H100-SXM5-80GB", "H100 SXM5 80GB"),
        ("h100 pcie", "H100 PCIe 80GB"),
        ("ascend 910c", "Ascend 910C"),
        ("Huawei Ascend 910 C", "Ascend 910C"),
        ("910B", "Ascend 910B"),
        ("910b3", "Ascend 910B3"),
        ("4090d", "RTX 4090D"),
        ("GeForce RTX 4090 D", "RTX 4090D"),
        ("5090D V2", "RTX 5090D V2"),
        ("b200", "B200"),
        ("H200 141GB", "H200 SXM 141GB"),
        ("AMD Instinct MI308X", "MI308X"),
        ("mi308", "MI308X"),
        ("gaudi2", "Gaudi 2"),
        ("HL-328", "Gaudi 3 HL-328"),
        ("950dt", "Ascend 950DT"),
        ("MLU590", "Siyuan 590"),
        ("Baidu Kunlun P800", "Kunlun P800"),
        ("hbm3e", "HBM3E stack"),
        ("T-Head PPU", "Zhenwu 810E (PPU)"),
    ],
)
def test_common_names_resolve(said, meant):
    assert chips.resolve(said) == meant


@pytest.mark.parametrize("chip", chips.known_chips())
def test_every_chip_resolves_to_itself_and_has_specifications(chip):
    assert chips.resolve(chip) == chip
    assert chips.resolve(chip.upper()) == chip
    assert chips.specifications(chip).name == chip


@pytest.mark.parametrize("name", ["GB200", "Gaudi", "Ascend 950", "Ascend", "blackwell ultra"])
def test_an_ambiguous_name_is_refused_with_the_candidates(name):
    with pytest.raises(ValueError, match="ambiguous: say one of '.*', '"):
        chips.resolve(name)


def test_ascend_750_is_on_no_road_map():
    with pytest.raises(ValueError, match="'Ascend 950PR', 'Ascend 950DT'.*on any road map"):
        chips.resolve("Ascend 750")


@pytest.mark.parametrize(
    ("name", "near"), [("H100O", "H100"), ("H20O", "H20"), ("mi325z", "MI325X"), ("Ascend 910Z", "Ascend 910")]
)
def test_an_unknown_name_gets_suggestions(name, near):
    with pytest.raises(ValueError, match=f"did you mean .*{near}"):
        chips.resolve(name)


@pytest.mark.parametrize("name", ["", "  ", "zzzzzzzz", "pcie", "80GB", "2019", "nvidia", None, 910])
def test_what_names_no_chip_is_refused(name):
    with pytest.raises(ValueError, match="chip = "):
        chips.resolve(name)


def test_aliases_hide_no_chip():
    names = {chips.squash(chip) for chip in chips.known_chips()}
    assert len(names) == len(chips.known_chips())
    for row in data.load("chip_aliases").itertuples():
        assert chips.squash(row.alias) not in names, row.alias


# --- specifications -----------------------------------------------------------------------------


def test_the_largest_format_decides():
    assert chips.specifications({"dense_tops": {8: 4500, 4: 14000}}).tpp == 56000


def test_one_format_or_a_given_tpp_is_enough():
    assert chips.specifications({"dense_tops": 296, "bit_length": 8}).tpp == 2368
    assert chips.specifications({"tpp": 2368}).tpp == 2368


def test_what_is_not_given_is_not_known():
    empty = chips.specifications({})
    for field in ("tpp", "die_area_mm2", "performance_density", "io_gb_s", "dram_bw_gb_s", "memory_gb"):
        assert math.isnan(getattr(empty, field))
    assert empty.datacenter is None
    assert chips.specifications({"tpp": None, "die_area_mm2": float("nan")}) is not None


def test_contested_throughput_has_two_ends():
    for chip, low, high in (("Ascend 910C", 12032, 12800), ("Ascend 910B", 4480, 6400), ("Gaudi 3", 26848, 29360)):
        specs = chips.specifications(chip)
        assert (specs.tpp_low, specs.tpp_high) == (low, high)


@pytest.mark.parametrize("chip", ["MI308X", "HL-328", "RTX PRO 6000D", "Ascend 910D", "BW1000"])
def test_nothing_is_invented_where_nothing_is_published(chip):
    assert math.isnan(chips.specifications(chip).tpp)


def test_who_designed_and_who_made_it():
    assert chips.specifications("Ascend 910C").headquarters_prc_designer
    assert chips.specifications("Ascend 910C").made_in_prc
    assert not chips.specifications("BR100").made_in_prc
    assert not chips.specifications("H20").headquarters_prc_designer
    assert chips.specifications({"vendor": "huawei", "tpp": 6000}).headquarters_prc_designer
    assert not chips.specifications({"vendor": "NVIDIA", "tpp": 6000}).headquarters_prc_designer


def test_a_rate_without_the_host_bus_says_that_it_is_a_lower_bound():
    assert chips.specifications("Ascend 910C").io_is_lower_bound
    assert not chips.specifications("A100").io_is_lower_bound


def test_gaming_cards_are_not_data_centre_chips():
    assert chips.specifications("RTX 4090D").datacenter is False
    assert chips.specifications("L4").datacenter is True


BAD = [
    ({"tpp": -1}, "tpp = -1 .*0 to 1e"),
    ({"tpp": float("inf")}, "tpp = inf"),
    ({"tpp": 10**400}, "tpp .*valid range"),
    ({"tpp": "fast"}, "tpp = 'fast' is not a number"),
    ({"tpp": True}, "tpp = True"),
    ({"tpp": [1, 2]}, "give one number"),
    ({"die_area_mm2": -814}, "die_area_mm2 = -814"),
    ({"die_area_mm2": 1e9}, "die_area_mm2"),
    ({"memory_gb": -80}, "memory_gb = -80"),
    ({"dram_bw_gb_s": 1e9}, "dram_bw_gb_s"),
    ({"dense_tops": 296}, "without bit_length"),
    ({"bit_length": 8}, "without dense_tops"),
    ({"dense_tops": 296, "bit_length": 0}, "bit_length = 0 .*1 to 64 bits"),
    ({"dense_tops": {}}, "empty"),
    ({"dense_tops": {8: 296}, "bit_length": 8}, "leave bit_length out"),
    ({"dense_tops": {"fp8": 296}}, "bit_length = 'fp8' is not a number"),
    ({"dense_tops": {8: -296}}, "dense_tops = -296"),
    ({"tpp": 4800, "dense_tops": 296, "bit_length": 8}, "give one of the two"),
    ({"datacentre": True}, "Did you mean 'datacenter'"),
    ({"datacenter": "yes"}, "datacenter = 'yes' is not True, False or None"),
    ({"name": 5}, "name = 5 is not a text"),
    ({"sparse": True, "tpp": 4000}, "dense"),
    ("", "chip = ''"),
    (42, "neither a name nor a mapping"),
    (None, "neither a name nor a mapping"),
]


@pytest.mark.parametrize(("chip", "message"), BAD)
def test_bad_input_gets_a_clear_error(chip, message):
    with pytest.raises(ValueError, match=message):
        chips.specifications(chip)


@pytest.mark.parametrize(
    "chip",
    [
        {"name": "H100", "dense_tops": {8: 3958}},
        {"name": "h100 sxm", "dense_tops": 1979, "bit_length": 16},
        {"name": "H100", "tpp": 31664},
        {"name": "H20", "dense_tops": 592, "bit_length": 8},
        {"name": "B200", "dense_tops": {4: 18000}},
    ],
)
def test_the_figure_with_sparsity_of_a_known_chip_is_refused(chip):
    with pytest.raises(ValueError, match="looks like a sparse figure"):
        chips.specifications(chip)


def test_the_dense_figure_of_a_known_chip_is_accepted():
    assert chips.specifications({"name": "H100", "dense_tops": {8: 1979, 16: 989.5}}).tpp == 15832


# --- comparisons --------------------------------------------------------------------------------


def test_what_the_china_parts_kept():
    """A800 and H800 gave up the link, the H20 gave up the compute and gained memory."""
    kept = chips.gave_up(TABLE).pivot(index="chip", columns="measure", values="kept")
    assert kept.loc["A800 SXM4 80GB", "link"] == pytest.approx(400 / 600)
    assert kept.loc["H800 SXM5 80GB", ["tpp", "memory_bandwidth"]].tolist() == [1, 1]
    assert kept.loc["H800 SXM5 80GB", "link"] == pytest.approx(4 / 9)
    assert kept.loc["H20 96GB", "tpp"] == pytest.approx(0.15, abs=0.005)
    assert kept.loc["H20 96GB", "memory_bandwidth"] == pytest.approx(1.19, abs=0.005)
    assert kept.loc["RTX 5090D V2", "memory"] == 0.75
    assert math.isnan(kept.loc["MI308X", "tpp"])


def test_what_is_more_powerful_depends_on_the_weighting():
    """Claim S10: the H200 against the H100; and the H20 beats the H100 where memory decides."""
    pair = TABLE[TABLE["chip"].isin(["H100 SXM5 80GB", "H20 96GB", "H200 SXM 141GB"])]
    compute = chips.weighted_score(pair, {"bf16": 1})
    memory = chips.weighted_score(pair, {"memory_bandwidth": 1})
    assert compute["H200 SXM 141GB"] == compute["H100 SXM5 80GB"] == 1
    assert compute["H20 96GB"] < 1 < memory["H20 96GB"] < memory["H200 SXM 141GB"]


def test_a_missing_measure_gives_no_score_and_a_missing_link_gives_zero():
    scores = chips.weighted_score(TABLE, {"bf16": 1, "link": 1})
    assert math.isnan(scores["MI308X"]) and scores["L20"] == 0


def test_weight_zero_leaves_a_measure_out():
    with_zero = chips.weighted_score(TABLE, {"bf16": 1, "link": 0})
    pd.testing.assert_series_equal(with_zero, chips.weighted_score(TABLE, {"bf16": 1}))


def test_low_and_high_ends_enclose_the_central_score():
    weights = {"bf16": 2, "memory_bandwidth": 1}
    low, mid, high = (chips.weighted_score(TABLE, weights, end=end) for end in ("low", "central", "high"))
    known = mid.notna()
    assert (low[known] <= mid[known] + 1e-12).all() and (mid[known] <= high[known] + 1e-12).all()
    assert low["Ascend 910B"] < mid["Ascend 910B"] < high["Ascend 910B"]


@pytest.mark.parametrize(
    "weights", [{}, {"bf16": 0}, {"speed": 1}, {"bf16": -1}, {"bf16": "much"}, [1, 2], {"bf16": float("nan")}]
)
def test_bad_weights_are_refused(weights):
    with pytest.raises(ValueError, match="weight|by = "):
        chips.weighted_score(TABLE, weights)


def test_a_reference_without_a_value_is_refused():
    with pytest.raises(ValueError, match="MI308X.*bf16"):
        chips.weighted_score(TABLE, {"bf16": 1}, reference="MI308X")
    with pytest.raises(ValueError, match="not in data"):
        chips.weighted_score(TABLE, {"bf16": 1}, reference="zzz")


def test_equivalents_take_names_lists_frames_and_counts():
    assert float(chips.h100_equivalents("H100", by="link")) == 1
    several = chips.h100_equivalents(["H20", "H200"], by="memory_bandwidth", count=[10, 1])
    assert several.tolist() == pytest.approx([10 * 4000 / 3350, 4800 / 3350])
    assert chips.h100_equivalents(ACCELERATORS, by="tpp").shape == (len(ACCELERATORS),)
    assert np.isnan(chips.h100_equivalents("A100", by="fp8"))  # the A100 has no FP8


@pytest.mark.parametrize(("by", "end"), [("speed", "central"), ("bf16", "middle")])
def test_unknown_measures_and_ends_are_refused(by, end):
    with pytest.raises(ValueError, match="is not one of"):
        chips.h100_equivalents("H20", by=by, end=end)


def test_counts_have_a_range():
    with pytest.raises(ValueError, match="count"):
        chips.h100_equivalents("H20", count=-1)


def test_an_unknown_reference_row_is_refused():
    with pytest.raises(ValueError, match="'NVL99' is not one of"):
        chips.ratios(SYSTEMS.set_index("system"), "NVL99")


# --- properties ---------------------------------------------------------------------------------


@settings(deadline=None)
@given(POSITIVE, st.sampled_from([4, 8, 16, 32, 64]), st.floats(0.1, 10))
def test_tpp_scales_linearly_with_throughput(tops, bits, factor):
    assert float(chips.total_processing_performance(tops * factor, bits)) == pytest.approx(
        factor * float(chips.total_processing_performance(tops, bits))
    )


@settings(deadline=None)
@given(st.lists(POSITIVE, min_size=1, max_size=5), POSITIVE)
def test_one_more_format_never_lowers_tpp(tops, extra):
    bits = [8] * len(tops)
    assert chips.max_tpp([*tops, extra], [*bits, 16]) >= chips.max_tpp(tops, bits)


@settings(deadline=None)
@given(st.floats(1, 1e6), st.floats(1, 5e4), st.floats(1, 2))
def test_density_falls_in_proportion_to_the_area(tpp, area, factor):
    assert float(chips.performance_density(tpp, area * factor)) == pytest.approx(
        float(chips.performance_density(tpp, area)) / factor
    )


@settings(deadline=None)
@given(st.lists(POSITIVE, min_size=2, max_size=6))
def test_ratios_invert(values):
    frame = pd.DataFrame({"x": values}, index=[str(i) for i in range(len(values))])
    forth, back = chips.ratios(frame, "0"), chips.ratios(frame, "1")
    assert forth.loc["1", "x"] * back.loc["0", "x"] == pytest.approx(1)
    assert forth.loc["0", "x"] == 1


@settings(deadline=None)
@given(WEIGHTS)
def test_the_reference_scores_one_at_every_weighting_and_end(weights):
    for end in ("low", "central", "high"):
        assert chips.weighted_score(TABLE, weights, end=end)[chips.REFERENCE] == pytest.approx(1)


@settings(deadline=None)
@given(WEIGHTS, st.floats(0.01, 100))
def test_only_the_proportions_of_weights_matter(weights, factor):
    scaled = {measure: weight * factor for measure, weight in weights.items()}
    assert sum(chips.normalised(weights).values()) == pytest.approx(1)
    pd.testing.assert_series_equal(chips.weighted_score(TABLE, weights), chips.weighted_score(TABLE, scaled))


@settings(deadline=None)
@given(WEIGHTS, st.sampled_from(["H20 96GB", "Ascend 910C", "MI300X", "H200 SXM 141GB"]))
def test_the_order_does_not_depend_on_the_reference(weights, reference):
    weights = {m: w for m, w in weights.items() if m != "fp8"}
    assume(weights)
    ours = chips.weighted_score(TABLE, weights)
    theirs = chips.weighted_score(TABLE, weights, reference=reference)
    known = ours > 0
    assert np.allclose((theirs / ours)[known], theirs[chips.REFERENCE])


@settings(deadline=None, max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(
            ["tpp", "dense_tops", "bit_length", "die_area_mm2", "io_gb_s", "datacenter", "name", "sparse", "x"]
        ),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(st.floats(), max_size=2)
        ),
    )
)
def test_any_mapping_gives_specifications_or_a_value_error(mapping):
    try:
        specs = chips.specifications(mapping)
    except ValueError as error:
        assert str(error)
    else:
        assert math.isnan(specs.tpp) or specs.tpp >= 0


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=20))
def test_any_text_resolves_or_gets_a_value_error(name):
    try:
        assert chips.resolve(name) in ROWS.index
    except ValueError as error:
        assert "chip = " in str(error)


# --- arrays -------------------------------------------------------------------------------------


def test_arrays_broadcast():
    tpp = chips.total_processing_performance([[100], [200]], [8, 16])
    assert tpp.tolist() == [[800, 1600], [1600, 3200]]
    assert chips.performance_density(tpp, [800, 0]).shape == (2, 2)
    assert chips.aggregate_transfer_rate([400, np.nan, 900], [64, 64, np.nan]).tolist()[::2] == [464, 900]
    assert np.isnan(chips.aggregate_transfer_rate(np.nan, 64))


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: chips.total_processing_performance(-1, 8), "dense_tops"),
        (lambda: chips.total_processing_performance(1, 65), "bit_length"),
        (lambda: chips.performance_density(1, -1), "die_area_mm2"),
        (lambda: chips.performance_density([1, np.nan], 1), "tpp"),
        (lambda: chips.applicable_area([-1], [True]), "area_mm2"),
        (lambda: chips.aggregate_transfer_rate(-1), "link_bidir_gb_s"),
        (lambda: chips.memory_bandwidth_density(819, 0), "area_mm2"),
        (lambda: chips.max_tpp([-1, 2], [8, 16]), "dense_tops"),
    ],
    ids=[f"case-{n}" for n in range(8)],
)
def test_out_of_range_names_the_parameter_the_value_and_the_range(call, name):
    with pytest.raises(ValueError, match=f"{name} = .* is outside its valid range, .* to "):
        call()


# --- the tables ---------------------------------------------------------------------------------


def test_the_table_holds_the_chips_that_the_rule_stories_need():
    needed = "A30, L4, L40, RTX 4080, RTX 5090D V2, MI250, HL-225B, HL-328, HBM3E, A800, H800, H20, MI308X, 910B, 950DT"
    assert all(chips.resolve(name) for name in needed.split(", "))
    assert len(TABLE) >= 67


def test_ends_of_a_range_enclose_the_central_value():
    ranges = data.load("chip_ranges")
    assert (ranges["low"] <= ranges["high"]).all()
    for row in ranges.itertuples():
        central = ROWS.loc[row.chip, row.quantity]
        assert row.low <= central <= row.high, (row.chip, row.quantity)
    for prefix in ("die_area_mm2", "tpp", "performance_density"):
        central = TABLE.get(f"{prefix}_central", TABLE.get(prefix))
        known = central.notna()
        assert (TABLE[f"{prefix}_low"] <= central)[known].all() and (central <= TABLE[f"{prefix}_high"])[known].all()


def test_every_price_has_a_date_a_source_and_a_confidence():
    for frame in (TABLE, SYSTEMS):
        priced = frame[frame["price_usd_low"].notna()]
        assert (priced["price_usd_low"] <= priced["price_usd_high"]).all()
        for column in ("price_date", "price_source_id", "price_confidence"):
            assert (priced[column] != "").all()


def test_every_contested_chip_says_how():
    contested = TABLE[TABLE["confidence"] == "contested"]
    ranged = set(data.load("chip_ranges")["chip"])
    assert ((contested["note"] != "") | contested["chip"].isin(ranged)).all()


def test_cut_parts_name_a_chip_of_the_table():
    cut = TABLE[TABLE["china_part"] & (TABLE["cut_from"] != "")]
    assert set(cut["cut_from"]) <= set(TABLE["chip"]) and len(cut) >= 12


def test_no_row_has_the_sparse_figure_where_the_formats_halve():
    """8 bits run at once or twice the 16-bit rate on every accelerator here but Trainium3, 4 bits at most at 4 times 8."""
    eight = ROWS[["fp8_tflops_dense", "int8_tops_dense"]].max(axis=1)
    sixteen = ROWS["fp16_bf16_tflops_dense"]
    both = (eight / sixteen).dropna().drop("Trainium3")
    assert both.between(0.99, 2.7).all(), both[~both.between(0.99, 2.7)]


def test_counting_tf32_at_32_bits_would_move_only_trainium3():
    """20,136 to 21,472, across the 21,000 of January 2026: the rule text does not settle which holds."""
    wide = np.array([32 if bits == 19 else bits for bits in chips.BITS.values()])
    tpp = chips.max_tpp(ACCELERATORS[list(chips.BITS)].to_numpy(), wide)
    moved = pd.Series(tpp, index=ACCELERATORS["chip"]) / ACCELERATORS.set_index("chip")["tpp"] - 1
    assert moved.index[moved > 1.1e-3].tolist() == ["Trainium3"]


def test_revenue_is_kept_on_two_bases_that_are_not_one_series():
    """NVIDIA, Form 10-K for fiscal 2026: 12.33, 25.05, 19.68 billion by headquarters; billing gave 17.11."""
    volumes = data.load("volumes")
    years = volumes[volumes["period_kind"] == "year"].set_index(["series", "period_label"])["central"]
    headquarters = years["nvidia-china-revenue-headquarters"]
    billing = years["nvidia-china-revenue-billing"]
    assert headquarters.to_dict() == {"FY2024": 12.33, "FY2025": 25.048, "FY2026": 19.677}
    assert billing.to_dict() == {"FY2024": 10.31, "FY2025": 17.11}
    china = volumes[volumes["series"].str.startswith("nvidia-china-revenue")]
    assert china.groupby("series")["basis"].agg(lambda b: b.str.split(" location").str[0].nunique()).eq(1).all()


@pytest.mark.parametrize(("series", "year"), [("billing", "FY2024"), ("billing", "FY2025"), ("headquarters", "FY2026")])
def test_quarters_add_up_to_their_year_on_one_basis(series, year):
    volumes = data.load("volumes")
    rows = volumes[
        (volumes["series"] == f"nvidia-china-revenue-{series}") & volumes["period_label"].str.startswith(year)
    ]
    quarters = rows.loc[rows["period_kind"] == "quarter", "central"]
    assert len(quarters) == 4
    assert quarters.sum() == pytest.approx(rows.loc[rows["period_kind"] == "year", "central"].item(), abs=0.02)


def test_volumes_are_dated_bounded_and_sourced():
    volumes = data.load("volumes")
    assert (volumes["period_start"] < volumes["period_end"]).all()
    values = volumes[["low", "central", "high"]]
    assert values.notna().any(axis=1).all()
    filled = values.ffill(axis=1).bfill(axis=1)
    assert (filled["low"] <= filled["central"]).all() and (filled["central"] <= filled["high"]).all()
