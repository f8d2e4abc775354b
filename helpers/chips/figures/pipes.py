"""The picture that opens 14_chips_compared: a chip as a block, a tank and pipes; areas and widths to scale."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt

from helpers.chips.studies import DRAWN, Parts
from helpers.show import charts
from helpers.show.drawing import Drawing, boxes, chart_of, lines

WIDTH, HEIGHT = 772, 336
BLOCK, TANK, POINTED, GAINED = charts.BLUE, charts.ORANGE, charts.VERMILION, charts.GREEN
LINK, BAR, GHOST = "#6b7280", "#e5e7eb", "#8a8a8a"
DARK_TANK, DARK_LINK, DARK_LESS, DARK_MORE = "#8a5a00", "#4b5563", "#a84300", "#00664b"
PALE_BLOCK, PALE_TANK = "#9cc8e6", "#f6d9b0"
_INK = {"bf16": BLOCK, "memory": DARK_TANK, "memory_bandwidth": DARK_TANK, "link": DARK_LINK}
_SEAM = 6.0  # pixels between two joined dies


@dataclass(frozen=True)
class Scale:
    """Where a chip is drawn, and how large.

    Attributes
    ----------
    x, y : float
        Left edge of the tank, and the middle of everything, pixels.
    a_tflops : float
        Area of the block for one TFLOPS, px².
    tank, a_gb : float
        Width of the tank, and its height for one GB, pixels.
    a_gb_s : float
        Width of a pipe for one GB/s, pixels: the same for both pipes.
    pipe, bar : float
        Length of the pipe to memory, and where other chips begin, pixels.
    """

    x: float
    y: float
    a_tflops: float
    tank: float
    a_gb: float
    a_gb_s: float
    pipe: float
    bar: float

    @property
    def block(self) -> float:
        """Left edge of the block."""
        return self.x + self.tank + self.pipe

    def side(self, tflops: float, dies: int = 1) -> float:
        """Side of each of so many square blocks that together have this area."""
        return math.sqrt(tflops / dies * self.a_tflops)


LARGE = Scale(16, 138, 30, 104, 1.35, 0.023, 160, 650)
LEFT, RIGHT = (Scale(x, 138, 9.4, 50, 0.75, 0.0135, 74, x + 330) for x in (8, 400))


def _block_path(scale: Scale, tflops: float, dies: int) -> str:
    """One square, or two above each other, from the end of the pipe."""
    side = scale.side(tflops, dies)
    tops = [scale.y - side / 2] if dies == 1 else [scale.y - _SEAM / 2 - side, scale.y + _SEAM / 2]
    return boxes([(scale.block, top) for top in tops], side, side)


def _tank_path(scale: Scale, gigabytes: float) -> str:
    tall = gigabytes * scale.a_gb
    return boxes([(scale.x, scale.y - tall / 2)], scale.tank, tall)


def _pipe_path(scale: Scale, gb_s: float) -> str:
    thick = gb_s * scale.a_gb_s
    return boxes([(scale.x + scale.tank, scale.y - thick / 2)], scale.pipe, thick)


def _link_path(scale: Scale, gb_s: float, start: float) -> str:
    thick = gb_s * scale.a_gb_s
    return boxes([(start, scale.y - thick / 2)], scale.bar - start, thick)


def _edge(scale: Scale, chip: Parts) -> float:
    """Right edge of the block; of the box that stands for one that is not published."""
    return scale.block + (scale.side(chip.bf16[1], chip.dies) if chip.known("bf16") else _unknown_side(scale))


def _unknown_side(scale: Scale) -> float:
    return 0.6 * scale.tank + 30


def _paths(scale: Scale, chip: Parts, end: int) -> dict[str, str]:
    """Path of each thing that is published and there, at the low (0) or high (1) end of its range."""
    made = {
        "link": lambda v: _link_path(scale, v, _edge(scale, chip)),
        "memory_bandwidth": lambda v: _pipe_path(scale, v),
        "memory": lambda v: _tank_path(scale, v),
        "bf16": lambda v: _block_path(scale, v, chip.dies),
    }
    values = {measure: getattr(chip, measure)[end] for measure in made if chip.known(measure)}
    return {measure: made[measure](value) for measure, value in values.items() if value > 0}


def draw_chip(d: Drawing, scale: Scale, chip: Parts) -> None:
    """Tank, pipe, block and link: solid as far as all sources agree, pale up to the highest; unknown: dotted, “?”.

    Parameters
    ----------
    d : Drawing
        It is added to.
    scale : Scale
    chip : Parts
    """
    fills = {"link": (LINK, BAR), "memory_bandwidth": (TANK, PALE_TANK), "memory": (TANK, PALE_TANK), "bf16": (BLOCK, PALE_BLOCK)}  # fmt: skip
    low, high = _paths(scale, chip, 0), _paths(scale, chip, 1)
    for measure, (solid, pale) in fills.items():
        if measure not in high:
            continue
        outlined = measure in ("memory", "bf16")
        d.shape(high[measure], fill=solid if high[measure] == low[measure] else pale, stroke=charts.INK if outlined else "none", thick=1.5)  # fmt: skip
        if high[measure] != low[measure]:
            d.shape(low[measure], fill=solid)
    if chip.dies == 2 and chip.known("bf16"):
        across = scale.side(chip.bf16[0], 2)
        d.shape(boxes([(scale.block + across / 2 - 12, scale.y - _SEAM)], 24, 2 * _SEAM), fill="#37474f")
    d.shape(boxes([(scale.bar, scale.y - 60)], 18, 120), fill="#f3f4f6", stroke=GHOST, thick=1.5)
    _unknown(d, scale, chip)


def _unknown(d: Drawing, scale: Scale, chip: Parts) -> None:
    """A dotted outline of no particular size with a question mark, for whatever is not published."""
    side, tall, half = _unknown_side(scale), scale.tank, 9.0
    places = {
        "bf16": (scale.block, scale.y - side / 2, side, side),
        "memory": (scale.x, scale.y - tall / 2, scale.tank, tall),
        "memory_bandwidth": (scale.x + scale.tank + 3, scale.y - half, scale.pipe - 6, 2 * half),
        "link": (_edge(scale, chip) + 3, scale.y - half, scale.bar - _edge(scale, chip) - 6, 2 * half),
    }
    for measure, (x, y, wide, high) in places.items():
        if not chip.known(measure):
            d.shape(boxes([(x, y)], wide, high), fill="white", stroke=GHOST, thick=2, dash=(2, 4))
            d.words(x + wide / 2, y + high / 2 + 6, "?", DARK_LINK, bold=True, align="center")


# --- the steps ------------------------------------------------------------------------------------


def _side(ratios: Mapping[str, Mapping[str, Any]], measure: str) -> tuple[str, bool]:
    """Colour of the words of a measure, and whether they are bold: less, more or the same as the other chip."""
    inks = {"less": (DARK_LESS, True), "more": (DARK_MORE, True)}
    return inks.get(ratios[measure]["side"], (charts.SOFT_INK, False))


def _ghost(d: Drawing, scale: Scale, chip: Parts, other: Parts, ratios: Mapping[str, Mapping[str, Any]]) -> None:
    """Dashed outlines of the other chip where the two differ."""
    for measure, path in _paths(scale, other, 1).items():
        side = ratios[measure]["side"]
        if measure == "link":
            path = _link_path(scale, other.link[1], _edge(scale, chip))
        if side in ("less", "more"):
            d.shape(path, stroke=POINTED if side == "less" else DARK_MORE, thick=2, dash=(6, 4))


def _large(d: Drawing, chip: Parts, other: Parts, ratios: Mapping[str, Mapping[str, Any]], first: bool) -> None:
    """Steps 1 to 4: one chip, and dashed the H100."""
    s = LARGE
    draw_chip(d, s, chip)
    said = {m: (charts.INK, True) if first else _side(ratios, m) for m in DRAWN}
    if not first:
        _ghost(d, s, chip, other, ratios)
        _key(d, other.name, pale=chip.bf16[0] != chip.bf16[1])
    low = s.y + max(chip.memory[1], other.memory[1]) * s.a_gb / 2
    d.words(s.x, low + 22, "memory", DARK_TANK, bold=True)
    d.words(s.x, low + 43, chip.words("memory"), *said["memory"])
    half = max(chip.memory_bandwidth[1], other.memory_bandwidth[1]) * s.a_gb_s / 2
    middle = s.x + s.tank + s.pipe / 2
    d.words(middle, s.y - half - 10, chip.words("memory_bandwidth"), *said["memory_bandwidth"], align="center")
    d.words(middle, s.y + half + 22, "pipe to memory", DARK_TANK, bold=True, align="center")
    for k in range(3):
        d.arrow((s.x + s.tank + 22 + 44 * k, s.y), (s.x + s.tank + 50 + 44 * k, s.y), "white", 3)
    side, ghost = s.side(chip.bf16[1], chip.dies), s.side(other.bf16[1])
    if chip.dies == 2:
        for sign in (-1, 1):
            d.words(s.block + side / 2, s.y + sign * (side + _SEAM) / 2 + 6, f"{chip.bf16[0] / 2:,.0f}", "white", bold=True, align="center")  # fmt: skip
    low = s.y + max(ghost / 2, side * chip.dies / 2 + (chip.dies - 1) * _SEAM)
    d.words(s.block, low + 22, "arithmetic", BLOCK, bold=True)
    d.words(s.block + 90, low + 22, chip.words("bf16"), *said["bf16"])
    start, half = s.block + max(side, ghost) + 14, max(chip.link[1], other.link[1]) * s.a_gb_s / 2
    d.words(start, s.y - half - 10, chip.words("link"), *said["link"])
    d.words(start, s.y + half + 22, "pipe to other chips", DARK_LINK, bold=True)
    d.words(s.bar + 26, s.y - 4, "other", charts.SOFT_INK)
    d.words(s.bar + 26, s.y + 16, "chips", charts.SOFT_INK)


def _key(d: Drawing, other: str, pale: bool) -> None:
    """What dashes and pale areas mean."""
    y = HEIGHT - 4.0
    d.words(16, y, f"Dashed: the {other}.", charts.SOFT_INK)
    for x, ink, dark, words in (
        (166.0, POINTED, DARK_LESS, "less than it"),
        (320.0, DARK_MORE, DARK_MORE, "more than it"),
    ):
        d.shape(lines([(x, y - 5), (x + 32, y - 5)]), stroke=ink, thick=2, dash=(6, 4))
        d.words(x + 40, y, words, dark, bold=True)
    if pale:
        _pale_key(d, 478, y)


def _pale_key(d: Drawing, x: float, y: float) -> None:
    """What a pale area means."""
    d.shape(boxes([(x, y - 13)], 16, 16), fill=PALE_BLOCK, stroke=charts.INK)
    d.words(x + 24, y, "pale: up to the highest source", charts.SOFT_INK)


def _two(d: Drawing, left: Parts, right: Parts, ratios: Mapping[str, Mapping[str, Any]]) -> None:
    """Step 5: two chips at one scale, with all that is published of them."""
    d.shape(lines([(WIDTH / 2, 4), (WIDTH / 2, HEIGHT - 4)]), stroke=charts.RULE)
    for scale, chip in ((LEFT, left), (RIGHT, right)):
        draw_chip(d, scale, chip)
        d.words(scale.x, 14, chip.label, bold=True)
        d.words(scale.bar + 20, 228, "other chips", charts.SOFT_INK, align="right")
        if any(chip.known(m) and len(set(getattr(chip, m))) > 1 for m in DRAWN):
            _pale_key(d, scale.x + 58, 250)
        for line, (measure, words) in enumerate(DRAWN.items()):
            y = 272 + 20 * line
            ink, bold = (charts.INK, False) if chip is left else _side(ratios, measure)
            if not chip.known(measure):
                ink = DARK_LINK
            d.words(scale.x, y, words, _INK[measure], bold=True)
            d.words(scale.x + 172, y, chip.words(measure), ink, bold)
    if left.chip != right.chip:
        for x, words, ink in ((236, "less", DARK_LESS), (272, "or", charts.SOFT_INK), (292, "more", DARK_MORE)):
            d.words(RIGHT.x + x, 14, words, ink, bold=words != "or")
        d.words(RIGHT.x + 236, 32, "than the left one", charts.SOFT_INK)


def pipes_rows(step: str, chip: Parts, other: Parts, ratios: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        "h100", "h800", "h20", "910c" or "two".
    chip, other : Parts
        The chip that is drawn, and the one it is compared with: dashed behind it, at the left in "two".
    ratios : dict
        ``studies.drawn_ratios`` of the chip over the other.
    """
    d = Drawing()
    if step == "two":
        _two(d, other, chip, ratios)
    else:
        _large(d, chip, other, ratios, step == "h100")
    return d.rows


def pipes_chart() -> alt.LayerChart:
    """The picture; rows from `pipes_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Areas and widths to scale, dense 16-bit peaks; lengths are not. Source: data/chips.csv, chip_ranges.csv",
        description=(
            "Picture in five steps of chips, each a blue block for arithmetic, an orange tank for memory, an orange pipe between"
            " them and a grey pipe to other chips. First an H100; then an H800, whose pipe to other chips is thinner; an H20,"
            " whose block is small and whose pipes are wide; a 910C of two joined blocks; last two chips side by side, at one"
            " smaller scale, where what is not published is a dotted outline with a question mark. The sentence above gives the numbers."
        ),
    )
