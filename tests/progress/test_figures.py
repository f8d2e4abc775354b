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
    assert numbered["date"].is_monotonic_increasing, "by date, not by side: a number gives no side away"
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
    assert "no public sign of use or non-use: Anthropic, Google and OpenAI" in drawn
    assert len(figures.adoptions_table(ADOPTIONS).frame) == len(ADOPTIONS)


def test_the_gaps_are_drawn_kind_by_kind_and_their_title_holds_the_ranges():
    chart = figures.gaps_chart(GAPS)
    values = chart.data.values
    kind_of = GAPS.set_index("measure")["kind"].to_dict()
    kinds = [tables.GAP_KINDS.index(kind_of[v["label"].split("; ")[1]]) for v in values]
    assert kinds == sorted(kinds)
    months = GAPS[GAPS["unit"] == "months"]
    assert chart.title.text.endswith(f"ranges from {months['low'].min():g} to {months['high'].max():g}")
    ours = months.loc[months["note"].str.contains("iddle of"), "value"]
    assert ours.max() > months.drop(ours.index)["value"].max() == 8, "a middle of ours is no figure in print"
    assert "one figure run from 2 to 8 months" in chart.title.text
    assert max(v["end"] for v in values) <= 15, "the last tick of the axis"


def test_one_budget_under_three_fits():
    frame = figures.optimum_table().frame["Tokens for each parameter"]
    assert frame.tolist() == ["93", "59", "18"]
    assert progress.fit().B == 2085.43


def test_our_side_of_a_card_stands_in_the_table_only_once_the_reader_has_laid_it():
    none = "." * len(CAUSES)
    before, after = (str(figures.cards_table(CAUSES, laid)) for laid in (none, "n" + none[1:]))
    assert ">Ours<" not in before and ">against<" not in before and ">for<" not in before
    assert ">Ours<" in after and after.count(">not laid<") == len(CAUSES) - 1
    assert (after.count(">neither<"), after.count(">against<"), after.count(">for<")) == (1, 1, 0)


def test_the_title_of_the_rates_holds_their_ends():
    """1.5 and 64 are 2 ** (12/22) and 2 ** (12/2); 9 and 900 are Epoch AI's for prices."""
    title = figures.rates_chart(data.load("progress_estimates")).title.text
    assert "from 2.8 to 40 times a year" in title and title.endswith("from 1.5 to 900")


def test_a_gap_s_own_figure_is_printed_where_it_is_not_the_middle_of_its_range():
    said = figures.gaps_chart(GAPS).to_json()
    for r in GAPS[(GAPS["unit"] == "months") & GAPS["low"].notna()].itertuples():
        span = f"{r.low:g} to {r.high:g}"
        own = f"{r.value:g}, from {span}" in said
        assert span in said and own == (2 * r.value != r.low + r.high), r.gap_id
