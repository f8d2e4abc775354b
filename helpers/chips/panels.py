"""Charts and panels of 14_chips_compared: ratios, a map, systems, a reader's weighting, volumes.

Wiring over `helpers.chips.model`: specifications come from ``data/``, the arithmetic from there.
"""

from __future__ import annotations

import html
import math
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.chips.studies import PLAN, short, tagged
from helpers.core import data
from helpers.core.words import from_to, listed
from helpers.show import charts, page
from helpers.show.panel import Choice, Number, Panel, State

# Words of a measure -> (column of chips.table, unit, short words for sentences).
MEASURES = {
    "bf16": ("fp16_bf16_tflops_dense", "TFLOPS", "BF16 compute"),
    "fp8": ("fp8_tflops_dense", "TFLOPS", "FP8 compute"),
    "memory": ("memory_gb", "GB", "memory"),
    "memory_bandwidth": ("memory_bandwidth_gb_s", "GB/s", "memory bandwidth"),
    "link": ("link_bidir_gb_s", "GB/s", "link"),
    "power": ("tdp_w", "W", "power limit"),
    "price": ("price_usd", "USD", "price"),
}
AXIS_WORDS = {
    "bf16": "Dense BF16 compute",
    "fp8": "Dense FP8 compute",
    "memory": "Memory",
    "memory_bandwidth": "Memory bandwidth",
    "link": "Link, both directions",
    "power": "Power limit",
    "price": "Price",
}
_PERFORMANCE = ("bf16", "fp8", "memory", "memory_bandwidth", "link")

US, CUT, CHINESE = "US design, sold widely", "US design, made for China", "Chinese design"
GROUPS = (US, CUT, CHINESE)
_COLOURS = [charts.BLUE, charts.ORANGE, charts.VERMILION]
_SHAPES = ["circle", "triangle-up", "square"]

COMPARED = [
    "H800 SXM5 80GB", "H20 96GB", "H200 SXM 141GB", "B30A", "MI308X", "A800 SXM4 80GB", "Gaudi 2 HL-225B", "L20",
    "RTX PRO 6000D", "Ascend 910B", "Ascend 910C", "Atlas 350", "Ascend 950PR", "Ascend 950DT", "Siyuan 590",
    "BR100", "MetaX C500", "MTT S5000",
]  # fmt: skip
REFERENCES = ["H100 SXM5 80GB", "H200 SXM 141GB", "A100 SXM4 80GB", "MI300X", "B200", "GB300 GPU"]
STORY = [
    "A800 SXM4 80GB", "H100 SXM5 80GB", "H800 SXM5 80GB", "H20 96GB", "H200 SXM 141GB", "B200", "B30A",
    "Ascend 910B", "Ascend 910C", "Atlas 350", "Ascend 950DT",
]  # fmt: skip
FIELD = [*STORY, "MI325X", "MI308X", "Siyuan 590", "BR100", "Zhenwu 810E (PPU)"]


def group(row: Any) -> str:
    """Which of `GROUPS` a row of ``chips.table()`` belongs to."""
    if row.vendor_home == "CN":
        return CHINESE
    return CUT if row.china_part in (True, "yes") else US


def _ends(row: pd.Series, measure: str) -> tuple[float, float, float]:
    """Low, central and high value of a measure of one chip; NaN where not known."""
    column = MEASURES[measure][0]
    if measure == "price":
        low, high = float(row["price_usd_low"]), float(row["price_usd_high"])
        return low, (low + high) / 2, high
    low, central, high = (float(row[c]) for c in (f"{column}_low", column, f"{column}_high"))
    return low, central, high


def _times(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _span(low: float, high: float) -> str:
    return from_to(_times(low), _times(high))


# --- ratios -------------------------------------------------------------------------------------


def ratio_rows(frame: pd.DataFrame, chip: str, reference: str, equal_compute: bool = False) -> list[dict[str, Any]]:
    """One chip, or as many as match the reference's dense BF16 compute, against one reference chip.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    chip, reference : str
        Names in its `chip` column.
    equal_compute : bool
        Multiply by the number of chips that gives the reference's dense BF16 throughput.

    Returns
    -------
    list of dict
        One a measure: low, central, high ratio, or None where either value is not known.

    Raises
    ------
    ValueError
        Equal compute is asked of a chip without a published throughput.
    """
    rows = frame.set_index("chip")
    mine, base = rows.loc[chip], rows.loc[reference]
    count = np.ones(3)
    if equal_compute:
        throughput = np.array(_ends(mine, "bf16"))
        if not (throughput > 0).all():
            raise ValueError(
                f"No dense BF16 figure of the {short(chip)} is published, so nobody can say how many match."
            )
        count = _ends(base, "bf16")[1] / throughput[::-1]  # few of them if they are fast
    out: list[dict[str, Any]] = []
    for measure, (_, unit, _words) in MEASURES.items():
        low, central, high = _ends(mine, measure)
        base_low, base_central, base_high = _ends(base, measure)
        known = not math.isnan(central) and base_central > 0
        ratio = np.array([low / base_high, central / base_central, high / base_low]) * count if known else None
        if known and equal_compute and measure == "bf16":
            ratio = np.ones(3)
        row: dict[str, Any] = {"measure": AXIS_WORDS[measure], "key": measure, "unit": unit}
        row |= (
            {"low": None, "central": None, "high": None}
            if ratio is None
            else dict(zip(("low", "central", "high"), map(float, ratio), strict=True))
        )
        row["side"] = "" if ratio is None else "more" if ratio[1] > 1.005 else "less" if ratio[1] < 0.995 else "equal"
        row["label"] = "not known" if ratio is None else "none" if ratio[2] == 0 else _span(ratio[0], ratio[2])
        out.append(row)
    return out


def _contested_html(chip: str, reference: str) -> str:
    """Contested values of both chips, each end with its source."""
    ranges, sources = data.load("chip_ranges"), data.load("sources").set_index("source_id")
    names = {column: (words, unit) for column, unit, words in MEASURES.values()}
    lines = []
    for row in ranges[ranges["chip"].isin([chip, reference]) & ranges["quantity"].isin(list(names))].itertuples():
        words, unit = names[row.quantity]
        ends = [
            f"{value:,.0f} {unit} ({html.escape(sources.loc[source, 'publisher'])}, {sources.loc[source, 'published']})"
            for value, source in ((row.low, row.low_source_id), (row.high, row.high_source_id))
        ]
        lines.append(f"{html.escape(short(row.chip))}, {words}: {ends[0]} or {ends[1]}. {html.escape(row.note)}")
    if not lines:
        return ""
    return (
        "<div style='font-size:13px;line-height:1.4;max-width:760px;color:var(--jp-ui-font-color1)'><b>Contested here</b><br>"
        + "<br>".join(lines)
        + "</div>"
    )


def _said(row: dict[str, Any]) -> str:
    words = MEASURES[row["key"]][2]
    if row["label"] == "none":
        return f"no {words}"
    return f"equal {words}" if row["label"] == "1.00" else f"{row['label']} times the {words}"


def _ratio_title(name: str, base: str, rows: list[dict[str, Any]], equal_compute: bool) -> str:
    known = {r["key"]: r for r in rows if r["central"] is not None}
    if equal_compute:
        dear = [f"{k} {_span(known[k]['low'], known[k]['high'])}" for k in ("power", "price") if k in known]
        return f"{name} to match one {base}" + (f": times {listed(dear)}" if dear else ", power and price not known")
    best = {k: known[k] for k in _PERFORMANCE if k in known}
    low, high = min(best.values(), key=lambda r: r["central"]), max(best.values(), key=lambda r: r["central"])
    words = []
    if low["side"] == "less":
        words.append(f"least {MEASURES[low['key']][2]} ({low['label']})")
    if high["side"] == "more":
        words.append(f"most {MEASURES[high['key']][2]} ({high['label']})")
    return f"{name} against {base}: " + (", ".join(words) if words else "equal in all that is known of it")


def ratio_panel(frame: pd.DataFrame) -> Panel:
    """One chip as multiples of another, one for one or for equal compute.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """

    def compute(chip: str, reference: str, equal_compute: bool) -> State:
        name, base = short(chip), short(reference)
        rows = ratio_rows(frame, chip, reference, equal_compute)
        known = [r for r in rows if r["central"] is not None]
        missing = [MEASURES[r["key"]][2] for r in rows if r["central"] is None]
        said = [_said(r) for r in known]
        if equal_compute:
            own = frame.set_index("chip")
            count = sorted(_ends(own.loc[reference], "bf16")[1] / v for v in _ends(own.loc[chip], "bf16"))
            said = [s for s, r in zip(said, known, strict=True) if r["key"] != "bf16"]
            many = _span(count[0], count[-1])
            match = f"One {name} matches" if many == "1.00" else f"{many} {name} match"
            reading = (
                f"{match} the dense BF16 compute of one {base}. All told, that is, against one {base}, {listed(said)}."
            )
        else:
            reading = f"One {name} has, against one {base}, {listed(said)}."
        if missing:
            reading += f" Not known for one of the two, or a format it lacks: {listed(missing)}."
        most = max([1.0, *(r["high"] for r in known)])
        signals = {"title": _ratio_title(name, base, rows, equal_compute), "top": most * 1.25}
        return State(rows, reading, signals, _contested_html(chip, reference))

    rows = charts.live("measure", "low", "central", "high", "label", "side")
    order = list(AXIS_WORDS.values())
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q", title="Times the reference chip (line: equal)", scale=scale, axis=alt.Axis(tickCount=8)
        )

    x = xs("central")
    y = alt.Y(
        "measure:N",
        title=None,
        sort=order,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(labelLimit=200, ticks=False, domain=False),
    )
    sides = ["less", "equal", "more"]
    bars = (
        rows.transform_filter("isValid(datum.central)")
        .mark_bar(height=17)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "side:N",
                title="Than the reference",
                scale=alt.Scale(domain=sides, range=[charts.ORANGE, charts.GREY, charts.BLUE]),
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=[alt.Tooltip("measure:N", title="Measure"), alt.Tooltip("label:N", title="Times the reference")],
        )
    )
    spans = (
        rows.transform_filter("isValid(datum.central) && datum.high > datum.low * 1.001")
        .mark_rule(strokeWidth=3, color=charts.INK)
        .encode(x=xs("low"), x2="high", y=y)
    )
    words = (
        rows.transform_calculate(at="isValid(datum.high) ? datum.high : 0")
        .mark_text(align="left", dx=6, fontSize=12)
        .encode(x=xs("at"), y=y, text="label:N")
    )
    one = (
        alt.Chart(alt.InlineData(values=[{"one": 1}]))
        .mark_rule(color=charts.INK, strokeDash=[4, 3])
        .encode(x=xs("one"))
    )
    chart = (bars + one + spans + words).properties(
        width=charts.WIDTH - 190,
        height=30 * len(order),
        title=charts.title(
            charts.signal("title"),
            "Ratio to the reference, dense throughput; black bars: range of sources, bins or prices",
            "Source: data/chips.csv and data/chip_ranges.csv; one source or more a row.",
        ),
        description="Bar chart of seven ratios of one chip to a reference chip: dense BF16 and FP8 compute, memory, memory bandwidth, link, power limit and price. The sentence above gives the numbers.",
    )
    return Panel(
        "What it has, against another chip",
        [
            Choice("chip", "Chip", [(short(c), c) for c in COMPARED], "H20 96GB"),
            Choice("reference", "Against", [(short(c), c) for c in REFERENCES], chips.REFERENCE),
            Choice(
                "equal_compute",
                "How many",
                [("one for one", False), ("as many as match its BF16 compute", True)],
                False,
            ),
        ],
        compute,
        chart,
        presets={
            "H800": {"chip": "H800 SXM5 80GB"},
            "H20": {},
            "H20, equal compute": {"equal_compute": True},
            "H200": {"chip": "H200 SXM 141GB"},
            "B30A": {"chip": "B30A"},
            "910C": {"chip": "Ascend 910C"},
            "950DT (plan)": {"chip": "Ascend 950DT"},
        },
    )


def gave_up_table(frame: pd.DataFrame) -> page.Table:
    """What each cut part kept of the part it was cut from, by measure."""
    words = {
        "bf16": "Compute",
        "memory": "Memory",
        "memory_bandwidth": "Memory bandwidth",
        "link": "Link",
        "power": "Power limit",
    }
    kept = chips.gave_up(frame)
    wide = kept.pivot(index=["chip", "cut_from"], columns="measure", values="kept")[list(words)]
    no_link = kept[(kept["measure"] == "link") & (kept["original"] == 0)]["chip"].tolist()
    # An FP4 chip without a BF16 figure is compared by TPP, the rules' own measure of compute.
    tpp = kept[kept["measure"] == "tpp"].set_index(["chip", "cut_from"])["kept"]
    wide["bf16"] = wide["bf16"].fillna(tpp)
    shown = wide.map(lambda v: "not known" if pd.isna(v) else f"{v:.0%}")
    shown.loc[shown.index.get_level_values("chip").isin(no_link), "link"] = "none on either"
    own = frame.set_index("chip")
    for chip, source in wide.index:
        for measure in words:
            low, _, high = _ends(own.loc[chip], measure)
            base = _ends(own.loc[source], measure)[1]
            if high > low and base > 0:
                shown.loc[(chip, source), measure] = f"{low / base:.0%} to {high / base:.0%}"
    dates = own["launch_date"]
    shown = shown.reset_index()
    shown["year"] = shown["chip"].map(dates).dt.year.astype(str)
    shown = shown.sort_values("chip", key=lambda c: c.map(dates), kind="stable")
    shown[["chip", "cut_from"]] = shown[["chip", "cut_from"]].map(short)
    shown = (
        shown.set_index("chip").rename(columns={"cut_from": "Cut from", "year": "Year", **words}).rename_axis("Part")
    )
    shown = shown[["Year", "Cut from", *words.values()]]
    return page.table(shown, "What each part made for China kept of the part it was cut from, by launch")


# --- the map ------------------------------------------------------------------------------------

_MAP_WIDTH, _MAP_HEIGHT = charts.WIDTH - 60, 400
_NAMED = [
    "H100 SXM5 80GB",
    "H20 96GB",
    "H800 SXM5 80GB",
    "H200 SXM 141GB",
    "Ascend 910C",
    "Ascend 910B",
    "B30A",
    "Ascend 950DT",
    "Atlas 350",
]


def _domain(values: list[float]) -> tuple[float, float]:
    return min(values) / 1.35, max(values) * 1.6


def place_names(points: list[dict[str, Any]], x: tuple[float, float], y: tuple[float, float]) -> None:
    """Give each point, first ones first, a free place for its name: `name_x`, `name_y`, or an empty name.

    Parameters
    ----------
    points : list of dict
        With `x`, `y`, `name`; changed in place.
    x, y : pair of float
        Ends of the log axes.
    """

    def pixel(value: float, ends: tuple[float, float], size: float) -> float:
        return size * math.log(value / ends[0]) / math.log(ends[1] / ends[0])

    def value(pixels: float, ends: tuple[float, float], size: float) -> float:
        return ends[0] * (ends[1] / ends[0]) ** (pixels / size)

    at = [(pixel(p["x"], x, _MAP_WIDTH), pixel(p["y"], y, _MAP_HEIGHT)) for p in points]
    taken = [(px - 5, py - 5, px + 5, py + 5) for px, py in at]
    for point, (px, py) in zip(points, at, strict=True):  # names keep off the ranges too
        left, right = (pixel(point.get(f"x_{end}", point["x"]), x, _MAP_WIDTH) for end in ("low", "high"))
        bottom, top = (pixel(point.get(f"y_{end}", point["y"]), y, _MAP_HEIGHT) for end in ("low", "high"))
        taken += [(left - 2, py - 2, right + 2, py + 2), (px - 2, bottom - 2, px + 2, top + 2)]
    for point, (px, py) in zip(points, at, strict=True):
        half = 3.4 * len(point["name"])
        places = [
            (px + 9 + half, py),
            (px - 9 - half, py),
            (px, py + 14),
            (px, py - 14),
            (px + half + 5, py + 15),
            (px + half + 5, py - 15),
            (px - half - 5, py + 15),
            (px - half - 5, py - 15),
        ]
        for cx, cy in places:
            box = (cx - half, cy - 6, cx + half, cy + 6)
            inside = box[0] > 0 and box[2] < _MAP_WIDTH and box[1] > 0 and box[3] < _MAP_HEIGHT
            if inside and not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
                taken.append(box)
                point |= {"name_x": value(cx, x, _MAP_WIDTH), "name_y": value(cy, y, _MAP_HEIGHT)}
                break
        else:
            point |= {"name": "", "name_x": point["x"], "name_y": point["y"]}


def map_panel(frame: pd.DataFrame) -> Panel:
    """Chips by two measures on log axes, ranges as rules, the H100 as cross-hairs.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``; accelerators for data centres are drawn.
    """
    # One mark a chip: the bins of the 910B are its range, and a superchip is two GPUs.
    parts = frame["chip"].str.contains(r"superchip|910B\d")
    drawn = frame[(frame["kind"] == "accelerator") & (frame["datacenter"] != "no") & ~parts].reset_index(drop=True)
    plans = drawn["status"].str.contains(PLAN)

    def compute(x: str, y: str, which: str, with_plans: bool) -> State:
        keep = drawn if with_plans else drawn[~plans]
        chosen = [r for _, r in keep.iterrows() if not which or group(r) == which or r["chip"] == chips.REFERENCE]
        points, missing = [], 0
        reference = drawn.set_index("chip").loc[chips.REFERENCE]
        for row in chosen:
            xs, ys = _ends(row, x), _ends(row, y)
            if not (xs[1] > 0 and ys[1] > 0):
                missing += 1
                continue
            points.append(
                {
                    "x": xs[1], "x_low": xs[0], "x_high": xs[2], "y": ys[1], "y_low": ys[0], "y_high": ys[2],
                    "name": short(row["chip"]), "chip": row["chip"], "group": group(row), "status": row["status"],
                    "plan": bool(PLAN.search(row["status"])), "rank": _NAMED.index(row["chip"]) if row["chip"] in _NAMED else len(_NAMED),
                }
            )  # fmt: skip
        hx, hy = _ends(reference, x)[1], _ends(reference, y)[1]
        ends = {
            axis: _domain([h, *(p[f"{axis}_low"] for p in points), *(p[f"{axis}_high"] for p in points)])
            for axis, h in (("x", hx), ("y", hy))
        }
        points.sort(key=lambda p: p.pop("rank"))
        _merge_names(points)
        place_names(points, ends["x"], ends["y"])
        wx, wy = MEASURES[x][2], MEASURES[y][2]
        others = [p for p in points if p["chip"] != chips.REFERENCE]
        better = {g: [p for p in others if p["group"] == g and p["x"] > hx and p["y"] > hy] for g in GROUPS}
        counts = {g: sum(p["group"] == g for p in others) for g in GROUPS}
        kinds = ((US, "US designs sold widely"), (CUT, "US designs made for China"), (CHINESE, "Chinese designs"))
        parts = [f"{len(better[g])} of {counts[g]} {words}" for g, words in kinds if counts[g]]
        if x == y:
            reading = f"Both axes show {wx}, so all {len(points)} chips lie on one line; choose two measures."
        elif not parts:
            reading = f"No chip of this kind has both {wx} and {wy} published."
        else:
            reading = f"Above the H100 in both {wx} and {wy}: {listed(parts)}."
        if missing:
            reading += f" {missing} more {'is' if missing == 1 else 'are'} not drawn: a value is not published, or there is no link or no such format."
        total = sum(len(b) for b in better.values())
        title = (
            f"{total} of {len(others)} chips drawn beat the H100 in both {wx} and {wy}"
            if x != y
            else "One measure, one line"
        )
        words = {axis: f"{AXIS_WORDS[m]} ({MEASURES[m][1]}, log scale)" for axis, m in (("x", x), ("y", y))}
        signals = {"title": title, "hx": hx, "hy": hy, "x_title": words["x"], "y_title": words["y"]}
        for axis, (low, high) in ends.items():
            signals |= {f"{axis}_from": low, f"{axis}_to": high}
        return State(points, reading, signals)

    fields = (
        "x",
        "x_low",
        "x_high",
        "y",
        "y_low",
        "y_high",
        "name",
        "name_x",
        "name_y",
        "chip",
        "group",
        "status",
        "plan",
    )
    base = charts.live(*fields)
    scales = {
        axis: alt.Scale(type="log", domain=[charts.signal(f"{axis}_from"), charts.signal(f"{axis}_to")], nice=False)
        for axis in "xy"
    }
    axis = {"grid": True, "tickCount": 5, "format": "~s", "labelOverlap": True}

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scales["x"], title=None, axis=alt.Axis(**axis))

    def ys(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scales["y"], title=None, axis=alt.Axis(**axis))

    colour = alt.Color(
        "group:N",
        title=None,
        scale=alt.Scale(domain=list(GROUPS), range=_COLOURS),
        legend=alt.Legend(orient="bottom", symbolSize=110, offset=34),
    )
    shape = alt.Shape("group:N", title=None, scale=alt.Scale(domain=list(GROUPS), range=_SHAPES))
    tip = [
        alt.Tooltip("chip:N", title="Chip"),
        alt.Tooltip("status:N", title="Status"),
        alt.Tooltip("x:Q", title="Across", format=",.4~g"),
        alt.Tooltip("y:Q", title="Up", format=",.4~g"),
    ]
    one = alt.Chart(alt.InlineData(values=[{}]))
    cross_x = one.transform_calculate(x="panel.hx").mark_rule(color=charts.GREY, strokeDash=[4, 3]).encode(x=xs("x"))
    cross_y = one.transform_calculate(y="panel.hy").mark_rule(color=charts.GREY, strokeDash=[4, 3]).encode(y=ys("y"))
    wide = (
        base.transform_filter("datum.x_high > datum.x_low")
        .mark_rule(strokeWidth=2)
        .encode(x=xs("x_low"), x2="x_high", y=ys("y"), color=colour)
    )
    tall = (
        base.transform_filter("datum.y_high > datum.y_low")
        .mark_rule(strokeWidth=2)
        .encode(x=xs("x"), y=ys("y_low"), y2="y_high", color=colour)
    )
    solid = (
        base.transform_filter("!datum.plan")
        .mark_point(filled=True, size=75, opacity=0.9)
        .encode(x=xs("x"), y=ys("y"), color=colour, shape=shape, tooltip=tip)
    )
    hollow = (
        base.transform_filter("datum.plan")
        .mark_point(filled=False, size=75, strokeWidth=2)
        .encode(x=xs("x"), y=ys("y"), color=colour, shape=shape, tooltip=tip)
    )
    names = base.mark_text(fontSize=12).encode(x=xs("name_x"), y=ys("name_y"), text="name:N")
    axis_words = {"align": "left", "fontSize": 13, "color": charts.SOFT_INK, "baseline": "middle"}
    up = (
        one.transform_calculate(words="'↑ ' + panel.y_title")
        .mark_text(**axis_words)
        .encode(x=alt.value(0), y=alt.value(-14), text="words:N")
    )
    across = (
        one.transform_calculate(words="'→ ' + panel.x_title")
        .mark_text(**axis_words)
        .encode(x=alt.value(0), y=alt.value(_MAP_HEIGHT + 34), text="words:N")
    )
    chart = (cross_x + cross_y + wide + tall + solid + hollow + names + up + across).properties(
        width=_MAP_WIDTH,
        height=_MAP_HEIGHT,
        title=charts.title(
            charts.signal("title"),
            "One mark a chip; hollow: plans and reports; rules: range of sources; dashed lines: the H100. Log axes",
            "Source: data/chips.csv, data/chip_ranges.csv. Names that would overlap are in the tips.",
        ),
        description="Scatter chart of chips by two measures on logarithmic axes, with US designs, US designs made for China and Chinese designs told apart by shape and colour, and cross-hairs at the H100.",
    )
    choices = [(f"{AXIS_WORDS[m]} ({MEASURES[m][1]})", m) for m in AXIS_WORDS]
    return Panel(
        "Chips by two measures",
        [
            Choice("x", "Across", choices, "bf16"),
            Choice("y", "Up", choices, "memory_bandwidth"),
            Choice("which", "Chips", [("all", ""), *((g, g) for g in GROUPS)], ""),
            Choice("with_plans", "Plans and unconfirmed reports", [("drawn, hollow", True), ("left out", False)], True),
        ],
        compute,
        chart,
        presets={
            "Compute, bandwidth": {},
            "Compute, link": {"y": "link"},
            "Memory, bandwidth": {"x": "memory"},
            "Made for China": {"which": CUT},
            "Chinese, no plans": {"which": CHINESE, "with_plans": False},
        },
    )


def _merge_names(points: list[dict[str, Any]]) -> None:
    """Chips in one place share one name."""
    first: dict[tuple[float, float], dict[str, Any]] = {}
    for point in points:
        place = (point["x"], point["y"])
        if place in first:
            if len(first[place]["name"]) < 22:
                first[place]["name"] += f", {point['name']}"
            point["name"] = ""
        else:
            first[place] = point


# --- the reader's weighting -----------------------------------------------------------------------

_WEIGHTS = {"bf16": "compute", "memory": "memory", "memory_bandwidth": "bandwidth", "link": "link"}


def ranked(frame: pd.DataFrame, names: list[str], weights: dict[str, float]) -> pd.DataFrame:
    """Chips by weighted score, the best first; those with a missing value last.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    names : list of str
        Chips to rank.
    weights : dict
        Measure to weight, see ``chips.weighted_score``.

    Returns
    -------
    DataFrame
        chip, low, score, high (H100 = 1), missing (words of the measures not known), rank from 1.
    """
    rows = frame[frame["chip"].isin(names)]
    scores = {end: chips.weighted_score(rows, weights, end=end) for end in ("low", "central", "high")}
    table = rows.set_index("chip")
    missing = {
        chip: [MEASURES[m][2] for m, w in weights.items() if w > 0 and math.isnan(table.loc[chip, MEASURES[m][0]])]
        for chip in table.index
    }
    out = (
        pd.DataFrame({"low": scores["low"], "score": scores["central"], "high": scores["high"]})
        .rename_axis("chip")
        .reset_index()
    )
    out["missing"] = out["chip"].map(missing)
    out = out.sort_values("score", ascending=False, kind="stable", na_position="last").reset_index(drop=True)
    return out.assign(rank=np.arange(1, len(out) + 1))


def weighting_panel(frame: pd.DataFrame) -> Panel:
    """The reader weighs compute, memory, memory bandwidth and link; chips are ranked against the H100.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """
    groups = {row.chip: group(row) for row in frame.itertuples()}
    names_of = {row.chip: tagged(row.chip, row.status) for row in frame.itertuples()}

    def compute(bf16: float, memory: float, memory_bandwidth: float, link: float, field: str) -> State:
        weights = {"bf16": bf16, "memory": memory, "memory_bandwidth": memory_bandwidth, "link": link}
        if not any(weights.values()):
            raise ValueError("all four weights are 0, so nothing counts. Raise at least one.")
        table = ranked(frame, STORY if field == "story" else FIELD, weights)
        rows = [
            {
                "chip": names_of[r.chip], "plan": "(" in names_of[r.chip], "group": groups[r.chip], "rank": int(r.rank),
                "low": None if r.missing else float(r.low), "score": None if r.missing else float(r.score), "high": None if r.missing else float(r.high),
                "label": f"no score: {listed(r.missing)} not known" if r.missing else _span(r.low, r.high),
            }
            for r in table.itertuples()
        ]  # fmt: skip
        known = table[table["missing"].str.len() == 0]
        others = known[known["chip"] != chips.REFERENCE]

        def named(rows: pd.DataFrame) -> str:
            return (
                listed([f"{names_of[r.chip]} {_span(r.low, r.high)}" for r in rows.itertuples()])
                if len(rows)
                else "none"
            )

        above, below = others[others["low"] > 1.005], others[others["high"] < 0.995]
        level = others.drop(above.index).drop(below.index)
        shares = listed([f"{_WEIGHTS[m]} {s:.0%}" for m, s in chips.normalised(weights).items() if s > 0])
        reading = f"Weights: {shares}. Above the H100: {named(above)}."
        if len(level):
            reading += f" Level with it, or either way within the sources: {named(level)}."
        reading += f" Below: {named(below)}."
        without = table[table["missing"].str.len() > 0]
        if len(without):
            reading += f" Not ranked, since a value is missing: {listed([names_of[c] for c in without['chip']])}."
        chinese = others[others["chip"].map(groups) == CHINESE]
        lead = chinese[chinese["low"] > 1.005]
        title = f"At these weights {len(above)} of {len(others)} chips beat the H100" + (
            f", {len(lead)} of them of Chinese design" if len(lead) else "; no Chinese design does"
        )
        top = max(1.0, float(known["high"].max()))
        return State(rows, reading, {"title": title, "top": top * 1.3, "last": len(rows) + 0.6})

    base = charts.live("chip", "plan", "group", "rank", "low", "score", "high", "label")
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)
    y_scale = alt.Scale(domain=[0.4, charts.signal("last")], reverse=True, nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, title="Weighted score (H100 = 1)", axis=alt.Axis(tickCount=8))

    y = alt.Y("rank:Q", scale=y_scale, axis=None)
    colour = alt.Color(
        "group:N",
        title=None,
        scale=alt.Scale(domain=list(GROUPS), range=_COLOURS),
        legend=alt.Legend(orient="bottom", symbolSize=110),
    )
    scored = base.transform_filter("isValid(datum.score)")
    stems = scored.transform_calculate(zero="0").mark_rule(color=charts.RULE).encode(x=xs("zero"), x2="score", y=y)
    spans = (
        scored.transform_filter("datum.high > datum.low")
        .mark_rule(strokeWidth=3)
        .encode(x=xs("low"), x2="high", y=y, color=colour)
    )
    marks = {
        "x": xs("score"),
        "y": y,
        "color": colour,
        "shape": alt.Shape("group:N", title=None, scale=alt.Scale(domain=list(GROUPS), range=_SHAPES)),
        "tooltip": [
            alt.Tooltip("chip:N", title="Chip"),
            alt.Tooltip("label:N", title="Score"),
            alt.Tooltip("group:N", title="Kind"),
        ],
    }
    dots = scored.transform_filter("!datum.plan").mark_point(filled=True, size=110, opacity=1).encode(**marks)
    hollow = (
        scored.transform_filter("datum.plan")
        .mark_point(filled=False, size=95, strokeWidth=2, fill="white")
        .encode(**marks)
    )
    labels = (
        base.transform_calculate(at="isValid(datum.high) ? datum.high : 0")
        .mark_text(align="left", dx=9, fontSize=12)
        .encode(x=xs("at"), y=y, text="label:N")
    )
    names = base.mark_text(align="right", dx=-8, fontSize=12).encode(x=alt.value(0), y=y, text="chip:N")
    one = (
        alt.Chart(alt.InlineData(values=[{"one": 1}]))
        .mark_rule(color=charts.INK, strokeDash=[4, 3])
        .encode(x=xs("one"))
    )
    chart = (stems + one + spans + dots + hollow + labels + names).properties(
        width=charts.WIDTH - 170,
        height=22 * len(FIELD),
        title=charts.title(
            charts.signal("title"),
            "Weighted geometric mean of ratios to the H100, best first. Bars: range of sources; hollow: plan or report",
            "Source: data/chips.csv, data/chip_ranges.csv; the weights are yours.",
        ),
        description="Ranked dot chart of chips by a weighted score with the H100 at one. Order and distance change with the four weights; the sentence above the chart names the chips above and below.",
    )
    return Panel(
        "What “more powerful” weighs",
        [
            Number("bf16", "Weight of compute (dense BF16)", "0 to 10", 0, 10, 5, 1),
            Number("memory", "Weight of memory capacity", "0 to 10", 0, 10, 5, 1),
            Number("memory_bandwidth", "Weight of memory bandwidth", "0 to 10", 0, 10, 5, 1),
            Number("link", "Weight of the link", "0 to 10", 0, 10, 5, 1),
            Choice("field", "Chips", [("NVIDIA and Huawei", "story"), ("more makers", "all")], "story"),
        ],
        compute,
        chart,
        presets={
            "Compute alone": {"memory": 0, "memory_bandwidth": 0, "link": 0},
            "Memory alone": {"bf16": 0, "memory_bandwidth": 0, "link": 0},
            "Link alone": {"bf16": 0, "memory": 0, "memory_bandwidth": 0},
            "Writing an answer": {"bf16": 0, "memory": 2, "memory_bandwidth": 8, "link": 0},
            "Training on many": {"bf16": 6, "memory": 2, "memory_bandwidth": 2, "link": 4},
        },
    )


# --- systems ------------------------------------------------------------------------------------

SYSTEMS = [
    "HGX H20 (8 GPU)",
    "HGX H100 (8 GPU)",
    "HGX H200 (8 GPU)",
    "HGX B200 (8 GPU)",
    "GB200 NVL72",
    "GB300 NVL72",
    "CloudMatrix 384",
]


def times_per_pflop(
    systems: pd.DataFrame, system: str = "CloudMatrix 384", reference: str = "GB200 NVL72"
) -> pd.DataFrame:
    """Ratios per dense BF16 petaFLOP/s of one system to another: low, central, high by quantity."""
    per = chips.per_pflop(systems)
    mine, base = per.loc[system], per.loc[reference]

    def ends(row: pd.Series, quantity: str) -> tuple[float, float, float]:
        if f"{quantity}_low" in row:
            return row[f"{quantity}_low"], row[quantity], row[f"{quantity}_high"]
        return (row[quantity],) * 3

    out = {}
    for quantity in (
        "accelerator_count",
        "power_kw",
        "price_usd",
        "hbm_capacity_tb",
        "hbm_bandwidth_tb_s",
        "scale_up_bandwidth_tb_s",
    ):
        a, b = ends(mine, quantity), ends(base, quantity)
        out[quantity] = (a[0] / b[2], a[1] / b[1], a[2] / b[0])
    return pd.DataFrame.from_dict(out, orient="index", columns=["low", "central", "high"])


def systems_chart(systems: pd.DataFrame) -> alt.TopLevelMixin:
    """Chips, power and price for each dense BF16 petaFLOP/s, by system."""
    per = chips.per_pflop(systems).loc[SYSTEMS]
    home = systems.set_index("system")["vendor_home"]
    ratio = times_per_pflop(systems)
    kind = [CHINESE if home[s] == "CN" else CUT if "H20 " in s else US for s in per.index]
    measures = {
        "Chips": (per["accelerator_count"],) * 3,
        "Power (kW)": (per["power_kw_low"], per["power_kw"], per["power_kw_high"]),
        "Price (1,000 USD)": (
            per["price_usd_low"] / 1e3,
            per["price_usd"] / 1e3,
            per["price_usd_high"] / 1e3,
        ),
    }
    panels = []
    for place, (words, (low, central, high)) in enumerate(measures.items()):
        rows = [
            {
                "system": s,
                "kind": k,
                "low": a,
                "value": b,
                "high": c,
                "label": _span(a, c) if b == b else "not published",
            }
            for s, k, a, b, c in zip(per.index, kind, low, central, high, strict=True)
        ]
        known = [r for r in rows if r["value"] == r["value"]]
        unknown = [{"system": r["system"], "label": r["label"]} for r in rows if r["value"] != r["value"]]
        y = alt.Y(
            "system:N", sort=SYSTEMS, title=None, scale=alt.Scale(domain=SYSTEMS),
            axis=alt.Axis(labels=place == 0, ticks=False, domain=False, grid=False),
        )  # fmt: skip
        ends = [min(r["low"] for r in known) / 1.6, max(r["high"] for r in known) * 3.2]
        scale = alt.Scale(type="log", domain=ends, nice=False)
        x_axis = alt.Axis(tickCount=4, format="~g", grid=False, labelOverlap=True)
        colour = alt.Color(
            "kind:N",
            title=None,
            scale=alt.Scale(domain=list(GROUPS), range=_COLOURS),
            legend=alt.Legend(orient="bottom", symbolSize=110),
        )
        base = alt.Chart(alt.InlineData(values=known))

        def xs(field: str, words: str = words, scale: alt.Scale = scale, axis: alt.Axis = x_axis) -> alt.X:
            return alt.X(f"{field}:Q", title=f"{words}, log scale", scale=scale, axis=axis)

        spans = base.mark_rule(strokeWidth=3).encode(x=xs("low"), x2="high:Q", y=y, color=colour)
        dots = base.mark_point(filled=True, size=90, opacity=1).encode(
            x=xs("value"), y=y, color=colour,
            shape=alt.Shape("kind:N", title=None, scale=alt.Scale(domain=list(GROUPS), range=_SHAPES)),
            tooltip=[alt.Tooltip("system:N", title="System"), alt.Tooltip("label:N", title=words)],
        )  # fmt: skip
        names = base.mark_text(align="left", dx=8, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
        layers = spans + dots + names
        if unknown:
            layers += (
                alt.Chart(alt.InlineData(values=unknown))
                .mark_text(align="left", dx=4, fontSize=12, color=charts.SOFT_INK)
                .encode(x=alt.value(0), y=y, text="label:N")
            )
        panels.append(layers.properties(width=168, height=28 * len(SYSTEMS)))
    chips_times, power = ratio.loc["accelerator_count", "central"], ratio.loc["power_kw"]
    return alt.hconcat(*panels, spacing=14).properties(
        title=charts.title(
            f"Per petaFLOP, CloudMatrix 384 takes {chips_times:.1f} times the chips, {power['low']:.1f} to {power['high']:.1f} times the power",
            "Against a GB200 NVL72; needed for each dense BF16 petaFLOP/s; bars: range of published values; log axes",
            "Source: data/systems.csv (CloudMatrix: SemiAnalysis, April 2025; its maker publishes no power figure).",
        ),
        description=(
            f"Three dot charts of chips, power and price per dense BF16 petaFLOP for {len(SYSTEMS)} systems on log axes. CloudMatrix 384 takes"
            f" {chips_times:.1f} times the chips and {power['low']:.1f} to {power['high']:.1f} times the power of a GB200 NVL72."
        ),
    )


def systems_table(systems: pd.DataFrame) -> page.Table:
    """CloudMatrix 384 against GB200 NVL72: totals, and ratios per petaFLOP."""
    rows = systems.set_index("system")
    mine, base = rows.loc["CloudMatrix 384"], rows.loc["GB200 NVL72"]
    ratio = times_per_pflop(systems)

    def total(row: pd.Series, key: str) -> str:
        low, high = (row[f"{key}_{end}"] if f"{key}_low" in row else row[key] for end in ("low", "high"))
        low, high = (v / 1e6 if key == "price_usd" else v for v in (low, high))
        return from_to(f"{low:,.4g}", f"{high:,.4g}")

    words = {
        "bf16_pflops_dense": "Dense BF16 (petaFLOP/s)", "accelerator_count": "Chips", "power_kw": "Power (kW)", "price_usd": "Price (million USD)",
        "hbm_capacity_tb": "Memory (TB)", "hbm_bandwidth_tb_s": "Memory bandwidth (TB/s)", "scale_up_bandwidth_tb_s": "Links (TB/s)",
    }  # fmt: skip
    frame = pd.DataFrame(
        {
            "CloudMatrix 384": [total(mine, k) for k in words],
            "GB200 NVL72": [total(base, k) for k in words],
            "Ratio, per petaFLOP": [
                "1"
                if k not in ratio.index
                else " to ".join(dict.fromkeys(f"{ratio.loc[k, end]:.1f}" for end in ("low", "high")))
                for k in words
            ],
        },
        index=pd.Index(words.values(), name="Quantity"),
    )
    return page.table(frame, "Two systems: totals, and CloudMatrix over NVL72 for each petaFLOP")


# --- sales and volumes --------------------------------------------------------------------------

BASES = {
    "nvidia-china-revenue-billing": "by billing address, as first reported",
    "nvidia-china-revenue-headquarters": "by customer’s headquarters, recast",
}


def revenue_points(volumes: pd.DataFrame) -> pd.DataFrame:
    """NVIDIA's China revenue by quarter, each basis by itself; `run` changes where a quarter is missing."""
    rows = volumes[volumes["series"].isin(list(BASES)) & (volumes["period_kind"] == "quarter")]
    rows = rows.sort_values(["series", "period_end"]).assign(basis_words=rows["series"].map(BASES))
    gap = rows.groupby("series")["period_start"].transform(lambda s: s.diff().dt.days.gt(100).cumsum())
    return rows.assign(run=rows["series"] + "-" + gap.astype(int).astype(str))


def both_bases(volumes: pd.DataFrame) -> pd.DataFrame:
    """Periods known on both bases, with the two revenues in billion USD and headquarters over billing."""
    rows = volumes[volumes["series"].isin(list(BASES))]
    wide = rows.pivot(index=["period_end", "period_kind", "period_label"], columns="series", values="central")[
        list(BASES)
    ].dropna()
    wide = wide.set_axis(["billing", "headquarters"], axis=1)
    return wide.assign(times=wide["headquarters"] / wide["billing"]).reset_index()


def yearly_revenue(volumes: pd.DataFrame, series: str = "nvidia-china-revenue-headquarters") -> pd.Series:
    """NVIDIA's China revenue of its fiscal years on one basis, billion USD, by label."""
    rows = volumes[(volumes["series"] == series) & (volumes["period_kind"] == "year")]
    return rows.set_index("period_label")["central"]


def revenue_chart(volumes: pd.DataFrame) -> alt.LayerChart:
    """NVIDIA's China revenue on its two bases: two series, never joined."""
    points = revenue_points(volumes)
    both = both_bases(volumes)
    both = both[both["period_kind"] == "quarter"]
    rows = [
        {
            "day": r.period_end.strftime("%Y-%m-%d"), "quarter": r.period_label, "value": float(r.central), "basis": r.basis_words,
            "run": r.run, "nature": r.nature,
        }
        for r in points.itertuples()
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows))
    basis_scale = alt.Scale(domain=list(BASES.values()), range=[charts.BLUE, charts.VERMILION])
    colour = alt.Color(
        "basis:N", title="China revenue", scale=basis_scale,
        legend=alt.Legend(orient="top", labelLimit=320, symbolSize=110),
    )  # fmt: skip
    x = alt.X(
        "day:T",
        title="Quarter ending",
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
    )
    y = alt.Y("value:Q", title="Billion USD a quarter", scale=alt.Scale(domainMin=0, nice=True))
    lines = base.mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, detail="run:N")
    shape = alt.Shape(
        "basis:N", title="China revenue", scale=alt.Scale(domain=list(BASES.values()), range=["circle", "square"])
    )
    tip = [
        alt.Tooltip("quarter:N", title="NVIDIA’s quarter"),
        alt.Tooltip("value:Q", title="Billion USD"),
        alt.Tooltip("basis:N", title="Basis"),
        alt.Tooltip("nature:N", title="Value"),
    ]
    counted = (
        base.transform_filter("datum.nature == 'counted'")
        .mark_point(filled=True, size=70, opacity=1)
        .encode(x=x, y=y, color=colour, shape=shape, tooltip=tip)
    )
    derived = (
        base.transform_filter("datum.nature != 'counted'")
        .mark_point(filled=True, fill="white", size=70, strokeWidth=2, opacity=1)
        .encode(x=x, y=y, stroke=alt.Stroke("basis:N", scale=basis_scale, legend=None), shape=shape, tooltip=tip)
    )
    times = both["times"]
    return (lines + counted + derived).properties(
        width=charts.WIDTH - 60,
        height=260,
        title=charts.title(
            f"The same quarter counts {times.min():.1f} to {times.max():.1f} times as much by headquarters as by billing address",
            "NVIDIA’s revenue from China with Hong Kong, all products; hollow: by subtraction; the two series are never joined",
            "Source: data/volumes.csv (NVIDIA’s filings, partly through an aggregator).",
        ),
        description=(
            f"Line chart of NVIDIA’s quarterly China revenue, {points['period_end'].dt.year.min()} to {points['period_end'].dt.year.max()}, as two separate series:"
            f" by billing address to mid 2025, and by customer headquarters from late 2024. Where both exist the second is {times.min():.1f} to {times.max():.1f} times the first."
        ),
    )


_UNITS = {
    "nvidia-h20-08": "H20 in China, 2024 (analyst)",
    "nvidia-h20-09": "H20 implied by revenue, early 2025 (ours)",
    "idc-china-2025-02": "NVIDIA cards of all kinds, 2025 (IDC)",
    "nvidia-h200-china-01": "H200 orders, early 2026 (press)",
    "nvidia-h200-china-03": "H200 delivered by August 2026 (press)",
    "ascend-production-02": "Ascend, 2025 (three sources)",
    "ascend-production-04": "of these 910C, 2025 (press)",
    "ascend-production-05": "910C planned, 2026 (press)",
    "ascend-production-08": "Ascend if memory limits, 2026 (analyst)",
    "cambricon-02": "Cambricon, 2025 (IDC, Goldman Sachs)",
}
_NATURES = {
    "counted": "counted",
    "estimate": "estimated",
    "derived": "estimated",
    "plan": "planned, forecast or claimed",
    "forecast": "planned, forecast or claimed",
    "claim": "planned, forecast or claimed",
}


def units_chart(volumes: pd.DataFrame) -> alt.LayerChart:
    """Chips counted, estimated and planned: one row a statement, disagreeing sources as ranges."""
    table = volumes.set_index("volume_id").loc[list(_UNITS)]
    rows = [
        {
            "words": _UNITS[i], "low": float(r.low if r.low == r.low else r.central) / 1e3, "value": float(r.central) / 1e3,
            "high": float(r.high if r.high == r.high else r.central) / 1e3, "nature": _NATURES[r.nature], "note": r.note,
        }
        for i, r in table.iterrows()
    ]  # fmt: skip
    for row in rows:
        row["label"] = f"{row['low']:,.0f}" if row["low"] == row["high"] else f"{row['low']:,.0f} to {row['high']:,.0f}"
    order = list(_UNITS.values())
    natures = list(dict.fromkeys(_NATURES.values()))
    base = alt.Chart(alt.InlineData(values=rows))
    y = alt.Y(
        "words:N",
        title=None,
        sort=order,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(labelLimit=300, ticks=False, domain=False, grid=False),
    )
    scale = alt.Scale(type="log", domain=[10, 12000], nice=False)
    axis = alt.Axis(values=[10, 100, 1000, 10000], format=",", grid=False)
    x_words = "Thousand chips or cards (log scale)"

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=x_words, scale=scale, axis=axis)

    colour = alt.Color(
        "nature:N",
        title="The number was",
        scale=alt.Scale(domain=natures, range=[charts.BLUE, charts.ORANGE, charts.PURPLE]),
        legend=alt.Legend(orient="bottom", symbolSize=110, labelLimit=300),
    )
    shape = alt.Shape(
        "nature:N", title="The number was", scale=alt.Scale(domain=natures, range=["circle", "triangle-up", "diamond"])
    )
    spans = base.mark_rule(strokeWidth=3).encode(x=xs("low"), x2="high:Q", y=y, color=colour)
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=xs("value"), y=y, color=colour, shape=shape,
        tooltip=[alt.Tooltip("words:N", title="What"), alt.Tooltip("label:N", title="Thousand"), alt.Tooltip("note:N", title="Note")],
    )  # fmt: skip
    labels = base.mark_text(align="left", dx=9, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
    ascend = table.loc["ascend-production-02"]
    return (spans + dots + labels).properties(
        width=charts.WIDTH - 320,
        height=26 * len(order),
        title=charts.title(
            f"Sources on Ascend output in 2025 differ by a factor of {ascend['high'] / ascend['low']:.0f}, because they count different things",
            "Thousand units; bars: from the lowest to the highest source; log axis; rows must not be added",
            "Source: data/volumes.csv, each row with its source and basis.",
        ),
        description=(
            f"Range chart of {len(order)} statements on units of AI chips for China on a log axis, marked by whether the number was counted, estimated or planned."
            f" Ascend output in 2025 runs from {ascend['low']:,.0f} to {ascend['high']:,.0f}."
        ),
    )
