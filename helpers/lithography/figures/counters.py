"""The counters beside the picture: exposures, steps and euros of one layer, and their comparison at its end."""

from __future__ import annotations

import math
import textwrap

from helpers.core.words import from_to, times
from helpers.lithography import studies
from helpers.lithography.figures.pencil import Row, box, outline, shape, words
from helpers.show import charts
from helpers.show.drawing import circle

LEFT, RIGHT = 598, 772
CUT = charts.VERMILION
MONEY = charts.SOFT_INK  # of euros, whatever they pay for
PER = "euros a layer of a wafer"
MEANT = (
    "film, expose, etch, clean, measure twice",
    "layer: one pattern of a chip’s stack",
)  # steps and a layer, in words
NAMES = {  # of a method, and what is not yet in its counters
    "one": ("One exposure", "light once, through a mask on to the wafer"),
    "two": ("Print twice", "lines not yet cut"),
    "spacer": ("Walls once", "counts pictures 3 to 6, loops not yet cut"),
    "spacer twice": ("Walls twice", "counts all of picture 7, loops not yet cut"),
    "cut": ("Walls twice", "with its cuts"),
    "euv": ("One EUV exposure", "mask has the gaps: no cut (some need one)"),
}
CAUSES = {
    charts.BLUE: "print",
    charts.SKY: "print again",
    charts.GREEN: "walls",
    charts.PURPLE: "their walls",
    CUT: "cuts",
    "hollow": "perhaps",
    "to come": "to come",
}
EMPTY = {"hollow": CUT, "to come": charts.GREEN}  # the edges of squares that are not filled


def said(low: float, high: float) -> str:
    """Two ends as whole numbers in words; one when they are alike."""
    return from_to(f"{low:,.0f}", f"{high:,.0f}")


def causes(key: str, what: str) -> list[tuple[str, int]]:
    """Exposures or steps by what brought them, as colours; cut masks that may not be needed come last, hollow.

    Parameters
    ----------
    key : str
        Of ``studies.ways``.
    what : str
        "exposures" or "steps".

    Returns
    -------
    list of (str, int)
        A colour, and how many; "hollow" for those between the low and the high end.
    """
    ways = studies.ways()
    low, _, high = getattr(ways[key], what)
    if key in ("one", "euv"):
        return [(charts.BLUE, low)]
    first = getattr(ways["one"], what)[0]
    if key == "two":
        return [(charts.BLUE, first), (charts.SKY, low - first)]
    walls = getattr(ways["spacer"], what)[0]
    before = [(charts.BLUE, first), (charts.GREEN, walls - first)]
    if key == "spacer":
        return before
    again = getattr(ways["spacer twice"], what)[0]
    before.append((charts.PURPLE, again - walls))
    return before if key == "spacer twice" else [*before, (CUT, low - again), ("hollow", high - low)]


def squares(x: float, y: float, side: float, by_cause: list[tuple[str, int]], across: int) -> list[Row]:
    """Small squares in lines of `across`, coloured by cause: one row a cause, a line of them as one dashed stroke."""
    rows, place, apart = [], 0, side + 2
    for colour, count in by_cause:
        last = place + count
        if colour in EMPTY and count:
            inner = side - 1.5
            corners = ((x + apart * (n % across) + 0.75, y + apart * (n // across) + 0.75) for n in range(place, last))
            style = {"dash": [2, 2]} if colour == "hollow" else {}
            path = "".join(outline(left, top, inner, inner) for left, top in corners)
            rows.append(shape(path, "white", EMPTY[colour], **style))
        elif count:
            path, at = "", place
            while at < last:
                run = min(across - at % across, last - at)
                path += f"M{x + apart * (at % across):.1f},{y + apart * (at // across) + side / 2:.1f}h{apart * run - 2:.1f}"
                at += run
            rows.append(shape(path, stroke=colour, pen=side, dash=[side, 2]))
        place = last
    return rows


def top_eur() -> float:
    """The end of the scale in euros: the dearest way of the picture, up to the next hundred."""
    return 100 * math.ceil(max(way.eur[2] for way in studies.ways().values()) / 100)


def dot(x: float, y: float, radius: float) -> Row:
    """A white dot with an edge, around a point."""
    return shape(circle(x, y, radius), "white", stroke=charts.INK)


def money(x: float, y: float, width: float, eur: tuple[float, float, float], height: float = 12) -> list[Row]:  # fmt: skip
    """A range of euros as a bar on a line from 0 to `top_eur`, the central value as a white dot."""
    scale = width / top_eur()
    low, central, high = (x + value * scale for value in eur)
    middle = y + height / 2
    return [
        shape(f"M{x:.1f},{y - 3:.1f}v{height + 6:.1f}m0,{-middle + y - 3:.1f}h{width:.1f}", stroke=charts.GREY),
        box(low, y, high - low, height, MONEY),
        dot(central, middle, height / 3),
    ]


def so_far(steps: list[tuple[str, int]], done: int) -> list[tuple[str, int]]:
    """Steps by cause, those after the first `done` of them as "to come"."""
    found, left = [], done
    for colour, count in steps:
        found.append((colour, min(count, left)))
        left -= found[-1][1]
    return [*found, ("to come", sum(count for _, count in steps) - done)]


def _legend(y: float, by_cause: list[tuple[str, int]]) -> list[Row]:
    """What the colours of a method's steps stand for, three below one another."""
    rows: list[Row] = []
    by_cause = [(colour, count) for colour, count in by_cause if count]
    shown = [colour for colour, _ in by_cause]
    tall = 3 if charts.PURPLE in shown else 2
    for place, colour in enumerate(shown if len(shown) > 1 else ()):
        x, line = LEFT + 98 * (place // tall), y + 19 * (place % tall)
        how_many = "" if colour in EMPTY else f" {by_cause[place][1]}"
        named = words(x + 17, line, CAUSES[colour] + how_many, charts.SOFT_INK)
        rows += [*squares(x, line - 11, 11, [(colour, 1)], 1), named]
    return rows


def _lines(text: str) -> list[str]:
    """Words in lines that the column has room for."""
    return textwrap.wrap(text, 23)


def _counter(y: float, name: str, low: float, high: float) -> list[Row]:
    return [words(LEFT, y, name, charts.SOFT_INK), words(RIGHT, y, said(low, high), size=22, bold=True, align="right")]


def counters(key: str, step: str = "") -> list[Row]:
    """Exposures, steps and euros of one layer, right of the drawing.

    Parameters
    ----------
    key : str
        Of ``studies.ways``.
    step : str
        The step of the picture: within the spacer, steps to come are hollow, and its end has the euros of two exposures too.

    Returns
    -------
    list of dict
    """
    way, (name, note) = studies.ways()[key], NAMES[key]
    exposures, steps = (causes(key, what) for what in ("exposures", "steps"))
    if step in studies.spacer_steps():
        steps = so_far(steps, studies.spacer_steps()[step])
    grey, wide = charts.SOFT_INK, RIGHT - LEFT - 4
    rows = [
        shape(f"M{LEFT - 12},0V350", stroke=charts.RULE),
        words(LEFT, 16, name, bold=True),
        *[words(LEFT, 36 + 19 * n, line) for n, line in enumerate(_lines(note))],
        *_counter(94, "exposures", way.exposures[0], way.exposures[2]),
        *squares(LEFT, 102, 16, exposures, 9),
        *_counter(168, "steps", way.steps[0], way.steps[2]),
        *squares(LEFT, 176, 9.3, steps, 15),
        *_legend(229 if sum(count for _, count in steps) > 15 else 207, steps),
        words(LEFT - 4, 344, "0", grey),
        dot(LEFT + 26, 339, 4),
        words(LEFT + 35, 344, "middle guess", grey),
        words(RIGHT, 344, f"{top_eur():,.0f}", grey, align="right"),
    ]
    if key == "one":
        meant = [line for text in MEANT for line in _lines(text)]
        rows += [words(LEFT, 207 + 18 * n + 3 * (n > 1), line, grey) for n, line in enumerate(meant)]
    if key == "cut":
        once = studies.ways()["spacer twice"].exposures[0]
        more = said(*(way.exposures[end] - once for end in (0, 2)))
        rows.append(words(LEFT, 137, f"{once} print + {more} cuts", grey))
    if step == "remove":
        other = studies.ways()["two"]
        rows += [
            words(LEFT, 248, PER, grey),
            words(LEFT, 268, name),
            words(RIGHT, 268, said(way.eur[0], way.eur[2]), bold=True, align="right"),
            *money(LEFT, 274, wide, way.eur, 10),
            words(LEFT, 305, NAMES["two"][0]),
            words(RIGHT, 305, said(other.eur[0], other.eur[2]), bold=True, align="right"),
            *money(LEFT, 312, wide, other.eur, 10),
        ]
    else:
        ends = words(RIGHT, 305, said(way.eur[0], way.eur[2]), size=22, bold=True, align="right")
        rows += [words(LEFT, 284, PER, grey), ends, *money(LEFT, 312, wide, way.eur)]
    return rows


def _key(x: float, y: float) -> list[Row]:
    """What the colours of exposures and steps stand for, in one line."""
    rows = []
    for colour, wide in ((charts.BLUE, 36), (charts.GREEN, 44), (charts.PURPLE, 82), (CUT, 36), ("hollow", 60)):
        rows += [*squares(x, y - 12, 14, [(colour, 1)], 1), words(x + 20, y, CAUSES[colour], charts.SOFT_INK)]
        x += wide + 44
    return rows


def _rated(x: float, y: float, wide: float) -> list[Row]:
    """Costs by SAQP as a multiple of those with it: whole blocks of 1, the range as a line, and how it comes about."""
    least, central, most = studies.cases()
    one = wide / most.ratio
    whole = int(central.ratio)
    parts = "".join(outline(x + n * one, y + 31, one - 2, 18, False) for n in range(whole))
    last = outline(x + whole * one, y + 31, (central.ratio - whole) * one, 18, False)
    ends = f"M{x + least.ratio * one:.1f},{y + 57}v8m0,-4H{x + most.ratio * one:.1f}m0,-4v8"
    sums = f"{central.duv_eur:,.0f} / {central.euv_eur:,.0f} = {times(central.ratio)}"
    return [
        words(0, y + 18, "with EUV", bold=True),
        words(0, y + 46, "by SAQP", bold=True),
        box(x, y + 4, one - 2, 18, MONEY),
        words(x + one + 8, y + 19, "1"),
        words(x + one + 34, y + 19, "times: the layer’s cost with EUV is 1", charts.SOFT_INK),
        shape(parts + last, MONEY),
        words(x + central.ratio * one + 10, y + 47, f"{sums} times", bold=True),
        words(RIGHT, y + 47, f"{central.duv_eur:,.0f} in picture 7: by chance", charts.SOFT_INK, align="right"),
        shape(ends, stroke=charts.INK, pen=2),
        words(x + least.ratio * one - 8, y + 67, times(least.ratio), bold=True, align="right"),
        words(x + most.ratio * one + 8, y + 67, times(most.ratio), bold=True),
    ]


def comparison() -> list[Row]:
    """The last frame: one layer by SAQP and with EUV, by exposures, steps and euros, and how sure their ratio is.

    Returns
    -------
    list of dict
    """
    ways, x, width = studies.ways(), 200, 390
    grey = charts.SOFT_INK
    rows = _key(x, 18)
    scale = width / top_eur()
    for what, heading, top in (("exposures", "exposures", 24), ("steps", "steps", 78), ("eur", "euros", 132)):
        rows.append(words(0, top + 18, heading, grey))
        for line, (key, name) in enumerate((("cut", "by SAQP"), ("euv", "with EUV"))):
            y, way = top + 26 * line, ways[key]
            low, central, high = getattr(way, what)
            rows.append(words(92, y + 18, name, bold=True))
            if what == "eur":
                rows += money(x, y + 3, width, way.eur, 18)
                rows.append(words(x + central * scale + 9, y + 18, f"{central:,.0f}", "white", bold=True))
                end = x + width
            else:
                side = 18 if what == "exposures" else 8.6
                rows += squares(x, y + 12 - side / 2, side, causes(key, what), 60)
                end = x + high * (side + 2)
            rows.append(words(end + 12, y + 20, said(low, high), size=22, bold=True))
    least, _, most = studies.cases()
    most_sum, least_sum = (f"{case.duv_eur:,.0f} / {case.euv_eur:,.0f} = {times(case.ratio)}" for case in (most, least))
    return [
        *rows,
        words(x, 202, "0", grey, align="center"),
        words(x + 14, 202, "a layer of a wafer: bar from low to high, dot our middle guess", grey),
        shape("M0,212H772", stroke=charts.RULE),
        *_rated(x, 214, 380),
        words(0, 306, f"Most: {most_sum}, with most cuts, films and etches dear, EUV cheap."),
        words(0, 326, f"Least: {least_sum}, with fewest cuts, films and etches cheap, EUV dear."),
        words(0, 346, "The bars overlap, but films and etches are dear, or cheap, for both ways at once."),
    ]
