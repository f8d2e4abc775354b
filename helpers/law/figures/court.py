"""The way through court: six gates as columns of stops, and one complaint as a line through them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt

from helpers.law import model as law
from helpers.law import studies
from helpers.show import charts
from helpers.show.drawing import Drawing, boxes, chart_of, lines

WIDTH, HEIGHT = 772, 358
_WIDE, _HIGH, _PITCH = 112.0, 29.0, 132.0
_TOP, _STEP = 26.0, 40.0
_HEADS = ("1 Who", "2 Whom", "3 Rule", "4 Defence", "5 Forum", "6 End")
# Of each gate: word of a walk -> (label where nothing stands in it, row).
_STOPS: tuple[dict[str, tuple[str, float]], ...] = (
    {"member": ("A member", 2), "firm": ("A firm", 4)},
    {"own": ("Its own act", 2), "other": ("Not its act", 4)},
    {
        "border limit": ("Border limit", 0),
        "duty": ("Duty", 1),
        "home goods": ("Home goods", 2),
        "subsidy": ("Subsidy", 3),
        "patents": ("Patents", 4),
        "other": ("Other rule", 5),
    },
    {
        "none": ("None", 0.5),
        "general": ("XX: general", 2),
        "security": ("XXI: security", 3.5),
        "other": ("Other plea", 5),
    },
    {
        "Appellate Body": ("Appeal body", 0),
        "MPIA": ("Arbitrators", 1),
        "panel": ("Panel", 2.4),
        "void": ("No judges", 3.88),
        "talks": ("Talks", 4.85),
    },
    {
        "adopted": ("Adopted", 0),
        "award": ("Award", 0.97),
        "settled": ("Settled", 1.94),
        "pending": ("Pending", 2.91),
        "void": ("In the void", 3.88),
        "talks only": ("Talks only", 4.85),
        "ended without ruling": ("No ruling", 5.82),
    },
)  # fmt: skip
_SHORT = {"United States": "US", "Saudi Arabia": "S. Arabia", "United Kingdom": "UK", "Hong Kong, China": "Hong Kong", studies.FIRM: "A firm"}  # fmt: skip
_ASKED = ("A member", "A member", "Which rule?", "An excuse?", "Which judge?", "Does it bind?")
_BINDS = {(5, "adopted"), (5, "award")}
_OPEN = ("settled", "pending", "talks only", "ended without ruling")
_RESULT = {"accepted": "upheld", "accepted in part": "in part", "refused": "refused", "not ruled on": "untried"}
_PALE = "#f0f0f0"
_GOOD, _BAD = "#d5ece3", "#f8dccb"
_DARK_GREEN, _DARK_RED, _DARK_PURPLE = "#00664b", "#9c4400", "#8f3f72"
_GREEN, _RED = "#007a59", "#b34700"  # dark enough for white words
_EDGE = "#bdbdbd"
# The strip of years.
_YEAR_0, _YEAR_1, _LINE, _LEFT = 2009, 2027, 333.0, 8.0


def _place(gate: int, word: str) -> tuple[float, float]:
    """Left upper corner of a stop, in whole pixels: the stored pictures have hundreds of them."""
    return gate * _PITCH, round(_TOP + _STOPS[gate][word][1] * _STEP * 0.94)


def words_of(way: studies.Walk) -> list[str]:
    """The stops that a walk passes, gate by gate, up to where it stops.

    Parameters
    ----------
    way : Walk

    Returns
    -------
    list of str
    """
    found = [
        "firm" if way.who == studies.FIRM else "member",
        "other" if way.stopped == "whom" else "own",
        way.kind,
        way.defence,
        way.forum,
        way.end,
    ]
    return found[: law.GATES.index(way.stopped) + 1] if way.stopped else found


def _label(way: studies.Walk, gate: int, word: str) -> str:
    """What stands in a stop that a walk passes; a second line stands below it."""
    if gate == 0 and way.members:
        first = _SHORT.get(way.members[0], way.members[0])
        return first if len(way.members) == 1 else f"{first} + {len(way.members) - 1}"
    if gate == 1:
        return _SHORT.get(way.whom, way.whom)
    if gate == 3 and way.defence != "none":
        if way.defence == "other":
            return f"{way.clause.split()[-1]} {_RESULT[way.plea]}"
        return f"{_STOPS[gate][word][0]}\n{_RESULT[way.plea]}"
    return _STOPS[gate][word][0]


def _rectangles(places: Sequence[tuple[float, float]]) -> str:
    """Stops as one path, each with all four edges."""
    return "".join(f"M{x:.1f},{y:.1f}h{_WIDE:.0f}v{_HIGH:.0f}h{-_WIDE:.0f}v{-_HIGH:.0f}" for x, y in places)


def _empty(gate: int, word: str) -> str:
    """Fill of a stop that nothing passes."""
    return _GOOD if (gate, word) in _BINDS else _BAD if (gate, word) == (5, "void") else _PALE


class _Board:
    """The gates with all their stops; a stop that a complaint passes is filled, and has words of its own."""

    def __init__(self) -> None:
        self.d = Drawing()
        self._filled: dict[tuple[int, str], tuple[str, str, str, str]] = {}
        for gate, head in enumerate(_HEADS):
            self.d.words(gate * _PITCH + _WIDE / 2, 16, head, bold=True, align="center")

    def fill(self, gate: int, word: str, label: str, colour: str, edge: str = "") -> None:
        self._filled[gate, word] = (label, colour, "white" if colour != charts.PURPLE else charts.INK, edge)

    def done(self) -> None:
        """Empty stops, filled stops, then the words of all, so that nothing lies on words."""
        for fill in (_PALE, _GOOD, _BAD):
            places = [
                _place(g, w)
                for g, stops in enumerate(_STOPS)
                for w in stops
                if (g, w) not in self._filled and _empty(g, w) == fill
            ]
            self.d.shape(_rectangles(places), fill=fill, stroke=_EDGE)
        for colour, edge in dict.fromkeys((colour, edge) for _, colour, _, edge in self._filled.values()):
            places = [_place(*key) for key, filled in self._filled.items() if (filled[1], filled[3]) == (colour, edge)]
            self.d.shape(_rectangles(places), fill=colour, stroke=edge or colour, thick=3 if edge else 1)
        for gate, stops in enumerate(_STOPS):
            for word, (label, _) in stops.items():
                x, y = _place(gate, word)
                said, _, ink, _ = self._filled.get((gate, word), (label, "", charts.SOFT_INK, ""))
                inside, _, below = said.partition("\n")
                self.d.words(x + _WIDE / 2, y + 20, inside, ink, align="center")
                if below:
                    self.d.words(x + _WIDE / 2, y + _HIGH + 17, below, align="center")


def _path(stops: Sequence[str], shift: float = 0) -> str:
    """A line through stops, from box to box."""
    path = ""
    for gate, (word, following) in enumerate(zip(stops, stops[1:])):
        (x, y), (u, v) = _place(gate, word), _place(gate + 1, following)
        start, end = (x + _WIDE, y + _HIGH / 2 + shift), (u, v + _HIGH / 2 + shift)
        bend = (end[0] - start[0]) * 0.6
        path += f"M{start[0]:.1f},{start[1]:.1f}C{start[0] + bend:.1f},{start[1]:.1f} {end[0] - bend:.1f},{end[1]:.1f} {end[0]:.1f},{end[1]:.1f}"  # fmt: skip
    return path


def _colour(gate: int, word: str, way: studies.Walk, last: bool) -> str:
    if gate == 5 and word in law.BINDING:
        return _GREEN
    if (gate == 5 and word == "void") or (last and way.stopped):
        return _RED
    return charts.BLUE


def _walked(b: _Board, way: studies.Walk, ink: str = "", brought: bool = True, who: str = "") -> None:
    """One complaint as a line through the gates, with its own words in the stops."""
    stops = words_of(way)
    b.d.shape(_path(stops), stroke=ink or charts.BLUE, thick=4, dash=(1, 0) if brought else (7, 4))
    for gate, word in enumerate(stops):
        colour = _colour(gate, word, way, gate == len(stops) - 1)
        label = who if who and gate == 0 else _label(way, gate, word)
        b.fill(gate, word, label, ink if ink and colour == charts.BLUE else colour, ink)
    if way.stopped:
        x, y = _place(len(stops) - 1, stops[-1])
        _cross(b.d, x + _WIDE + 10, y + _HIGH / 2)


def _cross(d: Drawing, x: float, y: float) -> None:
    d.shape(lines([(x - 8, y - 8), (x + 8, y + 8)], [(x - 8, y + 8), (x + 8, y - 8)]), stroke=charts.VERMILION, thick=5)


def _at(when: date) -> float:
    """A day on the strip of years."""
    share = (when.year + (when.timetuple().tm_yday - 1) / 365 - _YEAR_0) / (_YEAR_1 - _YEAR_0)
    return _LEFT + share * (WIDTH - 2 * _LEFT)


def _strip(d: Drawing, way: studies.Walk | None) -> None:
    """Years to scale, the life of a case, and the day since which an appeal finds no judges."""
    d.shape(lines([(_LEFT, _LINE), (WIDTH - _LEFT, _LINE)]), stroke=charts.SOFT_INK, thick=1.5)
    years = range(2010, _YEAR_1, 2)
    ticks = [_at(date(year, 1, 1)) for year in years]
    d.shape(lines(*([(x, _LINE), (x, _LINE + 5)] for x in ticks)), stroke=charts.SOFT_INK, thick=1.5)
    for year, x in zip(years, ticks):
        d.words(x, _LINE + 21, str(year), charts.SOFT_INK, align="center")
    x = _at(studies.body_last_day())
    d.shape(lines([(x, _LINE - 24), (x, _LINE + 5)]), stroke=charts.VERMILION, thick=3)
    d.words(x + 7, _LINE - 12, "from here too few judges for an appeal", _DARK_RED)
    if way is not None and way.start and way.until:
        left = max(_at(way.start), _LEFT)
        ink = charts.GREEN if way.binds else charts.VERMILION if way.end == "void" else charts.BLUE
        d.shape(boxes([(left, _LINE - 8)], max(_at(way.until) - left, 3), 8), fill=ink)


def _said(d: Drawing, *said: str) -> None:
    """Up to two lines below the gates; the first is bold."""
    for place, text in enumerate(said):
        d.words(_LEFT, 281 + 22 * place, text, bold=place == 0)


def _first(d: Drawing) -> None:
    """Almost nothing: the six questions on one road."""
    y = _TOP + 2 * _STEP * 0.94
    d.shape(lines([(_WIDE, y + _HIGH / 2), (5 * _PITCH, y + _HIGH / 2)]), stroke=_EDGE, thick=4)
    for gate, (head, asked) in enumerate(zip(_HEADS, _ASKED)):
        x = gate * _PITCH
        d.words(x + _WIDE / 2, y - 18, head, bold=True, align="center")
        d.shape(boxes([(x, y)], _WIDE, _HIGH), fill=_GOOD if gate == 5 else _PALE, stroke=_EDGE)
        d.words(x + _WIDE / 2, y + 20, asked, align="center")


def _home(b: _Board) -> None:
    """What needs no gate: making things at home."""
    y = _TOP + 5 * _STEP * 0.94 + _HIGH + 15
    b.d.arrow((8, y), (300, y), charts.GREEN, 5)  # it ends in its own words, far from the stops of the last gate
    b.d.words(308, y + 5, "Make chips at home: no gate to pass", _DARK_GREEN, bold=True)


def _all(b: _Board) -> None:
    """Every case of the table as a line; ends with their number."""
    drawn = [words_of(way) for way in studies.all_walks()]
    for inks, ink in ((_OPEN, charts.GREY), (("void",), charts.VERMILION), (law.BINDING, charts.GREEN)):
        chosen = [stops for stops in drawn if stops[-1] in inks]
        for place, stops in enumerate(chosen):
            b.d.shape(_path(stops, (place % 7 - 3) * 2.4), stroke=ink, thick=2, alpha=0.8)
    for word, (label, _) in _STOPS[5].items():
        count = sum(stops[-1] == word for stops in drawn)
        ink = _GREEN if word in law.BINDING else _RED if word == "void" else charts.SOFT_INK
        b.fill(5, word, f"{label} {count}", ink)


def _claim_37(b: _Board) -> None:
    _walked(b, studies.walk("EU", "cn-mineral-licences"), brought=False)
    _said(
        b.d,
        "It did, was sued, and lost: rare earths (DS431, binds), raw materials (DS394, binds).",
        "Dashed: the same complaint today, by the EU, over licences for gallium. Not brought.",
    )


def _claim_38(b: _Board) -> None:
    for who in ("Korea", "EU"):
        _walked(b, studies.walk(who, "cn-dc-chips"), brought=False, who="EU; Korea")
    blocked = words_of(studies.walk("EU", "us-chip-controls", whom="China"))
    b.d.shape(_path(blocked), stroke=charts.VERMILION, thick=4, dash=(7, 4))
    b.fill(1, "other", "US ban", _RED)
    x, y = _place(1, "other")
    _cross(b.d, x + _WIDE + 10, y + _HIGH / 2)
    _said(
        b.d,
        "The US ban is not China’s act; telling state data centres to use home chips is.",
        "Dashed, over that (reported): the EU to an award, Korea to the void unless China agrees.",
    )


def _claim_35(b: _Board) -> None:
    _walked(b, studies.walk_of("DS623"))
    _home(b)
    _said(
        b.d,
        "The rule China used against US credits (DS623, hangs) would bind China, too.",
        "Another’s breach is no defence: a tax in answer (DS308, binds), duties (DS558, hangs).",
    )


def _subsidy(b: _Board) -> None:
    for who, measure in (("China", "us-chips-act"), ("EU", "cn-big-fund")):
        _walked(b, studies.walk(who, measure), brought=False, who="China; EU")
    payers = list(dict.fromkeys(_SHORT.get(member, member) for member in studies.support()["member"]))
    b.fill(1, "own", f"{len(payers)} that pay", charts.BLUE)
    _said(
        b.d,
        f"They pay makers of chips: {', '.join(payers)}.",
        "Dashed: China over US grants (to the void), the EU over China’s fund (to an award). Not brought.",
    )


_CLAIMS = {"S37": _claim_37, "S38": _claim_38, "S35": _claim_35, "subsidy": _subsidy}


def court_rows(step: str, own: studies.Walk | None = None) -> list[dict]:
    """The rows of one step.

    Parameters
    ----------
    step : str
        "way", a key of `wto_cases.csv`, "S35", "S37", "S38", "subsidy" or "all".
    own : Walk or None
        A complaint of the reader's own, drawn in purple on top.

    Returns
    -------
    list of dict
    """
    shown = None
    if step == "way" and own is None:
        d = Drawing()
        _first(d)
        _said(
            d,
            "Green: it binds both sides, whoever has won.",
            "A member is a government, the EU, or a customs territory such as Hong Kong.",
        )
        _strip(d, None)
        return d.rows
    b = _Board()
    if step in _CLAIMS:
        _CLAIMS[step](b)
        shown = studies.walk_of("DS623") if step == "S35" else None
    elif step == "all":
        _all(b)
        _said(b.d, "All cases of our table, one line each.", "A selection of ours: the numbers are not odds.")
    elif step != "way":
        shown = studies.walk_of(step)
        _walked(b, shown)
        _said(b.d, shown.name, shown.measure + ".")
    if own is not None:
        _walked(b, own, charts.PURPLE, brought=False)
        b.d.words(0, 228, "Purple: your complaint", _DARK_PURPLE, bold=True)
    b.done()
    _strip(b.d, shown)
    return b.d.rows


def court_chart() -> alt.LayerChart:
    """The picture; rows from `court_rows`, the signal title."""
    return chart_of(
        WIDTH,
        HEIGHT,
        "Green end: binds both sides, whoever won. Orange end: hangs; with a cross: stopped. Dashed: not brought.",
        "Source: data/wto_cases.csv, data/trade_measures.csv. Years to scale; bar: from request to end.",
        description=(
            "The way of a complaint through the World Trade Organization: six columns of stops, a line through them for each"
            " case, and the years below. The sentence above tells the case."
        ),
        offset=6,
    )
