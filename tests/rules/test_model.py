"""The classifier: every threshold from both sides, every story on several dates, properties, bad input.

Numbers in this file are the official ones, written out again on purpose: 87 FR 62186 (600 GB/s and
4,800), 88 FR 73458 (a.1, a.2, b.1, b.2), 89 FR 96790 (2 and 3.3 GB/s per mm2), 91 FR 1684 (21,000
and 6,500), CBP CSMS 67400472 (tariff windows), FT on Intel's e-mail of April 2025 (1,400, 1,100, 1,700).
"""

from __future__ import annotations

import ast
import math
import re
import shutil
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.chips import model as chips
from helpers.core import data, tables
from helpers.rules import model as rules

NEITHER = "Nobody Ltd"  # an exporter to whom no letter was sent
BASE = {"die_area_mm2": 800.0, "io_gb_s": 500.0, "dram_bw_gb_s": 1000.0, "datacenter": True}


def ask(spec, on, to="China", **more):
    return rules.classify(spec, on, to, **more)


def chip(tpp, density=None, **more):
    """A made-up data-centre part; `density` sets the die area."""
    made = {**BASE, "tpp": tpp, **more}
    if density is not None:
        made["die_area_mm2"] = tpp / density
    return made


def words(answer):
    return answer.paragraph, answer.review_policy


FREE = ("none", "no_license_required")


# --- thresholds, just below, at and above ---------------------------------------------------------


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


# --- the stories ----------------------------------------------------------------------------------

STORY = [
    # the letters of August 2022, for the exporter they were sent to
    ("A100 SXM4 80GB", "2022-08-26", "China", "letter_2022-08", "license_required_policy_not_published"),
    ("H100 SXM5", "2022-10-20", "Hong Kong", "letter_2022-08", "license_required_policy_not_published"),
    ("MI250", "2022-09-15", "China", "letter_2022-08", "license_required_policy_not_published"),
    ("A100 SXM4 80GB", "2022-09-15", "Russia", "none", "license_required"),  # Part 746 decides, the letter is mentioned
    ("A30", "2022-09-15", "China", *FREE),
    ("H100 SXM5", "2022-09-15", "Germany", *FREE),
    # announced on 7 October, effective for 3A090 on the 21st
    ("A100 SXM4 80GB", "2022-10-21", "China", "3A090_2022", "presumption_of_denial"),
    ("H100 SXM5", "2023-05-01", "China", "3A090_2022", "presumption_of_denial"),
    ("H100 SXM5", "2023-05-01", "Vietnam", "3A090_2022", "no_license_required"),
    # A800 and H800: outside until the rule changed, for NVIDIA from the letter of 23 October 2023
    ("A800", "2022-11-15", "China", *FREE),
    ("A800", "2023-10-22", "China", *FREE),
    ("A800", "2023-10-23", "China", "letter_2023-10", "presumption_of_denial"),
    ("A800", "2023-11-17", "China", "3A090.a.1", "presumption_of_denial"),
    ("H800", "2023-10-17", "China", *FREE),
    ("H800", "2023-11-16", "China", "letter_2023-10", "presumption_of_denial"),
    ("H800", "2023-11-17", "China", "3A090.a.1", "presumption_of_denial"),
    ("L40S", "2023-10-25", "China", "letter_2023-10", "presumption_of_denial"),
    ("L40S", "2023-11-17", "China", "3A090.a.1", "presumption_of_denial"),
    # cards
    ("RTX 4090", "2023-10-25", "China", *FREE),
    ("RTX 4090", "2023-11-17", "China", "3A090.a.1", "license_exception_notify"),
    ("RTX 4090", "2026-06-01", "China", "3A090.a.1", "license_exception_notify"),
    ("RTX 4090", "2024-06-01", "Saudi Arabia", "3A090.a.1", "license_exception_no_notification"),
    ("RTX 4090", "2024-06-01", "Germany", "3A090.a.1", "no_license_required"),
    ("RTX 4090D", "2023-12-28", "China", *FREE),
    ("RTX 4090D", "2026-06-01", "China", *FREE),
    ("RTX 4080", "2024-06-01", "China", *FREE),
    ("RTX 5090D", "2025-04-08", "China", *FREE),
    ("RTX 5090D", "2025-04-09", "China", "letter_2025-04", "undecidable"),
    ("RTX 5090D V2", "2025-09-01", "China", *FREE),
    ("RTX 5090", "2025-06-01", "China", "3A090.a.1", "license_exception_notify"),
    # small data-centre parts
    ("L4", "2023-11-16", "China", *FREE),
    ("L4", "2023-11-17", "China", "3A090.a.2", "presumption_of_denial"),
    ("L20", "2023-11-17", "China", *FREE),
    ("L2", "2024-06-01", "China", *FREE),
    ("L40", "2023-11-17", "China", "3A090.b.1", "license_exception_notify"),
    ("L40", "2024-06-01", "Vietnam", "3A090.b.1", "license_exception_no_notification"),
    # H20, MI308, Gaudi
    ("H20", "2023-11-17", "China", *FREE),
    ("H20", "2025-04-08", "China", *FREE),
    ("H20", "2025-04-09", "China", "letter_2025-04", "license_required_policy_not_published"),
    ("H20", "2025-04-09", "Macau", "letter_2025-04", "license_required_policy_not_published"),
    ("H20", "2025-04-09", "Vietnam", *FREE),
    ("H20", "2026-03-01", "China", "letter_2025-04", "license_required_policy_not_published"),
    ("MI308X", "2025-03-01", "China", "none", "undecidable"),
    ("MI308X", "2025-05-01", "China", "letter_2025-04", "license_required_policy_not_published"),
    ("Gaudi 2 HL-225B", "2023-08-01", "China", *FREE),
    ("Gaudi 2 HL-225B", "2023-11-17", "China", "3A090.a.1", "presumption_of_denial"),
    ("Gaudi 2", "2023-08-01", "China", "3A090_2022", "presumption_of_denial"),
    ("Gaudi 3 HL-328", "2025-03-01", "China", "none", "undecidable"),
    ("Gaudi 3 HL-328", "2025-05-01", "China", "letter_2025-04", "license_required_policy_not_published"),
    # H200 and what lies above the ceiling
    ("H200", "2025-12-09", "China", "3A090.a.1", "presumption_of_denial"),
    ("H200", "2026-01-14", "China", "3A090.a.1", "presumption_of_denial"),
    ("H200", "2026-01-15", "China", "3A090.a.1", "case_by_case"),
    ("H200", "2026-01-15", "Macau", "3A090.a.1", "case_by_case"),
    ("H200", "2026-01-15", "Iran", "3A090.a.1", "presumption_of_denial"),
    ("H100 SXM5", "2026-02-01", "China", "3A090.a.1", "case_by_case"),
    ("MI325X", "2026-01-14", "China", "3A090.a.1", "presumption_of_denial"),
    ("MI325X", "2026-01-15", "China", "3A090.a.1", "case_by_case"),
    ("B200", "2025-06-01", "China", "3A090.a.1", "presumption_of_denial"),
    ("B200", "2026-02-01", "China", "3A090.a.1", "presumption_of_denial"),
    ("B30A", "2026-02-01", "China", "3A090.a.1", "presumption_of_denial"),
    # the Middle East, Israel, Cyprus, the Emirates
    ("H100 SXM5", "2023-08-27", "Saudi Arabia", "3A090_2022", "no_license_required"),
    ("H100 SXM5", "2023-08-28", "Saudi Arabia", "letter_2023-08", "undecidable"),
    ("H100 SXM5", "2023-10-23", "Saudi Arabia", "letter_2023-10", "presumption_of_approval"),
    ("H100 SXM5", "2023-11-17", "Saudi Arabia", "3A090.a.1", "presumption_of_approval"),
    ("H100 SXM5", "2024-06-01", "Israel", "3A090.a.1", "no_license_required"),
    ("H100 SXM5", "2024-06-01", "Cyprus", "3A090.a.1", "no_license_required"),
    ("H100 SXM5", "2026-07-09", "UAE", "3A090.a.1", "presumption_of_approval"),
    ("H100 SXM5", "2026-07-10", "UAE", "3A090.a.1", "no_license_for_listed_entities"),
    # Macau
    ("A100 SXM4 80GB", "2023-01-16", "Macau", "3A090_2022", "no_license_required"),
    ("A100 SXM4 80GB", "2023-01-17", "Macau", "3A090_2022", "presumption_of_denial"),
    # country groups that changed
    ("H100 SXM5", "2024-03-14", "Nicaragua", "3A090.a.1", "no_license_required"),
    ("H100 SXM5", "2024-03-15", "Nicaragua", "3A090.a.1", "presumption_of_denial"),
    ("H100 SXM5", "2025-10-01", "Cambodia", "3A090.a.1", "presumption_of_denial"),
    ("H100 SXM5", "2026-03-01", "Cambodia", "3A090.a.1", "presumption_of_approval"),
    # the AI Diffusion rule: in the book, not enforced
    ("H100 SXM5", "2025-01-12", "Malaysia", "3A090.a.1", "no_license_required"),
    ("H100 SXM5", "2025-01-13", "Malaysia", "3A090.a.1", "no_license_as_enforced"),
    ("H100 SXM5", "2026-06-01", "Germany", "3A090.a.1", "no_license_as_enforced"),
    ("L40", "2026-06-01", "Germany", "3A090.b.1", "no_license_required"),
    # Russia is never free, whatever the chip rules say
    ("A100 SXM4 80GB", "2022-11-01", "Russia", "3A090_2022", "license_required"),
    ("RTX 4080", "2024-06-01", "Russia", "none", "license_required"),
    ("H100 SXM5", "2024-06-01", "Russia", "3A090.a.1", "presumption_of_denial"),
    # Ascend
    ("Ascend 910B", "2025-05-12", "China", "3A090.a.1", "undecidable"),
    ("Ascend 910B", "2025-05-13", "China", "GP10_guidance", "GP10_presumption"),
    ("Ascend 910C", "2026-01-01", "Malaysia", "GP10_guidance", "GP10_presumption"),
    ("Ascend 910D", "2025-06-01", "China", "GP10_guidance", "GP10_presumption"),
    ("BR100", "2025-06-01", "Germany", "GP10_guidance", "GP10_presumption"),
    # memory
    ("HBM3E stack", "2024-12-01", "China", *FREE),
    ("HBM3E stack", "2024-12-02", "China", "3A090.c", "no_license_as_enforced"),
    ("HBM3E stack", "2024-12-31", "China", "3A090.c", "presumption_of_denial"),
    ("HBM3E stack", "2026-01-01", "Vietnam", "3A090.c", "no_license_required"),
    # imports
    ("H200", "2026-01-14", rules.IMPORT, "none", "no_tariff_232"),
    ("H200", "2026-01-15", rules.IMPORT, "tariff_232", "tariff_25_percent"),
    ("MI325X", "2026-01-15", rules.IMPORT, "tariff_232", "tariff_25_percent"),
    ("MI300X", "2026-01-15", rules.IMPORT, "none", "no_tariff_232"),
    ("H100 SXM5", "2026-01-15", rules.IMPORT, "none", "no_tariff_232"),
]


@pytest.mark.parametrize(("name", "on", "to", "paragraph", "policy"), STORY)
def test_the_story_of_each_chip_by_date_and_place(name, on, to, paragraph, policy):
    assert words(ask(name, on, to)) == (paragraph, policy)


LETTER = {"vendor": "NVIDIA", "die_area_mm2": 800.0, "datacenter": True}


@pytest.mark.parametrize(
    ("made", "on", "to", "hq", "paragraph", "policy"),
    [
        # buyers in China with a foreign parent, under the rule of 2022 (recalled wording)
        ("A100 SXM4 80GB", "2023-03-01", "China", "France", "3A090_2022", "case_by_case"),
        ("A100 SXM4 80GB", "2023-03-01", "Macau", "United States", "3A090_2022", "case_by_case"),
        # cards and .b parts where the headquarters decides, before and after April 2024
        ("RTX 4090", "2024-01-15", "Malaysia", "China", "3A090.a.1", "license_exception_notify"),
        ("RTX 4090", "2024-05-15", "Malaysia", "China", "3A090.a.1", "license_exception_notify"),
        ("RTX 4090", "2024-01-15", "Vietnam", None, "3A090.a.1", "license_exception_no_notification"),
        ("L40", "2024-01-15", "Malaysia", "China", "3A090.b.1", "license_exception_notify"),
        ("L40", "2024-05-15", "Malaysia", "China", "3A090.b.1", "license_exception_notify"),
        ("L40", "2024-01-15", "Vietnam", None, "3A090.b.1", "license_exception_no_notification"),
        # the Emirates after July 2026
        ("RTX 4090", "2026-08-01", "UAE", None, "3A090.a.1", "no_license_for_listed_entities"),
        ("L40", "2026-08-01", "UAE", None, "3A090.b.1", "no_license_for_listed_entities"),
        # the AI Diffusion rule before and after the announcement, both tiers, and cards
        ("H100 SXM5", "2025-03-01", "Japan", None, "3A090.a.1", "no_license_as_enforced"),
        ("RTX 4090", "2025-03-01", "Japan", None, "3A090.a.1", "no_license_as_enforced"),
        ("RTX 4090", "2025-06-01", "Japan", None, "3A090.a.1", "no_license_as_enforced"),
        # memory for a Chinese firm abroad
        ("HBM3E stack", "2024-12-15", "Malaysia", "China", "3A090.c", "no_license_as_enforced"),
        ("HBM3E stack", "2025-02-01", "Malaysia", "China", "3A090.c", "presumption_of_denial"),
        (
            {"is_hbm_stack": True, "hbm_mbd_gb_s_per_mm2": 3.0},
            "2025-02-01",
            "China",
            None,
            "3A090.c",
            "presumption_of_denial",
        ),
        (
            {"is_hbm_stack": True, "hbm_mbd_gb_s_per_mm2": 3.0},
            "2025-02-01",
            "Malaysia",
            "China",
            "3A090.c",
            "presumption_of_denial",
        ),
        # the April 2025 letters reach Chinese firms abroad
        ("H20", "2025-05-01", "Malaysia", "China", "letter_2025-04", "license_required_policy_not_published"),
        ("H20", "2026-05-01", "Malaysia", "China", "letter_2025-04", "license_required_policy_not_published"),
        ("RTX 5090D", "2025-06-01", "Malaysia", "China", "letter_2025-04", "undecidable"),
        # the October 2023 letter and a Chinese firm in Vietnam
        ("A800", "2023-11-01", "Vietnam", "China", "letter_2023-10", "presumption_of_denial"),
        ({**LETTER, "tpp": 4800, "io_gb_s": 0}, "2023-11-01", "China", None, "letter_2023-10", "presumption_of_denial"),
        ({**LETTER, "tpp": 4799.9, "io_gb_s": 0}, "2023-11-01", "China", None, *FREE),
        # the A100 level of the letter of 2022, for a future NVIDIA part
        (
            {**LETTER, "tpp": 4992, "io_gb_s": 600},
            "2022-09-01",
            "China",
            None,
            "letter_2022-08",
            "license_required_policy_not_published",
        ),
        ({**LETTER, "tpp": 4991, "io_gb_s": 600}, "2022-09-01", "China", None, *FREE),
        ({**LETTER, "tpp": 4992, "io_gb_s": 599.9}, "2022-09-01", "China", None, *FREE),
        # one product by a decision that was never published
        ({"name": "MI309", "vendor": "AMD", "tpp": 1000, "datacenter": True}, "2024-03-04", "China", None, *FREE),
        (
            {"name": "MI309", "vendor": "AMD", "tpp": 1000, "datacenter": True},
            "2024-03-05",
            "China",
            None,
            "bis_determination",
            "license_required_policy_not_published",
        ),
        ({"name": "MI309", "vendor": "AMD", "tpp": 1000, "datacenter": True}, "2024-06-01", "Vietnam", None, *FREE),
        # Chinese designs before the guidance; embargoes
        (
            {"tpp": 16_000, "io_gb_s": 700, "headquarters_prc_designer": True},
            "2023-03-01",
            "China",
            None,
            "3A090_2022",
            "undecidable",
        ),
        ("L20", "2024-06-01", "Iran", None, "none", "license_required"),
    ],
)
def test_who_buys_where_and_through_whom(made, on, to, hq, paragraph, policy):
    assert words(ask(made, on, to, end_user_hq=hq)) == (paragraph, policy)


def test_the_h20_needed_a_licence_by_letter_though_no_regulation_changed():
    before, after = ask("H20", "2025-04-08"), ask("H20", "2025-04-09")
    assert before.as_written == after.as_written == "no_license_required"
    assert (after.rests_on, after.as_enforced) == ("letter", "license_required_policy_not_published")
    assert "nvda-20250409" in after.url
    assert {limb.name.split(": ")[0] for limb in after.fired} == {"letter_2025-04"}


def test_the_letter_to_nvidia_does_not_bind_another_exporter_and_the_answer_says_so():
    answer = ask("H20", "2025-05-01", exporter="A reseller in Singapore")
    assert words(answer) == FREE
    assert any("letter_2025-04 binds only NVIDIA" in caveat for caveat in answer.caveats)
    assert words(ask(chip(2368, 2.91, dram_bw_gb_s=4000), "2025-05-01")) == FREE  # nobody named: same caveat
    assert ask(chip(2368, 2.91, dram_bw_gb_s=4000), "2025-05-01").caveats


def test_the_h800_before_the_rule_depends_on_who_ships_it():
    assert words(ask("H800", "2023-11-01", exporter="NVIDIA")) == ("letter_2023-10", "presumption_of_denial")
    assert words(ask("H800", "2023-11-01", exporter="Another Maker")) == FREE


def test_a_letter_also_replaces_a_licence_exception():
    answer = ask("MI210", "2025-06-01")  # b.1 by the numbers, 1,638 GB/s of memory bandwidth
    assert words(answer) == ("letter_2025-04", "license_required_policy_not_published")
    assert answer.as_written == "license_exception_notify"


def test_an_h200_shipped_from_taiwan_stays_under_a_presumption_of_denial():
    assert ask("H200", "2026-02-01", shipped_from="United States").review_policy == "case_by_case"
    assert ask("H200", "2026-02-01", shipped_from="Taiwan").review_policy == "presumption_of_denial"


@pytest.mark.parametrize(
    ("on", "policy"),
    [
        ("2023-06-01", "no_license_required"),
        ("2023-11-17", "license_required"),
        ("2026-01-15", "presumption_of_denial"),
        ("2026-06-01", "presumption_of_denial"),
    ],
)
def test_a_buyer_in_malaysia_with_a_chinese_parent(on, policy):
    assert ask("H100 SXM5", on, "Malaysia", end_user_hq="China").review_policy == policy


def test_the_headquarters_guidance_is_cited_from_its_day_and_the_standard_was_contested_before():
    assert ask("H100 SXM5", "2024-06-01", "Malaysia", end_user_hq="China").confidence == "contested"
    assert ask("H100 SXM5", "2026-05-30", "Malaysia", end_user_hq="China").rests_on == "text"
    assert ask("H100 SXM5", "2026-05-31", "Malaysia", end_user_hq="China").rests_on == "guidance"


def test_a_buyer_in_vietnam_by_the_home_of_its_parent():
    assert ask("H100 SXM5", "2024-06-01", "Vietnam", end_user_hq="France").review_policy == "presumption_of_approval"
    assert ask("H100 SXM5", "2024-06-01", "Vietnam", end_user_hq="China").review_policy == "presumption_of_denial"
    assert ask("RTX 4090", "2024-06-01", "Vietnam", end_user_hq="Macau").review_policy == "license_exception_notify"


def test_an_emirati_firm_with_a_chinese_parent_is_not_among_the_favoured():
    assert ask("H100 SXM5", "2026-08-01", "AE", end_user_hq="CN").review_policy == "presumption_of_denial"


def test_nac_becomes_aca_for_d1_and_d4_on_4_april_2024():
    assert ask("RTX 4090", "2024-04-03", "Vietnam").exceptions == ("NAC",)
    assert ask("RTX 4090", "2024-04-04", "Vietnam").exceptions == ("ACA",)
    assert ask("RTX 4090", "2024-04-04", "China").exceptions == ("NAC",)


def test_the_diffusion_rule_gives_two_answers():
    answer = ask("H100 SXM5", "2025-06-01", "Malaysia")
    assert (answer.as_written, answer.as_enforced) == ("license_required", "no_license_as_enforced")
    assert answer.rests_on == "non-enforcement" and "LPP" in answer.exceptions
    assert "AIA" in ask("H100 SXM5", "2025-06-01", "Japan").exceptions


def test_what_is_the_matter_with_the_affiliates_rule_from_10_november_2026():
    assert ask("L20", "2026-11-09").undecidable == ""
    assert "50 per cent" in ask("L20", "2026-11-10").undecidable
    assert ask("B200", "2026-11-10").undecidable == ""  # denied whoever owns the buyer
    assert any("Affiliates" in caveat for caveat in ask("L20", "2025-10-15").caveats)
    assert not any("Affiliates" in caveat for caveat in ask("L20", "2025-11-10").caveats)


def test_after_the_evidence_horizon_the_answer_says_so():
    assert not any("audited" in caveat for caveat in ask("H20", "2026-09-25").caveats)
    assert any("audited up to 2026-09-25" in caveat for caveat in ask("H20", "2026-09-26").caveats)


def test_a_foundry_must_presume():
    answer = ask(chip(1000, 1), "2025-06-01", "Malaysia", exporter="TSMC")
    assert answer.review_policy == "undecidable" and "must presume" in answer.undecidable
    assert words(ask(chip(1000, 1), "2025-01-30", "Malaysia", exporter="TSMC")) == FREE


def test_the_h200_meets_the_tariff_on_its_way_to_china_and_the_h100_does_not():
    assert ask("H200", "2026-02-01").tariff == "tariff_25_percent"
    assert ask("H100 SXM5", "2026-02-01").tariff == "no_tariff_232"
    assert ask("H200", "2026-01-14").tariff == "no_tariff_232"


# --- published classifications --------------------------------------------------------------------


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


# --- what cannot be told --------------------------------------------------------------------------


def test_without_a_die_area_a1_is_decidable_and_the_rest_names_the_die_area():
    assert words(ask({"tpp": 4800, "datacenter": True}, "2024-06-01")) == ("3A090.a.1", "presumption_of_denial")
    answer = ask({"tpp": 3000, "datacenter": True}, "2024-06-01")
    assert answer.review_policy == "undecidable" and "die_area_mm2" in answer.undecidable
    assert words(ask({"tpp": 1599, "datacenter": True}, "2024-06-01")) == FREE
    assert words(ask({"tpp": 3000, "datacenter": False}, "2024-06-01")) == FREE
    assert words(ask({"tpp": 3000, "datacenter": True}, "2024-06-01", "Germany")) == FREE  # free either way


def test_a_chip_without_non_planar_dies_is_a_different_unknown():
    answer = ask({"tpp": 3000, "die_area_mm2": 0, "datacenter": True}, "2024-06-01")
    assert answer.review_policy == "undecidable" and "non-planar" in answer.undecidable


def test_not_knowing_whether_it_is_for_data_centres_is_named_only_where_it_matters():
    assert "datacenter" in ask({"tpp": 6000, "die_area_mm2": 800}, "2024-06-01").undecidable
    assert "datacenter" in ask({"tpp": 2000, "die_area_mm2": 200}, "2024-06-01").undecidable
    assert words(ask({"tpp": 2000, "die_area_mm2": 1000}, "2024-06-01")) == FREE
    assert (
        ask({"tpp": 6000, "die_area_mm2": 800}, "2024-06-01", datacenter=False).review_policy
        == "license_exception_notify"
    )


def test_missing_rates_are_named_only_where_they_decide():
    assert "io_gb_s" in ask({"tpp": 5000}, "2023-03-01").undecidable
    assert words(ask({"tpp": 4000}, "2023-03-01")) == FREE
    assert "dram_bw_gb_s" in ask({"tpp": 15_000, "datacenter": True}, "2026-02-01").undecidable
    assert ask({"tpp": 30_000, "datacenter": True}, "2026-02-01").review_policy == "presumption_of_denial"
    open_letter = ask({"tpp": 1000, "vendor": "NVIDIA", "io_gb_s": 100}, "2025-05-01")
    assert open_letter.review_policy == "undecidable" and "dram_bw_gb_s" in open_letter.undecidable
    caught = {"tpp": 1000, "vendor": "NVIDIA", "dram_bw_gb_s": 1500, "datacenter": True}
    assert ask(caught, "2025-05-01").paragraph == "letter_2025-04"
    assert "datacenter" in ask({**caught, "datacenter": None}, "2025-05-01").undecidable


def test_an_empty_design_is_never_free():
    for on in ("2023-03-01", "2024-06-01", "2026-02-01"):
        assert ask({}, on).review_policy == "undecidable"


def test_contested_specifications_that_change_the_answer_make_it_contested():
    table = chips.table().set_index("chip")
    assert table.loc["L40", "tpp_high"] > table.loc["L40", "tpp"]
    answer = ask("L40", "2024-06-01")
    assert answer.confidence == "contested" and any("high end" in caveat for caveat in answer.caveats)


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": "2022-08-25"}, "on = 2022-08-25 is before the record, which runs from 2022-08-26"),
        ({"on": "1999-01-01"}, "before the record"),
        ({"on": "2028-01-01"}, "on = 2028-01-01 is after the record"),
        ({"on": "May 2025"}, "on = 'May 2025' is not a day; write it YYYY-MM-DD"),
        ({"on": None}, "on = None is not a day"),
        ({"on": 20250501}, "on = 20250501 is not a day"),
        ({"destination": "Chna"}, "destination = 'Chna' is not a place .* Did you mean .*China"),
        ({"destination": "Atlantis"}, "destination = 'Atlantis' is not a place"),
        ({"destination": 86}, "destination = 86 is not a place"),
        ({"destination": "US"}, "an export does not go there"),
        ({"end_user_hq": "Narnia"}, "end_user_hq = 'Narnia'"),
        ({"shipped_from": "the moon"}, "shipped_from = 'the moon'"),
        ({"end_user_hq": rules.IMPORT}, "end_user_hq = .* is only a destination"),
        ({"exporter": 5}, "exporter = 5"),
        ({"exporter": " "}, "exporter = ' '"),
        ({"datacenter": "yes"}, "datacenter = 'yes' is not True, False or None"),
        ({"chip": "H1000"}, "chip = 'H1000' is not in data/chips.csv"),
        ({"chip": 5}, "chip = 5"),
        ({"chip": {"tpp": -1}}, "tpp = -1 is outside its valid range"),
        ({"chip": {"tpp": "fast"}}, "tpp = 'fast' is not a number"),
        ({"chip": {"dense_tops": 1979, "bit_length": 8, "sparse": True}}, "sparse = True: the rules count dense"),
        ({"chip": {"name": "H100 SXM5 80GB", "dense_tops": {8: 3958}}}, "looks like a sparse figure"),
        ({"chip": {"speed": 5}}, "unknown specification 'speed'"),
    ],
)
def test_bad_input_is_refused_by_name(values, said):
    with pytest.raises(ValueError, match=said):
        rules.classify(**{"chip": "H100 SXM5", "on": "2024-06-01", "destination": "China", **values})


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("china", "CN"),
        ("cn", "CN"),
        ("PRC", "CN"),
        ("Macao", "MO"),
        ("uae", "AE"),
        ("Viet Nam", "VN"),
        ("the Netherlands", "NL"),
        ("Türkiye", "TR"),
        ("United States (import)", "US-IMPORT"),
        ("U.S.", "US"),
        ("NA", "NA"),
    ],
)
def test_places_go_by_plain_names_and_iso_codes(spelling, code):
    assert rules.place(spelling)[0] == code


def test_dates_may_be_dates():
    wanted = ask("H20", "2025-05-01")
    for on in (date(2025, 5, 1), pd.Timestamp("2025-05-01"), np.datetime64("2025-05-01")):
        assert ask("H20", on) == wanted or str(ask("H20", on)) == str(wanted)


def test_an_answer_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        ask("H20", "2025-05-01").review_policy = "no_license_required"


# --- properties -----------------------------------------------------------------------------------

DAYS = st.dates(date(2022, 8, 26), date(2026, 9, 25))
PLACES = st.sampled_from(
    ["China", "Macau", "Iran", "Vietnam", "Saudi Arabia", "UAE", "Germany", "Malaysia", "Russia", "Cambodia", "Israel"]
)
AREA = st.floats(50, 3000)
RATE = st.floats(0, 9000)


def test_the_letter_of_2022_finds_russia_under_a_regulation_already():
    """Part 746 asks a licence for every listed item; nothing "as written" is free there, letter or not."""
    answers = [
        ask({"tpp": t, "die_area_mm2": 800, "io_gb_s": 600, "vendor": "NVIDIA"}, "2022-09-15", "Russia")
        for t in (0, 4992)
    ]
    assert {(a.review_policy, a.as_written, a.rests_on) for a in answers} == {
        ("license_required", "license_required", "text")
    }
    assert "letter_2022-08 also speaks" in str(answers[1]) and "also speaks" not in str(answers[0])


@given(
    DAYS,
    PLACES,
    st.sampled_from([None, "China", "France"]),
    st.floats(0, 60_000),
    st.floats(0, 60_000),
    AREA,
    RATE,
    RATE,
    st.booleans(),
    st.sampled_from(["", "NVIDIA", "Intel"]),
)
@example(date(2022, 8, 26), "Russia", None, 0.0, 4992.0, 50.0, 600.0, 0.0, False, "NVIDIA")
@settings(max_examples=600, deadline=None)
def test_raising_tpp_never_lowers_the_strictness_of_the_rule_on_the_same_day(
    on, to, hq, tpp, more, area, io, dram, datacenter, vendor
):
    made = {"die_area_mm2": area, "io_gb_s": io, "dram_bw_gb_s": dram, "datacenter": datacenter, "vendor": vendor}
    low, high = sorted((tpp, more))
    policies = [ask({**made, "tpp": x}, on, to, end_user_hq=hq).review_policy for x in (low, high)]
    before, after = map(rules.strictness, policies)
    assert math.isnan(before) or math.isnan(after) or before <= after, policies


@given(
    st.sampled_from(chips.known_chips()),
    DAYS,
    st.sampled_from([*["China", "Vietnam", "UAE", "Malaysia", "Russia", "Macau"], rules.IMPORT]),
    st.sampled_from([None, "China"]),
)
@settings(max_examples=400, deadline=None)
def test_an_answer_never_cites_a_rule_that_is_not_in_force_and_speaks_the_vocabulary(name, on, to, hq):
    answer = ask(name, on, to, end_user_hq=hq)
    versions = data.load("rules/versions").set_index("version_id")
    for rule in answer.rules:
        version = versions.loc[rule]
        assert version["effective_from"].date() <= on, rule
        assert pd.isna(version["effective_to"]) or on <= version["effective_to"].date(), rule
    allowed = data.load("rules/vocabulary").groupby("field")["word"].agg(set)
    assert answer.paragraph in allowed["paragraph"]
    assert {answer.review_policy, answer.as_written, answer.as_enforced, answer.tariff} <= allowed["review_policy"]
    assert answer.rests_on in allowed["rests_on"] and answer.confidence in allowed["confidence"]
    assert answer.as_enforced == answer.review_policy
    assert (answer.review_policy != "undecidable") or answer.undecidable
    assert answer.citation and (answer.url.startswith("http") or to == rules.IMPORT)
    assert str(answer) and answer._repr_markdown_()


def expected(tpp, density, io, dram, datacenter, on):
    """The regulation for China, no letters, shipped from the US, written a second time and otherwise."""
    if on < date(2022, 10, 21):
        return FREE
    if on < date(2023, 11, 17):
        return ("3A090_2022", "presumption_of_denial") if io >= 600 and tpp >= 4800 else FREE
    if not datacenter:
        return ("3A090.a.1", "license_exception_notify") if tpp >= 4800 else FREE
    denied = "case_by_case" if on >= date(2026, 1, 15) and tpp < 21_000 and dram < 6_500 else "presumption_of_denial"
    if tpp >= 4800:
        return "3A090.a.1", denied
    if tpp >= 1600 and density >= 5.92:
        return "3A090.a.2", denied
    if tpp >= 2400 and density >= 1.6:
        return "3A090.b.1", "license_exception_notify"
    if tpp >= 1600 and density >= 3.2:
        return "3A090.b.2", "license_exception_notify"
    return FREE


def test_three_thousand_designs_agree_with_the_rule_written_a_second_time():
    rng = np.random.default_rng(20261123)
    first, span = date(2022, 8, 26), (date(2026, 9, 25) - date(2022, 8, 26)).days
    seen = set()
    for _ in range(3000):
        tpp = float(rng.choice([rng.uniform(500, 25_000), 1600, 2400, 4800, 21_000, 1599.5, 20_999]))
        area = float(rng.uniform(100, 2000))
        io, dram = (float(rng.choice([rng.uniform(0, 9000), line, line - 0.5])) for line in (600, 6500))
        datacenter, on = bool(rng.random() < 0.8), first + timedelta(days=int(rng.integers(span)))
        made = {"tpp": tpp, "die_area_mm2": area, "io_gb_s": io, "dram_bw_gb_s": dram, "datacenter": datacenter}
        wanted = expected(tpp, tpp / area, io, dram, datacenter, on)
        assert words(ask(made, on, exporter=NEITHER)) == wanted, (made, on)
        seen.add(wanted)
    assert len(seen) >= 9


def test_ten_thousand_fuzzed_questions_give_an_answer_or_an_error_that_names_a_parameter():
    rng = np.random.default_rng(7)
    names = chips.known_chips()
    policies = set(data.load("rules/vocabulary").query("field == 'review_policy'")["word"])
    keys = [
        "tpp",
        "die_area_mm2",
        "io_gb_s",
        "dram_bw_gb_s",
        "dense_tops",
        "bit_length",
        "datacenter",
        "is_hbm_stack",
        "hbm_mbd_gb_s_per_mm2",
        "vendor",
        "sparse",
    ]
    named = re.compile(rf"(chip|on|destination|end_user_hq|shipped_from|exporter|{'|'.join(keys)})\b")
    numbers = [0, -5, 1e9, 3.2, 4800, 21_000, float("nan"), float("inf"), None, "many", True, [1, 2], 600]

    def pick(values):
        return values[int(rng.integers(len(values)))]

    def design():
        likely = keys[:4] if rng.random() < 0.6 else [*keys, "colour"]
        made = {}
        for key in likely:
            if rng.random() < 0.5:
                made[key] = float(rng.uniform(0, 30_000)) if rng.random() < 0.7 else pick(numbers)
        return made

    answers = errors = 0
    for _ in range(10_000):
        question = {
            "chip": pick([pick(names), design(), design(), pick(["h100", "", "???", None, 3, "RTX"])]),
            "on": pick(
                [
                    str(date(2022, 1, 1) + timedelta(days=int(rng.integers(2200)))),
                    "2025-06-01",
                    pick(["soon", None, 7, "2025-13-01", ""]),
                ]
            ),
            "destination": pick(
                ["China", "CN", "hk", "Macau", "Germany", "UAE", "Russia", rules.IMPORT, "US", "Mars", "", None, 5]
            ),
            "end_user_hq": pick([None, None, "China", "FR", "Atlantis", 3.0]),
            "shipped_from": pick(["United States", "United States", "Taiwan", "the moon", None]),
            "exporter": pick([None, None, "NVIDIA", "TSMC", "", 3]),
            "datacenter": pick([None, None, True, False, "maybe"]),
        }
        try:
            answer = rules.classify(**question)
        except ValueError as error:
            errors += 1
            assert named.match(str(error)), (question, error)  # the message begins with the parameter
        else:
            answers += 1
            assert isinstance(answer, rules.Answer) and answer.review_policy in policies
            assert answer.undecidable or answer.review_policy != "undecidable", question
    assert answers > 300 and errors > 3000


# --- many at once ---------------------------------------------------------------------------------


def test_the_grid_agrees_with_single_answers():
    names = ["A100 SXM4 80GB", "H800", "H20", "RTX 4090", "H200", "Ascend 910B", "HBM3E stack"]
    grid = rules.classify_all(names)
    assert len(grid) == 7 * 60
    for row in grid[grid["date"] >= "2022-09-01"].itertuples():
        single = ask(row.chip, row.date, "China")
        assert (single.paragraph, single.review_policy, single.rests_on, single.as_written, single.tariff) == (
            row.paragraph, row.review_policy, row.rests_on, row.as_written, row.tariff,
        )  # fmt: skip


def test_the_grid_marks_the_months_before_the_record_as_undecidable():
    grid = rules.classify_all(["H20"])
    early = grid[grid["date"] < "2022-08-26"]
    assert len(early) == 8 and set(early["review_policy"]) == {"undecidable"}
    assert early["undecidable"].str.contains("before the record").all()


def test_the_grid_takes_frames_designs_and_days_and_refuses_bad_ones():
    frame = data.load("chips").head(3)
    assert rules.classify_all(frame, ["2024-01-01"], "Vietnam")["chip"].tolist() == frame["chip"].tolist()
    assert rules.classify_all({"tpp": 5000, "datacenter": True}, ["2024-01-01"])["review_policy"].tolist() == [
        "presumption_of_denial"
    ]
    with pytest.raises(ValueError, match="destination = 'Mars'"):
        rules.classify_all(["H20"], destination="Mars")
    with pytest.raises(ValueError, match="dates = 2030-01-01 is after the record"):
        rules.classify_all(["H20"], ["2030-01-01"])


def test_history_turns_on_the_days_of_the_rules():
    spells = rules.history("A800", "China")
    assert [f"{day:%Y-%m-%d}" for day in spells["start"]] == ["2022-08-26", "2023-10-23", "2023-11-17", "2026-01-15"]
    assert (spells["start"].iloc[1:].to_numpy() == (spells["end"].iloc[:-1] + pd.Timedelta(days=1)).to_numpy()).all()


def test_every_test_lists_the_clause_that_a_chip_sails_close_to():
    tests = rules.every_test("H20").set_index("test")
    assert tests.loc["b1", "margin_percent"] == pytest.approx(-1.33, abs=0.01) and not tests.loc["b1", "met"]
    assert tests.loc["letter-2025-04-dram", "met"]


def test_regions_hold_the_chips_that_the_rule_holds():
    """A data-centre chip lies in a rectangle of the density plane exactly when its paragraph says so."""
    on = "2024-06-01"
    shown = rules.regions(on).query("plane == 'density' and role == 'item'")
    assert set(shown["paragraph"]) == {"3A090.a.1", "3A090.a.2", "3A090.b.1", "3A090.b.2"}
    for specs in map(chips.specifications, ["H20", "L40", "L4", "L20", "A100 SXM4 80GB", "A30"]):
        inside = shown[
            (shown.x_low <= specs.tpp)
            & (specs.tpp < shown.x_high)
            & (shown.y_low <= specs.performance_density)
            & (specs.performance_density < shown.y_high)
        ]
        found = inside["paragraph"].iloc[0] if len(inside) else "none"
        assert found == ask(specs, on, exporter=NEITHER).paragraph, specs.name


def test_the_picture_changes_with_the_date():
    assert set(rules.regions("2023-06-01")["paragraph"]) == {"3A090_2022"}
    memory = rules.regions("2026-02-01").query("plane == 'memory'")
    assert {"ceiling-2026", "tariff-window-1", "tariff-window-2", "letter-2025-04-dram"} <= set(memory["region"])
    assert memory.set_index("region").loc["ceiling-2026", ["x_high", "y_high"]].tolist() == [21_000, 6_500]


def test_rules_in_force_by_day():
    assert set(rules.rule_versions("2022-09-01")["version_id"]) == {
        "letter-2022-08-nvidia",
        "letter-2022-08-amd",
        "part-746",
        "embargoes",
    }
    assert "macau-2023" not in set(rules.rule_versions("2023-01-16")["version_id"])
    status = rules.rule_versions("2026-01-20").set_index("version_id")["status"]
    assert status["diffusion"] == "in_cfr_not_enforced" and status["affiliates-suspended"] == "suspended"
    assert {"h200-2026", "tariff-2026"} <= set(status.index)


# --- the tables -----------------------------------------------------------------------------------


def test_the_words_of_the_tables_are_in_the_vocabulary():
    allowed = data.load("rules/vocabulary").groupby("field")["word"].agg(set)
    policies, thresholds, versions = (data.load(f"rules/{name}") for name in ("policies", "thresholds", "versions"))
    assert set(policies["review_policy"]) | set(policies["as_written"]) - {""} <= allowed["review_policy"]
    assert set(" ".join(policies["paragraphs"]).split()) - {"other"} <= allowed["paragraph"]
    assert set(thresholds["paragraph"]) - {""} <= allowed["paragraph"]
    assert set(policies["rests_on"]) <= allowed["rests_on"]
    assert set(versions["status"]) <= allowed["status"] == set(tables.RULE_STATUSES)
    assert set(" ".join(policies["scope"]).split()) - {"ANY"} <= set(data.load("rules/scopes")["scope"])


def test_the_limits_are_those_of_the_published_texts():
    """Also those that an earlier paragraph hides: 3A090.b.1 ends at 4,800 and 5.92, b.2 at 5.92."""
    table = data.load("rules/thresholds").set_index("threshold_id").select_dtypes("number")
    found = {key: row.dropna().to_dict() for key, row in table.iterrows() if row.notna().any()}
    assert found == {
        "oct-2022-3a090": {"tpp_ge": 4800, "io_ge_gb_s": 600},
        "a1": {"tpp_ge": 4800},
        "a2": {"tpp_ge": 1600, "pd_ge": 5.92},
        "b1": {"tpp_ge": 2400, "tpp_lt": 4800, "pd_ge": 1.6, "pd_lt": 5.92},
        "b2": {"tpp_ge": 1600, "pd_ge": 3.2, "pd_lt": 5.92},
        "c": {"mbd_gt_gb_s_per_mm2": 2},
        "hbm-exception": {"mbd_lt_gb_s_per_mm2": 3.3},
        "letter-2022-08-level": {"tpp_ge": 4992, "io_ge_gb_s": 600},
        "letter-2023-10-level": {"tpp_ge": 4800},
        "letter-2025-04-dram": {"dram_ge_gb_s": 1400},
        "letter-2025-04-io": {"io_ge_gb_s": 1100},
        "letter-2025-04-sum": {"dram_plus_io_ge_gb_s": 1700},
        "ceiling-2026": {"tpp_lt": 21_000, "dram_lt_gb_s": 6500},
        "tariff-window-1": {"tpp_gt": 14_000, "tpp_lt": 17_500, "dram_gt_gb_s": 4500, "dram_lt_gb_s": 5000},
        "tariff-window-2": {"tpp_gt": 20_800, "tpp_lt": 21_100, "dram_gt_gb_s": 5800, "dram_lt_gb_s": 6200},
    }


def test_no_row_is_effective_before_its_rule():
    versions = data.load("rules/versions").set_index("version_id")
    for table in ("thresholds", "policies"):
        for row in data.load(f"rules/{table}").itertuples():
            assert row.effective_from >= versions.loc[row.rule, "effective_from"], row
            end = versions.loc[row.rule, "effective_to"]
            assert pd.isna(end) or (not pd.isna(row.effective_to) and row.effective_to <= end), row


def test_every_item_on_every_day_and_place_has_a_policy():
    """No paragraph falls through the table of policies into a silent 'free'."""
    for on in rules.days_of_change():
        for to in ("China", "Macau", "Iran", "Vietnam", "UAE", "Germany", "Malaysia"):
            for hq in (to, "China", "France"):
                for made in (
                    chip(30_000, 30, io_gb_s=1000),
                    chip(3000, 4),
                    chip(30_000, 30, datacenter=False),
                    chip(2000, 10),
                ):
                    answer = ask(made, on, to, end_user_hq=hq, exporter=NEITHER)
                    if answer.paragraph != "none":
                        assert answer.rules[0] in set(data.load("rules/policies")["rule"]), answer


def test_the_country_groups_give_the_44_countries_of_october_2023():
    """CSET (2023-12-04): D:1, D:4 and D:5 less A:5 and A:6 are 44 countries, and Macau."""
    scopes, on = data.load("rules/scopes"), pd.Timestamp("2023-11-17")
    held = scopes[(scopes["valid_from"] <= on) & (scopes["valid_to"].isna() | (scopes["valid_to"] >= on))]
    assert held[held["scope"].isin(["D5", "D1_D4"])]["iso2"].nunique() == 44 + 1  # Hong Kong is China there


def test_no_threshold_date_or_place_is_written_in_the_code():
    tree = ast.parse(Path(rules.__file__).read_text(encoding="utf-8"))
    numbers = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }
    table = data.load("rules/thresholds").select_dtypes("number")
    assert not numbers & (set(table.to_numpy().ravel()) - {2.0})


def test_a_damaged_rule_table_is_refused_with_file_row_column_value_and_rule(tmp_path):
    shutil.copytree(data.FOLDER / "rules", tmp_path / "rules")
    path = tmp_path / "rules" / "thresholds.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("a1,oct-2023", "a1,oct-2033"), encoding="utf-8")
    with pytest.raises(
        data.DataFileError, match=r"thresholds.csv, row 3, column 'rule': value 'oct-2033' breaks the rule"
    ):
        data.load("rules/thresholds", tmp_path)
    (tmp_path / "rules" / "settings.csv").unlink()
    with pytest.raises(data.DataFileError, match="settings.csv: the file is missing from rules/"):
        data.load("rules/settings", tmp_path)
