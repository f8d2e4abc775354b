"""Charts of the panels: any two models, and what fits beside the weights."""

from __future__ import annotations

import altair as alt

from helpers.llm import studies
from helpers.llm.figures.axes import DECADES, TOKENS_AXIS, bytes_axis
from helpers.show import charts
from helpers.show.panel import ROOM

DARK_SECOND = "#8f3f72"  # no colour of a country or a kind of chip


def compare_chart() -> alt.LayerChart:
    """Cache of two models over context; rows: place, name, tokens, bytes, point; signals: title, upper, lower."""
    base = charts.live("place", "name", "tokens", "bytes", "point")
    x_scale = alt.Scale(type="log", domain=[256, 2**20], nice=False)
    x = alt.X("tokens:Q", title="Tokens in the conversation, question and answer", scale=x_scale, axis=TOKENS_AXIS)
    y = alt.Y("bytes:Q", title="Bytes", scale=alt.Scale(type="log", domain=[1e5, 6e12], nice=False), axis=bytes_axis(DECADES, minExtent=52))  # fmt: skip
    colour = alt.Color("place:N", scale=alt.Scale(domain=["first", "second"], range=[charts.INK, DARK_SECOND]), legend=None)  # fmt: skip
    dash = alt.StrokeDash("place:N", scale=alt.Scale(domain=["first", "second"], range=[[1, 0], [7, 4]]), legend=None)
    tip = [alt.Tooltip("name:N", title="Model"), alt.Tooltip("tokens:Q", title="Tokens", format=",.0f"), alt.Tooltip("bytes:Q", title="Bytes", format=",.0f")]  # fmt: skip
    lines = base.transform_filter("!datum.point").mark_line(strokeWidth=2.5).encode(
        x=x, y=y, color=colour, strokeDash=dash, detail="name:N", tooltip=tip
    )  # fmt: skip
    points = base.transform_filter("datum.point")
    dots = points.mark_point(size=110, filled=True, opacity=1).encode(
        x=x, y=y, color=colour, tooltip=tip,
        shape=alt.Shape("place:N", scale=alt.Scale(domain=["first", "second"], range=["circle", "square"]), legend=None),
    )  # fmt: skip
    rule = points.mark_rule(color=charts.GREY, strokeDash=[3, 3]).encode(x=x)
    last = base.transform_filter("!datum.point && datum.tokens > 1e6")
    # Names stand above and below their lines' ends, so that two close lines keep both names readable.
    ends = [
        last.transform_filter(f"datum.name == panel.{place}").mark_text(align="left", dx=8, dy=dy).encode(x=x, y=y, text="name:N", color=colour)
        for place, dy in (("upper", -7), ("lower", 9))
    ]  # fmt: skip
    chart = alt.layer(rule, lines, dots, *ends).properties(
        width=charts.WIDTH - 240,
        height=314,
        padding={**ROOM, "right": 110},  # the longest title
        title=charts.title(
            charts.signal("title"),
            "Both axes logarithmic: a straight line is growth with every token, a flat one a fixed cost",
            "Source: data/models.csv, one source or more a model; count: helpers/llm/model",
        ),
        description="Line chart on two logarithmic axes of the cache of two language models against the length of a conversation, from 256 to about one million tokens, with both values marked at the chosen length; vertical axis 100 kB to 6 TB. Caches of one kind run as parallel lines; windows and running summaries flatten a line or its start. The sentence above gives the numbers.",
    )
    return chart


def fits_chart() -> alt.LayerChart:
    """Conversations that fit on each chip; rows: chip, fits, home, label, memory; signals: title, top."""
    base = charts.live("chip", "fits", "home", "label", "memory")
    order = list(studies.FITTED.values())
    y = alt.Y("chip:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(minExtent=120))
    x = alt.X("fits:Q", title="Conversations that fit beside the weights", scale=alt.Scale(domain=[0, charts.signal("top")], nice=False), axis=alt.Axis(tickCount=6, format=",.0f"))  # fmt: skip
    colour = alt.Color("home:N", title="Chip designed in", scale=alt.Scale(domain=["US", "China"], range=[charts.BLUE, charts.GREEN]), legend=alt.Legend(orient="bottom"))  # fmt: skip
    bars = base.mark_bar(height=20).encode(
        x=x, y=y, color=colour, tooltip=[alt.Tooltip("chip:N", title="Chip"), alt.Tooltip("memory:Q", title="Memory, GB", format=",.0f"), alt.Tooltip("label:N", title="Fit")]
    )  # fmt: skip
    words = base.mark_text(align="left", dx=6).encode(x=x, y=y, text="label:N")
    chart = (bars + words).properties(
        width=charts.WIDTH - 190,
        height=240,
        title=charts.title(
            charts.signal("title"),
            "Conversations of that length, beside one copy of the weights spread over all chips; a share is kept free",
            "Source: data/chips.csv (memory), data/models.csv; count: helpers/llm/model",
        ),
        description="Bar chart of the number of conversations whose cache fits beside one copy of a model's weights in the memory of several accelerators from the United States and China, from zero to a little above the largest; where the weights do not fit, the chart says so. The sentence above gives the numbers.",
    )
    return chart
