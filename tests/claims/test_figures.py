"""Verdict cards, the lines that lead to them, and the table of verdicts."""

from __future__ import annotations

import pytest

from helpers.claims import figures, studies


def test_a_verdict_shows_evidence_counter_argument_and_sources():
    text = figures.verdict("S08")
    for part in ("**Evidence**", "**Strongest counter-argument**", "**Our verdict:", "What would settle it", "](http"):
        assert part in text
    with pytest.raises(KeyError, match="'S99' is not one of S01 to S38"):
        figures.verdict("S99")


def test_a_link_names_the_notebook_where_the_card_stands():
    assert figures.verdict_link("S20") == "S20 is judged in [24_more_chips_more_power](24_more_chips_more_power.ipynb)."


def test_claims_of_one_notebook_share_a_sentence_and_a_planned_one_has_no_link(monkeypatch):
    place = studies.place
    planned = studies.Place("46_law_and_plans", False, "")
    monkeypatch.setattr(studies, "place", lambda claim: planned if claim == "S38" else place(claim))
    said = figures.verdict_link("S02", "S03", "S07", "S38")
    assert said == (
        "S02 and S03 are judged in [12_rules_as_code](12_rules_as_code.ipynb)."
        " S07 is judged in [14_chips_compared](14_chips_compared.ipynb)."
        " S38 will be judged in 46_law_and_plans, which is planned."
    )


def test_a_link_to_no_claim_is_refused():
    with pytest.raises(ValueError, match="claim_ids is empty"):
        figures.verdict_link()
    with pytest.raises(KeyError, match="'S99' is not one of S01 to S38"):
        figures.verdict_link("S01", "S99")


def test_the_table_of_verdicts_keeps_the_order_asked_for():
    assert figures.verdicts_table(["S09", "S01"]).frame.index.tolist() == ["S09", "S01"]
