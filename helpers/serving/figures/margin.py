"""A day's revenue beside its rent."""

from __future__ import annotations

from typing import Any

import altair as alt

from helpers.serving import studies
from helpers.show import charts

_BARS = {
    "Cost: rent": charts.ORANGE,
    "Revenue: your assumptions": charts.BLUE,
    "Revenue: theoretical": charts.GREY,
}


def margin_rows(day: studies.Day, told: studies.Day) -> list[dict[str, Any]]:
    """The bars of `margin_chart`: cost and revenue as assumed, and DeepSeek's theoretical revenue, in USD."""
    values = (day.cost_usd, day.revenue_usd, told.revenue_usd)
    return [{"what": what, "usd": usd, "label": f"{usd / 1e3:,.0f}"} for what, usd in zip(_BARS, values, strict=True)]


def margin_chart() -> alt.LayerChart:
    """Three bars from zero, for a panel with the signals ``title`` and ``top``."""
    base, order = charts.live("what", "usd", "label"), list(_BARS)
    y = alt.Y(
        "what:N", sort=order, title=None, scale=alt.Scale(domain=order),
        axis=alt.Axis(ticks=False, domain=False, grid=False, minExtent=175),
    )  # fmt: skip
    x = alt.X(
        "usd:Q", title="Thousand USD for the day", scale=alt.Scale(domain=[0, charts.signal("top")], nice=False),
        axis=alt.Axis(labelExpr="format(datum.value / 1000, ',.0f')", tickCount=6),
    )  # fmt: skip
    colour = alt.Color("what:N", legend=None, scale=alt.Scale(domain=order, range=list(_BARS.values())))
    tip = [alt.Tooltip("what:N", title="What"), alt.Tooltip("usd:Q", title="USD", format=",.0f")]
    bars = base.mark_bar(height=24).encode(x=x, y=y, color=colour, tooltip=tip)
    texts = base.mark_text(align="left", dx=6, fontSize=12).encode(x=x, y=y, text="label:N")
    chips = float(studies.as_disclosed()["gpu_hours"]) / 24
    return (bars + texts).properties(
        width=charts.WIDTH - 230,
        height=120,
        title=charts.title(
            charts.signal("title"),
            f"24 hours to 28 February 2025; {chips:,.0f} H800; theoretical: DeepSeek’s sum, every token at R1’s prices",
            "Source: DeepSeek-V3/R1 Inference System Overview (1 March 2025); prices: data/api_prices.csv.",
        ),
        description="Three bars in thousand USD for one day, from zero: cost of rent, revenue under the chosen assumptions, and the theoretical revenue that DeepSeek published. The sentence states the margin on cost and as a share of revenue.",
    )
