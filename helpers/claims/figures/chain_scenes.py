"""What happens at each station of the chain from sand to answer: one scene each, below the strip of stations."""

from __future__ import annotations

from collections.abc import Callable

from helpers.claims import studies
from helpers.claims.figures import chain_pieces as pieces
from helpers.claims.figures.chain_pieces import LOGIC, MEMORY, POINTED, STEEL
from helpers.show import charts
from helpers.show.drawing import Drawing, boxes, circle, lines

TOP, FLOOR = 132.0, 326.0
_DARK_LIGHT, _DARK_POINTED, _FILM = "#8a5a00", "#a84300", "#c3ccd6"


def _named(d: Drawing, x: float, *said: str, ink: str = charts.INK, bold: bool = False, y: float = FLOOR - 4) -> None:
    """Words below a thing, in the middle; several lines end on `y`."""
    for line, words in enumerate(reversed(said)):
        d.words(x, y - 19 * line, words, ink, bold=bold, align="center")


def light(d: Drawing) -> None:
    """Sand, crystal, wafer; then light through a mask onto it."""
    ground = 286.0
    pieces.sand(d, 52, ground, 1.2)
    d.arrow((100, ground - 18), (126, ground - 18), STEEL)
    d.shape(boxes([(140, 176)], 44, 110), fill="#aeb7c4")
    d.shape(boxes([(148, 176)], 8, 110), fill="#cfd6df")
    d.arrow((196, ground - 18), (222, ground - 18), STEEL)
    d.shape(circle(276, ground - 42, 42), fill=pieces.PALE_LOGIC, stroke=LOGIC, thick=1.5)
    for x, words in ((52, "sand"), (162, "crystal"), (276, "wafer")):
        d.words(x, 310, words, align="center")
    d.arrow((330, ground - 18), (372, ground - 18), STEEL)
    x, s = 474.0, 2.9
    pieces.printer(d, x, TOP, s)
    for y, words, ink in (
        (TOP + 20, "lamp", _DARK_LIGHT),
        (TOP + 72, "mask: holds the pattern", charts.INK),
        (TOP + 115, "lens: makes it smaller", charts.INK),
        (TOP + 180, "wafer, the pattern printed", LOGIC),
    ):
        d.words(x + (30 if ink == _DARK_LIGHT else 96), y, words, ink, bold=ink != charts.INK)


def fab(d: Drawing) -> None:
    """Coat, print, etch, again; a wafer full of fields."""
    floor, wide = 262.0, 104.0
    for place, name in enumerate(("coat", "print", "etch")):
        x = 14 + 136.0 * place
        d.shape(boxes([(x, floor)], wide, 22), fill=pieces.PALE_LOGIC, stroke=LOGIC, thick=1)
        posts = [(x + 12 + 32 * i, 0.0) for i in range(3)]
        if name == "etch":
            d.shape(boxes([(u, floor - 26) for u, _ in posts], 16, 26), fill=_FILM)
        else:
            d.shape(boxes([(x, floor - 26)], wide, 26), fill=_FILM)
        if name == "print":
            d.shape(boxes([(u, floor - 42) for u, _ in posts], 16, 16), fill=LOGIC)
            for u, _ in posts[:2]:
                d.arrow((u + 24, floor - 74), (u + 24, floor - 34), MEMORY, 4)
        d.words(x + wide / 2, 310, name, bold=True, align="center")
        if place < 2:
            d.arrow((x + wide + 6, floor - 6), (x + wide + 28, floor - 6), STEEL)
    d.shape(lines([(338, 226), (338, 152), (66, 152)]), stroke=POINTED, thick=2.5)
    d.arrow((66, 152), (66, 228), POINTED, 2.5)
    d.words(202, 146, "again, layer upon layer", _DARK_POINTED, bold=True, align="center")
    d.arrow((404, 256), (452, 256), STEEL)
    x, y, r = 566.0, 226.0, 88.0
    pieces.wafer(d, x, y, r, 8)
    side = 2 * r / 8.6
    d.shape(boxes([(x + side * 1.03, y - side * 1.97)], side * 0.94, side * 0.94), stroke=POINTED, thick=3)
    d.shape(lines([(x + side * 2, y - side * 1.5), (668, y - side * 1.5)]), stroke=POINTED, thick=2)
    d.words(673, y - side * 1.5 + 5, "one field:", _DARK_POINTED, bold=True)
    d.words(673, y - side * 1.5 + 24, "here one die", _DARK_POINTED, bold=True)
    d.words(673, y + 60, "the wafer")


def dies(d: Drawing) -> None:
    """A logic die, cut out; a stack of memory dies."""
    pieces.wafer(d, 92, 214, 76, 8)
    d.arrow((178, 214), (220, 214), STEEL)
    pieces.die(d, 236, 144, 140)
    _named(d, 306, "logic die: computes", ink=LOGIC, bold=True, y=312)
    d.words(92, 312, "sawn apart", charts.SOFT_INK, align="center")
    x, wide = 470.0, 150.0
    pieces.stack(d, x, 150, wide, 134)
    d.shape("".join(boxes([(x + 30 + 15 * i, 150)], 2, 129) for i in range(7)), fill=_DARK_LIGHT, alpha=0.5)
    d.shape(boxes([(x - 12, 284)], wide + 24, 6), fill=STEEL)
    _named(d, x + wide / 2, "memory stack: remembers", ink=_DARK_LIGHT, bold=True, y=312)
    d.words(636, 178, "eight memory")
    d.words(636, 197, "dies, joined by")
    d.words(636, 216, "wires through")
    d.words(636, 235, "them")


def package(d: Drawing) -> None:
    """Dies and stacks in one package."""
    pieces.die(d, 20, 156, 60)
    _named(d, 50, "dies", y=238, ink=LOGIC, bold=True)
    pieces.stack(d, 20, 252, 60, 44)
    _named(d, 50, "stacks", y=316, ink=_DARK_LIGHT, bold=True)
    for y in (186, 274):
        d.arrow((94, y), (150, y), STEEL)
    x, y, s = 172.0, 144.0, 3.5
    pieces.package(d, x, y, s)
    right = x + 84 * s
    for at, words, ink in (
        (166.0, "eight stacks at the edges", _DARK_LIGHT),
        (222.0, "two logic dies in the middle", LOGIC),
        (268.0, "wires below join them", charts.INK),
    ):
        d.words(right + 16, at, words, ink, bold=True)
    d.words(right + 16, 300, "drawn: the form of Huawei’s", charts.SOFT_INK)
    d.words(right + 16, 319, "Ascend 910C, from above", charts.SOFT_INK)


def cluster(d: Drawing) -> None:
    """A package, a server of them, a hall of servers, and electricity."""
    pieces.package(d, 12, 196, 1.0)
    _named(d, 54, "chip", y=312)
    d.arrow((104, 220), (132, 220), STEEL)
    d.shape(boxes([(142, 176)], 190, 92), fill="#e5e7eb", stroke=STEEL, thick=2)
    chips = studies.server_chips()
    pieces.packages(d, [(150 + 45 * (i % 4), 186 + 42 * (i // 4)) for i in range(chips)], 0.47)
    _named(d, 237, f"server: {chips} chips", y=312)
    d.arrow((342, 220), (370, 220), STEEL)
    pieces.racks(d, [382 + 30.0 * i for i in range(9)], 168, 22, 112, 8)
    d.shape(lines([(393, 158), (393 + 240, 158)]), stroke=LOGIC, thick=3)
    d.shape("".join(lines([(393 + 30 * i, 158), (393 + 30 * i, 168)]) for i in range(9)), stroke=LOGIC, thick=2)
    d.words(513, 150, "links", LOGIC, bold=True, align="center")
    _named(d, 513, "hall of servers", y=312)
    x = 722.0
    d.shape(lines([(x - 20, 290), (x, 150), (x + 20, 290)], [(x - 26, 178), (x + 26, 178)], [(x - 11, 226), (x + 11, 226)]), stroke=STEEL, thick=2.5)  # fmt: skip
    d.shape(lines([(x - 26, 180), (644, 198)]), stroke=MEMORY, thick=3)
    _named(d, x, "electricity", y=312, ink=_DARK_LIGHT, bold=True)


def training(d: Drawing) -> None:
    """Text, a guess, the word that stood there, and a correction of the model's numbers."""
    d.shape(boxes([(14, 150)], 170, 136), fill="white", stroke=STEEL, thick=1.5)
    d.words(28, 180, "The sky is")
    d.shape(boxes([(104, 164)], 52, 22), stroke=POINTED, thick=2, dash=(4, 3))
    d.shape(boxes([(28, 200 + 18 * i) for i in range(5)], 140, 6), fill="#d9dfe7")
    _named(d, 99, "text", y=312)
    d.arrow((194, 216), (248, 216), STEEL)
    pieces.model(d, 262, 142, 16, 14, 9)
    _named(d, 374, "the model: billions of numbers", y=312)
    d.arrow((496, 182), (548, 182), STEEL)
    d.words(560, 176, "its guess: “grey”")
    d.words(560, 198, "in the text: “blue”", LOGIC, bold=True)
    d.shape(lines([(630, 208), (630, 258)]), stroke=POINTED, thick=2.5)
    d.arrow((630, 258), (496, 258), POINTED, 2.5)
    d.words(640, 250, "correct", _DARK_POINTED, bold=True)
    d.words(640, 269, "the numbers", _DARK_POINTED, bold=True)


def answer(d: Drawing) -> None:
    """A question, the answer so far token by token, the model, and the next token."""
    pieces.bubble(d, 14, 140, 208, 38)
    d.words(118, 165, "Why is the sky blue?", align="center")
    words = ["Because", " blue", " light", " sc", "at", "ters"]
    wides = [76.0, 46.0, 48.0, 30.0, 26.0, 42.0]
    lefts = pieces.tokens(d, 262, 144, wides, 32)
    for left, wide, said in zip(lefts, wides, words, strict=True):
        d.words(left + wide / 2, 166, said.strip(), align="center")
    end = lefts[-1] + wides[-1]
    d.shape(boxes([(end + 3, 144)], 62, 32), stroke=POINTED, thick=2.5, dash=(5, 3))
    d.words(end + 34, 166, "?", _DARK_POINTED, bold=True, align="center")
    d.words(end + 76, 158, "each box:")
    d.words(end + 76, 177, "one token")
    d.arrow((360, 182), (360, 208), STEEL)
    pieces.model(d, 262, 214, 11, 18, 7)
    d.shape(lines([(466, 252), (end + 34, 252)]), stroke=POINTED, thick=2.5)
    d.arrow((end + 34, 252), (end + 34, 180), POINTED, 2.5)
    d.words(end + 44, 234, "the next token", _DARK_POINTED, bold=True)
    d.words(250, 246, "the model, now", align="right")
    d.words(250, 265, "with fixed numbers,", align="right")
    d.words(250, 284, "runs on chips", align="right")
    _named(d, 361, "once through for each token", y=316)


SCENES: dict[str, Callable[[Drawing], None]] = {
    "light": light,
    "fab": fab,
    "dies": dies,
    "package": package,
    "cluster": cluster,
    "training": training,
    "answer": answer,
}
