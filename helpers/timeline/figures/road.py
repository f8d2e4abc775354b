"""The picture “Two gates”: chips as parcels on lanes from maker to buyer, a US gate and a gate of China's across them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from helpers.core import data
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, lines
from helpers.timeline import studies
from helpers.timeline.figures.gates import GATE_COLOURS

WIDTH, HEIGHT = 776, 358
POINTED, ADDED = charts.VERMILION, charts.PURPLE
DARK = {"open": "#005a8c", "by licence": "#005a8c", "discouraged": "#8a5a00", "shut": "#a84300"}
_DARK_PURPLE = "#8f3f72"
_TOP, _LANE, _HIGH, _WIDE = 34.0, 33.5, 26.0, 128.0  # first lane; from lane to lane; a parcel
_START, _US, _CHINA, _END = 96.0, 262.0, 506.0, 770.0  # of the road; its gates
_HELD = {"maker": _US - 12 - _WIDE, "between": _CHINA - 12 - _WIDE, "China": _END - 6 - _WIDE}
_RULER = 322.0
_ROAD = "#dfe2e6"


def _chips() -> list[str]:
    return [str(chip) for chip in data.load("gates")["chip"].unique()]


def _y(chip: str) -> float:
    """The top of a chip's lane."""
    return _TOP + _LANE * _chips().index(chip)


def _box(d: Drawing, x: float, y: float, text: str, pointed: bool) -> None:
    place = [(x, y + (_LANE - _HIGH) / 2)]
    d.shape(boxes(place, _WIDE, _HIGH), fill=charts.BLUE, stroke=POINTED if pointed else "white", thick=4 if pointed else 1)  # fmt: skip
    d.words(x + _WIDE / 2, y + _LANE / 2 + 6, text, "white", bold=True, align="center")


def _gate(d: Drawing, x: float, y: float, state: str) -> None:
    """A bar across the lane, lifted where the gate is open, with a gap where some may pass."""
    colour, top, bottom = GATE_COLOURS[state], y + 2, y + _LANE - 2
    if state == "open":
        d.shape(boxes([(x - 4, top)], 30, 6), fill=colour)
    elif state == "shut":
        d.shape(boxes([(x - 4, top)], 8, bottom - top), fill=colour)
    else:
        third = (bottom - top) / 3
        d.shape(boxes([(x - 4, top), (x - 4, bottom - third)], 8, third), fill=colour)


def _lane(d: Drawing, p: studies.Parcel, moved: bool, gated: bool) -> None:
    """The lane of one chip: road, gates, what each gate says, and the parcel; `gated`: the US has a gate at all."""
    y = _y(p.chip)
    middle = y + _LANE / 2
    stop = _HELD[p.place]
    d.shape(lines([(_START, middle), (_END, middle)]), stroke=_ROAD, thick=3)
    if moved and p.place != "maker":
        d.shape(lines([(_START, middle), (stop, middle)]), stroke=charts.BLUE, thick=4, alpha=0.55)
    if gated:
        _gate(d, _US, y, p.us)
    said = {"open": "needs no licence", "by licence": "by licence", "shut": "shut"}[p.us]
    if p.us == "open" and p.place == "between":
        said = "needs none"
    _label(d, _US + 12, middle, said, DARK[p.us], gated and p.us == "open")
    if p.china:
        _gate(d, _CHINA, y, p.china)
        _label(d, _CHINA + 12, middle, p.china, DARK[p.china])
    _box(d, stop, y, p.chip, moved)
    if p.sold_before:
        x = _HELD["China"]
        d.shape(boxes([(x, y + (_LANE - _HIGH) / 2)], _WIDE, _HIGH), fill="white", stroke=charts.BLUE, dash=(4, 4), thick=1.5)  # fmt: skip
        d.words(x + _WIDE / 2, middle + 6, "sold before", charts.SOFT_INK, align="center")
    if p.delivered:
        x = _HELD["China"]
        d.shape(boxes([(x - 6, y + 6)], 18, _LANE - 12), fill=charts.BLUE)
        d.words(x + 18, middle + 6, f"{p.delivered:,} came", DARK["open"], bold=True)


def _label(d: Drawing, x: float, middle: float, text: str, ink: str, over: bool = False) -> None:
    """Words on the lane, on white; under a lifted bar they keep clear of it."""
    d.shape(boxes([(x - 3, middle - 2 if over else middle - 9)], 8.2 * len(text) + 4, 12 if over else 18), fill="white")
    d.words(x, middle + (8 if over else 6), text, ink)


def _turned(d: Drawing, chip: str) -> None:
    middle = _y(chip) + _LANE / 2
    d.shape(boxes([(0, middle - 10)], _HELD["maker"] - 6, 20), fill="white")
    d.arrow((_HELD["maker"] - 6, middle), (_HELD["maker"] - 34, middle), POINTED, 3)
    d.words(_HELD["maker"] - 38, middle + 6, "turns back", DARK["shut"], bold=True, align="right")


def _heads(d: Drawing, road: studies.Road) -> None:
    d.words(_START - 14, 18, "from the maker", charts.SOFT_INK)
    d.words(_END, 18, "to a buyer in China", charts.SOFT_INK, align="right")
    foot = _TOP + _LANE * len(_chips())
    for x, name, there in (
        (_US, "US gate", road.gate("US", "shut", "by licence")),
        (_CHINA, "China’s gate", road.gate("China", "shut", "discouraged")),
    ):
        if there:
            d.shape(lines([(x, _TOP - 6), (x, foot)]), stroke=charts.SOFT_INK, thick=1.5, dash=(2, 3))
            d.words(x, 18, name, bold=True, align="center")


def _ruler(d: Drawing, day: pd.Timestamp, own: bool) -> None:
    """The years, and the day as a pointer on them."""
    first, last = 2022.5, 2027.0
    across = (_END - _US) / (last - first)

    def x(year: float) -> float:
        return _US + across * (year - first)

    ink, words = (ADDED, _DARK_PURPLE) if own else (POINTED, charts.INK)
    here = x(day.year + (day.dayofyear - 1) / 365.25)
    d.shape(lines([(_US, _RULER), (_END, _RULER)]), stroke=charts.INK, thick=1.5)
    d.shape(lines(*([(x(year), _RULER - 5), (x(year), _RULER + 5)] for year in range(2023, 2028))), stroke=charts.INK)
    for year in range(2023, 2027):
        d.words(x(year + 0.5), _RULER + 24, str(year), charts.SOFT_INK, align="center")
    d.shape(lines([(_US, _RULER), (here, _RULER)]), stroke=ink, thick=5)
    d.shape(area((here - 9, _RULER - 14), (here, _RULER - 2), (here + 9, _RULER - 14)), fill=ink)
    d.words(_US - 16, _RULER + 6, f"{day.day} {day:%B %Y}", words, bold=True, align="right")


def road_rows(day: str, pointed: tuple[str, ...] = (), turned: tuple[str, ...] = (), own: bool = False) -> list[dict]:
    """The rows of one day.

    Parameters
    ----------
    day : str
        ISO date.
    pointed, turned : tuple of str
        Chips that this step is about; those of them that a gate has just turned back.
    own : bool
        The date is the reader's.
    """
    d, road = Drawing(), studies.road_on(day)
    _heads(d, road)
    gated = bool(road.gate("US", "shut", "by licence"))
    for parcel in road.parcels:
        _lane(d, parcel, parcel.chip in pointed, gated)
    for chip in turned:
        _turned(d, chip)
    _ruler(d, road.day, own)
    return d.rows


def road_chart() -> alt.LayerChart:
    """The picture; rows from `road_rows`, the signal title."""
    title = charts.title(
        charts.signal("title"),
        "One parcel: one kind of chip, not its number. Source: data/gates.csv; dates from data/events.csv",
    )
    title.subtitleFontSize, title.offset = 16, 8
    return chart_of(WIDTH, HEIGHT).properties(
        title=title,
        description=(
            "Picture in ten steps of eight lanes, one for each NVIDIA chip, from its maker on the left to a buyer in China on the"
            " right. A US gate and, from 2025, a gate of China's cross the lanes; for each chip each gate is lifted, half open or"
            " shut, and the parcel stands before it, between the two, or beyond both. A ruler below shows the date."
            " The sentence above tells what changed."
        ),
    )
