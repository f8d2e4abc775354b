"""The picture “From sand to answer”: the stations one by one, then two roads, the gates between them, and the claims."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date

import altair as alt

from helpers.claims import studies
from helpers.claims.figures import chain_pieces as pieces
from helpers.claims.figures.chain_scenes import SCENES
from helpers.core.words import date_words, listed
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, circle, lines

WIDTH, HEIGHT = 776.0, 356.0
GATES = ("gates abroad", "gates in China", "claims")  # the steps after the stations
_SLOT = WIDTH / len(SCENES)
_ROAD, _HIGH, _BELOW = 99.0, 20.0, 254.0  # top of the road abroad; of each road; top of the road in China
_GREY, _DARK_POINTED = "#c9cfd8", "#a84300"
_R, _APART = 12.0, 25.0  # of a claim's dot; from dot to dot
_LAST = HEIGHT - 12.0  # middle of the last row of dots
# What a state of a gate says of the goods that it is drawn for.
_MEANS = {"shut": "refused as a rule", "by licence": "case by case", "discouraged": "no published rule"}


def middle(station: str) -> float:
    """The middle of a station, px from the left."""
    return _SLOT * (list(SCENES).index(station) + 0.5)


def _icon(d: Drawing, station: str) -> None:
    x = middle(station)
    if station == "light":
        pieces.printer(d, x, 4, 1.08)
    elif station == "fab":
        pieces.wafer(d, x, 40, 33)
    elif station == "dies":
        pieces.die(d, x - 38, 20, 36)
        pieces.stack(d, x + 6, 18, 32, 40)
    elif station == "package":
        pieces.package(d, x - 42, 16, 1.0)
    elif station == "cluster":
        pieces.racks(d, [x - 35 + 25 * i for i in range(3)], 8, 20, 64, 5)
    elif station == "training":
        pieces.model(d, x - 36, 12, 9, 8, 6)
        d.shape(lines([(x - 36, 69), (x + 28, 69)]), stroke=charts.SOFT_INK, thick=2)
        d.shape(area((x + 38, 69), (x + 28, 64), (x + 28, 74)), fill=charts.SOFT_INK)
    else:
        pieces.bubble(d, x - 38, 14, 76, 44)
        pieces.tokens(d, x - 31, 22, [26, 16, 14], 11)
        pieces.tokens(d, x - 31, 39, [18, 22], 11)


def _strip(d: Drawing, reached: Collection[str], here: str = "") -> None:
    """The stations reached, on the road abroad; `here` is pointed at."""
    ends = [middle(station) for station in reached]
    whole = len(reached) == len(SCENES)
    d.shape(boxes([(0, _ROAD)], WIDTH if whole else max(ends) + _SLOT / 2, _HIGH), fill=_GREY)
    for station in reached:
        _icon(d, station)
    if here:
        x = middle(here)
        d.shape(boxes([(x - _SLOT / 2 + 3, 1)], _SLOT - 6, _ROAD - 3), stroke=charts.VERMILION, thick=3)
        d.shape(area((x - 9, _ROAD + _HIGH + 10), (x, _ROAD + _HIGH), (x + 9, _ROAD + _HIGH + 10)), fill=charts.VERMILION)  # fmt: skip
    d.shape("".join(circle(x, _ROAD + _HIGH / 2, 6) for x in ends), fill="white", stroke=charts.INK, thick=2)
    names = studies.stations()
    for station in reached:
        d.words(middle(station), 92, names[station].name, bold=station == here, align="center")
        d.target(middle(station) - _SLOT / 2, 0, _SLOT, _ROAD + _HIGH, station)


def _dots(d: Drawing, x: float, y: float, claims: Collection[str], pointed: bool = False, across: int = 99) -> None:
    """Claims as numbered dots from the middle of the first; `across` of them in a row."""
    places = [(x + _APART * (n % across), y + _APART * (n // across)) for n in range(len(claims))]
    ink, thick = (charts.VERMILION, 3) if pointed else (charts.SOFT_INK, 1.5)
    d.shape("".join(circle(*place, _R) for place in places), fill="white", stroke=ink, thick=thick)
    for (u, v), claim in zip(places, claims, strict=True):
        d.words(u, v + 6, claim.removeprefix("S"), align="center")


# --- the map ----------------------------------------------------------------------------------------


def _across(before: str) -> float:
    """Where the goods that reach a station leave the road abroad: between it and the station before."""
    return middle(before) - _SLOT / 2


def _bar(d: Drawing, x: float, y: float, state: str, ink: str, firms: bool) -> None:
    """A gate across the way: whole where it is shut, with a gap by licence, broken in three where no rule is published, lifted where it is open; hollow: set by firms."""
    ends = boxes([(x - 22, y - 9), (x + 17, y - 9)], 5, 18)
    bar = {
        "shut": boxes([(x - 17, y - 4)], 34, 8),
        "by licence": boxes([(x - 17, y - 4), (x + 7, y - 4)], 10, 8),
        "discouraged": boxes([(x - 17 + 12 * i, y - 4) for i in range(3)], 8, 8),
        "open": boxes([(x - 21, y - 30)], 8, 24),
    }
    d.shape(ends + bar[state], fill=ink)
    if firms:
        d.shape(boxes([(x - 17, y - 2)], 34, 4), fill="white")


def _gate_words(gate: studies.Gate) -> list[str]:
    """What stands beside a gate, in as many lines as there is room for."""
    if gate.before in ("package", "answer"):
        return [f"{gate.government}:", f"{gate.goods},", gate.state]
    if gate.government != "China" and gate.claims:
        return [f"{gate.government}: {gate.goods}, {gate.state}"]
    if gate.claims:
        return [f"{gate.government}: {gate.goods},", gate.state]
    return [f"{gate.government}:", f"{gate.goods}, {gate.state}"]


def _map(d: Drawing, step: str, pointed: str = "") -> None:
    """Two roads, the gates between them as far as the step has come, and in the end the claims."""
    shown = [gate for gate in studies.gates() if step != GATES[0] or gate.government != "China"]
    d.shape(boxes([(0, _BELOW)], WIDTH, _HIGH), fill=_GREY)
    for x in dict.fromkeys(_across(gate.before) for gate in studies.gates()):
        d.shape(boxes([(x - 8, _ROAD + _HIGH)], 16, _BELOW - _ROAD - _HIGH - 10), fill=_GREY)
        d.shape(area((x - 15, _BELOW - 12), (x + 15, _BELOW - 12), (x, _BELOW)), fill=_GREY)
    d.shape("".join(circle(middle(s), _BELOW + _HIGH / 2, 6) for s in SCENES), fill="white", stroke=charts.INK, thick=2)  # fmt: skip
    for y, words in ((_ROAD, "abroad"), (_BELOW, "in China")):
        d.words(_SLOT * 2, y + 16, words, charts.INK, bold=True, align="center")
    # Which gates a step adds.
    new = {GATES[0]: lambda g: g.government != "China", GATES[1]: lambda g: g.government == "China"}
    for gate in shown:
        x, y = _across(gate.before), 218.0 if gate.government == "China" else 146.0
        fresh = new.get(step, lambda g: False)(gate)
        _bar(d, x, y, gate.state, charts.VERMILION if fresh else charts.INK, gate.government == "US firms")
        told = _gate_words(gate)
        for line, words in enumerate(told):
            d.words(x + 27, y - 4 + 19 * line, words, _DARK_POINTED if fresh else charts.INK, bold=line == 0)
        if step == GATES[2] and gate.claims:
            beside = len(told) == 2
            place = (x + 144, y + 9) if beside else (x + 34, y - 4 + 19 * len(told) - (1 if len(told) == 1 else 3))
            _dots(d, *place, gate.claims, pointed=not pointed and gate.goods == "chips")
    if step == GATES[2]:
        _placed(d, pointed)
    else:
        _key(d, shown)


def _key(d: Drawing, shown: list[studies.Gate]) -> None:
    """What the bars mean, for which goods each is drawn, and from when to when their last sources are."""
    x = 22.0
    for state, means in _MEANS.items():
        if any(gate.state == state for gate in shown):
            _bar(d, x, _LAST - 50, state, charts.INK, firms=False)
            d.words(x + 30, _LAST - 44, f"{state}: {means}")
            x += 60 + 7.4 * len(f"{state}: {means}")
    goods = listed(list(dict.fromkeys(gate.drawn_for for gate in shown)))
    d.words(0, _LAST - 19, f"Drawn for {goods}", charts.SOFT_INK)
    months = sorted(gate.last_source[:7] for gate in shown)
    first, last = (date_words(date.fromisoformat(f"{month}-01"), "month") for month in (months[0], months[-1]))
    d.words(0, _LAST + 6, f"Each as its last source has it, {first} to {last}", charts.SOFT_INK)
    _bar(d, 560, _LAST, "shut", charts.INK, firms=True)
    d.words(590, _LAST + 6, "hollow: set by firms")


def _placed(d: Drawing, pointed: str) -> None:
    """The claims at the stations, and those about the whole road."""
    for station in SCENES:
        claims = studies.stations()[station].claims
        across = len(claims) if len(claims) < 5 else math.ceil(len(claims) / 2)
        _dots(d, middle(station) - _APART * (across - 1) / 2, _BELOW + _HIGH + 16, claims, across=across)
    claims = studies.stations()[studies.ROAD].claims
    x = WIDTH - 12 - _APART * (len(claims) - 1)
    d.words(x - 20, _LAST + 6, "about the whole road:", align="right")
    orange = "" if pointed else "; orange: the most in one place"
    d.words(0, _LAST + 6, f"each number: one claim{orange}", charts.SOFT_INK)
    _dots(d, x, _LAST, claims, pointed == studies.ROAD)
    d.target(x - 190, _LAST - 14, WIDTH - x + 190, 26, studies.ROAD)


# --- rows and chart ---------------------------------------------------------------------------------


def chain_rows(step: str, opened: str = "") -> list[dict]:
    """The rows of one step, or of the station that a reader opened.

    Parameters
    ----------
    step : str
        A station of `SCENES`, or one of `GATES`.
    opened : str, optional
        A key of `studies.stations`; the step's own picture, if empty.
    """
    d = Drawing()
    d.shape(boxes([(-4, -2)], WIDTH + 8, HEIGHT + 6), fill="white", alpha=0)  # no step moves the picture
    every = list(SCENES)
    if opened in SCENES:
        _strip(d, every, opened)
        SCENES[opened](d)
        _opened(d, opened)
    elif opened or step in GATES:
        _strip(d, every)
        _map(d, GATES[2] if opened else step, opened)
    else:
        _strip(d, every[: every.index(step) + 1], step)
        SCENES[step](d)
    return d.rows


def _opened(d: Drawing, opened: str) -> None:
    """The claims of a station and of the gates before it, and its notebooks."""
    station = studies.stations()[opened]
    d.words(0, _LAST + 6, "claims", bold=True)
    claims = station.all_claims()
    _dots(d, 74, _LAST, claims)
    numbers = [name[:2] for name in station.all_notebooks()]
    word = "notebook" if len(numbers) == 1 else "notebooks"
    d.words(WIDTH - 4, _LAST + 6, f"{word} {', '.join(numbers)}", bold=True, align="right")


def chain_chart() -> alt.LayerChart:
    """The picture; rows from `chain_rows`, the signal title; a click on a station sets the control “opened”."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Not to scale; where a claim stands is our choice. Source: data/chain_stations.csv, chain_gates.csv",
        description=(
            "Seven stations from sand to answer, in steps: light and masks, wafer fab, dies and memory stacks, package, cluster,"
            " training, answers. Then a road abroad above and a road in China below, gates of governments across the ways between"
            " them, and the claims as numbered dots. The sentence above says what the step shows."
        ),
        pick="opened",
    )
