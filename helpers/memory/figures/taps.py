"""The picture that opens 26_memory_wall: two taps, one bucket, and the stack whose layers must all work."""

from __future__ import annotations

import altair as alt

from helpers.core.words import percent
from helpers.memory import studies
from helpers.memory.figures.scene import (
    A_MONTH,
    A_STACK,
    DARK_ADDED,
    DARK_HOME,
    DARK_MEMORY,
    DARK_POINTED,
    HEIGHT,
    HOME,
    LOGIC,
    MEMORY,
    PACK_H,
    PACK_W,
    PACK_X,
    PACK_Y,
    PALE,
    POINTED,
    STRIP_FLOOR,
    STRIP_HIGH,
    STRIP_X,
    TANK_FLOOR,
    TANK_W,
    TANK_X,
    TAP_A,
    TAP_B,
    TAP_Y,
    WIDTH,
    gate,
    gigabyte_strip,
    home_pipe,
    lamp,
    memory_pipe,
    million_stacks,
    months_between,
    package,
    strip,
    tank,
    tap,
    wafer,
    waiting,
)
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, lines

STEPS = ("stack", "stock", "taps", "drain", "cxmt", "next", "counts")
LEADERS = (0.99, 0.97)  # two yields of a layer, for comparison
_SHOWN = {"taps": 12, "drain": 24, "cxmt": 36, "next": 36}
_STREAM = 14.0  # pixels: a tap that runs at the pace of the dies of 2026


# --- the stack ----------------------------------------------------------------------------------


def _stack(d: Drawing, layer_yield: float) -> None:
    """A stack from the side, and what is left of stacks with each layer, at three yields."""
    left, wide, high, floor = 60.0, 150.0, 18.0, 258.0
    tops = [floor - (i + 1) * (high + 5) for i in range(studies.LAYERS)]
    d.shape(boxes([(left, y) for y in tops], wide, high), fill=MEMORY)
    wires = [left + 18 + 19 * i for i in range(7)]
    d.shape(lines(*([(x, tops[-1] + 3), (x, floor + 4)] for x in wires)), stroke="white", thick=2.5)
    d.shape(lines(*([(x, tops[-1] + 3), (x, floor + 4)] for x in wires)), stroke=DARK_MEMORY, thick=1)
    d.shape(boxes([(left - 8, floor + 2)], wide + 16, 16), fill="#8a929c")
    d.words(left + wide / 2, tops[-1] - 33, "one stack, from the side", bold=True, align="center")
    d.words(left + wide / 2, tops[-1] - 11, f"{studies.LAYERS} memory dies: {studies.gb_of(studies.STACK):.0f} GB", DARK_MEMORY, align="center")  # fmt: skip
    d.words(left + wide / 2, floor + 38, "wires run through all;", align="center")
    d.words(left + wide / 2, floor + 57, "one bad layer spoils the stack", align="center")
    columns = [(y, False) for y in LEADERS] + [(layer_yield, True)]
    for place, (one, own) in enumerate(columns):
        x, across = 290.0 + place * 164, 140.0
        share = studies.growing(one)
        d.shape(boxes([(x, y) for y in tops], across, high), fill=PALE)
        bars = "".join(boxes([(x, y)], across * s, high) for y, s in zip(tops, share))
        d.shape(bars, fill=MEMORY)
        ink = DARK_ADDED if own else charts.INK
        d.shape(boxes([(x, tops[-1])], across * share[-1], high), stroke=charts.PURPLE if own else charts.INK, thick=2.5)  # fmt: skip
        d.words(x + across / 2, tops[-1] - 11, f"{percent(share[-1], 0)} work", ink, bold=True, align="center")
        d.words(x + across / 2, floor + 20, f"each layer {100 * one:.1f}%" if own else f"each layer {100 * one:.0f}%", ink, align="center")  # fmt: skip
        if own:
            d.words(x + across / 2, floor + 39, "(your control)", ink, align="center")
    x = 274.0
    d.arrow((x, tops[0] + 12), (x, tops[-1] + 4), charts.SOFT_INK)
    d.words(290, tops[-1] - 36, "stacks that still work, layer by layer (pale: lost)", charts.SOFT_INK)


# --- the scene ----------------------------------------------------------------------------------


def _stock(d: Drawing) -> None:
    """The stock alone, and what of it was bought in the last month."""
    s = studies.stockpile()
    used = s.gigabytes / 1e6 - studies.given("stock-2025")[1]
    tank(d, s.gigabytes / 1e6, used)
    gate(d)
    top = TANK_FLOOR - s.stacks / 1e6 * A_STACK
    low = top + s.last_month / 1e6 * A_STACK
    x = TANK_X - 8
    d.shape(lines([(x, top), (x - 8, top), (x - 8, low - 1), (x, low - 1)]), stroke=POINTED, thick=3)
    d.words(x - 18, (top + low) / 2 - 14, "bought in the month", DARK_POINTED, bold=True, align="right")
    d.words(x - 18, (top + low) / 2 + 6, f"between rule and deadline: {s.last_month / 1e6:.0f} million", DARK_POINTED, bold=True, align="right")  # fmt: skip
    d.words(TANK_X + TANK_W / 2, TANK_FLOOR + 22, f"{s.stacks / 1e6:.0f} million stacks", DARK_MEMORY, bold=True, align="center")  # fmt: skip
    d.words(TANK_X + TANK_W / 2, TANK_FLOOR + 41, f"= {s.gigabytes / 1e6:.0f} million GB", DARK_MEMORY, align="center")
    d.words(TANK_X + TANK_W + 16, TANK_FLOOR - 47, "one stripe: a million", charts.SOFT_INK)
    d.words(TANK_X + TANK_W + 16, TANK_FLOOR - 20, "pale: in chips made", charts.SOFT_INK)
    d.words(TANK_X + TANK_W + 16, TANK_FLOOR - 1, f"by 2025, about {million_stacks(used):.1f}", charts.SOFT_INK)
    package(d, 1.0)
    d.words(PACK_X - 12, PACK_Y + 21, "one AI chip takes", align="right")
    d.words(PACK_X - 12, PACK_Y + 40, f"{studies.LAYERS} of them", DARK_MEMORY, bold=True, align="right")
    y, first, last = 300.0, 250.0, 560.0
    d.shape(lines([(60, y), (WIDTH - 30, y)]), stroke=charts.INK, thick=2)
    d.shape(boxes([(first, y - 9)], last - first, 18), fill=POINTED)
    d.shape(lines([(first, y - 16), (first, y + 16)], [(last, y - 16), (last, y + 16)]), stroke=charts.INK, thick=2.5)
    d.words((first + last) / 2, y - 16, f"{s.days} days", DARK_POINTED, bold=True, align="center")
    d.words(first, y + 34, "2 December 2024: rule in force", align="center")
    d.words(last, y + 34, "31 December: enforced", align="center")


def _bucket_words(d: Drawing, found: studies.Months, shown: int, shrunk: bool = False) -> None:
    """What the bars are, and which tap sets the pace where."""
    d.words(12, STRIP_FLOOR - 38, "finished chips,", bold=True)
    d.words(12, STRIP_FLOOR - 19, "month by month", bold=True)
    d.words(12, STRIP_FLOOR + 2, "(as computing)", charts.SOFT_INK)
    turn = found.turn if found.turn is not None and found.turn < shown else shown
    if turn:
        d.words(STRIP_X, STRIP_FLOOR - STRIP_HIGH - 6, "dies set the pace", LOGIC, bold=True)
    if turn < shown and not shrunk:
        x = STRIP_X + turn * A_MONTH
        align, x = ("left", x) if x < 430 else ("right", WIDTH - 10.0)
        d.words(x, STRIP_FLOOR - STRIP_HIGH - 6, f"{studies.month_name(turn)}: memory sets the pace", DARK_POINTED, bold=True, align=align)  # fmt: skip


def _scene(d: Drawing, step: str, found: studies.Months, before: studies.Months | None, home: str, later: str) -> None:
    shown = _SHOWN[step]
    slower = found.binds[shown - 1] == "memory"
    use = found.computing[shown - 1] / found.by_dies[shown - 1] if found.by_dies[shown - 1] else 0.0
    left = found.stock[shown]
    ghosts = [found.stock[12 * year] for year in range(shown // 12)]
    lamp(d, TAP_B if slower else TAP_A)
    tank(d, left, ghosts=ghosts)
    gate(d)
    wafer(d, f"{(studies.counted('ascend-production-07') if shown > 12 else studies.dies_of_2025()) / 1e6:.1f} million a year")  # fmt: skip
    memory_pipe(d, empty=left < 1 and found.home == 0)
    streams = (_STREAM * use if slower else _STREAM, _STREAM * use if slower else _STREAM)
    for x, stream, ink in ((TAP_A, streams[0], LOGIC), (TAP_B, streams[1], MEMORY)):
        tap(d, x, stream, ink)
    x, align = (TAP_B + 34, "left") if slower else (TAP_A - 34, "right")
    d.words(x, TAP_Y + 32, "slower tap", DARK_POINTED, bold=True, align=align)
    if step in ("cxmt", "next"):
        home_pipe(d, found.home, home, f"{found.home:.0f} million GB a year", f"from {_volume()}; trial before")
    d.words(TANK_X - 10, 40, "memory", DARK_MEMORY, bold=True, align="right")
    d.words(TANK_X - 10, 60, f"{left:.0f} million GB" if left >= 0.5 else "none left", align="right")
    d.words(TANK_X - 10, 80, f"at the end of {studies.FIRST_YEAR + shown // 12 - 1}", charts.SOFT_INK, align="right")
    more = 0
    if step == "next":
        table = studies.products((studies.BEFORE, later))["gb"]
        same = table[later] / table[studies.BEFORE]
        more = round(studies.LAYERS * (same - 1))
    package(d, 1.0 if not slower else max(0.0, use), more=more)
    if more:
        d.words(PACK_X + PACK_W + 84, PACK_Y - 6, "for the computing of", DARK_POINTED, bold=True)
        d.words(PACK_X + PACK_W + 84, PACK_Y + 14, f"one old chip: {same * studies.gb_of(studies.BEFORE):.0f} GB", DARK_POINTED, bold=True)  # fmt: skip
        d.words(PACK_X + PACK_W + 84, PACK_Y + 38, f"(a new chip has {studies.gb_of(later):.0f} GB,")
        d.words(PACK_X + PACK_W + 84, PACK_Y + 57, "and computes less)")
    else:
        d.words(PACK_X + PACK_W + 14, PACK_Y + 20, "one chip: two dies")
        d.words(PACK_X + PACK_W + 14, PACK_Y + 39, f"and {studies.LAYERS} stacks")
    waiting(d, found.waiting[shown])
    d.arrow((PACK_X + PACK_W / 2, PACK_Y + PACK_H + 1), (PACK_X + PACK_W / 2, PACK_Y + PACK_H + 18), charts.INK)
    top = max(max(found.by_dies), max(found.computing))
    strip(d, found, shown, top, before=before)
    _bucket_words(d, found, shown, shrunk=step == "next")
    if step == "drain" and slower:
        d.words(STRIP_X + 24 * A_MONTH + 8, STRIP_FLOOR - 32, "dashed: what the", charts.SOFT_INK)
        d.words(STRIP_X + 24 * A_MONTH + 8, STRIP_FLOOR - 13, "dies would allow", charts.SOFT_INK)
    if step == "next":
        d.words(STRIP_X + 24 * A_MONTH, STRIP_FLOOR - STRIP_HIGH + 20, "dashed: as the old chip", DARK_POINTED, bold=True)  # fmt: skip


def _volume() -> int:
    """The year in which CXMT's volume is expected to begin."""
    return studies.FIRST_YEAR + next(i for i, share in enumerate(studies.opened(36)) if share == 1) // 12


def _counts(d: Drawing, counted: studies.Months, plan: studies.Needs) -> None:
    """What is counted, and what Huawei's plan would need: gigabytes by month."""
    top = max(*counted.asked, *plan.asked)
    home = [min(came, used) for came, used in zip(counted.came, counted.used)]
    stock = [used - came for used, came in zip(counted.used, home)]
    rows = (
        ("counted by an analyst", counted.home, f"a year from {_volume()};", (stock, home, counted.asked), counted.turn, "analyst"),
        ("needed by the plan", studies.need_gb(), "a year", (plan.from_stock, plan.from_home, plan.asked), plan.turn, "plan"),
    )  # fmt: skip
    x, high = STRIP_X + 24, 66.0
    for place, (name, flow, words, parts, turn, case) in enumerate(rows):
        floor = 132.0 + place * 178
        thick, middle = max(2.0, flow * 0.42), floor - 44
        needed = case == "plan"
        d.words(12, floor - 94, name, DARK_HOME, bold=True)
        pipe = boxes([(12, middle - thick / 2)], 106, thick)
        d.shape(pipe, fill="#d9f0e6" if needed else HOME, stroke=DARK_HOME if needed else "none", thick=1.5 if needed else 0, dash=(4, 2) if needed else (1, 0))  # fmt: skip
        d.shape(area((142, middle), (118, middle - thick / 2 - 7), (118, middle + thick / 2 + 7)), fill=HOME)
        d.words(12, floor + 4, f"{flow:.0f} million GB", bold=True)
        d.words(12, floor + 23, words, charts.SOFT_INK)
        if not needed:
            d.words(12, floor + 41, "in 2026 on trial", charts.SOFT_INK)
        gigabyte_strip(d, *parts, top, floor, high, x, open_home=needed)
        first, last = studies.turns(case)
        said = "stock and flow never run short" if turn is None else f"short from {studies.month_name(turn)}"
        d.words(
            WIDTH - 6,
            floor - 94,
            f"{said}; range of our stock: {studies.span(case)}",
            DARK_POINTED,
            bold=True,
            align="right",
        )
        if turn is not None and first is not None and last is not None:
            months_between(d, min(first, turn), max(last, turn), turn, floor - high - 10, x)
            d.words(x + (max(last, turn) + 1) * A_MONTH + 6, floor - high - 5, "dashed: not covered", DARK_HOME if needed else charts.SOFT_INK)  # fmt: skip
    d.words(12, HEIGHT - 2, "bars: gigabytes put into chips each month; orange from the stock, green from home", charts.SOFT_INK)  # fmt: skip
    d.shape(lines([(4, 183), (WIDTH - 4, 183)]), stroke=charts.RULE)


def case_of(step: str, chip: str) -> tuple[str, str]:
    """What comes from home in a step, and the chip made from 2027 on: a new one in the last two steps.

    Parameters
    ----------
    step : str
        One of `STEPS`.
    chip : str
        As in ``studies.months``; in place of the old one the card.
    """
    newer = studies.CARD if chip == studies.BEFORE else chip
    return (
        "none" if step in ("taps", "drain") else "analyst",
        newer if step in ("next", "counts") else studies.BEFORE,
    )


def taps_rows(step: str, layer_yield: float, stock_m: float, packaged: float, chip: str) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        One of `STEPS`.
    layer_yield : float
        Yield of one layer.
    stock_m, packaged, chip
        As in ``studies.months``; `chip` in the last two steps only, where it is not the old one.
    """
    d = Drawing()
    set_up = {"stock_m": stock_m, "packaged": packaged}
    home, later = case_of(step, chip)
    if step == "stack":
        _stack(d, layer_yield)
    elif step == "stock":
        _stock(d)
    elif step == "counts":
        _counts(d, studies.months(home, layer_yield, later, **set_up), studies.needs(stock_m))
    else:
        found = studies.months(home, layer_yield, later, **set_up)
        before = studies.months(home, layer_yield, **set_up) if step == "next" else None
        _scene(d, step, found, before, "CXMT, of China", later)
    return d.rows


def taps_chart() -> alt.LayerChart:
    """The picture; rows from `taps_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Source: data/memory_supply.csv, data/volumes.csv. Estimates, most of one analyst",
        description=(
            "Picture in seven steps of two taps that feed one bucket: logic dies from a wafer, and stacks of memory from a tank."
            " First one stack of eight dies and what small losses do to it; then the tank, filled before a US rule; then both"
            " taps, of which the slower one lights up, and a bar a month for the chips finished; the tank drains; a pipe from"
            " China joins; the next chip takes more gigabytes; last, gigabytes by month: what is counted, and what Huawei's plan needs."
            " Stripes, slots and bars are to scale, the streams are not. The sentence above gives the numbers."
        ),
    )
