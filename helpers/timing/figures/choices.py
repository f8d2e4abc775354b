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
    studies.TIE: "#ededed",
}
KINDS = {  # what the words quoted do: colour and shape of a mark
    "advocates selling": (charts.BLUE, "circle"),
    "advocates denying": (charts.VERMILION, "square"),
    "states an aim": (charts.INK, "triangle-up"),
    "describes or judges": (charts.GREY, "diamond"),
}
_DARK_GREEN, _DARK_BLUE = "#00664b", "#005a8c"


def plan_rows(found: studies.Choice) -> list[dict[str, Any]]:
    """A choice as rows of `plans_chart`: two parts and two labels a plan, the seller's worth and the buyer's.

    Parameters
    ----------
    found : Choice
    """
    rows = []
    for plan in timing.PLANS:
        start = 0.0
        best = plan == found.best and not found.close
        for period, worth in (("first period", found.early[plan]), ("second period, discounted", found.late[plan])):
            rows.append({"plan": plan, "period": period, "start": start, "end": start + worth, "kind": "part", "best": best, "label": ""})  # fmt: skip
            start += worth
        label = f"{start:.2f}" + (", the most" if best else "")
        rows.append({"plan": plan, "period": "", "start": 0.0, "end": start, "kind": "buyer", "best": best, "label": f"China: {found.buyer[plan]:.2f}"})  # fmt: skip
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
    china = base.transform_filter("datum.kind == 'buyer'").mark_text(align="right", fontSize=14, color=_DARK_GREEN).encode(
        x=alt.value(charts.WIDTH - 160), y=y, text="label:N",
    )  # fmt: skip
    return (bars + totals + china).properties(
        width=charts.WIDTH - 160,
        height=200,
        title=charts.title(
            charts.signal("title"),
            "Bars: the seller’s pay-off in two periods of four years. Green: China’s, in a unit of its own",
            "Source: helpers/timing/model/game.py; middle values in data/timing_parameters.csv, most of them ours.",
        ),
        description="Bar chart of what five plans are worth to the seller: sell, sell then deny, deny, deny then sell, threaten; each bar in two parts, one a period; at the right, in green, what the plan brings China. The sentence above names the best.",
    )


def sides_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Pay-offs of both sides as rows of `sides_chart`.

    Parameters
    ----------
    table : DataFrame
        ``studies.both_sides``.
    """
    return [
        {
            "plan": row.plan, "buyer": row.buyer, "seller": f"{row.seller_gets:.2f}", "china": f"{row.buyer_gets:.2f}",
            "seller_best": bool(row.seller_best), "buyer_best": bool(row.buyer_best), "rests": bool(row.seller_best and row.buyer_best),
        }
        for row in table.itertuples()
    ]  # fmt: skip


def sides_chart() -> alt.LayerChart:
    """The seller's plans against the buyer's conducts, with both pay-offs in each cell.

    Returns
    -------
    LayerChart
        Signals: title.
    """
    base = charts.live("plan", "buyer", "seller", "china", "seller_best", "buyer_best", "rests")
    x = alt.X("buyer:N", title="China", sort=list(timing.BUYERS), scale=alt.Scale(domain=list(timing.BUYERS), paddingInner=0.04), axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=15, ticks=False, domain=False))  # fmt: skip
    y = alt.Y("plan:N", title="Seller", sort=list(timing.PLANS), scale=alt.Scale(domain=list(timing.PLANS), paddingInner=0.08), axis=alt.Axis(labelFontSize=15, minExtent=110, ticks=False, domain=False))  # fmt: skip
    cells = base.mark_rect().encode(
        x=x, y=y, color=alt.condition("datum.rests", alt.value("#ffe9a8"), alt.value("#f2f2f2")),
        tooltip=[alt.Tooltip("plan:N", title="Seller"), alt.Tooltip("buyer:N", title="China"), alt.Tooltip("seller:N", title="Seller gets"), alt.Tooltip("china:N", title="China gets")],
    )  # fmt: skip
    words = []
    for field, best, colour, dx in (
        ("seller", "seller_best", _DARK_BLUE, -32),
        ("china", "buyer_best", _DARK_GREEN, 32),
    ):
        for bold in (True, False):
            part = base.transform_filter(f"datum.{best} == {str(bold).lower()}")
            words.append(part.mark_text(fontSize=17 if bold else 15, fontWeight="bold" if bold else "normal", color=colour, dx=dx).encode(x=x, y=y, text=f"{field}:N"))  # fmt: skip
    return alt.layer(cells, *words).properties(
        width=charts.WIDTH - 160,
        height=210,
        title=charts.title(
            charts.signal("title"),
            "Blue: what the seller gets; green: China; bold: the best answer to the other; yellow: both best, neither moves",
            "Units differ, so compare numbers of one colour only. Source: helpers/timing/model/game.py.",
        ),
        description="Table of the seller's five plans against four conducts of China, with the pay-off of each side in every cell; best answers are bold, and cells from which neither side gains by moving alone are yellow.",
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
    for plan in PLAN_COLOURS:
        at = np.argwhere(grid == plan)
        if len(at) < (0.1 if plan == studies.TIE else 0.012) * grid.size:  # the tie is a thin band: the key names it
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
    y = alt.Y("y:Q", title="Worth of missing over sold chips (log)", scale=alt.Scale(type="log", domain=[low, high], nice=False), axis=alt.Axis(values=[0.5, 1, 2, 4, 7], format="~g"))  # fmt: skip
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
            "Colour: the plan worth most; palest: too close to call, within 5% of denying first; pale blue: “sell, then deny”",
            "Source: helpers/timing/model/game.py; middle values in data/timing_parameters.csv, most of them ours.",
        ),
        description="Map of the plan that is worth most to the seller, by the part of the home tap's speed that answers fear and by the worth of missing chips. Selling wins at the bottom and to the right, denying at the top and to the left.",
    )


def kind_of(stance: str, side: str) -> str:
    """What the words of an argument do, as one of `KINDS`.

    Parameters
    ----------
    stance, side : str
        As in ``data/timing_arguments.csv``.
    """
    if stance == "advocates":
        return "advocates selling" if side == "sell" else "advocates denying"
    return "states an aim" if stance == "aims" else "describes or judges"


def arguments_chart() -> alt.LayerChart:
    """Every published argument put into the model alone: by how much denial or sale then leads."""
    table = studies.by_argument()
    at = table["margin"].round(9)  # equal ones stay in order of date on every machine
    table = table.loc[at.sort_values(ascending=False, kind="stable").index]
    table = table.assign(
        label=table["who"] + ", " + table["date"].dt.strftime("%Y"),
        kind=[kind_of(row.stance, row.side) for row in table.itertuples()],
    )
    again = table["label"].duplicated(keep=False)
    table["label"] = table["label"].where(~again, table["label"] + ": " + table["parameter"].map({"denial_worth": "worth"}).fillna("") + " " + table["value"].map("{:g}".format))  # fmt: skip
    keep = ["label", "margin", "kind", "says", "limit", "parameter", "value", "best"]
    base = alt.Chart(table[keep])
    y = alt.Y("label:N", title=None, sort=table["label"].tolist(), axis=alt.Axis(labelLimit=330, minExtent=330, ticks=False, domain=False))  # fmt: skip
    x = alt.X("margin:Q", title="← selling or threatening leads · denying first leads →   (1: whole need sold for a period)", scale=alt.Scale(domain=[-1.2, 2.2], nice=False), axis=alt.Axis(tickCount=6))  # fmt: skip
    kinds = list(KINDS)
    marks = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=x, y=y,
        color=alt.Color("kind:N", title="The words quoted", scale=alt.Scale(domain=kinds, range=[KINDS[k][0] for k in kinds]), legend=alt.Legend(orient="bottom-right", labelFontSize=13)),
        shape=alt.Shape("kind:N", title="The words quoted", scale=alt.Scale(domain=kinds, range=[KINDS[k][1] for k in kinds])),
        tooltip=[alt.Tooltip("says:N", title="Says"), alt.Tooltip("limit:N", title="Does not show"), alt.Tooltip("parameter:N", title="Moves"), alt.Tooltip("value:Q", title="to"), alt.Tooltip("best:N", title="Worth most")],
    )  # fmt: skip
    middle = float(table["base_margin"].iloc[0])
    level = alt.Chart(alt.InlineData(values=[{"at": middle}])).mark_rule(strokeDash=[4, 3], color=charts.INK)
    return (level.encode(x="at:Q") + marks).properties(
        width=charts.WIDTH - 340,
        height=18 * len(table),
        title=charts.title(
            "Put into the model, most arguments move the choice little, and few ask for selling or denying",
            "Best plan that begins with denial, less best that begins with sale; dashed: no argument. It need not be the speaker’s side",
            "Source: data/timing_arguments.csv; the values, and so the sizes, are ours.",
        ),
        description=f"Dot chart of {len(table)} published arguments, each put into the model alone, by how far denying first or selling first then leads. Shape and colour say whether the words quoted advocate selling or denying, state an aim, or describe or judge and ask for neither.",
    )
