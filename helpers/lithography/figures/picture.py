"""The picture “Print, coat, remove, cut”: lines in cross-section and from above, step by step, drawn to scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpers.lithography import studies
from helpers.lithography.figures.counters import comparison, counters
from helpers.lithography.figures.pencil import Row, arrows, box, drawing, measure, shape, words
from helpers.lithography.figures.sheet import (
    ABOVE,
    ASIDE,
    DASHED,
    DEEP,
    EATEN,
    EDGE,
    FILM_HIGH,
    GROUND,
    GROUND_ABOVE,
    LINE,
    SCALE,
    SHEET,
    TALL,
    VIEW_NM,
    WALL,
    base,
    base_names,
    centres,
    distance,
    goal,
    gone,
    ground_above,
    light,
    lines,
    loops,
    nm,
    tongues,
    views,
)  # fmt: skip
from helpers.show import charts
from helpers.show.charts import alt

NOT_TO_SCALE = "light and mask not to scale"


def _wavelength(key: str) -> str:
    return f"{studies.ways()[key].wavelength_nm:g} nm light"


def _one() -> list[Row]:
    pitch = studies.ways()["one"].pitch_nm
    at = [VIEW_NM / 2 + i * pitch for i in (-1, 0, 1)]
    return [
        *views(note=NOT_TO_SCALE),
        ground_above(),
        lines(at, LINE, ABOVE[0], ABOVE[1] - ABOVE[0], charts.BLUE),
        *light(at, pitch, LINE, _wavelength("one"), "mask: a plate", "blurred"),
        lines(at, LINE, GROUND - TALL, TALL, charts.BLUE),
        *base(),
        *distance(at[0], GROUND - TALL - 12, pitch),
        words(ASIDE, 40, "1,000,000 nm", charts.SOFT_INK),
        words(ASIDE, 59, "are 1 mm", charts.SOFT_INK),
        words(ASIDE, 250, "printed line,", charts.BLUE, bold=True),
        words(ASIDE, 269, "where dark", charts.BLUE),
        words(ASIDE, GROUND + 11, "film: etching"),
        words(ASIDE, GROUND + 29, "eats into it"),
        words(ASIDE, GROUND + 49, "wafer"),
    ]


def _two() -> list[Row]:
    once, twice = (studies.ways()[key].pitch_nm for key in ("one", "two"))
    first = [VIEW_NM / 2 + i * once for i in (-1, 0, 1)]
    second = centres(once, first[0] - twice)
    rows = [*views(note=NOT_TO_SCALE), ground_above()]
    rows += [
        lines(at, LINE, ABOVE[0], ABOVE[1] - ABOVE[0], ink) for at, ink in ((first, charts.BLUE), (second, charts.SKY))
    ]
    eaten = GROUND + EATEN  # the film between the first lines is gone down to here
    rows += [
        lines(first, LINE, GROUND - TALL, TALL, "", **DASHED),
        lines(first, LINE, GROUND, EATEN, charts.BLUE),
        lines(second, LINE, eaten - TALL, TALL, charts.SKY),
    ]
    rows += [words(x * SCALE, GROUND + 18, "1", "white", bold=True, align="center") for x in first]
    rows += [words(x * SCALE, GROUND + 2, "2", bold=True, align="center") for x in second]
    return [
        *rows,
        *light(second, once, LINE, _wavelength("two"), "mask, shifted", "blurred"),
        *base(eaten, FILM_HIGH - EATEN),
        *distance(first[0], GROUND - TALL - 12, twice),
        box(ASIDE, 217, 14, 14, charts.SKY),
        words(ASIDE + 20, 229, "exposure 2", bold=True),
        words(ASIDE, 248, "just printed"),
        box(ASIDE, 261, 14, 14, charts.BLUE),
        words(ASIDE + 20, 273, "exposure 1", bold=True),
        words(ASIDE, 292, "print gone,"),
        words(ASIDE, 311, "its lines are"),
        words(ASIDE, 330, "cut from film"),
        words(ASIDE, 349, "wafer"),
    ]


# --- the spacer, in four steps ----------------------------------------------------------------------------

END = DEEP[0] + 50  # where a core ends, seen from above


def _cores() -> list[float]:
    return [VIEW_NM / 2 + i * studies.ways()["one"].pitch_nm for i in (-1, 0, 1)]


def _core() -> list[Row]:
    at, tall = _cores(), 42 * SCALE
    return [
        *views(cut=152),
        ground_above(DEEP),
        tongues(at, LINE, END, DEEP[1], charts.BLUE),
        lines(at, LINE, GROUND - tall, tall, charts.BLUE),
        *base(),
        *distance(at[0], GROUND - tall - 12, at[1] - at[0]),
        words(ASIDE, 82, "end of a core", charts.SOFT_INK),
        words(ASIDE, 260, "core,", charts.BLUE, bold=True),
        words(ASIDE, 279, "printed once", charts.BLUE),
        *base_names(),
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
        *views(cut=152),
        box(0, DEEP[0], EDGE, DEEP[1] - DEEP[0], charts.GREEN),
        tongues(at, LINE, END, DEEP[1], "", **hidden),
        shape(_coated(at, tall), charts.GREEN),
        lines(at, LINE, GROUND - tall, tall, charts.BLUE),
        *base(),
        words(ASIDE, 82, "coat over all", "#007a59"),
        words(ASIDE, 210, "coat,", "#007a59", bold=True),
        words(ASIDE, 229, "equally thick", "#007a59"),
        words(ASIDE, 272, "core", charts.BLUE, bold=True),
        *base_names(),
    ]


def _etch() -> list[Row]:
    at, tall = _cores(), 42 * SCALE
    thick = LINE * SCALE
    walls = [x + side for x in at for side in (-LINE, LINE)]
    return [
        *views(cut=152),
        ground_above(DEEP),
        *loops(at, LINE, 0, END, DEEP[1], charts.GREEN, GROUND_ABOVE),
        tongues(at, LINE, END, DEEP[1], charts.BLUE),
        arrows([x * SCALE for x in range(20, VIEW_NM, 22)], 160, 22, charts.SOFT_INK),
        shape(_coated(at, tall), "white", **DASHED),
        lines(walls, LINE, GROUND - tall, tall, charts.GREEN),
        lines(at, LINE, GROUND - tall, tall, charts.BLUE),
        *base(),
        words(ASIDE, 177, "etch down"),
        words(ASIDE, GROUND - tall - thick / 2 + 6, "removed", charts.SOFT_INK),
        words(ASIDE, 262, "walls", "#007a59", bold=True),
        words(ASIDE, 281, "remain", "#007a59"),
        *base_names(),
    ]


def _remove() -> list[Row]:
    at, tall = _cores(), 42 * SCALE
    walls = [x + side for x in at for side in (-LINE, LINE)]
    pitch = studies.ways()["spacer"].pitch_nm
    return [
        *views(cut=152),
        ground_above(DEEP),
        *loops(at, LINE, 0, END, DEEP[1], charts.GREEN, GROUND_ABOVE),
        tongues(at, LINE, END, DEEP[1], "white", **DASHED),
        lines(walls, LINE, GROUND - tall, tall, charts.GREEN),
        gone(at, LINE, GROUND - tall, tall),
        *base(),
        *distance(walls[2], GROUND - tall - 12, pitch),
        words(ASIDE, 82, "loops", "#007a59", bold=True),
        words(ASIDE, 243, "core gone,", charts.SOFT_INK),
        words(ASIDE, 262, "two walls", "#007a59", bold=True),
        words(ASIDE, 281, "for each", "#007a59"),
        *base_names(),
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
    first, extra = studies.wall_steps()
    core = 2 * pitch - WALL
    stages = ((cores, core, charts.BLUE, 4), (walls, WALL, charts.GREEN, 2), (fine, WALL, charts.PURPLE, 1))
    for place, (at, width, colour, times) in enumerate(stages):
        y = 100 + 111 * place
        if place:
            before, wide = (cores, core) if place == 1 else (walls, WALL)
            rows.append(gone(before, wide, y - tall, tall))
        rows += [lines(at, width, y - tall, tall, colour), *base(y, 8, 12)]
        length = times * pitch
        reached = "goal reached" if studies.near_enough(length) else ""
        rows += measure(at[0] * SCALE, y - tall - 12, length * SCALE, f"{nm(length)} nm", reached)
    return [
        *rows,
        words(0, 16, "in cross-section", charts.SOFT_INK),
        words(EDGE, 251, f"{extra} steps, not {first}: green walls are", charts.SOFT_INK, align="right"),
        words(EDGE, 270, "first etched into a film as cores", charts.SOFT_INK, align="right"),
        words(ASIDE, 55, "core:", charts.BLUE, bold=True),
        words(ASIDE, 74, "wider, and", charts.BLUE),
        words(ASIDE, 93, "further apart", charts.BLUE),
        words(ASIDE, 177, "its walls:", "#007a59", bold=True),
        words(ASIDE, 196, "coat, etch,", "#007a59"),
        words(ASIDE, 215, "remove", "#007a59"),
        words(ASIDE, 289, "their walls:", "#a0487a", bold=True),
        words(ASIDE, 308, "once more", "#a0487a"),
    ]


def _cut() -> list[Row]:
    _, cores, walls, fine = _quarters()
    pitch = studies.ways()["cut"].pitch_nm
    top, bottom, end = 22, 262, 32 + 2 * WALL * SCALE
    core, near = 2 * pitch - WALL, nm(studies.ways()["one"].pitch_nm)
    rows = [box(0, top, EDGE, bottom - top, GROUND_ABOVE)]
    # Around each core stood one wall; its own walls are one loop outside it and one inside.
    rows += loops(cores, core, WALL, end, bottom, charts.PURPLE, GROUND_ABOVE)
    rows += loops(cores, core, -WALL, end, bottom, charts.PURPLE, GROUND_ABOVE)
    cut = {"stroke": charts.VERMILION, "pen": 3}
    perhaps = {**cut, "dash": [5, 4]}
    rows.append(box(2, top, EDGE - 4, end + WALL * SCALE + 8 - top, "white", opacity=0.8))
    rows.append(box(2, top, EDGE - 4, end + WALL * SCALE + 8 - top, "", **cut))
    for row, (places, style) in enumerate(zip(GAPS, (cut, perhaps, perhaps), strict=True)):
        rows.append(lines([fine[i] for i in places], 23, 152 + GAP_APART * row, GAP, GROUND_ABOVE, **style))
    ground, tall = 322, 36
    rows += [lines(fine, WALL, ground - tall, tall, charts.PURPLE), *base(ground, 8, 14)]
    red = "#a84900"
    return [
        *views(cut=281),
        *rows,
        words(ASIDE, 72, "cut 1:", red, bold=True),
        words(ASIDE, 91, "loop ends", red),
        words(ASIDE, 167, "cut 2: gaps", red, bold=True),
        words(ASIDE, 191, "3, 4 perhaps:", red, bold=True),
        words(ASIDE, 210, "gaps nearer", red),
        words(ASIDE, 229, f"than {near} nm", red),
        words(ASIDE, 248, "would merge", red),
        words(ASIDE, 312, "lines", "#a0487a", bold=True),
    ]


def _euv() -> list[Row]:
    pitch, _, _, fine = _quarters()
    high = ABOVE[1] - ABOVE[0]
    return [
        *views(note="not to scale; mirror drawn as see-through"),
        ground_above(),
        lines(fine, WALL, ABOVE[0], high, charts.BLUE),
        *[
            lines([fine[i] for i in places], WALL + 2, ABOVE[0] + 3 + GAP_APART * n, GAP, GROUND_ABOVE)
            for n, places in enumerate(GAPS)
        ],
        *light(fine, pitch, WALL, _wavelength("euv"), "mirror mask", "sharper"),
        lines(fine, WALL, GROUND - TALL, TALL, charts.BLUE),
        *base(),
        *distance(fine[1], GROUND - TALL - 12, pitch),
        words(ASIDE, 56, "gaps included", charts.SOFT_INK),
        words(ASIDE, 272, "printed line", charts.BLUE, bold=True),
        *base_names(),
    ]


GAPS = (1, 4), (2, 6), (3, 7)  # the lines that the second, third and fourth cut interrupt: far apart within each
GAP, GAP_APART = 20, 24  # px: length of a gap, and from one row of them to the next
# Clear, and as large as any step: the edges of strokes and words do not move the picture from one step to the next.
STEADY = box(-2, -1, SHEET[0] + 2, SHEET[1] + 2, "white", opacity=0)
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
    """One step of the picture: its drawing, the goal to scale, and its counters; "compare" is the comparison at the end.

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
        return [STEADY, *comparison()]
    key, draw = FRAMES[step]
    return [STEADY, *draw(), *goal(), *counters(key, step)]


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
        "Euros a layer of a wafer: share of scanner, masks, films, etches; assumed. Source: data/process_costs.csv",
        "Drawing in ten steps of how lines finer than the light are made on a chip: lines cut through and seen from above, with counters of"
        " exposures, steps and euros of one layer at the right. The sentence above says what the step shows.",
    )
