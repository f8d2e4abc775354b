"""The story of each chip on several dates, and who buys where and through whom."""

from __future__ import annotations

import pytest

from helpers.rules import model as rules
from tests.rules.asking import FREE, ask, chip, words

STORY = [
    # the letters of August 2022, for the exporter they were sent to
    ("A100 SXM4 80GB", "2022-08-26", "China", "letter_2022-08", "license_required_policy_not_published"),
    ("H100 SXM5", "2022-10-20", "Hong Kong", "letter_2022-08", "license_required_policy_not_published"),
    ("MI250", "2022-09-15", "China", "letter_2022-08", "license_required_policy_not_published"),
    # 15 CFR 746.8 decides (policy of denial, 87 FR 13048); the letter named chip and country, so it is the paragraph
    ("A100 SXM4 80GB", "2022-09-15", "Russia", "letter_2022-08", "policy_of_denial"),
    ("H100 SXM5", "2022-09-15", "Russia", "letter_2022-08", "policy_of_denial"),
    ("MI250", "2022-09-15", "Russia", "letter_2022-08", "policy_of_denial"),
    ("H20", "2025-06-01", "Russia", "letter_2025-04", "policy_of_denial"),
    ("H20", "2025-06-01", "Iran", "letter_2025-04", "policy_of_denial"),
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
    ("RTX 5090", "2025-04-08", "China", "3A090.a.1", "license_exception_notify"),
    ("RTX 5090", "2025-06-01", "China", "letter_2025-04", "undecidable"),
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
    ("MI308X", "2025-03-01", "China", *FREE),  # AMD's filing of April 2025: a new requirement
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
    ("H200", "2026-01-15", "Iran", "3A090.a.1", "policy_of_denial"),
    ("H200", "2026-01-15", "Afghanistan", "3A090.a.1", "presumption_of_denial"),
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
    ("H100 SXM5", "2026-07-10", "UAE", "3A090.a.1", "license_required"),
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
    ("A100 SXM4 80GB", "2022-11-01", "Russia", "3A090_2022", "policy_of_denial"),
    ("RTX 4080", "2024-06-01", "Russia", "none", "policy_of_denial"),
    ("H100 SXM5", "2024-06-01", "Russia", "3A090.a.1", "policy_of_denial"),
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
        ("RTX 4090", "2026-08-01", "UAE", None, "3A090.a.1", "undecidable"),
        ("L40", "2026-08-01", "UAE", None, "3A090.b.1", "undecidable"),
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
        ("L20", "2024-06-01", "Iran", None, "none", "policy_of_denial"),
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
