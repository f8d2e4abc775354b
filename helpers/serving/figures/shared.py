"""Fetch once, use many times: the weights pass by, answers share them, and a dot climbs to the roof."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from helpers.chips.studies import short
from helpers.serving import studies
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, lines

WIDTH, HEIGHT = 772, 336
CELL_TFLOPS = 5.0  # one cell of arithmetic
MEMORY, ARITHMETIC, ANSWER, POINTED = charts.ORANGE, charts.BLUE, charts.PURPLE, charts.VERMILION
_DARK_ORANGE, _DARK_PURPLE = "#8a5a00", "#8f3f72"
_PALE_MEMORY, _PALE_BLUE, _GHOST = "#fdf0d2", "#cfe3f1", "#b3b3b3"
_TEXTS = [
    ("The chip", "waits"), ("Once upon", "a"), ("Rain in", "May"), ("2 + 2 =", "4"), ("To be or", "not"),
    ("Dear", "Sir"), ("It was a", "dark"), ("Hello", "world"),
]  # fmt: skip
_AXIS = (452.0, 736.0, 268.0, 36.0)  # left, right, bottom, top
_X, _Y = (1, 1000), (20, 60_000)


@dataclass(frozen=True)
class _Place:
    """Where a chip is drawn: left edge, middle, pixels a cell of arithmetic, length of the pipe."""

    x: float
    y: float
    cell: float
    pipe: float

    @property
    def tank(self) -> float:
        """Width of the memory."""
        return 14 * self.cell

    @property
    def block(self) -> float:
        """Left edge of the arithmetic."""
        return self.x + self.tank + self.pipe


def _squares(d: Drawing, left: float, bottom: float, counts: Sequence[tuple[int, str]], wide: float, high: float) -> None:  # fmt: skip
    """Rows of eight from the bottom, one square a gigabyte: so many of each colour, one colour after the other."""
    first = 0
    for count, fill in counts:
        places = [(left + wide * (k % 8) + 0.12 * wide, bottom - high * (k // 8 + 1) + 0.12 * high) for k in range(first, first + count)]  # fmt: skip
        d.shape(boxes(places, 0.76 * wide, 0.76 * high), fill=fill)
        first += count


def _chip(d: Drawing, at: _Place, chip: studies.Alone, answers: int, passing: bool = True) -> float:
    """Memory, pipe and arithmetic of one chip, areas and width to scale; gives the y of the lowest edge."""
    wide, high = at.tank / 8, 2 * at.cell
    rows = math.ceil(chip.memory_gb / 8)
    tank = rows * high
    top = at.y - tank / 2
    d.shape(boxes([(at.x, top)], at.tank, tank), fill=_PALE_MEMORY, stroke=_DARK_ORANGE, thick=1.5)
    texts = round(answers * chip.text_gb)
    held = round(chip.model_gb)
    _squares(d, at.x, top + tank, [(held, MEMORY), (min(texts, 8 * rows - held), ANSWER)], wide, high)
    pipe = 8 * at.cell * chip.bandwidth_gb_s / 3350
    d.shape(boxes([(at.x + at.tank, at.y - pipe / 2)], at.pipe, pipe), fill=_PALE_MEMORY)
    ends = (at.x + at.tank, at.block)
    # Closed at its end: a pipe may be wider than the block that it feeds.
    low, high_end = at.y + pipe / 2, at.y - pipe / 2
    d.shape(lines([(ends[0], low), (ends[1] - 1, low), (ends[1] - 1, high_end), (ends[0], high_end)]), stroke=_DARK_ORANGE, thick=1.5)  # fmt: skip
    if passing:
        across, lanes = 1.8 * at.cell, max(1, int(pipe / (2 * at.cell)))
        steps = int((at.pipe - 4) // across)
        start, down = ends[0] + (at.pipe - steps * across) / 2, pipe / lanes
        spots = [(start + k * across, at.y - pipe / 2 + (r + 0.5) * down - 0.6 * at.cell) for k in range(steps) for r in range(lanes)]  # fmt: skip
        side = 1.2 * at.cell  # arrows, not squares: they show that all passes, and are no gigabytes to count
        d.shape("".join(area((x, y), (x + side, y + side / 2), (x, y + side)) for x, y in spots), fill=MEMORY)
    cells = max(1, round(chip.tflops / CELL_TFLOPS))
    side, depth = _grid(cells)
    left, up = at.block, at.y - depth * at.cell / 2
    d.shape(boxes([(left - 2, up - 2)], side * at.cell + 4, depth * at.cell + 4), fill="white", stroke=charts.INK, thick=1.5)  # fmt: skip
    for count, fill in ((cells, _PALE_BLUE), (lit_cells(chip, answers), ARITHMETIC)):
        whole, rest = divmod(count, side)
        bars = [(0, whole, side), (whole, 1, rest)]
        d.shape("".join(boxes([(left, up + n * at.cell)], wide * at.cell, rows * at.cell) for n, rows, wide in bars if rows and wide), fill=fill)  # fmt: skip
    right, low = left + side * at.cell, up + depth * at.cell
    upright = ([(left + k * at.cell, up), (left + k * at.cell, low)] for k in range(side + 1))
    level = ([(left, up + k * at.cell), (right, up + k * at.cell)] for k in range(depth + 1))
    d.shape(lines(*upright, *level), stroke="white", thick=0.2 * at.cell)
    return max(top + tank, up + depth * at.cell + 2)


def _grid(cells: int) -> tuple[int, int]:
    """Columns and rows of a nearly square grid with few places left empty."""
    least = math.ceil(math.sqrt(cells))
    side = min(range(least, int(1.3 * least) + 1), key=lambda n: (-cells % n, n))
    return side, math.ceil(cells / side)


def lit_cells(chip: studies.Alone, answers: int) -> int:
    """Cells of arithmetic that work, for so many answers at once; at least one if there is any answer."""
    cells = max(1, round(chip.tflops / CELL_TFLOPS))
    return max(1, round(cells * chip.at(answers)[1])) if answers else 0


def _large(d: Drawing, chip: studies.Alone, answers: int) -> None:
    """Steps 1 to 3: one chip, and the answers it writes."""
    at = _Place(8, 150, 10, 150)
    low = _chip(d, at, chip, answers, passing=bool(answers))
    cells = round(chip.tflops / CELL_TFLOPS)
    d.words(at.x, low + 22, "memory", _DARK_ORANGE, bold=True)
    d.words(at.x, low + 43, f"orange: the model, {chip.model_gb:.0f} of {chip.memory_gb:g} GB", _DARK_ORANGE)
    d.words(at.block, low + 22, "arithmetic", ARITHMETIC, bold=True)
    middle = at.x + at.tank + at.pipe / 2
    if not answers:
        d.words(at.block, low + 43, f"{cells} cells, all waiting", ARITHMETIC)
        d.words(middle, at.y + 6, "pipe between", _DARK_ORANGE, align="center")
        return
    many, only = ("cells work", "") if lit_cells(chip, answers) > 1 else ("cells works", "only ")
    d.words(at.block, low + 43, f"{only}{lit_cells(chip, answers)} of {cells} {many}", ARITHMETIC)
    d.words(middle, at.y - 66, "the whole model," if answers == 1 else "the same model,", align="center")
    d.words(middle, at.y - 47, "once" if answers == 1 else "still once", align="center", bold=True)
    edge = at.block + _grid(cells)[0] * at.cell
    start, pitch = 574.0, 25.0
    for row, (text, new) in enumerate(_TEXTS[:answers]):
        y = at.y + (row - (answers - 1) / 2) * pitch
        d.shape(lines([(edge + 3, at.y), (start - 18, y), (start - 5, y)]), stroke=ANSWER, thick=1.5)
        d.words(start, y + 6, text, charts.SOFT_INK)
        d.shape(boxes([(start + 96, y - 10)], 62, 21), fill="#f3dcea", stroke=ANSWER, thick=1.5)
        d.words(start + 127, y + 6, new, _DARK_PURPLE, bold=True, align="center")
    each = "one new token" if answers == 1 else f"{answers} new tokens"
    d.words(start - 5, low + 22, each, _DARK_PURPLE, bold=True)


# --- the chart beside the chips -------------------------------------------------------------------


def _spot(answers: float, rate: float) -> tuple[float, float]:
    left, right, bottom, top = _AXIS
    part = [math.log(v / low) / math.log(high / low) for v, (low, high) in ((answers, _X), (rate, _Y))]
    return left + part[0] * (right - left), bottom - part[1] * (bottom - top)


def _axes(d: Drawing) -> None:
    left, right, bottom, top = _AXIS
    d.words(left - 58, top - 16, "tokens a second, at most", bold=True)
    for rate in (100, 1000, 10_000):
        y = _spot(1, rate)[1]
        d.shape(lines([(left, y), (right, y)]), stroke=charts.RULE)
        d.words(left - 8, y + 6, f"{rate:,}", charts.SOFT_INK, align="right")
    for answers in (1, 10, 100, 1000):
        x = _spot(answers, _Y[0])[0]
        d.shape(lines([(x, bottom), (x, bottom + 5)]), stroke=charts.INK)
        d.words(x, bottom + 22, f"{answers:,}", charts.SOFT_INK, align="center")
    d.shape(lines([(left, top), (left, bottom), (right, bottom)]), stroke=charts.INK, thick=1.5)
    d.words((left + right) / 2, bottom + 44, "answers written at once", bold=True, align="center")


def _line(d: Drawing, chip: studies.Alone, until: int, grey: bool = False) -> None:
    """A chip's line as far as its memory has room: slope, then roof."""
    until = min(until, chip.room)
    if until < 1:
        return
    turn = int(min(chip.ridge, until))
    steps = sorted({*(a for a in studies.AT_ONCE if a < turn), turn})
    d.shape(lines([_spot(a, chip.at(a)[0]) for a in steps]), stroke=_GHOST if grey else MEMORY, thick=4)
    if until > turn:
        d.shape(lines([_spot(a, chip.at(a)[0]) for a in (turn, until)]), stroke=_GHOST if grey else ARITHMETIC, thick=4)
    if chip.room < min(until + 1, _X[1]):
        x, y = _spot(until, chip.at(until)[0])
        d.shape(lines([(x, y - 9), (x, y + 9)]), stroke=charts.INK, thick=3)


def _dot(d: Drawing, chip: studies.Alone, answers: int, size: float = 7, fill: str = ANSWER) -> tuple[float, float]:
    x, y = _spot(answers, chip.at(answers)[0])
    around = [(x + size * math.cos(a * math.pi / 8), y + size * math.sin(a * math.pi / 8)) for a in range(16)]
    d.shape(area(*around), fill=fill, stroke=charts.INK, thick=1.5)
    return x, y


def _climb(d: Drawing, chip: studies.Alone, answers: int, ridge: bool) -> None:
    """Steps 4 and 5: the chip, and its dot on the line."""
    at = _Place(8, 130, 7, 84)
    low = _chip(d, at, chip, min(answers, chip.room))
    cells = round(chip.tflops / CELL_TFLOPS)
    d.words(at.x, low + 24, short(chip.chip), bold=True)
    lit = lit_cells(chip, answers)
    d.words(at.block, low + 24, f"all {cells} cells work" if lit == cells else f"{lit} of {cells} cells work", ARITHMETIC, bold=True)  # fmt: skip
    d.words(at.x, low + 48, "orange: the model", _DARK_ORANGE)
    d.words(at.block, low + 48, "purple: texts of the answers", _DARK_PURPLE)
    _axes(d)
    _line(d, chip, _X[1] if ridge else answers)
    for fewer in (1, 8):
        if fewer < answers:
            x, y = _dot(d, chip, fewer, 5, "white")
            d.words(x + 11, y + 12, f"{fewer}", charts.SOFT_INK)
    if answers > chip.room:
        return
    x, y = _dot(d, chip, answers, fill=POINTED if ridge else ANSWER)
    words = f"{answers:,} answers" if answers > 1 else "1 answer"
    if ridge:
        d.words(x + 8, y - 14, f"the ridge: {words}", "#a34700", bold=True, align="right")
        d.words(*_below(chip, 20, 14, 30), "memory limits", _DARK_ORANGE, bold=True)
        for down, word in ((46, "arithmetic"), (65, "limits")):
            d.words(_AXIS[1] + 8, y + down, word, ARITHMETIC, bold=True, align="right")
    else:
        d.words(x - 12, y - 10, words, _DARK_PURPLE, bold=True, align="right" if answers > 8 else "left")


def _below(chip: studies.Alone, answers: int, right: float, down: float) -> tuple[float, float]:
    x, y = _spot(answers, chip.at(answers)[0])
    return x + right, y + down


def _two(d: Drawing, first: studies.Alone, other: studies.Alone, answers: int) -> None:
    """Step 6: two chips at one scale, and their lines."""
    for chip, y in ((first, 64.0), (other, 224.0)):
        at = _Place(8, y, 5, 60)
        fits = answers <= chip.room
        _chip(d, at, chip, answers if fits else 0, passing=fits)
        cells, lit = round(chip.tflops / CELL_TFLOPS), lit_cells(chip, answers if fits else 0)
        beside = at.block + 5 * _grid(cells)[0] + 12
        d.words(beside, y - 14, short(chip.chip), bold=True)
        words = (f"{lit} of {cells}", "cells work") if lit < cells else (f"all {cells}", "cells work")
        for down, word in zip((8, 28), words if fits else ("texts do", "not fit")):
            d.words(beside, y + down, word, ARITHMETIC if fits else "#a34700")
    _axes(d)
    _line(d, first, _X[1], grey=True)
    _line(d, other, _X[1])
    shown = [_dot(d, chip, answers) for chip in (first, other) if answers <= chip.room]
    key = [("orange: memory limits", _DARK_ORANGE), ("blue: arithmetic limits", ARITHMETIC)]
    if shown:
        dots = "dots" if len(shown) > 1 else "dot"
        key = [(f"{dots}: {answers:,} answer{'s' if answers > 1 else ''}", _DARK_PURPLE), *key]
    for up, (word, ink) in zip((55, 29, 9), key):
        d.words(_AXIS[1], _AXIS[2] - up, word, ink, align="right")
    if not other.room or (first.ridge, first.bandwidth_gb_s) == (other.ridge, other.bandwidth_gb_s):
        x, y = _end(first)
        both = f"{short(first.chip)} and {short(other.chip)}" if other.room else short(first.chip)
        d.words(x, y - 12, both, charts.SOFT_INK, bold=True, align="right")
        return
    upper = first if first.at(_X[1])[0] > other.at(_X[1])[0] else other
    for chip, ink in ((first, charts.SOFT_INK), (other, ARITHMETIC)):
        x, y = _end(chip)
        d.words(x + 8, y - 12 if chip is upper else y + 32, short(chip.chip).removeprefix("Ascend "), ink, bold=True, align="right")  # fmt: skip


def _end(chip: studies.Alone) -> tuple[float, float]:
    """Where a chip's line ends."""
    last = min(chip.room, _X[1])
    return _spot(last, chip.at(last)[0])


def shared_rows(step: str, answers: int, other: str, bits: int = 8) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        "chip", "one", "eight", "climb", "ridge" or "two".
    answers : int
        At once, for "climb" and "two".
    other : str
        The second chip.
    bits : int
        Width of the weights.
    """
    d, first = Drawing(), studies.alone("H800 SXM5 80GB", bits)
    if step in ("chip", "one", "eight"):
        _large(d, first, {"chip": 0, "one": 1, "eight": 8}[step])
    elif step == "two":
        _two(d, first, studies.alone(other, bits), answers)
    else:
        _climb(d, first, int(first.ridge) if step == "ridge" else answers, step == "ridge")
    return d.rows


def shared_chart() -> alt.LayerChart:
    """The picture; rows from `shared_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        f"{studies.ALONE}, {studies.SHORT}-token texts; H800 in steps 1 to 5. Square: 1 GB; cell: 5 TFLOPS. Source: data/chips.csv",
        description=(
            "Picture in six steps of one chip that writes answers: memory in orange, a pipe, arithmetic as a grid of blue cells."
            " First the chip at rest, then one answer, for which the whole model passes by and almost no cell works, then eight"
            " answers that share one passing; then tokens a second over answers at once, climbing to a ridge where all cells work;"
            " last a second chip at the same scale. The sentence above gives the numbers."
        ),
    )
