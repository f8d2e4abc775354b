"""Static charts and tables of 44: what is left of a stock, a U-turn then and now, a counterfactual, the offers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.words import date_words, percent
from helpers.show import charts, page
from helpers.show.charts import alt
from helpers.timing import model as timing
from helpers.timing import studies

_TURNS = {
    "2021": "in 2021",
    "the home share of 2026": "2021, but with the home share of today",
    "the fear of 2026": "2021, but with the fear of today",
    "2026": "in 2026",
}


def left_chart() -> alt.LayerChart:
    """What is left of a stock that is not refilled, by three rates of retirement, by the year and continuously."""
    low, central, high = studies.parameter("retire_per_year")
    years = np.arange(0, 7)
    lines = [
        {"year": int(t), "left": float(100 * v), "line": f"{percent(rate)} a year"}
        for rate in (low, central, high)
        for t, v in zip(years, timing.left_after(years, rate), strict=True)
    ]
    smooth = [
        {"year": float(t), "left": float(100 * timing.left_after(t, central, "continuously"))}
        for t in np.linspace(0, 6, 25)
    ]
    names = [f"{percent(rate)} a year" for rate in (low, central, high)]
    x = alt.X("year:Q", title="Years after the last delivery", scale=alt.Scale(domain=[0, 7.2], nice=False), axis=alt.Axis(values=list(range(7))))  # fmt: skip
    y = alt.Y("left:Q", title="Chips still in use (%)", scale=alt.Scale(domain=[0, 100], nice=False))
    base = alt.Chart(pd.DataFrame(lines))
    colour = alt.Color(
        "line:N", legend=None, scale=alt.Scale(domain=names, range=[charts.SKY, charts.BLUE, charts.INK])
    )
    curves = base.mark_line(strokeWidth=2.5, point=True).encode(x=x, y=y, color=colour)
    dotted = alt.Chart(pd.DataFrame(smooth)).mark_line(strokeDash=[4, 3], color=charts.BLUE, strokeWidth=1.5).encode(x=x, y=y)  # fmt: skip
    labels = base.transform_filter("datum.year == 6").mark_text(align="left", dx=8, fontSize=13).encode(x=x, y=y, text="line:N")  # fmt: skip
    third = pd.DataFrame(
        {
            "year": [3, 3],
            "left": [float(100 * timing.left_after(3, central, how)) for how in timing.HOW],
            "words": [f"{percent(float(timing.left_after(3, central, how)))} {how}" for how in timing.HOW],
        }
    )
    marks = alt.Chart(third).mark_point(filled=True, size=90, color=charts.VERMILION, opacity=1).encode(x=x, y=y)
    tops = alt.Chart(third)
    said = [
        charts.edged_words(tops.transform_filter(f"datum.words == '{row.words}'"), {"align": side, "dx": dx, "dy": dy}, x=x, y=y, text="words:N")
        for row, (side, dx, dy) in zip(third.itertuples(), (("right", -8, 14), ("left", 10, -12)), strict=True)
    ]  # fmt: skip
    return alt.layer(curves, dotted, labels, marks, *said).properties(
        width=charts.WIDTH - 100,
        height=230,
        title=charts.title(
            "After three years without deliveries half of the chips still work",
            "Share of a stock that is not refilled; lines by the year, dotted: the same 20% at every moment",
            "Source: arithmetic; rates in data/timing_parameters.csv.",
        ),
        description="Line chart of the share of chips still in use after 0 to 6 years, for 10, 20 and 33% retired a year; at 20% it is 51% after three years by the year and 55% by continuous loss.",
    )


def turns_chart() -> alt.LayerChart:
    """What a return to selling buys in 2021 and in 2026, and with one thing changed at a time."""
    found = studies.turns()
    table = pd.DataFrame(
        {
            "what": [_TURNS[name] for name in found],
            "bought": [turn.bought for turn in found.values()],
            "end": [name in ("2021", "2026") for name in found],
        }
    )
    table["label"] = [f"{value:.2f}" for value in table["bought"]]
    base = alt.Chart(table)
    y = alt.Y("what:N", title=None, sort=table["what"].tolist(), axis=alt.Axis(labelLimit=300, labelFontSize=14, minExtent=270, ticks=False, domain=False))  # fmt: skip
    x = alt.X("bought:Q", title="Leverage kept by five years of sale, in years of the buyer's need", scale=alt.Scale(domain=[0, 1], nice=False))  # fmt: skip
    bars = base.mark_bar(height=26).encode(x=x, y=y, color=alt.condition("datum.end", alt.value(charts.BLUE), alt.value("#a9cfe6")))  # fmt: skip
    words = base.mark_text(align="left", dx=6, fontSize=14).encode(x=x, y=y, text="label:N")
    return (bars + words).properties(
        width=charts.WIDTH - 300,
        height=34 * len(table),
        title=charts.title(
            "The same U-turn buys far less today: the tap is open, and the fear stays",
            "A return to selling, against denial going on; the years 2021 and 2026 differ in home share and fear",
            "Source: helpers/timing/studies/turns.py; data/timing_parameters.csv, volumes.csv; fears are ours.",
        ),
        description="Bar chart of the leverage that five years of sale keep: 0.84 years of the need in 2021, 0.11 with the home share of today, 0.34 with the fear of today, 0.04 in 2026.",
    )


def paths_chart() -> alt.LayerChart:
    """One path of home shares, and five readings of what it would have been without fear."""
    table = studies.paths()
    table = table.assign(
        percent=100 * table["share"], line=[f"if {percent(part)} answers fear" for part in table["answer_part"]]
    )
    base = alt.Chart(table[["year", "percent", "line", "answer_part"]])
    x = alt.X("year:Q", title="Middle of the year or half-year", scale=alt.Scale(domain=[2021.6, 2032.4], nice=False), axis=alt.Axis(format="d", values=list(range(2022, 2031))))  # fmt: skip
    y = alt.Y("percent:Q", title="Home share of AI cards in China (%)", scale=alt.Scale(domain=[0, 100], nice=False))
    seen = base.transform_filter("datum.answer_part == 0").mark_line(strokeWidth=3, color=charts.GREEN).encode(x=x, y=y)
    others = base.transform_filter("datum.answer_part > 0").mark_line(strokeWidth=2, strokeDash=[6, 4], color=charts.SOFT_INK).encode(x=x, y=y, detail="line:N")  # fmt: skip
    ends = base.transform_filter("datum.year >= 2029.99 && datum.answer_part > 0").mark_text(align="left", dx=6, fontSize=13).encode(x=x, y=y, text="line:N")  # fmt: skip
    counts = pd.DataFrame(
        {
            "year": [studies.middle_of(series) for series in (studies.FIRST, studies.LAST)],
            "percent": [100 * studies.home_share(series) for series in (studies.FIRST, studies.LAST)],
        }
    )
    counts["words"] = [f"counted: {value:.0f}%" for value in counts["percent"]]
    points = alt.Chart(counts).mark_point(filled=True, size=130, color=charts.GREEN, opacity=1).encode(x=x, y=y)
    said = charts.edged_words(alt.Chart(counts), {"align": "right", "dx": -10, "dy": -10}, x=x, y=y, text="words:N")
    named = alt.Chart(
        pd.DataFrame({"year": [2026.9], "percent": [80.0], "words": ["as it went, carried on"]})
    ).mark_text(align="right", fontSize=13, color="#00664b", fontWeight="bold").encode(x=x, y=y, text="words:N")  # fmt: skip
    return alt.layer(seen, others, ends, points, said, named).properties(
        width=charts.WIDTH - 90,
        height=250,
        title=charts.title(
            "One path, many counterfactuals: the counts fit every reading of what fear did",
            "Dashed: the home share had the buyer been sold to, if so much of the speed is an answer to fear",
            "Source: IDC by way of the press (data/volumes.csv); dashed lines are a model, not data.",
        ),
        description="Line chart of the home share from 2023 to 2030: the path through two counts, 10% and 41%, carried on, and dashed lines for what it would have been without fear if 25, 50, 75 or 100% of the speed answers fear; by 2030 they fan out from 91% to 25%.",
    )


def offers_table() -> page.Table:
    """What was offered, on which terms, when it was answered, and what came."""
    events = data.load("events").set_index("event_id")
    volumes = data.load("volumes").set_index("volume_id")
    rows = []
    for row in studies.offers().itertuples():
        offered = "no" if not row.offered_event else date_words(row.offered, events.loc[row.offered_event, "date_precision"])  # fmt: skip
        answer = events.loc[row.answered_event]
        came = "nothing" if not row.outcome_volume else _came(volumes.loc[row.outcome_volume])
        rows.append(
            {
                "Chip": row.words,
                "Offered": offered,
                "Terms": row.terms,
                "Answer": f"{date_words(answer['date'], answer['date_precision'])}: {answer['title']}",
                "Days": "" if np.isnan(row.days) else f"{row.days:.0f}",
                "What came": came,
            }
        )
    return page.table(pd.DataFrame(rows).set_index("Chip"), "Offers to China and what became of them")


def _came(volume: pd.Series) -> str:
    until = date_words(volume["period_end"], "month")
    if volume["unit"] == "units":
        return f"about {volume['central']:,.0f} by {until}"
    return f"about {1000 * volume['central']:.0f} million USD in the {volume['period_kind']} to {until}"


def identify_table() -> page.Folded:
    """Each assumption with its range, and what would have to be seen to know it; folded."""
    table = data.load("timing_parameters")
    frame = pd.DataFrame(
        {
            "Assumption": table["words"],
            "Low, middle, high": [f"{r.low:g}, {r.central:g}, {r.high:g}" for r in table.itertuples()],
            "Unit": table["unit"],
            "Whose": table["basis"].map({"assumed": "ours", "published": "published"}),
            "What would identify it": table["would_identify"],
        }
    ).set_index("Assumption")
    return page.Folded("Every assumption, and what would identify it", page.table(frame, "Assumptions of the timing model"))  # fmt: skip


def arguments_table() -> page.Folded:
    """The arguments in full: who, what, interest, limit; folded."""
    table = studies.by_argument()
    frame = pd.DataFrame(
        {
            "Who": table["who"],
            "Date": table["date"].dt.strftime("%Y-%m"),
            "For": table["side"],
            "Says": table["says"],
            "Moves": [f"{r.parameter} to {r.value:g}" for r in table.itertuples()],
            "Worth most then": table["best"],
            "Interest": table["interest"],
            "Does not show": table["limit"],
        }
    ).set_index("Who")
    return page.Folded("The arguments in full, with interest and limit", page.table(frame, "Arguments on selling and denying, each put into the model"))  # fmt: skip
