"""Colours and shapes of the three kinds of chips."""

from __future__ import annotations

import altair as alt

from helpers.chips.studies import GROUPS
from helpers.show import charts

COLOURS = [charts.BLUE, charts.VERMILION, charts.GREEN]
SHAPES = ["circle", "triangle-up", "square"]


def kind_colour(field: str, **legend: object) -> alt.Color:
    """Colour by kind of chip, with a legend in one row."""
    shown = alt.Legend(**{"orient": "bottom", "symbolSize": 110, **legend})
    return alt.Color(f"{field}:N", title=None, scale=alt.Scale(domain=list(GROUPS), range=COLOURS), legend=shown)


def kind_shape(field: str) -> alt.Shape:
    """Shape by kind of chip."""
    return alt.Shape(f"{field}:N", title=None, scale=alt.Scale(domain=list(GROUPS), range=SHAPES))


def line_at_one(x: alt.X) -> alt.Chart:
    """The dashed line of equality; `x` must read the field ``one``."""
    base = alt.Chart(alt.InlineData(values=[{"one": 1}]))
    return base.mark_rule(color=charts.INK, strokeDash=[4, 3]).encode(x=x)
