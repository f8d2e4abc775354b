"""The record on the page: filters, lags and two keys, in short sentences, within a laptop's window."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from helpers.core import data
from helpers.timeline import panels as timeline_panels
from helpers.timeline import studies
from tests.catalogue import PANELS
from tests.reading import words_and_numbers
from tests.show.test_panel import size_of, svg_of

OURS = ["Gates on the road", "Who restricted what, when", "What came back, and how fast", "Two keys"]


@pytest.fixture(scope="module", params=OURS)
def panel(request):
    return PANELS[request.param]()


def test_the_picture_fits_a_laptop_s_window(panel):
    panel.apply("Reset")
    width, height = size_of(svg_of(panel))
    assert width <= 840 and height <= 430


def test_every_sentence_is_short(panel):
    for position in panel.positions():
        words, numbers = words_and_numbers(panel.set(**position).reading)
        assert words <= 35 and numbers <= 3, panel.state.reading


def test_presets_are_short_questions(panel):
    assert 3 <= len(panel.presets) <= 6
    assert all(name.endswith("?") and len(name) <= 38 for name in panel.presets)


def test_a_click_on_a_mark_opens_the_event():
    panel = PANELS["Who restricted what, when"]()

    class Selection:
        value = [{"event_id": "bis-oct-2022"}]

    panel._picked("event_id", Selection)
    assert panel.settings["event_id"] == "bis-oct-2022"
    assert "7 October 2022" in panel.detail.value and "<a href='https://" in panel.detail.value
    assert [row["event_id"] for row in panel.state.rows if row.get("picked")] == ["bis-oct-2022"]


def test_the_timeline_filters_by_track_actor_confidence_and_years():
    events = data.load("events")
    panel = PANELS["Who restricted what, when"]()
    state = panel.set(track="rare-earths", side="CN", confidence="primary", years=(2023, 2025))
    expected = events[
        (events["track"] == "rare-earths")
        & (events["side"] == "CN")
        & (events["confidence"] == "primary")
        & events["date"].dt.year.between(2023, 2025)
    ]
    assert {row["event_id"] for row in state.rows} == set(expected["event_id"]) and len(expected) > 0


def test_the_timeline_says_so_when_nothing_fits():
    panel = PANELS["Who restricted what, when"]()
    state = panel.set(track="models", side="US", years=(2014, 2015))
    assert state.rows == [] and state.reading.startswith("No event fits these filters.")


def test_roughly_dated_events_are_drawn_as_spans():
    panel = PANELS["Who restricted what, when"]()
    rows = {row["event_id"]: row for row in panel.apply("What does the whole record show?").rows}
    for event in data.load("events").itertuples():
        assert (rows[event.event_id].get("until", 0) > rows[event.event_id]["day"]) == (event.date_precision != "day")


def test_the_two_keys_sentence_states_the_model():
    panel = PANELS["Two keys"]()
    assert "both say yes in 25.0% of months" in panel.apply("What if both are willing?").more
    assert "both say yes in 0.0% of months" in panel.set(us_per_month=0).more


def test_the_two_keys_picture_names_what_was_put_in_and_how_often_both_turn():
    """40% and 20% make 8% by hand; the page asks for this number just above."""
    panel = PANELS["Two keys"]()
    assert panel.state.signals["title"].startswith("If odds were 40% (US), 20% (China) a month:")
    assert panel.state.reading.startswith("Both say yes in 8% of months;")
    assert panel.set(us_per_month=50, cn_per_month=50).reading.startswith("Both say yes in 25% of months;")
    assert panel.set(keys_stay=True).reading.startswith("A yes stays once given;")


def test_the_timeline_sends_little_when_a_control_moves():
    """Every move of a slider sends the rows; what never changes stands in the chart."""
    panel = PANELS["Who restricted what, when"]()
    state = panel.apply("What does the whole record show?")
    assert len(json.dumps({**state.signals, "rows": state.rows})) < 110 * len(state.rows)


def test_the_timeline_s_sentence_and_its_folded_part_count_the_same_moves():
    events = data.load("events")
    tight = events[(events["effect"] == "tightens") & events["date"].dt.year.between(2018, 2026)]
    camps = tight["camp"].value_counts()
    state = PANELS["Who restricted what, when"]().state
    assert (
        f"{camps['US and partners']} moves by the US and partners and {camps['China']} moves by China" in state.reading
    )
    assert f", of which {camps['China']} tighten" in state.more
    assert f"{len(tight)} moves tighten: {camps['US and partners']} above the line" in state.signals["title"]
    busiest = tight["date"].dt.year.value_counts().idxmax()
    assert "most in" not in state.reading and state.reading.endswith(f"the busiest year is {busiest}.")


def test_the_lag_sentence_never_calls_a_lag_a_cause():
    panel = PANELS["What came back, and how fast"]()
    for position in panel.positions():
        assert "evidence of an answer" in (said := panel.set(**position).reading) or "than chance" in said
        assert "different move" in panel.state.more


def test_a_setting_under_which_the_record_would_be_improbable_says_so():
    panel = PANELS["Two keys"]()
    assert "speaks against it" in panel.set(us_per_month=100, cn_per_month=100).reading
    assert "does not rule this out" in panel.apply("Reset").reading


def test_the_two_gates_step_by_step_in_short_sentences():
    panel = PANELS["Gates on the road"]()
    dates = []
    for step in timeline_panels.STEPS:
        state = panel.set(step=step, date="")
        words, numbers = words_and_numbers(state.reading)
        assert words <= 20 and numbers <= 1, state.reading
        dates.append(next(row["words"] for row in state.rows if row.get("bold") and " 20" in row.get("words", "")))
    assert pd.to_datetime(pd.Series(dates), format="%d %B %Y").is_monotonic_increasing


def test_the_two_gates_titles_say_what_the_record_says():
    """Step 10: no parcel stands beyond both gates at the record's end; step 9: a day lies between the two acts."""
    road = studies.road_on(data.record_ends()["newest_event"])
    assert len(road.parcels) == 8 and road.at("China") == []
    events = data.load("events")
    assert studies.days_between(events, "cn-customs-h200", "bis-h200-rule") == 1


def test_a_reader_s_date_is_shown_in_place_of_the_step_s():
    panel = PANELS["Gates on the road"]()
    state = panel.apply("What passed in March 2024?")
    assert state.signals["title"] == "Your date, 1 March 2024: H20 passes freely"
    assert "5 held at the US gate and 1 free" in state.reading
