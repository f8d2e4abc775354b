"""The picture “With the border”: supply and demand at home, the foreign line lifted away, and what follows, in eight steps."""

from __future__ import annotations

import altair as alt

from helpers.core.words import percent
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, circle, lines
from helpers.trade import studies

WIDTH, HEIGHT = 776, 362
BUYERS, HOME, FOREIGN, ADDED = charts.BLUE, charts.GREEN, charts.ORANGE, charts.PURPLE
DARK_GREEN, DARK_ORANGE, DARK_PURPLE, DARK_RED = "#00664b", "#8a5a00", "#8f3f72", "#a84300"
PALE = "#9a9a9a"
_LEFT, _FOOT, _ACROSS, _UP = 66.0, 322.0, 4.5, 2.8  # pixels: axes' corner; of one chip, of one unit of price
_BAR = 272.0  # top of the bars of home chips and imports, which stand where the price is low
_SIDE = 556.0  # where words beside the plot begin


def _x(chips: float) -> float:
    return _LEFT + _ACROSS * chips


def _y(price: float) -> float:
    return _FOOT - _UP * price


def _axes(d: Drawing) -> None:
    d.shape(lines([(_LEFT, _y(104)), (_LEFT, _FOOT), (_x(107), _FOOT)]), stroke=charts.INK, thick=1.5)
    d.words(_LEFT - 6, _y(104) + 4, "price", align="right")
    d.words(_x(107), _FOOT + 22, "chips a year", align="right")


def _demand(d: Drawing, s: studies.Stage, label: bool = True) -> None:
    m = s.market
    end = m.demand_at_zero / m.demand_slope
    d.shape(lines([(_x(0), _y(end)), (_x(m.demand_at_zero), _y(0))]), stroke=BUYERS, thick=3)
    if label:
        d.words(_x(6), _y(end) + 8, "China’s buyers", BUYERS, bold=True)


def _supply(d: Drawing, s: studies.Stage, ink: str = HOME, thick: float = 3, alpha: float = 1) -> tuple[float, float]:
    """The home line up to the edge of the plot; gives its upper end."""
    top = 98.0
    chips = min((top - s.floor) / s.slope, 96.0)
    chips = max(chips, 0.0)
    price = s.floor + s.slope * chips
    if s.floor < top:
        d.shape(lines([(_x(0), _y(s.floor)), (_x(chips), _y(price))]), stroke=ink, thick=thick, alpha=alpha)
    return _x(chips), _y(price)


def _ring(d: Drawing, chips: float, price: float, ink: str) -> None:
    d.shape(circle(_x(chips), _y(price), 6), fill="white", stroke=ink, thick=3)


def _drop(d: Drawing, chips: float, price: float, level: bool = False, said: bool = True) -> None:
    """Dashed lines to the axes, with the number of chips (left of the axis' own words) and the price where they end."""
    start = (_LEFT, _y(price)) if level else (_x(chips), _y(price))
    if said and chips < 76:
        d.words(_x(chips), _FOOT + 20, f"{chips:.0f}", align="center")
    if said and level:
        d.words(_LEFT - 6, _y(price) + 6, f"{price:.0f}", align="right")
    d.shape(lines([start, (_x(chips), _y(price)), (_x(chips), _FOOT)]), stroke=charts.INK, dash=(3, 3))


def _world(d: Drawing, s: studies.Stage, gone: bool) -> None:
    y = _y(s.market.world_price)
    style = {"dash": (7, 5), "thick": 2, "alpha": 0.7} if gone else {"thick": 4}
    d.shape(lines([(_LEFT, y), (_x(104), y)]), stroke=FOREIGN, **style)
    if gone:
        d.words(_x(106), y + 6, f"old world price, {s.market.world_price:g}", DARK_ORANGE)


def _bar(d: Drawing, start: float, end: float, fill: str, text: str, ink: str = charts.INK) -> None:
    """A span of chips above the axis, with its name in it, or beside it where it is short."""
    wide = _ACROSS * (end - start)
    if wide <= 0.5:
        return
    d.shape(boxes([(_x(start), _BAR)], wide, 26), fill=fill, alpha=0.35)
    if wide > 9.2 * len(text):
        d.words(_x((start + end) / 2), _BAR + 19, text, ink, bold=True, align="center")


def _moved(d: Drawing, start: float, end: float, at: float, ink: str, text: str) -> None:
    """An upright arrow of price, with words at its right; none where the price stays."""
    if abs(end - start) < 3:
        return
    d.arrow((_x(at), _y(start)), (_x(at), _y(end)), ink, 4)
    d.words(_x(at) + 12, (_y(start) + _y(end)) / 2 + 6, text, ink, bold=True)


def _clear_of_world(s: studies.Stage, y: float) -> float:
    """Where words may stand beside the plot without lying on those of the world price: above them."""
    world = _y(s.market.world_price) + 6
    return world - 22 if abs(y - world) < 22 else y


# --- the steps ------------------------------------------------------------------------------------


def _one(d: Drawing, s: studies.Stage) -> None:
    _demand(d, s)
    pw = s.market.world_price
    for price in (80.0, pw):
        chips = s.market.demand_at_zero - s.market.demand_slope * price
        _drop(d, chips, price, level=True)
        _ring(d, chips, price, BUYERS)
    d.words(_x(22), _y(82), "dear: few are bought")
    d.words(_x(67), _y(pw) - 8, "cheap: many are bought")


def _two(d: Drawing, s: studies.Stage) -> None:
    _demand(d, s)
    x, y = _supply(d, s)
    d.words(x + 8, y + 22, "home makers", DARK_GREEN, bold=True)
    d.words(x + 8, y + 42, "more made if dear")
    _ring(d, s.home_before, s.market.world_price, HOME)
    _drop(d, s.home_before, s.market.world_price, level=True)


def _free(d: Drawing, s: studies.Stage) -> None:
    pw = s.market.world_price
    _bar(d, 0, s.home_before, HOME, "home")
    _bar(d, s.home_before, s.bought_before, FOREIGN, "imports")
    _demand(d, s)
    x, y = _supply(d, s)
    d.words(x + 8, y + 22, "home makers", DARK_GREEN, bold=True)
    _world(d, s, gone=False)
    d.words(_x(106), _y(pw) - 4, "foreign chips:", DARK_ORANGE, bold=True)
    d.words(_x(106), _y(pw) + 16, "any number, at the", DARK_ORANGE)
    d.words(_x(106), _y(pw) + 36, f"world price, {pw:g}", DARK_ORANGE)
    for chips, ink in ((s.home_before, HOME), (s.bought_before, BUYERS)):
        _drop(d, chips, pw)
        _ring(d, chips, pw, ink)


def _cleared(d: Drawing, s: studies.Stage, ink: str = charts.VERMILION) -> None:
    """Where the market clears now: one ring, or two with what still comes in between them."""
    made = min(s.home, s.bought)  # what is made beyond that is sold abroad
    _drop(d, made, s.price, level=True)
    if s.imports > 0.5:
        d.shape(lines([(_x(s.home), _y(s.price)), (_x(s.bought), _y(s.price))]), stroke=FOREIGN, thick=4)
        _drop(d, s.bought, s.price, said=s.imports > 6)
        _ring(d, s.bought, s.price, ink)
    _ring(d, made, s.price, ink)


def _ban(d: Drawing, s: studies.Stage) -> None:
    _bar(d, 0, s.home, HOME, "made at home")
    _bar(d, s.home, s.bought, FOREIGN, "still let in")
    _demand(d, s)
    x, y = _supply(d, s)
    _world(d, s, gone=True)
    up = _y(s.market.world_price + 36)
    d.words(x + 8, y + 22 if abs(y + 16 - up) > 24 else y - 8, "home makers", DARK_GREEN, bold=True)
    d.shape(lines([(_x(72), up), (_x(104), up)]), stroke=FOREIGN, thick=4)
    d.words(_x(106), up + 6, "foreign line, lifted", DARK_ORANGE, bold=True)
    for at in (78, 98):
        d.arrow((_x(at), _y(s.market.world_price + 2)), (_x(at), up + 6), FOREIGN, 4)
    _cleared(d, s)
    _moved(d, s.market.world_price, s.price, 4, DARK_RED, "price up")


def _areas(d: Drawing, s: studies.Stage) -> None:
    pw, p, cost = s.market.world_price, s.price, s.market.seller_cost
    start = _x(0), _y(pw)
    d.shape(area(start, (_x(s.home_before), _y(pw)), (_x(s.home), _y(p)), (_x(0), _y(p))), fill=HOME, alpha=0.45)
    if s.imports > 0.5:
        d.shape(boxes([(_x(s.home), _y(p))], _ACROSS * s.imports, _UP * (p - pw)), fill=ADDED, alpha=0.5)
    left = area((_x(s.home_before), _y(pw)), (_x(s.home), _y(pw)), (_x(s.home), _y(p)))
    right = area((_x(s.bought), _y(pw)), (_x(s.bought_before), _y(pw)), (_x(s.bought), _y(p)))
    d.shape(left + right, fill=charts.VERMILION, alpha=0.45)
    high = _UP * (pw - cost)
    for low, top in ((s.home_before, s.home), (s.bought, s.bought_before)):
        if top - low > 0.05:
            d.shape(boxes([(_x(low), _y(pw))], _ACROSS * (top - low), high), fill=FOREIGN, alpha=0.45)
    _demand(d, s)
    x, y = _supply(d, s)
    d.words(x - 10, y + 4, "home makers", DARK_GREEN, bold=True, align="right")
    _world(d, s, gone=True)
    _cleared(d, s)
    row = _y(96)
    keys = [
        (HOME, "from buyers to home makers", DARK_GREEN),
        (charts.VERMILION, "from buyers to nobody", DARK_RED),
        *([(ADDED, "to whoever brings chips in", DARK_PURPLE)] if s.imports > 0.5 else []),
        (FOREIGN, "profit the US seller loses", DARK_ORANGE),
    ]
    for place, (fill, text, ink) in enumerate(keys):
        y = row + 28 * place
        d.shape(boxes([(_SIDE - 46, y - 13)], 16, 16), fill=fill, alpha=0.5)
        d.words(_SIDE - 24, y, text, ink, bold=True)
    d.words(_SIDE - 46, row + 28 * len(keys), "no treasury collects a duty")


def _years(d: Drawing, first: studies.Stage, s: studies.Stage, between: list[studies.Stage]) -> None:
    _demand(d, s)
    _world(d, s, gone=True)
    x, y = _supply(d, first, thick=2, alpha=0.4)
    d.words(x + 8, y - 2, "home makers at first", DARK_GREEN)
    for step in between:
        _supply(d, step, thick=2, alpha=0.4)
    x, y = _supply(d, s, thick=4)
    under = max(y + 6, _y(first.floor + first.slope * 70) + 56)
    d.words(min(x + 8, _SIDE), _clear_of_world(s, under), "after learning", DARK_GREEN, bold=True)
    for step in (first, *between):
        _ring(d, min(step.home, step.bought), step.price, PALE)
    _drop(d, first.home, first.price, level=True, said=False)
    _cleared(d, s)
    _moved(d, first.price, s.price, 4, DARK_GREEN, "price down")


def _tools(d: Drawing, before: studies.Stage, s: studies.Stage) -> None:
    _demand(d, s)
    _world(d, s, gone=True)
    u, v = _supply(d, before, thick=3, alpha=0.45)
    x, y = _supply(d, s, ink=ADDED, thick=4)
    lower = _clear_of_world(s, max(v + 14, y + 28))
    upper = max(min(y + 6, lower - 22), 44)  # below the axis' own words
    d.words(min(x + 8, _SIDE), upper, "with dearer inputs", DARK_PURPLE, bold=True)
    d.words(min(u + 8, _SIDE), max(lower, upper + 22), "after learning", DARK_GREEN)
    for chips in (30.0, 70.0):
        low, high = before.floor + before.slope * chips, s.floor + s.slope * chips
        if high - low > 6 and high < 98:
            d.arrow((_x(chips), _y(low) - 3), (_x(chips), _y(high) + 4), ADDED, 4)
    made = min(before.home, before.bought)
    _ring(d, made, before.price, PALE)
    _drop(d, made, before.price, level=True, said=False)
    _cleared(d, s)
    _moved(d, before.price, s.price, 4, DARK_RED, "up again")


_NAMES = {
    "free trade": ("free trade", ""),
    "chips denied": ("chips", "denied"),
    "chips and tools denied": ("chips and", "tools denied"),
    "only tools denied": ("tools denied,", "chips sold"),
}


def _kept(d: Drawing, found: dict[str, studies.Kept]) -> None:
    """Columns of what a chip brings: bought inputs below the line, own work above it."""
    tall = max(k.own_work for k in found.values())
    deep = max(k.inputs for k in found.values())
    scale = 214.0 / (tall + deep)
    base = 40 + scale * tall
    usual = found["free trade"]
    d.shape(lines([(96, base), (WIDTH - 6, base)]), stroke=charts.INK, thick=1.5)
    d.shape(lines([(96, base - scale * usual.own_work), (WIDTH - 6, base - scale * usual.own_work)]), stroke=charts.INK, dash=(5, 4))  # fmt: skip
    d.words(88, base - scale * usual.own_work / 2 + 6, "own work", DARK_GREEN, bold=True, align="right")
    d.words(88, base + scale * usual.inputs / 2 + 6, "inputs", charts.SOFT_INK, bold=True, align="right")
    for place, (name, kept) in enumerate(found.items()):
        left, wide = 112 + 168 * place, 104
        middle = left + wide / 2
        d.shape(boxes([(left, base)], wide, scale * min(kept.inputs, usual.inputs)), fill="#c9cdd3")
        dearer = kept.inputs - usual.inputs
        if dearer > 1e-9:
            d.shape(boxes([(left, base + scale * usual.inputs)], wide, scale * dearer), fill=ADDED)
            if scale * dearer > 20:
                d.words(middle, base + scale * (usual.inputs + dearer / 2) + 6, "dearer", align="center")
        own = max(kept.own_work, 0.0)
        if own > 1e-9:
            d.shape(boxes([(left, base - scale * own)], wide, scale * own), fill=HOME)
        if kept.own_work < usual.own_work - 1e-9:
            d.shape(
                boxes([(left, base - scale * usual.own_work)], wide, scale * (usual.own_work - own)),
                stroke=charts.VERMILION,
                thick=2.5,
                dash=(5, 4),
            )
        if name != "free trade":
            less = kept.protection < -0.0005
            said = "nothing left" if kept.own_work <= 0 else percent(kept.protection, signed=True)
            top = base - scale * max(own, usual.own_work) - 8
            d.words(middle, top, said, DARK_RED if less else DARK_GREEN, bold=True, align="center")
        for row, text in enumerate(_NAMES[name]):
            d.words(middle, 300 + 20 * row, text, bold=True, align="center")
    d.words(0, 352, "Signed: effective protection, the change of what is kept for own work. Dashed: free trade.", charts.SOFT_INK)  # fmt: skip


def border_rows(
    step: str,
    rate: float = 0.2,
    doublings: float = 3.0,
    input_rise: float = 1.0,
    input_share: float | None = None,
    arriving: float = 0.0,
) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        "buyers", "home", "free", "ban", "pays", "years", "tools" or "kept".
    rate, doublings, input_rise, input_share, arriving : float
        As in ``studies.stage``.
    """
    d = Drawing()
    if step == "kept":
        _kept(d, studies.policies(rate, doublings, input_rise, input_share, arriving))
        return d.rows
    _axes(d)
    first = studies.stage(rate, 0, 0, input_share, arriving)
    if step in ("buyers", "home", "free"):
        {"buyers": _one, "home": _two, "free": _free}[step](d, first)
    elif step in ("ban", "pays"):
        {"ban": _ban, "pays": _areas}[step](d, first)
    else:
        learned = studies.stage(rate, doublings, 0, input_share, arriving)
        if step == "years":
            between = [studies.stage(rate, n, 0, input_share, arriving) for n in range(1, int(doublings))]
            _years(d, first, learned, between)
        else:
            _tools(d, learned, studies.stage(rate, doublings, input_rise, input_share, arriving))
    return d.rows


def border_chart() -> alt.LayerChart:
    """The picture; rows from `border_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "A teaching market in invented units. Source: helpers/trade/studies; data/trade_parameters.csv",
        description=(
            "Picture in eight steps of a market in China for AI chips: price upward, chips a year to the right. A falling line of buyers,"
            " a rising line of home makers, a level line of foreign chips. The foreign line is lifted away and the price climbs;"
            " areas show who gains and who loses; the home line sinks as makers learn and rises as their inputs grow dearer; the"
            " last step shows as columns what is left for own work under four policies. The sentence above gives the numbers."
        ),
    )
