"""The picture that opens 12_rules_as_code: chips stand still as dots, a wall of rules moves over them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import altair as alt

from helpers.core.words import date_words
from helpers.rules import studies
from helpers.rules.figures.charts import REFUSED, STATUS_COLOURS
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, circle, lines

WALL_WIDTH, WALL_HEIGHT = 772, 358
_LEFT, _RIGHT, _TOP, _BOTTOM = 66.0, 766.0, 38.0, 310.0
_TPP = (1000.0, 60_000.0)
_ENDS = {"links": (200.0, 2200.0), "density": (0.8, 40.0), "memory": (600.0, 14_000.0)}
_UP = {
    "links": "↑ all links, GB/s",
    "density": "↑ performance density: arithmetic per mm²",
    "memory": "↑ memory bandwidth, GB/s",
}
_PILL = {"links": 182.0, "density": 446.0, "memory": 272.0}  # pixels
_TICKS = {"links": (300, 1000, 2000), "density": (1, 3, 20), "memory": (1000, 3000, 10_000)}
_RED, _DARK_RED, _LETTER, _DARK_LETTER = "#f7d0d2", "#8f0d16", "#fbe9c8", "#7a5200"
_DARK_GREEN, _DARK_BLUE, _WINDOW, _NOTICE, _DARK_NOTICE = "#00664b", "#004f7d", "#d3e8f6", "#fdf6cc", "#6b5d00"
_INKS = {
    "": (charts.INK, charts.INK),  # before any rule
    **{
        status: (STATUS_COLOURS[status], dark)
        for status, dark in (
            (studies.FREE, _DARK_GREEN),
            ("licence, case by case", _DARK_BLUE),
            ("licence, policy not published", _DARK_LETTER),
            ("licence, presumed refused", _DARK_RED),
        )
    },
}
_PURPLE, _NOTICE_EDGE = "#8a3d6a", "#a38f00"
# Stage -> label of dots that stand together -> where it stands from the dot: pixels across and down, alignment.
_RIGHT_OF, _ABOVE = (13, 6, "left"), (13, -8, "left")
_AT: dict[str, dict[str, tuple[float, float, str]]] = {
    "chips": {"A100": _RIGHT_OF},
    "oct-2022": {"A100": _ABOVE},
    "cut-2022": {"A100": _ABOVE},
    "oct-2023": {"A100, A800": (13, 22, "left")},
    "cut-2023": {"A100, A800": (13, 22, "left"), "H20": (-13, 18, "right")},
    "apr-2025": {},
    "cut-2025": {"RTX 5090D V2": (-12, 22, "right")},
    "jan-2026": {
        "RTX 5090D V2": (-12, 22, "right"),
        "H100, H800": (-13, 6, "right"),
        "H200": (-13, 6, "right"),
        "B200": (0, -18, "center"),
    },  # fmt: skip
}


class OwnDot(NamedTuple):
    """The reader's chip: TPP, height, status as `studies.own_chip` gives it."""

    tpp: float
    up: float
    status: str


def _x(tpp: float) -> float:
    low, high = map(math.log, _TPP)
    return _LEFT + (_RIGHT - _LEFT) * min(1.0, max(0.0, (math.log(tpp) - low) / (high - low)))


def _y(up: float, upright: str) -> float:
    low, high = map(math.log, _ENDS[upright])
    share = (math.log(max(up, _ENDS[upright][0])) - low) / (high - low)
    return _BOTTOM - (_BOTTOM - _TOP) * min(1.0, share)


def _box(d: Drawing, x1: float, x2: float, y1: float, y2: float, fill: str) -> None:
    """A filled box from (x1, y1) at the top left to (x2, y2)."""
    d.shape(boxes([(x1, y1)], x2 - x1, y2 - y1), fill=fill)


def _dot(d: Drawing, x: float, y: float, ink: str, ring: bool = False) -> None:
    if ring:
        d.shape(circle(x, y, 12), stroke=ink, thick=2.5)
    d.shape(circle(x, y, 7), fill=ink, stroke="white", thick=1.5)


# --- axes and wall ------------------------------------------------------------------------------


def _axes(d: Drawing, stage: str, fresh: bool, with_own: bool) -> None:
    """Frame, ticks, the pill that says what stands upright; dark when the axis has just changed."""
    upright, at = studies.STAGES[stage].upright, studies.wall_lines()
    d.shape(lines([(_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)]), stroke=charts.SOFT_INK, thick=1.5)
    walled = stage != "chips"
    own_x = [at["tpp"]] if walled else []
    own_y = {"links": "links", "density": "density", "memory": "memory"}[upright]
    levels = [at[own_y]] if walled else []
    if stage == "jan-2026":
        own_x.append(at["ceiling_tpp"])
        levels.append(at["ceiling_memory"])
    if stage in ("oct-2023", "cut-2023"):
        own_x.append(at["small_tpp"])
        levels += [at["notice_high"], at["notice_low"]]
    if stage == "cut-2023":
        own_x.append(at["notice_tpp"])
    for tick in (1000, 2000, 10_000, 50_000):
        if all(abs(_x(tick) - _x(other)) > 52 for other in own_x):
            _tick(d, _x(tick), f"{tick:,}", charts.SOFT_INK, False)
    for tick in own_x:
        ink = {at["ceiling_tpp"]: _DARK_BLUE, at["notice_tpp"]: _DARK_NOTICE}.get(tick, _DARK_RED)
        _tick(d, _x(tick), f"{tick:,.0f}", ink, True)
    for tick in _TICKS[upright]:
        y = _y(tick, upright)
        if all(abs(y - _y(other, upright)) > 18 for other in levels):
            d.words(_LEFT - 8, y + 6, f"{tick:,}", charts.SOFT_INK, align="right")
    for tick in levels:
        ink = {
            at["ceiling_memory"]: _DARK_BLUE, at["memory"]: _DARK_LETTER,
            at["notice_high"]: _DARK_NOTICE, at["notice_low"]: _DARK_NOTICE,
        }.get(tick, _DARK_RED)  # fmt: skip
        d.words(_LEFT - 8, _y(tick, upright) + 6, f"{tick:,g}", ink, bold=True, align="right")
    d.words(0, _BOTTOM + 44, "scales: powers of ten", charts.SOFT_INK)
    d.words(_RIGHT, _BOTTOM + 44, "arithmetic (total processing performance, TPP) →", bold=True, align="right")
    wide = _PILL[upright]
    d.shape(_pill(0, 2, wide, 26), fill=charts.INK if fresh else "#ececec")
    d.words(12, 20, _UP[upright], "white" if fresh else charts.INK, bold=True)
    if fresh and stage != "chips" and not with_own:
        d.words(wide + 16, 20, "← the wall now looks at this", bold=True)


def _tick(d: Drawing, x: float, text: str, ink: str, bold: bool) -> None:
    d.shape(lines([(x, _BOTTOM), (x, _BOTTOM + 5)]), stroke=ink, thick=1.5)
    d.words(x, _BOTTOM + 22, text, ink, bold=bold, align="center")


def _pill(x: float, y: float, wide: float, high: float) -> str:
    r = high / 2
    return f"M{x + r},{y}h{wide - high:.1f}a{r},{r} 0 0,1 0,{high}h{high - wide:.1f}a{r},{r} 0 0,1 0,{-high}z"


def _edge(d: Drawing, *points: tuple[float, float], ink: str = REFUSED, dashed: bool = False) -> None:
    d.shape(lines(points), stroke=ink, thick=3, dash=(7, 5) if dashed else (1, 0))


def _links_wall(d: Drawing) -> None:
    at = studies.wall_lines()
    x, y = _x(at["tpp"]), _y(at["links"], "links")
    _box(d, x, _RIGHT, _TOP, y, _RED)
    _edge(d, (x, _TOP), (x, y), (_RIGHT, y))
    d.words(_RIGHT - 10, _TOP + 24, "the wall: licence, presumed refused", _DARK_RED, bold=True, align="right")
    d.words(_LEFT + 24, _BOTTOM - 20, "no licence needed", _DARK_GREEN, bold=True)


def _density_wall(d: Drawing) -> None:
    at = studies.wall_lines()
    left, notice, right = _x(at["small_tpp"]), _x(at["notice_tpp"]), _x(at["tpp"])
    high, middle, low = (_y(at[key], "density") for key in ("density", "notice_high", "notice_low"))
    corners = [(left, _TOP), (_RIGHT, _TOP), (_RIGHT, _BOTTOM), (right, _BOTTOM), (right, high), (left, high)]
    d.shape(area(*corners), fill=_RED)
    outline = [(left, high), (right, high), (right, low), (notice, low), (notice, middle), (left, middle)]
    d.shape(area(*outline), fill=_NOTICE, stroke=_NOTICE_EDGE, thick=1.5, dash=(5, 4))
    _edge(d, (left, _TOP), (left, high), (right, high), (right, _BOTTOM))
    d.words(_RIGHT - 10, _TOP + 24, "the wall: licence, presumed refused", _DARK_RED, bold=True, align="right")
    d.words((notice + right) / 2, high + 19, "notice first", _DARK_NOTICE, bold=True, align="center")
    d.words(_LEFT + 14, _BOTTOM - 14, "no licence needed", _DARK_GREEN, bold=True)


def _memory_wall(d: Drawing, window: bool) -> None:
    at = studies.wall_lines()
    x, y = _x(at["tpp"]), _y(at["memory"], "memory")
    _box(d, _LEFT + 1, x, _TOP, y, _LETTER)
    _box(d, x, _RIGHT, _TOP, _BOTTOM, _RED)
    if window:
        end, top = _x(at["ceiling_tpp"]), _y(at["ceiling_memory"], "memory")
        _box(d, x, end, top, _BOTTOM, _WINDOW)
        _edge(d, (x, top), (end, top), (end, _BOTTOM), ink=charts.BLUE, dashed=True)
        d.words((x + end) / 2, _BOTTOM - 36, "window: a licence,", _DARK_BLUE, bold=True, align="center")
        d.words((x + end) / 2, _BOTTOM - 14, "decided case by case", _DARK_BLUE, bold=True, align="center")
        d.words(_RIGHT - 10, _BOTTOM - 14, "presumed refused", _DARK_RED, bold=True, align="right")
    else:
        d.words(_RIGHT - 10, _TOP + 24, "the wall: licence, presumed refused", _DARK_RED, bold=True, align="right")
    _edge(d, (x, _TOP), (x, _BOTTOM))
    _edge(d, (_LEFT, y), (x, y), ink=charts.ORANGE, dashed=True)
    d.words((_LEFT + x) / 2, _TOP + 24, "by letter, to three firms", _DARK_LETTER, bold=True, align="center")
    d.words(_LEFT + 14, _BOTTOM - 14, "no licence, unless dense", _DARK_GREEN, bold=True)


# --- chips --------------------------------------------------------------------------------------


def _chips(d: Drawing, stage: str) -> dict[str, tuple[float, float]]:
    """Dots and names; chips at one point share a dot. Gives each chip's place."""
    upright, spots, places = studies.STAGES[stage].upright, {}, {}
    for row in studies.at_the_wall(stage).itertuples():
        place = places[row.chip] = (_x(row.tpp), _y(row.up, upright))
        spots.setdefault((round(place[0]), round(place[1])), []).append(row)
    for (x, y), rows in spots.items():
        fill, dark = _INKS[rows[0].status]
        names = ", ".join(row.chip for row in rows)
        _dot(d, *places[rows[0].chip], fill, any(row.new for row in rows))
        across, down, align = _AT[stage].get(names, _RIGHT_OF)
        wide = 13 if any(row.new for row in rows) and abs(across) == 13 and abs(down) < 10 else 0
        d.words(x + across + math.copysign(wide / 3, across), y + down, names, dark, bold=True, align=align)
    return places


def _came_from(d: Drawing, places: Mapping[str, tuple[float, float]]) -> None:
    """Arrows from a chip to its cut-down part, straight down."""
    for old, new in (("A100", "A800"), ("H100", "H800")):
        (x, y), (_, v) = places[old], places[new]
        d.arrow((x, y + 9), (x, v - 13), charts.GREEN, 2.5)


def _lens(d: Drawing, stage: str, place: tuple[float, float], corner: tuple[float, float], name: str) -> None:
    """What is too near to see, six times as large: the dot and the two lines it stays under."""
    times, wide, high = 6, 150.0, 104.0
    left, top = 556.0, 176.0
    x, y = left + 94, top + 66
    cx, cy = x + times * (corner[0] - place[0]), y - times * (place[1] - corner[1])
    d.shape(lines([(place[0] + 12, place[1]), (left, top + high / 2)]), stroke=charts.SOFT_INK, thick=1.2)
    _box(d, left, left + wide, top, top + high, "white")
    if stage == "cut-2023":
        _box(d, left, left + wide, top, cy, _NOTICE)
        _box(d, cx, left + wide, cy, top + high, _NOTICE)
        edge = {"stroke": _NOTICE_EDGE, "thick": 3, "dash": (5, 4)}
        d.shape(lines([(left, cy), (cx, cy), (cx, top + high)]), **edge)
    else:
        _box(d, left, cx, top, cy, _LETTER)
        _box(d, cx, left + wide, top, top + high, _RED)
        _edge(d, (left, cy), (cx, cy), ink=charts.ORANGE, dashed=True)
        _edge(d, (cx, top), (cx, top + high))
    _dot(d, x, y, charts.GREEN)
    d.shape(boxes([(left, top)], wide, high), stroke=charts.INK, thick=2)
    d.words(x + 4, y + 28, name, _DARK_GREEN, bold=True, align="right")
    d.words(left, top + high + 19, f"{times} times as large", charts.INK)


def _own(d: Drawing, stage: str, own: OwnDot) -> None:
    x, y = _x(own.tpp), _y(own.up, studies.STAGES[stage].upright)
    d.shape(area((x, y - 11), (x + 11, y), (x, y + 11), (x - 11, y)), fill=_PURPLE, stroke="white", thick=1.5)
    said = {"": "your chip", studies.FREE: "your chip: free", "licence, case by case": "your chip: case by case"}
    text = said.get(own.status, "your chip: notice first" if own.status.startswith("notice") else "your chip: licence")
    u = _RIGHT - 11
    d.shape(area((u, 4), (u + 11, 15), (u, 26), (u - 11, 15)), fill=_PURPLE)
    d.words(u - 18, 20, text, _PURPLE, bold=True, align="right")


# --- the steps ----------------------------------------------------------------------------------

_FRESH = ("chips", "oct-2023", "apr-2025")
_COUNTED = {
    "oct-2022": ("October 2022", "counts links, too"),
    "oct-2023": ("October 2023", "density, not links"),
    "apr-2025": ("April 2025", "memory, reported line"),
}
_GAVE = {"transfer rate": "links", "TPP": "arithmetic", "DRAM bandwidth": "memory"}


def _compared(d: Drawing) -> None:
    """One bar a chip, as long as its share of the line it stays under."""
    start, wall, y, step = 214.0, 610.0, 48.0, 52
    table = studies.outside()
    end = y + len(table) * step + 2
    _box(d, wall, wall + 18, 30, end, _RED)
    d.words(0, 20, "the wall", bold=True)
    d.words(start, 20, "the next chip, and what was cut", bold=True)
    d.words(wall, 20, "the line", _DARK_RED, bold=True)
    last, notices = "", []
    for row in table.itertuples():
        if row.notice:
            notices.append((y - 9, y + step - 9))
        if row.rule != last:
            if last:
                d.shape(lines([(0, y - 9), (wall, y - 9)]), stroke=charts.RULE)
            for place, words in enumerate(_COUNTED[row.rule]):
                d.words(0, y + 12 + 20 * place, words, bold=not place)
            last = row.rule
        long = (wall - start) * (1 - row.below_percent / 100)
        d.shape(boxes([(start, y)], long, 34), fill=_DARK_GREEN)
        when = date_words(row.launch.date(), "month")
        d.words(start + 8, y + 23, f"{row.chip}, {when}: {_GAVE[row.limb]}", "white", bold=True)
        line = " notice" if row.notice else ""
        d.words(wall + 28, y + 23, f"{row.below_percent:.0f}% below{line}", _DARK_GREEN, bold=True)
        y += step
    _edge(d, (wall, 30), (wall, end))
    for top, foot in notices:  # this line is not the wall's
        _box(d, wall - 2, wall + 18, top, foot, _NOTICE)
        _edge(d, (wall, top), (wall, foot), ink=_NOTICE_EDGE, dashed=True)
    d.shape(lines([(0, end), (_RIGHT, end)]), stroke=charts.RULE)
    d.words(0, end + 26, "January 2026", bold=True)
    d.words(0, end + 46, "opens a window")
    d.words(start, end + 26, "no new chip: the H200, on sale elsewhere, fits", _DARK_BLUE, bold=True)
    d.words(0, WALL_HEIGHT - 6, "A bar is the chip’s value as a share of the line, drawn from zero.", charts.SOFT_INK)


def wall_rows(step: str, own: OwnDot | None = None) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        A name of ``studies.STAGES``, or "all".
    own : OwnDot, optional
        The reader's chip at that stage.
    """
    d = Drawing()
    if step == "all":
        _compared(d)
        return d.rows
    at = studies.wall_lines()
    if step in ("oct-2022", "cut-2022"):
        _links_wall(d)
    elif step in ("oct-2023", "cut-2023"):
        _density_wall(d)
    elif step != "chips":
        _memory_wall(d, step == "jan-2026")
    _axes(d, step, step in _FRESH, own is not None)
    places = _chips(d, step)
    if step == "chips":
        d.words(_LEFT + 20, _TOP + 30, "faster links between chips ↑", charts.SOFT_INK)
        d.words(_RIGHT - 10, _BOTTOM - 14, "more arithmetic →", charts.SOFT_INK, align="right")
    elif step == "cut-2022":
        _came_from(d, places)
    elif step == "cut-2023":
        _lens(d, step, places["H20"], (_x(at["notice_tpp"]), _y(at["notice_high"], "density")), "H20")
    elif step == "cut-2025":
        _lens(d, step, places["RTX 5090D V2"], (_x(at["tpp"]), _y(at["memory"], "memory")), "5090D V2")
    if own is not None:
        _own(d, step, own)
    return d.rows


def wall_chart() -> alt.LayerChart:
    """The picture; rows from `wall_rows`, the signal title."""
    return chart_of(
        WALL_WIDTH,
        WALL_HEIGHT,
        "Colour of a chip: what a sale to China asked that day. Source: data/chips.csv, data/rules/",
        description=(
            "Picture in nine steps. Chips are dots; to the right more arithmetic, upwards first links, then density, then memory"
            " bandwidth. A shaded wall is what needs a licence for China. In October 2022 it stands at high arithmetic and fast"
            " links, and two slower-linked chips appear under it; in October 2023 density replaces links, arithmetic alone catches all four, and the"
            " H20 appears in its corner; in April 2025 letters add memory bandwidth, and a games card appears just under; in"
            " January 2026 a window opens inside the wall. Last, bars show how near each chip stays to its line."
        ),
    )
