"""The counters beside the picture: exposures, steps and euros of one layer, and their comparison at its end."""

from __future__ import annotations

import math

from helpers.core.words import from_to
from helpers.lithography import studies
from helpers.lithography.figures.pencil import Row, box, outline, shape, words
from helpers.show import charts

LEFT, RIGHT = 598, 772
CUT = charts.VERMILION
NAMES = {  # of a method, and what is not yet in its counters
    "one": ("One exposure", ""),
    "two": ("LE2: print twice", "lines not yet cut"),
    "spacer": ("SADP: walls once", "whole method, loops not yet cut"),
    "spacer twice": ("SAQP: walls twice", "whole method, loops not yet cut"),
    "cut": ("SAQP: walls twice", "with its cuts"),
    "euv": ("One EUV exposure", "no cut counted"),
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
            rows.append(
                shape("".join(outline(left, top, inner, inner) for left, top in corners), "white", EMPTY[colour])
            )
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
    r = round(radius, 1)
    around = f"M{x - r:.1f},{y:.1f}a{r},{r} 0 1,0 {2 * r:.1f},0a{r},{r} 0 1,0 {-2 * r:.1f},0z"
    return shape(around, "white", stroke=charts.INK)


def money(x: float, y: float, width: float, eur: tuple[float, float, float], colour: str, height: float = 12) -> list[Row]:  # fmt: skip
    """A range of euros as a bar on a line from 0 to `top_eur`, the central value as a white dot."""
    scale = width / top_eur()
    low, central, high = (x + value * scale for value in eur)
    middle = y + height / 2
    return [
        shape(f"M{x:.1f},{y - 3:.1f}v{height + 6:.1f}m0,{-middle + y - 3:.1f}h{width:.1f}", stroke=charts.GREY),
        box(low, y, high - low, height, colour),
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
    shown = [colour for colour, count in by_cause if count]
    tall = 3 if charts.PURPLE in shown else 2
    for place, colour in enumerate(shown if len(shown) > 1 else ()):
        x, line = LEFT + 98 * (place // tall), y + 19 * (place % tall)
        rows += [*squares(x, line - 11, 11, [(colour, 1)], 1), words(x + 17, line, CAUSES[colour], charts.SOFT_INK)]
    return rows


def _counter(y: float, name: str, low: float, high: float) -> list[Row]:
    return [words(LEFT, y, name, charts.SOFT_INK), words(RIGHT, y, said(low, high), size=22, bold=True, align="right")]


def counters(key: str, step: str = "") -> list[Row]:
    """Exposures, steps and euros of one layer, right of the drawing.

    Parameters
    ----------
    key : str
        Of ``studies.ways``.
    step : str
        The step of the picture: within the spacer, steps to come are hollow, and its end has LE2's euros too.

    Returns
    -------
    list of dict
    """
    way, (name, note) = studies.ways()[key], NAMES[key]
    exposures, steps = (causes(key, what) for what in ("exposures", "steps"))
    last = next(colour for colour, count in reversed(steps) if count and colour != "hollow")
    if step in studies.spacer_steps():
        steps = so_far(steps, studies.spacer_steps()[step])
    grey, wide = charts.SOFT_INK, RIGHT - LEFT - 4
    rows = [
        shape(f"M{LEFT - 12},0V350", stroke=charts.RULE),
        words(LEFT, 16, name, bold=True),
        *[words(LEFT, 36 + 19 * n, line, grey) for n, line in enumerate(note.split(", "))],
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
    if key == "cut":
        once = studies.ways()["spacer twice"].exposures[0]
        more = said(*(way.exposures[end] - once for end in (0, 2)))
        rows.append(words(LEFT, 137, f"{once} print + {more} cuts", grey))
    if step == "remove":
        other = studies.ways()["two"]
        rows += [
            *_counter(263, "euros", way.eur[0], way.eur[2]),
            *money(LEFT, 270, wide, way.eur, last, 10),
            words(LEFT, 304, "by LE2", grey),
            words(RIGHT, 304, said(other.eur[0], other.eur[2]), bold=True, align="right"),
            *money(LEFT, 313, wide, other.eur, charts.SKY, 10),
        ]
    else:
        rows += [*_counter(303, "euros", way.eur[0], way.eur[2]), *money(LEFT, 312, wide, way.eur, last)]
    return rows


def _key(x: float, y: float) -> list[Row]:
    """What the colours of exposures and steps stand for, in one line."""
    rows = []
    for colour, wide in ((charts.BLUE, 36), (charts.GREEN, 44), (charts.PURPLE, 82), (CUT, 36), ("hollow", 60)):
        rows += [*squares(x, y - 12, 14, [(colour, 1)], 1), words(x + 20, y, CAUSES[colour], charts.SOFT_INK)]
        x += wide + 44
    return rows


def comparison() -> list[Row]:
    """The last frame: one layer without EUV and with it, by exposures, steps and euros, and how sure their ratio is.

    Returns
    -------
    list of dict
    """
    ways, x, width = studies.ways(), 150, 450
    cut, euv = ways["cut"], ways["euv"]
    grey = charts.SOFT_INK
    rows = _key(x, 19)
    groups = (
        ("exposures", "exposures of a layer", 40),
        ("steps", "steps of a layer", 122),
        ("eur", "euros a layer: bars from low to high, dots our middle guess", 204),
    )
    scale = width / top_eur()
    for what, heading, top in groups:
        rows.append(words(0, top, heading, grey))
        for line, (key, name) in enumerate((("cut", "without EUV"), ("euv", "with EUV"))):
            y, way = top + 6 + 29 * line, ways[key]
            low, _, high = getattr(way, what)
            rows.append(words(0, y + 18, name, bold=True))
            if what == "eur":
                colour, ink = (CUT, charts.INK) if key == "cut" else (charts.BLUE, "white")
                rows += money(x, y + 3, width, way.eur, colour, 20)
                rows.append(words(x + way.eur[1] * scale + 10, y + 19, f"{way.eur[1]:,.0f}", ink, bold=True))
                end = x + width
            else:
                side = 20 if what == "exposures" else 8.6
                rows += squares(x, y + 12 - side / 2, side, causes(key, what), 60)
                end = x + high * (side + 2)
            rows.append(words(end + 14, y + 20, said(low, high), size=22, bold=True))
    least, ratio, most = (f"{value:.1f}" for value in studies.dearer())
    left, right = (x + way.eur[1] * scale for way in (euv, cut))
    apart = f"M{left:.1f},272v10m0,-5H{right:.1f}m0,-5v10"
    ends = f"{cut.eur[0]:,.0f} to {euv.eur[2]:,.0f} euros"
    return [
        *rows,
        shape(apart, stroke=charts.INK, pen=2),
        words(x, 292, "0", grey, align="center"),
        words((left + right) / 2, 298, f"{ratio} times, dot to dot", bold=True, align="center"),
        words(x + width, 292, f"{top_eur():,.0f}", grey, align="center"),
        words(0, 323, f"All costs are assumed: {ratio} times is a middle guess within {least} to {most}."),
        words(0, 343, f"The bars overlap from {ends}, but costs that both ways share (films, etches) move together."),
    ]
