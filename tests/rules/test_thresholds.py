"""Every threshold just below, at and above, and classifications that others published."""

from __future__ import annotations

import pytest

from helpers.chips import model as chips
from helpers.rules import model as rules
from tests.rules.asking import FREE, NEITHER, ask, chip, words


@pytest.mark.parametrize(
    ("tpp", "io", "expected"),
    [
        (4800, 600, "3A090_2022"),
        (4801, 601, "3A090_2022"),
        (4799.9, 600, "none"),
        (4800, 599.9, "none"),
        (100_000, 599.9, "none"),
        (4799.9, 5000, "none"),
    ],
)
def test_the_rule_of_2022_needs_4800_or_more_and_600_gb_s_or_more(tpp, io, expected):
    assert ask(chip(tpp, io_gb_s=io), "2023-03-01", exporter=NEITHER).paragraph == expected


@pytest.mark.parametrize(
    ("tpp", "density", "expected"),
    [
        # a.1 from both sides, at a density that nothing else asks about
        (4800, 1.0, "3A090.a.1"),
        (4799.9, 1.0, "none"),
        (4800.1, 1.0, "3A090.a.1"),
        # a.2: TPP of 1,600 or more and density of 5.92 or more
        (1600, 5.92, "3A090.a.2"),
        (1599.9, 5.92, "none"),
        (1600.1, 5.93, "3A090.a.2"),
        (1600, 5.91, "3A090.b.2"),
        # b.1: TPP from 2,400 to below 4,800, density from 1.6 to below 5.92
        (2400, 1.6, "3A090.b.1"),
        (2399.9, 1.6, "none"),
        (2400, 1.59, "none"),
        (2400.1, 1.61, "3A090.b.1"),
        (4799.9, 5.91, "3A090.b.1"),
        (4799.9, 5.92, "3A090.a.2"),
        # b.2: TPP of 1,600 or more, density from 3.2 to below 5.92
        (1600, 3.2, "3A090.b.2"),
        (1599.9, 3.2, "none"),
        (1600, 3.19, "none"),
        (2399.9, 5.91, "3A090.b.2"),
        (2399.9, 5.92, "3A090.a.2"),
        # the hole in which the H20 sits
        (2399.9, 3.19, "none"),
        # .1 before .2, a before b
        (6128, 4.0, "3A090.a.1"),
        (3000, 4.0, "3A090.b.1"),
    ],
)
def test_the_paragraphs_of_2023_from_both_sides_of_every_limit(tpp, density, expected):
    made = chip(tpp)
    made["die_area_mm2"] = tpp / density
    specs = chips.specifications(made)
    if specs.performance_density != density:  # division may miss the exact limit by the last bit
        made = chips.Specs(
            **{
                **specs.__dict__,
                "performance_density": density,
                "performance_density_low": density,
                "performance_density_high": density,
            }
        )
    assert ask(made, "2024-06-01", exporter=NEITHER).paragraph == expected


@pytest.mark.parametrize(("tpp", "expected"), [(4799.9, "none"), (4800, "3A090.a.1"), (4800.1, "3A090.a.1")])
def test_outside_data_centres_only_4800_matters_however_dense_the_chip(tpp, expected):
    assert ask(chip(tpp, 40, datacenter=False), "2024-06-01", exporter=NEITHER).paragraph == expected


@pytest.mark.parametrize(
    ("tpp", "dram", "expected"),
    [
        (20_999, 6_499, "case_by_case"),
        (21_000, 6_499, "presumption_of_denial"),
        (20_999, 6_500, "presumption_of_denial"),
        (21_001, 6_501, "presumption_of_denial"),
    ],
)
def test_the_review_of_2026_is_strictly_below_21000_and_6500(tpp, dram, expected):
    assert ask(chip(tpp, dram_bw_gb_s=dram), "2026-02-01", exporter=NEITHER).review_policy == expected


@pytest.mark.parametrize(
    ("dram", "io", "caught"),
    [
        (1399.9, 100, False),
        (1400, 100, True),
        (1400.1, 100, True),
        (100, 1099.9, False),
        (100, 1100, True),
        (1000, 699.9, False),
        (1000, 700, True),
        (1000, 700.1, True),
    ],
)
def test_the_letters_of_2025_as_reported_catch_1400_or_1100_or_a_sum_of_1700(dram, io, caught):
    answer = ask(chip(1000, dram_bw_gb_s=dram, io_gb_s=io, vendor="NVIDIA"), "2025-05-01")
    assert words(answer) == (("letter_2025-04", "license_required_policy_not_published") if caught else FREE)


@pytest.mark.parametrize(
    ("density", "paragraph", "exceptions"),
    [
        (1.99, "none", ()),
        (2, "none", ()),
        (2.01, "3A090.c", ("HBM",)),
        (3.29, "3A090.c", ("HBM",)),
        (3.3, "3A090.c", ()),
        (3.31, "3A090.c", ()),
    ],
)
def test_memory_stacks_above_2_are_controlled_and_below_3_3_have_an_exception(density, paragraph, exceptions):
    answer = ask({"is_hbm_stack": True, "hbm_mbd_gb_s_per_mm2": density}, "2025-02-01")
    assert (answer.paragraph, answer.exceptions) == (paragraph, exceptions)


@pytest.mark.parametrize(
    ("tpp", "dram", "pays"),
    [
        (14_000, 4_800, False),
        (14_001, 4_800, True),
        (17_499, 4_800, True),
        (17_500, 4_800, False),
        (15_000, 4_500, False),
        (15_000, 4_501, True),
        (15_000, 4_999, True),
        (15_000, 5_000, False),
        (20_800, 6_000, False),
        (20_801, 6_000, True),
        (21_099, 6_000, True),
        (21_100, 6_000, False),
        (21_000, 5_800, False),
        (21_000, 5_801, True),
        (21_000, 6_199, True),
        (21_000, 6_200, False),
        (15_000, 6_000, False),
    ],
)
def test_the_tariff_windows_exclude_all_their_bounds(tpp, dram, pays):
    answer = ask(chip(tpp, dram_bw_gb_s=dram), "2026-02-01", rules.IMPORT)
    assert words(answer) == (("tariff_232", "tariff_25_percent") if pays else ("none", "no_tariff_232"))
    assert answer.tariff == answer.review_policy


@pytest.mark.parametrize(
    ("tops", "bits", "area", "consumer", "paragraphs"),
    [
        # 88 FR 73458: 600 TOPS at 8 bits or 300 TFLOPS at 16 bits reach the line
        (600, 8, 2000, False, {"3A090.a.1"}),
        (300, 16, 2000, False, {"3A090.a.1"}),
        # NVIDIA 8-K of 2023-10-17: A100, A800, H100, H800, L40, L40S, RTX 4090 are covered
        (624, 8, 826, False, {"3A090.a.1"}),
        (1979, 8, 814, False, {"3A090.a.1"}),
        (362, 8, 609, False, {"3A090.b.1"}),
        (733, 8, 609, False, {"3A090.a.1"}),
        (660.8, 8, 609, True, {"3A090.a.1"}),
        # SemiAnalysis (2025-01): L40 and MI210 in the grey zone, MI250X blocked
        (181, 16, 724, False, {"3A090.b.1", "3A090.b.2"}),
        (383, 16, 1448, False, {"3A090.a.1"}),
        # Meterpreter (2023-12): L4 has 1,936 and 6.6; TweakTown (2024-01): H20 has 2,368 and 2.9
        (242, 8, 294, False, {"3A090.a.2"}),
        (296, 8, 814, False, {"none"}),
        # Computer Sweden (2023-11): L20 and L2 below the limits
        (239, 8, 609, False, {"none"}),
        (193, 8, 294, False, {"none"}),
        # Tom's Hardware (2023-11, 2024-04): RTX 4080 3,117 and RTX 4090D 4,707, both outside
        (389.6, 8, 379, True, {"none"}),
        (588.4, 8, 609, True, {"none"}),
    ],
)
def test_published_worked_examples_fall_where_their_sources_put_them(tops, bits, area, consumer, paragraphs):
    made = {"dense_tops": tops, "bit_length": bits, "die_area_mm2": area, "datacenter": not consumer}
    assert ask(made, "2024-02-01").paragraph in paragraphs


def test_margins_of_the_china_parts_are_those_of_their_sources():
    """H20 1.3 per cent under 2,400; A800 and H800 under 600 GB/s; Gaudi 2 HL-225B 1.8 under 600; MI325X 0.4 under 21,000."""

    def margin(name, on, limb):
        return next(x.margin_percent for x in ask(name, on).limbs if x.name == limb)

    assert margin("H20", "2024-06-01", "3A090.b.1: TPP, at least") == pytest.approx(-1.3, abs=0.05)
    assert margin("H20", "2024-06-01", "3A090.b.2: performance density, at least") == pytest.approx(-9.1, abs=0.1)
    assert margin("A800", "2023-06-01", "3A090_2022: transfer rate, at least") == pytest.approx(-23, abs=0.5)
    assert margin("H800", "2023-06-01", "3A090_2022: transfer rate, at least") == pytest.approx(-12, abs=0.5)
    assert margin("Gaudi 2 HL-225B", "2023-08-01", "3A090_2022: transfer rate, at least") == pytest.approx(
        -1.8, abs=0.1
    )
    assert margin("RTX 4090D", "2024-06-01", "3A090.a.1: TPP, at least") == pytest.approx(-1.9, abs=0.1)
    assert margin("RTX 5090D V2", "2025-09-01", "letter_2025-04: DRAM bandwidth, at least") == pytest.approx(
        -4.0, abs=0.1
    )
    assert margin("MI325X", "2026-02-01", "ceiling-2026: TPP, less than") == pytest.approx(-0.4, abs=0.05)
