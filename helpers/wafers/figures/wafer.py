"""The picture that opens 20_dies_and_yield: one wafer, its defects, and the dies that escape; to scale."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import numpy as np

from helpers.core.words import counted, percent, usd
from helpers.show import charts
from helpers.show.drawing import Drawing, boxes, chart_of, lines
from helpers.wafers import studies

STEPS = ("wafer", "defects", "small", "big", "gathered", "field", "cost")
WIDTH, HEIGHT = 772, 352
SCALE = 1.16  # pixels a mm
MIDDLE, GAP, ARM = 176.0, 0.8, 3.2  # of the wafer; between dies drawn; half a cross; pixels
SILICON, GOOD, HIT, CUT = "#e8ebef", charts.BLUE, "#f9cfb5", "#c3c8ce"
DEFECT, FIELD, DARK_ADDED = "#a84300", charts.INK, "#8f3f72"
NAMES = {"small": "dies of a phone chip", "big": "dies of an AI chip", "gathered": "AI chip, defects in clusters"}
_ROWS = {"small": 1, "big": 2, "gathered": 3, "field": 3, "cost": 3}  # shares shown so far
_LEFT, _BAR, _COST, _HIGH = 428.0, 236.0, 150.0, 98.0  # bars: start; lengths of a share and a cost; row to row


# --- the wafer ----------------------------------------------------------------------------------


def _round(radius: float) -> str:
    """A circle about the wafer's middle."""
    r, side = radius * SCALE, 2 * radius * SCALE
    return f"M{MIDDLE - r:.1f},{MIDDLE:.1f}a{r:.1f},{r:.1f} 0 1,1 {side:.1f},0a{r:.1f},{r:.1f} 0 1,1 {-side:.1f},0z"


def _dies(drawn: studies.HitWafer, these: np.ndarray) -> str:
    """Boxes of some dies; the gap between two is taken off their right and upper sides."""
    placed = drawn.placed
    width, height = placed.width_mm * SCALE - GAP, placed.height_mm * SCALE - GAP
    left, top = MIDDLE + placed.x[these] * SCALE, MIDDLE - placed.y[these] * SCALE - height
    return boxes(zip(left.tolist(), top.tolist(), strict=True), width, height)


def _inside(x: float, y: float, to_x: float, to_y: float) -> tuple[tuple[float, float], ...]:
    """Ends of the part of a straight line that lies on the wafer, pixels from its middle; none where it lies beyond."""
    along, across = to_x - x, to_y - y
    square = along**2 + across**2
    middle = -(x * along + y * across) / square
    reach = middle**2 - (x**2 + y**2 - (150 * SCALE) ** 2) / square
    if reach <= 0:
        return ()
    ends = max(0.0, middle - math.sqrt(reach)), min(1.0, middle + math.sqrt(reach))
    return tuple((x + t * along, y + t * across) for t in ends) if ends[0] < ends[1] else ()


def _cut(drawn: studies.HitWafer) -> str:
    """The dies that the rim cuts, as far as they lie on the wafer: their sides, joined along its edge."""
    placed, made = drawn.placed, []
    width, height = placed.width_mm * SCALE - GAP, placed.height_mm * SCALE - GAP
    for a, b in zip((placed.x[drawn.cut] * SCALE).tolist(), (-placed.y[drawn.cut] * SCALE).tolist(), strict=True):
        corners = [(a, b - height), (a + width, b - height), (a + width, b), (a, b)]
        sides = [_inside(*corner, *corners[(n + 1) % 4]) for n, corner in enumerate(corners)]
        points = [end for side in sides for end in side]
        if not points:
            continue
        path, last = [f"M{points[0][0] + MIDDLE:.1f},{points[0][1] + MIDDLE:.1f}"], points[0]
        for start, end in zip(points[::2], points[1::2], strict=True):
            if math.dist(start, last) > 0.1:
                path.append(
                    f"A{150 * SCALE:.1f},{150 * SCALE:.1f} 0 0,1 {start[0] + MIDDLE:.1f},{start[1] + MIDDLE:.1f}"
                )
            path.append(f"L{end[0] + MIDDLE:.1f},{end[1] + MIDDLE:.1f}")
            last = end
        if math.dist(points[0], last) > 0.1:
            path.append(f"A{150 * SCALE:.1f},{150 * SCALE:.1f} 0 0,1 {points[0][0] + MIDDLE:.1f},{points[0][1] + MIDDLE:.1f}")  # fmt: skip
        made.append("".join(path) + "z")
    return "".join(made)


def _crosses(x: np.ndarray, y: np.ndarray) -> str:
    """A cross for each defect."""
    at = zip((MIDDLE + x * SCALE).tolist(), (MIDDLE - y * SCALE).tolist(), strict=True)
    arms = f"h{2 * ARM:.1f}m{-ARM:.1f},{-ARM:.1f}v{2 * ARM:.1f}"
    return "".join(f"M{a - ARM:.1f},{b:.1f}{arms}" for a, b in at)


def _wafer(d: Drawing, drawn: studies.HitWafer, rim: float, dies: bool, defects: bool, field: bool) -> None:
    """Silicon, dies on it, defects, and the outline of one exposure."""
    d.shape(_round(150), fill=SILICON)
    if dies:
        d.shape(_cut(drawn), fill=CUT)
        d.shape(_dies(drawn, drawn.hit), fill=HIT)
        d.shape(_dies(drawn, drawn.good), fill=GOOD)
        d.shape(_round(150 - rim), stroke=charts.SOFT_INK, dash=(3, 3))
    d.shape(_round(150), stroke=charts.SOFT_INK, thick=1.5)
    if field:
        left, bottom, width, height = drawn.field
        at = (MIDDLE + left * SCALE, MIDDLE - (bottom + height) * SCALE)
        for ink, thick in (("white", 6), (FIELD, 3)):
            d.shape(boxes([at], width * SCALE, height * SCALE), stroke=ink, thick=thick)
    if defects:
        d.shape(_crosses(drawn.x, drawn.y), stroke=DEFECT, thick=1.8)


# --- beside it ----------------------------------------------------------------------------------


def _share(d: Drawing, top: float, name: str, drawn: studies.HitWafer, shown: bool, ink: str = charts.INK) -> None:
    """A die to the wafer's scale, the share of dies that escape as a bar, and their count."""
    placed, good = drawn.placed, int(drawn.good.sum())
    share = good / placed.count if placed.count else 0.0
    wide, high = placed.width_mm * SCALE, placed.height_mm * SCALE
    d.shape(boxes([(_LEFT - 12 - wide, top + 4)], wide, high), fill=GOOD)
    d.words(_LEFT, top + 14, name, ink, bold=shown)
    d.shape(boxes([(_LEFT, top + 21)], _BAR, 18), fill=HIT)
    d.shape(boxes([(_LEFT, top + 21)], _BAR * share, 18) if good else "", fill=GOOD)
    d.words(_LEFT + _BAR + 10, top + 36, percent(share), bold=True)
    d.words(_LEFT, top + 57, f"{good} of {placed.count} dies escape", charts.SOFT_INK)


def _cost(d: Drawing, top: float, drawn: studies.HitWafer, dearest: float) -> None:
    """What a good die costs, as a bar."""
    long = _COST * drawn.usd / dearest
    d.shape(boxes([(_LEFT, top + 65)], long, 12), fill=charts.SOFT_INK)
    d.words(_LEFT + long + 8, top + 77, f"{usd(drawn.usd)} a good die", bold=True)


def _legend(d: Drawing, y: float, field: bool) -> None:
    x = 372.0
    for fill, words, wide in ((GOOD, "escaped", 74), (HIT, "hit", 36), (CUT, "cut off by the rim (dashed)", 0)):
        d.shape(boxes([(x, y - 13)], 14, 14), fill=fill)
        d.words(x + 20, y, words, charts.SOFT_INK)
        x += wide + 24
    if field:
        d.shape(boxes([(372, y + 10)], 14, 14), stroke=FIELD, thick=3)
        d.words(392, y + 23, "one exposure, at most 26 by 33 mm", bold=True)


def wafer_rows(step: str) -> list[dict[str, Any]]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        One of `STEPS`.
    """
    d, laid = Drawing(), studies.picture()
    shown = {"wafer": "big", "defects": "big", "field": "gathered", "cost": "big"}.get(step, step)
    field = step in ("field", "cost")
    _wafer(d, laid[shown], studies.WAFER_RIM, step in _ROWS, step != "wafer", field)
    if step not in _ROWS:
        end = 150 * SCALE
        if step == "wafer":
            d.shape(lines([(MIDDLE - end, MIDDLE), (MIDDLE + end, MIDDLE)]), stroke=charts.INK, thick=1.5)
            ends = [[(MIDDLE + s * end, MIDDLE - 8), (MIDDLE + s * end, MIDDLE + 8)] for s in (-1, 1)]
            d.shape(lines(*ends), stroke=charts.INK, thick=2)
            d.words(MIDDLE, MIDDLE - 10, "300 mm", bold=True, align="center")
            d.words(372, MIDDLE - 4, "a wafer: one slice of silicon,")
            d.words(372, MIDDLE + 17, "seen from above")
        else:
            d.shape(_crosses(np.array([(384 - MIDDLE) / SCALE]), np.array([9 / SCALE])), stroke=DEFECT, thick=1.8)
            d.words(398, MIDDLE - 4, f"{len(laid['big'].x)} killer defects", DEFECT, bold=True)
            d.words(398, MIDDLE + 17, "as many as on an average wafer", charts.SOFT_INK)
        return d.rows
    dearest = max(drawn.usd for drawn in laid.values())
    for place, (key, drawn) in enumerate(list(laid.items())[: _ROWS[step]]):
        size = drawn.placed.width_mm * drawn.placed.height_mm
        name = NAMES[key] if key == "gathered" else f"{NAMES[key]}, {size:.0f} mm²"
        _share(d, place * _HIGH, name, drawn, key == shown)
        if step == "cost":
            _cost(d, place * _HIGH, drawn, dearest)
    _legend(d, 3 * _HIGH + 24, field)
    return d.rows


def own_rows(drawn: studies.HitWafer, rim: float) -> list[dict[str, Any]]:
    """The wafer at a reader's own setting.

    Parameters
    ----------
    drawn : HitWafer
        As ``studies.hit_wafer`` gives it.
    rim : float
        Left empty, mm.
    """
    d, placed = Drawing(), drawn.placed
    _wafer(d, drawn, rim, True, True, True)
    name = f"{placed.width_mm:.1f} by {placed.height_mm:.1f} mm: {placed.width_mm * placed.height_mm:,.0f} mm²"
    _share(d, 70, name, drawn, True, DARK_ADDED)
    fits = (
        f"one exposure holds {'one' if drawn.held == 1 else drawn.held}"
        if drawn.held
        else "a side exceeds one exposure"
    )
    d.words(_LEFT, 152, fits, charts.SOFT_INK if drawn.held else DEFECT, bold=not drawn.held)
    if drawn.good.any():
        d.words(_LEFT, 178, f"a good die costs {usd(drawn.usd)}", bold=True)
    d.shape(_crosses(np.array([(384 - MIDDLE) / SCALE]), np.array([(MIDDLE - 270) / SCALE])), stroke=DEFECT, thick=1.8)
    d.words(398, 276, counted(len(drawn.x), "killer defect"), DEFECT, bold=True)
    _legend(d, 3 * _HIGH + 24, True)
    return d.rows


_SAID = "To scale; defects drawn by lot, not measured. Source: data/smic_evidence.csv; helpers/wafers/model"


def _chart(description: str, said: str = _SAID) -> alt.LayerChart:
    return chart_of(
        WIDTH,
        HEIGHT,
        said,
        description=description,
    )


def picture_chart() -> alt.LayerChart:
    """The picture in steps; rows from `wafer_rows`, the signal title."""
    return _chart(
        "Picture in seven steps of one round wafer from above. It is empty; crosses, the defects, fall on it; small dies are laid"
        " under them, and most are blue, untouched; the same defects under large dies leave few blue; gathered in clusters they leave"
        " more; an outline shows the largest field that one exposure prints; last, over the first defects again, bars show what a good die costs. At the right stand"
        " a die of each size, its share that escapes as a bar, and the count. The sentence above gives the number."
    )


def own_chart() -> alt.LayerChart:
    """The wafer at a reader's own setting; rows from `own_rows`, the signal title."""
    return _chart(
        "Round wafer from above, covered by a grid of dies. Dies that escaped all defects are blue, dies hit pale orange, dies cut by"
        " the rim grey; crosses mark defects, and an outline the largest field that one exposure prints. At the right stand one die,"
        " the share that escapes as a bar, the count and the cost. The sentence above gives the counts.",
        "Purple: your size. To scale; defects by lot. Source: data/smic_evidence.csv; helpers/wafers/model",
    )
