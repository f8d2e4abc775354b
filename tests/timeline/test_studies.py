"""Filters, quarters, gates, eras, lags beside chance and two keys, against hand-worked cases and the record."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from helpers.core import data
from helpers.rules import studies as rules_studies
from helpers.timeline import model as timeline
from helpers.timeline import studies
from helpers.timeline.studies import ABOVE, BELOW


@pytest.fixture(scope="module")
def record():
    return studies.Record(data.load("events"))


@pytest.mark.parametrize(
    ("years", "track", "side", "confidence"),
    [
        (None, "", "", ""),
        ((2018, 2026), "", "", ""),
        ((2022, 2026), "rare-earths", "", ""),
        ((2014, 2028), "", "CN", "primary"),
        ((2023, 2025), "controls", "US", "reported"),
        ((2014, 2015), "models", "US", ""),
    ],
)
def test_a_filter_agrees_with_the_frame_filtered_row_by_row(record, years, track, side, confidence):
    events = data.load("events")
    keep = events["date"].dt.year.between(*(years or (2000, 2100)))
    for column, value in (("track", track), ("side", side), ("confidence", confidence)):
        keep &= (events[column] == value) if value else True
    expected = timeline.stacked(events[keep])
    chosen = record.chosen(years, track, side, confidence)
    found = record.events.iloc[chosen.places].assign(level=chosen.levels)
    pd.testing.assert_series_equal(
        found.set_index("event_id")["level"].sort_index(),
        expected.set_index("event_id")["level"].sort_index(),
        check_dtype=False,
    )
    counts = expected.groupby(["camp", "effect"]).size()
    assert {k: n for k, n in chosen.counts.items() if n} == counts.to_dict()
    tight = expected.loc[expected["effect"] == "tightens", "date"].dt.year.value_counts()
    assert chosen.busiest == tuple(sorted(tight.index[tight == tight.max()]))
    assert chosen.count() == len(expected) and chosen.count(ABOVE) == (expected["camp"] == ABOVE).sum()


def test_roughly_dated_events_last_as_long_as_their_precision(record):
    for event in record.events.itertuples():
        longest = {"day": 0, "month": 31, "quarter": 92, "year": 366}[event.date_precision]
        days = (event.until - event.date).days
        assert longest - 3 <= days <= longest


def test_bars_of_a_quarter_stand_on_each_other_on_their_side_of_zero():
    bars = studies.quarter_bars(data.load("events"))
    for (_, camp), stack in bars.groupby(["quarter", "camp"]):
        assert (stack["to"] - stack["from"]).abs().tolist() == stack["events"].tolist()
        assert stack["from"].iloc[0] == 0 and stack["from"].iloc[1:].tolist() == stack["to"].iloc[:-1].tolist()
        assert (np.sign(stack["to"]) == (1 if camp == ABOVE else -1)).all()


def test_gates_run_between_their_events_and_open_ones_to_the_record_s_end():
    events, gates = data.load("events"), data.load("gates")
    spans = studies.gate_spans(gates, events, "2026-11-23")
    assert (spans["end"] >= spans["start"]).all()
    assert (spans.loc[gates["until_event"] == "", "end"] == pd.Timestamp("2026-11-23")).all()
    free = studies.free_days(spans)
    assert free["H200"] == 0 and free["H800"] > 180 and free["H20"] > free["H800"]


def test_days_the_h20_was_stopped():
    """Letter of 9 April 2025 (8-K), word of 14 July 2025."""
    events = data.load("events")
    assert studies.days_between(events, "h20-licence-letter", "h20-return") == 96
    assert studies.days_between(events, "h20-return", "h20-licence-letter") == -96


def test_turns_are_put_in_order_whatever_order_they_are_asked_in():
    eras, events = data.load("eras"), data.load("events")
    asked = ["era-6", "era-3", "era-5", "era-1"]
    answers = {tuple(studies.turns_in_order(eras, events, order)) for order in itertools.permutations(asked)}
    assert answers == {("zte-denial-order", "bis-oct-2023", "cac-rtx6000d", "busan-truce")}


def test_pairs_come_with_their_days_firmest_links_first():
    pairs = studies.pair_days(data.load("responses"), data.load("events"))
    assert pairs["link"].is_monotonic_increasing and pairs["link"].iloc[0] == "firm"
    assert len(pairs) == len(data.load("responses")) and pairs["days"].dtype.kind == "i"
    assert pairs.groupby("link", observed=True)["days"].apply(lambda d: d.is_monotonic_increasing).all()


def test_lags_are_those_of_the_model_beside_its_chance():
    moves = studies.timed_moves(data.load("events"))
    found = studies.lags_and_chance(moves, ABOVE, draws=50)
    lags = timeline.response_lags(moves, ABOVE, same_track=False)
    assert found.median == lags["lag_days"].median() and found.moves == len(lags)
    assert found.unanswered == lags["lag_days"].isna().sum() and found.responder == BELOW
    low, high = np.nanpercentile(timeline.chance_medians(moves, ABOVE, same_track=False, draws=50), [5, 95])
    assert (found.low, found.high) == (low, high)
    assert found.place == ("inside" if low <= found.median <= high else "below" if found.median < low else "above")
    assert found.closing == lags["next_id"].replace("", None).nunique()


def test_moves_that_nobody_follows_have_no_median():
    moves = studies.timed_moves(data.load("events"))
    alone = studies.lags_and_chance(moves[moves["camp"] == ABOVE], ABOVE, draws=5)
    assert alone.answered.empty and alone.median is None and alone.unanswered == alone.moves > 0


def test_the_wait_of_the_record():
    record = data.load("h200_record")
    wait = studies.observed_wait(record)
    assert wait.months == int((record["delivered"] == "yes").to_numpy().argmax())
    assert wait.first == record.loc[record["delivered"] == "yes", "month"].min()
    none = studies.observed_wait(record[record["delivered"] != "yes"])
    assert none.first is None and none.months == (record["delivered"] != "yes").sum()


def test_two_keys_at_one_half():
    """Both in one month: a quarter; 1 - 0.75^6 = 0.822; an even chance in 3 months."""
    keys = studies.two_keys(0.5, 0.5, 0, False, waited=2)
    assert keys.joint == 0.25 and keys.half == 3 and not keys.never
    assert keys.by_six == pytest.approx(1 - 0.75**6)
    assert keys.still_none == pytest.approx(0.75**2) and keys.by_then == pytest.approx(1 - 0.75**3)
    assert all(len(curve) == studies.MONTHS + 1 and curve[0] == 0 for curve in keys.curves.values())
    assert (keys.curves["both keys"] <= keys.curves["US key alone"]).all()


def test_keys_that_never_meet():
    assert studies.two_keys(0, 0.5, 0, False, 3).never
    opposed = studies.two_keys(0.5, 0.3, -1, False, 3)
    assert opposed.never and math.isinf(opposed.half)
    assert not studies.two_keys(0.5, 0.3, -1, True, 3).never


@pytest.mark.parametrize(
    ("day", "maker", "between", "china"),
    [
        ("2022-08-25", [], [], ["A100"]),
        ("2022-08-26", ["A100", "H100"], [], []),
        ("2023-10-22", ["A100", "H100"], [], ["A800", "H800"]),
        ("2023-10-23", ["A100", "H100", "A800", "H800"], [], []),
        ("2024-03-01", ["A100", "H100", "A800", "H800", "H200"], [], ["H20"]),
        ("2025-08-12", ["A100", "H100", "A800", "H800", "H200"], ["H20"], []),
        ("2026-01-14", ["A100", "H100", "A800", "H800", "B30A", "H200"], ["H20", "RTX Pro 6000D"], []),
        ("2026-01-15", ["A100", "H100", "A800", "H800", "B30A"], ["H20", "RTX Pro 6000D", "H200"], []),
    ],
)
def test_parcels_stand_where_the_gates_leave_them(day, maker, between, china):
    road = studies.road_on(day)
    assert (road.at("maker"), road.at("between"), road.at("China")) == (maker, between, china)


def test_what_was_sold_before_a_gate_shut_stays_sold():
    before = {p.chip for p in studies.road_on("2026-10-01").parcels if p.sold_before}
    assert before == {"A100", "A800", "H800", "H20"}


def test_a_chip_that_china_s_gate_met_on_its_first_day_was_never_sold_freely():
    parcel = next(p for p in studies.road_on("2026-10-01").parcels if p.chip == "RTX Pro 6000D")
    assert (parcel.us, parcel.china, parcel.place, parcel.sold_before) == ("open by report", "shut", "between", False)


def test_deliveries_of_the_h200_are_those_of_the_event():
    events = data.load("events").set_index("event_id")
    came = {p.chip: p.delivered for p in studies.road_on("2026-10-01").parcels if p.delivered}
    assert came == {"H200": int(events.loc["h200-first-deliveries", "value"])}
    assert not any(p.delivered for p in studies.road_on("2026-08-18").parcels)


def test_a_day_before_the_first_gate_is_refused():
    with pytest.raises(ValueError, match="lies before the first gate"):
        studies.road_on("2022-08-24")


# What 12_rules_as_code may say of a chip while 10_timeline draws its US gate in a state.
_SAID_OF = {
    "open": {"no licence needed"},
    "open by report": {"not decidable from public texts"},
    "by licence": {"licence, case by case", "licence, policy not published"},
    "case by case": {"licence, case by case"},
    "shut": {"licence, presumed refused", "licence, policy not published"},
}


def test_the_us_gate_stands_as_the_classifier_reads_the_rules():
    """Both notebooks speak of one sale: from the US to China, on the same day; every span at its ends and monthly."""
    events, gates = data.load("events"), data.load("gates")
    spans = studies.gate_spans(gates, events, data.record_ends()["newest_event"])
    wrong = []
    for span in spans[spans["government"] == "US"].itertuples():
        last = span.end - pd.Timedelta(days=1)
        for day in {span.start, *pd.date_range(span.start, last, freq="MS"), last}:
            asked = {"chip": span.chip, "on": f"{day:%Y-%m-%d}", "destination": "China"}
            said = rules_studies.answers([asked])["Answer"].iloc[0]
            if said not in _SAID_OF[span.state]:
                wrong.append((span.chip, asked["on"], span.state, said))
    assert wrong == []
