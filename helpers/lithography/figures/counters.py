"""The counters beside the picture: exposures, steps and euros of one layer, and their comparison at its end."""

from __future__ import annotations

import math

from helpers.core.words import from_to
from helpers.lithography import studies
from helpers.lithography.figures.pencil import Row, box, outline, shape, words
from helpers.show import charts

LEFT, RIGHT = 598, 772
CUT = charts.VERMILION
NAMES = {
    "one": ("One exposure", ""),
    "two": ("LE2", "before cuts"),
    "spacer": ("SADP", "before cuts"),
    "spacer twice": ("SAQP", "before cuts"),
    "cut": ("SAQP", "with its cuts"),
    "euv": ("One EUV exposure", ""),
}


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
        if colour == "hollow" and count:
            inner = side - 1.5
            corners = ((x + apart * (n % across) + 0.75, y + apart * (n // across) + 0.75) for n in range(place, last))
            rows.append(shape("".join(outline(left, top, inner, inner) for left, top in corners), "white", CUT))
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


def money(x: float, y: float, width: float, eur: tuple[float, float, float], colour: str, height: float = 12) -> list[Row]:  # fmt: skip
    """A range of euros as a bar on a line from 0 to `top_eur`, the central value as a white dot."""
    scale = width / top_eur()
    low, central, high = (x + value * scale for value in eur)
    middle, r = y + height / 2, height / 3
    dot = f"M{central - r:.1f},{middle:.1f}a{r:.1f},{r:.1f} 0 1,0 {2 * r:.1f},0a{r:.1f},{r:.1f} 0 1,0 {-2 * r:.1f},0z"
    return [
        shape(f"M{x:.1f},{y - 3:.1f}v{height + 6:.1f}m0,{-middle + y - 3:.1f}h{width:.1f}", stroke=charts.GREY),
        box(low, y, high - low, height, colour),
        shape(dot, "white", stroke=charts.INK),
    ]


def counters(key: str) -> list[Row]:
    """Exposures, steps and euros of one layer, right of the drawing.

    Parameters
    ----------
    key : str
        Of ``studies.ways``.

    Returns
    -------
    list of dict
    """
    way, (name, note) = studies.ways()[key], NAMES[key]
    exposures, steps = (causes(key, what) for what in ("exposures", "steps"))
    last = next(colour for colour, count in reversed(steps) if count and colour != "hollow")
    grey = charts.SOFT_INK
    return [
        shape(f"M{LEFT - 12},0V350", stroke=charts.RULE),
        words(LEFT, 16, name, bold=True),
        words(RIGHT, 16, note, grey, align="right"),
        words(LEFT, 58, "exposures of a layer", grey),
        words(LEFT, 88, said(way.exposures[0], way.exposures[2]), size=26, bold=True),
        *squares(LEFT, 98, 16, exposures, 9),
        words(LEFT, 152, "steps of a layer", grey),
        words(LEFT, 182, said(way.steps[0], way.steps[2]), size=26, bold=True),
        *squares(LEFT, 192, 10, steps, 14),
        words(LEFT, 262, "euros a layer", grey),
        words(LEFT, 292, said(way.eur[0], way.eur[2]), size=26, bold=True),
        *money(LEFT, 306, RIGHT - LEFT - 4, way.eur, last),
        words(LEFT - 4, 342, "0", grey),
        words((LEFT + RIGHT) / 2 - 6, 342, "dot: central", grey, align="center"),
        words(RIGHT, 342, f"{top_eur():,.0f}", grey, align="right"),
    ]


def _key(x: float, y: float) -> list[Row]:
    """What the colours of exposures and steps stand for, in one line."""
    rows = []
    for colour, name, wide in (
        (charts.BLUE, "first pass", 76), (charts.GREEN, "walls", 44), (charts.PURPLE, "their walls", 82),
        (CUT, "cuts", 36), ("hollow", "perhaps more", 60),
    ):  # fmt: skip
        rows += [*squares(x, y - 12, 14, [(colour, 1)], 1), words(x + 20, y, name, charts.SOFT_INK)]
        x += wide + 44
    return rows


def comparison() -> list[Row]:
    """The last frame: one layer without EUV and with it, by exposures, steps and euros.

    Returns
    -------
    list of dict
    """
    ways, x, width = studies.ways(), 150, 450
    rows = _key(x, 26)
    groups = (
        ("exposures", "exposures of a layer", 56),
        ("steps", "steps of a layer", 158),
        ("eur", "euros a layer: low to high, dot central", 260),
    )
    for what, heading, top in groups:
        rows.append(words(0, top, heading, charts.SOFT_INK))
        for line, (key, name) in enumerate((("cut", "without EUV"), ("euv", "with EUV"))):
            y, way = top + 10 + 34 * line, ways[key]
            low, _, high = getattr(way, what)
            rows.append(words(0, y + 20, name, bold=True))
            if what == "eur":
                rows += money(x, y + 6, width, way.eur, CUT if key == "cut" else charts.BLUE, 18)
                end = x + width
            else:
                side = 22 if what == "exposures" else 8.6
                rows += squares(x, y + 15 - side / 2, side, causes(key, what), 60)
                end = x + high * (side + 2)
            rows.append(words(end + 14, y + 22, said(low, high), size=22, bold=True))
    return rows
