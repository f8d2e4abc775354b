"""Charts of the seller's choice: five plans as bars, where each wins, and what each published argument does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.show import charts
from helpers.show.charts import alt
from helpers.timing import model as timing
from helpers.timing import studies

PLAN_COLOURS = {
    "sell": charts.BLUE,
    "sell, then deny": "#5aa6d6",
    "deny": charts.VERMILION,
    "deny, then sell": "#f0a36b",
    "threaten": charts.GREY,
}
SIDE_COLOURS = {"sell": charts.BLUE, "deny": charts.VERMILION, "threaten": charts.INK, "either": charts.GREY}
SIDE_SHAPES = {"sell": "circle", "deny": "square", "threaten": "triangle-up", "either": "diamond"}


def plan_rows(found: studies.Choice) -> list[dict[str, Any]]:
    """A choice as rows of `plans_chart`: two parts and a label a plan.

    Parameters
    ----------
    found : Choice
    """
    rows = []
    for plan in timing.PLANS:
        start = 0.0
        best = plan == found.best
        for period, worth in (("first period", found.early[plan]), ("second period, discounted", found.late[plan])):
            rows.append({"plan": plan, "period": period, "start": start, "end": start + worth, "kind": "part", "best": best, "label": ""})  # fmt: skip
            start += worth
        label = f"{start:.2f}" + (", the most" if best else "")
        rows.append({"plan": plan, "period": "", "start": 0.0, "end": start, "kind": "total", "best": best, "label": label})  # fmt: skip
    return rows


def plans_chart() -> alt.LayerChart:
    """Five plans as bars of two parts, over the panel's rows.

    Returns
    -------
    LayerChart
        Signals: title, top.
    """
    base = charts.live("plan", "period", "start", "end", "kind", "best", "label")
    y = alt.Y("plan:N", title=None, sort=list(timing.PLANS), scale=alt.Scale(domain=list(timing.PLANS)), axis=alt.Axis(labelFontSize=14, minExtent=110, ticks=False, domain=False))  # fmt: skip
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)
    x = alt.X(
        "start:Q",
        title="Worth to the seller (1: selling the whole need for one period)",
        scale=scale,
        axis=alt.Axis(tickCount=7),
    )
    parts = base.transform_filter("datum.kind == 'part'")
    bars = parts.mark_bar(height=26).encode(
        x=x, x2="end", y=y,
        color=alt.Color("plan:N", legend=None, scale=alt.Scale(domain=list(PLAN_COLOURS), range=list(PLAN_COLOURS.values()))),
        opacity=alt.Opacity("period:N", title=None, scale=alt.Scale(domain=["first period", "second period, discounted"], range=[1, 0.45]), legend=alt.Legend(orient="top", symbolType="square", symbolSize=200, symbolFillColor=charts.SOFT_INK, labelFontSize=13)),
        tooltip=[alt.Tooltip("plan:N", title="Plan"), alt.Tooltip("period:N", title="Part")],
    )  # fmt: skip
    totals = base.transform_filter("datum.kind == 'total'").mark_text(align="left", dx=6, fontSize=14).encode(
        x=alt.X("end:Q", scale=scale), y=y, text="label:N",
        color=alt.condition("datum.best", alt.value(charts.INK), alt.value(charts.SOFT_INK)),
    )  # fmt: skip
    return (bars + totals).properties(
        width=charts.WIDTH - 160,
        height=200,
        title=charts.title(
            charts.signal("title"),
            "Two periods of four years; solid: the first, pale: the second, discounted",
            "Source: helpers/timing/model/game.py; middle values in data/timing_parameters.csv, most of them ours.",
        ),
        description="Bar chart of what five plans are worth to the seller: sell, sell then deny, deny, deny then sell, threaten; each bar in two parts, one a period. The sentence above names the best.",
    )


def map_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Winners over a grid as bars: neighbours of one plan in a column become one, and each region has a label.

    Parameters
    ----------
    table : DataFrame
        ``studies.winners``.
    """
    parts, worths = (np.unique(table[column]) for column in ("answer_part", "denial_worth"))
    grid = table["plan"].to_numpy().reshape(len(parts), len(worths))
    half, ratio = (parts[1] - parts[0]) / 2, float(np.sqrt(worths[1] / worths[0]))
    rows: list[dict[str, Any]] = []
    for i, part in enumerate(parts):
        start = 0
        for j in range(1, len(worths) + 1):
            if j == len(worths) or grid[i, j] != grid[i, start]:
                rows.append({
                    "kind": "cell", "plan": str(grid[i, start]), "x": 100 * max(part - half, 0), "x2": 100 * min(part + 1.25 * half, 1),
                    "y": float(max(worths[start] / ratio, worths[0])), "y2": float(min(worths[j - 1] * ratio, worths[-1])), "label": "",
                })  # fmt: skip
                start = j
    for plan in timing.PLANS:
        at = np.argwhere(grid == plan)
        if len(at) < 0.012 * grid.size:
            continue
        centre = at[np.abs(at - at.mean(axis=0)).sum(axis=1).argmin()]
        rows.append({"kind": "label", "plan": plan, "x": float(100 * parts[centre[0]]), "x2": 0.0, "y": float(worths[centre[1]]), "y2": 0.0, "label": plan})  # fmt: skip
    return rows


def map_chart() -> alt.LayerChart:
    """Which plan is worth most, by how the home tap answers and by what missing chips are worth.

    Returns
    -------
    LayerChart
        Signals: title.
    """
    base = charts.live("kind", "plan", "x", "x2", "y", "y2", "label")
    low, _, high = studies.parameter("denial_worth")
    x = alt.X("x:Q", title="Part of the home tap's speed that is an answer to fear (%)", scale=alt.Scale(domain=[0, 100], nice=False), axis=alt.Axis(values=[0, 20, 40, 60, 80, 100]))  # fmt: skip
    y = alt.Y("y:Q", title="Missing chips are worth, over sold ones, times (log)", scale=alt.Scale(type="log", domain=[low, high], nice=False), axis=alt.Axis(values=[0.5, 1, 2, 4, 8, 12], format="~g"))  # fmt: skip
    cells = base.transform_filter("datum.kind == 'cell'").mark_rect(aria=False).encode(
        x=x, x2="x2", y=y, y2="y2",
        color=alt.Color("plan:N", legend=None, scale=alt.Scale(domain=list(PLAN_COLOURS), range=list(PLAN_COLOURS.values()))),
        tooltip=[alt.Tooltip("plan:N", title="Worth most")],
    )  # fmt: skip
    words = base.transform_filter("datum.kind == 'label'")
    edge = {"stroke": "white", "strokeWidth": 5, "aria": False}
    labels = [words.mark_text(fontSize=16, fontWeight="bold", **style).encode(x=x, y=y, text="label:N") for style in (edge, {})]  # fmt: skip
    return alt.layer(cells, *labels).properties(
        width=charts.WIDTH - 80,
        height=250,
        title=charts.title(
            charts.signal("title"),
            "Colour: the plan that is worth most at each pair of assumptions, all others as set",
            "Source: helpers/timing/model/game.py; middle values in data/timing_parameters.csv, most of them ours.",
        ),
        description="Map of the plan that is worth most to the seller, by the part of the home tap's speed that answers fear and by the worth of missing chips. Selling wins at the bottom and to the right, denying at the top and to the left.",
    )


def arguments_chart() -> alt.LayerChart:
    """Every published argument put into the model alone: by how much denial or sale then leads."""
    table = studies.by_argument().sort_values("margin", ascending=False)
    table = table.assign(
        label=table["who"] + ", " + table["date"].dt.strftime("%Y"),
        place=range(len(table)),
    )
    keep = ["label", "margin", "side", "says", "limit", "parameter", "value", "best"]
    base = alt.Chart(table[keep])
    y = alt.Y("label:N", title=None, sort=table["label"].tolist(), axis=alt.Axis(labelLimit=330, minExtent=330, ticks=False, domain=False))  # fmt: skip
    x = alt.X("margin:Q", title="← selling first leads · denying first leads →", scale=alt.Scale(domain=[-1.3, 2.0], nice=False), axis=alt.Axis(tickCount=6))  # fmt: skip
    kinds = list(SIDE_COLOURS)
    marks = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=x, y=y,
        color=alt.Color("side:N", title="Speaks for", scale=alt.Scale(domain=kinds, range=list(SIDE_COLOURS.values())), legend=alt.Legend(orient="bottom-right", labelFontSize=13)),
        shape=alt.Shape("side:N", title="Speaks for", scale=alt.Scale(domain=kinds, range=list(SIDE_SHAPES.values()))),
        tooltip=[alt.Tooltip("says:N", title="Says"), alt.Tooltip("limit:N", title="Does not show"), alt.Tooltip("parameter:N", title="Moves"), alt.Tooltip("value:Q", title="to"), alt.Tooltip("best:N", title="Worth most")],
    )  # fmt: skip
    middle = float(table["base_margin"].iloc[0])
    level = alt.Chart(alt.InlineData(values=[{"at": middle}])).mark_rule(strokeDash=[4, 3], color=charts.INK)
    zero = alt.Chart(alt.InlineData(values=[{"at": 0}])).mark_rule(color=charts.RULE)
    return (zero.encode(x="at:Q") + level.encode(x="at:Q") + marks).properties(
        width=charts.WIDTH - 340,
        height=18 * len(table),
        title=charts.title(
            "Two numbers divide the arguments: what missing chips are worth, and what fear does",
            "Best plan that begins with denial, less best other one; one argument at a time; dashed: none",
            "Source: data/timing_arguments.csv; the values that stand for an argument are ours.",
        ),
        description=f"Dot chart of {len(table)} published arguments, each put into the model alone. Arguments for denial lie right of nought, those for sale left of it; the rest on both sides.",
    )
