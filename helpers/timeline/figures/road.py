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
DARK = {
    "open": "#005a8c",
    "open by report": "#005a8c",
    "by licence": "#005a8c",
    "case by case": "#4d4d4d",
    "discouraged": "#8a5a00",
    "shut": "#a84300",
}
_DARK_PURPLE = "#8f3f72"
_TOP, _LANE, _HIGH, _WIDE = 33.0, 34.0, 26.0, 128.0  # first lane; from lane to lane; a parcel
_START, _US, _CHINA, _END = 96.0, 262.0, 506.0, 770.0  # of the road; its gates
_HELD = {"maker": _US - 12 - _WIDE, "between": _CHINA - 12 - _WIDE, "China": _END - 6 - _WIDE}
_RULER = 322.0
_ROAD = "#dfe2e6"
_GATED = ("shut", "case by case", "by licence")  # states of a US gate that stands


def _chips() -> list[str]:
    return [str(chip) for chip in data.load("gates")["chip"].unique()]


def _y(chip: str) -> float:
    """The top of a chip's lane."""
    return _TOP + _LANE * _chips().index(chip)


class _Lanes:
    """Shapes of all lanes, those of one layer and style as one path, so that a picture has few marks."""

    def __init__(self) -> None:
        self._paths: dict[int, dict[tuple, str]] = {}

    def add(self, layer: int, path: str, **style) -> None:
        """A path on a layer; higher layers lie on top."""
        same = self._paths.setdefault(layer, {})
        key = tuple(sorted(style.items()))
        same[key] = same.get(key, "") + path

    def draw(self, d: Drawing) -> None:
        """All of them, the lowest layer first."""
        for _, styles in sorted(self._paths.items()):
            for style, path in styles.items():
                d.shape(path, **dict(style))


_ROADS, _TRAILS, _GATES, _WHITE, _PARCELS, _EDGES = range(6)


def _outline(x: float, y: float) -> str:
    """The edge of a parcel, drawn past its corner; a closed one loses a side where several make one path."""
    return f"M{x:g},{y:g}h{_WIDE:g}v{_HIGH:g}h{-_WIDE:g}v{-_HIGH:g}h4"


def _box(d: Drawing, on: _Lanes, x: float, y: float, text: str, pointed: bool) -> None:
    path = _outline(x, y + (_LANE - _HIGH) / 2)
    if pointed:
        on.add(_EDGES, path, fill=charts.BLUE, stroke=POINTED, thick=4)
    else:
        on.add(_PARCELS, path, fill=charts.BLUE)
    d.words(x + _WIDE / 2, y + _LANE / 2 + 6, text, "white", bold=len(text) < 9, align="center")


def _gate(on: _Lanes, x: float, y: float, state: str) -> None:
    """A bar across the lane, lifted where the gate is open, with a gap where some may pass."""
    top, bottom = y + 2, y + _LANE - 2
    if state.startswith("open"):
        path = boxes([(x - 4, top)], 30, 6)
    elif state == "shut":
        path = boxes([(x - 4, top)], 8, bottom - top)
    else:
        path = boxes([(x - 4, top), (x - 4, bottom - 10)], 8, 10)
    on.add(_GATES, path, fill=GATE_COLOURS[state])


def _lane(d: Drawing, on: _Lanes, p: studies.Parcel, moved: bool, gated: bool, told: set[str]) -> None:
    """The lane of one chip: road, gates, what each gate says, and the parcel; `gated`: the US has a gate at all.

    What a mark means is written where it first stands, and for the chips the step is about; `told` collects it.
    """
    y = _y(p.chip)
    middle, stop, last = y + _LANE / 2, _HELD[p.place], _HELD["China"]
    on.add(_ROADS, lines([(_START, middle), (_END, middle)]), stroke=_ROAD, thick=3)
    if moved and p.place != "maker":
        on.add(_TRAILS, lines([(_START, middle), (stop, middle)]), stroke=charts.BLUE, thick=4, alpha=0.55)
    if gated:
        _gate(on, _US, y, p.us)
    said = {"open": "needs no licence", "case by case": "case by case, none known"}.get(p.us, p.us)
    before = p.us == "open by report"  # beyond the gate its parcel leaves no room
    if moved or said not in told:
        _label(d, on, _US - 140 if before else _US + 12, middle, said, DARK[p.us], gated and p.us == "open")
    if p.china:
        _gate(on, _CHINA, y, p.china)
        _label(d, on, _CHINA + 12, middle, p.china, DARK[p.china])
    _box(d, on, stop, y, p.chip, moved)
    if p.sold_before:
        on.add(_PARCELS, _outline(last, y + (_LANE - _HIGH) / 2), fill="white", stroke=charts.BLUE, dash=(4, 4), thick=1.5)  # fmt: skip
        if moved or "sold before" not in told:
            d.words(last + _WIDE / 2, middle + 6, "sold before", charts.SOFT_INK, align="center")
        told.add("sold before")
    told.add(said)
    if p.delivered:
        on.add(_PARCELS, boxes([(last - 6, y + 6)], 18, _LANE - 12), fill=charts.BLUE)
        _label(d, on, last + 18, middle, f"≈{p.delivered:,} ({p.reported_by})", DARK["open"], bold=True)


def _label(
    d: Drawing, on: _Lanes, x: float, middle: float, text: str, ink: str, over: bool = False, bold: bool = False
) -> None:
    """Words on the lane, on white; under a lifted bar they keep clear of it."""
    top, high = (middle - 4, 14) if over else (middle - 9, 18)
    on.add(_WHITE, boxes([(x - 3, top)], round(9 * len(text)) + 4, high), fill="white")
    d.words(x, middle + (8 if over else 6), text, ink, bold=bold)


def _turned(d: Drawing, chip: str) -> None:
    middle = _y(chip) + _LANE / 2
    d.shape(boxes([(0, middle - 10)], _HELD["maker"] - 6, 20), fill="white")
    d.arrow((_HELD["maker"] - 6, middle), (_HELD["maker"] - 34, middle), POINTED, 3)
    d.words(_HELD["maker"] - 38, middle + 6, "turns back", DARK["shut"], align="right")


def _heads(d: Drawing, road: studies.Road) -> None:
    d.words(_START - 14, 18, "from the maker", charts.SOFT_INK)
    d.words(_END, 18, "to a Chinese buyer", charts.SOFT_INK, align="right")
    foot = _TOP + _LANE * len(_chips())
    for x, name, there in (
        (_US, "US gate", road.gate("US", *_GATED)),
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
    gated = bool(road.gate("US", *_GATED))
    on, signs, told = _Lanes(), Drawing(), set()
    for parcel in road.parcels:
        _lane(signs, on, parcel, parcel.chip in pointed, gated, told)
    on.draw(d)
    d.rows += signs.rows
    for chip in turned:
        _turned(d, chip)
    _ruler(d, road.day, own)
    return d.rows


def road_chart() -> alt.LayerChart:
    """The picture; rows from `road_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Framed: this step; dashed: sold before; square: delivered; lifted: open. Source: data/gates.csv, events.csv",
        description=(
            "Eight lanes, one a chip, from its maker to a Chinese buyer; where a government’s gate stands, parcels wait"
            " before it or pass, on the date below."
        ),
    )
