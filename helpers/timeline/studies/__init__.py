"""What 10_timeline asks of the record: who tightens when, gates by day, eras, lags beside chance, two keys."""

from __future__ import annotations

from helpers.core.limits import guard
from helpers.timeline.studies.answers import (
    Lags,
    close_pairs,
    eased_before,
    lags_and_chance,
    pair_days,
    tight_by_year,
    timed_moves,
    told,
)
from helpers.timeline.studies.gates import days_between, free_days, free_months, gate_spans, turns_in_order
from helpers.timeline.studies.keys import DELIVERED, MONTHS, Keys, Wait, observed_wait, two_keys
from helpers.timeline.studies.record import ABOVE, BELOW, EFFECTS, Chosen, Record, known_until, quarter_bars
from helpers.timeline.studies.road import FIRST_DAY, Parcel, Road, road_on

__all__ = [
    "ABOVE",
    "BELOW",
    "DELIVERED",
    "EFFECTS",
    "MONTHS",
    "Chosen",
    "Keys",
    "Lags",
    "Parcel",
    "Record",
    "Road",
    "Wait",
    "close_pairs",
    "days_between",
    "eased_before",
    "FIRST_DAY",
    "free_days",
    "free_months",
    "gate_spans",
    "known_until",
    "lags_and_chance",
    "observed_wait",
    "pair_days",
    "quarter_bars",
    "road_on",
    "tight_by_year",
    "timed_moves",
    "told",
    "turns_in_order",
    "two_keys",
]

guard(globals())
