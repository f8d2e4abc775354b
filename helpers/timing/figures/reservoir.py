"""The reservoir: a tank of chips in use, what fills it and what drains it, step by step; and three policies side by side."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import numpy as np

from helpers.core.words import figures as number
from helpers.core.words import percent
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, lines
from helpers.timing import studies

WIDTH, HEIGHT = 772, 330
FOREIGN, HOME, POINTED = charts.BLUE, charts.GREEN, charts.VERMILION
_DARK_GREEN, _DARK_RED, _DARK_BLUE = "#00664b", "#a84300", "#005a8c"
_WALL, _PALE, _PIPE = "#4d4d4d", "#f7e3d6", "#d9d9d9"
_LEFT, _RIGHT, _TOP, _BOTTOM = 170.0, 350.0, 104.0, 282.0  # the tank
_PIPE_Y, _FULL = 26.0, 32.0  # upper edge of the pipes; pixels of a pipe that carries the whole yearly need
_GAUGE = (410.0, 134.0, 22.0, 120.0)  # x, y, width, height
_STRIP = (522.0, 112.0, 230.0, 150.0)  # years on the right
_FEW = 0.005  # a part of the need, or of the stock, that is not drawn
FRAMES = ("tank", "sale", "tap", "fear", "early", "spent", "late", "compare")


def _tank(d: Drawing, home: float, foreign: float) -> None:
    """The tank with its water, home-made chips at the bottom; walls last."""
    high = _BOTTOM - _TOP
    green, blue = home * high, foreign * high
    if green > 0.3:
        d.shape(boxes([(_LEFT, _BOTTOM - green)], _RIGHT - _LEFT, green), fill=HOME)
    if blue > 0.3:
        d.shape(boxes([(_LEFT, _BOTTOM - green - blue)], _RIGHT - _LEFT, blue), fill=FOREIGN)
    d.shape(lines([(_LEFT, _TOP - 10), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM), (_RIGHT, _TOP - 10)]), stroke=_WALL, thick=4)  # fmt: skip
    d.shape(lines([(_LEFT - 12, _TOP), (_RIGHT + 12, _TOP)]), stroke=charts.INK, thick=1.5, dash=(6, 4))


def _missing(d: Drawing, missing: float, leaks: bool) -> None:
    high = missing * (_BOTTOM - _TOP)
    if high > 2:
        d.shape(boxes([(_LEFT + 2, _TOP)], _RIGHT - _LEFT - 4, high), fill=_PALE)
        d.shape(boxes([(_LEFT + 4, _TOP + 2)], _RIGHT - _LEFT - 8, max(high - 4, 0.5)), stroke=POINTED, thick=2, dash=(6, 4))  # fmt: skip
        if high > 24:  # between the streams of what leaks and of the home tap
            d.words(
                _LEFT + (30 if leaks else 12), _TOP + high / 2 + 6, f"missing {percent(missing)}", _DARK_RED, bold=True
            )


def _drain(d: Drawing, label: str) -> None:
    middle, half = (_LEFT + _RIGHT) / 2, _FULL / 2
    d.shape(boxes([(middle - half, _BOTTOM + 2)], _FULL, 14), fill=charts.GREY)
    d.arrow((middle, _BOTTOM + 16), (middle, _BOTTOM + 40), _WALL, 3)
    d.words(middle + 26, _BOTTOM + 34, label)


def _pipe(d: Drawing, side: str, share: float, ink: str, level: float) -> None:
    """A pipe from one side, over the edge and down into the tank: as wide as what it carries of the yearly need."""
    wide = share * _FULL
    left = side == "left"
    x = _LEFT + 36 if left else _RIGHT - 28
    start, end = (6.0, x + _FULL / 2) if left else (x - _FULL / 2, 484.0)
    # The pipe as it is, then what runs in it.
    d.shape(boxes([(start, _PIPE_Y)], end - start, _FULL), fill=_PIPE)
    d.shape(boxes([(x - _FULL / 2, _PIPE_Y)], _FULL, _TOP - 18 - _PIPE_Y), fill=_PIPE)
    if wide < 0.4:
        return
    middle = _PIPE_Y + _FULL / 2
    y = middle - wide / 2
    first, last = (start, x + wide / 2) if left else (x - wide / 2, end)
    d.shape(boxes([(first, y)], last - first, wide), fill=ink)
    d.shape(boxes([(x - wide / 2, y)], wide, max(level - y, 1)), fill=ink)


def _valve(d: Drawing, shut: bool) -> None:
    x, y = 96.0, _PIPE_Y + _FULL / 2
    if shut:
        d.shape(boxes([(x - 6, _PIPE_Y - 8)], 12, _FULL + 16), fill=POINTED)
        d.shape(lines([(x, _PIPE_Y - 8), (x, _PIPE_Y - 20)], [(x - 14, _PIPE_Y - 20), (x + 14, _PIPE_Y - 20)]), stroke=POINTED, thick=4)  # fmt: skip
        return
    d.shape(lines([(x, _PIPE_Y), (x, _PIPE_Y - 14)]), stroke=_WALL, thick=4)
    d.shape(lines([(x, y - _FULL / 2 - 18), (x, y - _FULL / 2 - 4)]), stroke=_WALL, thick=10)


def _sale_label(d: Drawing, shut: bool) -> None:
    d.words(6, _PIPE_Y + _FULL + 22, "denied" if shut else "sold from abroad", _DARK_RED if shut else _DARK_BLUE, bold=True)  # fmt: skip


def _gauge(d: Drawing, fear: float, arrow: bool) -> None:
    x, y, wide, high = _GAUGE
    level = y + high * (1 - fear)
    d.shape(boxes([(x, level)], wide, high * fear), fill=POINTED)
    d.shape(boxes([(x, y)], wide, high), stroke=_WALL, thick=2)
    d.words(x + wide + 8, max(min(level + 6, y + high - 2), y + 14), percent(fear), _DARK_RED, bold=True)
    d.words(x + wide / 2, y + high + 20, "fear of denial", _DARK_RED, bold=True, align="center")
    if arrow:
        d.arrow((x + wide / 2, y - 4), (x + wide / 2, _PIPE_Y + _FULL + 28), POINTED, 3)


def _scene(d: Drawing, tank: studies.Tank, year: int, frame: str, retire: str) -> None:
    """The tank of one year with all that the step has so far."""
    at = FRAMES.index(frame)
    need = max(float(tank.need[year]), 1e-9)
    missing = float(tank.missing[year])
    level = _TOP + missing * (_BOTTOM - _TOP)
    shut = frame in ("early", "spent", "late")
    if at == 0:
        _tank(d, 0.0, 1.0)
    else:
        _tank(d, *((float(tank.home[year]), float(tank.foreign[year])) if at >= 2 else (0.0, 1.0)))
    leaks = float(tank.leaked[year]) / need
    _missing(d, missing, leaks > _FEW)
    if at >= 1:
        sold = float(tank.inflow[year]) + (float(tank.at_home[year]) if at == 1 else 0.0)  # no tap yet: sale is all
        _pipe(d, "left", 0.0 if shut else sold / need, FOREIGN, level)
    if at >= 2:
        _pipe(d, "right", float(tank.at_home[year]) / need, HOME, level)
    if at >= 1:
        _valve(d, shut)
        _sale_label(d, shut)
    if at >= 2:
        d.words(484, _PIPE_Y + _FULL + 22, f"home tap {percent(float(tank.tap[year]))}", _DARK_GREEN, bold=True, align="right")  # fmt: skip
    if at >= 3:
        _gauge(d, float(tank.fear[year]), arrow=True)
    if shut and leaks > _FEW:
        d.shape(lines([(60, _PIPE_Y - 12), (_LEFT + 14, _PIPE_Y - 12), (_LEFT + 14, level)]), stroke=FOREIGN, thick=max(leaks * _FULL, 2), dash=(7, 5))  # fmt: skip
        d.words(6, _PIPE_Y - 8, "leaks", _DARK_BLUE, bold=True)
    d.words(_LEFT - 16, _TOP + 6, "wanted", align="right")
    held = 1 - missing
    d.words(_LEFT - 12, (level + _BOTTOM) / 2 - 4, "chips in use", bold=True, align="right")
    d.words(_LEFT - 12, (level + _BOTTOM) / 2 + 18, percent(held), bold=True, align="right")
    _drain(d, retire)


# --- years ---------------------------------------------------------------------------------------


def _years(d: Drawing, tank: studies.Tank, place: tuple[float, float, float, float], until: int, leverage: bool, now: int | None) -> None:  # fmt: skip
    """The tank through the years as stacked areas, and the leverage that is left as a line."""
    x, y, wide, high = place
    step = wide / studies.YEARS

    def points(values: np.ndarray) -> list[tuple[float, float]]:
        return [(x + t * step, y + high * (1 - float(v))) for t, v in enumerate(values[: until + 1])]

    floor = [(x + until * step, y + high), (x, y + high)]
    d.shape(boxes([(x, y)], wide, high), fill="#f5f5f5")
    if until:
        d.shape(area(*points(np.ones(until + 1)), *floor), fill=_PALE)
        d.shape(area(*points(tank.home + tank.foreign), *floor), fill=FOREIGN)
        d.shape(area(*points(tank.home), *floor), fill=HOME)
    if leverage:
        d.shape(lines(points(tank.left)), stroke="white", thick=6)
        d.shape(lines(points(tank.left)), stroke=charts.INK, thick=3)
    d.shape(lines([(x, y + high), (x + wide, y + high)]), stroke=_WALL, thick=1.5)
    if now is not None:
        at = x + now * step
        d.shape(lines([(at, y - 6), (at, y + high)]), stroke=charts.INK, thick=2, dash=(4, 3))


def _axis(d: Drawing, place: tuple[float, float, float, float]) -> None:
    x, y, wide, high = place
    for year in (0, 5, 10):
        align = "left" if year == 0 else "right" if year == 10 else "center"
        d.words(x + wide * year / studies.YEARS, y + high + 20, "year 0" if year == 0 else str(year), align=align)


def _whole(tank: studies.Tank) -> str:
    """What the top of the line of leverage stands for."""
    return f"100% = {number(float(tank.leverage[0]), 2)} years"


def _side(d: Drawing, tank: studies.Tank, year: int, leverage: bool) -> None:
    """The years beside the tank, up to the year that the tank shows."""
    x, y, wide, _ = _STRIP
    _years(d, tank, _STRIP, studies.YEARS if leverage else year, leverage, year)
    _axis(d, _STRIP)
    d.words(x, y - 38, f"Year {year}", bold=True)
    if leverage:
        d.words(x + 72, y - 38, "pale: missing, black:")
    d.words(x, y - 16, f"leverage, {_whole(tank)}" if leverage else "the tank; pale: missing")
    if leverage:
        left = float(tank.left[year])
        high = _STRIP[3]
        at = (x + wide * year / studies.YEARS, y + high * (1 - left))
        d.shape(boxes([(at[0] - 5, at[1] - 5)], 10, 10), fill=charts.INK, stroke="white", thick=1.5)
        right = at[0] > x + 0.7 * wide
        d.words(at[0] + (-12 if right else 12), max(at[1] - 10, y + 18), percent(left), bold=True, align="right" if right else "left")  # fmt: skip


def _compare(d: Drawing, tanks: Mapping[str, studies.Tank], late: int) -> None:
    names = {"sell": "Sell", "deny early": "Deny early", "deny late": "Deny late"}
    x, wide, high, pitch = 132.0, 270.0, 74.0, 98.0
    for at, ink, word in ((0, HOME, "home-made"), (110, FOREIGN, "from abroad"), (229, _PALE, "missing")):
        d.shape(boxes([(at, 2)], 14, 14), fill=ink)
        d.words(at + 19, 14, word)
    d.shape(lines([(322, 9), (344, 9)]), stroke=charts.INK, thick=3)
    d.words(350, 14, f"leverage left, {_whole(tanks['sell'])}")
    d.words(596, 14, "and by year 10 it is:")
    for row, (name, words) in enumerate(names.items()):
        tank, y = tanks[name], 30.0 + row * pitch
        _years(d, tank, (x, y, wide, high), studies.YEARS, True, late)
        left = float(tank.left[late])
        at = (x + wide * late / studies.YEARS + 8, min(y + high * (1 - left) - 26, y + high - 24))
        d.shape(boxes([at], 42, 20), fill="white")
        d.words(at[0] + 21, at[1] + 16, percent(left), bold=True, align="center")
        d.words(0, y + 22, words, bold=True)
        worst = int(tank.missing.argmax())
        gap = float(tank.missing[worst])
        d.words(0, y + 44, f"{percent(gap)} missing" if gap > _FEW else "none missing", _DARK_RED if gap > _FEW else charts.INK)  # fmt: skip
        if gap > _FEW:
            d.words(0, y + 64, f"in year {worst}", _DARK_RED)
        _became(d, tank, 430.0, y + 6)
    _axis(d, (x, 30.0 + 2 * pitch, wide, high))


def _became(d: Drawing, tank: studies.Tank, x: float, y: float) -> None:
    """The leverage of the start as a bar: taken by denial, left, and melted without being used."""
    wide, high = 336.0, 26.0
    taken, left = float(tank.used[-1] / tank.leverage[0]), float(tank.left[-1])
    parts = ((taken, POINTED, _DARK_RED, "taken"), (left, charts.INK, charts.INK, "left"), (max(1 - taken - left, 0.0), "#d9d9d9", charts.SOFT_INK, "melted"))  # fmt: skip
    at = x
    for share, ink, _, _ in parts:
        if share * wide > 0.5:
            d.shape(boxes([(at, y)], share * wide, high), fill=ink)
        at += share * wide
    for place, (share, _, ink, word) in enumerate(parts):
        d.words(x + place * 116, y + 50, f"{word} {percent(share)}", ink, bold=share == max(part[0] for part in parts))


def year_of(tanks: Mapping[str, studies.Tank], frame: str, late: int = studies.LATE) -> tuple[str, int]:
    """The policy and the year that a frame shows.

    Parameters
    ----------
    tanks : mapping of str to Tank
        ``studies.tanks`` at the reader's setting.
    frame : str
        One of `FRAMES`.
    late : int
        Years of sale before the late denial.
    """
    if frame == "early":
        return "deny early", max(int(tanks["deny early"].missing.argmax()), 1)
    if frame == "spent":
        return "deny early", late
    if frame == "late":
        return "deny late", max(int(tanks["deny late"].missing.argmax()), late + 1)
    return "sell", 0


def reservoir_rows(tanks: Mapping[str, studies.Tank], frame: str, retire: float, growth: float, late: int = studies.LATE) -> list[dict]:  # fmt: skip
    """The rows of one step.

    Parameters
    ----------
    tanks : mapping of str to Tank
        ``studies.tanks`` at the reader's setting.
    frame : str
        One of `FRAMES`.
    retire, growth : float
        Shares a year, for the label of the drain.
    late : int
        Years of sale before the late denial.
    """
    d = Drawing()
    if frame == "compare":
        _compare(d, tanks, late)
        return d.rows
    label = f"{percent(retire)} retire each year"
    if growth:
        label += f", {percent(growth)} more wanted"
    policy, year = year_of(tanks, frame, late)
    _scene(d, tanks[policy], year, frame, label)
    if frame in ("early", "spent", "late"):
        _side(d, tanks[policy], year, frame == "spent")
    return d.rows


def reservoir_chart() -> alt.LayerChart:
    """The picture; rows from `reservoir_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Tank, pipes and years to scale. Source: helpers/timing/studies; data/volumes.csv",
        description=(
            "Picture in eight steps of a tank of chips in use. Chips retire through a drain; sale from abroad fills the tank"
            " through a pipe with a valve, a tap at home through another, and a gauge of fear opens the tap. Then the valve is"
            " shut early, and late. The last step sets selling, early and late denial side by side over ten years, with the"
            " leverage that is left. The sentence above gives the numbers."
        ),
        offset=10,
    )
