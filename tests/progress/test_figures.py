"""The charts and tables of 36_who_benefits show what the tables give, and what is not comparable stays apart."""

from __future__ import annotations

import json

from helpers.core import data, tables
from helpers.progress import figures, studies
from helpers.progress import model as progress

EVENTS, GAPS = data.load("events"), data.load("capability_gaps")
ADOPTIONS, CAUSES = data.load("adoptions"), data.load("causes")
FOUND = ADOPTIONS[ADOPTIONS["kind"] != "none found"]


def test_every_piece_of_evidence_has_one_number_and_its_table():
    numbered = studies.numbered(CAUSES)
    assert numbered["number"].tolist() == list(range(1, len(CAUSES) + 1))
    shown = [n for side in studies.SIDES for n in figures.causes_table(CAUSES, side).frame.index]
    assert shown == numbered["number"].tolist()
    drawn = json.dumps(figures.causes_chart(CAUSES, EVENTS).to_dict(), ensure_ascii=False)
    assert all(f'"{row.number}: {row.hardware} · {row.who}"' in drawn for row in numbered.itertuples())


def test_only_months_are_drawn_as_months():
    drawn = json.dumps(figures.gaps_chart(GAPS).to_dict())
    assert "Arena" not in drawn and '"value": 39' not in drawn
    table = figures.points_table(GAPS).frame
    assert len(table) == (GAPS["unit"] != "months").sum() and table["Gap"].str.contains("39 Arena points").any()


def test_closed_models_have_a_row_without_a_bar():
    flows = studies.flows(ADOPTIONS)
    assert set(flows["kind"]) <= set(studies.KINDS) and flows["moves"].sum() == len(FOUND)
    drawn = json.dumps(figures.adoptions_chart(ADOPTIONS).to_dict())
    assert "nothing found either way: Anthropic, Google and OpenAI" in drawn
    assert len(figures.adoptions_table(ADOPTIONS).frame) == len(ADOPTIONS)


def test_the_gaps_are_drawn_kind_by_kind_and_their_title_holds_the_ranges():
    chart = figures.gaps_chart(GAPS)
    values = chart.data.values
    kind_of = GAPS.set_index("measure")["kind"].to_dict()
    kinds = [tables.GAP_KINDS.index(kind_of[v["label"].split("; ")[1]]) for v in values]
    assert kinds == sorted(kinds)
    months = GAPS[GAPS["unit"] == "months"]
    assert chart.title.text.endswith(f"up to {months['high'].max():g}")
    assert max(v["end"] for v in values) <= 15, "the last tick of the axis"


def test_one_budget_under_three_fits():
    frame = figures.optimum_table().frame["Tokens for each parameter"]
    assert frame.tolist() == ["93", "59", "18"]
    assert progress.fit().B == 2085.43
