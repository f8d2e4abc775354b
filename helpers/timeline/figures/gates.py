"""The two gates of each chip, the exporter's law and the buyer's, as spans of time."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.show import charts
from helpers.timeline import studies

GATE_COLOURS = {
    "open": charts.SKY,
    "open by report": "#a9d6f0",
    "by licence": charts.BLUE,
    "case by case": "#777777",
    "discouraged": charts.ORANGE,
    "shut": charts.VERMILION,
}


def gates_chart(gates: pd.DataFrame, events: pd.DataFrame, end: str) -> alt.Chart:
    """Which chip could be sold to China when: the US gate and the Chinese gate of each."""
    spans = studies.gate_spans(gates, events, end)
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
    base = alt.Chart(alt.InlineData(values=rows[["words", "state", "start", "end", "note"]].to_dict("records")))
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
    a800, h800, h20 = (studies.free_months(chip) for chip in ("A800", "H800", "H20"))
    return bars.properties(
        width=charts.WIDTH - 160,
        height=22 * len(lanes),
        title=charts.title(
            f"Free of licence: the H800 for {h800} months, A800 {a800}, the H20 for at most {h20}, the H200 never",
            f"State of each gate, China’s where one was reported, August 2022 to {pd.Timestamp(end):%B %Y}; the last known state is carried on",
            "By licence: some given or promised; case by case: none reported. Source: data/events.csv, gates.csv.",
        ),
        description=(
            "Bar chart of spans: for each NVIDIA chip, when the US gate was open, by licence, case by case or shut,"
            f" and when China’s was discouraged or shut. The H800’s open span lasts about {h800} months."
        ),
    )
