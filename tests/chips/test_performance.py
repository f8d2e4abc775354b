"""Total processing performance, density, areas and rates: published worked examples, the area rule, properties."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.chips import model as chips
from helpers.core import data

POSITIVE = st.floats(0.1, 1e5)


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
