"""The tables of 36_who_benefits: ranges, interests, speakers of both sides, and what its prose and cards repeat."""

from __future__ import annotations

import pandas as pd

from helpers.core import data, tables
from helpers.course import authoring
from helpers.progress import studies

PAPERS, ESTIMATES = data.load("papers"), data.load("progress_estimates")
GAPS, ADOPTIONS = data.load("capability_gaps"), data.load("adoptions")
FOUND = ADOPTIONS[ADOPTIONS["kind"] != "none found"]


def test_gaps_lie_inside_their_own_ranges_and_name_an_interest():
    for table in ("capability_gaps", "progress_estimates"):
        rows = data.load(table)
        both = rows.dropna(subset=["low", "value", "high"])
        assert ((both["low"] <= both["value"]) & (both["value"] <= both["high"])).all()
        assert (rows["interest"] != "").all()


def test_contested_causes_say_who_and_with_which_interest():
    causes = data.load("causes")
    contested = causes[causes["side"] == "contested"]
    speakers = " ".join(contested["who"])
    assert all(w in speakers for w in ("US official", "China's Ministry", "Anthropic")), "charges of both sides"
    assert (causes["interest"] != "").all() and not causes["interest"].eq("none found").any()
    assert (causes["limit"].str.len() > 20).all() and set(causes["side"]) == {"for", "against", "contested"}
    assert abs((causes["side"] == "for").sum() - (causes["side"] == "against").sum()) <= 4


def test_closed_models_are_none_found_and_the_flow_has_two_directions():
    adoptions = data.load("adoptions")
    closed = adoptions[adoptions["kind"] == "none found"]
    assert set(closed["to_lab"]) == {"OpenAI", "Anthropic", "Google"}
    assert closed["evidence"].nunique() == 1 and closed["source_id"].nunique() == 1, "the same words for each"


def test_the_papers_before_the_first_rule_are_from_both_countries():
    """ZeRO, MQA, GShard, Switch, FlashAttention; FastMoE, PanGu-alpha, M6-10T, GLM-130B (5 October 2022)."""
    papers = data.load("papers")
    assert papers["date"].is_monotonic_increasing and papers["paper_id"].is_unique
    early = papers.loc[papers["date"] < pd.Timestamp("2022-10-07"), "home"].value_counts()
    assert (early["US"], early["CN"]) == (5, 4)
    assert (papers["hardware_kind"].isin(["not stated", "not read"]) == papers["hardware"].eq("")).all()


def test_not_stated_is_said_only_of_texts_that_were_read_for_their_hardware():
    """ZeRO names 400 V100 (section 10), multi-token prediction A100-80GB and H100 (environmental impact), V3.2 H800."""
    papers = PAPERS.set_index("paper_id")
    assert papers.loc["zero2019", "hardware"] == "V100 x 400" and "H100" in papers.loc["mtp-meta2024", "hardware"]
    assert papers.loc["dsv32", "hardware_kind"] == "NVIDIA part for China"
    assert set(papers.index[papers["hardware_kind"] == "not stated"]) == {"charai2024", "dsv4", "k3"}
    assert studies.without_hardware(PAPERS) == {"not stated": 3, "not read": 18}


def test_the_months_come_from_the_four_kinds_of_measure_that_the_notebook_names():
    months = GAPS[GAPS["unit"] == "months"]
    assert set(months["kind"]) == {"index", "government tests", "maker's tests", "judgement"}
    v4 = months[months["compares"].str.startswith("DeepSeek V4 Pro")].set_index("gap_id")
    assert v4["value"].to_dict() == {"deepseek-tests-v4": 2, "deepseek-words-v4": 4.5, "caisi-v4": 8}
    assert "preferences" in set(GAPS["kind"]) and set(GAPS["kind"]) <= set(tables.GAP_KINDS)
    named = {
        "CAISI": "government tests",
        "AISI": "government tests",
        "maker's own": "maker's tests",
        "party's": "judgement",
    }
    assert all(row.kind == kind for row in GAPS.itertuples() for words, kind in named.items() if words in row.measure)


def test_typed_numbers_in_the_prose_are_those_of_the_tables():
    text = (authoring.SOURCE / "36_who_benefits.md").read_text(encoding="utf-8")
    value = ESTIMATES.set_index("estimate_id")["value"]
    for words in (
        f"could account for about {round(value['gundlach-total'], -2):,.0f}",
        f"for small models they count under {value['gundlach-small']:g}",
        f"Kimi K3's authors report {value['k3-over-k2']:g} times for all changes, and {value['kda']:g} and {value['attnres']:g} for two",
        f"{value['muon']:g} × {value['fine-experts']:g} × {value['kda']:g} × {value['attnres']:g} taken as a fact",
        f"Predict what half overlap does to {value['attnres']:g} and {value['kda']:g}",
    ):
        assert words in text, words
    assert "more than two entries in five" not in text and "must be the same" not in text


def test_the_claims_cards_repeat_the_tables():
    claims = data.load("claims").set_index("claim_id")["evidence"]
    into = ((FOUND["from_home"] == "US") & (FOUND["to_home"] == "CN")).sum()
    out = ((FOUND["from_home"] == "CN") & (FOUND["to_home"] != "CN")).sum()
    assert (len(FOUND), into, out) == (18, 9, 3)
    assert "Of 18 moves in notebook 36, nine went from the US to China and three" in claims["S31"]
    home = PAPERS["home"].value_counts()
    assert f"({home['CN']} to {home['US']})" in claims["S33"]
