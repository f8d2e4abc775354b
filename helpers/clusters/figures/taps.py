"""The second half of the picture “From peak to bill”: wafers, yield and memory as taps that fill a country's tank."""

from __future__ import annotations

from helpers.clusters import studies
from helpers.clusters.figures import icons
from helpers.clusters.figures.ladder import DARK_ADDED, DARK_B, DARK_POINTED, GHOST, OF_A, OF_B
from helpers.core.words import figures as in_figures
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, lines

MEMORY, DARK_MEMORY, STEEL = charts.ORANGE, "#8a5a00", "#4b5563"
_DIES, _STACKS = 122.0, 268.0  # middle of each pipe
_WIDEST = 116.0
_WAFERS, _YIELD, _MEMORY = 46.0, 212.0, 176.0  # where the taps stand
_PACK_X, _PACK_Y, _PACK_W, _PACK_H = 362.0, 70.0, 104.0, 236.0
_TANK_X, _TANK_W, _TANK_TOP, _FLOOR = 588.0, 176.0, 40.0, 318.0


def of_year(found: studies.Taps) -> tuple[str, str]:
    """Whose account it is, and of which year."""
    who, year = found.name.split(", ")[:2]
    return who, year


def _million(chips: float) -> str:
    return f"{in_figures(chips / 1e6, 3)} million"  # so that the shares said beside them can be divided again


def _tap(d: Drawing, x: float, middle: float, thick: float, word: str, slow: bool) -> None:
    """A tap across a pipe; a light behind the one that decides."""
    half = thick / 2 + 9
    if slow:
        d.shape(icons.dot(x, middle - 6, half + 16), fill="#ffe79a", stroke=charts.VERMILION, thick=3)
    d.shape(boxes([(x - 7, middle - half)], 14, 2 * half), fill="#f1f3f5", stroke=STEEL, thick=2)
    d.shape(boxes([(x - 2.5, middle - half - 13)], 5, 13) + boxes([(x - 19, middle - half - 18)], 38, 6), fill=STEEL)
    said, ink, up = (f"{word}: the slowest tap", DARK_POINTED, 32) if slow else (word, charts.INK, 26)
    d.words(x, middle - half - up, said, ink, bold=True, align="center")


def _chip(d: Drawing) -> None:
    """What a package takes: two dies, eight stacks."""
    d.shape(boxes([(_PACK_X, _PACK_Y)], _PACK_W, _PACK_H), fill="#f1f3f5", stroke=STEEL, thick=2)
    x, y = _PACK_X + _PACK_W / 2, _PACK_Y + _PACK_H / 2 - 4
    d.shape(boxes([(x - 17, y - 37), (x - 17, y + 1)], 34, 36), fill=OF_A)
    d.shape(boxes([(x + s * 31 - 9, y - 38 + 20 * k) for s in (-1, 1) for k in range(4)], 18, 16), fill=MEMORY)
    d.words(x, _PACK_Y + 28, "one chip:", bold=True, align="center")
    d.words(x, y + 62, "two dies,", OF_A, align="center")
    d.words(x, y + 82, "eight stacks", DARK_MEMORY, align="center")


def _tank(
    d: Drawing, made: float, target: float, before: float | None, start: float, other: studies.Taps | None, year: str
) -> None:
    """The tank with a year's chips, to scale with the number that the work wanted takes; a line for another account."""
    scale = (_FLOOR - _TANK_TOP - 22) / max(target, start, made, before or 0)
    inner = _TANK_W - 8
    d.shape(boxes([(_TANK_X + 4, _FLOOR - made * scale)], inner, made * scale), fill=OF_B)
    if before is not None and before > made * 1.02:
        y = _FLOOR - before * scale
        d.shape(boxes([(_TANK_X + 4, y)], inner, (before - made) * scale), stroke=OF_B, thick=1.5, dash=(4, 3))
        if (before - made) * scale > 44:
            d.words(_TANK_X + _TANK_W / 2, y + 20, "dies alone", charts.SOFT_INK, align="center")
            d.words(_TANK_X + _TANK_W / 2, y + 40, "would fill", charts.SOFT_INK, align="center")
    d.shape(lines([(_TANK_X, _TANK_TOP), (_TANK_X, _FLOOR + 2), (_TANK_X + _TANK_W, _FLOOR + 2), (_TANK_X + _TANK_W, _TANK_TOP)]), stroke=charts.INK, thick=3)  # fmt: skip
    level = _FLOOR - target * scale
    d.shape(
        lines([(_TANK_X - 112, level), (_TANK_X + _TANK_W, level)]), stroke=charts.VERMILION, thick=2.5, dash=(6, 4)
    )
    for place, said in enumerate(("the work of a", "million H100:", _million(target))):
        d.words(_TANK_X - 8, level - 48 + 20 * place, said, DARK_POINTED, bold=True, align="right")
    if other and abs(other.chips - made) * scale > 44:
        y = _FLOOR - other.chips * scale
        ink = charts.INK if other.chips > made else "white"
        d.shape(lines([(_TANK_X + 4, y), (_TANK_X + 4 + inner, y)]), stroke=ink, thick=2, dash=(2, 3))
        d.words(_TANK_X + _TANK_W / 2, y - 28, f"{' '.join(of_year(other))}:", ink, align="center")
        d.words(_TANK_X + _TANK_W / 2, y - 8, _million(other.chips), ink, align="center")
    if abs(start - target) * scale > 2:
        y = _FLOOR - start * scale
        d.shape(lines([(_TANK_X - 12, y), (_TANK_X + _TANK_W + 4, y)]), stroke=charts.PURPLE, thick=2.5, dash=(5, 3))
        d.words(_PACK_X, 352, "purple: at the start", DARK_ADDED, bold=True)
    d.words(_TANK_X + _TANK_W / 2, _FLOOR - 9, f"made: {_million(made)}", "white", bold=True, align="center")
    d.words(_TANK_X + _TANK_W / 2, _FLOOR + 24, f"910C of one year, {year}", DARK_B, bold=True, align="center")


def taps(d: Drawing, step: str, found: studies.Taps, target: float, start: float) -> None:
    """Wafers and yield first; then memory, and the slower of the two decides."""
    with_memory = step == "memory"
    made = found.chips if with_memory else found.good
    wide = _WIDEST / max(found.whole, found.memory)
    whole, good, memory, flow = (v * wide for v in (found.whole, found.good, found.memory, made))
    y, m = _DIES, _STACKS
    slow = "" if not with_memory else found.binding
    d.shape(boxes([(0, y - whole / 2)], _WAFERS + 116, whole), fill=OF_A, alpha=0.35)
    d.shape(area((_WAFERS + 116, y - whole / 2), (_YIELD, y - good / 2), (_YIELD, y + good / 2), (_WAFERS + 116, y + whole / 2)), fill=OF_A, alpha=0.35)  # fmt: skip
    d.shape(boxes([(_YIELD, y - good / 2)], _PACK_X - _YIELD, good), fill=OF_A, alpha=0.35 if good > flow * 1.02 else 1)
    if good > flow * 1.02:
        d.shape(boxes([(_YIELD, y + good / 2 - flow)], _PACK_X - _YIELD, flow), fill=OF_A)
    _tap(d, _WAFERS, y, whole, "wafers", False)
    _tap(d, _YIELD, y, good, "yield", slow == "dies")
    d.words(_WAFERS + 62, y - 3, "dies for", OF_A, align="center")
    d.words(_WAFERS + 62, y + 17, _million(found.whole), OF_A, bold=True, align="center")
    under = y + good / 2 + (34 if slow == "dies" else 20)
    d.words(_PACK_X - 10, under, f"for {_million(found.good)}", OF_A, bold=True, align="right")
    if with_memory:
        if good > flow * 1.02:
            d.words(_PACK_X - 10, y - good / 2 - 8, "pale: waits", charts.SOFT_INK, align="right")
        spare = memory > flow * 1.02
        d.shape(boxes([(0, m - memory / 2)], _PACK_X, memory), fill=MEMORY, alpha=0.35 if spare else 1)
        if spare:
            d.shape(boxes([(0, m - flow / 2)], _PACK_X, flow), fill=MEMORY)
        _tap(d, _MEMORY, m, memory, "memory", slow == "memory")
        d.words(_PACK_X - 10, m + memory / 2 + 22, f"for {_million(found.memory)}", DARK_MEMORY, bold=True, align="right")  # fmt: skip
    else:
        d.shape(boxes([(0, m - 20)], _PACK_X - 2, 40), stroke=GHOST, thick=1.5, dash=(5, 4))
        d.words(_MEMORY, m + 6, "memory: ?", charts.SOFT_INK, bold=True, align="center")
    out = _PACK_Y + _PACK_H - 6 - flow / 2
    d.shape(boxes([(_PACK_X + _PACK_W, out - flow / 2)], _TANK_X + 6 - _PACK_X - _PACK_W, flow), fill=OF_B)
    _chip(d)
    other = next(studies.taps(a) for a in ("ms-2025", "sa-2026") if studies.taps(a).name != found.name)
    _tank(
        d, made, target, found.good if with_memory else None, start, other if with_memory else None, of_year(found)[1]
    )
    d.words(0, 352, "Pipes to scale, in chips a year.", charts.SOFT_INK)
