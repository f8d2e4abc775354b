"""The bytes of the shelf of keys: a counter beneath each step, and all six beside each other."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.core.words import times
from helpers.llm import model as llm
from helpers.llm import studies
from helpers.llm.figures.prices import number_words, short_prices, small_keys_words
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, lines

KEY, LATENT, SMALL_KEY, SUMMARY = charts.BLUE, charts.GREEN, charts.ORANGE, charts.PURPLE
DARK_ORANGE, DARK_PURPLE, PRICE = "#8a5a00", "#8f3f72", "#a84300"  # colours of marks, dark enough for words
_BARS = (172.0, 528.0)  # left ends: stored, read
_LONGEST, _BESIDE, _INSIDE = (
    90.0,
    98.0,
    130.0,
)  # pixels: the longest bar but MHA's; where words stand; bars that hold them
_ROOM = (340.0, 232.0)  # pixels that a bar has: stored, read
_EDGE, _LETTER = 764.0, 9.0  # pixels: where words end; one bold letter, at most
_NOTES = {"MLA": "MLA: DeepSeek-V3", "DSA": "DSA, on MLA", "Linear 3:1": "linear, on MLA"}  # beside a way's name
_TABLES = f" (tables: {llm.STATE_BITS // 8})"
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


def _off_scale(d: Drawing, x: float, y: float, room: float, ink: str, alpha: float) -> None:
    """A bar that fills its column and ends in a point: it goes on."""
    tip, high = x + room - 9, 17
    d.shape(area((x, y), (tip, y), (x + room, y + high / 2), (tip, y + high), (x, y + high)), fill=ink, alpha=alpha)


def counter(d: Drawing, found: Mapping[str, studies.Kept], step: str, bits: int, layers: int, top: float, width: float) -> None:  # fmt: skip
    """One line a step so far, the present one in full: bytes stored, and bytes read for each new token."""
    largest = max((k for name, k in found.items() if name != "MHA"), key=lambda k: k.stored)
    a_byte = _LONGEST / largest.stored
    names = list(studies.STEPS)
    d.shape(lines([(4, top), (width - 4, top)]), stroke=charts.RULE)
    d.words(12, top + 19, f"Stored in all {layers} layers, {number_words(bits)}{_TABLES if found[step].summaries else ''}", charts.SOFT_INK)  # fmt: skip
    d.words(_BARS[1], top + 19, "Read for every new token", charts.SOFT_INK)
    shown = names[: names.index(step) + 1]
    for place, name in enumerate(shown):
        k, y, now = found[name], top + 37 + place * 18, name == step
        ink, alpha = (charts.INK, 1) if now else (charts.SOFT_INK, 0.45)
        d.words(12, y + 6, studies.PLAIN[name], ink, bold=now)
        d.words(116, y + 6, name.replace(" 3:1", ""), charts.SOFT_INK)
        for read, x, room in zip((False, True), _BARS, _ROOM):
            size = k.read if read else k.stored
            wide, said = size * a_byte, f"{studies.size_words(size)} {'read' if read else 'stored'}"
            inside = wide > _INSIDE  # the bar has room for its words
            if wide > room:
                _off_scale(d, x, y - 8, room, _colour(name), alpha)
                said += ", goes on" if read else f", goes on: {times(wide / room)} times this bar"
            else:
                _bar(d, k, read, x, y - (8 if inside else 6.5), 17 if inside else 13, a_byte, alpha)
            if name == "DSA" and now and not read and size > found["MLA"].stored:
                said += ", more than MLA"
            at = x + (8 if inside else max(_BESIDE, wide + 8))
            d.words(at, y + 6, said, "white" if inside and now else ink, bold=now)
    sliver = " (a sliver of green)" if found[step].entries_read < 0.1 * found[step].read else ""
    if step == "DSA" and found[step].entries_read < found[step].entries:
        d.words(
            _EDGE,
            top + 37 + len(shown) * 18 + 6,
            f"{studies.size_words(found[step].read)} read = {small_keys_words(found[step])}{sliver}",
            align="right",
        )
    if step == "MHA":
        _why(d, top + 74)


def _why(d: Drawing, y: float) -> None:
    """What the two counts are for, and what is supposed."""
    lines_of = (
        ("Why it matters:", "what is stored takes chips, and what is read takes time, for every token"),
        ("", "that the model writes. The next pictures make both smaller."),
        ("A what-if:", "this much text at once, and every head storing. The real DeepSeek-V3 stores"),
        ("", "as in picture 5 (MLA)."),
    )
    for place, (head, text) in enumerate(lines_of):
        d.words(12, y + 19 * place, head, bold=True)
        d.words(134, y + 19 * place, text)


def compared(d: Drawing, found: Mapping[str, studies.Kept], priced: studies.Prices, context: int, bits: int, layers: int) -> None:  # fmt: skip
    """All six beside each other on one scale: what is longer than a line runs on in the next."""
    d.words(0, 14, f"One conversation of {context:,} tokens, {layers} layers, {number_words(bits)}{_TABLES}. All lines to one scale.", charts.SOFT_INK)  # fmt: skip
    longest = max((k for name, k in found.items() if name != "MHA"), key=lambda k: k.stored)
    line = max(longest.stored, found["MHA"].stored / _LINES)
    whose = "of the scale below" if line > longest.stored else f"as long as {longest.step.replace(' 3:1', '')}’s"
    left, across, pitch, thick, said = 320.0, 310.0, 6.8, 5.8, short_prices(priced)
    a_byte, y = across / line, 30.0
    for name, k in found.items():
        inner = 30 if name in ("DSA", "Linear 3:1") else 12  # built on MLA
        d.words(inner, y + 13, studies.PLAIN[name], bold=True)
        d.words(inner + 112, y + 13, _NOTES.get(name) or name, charts.SOFT_INK)
        d.words(inner, y + 32, said[name], PRICE)
        if name == "MLA":
            d.words(left, y + 36, "* of attention with V3’s own keys, longer than MHA’s above", charts.SOFT_INK)
        if inner > 12:
            d.shape(lines([(17, y - (4 if name == "DSA" else 33)), (17, y + 8), (26, y + 8)]), stroke=LATENT, thick=2)
        size = studies.size_words(k.stored)
        if name == "MHA":
            full, rest = divmod(k.stored, line)
            rows = round(full) if rest / line < 0.005 else int(full)
            d.shape(boxes([(left, y + 2 + i * pitch) for i in range(rows)], across, thick), fill=KEY)
            if rows < k.stored / line - 0.005:
                d.shape(boxes([(left, y + 2 + rows * pitch)], across * rest / line, thick), fill=KEY)
            d.words(left + across + 8, y + 60, f"{size} stored", bold=True)
            d.words(12, y + 60, f"{times(k.stored / line)} lines {whose}", charts.SOFT_INK)
            for x, colour, word in ((12, SMALL_KEY, "small keys"), (126, SUMMARY, "tables")):
                d.shape(boxes([(x, y + 80)], 14, 14), fill=colour)
                d.words(x + 20, y + 92, word)
            y += 2 + _LINES * pitch + 12
            continue
        two = k.read < k.stored * 0.995
        end = _bar(d, k, False, left, y + (4 if two else 11), thick, a_byte)
        d.words(end + 8, y + (13 if two else 20), _fitting(end, f"{size} stored", ", more than MLA") if two else f"{size} stored", bold=True)  # fmt: skip
        if two:
            end = _bar(d, k, True, left, y + 24, thick, a_byte)
            d.words(end + 8, y + 32, _fitting(end, f"{studies.size_words(k.read)} read", f": {small_keys_words(k)}"), bold=True)  # fmt: skip
        y += 41
