"""Axes and legends that the charts of training share."""

from __future__ import annotations

import math
from typing import Any

import altair as alt


def names(field: str, order: list[str]) -> alt.Y:
    """An axis of names in a fixed order."""
    axis = alt.Axis(ticks=False, domain=False, grid=False, labelLimit=300)
    return alt.Y(f"{field}:N", title=None, sort=None, scale=alt.Scale(domain=order), axis=axis)


def log_axis(field: str, title: str, domain: list[Any], ticks: list[float], channel: type = alt.X) -> Any:
    """A logarithmic axis with ticks of our choice."""
    scale = alt.Scale(type="log", domain=domain, nice=False)
    return channel(f"{field}:Q", title=title, scale=scale, axis=alt.Axis(values=ticks, format=",~g", grid=True))


def axis_ends(
    least: float, most: float, lows: tuple[float, ...], highs: tuple[float, ...], room: float
) -> tuple[float, float]:
    """Ends of a log axis from a few fixed ones, so that it stands still while marks move and widens only when it must.

    Parameters
    ----------
    least, most : float
        Lowest and highest mark, above zero.
    lows, highs : tuple of float
        Ends to choose from, the narrowest first.
    room : float
        Share of the axis kept free for labels right of the highest mark.

    Returns
    -------
    tuple of two float

    Examples
    --------
    >>> axis_ends(2, 40, (1,), (100, 1000), 0.36)
    (1, 1000)
    """
    low = next((end for end in lows if end < least / 1.15), lows[-1])
    wide = (end for end in highs if math.log(end / most) >= room * math.log(end / low))
    return low, next(wide, highs[-1])


def kinds(field: str, marks: dict[str, tuple[str, str]], orient: str = "bottom") -> dict[str, Any]:
    """Colour and shape of each kind, with one legend for both."""
    domain = list(marks)
    colours, shapes = (list(column) for column in zip(*marks.values(), strict=True))
    legend = alt.Legend(orient=orient, symbolSize=110)
    return {
        "color": alt.Color(f"{field}:N", title=None, scale=alt.Scale(domain=domain, range=colours), legend=legend),
        "shape": alt.Shape(f"{field}:N", title=None, scale=alt.Scale(domain=domain, range=shapes), legend=legend),
    }
