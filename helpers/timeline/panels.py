"""Charts and panels of 10_timeline: the two-sided timeline, counts, gates, lags, two keys."""

from __future__ import annotations

import html
from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd

from helpers.core import tables
from helpers.core.words import date_words, listed
from helpers.show import charts, page
from helpers.show.page import card
from helpers.show.panel import Choice, Number, Panel, Span, State
from helpers.timeline import model as timeline

ABOVE, BELOW = timeline.CAMPS
SIDE_WORDS = {
    "US": "US government",
    "ally": "other governments and firms under their rules",
    "CN": "China's government",
    "joint": "governments together, and international bodies",
    "company": "US and Chinese companies",
    "research": "researchers and the press",
}
_EFFECTS = list(charts.EFFECT_COLOURS)
_MONTHS = 24
_WIDE = charts.WIDTH - 70  # leaves room for row names on the left


def _colour(title: str | None = "The move") -> alt.Color:
    return alt.Color(
        "effect:N",
        title=title,
        scale=alt.Scale(domain=_EFFECTS, range=list(charts.EFFECT_COLOURS.values())),
        legend=alt.Legend(orient="bottom", symbolSize=110),
    )


def _shape() -> alt.Shape:
    return alt.Shape(
        "effect:N",
        title="The move",
        scale=alt.Scale(domain=_EFFECTS, range=[charts.EFFECT_SHAPES[e] for e in _EFFECTS]),
    )


# --- the two-sided timeline ---------------------------------------------------------------------


def timeline_panel(events: pd.DataFrame, eras: pd.DataFrame) -> Panel:
    """Every event: US and partners above the line, China below; filter, brush to zoom, click to read.

    Parameters
    ----------
    events, eras : DataFrame
        As ``data.load`` gives them.
    """
    events = events.sort_values(["date", "event_id"]).reset_index(drop=True)
    events = events.assign(
        day=charts.milliseconds(events["date"]),
        until=charts.milliseconds(_known_until(events)),
        when=[date_words(d, p) for d, p in zip(events["date"], events["date_precision"], strict=True)],
    )
    fields = ["event_id", "day", "until", "level", "effect", "title", "when", "actor", "confidence", "picked"]
    first, last = int(events["date"].dt.year.min()), int(events["date"].dt.year.max())
    tallest = int(timeline.stacked(events)["level"].abs().max())
    choices = [("none chosen", "")] + [(f"{e.date:%Y-%m-%d}  {e.title}", e.event_id) for e in events.itertuples()]
    by_id = events.set_index("event_id")

    def compute(track: str, side: str, confidence: str, years: tuple[int, int], event_id: str) -> State:
        keep = events["date"].dt.year.between(*years)
        for column, value in (("track", track), ("side", side), ("confidence", confidence)):
            keep &= (events[column] == value) if value else True
        shown = timeline.stacked(events[keep])
        start, end = pd.Timestamp(years[0], 1, 1), pd.Timestamp(years[1] + 1, 1, 1)
        shown["picked"] = shown["event_id"] == event_id
        signals = {
            "first": int(start.value // 10**6),
            "last": int(end.value // 10**6),
            "eras": _era_rows(eras, start, end),
        }
        detail = _event_html(by_id.loc[event_id], event_id) if event_id else ""
        if event_id and not shown["picked"].any():
            detail += "<p><i>The filters now hide this event on the chart.</i></p>"
        if shown.empty:
            return State(
                [],
                "No event fits these filters. Widen the years, or set a list back to “all”.",
                {**signals, "title": "Nothing fits these filters"},
                detail,
            )
        counts = (
            shown.groupby(["camp", "effect"])
            .size()
            .reindex(pd.MultiIndex.from_product([timeline.CAMPS, _EFFECTS]), fill_value=0)
        )
        up, down = counts[ABOVE].sum(), counts[BELOW].sum()
        reading = (
            f"{len(shown)} of {len(events)} events from {years[0]} to {years[1]}."
            f" US and partners: {up}, of which {counts[ABOVE, 'tightens']} tighten and {counts[ABOVE, 'eases']} ease."
            f" China: {down}, of which {counts[BELOW, 'tightens']} tighten and {counts[BELOW, 'eases']} ease."
            + (f" Joint or international: {len(shown) - up - down}." if len(shown) > up + down else "")
        )
        return State(shown[fields].to_dict("records"), reading, {**signals, "title": _busiest(shown)}, detail)

    marks = charts.live(*fields)
    era_band = (
        alt.Chart(alt.InlineData(values=[{}]))
        .transform_calculate(row="panel.eras")
        .transform_flatten(["row"])
        .transform_calculate(**{f: f"datum.row.{f}" for f in ("start", "end", "number", "name", "odd", "middle")})
    )
    brush = alt.selection_interval(name="brush", encodings=["x"])
    pick = alt.selection_point(name="event_id", fields=["event_id"], on="click", empty=False)
    ends = alt.Scale(type="utc", domain=[charts.signal("first"), charts.signal("last")])
    zoomed = alt.Scale(type="utc", domain=alt.ExprRef("brush.day || [panel.first, panel.last]"))
    x = alt.X("day:T", title=None, scale=zoomed, axis=alt.Axis(labelFontSize=12, tickCount=10, grid=False))
    y_scale = alt.Scale(domain=[-tallest - 1, tallest + 2])
    y = alt.Y("level:Q", axis=None, scale=y_scale)

    bands = era_band.mark_rect(clip=True).encode(
        x=alt.X("start:T", scale=zoomed, title=None),
        x2="end:T",
        fill=alt.condition("datum.odd", alt.value("#f0f0f0"), alt.value("#ffffff")),
        tooltip=[alt.Tooltip("name:N", title="Era")],
    )
    band_numbers = era_band.mark_text(clip=True, fontSize=12, color=charts.SOFT_INK, baseline="top").encode(
        x=alt.X("middle:T", scale=zoomed), y=alt.value(2), text="number:N"
    )
    axis = alt.Chart(alt.InlineData(values=[{"level": 0}])).mark_rule(color=charts.SOFT_INK).encode(y=y)
    spans = (
        marks.transform_filter("datum.until > datum.day")
        .mark_rule(clip=True, opacity=0.6)
        .encode(x=x, x2="until:T", y=y, color=_colour())
    )
    tip = [
        alt.Tooltip("title:N", title="Event"),
        alt.Tooltip("when:N", title="Date"),
        alt.Tooltip("actor:N", title="Actor"),
        alt.Tooltip("confidence:N", title="Confidence"),
    ]
    points = (
        marks.mark_point(clip=True, filled=True, size=58, opacity=0.9)
        .encode(x=x, y=y, color=_colour(), shape=_shape(), tooltip=tip)
        .add_params(pick)
    )
    ring = (
        marks.transform_filter("datum.picked")
        .mark_point(clip=True, size=260, strokeWidth=2.5, color=charts.BLACK, shape="circle")
        .encode(x=x, y=y)
    )
    words = (
        alt.Chart(
            alt.InlineData(
                values=[
                    {"level": tallest + 0.2, "words": "▲ US and partners"},
                    {"level": -tallest - 0.2, "words": "▼ China"},
                ]
            )
        )
        .mark_text(align="left", fontSize=13, fontWeight="bold", color=charts.SOFT_INK)
        .encode(x=alt.value(4), y=y, text="words:N")
    )
    main = (bands + band_numbers + axis + spans + ring + points + words).properties(width=_WIDE, height=330)

    overview = (
        marks.mark_tick(thickness=1.5, size=16, opacity=0.6)
        .encode(
            x=alt.X(
                "day:T",
                scale=ends,
                title="Drag across this strip to zoom; click it to see all",
                axis=alt.Axis(grid=False, tickCount=8),
            ),
            y=alt.Y(
                "side:N",
                title=None,
                sort=[ABOVE, BELOW],
                axis=alt.Axis(ticks=False, domain=False),
                scale=alt.Scale(domain=[ABOVE, BELOW]),
            ),
            color=_colour(),
        )
        .transform_filter("datum.level != 0")
        .transform_calculate(side=f"datum.level > 0 ? '{ABOVE}' : '{BELOW}'")
        .add_params(brush)
        .properties(width=_WIDE, height=44)
    )
    chart = alt.vconcat(main, overview, spacing=6).properties(
        title=charts.title(
            charts.signal("title"),
            "Events by date, those of 31 days stacked; numbers at the top: eras; on the axis: joint events; bars: dates known only roughly",
            "Source: data/events.csv, one cited source or more an event; sorting into moves is ours.",
        ),
        description=(
            "Two-sided timeline of events from 2014 to 2028: US and partners above the axis, China below, stacked by month;"
            " triangles up tighten, triangles down ease, circles do neither. The list “Read an event” opens the same events."
        ),
    )
    return Panel(
        "Who restricted what, when",
        [
            Choice("track", "Track", [("all tracks", ""), *tables.TRACKS], ""),
            Choice("side", "Actor", [("all actors", ""), *((w, k) for k, w in SIDE_WORDS.items())], ""),
            Choice("confidence", "Confidence", [("any", ""), *tables.CONFIDENCES], ""),
            Span("years", "Years", "first and last", first, last, (2018, min(2026, last))),
            Choice("event_id", "Read an event (or click its mark)", choices, ""),
        ],
        compute,
        chart,
        presets={
            "All years": {"years": (first, last)},
            "Controls only": {"track": "controls"},
            "Minerals": {"track": "rare-earths", "years": (2022, min(2026, last))},
            "Contested facts": {"confidence": "contested"},
        },
        pick="event_id",
    )


def _known_until(events: pd.DataFrame) -> pd.Series:
    """The last day a roughly dated event may have fallen on; its own day when known to the day."""
    ends = {
        "day": pd.DateOffset(days=0),
        "month": pd.DateOffset(months=1),
        "quarter": pd.DateOffset(months=3),
        "year": pd.DateOffset(years=1),
    }
    until = events["date"].copy()
    for precision, offset in ends.items():
        rows = events["date_precision"] == precision
        until[rows] = events.loc[rows, "date"] + offset
    return until


def _era_rows(eras: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> list[dict[str, object]]:
    rows = []
    for number, era in enumerate(eras.itertuples(), start=1):
        left, right = max(era.start, start), min(era.end + pd.Timedelta(days=1), end)
        if left < right:
            left_ms, right_ms = (int(t.value // 10**6) for t in (left, right))
            rows.append(
                {
                    "start": left_ms,
                    "end": right_ms,
                    "middle": (left_ms + right_ms) // 2,
                    "number": str(number),
                    "name": f"{number}. {era.name}",
                    "odd": number % 2 == 1,
                }
            )
    return rows


def _busiest(shown: pd.DataFrame) -> str:
    """The title: whose moves tighten, and in which year most of them fall."""
    tight = shown[shown["effect"] == "tightens"]
    if tight.empty:
        return f"{len(shown)} events, none of which tightens a restriction"
    sides = tight["camp"].value_counts()
    if len(tight) == 1:
        return f"One move tightens a restriction here: {sides.index[0]}, {tight['date'].dt.year.iloc[0]}"
    whose = (
        f"all by {sides.index[0]}"
        if len(sides) == 1
        else f"{sides.get(ABOVE, 0)} above the line, {sides.get(BELOW, 0)} below"
    )
    years = tight["date"].dt.year.value_counts()
    top = sorted(years.index[years == years.max()])
    return f"{len(tight)} moves tighten: {whose}; most in {listed(top)}"


def _event_html(event: pd.Series, event_id: str) -> str:
    lines = [
        f"<b>{html.escape(event.title)}</b>",
        f"{date_words(event.date, event.date_precision)}. {html.escape(event.actor)}. Track: {event.track}. The move {event.effect.replace('neither', 'neither tightens nor eases')}."
        f" Confidence: {event.confidence}; {event.status}.",
        html.escape(event.summary),
    ]
    return card(lines, [event.source_id, event.second_source_id], f"<code>{event_id}</code>")


# --- counts per quarter -------------------------------------------------------------------------


def quarters_chart(events: pd.DataFrame) -> alt.Chart:
    """Government moves per quarter, two-sided, by effect."""
    moves = timeline.government_moves(events)
    counts = timeline.per_quarter(moves)
    counts = counts[counts["events"] > 0]
    sign = np.where(counts["camp"] == ABOVE, 1, -1)
    top = counts.groupby(["quarter", "camp"])["events"].cumsum()
    stacked = pd.DataFrame(
        {
            "day": counts["quarter"].dt.strftime("%Y-%m-%d"),
            "until": (counts["quarter"] + pd.DateOffset(days=80)).dt.strftime("%Y-%m-%d"),
            "words": counts["quarter"].dt.year.astype(str) + " quarter " + counts["quarter"].dt.quarter.astype(str),
            "camp": counts["camp"],
            "effect": counts["effect"],
            "events": counts["events"],
            "from": sign * (top - counts["events"]),
            "to": sign * top,
        }
    )
    tight = counts[counts["effect"] == "tightens"]
    first_year = tight.groupby("camp")["quarter"].min().dt.year
    totals = tight.groupby("camp")["events"].sum()
    most = int(stacked["to"].abs().max())
    bars = (
        alt.Chart(alt.InlineData(values=stacked.to_dict("records")))
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(
            x=alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(grid=False, tickCount=12)),
            x2="until:T",
            y=alt.Y(
                "from:Q",
                title="Moves per quarter",
                scale=alt.Scale(domain=[-most - 1.5, most + 1.5]),
                axis=alt.Axis(labelExpr="abs(datum.value)", tickMinStep=2),
            ),
            y2="to:Q",
            color=_colour(),
            tooltip=[
                alt.Tooltip("words:N", title="Quarter"),
                alt.Tooltip("camp:N", title="Side"),
                alt.Tooltip("effect:N", title="The move"),
                alt.Tooltip("events:Q", title="Events"),
            ],
        )
    )
    words = (
        alt.Chart(
            alt.InlineData(
                values=[{"y": most + 0.5, "words": "▲ US and partners"}, {"y": -most - 0.5, "words": "▼ China"}]
            )
        )
        .mark_text(align="left", fontSize=13, fontWeight="bold", color=charts.SOFT_INK)
        .encode(x=alt.value(6), y="y:Q", text="words:N")
    )
    zero = alt.Chart(alt.InlineData(values=[{"y": 0}])).mark_rule(color=charts.SOFT_INK).encode(y="y:Q")
    return (bars + zero + words).properties(
        width=charts.WIDTH,
        height=280,
        title=charts.title(
            f"More tightening moves stand above the line than below; China’s begin in {first_year[BELOW]}",
            f"Government moves per quarter, {counts['quarter'].dt.year.min()} to {counts['quarter'].dt.year.max()}, as recorded here: {totals[ABOVE]} tighten above, {totals[BELOW]} below; listing rounds are sampled",
            "Source: data/events.csv; sorting into tightens, eases, neither is ours.",
        ),
        description=(
            f"Two-sided bar chart of government moves per quarter. Tightening moves: {totals[ABOVE]} by the US and partners,"
            f" {totals[BELOW]} by China; China’s first tightening move in the record is in {first_year[BELOW]}."
        ),
    )


# --- gates --------------------------------------------------------------------------------------

GATE_COLOURS = {"open": charts.SKY, "by licence": charts.BLUE, "discouraged": charts.ORANGE, "shut": charts.VERMILION}


def gate_spans(gates: pd.DataFrame, events: pd.DataFrame, end: str) -> pd.DataFrame:
    """Each gate's spans with the dates of the events that bound them.

    Parameters
    ----------
    gates : DataFrame
        As ``data.load("gates")`` gives it; a span without a last event runs to `end`.
    events : DataFrame
    end : str
        ISO date at which the record stops.

    Returns
    -------
    DataFrame
        gates with `start` and `end` (datetime64).
    """
    dates = events.set_index("event_id")["date"]
    return gates.assign(
        start=gates["from_event"].map(dates),
        end=gates["until_event"].map(dates).fillna(pd.Timestamp(end)),
    )


def gates_chart(gates: pd.DataFrame, events: pd.DataFrame, end: str) -> alt.Chart:
    """Which chip could be sold to China when: the US gate and the Chinese gate of each."""
    spans = gate_spans(gates, events, end)
    rows = spans.assign(
        start=spans["start"].dt.strftime("%Y-%m-%d"),
        end=spans["end"].dt.strftime("%Y-%m-%d"),
        words=spans["chip"] + ", " + spans["government"] + " gate",
    )
    lanes = rows["words"].drop_duplicates().tolist()
    colour = alt.Color(
        "state:N",
        title="The gate is",
        scale=alt.Scale(domain=list(GATE_COLOURS), range=list(GATE_COLOURS.values())),
        legend=alt.Legend(orient="bottom"),
    )
    base = alt.Chart(alt.InlineData(values=rows.to_dict("records")))
    x = alt.X("start:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(format="%Y", tickCount="year"))
    y = alt.Y("words:N", title=None, sort=lanes, scale=alt.Scale(domain=lanes))
    bars = base.mark_bar(height=13).encode(
        x=x,
        x2="end:T",
        y=y,
        color=colour,
        tooltip=[
            alt.Tooltip("words:N", title="Gate"),
            alt.Tooltip("state:N", title="State"),
            alt.Tooltip("start:N", title="From"),
            alt.Tooltip("end:N", title="To"),
            alt.Tooltip("note:N", title="Why"),
        ],
    )
    days = (spans["end"] - spans["start"]).dt.days
    free = days[(spans["government"] == "US") & (spans["state"] == "open")].groupby(spans["chip"]).sum()
    return bars.properties(
        width=charts.WIDTH - 160,
        height=22 * len(lanes),
        title=charts.title(
            f"Free of licence: the H800 for {free['H800'] / 30.4:.0f} months, the H20 for at most {free['H20'] / 30.4:.0f}, the H200 never",
            f"State of the US gate, and of China’s where one was reported, for each NVIDIA chip, August 2022 to {pd.Timestamp(end):%B %Y}",
            "Source: dates from data/events.csv, states from data/gates.csv.",
        ),
        description=(
            "Bar chart of spans: for each NVIDIA chip, when the US gate was open, by licence or shut,"
            f" and when China’s was discouraged or shut. The H800’s open span lasts about {free['H800'] / 30.4:.0f} months."
        ),
    )


# --- eras and pairs as tables -------------------------------------------------------------------


def eras_table(eras: pd.DataFrame) -> page.Table:
    """The eras, numbered as on the timeline."""
    until = eras["end"].dt.strftime("%b %Y")
    until.iloc[-1] = "now"
    shown = pd.DataFrame(
        {
            "Era": eras["name"],
            "When": eras["start"].dt.strftime("%b %Y") + " to " + until,
            "What was restricted, and how": eras["mechanism"],
            "Why it turned": eras["turn"],
            "A number a reader can change": eras["number_to_change"],
        }
    )
    shown.index = pd.RangeIndex(1, len(eras) + 1)
    return page.table(shown, "Eight eras of the chip conflict")


def pairs_table(pairs: pd.DataFrame, events: pd.DataFrame) -> page.Table:
    """Pairs of moves with the days between them and what links them, firmest links first."""
    by_id = events.set_index("event_id")
    days = (
        by_id["date"].loc[pairs["response_id"]].to_numpy() - by_id["date"].loc[pairs["action_id"]].to_numpy()
    ) / np.timedelta64(1, "D")
    shown = pd.DataFrame(
        {
            "Move": by_id["title"].loc[pairs["action_id"]].to_numpy(),
            "Later move": by_id["title"].loc[pairs["response_id"]].to_numpy(),
            "Days": days.astype(int),
            "Link": pd.Categorical(pairs["link"], tables.LINKS, ordered=True),
            "Who says what": pairs["note"],
        }
    ).sort_values(["Link", "Days"], kind="stable")
    return page.table(shown.set_index("Move"), "Pairs of moves and what links them")


# --- lags ---------------------------------------------------------------------------------------


def lag_panel(events: pd.DataFrame, draws: int = 400) -> Panel:
    """Days from one side's move to the other side's next, beside what chance alone would give."""
    moves = timeline.government_moves(events)
    moves = moves[(moves["date"] >= "2018-01-01") & (moves["date_precision"] == "day")]
    chance = lru_cache(maxsize=None)(
        lambda actor, same_track, effect: timeline.chance_medians(
            moves, actor, same_track=same_track, effect=effect or None, draws=draws
        )
    )

    def compute(actor: str, same_track: bool, effect: str) -> State:
        lags = timeline.response_lags(moves, actor, same_track=same_track, effect=effect or None)
        answered = lags.dropna(subset="lag_days")
        unanswered = len(lags) - len(answered)
        responder = timeline.other(actor)
        if answered.empty:
            return State(
                [],
                f"None of the {len(lags)} moves by {actor} has a later move by {responder} at this setting.",
                {"title": "No later move to measure", "low": None, "high": None, "median": None},
            )
        closing = answered["next_id"].nunique()
        low, high = np.nanpercentile(chance(actor, same_track, effect), [5, 95])
        median = float(answered["lag_days"].median())
        rows = [
            {
                "lag": float(r.lag_days),
                "lane": i % 9,
                "title": r.title,
                "next_title": r.next_title,
                "when": f"{r.date:%Y-%m-%d}",
                "track": r.track,
            }
            for i, r in enumerate(answered.sort_values("lag_days").itertuples())
        ]
        inside = low <= median <= high
        verdict = (
            "inside that band, so these dates alone are no evidence of an answer"
            if inside
            else (
                "below that band: quicker than chance, which fits an answer but does not prove one"
                if median < low
                else "above that band: slower than chance"
            )
        )
        reading = (
            f"{len(answered)} moves by {actor} are followed by a move of {responder}, half of them within {median:.0f} days"
            + (f" ({unanswered} have none yet)" if unanswered else "")
            + f"; but only {closing} different {'move closes' if closing == 1 else 'moves close'} these waits."
            f" Moves shifted to random dates would give {low:.0f} to {high:.0f} days (90% of {draws} shifts); {median:.0f} is {verdict}."
        )
        title = f"Half of the next moves come within {median:.0f} days; chance alone gives {low:.0f} to {high:.0f}"
        return State(rows, reading, {"title": title, "low": float(low), "high": float(high), "median": median})

    dots = charts.live("lag", "lane", "title", "next_title", "when", "track")
    scale = alt.Scale(type="symlog", constant=10, domain=[0, 2500], nice=False, clamp=True)
    x = alt.X(
        "lag:Q",
        title="Days to the other side’s next move (scale shrinks long lags)",
        scale=scale,
        axis=alt.Axis(values=[0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000], grid=False),
    )
    y = alt.Y("lane:Q", axis=None, scale=alt.Scale(domain=[-1, 11]))
    one = alt.Chart(alt.InlineData(values=[{}])).transform_filter("isValid(panel.median)")
    band = (
        one.transform_calculate(low="panel.low", high="panel.high")
        .mark_rect(color=charts.GREY, opacity=0.25)
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    )
    band_words = (
        one.transform_calculate(low="panel.low", high="panel.high")
        .mark_text(align="left", dx=3, baseline="top", fontSize=12)
        .encode(x=alt.X("low:Q", scale=scale), y=alt.value(2), text=alt.value("by chance"))
    )
    line = (
        one.transform_calculate(median="panel.median")
        .mark_rule(color=charts.VERMILION, strokeWidth=2)
        .encode(x=alt.X("median:Q", scale=scale))
    )
    line_words = (
        one.transform_calculate(median="panel.median")
        .mark_text(align="left", dx=3, baseline="bottom", fontSize=12, color=charts.VERMILION)
        .encode(x=alt.X("median:Q", scale=scale), y=alt.value(206), text=alt.value("median"))
    )
    points = dots.mark_circle(size=60, color=charts.BLUE, opacity=0.8).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("when:N", title="Date"),
            alt.Tooltip("title:N", title="Move"),
            alt.Tooltip("next_title:N", title="Next move"),
            alt.Tooltip("lag:Q", title="Days"),
        ],
    )
    chart = (band + points + line + band_words + line_words).properties(
        width=charts.WIDTH,
        height=210,
        title=charts.title(
            charts.signal("title"),
            "One dot a government move dated to the day since 2018; height has no meaning",
            "Source: data/events.csv; chance band: the other side’s moves shifted round the period, seeded.",
        ),
        description="Dot plot of days from each move to the other side’s next move, with the median and a band of medians that random dates would give. The sentence above the chart gives the numbers.",
    )
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
        chart,
        presets={
            "US tightens, any track": {},
            "US tightens, same track": {"same_track": True},
            "China tightens, any track": {"actor": BELOW},
            "China tightens, same track": {"actor": BELOW, "same_track": True},
            "US eases, any track": {"effect": "eases"},
        },
    )


# --- two keys -----------------------------------------------------------------------------------


def two_keys_panel(record: pd.DataFrame) -> Panel:
    """Delivery needs two governments: probability over time, with the observed months beside it."""
    record = record.sort_values("month").reset_index(drop=True)
    arrived = record.index[record["delivered"] == "yes"]
    months_seen = int(arrived[0]) if len(arrived) else len(record)
    observed = [
        {
            "month": float(i + 1),
            "state": {
                "yes": "some, by then",
                "no": "none confirmed",
                "partial": "a few, place not named",
                "unknown": "no source found",
            }[r.delivered],
            "when": f"{r.month:%B %Y}",
            "note": r.note,
        }
        for i, r in enumerate(record.itertuples())
    ]
    first = f"{record['month'].iloc[months_seen]:%B %Y}" if len(arrived) else None

    def compute(us_per_month: float, cn_per_month: float, link: float, keys_stay: bool) -> State:
        p, q = us_per_month / 100, cn_per_month / 100
        t = np.arange(0, _MONTHS + 1)
        both = timeline.delivery_probability(t, p, q, link=link, keys_stay=keys_stay)
        curves = {
            "both keys": both,
            "US key alone": timeline.delivery_probability(t, p, 1, keys_stay=True),
            "China’s key alone": timeline.delivery_probability(t, 1, q, keys_stay=True),
        }
        rows = [
            {"month": int(m), "chance": float(c), "kind": kind}
            for kind, values in curves.items()
            for m, c in zip(t, values, strict=True)
        ]
        half = timeline.months_until(0.5, p, q, link=link, keys_stay=keys_stay)
        joint = float(timeline.both_keys(p, q, link))
        if min(p, q) == 0 or (joint == 0 and not keys_stay):
            wait = "for ever: at this setting both never say yes"
        elif np.isfinite(half):
            wait = "one month" if half == 1 else f"{half:.0f} months"
        else:
            wait = "more than 50 years"
        by_six = float(timeline.delivery_probability(6, p, q, link=link, keys_stay=keys_stay))
        chance = {"link": link, "keys_stay": keys_stay}
        still_none = 1 - float(timeline.delivery_probability(months_seen, p, q, **chance))
        by_then = float(timeline.delivery_probability(months_seen + 1, p, q, **chance))
        if still_none < 0.05:
            judged = (
                f"this setting makes so long a wait improbable ({still_none:.0%}), so the record speaks against it."
            )
        elif first and by_then < 0.05:
            judged = (
                f"this setting makes a delivery by then improbable ({by_then:.0%}), so the record speaks against it."
            )
        else:
            judged = (
                f"this setting gives {still_none:.0%} for a wait that long or longer; the record does not rule it out."
            )
        rule = (
            f"a yes stays once given, and a first delivery comes within 6 months with {by_six:.0%}"
            if keys_stay
            else f"both say yes in {joint:.1%} of months, and a first delivery comes within 6 months with {by_six:.0%}"
        )
        reading = (
            f"With {us_per_month:g}% and {cn_per_month:g}% a month, {rule}; an even chance takes {wait}."
            f" The record had no named delivery for {months_seen} months"
            + (f", then the first in {first}; " if first else "; ")
            + judged
        )
        return State(rows, reading, {"title": f"An even chance of a first delivery takes {wait}"})

    curve = charts.live("month", "chance", "kind")
    x = alt.X(
        "month:Q",
        title="Months since the December 2025 announcement",
        scale=alt.Scale(domain=[0, _MONTHS]),
        axis=alt.Axis(tickMinStep=1, grid=False),
    )
    y = alt.Y(
        "chance:Q",
        title="Chance of a first delivery by then",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%"),
    )
    kinds = ["both keys", "US key alone", "China’s key alone"]
    colour = alt.Color(
        "kind:N",
        title="Chance with",
        legend=alt.Legend(orient="top", symbolType="stroke", symbolSize=500, symbolStrokeWidth=3),
        scale=alt.Scale(domain=kinds, range=[charts.BLUE, charts.ORANGE, charts.PURPLE]),
    )
    lines = curve.mark_line(strokeWidth=3).encode(
        x=x,
        y=y,
        color=colour,
        strokeDash=alt.StrokeDash(
            "kind:N", title="Chance with", scale=alt.Scale(domain=kinds, range=[[1, 0], [6, 4], [2, 3]])
        ),
        tooltip=[
            alt.Tooltip("month:Q", title="Months"),
            alt.Tooltip("chance:Q", title="Chance by then", format=".0%"),
            alt.Tooltip("kind:N", title="With"),
        ],
    )
    dots = curve.mark_point(filled=True, size=50, opacity=0).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("month:Q", title="Months"),
            alt.Tooltip("chance:Q", title="Chance by then", format=".0%"),
            alt.Tooltip("kind:N", title="With"),
        ],
    )
    states = ["none confirmed", "a few, place not named", "some, by then", "no source found"]
    strip = (
        alt.Chart(alt.InlineData(values=observed))
        .mark_point(filled=True, size=110)
        .encode(
            x=alt.X("month:Q", title=None, scale=alt.Scale(domain=[0, _MONTHS]), axis=None),
            color=alt.Color(
                "state:N",
                title="Record: delivered in China by the end of that month?",
                scale=alt.Scale(domain=states, range=[charts.VERMILION, charts.ORANGE, charts.BLUE, "#bbbbbb"]),
                legend=alt.Legend(orient="bottom", columns=4),
            ),
            shape=alt.Shape(
                "state:N",
                title="Record: delivered in China by the end of that month?",
                scale=alt.Scale(domain=states, range=["cross", "triangle-up", "circle", "square"]),
            ),
            tooltip=[
                alt.Tooltip("when:N", title="Month"),
                alt.Tooltip("state:N", title="Delivered"),
                alt.Tooltip("note:N", title="Record"),
            ],
        )
        .properties(width=charts.WIDTH - 150, height=22)
    )
    model = (lines + dots).properties(width=charts.WIDTH - 150, height=250)
    chart = (
        alt.vconcat(model, strip, spacing=4)
        .resolve_scale(color="independent", shape="independent")
        .properties(
            title=charts.title(
                charts.signal("title"),
                "Lines: model, chance that at least one H200 delivery to China has happened. Marks below: the record, month by month",
                "Source: model in helpers/timeline/model.py; record in data/h200_record.csv.",
            ),
            description=(
                f"Line chart of the chance of a first delivery over {_MONTHS} months when two governments must agree, compared with"
                f" one; below, the record: {months_seen} months without a named delivery"
                + (f", then one in {first}." if first else ".")
            ),
        )
    )
    return Panel(
        "Two keys",
        [
            Number("us_per_month", "US key: chance of a yes", "% per month", 0, 100, 25, 1),
            Number("cn_per_month", "China’s key: chance of a yes", "% per month", 0, 100, 25, 1),
            Number("link", "Link: -1 opposed, 0 none, 1 together", "", -1, 1, 0, 0.1),
            Choice(
                "keys_stay",
                "A yes",
                [("must come from both in the same month", False), ("once given, stays", True)],
                False,
            ),
        ],
        compute,
        chart,
        presets={
            "Two willing governments": {"us_per_month": 50, "cn_per_month": 50},
            "US willing, China reluctant": {"us_per_month": 50, "cn_per_month": 10},
            "China willing, US reluctant": {"us_per_month": 10, "cn_per_month": 50},
            "One opens as the other shuts": {"us_per_month": 50, "cn_per_month": 30, "link": -1},
            "A deal opens both": {"us_per_month": 20, "cn_per_month": 20, "link": 1},
            "A yes stays": {"keys_stay": True},
        },
    )
