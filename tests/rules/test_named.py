"""Chips that the rules name, letters that speak, parties that are listed, statuses from a filing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from helpers.chips import model as chips
from helpers.core import data
from helpers.rules import model as rules
from tests.rules.asking import FREE, ask, chip, words

THRESHOLDS = data.load("rules/thresholds")
NAMED = [
    (product, row.threshold_id, row.exporters.split(";"), row.paragraph, row.effective_from.date())
    for row in THRESHOLDS.itertuples()
    for product in row.products.split(";")
    if product
]
# Names that were unknown in November 2026, and where each chip falls today (China, June 2024).
ASKED_FOR = {
    "A100X": "3A090.a.1",
    "DGX": "3A090.a.1",
    "H20E": "none",
    "MI309": "bis_determination",
    "A100 PCIe": "3A090.a.1",
    "A800 PCIe": "3A090.a.1",
    "H800 PCIe": "3A090.a.1",
    "A40": "3A090.b.2",
    "T4": "none",
    "RTX 6000 Ada": "3A090.a.1",
    "GH200": "3A090.a.1",
    "MI300A": "3A090.a.1",
    "MI350X": "3A090.a.1",
    "HBM2E": "none",
    "HBM4": "none",
}


def bound_by(name):
    """The chips of the table that a product of the rules means; "*" ends a word early."""
    if not name.endswith("*"):
        return [chips.resolve(name)]
    return [known for known in chips.known_chips() if known.startswith(name[:-1])]


@pytest.mark.parametrize(
    ("product", "row", "exporters", "paragraph", "day"), NAMED, ids=[f"{n[1]} {n[0]}" for n in NAMED]
)
def test_classify_answers_every_chip_that_the_rules_name(product, row, exporters, paragraph, day):
    """And under the paragraph that names it, where that reaches: the Middle East in 2023, China otherwise."""
    found = bound_by(product)
    assert found, f"{row} names {product}, which is no chip of the table"
    place = "Saudi Arabia" if row.startswith("letter-2023-08") else "China"
    for name in found:
        answer = ask(name, day, place)
        spoken = {
            limb.name.split(": ")[0] for limb in answer.limbs if limb.name.endswith("product named") and limb.fired
        }
        assert paragraph in spoken, (name, str(answer))


@pytest.mark.parametrize("name", ASKED_FOR)
def test_names_that_readers_use_are_answered_on_every_day(name):
    for on in rules.days_of_change():
        assert ask(name, on).review_policy
    assert ask(name, "2024-06-01").paragraph == ASKED_FOR[name]


def test_densities_of_memory_exceed_2_in_every_generation_from_hbm2e_on():
    """BIS, 89 FR 96790: every stack then in production exceeds 2 GB/s per mm2; none of these is under 3.3."""
    for name in ("HBM2E", "HBM3", "HBM3E", "HBM4"):
        assert chips.specifications(name).hbm_mbd_gb_s_per_mm2 > 3.3
        assert words(ask(name, "2025-06-01")) == ("3A090.c", "presumption_of_denial")
        assert not ask(name, "2025-06-01").exceptions


@pytest.mark.parametrize(
    ("product", "row", "exporters", "paragraph", "day"), NAMED, ids=[f"{n[1]} {n[0]}" for n in NAMED]
)
def test_a_made_up_name_decides_nothing(product, row, exporters, paragraph, day):
    """ "Half an H20" is not the H20: the same design without a name has the same answer."""
    small = {"tpp": 100, "die_area_mm2": 800, "io_gb_s": 10, "dram_bw_gb_s": 100, "datacenter": True}
    bare = product.rstrip("*")
    for maker in exporters:
        plain = ask({**small, "vendor": maker}, day)
        for name in (f"Half an {bare}", f"{bare} Lite", f"Successor of the {bare}"):
            named = ask({**small, "vendor": maker, "name": name}, day)
            assert words(named) == words(plain), (name, str(named))


def test_a_design_that_bears_a_known_name_is_that_product():
    made = {"name": "MI309", "vendor": "AMD", "tpp": 1000, "datacenter": True}
    assert ask(made, "2024-03-05").paragraph == "bis_determination"
    assert chips.specifications(made).product == "MI309"
    assert chips.specifications({**made, "name": "MI309 and a half"}).product == ""


@pytest.mark.parametrize("place", ["Russia", "Belarus", "Iran", "Cuba", "North Korea", "Syria"])
def test_a_letter_that_reaches_a_place_is_named_though_another_regulation_decides(place):
    """NVIDIA's 8-K of 31 August 2022 (China, Russia), of 15 April 2025 (Country Group D:5)."""
    answer = ask("H20", "2025-06-01", place)
    assert answer.paragraph == "letter_2025-04" and answer.rests_on == "text"
    assert {"letter-2025-04"} < set(answer.rules) and {limb.fired for limb in answer.fired} == {True}
    august = ask("H100", "2022-09-15", place)
    assert august.paragraph == ("letter_2022-08" if place == "Russia" else "none")


@pytest.mark.parametrize(
    ("place", "on", "policy"),
    [
        ("Russia", "2022-09-01", "policy_of_denial"),  # 15 CFR 746.8; 87 FR 13048 for Belarus, as for Russia
        ("Belarus", "2026-06-01", "policy_of_denial"),
        ("Cuba", "2024-06-01", "policy_of_denial"),  # 15 CFR 746.1(a)(1): a general policy of denial
        ("Iran", "2024-06-01", "policy_of_denial"),
        ("Syria", "2025-09-01", "policy_of_denial"),  # 15 CFR 746.9(c) before FR Doc 2025-16724
        ("Syria", "2025-09-02", "case_by_case"),
        ("North Korea", "2024-06-01", "case_by_case"),  # BIS: 15 CFR 746.4(b)
    ],
)
def test_where_the_law_says_denial_the_answer_does(place, on, policy):
    for name in ("L20", "RTX 4080", "T4"):  # free by the chip rules
        assert words(ask(name, on, place)) == ("none", policy)


def test_the_stricter_of_two_regulations_decides():
    assert ask("H100", "2026-06-01", "Syria").review_policy == "presumption_of_denial"  # Country Group D:5
    assert ask("H100", "2024-06-01", "Russia").review_policy == "policy_of_denial"
    assert ask("RTX 4090", "2026-06-01", "Syria").review_policy == "case_by_case"  # not under an exception


def test_an_unsettled_letter_leaves_free_and_excepted_alike_open():
    """RTX 5090D (free by the regulation) and RTX 5090 (exception NAC): both reach the reported numbers of April 2025."""
    found = {}
    for name in chips.known_chips():
        specs = chips.specifications(name)
        before, after = ask(name, "2025-04-08"), ask(name, "2025-04-09")
        if specs.datacenter is False and specs.vendor == "NVIDIA" and specs.dram_bw_gb_s >= 1400:
            found[name] = before.review_policy
            assert words(after) == ("letter_2025-04", "undecidable"), name
            assert after.as_written == before.review_policy
    assert found == {"RTX 5090": "license_exception_notify", "RTX 5090D": "no_license_required"}


# --- parties -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "unlisted"), [("H100", "license_required"), ("RTX 4090", "undecidable"), ("L40", "undecidable")]
)
def test_only_a_listed_party_in_the_emirates_is_free(name, unlisted):
    """91 FR 43034: free for parties that the rule names; the licence stays for every other."""
    assert ask(name, "2026-08-01", "UAE").review_policy == unlisted
    assert ask(name, "2026-08-01", "UAE", party="unlisted").review_policy == unlisted
    assert ask(name, "2026-08-01", "UAE", party="listed").review_policy == "no_license_for_listed_entities"
    assert ask(name, "2026-07-09", "UAE", party="listed").review_policy == ask(name, "2026-07-09", "UAE").review_policy
    grid = rules.classify_all([name], ["2026-08-01"], "UAE", party="listed")
    assert grid["review_policy"].tolist() == ["no_license_for_listed_entities"]
    assert (
        ask(name, "2026-08-01", "UAE", party="listed", end_user_hq="China").review_policy
        != "no_license_for_listed_entities"
    )


def test_elsewhere_being_listed_changes_nothing_and_the_answer_says_so():
    for place in ("China", "Malaysia", "Germany", "Saudi Arabia", rules.IMPORT):
        plain, listed = (ask("H100", "2026-08-01", place, party=party) for party in ("unlisted", "listed"))
        assert words(plain) == words(listed)
        assert "who is listed makes no difference" in str(listed) and "who is listed" not in str(plain)


@pytest.mark.parametrize("party", ["Listed", "entity list", None, True, 1, "x" * 500])
def test_another_word_for_a_party_is_refused(party):
    with pytest.raises(ValueError, match="party = .* is not one of unlisted, listed") as refused:
        ask("H100", "2026-08-01", "UAE", party=party)
    assert len(str(refused.value)) < 300


# --- known from a filing -----------------------------------------------------------------------------


def test_the_mi308x_was_free_until_the_letter_though_its_numbers_are_not_public():
    """AMD's filing of April 2025: a new licence requirement; the chip was made to fit the rule of October 2023."""
    spells = rules.history("MI308X", "China")
    assert chips.specifications("MI308X").tpp != chips.specifications("MI308X").tpp  # NaN
    free = spells[spells["rests_on"] == "filing"]
    assert free["start"].iloc[0].date() == date(2024, 6, 1) and free["end"].iloc[-1].date() == date(2025, 4, 8)
    assert set(free["review_policy"]) == {"no_license_required"}
    answer = ask("MI308X", "2025-03-01")
    assert "AMD" in answer.citation and answer.confidence == "reported" and not answer.undecidable
    after = ask("MI308X", "2025-04-09")
    assert (after.rests_on, after.as_written) == ("letter", "no_license_required")


def test_a_filing_fills_only_what_the_numbers_leave_open():
    big = {"name": "MI308X", "vendor": "AMD", "tpp": 20_000, "datacenter": True}
    assert words(ask(big, "2025-03-01")) == ("3A090.a.1", "presumption_of_denial")
    for row in data.load("rules/statuses").itertuples():
        day = row.effective_from.date()
        assert ask(row.chip, day).rests_on == "filing"
        assert ask(row.chip, day - timedelta(1)).review_policy == "undecidable"
        assert row.paragraph in {"none", *THRESHOLDS["paragraph"]}


# --- foundries ---------------------------------------------------------------------------------------


def test_a_foundry_is_told_of_the_rule_of_its_day():
    """90 FR 5298, and since April 2026 91 FR 17851: authorized designers up to 31 December 2026."""
    before, after = (ask(chip(1000, 1), on, "Malaysia", exporter="TSMC") for on in ("2026-04-06", "2026-04-09"))
    assert "90 FR 5298" in before.citation and "91 FR 17851" not in before.citation
    assert "91 FR 17851" in after.citation and "31 December 2026" in str(after)
    assert {before.review_policy, after.review_policy, after.as_written} == {"undecidable"}
    names = THRESHOLDS[THRESHOLDS["role"] == "foundry"]["exporters"]
    assert names.nunique() == 1 and len(names) == 2
    assert words(ask(chip(1000, 1), "2026-04-09", "Malaysia")) == FREE
