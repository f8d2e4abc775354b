"""The first half of the picture “From peak to bill”: two machines, and the ladder chips, power, capital, bill."""

from __future__ import annotations

from helpers.clusters import studies
from helpers.clusters.figures import icons
from helpers.core.words import times
from helpers.show import charts
from helpers.show.drawing import Drawing, boxes, lines

WIDTH, HEIGHT = 772, 356
OF_A, OF_B = charts.BLUE, charts.GREEN  # NVIDIA's chip; the one made in China
DARK_B, DARK_POINTED, DARK_ADDED, GHOST = "#00664b", "#a84300", "#8f3f72", "#b3b3b3"
RUNGS = {
    "chips": ("Chips", "for the same work"),
    "power": ("Power", "with cooling"),
    "capital": ("Capital", "to buy, with network"),
    "bill": ("Bill", "for the work, all in"),
}
_TOP, _HIGH, _SIGN = 34.0, 74.0, 50.0
_A, _B, _RIGHT, _NUMBER = 172.0, 262.0, 500.0, 12.0
_EACH_A, _EACH_B = 646.0, 726.0
_BIG = 96.0  # radius of the large dot


def one_chip(d: Drawing) -> None:
    """One chip beside one chip: area to the scale of its peak."""
    big, small = studies.machines().tflops
    y = 182.0
    ratio = (small / big) ** 0.5
    d.shape(icons.dot(210, y, _BIG), fill=OF_A)
    d.shape(icons.dot(540, y, _BIG * ratio), fill=OF_B)
    d.words(210, 46, "one GPU of GB200, NVIDIA", OF_A, bold=True, align="center")
    d.words(540, 46, "one Ascend 910C, Huawei", DARK_B, bold=True, align="center")
    for x, value in ((210, big), (540, small)):
        d.words(x, 306, f"{value:,.0f} trillion operations a second", align="center")
    d.words(WIDTH / 2, 346, "A dot is a chip; its area is its arithmetic at peak, to scale.", charts.SOFT_INK, align="center")  # fmt: skip


def _wires(x: float, across: int, each: int, step: float, start: float, bar: float) -> str:
    """From the lowest dot of each column a wire for every chip of the column, down to the bar."""
    spread = 0.72 * step
    path = ""
    for column in range(across):
        at = x + column * step
        ends = [at + spread * (k / (each - 1) - 0.5) for k in range(each)]
        path += lines(*([(at + (e - at) * 0.35, start), (e, bar)] for e in ends))
    return path


def two_machines(d: Drawing) -> None:
    """72 dots against 384, with a wire for each."""
    m = studies.machines()
    r = 8.6
    small = r * (m.tflops[1] / m.tflops[0]) ** 0.5
    bar, floor = 292.0, 236.0
    for x, across, step, radius, ink, count, name, dark in (
        (36.0, 12, 20.5, r, OF_A, m.chips[0], "NVIDIA NVL72", OF_A),
        (368.0, 24, 15.6, small, OF_B, m.chips[1], "Huawei CloudMatrix", DARK_B),
    ):
        each = count // across
        y = floor - (each - 1) * step * (0.86 if across == 24 else 1)
        down = step * (0.86 if across == 24 else 1)
        places = [(x + step * (k % across), y + down * (k // across)) for k in range(count)]
        d.shape(
            _wires(x, across, each, step, floor + radius - 1, bar),
            stroke="#8a929c",
            thick=0.7 if across == 12 else 0.55,
        )
        d.shape("".join(icons.dot(a, b, radius) for a, b in places), fill=ink)
        d.shape(boxes([(x - 12, bar)], (across - 1) * step + 24, 9), fill=charts.INK)
        d.words(x + (across - 1) * step / 2, bar + 32, f"{name}: {count} chips", dark, bold=True, align="center")
    d.words(WIDTH / 2, 350, "One wire a chip: as many wires as chips is our assumption. Dots to scale.", charts.SOFT_INK, align="center")  # fmt: skip


def _each(d: Drawing, rung: str, found: studies.Ladder, use: tuple[float, float], y: float, alpha: float) -> None:
    """One chip of each: area to scale."""
    size, ratio = 46.0, found.each(rung) ** 0.5
    if rung == "chips":
        peaks = studies.machines().tflops
        for x, ink, peak, used in zip((_EACH_A, _EACH_B), (OF_A, OF_B), peaks, use, strict=True):
            r = 30 * (peak / peaks[0]) ** 0.5
            d.shape(icons.dot(x, y, r), fill=ink, alpha=0.25 * alpha)
            d.shape(icons.dot(x, y, r * used**0.5), fill=ink, alpha=alpha)
        return
    for x, ink, own in ((_EACH_A, OF_A, size), (_EACH_B, OF_B, size * ratio)):
        d.shape(icons.sign(rung, x - own / 2, y - own / 2, own), fill=ink, alpha=alpha)


def _coins(d: Drawing, x: float, y: float, size: float, count: float) -> None:
    if size < 26:
        return
    for k in range(int(count + 0.35)):
        d.words(x + k * icons.SLOT * size + size / 2, y + size / 2 + 6, "$", "white", bold=True, align="center")


def ladder(d: Drawing, step: str, found: studies.Ladder, start: studies.Ladder, use_b: float) -> None:
    """The rungs down to `step`: the newest in full colour, those below still closed; purple: where it stood at the start."""
    names = list(RUNGS)
    shown = names.index(step)
    most = max(*found.rungs.values(), *start.rungs.values())
    size = min(_SIGN, (_RIGHT - 60 - _B) / (most * icons.SLOT))
    moved = any(abs(found.rungs[n] - start.rungs[n]) > 0.005 for n in names)
    d.words(_A + 25, 18, "NVL72", OF_A, bold=True, align="center")
    d.words(_B, 18, "CloudMatrix", DARK_B, bold=True)
    d.words((_EACH_A + _EACH_B) / 2, 18, "each chip", bold=True, align="center")
    for x in (_B - 20, 596):
        d.shape(lines([(x, 26), (x, _TOP + 4 * _HIGH)]), stroke=GHOST, dash=(3, 4))
    corner = []
    for place, name in enumerate(names):
        middle = _TOP + (place + 0.5) * _HIGH
        top = middle - size / 2
        new = place == shown
        alpha = 1.0 if new else 0.4
        ink = charts.INK if new else charts.SOFT_INK
        word, under = RUNGS[name]
        d.words(4, middle + (6 if place > shown else -3), word, ink, bold=new)
        if place > shown:
            d.shape(boxes([(_A - 2, middle - 25)], 54, 50), stroke=GHOST, thick=1.5, dash=(5, 4))
            d.shape(boxes([(_B, middle - 25)], 200, 50), stroke=GHOST, thick=1.5, dash=(5, 4))
            d.words(_B + 100, middle + 6, "?", charts.SOFT_INK, bold=True, align="center")
            continue
        d.words(4, middle + 17, under, charts.SOFT_INK)
        count = found.rungs[name]
        d.shape(icons.row(name, _A + (50 - size) / 2, top, size, 1), fill=OF_A, alpha=alpha)
        d.shape(icons.row(name, _B, top, size, count), fill=OF_B, alpha=alpha)
        if name == "capital":
            _coins(d, _A + (50 - size) / 2, top, size, 1)
            _coins(d, _B, top, size, count)
        if name == "bill":
            for x, much, share in (
                (_A + (50 - size) / 2, 1.0, found.electricity[0]),
                (_B, count, found.electricity[1]),
            ):
                d.shape(icons.strips(x, top, size, much, share), fill=charts.ORANGE)
        right = icons.end(_B, size, count) + 10
        corner += [(right, middle - 0.5 * size), (right, middle + 0.5 * size)]
        was = icons.end(_B, size, start.rungs[name]) + 10
        if moved and abs(was - right) > 2:
            d.shape(lines([(was, middle - 32), (was, middle + 32)]), stroke=charts.PURPLE, thick=2.5, dash=(5, 3))
        beyond = was if moved and -30 < was - right < 90 else right
        ink = DARK_POINTED if new else charts.SOFT_INK
        d.words(max(right, beyond) + _NUMBER, middle + 6, f"{times(count)} times", ink, bold=new)
        _each(d, name, found, (found.use_a, use_b), middle, alpha)
    d.shape(lines(corner), stroke=charts.VERMILION, thick=2.5)
    if moved:
        d.words(440, 350, "purple: at the start", DARK_ADDED, bold=True, align="right")
    if step == "bill":
        d.words(4, 350, "orange: electricity", "#8a5a00", bold=True)
    elif step == "chips":
        d.words(WIDTH - 4, 350, "dark: what the work gets of its peak", charts.SOFT_INK, align="right")
