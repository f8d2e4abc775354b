"""The record on two sides of a line: every event, government moves per quarter, and the eras."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core.words import date_words
from helpers.show import charts, page
from helpers.timeline import studies
from helpers.timeline.studies import ABOVE, BELOW

_EFFECTS = list(charts.EFFECT_COLOURS)
_LEGEND = alt.Legend(orient="bottom", titleOrient="left", symbolSize=110)
_WIDE = charts.WIDTH - 84


def _colour() -> alt.Color:
    return alt.Color(
        "effect:N",
        title="The move",
        scale=alt.Scale(domain=_EFFECTS, range=list(charts.EFFECT_COLOURS.values())),
        legend=_LEGEND,
    )


def _shape() -> alt.Shape:
    return alt.Shape(
        "effect:N",
        title="The move",
        scale=alt.Scale(domain=_EFFECTS, range=[charts.EFFECT_SHAPES[e] for e in _EFFECTS]),
        legend=_LEGEND,
    )


# --- the two-sided timeline ---------------------------------------------------------------------


def timeline_chart(record: studies.Record) -> alt.VConcatChart:
    """Every event over the panel's rows, with a strip below that zooms.

    Parameters
    ----------
    record : Record
        What a tooltip says of an event stands in the chart; the panel's rows hold only id, day, level and move.
    """
    tallest = int(abs(record.chosen().levels).max())
    brush = alt.selection_interval(name="brush", encodings=["x"])
    zoomed = alt.Scale(type="utc", domain=alt.ExprRef("brush.day || [panel.first, panel.last]"))
    y = alt.Y("level:Q", axis=None, scale=alt.Scale(domain=[-tallest - 1, tallest + 2]))
    marks = charts.live("event_id", "day", "until", "level", "effect", "picked")
    main = alt.layer(
        *_era_bands(zoomed),
        alt.Chart(alt.InlineData(values=[{"level": 0}])).mark_rule(color=charts.SOFT_INK).encode(y=y),
        *_event_marks(marks, record, zoomed, y),
        _side_words(tallest, y),
    ).properties(width=_WIDE, height=246)
    return alt.vconcat(main, _overview(marks, brush), spacing=4).properties(
        title=charts.title(
            charts.signal("title"),
            "Events by date, those of 31 days stacked; on the axis: joint events; bars: rough dates; numbers: eras. Drag on the strip to zoom.",
            "Source: data/events.csv, one cited source or more an event; sorting into moves is ours.",
        ),
        description=(
            "Two-sided timeline of events: US and partners above the axis, China below, stacked by month;"
            " triangles up tighten, triangles down ease, circles do neither. The list “Read an event” opens the same events."
        ),
    )


def _era_bands(zoomed: alt.Scale) -> list[alt.Chart]:
    eras = (
        alt.Chart(alt.InlineData(values=[{}]))
        .transform_calculate(row="panel.eras")
        .transform_flatten(["row"])
        .transform_calculate(**{f: f"datum.row.{f}" for f in ("start", "end", "number", "name", "odd", "middle")})
    )
    bands = eras.mark_rect(clip=True).encode(
        x=alt.X("start:T", scale=zoomed, title=None),
        x2="end:T",
        fill=alt.condition("datum.odd", alt.value("#f0f0f0"), alt.value("#ffffff")),
        tooltip=[alt.Tooltip("name:N", title="Era")],
    )
    numbers = eras.mark_text(clip=True, fontSize=12, color=charts.SOFT_INK, baseline="top").encode(
        x=alt.X("middle:T", scale=zoomed), y=alt.value(2), text="number:N"
    )
    return [bands, numbers]


def _event_marks(marks: alt.Chart, record: studies.Record, zoomed: alt.Scale, y: alt.Y) -> list[alt.Chart]:
    x = alt.X("day:T", title=None, scale=zoomed, axis=alt.Axis(labelFontSize=12, tickCount=10, grid=False))
    spans = (
        marks.transform_filter("datum.until > datum.day")
        .mark_rule(clip=True, opacity=0.6, aria=False)
        .encode(x=x, x2="until:T", y=y, color=_colour())
    )
    ring = (
        marks.transform_filter("datum.picked")
        .mark_point(clip=True, size=260, strokeWidth=2.5, color=charts.BLACK, shape="circle")
        .encode(x=x, y=y)
    )
    # As text, each word once: as rows of JSON the notebook would store twice as much.
    said = record.events.assign(when=[date_words(e.date, e.date_precision) for e in record.events.itertuples()])[
        ["event_id", "title", "when", "actor", "confidence"]
    ].to_csv(index=False)
    source = alt.InlineData(values=said, format=alt.CsvDataFormat(type="csv"))
    told = alt.LookupData(source, key="event_id", fields=["title", "when", "actor", "confidence"])
    pick = alt.selection_point(name="event_id", fields=["event_id"], on="click", empty=False)
    points = (
        marks.transform_lookup(lookup="event_id", from_=told)
        .transform_calculate(over="datum.effect == 'neither' ? 0 : 1")
        .mark_point(clip=True, filled=True, size=48, opacity=0.9)
        .encode(
            x=x,
            y=y,
            color=_colour(),
            shape=_shape(),
            order=alt.Order("over:Q"),  # no circle covers a triangle
            tooltip=[
                alt.Tooltip("title:N", title="Event"),
                alt.Tooltip("when:N", title="Date"),
                alt.Tooltip("actor:N", title="Actor"),
                alt.Tooltip("confidence:N", title="Confidence"),
            ],
        )
        .add_params(pick)
    )
    return [spans, ring, points]


def _side_words(tallest: int, y: alt.Y) -> alt.Chart:
    sides = [
        {"level": tallest + 0.2, "words": "▲ US and partners"},
        {"level": -tallest - 0.2, "words": "▼ China"},
    ]
    return (
        alt.Chart(alt.InlineData(values=sides))
        .mark_text(align="left", fontSize=13, fontWeight="bold", color=charts.SOFT_INK)
        .encode(x=alt.value(4), y=y, text="words:N")
    )


def _overview(marks: alt.Chart, brush: alt.Parameter) -> alt.Chart:
    ends = alt.Scale(type="utc", domain=[charts.signal("first"), charts.signal("last")])
    return (
        marks.mark_tick(thickness=1.5, size=13, opacity=0.6, aria=False)  # the marks above are named already
        .encode(
            x=alt.X("day:T", scale=ends, title=None, axis=alt.Axis(grid=False, tickCount=8)),
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
        .properties(width=_WIDE, height=34)
    )


# --- government moves per quarter ---------------------------------------------------------------


def quarters_chart(events: pd.DataFrame) -> alt.Chart:
    """Government moves per quarter, two-sided, by effect."""
    counts = studies.quarter_bars(events)
    stacked = counts.drop(columns="quarter").assign(
        day=counts["quarter"].dt.strftime("%Y-%m-%d"),
    )
    tight = counts[counts["effect"] == "tightens"]
    first_year = tight.groupby("camp")["quarter"].min().dt.year
    totals = tight.groupby("camp")["events"].sum()
    most = int(counts["to"].abs().max())
    bars = (
        alt.Chart(alt.InlineData(values=stacked.to_dict("records")))
        .transform_calculate(until="utcOffset('day', toDate(datum.day), 80)")
        .mark_rect()
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
                alt.Tooltip("day:T", title="Quarter", format="%Y quarter %q"),
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
            f"Two-sided bar chart of government moves per quarter, {counts['quarter'].dt.year.min()} to {counts['quarter'].dt.year.max()}. Tightening moves: {totals[ABOVE]} by the US and partners,"
            f" {totals[BELOW]} by China; China’s first tightening move in the record is in {first_year[BELOW]}."
        ),
    )


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
