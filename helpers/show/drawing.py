"""A picture as rows for a panel: shapes as SVG paths and words, in pixels from the top left corner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt

from helpers.show import charts

# An outline from its start, and what it goes through.
_OUTLINE = re.compile(r"M([^A-Za-z]+)([^Mz]*)z")
_FIELDS = (
    "kind",
    "path",
    "fill",
    "stroke",
    "thick",
    "dash",
    "alpha",
    "x",
    "y",
    "words",
    "bold",
    "align",
    "ink",
    "pick",
    "u",
    "v",
)
SMALLEST = 16  # pixels: letters in a picture of a mechanism


def boxes(places: Iterable[tuple[float, float]], width: float, height: float) -> str:
    """Boxes of one size as one path: hundreds are then one mark. `places` are their top left corners."""
    return "".join(f"M{x:.1f},{y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z" for x, y in places)


def circle(x: float, y: float, r: float) -> str:
    """A circle about its middle, as a closed outline."""
    r = round(r, 1)  # chord and radius must agree to the digit, or the arc bulges
    return ellipse(x, y, r, r)


def ellipse(x: float, y: float, r: float, high: float) -> str:
    """An ellipse about its middle, as a closed outline: half its width, half its height."""
    return f"M{x - r:.1f},{y:.1f}a{r:.1f},{high:.1f} 0 1,0 {2 * r:.1f},0a{r:.1f},{high:.1f} 0 1,0 {-2 * r:.1f},0z"


def lines(*points: Sequence[tuple[float, float]]) -> str:
    """Open lines through the points of each sequence, as one path."""
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in line) for line in points)


def area(*points: tuple[float, float]) -> str:
    """A closed outline."""
    return lines(points) + "z"


@dataclass
class Drawing:
    """Collects the rows of a picture; what comes later lies on top."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def shape(self, path: str, fill: str = "none", stroke: str = "none", thick: float = 1, dash: Sequence[int] = (1, 0), alpha: float = 1) -> None:  # fmt: skip
        """A filled or outlined path; an empty one would be drawn as a dot and is left out.

        Of several outlines in one path Vega closes the last alone, so a stroked one is drawn back to its start.
        """
        if stroke != "none":
            path = _OUTLINE.sub(r"M\1\2L\1z", path)
        if path:
            self.rows.append({"kind": "shape", "path": path, "fill": fill, "stroke": stroke, "thick": thick, "dash": list(dash), "alpha": alpha})  # fmt: skip

    def words(self, x: float, y: float, text: str, ink: str = charts.INK, bold: bool = False, align: str = "left") -> None:  # fmt: skip
        """One line of words, standing on `y`."""
        self.rows.append({"kind": "words", "x": x, "y": y, "words": text, "ink": ink, "bold": bold, "align": align})

    def target(self, x: float, y: float, width: float, height: float, value: str) -> None:
        """A place to click, unseen; `value` is what the control that the chart picks by takes (`chart_of`)."""
        self.rows.append({"kind": "target", "x": x, "y": y, "u": x + width, "v": y + height, "pick": value})

    def arrow(self, start: tuple[float, float], end: tuple[float, float], ink: str, thick: float = 2) -> None:
        """A straight arrow, upright or level."""
        (x, y), (u, v) = start, end
        along = ((u > x) - (u < x), (v > y) - (v < y))
        back, side = (u - 10 * along[0], v - 10 * along[1]), (5 * along[1], 5 * along[0])
        self.shape(lines([start, back]), stroke=ink, thick=thick)
        self.shape(area(end, (back[0] - side[0], back[1] - side[1]), (back[0] + side[0], back[1] + side[1])), fill=ink)


def chart_of(
    width: float,
    height: float,
    *lines: str,
    description: str,
    heading: int | None = None,
    offset: int = 8,
    pick: str | None = None,
) -> alt.LayerChart:
    """The picture of a panel whose rows a `Drawing` made: shapes, then words; its heading is the signal ``title``.

    Parameters
    ----------
    width, height : float
        Of the sheet, pixels.
    *lines : str
        One or two lines below the heading: what is to scale, and the source.
    description : str
        Alt text.
    heading : int, optional
        Letters of the heading, pixels, where it differs from other charts.
    offset : int
        Pixels from the lines to the sheet.
    pick : str, optional
        Name of the control that a click on a target of the `Drawing` sets.
    """
    base = charts.live(*_FIELDS)
    corner = {"x": alt.value(0), "y": alt.value(0)}
    shapes = (
        base.transform_filter("datum.kind == 'shape'")
        .mark_point(
            filled=True,
            aria=False,  # else every path is stored twice; the chart has words of its own
            strokeDash=alt.ExprRef("datum.dash"),
            strokeWidth=alt.ExprRef("datum.thick"),
            strokeJoin="round",
        )
        .encode(
            **corner,
            shape=alt.Shape("path:N", scale=None, legend=None),
            size=alt.value(4),
            fill=alt.Fill("fill:N", scale=None, legend=None),
            stroke=alt.Stroke("stroke:N", scale=None, legend=None),
            opacity=alt.Opacity("alpha:Q", scale=None, legend=None),
        )
    )
    words = base.transform_filter("datum.kind == 'words'")
    place = {
        "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False, zero=False)),
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False)),
        "text": "words:N",
    }
    style = {
        "baseline": "alphabetic",
        "fontSize": SMALLEST,
        "align": alt.ExprRef("datum.align"),
        "fontWeight": alt.ExprRef("datum.bold ? 'bold' : 'normal'"),
    }
    letters = words.mark_text(**style).encode(**place, color=alt.Color("ink:N", scale=None, legend=None))
    title = charts.title(charts.signal("title"), *lines)
    title.subtitleFontSize, title.offset = SMALLEST, offset
    if heading is not None:
        title.fontSize = heading
    layers = [shapes, letters]
    if pick is not None:
        chosen = alt.selection_point(name=pick, fields=[pick], on="click", empty=False)
        targets = base.transform_filter("datum.kind == 'target'").transform_calculate(**{pick: "datum.pick"})
        unseen = targets.mark_rect(opacity=0, cursor="pointer", aria=False)
        layers.append(unseen.encode(x=place["x"], y=place["y"], x2="u:Q", y2="v:Q").add_params(chosen))
    return alt.layer(*layers).properties(
        width=width,
        height=height,
        padding={"left": 8, "top": 6, "right": 8, "bottom": 6},
        title=title,
        description=description,
    )
