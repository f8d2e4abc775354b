"""The shelf of keys: one square a stored vector, heads by tokens, and a counter of bytes beneath."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from helpers.core.words import times
from helpers.llm import studies
from helpers.llm.figures.drawing import Drawing, area, boxes, chart_of, dots, lines
from helpers.show import charts

WIDTH, HEIGHT = 824, 351
KEY, VALUE, LATENT, SMALL_KEY, SUMMARY, POINTED = (
    charts.BLUE,
    charts.SKY,
    charts.GREEN,
    charts.ORANGE,
    charts.PURPLE,
    charts.VERMILION,
)
_DARK_GREEN, _DARK_ORANGE, _DARK_PURPLE = "#00664b", "#8a5a00", "#8f3f72"  # the same colours, to be read as words
_GHOST = "#b3b3b3"
_TOKENS, _ROWS, _ACROSS, _HIGH = 24, 8, 24.0, 14.0  # drawn: tokens, rows of a shelf; pixels of one square
_LEFT, _TOP = 150.0, 66.0
_RIGHT, _BOTTOM = _LEFT + _TOKENS * _ACROSS, _TOP + _ROWS * _HIGH
_MIDDLE = (_TOP + _BOTTOM) / 2
_BACK = (3.75, -3.0)  # pixels from one shelf to the one behind it
_SHARED = 256  # numbers in one row of the shelf: a key and a value of 128
_PHRASE = ("What", "does", "a", "chip", "cost", "?")


# --- pieces -------------------------------------------------------------------------------------


def _heads(d: Drawing, rows: int, mine: bool = False) -> None:
    """128 dots, and a line from each eight to the row that serves them; `mine`: one head of sixteen has the front row."""
    at = [_TOP + (i + 0.5) * _HIGH for i in range(_ROWS)]
    first = _MIDDLE - rows * _HIGH / 2
    to = [first + (int(i * rows / _ROWS) + 0.5) * _HIGH for i in range(_ROWS)]
    d.shape(dots([(14 + 6 * k, y) for y in at for k in range(15 if mine else 16)], 2), fill=_GHOST if mine else charts.INK)  # fmt: skip
    if mine:
        d.shape(dots([(104, y) for y in at], 2.4), fill=charts.INK)
    d.shape(lines(*([(110, y), (120, y), (_LEFT - 6, v)] for y, v in zip(at, to))), stroke=charts.INK, thick=1.2)
    d.words(12, _BOTTOM + 20, "128 heads")


def _tokens(d: Drawing, context: int) -> None:
    d.words(_LEFT, _BOTTOM + 20, f"{_TOKENS} tokens drawn, of {context:,}")
    d.arrow((_LEFT + 232, _BOTTOM + 15), (_LEFT + 276, _BOTTOM + 15), charts.SOFT_INK)


def _ghost(d: Drawing) -> None:
    """The outline of what MHA stored."""
    x, y = 16 * _BACK[0], 16 * _BACK[1]
    path = area((_LEFT, _TOP), (_RIGHT, _TOP), (_RIGHT, _BOTTOM), (_LEFT, _BOTTOM))
    path += lines(
        [(_LEFT, _TOP), (_LEFT + x, _TOP + y), (_RIGHT + x, _TOP + y), (_RIGHT + x, _BOTTOM + y), (_RIGHT, _BOTTOM)]
    )
    d.shape(path, stroke=_GHOST, dash=(5, 4))


def _rows(d: Drawing, rows: int, shelves: int) -> float:
    """Rows of keys and values, shelf behind shelf; gives the y of their top."""
    top = _MIDDLE - rows * _HIGH / 2
    bottom = top + rows * _HIGH
    x, y = _BACK
    for k in range(shelves - 1, 0, -1):
        a, b = (k - 1) * x, (k - 1) * y
        d.shape(area((_LEFT + a, top + b), (_LEFT + a + x, top + b + y), (_RIGHT + a + x, top + b + y), (_RIGHT + a, top + b)), fill="#bfdcf0", stroke="white", thick=0.7)  # fmt: skip
        d.shape(area((_RIGHT + a, top + b), (_RIGHT + a + x, top + b + y), (_RIGHT + a + x, bottom + b + y), (_RIGHT + a, bottom + b)), fill="#8fbfe0", stroke="white", thick=0.7)  # fmt: skip
    places = [(_LEFT + t * _ACROSS, top + r * _HIGH) for r in range(rows) for t in range(_TOKENS)]
    half = _ACROSS / 2
    d.shape(boxes([(x + 0.5, y + 0.5) for x, y in places], half - 0.5, _HIGH - 1), fill=KEY)
    d.shape(boxes([(x + half, y + 0.5) for x, y in places], half - 1, _HIGH - 1), fill=VALUE)
    return top


def _entries(d: Drawing, top: float, high: float, faded: bool = False) -> None:
    places = [(_LEFT + t * _ACROSS + 0.5, top) for t in range(_TOKENS)]
    d.shape(boxes(places, _ACROSS - 1, high), fill=LATENT, alpha=0.22 if faded else 1)


def _legend(d: Drawing) -> None:
    x, y = _RIGHT - 185, _BOTTOM + 8
    for place, colour, word in ((x, KEY, "key"), (x + 62, VALUE, "value")):
        d.shape(boxes([(place, y)], 14, 14), fill=colour)
        d.words(place + 20, y + 12, word)
    d.words(x + 134, y + 12, "of a token")


# --- the steps ----------------------------------------------------------------------------------


def _one(d: Drawing) -> None:
    """One head and six tokens, large."""
    across, high, top = 92.0, 52.0, 150.0
    d.words(12, top + 32, "one head")
    d.shape(dots([(96, top + 26)], 5), fill=charts.INK)
    d.shape(lines([(104, top + 26), (_LEFT - 6, top + 26)]), stroke=charts.INK, thick=1.5)
    for k, token in enumerate(_PHRASE):
        x = _LEFT + k * across
        d.words(x + across / 2 - 3, top - 14, token, bold=True, align="center")
        d.shape(boxes([(x, top)], across / 2 - 3, high), fill=KEY)
        d.shape(boxes([(x + across / 2 - 3, top)], across / 2 - 3, high), fill=VALUE)
        d.words(x + across / 4 - 2, top + 32, "key", "white", align="center")
        d.words(x + 3 * across / 4 - 4, top + 32, "value", align="center")
    end = _LEFT + len(_PHRASE) * across
    d.shape(boxes([(end + 2, top)], 84, high), stroke=_GHOST, thick=1.5, dash=(5, 4))
    d.words(end + 44, top + 32, "next?", charts.SOFT_INK, align="center")
    d.arrow((end + 44, top + high + 22), (_LEFT + 20, top + high + 22), POINTED)
    d.shape(lines([(end + 44, top + high + 4), (end + 44, top + high + 22)]), stroke=POINTED, thick=2)
    d.words(_LEFT + 30, top + high + 42, "to write the next token, the head looks back at all of them")
    d.words(_LEFT, top - 50, "the text so far, in tokens", charts.SOFT_INK)


def _groups(d: Drawing, context: int, groups: int, note: str) -> None:
    _ghost(d)
    rows = min(groups, _ROWS)
    top = _rows(d, rows, max(1, groups // _ROWS))
    _heads(d, rows)
    _tokens(d, context)
    d.words(_RIGHT, top - 8 + _BACK[1] * max(0, groups // _ROWS - 1), note, KEY, bold=True, align="right")


def _compress(d: Drawing, context: int, high: float) -> None:
    _ghost(d)
    _entries(d, _MIDDLE - high / 2, high)
    _heads(d, 1)
    _tokens(d, context)
    d.words(_RIGHT, _MIDDLE - high / 2 - 8, "one compressed entry a token", _DARK_GREEN, bold=True, align="right")


def _select(d: Drawing, context: int, high: float, topk: int = 2048) -> None:
    """All entries faded, the chosen ones full, the small keys that choose beneath."""
    _ghost(d)
    gap, small = 26.0, _HIGH / 2
    top = min(_MIDDLE, _BOTTOM - (high + gap + small) / 2 - 4) - (high + gap + small) / 2
    below = top + high + gap
    _entries(d, top, high, faded=True)
    whole = context <= topk
    count = _TOKENS if whole else min(_TOKENS, max(3, round(_TOKENS * topk / context)))
    chosen = sorted((7 * k + 4) % _TOKENS for k in range(count))
    places = [(_LEFT + t * _ACROSS + 0.5, top) for t in chosen]
    d.shape(boxes(places, _ACROSS - 1, high), fill=LATENT, stroke=POINTED, thick=2)
    d.shape(boxes([(_LEFT + t * _ACROSS + 0.5, below) for t in range(_TOKENS)], _ACROSS - 1, small), fill=SMALL_KEY)
    for x, _ in places:
        d.arrow((x + _ACROSS / 2, below - 2), (x + _ACROSS / 2, top + high + 3), POINTED)
    at = [_TOP + (i + 0.5) * _HIGH for i in range(_ROWS)]
    d.shape(dots([(14 + 6 * k, y) for y in at for k in range(16)], 2), fill=charts.INK)
    d.shape(lines(*([(110, y), (120, y), (_LEFT - 6, below + small / 2)] for y in at)), stroke=_DARK_ORANGE, thick=1.2)
    d.words(12, _BOTTOM + 20, "128 heads")
    _tokens(d, context)
    d.words(_LEFT, top - 8, "all stay stored", _DARK_GREEN, bold=True)
    few = "all are read: the talk is short" if whole else f"only {topk:,} are read ({count} drawn)"
    d.words(_RIGHT, top - 8, few, "#a84300", bold=True, align="right")
    d.words(_RIGHT, _BOTTOM + 20, "small keys: all looked through", _DARK_ORANGE, bold=True, align="right")


def _fold(d: Drawing, high: float, share: float) -> None:
    """Three layers fold their tokens into a table, the fourth keeps entries; areas of tables and entries to scale."""
    high = min(high, 33.0)
    wide = min(share, 1.0) * (_RIGHT - _LEFT)
    for layer in range(4):
        top = 22 + layer * (high + 10)
        d.words(12, top + high / 2 + 6, f"layer {layer + 1}")
        if layer == 3:
            _entries(d, top, high)
            d.words(_LEFT, top + high + 19, "every fourth layer keeps its entries", _DARK_GREEN, bold=True)
            continue
        if share > 1:  # runs on: ends in a point
            tip = _RIGHT - high / 2
            d.shape(area((_LEFT, top), (tip, top), (_RIGHT, top + high / 2), (tip, top + high), (_LEFT, top + high)), fill=SUMMARY)  # fmt: skip
            continue
        d.shape(boxes([(_LEFT, top)], wide, high), fill=SUMMARY)
        room = _RIGHT - _LEFT - wide
        if room > 110:
            steps = int((room - 70) // _ACROSS)
            for k in range(steps):
                size = high * (0.25 + 0.75 * (k + 1) / steps)
                x = _RIGHT - (steps - k) * _ACROSS
                d.shape(boxes([(x, top + (high - size) / 2)], _ACROSS - 2, size), fill="#f3dfea", stroke=SUMMARY)
            d.arrow((_RIGHT - steps * _ACROSS - 4, top + high / 2), (_LEFT + wide + 6, top + high / 2), _DARK_PURPLE, 3)
    if share >= 1:
        d.words(
            _LEFT, 14, f"each table takes {times(share)} times the room of the entries below", _DARK_PURPLE, bold=True
        )
    else:
        d.words(_LEFT, 14, "a table of fixed size", _DARK_PURPLE, bold=True)
        d.words(_RIGHT, 14, "tokens are folded in, not kept", _DARK_PURPLE, bold=True, align="right")


# --- the counter --------------------------------------------------------------------------------


def _bar(d: Drawing, k: studies.Kept, x: float, y: float, high: float, longest: float, across: float, full: bool) -> None:  # fmt: skip
    """Bytes stored as a bar on a linear scale; read ones full, others pale; one that is too long ends in a point."""
    colour = KEY if k.step in ("MHA", "MQA", "GQA") else LATENT
    alpha = 1 if full else 0.45
    if k.stored > longest * 1.001:
        tip = high / 2
        d.shape(area((x, y), (x + across - tip, y), (x + across, y + tip), (x + across - tip, y + high), (x, y + high)), fill=colour, alpha=alpha)  # fmt: skip
        ink = "white" if full else charts.INK
        d.words(x + across - 14, y + high / 2 + 6, f"{times(k.stored / longest)} times this width", ink, full, "right")
        return
    parts = ((k.small_keys, SMALL_KEY, 1), (k.summaries, SUMMARY, 1), (k.entries_read, colour, 1), (k.entries - k.entries_read, colour, 0.22))  # fmt: skip
    end = x
    for size, ink, shade in parts:
        wide = across * size / longest
        if wide > 0.05:
            d.shape(boxes([(end, y)], wide, high), fill=ink, alpha=alpha * shade)
        end += wide
    if k.read < k.stored * 0.995:
        d.shape(boxes([(x, y)], end - x, high), stroke=LATENT, thick=1.5, alpha=alpha)


def _label(k: studies.Kept) -> str:
    stored = studies.size_words(k.stored)
    return stored if k.read >= k.stored * 0.995 else f"{stored}, reads {studies.size_words(k.read)}"


def _counter(d: Drawing, found: Mapping[str, studies.Kept], step: str, context: int, bits: int) -> None:
    """One line a step so far, the present one in full."""
    longest = max(k.stored for name, k in found.items() if name != "MHA")
    names = list(studies.STEPS)
    d.shape(lines([(4, _BOTTOM + 32), (WIDTH - 4, _BOTTOM + 32)]), stroke=charts.RULE)
    d.words(12, _BOTTOM + 51, f"Stored for one conversation of {context:,} tokens, {bits} bits a number:", charts.SOFT_INK)  # fmt: skip
    for place, name in enumerate(names[: names.index(step) + 1]):
        y, now = _BOTTOM + 69 + place * 18.6, name == step
        ink = charts.INK if now else charts.SOFT_INK
        d.words(12, y + 6, name.replace(" 3:1", ""), ink, bold=now)
        _bar(d, found[name], 84, y - 6.5, 14, longest, 460, now)
        d.words(556, y + 6, _label(found[name]), ink, bold=now)


def _compared(d: Drawing, found: Mapping[str, studies.Kept], context: int, bits: int) -> None:
    """All six beside each other."""
    longest = max(k.stored for name, k in found.items() if name != "MHA")
    d.words(12, 16, f"Bytes that one conversation of {context:,} tokens keeps, {bits} bits a number")
    for place, (name, k) in enumerate(found.items()):
        y = 34 + place * 46
        d.words(12, y + 13, name.replace(" 3:1", ""), bold=True)
        d.words(12, y + 31, studies.STEPS[name], charts.SOFT_INK)
        _bar(d, k, 286, y + 4, 24, longest, 326, True)
        d.words(622, y + 22, _label(k), bold=True)
    x, y = 12, HEIGHT - 8
    for colour, alpha, word in ((LATENT, 0.22, "pale: stored, not read"), (SMALL_KEY, 1, "small keys"), (SUMMARY, 1, "tables")):  # fmt: skip
        d.shape(boxes([(x, y - 12)], 14, 14), fill=colour, stroke=LATENT if alpha < 1 else "none", alpha=1 if alpha == 1 else 0.5)  # fmt: skip
        d.words(x + 20, y, word)
        x += 48 + 8 * len(word)


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
    d, high = Drawing(), _HIGH * (latent + 64) / _SHARED
    if step == "all":
        _compared(d, found, context, bits)
        return d.rows
    if step == "one":
        _one(d)
        return d.rows
    if step == "MHA":
        _rows(d, _ROWS, 16)
        _heads(d, _ROWS, mine=True)
        _tokens(d, context)
        d.words(_RIGHT + 56, 14, "16 shelves of 8 heads", KEY, bold=True, align="right")
        _legend(d)
    elif step == "MQA":
        _groups(d, context, 1, "one row for all")
    elif step == "GQA":
        _groups(d, context, groups, f"each row serves {128 // groups} heads")
    elif step == "MLA":
        _compress(d, context, high)
    elif step == "DSA":
        _select(d, context, high)
    else:
        _fold(d, high, studies.summary_in_entries(context, bits, latent))
    _counter(d, found, step, context, bits)
    return d.rows


def shelf_chart() -> alt.LayerChart:
    """The picture; rows from `shelf_rows`, the signal title."""
    title = charts.title(
        charts.signal("title"),
        "Drawn: one layer of 61, and 24 tokens for all. Rows, entries, tables and bars are to scale.",
        "Source: helpers/llm/studies; shape of DeepSeek-V3, arXiv 2412.19437",
    )
    title.subtitleFontSize = 16
    return chart_of(WIDTH, HEIGHT).properties(
        title=title,
        description=(
            "Picture in eight steps of what a language model keeps for one conversation: a shelf of squares, heads by tokens,"
            " one square a stored key and value. First one head, then every head's own row, then one row shared by all, groups"
            " of heads with a row each, one compressed entry a token, the same with a few entries chosen to be read, and three"
            " layers of four that fold their tokens into a table. A counter of bytes runs beneath; the last step sets all six"
            " side by side. The sentence above gives the numbers."
        ),
    )
