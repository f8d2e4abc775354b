"""36_who_benefits: its sentences state what the tables give, and what is not comparable stays apart."""

from __future__ import annotations

import json

import pytest

from helpers.core import data, tables
from helpers.progress import model as progress
from helpers.progress import panels as progress_panels

PAPERS, EVENTS = data.load("papers"), data.load("events")
ESTIMATES, GAPS = data.load("progress_estimates"), data.load("capability_gaps")
ADOPTIONS, CAUSES = data.load("adoptions"), data.load("causes")
FOUND = ADOPTIONS[ADOPTIONS["kind"] != "none found"]


@pytest.fixture(scope="module")
def sample():
    return progress_panels.papers_panel(PAPERS, EVENTS)


def test_the_sample_is_counted_by_home_and_says_whose_sample_it_is(sample):
    state = sample.apply("Reset")
    assert len(state.rows) == len(PAPERS)
    for words in (
        f"{len(PAPERS)} entries of our selection: {(PAPERS['home'] == 'CN').sum()} from labs in China",
        "9 older than the rule of October 2022 (4 from labs in China and 5 from labs in the US)",
    ):
        assert words in state.reading


def test_filters_keep_what_they_say(sample):
    state = sample.set(**{**sample.defaults(), "hardware": "NVIDIA part for China", "home": progress_panels.CHINA})
    expected = PAPERS[(PAPERS["hardware_kind"] == "NVIDIA part for China") & (PAPERS["home"] == "CN")]
    assert {r["paper_id"] for r in state.rows} == set(expected["paper_id"])
    none = sample.set(**{**sample.defaults(), "family": "kernels", "home": progress_panels.CHINA})
    assert none.rows == [] and none.reading.startswith("No entry")


def test_an_opened_paper_shows_claim_hardware_and_source(sample):
    sample.set(**{**sample.defaults(), "paper_id": "charai2024"})
    for words in ("Character.AI", "Hardware: not stated", "20 times", "href=", "own figures"):
        assert words in sample.detail.value


def test_marks_of_one_row_and_time_are_shifted(sample):
    places = [(r["day"], r["lane"]) for r in sample.apply("Reset").rows]
    assert len(set(places)) == len(places)


def test_every_piece_of_evidence_has_one_number_and_its_table():
    numbered = progress_panels.numbered(CAUSES)
    assert numbered["number"].tolist() == list(range(1, len(CAUSES) + 1))
    shown = [n for side in progress_panels.SIDES for n in progress_panels.causes_table(CAUSES, side).frame.index]
    assert shown == numbered["number"].tolist()
    drawn = json.dumps(progress_panels.causes_chart(CAUSES, EVENTS).to_dict(), ensure_ascii=False)
    assert all(f'"{row.number}: {row.hardware} · {row.who}"' in drawn for row in numbered.itertuples())


def test_halving_times_become_rates_with_their_ends_exchanged():
    rate = progress_panels.rates(ESTIMATES).set_index("estimate_id")
    assert rate.loc["ho-2024-preprint", ["low", "central", "high"]].round(1).tolist() == [1.8, 2.8, 5.3]
    assert rate.loc["ho-2024-conference", "high"] == pytest.approx(64)


def test_only_months_are_drawn_as_months():
    drawn = json.dumps(progress_panels.gaps_chart(GAPS).to_dict())
    assert "Arena" not in drawn and '"value": 39' not in drawn
    table = progress_panels.points_table(GAPS).frame
    assert len(table) == (GAPS["unit"] != "months").sum() and table["Gap"].str.contains("39 Arena points").any()


def test_the_product_panel_stays_between_its_bounds():
    panel = progress_panels.multiply_panel(ESTIMATES)
    for overlap in range(0, 101, 5):
        together = {r["what"]: r["gain"] for r in panel.set(methods="all four", overlap=overlap).rows}
        assert together["Largest alone"] <= together["With your overlap"] <= together["Product"]
    assert "they save 142% of the compute" in panel.state.reading


def test_the_crossing_panel_says_where_the_tests_end():
    panel = progress_panels.crossing_panel()
    assert "inside the range of the tests" in panel.apply("Tested").reading
    state = panel.apply("V3's budget")
    assert (
        "2,400 times beyond the largest test" in state.reading
        and "10,000 to 100,000 by rounding alone" in state.reading
    )
    assert "hardly changes with scale" in panel.apply("Equal").reading
    for step in range(17):
        state = panel.set(exponent=0.0520 + step * 0.0001)
        assert state.rows and "No answer" not in state.reading, state.reading


def test_v3_s_budget_is_six_times_size_times_tokens():
    """arXiv 2412.19437: 37B active parameters, 14.8T tokens."""
    assert progress_panels.V3_BUDGET * 8.64e19 == pytest.approx(6 * 37e9 * 14.8e12)


def test_the_labs_panel_says_wider_narrower_or_unchanged():
    panel = progress_panels.labs_panel()
    words = {name: panel.apply(name).reading for name in panel.presets}
    assert words["Published"].endswith("unchanged.") and words["Ten times"].endswith("unchanged.")
    assert words["Needs scale"].endswith("wider.") and words["Fades"].endswith("narrower.")
    assert "5 times apart: narrower" in words["Kept secret"]
    ahead = panel.set(ratio=2, gain=10, exponent=0, shared=False)
    assert ahead.reading.endswith("then 5 times apart, the poor lab ahead: reversed.")
    assert "poor lab ahead" in json.dumps(ahead.rows)
    assert panel.set(ratio=2, gain=2, shared=False).reading.endswith("then level: closed.")
    assert "faded away" in panel.set(ratio=100, gain=1.5, exponent=-0.3, shared=True).reading


def test_closed_models_have_a_row_without_a_bar():
    flows = progress_panels.flows(ADOPTIONS)
    assert set(flows["kind"]) <= set(progress_panels.KINDS) and flows["moves"].sum() == len(FOUND)
    drawn = json.dumps(progress_panels.adoptions_chart(ADOPTIONS).to_dict())
    assert "nothing found either way: Anthropic, Google and OpenAI" in drawn
    assert len(progress_panels.adoptions_table(ADOPTIONS).frame) == len(ADOPTIONS)


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


def test_the_gaps_are_drawn_kind_by_kind_and_their_title_holds_the_ranges():
    chart = progress_panels.gaps_chart(GAPS)
    values = chart.data.values
    kind_of = GAPS.set_index("measure")["kind"].to_dict()
    kinds = [tables.GAP_KINDS.index(kind_of[v["label"].split("; ")[1]]) for v in values]
    assert kinds == sorted(kinds)
    months = GAPS[GAPS["unit"] == "months"]
    assert chart.title.text.endswith(f"up to {months['high'].max():g}")
    assert max(v["end"] for v in values) <= 15, "the last tick of the axis"


def test_typed_numbers_in_the_prose_are_those_of_the_tables():
    from helpers.course import authoring

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
    assert (PAPERS["hardware_kind"] == "not stated").mean() > 0.4 and "more than two entries in five" in text


def test_one_budget_under_three_fits():
    frame = progress_panels.optimum_table().frame["Tokens for each parameter"]
    assert frame.tolist() == ["93", "59", "18"]
    assert progress.fit().B == 2085.43


def test_the_claims_cards_repeat_the_tables():
    claims = data.load("claims").set_index("claim_id")["evidence"]
    into = ((FOUND["from_home"] == "US") & (FOUND["to_home"] == "CN")).sum()
    out = ((FOUND["from_home"] == "CN") & (FOUND["to_home"] != "CN")).sum()
    assert (len(FOUND), into, out) == (18, 9, 3)
    assert "Of 18 moves in notebook 36, nine went from the US to China and three" in claims["S31"]
    home = PAPERS["home"].value_counts()
    assert f"({home['CN']} to {home['US']})" in claims["S33"]
