"""Charts and tables of the record: what a tooltip needs is there, titles say what the data say."""

from __future__ import annotations

import csv
import io

import pandas as pd

from helpers.core import data
from helpers.core.words import date_words
from helpers.timeline import figures, studies


def values(spec, named):
    """Rows of a data source of a specification, inline or by name."""
    found = named["values"] if "values" in named else spec["datasets"][named["name"]]
    return list(csv.DictReader(io.StringIO(found))) if isinstance(found, str) else found


def test_dates_are_written_as_exactly_as_they_are_known():
    day = pd.Timestamp("2022-10-07")
    words = [date_words(day, p) for p in ("day", "month", "quarter", "year")]
    assert words == ["7 October 2022", "October 2022", "quarter 4 of 2022", "2022"]


def test_the_timeline_knows_what_to_say_of_every_event():
    events = data.load("events")
    spec = figures.timeline_chart(studies.Record(events)).to_dict()
    lookups = [
        values(spec, step["from"]["data"])
        for view in spec["vconcat"][0]["layer"]
        for step in view.get("transform", [])
        if "lookup" in step
    ]
    assert len(lookups) == 1
    told = {row["event_id"]: row for row in lookups[0]}
    assert set(told) == set(events["event_id"])
    for event in events.itertuples():
        assert told[event.event_id]["title"] == event.title and told[event.event_id]["actor"] == event.actor
    assert told["bis-oct-2022"]["when"] == "7 October 2022"


def test_the_gates_title_counts_months_without_licence():
    events, gates = data.load("events"), data.load("gates")
    end = data.record_ends()["newest_event"]
    free = studies.free_days(studies.gate_spans(gates, events, end))
    title = figures.gates_chart(gates, events, end).to_dict()["title"]["text"]
    assert f"the H800 for {free['H800'] / 30.4:.0f} months" in title and "the H200 never" in title
    assert free["H200"] == 0


def test_every_chip_of_the_picture_has_a_row_of_the_us_gate_in_the_chart():
    """The picture draws the RTX Pro 6000D as free at the US gate, so the chart must too."""
    events, gates = data.load("events"), data.load("gates")
    end = data.record_ends()["newest_event"]
    lanes = figures.gates_chart(gates, events, end).to_dict()["encoding"]["y"]["scale"]["domain"]
    assert {lane.removesuffix(", US gate") for lane in lanes if lane.endswith("US gate")} == set(gates["chip"])
    last = gates[(gates["government"] == "US") & (gates["until_event"] == "")].set_index("chip")["state"]
    assert {p.chip: p.us for p in studies.road_on(end).parcels} == last.to_dict()


def test_the_quarters_chart_counts_tightening_moves_on_both_sides():
    events = data.load("events")
    bars = studies.quarter_bars(events).query("effect == 'tightens'").groupby("camp")["events"].sum()
    subtitle = figures.quarters_chart(events).to_dict()["title"]["subtitle"][0]
    assert f"{bars[studies.ABOVE]} tighten above, {bars[studies.BELOW]} below" in subtitle


def test_tables_number_the_eras_and_name_the_links():
    eras = figures.eras_table(data.load("eras")).frame
    assert eras.index.tolist() == list(range(1, 9)) and eras["When"].iloc[-1].endswith("to now")
    pairs = figures.pairs_table(data.load("responses"), data.load("events")).frame
    assert pairs.index.name == "Move" and pairs.columns.tolist() == ["Later move", "Days", "Link", "Who says what"]


def test_the_record_s_strip_has_a_mark_for_every_month():
    record = data.load("h200_record")
    spec = figures.two_keys_chart(record).to_dict()
    strip = values(spec, spec["vconcat"][1]["data"])
    assert [row["month"] for row in strip] == [float(i) for i in range(1, len(record) + 1)]
