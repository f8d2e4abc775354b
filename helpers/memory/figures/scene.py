"""Pieces of the picture “Two taps, one bucket”: tank, wafer, taps, package, months; in pixels, stripes and bars to scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

from helpers.memory import studies
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, circle, lines

WIDTH, HEIGHT = 772, 356
LOGIC, MEMORY, HOME, POINTED = charts.BLUE, charts.ORANGE, charts.GREEN, charts.VERMILION
DARK_MEMORY, DARK_HOME, DARK_POINTED, DARK_ADDED = "#8a5a00", "#00664b", "#a84300", "#8f3f72"
GHOST, STEEL, PALE = "#b3b3b3", "#4b5563", "#f6d9b0"

TANK_X, TANK_W, TANK_TOP, TANK_FLOOR = 486.0, 104.0, 22.0, 152.0
A_STACK = 10.0  # pixels a million stacks in the tank
TAP_A, TAP_B, TAP_Y = 300.0, 404.0, 150.0
PACK_X, PACK_Y, PACK_W, PACK_H = 262.0, 196.0, 212.0, 48.0
STRIP_X, STRIP_FLOOR, STRIP_HIGH, A_MONTH = 168.0, 334.0, 58.0, 14.2


def million_stacks(gigabytes_m: float) -> float:
    """Stacks of the size of the stock, in millions."""
    return gigabytes_m / studies.gb_of(studies.STACK)


# --- memory -------------------------------------------------------------------------------------


def tank(d: Drawing, stock_m: float, used_m: float = 0.0, ghosts: Sequence[float] = ()) -> None:
    """A stripe a million stacks, from below; pale at the foot: used before; dashed: earlier levels."""
    full, left = divmod(million_stacks(stock_m), 1)
    inner, width = TANK_X + 3, TANK_W - 6
    tops = [TANK_FLOOR - (i + 1) * A_STACK for i in range(int(full))]
    d.shape(boxes([(inner, y) for y in tops], width, A_STACK - 1), fill=MEMORY)
    if left * A_STACK > 1:
        d.shape(boxes([(inner, TANK_FLOOR - full * A_STACK - left * A_STACK)], width, left * A_STACK - 1), fill=MEMORY)
    if used_m > 0:
        tall = million_stacks(used_m) * A_STACK
        d.shape(boxes([(inner, TANK_FLOOR - tall)], width, tall), fill=PALE)
    for year, level in enumerate(ghosts):
        y = TANK_FLOOR - million_stacks(level) * A_STACK
        if level - stock_m > 16:
            d.words(inner + width / 2, y - 5, f"Jan {studies.FIRST_YEAR + year}", DARK_MEMORY, align="center")
        d.shape(lines([(inner, y), (inner + width, y)]), stroke=DARK_MEMORY, thick=1.5, dash=(4, 3))
    x, right = TANK_X, TANK_X + TANK_W
    d.shape(lines([(x, TANK_TOP - 8), (x, TANK_FLOOR + 1), (right, TANK_FLOOR + 1), (right, TANK_TOP - 8)]), stroke=charts.INK, thick=3)  # fmt: skip


def gate(d: Drawing) -> None:
    """The pipe from abroad, and the US rule that shuts it."""
    x = TANK_X + TANK_W + 2
    d.shape(boxes([(x, 28)], WIDTH - x - 8, 14), fill="#d6dae0")
    d.shape(boxes([(x + 58, 16)], 10, 38), fill=LOGIC)
    d.words(x + 78, 24, "US rule", LOGIC, bold=True)
    d.words(x + 78, 62, "from abroad", charts.SOFT_INK)


def home_pipe(d: Drawing, home_m: float, name: str, *words: str) -> None:
    """The pipe from home; as thick as its gigabytes a year are many."""
    if home_m <= 0:
        return
    x, thick = TANK_X + TANK_W + 2, max(2.0, home_m * 0.24)
    y = 116.0
    d.shape(boxes([(x, y - thick / 2)], WIDTH - x - 8, thick), fill=HOME)
    d.shape(area((x - 8, y), (x + 6, y - thick / 2 - 5), (x + 6, y + thick / 2 + 5)), fill=HOME)
    d.words(x + 14, y - thick / 2 - 8, name, DARK_HOME, bold=True)
    for line, said in enumerate(words):
        d.words(x + 14, y + thick / 2 + 19 + 19 * line, said, charts.INK)


# --- logic, taps, package -----------------------------------------------------------------------


def wafer(d: Drawing, words: str) -> None:
    x, y, r = 62.0, 66.0, 48.0
    d.shape(circle(x, y, r), fill="#dcebf7", stroke=LOGIC, thick=2)
    side, cells = 12.0, []
    for i in range(-4, 4):
        for j in range(-4, 4):
            corners = [(i * side + a, j * side + b) for a in (0, side) for b in (0, side)]
            if max(math.hypot(*c) for c in corners) < r - 1:
                cells.append((x + i * side + 1, y + j * side + 1))
    d.shape(boxes(cells, side - 2, side - 2), fill=LOGIC)
    d.words(120, 52, "logic dies", LOGIC, bold=True)
    d.words(120, 74, words)
    d.shape(lines([(x, y + r), (x, TAP_Y), (TAP_A - 10, TAP_Y)]), stroke=LOGIC, thick=9)


def memory_pipe(d: Drawing, empty: bool = False) -> None:
    d.shape(lines([(TANK_X, TAP_Y - 5), (TAP_B + 10, TAP_Y - 5)]), stroke=GHOST if empty else MEMORY, thick=9)


def lamp(d: Drawing, x: float) -> None:
    """The light behind the slower tap."""
    d.shape(circle(x, TAP_Y - 2, 29), fill="#ffe79a", stroke=POINTED, thick=4)


def tap(d: Drawing, x: float, stream: float, ink: str) -> None:
    """A tap, and the stream below it."""
    if stream > 0.3:
        d.shape(boxes([(x - stream / 2, TAP_Y + 12)], stream, PACK_Y - TAP_Y - 12), fill=ink)
    body = boxes([(x - 10, TAP_Y - 10)], 20, 20) + boxes([(x - 6, TAP_Y + 8)], 12, 8)
    d.shape(body + boxes([(x - 2, TAP_Y - 20)], 4, 11) + boxes([(x - 12, TAP_Y - 23)], 24, 5), fill=STEEL)


def package(d: Drawing, filled: float, dies: int = 2, more: int = 0) -> None:
    """One chip: two logic dies, eight stacks, as far as they are there; `more` slots that the same computing takes."""
    width = PACK_W + 24 * ((more + 1) // 2) + (2 if more else 0)
    d.shape(boxes([(PACK_X, PACK_Y)], width, PACK_H), fill="#f1f3f5", stroke=STEEL, thick=2)
    places = [(PACK_X + 10 + 46 * i, PACK_Y + 6) for i in range(2)]
    d.shape(boxes(places[:dies], 36, 36), fill=LOGIC)
    d.shape(boxes(places[dies:], 36, 36), stroke=LOGIC, thick=1.5, dash=(4, 3))
    slots = [(PACK_X + 112 + 24 * (i % 4), PACK_Y + 5 + 21 * (i // 4)) for i in range(8)]
    count = round(8 * filled)
    for x, y in slots[:count]:
        d.shape(boxes([(x, y + 4.4 * k) for k in range(4)], 19, 3.4), fill=MEMORY)
    d.shape(boxes(slots[count:], 19, 16.6), stroke=MEMORY, thick=1.5, dash=(3, 2))
    if more:
        extra = [(PACK_X + PACK_W + 2 + 24 * (i // 2), PACK_Y + 5 + 21 * (i % 2)) for i in range(more)]
        d.shape(boxes(extra, 19, 16.6), fill="#fde3d3", stroke=POINTED, thick=2)


def waiting(d: Drawing, dies: float) -> None:
    """A square a hundred thousand dies that wait."""
    count = round(dies / 1e5)
    if not count:
        return
    places = [(12 + 17 * (i % 12), PACK_Y - 8 + 17 * (i // 12)) for i in range(count)]
    d.shape(boxes(places, 13, 13), fill=LOGIC)
    d.words(12, PACK_Y + 17 * ((count - 1) // 12) + 26, f"{dies / 1e6:.1f} million dies wait", LOGIC, bold=True)


# --- the bucket, month by month -----------------------------------------------------------------


def strip(
    d: Drawing,
    found: studies.Months,
    shown: int,
    top: float,
    floor: float = STRIP_FLOOR,
    high: float = STRIP_HIGH,
    x: float = STRIP_X,
    before: studies.Months | None = None,
    years: bool = True,
) -> None:
    """A bar a month, as far as shown: blue where dies set the pace, orange where memory does; dashed: what dies allow."""
    scale = high / top
    d.shape(lines([(x - 4, floor + 0.5), (x + 36 * A_MONTH, floor + 0.5)]), stroke=charts.INK, thick=1.5)
    for what, ink in (("dies", LOGIC), ("memory", MEMORY)):
        path = ""
        for i in range(shown):
            tall = found.computing[i] * scale
            if found.binds[i] == what and tall > 0.4:
                path += boxes([(x + i * A_MONTH, floor - tall)], A_MONTH - 2.6, tall)
        d.shape(path, fill=ink)
    compared = found.by_dies if before is None else before.computing
    ghost = [i for i in range(shown) if compared[i] > found.computing[i] * 1.02]
    path = "".join(boxes([(x + i * A_MONTH, floor - compared[i] * scale)], A_MONTH - 2.6, compared[i] * scale) for i in ghost)  # fmt: skip
    d.shape(path, stroke=GHOST if before is None else POINTED, thick=1.3, dash=(3, 2))
    if years:
        for year in range(studies.YEARS):
            d.words(x + (12 * year + 6) * A_MONTH, floor + 18, str(studies.FIRST_YEAR + year), charts.SOFT_INK, align="center")  # fmt: skip
    for year in range(1, studies.YEARS):
        d.shape(lines([(x + 12 * year * A_MONTH - 1.3, floor), (x + 12 * year * A_MONTH - 1.3, floor + 6)]), stroke=charts.SOFT_INK)  # fmt: skip


def gigabyte_strip(
    d: Drawing,
    stock: Sequence[float],
    home: Sequence[float],
    asked: Sequence[float],
    top: float,
    floor: float,
    high: float,
    x: float,
    open_home: bool = False,
) -> None:
    """Million GB of each month: orange from the stock, green from home (dashed where it is only needed); grey: asked."""
    scale, wide = high / top, A_MONTH - 2.6
    d.shape(lines([(x - 4, floor + 0.5), (x + 36 * A_MONTH, floor + 0.5)]), stroke=charts.INK, thick=1.5)
    at = [x + i * A_MONTH for i in range(len(asked))]
    d.shape("".join(boxes([(a, floor - v * scale)], wide, v * scale) for a, v in zip(at, stock) if v * scale > 0.4), fill=MEMORY)  # fmt: skip
    path = "".join(boxes([(a, floor - (s + h) * scale)], wide, h * scale) for a, s, h in zip(at, stock, home) if h * scale > 0.4)  # fmt: skip
    if open_home:
        d.shape(path, fill="#d9f0e6", stroke=DARK_HOME, thick=1.5, dash=(4, 2))
    else:
        d.shape(path, fill=HOME)
    short = [(a, v * scale) for a, v, s, h in zip(at, asked, stock, home) if v > (s + h) * 1.02]
    d.shape("".join(boxes([(a, floor - tall)], wide, tall) for a, tall in short), stroke=GHOST, thick=1.3, dash=(3, 2))
    for year in range(studies.YEARS):
        d.words(x + (12 * year + 6) * A_MONTH, floor + 18, str(studies.FIRST_YEAR + year), charts.SOFT_INK, align="center")  # fmt: skip


def months_between(d: Drawing, first: int, last: int, at: int, y: float, x: float) -> None:
    """A range of months, with the one of the setting marked."""
    left, right, dot = (x + (month + 0.4) * A_MONTH for month in (first, last, at))
    d.shape(lines([(left, y), (right, y)], [(left, y - 5), (left, y + 5)], [(right, y - 5), (right, y + 5)]), stroke=POINTED, thick=2.5)  # fmt: skip
    d.shape(circle(dot, y, 5), fill=POINTED)
