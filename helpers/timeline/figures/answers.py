"""What came back: lags beside chance, and pairs of moves with what links them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.show import charts, page
from helpers.timeline import studies


def pairs_table(pairs: pd.DataFrame, events: pd.DataFrame) -> page.Table:
    """Pairs of moves with the days between them and what links them, firmest links first."""
    shown = studies.pair_days(pairs, events).set_axis(["Move", "Later move", "Days", "Link", "Who says what"], axis=1)
    return page.table(shown.set_index("Move"), "Pairs of moves and what links them")


def lag_chart() -> alt.LayerChart:
    """Days to the other side's next move, a dot a move, with the median and the band of chance."""
    dots = charts.live("lag", "lane", "title", "next_title", "when", "track")
    scale = alt.Scale(type="symlog", constant=10, domain=[0, 2500], nice=False, clamp=True)
    x = alt.X(
        "lag:Q",
        title="Days to the other side’s next move (scale shrinks long lags)",
        scale=scale,
        axis=alt.Axis(values=[0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000], grid=False),
    )
    y = alt.Y("lane:Q", axis=None, scale=alt.Scale(domain=[-1, 11]))
    one = alt.Chart(alt.InlineData(values=[{}])).transform_filter("isValid(panel.median)")
    band = (
        one.transform_calculate(low="panel.low", high="panel.high")
        .mark_rect(color=charts.GREY, opacity=0.25)
        .encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    )
    far = "panel.high > 800"
    band_words = (
        one.transform_calculate(low="panel.low", high="panel.high")
        # Right of the band, where no line stands and no edge cuts it; inside where the band reaches far out.
        .mark_text(
            align=alt.expr(f"{far} ? 'right' : 'left'"), dx=alt.expr(f"{far} ? -4 : 4"), baseline="top", fontSize=12
        )
        .encode(x=alt.X("high:Q", scale=scale), y=alt.value(2), text=alt.value("chance, 90% band"))
    )
    line = (
        one.transform_calculate(median="panel.median")
        .mark_rule(color=charts.VERMILION, strokeWidth=2)
        .encode(x=alt.X("median:Q", scale=scale))
    )
    line_words = (
        one.transform_calculate(median="panel.median")
        .mark_text(align="left", dx=3, baseline="bottom", fontSize=12, color=charts.VERMILION)
        .encode(x=alt.X("median:Q", scale=scale), y=alt.value(206), text=alt.value("median"))
    )
    points = dots.mark_circle(size=60, color=charts.BLUE, opacity=0.8).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("when:N", title="Date"),
            alt.Tooltip("title:N", title="Move"),
            alt.Tooltip("next_title:N", title="Next move"),
            alt.Tooltip("lag:Q", title="Days"),
        ],
    )
    return (band + points + line + band_words + line_words).properties(
        width=charts.WIDTH + 60,
        height=210,
        title=charts.title(
            charts.signal("title"),
            "One dot a government move dated to the day since 2018; height has no meaning",
            "Source: data/events.csv; chance band: the other side’s moves shifted round the period, seeded.",
        ),
        description="Dot plot of days from each move to the other side’s next move, with the median and a band of medians that random dates would give. The sentence above the chart gives the numbers.",
    )
