"""Published rates, the best use of a budget, and gains used together."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from helpers.core.words import figures, power_of_ten
from helpers.progress import studies
from helpers.show import charts, page

COMBINED = ("Largest alone", "With your overlap", "Product")


def rates_chart(estimates: pd.DataFrame) -> alt.LayerChart:
    """Published rates of efficiency gain, times a year, with ranges."""
    frame = studies.rates(estimates)
    records = []
    for r in frame.itertuples():
        known = {k: v for k, v in (("low", r.low), ("central", r.central), ("high", r.high)) if not math.isnan(v)}
        span = f" ({figures(r.low)} to {figures(r.high)})" if "low" in known else ""
        label = (figures(r.central) + span) if "central" in known else f"{figures(r.low)} to {figures(r.high)}"
        records.append({"words": r.words, **known, "label": label, "end": max(known.values()), "kind": r.interval_kind, "period": r.period, "scale": r.scale, "interest": r.interest})  # fmt: skip
    base = alt.Chart(alt.InlineData(values=records))
    y = alt.Y(
        "words:N",
        sort=list(studies.RATE_WORDS.values()),
        title=None,
        axis=alt.Axis(labelLimit=310, domain=False, ticks=False),
    )
    scale = alt.Scale(type="log", domain=[1, 5000], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title="Times a year (log scale)",
            scale=scale,
            axis=alt.Axis(values=[1, 3, 10, 100, 1000], format="~g"),
        )

    tip = [
        alt.Tooltip("words:N", title="What, who"),
        alt.Tooltip("label:N", title="Times a year"),
        alt.Tooltip("kind:N", title="Range is"),
        alt.Tooltip("period:N", title="Period"),
        alt.Tooltip("scale:N", title="Measured on"),
        alt.Tooltip("interest:N", title="Interest"),
    ]
    spans = (
        base.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=4, color=charts.SKY)
        .encode(x=x("low"), x2="high", y=y, tooltip=tip)
    )
    dots = (
        base.transform_filter("isValid(datum.central)")
        .mark_point(filled=True, size=80, color=charts.BLUE)
        .encode(x=x("central"), y=y, tooltip=tip)
    )
    words = base.mark_text(align="left", dx=8, fontSize=12).encode(x=x("end"), y=y, text="label:N")
    (least, most), (low, high) = (
        (columns.min(axis=None), columns.max(axis=None)) for columns in (frame["central"], frame[["low", "high"]])
    )
    return (spans + dots + words).properties(
        width=charts.WIDTH - 320,
        height=30 * len(records),
        title=charts.title(
            f"Published rates run from {figures(least)} to {figures(most)} times a year, their ranges from {figures(low)} to {figures(high)}",
            "Times a year, by measures that do not count the same; bars: intervals or ranges as published, of different kinds",
            "Source: data/progress_estimates.csv; months to halve turned into times a year.",
        ),
        description="Dot and range chart of seven published rates on a log scale: two versions of a training estimate near 2.8 times a year, serving at 3, a rule of thumb for training cost at 4, and prices from 5 to 40 times a year with a range up to 900.",
    )  # fmt: skip


def optimum_table(compute_flop: float = 5.76e23) -> page.Table:
    """The best split of one budget under three fits of the same law to the same data."""
    best = studies.best_splits(compute_flop)
    frame = pd.DataFrame(
        {
            "Parameters, billion": [f"{n / 1e9:.0f}" for n in best["parameters"]],
            "Tokens, trillion": [f"{d / 1e12:.1f}" for d in best["tokens"]],
            "Tokens for each parameter": [f"{r:.0f}" for r in best["tokens_per_parameter"]],
        },
        index=best.index.rename("Fit"),
    )
    return page.table(
        frame, f"The best use of {power_of_ten(compute_flop, 3)} FLOP, Chinchilla's budget, under three fits of one law"
    )


def multiply_chart(estimates: pd.DataFrame) -> alt.LayerChart:
    """Gains one by one and together, against one whole generation."""
    whole = studies.whole_generation(estimates)
    order = [*studies.METHODS.values(), *COMBINED]
    rows = charts.live("what", "gain", "kind", "label")
    y = alt.Y(
        "what:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(minExtent=150, ticks=False, domain=False),
    )
    x = alt.X(
        "gain:Q",
        title="Times less compute for equal loss (1: no gain)",
        scale=alt.Scale(domain=[0, charts.signal("top")], nice=False),
    )
    bars = rows.mark_bar(height=17).encode(
        x=x,
        y=y,
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=["one method", "together"], range=[charts.SKY, charts.ORANGE]), legend=alt.Legend(orient="bottom")),
        tooltip=[alt.Tooltip("what:N", title="What"), alt.Tooltip("label:N", title="Gain")],
    )  # fmt: skip
    words = rows.mark_text(align="left", dx=5, fontSize=12).encode(x=x, y=y, text="label:N")
    reference = alt.Chart(alt.InlineData(values=[{"at": whole, "words": f"K3 over K2, all changes: {whole:g}"}]))
    line = reference.mark_rule(color=charts.INK, strokeDash=[4, 3]).encode(x=alt.X("at:Q"))
    name = reference.mark_text(dy=-8, fontSize=12).encode(x=alt.X("at:Q"), y=alt.value(0), text="words:N")
    return (bars + line + words + name).properties(
        width=charts.WIDTH - 80,
        height=32 * len(order),
        title=charts.title(
            charts.signal("title"),
            "Gains as the authors report them, one by one and together; dashed: one whole generation, by its authors",
            "Source: data/progress_estimates.csv; the overlap is yours.",
        ),
        description="Bar chart of published compute-equivalent gains, one bar a method, and below them the largest alone, the gain with the chosen overlap and the product; a dashed line marks 2.5 times, the gain of Kimi K3 over K2.",
    )
