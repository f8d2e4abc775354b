"""Charts of the panels: what wafers give, and what a wafer earns."""

from __future__ import annotations

import altair as alt

from helpers.memory import studies
from helpers.show import charts
from helpers.show.panel import ROOM

ROWS = ("These wafers", "An analyst’s count", "Huawei’s plan needs", "Used in 2025")


def wafers_chart() -> alt.LayerChart:
    """Gigabytes of a year; live rows ``what``, ``gb``, ``role``, ``label``, signals ``title``, ``to``."""
    base = charts.live("what", "gb", "role", "label")
    x = alt.X("gb:Q", title="Million gigabytes a year", scale=alt.Scale(domain=[0, charts.signal("to")], nice=False), axis=alt.Axis(tickCount=6))  # fmt: skip
    y = alt.Y("what:N", title=None, sort=list(ROWS), scale=alt.Scale(domain=list(ROWS)), axis=alt.Axis(ticks=False, domain=False, minExtent=150))  # fmt: skip
    roles = ["yours", "from home", "needed", "used"]
    colour = alt.Color("role:N", scale=alt.Scale(domain=roles, range=[charts.PURPLE, charts.GREEN, "#a6d9c8", charts.ORANGE]), legend=None)  # fmt: skip
    bars = base.mark_bar(height=30).encode(x=x, y=y, color=colour)
    words = base.mark_text(align="left", dx=6, fontSize=13).encode(x=x, y=y, text="label:N")
    return (bars + words).properties(
        width=charts.WIDTH - 180,
        height=190,
        padding={**ROOM, "right": 60},
        title=charts.title(
            charts.signal("title"),
            "Stacked memory that a year’s wafers give, beside what is counted, planned and was used",
            "Source: data/memory_supply.csv, data/volumes.csv; helpers/memory/model. Yields of both parts: TechPowerUp, reported.",
        ),
        description="Bar chart of million gigabytes of stacked memory a year: what the chosen wafers give, what an analyst counts for China in 2026, what Huawei's plan for the Ascend 950PR needs, and what was used in 2025. The sentence above gives the numbers.",
    )


LINES = ("as DRAM", "as HBM, by the year", "as HBM, had it followed")


def earns_chart() -> alt.LayerChart:
    """Income of a wafer by quarter; live rows ``quarter``, ``value``, ``line``, ``drawn``, ``end``, signals ``title``, ``to``."""
    base = charts.live("quarter", "value", "line", "drawn", "end")
    x = alt.X("quarter:O", title=None, axis=alt.Axis(labelAngle=0))
    y = alt.Y("value:Q", title="Income of a wafer", scale=alt.Scale(domain=[0, charts.signal("to")], nice=False))  # fmt: skip
    inks = [charts.INK, charts.ORANGE, charts.ORANGE]
    colour = alt.Color("line:N", scale=alt.Scale(domain=list(LINES), range=inks), legend=None)
    dash = alt.StrokeDash("drawn:N", scale=alt.Scale(domain=list(studies.DRAWN), range=[[1, 0], [6, 4], [2, 4]]), legend=None)  # fmt: skip
    lines = base.mark_line(strokeWidth=3, point={"size": 60, "filled": True}).encode(x=x, y=y, color=colour, strokeDash=dash, detail=["line:N", "drawn:N"])  # fmt: skip
    ends = base.transform_filter("datum.end == 1")
    words = charts.edged_words(ends, {"align": "left", "dx": 10, "fontWeight": "bold"}, x=x, y=y, text="line:N")
    return (lines + words).properties(
        width=charts.WIDTH - 230,
        height=260,
        padding={**ROOM, "right": 190},
        title=charts.title(
            charts.signal("title"),
            "DRAM in the third quarter of 2025: 1. HBM by calendar year. Full: stated, HBM ours; dashed: forecast; dotted: what-if",
            "Source: data/memory_prices.csv, data/memory_supply.csv; helpers/memory/model. Income only: no cost, no volume.",
        ),
        description="Line chart by quarter from the third of 2025 to the first of 2027 of what a wafer brings: sold as DRAM it rises steeply; sold as HBM under yearly contracts it stays level through 2026 and steps up in 2027; a dotted line shows HBM, had each yearly contract taken over DRAM's price of half a year before; forecasts are dashed. The sentence above gives the numbers.",
    )
