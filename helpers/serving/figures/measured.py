"""How close real systems came to their roofs."""

from __future__ import annotations

from typing import Any

import altair as alt

from helpers.chips.studies import short
from helpers.core.words import figures, from_to
from helpers.serving import studies
from helpers.show import charts

_PHASES = {"decode": "writing", "prefill": "reading", "both": "both, one GPU"}


def measured_chart() -> alt.LayerChart:
    """Share of the roofline that published systems reached, by case."""
    marks, ends = _rows(), studies.measured_ends()
    count = sum(m["kind"] == "measured" for m in marks)
    many, one, machine = (
        from_to(*(f"{end:.0%}" for end in ends[size])) for size in ("many chips", "one GPU", "a machine of several")
    )
    left_out = f"not drawn: a machine of H800, at least {studies.not_drawn()[0]:.0%}"
    return _layers(marks).properties(
        width=charts.WIDTH - 400,
        height=23 * len(marks),
        title=charts.title(
            f"Many chips reach {many} of their roofline, a single A100 {one}, a machine of H20 {machine}",
            f"Throughput over its bound; hollow: a projection; grey: the usual range; {left_out}",
            "Source: data/serving_measured.csv, each row with its source; bound: helpers/serving/model, links left out.",
        ),
        description=(
            f"Dot chart of {count} published measurements, and a projection, as a share of the roofline bound. Systems of many chips reach {many}, a single"
            f" A100 {one}, one machine of H20 {machine}; Huawei’s 910C and DeepSeek’s H800 lie close together."
        ),
    )


def _rows() -> list[dict[str, Any]]:
    rows = studies.measured_cases()
    rows = rows.assign(work=rows["phase"].map(_PHASES)).sort_values(["phase", "share"], ascending=[True, False])
    marks = []
    for r in rows.itertuples():
        both = f"{r.batch:.0f} at once, {r.context_tokens:,.0f} in, {r.output_tokens:,.0f} out"
        alone = f"{r.words}, one machine" if r.group <= 8 else r.words
        marks.append(
            {
                "words": f"{short(r.chip)}, {both if r.phase == 'both' else alone}", "case": r.case_id, "work": r.work,
                "kind": r.kind, "share": r.share, "label": f"{r.share:.0%}", "low": r.band_low, "high": r.band_high,
                "tip": f"{figures(r.tokens_per_s, 3)} of {figures(r.bound, 3)} tokens/s",
            }
        )  # fmt: skip
    return marks


def _layers(marks: list[dict[str, Any]]) -> alt.LayerChart:
    names = {m["case"]: m["words"] for m in marks}
    base, kinds = alt.Chart(alt.InlineData(values=marks)), list(_PHASES.values())
    labels = "{" + ",".join(f"{c!r}:{w!r}" for c, w in names.items()) + "}[datum.value]"
    y = alt.Y(
        "case:N", sort=list(names), title=None, scale=alt.Scale(domain=list(names)),
        axis=alt.Axis(labelExpr=labels, labelLimit=390, ticks=False, domain=False, grid=False, minExtent=365),
    )  # fmt: skip

    def x(field: str) -> alt.X:
        axis, scale = alt.Axis(format="%", tickCount=5), alt.Scale(domain=[0, 1])
        return alt.X(f"{field}:Q", title="Throughput, as a share of the chip’s bound", scale=scale, axis=axis)

    colours = alt.Scale(domain=kinds, range=[charts.BLUE, charts.ORANGE, charts.GREEN])
    legend = alt.Legend(orient="bottom", symbolSize=110)
    colour = alt.Color("work:N", title="Work", scale=colours, legend=legend)
    shapes = alt.Scale(domain=kinds, range=["circle", "square", "diamond"])
    tip = [alt.Tooltip("words:N", title="Case"), alt.Tooltip("tip:N", title="Throughput")]
    bands = base.mark_bar(height=15, color=charts.RULE).encode(x=x("low"), x2="high:Q", y=y)
    dots, projected = (
        base.transform_filter(f"(datum.kind == 'measured') == {str(is_measured).lower()}")
        .mark_point(filled=is_measured, size=95, opacity=1)
        .encode(x=x("share"), y=y, color=colour, shape=alt.Shape("work:N", title="Work", scale=shapes), tooltip=tip)
        for is_measured in (True, False)
    )
    texts = base.mark_text(align="left", dx=9, fontSize=12).encode(x=x("share"), y=y, text="label:N")
    return bands + dots + projected + texts
