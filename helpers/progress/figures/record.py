"""Causes, gaps in months and moves of ideas, as charts and tables."""

from __future__ import annotations

import math
import re
from typing import Any

import altair as alt
import pandas as pd

from helpers.core.words import date_words, listed
from helpers.progress import studies
from helpers.show import charts, page

_KIND_WORDS = ("the paper says so", "the firm says so", "the configuration shows it", "library code resembles it")


# --- causes -------------------------------------------------------------------------------------


def causes_chart(causes: pd.DataFrame, events: pd.DataFrame) -> alt.TopLevelMixin:
    """The evidence as a timeline: a row each, numbered as in the tables, with the hardware it names."""
    rows = studies.numbered(causes)
    late = rows["date"] >= "2024-07-01"
    drawn = pd.DataFrame(
        {
            "number": rows["number"],
            "day": charts.milliseconds(rows["date"]),
            "side": rows["side"].map(studies.SIDES),
            "words": rows["number"].astype(str) + ": " + rows["hardware"] + " · " + rows["who"],
            "claim": rows["claim"],
            "late": late,
        }
    )
    rules = studies.control_dates(events)
    lines = alt.Chart(
        alt.InlineData(
            values=[{"day": int(d), "words": w} for d, w in zip(charts.milliseconds(rules), studies.CONTROLS.values())]
        )
    )
    ends = [int(pd.Timestamp(day).timestamp() * 1000) for day in ("2019-07-01", "2026-12-31")]
    x = alt.X("day:T", title=None, scale=alt.Scale(domain=ends), axis=alt.Axis(format="%Y", tickCount="year"))
    y = alt.Y("number:O", axis=None)
    colours = [charts.VERMILION, charts.BLUE, charts.GREY]
    base = alt.Chart(alt.InlineData(values=drawn.to_dict("records")))
    marks = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=x, y=y,
        color=alt.Color("side:N", title="Evidence", scale=alt.Scale(domain=list(studies.SIDES.values()), range=colours), legend=alt.Legend(orient="bottom", labelLimit=300)),
        shape=alt.Shape("side:N", title="Evidence", scale=alt.Scale(domain=list(studies.SIDES.values()), range=["square", "circle", "triangle-up"])),
        tooltip=[alt.Tooltip("day:T", title="Date", format="%B %Y"), alt.Tooltip("words:N", title="Hardware, who"), alt.Tooltip("claim:N", title="What is said")],
    )  # fmt: skip
    said = [
        charts.edged_words(
            base.transform_filter(f"datum.late == {late}"), {"align": align, "dx": dx}, x=x, y=y, text="words:N"
        )
        for late, align, dx in (("true", "right", -9), ("false", "left", 9))
    ]
    rule = lines.mark_rule(color=charts.GREY, strokeDash=[4, 3]).encode(x="day:T")
    dates = lines.mark_text(fontSize=12, dy=-8).encode(x="day:T", y=alt.value(0), text="words:N")
    earliest = rows.groupby("side")["date"].min()
    return alt.layer(rule, dates, *said, marks).properties(
        width=charts.WIDTH - 20,
        height=19 * len(rows),
        title=charts.title(
            f"Of the cards we chose, those for begin in {earliest['for']:%B %Y}, those against in {earliest['against']:%Y}",
            "A row a card, at the date of its source: number, hardware, who speaks; dashed: US steps, the last a loosening",
            "Source: data/causes.csv and data/events.csv. We chose the pieces: their number proves nothing.",
        ),
        description=f"Timeline of {len(rows)} pieces of evidence from 2019 to 2026, one row each with hardware and speaker, told apart by shape and colour into those for scarcity as a cause, those against and contested ones, with four US steps on chips as dashed lines.",
    )


# --- months -------------------------------------------------------------------------------------


def _gap_record(r: Any) -> dict[str, Any]:
    """One gap as the chart draws it."""
    known = {k: float(v) for k, v in (("low", r.low), ("high", r.high)) if not math.isnan(v)}
    span = f"{r.low:g} to {r.high:g}" if known else f"{r.value:g}"
    if known and r.value != (r.low + r.high) / 2:  # the mark is a figure of its own, not the middle of the bar
        span = f"{r.value:g}, from {span}"
    return {
        "words": f"{r.date:%b %Y}: {r.who.split(',')[0]}", "value": float(r.value), **known,
        "end": known.get("high", float(r.value)), "label": f"{span}; {r.measure}; {re.split('; | and ', r.interest)[0]}",
        "kind": "between countries" if " US" in r.compares else "open to closed models", "compares": r.compares,
        "interval": r.interval_kind, "interest": r.interest, "confidence": r.confidence,
    }  # fmt: skip


def gaps_chart(gaps: pd.DataFrame) -> alt.LayerChart:
    """Published gaps in months by kind of measure, with the ranges their authors give."""
    rows = studies.gaps_in_months(gaps)
    records = [_gap_record(r) for r in rows.itertuples()]
    order = [r["words"] for r in records]
    base = alt.Chart(alt.InlineData(values=records))
    y = alt.Y("words:N", sort=order, title=None, axis=alt.Axis(labelLimit=240, domain=False, ticks=False))
    scale = alt.Scale(domain=[0, 24], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Months behind", scale=scale, axis=alt.Axis(values=[0, 3, 6, 9, 12, 15]))

    kinds = ["between countries", "open to closed models"]
    colour = alt.Color(
        "kind:N",
        title=None,
        scale=alt.Scale(domain=kinds, range=[charts.VERMILION, charts.BLUE]),
        legend=alt.Legend(orient="bottom", symbolOpacity=1),
    )
    shape = alt.Shape("kind:N", title=None, scale=alt.Scale(domain=kinds, range=["square", "circle"]))
    tip = [
        alt.Tooltip("words:N", title="When, who"),
        alt.Tooltip("compares:N", title="Compares"),
        alt.Tooltip("label:N", title="Months; measure; interest"),
        alt.Tooltip("interval:N", title="Range is"),
        alt.Tooltip("interest:N", title="Interest"),
        alt.Tooltip("confidence:N", title="Confidence"),
    ]
    spans = (
        base.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=4, opacity=0.5)
        .encode(x=x("low"), x2="high", y=y, color=colour)
    )
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=x("value"), y=y, color=colour, shape=shape, tooltip=tip
    )
    words = charts.edged_words(base, {"align": "left", "dx": 8}, x=x("end"), y=y, text="label:N")
    (least, most), (low, high) = studies.months_in_print(gaps)
    return alt.layer(words, spans, dots).properties(
        width=charts.WIDTH - 230,
        height=30 * len(records),
        title=charts.title(
            f"Gaps printed as one figure run from {least:g} to {most:g} months, ranges from {low:g} to {high:g}",
            "Months; measure; interest of who measured. Mark: the figure in print, or the middle (ours) of its range",
            "Source: data/capability_gaps.csv. Bars: a range as stated, or for Epoch’s index the span of months seen.",
        ),
        description=f"Dot and range chart of {len(records)} published gaps in months from {rows['date'].min():%B %Y} to {rows['date'].max():%B %Y}, by kind of measure and author, on an axis from 0 to 15 months, between models of the two countries and between open and closed models: single figures from {least:g} to {most:g} months, ranges from {low:g} to {high:g}.",
    )  # fmt: skip


def points_table(gaps: pd.DataFrame) -> page.Table:
    """The gaps that are not lengths of time."""
    rows = gaps[gaps["unit"] != "months"].sort_values("date", kind="stable")
    frame = pd.DataFrame(
        {
            "When": rows["date"].dt.strftime("%b %Y"),
            "Compares": rows["compares"],
            "Gap": [f"{r.value:g} {r.unit}" for r in rows.itertuples()],
            "Who": rows["who"],
            "Note": rows["note"],
        }
    )
    frame.index = pd.Index(rows["measure"], name="Measure")
    return page.table(frame, "Gaps that are not lengths of time: not to be put on the chart above")


# --- adoptions ----------------------------------------------------------------------------------


def _adoption_bars(counts: pd.DataFrame, y: alt.Y) -> alt.Chart:
    """Bars stacked by kind of evidence, the strongest first."""
    kinds = list(studies.KINDS)
    legend = alt.Legend(orient="bottom", columns=2, labelExpr=f"{list(_KIND_WORDS)}[indexof({kinds}, datum.value)]")
    colours = alt.Scale(domain=kinds, range=[charts.BLUE, charts.SKY, charts.GREEN, charts.ORANGE])
    return (
        alt.Chart(alt.InlineData(values=counts.to_dict("records")))
        .mark_bar(height=19)
        .encode(
            x=alt.X("moves:Q", title="Adoptions in our table", axis=alt.Axis(tickMinStep=1, format="d")),
            y=y,
            color=alt.Color("kind:N", title="Evidence", sort=kinds, scale=colours, legend=legend),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("direction:N", title="From, to"),
                alt.Tooltip("kind:N", title="Evidence"),
                alt.Tooltip("moves:Q", title="Adoptions"),
            ],
        )
        .transform_calculate(rank=f"indexof({kinds}, datum.kind)")
    )


def adoptions_chart(adoptions: pd.DataFrame) -> alt.LayerChart:
    """Adoptions of an idea by another lab, by direction and kind of evidence."""
    counts = studies.flows(adoptions)
    totals = counts.groupby("direction")["moves"].sum().sort_values(ascending=False, kind="stable")
    order = [*totals.index, studies.CLOSED]
    closed = listed(studies.closed_labs(adoptions))
    notes = [{"direction": d, "moves": int(n), "words": str(n)} for d, n in totals.items()]
    notes.append(
        {
            "direction": studies.CLOSED,
            "moves": 0,
            "words": f"no public sign of use or non-use: {closed} publish no designs",
        }
    )
    whole = int(adoptions["idea"].str.startswith("whole model").sum())
    abroad = int(totals.filter(regex="^China to (?!China)").sum())
    y = alt.Y(
        "direction:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=alt.Axis(labelLimit=200, domain=False, ticks=False),
    )
    words = (
        alt.Chart(alt.InlineData(values=notes))
        .mark_text(align="left", dx=6, fontSize=12)
        .encode(x="moves:Q", y=y, text="words:N")
    )
    return (_adoption_bars(counts, y) + words).properties(
        width=charts.WIDTH - 190,
        height=34 * len(order),
        title=charts.title(
            f"In our selection {totals['US to China']} moves went from the US to China, {abroad} from China abroad ({whole} a whole model)",
            "By the homes of both labs and the best evidence found; library code shows likeness, not who copied whom",
            "Source: data/adoptions.csv; the selection is ours.",
        ),
        description=f"Stacked bar chart of {totals.sum()} adoptions of ideas and of one whole model by direction and kind of evidence; for closed models of three US firms no public sign of use or non-use was found.",
    )  # fmt: skip


def adoptions_table(adoptions: pd.DataFrame) -> page.Table:
    """Every documented move, the oldest first."""
    rows = adoptions.sort_values(["date", "adoption_id"], kind="stable")
    frame = pd.DataFrame(
        {
            "From": rows["from_lab"] + " (" + rows["from_home"] + ")",
            "Idea": rows["idea"],
            "Into": rows["to_model"] + ", " + rows["to_lab"] + " (" + rows["to_home"] + ")",
            "Evidence": rows["kind"] + ": " + rows["evidence"],
            "Confidence": rows["confidence"],
        }
    )
    frame.index = pd.Index(
        [
            f"{r.date:%b %Y}" if r.date_precision in ("day", "month") else date_words(r.date, r.date_precision)
            for r in rows.itertuples()
        ],
        name="When",
    )
    return page.table(frame, "Where ideas went, and how we know")
