"""Experts, utilisation, number formats and pipeline bubbles, as charts and tables."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from helpers.core.words import figures, percent
from helpers.llm import model as llm
from helpers.show import charts, page
from helpers.training import model as training
from helpers.training import studies
from helpers.training.figures.axes import log_axis, names

_LARGEST = {"bf16": "3.4 × 10³⁸", "fp8": "448"}


def experts_table() -> page.Table:
    """Total and active parameters of seven models, by three conventions, and what their makers print."""
    rows = {}
    for name, row in studies.experts().iterrows():
        chosen = "none" if not row["experts"] > 0 else f"{row['chosen']:.0f} of {row['experts']:.0f}"
        if row["shared"] > 0:
            chosen += f", and {row['shared']:.0f} shared"
        counts = [f"{row[c]:,.1f}" for c in ("total", *llm.CONVENTIONS)]
        rows[name] = [chosen, *counts, f"{row['printed']:g}", percent(row["share"], 1)]
    columns = [
        "Experts for a token",
        "All",
        "Active, all",
        "Active, no input",
        "Active, no embeddings",
        "Active, as printed",
        "Share",
    ]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Model")
    return page.table(frame, "Parameters, billions; share: active without the input embedding")


def _busy_rows() -> list[dict[str, object]]:
    rows = []
    for run_id, words in studies.BUSY_RUNS.items():
        low, central, high = studies.busy(run_id)
        least, most = studies.busy_span(run_id)
        hours = studies.runs().loc[run_id, "hours_k"]
        label = f"{central:.0f}%" if high - low < 1 else f"{low:.0f} to {high:.0f}%"
        if not math.isnan(hours):
            size, word = (1e3, "million") if hours >= 1e3 else (1, "thousand")
            label += f" in {figures(hours / size, 3)} {word} hours"
            label += " for a trillion tokens" * run_id.endswith("-per-trillion")
        said = studies.printed_utilisation(run_id) or (None, None)
        rows.append(
            {"run": words, "low": low, "value": central, "high": high, "least": least, "most": most, "label": label,
             "said_low": said[0], "said_high": said[1], "right": max(most, said[1] or 0)}
        )  # fmt: skip
    return rows


def busy_chart() -> alt.LayerChart:
    """Utilisation of published runs by one count, with the span over all counts and the makers' figures."""
    rows = _busy_rows()
    base = alt.Chart(alt.InlineData(values=rows))

    def xs(field: str) -> alt.X:
        scale = alt.Scale(domain=[0, 75], nice=False)
        axis = alt.Axis(values=list(range(0, 61, 10)))
        return alt.X(f"{field}:Q", title="Operations used, % of the dense peak", scale=scale, axis=axis)

    y = names("run", list(studies.BUSY_RUNS.values()))
    spans = base.mark_rule(strokeWidth=10, color=charts.GREY, opacity=0.35).encode(x=xs("least"), x2="most:Q", y=y)
    grades = base.mark_rule(strokeWidth=3, color=charts.BLUE).encode(x=xs("low"), x2="high:Q", y=y)
    dots = base.mark_point(filled=True, size=110, color=charts.BLUE, opacity=1).encode(x=xs("value"), y=y)
    diamond = base.transform_filter("isValid(datum.said_low)").mark_point(
        shape="diamond", size=120, filled=False, stroke=charts.BLACK, strokeWidth=2
    )
    said = diamond.encode(x=xs("said_low"), y=y) + diamond.encode(x=xs("said_high"), y=y)
    labels = base.mark_text(align="left", dx=14, fontSize=12).encode(x=xs("right"), y=y, text="label:N")
    v3, llama = (studies.busy(r)[1] for r in ("deepseek-v3-pretraining", "llama-31-405b"))
    least, most = studies.busy_span("deepseek-v3-pretraining")
    return (spans + grades + said + dots + labels).properties(
        width=charts.WIDTH - 220,
        height=28 * len(rows),
        title=charts.title(
            f"DeepSeek-V3 used {v3:.0f}% of its chips’ peak by one count, {least:.0f} to {most:.0f}% by others",
            "Blue: BF16 peak, attention over earlier tokens (bar: grades of Ascend); grey: other counts; diamonds: the maker’s",
            "Source: data/training_runs.csv, from published GPU-hours and tokens, or speeds.",
        ),
        description=(
            f"Dot chart of the utilisation of {len(rows)} published training runs, in percent of the chip’s dense BF16 peak: DeepSeek-V3 {v3:.0f},"
            f" Llama 3.1 405B {llama:.0f}; grey bars show the range over all ways to count, diamonds what the makers printed."
        ),
    )


def precision_table() -> page.Table:
    """Two number formats: size, rounding, range, and what they do for V3 on an H800."""
    h800 = studies.chip(studies.H800)
    rows = {
        studies.FORMATS[key]: [
            f"{bits}",
            percent(studies.rounding_error(key), 2),
            _LARGEST[key],
            f"{float(llm.weight_bytes(studies.V3, bits)) / 1e9:,.0f}",
            f"{peak:,.0f}",
        ]
        for key, bits, peak in (("bf16", 16, h800.bf16), ("fp8", 8, h800.fp8))
    }
    columns = ["Bits", "Rounding error, at most", "Largest number", "V3’s parameters, GB", "Peak of an H800, TFLOP/s"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Format")
    return page.table(frame, "Two ways to write a number (FP8: four bits of exponent, three of fraction)")


def bubbles_chart() -> alt.LayerChart:
    """Share of a step lost to pipeline bubbles against micro-batches, under three schedules."""
    rows = charts.live("schedule", "micro_batches", "percent", "here")
    domain = list(training.SCHEDULES)
    x = log_axis("micro_batches", "Micro-batches in a step (log scale)", [2, 512], [2, 8, 32, 128, 512])
    y = alt.Y("percent:Q", title="Waiting, % of a step", scale=alt.Scale(domain=[0, 100]))
    palette = alt.Scale(domain=domain, range=[charts.ORANGE, charts.BLUE, charts.GREEN])
    # Strokes in the legend: a dash round a small shape is no sign that the chart has.
    legend = alt.Legend(orient="right", symbolType="stroke", symbolSize=500, symbolStrokeWidth=2.5)
    dashes = alt.Scale(domain=domain, range=[[1, 0], [7, 3], [2, 2]])
    colour = alt.Color("schedule:N", title=None, scale=palette, legend=legend)
    dash = alt.StrokeDash("schedule:N", title=None, scale=dashes, legend=legend)
    dots = rows.transform_filter("datum.here").mark_point(
        filled=True, size=130, opacity=1, stroke="white", strokeWidth=1
    )
    shapes = alt.Scale(domain=domain, range=["circle", "square", "triangle-up"])
    shape = alt.Shape("schedule:N", scale=shapes, legend=None)
    tip = alt.Tooltip("percent:Q", title="Waiting, %", format=".1f")
    measured = studies.bubble_measured_percent()
    words = f"measured for V3: {measured:.1f}%"
    seen = alt.Chart(alt.InlineData(values=[{"percent": measured, "micro_batches": 512, "words": words}]))
    return (
        (
            seen.mark_rule(strokeDash=[4, 3], color=charts.INK).encode(y=y)
            + rows.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour, strokeDash=dash)
            + dots.encode(x=x, y=y, color=alt.Color("schedule:N", scale=palette, legend=None), shape=shape, tooltip=tip)
            + charts.edged_words(seen, {"align": "right", "dx": -4, "dy": -9}, x=x, y=y, text="words:N")
        )
        .resolve_scale(shape="independent")
        .properties(
            width=charts.WIDTH - 100,
            height=250,
            title=charts.title(
                charts.signal("title"),
                "Marks: circle 1F1B, in turn; square ZB1P, gaps filled; triangle DualPipe, from both ends. Forward piece 1, backward 2",
                "Source: DualPipe README and V3 report, table 2; measured: hardware paper, table 4.",
            ),
            description=(
                "Line chart of the share of a training step lost to waiting against the number of micro-batches, 2 to 512 on a log axis, under 1F1B, ZB1P"
                f" and DualPipe, 0 to 100 percent; every curve falls as the batch is cut finer. A dashed line marks the {measured:.1f} percent measured in the training of DeepSeek-V3."
            ),
        )
    )
