"""Shapes and words of a drawn picture: each a row for `drawing`, in pixels from the top left corner."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from helpers.show import charts

Row = dict[str, Any]
TEXT = 16  # px: the smallest of a picture


def shape(
    path: str,
    fill: str = "none",
    stroke: str = "none",
    pen: float = 1.5,
    dash: Sequence[float] = (1, 0),
    opacity: float = 1.0,
) -> Row:
    """A closed or open SVG path.

    Parameters
    ----------
    path : str
        In pixels.
    fill, stroke : str
        Colours, or "none".
    pen : float
        Width of the stroke, px.
    dash : sequence of float
    opacity : float, 0 to 1

    Returns
    -------
    dict
    """
    return {
        "kind": "shape", "path": path, "fill": fill, "stroke": stroke, "pen": pen, "dash": list(dash),
        "opacity": opacity,
    }  # fmt: skip


def box(x: float, y: float, width: float, height: float, fill: str = "none", **style: Any) -> Row:
    """A rectangle from its left upper corner; `style` as in `shape`."""
    return shape(f"M{x:.1f},{y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z", fill, **style)


def gone(x: float, y: float, width: float, height: float) -> Row:
    """A rectangle whose content was removed: white, with a dashed edge."""
    return box(x, y, width, height, "white", stroke=charts.SOFT_INK, dash=(4, 3))


def words(
    x: float,
    y: float,
    text: str,
    colour: str = charts.INK,
    size: float = TEXT,
    bold: bool = False,
    align: str = "left",
) -> Row:
    """Words on their base line; `align` is left, center or right of `x`."""
    return {
        "kind": "words", "x": float(x), "y": float(y), "text": text, "colour": colour, "size": size,
        "weight": "bold" if bold else "normal", "align": align,
    }  # fmt: skip


def arrow(x: float, y: float, length: float, colour: str) -> list[Row]:
    """An arrow that points down, `length` px long."""
    tip = y + length
    head = f"M{x - 6:.1f},{tip - 8:.1f}h12l-6,8z"
    return [shape(f"M{x:.1f},{y:.1f}V{tip - 7:.1f}", stroke=colour, pen=2.5), shape(head, colour)]


def measure(x: float, y: float, length: float, text: str) -> list[Row]:
    """A dimension line with its length in words above."""
    line = f"M{x:.1f},{y - 6:.1f}v12m0,-6h{length:.1f}m0,-6v12"
    return [shape(line, stroke=charts.INK, pen=2), words(x + length / 2, y - 8, text, bold=True, align="center")]


def wave(left: float, right: float, y: float, depth: float, period: float, dark_at: float, fill: str) -> Row:
    """Brightness as an area that hangs from `y`: deepest halfway between its dark places, one of them at `dark_at`."""
    points = [left + (right - left) * i / 120 for i in range(121)]
    edge = [(x, y + depth * (1 - math.cos(2 * math.pi * (x - dark_at) / period)) / 2) for x in points]
    line = "".join(f"L{x:.1f},{bottom:.1f}" for x, bottom in edge)
    return shape(f"M{left:.1f},{y:.1f}{line}L{right:.1f},{y:.1f}z", fill, opacity=0.55)


def drawing(width: float, height: float, title: Any, source: str, description: str) -> alt.LayerChart:
    """The chart that draws such rows, in their order, shapes below words.

    Parameters
    ----------
    width, height : float
        Of the sheet, px.
    title : str or ExprRef
    source : str
        One line below the title.
    description : str
        Alt text.

    Returns
    -------
    LayerChart
    """
    fields = ("kind", "path", "fill", "stroke", "pen", "dash", "opacity", "x", "y", "text", "colour", "size", "weight", "align")  # fmt: skip
    rows = charts.live(*fields)
    each = {name: alt.ExprRef(f"datum.{name}") for name in fields}
    shapes = (
        rows.transform_filter("datum.kind == 'shape'")
        .mark_point(filled=True, strokeDash=each["dash"], strokeWidth=each["pen"], opacity=each["opacity"], aria=False)
        .encode(
            x=alt.value(0),
            y=alt.value(0),
            size=alt.value(4),  # a path is then drawn in pixels
            shape=alt.Shape("path:N", scale=None, legend=None),
            fill=alt.Fill("fill:N", scale=None, legend=None),
            stroke=alt.Stroke("stroke:N", scale=None, legend=None),
        )
    )
    place = {
        axis: alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)
        if axis == "x"
        else alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
        for axis in ("x", "y")
    }
    text = (
        rows.transform_filter("datum.kind == 'words'")
        .mark_text(
            baseline="alphabetic", align=each["align"], fontSize=each["size"], fontWeight=each["weight"],
        )
        .encode(**place, text="text:N", color=alt.Color("colour:N", scale=None, legend=None))
    )  # fmt: skip
    head = alt.TitleParams(text=title, subtitle=[source], fontSize=20, subtitleFontSize=TEXT)
    return alt.layer(shapes, text).properties(
        width=width,
        height=height,
        title=head,
        description=description,
        padding={"left": 5, "top": 5, "right": 5, "bottom": 5},
    )
