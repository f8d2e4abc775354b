"""What each box of the chain shows when it is opened, in pixels below the row of boxes."""

from __future__ import annotations

from helpers.core.words import figures, percent, power_of_ten, times
from helpers.show import charts
from helpers.show.drawing import Drawing, area, boxes, circle, lines
from helpers.training import studies

WIDTH, FLOOR = 772, 346
DARK_ADDED, DARK_STORED, GHOST = "#8f3f72", "#8a5a00", "#b3b3b3"
STORED, WORKS, BACK = "#f6d9a3", charts.BLUE, "#5a9bd0"
_LEFT, _RIGHT = 16.0, 756.0


def closed(d: Drawing, found: studies.Boxes) -> None:
    """The question, and what the signs between the boxes leave unsaid."""
    d.words(WIDTH / 2, 180, "Each box is small or large for a reason.", align="center")
    d.words(WIDTH / 2, 212, "Guess: which one made this run cheap?", bold=True, align="center")
    d.words(WIDTH / 2, 244, "Press Next to open them.", charts.SOFT_INK, align="center")
    d.words(_LEFT, 310, f"{times(found.each)}: operations for each parameter and token, step 3.", charts.SOFT_INK)
    d.words(_LEFT, 332, "Operations ÷ speed are seconds; ÷ 3,600 they are chip-hours.", charts.SOFT_INK)


def experts(d: Drawing, found: studies.Boxes, start: studies.Boxes) -> None:
    """A token, a router, a layer's experts with the chosen ones in blue; all parameters and those at work as a bar."""
    across, cell, x0, y0 = 16, 12.0, 250.0, 140.0
    rows = found.experts // across
    middle = y0 + rows * cell / 2
    d.shape(boxes([(_LEFT, middle - 16)], 64, 32), fill="white", stroke=charts.INK, thick=1.5)
    d.words(_LEFT + 32, middle + 6, "token", bold=True, align="center")
    d.arrow((_LEFT + 66, middle), (106, middle), charts.INK)
    d.shape(area((106, middle), (150, middle - 38), (194, middle), (150, middle + 38)), fill="white", stroke=charts.VERMILION, thick=2.5)  # fmt: skip
    d.words(150, middle + 6, "router", bold=True, align="center")
    places = [(x0 + cell * (k % across), y0 + cell * (k // across)) for k in range(found.experts)]
    d.shape(boxes(places, cell - 2, cell - 2), fill=STORED)
    chosen = [(37 + 61 * k) % found.experts for k in range(min(found.chosen, found.experts))]
    if found.chosen <= 16:
        d.shape(lines(*([(194, middle), (places[k][0] + 5, places[k][1] + 5)] for k in chosen)), stroke=WORKS, thick=1.3)  # fmt: skip
    else:
        d.shape(area((194, middle), (x0 - 6, y0), (x0 - 6, y0 + rows * cell)), fill=WORKS, alpha=0.4)
    d.shape(boxes([places[k] for k in chosen], cell - 2, cell - 2), fill=WORKS, stroke=WORKS, thick=1.5)
    d.words(x0 + across * cell / 2, y0 - 12, f"one of {found.layers} layers: {found.experts} experts", align="center")
    d.shape(boxes([(150, y0 + rows * cell - 22)], cell + 2, cell + 2), fill=WORKS)
    d.words(142, y0 + rows * cell - 8, f"{found.shared} always works", align="right")
    bar, high = 540.0, rows * cell
    part = high * found.active / found.stored
    d.shape(boxes([(bar, y0)], 54, high), fill=STORED)
    d.shape(boxes([(bar, y0 + high - part)], 54, part), fill=WORKS)
    d.words(bar + 66, y0 + 20, f"{found.stored / 1e9:.0f} billion", DARK_STORED, bold=True)
    d.words(bar + 66, y0 + 40, "parameters stored", DARK_STORED)
    low = min(y0 + high - 22, y0 + high - part / 2) if part < 100 else y0 + high / 2
    d.words(bar + 66, low, f"{figures(found.active / 1e9)} billion", WORKS, bold=True)
    d.words(bar + 66, low + 20, "at work on a token", WORKS)
    d.words(bar + 27, y0 - 12, "the whole model", align="center")


def _operations(d: Drawing, x: float, y: float, count: int, ink: str) -> None:
    for k in range(count):
        at = x + 42 * k + (16 if k > 1 else 0)
        d.shape(circle(at, y, 16), fill=ink)
        d.words(at, y + 6, "×" if k % 2 == 0 else "+", "white", bold=True, align="center")


def tokens(d: Drawing, found: studies.Boxes, start: studies.Boxes) -> None:
    """Two operations forward and four back for each parameter and token; tokens of the run, and all operations."""
    y = 150.0
    d.words(_LEFT, y + 6, "forward")
    _operations(d, 118, y, 2, WORKS)
    d.words(200, y + 6, "multiply, add")
    d.words(_LEFT, y + 54, "back")
    _operations(d, 118, y + 48, 4, BACK)
    d.words(300, y + 54, "twice that, to find corrections")
    d.shape(lines([(590, y - 18), (602, y - 18), (602, y + 66), (590, y + 66)]), stroke=charts.INK, thick=2)
    d.words(616, y + 20, "6 operations", bold=True)
    d.words(616, y + 40, "a parameter")
    d.words(616, y + 60, "a token")
    top, wide = 266.0, _RIGHT - _LEFT
    most = max(found.operations, start.operations)
    whole = wide * found.operations / most
    back = whole * found.looking_back
    d.words(_LEFT, top - 10, f"All tokens: {power_of_ten(found.operations)} operations", bold=True)
    d.shape(boxes([(_LEFT, top)], whole - back, 34), fill=WORKS)
    d.shape(boxes([(_LEFT + whole - back, top)], back, 34), fill=charts.ORANGE)
    was = wide * start.operations / most
    d.words(_LEFT + 12 + (was if was < 0.6 * whole else 0), top + 23, "6 × parameters × tokens", "white", bold=True)
    d.words(_RIGHT, top + 56, f"orange: looking back at earlier tokens (attention), {percent(found.looking_back)}; with it {times(found.each)}", DARK_STORED, align="right")  # fmt: skip
    if found.operations != start.operations:
        _was(d, _LEFT + was, top - 4, 42)
        d.words(_LEFT, top + 76, "purple line: the run as it was", DARK_ADDED, bold=True)


def _was(d: Drawing, x: float, y: float, high: float) -> None:
    d.shape(lines([(x, y), (x, y + high)]), stroke="white", thick=6)
    d.shape(lines([(x, y), (x, y + high)]), stroke=charts.PURPLE, thick=3, dash=(5, 3))


def speed(d: Drawing, found: studies.Boxes, start: studies.Boxes) -> None:
    """The peak of a chip as a bar, the part that arrives filled; below, the same run by other ways of counting."""
    wide, top = _RIGHT - _LEFT, 158.0
    d.words(_LEFT, top - 12, f"Peak of one H800 in 16 bits: {found.peak:,.0f} trillion operations a second (TFLOP/s)")
    d.shape(boxes([(_LEFT, top)], wide, 54), fill="white", stroke=charts.INK, thick=1.5)
    d.shape(boxes([(_LEFT, top)], wide * found.mfu, 54), fill=WORKS)
    d.words(_LEFT + wide * found.mfu / 2, top + 33, f"used: {percent(found.mfu)}", "white", bold=True, align="center")
    d.words(
        _LEFT + wide * (1 + found.mfu) / 2,
        top + 33,
        "not used: lost to links, memory, pipeline and more",
        align="center",
    )
    if found.mfu != start.mfu:
        _was(d, _LEFT + wide * start.mfu, top - 5, 64)
    low, high = (v / 100 for v in studies.busy_span("deepseek-v3-pretraining"))
    d.words(_LEFT, 258, "The same run, by other ways to count operations and peak:")
    d.shape(boxes([(_LEFT + wide * low, 270)], wide * (high - low), 18), fill="#c4c4c4")
    d.words(_LEFT + wide * high + 10, 285, f"{percent(low)} to {percent(high)}", bold=True)
    printed = studies.printed_utilisation("deepseek-v3-pretraining")[0]
    d.words(_LEFT, 326, f"Worked out from the hours in print. A later paper of the authors has {printed:g}%.", charts.SOFT_INK)  # fmt: skip


def pipeline(d: Drawing, micro_batches: int, count: int = 4) -> None:
    """Chips of a pipeline by time: forward and backward pieces, white where a chip waits."""
    pieces = studies.timetable(count, micro_batches)
    x0, top, high = 86.0, 146.0, 36.0
    unit = (_RIGHT - x0) / max(p.end for p in pieces)
    for stage in range(count):
        y = top + stage * (high + 5)
        d.words(_LEFT, y + 24, f"chip {stage + 1}", bold=True)
        d.shape(boxes([(x0, y)], _RIGHT - x0, high), fill="white", stroke=charts.VERMILION, thick=1.5, dash=(4, 3))
        for forward, ink in ((True, WORKS), (False, BACK)):
            mine = [p for p in pieces if p.stage == stage and p.forward == forward]
            for p in mine:
                d.shape(boxes([(x0 + p.start * unit, y)], (p.end - p.start) * unit, high), fill=ink, stroke="white")
            for p in mine:
                if (p.end - p.start) * unit >= 10 * len(str(p.micro_batch)) + 2:
                    d.words(x0 + (p.start + p.end) / 2 * unit, y + 24, f"{p.micro_batch}", "white", bold=True, align="center")  # fmt: skip
    d.words(
        _LEFT,
        134,
        f"An example: {count} chips with a part of the layers each; {micro_batches} pieces of a batch pass one after another.",
    )
    base = top + count * (high + 5) + 18
    d.arrow((x0, base - 12), (_RIGHT, base - 12), charts.INK, 1.5)
    d.words(_RIGHT, base + 8, "time", align="right")
    d.words(x0, base + 8, "blue: forward; light: back", bold=True)
    d.words(
        x0 + 222,
        base + 8,
        f"white: waiting, {percent(studies.waiting(count, micro_batches))} of the step (V3’s run: {percent(studies.bubble_measured_percent() / 100, 1)})",
        "#a84300",
        bold=True,
    )


def hours(d: Drawing, found: studies.Boxes, start: studies.Boxes) -> None:
    """Chip-hours as squares, by area, beside those of a model in which every parameter works."""
    llama = studies.dense_hours()
    most = max(llama, found.hours)
    side = {name: 190 * (value / most) ** 0.5 for name, value in (("llama", llama), ("v3", found.hours), ("was", start.hours))}  # fmt: skip
    floor, x, y = 340.0, _LEFT, 380.0
    d.shape(boxes([(x, floor - side["v3"])], side["v3"], side["v3"]), fill=WORKS)
    if found.hours != start.hours:
        d.shape(boxes([(x, floor - side["was"])], side["was"], side["was"]), stroke="#e9b5d4", thick=3, dash=(5, 3))
    d.words(x + side["v3"] + 12, floor - 42, "DeepSeek-V3", WORKS, bold=True)
    d.words(x + side["v3"] + 12, floor - 22, f"{figures(found.hours / 1e6, 3)} million", WORKS, bold=True)
    d.words(x + side["v3"] + 12, floor - 2, "chip-hours, main training", WORKS)
    d.shape(boxes([(y, floor - side["llama"])], side["llama"], side["llama"]), fill="#e6e6e6", stroke=charts.SOFT_INK, thick=1.5)  # fmt: skip
    d.words(y + side["llama"] + 12, floor - 42, "Llama 3.1 405B", bold=True)
    d.words(y + side["llama"] + 12, floor - 22, f"{figures(llama / 1e6, 3)} million", bold=True)
    d.words(y + side["llama"] + 12, floor - 2, "chip-hours")
    d.words(y + side["llama"] + 12, 160, "every parameter")
    d.words(y + side["llama"] + 12, 180, "works on every token")
    ratio = llama / found.hours
    said = f"{times(ratio)} times fewer chip-hours" if ratio > 1 else f"{times(1 / ratio)} times as many chip-hours"
    d.words(x, 130, said, "#a84300", bold=True)
    d.words(_RIGHT, 130, "areas to scale", charts.SOFT_INK, align="right")


def cost(d: Drawing, found: studies.Boxes, start: studies.Boxes) -> None:
    """Hours times price as a bar, with the two later stages, above the sum in the report."""
    wide, top = _RIGHT - _LEFT - 40, 176.0
    most = max(found.whole_cost, start.whole_cost)
    main, whole = wide * found.cost / most, wide * found.whole_cost / most
    d.words(
        _LEFT,
        top - 40,
        f"{figures(found.hours / 1e6, 4)} million chip-hours × {found.price:g} USD, and two short later stages",
    )
    d.shape(boxes([(_LEFT, top)], main, 48), fill=WORKS)
    d.shape(boxes([(_LEFT + main, top)], whole - main, 48), fill=BACK)
    if main > 220:
        d.words(_LEFT + main / 2, top + 30, f"main training: ${figures(found.cost / 1e6, 3)} million", "white", bold=True, align="center")  # fmt: skip
    d.words(max(_LEFT + whole, 330), top - 10, f"with longer texts and fine-tuning: ${figures(found.whole_cost / 1e6, 3)} million", align="right")  # fmt: skip
    report = _LEFT + wide * start.whole_cost / most
    tip = top + 56
    d.shape(area((report, tip), (report - 7, tip + 14), (report + 7, tip + 14)), fill=charts.INK)
    d.words(report, tip + 36, f"the report: ${start.whole_cost / 1e6:.3f} million", bold=True, align="right" if report > 400 else "left")  # fmt: skip
    d.words(_LEFT, 316, "Taken on trust from the report: the hours, and a supposed price.", "#a84300", bold=True)
    d.words(_LEFT, 338, "Worked out: operations, from the model’s shape; and so the speed.", charts.SOFT_INK)


def outside(d: Drawing, found: studies.Boxes, with_tries: tuple[float, float]) -> None:
    """The run inside all computing that it may stand for, by area; what no square holds is listed."""
    low, high = with_tries
    floor, x = 344.0, 40.0
    most = max(high, found.whole_cost)
    sides = [236 * (v / most) ** 0.5 for v in (high, low, found.whole_cost)]
    d.shape(boxes([(x, floor - sides[0])], sides[0], sides[0]), stroke=charts.SOFT_INK, thick=2, dash=(6, 4))
    d.shape(boxes([(x, floor - sides[1])], sides[1], sides[1]), fill="#f1f1f1", stroke=charts.SOFT_INK, thick=2, dash=(6, 4))  # fmt: skip
    d.shape(boxes([(x, floor - sides[2])], sides[2], sides[2]), fill=WORKS)
    text = 330.0
    for y, side, words, ink in (
        (128.0, sides[0], f"estimate, with R1 and all the tries before: ${figures(high / 1e6)} million", charts.INK),
        (200.0, sides[1], f"or ${figures(low / 1e6)} million", charts.INK),
        (290.0, sides[2], f"the last run: ${figures(found.whole_cost / 1e6)} million", WORKS),
    ):
        d.shape(lines([(x + side, max(floor - side + 4, y - 5)), (text - 8, y - 5)]), stroke=charts.SOFT_INK)
        d.words(text, y, words, ink, bold=True)
    d.words(text, 222, "by shares that are estimated for three other firms", charts.SOFT_INK)
    d.words(text, 318, "In no square: staff, data, buying the chips,")
    d.words(text, 340, "answering users.")
