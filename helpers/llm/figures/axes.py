"""Axes that several charts share."""

from __future__ import annotations

from typing import Any

import altair as alt

IN_UNITS = (
    "datum.value >= 1e12 ? format(datum.value / 1e12, '~g') + ' TB' : datum.value >= 1e9 ? format(datum.value / 1e9, '~g') + ' GB'"
    " : datum.value >= 1e6 ? format(datum.value / 1e6, '~g') + ' MB' : format(datum.value / 1e3, '~g') + ' kB'"
)


def bytes_axis(values: list[float], **more: Any) -> alt.Axis:
    return alt.Axis(labelExpr=IN_UNITS, values=values, **more)


DECADES = [10.0**n for n in range(5, 14)]
# The last label stands under the end of the axis: flush with it, it would run into the one before and be dropped.
TOKENS_AXIS = alt.Axis(values=[2**n for n in range(8, 21, 2)], labelExpr="format(datum.value, ',')", labelFlush=False)
