"""The jar of services: honest and false ones at one price, round by round."""

from __future__ import annotations

from collections.abc import Iterable

import altair as alt

from helpers.markets import studies
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, circle, lines

WIDTH, HEIGHT = 776, 350
STEPS = ("alike", "inside", "price", "leave", "again", "end", "audit")
_JAR = (226.0, 514.0, 46.0, 330.0)  # left, right, top, bottom
_COLUMNS, _ACROSS, _UP, _R = 8, 35.0, 31.0, 12.0
_OUT = 14.0  # x of those that are gone
_SCALE = (610.0, 330.0, 60.0)  # x, y of nought, y of the official price
HONEST, FALSE = charts.GREEN, charts.VERMILION
DARK_HONEST, DARK_FALSE = "#00664b", "#a84300"
_OFFERED = "#8f3f72"  # what is pointed out: the least price of resold calls on record
# The round of the jar that a step shows; the last two show where it comes to rest.
SHOWN = {
    "alike": 0,
    "inside": 0,
    "price": 0,
    "leave": 1,
    "again": 2,
    "end": studies.ROUNDS + 1,
    "audit": studies.ROUNDS + 1,
}


def _dots(places: Iterable[tuple[float, float]], r: float = _R) -> str:
    return "".join(circle(x, y, r) for x, y in places)


def _place(index: int) -> tuple[float, float]:
    """The place in the jar of a service, row by row from the bottom."""
    row, column = divmod(index, _COLUMNS)
    return _JAR[0] + 21.5 + column * _ACROSS, _JAR[3] - 19 - row * _UP


def _glass(d: Drawing) -> None:
    left, right, top, bottom = _JAR
    neck = 26
    outline = [(left + neck, top - 22), (left + neck, top), (left, top + 26), (left, bottom), (right, bottom), (right, top + 26), (right - neck, top), (right - neck, top - 22)]  # fmt: skip
    d.shape(lines(outline), stroke=charts.SOFT_INK, thick=3)
    d.shape(lines([(left + neck - 8, top - 22), (right - neck + 8, top - 22)]), stroke=charts.SOFT_INK, thick=5)


def _mixed(honest: int, false: int) -> tuple[list[int], list[int]]:
    """Places of honest and of false services, evenly mixed."""
    total = honest + false
    if not total:
        return [], []
    bad = {int((k + 0.5) * total / false) for k in range(false)} if false else set()
    return [i for i in range(total) if i not in bad], sorted(bad)


def _fill(d: Drawing, honest: int, false: int, seen: bool) -> None:
    good, bad = _mixed(honest, false)
    if not seen:
        d.shape(_dots(_place(i) for i in [*good, *bad]), fill="#9a9a9a")
        return
    d.shape(_dots(_place(i) for i in good), fill=HONEST)
    d.shape(boxes([(x - _R + 1, y - _R + 1) for x, y in map(_place, bad)], 2 * _R - 2, 2 * _R - 2), fill=FALSE)


def _gone(d: Drawing, gone: int, found: int) -> None:
    """Honest services that are gone, and false ones that an audit named, outside the jar."""
    if gone:
        places = [(_OUT + 10 + (k % 6) * 22, _JAR[3] - 12 - (k // 6) * 22) for k in range(gone)]
        d.shape(_dots(places, 8), stroke=DARK_HONEST, thick=2, fill="white")
        d.words(_OUT, min(y for _, y in places) - 16, f"{gone} honest gone", DARK_HONEST, bold=True)
    if found:
        top = _JAR[2] + 8
        places = [(_OUT + 2 + (k % 6) * 22, top + 10 + (k // 6) * 22) for k in range(found)]
        d.shape(
            lines(*([(x, y), (x + 15, y), (x + 15, y + 15), (x, y + 15), (x, y - 1)] for x, y in places)),
            stroke=DARK_FALSE,
            thick=2,
            fill="white",
        )
        d.words(_OUT, top, f"{found} false found", DARK_FALSE, bold=True)


def _tag(d: Drawing, prices: list[float], false_value: float, rest: bool) -> None:
    """The price on a scale from nought to the official price; earlier prices stay as ticks; at rest, what is on offer."""
    x, zero, full = _SCALE

    def y(price: float) -> float:
        return zero - (zero - full) * price

    d.shape(lines([(x, zero), (x, full)]), stroke=charts.SOFT_INK, thick=2)
    ends = (1.0, "official price", charts.SOFT_INK), (false_value, "worth of a false one", DARK_FALSE), (0.0, "nothing", charts.SOFT_INK)  # fmt: skip
    for price, words, ink in ends:
        d.shape(lines([(x - 5, y(price)), (x + 5, y(price))]), stroke=ink, thick=2)
        d.words(x + 12, y(price) + (20 if ink == DARK_FALSE else 5), words, ink)
    offered = studies.unexplained()[0]
    if (
        rest and not 0.05 < false_value - offered + 0.1 < 0.35
    ):  # else it would stand on the words of a false one's worth
        d.shape(lines([(x - 5, y(offered)), (x + 5, y(offered))]), stroke=_OFFERED, thick=2)
        d.words(x + 12, y(offered) + 5, f"on offer from {offered:.2f}", _OFFERED, bold=True)
    now = y(prices[-1])
    earlier = [y(price) for price in prices[:-1] if abs(y(price) - now) >= 10]
    for tick in earlier:
        d.shape(lines([(x - 22, tick), (x - 4, tick)]), stroke=charts.GREY, thick=2)
    if earlier:  # the first stands highest, and its word clear of the price of now
        d.words(x - 28, min(*earlier, now - 16) + 5, "before", charts.SOFT_INK, align="right")
    d.shape(area((x - 4, now), (x - 18, now - 8), (x - 18, now + 8)), fill=charts.BLUE)
    d.words(x - 22, now + 6, f"{prices[-1]:.2f}", charts.BLUE, bold=True, align="right")


def jar_rows(step: str, honest_share: float, audit: float, false_value: float) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        One of `STEPS`.
    honest_share : float, 0.001 to 1
    audit : float, 0 to 1
        In the last step: the share of false services found.
    false_value : float, 0 to 0.999
    """
    d = Drawing()
    told = studies.jar(honest_share, audit if step == "audit" else 0.0, false_value)
    at = SHOWN[step]
    now, start = told[at], studies.jar(honest_share, 0.0, false_value)[0]
    _glass(d)
    _fill(d, now.honest, now.false, step != "alike")
    _gone(d, now.gone, start.false - now.false)
    shown = ("price", "leave", "again", "end", "audit")
    if step in shown:
        _tag(d, [r.price for r in told[: at + 1]], false_value, step in ("end", "audit"))
    if step == "alike":
        d.words(540, 200, "Which of these")
        d.words(540, 222, "would you buy from?")
    elif step == "inside":
        d.shape(_dots([(552, 176)]), fill=HONEST)
        d.words(572, 182, f"{now.honest} honest: the model", DARK_HONEST, bold=True)
        d.words(572, 203, "that was named", DARK_HONEST)
        d.shape(boxes([(543, 232)], 18, 18), fill=FALSE)
        d.words(572, 247, f"{now.false} false: another,", DARK_FALSE, bold=True)
        d.words(572, 268, "cheaper model", DARK_FALSE)
    return d.rows


def jar_chart() -> alt.LayerChart:
    """The picture; rows from `jar_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Sixty services, a model of ours. Source of a false one’s worth: arXiv 2603.01919, one test",
        description=(
            "Picture in seven steps: a glass jar of sixty services that sell access to one model. First all look alike; then"
            " green circles are honest and vermilion squares false. A scale at the right, from nothing to the official price,"
            " shows what buyers give for the mixture. Round by round the dearest honest services leave, drawn hollow at the"
            " left, and the price falls, until only false ones remain; a mark far below shows the least price on offer. In the last step an audit names most false ones and"
            " honest ones stay. The sentence above gives the numbers."
        ),
        heading=18,
    )
