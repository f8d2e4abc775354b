"""Which chip for which work, and what each US step took away."""

from __future__ import annotations

import itertools
from typing import Any

import altair as alt
import pandas as pd

from helpers.chips.studies import short
from helpers.core.words import from_to
from helpers.serving import studies
from helpers.show import charts, page

_COLOURS = [charts.ORANGE, charts.BLUE, charts.VERMILION]  # in the order of studies.WORK


def rules_table() -> page.Table:
    """Each US step, the chip it led to, and that chip's work as multiples of the H100's."""
    rows = {}
    for step in studies.rule_steps():
        times = [f"{v:.2f}" for v in studies.work_times().loc[step.chip]] if step.chip else ["none"] * 3
        led_to = short(step.chip) if step.chip else "no new part"
        rows[f"{step.words} {step.date:%B %Y}"] = [led_to, step.took, *times]
    columns = ["Led to", "Took away", *(f"{w[0].upper()}{w[1:]}" for w in studies.WORK)]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return page.table(
        frame.rename_axis("US step"), "DeepSeek-V3 as in the chart: bounds as multiples of the H100’s, links left out"
    )


def _rows() -> list[dict[str, Any]]:
    times, low, high = (studies.work_times(end) for end in ("", "_low", "_high"))
    names = {c: "Atlas 350 (950PR)" if c == "Atlas 350" else words for words, c in studies.drawable_chips()}
    rows = []
    for chip, work in itertools.product(studies.CHIPS, studies.WORK):
        value, ends = float(times.loc[chip, work]), [float(end.loc[chip, work]) for end in (low, high)]
        contested = ends[1] > ends[0] * 1.005
        label = from_to(f"{ends[0]:.2f}", f"{ends[1]:.2f}") if contested else f"{value:.2f}"
        # Beside the line at 1, words would lie on it.
        side = "left" if 0.6 < ends[1] < 0.995 else "right"
        rows.append(
            {
                "chip": names[chip], "work": work, "times": value, "low": ends[0], "high": ends[1], "label": label,
                "side": side,
            }
        )  # fmt: skip
    return rows


def work_chart() -> alt.LayerChart:
    """Eight chips against the H100, for reading and for writing to few and to many users."""
    reads, few, many = studies.work_times().loc["H20 96GB"]
    return _layers(_rows()).properties(
        width=charts.WIDTH - 190,
        height=50 * len(studies.CHIPS),
        title=charts.title(
            f"H20 against H100: {few:.2f} times in writing 2 at once, {many:.2f} for 64, {reads:.2f} in reading",
            "DeepSeek-V3, 4K tokens, 64 chips to a copy; bounds, links left out; bars: published figures differ",
            "Source: data/chips.csv, data/chip_ranges.csv, data/models.csv; model: helpers/serving/model.",
        ),
        description=(
            "Dot chart of eight chips, each with its bounds for reading and for writing to few and to many users, as multiples of the H100’s"
            f" on a log axis from 0.1 to 2.5. The H20 stands at {reads:.2f}, {few:.2f} and {many:.2f}, the H800 at 1 in all three; bars show what"
            " is contested about Ascend 910B and 910C."
        ),
    )


def _layers(rows: list[dict[str, Any]]) -> alt.LayerChart:
    order, kinds = list(dict.fromkeys(r["chip"] for r in rows)), list(studies.WORK)
    base = alt.Chart(alt.InlineData(values=rows))

    def x(field: str) -> alt.X:
        axis = alt.Axis(values=[0.1, 0.2, 0.5, 1, 2], format="~g")
        scale = alt.Scale(type="log", domain=[0.1, 2.5], nice=False)
        return alt.X(f"{field}:Q", title="Times the H100 (log scale; line: equal)", scale=scale, axis=axis)

    y = alt.Y(
        "chip:N", sort=order, title=None, scale=alt.Scale(domain=order),
        axis=alt.Axis(ticks=False, domain=False, grid=False, minExtent=130),
    )  # fmt: skip
    legend = alt.Legend(orient="bottom", symbolSize=110, symbolOpacity=1)
    colour = alt.Color("work:N", title=None, scale=alt.Scale(domain=kinds, range=_COLOURS), legend=legend)
    shapes = alt.Scale(domain=kinds, range=["square", "circle", "diamond"])
    at = {"y": y, "yOffset": alt.YOffset("work:N", sort=kinds, scale=alt.Scale(domain=kinds))}
    spans = base.mark_rule(strokeWidth=3, opacity=0.45).encode(x=x("low"), x2="high:Q", color=colour, **at)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=x("times"), color=colour, shape=alt.Shape("work:N", title=None, scale=shapes), **at
    )
    right, left = (
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, fontSize=12)
        .encode(x=x(end), text="label:N", color=alt.value(charts.INK), **at)
        for side, align, dx, end in (("right", "left", 9, "high"), ("left", "right", -9, "low"))
    )
    one = alt.Chart(alt.InlineData(values=[{"times": 1}])).mark_rule(color=charts.INK, strokeDash=[4, 3])
    return one.encode(x=x("times")) + spans + dots + right + left
