"""The price ladder: a server's price rung by rung, beside the market in which it is formed, on one scale of prices."""

from __future__ import annotations

import math
from collections.abc import Iterable

import altair as alt
import numpy as np
import pandas as pd

from helpers.markets import model as markets
from helpers.markets import studies
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, circle, lines

WIDTH, HEIGHT = 776, 356
GROUND, TOP = 318.0, 24.0  # y of nought, and of the highest price
LADDER = (190.0, 312.0)  # its rails
LABELS = LADDER[0] - 12
_SHOWN = 0.7  # the highest chance of being caught that is drawn
MARKET = (526.0, 684.0)  # x of nought and of 100 arrivals
_LAST = (526.0, 752.0)  # the last step: x of nought, and of the highest chance drawn
_DOT = 6.0  # radius of a mark
_ROOM = 82.0  # above the highest sum of the last step, for its key
FREIGHT, SEIZED, FINED, TROUBLE, GAIN = "#8a8a8a", charts.VERMILION, "#f0a878", "#a9dcc9", charts.GREEN
POINTED = "#8f3f72"
DARK = {"list price": charts.BLUE, "freight and tax": "#595959", "seizures": "#a84300", "fines": "#a84300", "trouble": "#3f8a72", "net gain": "#00664b"}  # fmt: skip
INKS = dict(zip(studies.RUNGS, (charts.BLUE, FREIGHT, SEIZED, FINED, TROUBLE, GAIN), strict=True))
STEPS = ("list", "open", "seizures", "fines", "margin", "patrols", "reward")
SHOWN = {"list": 1, "open": 2, "seizures": 3, "fines": 4, "margin": 6, "patrols": 6, "reward": 6}  # rungs


def together(rungs: Iterable[float]) -> str:
    """The sum of rungs as they are printed, in thousands of dollars: what a reader who adds them up will find."""
    return f"{sum(int(thousands(height).replace(',', '')) for height in rungs):,}"


def thousands(price: float) -> str:
    """A price in list prices as thousands of dollars."""
    return f"{price * studies.quoted_usd('b300-server-us-2026-06') / 1e3:,.0f}"


class _Scale:
    """Pixels of a price, the same for ladder and market."""

    def __init__(self, most: float) -> None:
        self.most, self.a_list = most, (GROUND - TOP) / most

    def y(self, price: float) -> float:
        return GROUND - price * self.a_list


def _spread(wanted: list[float], apart: float = 19.0) -> list[float]:
    """Places of labels from below, near those wanted, at least so far apart."""
    found: list[float] = []
    for y in wanted:
        found.append(y if not found else min(y, found[-1] - apart))
    return found


def _ladder(d: Drawing, scale: _Scale, rungs: dict[str, float], price: float | None) -> None:
    left, right = LADDER
    below, middles = 0.0, []
    for name, height in rungs.items():
        top = scale.y(below + height)
        d.shape(boxes([(left, top)], right - left, max(height * scale.a_list - 1.2, 0.8)), fill=INKS[name])
        middles.append((scale.y(below) + top) / 2 + 6)
        below += height
    rails = max(scale.y(below) - 14, 6)
    d.shape(lines([(left, GROUND + 2), (left, rails)], [(right, GROUND + 2), (right, rails)]), stroke=charts.SOFT_INK, thick=3)  # fmt: skip
    for (name, height), y in zip(rungs.items(), _spread(middles), strict=True):
        d.words(LABELS, y, f"{name} {thousands(height)}", DARK[name], bold=True, align="right")
    if price is not None:
        d.words((left + right) / 2, scale.y(price) - 20, together(rungs.values()), bold=True, align="center")


def _axes(d: Drawing, scale: _Scale, words: str, prices: bool = True) -> None:
    x, end = MARKET
    d.shape(lines([(x, TOP - 8), (x, GROUND), (end + 8, GROUND)]), stroke=charts.SOFT_INK, thick=1.5)
    if prices:
        for times in range(1, math.floor(scale.most) + 1):
            d.shape(lines([(x - 5, scale.y(times)), (x, scale.y(times))]), stroke=charts.SOFT_INK, thick=1.5)
            d.words(x - 8, scale.y(times) + 5, f"{times}×", charts.SOFT_INK, align="right")
    d.words(end, GROUND + 34, words, charts.SOFT_INK, align="right")


def _x(arrivals: float) -> float:
    return MARKET[0] + (MARKET[1] - MARKET[0]) * arrivals / 100


def _demand(d: Drawing, scale: _Scale, landed: float, most: float) -> None:
    d.shape(lines([(_x(0), scale.y(most)), (_x(100), scale.y(landed))]), stroke=charts.INK, thick=2.5)
    d.words(_x(15) + 8, scale.y(markets.offered_price(15, landed, most)), "buyers give")


def _supply(d: Drawing, scale: _Scale, at: studies.Market, penalty: float, trouble: float, dash: bool = False) -> None:
    points = []
    for q in np.linspace(0, 100, 21):
        price = float(markets.asked_price(q, at.chance, at.landed, penalty, trouble))
        if price > scale.most:
            break
        points.append((_x(q), scale.y(price)))
    if len(points) > 1:
        style = {"thick": 2, "dash": (6, 4), "alpha": 0.6} if dash else {"thick": 3}
        d.shape(lines(points), stroke=charts.INK, **style)
        if not dash:
            _asked(d, *points[-1])


def _asked(d: Drawing, x: float, y: float) -> None:
    d.words(x + 9, y + 5, "sellers ask")


def _asked_before(
    d: Drawing, scale: _Scale, ban: studies.Market, now: studies.Market, penalty: float, trouble: float
) -> None:
    """What sellers asked with few patrols, dashed, and where it met the buyers; named clear of the line that is now."""
    _supply(d, scale, ban, penalty, trouble, dash=True)
    ends = [float(markets.asked_price(100, at.chance, at.landed, penalty, trouble)) for at in (ban, now)]
    y, clear = scale.y(ends[0]), scale.y(min(ends[1], scale.most))
    if abs(y - clear) < 20:
        y = clear + (20 if ends[0] < ends[1] else -20)
    d.words(_x(100) + 9, y + 5, "few patrols", charts.SOFT_INK)
    if ban.arrivals > 0:
        d.shape(circle(_x(ban.arrivals), scale.y(ban.price), 4.5), stroke=charts.INK, fill="white", thick=1.5)


def _met(d: Drawing, scale: _Scale, at: studies.Market, ink: str = charts.INK, said: bool = True) -> None:
    """The crossing, with lines to the ladder and to the number that arrives."""
    x, y = _x(at.arrivals), scale.y(at.price)
    _leads(d, x, y, ink)
    d.shape(circle(x, y, _DOT), fill=ink)
    if said:
        _arrive(d, at.arrivals)


def _leads(d: Drawing, x: float, y: float, ink: str) -> None:
    """Dotted lines from a crossing to the ladder, with a gap for the words of the axis, and to the number that arrives."""
    gap = MARKET[0] - 32, MARKET[0] - 5
    d.shape(lines([(LADDER[1] + 2, y), (gap[0], y)], [(gap[1], y), (x, y)], [(x, y), (x, GROUND)]), stroke=ink, dash=(3, 3), thick=1.3)  # fmt: skip


def _arrive(d: Drawing, arrivals: float) -> None:
    x = min(_x(arrivals), MARKET[1] - 24)
    d.words(x, GROUND + 17, f"{arrivals:.0f} arrive", bold=True, align="center")


def _quoted(d: Drawing, scale: _Scale) -> None:
    """What was quoted for such a server, right of the ladder, above the line to the market."""
    at_home, x = studies.quoted_usd("b300-server-us-2026-06"), LADDER[1] + 5
    for key, words in (("b300-server-2026-01", "quoted January"), ("b300-server-2026-06", "quoted June (fitted)")):
        y = scale.y(studies.quoted_usd(key) / at_home)
        if y > TOP:
            d.words(x + 14, y - 7, words, POINTED)
            d.shape(area((x, y), (x + 10, y - 6), (x + 10, y + 6)), fill=POINTED)


def _reward(d: Drawing, scale: _Scale, at: studies.Market, ban: studies.Market) -> None:
    """The gross reward of each piece that gets through, beside the ladder."""
    x, low, high = LADDER[1] + 8, scale.y(at.landed), scale.y(at.price)
    d.shape(lines([(x, low), (x + 8, low), (x + 8, high), (x, high)]), stroke=POINTED, thick=2)
    y = min((low + high) / 2, GROUND - 40)
    d.words(x + 16, y - 4, f"reward of each {thousands(at.reward)}", POINTED, bold=True)
    if ban.arrivals > 0 and abs(at.chance - ban.chance) > 1e-9:
        d.words(x + 16, y + 16, f"with few patrols {thousands(ban.reward)}", POINTED)


def _millions(total: float) -> float:
    """A total of list prices in million dollars."""
    return total * studies.quoted_usd("b300-server-us-2026-06") / 1e6


def _bands(d: Drawing, curve: pd.DataFrame, at: studies.Market, ban: studies.Market) -> None:
    """What all pieces that get through bring above cost, over the chance of being caught, and where it goes: one scale."""
    x, end = _LAST
    wide = (end - x) / _SHOWN
    shown = curve[curve["chance"] <= _SHOWN]
    largest = max(_millions(float(shown["all_rewards"].max())), 1e-9)
    a_million = (GROUND - TOP - _ROOM) / largest
    xs = [x + c * wide for c in shown["chance"]]
    below = np.zeros(len(shown))
    for name, column in (
        ("net gain", "net_gain"),
        ("trouble", "trouble"),
        ("fines", "fines"),
        ("seizures", "seizures"),
    ):
        above = below + _millions(shown[column].to_numpy(float))
        if above.max() - below.min() > 1e-9:
            edge = [(u, GROUND - v * a_million) for u, v in zip(xs, above, strict=True)]
            foot = [(u, GROUND - v * a_million) for u, v in zip(xs, below, strict=True)]
            d.shape(area(*edge, *reversed(foot)), fill=INKS[name])
        below = above
    d.shape(lines([(x, TOP - 8), (x, GROUND), (end + 8, GROUND)]), stroke=charts.SOFT_INK, thick=1.5)
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200) if largest / s < 5)
    for million in range(step, math.floor(largest) + 1, step):
        y = GROUND - million * a_million
        d.shape(lines([(x - 5, y), (x, y)]), stroke=charts.SOFT_INK, thick=1.5)
        d.words(x - 8, y + 5, f"{million}", charts.SOFT_INK, align="right")
    now = at.chance if at.chance <= _SHOWN else None
    for share in (0, 20, 40, 60):
        if now is not None and abs(100 * now - share) < 12:
            continue  # the chance of now stands there
        d.words(x + share / 100 * wide, GROUND + 17, f"{share}%", charts.SOFT_INK, align="center")
    d.words(end, GROUND + 35, "chance of being caught", charts.SOFT_INK, align="right")
    d.words(x + 8, TOP - 2, "all together, million USD", charts.SOFT_INK)
    for right, down, name, said in (
        (8, 18, "seizures", "seized"), (92, 18, "fines", "fined"), (8, 38, "trouble", "trouble"), (92, 38, "net gain", "net gain"),
    ):  # fmt: skip
        d.shape(boxes([(x + right, TOP + down - 12)], 12, 12), fill=INKS[name])
        d.words(x + right + 17, TOP + down, said, DARK[name], bold=True)
    if ban.arrivals > 0:
        y = GROUND - _millions(ban.net_gain) * a_million
        key = TOP + 52
        for level, left, right in ((y, x + ban.chance * wide, end), (key, x + 6, x + 26)):
            d.shape(lines([(left, level), (right, level)]), stroke=charts.INK, dash=(5, 3), thick=1.5)
        d.words(x + 32, key + 6, "net gain with few patrols")
    if now is not None:
        u = x + now * wide
        d.shape(lines([(u, GROUND), (u, TOP + 66)]), stroke=POINTED, dash=(4, 3), thick=1.5)
        d.shape(circle(u, GROUND - _millions(at.net_gain) * a_million, _DOT), fill=DARK["net gain"])
        d.words(u, GROUND + 17, f"{100 * now:.0f}%", POINTED, bold=True, align="center")


def ladder_rows(step: str, chance: float, penalty: float, most: float, trouble: float) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        One of `STEPS`.
    chance : float, 0 to 0.95
        Of being caught, in the last two steps; before them the ban's.
    penalty, most, trouble : float
        As in ``studies.market_at``.
    """
    d, scale = Drawing(), _Scale(most)
    ban = studies.market_at(studies.central("chance_ban"), penalty, most, trouble)
    now = studies.market_at(chance, penalty, most, trouble)
    at = now if step in ("patrols", "reward") else ban
    free = studies.open_market()
    traded = at.arrivals > 0
    note = "; rungs ordered as the bands" if step == "reward" else f"; 1× is the US list price of {thousands(1)}"
    d.words(0, GROUND + 36, f"Ladder: a server of eight B300, thousand USD{note}", charts.SOFT_INK)
    rungs = dict(list(at.rungs.items())[: SHOWN[step]])
    if step == "reward":  # as in the bands beside it: what sellers keep lies lowest
        rungs = {name: rungs[name] for name in (*studies.RUNGS[:2], *studies.RUNGS[:1:-1]) if name in rungs}
    _ladder(d, scale, rungs, sum(rungs.values()) if step == "list" or traded or len(rungs) < 3 else None)
    if step == "list":
        return d.rows
    if step == "reward":
        if traded:
            _reward(d, scale, at, ban)
        _bands(d, studies.patrols(penalty, most, trouble), at, ban)
        return d.rows
    _axes(d, scale, "")
    _demand(d, scale, at.landed, most)
    if step == "open":
        y = scale.y(free.price)
        d.shape(lines([(_x(0), y), (_x(100), y)]), stroke=charts.INK, thick=3)
        _asked(d, _x(100), y)
        _met(d, scale, free)
    elif step in ("seizures", "fines"):
        fine = penalty if step == "fines" else 0.0
        floor = markets.asked_price(0, at.chance, at.landed, fine, 0)
        y = scale.y(float(floor))
        met = 100 * (most - float(floor)) / (most - at.landed)
        d.shape(lines([(_x(0), y), (_x(100), y)]), stroke=charts.INK, thick=3)
        _asked(d, _x(100), y)
        _point(d, scale, max(met, 0), float(floor))
    else:
        moved = step == "patrols" and abs(now.chance - ban.chance) > 1e-9
        if moved:
            _asked_before(d, scale, ban, now, penalty, trouble)
        _supply(d, scale, at, penalty, trouble)
        if traded:
            _met(d, scale, at)
        else:
            d.words(_x(50), scale.y(0.4), "no piece is sent", "#a84300", bold=True, align="center")
        if step == "patrols" and traded:
            _quoted(d, scale)
    return d.rows


def _point(d: Drawing, scale: _Scale, arrivals: float, price: float) -> None:
    x, y = _x(arrivals), scale.y(price)
    _leads(d, x, y, charts.INK)
    d.shape(circle(x, y, _DOT), fill=charts.INK)
    _arrive(d, arrivals)


def ladder_chart() -> alt.LayerChart:
    """The picture; rows from `ladder_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Steps 2 to 6: ladder and market share one price scale. Source: data/market_prices.csv; assumptions: ours",
        description=(
            "Picture in seven steps. Left, a ladder whose rungs add up to the price in China of a server of eight B300: list"
            " price, freight and tax, seizures, fines, trouble, net gain. Right, on the same scale of prices, a falling line of what buyers"
            " give and a rising line of what sellers ask; where they meet is the price and the number that arrives. With more"
            " patrols the rising line moves up: the price rises and fewer arrive. In the last step a bracket marks the reward"
            " of each piece that gets through; right, over the chance of being caught, what all of them bring above cost rises"
            " and then falls, in bands: seized and fined take most, and the net gain of all sellers stays low. A dashed line"
            " marks that gain with few patrols. The sentence above gives the numbers."
        ),
        heading=18,
    )
