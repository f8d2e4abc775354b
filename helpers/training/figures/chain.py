"""The chain of boxes that opens 32: the row of boxes, and the way from a step to its drawing."""

from __future__ import annotations

import altair as alt

from helpers.core.words import figures, times, usd
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, lines
from helpers.training import studies
from helpers.training.figures import opened

WIDTH, HEIGHT = 772, 352
STEPS = {
    "chain": "Six boxes",
    "experts": "Parameters",
    "tokens": "Tokens",
    "speed": "Speed",
    "pipeline": "Waiting",
    "hours": "Hours",
    "cost": "Cost",
    "outside": "What is not in it",
}
_BOXES = ("Parameters", "Tokens", "Speed", "Chip-hours", "Price", "Cost")
_WIDE, _TOP, _HIGH = 94.0, 26.0, 54.0
_AT = (10.0, 164.0, 290.0, 416.0, 542.0, 670.0)
# Step -> the boxes that it opens; those before it are open already.
_OPENS = {"chain": (), "experts": (0,), "tokens": (1,), "speed": (2,), "pipeline": (2,), "hours": (3,), "cost": (4, 5), "outside": ()}  # fmt: skip


def _says(found: studies.Boxes) -> list[tuple[str, str]]:
    return [
        (figures(found.active / 1e9), "billion"),
        (figures(found.tokens / 1e12, 3), "trillion"),
        (figures(found.speed, 3), "TFLOP/s"),
        (figures(found.hours / 1e6, 3), "million"),
        (usd(found.price), "an hour"),
        (f"${figures(found.cost / 1e6, 3)}", "million"),
    ]


def _row(d: Drawing, step: str, found: studies.Boxes, start: studies.Boxes) -> None:
    """The chain: closed boxes dashed, open ones with their value, the newest outlined, changed ones purple."""
    order = list(STEPS)
    opened_so_far = {b for name in order[: order.index(step) + 1] for b in _OPENS[name]}
    if step == "chain":
        opened_so_far = {5}
    was = _says(start)
    for place, (x, name, said) in enumerate(zip(_AT, _BOXES, _says(found), strict=True)):
        middle, new = x + _WIDE / 2, place in _OPENS[step]
        changed = said != was[place]
        d.words(middle, _TOP - 8, name, bold=new, align="center")
        box = boxes([(x, _TOP)], _WIDE, _HIGH)
        if place not in opened_so_far:
            d.shape(box, fill="#f3f3f3", stroke="#9a9a9a", thick=1.5, dash=(5, 4))
            d.words(middle, _TOP + 33, "?", charts.SOFT_INK, bold=True, align="center")
            continue
        ink = opened.DARK_ADDED if changed else charts.INK
        edge = charts.VERMILION if new else opened.DARK_ADDED if changed else charts.INK
        d.shape(box, fill="#f7ebf3" if changed else "white", stroke=edge, thick=3 if new or changed else 1.5)
        d.words(middle, _TOP + 23, said[0], ink, bold=True, align="center")
        d.words(middle, _TOP + 43, said[1], ink, align="center")
    joined = (f"× {times(found.each)} ×", "÷", "=", "×", "=")
    for sign, x, end in zip(joined, _AT, _AT[1:]):
        d.words((x + _WIDE + end) / 2, _TOP + 33, sign, bold=True, align="center")


def _frame(d: Drawing, step: str) -> None:
    """What is inside the newest box: a sheet that widens from it."""
    if not _OPENS[step]:
        return
    left, right = _AT[_OPENS[step][0]], _AT[_OPENS[step][-1]] + _WIDE
    bottom = _TOP + _HIGH
    d.shape(area((left, bottom + 2), (right, bottom + 2), (WIDTH - 4, 104), (4, 104)), fill="#fbe3d6", alpha=0.8)
    d.shape(lines([(4, 104), (WIDTH - 4, 104)]), stroke=charts.VERMILION, thick=2)


def chain_rows(step: str, found: studies.Boxes, start: studies.Boxes, with_tries: tuple[float, float], micro_batches: int = 8) -> list[dict]:  # fmt: skip
    """The rows of one step of the picture.

    Parameters
    ----------
    step : str
        Of `STEPS`.
    found, start : Boxes
        ``studies.boxes`` with the reader's change, and without.
    with_tries : tuple of two float
        ``studies.with_tries`` with the reader's change.
    micro_batches : int
        Pieces of the pipeline drawn, 4 to 16.
    """
    d = Drawing()
    _frame(d, step)
    _row(d, step, found, start)
    if step == "pipeline":
        opened.pipeline(d, micro_batches)
    elif step == "outside":
        opened.outside(d, found, with_tries)
    elif step != "chain":
        getattr(opened, step)(d, found, start)
    else:
        opened.closed(d, found)
    return d.rows


def boxes_chart() -> alt.LayerChart:
    """The picture; rows from `chain_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "DeepSeek-V3, the main part of its training. Source: arXiv 2412.19437, data/models.csv",
        description=(
            "Picture in eight steps of how a configuration becomes a cost: a row of six boxes, parameters, tokens, speed,"
            " chip-hours, price and cost, joined by signs of arithmetic, which open one by one. Opened, they show a router that"
            " sends a token to 8 of 256 experts, six operations a parameter, a bar of a chip's peak of which a part is used,"
            " four chips of a pipeline by time with white gaps, chip-hours beside those of Llama 3.1 405B, the sum of three"
            " stages, and at last the cost inside larger squares that it leaves out. The sentence above gives the numbers."
        ),
    )
