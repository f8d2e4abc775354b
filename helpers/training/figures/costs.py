"""Why so few hours, what the headline leaves out, and the same run on other chips."""

from __future__ import annotations

from typing import Any

import altair as alt

from helpers.chips.studies import short
from helpers.show import charts
from helpers.training import studies
from helpers.training.figures.axes import kinds, log_axis, names

STATED, ASSUMED, CONTESTED = "hours stated by DeepSeek", "your assumption", "analyst’s estimate, contested"
LAYERS = (
    "V3: the run the report counts", "+ R1’s own stages", "+ all experiments", "+ staff", "Apart: all servers of the group",
)  # fmt: skip
_STEPS = {
    "tokens": "Slightly fewer tokens", "operations": "Fewer operations for a token", "speed": "More of the peak used",
    "stages": "Longer texts and post-training added",
}  # fmt: skip


def _how_rows(f: dict[str, float]) -> list[dict[str, Any]]:
    hours, end = f["from"] / 1e6, f["to"] / 1e6
    rows = [("Llama 3.1 405B, published", hours, hours, "published", f"{hours:.2f} million")]
    for key, step in _STEPS.items():
        change = f"divided by {f[key]:.3g}" if f[key] > 1 else f"times {1 / f[key]:.3g}"
        rows.append((step, hours, hours / f[key], "factor", change))
        hours /= f[key]
    rows.append(("DeepSeek-V3, published", end, end, "published", f"{end:.3f} million"))
    columns = ("step", "before", "after", "kind", "label")
    return [{**dict(zip(columns, r, strict=True)), "right": max(r[1], r[2])} for r in rows]


def how_chart() -> alt.LayerChart:
    """From Llama 3.1 405B's GPU-hours to DeepSeek-V3's, step by step."""
    f = studies.fewer_hours()
    rows = _how_rows(f)
    base = alt.Chart(alt.InlineData(values=rows))

    def xs(field: str) -> alt.X:
        return log_axis(field, "Million GPU-hours, H100 or H800 (log scale)", [2, 100], [2, 5, 10, 20, 50, 100])

    y = names("step", [r["step"] for r in rows])
    palette = alt.Scale(domain=["published", "factor"], range=[charts.BLACK, charts.BLUE])
    colour = alt.Color("kind:N", legend=None, scale=palette)
    spans = base.mark_rule(strokeWidth=9, opacity=0.6).encode(x=xs("before"), x2="after:Q", y=y, color=colour)
    dots = base.mark_point(filled=True, size=100, opacity=1).encode(x=xs("after"), y=y, color=colour)
    labels = base.mark_text(align="left", dx=12, fontSize=12).encode(x=xs("right"), y=y, text="label:N")
    return (spans + dots + labels).properties(
        width=charts.WIDTH - 280,
        height=32 * len(rows),
        title=charts.title(
            f"{f['from'] / f['to']:.0f} times fewer GPU-hours, later stages included: {f['operations']:.0f} times fewer operations a token",
            "Both chips have the same peak; operations with attention over earlier tokens",
            "Source: Llama 3.1 model card; V3 report; operations from data/models.csv.",
        ),
        description=(
            f"Stepped chart on a log axis from {f['from'] / 1e6:.2f} million GPU-hours of Llama 3.1 405B to {f['to'] / 1e6:.3f} million of DeepSeek-V3:"
            f" tokens a factor of {f['tokens']:.2f}, operations for a token {f['operations']:.1f}, utilisation {f['speed']:.2f}."
        ),
    )


def left_out_chart() -> alt.LayerChart:
    """From the official run to all experiments and staff, row by row, and all servers apart."""
    rows = charts.live("step", "before", "after", "low", "high", "group", "label", "right")

    def xs(field: str) -> alt.X:
        return log_axis(field, "Million USD (log scale)", [1, 40000], [1, 10, 100, 1000, 10000])

    y = names("step", list(LAYERS))
    marks = (charts.BLACK, "square"), (charts.BLUE, "circle"), (charts.ORANGE, "triangle-up")
    groups = kinds("group", dict(zip((STATED, ASSUMED, CONTESTED), marks, strict=True)), "top")
    bands = rows.transform_filter("datum.high > datum.low").mark_rule(strokeWidth=16, color=charts.SKY, opacity=0.35)
    spans = rows.mark_rule(strokeWidth=4)
    dots = rows.mark_point(filled=True, size=110, opacity=1)
    tips = [alt.Tooltip("step:N", title="What"), alt.Tooltip("label:N", title="Up to here")]
    labels = rows.mark_text(align="left", dx=12, fontSize=12)
    return (
        bands.encode(x=xs("low"), x2="high:Q", y=y)
        + spans.encode(x=xs("before"), x2="after:Q", y=y, color=groups["color"])
        + dots.encode(x=xs("after"), y=y, tooltip=tips, **groups)
        + labels.encode(x=xs("right"), y=y, text="label:N")
    ).properties(
        width=charts.WIDTH - 130,
        height=40 * len(LAYERS),
        title=charts.title(
            charts.signal("title"),
            "Running total from row to row; light bands: shares estimated for OpenAI, Z.ai and MiniMax; last row not in it",
            "Source: data/training_runs.csv and training_shares.csv (Epoch AI; SemiAnalysis for the servers).",
        ),
        description=(
            "Stepped chart on a log axis, 1 to 40,000 million USD: the run that the V3 report counts, the stages of R1, all experiments, staff,"
            " and apart from the sum an analyst’s contested estimate of all servers of the group. Experiments multiply the run by 4 to 10 at the shares estimated for other firms;"
            " the servers lie far to the right. The sentence above gives the numbers."
        ),
    )


def _other_chips_part(axis: str, title: str, ticks: list[float], width: int, y: alt.Y, by_kind: dict[str, Any]):
    """Hours, or dollars, of each chip as a range with its central value."""
    rows = charts.live("chip", "kind", "low", "value", "high", "label")
    base = rows.transform_filter(f"(datum.kind == 'hours') == {str(axis == 'hours').lower()}")
    ends = [charts.signal(f"low_{axis}"), charts.signal(f"high_{axis}")]
    x = {field: log_axis(field, title, ends, ticks) for field in ("low", "value", "high")}
    offset = {k: v for k, v in by_kind.items() if k == "yOffset"}
    line = {k: v for k, v in by_kind.items() if k != "shape"}
    tips = [alt.Tooltip("chip:N", title="Chip"), alt.Tooltip("label:N", title="Value")]
    return (
        base.mark_rule(strokeWidth=4).encode(x=x["low"], x2="high:Q", y=y, **line)
        + base.mark_point(filled=True, size=90, opacity=1).encode(x=x["value"], y=y, tooltip=tips, **by_kind)
        + base.mark_text(align="left", dx=10, fontSize=12).encode(x=x["high"], y=y, text="label:N", **offset)
    ).properties(width=width, height=36 * len(studies.CHIPS))


def other_chips_chart() -> alt.HConcatChart:
    """DeepSeek-V3's pre-training on other chips: hours, and cost by rent and by ownership."""
    order = [short(c) for c in studies.CHIPS]
    marks = kinds("kind", {"rented": (charts.BLUE, "circle"), "owned": (charts.ORANGE, "square")}, "top")
    cost = {**marks, "yOffset": alt.YOffset("kind:N", scale=alt.Scale(domain=["rented", "owned"]))}
    hidden = names("chip", order).axis(labels=False, ticks=False, domain=False)
    black = {"color": alt.value(charts.BLACK)}
    millions = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]
    named = names("chip", order)
    return alt.hconcat(
        _other_chips_part("hours", "Million GPU-hours (log scale)", [1, 10, 100, 1000], 230, named, black),
        _other_chips_part("usd", "Million USD (log scale)", millions, charts.WIDTH - 310, hidden, cost),
        spacing=14,
    ).properties(
        title=charts.title(
            charts.signal("title"),
            "DeepSeek-V3’s pre-training; bars: prices in print, grades of a chip; A100 and 910B, also without FP8, at the 910C’s share",
            "Source: data/chips.csv and rental_prices.csv; no rent of H20, 910B or 910C was found.",
        ),
        description=(
            "Two range charts on log axes of DeepSeek-V3’s pre-training on seven chips: million GPU-hours, and million USD on rented and on owned chips."
            " At its start the H20 takes the most hours and the H800 as few as the H100. The sentence above gives the numbers."
        ),
    )
