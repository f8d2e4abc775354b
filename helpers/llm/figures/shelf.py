"""The shelf of keys: heads by tokens, one square a stored vector; the counter of bytes beneath is in `counter`."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from helpers.core.words import times
from helpers.llm import studies
from helpers.llm.figures.counter import (
    DARK_ORANGE,
    DARK_PURPLE,
    KEY,
    LATENT,
    SMALL_KEY,
    SUMMARY,
    compared,
    counter,
)
from helpers.llm.figures.prices import length_words, price_words, size_of_chips
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, chart_of, lines

WIDTH, HEIGHT = 772, 362
VALUE, POINTED = charts.SKY, charts.VERMILION
_DARK_GREEN = "#00664b"
_GHOST = "#b3b3b3"
_TOKENS, _ROWS, _ACROSS, _HIGH = 24, 8, 24.0, 12.8  # drawn: tokens, rows of a shelf; pixels of one square
_LEFT, _TOP = 136.0, 72.0
_RIGHT, _BOTTOM = _LEFT + _TOKENS * _ACROSS, _TOP + _ROWS * _HIGH
_MIDDLE = (_TOP + _BOTTOM) / 2
_CAPTION, _PRICE, _RULE = _BOTTOM + 18, _BOTTOM + 40, _BOTTOM + 49
_TALLEST = 56.0  # of an entry
_BACK = (3.6, -2.8)  # pixels from one shelf to the one behind it
_SHARED = 256  # numbers in one row of the shelf: a key and a value of 128
_PHRASE = ("What", "does", "a", "chip", "cost", "?")


# --- pieces -------------------------------------------------------------------------------------


def _of(what: str) -> int:
    """Heads or layers of the model drawn."""
    return getattr(studies.stepped()["MHA"], f"n_{what}")


def _points(d: Drawing, first: int, last: int, ink: str) -> None:
    """Heads of a shelf, from the first to the last of 16 in each row, as squares of 3 pixels."""
    path = lines(*([(12 + 6 * first, y), (12 + 6 * last, y)] for y in _levels()))
    d.shape(path, stroke=ink, thick=3, dash=(3, 3))


def _levels() -> list[float]:
    return [_TOP + (i + 0.5) * _HIGH for i in range(_ROWS)]


def _heads(d: Drawing, to: list[float], mine: bool = False, ink: str = charts.INK) -> None:
    """128 points, and a line from each row of them to where its heads look; `mine`: one of sixteen has the front row."""
    _points(d, 0, 15 if mine else 16, _GHOST if mine else charts.INK)
    if mine:
        _points(d, 15, 16, charts.INK)
    d.shape(lines(*([(108, y), (114, y), (_LEFT - 5, v)] for y, v in zip(_levels(), to))), stroke=ink, thick=1.2)
    d.words(12, _TOP - 10, "one dot: a head")
    d.words(12, _CAPTION, f"{_of('heads')} heads")


def _drawn(d: Drawing, text: str) -> None:
    d.words(0, 14, text, charts.SOFT_INK)


def _priced(d: Drawing, text: str, head: str = "Price:") -> None:
    d.words(12, _PRICE, head, bold=True)
    d.words(64, _PRICE, text)


def _ghost(d: Drawing) -> None:
    """The outline of what MHA stored."""
    x, y = 16 * _BACK[0], 16 * _BACK[1]
    path = lines([(_LEFT, _TOP), (_RIGHT, _TOP), (_RIGHT, _BOTTOM), (_LEFT, _BOTTOM), (_LEFT, _TOP)])
    path += lines(
        [(_LEFT, _TOP), (_LEFT + x, _TOP + y), (_RIGHT + x, _TOP + y), (_RIGHT + x, _BOTTOM + y), (_RIGHT, _BOTTOM)],
        [(_RIGHT, _TOP), (_RIGHT + x, _TOP + y)],
    )
    d.shape(path, stroke=_GHOST, dash=(5, 4))


def _rows(d: Drawing, rows: int, shelves: int) -> float:
    """Rows of keys and values, shelf behind shelf; gives the y of their top."""
    top = _MIDDLE - rows * _HIGH / 2
    bottom = top + rows * _HIGH
    x, y = ((shelves - 1) * step for step in _BACK)
    if shelves > 1:
        d.shape(area((_LEFT, top), (_LEFT + x, top + y), (_RIGHT + x, top + y), (_RIGHT, top)), fill="#bfdcf0")
        d.shape(area((_RIGHT, top), (_RIGHT + x, top + y), (_RIGHT + x, bottom + y), (_RIGHT, bottom)), fill="#8fbfe0")
        behind = [(k * _BACK[0], k * _BACK[1]) for k in range(1, shelves)]
        d.shape(lines(*([(_LEFT + a, top + b), (_RIGHT + a, top + b), (_RIGHT + a, bottom + b)] for a, b in behind)), stroke="white", thick=0.7)  # fmt: skip
    d.shape(boxes([(_LEFT, top)], _RIGHT - _LEFT, bottom - top), fill=VALUE)
    starts = [_LEFT + t * _ACROSS for t in range(_TOKENS)]
    d.shape(boxes([(x, top) for x in starts], _ACROSS / 2, bottom - top), fill=KEY)
    levels = [top + r * _HIGH for r in range(1, rows)]
    grid = lines(*([(x, top), (x, bottom)] for x in starts[1:]), *([(_LEFT, y), (_RIGHT, y)] for y in levels))
    d.shape(grid, stroke="white", thick=1.2)
    return top


def _entries(d: Drawing, top: float, high: float, faded: bool = False) -> None:
    places = [(_LEFT + t * _ACROSS + 0.5, top) for t in range(_TOKENS)]
    d.shape(boxes(places, _ACROSS - 1, high), fill=LATENT, alpha=0.22 if faded else 1)


def _swatches(d: Drawing, x: float, y: float) -> None:
    for place, colour, word in ((x, KEY, "key"), (x + 62, VALUE, "value")):
        d.shape(boxes([(place, y - 12)], 14, 14), fill=colour)
        d.words(place + 20, y, word)
    d.words(x + 130, y, "of a token")


# --- the steps ----------------------------------------------------------------------------------


def _one(d: Drawing) -> None:
    """One head and six tokens, large; what the words mean."""
    left, across, high, top, key = 106.0, 96.0, 50.0, 74.0, 40.0
    _drawn(d, f"Drawn: one head of {_of('heads')}, in one layer of {_of('layers')}, and six tokens.")
    d.words(12, top + 31, "one head")
    d.shape(lines([(85, top + 25), (left - 6, top + 25)]), stroke=charts.INK, thick=1.5)
    for k, token in enumerate(_PHRASE):
        x = left + k * across
        d.words(x + across / 2 - 3, top - 12, token, bold=True, align="center")
        d.words(x + key / 2, top + 31, "key", "white", align="center")
        d.words(x + (key + across - 6) / 2, top + 31, "value", align="center")
    starts = [(left + k * across, top) for k in range(len(_PHRASE))]
    values = [(x + key, y) for x, y in starts]
    boxes_at = len(d.rows)
    d.shape(boxes(starts, key, high), fill=KEY)
    d.shape(boxes(values, across - 6 - key, high), fill=VALUE)
    d.rows = d.rows[boxes_at:] + d.rows[:boxes_at]
    end = left + len(_PHRASE) * across
    d.shape(boxes([(end + 2, top)], 78, high), stroke=_GHOST, thick=1.5, dash=(5, 4))
    d.words(end + 41, top + 31, "next?", charts.SOFT_INK, align="center")
    under = top + high + 20
    d.shape(lines([(end + 41, top + high + 4), (end + 41, under)]), stroke=POINTED, thick=2)
    d.arrow((end + 41, under), (left + 20, under), POINTED)
    d.words(left, under + 24, "To write the next token, the head looks back at all of them.")
    d.shape(lines([(4, _RULE - 13), (WIDTH - 4, _RULE - 13)]), stroke=charts.RULE)
    meanings = {
        "token": "a word, or part of one",
        "key": "what a token is searched by",
        "value": "what is taken from it once it is found",
        "head": f"one of {_of('heads')} readers side by side; each looks for something else",
        "layer": f"one of {_of('layers')} such rounds, one after the other, each with its own keys and values",
    }
    for place, (word, meaning) in enumerate(meanings.items()):
        y = _RULE + 14 + place * 24
        d.words(12, y, word, bold=True)
        d.words(76, y, meaning)


def _plain(d: Drawing, context: int, stored: float) -> None:
    """Every head's own row: shelves behind each other."""
    _drawn(d, f"Drawn: 1 layer of {_of('layers')}, {_TOKENS} of {length_words(context)}.")
    _rows(d, _ROWS, 16)
    _heads(d, _levels(), mine=True)
    _swatches(d, _LEFT, _CAPTION)
    d.words(_RIGHT, _CAPTION, "16 shelves of 8 heads", KEY, bold=True, align="right")
    _priced(d, size_of_chips(context, stored), "It fills")


def _groups(d: Drawing, groups: int, note: str) -> None:
    _ghost(d)
    rows = min(groups, _ROWS)
    top = _rows(d, rows, max(1, groups // _ROWS))
    _heads(d, [top + (int(i * rows / _ROWS) + 0.5) * _HIGH for i in range(_ROWS)])
    _swatches(d, _LEFT, _CAPTION)
    d.words(_RIGHT, _CAPTION, note, KEY, bold=True, align="right")


def _compress(d: Drawing, high: float) -> None:
    """A row of entries; from one of them a key and a value for every head."""
    scale = ", to scale" if high <= _TALLEST else ", drawn lower than to scale"
    high = min(high, _TALLEST)
    top, pick, up = _BOTTOM - high, 12, 50.0
    _entries(d, top, high)
    d.shape(boxes([(_LEFT + pick * _ACROSS + 0.5, top)], _ACROSS - 1, high), stroke=_DARK_GREEN, thick=2.5)
    start = (_LEFT + (pick + 0.5) * _ACROSS, top - 2)
    names = ("head 1", "head 2", "head 3", f"head {_of('heads')}")
    at = [_LEFT + 2, _LEFT + 140, _LEFT + 278, _RIGHT - 102]
    d.shape(lines(*([start, (x + 50, up + 25)] for x in at)), stroke=_DARK_GREEN, thick=1.5)
    d.words((at[2] + 100 + at[3]) / 2, up + 16, ". . .", align="center")
    for place, (x, name) in enumerate(zip(at, names)):
        shade = (0.55, 0.2, 0.38, 0.28)[place]
        d.shape(boxes([(x, up)], 46, 22), fill=KEY, alpha=shade)
        d.shape(boxes([(x + 46, up)], 54, 22), fill=VALUE, alpha=shade)
        d.shape(boxes([(x, up)], 100, 22), stroke=KEY, dash=(4, 3))
        d.words(x + 50, up - 7, name, align="center")
        d.words(x + 23, up + 16, "key", align="center")
        d.words(x + 73, up + 16, "value", align="center")
    d.words(12, up + 16, "worked out,")
    d.words(12, up + 36, "not stored")
    d.words(12, top + high / 2 + 6, "stored", _DARK_GREEN, bold=True)
    d.words(_LEFT, _CAPTION, f"one compressed entry a token{scale}", _DARK_GREEN, bold=True)


def _select(d: Drawing, context: int, high: float, topk: int = 2048) -> None:
    """All entries faded, the chosen ones full, the small keys that choose beneath."""
    high = min(high, _TALLEST)
    small = _HIGH / 2
    below = _BOTTOM - small - 6
    top = below - 28 - high
    whole = context <= topk
    count = _TOKENS if whole else min(_TOKENS, max(3, round(_TOKENS * topk / context)))
    if whole:
        _drawn(d, f"Chosen: all {context:,} tokens, since it would choose up to {topk:,}.")
    else:
        scale = "" if abs(count / _TOKENS - topk / context) < 0.02 else f" The {count} of {_TOKENS} drawn are not to scale."  # fmt: skip
        _drawn(d, f"Chosen: {topk:,} of {context:,} tokens, 1 in {times(context / topk)}.{scale}")
    _entries(d, top, high, faded=True)
    chosen = [_LEFT + t * _ACROSS for t in sorted((7 * k + 4) % _TOKENS for k in range(count))]
    d.shape(boxes([(x + 0.5, top) for x in chosen], _ACROSS - 1, high), fill=LATENT)
    edges = [[(x, top), (x + _ACROSS, top), (x + _ACROSS, top + high), (x, top + high), (x, top)] for x in chosen]
    d.shape(lines(*edges), stroke=charts.INK, thick=2)
    d.shape(boxes([(_LEFT + t * _ACROSS + 0.5, below) for t in range(_TOKENS)], _ACROSS - 1, small), fill=SMALL_KEY)
    middles = [x + _ACROSS / 2 for x in chosen]
    d.shape(lines(*([(x, below - 2), (x, top + high + 12)] for x in middles)), stroke=charts.INK, thick=2)
    tips = "".join(area((x, top + high + 3), (x - 5, top + high + 13), (x + 5, top + high + 13)) for x in middles)
    d.shape(tips, fill=charts.INK)
    _heads(d, [below + small / 2] * _ROWS, ink=DARK_ORANGE)
    if not whole:
        d.words(_LEFT, top - 9, "pale: stored, not read now", _DARK_GREEN, bold=True)
    d.words(_LEFT, min(_TOP - 10, top - 31), "Compressed entries as in picture 5, and now a small key for each.")
    few = "outlined: all are read, the talk is short" if whole else "outlined: chosen and read"
    d.words(_RIGHT, top - 9, few, bold=True, align="right")
    d.words(_LEFT, _CAPTION, "orange: small keys, all read, to choose by", DARK_ORANGE, bold=True)


def _fold(d: Drawing, high: float, share: float) -> None:
    """Three layers fold their tokens into a table, the fourth keeps entries; areas of tables and entries to scale."""
    high = min(high, 28.8)
    wide = min(share, 1.0) * (_RIGHT - _LEFT)
    for layer in range(4):
        top = 44 + layer * max(high + 6, 20)
        d.words(12, top + high / 2 + 6, f"layer {layer + 1}")
        if layer == 3:
            _entries(d, top, high)
            continue
        if share > 1:  # runs on: ends in a point
            tip = _RIGHT - high / 2
            d.shape(area((_LEFT, top), (tip, top), (_RIGHT, top + high / 2), (tip, top + high), (_LEFT, top + high)), fill=SUMMARY)  # fmt: skip
            continue
        d.shape(boxes([(_LEFT, top)], wide, high), fill=SUMMARY)
        if 24 <= wide < 200:
            _cells(d, _LEFT, top, wide, high, layer)
        steps = int((_RIGHT - _LEFT - wide - 62) // _ACROSS)
        if steps > 2:
            first = _RIGHT - steps * _ACROSS
            d.shape(boxes([(first + k * _ACROSS, top) for k in range(steps)], _ACROSS - 1, high), fill="#e4e4e4")
            d.arrow((first - 6, top + high / 2), (_LEFT + wide + 6, top + high / 2), DARK_PURPLE, 3)
    d.words(_LEFT, _CAPTION, "layer 4 keeps compressed entries, as in picture 5", _DARK_GREEN, bold=True)
    if share >= 1:
        d.words(_LEFT, 36, f"each table takes {times(share)} times the room of the entries below", DARK_PURPLE, bold=True)  # fmt: skip
    else:
        d.words(_LEFT, 36, "table: each token rewrites some cells", DARK_PURPLE, bold=True)
        d.words(_RIGHT, 36, "grey: tokens, folded in, not kept", charts.SOFT_INK, bold=True, align="right")


def _cells(d: Drawing, x: float, y: float, wide: float, high: float, layer: int) -> None:
    """A table as a grid of five by four, some cells being rewritten: in each layer others."""
    across, down = wide / 5, high / 4
    d.shape(boxes([(x + a * across, y + b * down) for a, b in (((1 + 2 * layer + 2 * row) % 5, row) for row in range(4) if row != (3 - layer) % 4 or not layer)], across, down), fill=DARK_PURPLE)  # fmt: skip
    cuts = [[(x + k * across, y), (x + k * across, y + high)] for k in range(1, 5)]
    cuts += [[(x, y + k * down), (x + wide, y + k * down)] for k in range(1, 4)]
    d.shape(lines(*cuts), stroke="white", thick=1)


def shelf_rows(found: Mapping[str, studies.Kept], step: str, context: int, bits: int = 16, groups: int = 8, latent: int = 512) -> list[dict]:  # fmt: skip
    """The rows of one step.

    Parameters
    ----------
    found : mapping of str to Kept
        ``studies.kept`` at these settings.
    step : str
        "one", a name of ``studies.STEPS``, or "all".
    context, bits, groups, latent : int
        As in ``studies.kept``.
    """
    d, high, layers = Drawing(), _HIGH * (latent + 64) / _SHARED, _of("layers")
    priced = studies.prices(context, bits, groups, latent)
    if step == "all":
        compared(d, found, priced, context, bits, layers)
        return d.rows
    if step == "one":
        _one(d)
        return d.rows
    share = studies.summary_in_entries(context, bits, latent)
    if step in ("MQA", "GQA"):
        _drawn(d, f"Drawn: 1 layer of {layers}, {_TOKENS} tokens of {context:,}, to scale. Dashed: what every head’s own row took.")  # fmt: skip
    if step == "MHA":
        _plain(d, context, found["MHA"].stored)
    elif step == "MQA":
        _groups(d, 1, "one row for all")
    elif step == "GQA":
        _groups(d, groups, f"each row serves {_of('heads') // groups} heads")
    elif step == "MLA":
        own = " DeepSeek-V3 itself stores this way." if latent == studies.stepped()["MLA"].kv_lora_rank else ""
        _drawn(d, f"Drawn: 1 layer of {layers}, {_TOKENS} tokens of {context:,}.{own}")
        _compress(d, high)
    elif step == "DSA":
        _select(d, context, high)
    else:
        scaled = "; the tables are to its scale" if share <= 1 else ""
        _drawn(d, f"Drawn: 4 layers of {layers}. A row stands for all {context:,} tokens{scaled}.")
        _fold(d, high, share)
    if step != "MHA":
        _priced(d, price_words(priced, share < 1)[step])
    counter(d, found, step, bits, layers, _RULE, WIDTH)
    return d.rows


def shelf_chart() -> alt.LayerChart:
    """The picture; rows from `shelf_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Counted from the shape of DeepSeek-V3. Source: arXiv 2412.19437; cost to quality: data/papers.csv",
        description=(
            "Picture in eight steps of what a language model keeps for one conversation: a shelf of squares, heads by tokens,"
            " one square a stored key and value. First one head, then every head's own row, then one row shared by all, groups"
            " of heads with a row each, one compressed entry a token, the same with a few entries chosen to be read, and three"
            " layers of four that fold their tokens into a table. A counter of bytes stored and read runs beneath, above it the"
            " price of each saving; the last step sets all six side by side. The sentence above gives the numbers."
        ),
    )
