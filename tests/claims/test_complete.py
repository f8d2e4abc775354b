"""Every claim is judged: evidence, verdict, confidence and place for all; counter-argument and test where its notebook is here."""

from __future__ import annotations

import nbformat
import pytest

from helpers.core import data, tables
from helpers.course import authoring
from tests.test_budget import shown, visible

CLAIMS = data.load("claims").set_index("claim_id")
COURSE = data.load("course_map").set_index("notebook")["edition"]
# In this edition; all 38 once every notebook is here.
DECIDED = CLAIMS[CLAIMS["decided_in"].map(COURSE) == "here"]
READY = ["evidence", "verdict", "confidence", "would_settle_it", "decided_in", "kind", "source_id", "second_source_id"]


def test_there_are_thirty_eight():
    assert CLAIMS.index.tolist() == [f"S{n:02d}" for n in range(1, 39)]
    assert len(DECIDED) == 38 or (COURSE == "planned").any()


@pytest.mark.parametrize("column", READY)
def test_every_claim_has(column):
    assert CLAIMS.index[CLAIMS[column] == ""].tolist() == []


def test_every_claim_decided_in_this_edition_has_its_strongest_counter_argument_and_the_cell_that_tests_it():
    for column in ("counter", "test_cell"):
        assert DECIDED.index[DECIDED[column] == ""].tolist() == []
    length = DECIDED["counter"].str.split().str.len()
    assert length.min() >= 12, length.idxmin()


@pytest.mark.parametrize("claim_id", DECIDED.index)
def test_the_cell_that_tests_a_claim_is_there_and_prints_something(claim_id):
    claim = DECIDED.loc[claim_id]
    notebook = nbformat.read(authoring.EDITIONS["learner"] / f"{claim['decided_in']}.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if claim["test_cell"] in c.metadata.get("tags", [])]
    assert cell.outputs and any(output.get("data") for output in cell.outputs)


def test_every_kind_and_every_verdict_is_in_use():
    assert set(CLAIMS["kind"]) == set(tables.CLAIM_KINDS) and set(CLAIMS["verdict"]) == set(tables.VERDICTS)


def test_what_nobody_could_check_is_no_fact_and_what_anyone_could_is_no_judgement():
    assert not ((CLAIMS["checkable_by"] == "nobody") & (CLAIMS["kind"] == "fact")).any()
    assert not ((CLAIMS["checkable_by"] == "anyone") & (CLAIMS["kind"] == "judgement")).any()


def test_the_stored_page_of_the_last_notebook_shows_no_verdict_of_ours_before_a_fold_is_opened():
    """Who reads without a kernel opens the fold of their own will."""
    notebook = nbformat.read(authoring.EDITIONS["learner"] / "90_verdicts.ipynb", as_version=4)
    for cell in notebook.cells:
        outputs = [shown(output)[0] for output in cell.get("outputs", [])]
        seen = visible(cell.source) if cell.cell_type == "markdown" else " ".join(outputs)
        for sentence in seen.split("\n"):
            for claim_id in set(CLAIMS.index) & set(sentence.replace(".", " ").replace(",", " ").split()):
                assert f"{CLAIMS.loc[claim_id, 'verdict']}" not in sentence, (claim_id, sentence)
