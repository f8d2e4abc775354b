"""Axes, colours and lines that the charts of this house share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.show import charts
from helpers.show.charts import alt

OURS = "step costs are our assumptions (process_costs.csv)."


def axis_x(field: str, title: str, top: Any) -> alt.X:
    """A horizontal axis from 0 to `top`, which may be a signal."""
    scale = alt.Scale(domain=[0, top], nice=False)
    return alt.X(f"{field}:Q", title=title, scale=scale, axis=alt.Axis(tickCount=6))


def names_y(field: str, names: Sequence[str], words: Mapping[str, str] | None = None) -> alt.Y:
    """A vertical axis of names, in their order; ``words`` are shown in place of the names they have."""
    plain = {"labelExpr": f"{json.dumps(words)}[datum.value] || datum.value"} if words else {}
    axis = alt.Axis(labelLimit=190, ticks=False, domain=False, **plain)
    return alt.Y(f"{field}:N", title=None, scale=alt.Scale(domain=list(names)), axis=axis)


def colour(field: str, names: Sequence[str], colours: Sequence[str], **legend: Any) -> alt.Color:
    """Names in colours, with a legend below the chart."""
    key = alt.Legend(orient="bottom", **legend)
    return alt.Color(f"{field}:N", title=None, scale=alt.Scale(domain=list(names), range=list(colours)), legend=key)


def shape(field: str, names: Sequence[str], shapes: Sequence[str]) -> alt.Shape:
    """Names as shapes, in the legend of `colour`."""
    return alt.Shape(f"{field}:N", title=None, scale=alt.Scale(domain=list(names), range=list(shapes)))


def tips(fields: Mapping[str, str], form: str = "") -> list[alt.Tooltip]:
    """What hovering over a mark tells: field with its type -> words."""
    return [
        alt.Tooltip(f, title=t, **({"format": form} if f.endswith(":Q") and form else {})) for f, t in fields.items()
    ]


def level(y: alt.Y) -> alt.Chart:
    """A dashed line at 1, over the field ``one`` of `y`."""
    rule = alt.Chart(alt.InlineData(values=[{"one": 1}])).mark_rule(color=charts.INK, strokeDash=[4, 3])
    return rule.encode(y=y)
