"""Two keys: the chance of a first delivery over time, and the record below it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.show import charts
from helpers.timeline import studies

_KINDS = ["both keys", "US key alone", "China’s key alone"]
_WIDE = charts.WIDTH - 10
_MONTH_ENDS = alt.Scale(domain=[0, studies.MONTHS])


def two_keys_chart(record: pd.DataFrame) -> alt.VConcatChart:
    """Lines of the model over the panel's rows; below them a strip of marks for the record, month by month.

    Parameters
    ----------
    record : DataFrame
        As ``data.load("h200_record")`` gives it.
    """
    wait = studies.observed_wait(record)
    then = f", then one in {wait.first:%B %Y}." if wait.first is not None else "."
    return (
        alt.vconcat(_model_lines(), _record_strip(record), spacing=4)
        .resolve_scale(color="independent", shape="independent", strokeDash="independent")
        .properties(
            title=charts.title(
                charts.signal("title"),
                "Lines: model, chance that at least one H200 delivery to a Chinese buyer has happened. Marks: the record",
                "Source: model in helpers/timeline/model/keys.py; record in data/h200_record.csv.",
            ),
            description=(
                f"Line chart of the chance of a first delivery over {studies.MONTHS} months when two governments must agree,"
                f" compared with one; below, the record: {wait.months} months without a named delivery{then}"
            ),
        )
    )


def _model_lines() -> alt.LayerChart:
    curve = charts.live("month", "chance", "kind")
    x = alt.X(
        "month:Q",
        title="Months since the December 2025 announcement",
        scale=_MONTH_ENDS,
        axis=alt.Axis(values=list(range(0, studies.MONTHS + 1, 3)), grid=False),
    )
    y = alt.Y(
        "chance:Q",
        title="Chance of a first delivery by then",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%"),
    )
    # No title: beside long symbols Vega lifts it above their words.
    legend = alt.Legend(orient="top", title=None, symbolType="stroke", symbolSize=500, symbolStrokeWidth=3)
    lines = curve.mark_line(strokeWidth=3).encode(
        x=x,
        y=y,
        color=alt.Color(
            "kind:N",
            legend=legend,
            scale=alt.Scale(domain=_KINDS, range=[charts.BLUE, charts.ORANGE, charts.PURPLE]),
        ),
        strokeDash=alt.StrokeDash(
            "kind:N",
            legend=legend,
            scale=alt.Scale(domain=_KINDS, range=[[1, 0], [6, 4], [2, 3]]),
        ),
    )
    # An unseen column a month, which a pointer finds more easily than a line.
    columns = (
        curve.transform_pivot("kind", value="chance", groupby=["month"])
        .mark_rule(strokeWidth=22, opacity=0, aria=False)
        .encode(
            x=x,
            tooltip=[
                alt.Tooltip("month:Q", title="Months"),
                *(alt.Tooltip(f"{kind}:Q", title=f"By then, {kind}", format=".0%") for kind in _KINDS),
            ],
        )
    )
    return (lines + columns).properties(width=_WIDE, height=190)


def _record_strip(record: pd.DataFrame) -> alt.LayerChart:
    title = f"Record from {record['month'].min():%B %Y}: delivered to a Chinese buyer by the end of that month?"
    observed = [
        {
            "month": float(i),
            "state": studies.DELIVERED[r.delivered],
            "name": f"{r.month:%b}",
            "when": f"{r.month:%B %Y}",
            "note": r.note,
        }
        for i, r in enumerate(record.sort_values("month", kind="stable").itertuples(), start=1)
    ]
    states = [studies.DELIVERED[word] for word in ("no", "partial", "yes", "unknown")]
    base = alt.Chart(alt.InlineData(values=observed))
    x = alt.X("month:Q", title=None, scale=_MONTH_ENDS, axis=None)
    names = base.mark_text(fontSize=12, color=charts.SOFT_INK, aria=False).encode(
        x=x, y=alt.value(28), text=alt.Text("name:N")
    )
    marks = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        y=alt.value(8),
        color=alt.Color(
            "state:N",
            title=title,
            scale=alt.Scale(domain=states, range=[charts.VERMILION, charts.ORANGE, charts.BLUE, "#bbbbbb"]),
            legend=alt.Legend(orient="bottom", columns=4, titleLimit=500),
        ),
        shape=alt.Shape(
            "state:N",
            title=title,
            scale=alt.Scale(domain=states, range=["cross", "triangle-up", "circle", "square"]),
        ),
        tooltip=[
            alt.Tooltip("when:N", title="Month"),
            alt.Tooltip("state:N", title="Delivered"),
            alt.Tooltip("note:N", title="Record"),
        ],
    )
    return (marks + names).properties(width=_WIDE, height=36)
