"""Chips ranked by a reader's weights."""

from __future__ import annotations

import altair as alt

from helpers.chips import studies
from helpers.chips.figures.marks import kind_colour, kind_shape, line_at_one
from helpers.show import charts


def weighting_chart() -> alt.LayerChart:
    """Scores with the H100 at one, for a panel with the signals ``title``, ``top`` and ``last``."""
    base = charts.live("chip", "plan", "group", "rank", "low", "score", "high", "label")
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)
    y_scale = alt.Scale(domain=[0.4, charts.signal("last")], reverse=True, nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, title="Weighted score (H100 = 1)", axis=alt.Axis(tickCount=8))

    y = alt.Y("rank:Q", scale=y_scale, axis=None)
    colour = kind_colour("group", orient="top", offset=2)
    scored = base.transform_filter("isValid(datum.score)")
    stems = scored.transform_calculate(zero="0").mark_rule(color=charts.RULE).encode(x=xs("zero"), x2="score", y=y)
    spans = scored.transform_filter("datum.high > datum.low").mark_rule(strokeWidth=3)
    tip = [
        alt.Tooltip("chip:N", title="Chip"),
        alt.Tooltip("label:N", title="Score"),
        alt.Tooltip("group:N", title="Kind"),
    ]
    marks = {"x": xs("score"), "y": y, "color": colour, "shape": kind_shape("group"), "tooltip": tip}
    dots = scored.transform_filter("!datum.plan").mark_point(filled=True, size=95, opacity=1).encode(**marks)
    hollow = scored.transform_filter("datum.plan")
    hollow = hollow.mark_point(filled=False, size=85, strokeWidth=2, fill="white").encode(**marks)
    at = base.transform_calculate(at="isValid(datum.high) ? datum.high : 0")
    labels = charts.edged_words(at, {"align": "left", "dx": 9}, x=xs("at"), y=y, text="label:N")
    names = base.mark_text(align="right", dx=-8, fontSize=12).encode(x=alt.value(0), y=y, text="chip:N")
    ranges = spans.encode(x=xs("low"), x2="high", y=y, color=colour)
    return (stems + line_at_one(xs("one")) + ranges + dots + hollow + labels + names).properties(
        width=charts.WIDTH - 170,
        height=17 * len(studies.FIELD),
        title=charts.title(
            charts.signal("title"),
            f"Weights of compute, memory, bandwidth, link. Score: geometric mean. Level: its range meets {1 - studies.LEVEL:g} to {1 + studies.LEVEL:g}",
            "Mark: the value we use; bar: range of sources; hollow: plan or report, counted too. Source: data/chips.csv, chip_ranges.csv.",
        ),
        description="Ranked dot chart of chips by a weighted score with the H100 at one. Order and distance change with the four weights; the sentence above the chart names the best, the folded words below it all others.",
    )
