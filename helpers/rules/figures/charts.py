"""Charts and tables of 12_rules_as_code: regions of the rules, a design before every test, margins, the status map."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np

from helpers.rules import studies
from helpers.show import charts, page
from helpers.show.panel import ROOM

# Okabe and Ito's vermilion lies too near the orange of the letters: a refusal has a red of its own.
REFUSED = "#c1121f"
# One colour a status in every picture of the notebook; what a test or region asks has the colour of that status.
STATUS_COLOURS = {
    studies.FREE: charts.GREEN,
    "notice to the agency first": charts.YELLOW,
    "licence, presumed granted": charts.SKY,
    "licence, case by case": charts.BLUE,
    "licence, policy not published": charts.ORANGE,
    "licence, presumed refused": REFUSED,
    "made in breach, by guidance": "#777777",
    "not decidable from public texts": "#cccccc",
}
# Chips whose name is written beside their mark; all others show it on hover.
STORY = (
    "A100 SXM4 80GB",
    "A800 SXM4 80GB",
    "H100 SXM5 80GB",
    "H800 SXM5 80GB",
    "H20 96GB",
    "H200 SXM 141GB",
    "L20",
    "L2",
    "RTX 4090",
    "RTX 4090D",
    "B200",
    "B30A",
    "MI325X",
)
# Ends of the axes of the planes: TPP; TPP per mm2 and GB/s.
TPP_ENDS = (400.0, 160_000.0)
PLANE_ENDS = {"density": (0.4, 40.0), "memory": (100.0, 30_000.0)}
# What each kind of region asks, with the name of its colour.
SHADES = {
    "item": "red, a licence",
    "notice": "yellow, notice first",
    "letter": "orange, licence by letter",
    "limit": "blue, case-by-case review",
}
PLANE_SIZE = (520, 278)  # pixels
# Where the rules of a plane draw their lines, among round numbers.
PLANE_TICKS = {"density": (0.5, 1, 1.6, 3.2, 5.92, 10, 20), "memory": (200, 500, 1400, 3000, 6500, 20_000)}
PLANE_WORDS = {"density": "performance density, TPP per mm²", "memory": "memory bandwidth, GB/s"}
_EFFECT_COLOURS = {
    "asks a licence": REFUSED,
    "by letter": charts.ORANGE,
    "asks notice": charts.YELLOW,
    "opens review": charts.BLUE,
    "asks a tariff": charts.PURPLE,
    "does not hold": charts.GREEN,
    "not decidable": "#cccccc",
}
# Density is tested on the first alone: the second, games cards among them, stand in its regions and stay free.
MADE_FOR = ("data centres", "games and desks")
MARGIN_ENDS = (-100.0, 200.0)  # per cent, where bars of the designer are cut off


def _status_scale() -> alt.Scale:
    return alt.Scale(domain=list(STATUS_COLOURS), range=list(STATUS_COLOURS.values()))


def statuses_of(found: Iterable[str]) -> list[str]:
    """The statuses that occur, in the order of their colours: a legend lists no other."""
    held = set(found)
    return [status for status in STATUS_COLOURS if status in held]


# --- the rules as regions -----------------------------------------------------------------------


def regions_chart() -> alt.LayerChart:
    """A plane of TPP and a second quantity: rules as rectangles, chips as dots, over the panel's rows."""
    x_scale = alt.Scale(type="log", domain=list(TPP_ENDS))
    y_scale = alt.Scale(type="log", domain=[charts.signal("y_low"), charts.signal("y_high")])
    points = charts.live(
        "chip", "tpp", "y", "status", "label", "label_x", "label_y", "lead_x", "lead_y", "vendor", "made_for"
    )
    x = alt.X(
        "tpp:Q",
        title="Total processing performance, TPP (log scale)",
        scale=x_scale,
        axis=alt.Axis(values=[500, 1600, 2400, 4800, 10000, 21000, 50000], format=",", grid=False),
    )
    y = alt.Y(
        "y:Q",
        title=None,
        scale=y_scale,
        axis=alt.Axis(grid=False, values=charts.signal("y_ticks"), format=",~g", minExtent=46),
    )
    leads = (
        points.transform_filter("datum.label != ''")
        .mark_rule(color=charts.SOFT_INK, strokeWidth=0.8)
        .encode(x=x, y=y, x2="lead_x:Q", y2="lead_y:Q")
    )
    names = points.mark_text(align="left", baseline="middle", fontSize=12).encode(
        x=alt.X("label_x:Q", scale=x_scale), y=alt.Y("label_y:Q", scale=y_scale), text="label:N"
    )
    y_words = (
        alt.Chart(alt.InlineData(values=[{}]))
        .transform_calculate(words="panel.y_words")
        .mark_text(align="left", baseline="bottom", fontSize=13, lineHeight=19, color=charts.INK)
        .encode(x=alt.value(-46), y=alt.value(-23), text="words:N")
    )
    return (
        (_boxes(x_scale, y_scale) + leads + _chip_dots(points, x, y) + names + y_words)
        .resolve_scale(color="independent")
        .properties(
            width=PLANE_SIZE[0],
            height=PLANE_SIZE[1],
            title=charts.title(
                charts.signal("title"),
                "One mark a chip; the density tests count for discs only; darker: two rules lie over each other",
                "Source: data/chips.csv, data/rules/. Makers outside China; dense figures; shipped from the US to a buyer at home in China.",
            ),
            description=(
                "Scatter of chips by total processing performance and either performance density or memory bandwidth, both on log"
                " scales, over shaded regions that the rules of the chosen day name; colour says what a sale to China asked."
            ),
        )
    )


def place_labels(
    dots: Sequence[tuple[float, float]], labels: Mapping[int, str], name: str
) -> dict[int, tuple[float, float, float, float]]:
    """Where each label of a plane stands, so that it covers neither another label nor, where it can, a dot.

    Parameters
    ----------
    dots : sequence of pairs
        TPP and the other quantity of every chip drawn.
    labels : mapping
        Index in `dots` to text; earlier labels choose first.
    name : str
        Plane: "density" or "memory".

    Returns
    -------
    dict
        Index to the left end and middle height of its label, and to the point of it that is nearest to
        the dot, in the units of the axes.
    """
    width, height = PLANE_SIZE
    left, right = map(math.log, TPP_ENDS)
    bottom, top = map(math.log, PLANE_ENDS[name])
    x, y = np.log(np.reshape(np.asarray(dots, dtype=float), (-1, 2))).T
    at = np.column_stack((width * (x - left) / (right - left), height * (top - y) / (top - bottom)))
    marks, room = np.hstack((at - 5, at + 5)), np.array([[0, 0, width, height]])
    taken = np.empty((0, 4))
    places = {}
    for index, text in labels.items():
        wide, (x, y) = 6.6 * len(text) + 2, at[index]
        offsets = np.array(list(itertools.product((8, -8 - wide, -wide / 2), (0, -9, 9, -17, 17, -26, 26))))
        start = at[index] + offsets - (0, 7)
        boxes = np.hstack((start, start + (wide, 14)))
        outside = wide * 14 - _shared(boxes, room)
        cost = 9 * (_shared(boxes, taken) + outside) + _shared(boxes, marks) + 4 * np.arange(len(boxes))
        box = boxes[int(np.argmin(cost))]
        taken = np.vstack((taken, box))
        near = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
        places[index] = tuple(
            value
            for across, down in ((box[0], box[1] + 7), near)
            for value in (
                math.exp(left + across / width * (right - left)),
                math.exp(top - down / height * (top - bottom)),
            )
        )
    return places


def _shared(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Area that each box (left, top, right, bottom) shares with all the others together, square pixels."""
    one, other = boxes[:, None], others[None]
    sides = np.minimum(one[..., 2:], other[..., 2:]) - np.maximum(one[..., :2], other[..., :2])
    return np.prod(np.maximum(0.0, sides), axis=-1).sum(axis=1)


def _boxes(x_scale: alt.Scale, y_scale: alt.Scale) -> alt.Chart:
    fields = ("region", "x1", "x2", "y1", "y2", "kind", "data_centre", "citation")
    box = (
        alt.Chart(alt.InlineData(values=[{}]))
        .transform_calculate(row="panel.boxes")
        .transform_flatten(["row"])
        .transform_filter("isValid(datum.row)")
        .transform_calculate(**{f: f"datum.row.{f}" for f in fields})
    )
    return box.mark_rect(opacity=0.16, stroke=charts.SOFT_INK, strokeOpacity=0.9).encode(
        x=alt.X("x1:Q", scale=x_scale),
        x2="x2:Q",
        y=alt.Y("y1:Q", scale=y_scale),
        y2="y2:Q",
        color=alt.Color(
            "kind:N",
            legend=None,
            scale=alt.Scale(
                domain=["item", "notice", "letter", "limit"],
                range=[REFUSED, charts.YELLOW, charts.ORANGE, charts.BLUE],
            ),
        ),
        tooltip=[
            alt.Tooltip("region:N", title="Region"),
            alt.Tooltip("data_centre:N", title="For"),
            alt.Tooltip("citation:N", title="Source"),
        ],
    )


def _chip_dots(points: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    return points.mark_point(filled=True, size=80, stroke=charts.INK, strokeWidth=0.6, opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color(
            "status:N",
            title="To China, that day",
            scale=_status_scale(),
            legend=alt.Legend(orient="right", values=charts.signal("statuses")),
        ),
        shape=alt.Shape(
            "made_for:N",
            title="Made for",
            scale=alt.Scale(domain=list(MADE_FOR), range=["circle", "square"]),
            legend=alt.Legend(orient="right"),
        ),
        tooltip=[
            alt.Tooltip("chip:N", title="Chip"),
            alt.Tooltip("vendor:N", title="Maker"),
            alt.Tooltip("tpp:Q", title="TPP", format=",.0f"),
            alt.Tooltip("y:Q", title="Other axis", format=",.3~g"),
            alt.Tooltip("status:N", title="To China"),
        ],
    )


# --- design a chip ------------------------------------------------------------------------------


def designer_chart() -> alt.LayerChart:
    """One bar a dated test: how far the designed chip lies from the line of the limb that decides."""
    bars = charts.live("test", "order", "margin", "exact", "effect", "words", "limb", "citation", "now")
    ends = alt.Scale(domain=list(MARGIN_ENDS))
    y = alt.Y("test:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=alt.Axis(labelLimit=280))
    x = alt.X(
        "margin:Q",
        title="← below the line | above it →   per cent of the line, of the limb that decides (cut off at -100 and 200)",
        scale=ends,
        axis=alt.Axis(values=list(range(-100, 201, 50))),
    )
    drawn = bars.mark_bar(height=12).encode(
        x=x,
        y=y,
        color=alt.Color(
            "effect:N",
            scale=alt.Scale(domain=list(_EFFECT_COLOURS), range=list(_EFFECT_COLOURS.values())),
            legend=alt.Legend(orient="top", title=None, columns=4),
        ),
        opacity=alt.condition("datum.now", alt.value(1), alt.value(0.35)),
        tooltip=[
            alt.Tooltip("words:N", title="Test"),
            alt.Tooltip("limb:N", title="Tightest limb"),
            alt.Tooltip("exact:N", title="Distance"),
            alt.Tooltip("citation:N", title="Source"),
        ],
    )
    labels = (
        bars.transform_calculate(at="datum.margin < 0 ? 2 : datum.margin + 2")
        .mark_text(align="left", fontSize=12)
        .encode(x=alt.X("at:Q", scale=ends), y=y, text="exact:N")
    )
    zero = (
        alt.Chart(alt.InlineData(values=[{"zero": 0}]))
        .mark_rule(color=charts.INK)
        .encode(x=alt.X("zero:Q", scale=ends))
    )
    return (drawn + zero + labels).properties(
        width=365,
        padding={**ROOM, "right": 55},  # labels of the longest bars
        height=260,
        title=charts.title(
            charts.signal("title"),
            "One bar a dated test: what it asks, and of what. Green: it asks nothing of this chip; faint: not in force that day",
            "Source: data/rules/thresholds.csv with its citations.",
        ),
        description=(
            "Bar chart: for each dated test of the rules, how far the designed chip lies from the line of the limb that decides,"
            " in per cent, and whether the test is met. The sentences with the chart give paragraph, limbs and source."
        ),
    )


# --- how close did they sail? -------------------------------------------------------------------


def margins_chart() -> alt.LayerChart:
    """The margins of the cut-down chips, each to its own line."""
    table = studies.margins().dropna(subset=["below_percent"])
    table["what"] = table["limb"].map(studies.quantity) + " (" + table["paragraph"] + ")"
    lines, near = table["what"].nunique(), int((table["below_percent"] < 5).sum())
    order = table["chip"].tolist()
    base = alt.Chart(alt.InlineData(values=table.to_dict("records")))
    y = alt.Y("chip:N", title=None, sort=order)
    x = alt.X("below_percent:Q", title="Per cent below the line", scale=alt.Scale(domainMin=0))
    bars = base.mark_bar(height=16, color=STATUS_COLOURS[studies.FREE]).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("chip:N", title="Chip"),
            alt.Tooltip("words:N", title="Test"),
            alt.Tooltip("citation:N", title="Source"),
        ],
    )
    words = (
        base.transform_calculate(text="format(datum.below_percent, '.1f') + '%  ' + datum.what")
        .mark_text(align="left", dx=5)
        .encode(x=x, y=y, text="text:N")
    )
    return (bars + words).properties(
        width=charts.WIDTH - 330,
        height=26 * len(order),
        title=charts.title(
            f"{len(table)} cut-down chips stay under {lines} lines, {near} of the chips by less than 5%",
            "Short bar: near. Distance of the chip from the line that its design answers, per cent of the line",
            "Source: data/chips.csv, data/rules/thresholds.csv; several inputs are reported or estimated.",
        ),
        description=(
            "Bar chart of how far each China part stays below the line it was designed for: "
            + "; ".join(f"{r.chip} {r.below_percent:.1f}% ({studies.quantity(r.limb)})" for r in table.itertuples())
            + "."
        ),
    )


# --- the status map -----------------------------------------------------------------------------


READ = ("A800", "H20")  # the rows that the text follows


def _bold_where_read() -> Any:
    return alt.condition(alt.FieldOneOfPredicate("value", list(READ)), alt.value("bold"), alt.value("normal"))


def status_map(destination: str = "China") -> alt.LayerChart:
    """All chips, month by month: what a sale to one place asked."""
    runs = studies.spells(destination)
    months = runs.groupby("status")["months"].sum()
    rows = runs.assign(
        name=runs["chip"].map(studies.short),
        start=runs["start"].dt.strftime("%Y-%m-%d"),
        end=runs["end"].dt.strftime("%Y-%m-%d"),
    )[["name", "status", "start", "end", "paragraph"]]
    order = rows["name"].drop_duplicates().tolist()
    changed = int((rows["name"].value_counts() > 1).sum())
    chinese = runs.loc[runs["chinese"], "chip"].map(studies.short)
    bars = (
        alt.Chart(alt.InlineData(values=rows.to_dict("records")))
        .mark_bar(height=9)
        .encode(
            x=alt.X(
                "start:T",
                title=None,
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(format="%Y", tickCount="year", orient="top"),
            ),
            x2="end:T",
            y=alt.Y(
                "name:N",
                title=None,
                sort=order,
                axis=alt.Axis(labelFontSize=12, ticks=False, domain=False, labelFontWeight=_bold_where_read()),
            ),
            color=alt.Color(
                "status:N",
                title=f"A sale to {destination}",
                scale=_status_scale(),
                legend=alt.Legend(orient="bottom", columns=3, values=statuses_of(rows["status"])),
            ),
            stroke=alt.condition(alt.FieldOneOfPredicate("name", list(READ)), alt.value(charts.INK), alt.value(None)),
            tooltip=[
                alt.Tooltip("name:N", title="Chip"),
                alt.Tooltip("status:N", title="Status"),
                alt.Tooltip("paragraph:N", title="Paragraph"),
                alt.Tooltip("start:N", title="From"),
                alt.Tooltip("end:N", title="To"),
            ],
        )
    )
    divider = (
        alt.Chart(alt.InlineData(values=[{"name": name} for name in chinese[:1]]))
        .mark_rule(color=charts.INK, strokeWidth=1.5)
        .encode(y=alt.Y("name:N", sort=order, bandPosition=0))
    )
    return (bars + divider).properties(
        width=charts.WIDTH - 180,
        height=14 * len(order),
        title=charts.title(
            f"Rules changed, not the chips: {changed} of {len(order)} rows change colour",
            f"What a sale to {destination} from the US asked, by month from launch; below the line: Chinese makers",
            "Framed: the A800 and the H20. Source: our classifier over data/chips.csv and data/rules/; state at the first day of a month.",
        ),
        description=(
            f"Map of {len(order)} chips by month from August 2022: what a sale to {destination} asked. Chip-months: "
            + "; ".join(f"{status} {count}" for status, count in months.items())
            + "."
        ),
    )


def answers_table(cases: Iterable[Mapping[str, Any]], caption: str) -> page.Table:
    """Several questions to the classifier as a table: `studies.answers` with a caption."""
    return page.table(studies.answers(cases), caption)
