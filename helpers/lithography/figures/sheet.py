"""The sheet on which the picture “Print, coat, remove, cut” is drawn: its scale, and what several steps share."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.lithography import studies
from helpers.lithography.figures.pencil import Row, arrows, beams, box, measure, outline, shape, words
from helpers.show import charts

SCALE = 1.75  # px a nm
LINE, WALL = 20, 16.25  # nm: width of a line at 40 nm and at 32.5 nm
VIEW_NM = 260  # eight lines of 32.5 nm
EDGE = VIEW_NM * SCALE
ASIDE = EDGE + 10  # where the labels begin
SHEET = (776, 352)
GROUND = 298  # y of the film that is to be etched
FILM_HIGH, EATEN = 32, 24  # of the film: its height, and how deep an etch goes; px
TALL = 33 * SCALE  # a printed line
ABOVE = (22, 96)  # top and bottom of the view from above
DEEP = (22, 132)  # the same for the spacer, whose lines end
CORNER = WALL * SCALE  # of a core's end
FILM, WAFER, LIGHT = "#c8ccd2", "#9aa0a9", charts.ORANGE
GROUND_ABOVE = "#e9ebee"
DASHED = {"stroke": charts.SOFT_INK, "dash": [4, 3]}


def nm(pitch: float) -> str:
    """A pitch in words: to half a nanometre, as such pitches are quoted.

    Examples
    --------
    >>> nm(80.06), nm(32.5)
    ('80', '32.5')
    """
    return f"{round(2 * pitch) / 2:g}"


def centres(pitch: float, first: float) -> list[float]:
    """Places of lines in the view, nm."""
    return [x for i in range(-9, 10) if 0 <= (x := first + i * pitch) <= VIEW_NM]


def lines(at: Sequence[float], width: float, y: float, height: float, colour: str, **style: object) -> Row:
    """Lines of `width` nm at their places, cut off at the edges of the view."""
    ends = [(max(0, x - width / 2) * SCALE, min(VIEW_NM, x + width / 2) * SCALE) for x in at]
    edged = "stroke" in style
    return shape("".join(outline(left, y, right - left, height, edged) for left, right in ends), colour, **style)


def gone(at: Sequence[float], width: float, y: float, height: float) -> Row:
    """Lines that were removed: white, with a dashed edge."""
    return lines(at, width, y, height, "white", **DASHED)


def base(y: float = GROUND, film: float = FILM_HIGH, wafer: float = 20) -> list[Row]:
    """Film and wafer, cut through."""
    return [box(0, y, EDGE, film, FILM), box(0, y + film, EDGE, wafer, WAFER)]


def base_names() -> list[Row]:
    """Their names."""
    return [words(ASIDE, GROUND + 20, "film"), words(ASIDE, GROUND + 47, "wafer")]


def distance(at: float, y: float, pitch: float) -> list[Row]:
    """How far two lines are apart, from `at` (nm), and whether that is near enough."""
    verdict = "goal reached" if studies.near_enough(pitch) else "too far apart yet"
    return measure(at * SCALE, y, pitch * SCALE, f"{nm(pitch)} nm", verdict)


def goal() -> list[Row]:
    """The distance that is needed, to scale, above every step."""
    wide, y = studies.GOAL_NM * SCALE, 11
    line = f"M{EDGE - wide - 1:.1f},{y - 6}v12m0,-6h{wide:.1f}m0,-6v12"
    needed = words(EDGE - wide - 9, 16, f"goal: lines {nm(studies.GOAL_NM)} nm apart", bold=True, align="right")
    return [shape(line, stroke=charts.INK, pen=2), needed]


def views(seen: str = "from above", cut: float = 116, note: str = "") -> list[Row]:
    """The names of the two views, and what the cross-section does not draw to scale."""
    grey = charts.SOFT_INK
    named = [words(0, 15, seen, grey), words(0, cut, "in cross-section", grey)]
    return [*named, words(EDGE, cut, note, grey, align="right")] if note else named


def ground_above(view: tuple[float, float] = ABOVE) -> Row:
    """What lies between lines, seen from above."""
    return box(0, view[0], EDGE, view[1] - view[0], GROUND_ABOVE)


def light(dark: Sequence[float], pitch: float, width: float, name: str, second: str, blur: str) -> list[Row]:
    """Light, a mask with a bar as wide as each line, and the light below it."""
    shining = [x * SCALE for x in centres(pitch, dark[0] + pitch / 2) if 4 < x < VIEW_NM - 4]
    rows = [
        arrows(shining, 122, 22, LIGHT),
        box(0, 146, EDGE, 8, "white", stroke=charts.GREY),
        lines(dark, width, 146, 8, charts.INK),
        *beams(0, EDGE, 155, 44, pitch * SCALE, dark[0] * SCALE, LIGHT),
    ]
    if pitch > 2 * width + 20:  # room for the word
        inside = [x * SCALE for x in dark if width < x < VIEW_NM - width]
        rows += [words(x, 183, "dark", align="center") for x in inside]
    dim = "#8a5f00"  # orange, dark enough to read
    return [
        *rows,
        words(ASIDE, 136, name, dim),
        words(ASIDE, 155, second),
        words(ASIDE, 174, "light below,", dim),
        words(ASIDE, 193, blur, dim),
    ]


def _end(x: float, half: float, end: float, corner: float, bottom: float) -> str:
    """The outline of a line around `x` that ends at `end` with round corners; px."""
    left, right = x - half, x + half
    r = min(corner, half)
    return (
        f"M{left:.1f},{bottom:.1f}V{end + r:.1f}a{r:.1f},{r:.1f} 0 0,1 {r:.1f},{-r:.1f}H{right - r:.1f}"
        f"a{r:.1f},{r:.1f} 0 0,1 {r:.1f},{r:.1f}V{bottom:.1f}H{left:.1f}"
    )


def tongues(at: Sequence[float], width: float, end: float, bottom: float, colour: str, **style: object) -> Row:
    """Cores of `width` nm that end at `end`, seen from above."""
    half = width / 2 * SCALE
    return shape("".join(_end(x * SCALE, half, end, CORNER, bottom) for x in at), colour, **style)


def loops(at: Sequence[float], width: float, inner: float, end: float, bottom: float, colour: str, fill: str) -> list[Row]:  # fmt: skip
    """A coat of `WALL` or `LINE` nm around cores of `width`, from `inner` nm outside their edge, seen from above."""
    rows, half = [], width / 2 * SCALE
    thick = LINE if width == LINE else WALL
    for offset, shade in ((inner + thick, colour), (inner, fill)):
        d = offset * SCALE
        path = "".join(_end(x * SCALE, half + d, end - d, max(CORNER + d, 1), bottom) for x in at)
        rows.append(shape(path, shade))
    return rows
