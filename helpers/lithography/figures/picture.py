"""The picture “Print, coat, remove, cut”: lines in cross-section and from above, step by step, drawn to scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpers.lithography import studies
from helpers.lithography.figures.counters import comparison, counters
from helpers.lithography.figures.pencil import Row, arrows, box, drawing, measure, outline, shape, wave, words
from helpers.show import charts
from helpers.show.charts import alt

SCALE = 1.75  # px a nm
LINE, WALL = 20, 16.25  # nm: width of a line at 40 nm and at 32.5 nm
VIEW_NM = 260  # eight lines of 32.5 nm
EDGE = VIEW_NM * SCALE
ASIDE = EDGE + 10  # where the labels begin
SHEET = (776, 352)
GROUND = 316  # y of the film that is to be etched
TALL = 33 * SCALE  # a printed line
ABOVE = (22, 96)  # top and bottom of the view from above
DEEP = (22, 150)  # the same for the spacer, whose lines end
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


def _centres(pitch: float, first: float) -> list[float]:
    """Places of lines in the view, nm."""
    return [x for i in range(-9, 10) if 0 <= (x := first + i * pitch) <= VIEW_NM]


def _lines(at: Sequence[float], width: float, y: float, height: float, colour: str, **style: object) -> Row:
    """Lines of `width` nm at their places, cut off at the edges of the view."""
    ends = [(max(0, x - width / 2) * SCALE, min(VIEW_NM, x + width / 2) * SCALE) for x in at]
    edged = "stroke" in style
    return shape("".join(outline(left, y, right - left, height, edged) for left, right in ends), colour, **style)


def _gone(at: Sequence[float], width: float, y: float, height: float) -> Row:
    """Lines that were removed: white, with a dashed edge."""
    return _lines(at, width, y, height, "white", **DASHED)


def _base(y: float = GROUND, film: float = 12, wafer: float = 20) -> list[Row]:
    """Film and wafer, cut through."""
    return [box(0, y, EDGE, film, FILM), box(0, y + film, EDGE, wafer, WAFER)]


def _base_names() -> list[Row]:
    return [words(ASIDE, GROUND + 12, "film"), words(ASIDE, GROUND + 31, "wafer")]


def _views(seen: str = "from above", cut: float = 116) -> list[Row]:
    """The names of the two views."""
    grey = charts.SOFT_INK
    return [words(0, 15, seen, grey), words(0, cut, "in cross-section", grey)]


def _ground_above(view: tuple[float, float] = ABOVE) -> Row:
    return box(0, view[0], EDGE, view[1] - view[0], GROUND_ABOVE)


def _light(dark: Sequence[float], pitch: float, name: str, second: str, blur: str) -> list[Row]:
    """Light, a mask that is dark at its places, and the brightness below it."""
    shining = [x * SCALE for x in _centres(pitch, dark[0] + pitch / 2) if 4 < x < VIEW_NM - 4]
    rows = [
        arrows(shining, 122, 22, LIGHT),
        box(0, 146, EDGE, 8, "white", stroke=charts.GREY),
        _lines(dark, pitch / 2, 146, 8, charts.INK),
        wave(0, EDGE, 155, 52, pitch * SCALE, dark[0] * SCALE, LIGHT),
    ]
    light = "#8a5f00"  # orange, dark enough to read
    return [
        *rows,
        words(ASIDE, 136, name, light),
        words(ASIDE, 155, second),
        words(ASIDE, 174, "brightness,", light),
        words(ASIDE, 193, blur, light),
    ]


def _one() -> list[Row]:
    pitch = studies.ways()["one"].pitch_nm
    at = [VIEW_NM / 2 + i * pitch for i in (-1, 0, 1)]
    return [
        *_views(),
        _ground_above(),
        _lines(at, LINE, ABOVE[0], ABOVE[1] - ABOVE[0], charts.BLUE),
        *_light(at, pitch, "193 nm light", "mask", "blurred"),
        _lines(at, LINE, GROUND - TALL, TALL, charts.BLUE),
        *_base(),
        *measure(at[0] * SCALE, GROUND - TALL - 12, pitch * SCALE, f"{nm(pitch)} nm"),
        words(ASIDE, 290, "printed line", charts.BLUE, bold=True),
        *_base_names(),
    ]


def _two() -> list[Row]:
    once, twice = (studies.ways()[key].pitch_nm for key in ("one", "two"))
    first = [VIEW_NM / 2 + i * once for i in (-1, 0, 1)]
    second = _centres(once, first[0] - twice)
    rows = [*_views(), _ground_above()]
    for y, height in ((ABOVE[0], ABOVE[1] - ABOVE[0]), (GROUND - TALL, TALL)):
        rows += [_lines(first, LINE, y, height, charts.BLUE), _lines(second, LINE, y, height, charts.SKY)]
    middle = GROUND - TALL / 2 + 6
    rows += [words(x * SCALE, middle, "1", "white", bold=True, align="center") for x in first]
    rows += [words(x * SCALE, middle, "2", bold=True, align="center") for x in second]
    return [
        *rows,
        *_light(second, once, "193 nm light", "mask, shifted", "blurred"),
        *_base(),
        *measure(first[0] * SCALE, GROUND - TALL - 12, twice * SCALE, f"{nm(twice)} nm"),
        words(ASIDE, 280, "exposure 1", charts.BLUE, bold=True),
        words(ASIDE, 299, "exposure 2", "#1f78a8", bold=True),
        *_base_names(),
    ]


# --- the spacer, in four steps ----------------------------------------------------------------------------

END = DEEP[0] + 50  # where a core ends, seen from above


def _cores() -> list[float]:
    return [VIEW_NM / 2 + i * studies.ways()["one"].pitch_nm for i in (-1, 0, 1)]


def _end(x: float, half: float, end: float, corner: float, bottom: float) -> str:
    """The outline of a line around `x` that ends at `end` with round corners; px."""
    left, right = x - half, x + half
    r = min(corner, half)
    return (
        f"M{left:.1f},{bottom:.1f}V{end + r:.1f}a{r:.1f},{r:.1f} 0 0,1 {r:.1f},{-r:.1f}H{right - r:.1f}"
        f"a{r:.1f},{r:.1f} 0 0,1 {r:.1f},{r:.1f}V{bottom:.1f}H{left:.1f}"
    )


def _tongues(at: Sequence[float], width: float, end: float, bottom: float, colour: str, **style: object) -> Row:
    """Cores of `width` nm that end at `end`, seen from above."""
    half = width / 2 * SCALE
    return shape("".join(_end(x * SCALE, half, end, CORNER, bottom) for x in at), colour, **style)


def _loops(at: Sequence[float], width: float, inner: float, end: float, bottom: float, colour: str, fill: str) -> list[Row]:  # fmt: skip
    """A coat of `WALL` or `LINE` nm around cores of `width`, from `inner` nm outside their edge, seen from above."""
    rows, half = [], width / 2 * SCALE
    thick = LINE if width == LINE else WALL
    for offset, shade in ((inner + thick, colour), (inner, fill)):
        d = offset * SCALE
        path = "".join(_end(x * SCALE, half + d, end - d, max(CORNER + d, 1), bottom) for x in at)
        rows.append(shape(path, shade))
    return rows


def _core() -> list[Row]:
    at, tall = _cores(), 42 * SCALE
    return [
        *_views(cut=170),
        _ground_above(DEEP),
        _tongues(at, LINE, END, DEEP[1], charts.BLUE),
        _lines(at, LINE, GROUND - tall, tall, charts.BLUE),
        *_base(),
        *measure(at[0] * SCALE, GROUND - tall - 12, (at[1] - at[0]) * SCALE, f"{nm(at[1] - at[0])} nm"),
        words(ASIDE, 82, "end of a core", charts.SOFT_INK),
        words(ASIDE, 280, "core,", charts.BLUE, bold=True),
        words(ASIDE, 299, "printed once", charts.BLUE),
        *_base_names(),
    ]


def _coated(at: Sequence[float], tall: float) -> str:
    """The outline of an even film over cores, cut through."""
    thick = LINE * SCALE
    path = f"M0,{GROUND:.1f}V{GROUND - thick:.1f}"
    for x in at:
        left, right = (max(0, x - 1.5 * LINE) * SCALE, min(VIEW_NM, x + 1.5 * LINE) * SCALE)
        path += f"H{left:.1f}V{GROUND - tall - thick:.1f}H{right:.1f}V{GROUND - thick:.1f}"
    return f"{path}H{EDGE:.1f}V{GROUND:.1f}z"


def _coat() -> list[Row]:
    at, tall = _cores(), 42 * SCALE
    hidden = {"stroke": "white", "dash": [4, 3]}
    return [
        *_views(cut=170),
        box(0, DEEP[0], EDGE, DEEP[1] - DEEP[0], charts.GREEN),
        _tongues(at, LINE, END, DEEP[1], "", **hidden),
        shape(_coated(at, tall), charts.GREEN),
        _lines(at, LINE, GROUND - tall, tall, charts.BLUE),
        *_base(),
        words(ASIDE, 82, "coat over all", "#007a59"),
        words(ASIDE, 228, "coat,", "#007a59", bold=True),
        words(ASIDE, 247, "equally thick", "#007a59"),
        words(ASIDE, 290, "core", charts.BLUE, bold=True),
        *_base_names(),
    ]


def _etch() -> list[Row]:
    at, tall = _cores(), 42 * SCALE
    thick = LINE * SCALE
    walls = [x + side for x in at for side in (-LINE, LINE)]
    return [
        *_views(cut=170),
        _ground_above(DEEP),
        *_loops(at, LINE, 0, END, DEEP[1], charts.GREEN, GROUND_ABOVE),
        _tongues(at, LINE, END, DEEP[1], charts.BLUE),
        arrows([x * SCALE for x in range(20, VIEW_NM, 22)], 177, 22, charts.SOFT_INK),
        shape(_coated(at, tall), "white", **DASHED),
        _lines(walls, LINE, GROUND - tall, tall, charts.GREEN),
        _lines(at, LINE, GROUND - tall, tall, charts.BLUE),
        *_base(),
        words(ASIDE, 195, "etch down"),
        words(ASIDE, GROUND - tall - thick / 2 + 6, "removed", charts.SOFT_INK),
        words(ASIDE, 280, "walls", "#007a59", bold=True),
        words(ASIDE, 299, "remain", "#007a59"),
        *_base_names(),
    ]


def _remove() -> list[Row]:
    at, tall = _cores(), 42 * SCALE
    walls = [x + side for x in at for side in (-LINE, LINE)]
    pitch = studies.ways()["spacer"].pitch_nm
    return [
        *_views(cut=170),
        _ground_above(DEEP),
        *_loops(at, LINE, 0, END, DEEP[1], charts.GREEN, GROUND_ABOVE),
        _tongues(at, LINE, END, DEEP[1], "white", **DASHED),
        _lines(walls, LINE, GROUND - tall, tall, charts.GREEN),
        _gone(at, LINE, GROUND - tall, tall),
        *_base(),
        *measure(walls[1] * SCALE, GROUND - tall - 12, pitch * SCALE, f"{nm(pitch)} nm"),
        words(ASIDE, 82, "loops", "#007a59", bold=True),
        words(ASIDE, 261, "core gone,", charts.SOFT_INK),
        words(ASIDE, 280, "two walls", "#007a59", bold=True),
        words(ASIDE, 299, "for each", "#007a59"),
        *_base_names(),
    ]


# --- twice, cut, and at once --------------------------------------------------------------------------------


def _quarters() -> tuple[float, list[float], list[float], list[float]]:
    """Pitch that is left, and the places of cores, walls and walls of walls (nm)."""
    pitch = studies.ways()["cut"].pitch_nm
    cores = [VIEW_NM / 4, 3 * VIEW_NM / 4]
    walls = [x + side * pitch for x in cores for side in (-1, 1)]
    return pitch, cores, walls, [x + side * pitch / 2 for x in walls for side in (-1, 1)]


def _twice() -> list[Row]:
    pitch, cores, walls, fine = _quarters()
    rows, tall = [], 24 * SCALE
    core = 2 * pitch - WALL
    stages = ((cores, core, charts.BLUE, 4), (walls, WALL, charts.GREEN, 2), (fine, WALL, charts.PURPLE, 1))
    for place, (at, width, colour, times) in enumerate(stages):
        y = 92 + 113 * place
        if place:
            before, wide = (cores, core) if place == 1 else (walls, WALL)
            rows.append(_gone(before, wide, y - tall, tall))
        rows += [_lines(at, width, y - tall, tall, colour), *_base(y, 8, 12)]
        first = 0 if place < 2 else 1
        length = times * pitch
        rows += measure(at[first] * SCALE, y - tall - 12, length * SCALE, f"{nm(length)} nm")
    return [
        *rows,
        words(0, 16, "in cross-section", charts.SOFT_INK),
        words(ASIDE, 66, "core,", charts.BLUE, bold=True),
        words(ASIDE, 85, "printed", charts.BLUE),
        words(ASIDE, 172, "its walls:", "#007a59", bold=True),
        words(ASIDE, 191, "coat, etch,", "#007a59"),
        words(ASIDE, 210, "remove", "#007a59"),
        words(ASIDE, 285, "their walls:", "#a0487a", bold=True),
        words(ASIDE, 304, "once more", "#a0487a"),
    ]


def _cut() -> list[Row]:
    _, cores, walls, fine = _quarters()
    pitch = studies.ways()["cut"].pitch_nm
    top, bottom, end = 22, 262, 32 + 2 * WALL * SCALE
    core = 2 * pitch - WALL
    rows = [box(0, top, EDGE, bottom - top, GROUND_ABOVE)]
    # Around each core stood one wall; its own walls are one loop outside it and one inside.
    rows += _loops(cores, core, WALL, end, bottom, charts.PURPLE, GROUND_ABOVE)
    rows += _loops(cores, core, -WALL, end, bottom, charts.PURPLE, GROUND_ABOVE)
    cut = {"stroke": charts.VERMILION, "pen": 3}
    rows.append(box(2, top, EDGE - 4, end + WALL * SCALE + 12 - top, "white", opacity=0.72))
    rows.append(box(2, top, EDGE - 4, end + WALL * SCALE + 12 - top, "", **cut))
    for y, places in ((172, CUT_2), (216, CUT_3)):
        rows.append(_lines([fine[i] for i in places], 26, y, 26, GROUND_ABOVE, **cut))
    ground, tall = 322, 36
    rows += [_lines(fine, WALL, ground - tall, tall, charts.PURPLE), *_base(ground, 8, 14)]
    red = "#a84900"
    return [
        *_views(cut=281),
        *rows,
        words(ASIDE, 72, "cut 1:", red, bold=True),
        words(ASIDE, 91, "loop ends", red),
        words(ASIDE, 191, "cut 2: gaps", red, bold=True),
        words(ASIDE, 235, "cut 3: gaps", red, bold=True),
        words(ASIDE, 312, "lines", "#a0487a", bold=True),
    ]


def _euv() -> list[Row]:
    pitch, _, _, fine = _quarters()
    high = ABOVE[1] - ABOVE[0]
    gaps = ((10, CUT_2), (44, CUT_3))
    return [
        *_views(),
        _ground_above(),
        _lines(fine, WALL, ABOVE[0], high, charts.BLUE),
        *[_lines([fine[i] for i in places], WALL + 2, ABOVE[0] + y, 18, GROUND_ABOVE) for y, places in gaps],
        *_light(fine, pitch, "EUV light", "mirror mask", "sharper"),
        _lines(fine, WALL, GROUND - TALL, TALL, charts.BLUE),
        *_base(),
        *measure(fine[1] * SCALE, GROUND - TALL - 12, pitch * SCALE, f"{nm(pitch)} nm"),
        words(ASIDE, 66, "gaps included", charts.SOFT_INK),
        words(ASIDE, 290, "printed line", charts.BLUE, bold=True),
        *_base_names(),
    ]


CUT_2, CUT_3 = (1, 4), (2, 6)  # the lines that the second and the third cut interrupt
# Step -> (the way whose counters stand beside it, its drawing).
FRAMES: dict[str, tuple[str, Callable[[], list[Row]]]] = {
    "one": ("one", _one),
    "two": ("two", _two),
    "core": ("spacer", _core),
    "coat": ("spacer", _coat),
    "etch": ("spacer", _etch),
    "remove": ("spacer", _remove),
    "twice": ("spacer twice", _twice),
    "cut": ("cut", _cut),
    "euv": ("euv", _euv),
}


def frame(step: str) -> list[Row]:
    """One step of the picture: its drawing, a scale, and its counters; "compare" is the comparison at the end.

    Parameters
    ----------
    step : str
        A key of `FRAMES`, or "compare".

    Returns
    -------
    list of dict
        For `picture_chart`.
    """
    if step == "compare":
        return comparison()
    key, draw = FRAMES[step]
    bar = [
        shape(f"M{EDGE - 50 * SCALE:.1f},11h{50 * SCALE:.1f}", stroke=charts.INK, pen=5),
        words(EDGE - 50 * SCALE - 8, 16, "50 nm", align="right"),
    ]
    return [*draw(), *bar, *counters(key)]


def picture_chart() -> alt.LayerChart:
    """The sheet on which `frame` draws.

    Returns
    -------
    LayerChart
        Signal: title.
    """
    return drawing(
        *SHEET,
        charts.signal("title"),
        "To scale, but for light and mask. Costs are assumed. Source: data/patterning.csv",
        "Drawing in ten steps of how lines finer than the light are made on a chip: lines cut through and seen from above, with counters of"
        " exposures, steps and euros of one layer at the right. The sentence above says what the step shows.",
    )
