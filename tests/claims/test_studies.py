"""How the claims sort, where each is judged and tested, and the toy's arithmetic."""

from __future__ import annotations

import re

import pytest

from helpers.claims import studies
from helpers.core import data
from helpers.course import authoring

CLAIMS = data.load("claims")
HERE = set(data.load("course_map").query("edition == 'here'")["notebook"])
SOURCES = {path.stem: path for path in authoring.sources()}


def test_filters_agree_with_the_frame():
    keep = studies.in_filter(CLAIMS, "trade-law", "anyone")
    assert keep.tolist() == [
        t == "trade-law" and c == "anyone" for t, c in zip(CLAIMS["topic"], CLAIMS["checkable_by"])
    ]
    assert studies.in_filter(CLAIMS).all()


def test_topics_come_most_frequent_first():
    counts = CLAIMS["topic"].value_counts()
    topics = studies.topics(CLAIMS)
    assert set(topics) == set(counts.index) and counts[topics].is_monotonic_decreasing


def test_equal_work_is_division():
    made = studies.equal_work(0.4, 0.5)
    assert (made.needed, made.chips_times, made.power_times) == (2500, 2.5, 1.25)


def test_an_unknown_claim_is_refused():
    with pytest.raises(KeyError, match="'S99' is not one of S01 to S38"):
        studies.place("S99")


# --- one card a claim, one cell that tests it ------------------------------------------------------


def test_every_claim_is_decided_in_a_notebook_that_treats_it_and_tested_where_that_notebook_is_here():
    for claim in CLAIMS.itertuples():
        assert claim.decided_in in claim.notebook.split(), claim.claim_id
        here = claim.decided_in in HERE
        assert claim.test_cell == (f"tests-{claim.claim_id}" if here else ""), claim.claim_id
        assert studies.place(claim.claim_id) == studies.Place(claim.decided_in, here, claim.test_cell)


def cells_by_tag(path):
    """Tag to code cells of the learner's edition."""
    found = {}
    for cell in authoring.edition(path, "learner").cells:
        for tag in cell.metadata.get("tags", []):
            found.setdefault(tag, []).append(cell)
    return found


@pytest.mark.parametrize("notebook", sorted(HERE))
def test_the_cell_that_tests_a_claim_stands_once_in_the_notebook_that_decides_it(notebook):
    tagged = {tag: cells for tag, cells in cells_by_tag(SOURCES[notebook]).items() if tag.startswith("tests-")}
    assert set(tagged) == set(CLAIMS.loc[CLAIMS["decided_in"] == notebook, "test_cell"])
    for tag, cells in tagged.items():
        assert len(cells) == 1 and cells[0].cell_type == "code", tag
        assert "verdict" not in cells[0].source, "a card is not a test"


@pytest.mark.parametrize("notebook", sorted(HERE))
def test_a_verdict_card_stands_only_where_its_claim_is_decided_and_at_most_one_line_elsewhere_leads_there(notebook):
    text = SOURCES[notebook].read_text(encoding="utf-8")
    cards = re.findall(r'\.verdict\("(S\d\d)"\)', text)
    assert sorted(cards) == sorted(CLAIMS.loc[CLAIMS["decided_in"] == notebook, "claim_id"])
    linked = re.findall(r"S\d\d", " ".join(re.findall(r"\.verdict_link\(([^)]*)\)", text)))
    assert len(linked) == len(set(linked)) and not set(linked) & set(cards)
