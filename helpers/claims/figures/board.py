"""The board: one card a claim, from the reader's first opinion to the verdict now to ours; and the moves by kind."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from helpers.claims import studies
from helpers.core import tables
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, lines

WIDTH, HEIGHT = 772, 346
BOARD_STEPS = {
    "cards": "the cards",
    "first": "what was thought first",
    "now": "the verdict now",
    "moved": "what moved",
    "ours": "what this course holds",
    "kinds": "which kind moved",
}
DARK_PURPLE = "#8f3d6c"
FIRST, NOW, OURS, MOVED = "#d9a3c0", DARK_PURPLE, charts.INK, charts.VERMILION
_DARK_VERMILION, _EMPTY, _CARD = "#a34700", "#b3b3b3", "#f4f4f4"
# How full a circle is: the share of a claim that stands. The last two of the verdicts are no share.
FULL = {"supported": 1.0, "mostly supported": 0.75, "mixed": 0.5, "unsupported": 0.0}
_R = 7.0
_LEFT, _ACROSS, _CARD_WIDE, _CARD_HIGH, _DOWN = 139.0, 105.4, 102.0, 24.0, 27.0
_SLOTS = (46.5, 69.0, 91.5)  # from the left of a card to the middle of its three circles
_LEGEND = HEIGHT - 6.0
_SAMPLE = (492.0, 168.0, WIDTH - 492.0, 124.0)
# Of a topic drawn large.
_COLUMNS, _TALL, _HEAD = (575.0, 655.0, 735.0), 48.5, 38.0
_LETTERS = 56  # of a claim on one line


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r:.1f},{y:.1f}a{r:.1f},{r:.1f} 0 1 1 {2 * r:.1f},0a{r:.1f},{r:.1f} 0 1 1 {-2 * r:.1f},0z"


def _box(x: float, y: float, wide: float, high: float) -> str:
    return boxes([(x, y)], wide, high)


def _slice(x: float, y: float, r: float, share: float) -> str:
    """The part of a circle that is full, from the top and to the right."""
    if share >= 1:
        return _circle(x, y, r)
    angle = 2 * math.pi * share
    u, v = x + r * math.sin(angle), y - r * math.cos(angle)
    return f"M{x:.1f},{y:.1f}L{x:.1f},{y - r:.1f}A{r:.1f},{r:.1f} 0 {int(share > 0.5)} 1 {u:.1f},{v:.1f}z"


def _mark(d: Drawing, x: float, y: float, verdict: str, ink: str, r: float = _R, alpha: float = 1) -> None:
    """A verdict: a circle as full as the claim stands, a bar for not checkable, a diamond for an opinion; a dot for none."""
    if not verdict:
        d.shape(_circle(x, y, 1.6), fill=_EMPTY, alpha=alpha)
    elif verdict == "opinion":
        s = r * 1.15
        d.shape(area((x, y - s), (x + s, y), (x, y + s), (x - s, y)), fill="white", stroke=ink, thick=2, alpha=alpha)
    else:
        d.shape(_circle(x, y, r), fill="white", stroke=ink, thick=2, alpha=alpha)
        if verdict == "not checkable":
            k = r * 0.62
            d.shape(lines([(x - k, y - k), (x + k, y + k)], [(x - k, y + k), (x + k, y - k)]), stroke=ink, thick=2, alpha=alpha)  # fmt: skip
        elif FULL[verdict]:
            d.shape(_slice(x, y, r, FULL[verdict]), fill=ink, alpha=alpha)


def _down(d: Drawing, x: float, y: float, r: float, alpha: float = 1) -> None:
    """The back of a verdict that is not turned over yet."""
    d.shape(_box(x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6), fill=_EMPTY, alpha=alpha)


def _link(d: Drawing, x: float, u: float, y: float, differs: bool, alpha: float = 1, thick: float = 2) -> None:
    """From one mark to the next: an arrow where they differ, a thin line where they do not."""
    if differs:
        tip = 3 + thick
        d.shape(lines([(x, y), (u - tip, y)]), stroke=MOVED, thick=thick, alpha=alpha)
        d.shape(area((u, y), (u - tip - 1, y - tip), (u - tip - 1, y + tip)), fill=MOVED, alpha=alpha)
    else:
        d.shape(lines([(x, y), (u, y)]), stroke=_EMPTY, thick=1.5, alpha=alpha)


def _shown(claim: Mapping[str, Any], step: str) -> tuple[str, str, str]:
    """What of a claim a step shows: first, now, ours."""
    at = list(BOARD_STEPS).index(step)
    return claim["first"] if at >= 1 else "", claim["now"] if at >= 2 else "", claim["ours"] if at >= 4 else ""


def _marks(
    d: Drawing, claim: Mapping[str, Any], step: str, slots: tuple[float, ...], y: float, r: float, alpha: float
) -> None:
    first, now, ours = _shown(claim, step)
    gap, thick = r + 1, 2.0 if r == _R else 3.0
    if first and now:
        _link(d, slots[0] + gap, slots[1] - gap, y, first != now, alpha, thick)
    if now and ours:
        _link(d, slots[1] + gap, slots[2] - gap, y, now != ours, alpha, thick)
    for x, verdict, ink in zip(slots, (first, now, ours), (FIRST, NOW, OURS), strict=True):
        if ink == OURS and step == "ours" and not verdict:
            _down(d, x, y, r, alpha)
        else:
            _mark(d, x, y, verdict, ink, r, alpha)


def _bright(claim: Mapping[str, Any], step: str) -> bool:
    """Whether a step points at a claim."""
    return claim["moved"] if step == "moved" else True


# --- three pictures ---------------------------------------------------------------------------------


def _all(d: Drawing, made: pd.DataFrame, step: str) -> None:
    """All claims, one row a topic: every box first, since shapes of one look are drawn together (`_merged`)."""
    claims = made.to_dict("index")
    order = made["topic"].value_counts().index
    of = {topic: {key: claim for key, claim in claims.items() if claim["topic"] == topic} for topic in order}
    for row, topic in enumerate(order):
        for column, moved in enumerate(claim["moved"] for claim in of[topic].values()):
            box, pointed = (
                _box(_LEFT + column * _ACROSS, 2 + row * _DOWN, _CARD_WIDE, _CARD_HIGH),
                step == "moved" and moved,
            )
            d.shape(box, fill="#fdeee3" if pointed else _CARD, stroke=MOVED if pointed else "#e0e0e0")
    d.shape(_box(*_SAMPLE), fill=_CARD, stroke="#e0e0e0")
    for row, topic in enumerate(order):
        y = 2 + row * _DOWN
        d.words(0, y + 18, topic.replace("-", " "))
        for column, (claim_id, claim) in enumerate(of[topic].items()):
            x, alpha = _LEFT + column * _ACROSS, 1 if _bright(claim, step) else 0.25
            d.words(x + 5, y + 18, claim_id, charts.INK if alpha == 1 else _EMPTY, bold=alpha == 1)
            _marks(d, claim, step, tuple(x + s for s in _SLOTS), y + _CARD_HIGH / 2, _R, alpha)
    _legend(d)
    _sample(d, step, bool(made["ours"].any()))


def _legend(d: Drawing) -> None:
    x = 8.0
    for verdict, wide in zip(tables.VERDICTS, (87, 142, 64, 105, 119, 60), strict=True):
        _mark(d, x, _LEGEND - 6, verdict, charts.SOFT_INK)
        d.words(x + 13, _LEGEND, verdict)
        x += wide + 30


def _sample(d: Drawing, step: str, turned: bool) -> None:
    """A card drawn large, where the rows are short: what stands where, as far as the step has come; ours if any is turned over."""
    at = list(BOARD_STEPS).index(step)
    (x, y, *_), r = _SAMPLE, 15.0
    d.words(x + 12, y + 24, "How to read a card", charts.SOFT_INK)
    slots = tuple(x + k for k in (48.0, 140.0, 232.0))
    reached = (at >= 1, at >= 2, at >= 4)
    middle, gap = y + 60, r + 2
    if reached[1]:
        _link(d, slots[0] + gap, slots[1] - gap, middle, True, thick=3)
        d.words((slots[0] + slots[1]) / 2, middle - 14, "differs", _DARK_VERMILION, align="center")
    if reached[2] and turned:
        _link(d, slots[1] + gap, slots[2] - gap, middle, False)
        d.words((slots[1] + slots[2]) / 2, middle - 14, "alike", charts.SOFT_INK, align="center")
    words = (("thought", "first"), ("thought", "now"), ("what we", "hold"))
    for place, (slot, ink) in enumerate(zip(slots, (FIRST, NOW, OURS), strict=True)):
        if place == 2 and reached[place] and not turned:
            _down(d, slot, middle, r)
            d.words(slot, middle - 22, "face down", charts.SOFT_INK, align="center")
        else:
            _mark(d, slot, middle, ("supported", "mixed", "mixed")[place] if reached[place] else "", ink, r)
        for line, word in enumerate(words[place]):
            dark = (DARK_PURPLE, DARK_PURPLE, OURS)[place] if reached[place] else "#767676"
            d.words(slot, y + 96 + 19 * line, word, dark, bold=reached[place], align="center")


def _topic(d: Drawing, made: pd.DataFrame, step: str) -> None:
    """The claims of one topic, with what they say."""
    for x, words, ink in zip(_COLUMNS, ("first", "now", "ours"), (DARK_PURPLE, DARK_PURPLE, OURS), strict=True):
        d.words(x, 16, words, ink, bold=True, align="center")
    for row, (claim_id, claim) in enumerate(made.to_dict("index").items()):
        y = _HEAD + row * _TALL
        d.shape(lines([(0, y - 12), (WIDTH, y - 12)]), stroke=charts.RULE)
        bright = _bright(claim, step)
        d.words(0, y + 9, claim_id, charts.INK if bright else _EMPTY, bold=True)
        for line, words in enumerate(textwrap.wrap(claim["claim"], _LETTERS)):
            d.words(46, y + 9 + 20 * line, words, charts.INK if bright else _EMPTY)
        _marks(d, claim, step, _COLUMNS, y + 12, 10, 1 if bright else 0.25)
    _legend(d)


def _kinds(d: Drawing, made: pd.DataFrame, by: studies.Moved) -> None:
    """One tile a claim, by kind: full where it moved, empty where it stayed, dotted where it was not judged twice."""
    side, gap, left = 21.0, 23.6, 268.0
    for row, (kind, meaning) in enumerate(studies.KIND_WORDS.items()):
        y = 14 + row * 78
        d.words(0, y + 16, kind, charts.INK, bold=True)
        d.words(0, y + 38, meaning, charts.SOFT_INK)
        mine = made[made["kind"] == kind].sort_values(["moved", "twice"], ascending=False, kind="stable")
        for place, claim in enumerate(mine[["moved", "twice"]].to_dict("records")):
            tile = _box(left + place * gap, y, side, side)
            if claim["moved"]:
                d.shape(tile, fill=MOVED, stroke=MOVED, thick=1.5)
            else:
                d.shape(tile, stroke=charts.SOFT_INK if claim["twice"] else _EMPTY, thick=1.5, dash=(1, 0) if claim["twice"] else (2, 3))  # fmt: skip
        if by.twice[kind]:
            words = f"{by.moved[kind]} of {by.twice[kind]} moved"
            d.words(left, y + 44, words, _DARK_VERMILION if kind in by.most else charts.INK, bold=kind in by.most)
    y = HEIGHT - 16
    d.shape(_box(0, y - 12, 15, 15), fill=MOVED)
    d.words(22, y + 1, "first opinion and verdict now differ")
    d.shape(_box(320, y - 12, 15, 15), stroke=charts.SOFT_INK, thick=1.5)
    d.words(342, y + 1, "they are alike")
    d.shape(_box(480, y - 12, 15, 15), stroke=_EMPTY, thick=1.5, dash=(2, 3))
    d.words(502, y + 1, "not judged twice")


def _merged(rows: list[dict]) -> list[dict]:
    """Shapes of one look as one path, in the order in which the looks came, then the words: a tenth of the marks."""
    shapes: dict[tuple, dict] = {}
    for row in rows:
        if row["kind"] == "shape":
            look = (row["fill"], row["stroke"], row["thick"], tuple(row["dash"]), row["alpha"])
            if look in shapes:
                shapes[look]["path"] += row["path"]
            else:
                shapes[look] = dict(row)
    return [*shapes.values(), *(row for row in rows if row["kind"] == "words")]


def board_rows(made: pd.DataFrame, step: str, topic: str = "", by: studies.Moved | None = None) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    made : DataFrame
        As `studies.board` gives it.
    step : str
        A key of `BOARD_STEPS`.
    topic : str, optional
        One topic, drawn large; all, if empty.
    by : Moved, optional
        For the last step, as `studies.moved_by_kind` gives it.
    """
    d = Drawing()
    mine = made[made["topic"] == topic] if topic else made
    if step == "kinds" and by is not None:
        _kinds(d, mine, by)
    elif topic:
        _topic(d, mine, step)
    else:
        _all(d, mine, step)
    return _merged(d.rows)


def board_chart() -> alt.LayerChart:
    """The picture; rows from `board_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Source: data/claims.csv. Marks: by chance where the heading says “Random example”, else the reader’s own",
        description=(
            "Board in six steps. One card a claim, 38 in all, in one row a topic. On each card three marks: the reader's"
            " first opinion, the reader's verdict now, and this course's verdict, which stays face down until the reader's is"
            " given. Circles are as full as the claim stands; a cross stands for not checkable, a diamond for opinion."
            " An orange arrow joins two that differ. The last step counts, by kind of claim, which moved. The sentence above says what is seen."
        ),
    )
