"""The road with two gates: on any day, where each chip stands between its maker and a buyer in China."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd

from helpers.core import data, limits
from helpers.timeline.studies.gates import gate_spans

FIRST_DAY = "2022-08-25"  # the day before the first letter
_FREE_BEFORE = ("A100",)  # on sale in China when the letter came (claim S01); other chips came later
_DELIVERIES = {"H200": "h200-first-deliveries"}  # an event whose value counts chips


@dataclass(frozen=True)
class Parcel:
    """One chip on one day.

    Attributes
    ----------
    chip : str
    us, china : str
        State of each gate, as in ``data/gates.csv``; "open" where no licence was needed, "" where no act of China is on record.
    place : str
        "maker" (held at the US gate, or no licence reported), "between" (held at China's, or on sale by licence) or "China".
    sold_before : bool
        Passed freely at an earlier time, before a gate of China's stood there, and does so no more.
    delivered : int
        Chips reported as delivered by that day in spite of the gates.
    reported_by : str
        Who reported them, as the event's title begins; empty where none is.
    """

    chip: str
    us: str
    china: str
    place: str
    sold_before: bool
    delivered: int
    reported_by: str


@dataclass(frozen=True)
class Road:
    """All chips on one day; `parcels` in the order of ``data/gates.csv``, those not yet known left out."""

    day: pd.Timestamp
    parcels: tuple[Parcel, ...]

    def at(self, place: str) -> list[str]:
        """Chips at one place."""
        return [p.chip for p in self.parcels if p.place == place]

    def gate(self, government: str, *states: str) -> list[str]:
        """Chips for which the gate of "US" or "China" is in one of some states."""
        return [p.chip for p in self.parcels if (p.us if government == "US" else p.china) in states]


class _Span(NamedTuple):
    """A gate in one state; a last span without an end holds for ever."""

    government: str
    state: str
    start: pd.Timestamp
    end: pd.Timestamp | None


@cache
def _spans() -> dict[str, list[_Span]]:
    """The spans of each chip, in the order of ``data/gates.csv``: plain values, since every step asks for them."""
    frame = gate_spans(data.load("gates"), data.load("events"), data.record_ends()["newest_event"])
    by_chip: dict[str, list[_Span]] = {}
    for row in frame.itertuples():
        end = None if row.until_event == "" else row.end
        by_chip.setdefault(str(row.chip), []).append(_Span(row.government, row.state, row.start, end))
    return by_chip


@cache
def _came(chip: str) -> tuple[pd.Timestamp, int, str] | None:
    """The day of a reported delivery, the number of chips, and who reported it."""
    if chip not in _DELIVERIES:
        return None
    event = data.load("events").set_index("event_id").loc[_DELIVERIES[chip]]
    return event["date"], int(event["value"]), str(event["title"]).partition(":")[0]


def _parcel(chip: str, spans: list[_Span], day: pd.Timestamp) -> Parcel | None:
    if day < min(span.start for span in spans) and chip not in _FREE_BEFORE:
        return None
    gates = {"US": "", "China": ""}
    for span in spans:
        if span.start <= day and (span.end is None or span.end > day):
            gates[span.government] = span.state
    us, china = gates["US"] or "open", gates["China"]
    if us in ("shut", "case by case"):
        place = "maker"
    elif china in ("shut", "discouraged") or us == "by licence":
        place = "between"
    else:
        place = "China"
    second = min((span.start for span in spans if span.government == "China"), default=day)  # China's gate
    free = any(span.government == "US" and span.state == "open" and span.start < min(day, second) for span in spans)
    before = place != "China" and (free or chip in _FREE_BEFORE)
    came = _came(chip)
    here, by = came[1:] if came is not None and came[0] <= day else (0, "")
    return Parcel(chip, us, china, place, before, here, by)


def road_on(day: str) -> Road:
    """Where each chip stands on a day.

    Parameters
    ----------
    day : str
        ISO date, from `FIRST_DAY` on; after the record's end the last known state holds.

    Returns
    -------
    Road

    Raises
    ------
    ValueError
        A day before the first.

    Examples
    --------
    >>> road_on("2023-04-01").at("China")
    ['A800', 'H800']
    """
    when = pd.Timestamp(limits.day("day", day))
    if when < pd.Timestamp(FIRST_DAY):
        raise ValueError(f"day = {day} lies before the first gate; the record of gates begins on {FIRST_DAY}.")
    parcels = (_parcel(chip, spans, when) for chip, spans in _spans().items())
    return Road(when, tuple(p for p in parcels if p is not None))
