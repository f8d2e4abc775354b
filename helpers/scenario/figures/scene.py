"""Pieces of the picture “Two reservoirs, four inflows”: reservoirs of squares, axes of years, bands; in pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence

from helpers.scenario import studies
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, circle, lines

WIDTH, HEIGHT = 772, 352
OWNED, OTHERS = charts.BLUE, "#b9c3cc"
SOURCES = {
    "domestic": (charts.GREEN, "#00664b", "made in China"),
    "licensed": (charts.SKY, "#1f6f9f", "sold openly"),
    "smuggled": (charts.VERMILION, "#a84300", "smuggled"),
    "rented": ("white", charts.BLUE, "rented abroad"),
}
SWITCHES = {
    "licences": "licences: sold, or denied",
    "law": "a law on renting abroad",
    "crackdown": "a crackdown on smuggling",
    "power": "a limit on US power",
    "all": "all four, to narrow or to widen",
}
FLOOR, PITCH = 334.0, 19.0  # of the reservoirs; a square with its gap
LEFT, RIGHT = 14.0, 540.0  # where the reservoirs begin
COLUMNS = {"abroad": 22, "china": 9}
PER_SQUARE = 0.1  # million H100-equivalents
PLOT = (70.0, 606.0, 40.0, 316.0)  # left, right, top, bottom of the axes
BOTTOM_RATIO, TOP_RATIO = 1.5, 100.0


# --- reservoirs ---------------------------------------------------------------------------------


def _cells(first: float, last: float, columns: int, x: float) -> list[tuple[float, float, float]]:
    """Squares from one count to another, filled row by row from the floor: place and width of each."""
    found = []
    at = math.floor(first + 1e-9)
    while at < last - 1e-9:
        start, end = max(first, at), min(last, at + 1)
        left = x + (at % columns) * PITCH + (start - at) * (PITCH - 2)
        top = FLOOR - (at // columns + 1) * PITCH + 2
        found.append((left, top, (end - start) * (PITCH - 2)))
        at += 1
    return found


def squares(d: Drawing, first: float, last: float, where: str, fill: str, edge: str = "none") -> None:
    """Computing from one level to another (million H100-equivalents), as squares."""
    x = LEFT if where == "abroad" else RIGHT
    cells = _cells(first / PER_SQUARE, last / PER_SQUARE, COLUMNS[where], x)
    if edge == "none":  # one path for all: hundreds of squares are then one mark
        path = "".join(boxes([(left, top)], wide, PITCH - 2) for left, top, wide in cells if wide > 0.6)
        d.shape(path, fill=fill)
        return
    path = "".join(
        boxes([(left + 1, top + 1)], max(wide - 2, 0.6), PITCH - 4) for left, top, wide in cells if wide > 0.6
    )
    d.shape(path, fill=fill, stroke=edge, thick=2)


def walls(d: Drawing, where: str, top: float) -> None:
    """The two sides and the floor of a reservoir."""
    x = (LEFT if where == "abroad" else RIGHT) - 5
    wide = COLUMNS[where] * PITCH + 8
    d.shape(lines([(x, top), (x, FLOOR + 3), (x + wide, FLOOR + 3), (x + wide, top)]), stroke=charts.INK, thick=3)


# --- 2030 alone, ratios along -------------------------------------------------------------------


def along(ratio: float) -> float:
    """Pixels along of a ratio, on a logarithmic scale from 1.5 to 100, held within the sheet."""
    first, last = 250.0, WIDTH - 14.0
    share = math.log(max(min(ratio, TOP_RATIO), BOTTOM_RATIO) / BOTTOM_RATIO) / math.log(TOP_RATIO / BOTTOM_RATIO)
    return first + share * (last - first)


# --- axes of years ------------------------------------------------------------------------------


def x_of(year: float) -> float:
    """Pixels of a year."""
    left, right, *_ = PLOT
    first, last = studies.SHOWN[0], studies.SHOWN[-1]
    return left + 14 + (year - first) / (last - first) * (right - left - 28)


def y_of(ratio: float) -> float:
    """Pixels of a ratio, on a logarithmic scale, held within the frame."""
    *_, top, bottom = PLOT
    share = math.log(max(min(ratio, TOP_RATIO), BOTTOM_RATIO) / BOTTOM_RATIO) / math.log(TOP_RATIO / BOTTOM_RATIO)
    return bottom - share * (bottom - top)


def axes(d: Drawing, words: str) -> None:
    """Years along, ratios up, each doubling or so marked."""
    left, right, top, bottom = PLOT
    ticks = (2, 5, 10, 20, 50, 100)
    d.shape(lines(*([(left, y_of(t)), (right, y_of(t))] for t in ticks)), stroke=charts.RULE)
    for t in ticks:
        d.words(left - 8, y_of(t) + 6, f"{t}", charts.SOFT_INK, align="right")
    d.shape(lines([(left, bottom), (right, bottom)]), stroke=charts.SOFT_INK)
    for year in studies.SHOWN:
        d.words(x_of(year), bottom + 22, f"{year}", charts.SOFT_INK, align="center")
    d.words(4, 16, words, charts.SOFT_INK)


def line(d: Drawing, years: Sequence[float], values: Sequence[float], ink: str, thick: float = 2, **style: object) -> None:  # fmt: skip
    d.shape(lines([(x_of(y), y_of(v)) for y, v in zip(years, values, strict=True)]), stroke=ink, thick=thick, **style)


def band(d: Drawing, years: Sequence[float], low: Sequence[float], high: Sequence[float], fill: str, alpha: float) -> None:  # fmt: skip
    up = [(x_of(y), y_of(v)) for y, v in zip(years, high, strict=True)]
    down = [(x_of(y), y_of(v)) for y, v in zip(years, low, strict=True)]
    d.shape(area(*up, *reversed(down)), fill=fill, alpha=alpha)


def dot(d: Drawing, x: float, y: float, fill: str, r: float = 5) -> None:
    d.shape(circle(x, y, r), fill=fill, stroke="white")


def diamond(d: Drawing, x: float, y: float, fill: str, r: float = 8) -> None:
    d.shape(area((x, y - r), (x + r, y), (x, y + r), (x - r, y)), fill=fill, stroke="white")


def apart(ys: Sequence[float], least: float = 19.0) -> list[float]:
    """Places of labels, in order from the top, moved so that none lies on another."""
    order = sorted(range(len(ys)), key=lambda i: ys[i])
    placed = list(ys)
    for before, now in zip(order, order[1:]):
        placed[now] = max(placed[now], placed[before] + least)
    over = max(0.0, placed[order[-1]] - (PLOT[3] + 4)) if order else 0.0
    return [y - over for y in placed]
