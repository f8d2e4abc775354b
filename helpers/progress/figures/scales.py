"""The picture “The scales”: a claim, four causes, cards laid on two pans and a tray, and two labs with one method."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from helpers.core.words import figures as number
from helpers.progress import studies
from helpers.show import charts, page
from helpers.show.drawing import Drawing, area, boxes, chart_of, circle, lines

WIDTH, HEIGHT = 776, 366
CHIP, GAINED, POINTED, ADDED = charts.BLUE, charts.GREEN, charts.VERMILION, charts.PURPLE
DARK_GREEN, DARK_RED, DARK_PURPLE, PALE = "#00664b", "#a84300", "#8f3f72", "#eef1f4"
SIDE_WORDS = {
    "for": "for: scarcity caused it",
    "contested": "neither, or both",
    "against": "against: other causes",
}
_MIDDLES = {"for": 142.0, "contested": 388.0, "against": 634.0}
_BEAM, _FLOOR = 184.0, 334.0
_WIDE, _HIGH, _ROW = 33.0, 23.0, 6  # a small card, and how many lie side by side
_LETTERS, _LINE = 42, 18.5  # of a line on a card; pixels from line to line

_CAUSES = (
    ("Scarcity of chips", "more after the rules, on what they cut"),
    ("Cost of serving", "work wherever many people use a model"),
    ("Shared knowledge", "who read last publishes next"),
    ("Publishing as strategy", "the same work; only more of it is shown"),
)
_SHOWS = {
    "for": ("Show what was attacked:", "V3’s design spares slow", "links, one of them cut."),
    "contested": ("Charges and denials:", "no public document", "settles them."),
    "against": ("Show other causes: the", "same work with plenty of", "chips, or before rules."),
}


# --- the claim ------------------------------------------------------------------------------------


def _chip(d: Drawing, x: float, y: float, there: bool) -> None:
    path = boxes([(x, y)], 46, 46)
    if there:
        d.shape(path, fill=CHIP)
        d.shape(boxes([(x + 12, y + 12)], 22, 22), fill="white", alpha=0.55)
    else:
        d.shape(path, stroke="#8a8a8a", dash=(4, 4), thick=1.5)


def _saving(d: Drawing, x: float, y: float, wide: float = 200, high: float = 30, name: str = "efficiency") -> None:
    """The same result with less: a bar that was long is short."""
    d.words(x + wide / 2, y - 14, name, DARK_GREEN, bold=True, align="center")
    d.shape(boxes([(x, y)], wide, high), stroke="#8a8a8a", dash=(4, 4), thick=1.5)
    d.shape(boxes([(x, y)], 0.42 * wide, high), fill=GAINED)
    d.words(x + 0.71 * wide, y + high / 2 + 6, "saved", charts.SOFT_INK, align="center")
    d.words(x + wide / 2, y + high + 26, "computing for one result", align="center")


def _because(d: Drawing) -> None:
    d.words(143, 88, "scarcity: too few chips", CHIP, bold=True, align="center")
    for k in range(8):
        _chip(d, 30 + 60 * (k % 4), 106 + 60 * (k // 4), there=k < 3)
    d.words(143, 244, "dashed: wanted, not to be had", charts.SOFT_INK, align="center")
    d.arrow((286, 159), (506, 159), POINTED, 5)
    d.words(393, 142, "because?", DARK_RED, bold=True, align="center")
    _saving(d, 520, 132, 240, 54, "efficiency: more with less")


def _four(d: Drawing) -> None:
    for k, (name, predicts) in enumerate(_CAUSES):
        y = 12 + 88 * k
        first = k == 0
        d.shape(boxes([(8, y)], 374, 66), fill=PALE, stroke=CHIP if first else charts.GREY, thick=3 if first else 1.5)
        d.words(20, y + 27, name, CHIP if first else charts.INK, bold=True)
        d.words(20, y + 51, predicts)
        d.shape(lines([(382, y + 33), (530, 170)]), stroke=POINTED if first else charts.GREY, thick=3 if first else 2)
    d.words(420, 24, "bold: a cause", bold=True)
    d.words(420, 46, "below: what it predicts")
    _saving(d, 548, 154)


# --- cards ----------------------------------------------------------------------------------------


def _wrapped(d: Drawing, x: float, y: float, text: str, ink: str = charts.INK, bold: bool = False) -> float:
    """Lines of a card from `y` on; gives where the next stands."""
    for line in textwrap.wrap(text, _LETTERS - (4 if bold else 0)):
        d.words(x, y, line, ink, bold)
        y += _LINE
    return y


def _cards(d: Drawing, card: Any, turned: bool) -> None:
    """The face of one card, and its back if it is turned over."""
    d.shape(boxes([(4, 2)], 378, 156), fill="white", stroke=POINTED, thick=2.5)
    heading = f"{card.number}: {card.date:%b %Y}, {card.who}"
    y = _wrapped(d, 14, 21, heading, bold=True)
    y = _wrapped(d, 14, y, card.claim)
    if y < 150:
        chip = f"Hardware: {card.hardware}"
        d.words(14, y, chip, CHIP)
    fill = "white" if turned else PALE
    d.shape(boxes([(394, 2)], 378, 156), fill=fill, stroke=POINTED if turned else charts.GREY, thick=2.5, dash=(1, 0) if turned else (5, 4))  # fmt: skip
    if turned:
        y = _wrapped(d, 404, 21, f"Interest: {card.interest}", bold=True)
        _wrapped(d, 404, y, f"Limit: {card.limit}")
    else:
        d.words(583, 68, "the back", charts.SOFT_INK, bold=True, align="center")
        d.words(583, 90, "whose interest, and what it cannot show", charts.SOFT_INK, align="center")
        d.words(583, 112, "lay the card to turn it over", charts.SOFT_INK, align="center")


def _scale(d: Drawing, pinned: bool) -> None:
    """Pillar, level beam, two pans on strings, and a tray at the foot."""
    left, middle, right = _MIDDLES.values()
    grey = "#7a7a7a"
    d.shape(lines([(middle, _BEAM), (middle, _FLOOR)]), stroke=grey, thick=5)
    d.shape(lines([(left, _BEAM), (right, _BEAM)]), stroke=grey, thick=5)
    for at in (left, right):
        d.shape(lines([(at - 116, _FLOOR), (at, _BEAM), (at + 116, _FLOOR)]), stroke=grey, thick=1.2)
    for at in (left, middle, right):
        d.shape(area((at - 120, _FLOOR), (at + 120, _FLOOR), (at + 104, _FLOOR + 8), (at - 104, _FLOOR + 8)), fill=grey)
    d.shape(circle(middle, _BEAM, 9), fill=POINTED if pinned else "white", stroke=grey, thick=2)
    for side, at in _MIDDLES.items():
        d.words(at, _FLOOR + 28, SIDE_WORDS[side], bold=True, align="center")


def _laid(d: Drawing, side: str, cards: Sequence[int], marked: Sequence[int] = (), fill: str = "white", edge: str = POINTED, odd: Sequence[int] = ()) -> None:  # fmt: skip
    """Small numbered cards on a pan, the first at the bottom left."""
    wide = min(len(cards), _ROW)
    for place, card in enumerate(cards):
        across, up = place % _ROW, place // _ROW
        x = _MIDDLES[side] + (across - wide / 2) * (_WIDE + 3) + 1.5
        y = _FLOOR - 2 - (up + 1) * (_HIGH + 3)
        at = boxes([(x, y)], _WIDE, _HIGH)
        d.shape(at, fill=ADDED if card in odd else fill)
        d.shape(at, stroke=edge if card in marked else charts.INK, thick=3 if card in marked else 1)
        d.words(x + _WIDE / 2, y + 18, str(card), bold=card in marked, align="center")


def _ours(d: Drawing, found: studies.Sorted) -> None:
    d.words(406, _BEAM - 14, "pinned: no weight is known", DARK_RED, bold=True)
    for side, cards in found.ours.items():
        at = _MIDDLES[side]
        d.words(at, 42, f"We lay {len(cards)} here", bold=True, align="center")
        if found.same or found.other:
            d.words(at, 66, f"You laid {len(found.yours[side])} here", DARK_PURPLE, bold=True, align="center")
    if found.other:
        d.words(388, 104, "purple: cards that you laid elsewhere", DARK_PURPLE, bold=True, align="center")
    elif not found.same:
        d.words(388, 86, "Yours stand beside ours once you have laid some.", charts.SOFT_INK, align="center")


def _shown(d: Drawing, telling: dict[str, list[int]]) -> None:
    for side, said in _SHOWS.items():
        at = _MIDDLES[side]
        d.shape(boxes([(at - 116, 10)], 232, 106), fill="white", stroke=POINTED, thick=2)  # fmt: skip
        for k, line in enumerate(said):
            d.words(at, 35 + 21 * k, line, align="center")
        d.words(at, 104, f"cards {', '.join(map(str, telling[side]))}", DARK_RED, bold=True, align="center")
    d.words(406, _BEAM - 14, "pinned: no weight is known", DARK_RED, bold=True)


# --- two labs -------------------------------------------------------------------------------------


def _lab(d: Drawing, x: float, foot: float, side: float, more: float, name: str) -> None:
    """Computing of one lab as a square, and in the same corner the larger one that the method makes of it."""
    d.shape(boxes([(x, foot - more)], more, more), fill=GAINED, alpha=0.35)
    d.shape(boxes([(x, foot - more)], more, more), stroke=GAINED, thick=2)
    d.shape(boxes([(x, foot - side)], side, side), fill=CHIP)
    d.words(x + max(more, 40) / 2, foot + 24, name, bold=True, align="center")


def _labs(d: Drawing, after: studies.Labs, size: float, most: float) -> None:
    foot = 326.0
    unit = min(296.0 / most**0.5, 430.0 / (after.poor**0.5 + most**0.5))
    poor = unit * after.poor**0.5
    _lab(d, 24, foot, unit, poor, "poor lab")
    _lab(d, 60 + max(poor, 40), foot, unit * size**0.5, unit * after.rich**0.5, "rich lab")
    x, y = 510, 52
    d.shape(boxes([(x, y - 14)], 16, 16), fill=CHIP)
    d.words(x + 26, y, "computing of each lab", CHIP, bold=True)
    d.words(x + 26, y + 24, f"rich to poor: {size:g} to 1")
    y += 78
    d.shape(boxes([(x, y - 14)], 16, 16), fill=GAINED, stroke=GAINED, alpha=0.35)
    d.words(x + 26, y, "what it is worth with", DARK_GREEN, bold=True)
    d.words(x + 26, y + 22, "the method", DARK_GREEN, bold=True)
    d.words(x + 26, y + 46, f"poor lab: {number(after.poor_gain)} times")
    d.words(x + 26, y + 68, f"rich lab: {number(after.rich_gain)} times")
    ratio = f"{number(after.ratio)} to 1"
    d.words(x + 26, y + 112, f"apart: {'still ' if after.change == 'unchanged' else ''}{ratio}", DARK_GREEN, bold=True)  # fmt: skip
    d.words(x, 326, "Areas to scale; the numbers", charts.SOFT_INK)
    d.words(x, 347, "are ours, not measured.", charts.SOFT_INK)


def scales_rows(
    causes: pd.DataFrame, step: str, laid: str, card: str, after: studies.Labs, size: float, most: float = 0
) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    causes : DataFrame
        ``data.load("causes")``.
    step : str
        "because", "causes", "card", "turned", "ours", "shows", "shared" or "size".
    laid : str
        As in ``studies.sort_cards``.
    card : str
        The card in hand, by id.
    after : Labs
        The two labs with the method.
    size : float
        Computing of the rich lab, the poor one's = 1.
    most : float, optional
        The most that has to find room, in the same unit: one scale for the two steps of labs.
    """
    d = Drawing()
    if step in ("because", "causes"):
        (_because if step == "because" else _four)(d)
        return d.rows
    if step in ("shared", "size"):
        _labs(d, after, size, max(after.rich, size, most))
        return d.rows
    found = studies.sort_cards(causes, laid)
    held = studies.numbered(causes).set_index("cause_id").loc[card]
    at_hand = step in ("card", "turned")
    _scale(d, pinned=not at_hand)
    if at_hand:
        _cards(d, held, step == "turned" or laid[held.number - 1] != studies.UNLAID)
        for side, cards in found.yours.items():
            _laid(d, side, cards, [held.number], "#f3dcea")
        return d.rows
    telling = studies.telling(causes)
    for side, cards in found.ours.items():
        _laid(d, side, cards, telling[side] if step == "shows" else (), odd=found.other)
    if step == "ours":
        _ours(d, found)
    else:
        _shown(d, telling)
    return d.rows


def scales_chart() -> alt.LayerChart:
    """The picture; rows from `scales_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Source of the cards: data/causes.csv, our choice: counts prove nothing. Labs of steps 7 and 8: our numbers",
        description=(
            "Picture in eight steps. A claim: labs in China do more with less because they have too few chips. Four causes that"
            " could give the same work. One card of evidence above an empty pair of scales, then turned over to show whose"
            " interest it serves and what it cannot show. All cards on two pans and a tray, with a beam that is pinned since no"
            " weight is known. What each pan shows. Then two labs as squares, poor and rich, before and after a published"
            " method, and the same with a gain that depends on the size of the run. The sentence above says what is shown."
        ),
    )


# --- the cards as a table -------------------------------------------------------------------------


def cards_table(causes: pd.DataFrame, laid: str) -> page.Folded:
    """Every card, front and back, behind a line; with the reader's side and ours of those that the reader has laid.

    Parameters
    ----------
    causes : DataFrame
        ``data.load("causes")``.
    laid : str
        As in ``studies.sort_cards``.
    """
    studies.sort_cards(causes, laid)
    rows = studies.numbered(causes)
    named = {"for": "for", "contested": "neither", "against": "against"}
    yours = {studies.UNLAID: "not laid", **{letter: named[side] for side, letter in studies.LAID.items()}}
    frame = pd.DataFrame(
        {
            "When": rows["date"].dt.strftime("%b %Y"),
            "What is said": rows["claim"],
            "Hardware": rows["hardware"],
            "Who; interest": rows["who"] + "; " + rows["interest"],
            "What it cannot show": rows["limit"],
            "Confidence": rows["confidence"],
        }
    )
    frame.index = pd.Index(rows["number"], name="No.")
    count = sum(letter != studies.UNLAID for letter in laid)
    if count:
        frame["Yours"] = [yours[letter] for letter in laid]
        frame["Ours"] = ["" if you == studies.UNLAID else named[we] for we, you in zip(rows["side"], laid, strict=True)]
    beside = f"ours beside the {count} that you laid" if count else "and ours beside yours once you have laid some"
    return page.Folded(
        f"All {len(rows)} cards, front and back, {beside}",
        page.table(frame, "The evidence on scarcity as a cause"),
    )
