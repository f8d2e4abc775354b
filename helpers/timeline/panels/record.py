"""The two-sided timeline: every event, by filter, zoom and click."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.core import safe, tables
from helpers.core.words import counted, date_words, listed
from helpers.show import charts
from helpers.show.page import card
from helpers.show.panel import Choice, Panel, Span, State
from helpers.timeline import figures, studies
from helpers.timeline.studies import ABOVE, BELOW

SIDE_WORDS = {
    "US": "US government",
    "ally": "other governments and firms under their rules",
    "CN": "China's government",
    "joint": "governments together, and international bodies",
    "company": "US and Chinese companies",
    "research": "researchers and the press",
}


def timeline_panel(events: pd.DataFrame, eras: pd.DataFrame) -> Panel:
    """Every event: US and partners above the line, China below; filter, brush to zoom, click to read.

    Parameters
    ----------
    events, eras : DataFrame
        As ``data.load`` gives them.
    """
    record = studies.Record(events)
    marks = _event_rows(record)
    bands = _era_bands(eras)
    by_id = record.events.set_index("event_id")
    first, last = int(record.years.min()), int(record.years.max())

    def compute(track: str, side: str, confidence: str, years: tuple[int, int], event_id: str) -> State:
        chosen = record.chosen(years, track, side, confidence)
        rows = [
            {**marks[place], "level": level}
            for place, level in zip(chosen.places.tolist(), chosen.levels.tolist(), strict=True)
        ]
        picked = [row for row in rows if row["event_id"] == event_id] if event_id else []
        for row in picked:
            row["picked"] = True
        start, end = _new_year(years[0]), _new_year(years[1] + 1)
        signals = {"first": start, "last": end, "eras": _clipped(bands, start, end)}
        detail = _event_html(by_id.loc[event_id], event_id) if event_id else ""
        if event_id and not picked:
            detail = safe.html("{}<p><i>The filters now hide this event on the chart.</i></p>", detail)
        if not rows:
            said = "No event fits these filters. Widen the years, or set a list back to “all”."
            return State([], said, {**signals, "title": "Nothing fits these filters"}, detail)
        title = _title(chosen)
        return State(
            rows, _reading(chosen), {**signals, "title": title}, detail, _all_counts(chosen, len(marks), years)
        )

    listing = [("none chosen", ""), *((f"{e.date:%Y-%m-%d}  {e.title}", e.Index) for e in by_id.itertuples())]
    recent = min(2026, last)
    return Panel(
        "Who restricted what, when",
        [
            Choice("track", "Track", [("all tracks", ""), *tables.TRACKS], ""),
            Span("years", "Years", "first and last", first, last, (2018, recent)),
            Choice("event_id", "Read an event (or click its mark)", listing, ""),
        ],
        compute,
        figures.timeline_chart(record),
        presets={
            "What does the whole record show?": {"years": (first, last)},
            "Who tightened chip controls?": {"track": "controls"},
            "Which side restricts minerals?": {"track": "rare-earths", "years": (2022, recent)},
            "Which facts are contested?": {"confidence": "contested"},
        },
        pick="event_id",
        more=[
            Choice("side", "Actor", [("all actors", ""), *((w, k) for k, w in SIDE_WORDS.items())], ""),
            Choice("confidence", "Confidence", [("any", ""), *tables.CONFIDENCES], ""),
        ],
    )


def _event_rows(record: studies.Record) -> list[dict[str, Any]]:
    """What the chart needs of each event, made once: short, since every move of a control sends it."""
    days, ends = (charts.milliseconds(record.events[name]).tolist() for name in ("date", "until"))
    return [
        {"event_id": e.event_id, "day": day, "effect": e.effect, **({"until": end} if end > day else {})}
        for e, day, end in zip(record.events.itertuples(), days, ends, strict=True)
    ]


def _new_year(year: int) -> int:
    return int(pd.Timestamp(year, 1, 1).value // 10**6)


def _era_bands(eras: pd.DataFrame) -> list[dict[str, Any]]:
    starts = charts.milliseconds(eras["start"]).tolist()
    ends = charts.milliseconds(eras["end"] + pd.Timedelta(days=1)).tolist()
    return [
        {"start": start, "end": end, "number": str(number), "name": f"{number}. {name}", "odd": number % 2 == 1}
        for number, (start, end, name) in enumerate(zip(starts, ends, eras["name"], strict=True), start=1)
    ]


def _clipped(bands: list[dict[str, Any]], start: int, end: int) -> list[dict[str, Any]]:
    """The eras between two days, with the middle of what is seen of each."""
    rows = []
    for band in bands:
        left, right = max(band["start"], start), min(band["end"], end)
        if left < right:
            rows.append({**band, "start": left, "end": right, "middle": (left + right) // 2})
    return rows


def _reading(chosen: studies.Chosen) -> str:
    tight = chosen.camps("tightens")
    if not tight:
        return f"None of the {counted(chosen.count(), 'event')} shown tightens a restriction."
    sides = [f"{counted(n, 'move')} by {by(camp)}" for camp, n in tight.items()]
    when = f"; the busiest year is {chosen.busiest[0]}" if len(chosen.busiest) == 1 and sum(tight.values()) > 1 else ""
    return f"Of the years and kinds shown, {listed(sides)} {'tightens' if sum(tight.values()) == 1 else 'tighten'} a restriction{when}."


def by(camp: str) -> str:
    """A camp as the doer of a move."""
    return {ABOVE: "the US and partners", BELOW: "China"}.get(camp, "both")


def _all_counts(chosen: studies.Chosen, of: int, years: tuple[int, int]) -> str:
    joint = chosen.count() - chosen.count(ABOVE) - chosen.count(BELOW)
    sides = (
        f" {name}: {chosen.count(camp)}, of which {chosen.count(camp, 'tightens')} tighten and"
        f" {chosen.count(camp, 'eases')} ease."
        for name, camp in (("US and partners", ABOVE), ("China", BELOW))
    )
    return f"{chosen.count()} of {of} events from {years[0]} to {years[1]}.{''.join(sides)}" + (
        f" Joint or international: {joint}." if joint else ""
    )


def _title(chosen: studies.Chosen) -> str:
    """Whose moves tighten, and in which year most of them fall."""
    tight = chosen.camps("tightens")
    total = sum(tight.values())
    if not total:
        return f"{chosen.count()} events, none of which tightens a restriction"
    if total == 1:
        return f"One move tightens a restriction here: {next(iter(tight))}, {chosen.busiest[0]}"
    whose = (
        f"all by {next(iter(tight))}"
        if len(tight) == 1
        else f"{tight.get(ABOVE, 0)} above the line, {tight.get(BELOW, 0)} below"
    )
    busiest = "busiest year" if len(chosen.busiest) == 1 else "busiest years"
    return f"{total} moves tighten: {whose}; {busiest} {listed(chosen.busiest)}"


def _event_html(event: pd.Series, event_id: str) -> safe.Html:
    lines = [
        safe.html("<b>{}</b>", event.title),
        f"{date_words(event.date, event.date_precision)}. {event.actor}. Track: {event.track}. The move {event.effect.replace('neither', 'neither tightens nor eases')}."
        f" Confidence: {event.confidence}; {event.status}.",
        event.summary,
    ]
    return card(lines, [event.source_id, event.second_source_id], safe.html("<code>{}</code>", event_id))
