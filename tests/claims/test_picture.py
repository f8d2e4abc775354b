"""The picture “From sand to answer”: every claim once, every link to something that exists, short steps, and the gates of the record."""

from __future__ import annotations

import csv
import re

import pytest

from helpers.claims import figures, panels, studies
from helpers.claims.panels import chain as story
from helpers.core import data
from helpers.course import authoring
from helpers.show import charts
from helpers.timeline import studies as timeline
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import size_of, svg_of

STEPS = story.steps()
OPENED = list(studies.stations())
CLAIMS = data.load("claims").set_index("claim_id")


def rows_of(name):
    """A table as its file has it, read without the course's reader."""
    with open(data.FOLDER / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def panel():
    return panels.chain_panel()


def said_in(rows):
    return [row["words"] for row in rows if row["kind"] == "words"]


# --- the tables ---------------------------------------------------------------------------------


def test_every_claim_stands_at_exactly_one_station_or_gate():
    stood = [c for name in ("chain_stations", "chain_gates") for row in rows_of(name) for c in row["claim_ids"].split()]
    assert sorted(stood) == sorted(row["claim_id"] for row in rows_of("claims"))
    assert sorted(c for s in studies.stations().values() for c in s.all_claims()) == sorted(stood)


def test_stations_name_only_notebooks_and_terms_that_exist_and_notebooks_that_judge_their_claims():
    here = {source.stem for source in authoring.sources()}
    terms = {row["term"] for row in rows_of("glossary")}
    for row in rows_of("chain_stations"):
        named = set(row["notebooks"].split())
        assert named and named <= here, row["station_id"]
        assert {CLAIMS.loc[c, "decided_in"] for c in row["claim_ids"].split()} <= named, row["station_id"]
    words = rows_of("chain_words")
    assert {row["term"] for row in words} <= terms
    assert {row["station_id"] for row in words} == set(studies.stations()), "every station has words"


def test_the_stations_of_the_table_are_those_drawn_and_the_whole_road():
    assert OPENED == [*figures.SCENES, studies.ROAD]
    assert {gate.before for gate in studies.gates()} <= set(figures.SCENES)


def test_the_gates_on_chips_stand_as_the_record_has_them():
    """`data/gates.csv` tells the H200's two gates by dates; here stands how they were when the record ended."""
    (h200,) = (p for p in timeline.road_on(data.record_ends()["newest_event"]).parcels if p.chip == "H200")
    state = {gate.government: gate.state for gate in studies.gates() if gate.goods == "chips"}
    assert state == {"US": h200.us, "China": h200.china}


def test_a_gate_s_source_is_one_of_its_events_or_says_why_not():
    events = data.load("events").set_index("event_id")
    for row in rows_of("chain_gates"):
        cited = {
            s for e in row["event_ids"].split() for s in events.loc[e, ["source_id", "second_source_id"]] if s
        }  # fmt: skip
        assert row["source_id"] in cited or row["government"] == "US firms", row["gate_id"]


def test_the_counts_of_the_finding_by_hand():
    gates = rows_of("chain_gates")
    chips = sum(len(row["claim_ids"].split()) for row in gates if row["goods"] == "chips")
    most = max(len(row["claim_ids"].split()) for row in rows_of("chain_stations"))
    at = studies.along_the_chain()
    assert at.at_chips == chips > most, "“more than at any station”"
    assert at.at_gates == sum(len(row["claim_ids"].split()) for row in gates)
    judged, places = studies.judged()
    assert judged == sum(bool(row["verdict"]) for row in rows_of("claims")) == at.claims
    assert places == len({row["decided_in"] for row in rows_of("claims")})


def test_judged_leaves_out_what_has_no_verdict_or_no_notebook_here(monkeypatch):
    load = data.load
    claims, course = load("claims"), load("course_map")
    claims.loc[0, "verdict"] = ""
    course.loc[course["notebook"] == "26_memory_wall", "edition"] = "planned"
    monkeypatch.setattr(data, "load", lambda name: {"claims": claims, "course_map": course}.get(name, load(name)))
    assert studies.judged()[0] == len(claims) - 1 - (claims["decided_in"] == "26_memory_wall").sum()
    assert all("26_memory_wall" not in dict(route.notebooks) for route in studies.routes())


def test_routes_run_from_the_first_to_the_last_notebook_in_order_over_those_that_exist():
    minutes = {row["notebook"]: int(row["minutes"]) for row in rows_of("course_map") if row["edition"] == "here"}
    routes = studies.routes()
    assert {row["route_id"] for row in rows_of("course_routes")} > {"economics", "policy", "engineering"}
    for route in routes:
        names = [name for name, _ in route.notebooks]
        assert names == sorted(set(names)) and names[0] == studies.chain.FIRST and names[-1] == studies.chain.LAST
        assert route.hours() == pytest.approx(sum(minutes[name] for name in names) / 60)
    shown = figures.routes()
    linked = re.findall(r"\]\((\w+)\.ipynb\)", shown)
    assert len(linked) == sum(len(route.notebooks) for route in routes) and set(linked) <= set(minutes)


def test_words_are_found_by_a_few_letters():
    assert studies.words_with("hb")["term"].tolist()[0] == "HBM"
    assert "die" in studies.words_with("rectangle of circuits")["term"].tolist()
    assert len(studies.words_with("")) == len(rows_of("glossary")) and studies.words_with("zzz").empty
    with pytest.raises(ValueError, match="typed = 3 is not a text"):
        studies.words_with(3)


def test_the_finder_shows_what_it_finds_and_says_when_it_finds_nothing():
    finder = panels.WordFinder()
    assert "terms wait to be found" in finder.found.value
    finder.typed.value = "hbm"
    assert "<b>HBM</b>" in finder.found.value and "(10_timeline" in finder.found.value
    finder.typed.value = "<i>x"
    assert "No term holds “&lt;i&gt;x”" in finder.found.value
    finder.typed.value = "e"
    assert finder.found.value.count("<b>") == 12 and "type more letters" in finder.found.value


def test_server_chips_are_those_of_the_table():
    assert studies.server_chips() == 8 and studies.server_chips("GB200 NVL72") == 72
    with pytest.raises(KeyError, match="is not a system"):
        studies.server_chips("abacus")


# --- the picture --------------------------------------------------------------------------------


def test_a_step_is_one_short_sentence_with_at_most_one_number_and_has_alt_text():
    assert list(STEPS) == [*figures.SCENES, *figures.GATES] == list(story.SEEN)
    for step, (title, sentence) in STEPS.items():
        words, numbers = words_and_numbers(sentence)
        assert words <= 20 and numbers <= 1 and len(re.findall(r"\.(?!\d)", sentence)) == 1, sentence
        assert 8 < len(title) <= 64 and len(story.SEEN[step].split()) > 12, step


def test_stations_come_one_a_step_and_stay():
    names = {key: station.name for key, station in studies.stations().items() if key in figures.SCENES}
    for place, step in enumerate(figures.SCENES):
        shown = [name for name in names.values() if name in said_in(figures.chain_rows(step))]
        assert shown == list(names.values())[: place + 1]


def test_gates_come_in_two_steps_and_claims_last():
    abroad, china, claims = (said_in(figures.chain_rows(step)) for step in figures.GATES)
    assert not any(words.startswith("China") for words in abroad)
    assert sum(words.startswith("China") for words in china) == 2
    numbers = lambda said: sorted(words for words in said if re.fullmatch(r"\d\d", words))  # noqa: E731
    assert numbers(abroad) == numbers(china) == []
    assert numbers(claims) == [claim.removeprefix("S") for claim in sorted(CLAIMS.index)]


def test_the_answer_waits_for_the_step_that_gives_it():
    at = str(studies.along_the_chain().at_chips)
    assert [step for step, (_, sentence) in STEPS.items() if re.search(rf"\b{at}\b", sentence)] == ["claims"]


def test_what_is_pointed_at_in_the_last_step_are_the_claims_at_the_gates_on_chips():
    marked = [r for r in figures.chain_rows("claims") if r["kind"] == "shape" and r["stroke"] == charts.VERMILION]
    assert sum(row["path"].count("M") for row in marked) == studies.along_the_chain().at_chips


@pytest.mark.parametrize("opened", OPENED)
def test_an_opened_station_shows_its_claims_words_and_notebooks(panel, opened):
    panel.set(step="claims", opened=opened)
    station, state = studies.stations()[opened], panel.state
    for claim in station.all_claims():
        assert f"<b>{claim}</b>" in state.detail and claim in state.more
        assert claim.removeprefix("S") in said_in(state.rows)
    for term, _ in station.words:
        assert f"<i>{term}</i>" in state.detail
    assert all(name in state.detail for name in station.all_notebooks())
    assert all(gate.note.split(",")[0] in state.more for gate in station.gates)
    assert state.signals["title"].startswith(station.name)
    assert words_and_numbers(state.reading)[0] <= 35
    for claim in station.all_claims():
        assert CLAIMS.loc[claim, "evidence"][:30] not in state.detail + state.more, "no verdict before the reader's"


def test_a_click_opens_what_was_clicked_and_every_station_reached_can_be(panel):
    for place, step in enumerate(figures.SCENES):
        targets = [row["pick"] for row in figures.chain_rows(step) if row["kind"] == "target"]
        assert targets == list(figures.SCENES)[: place + 1]
    assert {row["pick"] for row in figures.chain_rows("claims") if row["kind"] == "target"} == set(OPENED)
    panel.set(step="claims", opened="")

    class Selection:
        value = [{"opened": "dies"}]

    panel._picked("opened", Selection)
    assert panel.settings["opened"] == "dies"


def test_every_picture_fits_its_sheet_and_words_of_one_line_do_not_meet(panel):
    sizes = set()
    for step, opened in [(step, "") for step in STEPS] + [("claims", opened) for opened in OPENED]:
        state = panel.set(step=step, opened=opened)
        sizes.add(size_of(svg_of(panel)))
        words = [row for row in state.rows if row["kind"] == "words"]
        for row in words:
            left, right = reach(row, 7.6)
            assert -2 <= left and right <= 790 and 0 < row["y"] <= 356, row
        for n, one in enumerate(words):
            for other in words[n + 1 :]:
                (a, b), (c, e) = reach(one, 7.2), reach(other, 7.2)
                assert abs(one["y"] - other["y"]) >= 14 or b <= c + 1 or e <= a + 1, (one["words"], other["words"])
    ((width, height),) = sizes
    assert width <= 800 and height <= 430
