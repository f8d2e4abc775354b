"""Charts of equal work and of its cost, and what moves the ratio of costs."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from helpers.clusters import studies
from helpers.core.words import true_minus
from helpers.show import charts, page

# What a delivered petaFLOP-hour is spent on -> words.
SPENT_ON = {
    "hardware": "chips and servers",
    "network": "network",
    "energy": "electricity",
    "site": "site (building)",
}
_SPENT_COLOURS = [charts.BLUE, charts.SKY, charts.ORANGE, charts.GREY]
_BANDS = "nine of ten draws, not those of utilisation and links"
_BESIDE = {"align": "left", "dx": 10}  # where the label of a mark stands


def equal_work_chart() -> alt.LayerChart:
    """B over A; live rows ``measure``, ``low``, ``central``, ``high``, ``label``, signals ``title``, ``from``, ``to``."""
    base = charts.live("measure", "low", "central", "high", "label")
    scale = alt.Scale(type="log", domain=[charts.signal("from"), charts.signal("to")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title="Times cluster A (log scale; dashed: equal)",
            scale=scale,
            axis=alt.Axis(
                values=[0.001, 0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 10000, 100_000],
                format="~g",
                labelOverlap=True,
            ),
        )

    y = alt.Y(
        "measure:N", title=None, sort=list(studies.MEASURES), scale=alt.Scale(domain=list(studies.MEASURES)),
        axis=alt.Axis(ticks=False, domain=False, labelLimit=170, minExtent=150),
    )  # fmt: skip
    one = alt.Chart(alt.InlineData(values=[{"one": 1}])).mark_rule(color=charts.INK, strokeDash=[4, 3])
    spans = base.mark_rule(strokeWidth=5, color=charts.SKY).encode(x=xs("low"), x2="high", y=y)
    dots = base.mark_point(filled=True, size=110, opacity=1, color=charts.BLUE).encode(
        x=xs("central"), y=y, tooltip=[alt.Tooltip("measure:N", title="Measure"), alt.Tooltip("label:N", title="B over A")]
    )  # fmt: skip
    return (
        one.encode(x=xs("one")) + spans + dots + charts.edged_words(base, _BESIDE, x=xs("high"), y=y, text="label:N")
    ).properties(
        width=charts.WIDTH - 180,
        height=180,
        title=charts.title(
            charts.signal("title"),
            f"Cluster B over {studies.CHIPS_OF_A:,} chips of A, for equal delivered work; bars: {_BANDS}",
            "Source: data/systems.csv, data/chips.csv, data/cluster_parameters.csv.",
        ),
        description="Dot chart on a log axis of four ratios of cluster B to cluster A for equal delivered work: chips, power, links of the network and capital, with ranges. The sentence above gives the numbers.",
    )


def cost_chart() -> alt.LayerChart:
    """Cost by part; live rows ``kind``, ``who``, ``part``, ``start``, ``end``, ``usd``, signals ``title``, ``to``."""
    base = charts.live("kind", "who", "part", "start", "end", "usd")
    scale = alt.Scale(domain=[0, charts.signal("to")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="USD per delivered petaFLOP-hour", scale=scale, axis=alt.Axis(tickCount=7))

    y = alt.Y("who:N", title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=170, minExtent=150))
    bars = (
        base.transform_filter("datum.kind == 'part'")
        .mark_bar(height=30)
        .encode(
            x=xs("start"),
            x2="end",
            y=y,
            color=alt.Color(
                "part:N",
                title=None,
                scale=alt.Scale(domain=list(SPENT_ON.values()), range=_SPENT_COLOURS),
                legend=alt.Legend(orient="bottom", labelLimit=200),
            ),
            tooltip=[
                alt.Tooltip("who:N", title="Cluster"),
                alt.Tooltip("part:N", title="Spent on"),
                alt.Tooltip("usd:Q", title="USD", format=".3f"),
            ],
        )
    )
    total = base.transform_filter("datum.kind == 'total'")
    rule = total.mark_rule(strokeWidth=3, color=charts.INK).encode(x=xs("start"), x2="end", y=y)
    words = total.mark_text(align="left", dx=8, fontSize=12).encode(x=xs("end"), y=y, text="part:N")
    return (bars + rule + words).properties(
        width=charts.WIDTH - 180,
        height=130,
        title=charts.title(
            charts.signal("title"),
            f"An hour of one useful petaFLOP/s, dense BF16; black bars: {_BANDS}",
            "Source: data/systems.csv, data/chips.csv, data/cluster_parameters.csv; electricity prices are yours to set.",
        ),
        description="Two stacked bars: cost of a delivered petaFLOP-hour on cluster A and on cluster B, split into chips and servers, network, electricity, and site, with a range on each total.",
    )


def flips_table() -> page.Table:
    """`studies.flips` in words."""
    rows = []
    for words, now, at in studies.flips().itertuples():
        say = studies.FLIPS[words][-1].format
        found = "no value" if math.isnan(at) else true_minus(say(at)) + (" (paid to take it)" if at < 0 else "")
        rows.append((words, say(now), found))
    frame = pd.DataFrame(rows, columns=["Assumption", "Now", "Ties at"]).set_index("Assumption")
    return page.table(
        frame, "What would make a delivered petaFLOP-hour cost the same on both, one assumption at a time"
    )


def tornado_chart() -> alt.LayerChart:
    """What each assumption alone does to the ratio of costs."""
    centre, moved = studies.ratio_at(), studies.tornado()
    rows = [
        {"input": r.words, "low": r.least, "high": r.most, "label": f"{r.start:,.3g} to {r.end:,.3g}{r.unit}"}
        for r in moved[moved["most"] - moved["least"] > 0.02].itertuples()
    ]
    order = [r["input"] for r in rows]
    base = alt.Chart(alt.InlineData(values=rows))
    scale = alt.Scale(domain=[0.8, round(max(r["high"] for r in rows) * 1.15, 1)], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Cost of a delivered petaFLOP-hour, CloudMatrix over NVL72", scale=scale, axis=alt.Axis(tickCount=8))  # fmt: skip

    y = alt.Y("input:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=270))
    bars = base.mark_bar(height=15, color=charts.SKY).encode(x=xs("low"), x2="high", y=y)
    labels = charts.edged_words(base, {"align": "left", "dx": 6}, x=xs("high"), y=y, text="label:N")
    lines = alt.Chart(alt.InlineData(values=[{"at": 1.0, "what": "equal"}, {"at": centre, "what": "central"}]))
    rules = lines.mark_rule(strokeWidth=2).encode(
        x=xs("at"),
        strokeDash=alt.StrokeDash("what:N", title="Line", scale=alt.Scale(domain=["equal", "central"], range=[[5, 3], [1, 0]]), legend=alt.Legend(orient="bottom")),
    )  # fmt: skip
    lowest = min(r["low"] for r in rows)
    finding = "no one range makes them equal" if lowest > 1 else "some ranges make them equal"
    return (bars + rules + labels).properties(
        width=charts.WIDTH - 280,
        height=24 * len(rows),
        title=charts.title(
            f"CloudMatrix costs {centre:.1f} times NVL72 for equal work; {finding}",
            "One assumption moved from lowest to highest, others central. CloudMatrix: use as its maker states it, price fixed",
            "Source: data/cluster_parameters.csv, data/systems.csv, data/chips.csv, each row with its source.",
        ),
        description=(
            f"Bar chart of how the ratio of costs, {centre:.2f} at central values, moves when each of {len(rows)} assumptions runs over its range;"
            f" the longest bar belongs to {order[0]}."
        ),
    )
