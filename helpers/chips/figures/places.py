"""Chips by two measures on log axes, each with its name where there is room."""

from __future__ import annotations

import math
from typing import Any

import altair as alt

from helpers.chips.figures.marks import kind_colour, kind_shape
from helpers.show import charts

MAP_WIDTH, MAP_HEIGHT = charts.WIDTH, 276
NAMED_FIRST = [
    "H100 SXM5 80GB",
    "H20 96GB",
    "H800 SXM5 80GB",
    "H200 SXM 141GB",
    "Ascend 910C",
    "Ascend 910B",
    "B30A",
    "Ascend 950DT",
    "Atlas 350",
]
_FIELDS = ("x", "x_low", "x_high", "y", "y_low", "y_high", "name", "name_x", "name_y", "chip", "group", "status", "plan")  # fmt: skip


def axis_ends(points: list[dict[str, Any]], at: tuple[float, float]) -> dict[str, tuple[float, float]]:
    """Ends of the two log axes that hold some points, with their ranges, and the reference."""
    ends = {}
    for axis, reference in zip("xy", at, strict=True):
        values = [reference, *(p[f"{axis}_{end}"] for p in points for end in ("low", "high"))]
        ends[axis] = (min(values) / 1.35, max(values) * 1.6)
    return ends


def named(points: list[dict[str, Any]], ends: dict[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """The points with places for their names, the best-known chips first.

    Parameters
    ----------
    points : list of dict
        From ``studies.placed``; they are not changed.
    ends : dict
        From `axis_ends`.
    """
    rank = {chip: place for place, chip in enumerate(NAMED_FIRST)}
    copies = [dict(p) for p in sorted(points, key=lambda p: rank.get(p["chip"], len(rank)))]
    _merge_names(copies)
    place_names(copies, ends["x"], ends["y"])
    return copies


def _pixel(value: float, ends: tuple[float, float], size: float) -> float:
    return size * math.log(value / ends[0]) / math.log(ends[1] / ends[0])


def _value(pixels: float, ends: tuple[float, float], size: float) -> float:
    return ends[0] * (ends[1] / ends[0]) ** (pixels / size)


def place_names(points: list[dict[str, Any]], x: tuple[float, float], y: tuple[float, float]) -> None:
    """Give each point, first ones first, a free place for its name: `name_x`, `name_y`, or an empty name.

    Parameters
    ----------
    points : list of dict
        With `x`, `y`, `name`; changed in place.
    x, y : pair of float
        Ends of the log axes.
    """
    at = [(_pixel(p["x"], x, MAP_WIDTH), _pixel(p["y"], y, MAP_HEIGHT)) for p in points]
    taken = [(px - 5, py - 5, px + 5, py + 5) for px, py in at]
    for point, (px, py) in zip(points, at, strict=True):  # names keep off the ranges too
        left, right = (_pixel(point.get(f"x_{end}", point["x"]), x, MAP_WIDTH) for end in ("low", "high"))
        bottom, top = (_pixel(point.get(f"y_{end}", point["y"]), y, MAP_HEIGHT) for end in ("low", "high"))
        taken += [(left - 2, py - 2, right + 2, py + 2), (px - 2, bottom - 2, px + 2, top + 2)]
    for point, (px, py) in zip(points, at, strict=True):
        half = 3.4 * len(point["name"])
        for cx, cy in _places(px, py, half):
            box = (cx - half, cy - 6, cx + half, cy + 6)
            inside = box[0] > 0 and box[2] < MAP_WIDTH and box[1] > 0 and box[3] < MAP_HEIGHT
            if inside and not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
                taken.append(box)
                point |= {"name_x": _value(cx, x, MAP_WIDTH), "name_y": _value(cy, y, MAP_HEIGHT)}
                break
        else:
            point |= {"name": "", "name_x": point["x"], "name_y": point["y"]}


def _places(px: float, py: float, half: float) -> list[tuple[float, float]]:
    """Where the middle of a name may lie round its mark, in pixels."""
    return [
        (px + 9 + half, py),
        (px - 9 - half, py),
        (px, py + 14),
        (px, py - 14),
        (px + half + 5, py + 15),
        (px + half + 5, py - 15),
        (px - half - 5, py + 15),
        (px - half - 5, py - 15),
        (px, py + 25),
        (px, py - 25),
    ]


def _merge_names(points: list[dict[str, Any]]) -> None:
    """Chips in one place share one name."""
    first: dict[tuple[float, float], dict[str, Any]] = {}
    for point in points:
        place = (point["x"], point["y"])
        if place in first:
            if len(first[place]["name"]) < 22:
                first[place]["name"] += f", {point['name']}"
            point["name"] = ""
        else:
            first[place] = point


def map_chart() -> alt.LayerChart:
    """Chips by two measures, for a panel with signals for title, axes, cross-hairs and ends."""
    base = charts.live(*_FIELDS)
    axis = {"grid": True, "tickCount": 5, "format": "~s", "labelOverlap": True}

    def channel(kind: type, field: str) -> Any:
        name = field.removeprefix("name_")[0]
        domain = [charts.signal(f"{name}_from"), charts.signal(f"{name}_to")]
        return kind(
            f"{field}:Q", scale=alt.Scale(type="log", domain=domain, nice=False), title=None, axis=alt.Axis(**axis)
        )

    def xs(field: str) -> alt.X:
        return channel(alt.X, field)

    def ys(field: str) -> alt.Y:
        return channel(alt.Y, field)

    colour = kind_colour("group", orient="top", offset=20)
    wide = base.transform_filter("datum.x_high > datum.x_low").mark_rule(strokeWidth=2)
    tall = base.transform_filter("datum.y_high > datum.y_low").mark_rule(strokeWidth=2)
    spans = [
        wide.encode(x=xs("x_low"), x2="x_high", y=ys("y"), color=colour),
        tall.encode(x=xs("x"), y=ys("y_low"), y2="y_high", color=colour),
    ]
    names = base.mark_text(fontSize=12).encode(x=xs("name_x"), y=ys("name_y"), text="name:N")
    dots = _dots(base, xs("x"), ys("y"), colour)
    return alt.layer(*_cross_hairs(xs, ys), *spans, *dots, names, *_axis_words()).properties(
        width=MAP_WIDTH,
        height=MAP_HEIGHT,
        title=charts.title(
            charts.signal("title"),
            "Mark: the value we use for a chip; rules: range of sources; hollow: plans, reports, stopped; dashed: the H100",
            "Source: data/chips.csv, data/chip_ranges.csv. Names that would overlap are in the tips.",
        ),
        description="Scatter chart of chips by two measures on logarithmic axes, with US designs, US designs made for China and Chinese designs told apart by shape and colour, and cross-hairs at the H100.",
    )


def _dots(base: alt.Chart, x: alt.X, y: alt.Y, colour: alt.Color) -> list[alt.Chart]:
    tip = [
        alt.Tooltip("chip:N", title="Chip"),
        alt.Tooltip("status:N", title="Status"),
        alt.Tooltip("x:Q", title="Across", format=",.4~g"),
        alt.Tooltip("y:Q", title="Up", format=",.4~g"),
    ]
    marks = {"x": x, "y": y, "color": colour, "shape": kind_shape("group"), "tooltip": tip}
    solid = base.transform_filter("!datum.plan").mark_point(filled=True, size=75, opacity=0.9).encode(**marks)
    hollow = base.transform_filter("datum.plan").mark_point(filled=False, size=75, strokeWidth=2).encode(**marks)
    return [solid, hollow]


def _cross_hairs(xs: Any, ys: Any) -> list[alt.Chart]:
    one = alt.Chart(alt.InlineData(values=[{}]))
    style = {"color": charts.GREY, "strokeDash": [4, 3]}
    across = one.transform_calculate(x="panel.hx").mark_rule(**style).encode(x=xs("x"))
    return [across, one.transform_calculate(y="panel.hy").mark_rule(**style).encode(y=ys("y"))]


def _axis_words() -> list[alt.Chart]:
    """The names of the axes, which change with the reader's choice, as text that a signal can set."""
    one = alt.Chart(alt.InlineData(values=[{}]))
    style = {"align": "left", "fontSize": 13, "color": charts.SOFT_INK, "baseline": "middle"}
    return [
        one.transform_calculate(words=f"'{arrow} ' + panel.{name}_title")
        .mark_text(**style)
        .encode(x=alt.value(0), y=alt.value(at), text="words:N")
        for arrow, name, at in (("↑", "y", -12), ("→", "x", MAP_HEIGHT + 32))
    ]
