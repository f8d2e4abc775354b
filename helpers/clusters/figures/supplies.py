"""Charts and tables of supply: what each limit allows, published accounts, and a country's ceilings."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from helpers.clusters import studies
from helpers.show import charts, page
from helpers.show.panel import ROOM

LIMIT_WORDS = {"dies": "Dies (wafers, yield)", "memory": "Memory (HBM stacks)", "packaging": "Packaging"}
# Field of `studies.Nation` -> words.
CEILINGS = {
    "of_china": "Power, of China’s new wind and sun",
    "of_us": "Power, of the US’s new wind and sun",
    "of_wafers": "Wafers, of those for AI chips",
    "of_stacks": "Memory stacks, of those to be had",
}


def supply_chart() -> alt.LayerChart:
    """Chips by limit; live rows ``limit``, ``chips``, ``role``, ``label``, signals ``title``, ``target``, ``to``."""
    base = charts.live("limit", "chips", "role", "label")
    scale = alt.Scale(domain=[0, charts.signal("to")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Thousand chips a year (dashed: wanted)", scale=scale, axis=alt.Axis(tickCount=7, format=",.0f"))  # fmt: skip

    y = alt.Y(
        "limit:N", title=None, sort=list(LIMIT_WORDS.values()), scale=alt.Scale(domain=list(LIMIT_WORDS.values())),
        axis=alt.Axis(ticks=False, domain=False, labelLimit=180, minExtent=150),
    )  # fmt: skip
    bars = base.mark_bar(height=26).encode(
        x=xs("chips"),
        y=y,
        color=alt.Color(
            "role:N",
            title="This limit",
            scale=alt.Scale(domain=["binds", "has slack"], range=[charts.VERMILION, charts.GREY]),
            legend=alt.Legend(orient="bottom"),
        ),
        tooltip=[alt.Tooltip("limit:N", title="Limit"), alt.Tooltip("label:N", title="Thousand chips")],
    )
    words = base.mark_text(align="left", dx=6, fontSize=12).encode(x=xs("chips"), y=y, text="label:N")
    one = alt.Chart(alt.InlineData(values=[{}])).transform_calculate(target="panel.target")
    rule = one.mark_rule(color=charts.INK, strokeWidth=2, strokeDash=[5, 3]).encode(x=xs("target"))
    return (bars + rule + words).properties(
        width=charts.WIDTH - 180,
        height=130,
        title=charts.title(
            charts.signal("title"),
            f"Chips with {studies.DIES_PER_CHIP} dies and {studies.STACKS_PER_CHIP} stacks each (910C) that a year’s inputs allow, by limit",
            "Source: Morgan Stanley, SemiAnalysis, by data/supply_scenarios.csv; packaging capacity is unpublished and ours.",
        ),
        description="Bar chart of how many chips a year three limits allow: dies, memory and packaging, with a dashed line at the number wanted. The limit that binds is in another colour.",
    )


def scenarios_table() -> page.Table:
    """What published accounts give in `model.supply`, beside what their authors said."""
    rows = {}
    for r in studies.scenarios().itertuples():
        said = "not said" if np.isnan(r.published_chips) else f"{r.published_chips / 1e3:,.0f}"
        rows[r.name] = [
            f"{r.wafers_per_month:,.0f}", f"{r.die_yield:.0%}", f"{r.banked_dies / 1e6:.1f}", f"{r.hbm_stacks / 1e6:.1f}",
            f"{r.made / 1e3:,.0f}", r.binding, said, r.ours,
        ]  # fmt: skip
    columns = ["Wafers a month", "Good dies", "Dies in stock, million", "Stacks, million", "Thousand chips, here", "Binds", "Thousand, published", "Filled in by us"]  # fmt: skip
    frame = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("Account")
    return page.table(frame, "Accounts of Ascend supply, put through the same arithmetic")


def nation_chart() -> alt.LayerChart:
    """Shares of supply; live rows ``measure``, ``low``, ``percent``, ``high``, ``what``, ``label``, signals ``from``, ``to``, ``title``."""
    base = charts.live("measure", "low", "percent", "high", "what", "label")
    order = list(CEILINGS.values())
    scale = alt.Scale(type="log", domain=[charts.signal("from"), charts.signal("to")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q", title="Per cent of what a year has (log scale; dashed: all of it)", scale=scale,
            axis=alt.Axis(values=[0.01, 0.1, 1, 10, 100, 1000, 10_000, 100_000], format=",~g"),
        )  # fmt: skip

    y = alt.Y("measure:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(ticks=False, domain=False, labelLimit=240, minExtent=220))  # fmt: skip
    rule = alt.Chart(alt.InlineData(values=[{"all": 100}])).mark_rule(color=charts.INK, strokeDash=[5, 3], strokeWidth=2).encode(x=xs("all"))  # fmt: skip
    dots = base.mark_point(filled=True, size=150, opacity=1).encode(
        x=xs("percent"),
        y=y,
        color=alt.Color("what:N", title=None, scale=alt.Scale(domain=["power", "parts"], range=[charts.ORANGE, charts.VERMILION]), legend=None),
        shape=alt.Shape("what:N", scale=alt.Scale(domain=["power", "parts"], range=["circle", "square"]), legend=None),
        tooltip=[alt.Tooltip("measure:N", title="Measure"), alt.Tooltip("label:N", title="Share")],
    )  # fmt: skip
    spans = base.mark_rule(strokeWidth=5, color=charts.GREY).encode(x=xs("low"), x2="high", y=y)
    below = "datum.low > 5 && datum.high < 100"  # to the right, the words would stand on the dashed line
    right = charts.edged_words(
        base.transform_filter(f"!({below})"), {"align": "left", "dx": 10}, x=xs("high"), y=y, text="label:N"
    )
    left = charts.edged_words(
        base.transform_filter(below), {"align": "right", "dx": -10}, x=xs("low"), y=y, text="label:N"
    )
    return (rule + spans + dots + right + left).properties(
        padding={**ROOM, "right": 55},  # labels of the longest bars
        width=charts.WIDTH - 250,
        height=170,
        title=charts.title(
            charts.signal("title"),
            "Built of 910C. Circles: power, with nine draws of ten; squares: parts, with all accounts in print",
            "Source: Morgan Stanley (wafers, 2025), SemiAnalysis (memory, 2026), NEA (430 GW in 2025), ACP and EIA (40 GW).",
        ),
        description="Dot chart on a log axis of what a year of new compute would take: as a share of the wind and solar power added in China and in the United States, of wafers for AI chips, and of memory stacks, with ranges and a line at 100 per cent.",
    )
