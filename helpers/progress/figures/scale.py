"""A gain against compute, and two labs before and after a method."""

from __future__ import annotations

import altair as alt

from helpers.progress import studies
from helpers.show import charts

WITHOUT, WITH = "raw compute", "effective compute"


def crossing_chart() -> alt.LayerChart:
    """The gain of one published method against compute, with the range of its tests."""
    fitted = studies.tested_range()
    rows = charts.live("compute", "gain", "low", "high", "kind")
    span = alt.Scale(type="log", domain=[1, 1e7], nice=False)
    ticks = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]
    x = alt.X(
        "compute:Q",
        title="Compute of the old method, PFLOP/s-days (log scale)",
        scale=span,
        axis=alt.Axis(
            values=ticks,
            labelExpr="datum.value < 1e6 ? format(datum.value, ',.0f') : datum.value / 1e6 + ' million'",
            labelOverlap=True,
        ),
    )
    scale = alt.Scale(domain=[0.6, 1.6], nice=False, clamp=True)
    y = alt.Y(
        "gain:Q", title="Times less compute for equal loss", scale=scale, axis=alt.Axis(format=".1f", tickCount=6)
    )
    line = rows.transform_filter("datum.kind == 'line'")
    band = line.mark_area(opacity=0.25, color=charts.BLUE).encode(
        x=x, y=alt.Y("low:Q", scale=scale, title="Times less compute for equal loss"), y2="high:Q"
    )
    curve = line.mark_line(color=charts.BLUE, strokeWidth=2.5).encode(x=x, y=y)
    point = (
        rows.transform_filter("datum.kind == 'budget'")
        .mark_point(filled=True, size=130, color=charts.VERMILION, shape="diamond", opacity=1)
        .encode(x=x, y=y)
    )
    tested = alt.Chart(alt.InlineData(values=[{"from": fitted[0], "to": fitted[1], "words": "tested"}]))
    shade = tested.mark_rect(color=charts.YELLOW, opacity=0.35).encode(x=alt.X("from:Q", scale=span), x2="to:Q")
    shade_words = (
        tested.transform_calculate(at="sqrt(datum.from * datum.to)")
        .mark_text(fontSize=12, baseline="top", dy=4)
        .encode(x=alt.X("at:Q", scale=span), y=alt.value(0), text="words:N")
    )
    one = (
        alt.Chart(alt.InlineData(values=[{"one": 1}]))
        .mark_rule(color=charts.INK, strokeDash=[4, 3])
        .encode(y=alt.Y("one:Q", scale=scale))
    )
    return (shade + band + one + curve + point + shade_words).properties(
        width=charts.WIDTH - 60,
        height=280,
        title=charts.title(
            charts.signal("title"),
            "Latent attention’s compute divided by Kimi Linear’s; band: rounding of printed digits; diamond: your budget; dashed: no gain",
            "Source: fits of arXiv 2510.26692 (data/scaling_fits.csv); range of tests read off its chart.",
        ),
        description="Line chart of the compute-equivalent gain of Kimi Linear against compute on a log scale, falling from about 1.2 to below 1, with the tested range from 2 to 16 PFLOP/s-days shaded and a band for the rounding of the printed exponents.",
    )  # fmt: skip


def labs_chart() -> alt.LayerChart:
    """Two labs on one axis of compute: raw, and effective with the method."""
    rows = charts.live("what", "lab", "value", "low", "high", "middle", "label")
    scale = alt.Scale(type="log", domain=[charts.signal("from"), charts.signal("to")], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title="Compute, poor lab's raw compute = 1 (log scale)",
            scale=scale,
            axis=alt.Axis(tickCount=6, format="~g"),
        )

    y = alt.Y(
        "what:N",
        sort=[WITHOUT, WITH],
        title=None,
        scale=alt.Scale(domain=[WITHOUT, WITH]),
        axis=alt.Axis(minExtent=120, ticks=False, domain=False),
    )
    span = (
        rows.transform_filter("datum.lab == 'poor lab'")
        .mark_rule(strokeWidth=3, color=charts.RULE)
        .encode(x=x("low"), x2="high", y=y)
    )
    dots = rows.mark_point(filled=True, size=160, opacity=1).encode(
        x=x("value"),
        y=y,
        color=alt.Color(
            "lab:N",
            title=None,
            scale=alt.Scale(domain=["poor lab", "rich lab"], range=[charts.ORANGE, charts.BLUE]),
            legend=alt.Legend(orient="bottom", symbolSize=140),
        ),
        shape=alt.Shape(
            "lab:N", title=None, scale=alt.Scale(domain=["poor lab", "rich lab"], range=["triangle-up", "circle"])
        ),
        tooltip=[
            alt.Tooltip("lab:N", title="Lab"),
            alt.Tooltip("what:N", title="Counted as"),
            alt.Tooltip("value:Q", title="Poor lab's raw compute = 1", format=".3~g"),
        ],
    )
    words = rows.mark_text(dy=-16, fontSize=12).encode(x=x("middle"), y=y, text="label:N")
    return (span + dots + words).properties(
        width=charts.WIDTH - 60,
        height=150,
        title=charts.title(
            charts.signal("title"),
            "One method, two labs: distance on a log axis is the ratio of their compute",
            "Source: our model (helpers/progress/model); every number is yours.",
        ),
        description="Dumbbell chart with two rows, raw and effective compute, each with a mark for a poor lab and one for a rich lab on a log axis, and the ratio between them as text.",
    )  # fmt: skip
