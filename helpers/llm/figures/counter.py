"""The bytes of the shelf of keys: a counter beneath each step, and all six beside each other."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.core.words import times
from helpers.llm import studies
from helpers.llm.figures.prices import short_prices
from helpers.show import charts
from helpers.show.drawing import Drawing, boxes, lines, zigzag

KEY, LATENT, SMALL_KEY, SUMMARY = charts.BLUE, charts.GREEN, charts.ORANGE, charts.PURPLE
DARK_ORANGE, DARK_PURPLE, PRICE = "#8a5a00", "#8f3f72", "#a84300"  # colours of marks, dark enough for words
_BARS = (172.0, 528.0)  # left ends: stored, read
_LONGEST, _CUT = 110.0, 136.0  # pixels: the longest bar on the scale, and one that is cut
_EDGE, _LETTER = 764.0, 9.0  # pixels: where words end; one bold letter, at most
_LINES = 16  # of the largest, where all six are compared


def _colour(step: str) -> str:
    return KEY if step in ("MHA", "MQA", "GQA") else LATENT


def _parts(k: studies.Kept, read: bool) -> tuple[tuple[float, str], ...]:
    entries = k.entries_read if read else k.entries
    return (k.small_keys, SMALL_KEY), (k.summaries, SUMMARY), (entries, _colour(k.step))


def _bar(d: Drawing, k: studies.Kept, read: bool, x: float, y: float, high: float, a_byte: float, alpha: float = 1) -> float:  # fmt: skip
    """Bytes as a bar on a linear scale, part by part; gives its end."""
    for size, ink in _parts(k, read):
        wide = size * a_byte
        if wide > 0.05:
            d.shape(boxes([(x, y)], wide, high), fill=ink, alpha=alpha)
        x += wide
    return x


def _fitting(x: float, *parts: str) -> str:
    """As many parts of a label as have room right of `x`; the first stands always."""
    labels = ["".join(parts[:n]) for n in range(len(parts), 1, -1)]
    return next((label for label in labels if len(label) * _LETTER < _EDGE - x), parts[0])


def _cut(k: studies.Kept, beside: studies.Kept | None) -> str:
    """How much longer a bar would be that is cut short, than the longest beside it."""
    if beside is None:
        return "cut short"
    return f"cut: {times(k.stored / beside.stored)} times {beside.step.replace(' 3:1', '')}"


def counter(d: Drawing, found: Mapping[str, studies.Kept], step: str, bits: int, layers: int, top: float, width: float) -> None:  # fmt: skip
    """One line a step so far, the present one in full: bytes stored, and bytes read for each new token."""
    largest = max((k for name, k in found.items() if name != "MHA"), key=lambda k: k.stored)
    a_byte = _LONGEST / largest.stored
    names = list(studies.STEPS)
    d.shape(lines([(4, top), (width - 4, top)]), stroke=charts.RULE)
    d.words(12, top + 19, f"Stored in all {layers} layers, at {bits} bits a number", charts.SOFT_INK)
    d.words(_BARS[1], top + 19, "Read for every new token", charts.SOFT_INK)
    shown = names[: names.index(step) + 1]
    beside = max((found[name] for name in shown[1:]), key=lambda k: k.stored, default=None)
    for place, name in enumerate(shown):
        k, y, now = found[name], top + 37 + place * 18, name == step
        ink, alpha = (charts.INK, 1) if now else (charts.SOFT_INK, 0.45)
        d.words(12, y + 6, studies.PLAIN[name], ink, bold=now)
        d.words(116, y + 6, name.replace(" 3:1", ""), charts.SOFT_INK)
        cut = k.stored * a_byte > _CUT
        for read, x in zip((False, True), _BARS):
            if cut:
                d.shape(boxes([(x, y - 6.5)], _CUT, 13), fill=_colour(name), alpha=alpha)
                d.shape(zigzag(x + 0.8 * _CUT, y - 6.5, 13), stroke="white", thick=5)
            else:
                _bar(d, k, read, x, y - 6.5, 13, a_byte, alpha)
            d.words(x + _CUT + 6, y + 6, studies.size_words(k.read if read else k.stored), ink, bold=now)
        if cut:
            d.words(_BARS[0] + _CUT + 68, y + 6, _cut(k, beside), ink)
        elif name == "DSA" and now:
            d.words(_BARS[0] + _CUT + 68, y + 6, "more than MLA", PRICE, bold=True)


def compared(d: Drawing, found: Mapping[str, studies.Kept], priced: studies.Prices, context: int, bits: int, layers: int) -> None:  # fmt: skip
    """All six beside each other on one scale: what is longer than a line runs on in the next."""
    d.words(0, 14, f"One conversation of {context:,} tokens, {layers} layers, {bits} bits a number. All lines to one scale.", charts.SOFT_INK)  # fmt: skip
    longest = max((k for name, k in found.items() if name != "MHA"), key=lambda k: k.stored)
    line = max(longest.stored, found["MHA"].stored / _LINES)
    whose = "of the scale below" if line > longest.stored else f"as long as {longest.step.replace(' 3:1', '')}’s"
    left, across, pitch, thick, said = 300.0, 382.0, 6.8, 5.8, short_prices(priced)
    a_byte, y = across / line, 30.0
    for name, k in found.items():
        d.words(12, y + 13, studies.PLAIN[name], bold=True)
        d.words(124, y + 13, name.replace(" 3:1", ""), charts.SOFT_INK)
        d.words(12, y + 32, said[name], PRICE)
        size = studies.size_words(k.stored)
        if name == "MHA":
            full, rest = divmod(k.stored, line)
            rows = round(full) if rest / line < 0.005 else int(full)
            d.shape(boxes([(left, y + 2 + i * pitch) for i in range(rows)], across, thick), fill=KEY)
            if rows < k.stored / line - 0.005:
                d.shape(boxes([(left, y + 2 + rows * pitch)], across * rest / line, thick), fill=KEY)
            d.words(left + across + 8, y + 60, size, bold=True)
            d.words(12, y + 60, f"{times(k.stored / line)} lines {whose}", charts.SOFT_INK)
            for x, colour, word in ((12, SMALL_KEY, "small keys"), (126, SUMMARY, "tables")):
                d.shape(boxes([(x, y + 80)], 14, 14), fill=colour)
                d.words(x + 20, y + 92, word)
            y += 2 + _LINES * pitch + 12
            continue
        two = k.read < k.stored * 0.995
        end = _bar(d, k, False, left, y + (4 if two else 11), thick, a_byte)
        d.words(end + 8, y + (13 if two else 20), _fitting(end, size, " stored", ", more than MLA") if two else size, bold=True)  # fmt: skip
        if two:
            end = _bar(d, k, True, left, y + 24, thick, a_byte)
            d.words(end + 8, y + 32, _fitting(end, studies.size_words(k.read), " read", " for every new token"), bold=True)  # fmt: skip
        y += 41
