"""The panels of 10_timeline: the two-sided timeline, lags beside chance, two keys."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.core import safe, tables
from helpers.core.words import counted, date_words, listed, percent
from helpers.show import charts
from helpers.show.page import card
from helpers.show.panel import Choice, Number, Panel, Span, State
from helpers.timeline import figures, studies
from helpers.timeline import model as timeline
from helpers.timeline.studies import ABOVE, BELOW

SIDE_WORDS = {
    "US": "US government",
    "ally": "other governments and firms under their rules",
    "CN": "China's government",
    "joint": "governments together, and international bodies",
    "company": "US and Chinese companies",
    "research": "researchers and the press",
}


# --- the two-sided timeline ---------------------------------------------------------------------


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
    sides = [f"{counted(n, 'move')} by {_by(camp)}" for camp, n in tight.items()]
    when = f"; most in {chosen.busiest[0]}" if len(chosen.busiest) == 1 and sum(tight.values()) > 1 else ""
    return f"Of what is shown, {listed(sides)} {'tightens' if sum(tight.values()) == 1 else 'tighten'} a restriction{when}."


def _by(camp: str) -> str:
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
    return f"{total} moves tighten: {whose}; most in {listed(chosen.busiest)}"


def _event_html(event: pd.Series, event_id: str) -> safe.Html:
    lines = [
        safe.html("<b>{}</b>", event.title),
        f"{date_words(event.date, event.date_precision)}. {event.actor}. Track: {event.track}. The move {event.effect.replace('neither', 'neither tightens nor eases')}."
        f" Confidence: {event.confidence}; {event.status}.",
        event.summary,
    ]
    return card(lines, [event.source_id, event.second_source_id], safe.html("<code>{}</code>", event_id))


# --- lags ---------------------------------------------------------------------------------------


def lag_panel(events: pd.DataFrame, draws: int = 400) -> Panel:
    """Days from one side's move to the other side's next, beside what chance alone would give."""
    moves = studies.timed_moves(events)

    @lru_cache(maxsize=None)  # twelve settings, and chance is slow
    def compute(actor: str, same_track: bool, effect: str) -> State:
        return _lag_state(studies.lags_and_chance(moves, actor, same_track, effect or None, draws), actor, draws)

    return Panel(
        "What came back, and how fast",
        [
            Choice("actor", "Clock starts with a move of", list(timeline.CAMPS), ABOVE),
            Choice("same_track", "The next move counts", [("in any track", False), ("in the same track", True)], False),
            Choice(
                "effect",
                "Moves counted",
                [("that tighten", "tightens"), ("that ease", "eases"), ("all", "")],
                "tightens",
            ),
        ],
        compute,
        figures.lag_chart(),
        presets={
            "Does China answer US tightening?": {},
            "Does China answer in the same track?": {"same_track": True},
            "Does the US answer China’s tightening?": {"actor": BELOW},
            "Does the US answer in the same track?": {"actor": BELOW, "same_track": True},
            "Does easing meet easing?": {"effect": "eases"},
        },
    )


def _lag_state(lags: studies.Lags, actor: str, draws: int) -> State:
    if lags.answered.empty:
        return State(
            [],
            f"None of the {lags.moves} moves by {actor} has a later move by {lags.responder} at this setting.",
            {"title": "No later move to measure", "low": None, "high": None, "median": None},
        )
    median, band = f"{lags.median:.0f}", f"{lags.low:.0f} to {lags.high:.0f}"
    rows = [
        {
            "lag": float(r.lag_days),
            "lane": i % 9,
            "title": r.title,
            "next_title": r.next_title,
            "when": f"{r.date:%Y-%m-%d}",
            "track": r.track,
        }
        for i, r in enumerate(lags.answered.itertuples())
    ]
    short, judged = {
        "inside": ("no evidence of an answer", "inside that band, so these dates alone are no evidence of an answer"),
        "below": (
            "quicker than chance, which fits an answer",
            "below that band: quicker than chance, which fits an answer but does not prove one",
        ),
        "above": ("slower than chance", "above that band: slower than chance"),
    }[lags.place]
    return State(
        rows,
        f"Half of the next moves by {_by(lags.responder)} come within {median} days; unrelated dates would give {band}."
        f" That is {short}.",
        {
            "title": f"Half of the next moves come within {median} days; chance alone gives {band}",
            "low": lags.low,
            "high": lags.high,
            "median": lags.median,
        },
        more=(
            f"{len(rows)} moves by {actor} are followed by a move of {lags.responder}, half of them within {median} days"
            + (f" ({lags.unanswered} have none yet)" if lags.unanswered else "")
            + f"; but only {lags.closing} different {'move closes' if lags.closing == 1 else 'moves close'} these waits."
            f" Moves shifted to random dates would give {band} days (90% of {draws} shifts); {median} is {judged}."
        ),
    )


# --- two keys -----------------------------------------------------------------------------------


def two_keys_panel(record: pd.DataFrame) -> Panel:
    """Delivery needs two governments: probability over time, with the observed months beside it."""
    wait = studies.observed_wait(record)

    def compute(us_per_month: float, cn_per_month: float, link: float, keys_stay: bool) -> State:
        keys = studies.two_keys(us_per_month / 100, cn_per_month / 100, link, keys_stay, wait.months)
        rows = [
            {"month": month, "chance": round(chance, 4), "kind": kind}
            for kind, chances in keys.curves.items()
            for month, chance in enumerate(chances.tolist())
        ]
        takes = _takes(keys)
        return State(
            rows,
            f"An even chance of a first delivery takes {takes}. {_against_record(keys, wait)}",
            {"title": f"An even chance of a first delivery takes {takes}"},
            more=_keys_more(keys, wait, f"{us_per_month:g}% and {cn_per_month:g}%", keys_stay),
        )

    return Panel(
        "Two keys",
        [
            Number(
                "us_per_month", "US key: chance of a yes", "% per month", 0, 100, 40, 1
            ),  # unlike China's: equal keys draw one curve over another
            Number("cn_per_month", "China’s key: chance of a yes", "% per month", 0, 100, 20, 1),
            Number("link", "Link: -1 opposed, 0 none, 1 together", "", -1, 1, 0, 0.1),
        ],
        compute,
        figures.two_keys_chart(record),
        presets={
            "What if both are willing?": {"us_per_month": 50, "cn_per_month": 50},
            "What if China is reluctant?": {"us_per_month": 50, "cn_per_month": 10},
            "What if the US is reluctant?": {"us_per_month": 10, "cn_per_month": 50},
            "What if one opens as the other shuts?": {"us_per_month": 50, "cn_per_month": 30, "link": -1},
            "What if a deal opens both?": {"us_per_month": 20, "cn_per_month": 20, "link": 1},
            "What if a yes stays?": {"keys_stay": True},
        },
        more=[
            Choice(
                "keys_stay",
                "A yes",
                [("must come from both in the same month", False), ("once given, stays", True)],
                False,
            )
        ],
    )


def _takes(keys: studies.Keys) -> str:
    """How long an even chance takes."""
    if keys.never:
        return "for ever: at this setting both never say yes"
    if math.isfinite(keys.half):
        return "one month" if keys.half == 1 else f"{keys.half:.0f} months"
    return "more than 50 years"


def _against_record(keys: studies.Keys, wait: studies.Wait) -> str:
    """What the record says of the setting, in one short sentence."""
    if keys.still_none < 0.05:
        return f"So long a wait as the record’s {wait.months} months has a chance of {percent(keys.still_none)}: the record speaks against it."
    if wait.first is not None and keys.by_then < 0.05:
        return (
            f"A delivery by {wait.first:%B %Y} has a chance of {percent(keys.by_then)}: the record speaks against it."
        )
    return f"The record’s wait of {wait.months} months has a chance of {percent(keys.still_none)}: it does not rule this out."


def _keys_more(keys: studies.Keys, wait: studies.Wait, chances: str, keys_stay: bool) -> str:
    by_six = f"a first delivery comes within 6 months with {percent(keys.by_six)}"
    rule = (
        f"a yes stays once given, and {by_six}"
        if keys_stay
        else f"both say yes in {percent(keys.joint, 1)} of months, and {by_six}"
    )
    if keys.still_none < 0.05:
        judged = f"this setting makes so long a wait improbable ({percent(keys.still_none)}), so the record speaks against it."
    elif wait.first is not None and keys.by_then < 0.05:
        judged = f"this setting makes a delivery by then improbable ({percent(keys.by_then)}), so the record speaks against it."
    else:
        judged = f"this setting gives {percent(keys.still_none)} for a wait that long or longer; the record does not rule it out."
    then = f", then the first in {wait.first:%B %Y}; " if wait.first is not None else "; "
    return (
        f"With {chances} a month, {rule}; an even chance takes {_takes(keys)}."
        f" The record had no named delivery for {wait.months} months{then}{judged}"
    )
