"""Pieces of the picture “From sand to answer”, at any size: lamp and mask, wafer, die, stack, package, rack, model, words."""

from __future__ import annotations

import math

from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, circle, ellipse

LOGIC, MEMORY, POINTED, STEEL = charts.BLUE, charts.ORANGE, charts.VERMILION, "#4b5563"
PALE_LOGIC, PALE_LIGHT, SAND, BOARD = "#dcebf7", "#fdf0cc", "#e3c98f", "#f1f3f5"
# Shades of a model's numbers, from small to large.
SHADES = ("#eef1f5", "#d9dfe7", "#bcc6d3", "#94a3b8")


def sand(d: Drawing, x: float, y: float, s: float) -> None:
    """A heap, standing on `y`."""
    d.shape(area((x - 34 * s, y), (x - 6 * s, y - 26 * s), (x + 6 * s, y - 26 * s), (x + 34 * s, y)), fill=SAND)
    for u, v in ((-14, -8), (2, -14), (14, -6), (-3, -4)):
        d.shape(circle(x + u * s, y + v * s, 1.6 * s), fill="#8a5a00")


def printer(d: Drawing, x: float, y: float, s: float) -> None:
    """Lamp, mask, lens and wafer, 64 wide and 64 high at size 1; `y` is its top."""
    mask, lens, floor = y + 22 * s, y + 38 * s, y + 58 * s
    d.shape(area((x - 4 * s, y + 6 * s), (x + 4 * s, y + 6 * s), (x + 26 * s, mask), (x - 26 * s, mask)), fill=PALE_LIGHT)  # fmt: skip
    openings = [(x + (-21 + 12 * i) * s, 6 * s) for i in range(4)]
    for left, wide in openings:
        low = x + (left - x) * 0.45
        d.shape(area((left, mask), (left + wide, mask), (low + wide * 0.45, floor), (low, floor)), fill="#f6cf74")
    d.shape(circle(x, y + 5 * s, 6 * s), fill=MEMORY)
    solid = [x - 28 * s, *(left + wide for left, wide in openings)]
    ends = [*(left for left, _ in openings), x + 28 * s]
    d.shape("".join(boxes([(a, mask)], b - a, 4 * s) for a, b in zip(solid, ends, strict=True)), fill=charts.INK)
    d.shape(ellipse(x, lens, 24 * s, 4 * s), fill=PALE_LOGIC, stroke=STEEL, thick=1.2, alpha=0.9)
    d.shape(ellipse(x, floor + 2 * s, 30 * s, 5 * s), fill=PALE_LOGIC, stroke=LOGIC, thick=1.5)
    lit = [(x + (left - x) * 0.45, floor) for left, _ in openings]
    d.shape(boxes(lit, 6 * s * 0.45, 3 * s), fill=LOGIC)


def wafer(d: Drawing, x: float, y: float, r: float, cells: int = 6) -> None:
    """A round wafer with its whole fields; `cells` of them across."""
    d.shape(circle(x, y, r), fill=PALE_LOGIC, stroke=LOGIC, thick=1.5)
    side = 2 * r / (cells + 0.6)
    fields = []
    for i in range(cells):
        for j in range(cells):
            left, top = (i - cells / 2) * side, (j - cells / 2) * side
            corners = [(left + a, top + b) for a in (0, side) for b in (0, side)]
            if max(math.hypot(*corner) for corner in corners) < r - 0.5:
                fields.append((x + left + side * 0.06, y + top + side * 0.06))
    d.shape(boxes(fields, side * 0.88, side * 0.88), fill=LOGIC)


def die(d: Drawing, x: float, y: float, side: float) -> None:
    """A logic die seen from above, `x`, `y` its left upper corner."""
    d.shape(boxes([(x, y)], side, side), fill=LOGIC)
    inner = [(x + side * (0.08 + 0.22 * i), y + side * (0.08 + 0.22 * j)) for i in range(4) for j in range(4)]
    d.shape(
        boxes([place for n, place in enumerate(inner) if n not in (5, 6)], side * 0.18, side * 0.18), fill="#5ba3d6"
    )


def stack(d: Drawing, x: float, y: float, wide: float, high: float, layers: int = 8) -> None:
    """Memory dies on top of each other, seen from the side."""
    step = high / layers
    d.shape(boxes([(x, y + i * step) for i in range(layers)], wide, step * 0.72), fill=MEMORY)


def package(d: Drawing, x: float, y: float, s: float) -> None:
    """Two logic dies between eight stacks on one board, from above: 84 wide and 48 high at size 1."""
    packages(d, [(x, y)], s)
    for side in (16.0, 44.0):
        die(d, x + side * s, y + 12 * s, 24 * s)


def packages(d: Drawing, places: list[tuple[float, float]], s: float) -> None:
    """Several of them, with plain dies."""
    d.shape(boxes(places, 84 * s, 48 * s), fill=BOARD, stroke=STEEL, thick=max(1, s))
    d.shape(boxes([(x + u * s, y + 12 * s) for x, y in places for u in (16, 44)], 24 * s, 24 * s), fill=LOGIC)
    edges = [(u, v) for u in (4.0, 72.0) for v in (4.0, 14.5, 25.0, 35.5)]
    d.shape(boxes([(x + u * s, y + v * s) for x, y in places for u, v in edges], 8 * s, 8 * s), fill=MEMORY)


def racks(d: Drawing, lefts: list[float], y: float, wide: float, high: float, slots: int) -> None:
    """Racks of servers from the front."""
    d.shape(boxes([(x, y) for x in lefts], wide, high), fill=STEEL)
    step = (high - 4) / slots
    d.shape(
        boxes([(x + 3, y + 3 + i * step) for x in lefts for i in range(slots)], wide - 6, step * 0.6), fill="#5ba3d6"
    )


def model(d: Drawing, x: float, y: float, cell: float, across: int, down: int, turn: int = 0) -> None:
    """The numbers of a model as shaded squares; another `turn` is another set of numbers."""
    for shade, ink in enumerate(SHADES):
        places = [
            (x + i * cell, y + j * cell)
            for i in range(across)
            for j in range(down)
            if (i * 7 + j * 5 + i * j + turn * (i + 2 * j)) % len(SHADES) == shade
        ]
        d.shape(boxes(places, cell * 0.86, cell * 0.86), fill=ink)


def bubble(d: Drawing, x: float, y: float, wide: float, high: float) -> None:
    """A speech bubble with its tip at the left below."""
    outline = area((x, y), (x + wide, y), (x + wide, y + high), (x + 22, y + high), (x + 10, y + high + 12), (x + 10, y + high), (x, y + high))  # fmt: skip
    d.shape(outline, fill="white", stroke=STEEL, thick=1.5)


def tokens(d: Drawing, x: float, y: float, wides: list[float], high: float, gap: float = 3) -> list[float]:
    """Tokens in a row; the left end of each."""
    lefts = []
    for wide in wides:
        d.shape(boxes([(x, y)], wide, high), fill=PALE_LOGIC, stroke=LOGIC, thick=1)
        lefts.append(x)
        x += wide + gap
    return lefts
