"""The picture that opens 80_compute_gap: two reservoirs, four inflows; then one path, the past, the fan, and its switches."""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from helpers.core.words import figures as two
from helpers.scenario import studies
from helpers.scenario.figures.scene import (
    COLUMNS,
    FLOOR,
    HEIGHT,
    LEFT,
    OTHERS,
    OWNED,
    PITCH,
    PLOT,
    RIGHT,
    SOURCES,
    SWITCHES,
    WIDTH,
    along,
    apart,
    axes,
    band,
    diamond,
    dot,
    line,
    squares,
    walls,
    x_of,
    y_of,
)
from helpers.show import charts
from helpers.show.drawing import Drawing, boxes, chart_of, lines

STEPS = {
    "abroad": "One reservoir",
    "domestic": "Made in China",
    "licensed": "Sold openly",
    "smuggled": "Smuggled",
    "rented": "Rented",
    "path": "One path",
    "past": "The past as a test",
    "fan": "The fan",
    "policies": "Chance and choice",
}
PALE = "#d5dade"
SINGLE = 9  # draws that a fan shows one by one
_ORDER = list(SOURCES)


@cache
def levels() -> dict[str, float]:
    """What the reservoirs hold at the end of 2025, million H100-equivalents, every dial in its middle."""
    one, at = studies.middle_path(studies.Setting()), studies.place(studies.NOW)
    held = studies.sources_now()
    lent = float(one.us[at, 0] - one.us_used[at, 0])
    return {"us": float(one.us[at, 0]), "others": float(one.others[at, 0]), "lent": lent, **held}


def _tanks(d: Drawing, step: str) -> None:
    found = levels()
    shown = _ORDER[: _ORDER.index(step) + 1] if step in _ORDER else []
    us, others = found["us"], found["others"]
    hired = found["rented"] if step == "rented" else 0.0
    lent = found["lent"] if hired else 0.0
    squares(d, 0, us - lent, "abroad", OWNED)
    squares(d, us - lent, us - lent + hired, "abroad", "white", OWNED)
    squares(d, us - lent + hired, us + others, "abroad", OTHERS)
    walls(d, "abroad", FLOOR - 9 * PITCH - 14)
    top = FLOOR - 9 * PITCH - 28
    d.words(LEFT, top - 20, "Outside China", bold=True)
    d.words(LEFT, top, f"owned by US firms: {two(us, 3)} million", charts.BLUE)
    d.words(LEFT + 282, top, f"by others: {two(others)}", charts.SOFT_INK)
    walls(d, "china", FLOOR - 9 * PITCH - 14)
    d.words(RIGHT, 16, "Used by Chinese firms", bold=True)
    level = 0.0
    for place, name in enumerate(shown):
        fill, ink, words = SOURCES[name]
        hollow = name == "rented"
        squares(d, level, level + found[name], "china", fill, charts.BLUE if hollow else "none")
        level += found[name]
        y = 42 + 21 * place
        if hollow:
            d.shape(boxes([(RIGHT + 1, y - 12)], 12, 12), fill="white", stroke=charts.BLUE, thick=2)
        else:
            d.shape(boxes([(RIGHT, y - 13)], 14, 14), fill=fill)
        now = name == step
        d.words(RIGHT + 22, y, words, ink, bold=now)
        d.words(RIGHT + 9 * PITCH + 4, y, f"{found[name]:.2f}", ink, bold=now, align="right")
    if step == "rented":
        d.words(RIGHT + 22, 42 + 21 * 4, "together", bold=True)
        d.words(RIGHT + 9 * PITCH + 4, 42 + 21 * 4, two(level), bold=True, align="right")
        d.words(LEFT, 62, "Used, million H100: US firms over Chinese firms", charts.SOFT_INK)
        d.words(LEFT, 84, f"{two(us - lent, 3)} over {two(level)}: about {round((us - lent) / level)} times", bold=True)
    if not shown:
        d.words(RIGHT + 2, FLOOR - 12, "to be filled", charts.SOFT_INK)
    d.shape(boxes([(LEFT, 18)], PITCH - 2, PITCH - 2), fill=OWNED)
    d.words(LEFT + 26, 32, "one square: computing of 100,000 H100", charts.SOFT_INK)
    _pipes(d, shown)


_FLOWS = {"licensed": (150, "allowed"), "smuggled": (100, "resold"), "rented": (50, "by network")}


def _pipes(d: Drawing, shown: list[str]) -> None:
    """Where each inflow comes from: the newest in colour, those before it pale."""
    edge = LEFT + COLUMNS["abroad"] * PITCH + 4
    for name in shown:
        now = name == shown[-1]
        ink = SOURCES[name][1] if now else PALE
        if name == "domestic":
            x = RIGHT + 140
            d.arrow((x, FLOOR - 9 * PITCH - 20), (x, FLOOR - 6 * PITCH), ink, 5)
            if now:
                d.words(x - 14, FLOOR - 9 * PITCH + 6, "from fabs", ink, align="right")
                d.words(x - 14, FLOOR - 8 * PITCH + 6, "in China", ink, align="right")
            continue
        up, words = _FLOWS[name]
        d.arrow((edge + 6, FLOOR - up), (RIGHT - 8, FLOOR - up), ink, 5)
        d.words(
            (edge + RIGHT) / 2 - 2, FLOOR - up - 10, words, SOURCES[name][1] if now else charts.SOFT_INK, align="center"
        )


def _measure(setting: studies.Setting) -> str:
    return f"US firms’ computing in use over Chinese firms’, by {studies.UNITS[setting.unit]}"


def _one_path(d: Drawing, setting: studies.Setting) -> None:
    axes(d, _measure(setting))
    values = [studies.middle(setting, year) for year in studies.SHOWN]
    line(d, studies.SHOWN, values, charts.INK, 3)
    for year in (studies.NOW, 2030):
        dot(d, x_of(year), y_of(values[year - studies.NOW]), charts.INK)
    d.words(x_of(studies.NOW) + 4, y_of(values[0]) + 26, two(values[0]), bold=True)
    d.words(
        x_of(2030), y_of(values[2030 - studies.NOW]) - 14, two(values[2030 - studies.NOW]), bold=True, align="center"
    )
    d.words(PLOT[1] + 8, y_of(values[-1]) + 5, "one path:", charts.INK, bold=True)
    d.words(PLOT[1] + 8, y_of(values[-1]) + 24, "every dial in its", charts.SOFT_INK)
    d.words(PLOT[1] + 8, y_of(values[-1]) + 43, "middle, no draw", charts.SOFT_INK)


def _past(d: Drawing) -> None:
    found = studies.official()
    top, bottom, most = 52.0, 296.0, 4.0

    def y(value: float) -> float:
        return bottom - value / most * (bottom - top)

    d.words(4, 16, "Computing in China, million H100 by 16-bit peak", charts.SOFT_INK)
    for tick in range(5):
        d.shape(lines([(56, y(tick)), (690, y(tick))]), stroke=charts.RULE if tick else charts.SOFT_INK)
        d.words(46, y(tick) + 6, f"{tick}", charts.SOFT_INK, align="right")
    for place, (when, row) in enumerate(found.iterrows()):
        x = 130 + 152 * place
        ink = "#a84300" if row["who"] == "ministry" else "#7a4b00"
        d.shape(boxes([(x - 30, y(row["high"]))], 60, y(row["low"]) - y(row["high"])), fill="#cfd8dc")
        d.shape(lines([(x - 30, y(row["central"])), (x + 30, y(row["central"]))]), stroke=charts.INK, thick=3)
        if row["who"] == "ministry":
            diamond(d, x, y(row["official"]), charts.VERMILION)
        else:
            dot(d, x, y(row["official"]), charts.ORANGE, 7)
        d.words(x + 38, y(row["official"]) + 6, two(row["official"]), ink, bold=True)
        d.words(x, bottom + 22, str(when), charts.INK, align="center")
        d.words(x, bottom + 42, "IDC’s count" if row["who"] == "IDC" else "the ministry’s", ink, align="center")
        if place == 2:
            d.words(x - 38, y(row["high"]) + 6, "nine draws", charts.SOFT_INK, align="right")
            d.words(x - 38, y(row["high"]) + 25, "of ten", charts.SOFT_INK, align="right")
            d.words(x - 38, y(row["central"]) - 8, "middle", charts.INK, align="right")


def _fan(d: Drawing, setting: studies.Setting, draws: int, single: bool = True, alpha: float = 1.0) -> studies.Fan:
    found = studies.fan(setting, draws)
    years = found.years
    band(d, years, found.ratio[0], found.ratio[4], "#dde3e8", alpha)
    band(d, years, found.ratio[1], found.ratio[3], "#b9c3cc", alpha)
    if single:
        for path in found.paths[:SINGLE]:
            line(d, years, path, "#6b7680", 1)
    return found


def _ends(d: Drawing, found: studies.Fan) -> None:
    """Values at the right edge of a fan, for 2030."""
    low, mid, high = found.at(2030)
    x = x_of(2030)
    d.shape(lines([(x, y_of(low)), (x, y_of(high))]), stroke=charts.INK, thick=1.5, dash=(4, 3))
    for value, above in ((high, True), (low, False)):
        d.words(x - 6, y_of(value) + (-6 if above else 20), two(value), bold=True, align="right")
    d.words(x - 6, y_of(mid) + 20, two(mid), bold=True, align="right")


def _fanned(d: Drawing, setting: studies.Setting, draws: int) -> None:
    axes(d, _measure(setting))
    found = _fan(d, setting, draws)
    one = [studies.middle(setting, year) for year in found.years]
    line(d, found.years, one, charts.INK, 2, dash=(6, 4))
    line(d, found.years, found.ratio[2], charts.INK, 3)
    _ends(d, found)
    d.words(PLOT[0] + 14, 60, "pale: nine of ten draws; dark: half", charts.SOFT_INK)
    d.words(PLOT[0] + 14, 79, f"thin lines: {SINGLE} of the draws", charts.SOFT_INK)
    then = one[found.years.index(2030)]
    if abs(y_of(then) - y_of(found.at(2030)[1])) > 3:
        d.words(x_of(2030) + 6, y_of(max(then, found.at(2030)[1])) - 9, two(then), bold=True)
    last = {"95 of 100 below": found.ratio[4, -1], "step 6, one path": one[-1], "middle of the draws": found.ratio[2, -1], "5 of 100 below": found.ratio[0, -1]}  # fmt: skip
    inks = dict.fromkeys(("step 6, one path", "middle of the draws"), charts.INK)
    for y, words in zip(apart([y_of(v) + 5 for v in last.values()], 24), last):
        d.words(PLOT[1] + 6, y, words, inks.get(words, charts.SOFT_INK))


def _policies(d: Drawing, setting: studies.Setting, draws: int) -> None:
    """2030 alone: nine of ten draws, and how far each switch moves their middle."""
    found, moves = studies.fan(setting, draws), studies.switches(setting, draws)
    low, mid, high = found.at(2030)
    limit = setting.power_gw or studies.given("power-limit-tight")[1]
    d.words(4, 16, f"2030: {_measure(setting)}", charts.SOFT_INK)
    floor = HEIGHT - 34.0
    for tick in (2, 5, 10, 20, 50, 100):
        d.shape(lines([(along(tick), 34), (along(tick), floor)]), stroke=charts.RULE)
        d.words(along(tick), floor + 22, f"{tick}", charts.SOFT_INK, align="center")
    d.shape(lines([(along(mid), 34), (along(mid), floor)]), stroke=charts.INK, dash=(4, 3))
    _bar(d, 62, (low, high), 26, "#b9c3cc", "drawn: nine draws of ten", charts.INK)
    d.shape(boxes([(along(mid) - 2, 49)], 4, 26), fill=charts.INK)
    d.words(along(mid) + 8, 68, two(mid), bold=True)
    d.words(4, 108, "switched: what moves the middle", "#00664b", bold=True)
    for place, (name, words) in enumerate(SWITCHES.items()):
        if name == "power":
            words = f"US power: {limit:g} GW a year (ours)"
        _bar(d, 142 + 39 * place, moves[name], 14, charts.GREEN, words, "#00664b" if name == "all" else charts.SOFT_INK)


def _bar(d: Drawing, y: float, ends: tuple[float, float], thick: float, fill: str, words: str, ink: str) -> None:
    """A range on the axis of 2030, its name on the left and its ends beside it."""
    low, high = along(ends[0]), along(ends[1])
    d.shape(boxes([(low, y - thick / 2)], max(high - low, 3), thick), fill=fill)
    d.words(4, y + 6, words, ink, bold=ink != charts.SOFT_INK)
    d.words(low - 6, y + 6, two(ends[0]), bold=True, align="right")
    d.words(high + 6, y + 6, two(ends[1]), bold=True)


def reservoir_rows(step: str, setting: studies.Setting, draws: int) -> list[dict[str, Any]]:
    """One step of the picture.

    Parameters
    ----------
    step : str
        A key of `STEPS`.
    setting : Setting
    draws : int

    Returns
    -------
    list of dict
        For `reservoir_chart`.
    """
    d = Drawing()
    if step == "path":
        _one_path(d, setting)
    elif step == "past":
        _past(d)
    elif step == "fan":
        _fanned(d, setting, draws)
    elif step == "policies":
        _policies(d, setting, draws)
    else:
        _tanks(d, step)
    return d.rows


def reservoir_chart() -> alt.LayerChart:
    """The sheet; rows from `reservoir_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Source: data/gap_dials.csv (Epoch AI and others; after 2027 judgement)",
        description=(
            "Picture in nine steps. Five fill two reservoirs with squares of 100,000 H100s: what stands outside China, and what Chinese"
            " firms use, by four inflows. Then lines over the years 2025 to 2032: one path of the ratio, figures in print"
            " for China against the model's band, a fan of draws, and for 2030 how far each switch moves the middle of the same draws. The sentence above gives the numbers."
        ),
    )
