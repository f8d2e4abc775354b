"""The papers of our sample on one line of time, and the card that a click opens."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core import safe
from helpers.core.words import date_words
from helpers.progress import studies
from helpers.show import charts
from helpers.show.page import card

_PLACE_COLOURS = [charts.VERMILION, charts.BLUE, charts.GREY]
_PLACE_SHAPES = ["square", "circle", "triangle-up"]


def paper_card(paper: pd.Series) -> safe.Html:
    """An entry as HTML: what, when, who, on which hardware, what is claimed, and the source."""
    hardware = studies.hardware_words(paper)
    lines = [
        safe.html("<b>{}</b>", paper.title),
        f"{date_words(paper.date, 'day')}. {paper.lab}. {paper.family}: {paper.technique}."
        f" Hardware: {hardware}. Confidence: {paper.confidence}.",
        paper.claim + (f" (Compared with: {paper.baseline}.)" if paper.baseline else ""),
        "The authors' own figures, unless a source says otherwise.",
    ]
    return card(lines, [paper.source_id])


def _rules(events: pd.DataFrame) -> list[alt.Chart]:
    """Dashed lines at the chip rules, with their dates above."""
    rules = studies.control_dates(events)
    names = list(studies.CONTROLS.values())
    controls = pd.DataFrame({"day": charts.milliseconds(rules), "words": names})
    base = alt.Chart(alt.InlineData(values=controls.to_dict("records")))
    lines = base.mark_rule(color=charts.INK, strokeDash=[4, 3]).encode(x=alt.X("day:T"))
    # The last two rules are close: their names part to both sides.
    parted = ((names[:2], "center", 0), (names[2:3], "right", 14), (names[3:], "left", -14))
    words = [
        base.transform_filter(f"indexof({some}, datum.words) >= 0")
        .mark_text(fontSize=12, dy=-8, align=align, dx=dx)
        .encode(x=alt.X("day:T"), y=alt.value(0), text="words:N")
        for some, align, dx in parted
    ]
    return [lines, *words]


def _marks(families: list[str], ends: list[int]) -> alt.Chart:
    """One mark a paper, in the row of its family."""
    x = alt.X("day:T", title=None, scale=alt.Scale(domain=ends), axis=alt.Axis(format="%Y", tickCount="year"))
    labels = " : ".join(f"datum.value == {i} ? {f!r}" for i, f in enumerate(families)) + " : ''"
    y = alt.Y(
        "lane:Q",
        title=None,
        scale=alt.Scale(domain=[len(families) - 0.5, -0.5], nice=False, zero=False),
        axis=alt.Axis(values=list(range(len(families))), labelExpr=labels, ticks=False, domain=False, grid=True, labelLimit=170),
    )  # fmt: skip
    places = list(studies.PLACES)
    legend = alt.Legend(orient="bottom", symbolSize=120)
    live = charts.live("paper_id", "day", "lane", "place", "label", "claim", "hardware", "picked")
    return live.mark_point(filled=True, size=100, strokeWidth=2.5, opacity=0.9).encode(
        x=x,
        y=y,
        color=alt.Color("place:N", title=None, scale=alt.Scale(domain=places, range=_PLACE_COLOURS), legend=legend),
        shape=alt.Shape("place:N", title=None, scale=alt.Scale(domain=places, range=_PLACE_SHAPES)),
        stroke=alt.condition("datum.picked", alt.value(charts.BLACK), alt.value("transparent")),
        tooltip=[
            alt.Tooltip("day:T", title="Date", format="%-d %B %Y"),
            alt.Tooltip("label:N", title="Lab and technique"),
            alt.Tooltip("hardware:N", title="Hardware stated"),
            alt.Tooltip("claim:N", title="Authors claim"),
        ],
    )


def papers_chart(papers: pd.DataFrame, events: pd.DataFrame) -> alt.LayerChart:
    """Papers of our sample by date, family and home of the lab, with the dates of the chip rules.

    A click on a mark picks its ``paper_id``.
    """
    families = studies.families(papers)
    first, last = int(papers["date"].dt.year.min()), int(papers["date"].dt.year.max())
    ends = [int(pd.Timestamp(f"{y}-{d}").timestamp() * 1000) for y, d in ((first, "07-01"), (last, "12-31"))]
    pick = alt.selection_point(name="paper_id", fields=["paper_id"], on="click", empty=False)
    return alt.layer(*_rules(events), _marks(families, ends).add_params(pick)).properties(
        width=charts.WIDTH - 90,
        height=30 * len(families),
        title=charts.title(
            charts.signal("title"),
            "A mark an entry; dashed: US chip rules, H20 letter (2025), H200 rule (2026). Once run: click to read",
            "Source: data/papers.csv and data/events.csv. We chose the entries: the counts say what we found, not what exists.",
        ),
        description=(
            f"Timeline of {len(papers)} efficiency papers from {first} to {last} in {len(families)} rows of techniques, with labs in"
            " China, in the US and elsewhere told apart by shape and colour, and the dates of four US chip rules as dashed lines."
        ),
    )
