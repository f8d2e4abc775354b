"""Shapes and words of a drawn picture: each a row for `drawing`, in pixels from the top left corner.

Shapes of one colour go into one row, and what a row leaves open is as usual: a page stores every step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from helpers.show import charts
from helpers.show.charts import alt

Row = dict[str, Any]
TEXT = 16  # px: the smallest of a picture


def shape(path: str, fill: str = "", stroke: str = "", **style: Any) -> Row:
    """A closed or open SVG path, or several in one.

    Parameters
    ----------
    path : str
        In pixels.
    fill, stroke : str
        Colours; empty for none.
    **style
        ``pen`` (width of the stroke, px), ``dash`` (list), ``opacity`` (0 to 1).

    Returns
    -------
    dict
    """
    colours = {name: colour for name, colour in (("fill", fill), ("stroke", stroke)) if colour}
    return {"kind": "shape", "path": path, **colours, **style}


def outline(x: float, y: float, width: float, height: float, edged: bool = True) -> str:
    """A rectangle from its left upper corner, as a path; its last side is drawn where it has an edge.

    Vega closes only the last of several paths, so "z" will not do.
    """
    last = f"v{-height:.1f}" if edged else ""
    return f"M{x:.1f},{y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}{last}"


def box(x: float, y: float, width: float, height: float, fill: str = "", **style: Any) -> Row:
    """A rectangle from its left upper corner; `style` as in `shape`."""
    return shape(outline(x, y, width, height, "stroke" in style), fill, **style)


def words(x: float, y: float, text: str, colour: str = charts.INK, size: float = TEXT, **style: Any) -> Row:
    """Words on their base line; `style` may hold ``align`` (center or right of `x`) and ``bold``."""
    weight = {"weight": "bold"} if style.pop("bold", False) else {}
    return {
        "kind": "words",
        "x": round(x, 1),
        "y": round(y, 1),
        "text": text,
        "colour": colour,
        "size": size,
        **weight,
        **style,
    }


def arrows(at: Sequence[float], y: float, length: float, colour: str) -> Row:
    """Arrows that point down, `length` px long."""
    tip = y + length
    return shape("".join(f"M{x - 1.2:.1f},{y:.1f}h2.4V{tip - 8:.1f}h4.8l-6,8l-6,-8h4.8z" for x in at), colour)


def measure(x: float, y: float, length: float, text: str, beside: str = "") -> list[Row]:
    """A dimension line with its length in words above, and what there is to say of it beside."""
    line = f"M{x:.1f},{y - 6:.1f}v12m0,-6h{length:.1f}m0,-6v12"
    drawn = [shape(line, stroke=charts.INK, pen=2), words(x + length / 2, y - 8, text, bold=True, align="center")]
    return [words(x + length + 10, y + 5, beside), *drawn] if beside else drawn


def beams(left: float, right: float, y: float, height: float, period: float, dark_at: float, fill: str) -> list[Row]:
    """Brightness as light: columns from clear to full colour, darkest at `dark_at` and every `period` from it.

    One row a shade; a column of it spans where the brightness lies within the shade.
    """
    rows, shades = [], 6
    for shade in range(1, shades):
        # Brightness is (1 - cos) / 2: where it exceeds the shade's lower end, halfway between two dark places.
        half = period * (1 - math.acos(1 - (2 * shade - 1) / shades) / math.pi) / 2
        count = math.ceil((right - left) / period) + 1
        middles = [dark_at + period * (i + 0.5) for i in range(-count, count)]
        spans = [(max(left, x - half), min(right, x + half)) for x in middles]
        path = "".join(outline(a, y, b - a, height, edged=False) for a, b in spans if b - a > 0.5)
        rows.append(shape(path, fill, opacity=0.27))
    return rows


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

    def own(name: str, otherwise: str) -> alt.ExprRef:
        return alt.ExprRef(f"isValid(datum.{name}) ? datum.{name} : {otherwise}")

    shapes = (
        rows.transform_filter("datum.kind == 'shape'")
        .mark_point(
            filled=True, fill=own("fill", "null"), stroke=own("stroke", "null"), strokeDash=own("dash", "null"),
            strokeWidth=own("pen", "null"), opacity=own("opacity", "null"), aria=False,
        )
        .encode(
            x=alt.value(0),
            y=alt.value(0),
            size=alt.value(4),  # a path is then drawn in pixels
            shape=alt.Shape("path:N", scale=None, legend=None),
        )
    )  # fmt: skip
    text = (
        rows.transform_filter("datum.kind == 'words'")
        .mark_text(
            font="Helvetica, Arial, sans-serif", baseline="alphabetic", align=own("align", "null"), fontSize=own("size", str(TEXT)),
            fontWeight=own("weight", "null"), fill=own("colour", "'black'"), aria=False,
        )
        .encode(
            x=alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None),
            y=alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None),
            text="text:N",
        )
    )  # fmt: skip
    head = alt.TitleParams(text=title, subtitle=[source], fontSize=20, subtitleFontSize=TEXT)
    return alt.layer(shapes, text).properties(
        width=width,
        height=height,
        title=head,
        description=description,
        padding={"left": 5, "top": 5, "right": 5, "bottom": 5},
    )
