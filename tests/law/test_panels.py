"""Panels and pictures of 46: what they say, and that they fit."""

from __future__ import annotations

import json
import re

import pytest

from helpers.core import data
from helpers.law import figures, panels, studies
from helpers.show import charts
from tests.reading import reach, words_and_numbers
from tests.show.test_panel import reads_at_a_glance, size_of, svg_of


@pytest.fixture(scope="module", params=["court", "binds"])
def panel(request):
    return {"court": panels.court_panel, "binds": panels.binds_panel}[request.param]()


def test_it_reads_at_a_glance(panel):
    reads_at_a_glance(panel)


def test_charts_fit_the_page(panel):
    for values in panel.presets.values():
        panel.set(**{**panel.defaults(), **values})
        width, height = size_of(svg_of(panel))
        assert width <= 800 and height <= 430, (values, width, height)


def test_a_step_has_twenty_words_and_one_number():
    court = panels.court_panel()
    for step in panels.COURT:
        words, numbers = words_and_numbers(court.answer({**court.defaults(), "step": step}).reading)
        assert words <= 20 and numbers <= 1, step


def _words(rows):
    return [row for row in rows if row["kind"] == "words"]


@pytest.mark.parametrize("step", list(panels.COURT))
@pytest.mark.parametrize(
    "own", [None, ("EU", "cn-dc-chips", ""), ("EU", "us-chip-controls", "China"), (studies.FIRM, "us-chips-act", "")]
)
def test_words_of_the_picture_do_not_meet(step, own):
    """Helvetica's letters are taken as 8.4 pixels of 16: wider than they are on average."""
    rows = figures.court_rows(step, studies.walk(*own) if own else None)
    boxes = []
    for word in _words(rows):
        left, right = reach(word, 7.9)
        assert -12 <= left and right <= 800, word["words"]
        boxes.append((left, word["y"] - 12, right, word["y"] + 3, word["words"]))
    for place, a in enumerate(boxes):
        for b in boxes[place + 1 :]:
            apart = a[2] <= b[0] + 12 or b[2] <= a[0] + 12 or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (a[4], b[4])


def test_the_line_of_a_case_passes_its_own_stops():
    way = studies.walk_of("DS611")
    assert figures.words_of(way) == ["member", "own", "patents", "none", "MPIA", "award"]
    assert figures.words_of(studies.walk("EU", "us-chip-controls", "China")) == ["member", "other"]
    assert figures.words_of(studies.walk(studies.FIRM, "us-chip-controls")) == ["firm"]


def test_all_cases_are_drawn_in_the_last_step():
    rows = figures.court_rows("all")
    lines = [r for r in rows if r["kind"] == "shape" and r["thick"] == 2 and r["path"].count("C") == 5]
    assert len(lines) == len(data.load("wto_cases"))
    counts = {
        w["words"].rsplit(" ", 1)[0]: int(w["words"].rsplit(" ", 1)[1])
        for w in _words(rows)
        if re.search(r" \d$", w["words"]) and w["x"] > 660
    }
    assert sum(counts.values()) == len(data.load("wto_cases")) and counts["In the void"] == 6


def test_a_complaint_of_one_s_own_takes_the_sentence():
    court = panels.court_panel()
    said = {name: court.set(**{**court.defaults(), **values}).reading for name, values in court.presets.items()}
    assert "would bind" in said["Could the EU sue over home chips?"]
    assert "nothing would bind" in said["Could Korea?"]
    assert "gate two" in said["Can China be sued for the US ban?"]
    assert "a body without members" in said["Could China win over the chip rules?"]


def test_static_charts_and_tables_hold_their_rows():
    spec = json.dumps(figures.cases_chart(data.load("wto_cases")).to_dict(), ensure_ascii=False)
    assert all(f"{case}: " in spec for case in data.load("wto_cases")["case_id"])
    assert len(figures.answers_table(data.load("law_answers")).frame) == len(data.load("law_answers"))
    assert len(figures.cases_table(data.load("wto_cases")).frame) == 19 and len(figures.plans_table().frame) == 9
    assert len(figures.targets_table().frame) == len(data.load("plan_targets"))
    assert len(figures.support_table().frame) == len(data.load("chip_support"))
    for builder in (figures.targets_chart, figures.funds_chart):
        assert builder().to_dict()["title"]["text"]


def test_purple_is_named_only_where_something_is_purple():
    def says_purple() -> bool:
        return any("Purple" in str(row.get("words", "")) for row in panel.state.rows)

    panel = panels.court_panel()
    assert not says_purple() and "Purple" not in str(figures.court_chart().to_dict()["title"])
    panel.apply("Could Korea?")
    assert says_purple()


def test_making_chips_at_home_ends_in_its_own_words_and_not_at_an_end_of_a_suit():
    words = {row["words"]: reach(row, 7.9) for row in _words(figures.court_rows("S35"))}
    own, last = (next(words[said] for said in words if said.startswith(start)) for start in ("Make chips", "No ruling"))
    arrow = [
        max(float(x) for x in re.findall(r"[MLC ](\d+\.?\d*),", row["path"]))
        for row in figures.court_rows("S35")
        if row["kind"] != "words" and charts.GREEN in (row.get("fill"), row.get("stroke"))
    ]
    assert arrow and max(arrow) <= own[0] and own[1] < last[0]


@pytest.mark.parametrize("step", [step for step in panels.COURT if step != "way"])
def test_every_step_names_the_day_since_which_judges_lack(step):
    assert any(row["words"].startswith("from here too few judges") for row in _words(figures.court_rows(step)))


def test_a_forecast_is_no_outcome_and_an_older_outcome_says_its_year():
    spec = figures.targets_chart().to_dict()
    (rows,) = spec["datasets"].values() if "datasets" in spec else [spec["data"]["values"]]
    assert {r["met"] for r in rows if r["kind"] == "forecast"} == {"no count yet"}
    assert {r["name"] for r in rows if r["label"].endswith(" by 2024")} == {"Core digital industries, 2025", "Growth of research spending, 2021–24"}  # fmt: skip


def test_who_appealed_into_the_void_was_the_defendant_and_mostly_the_united_states():
    void = data.load("wto_cases").query("end == 'void'").set_index("case_id")["respondent"]
    # 46's fold names them one by one; the appeals are those of the notifications in the table's sources.
    assert set(void[void == "United States"].index) == {"DS543", "DS544", "DS597", "DS623"}
    assert void.drop(void[void == "United States"].index).to_dict() == {"DS558": "China", "DS567": "Saudi Arabia"}
    assert data.load("events")["date"].min() == data.load("events").set_index("event_id").loc["cn-ic-guidelines-2014", "date"]  # fmt: skip


def test_the_key_of_who_binds_whom_has_no_colour_without_a_cell():
    panel = panels.binds_panel()
    for question in panel.presets:
        state = panel.apply(question)
        assert sorted(state.signals["shown"]) == sorted({row["route"] for row in state.rows})


@pytest.mark.parametrize(("step", "result"), [("DS431", "refused"), ("DS512", "upheld"), ("DS544", "refused"), ("DS615", "untried")])  # fmt: skip
def test_a_defence_keeps_its_words_when_lit_and_its_result_stands_below(step, result):
    said = {row["words"]: row["y"] for row in _words(figures.court_rows(step))}
    lit = "XX: general" if step == "DS431" else "XXI: security"
    assert {"XX: general", "XXI: security"} <= set(said) and 20 < said[result] - said[lit] < 30
