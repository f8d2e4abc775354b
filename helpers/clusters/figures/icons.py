"""Small signs of the picture “From peak to bill”: dot, chip, bolt, coin, bill; any of them cut to a fraction."""

from __future__ import annotations

import math
from collections.abc import Sequence

from helpers.show.drawing import area, circle

Points = list[tuple[float, float]]
SLOT = 1.12  # width of one sign and the gap beside it, in widths of the sign


def disc(x: float, y: float, r: float, corners: int = 24) -> Points:
    """A circle as points: few are enough where it is small, and keep the stored page light."""
    turns = (2 * math.pi * k / corners for k in range(corners))
    return [(x + r * math.cos(a), y + r * math.sin(a)) for a in turns]


def dot(x: float, y: float, r: float) -> str:
    """A filled circle as a path."""
    if r < 10:
        return area(*disc(x, y, r, 10 if r < 6 else 14))
    return circle(x, y, r)


def _box(x: float, y: float, wide: float, high: float) -> Points:
    return [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)]


def _chip(x: float, y: float, s: float) -> list[Points]:
    body = _box(x + 0.12 * s, y + 0.12 * s, 0.76 * s, 0.76 * s)
    at = [0.24 * s + 0.19 * s * k for k in range(4)]
    pins = [_box(x + a - 0.03 * s, y + up, 0.06 * s, 0.12 * s) for a in at for up in (0, 0.88 * s)]
    pins += [_box(x + left, y + a - 0.03 * s, 0.12 * s, 0.06 * s) for a in at for left in (0, 0.88 * s)]
    return [body, *pins]


def _bolt(x: float, y: float, s: float) -> list[Points]:
    points = ((0.5, 0), (0.82, 0), (0.64, 0.34), (0.88, 0.34), (0.3, 1), (0.46, 0.53), (0.2, 0.53))
    return [[(x + a * s, y + b * s) for a, b in points]]


def _coin(x: float, y: float, s: float) -> list[Points]:
    return [disc(x + s / 2, y + s / 2, s / 2)]


def _bill(x: float, y: float, s: float) -> list[Points]:
    return [_box(x + 0.08 * s, y, 0.84 * s, s)]


SIGNS = {"chips": _chip, "power": _bolt, "capital": _coin, "bill": _bill}


def cut(points: Points, right: float) -> Points:
    """The part of an outline left of `right`."""
    kept: Points = []
    for (x, y), (u, v) in zip(points, [*points[1:], points[0]], strict=True):
        if x <= right:
            kept.append((x, y))
        if (x <= right) != (u <= right):
            kept.append((right, y + (right - x) * (v - y) / (u - x)))
    return kept


def sign(name: str, x: float, y: float, size: float, part: float = 1.0) -> str:
    """One sign as a path, its left `part` only; `x` and `y` are its top left corner."""
    shapes = (cut(points, x + part * size) for points in SIGNS[name](x, y, size))
    return "".join(area(*points) for points in shapes if len(points) > 2)


def row(name: str, x: float, y: float, size: float, count: float) -> str:
    """So many signs side by side, the last one cut."""
    whole = int(count + 1e-9)
    path = "".join(sign(name, x + k * SLOT * size, y, size) for k in range(whole))
    if count - whole > 0.02:
        path += sign(name, x + whole * SLOT * size, y, size, count - whole)
    return path


def end(x: float, size: float, count: float) -> float:
    """Where a `row` ends."""
    whole = int(count + 1e-9)
    return x + (whole * SLOT + (count - whole)) * size - (0 if count - whole > 0.02 else (SLOT - 1) * size)


def strips(x: float, y: float, size: float, count: float, share: float) -> str:
    """The lowest share of a row of bills."""
    places: Sequence[float] = range(int(count + 1e-9) + 1)
    path = ""
    for k in places:
        part = min(1.0, count - k)
        left, right = x + k * SLOT * size + 0.08 * size, x + k * SLOT * size + min(part, 0.92) * size
        if right > left:
            path += area(*_box(left, y + size * (1 - share), right - left, size * share))
    return path
