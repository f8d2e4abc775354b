"""Charts and panels of 22_without_euv: pitches and passes, where the penalty lies, wafers, density, CSET.

Wiring over `helpers.lithography.model`: values come from ``data/``, the arithmetic from there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.words import from_to, true_minus
from helpers.lithography import model as litho
from helpers.show import charts, page
from helpers.show.panel import Choice, Number, Panel, State

PART_COLOURS = [charts.BLUE, charts.SKY, charts.GREY, charts.YELLOW, charts.ORANGE, charts.VERMILION]
DUV_TOOLS = ["NXT:1980i", "NXT:2000i", "NXT:2050i", "NXT:2150i"]
EUV_TOOL, EUV_K1 = "NXE:3800E", 0.35  # 28.6 nm: single EUV exposures stop at 28 to 32 nm in practice
EUV_NAME = "EUV, one exposure"
WAFER_USD = 8000.0  # half of the 16,000 that N5 is said to have sold for: a gross margin of 50%
_OURS = "step costs are our assumptions (process_costs.csv)."


def multiple() -> list[str]:
    """The schemes that expose a layer more than once, or divide its pitch."""
    return [name for name in litho.schemes() if name != "single"]


def _span(low: float, high: float, form: str = ",.0f") -> str:
    return from_to(f"{low:{form}}", f"{high:{form}}")


def _ratio(values: np.ndarray, ends_only: bool = False) -> str:
    """Central value and range of a ratio over `litho.layer_cases`, in words."""

    def say(ratio: float) -> str:
        return f"{ratio:,.0f}" if ratio >= 9.95 else f"{ratio:.1f}"

    ends = from_to(say(values.min()), say(values.max()))
    if ends_only:
        return ends
    return f"{say(values[0])} times" + (f" ({ends})" if "to" in ends else "")


def _count(number: float, one: str, more: str) -> str:
    return f"{number:g} {one if number == 1 else more}"


def _signed(usd: float) -> str:
    return "±0" if abs(usd) < 0.5 else true_minus(f"{usd:+,.0f}")


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}"


def _axis_x(field: str, title: str, top: Any) -> alt.X:
    scale = alt.Scale(domain=[0, top], nice=False)
    return alt.X(f"{field}:Q", title=title, scale=scale, axis=alt.Axis(tickCount=6))


def _names_y(field: str, names: Sequence[str]) -> alt.Y:
    axis = alt.Axis(labelLimit=170, ticks=False, domain=False)
    return alt.Y(f"{field}:N", title=None, scale=alt.Scale(domain=list(names)), axis=axis)


def _colour(field: str, names: Sequence[str], colours: Sequence[str], **legend: Any) -> alt.Color:
    key = alt.Legend(orient="bottom", **legend)
    return alt.Color(f"{field}:N", title=None, scale=alt.Scale(domain=list(names), range=list(colours)), legend=key)


def _shape(field: str, names: Sequence[str], shapes: Sequence[str]) -> alt.Shape:
    return alt.Shape(f"{field}:N", title=None, scale=alt.Scale(domain=list(names), range=list(shapes)))


def _tips(fields: Mapping[str, str], form: str = "") -> list[alt.Tooltip]:
    return [
        alt.Tooltip(f, title=t, **({"format": form} if f.endswith(":Q") and form else {})) for f, t in fields.items()
    ]


def _level(y: alt.Y) -> alt.Chart:
    """A dashed line at 1, over the field ``one`` of `y`."""
    rule = alt.Chart(alt.InlineData(values=[{"one": 1}])).mark_rule(color=charts.INK, strokeDash=[4, 3])
    return rule.encode(y=y)


# --- what 193 nm light can print --------------------------------------------------------------------


def pitch_rows(pitch: float, k1: float, tool: str, step_factor: float) -> list[dict[str, Any]]:
    """One row a scheme: can it print the pitch, in how many exposures, at what cost a layer.

    Parameters
    ----------
    pitch : float
        Target in nm.
    k1 : float
        Process factor of immersion; EUV is taken at `EUV_K1`.
    tool : str
        Immersion scanner, see ``litho.scanner``.
    step_factor : float
        Scales the assumed cost of films, etch, clean and measurement.

    Returns
    -------
    list of dict
        name, prints, smallest (nm), passes and cost (low, central, high; EUR), parts (central; EUR),
        ratio (cost over that of one EUV exposure, in the cases of ``litho.layer_cases``). EUV is last.
    """
    rows = []
    for name, scanner in [*((s, tool) for s in litho.schemes()), ("single", EUV_TOOL)]:
        euv = scanner == EUV_TOOL
        optics = litho.scanner(scanner)
        smallest = litho.smallest_pitch_nm(name, EUV_K1 if euv else k1, optics.wavelength_nm, optics.numerical_aperture)
        cases = litho.layer_cases(name, scanner, EUV_TOOL, step_factor)
        rows.append(
            {
                "name": EUV_NAME if euv else name,
                "prints": bool(smallest <= pitch + 1e-9),
                "smallest": float(smallest),
                "passes": litho.passes(name),
                "cost": litho.layer_range(name, scanner, step_factor),
                "parts": litho.layer_cost(name, scanner, step_factor=step_factor),
                "ratio": cases[:, 1] / cases[:, 2],
            }
        )
    return rows


def _pitch_marks(row: dict[str, Any]) -> list[dict[str, Any]]:
    """A row of `pitch_rows` as marks: one span with its words, and a bar for each part."""
    low, _, high = row["cost"]
    exposures = _span(row["passes"][0], row["passes"][2])
    words = f"{exposures} {'exposure' if exposures == '1' else 'exposures'}, {low:,.0f} to {high:,.0f} EUR"
    blank = {"scheme": row["name"], "part": "", "start": 0.0, "end": 0.0, "low": 0.0, "high": 0.0, "label": words}
    if not row["prints"]:
        label = f"too coarse: stops at {row['smallest']:.1f} nm"
        return [{**blank, "label": label, "kind": "span", "prints": False}]
    marks: list[dict[str, Any]] = [{**blank, "low": low, "high": high, "kind": "span", "prints": True}]
    edge = 0.0
    for part in litho.COST_PARTS:
        end = edge + float(row["parts"][part])
        marks.append({**blank, "kind": "part", "part": part, "start": edge, "end": end, "prints": True})
        edge = end
    return marks


def _pitch_words(pitch: float, k1: float, found: list[dict[str, Any]]) -> tuple[str, str]:
    """The sentence and the title of the pitch panel."""
    duv, euv = [r for r in found[:-1] if r["prints"]], found[-1]
    stops = f" One EUV exposure will not do either: at k1 = {EUV_K1:g} it stops at {euv['smallest']:.1f} nm."
    if not duv:
        finest = min(r["smallest"] for r in found[:-1])
        reading = f"No scheme here prints {pitch:g} nm with 193 nm light at k1 = {k1:g}: four-fold division stops at {finest:.1f} nm."
        return reading + stops, f"{pitch:g} nm is out of reach of 193 nm light, divided by four"
    best = min(duv, key=lambda r: r["cost"][1])
    n = _span(best["passes"][0], best["passes"][2])
    times = "1 exposure" if n == "1" else f"{n} exposures"
    low, central, high = best["cost"]
    takes = "A single exposure is the cheapest, at" if n == "1" else f"The cheapest, {best['name']}, takes {times} and"
    reading = (
        f"At {pitch:g} nm {len(duv)} of {len(found) - 1} schemes work with 193 nm light."
        f" {takes} {central:,.0f} EUR a wafer and layer ({low:,.0f} to {high:,.0f})."
    )
    title = f"{pitch:g} nm in DUV takes {times}"
    if not euv["prints"]:
        return reading + stops.replace(" either", ""), f"{title}; one in EUV is not enough"
    low, central, high = euv["cost"]
    reading += f" One EUV exposure takes {central:,.0f} EUR ({low:,.0f} to {high:,.0f}): without EUV the layer costs {_ratio(best['ratio'])} that."
    return reading, f"{title}, {_ratio(best['ratio'], True)} times the cost of one in EUV"


def pitch_panel() -> Panel:
    """Which schemes print a pitch, in how many exposures, and what the layer costs, part by part."""
    names = [*litho.schemes(), EUV_NAME]

    def compute(pitch: float, k1: float, tool: str, step_factor: float) -> State:
        found = pitch_rows(pitch, k1, tool, step_factor)
        reading, title = _pitch_words(pitch, k1, found)
        top = max([r["cost"][2] for r in found if r["prints"]] + [100.0])
        marks = [mark for row in found for mark in _pitch_marks(row)]
        return State(marks, reading, {"title": title, "top": top * 1.62})

    base = charts.live("scheme", "kind", "part", "start", "end", "low", "high", "label", "prints")
    y = _names_y("scheme", names)
    top, words_x = charts.signal("top"), "EUR a wafer and layer (bars: central assumptions)"
    bars = (
        base.transform_filter("datum.kind == 'part'")
        .mark_bar(height=17)
        .encode(
            x=_axis_x("start", words_x, top),
            x2="end",
            y=y,
            color=_colour("part", litho.COST_PARTS, PART_COLOURS, columns=3),
            tooltip=_tips({"scheme:N": "Scheme", "part:N": "Part"}),
        )
    )
    spans = base.transform_filter("datum.kind == 'span' && datum.high > datum.low")
    ranges = spans.mark_rule(strokeWidth=2, color=charts.INK).encode(x=_axis_x("low", words_x, top), x2="high", y=y)
    ends = spans.mark_tick(thickness=2, size=12, color=charts.INK).encode(x=_axis_x("high", words_x, top), y=y)
    words = (
        base.transform_filter("datum.kind == 'span'")
        .mark_text(align="left", dx=7, fontSize=12)
        .encode(
            x=_axis_x("high", words_x, top),
            y=y,
            text="label:N",
            color=alt.condition("datum.prints", alt.value(charts.INK), alt.value("#767676")),
        )
    )
    chart = (bars + ranges + ends + words).properties(
        width=charts.WIDTH - 130,
        height=30 * len(names),
        title=charts.title(
            charts.signal("title"),
            f"Cost of one layer by scheme; black: range of cut masks and assumed costs. EUV at k1 {EUV_K1:g}",
            f"Source: data/patterning.csv, scanners.csv; {_OURS}",
        ),
        description="Stacked bar chart of the cost of printing one layer by patterning scheme, with a range for each, and words where a scheme is too coarse for the pitch. One EUV exposure is the last bar.",
    )
    return Panel(
        "What 193 nm light can print",
        [
            Number("pitch", "Pitch: one line and one space", "nm", 14, 100, 40, 0.5),
            Number("k1", "Process factor k1 (0.25 at best)", "", 0.25, 0.4, 0.27, 0.01),
            Choice("tool", "Immersion scanner", DUV_TOOLS, "NXT:2000i"),
            Number("step_factor", "Cost of films, etch, clean", "times ours", 0, 3, 1, 0.25),
        ],
        compute,
        chart,
        presets={
            "80 nm": {"pitch": 80},
            "40 nm": {},
            "32.5 nm (N+3)": {"pitch": 32.5},
            "28 nm": {"pitch": 28},
            "Steps for nothing": {"pitch": 32.5, "step_factor": 0},
            "20 nm": {"pitch": 20, "k1": 0.25},
        },
    )


# --- where the penalty comes from ----------------------------------------------------------------------

_STAGES = ("with EUV", *litho.COST_PARTS, "fewer good dies", "without EUV")


def penalty(
    scheme: str,
    layers: float,
    tool: str,
    defects_per_pass: float,
    wafers_per_month: float,
    die_area_mm2: float = 665.61,
) -> dict[str, Any]:
    """What replacing EUV layers by a scheme adds to a good die, part by part, and in tools and days.

    Parameters
    ----------
    scheme, tool : str
        As in ``litho.layer_cost``.
    layers : float
        Layers that one EUV exposure each would print.
    defects_per_pass : float
        Per cm2, for each exposure beyond the first of a layer.
    wafers_per_month : float
        Capacity for which scanners are counted.
    die_area_mm2 : float
        The Ascend 910B's by default.

    Returns
    -------
    dict
        ``stages`` (name to USD a good die, `_STAGES` without the ends as differences, central
        assumptions), ``ratio`` (cost of a good die without EUV over that with, in the cases of
        ``litho.layer_cases``), ``passes`` (low, high, all layers), ``scanners`` and ``days``
        (low, high), ``euv_scanners``.
    """
    cases = litho.layer_cases(scheme, tool, EUV_TOOL)
    base_d0 = litho.node_range("TSMC", "N5", "d0_per_cm2")[1]
    duv_pass = cases[:, 1] / cases[:, 0]
    flow = litho.without_euv(
        WAFER_USD, layers, cases[:, 0], cases[:, 2], duv_pass, base_d0, defects_per_pass, die_area_mm2
    )
    first, last = float(flow["die_euv_usd"]), float(flow["die_duv_usd"][0])
    euv, duv = litho.layer_cost("single", EUV_TOOL), litho.layer_cost(scheme, tool)
    scale = layers * litho.assumption("usd_per_eur")[1] * first / WAFER_USD
    stages = {"with EUV": first, **{p: float(duv[p] - euv[p]) * scale for p in litho.COST_PARTS}}
    stages |= {"fewer good dies": last - sum(stages.values()), "without EUV": last}
    low, _, high = litho.passes(scheme)
    quick, _, slow = litho.assumption("days_per_pass")
    rate, euv_rate = (litho.scanner(t).wafers_per_hour for t in (tool, EUV_TOOL))
    return {
        "stages": stages,
        "ratio": flow["die_ratio"],
        "passes": (layers * low, layers * high),
        "scanners": [float(litho.scanners_needed(wafers_per_month, layers * n, rate)) for n in (low, high)],
        "euv_scanners": float(litho.scanners_needed(wafers_per_month, layers, euv_rate)),
        "days": [float(litho.cycle_days(layers * (n - 1), d)) for n, d in ((low, quick), (high, slow))],
    }


def _penalty_words(scheme: str, layers: float, capacity: float, out: dict[str, Any]) -> tuple[str, str]:
    """The sentence and the title of the penalty panel."""
    stages = out["stages"]
    first, last = stages["with EUV"], stages["without EUV"]
    if layers == 0:
        return f"No layer is replaced: a good die costs {first:,.0f} USD either way.", "Nothing to replace, no penalty"
    rise = {
        "exposures": sum(stages[p] for p in litho.COST_PARTS[:3]),
        "other steps": sum(stages[p] for p in litho.COST_PARTS[3:]),
        "lost dies": stages["fewer good dies"],
    }
    replaced = _count(layers, "layer", "layers")
    scanners = [math.ceil(n) for n in out["scanners"]]
    tools = f"{_span(*scanners)} immersion {'scanner' if scanners[1] == 1 else 'scanners'} in place of {math.ceil(out['euv_scanners'])} in EUV"
    reading = (
        f"{replaced} by {scheme}: {_span(*out['passes'])} exposures in place of {layers:g}. A good die costs {last:,.0f} USD in place of {first:,.0f},"
        f" {_ratio(out['ratio'])} as much. In USD: {', '.join(f'{k} {_signed(v)}' for k, v in rise.items())}; the scanner alone {_signed(stages['scanner'])}."
        f" At {capacity:g} thousand wafers a month it takes {tools}, and {_span(*out['days'])} days more a wafer."
    )
    if last < first * 1.05:
        return (
            reading,
            f"{replaced} by {scheme}: about the same cost of a good die ({_ratio(out['ratio'], True)} times)",
        )
    most = max(rise, key=rise.get)
    return reading, f"{replaced} by {scheme}: good die {_ratio(out['ratio'])} the cost; mostly {most}"


def penalty_panel() -> Panel:
    """Cost of a good die built up from EUV to multiple patterning: steps, tools, days, yield."""

    def compute(scheme: str, layers: float, tool: str, defects: float, capacity: float) -> State:
        out = penalty(scheme, layers, tool, defects / 1000, capacity * 1000)
        rows, level = [], 0.0
        for stage in _STAGES:
            amount = out["stages"][stage]
            whole = stage in ("with EUV", "without EUV")
            start, end = (0.0, amount) if whole else (level, level + amount)
            level = end
            kind = "sum" if whole else "more" if amount > 0 else "less"
            label = f"{amount:,.0f}" if whole else _signed(amount)
            rows.append(
                {"stage": stage, "start": start, "end": end, "at": max(start, end), "kind": kind, "label": label}
            )
        reading, title = _penalty_words(scheme, layers, capacity, out)
        return State(rows, reading, {"title": title, "top": max(r["at"] for r in rows) * 1.14})

    base = charts.live("stage", "start", "end", "at", "kind", "label")
    y, top, words_x = _names_y("stage", _STAGES), charts.signal("top"), "USD a good die of 666 mm²"
    shades = alt.Scale(domain=["sum", "more", "less"], range=[charts.BLUE, charts.VERMILION, charts.GREEN])
    bars = base.mark_bar(height=18).encode(
        x=_axis_x("start", words_x, top),
        x2="end",
        y=y,
        color=alt.Color("kind:N", scale=shades, legend=None),
        tooltip=_tips({"stage:N": "Part", "label:N": "USD a good die"}),
    )
    words = base.mark_text(align="left", dx=6, fontSize=12).encode(x=_axis_x("at", words_x, top), y=y, text="label:N")
    chart = (bars + words).properties(
        width=charts.WIDTH - 150,
        height=28 * len(_STAGES),
        title=charts.title(
            charts.signal("title"),
            "Bars: central case; red: more, green: less. Defects a pass: our assumption, no foundry publishes any",
            f"Source: data/scanners.csv, patterning.csv, nodes.csv; {_OURS}",
        ),
        description="Waterfall chart from the cost of a good die with EUV to the cost without: scanner, running and resist, masks, films, etch and clean, measurement, and dies lost to added defects.",
    )
    return Panel(
        "Where the penalty comes from",
        [
            Choice(
                "scheme",
                "In place of one EUV exposure",
                [(f"{name} ({litho.scheme(name).words})", name) for name in multiple()],
                "SADP",
            ),
            Number("layers", "Printed that way", "layers", 0, 30, 14, 1),
            Choice("tool", "Immersion scanner", DUV_TOOLS, "NXT:2000i"),
            Number("defects", "Killer defects a pass adds", "per 1,000 cm²", 0, 10, 3, 0.5),
            Number("capacity", "Wafer starts a month", "thousand", 5, 100, 45, 1),
        ],
        compute,
        chart,
        presets={
            "SADP, 14 layers": {},
            "SAQP, 14 layers": {"scheme": "SAQP"},
            "LE4, 14 layers": {"scheme": "LE4"},
            "SAQP, clean passes": {"scheme": "SAQP", "defects": 0},
            "SAQP, 5 layers": {"scheme": "SAQP", "layers": 5},
        },
    )


# --- a wafer under the reader's assumptions ---------------------------------------------------------------

_LINES = {"a good die": "die_ratio", "a wafer": "wafer_ratio"}


def wafer_flow(layers: float, passes: Any, defects_per_pass: float, area: float, d0: float) -> dict[str, np.ndarray]:
    """``litho.without_euv`` in the cases of ``litho.layer_cases`` for a pass that no scheme is named for.

    Parameters
    ----------
    layers, defects_per_pass, area, d0 : float
        As in ``litho.without_euv`` (die in mm2, defects per cm2).
    passes : scalar or array
        DUV passes in place of one EUV exposure.

    Returns
    -------
    dict of str to ndarray
        Of shape passes x 9: the central case, then every corner of the assumed costs.
    """
    _, duv_pass, euv = litho.layer_cases("single").T
    return litho.without_euv(
        WAFER_USD, layers, np.asarray(passes)[..., None], euv, duv_pass, d0, defects_per_pass, area
    )


def wafer_panel() -> Panel:
    """Cost of a wafer and of a good die, without EUV over with EUV, by passes a layer."""
    grid = np.arange(1.0, 8.01, 0.25)

    def compute(layers: float, passes: float, defects: float, area: float, d0: float) -> State:
        at = np.append(grid, passes)  # the reader's own setting is the last row
        flow = wafer_flow(layers, at, defects / 1000, area, d0)
        rows = [
            {
                "passes": float(n), "line": line, "low": float(v.min()), "central": float(v[0]), "high": float(v.max()),
                "here": i == len(grid),
            }
            for line, key in _LINES.items()
            for i, (n, v) in enumerate(zip(at, flow[key], strict=True))
        ]  # fmt: skip
        wafer, die = flow["wafer_ratio"][-1], flow["die_ratio"][-1]
        d0_after, good, before = (float(np.ravel(flow[k])[-1]) for k in ("d0", "yield_duv", "yield_euv"))
        reading = (
            f"{_count(layers * (passes - 1), 'pass', 'passes')} more: the wafer costs {_ratio(wafer)} as much as the {WAFER_USD:,.0f} USD with EUV."
            f" Defects go from {d0:.2f} to {d0_after:.2f} per cm², the yield of a die of {area:g} mm² from {_percent(before)} to {_percent(good)}."
            f" A good die costs {_ratio(die)} as much."
        )
        title = f"Without EUV: wafer {_ratio(wafer, True)} times, good die {_ratio(die, True)} times the cost"
        return State(rows, reading, {"title": title, "top": max(r["high"] for r in rows) * 1.08})

    base = charts.live("passes", "line", "low", "central", "high", "here")
    x = alt.X("passes:Q", title="DUV passes in place of one EUV exposure", scale=alt.Scale(domain=[1, 8], nice=False))
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)

    def ys(field: str) -> alt.Y:
        axis = alt.Axis(tickCount=6, minExtent=34)
        return alt.Y(f"{field}:Q", title="Cost without EUV over cost with EUV", scale=scale, axis=axis)

    colour = alt.Color(
        "line:N",
        title="Cost of",
        scale=alt.Scale(domain=list(_LINES), range=[charts.VERMILION, charts.BLUE]),
        legend=alt.Legend(orient="bottom", symbolOpacity=1, symbolType="stroke", symbolSize=400, symbolStrokeWidth=2.5),
    )
    dash = alt.StrokeDash("line:N", title="Cost of", scale=alt.Scale(domain=list(_LINES), range=[[1, 0], [6, 3]]))
    curve, marks = base.transform_filter("!datum.here"), base.transform_filter("datum.here")
    bands = curve.mark_area(opacity=0.22).encode(x=x, y=ys("low"), y2="high", color=colour)
    middles = curve.mark_line(strokeWidth=2.5).encode(x=x, y=ys("central"), color=colour, strokeDash=dash)
    tips = _tips({"line:N": "Cost of", "low:Q": "from, times", "high:Q": "to, times"}, ".2f")
    points = marks.mark_point(filled=True, size=110, opacity=1).encode(x=x, y=ys("central"), color=colour, tooltip=tips)
    whiskers = marks.mark_rule(strokeWidth=2).encode(x=x, y=ys("low"), y2="high", color=colour)
    chart = (bands + _level(ys("one")) + middles + whiskers + points).properties(
        width=charts.WIDTH - 60,
        height=300,
        title=charts.title(
            charts.signal("title"),
            "Bands: every mix of cheap and dear assumptions on costs; defects a pass as you set them, not in the band",
            f"Source: data/process_costs.csv and scanners.csv; {_OURS}",
        ),
        description="Line chart of the cost of a wafer and of a good die without EUV, as multiples of the cost with EUV, by number of DUV passes that replace one EUV exposure, with bands for the assumptions.",
    )
    return Panel(
        "A wafer without EUV",
        [
            Number("layers", "Printed by EUV, if one had it", "layers", 0, 30, 14, 1),
            Number("passes", "In place of one EUV exposure", "DUV passes", 1, 8, 4, 0.5),
            Number("defects", "Killer defects a pass adds", "per 1,000 cm²", 0, 10, 3, 0.5),
            Number("area", "Die", "mm²", 50, 850, 650, 25),
            Number("d0", "Defect density with EUV", "per cm²", 0.05, 0.3, 0.1, 0.01),
        ],
        compute,
        chart,
        presets={
            "AI die": {},
            "Phone die": {"area": 100},
            "AI die, clean passes": {"defects": 0},
            "Four layers (as N7+)": {"layers": 4},
            "Two passes": {"passes": 2},
        },
    )


# --- what a premium and a yield make of a die ----------------------------------------------------------------


def reported_yields() -> pd.DataFrame:
    """Yields reported of SMIC's AI dies, oldest first: percent, and who said it of what and when."""
    rows = data.load("smic_evidence").query("metric == 'yield' and subject.str.startswith('Ascend')")
    rows = rows.sort_values("as_of")
    who = rows["subject"] + ", " + rows["claimed_by"] + ", " + rows["as_of"].dt.strftime("%b %Y")
    return pd.DataFrame({"percent": rows["value"], "who": who}).reset_index(drop=True)


def premium_panel() -> Panel:
    """What a good die costs a buyer against TSMC's, from a price premium and two yields."""
    own = np.linspace(5, 100, 96)
    reported = reported_yields()
    fewest, most = float(reported["percent"].min()), float(reported["percent"].max())

    def compute(premium: float, reference: float, smic: float) -> State:
        price = 1 + premium / 100

        def at(percent: Any, over: Any = price) -> np.ndarray:
            return litho.good_die_price_ratio(over, reference / 100, np.asarray(percent) / 100)

        blank = {"who": "", "low": 0.0, "high": 0.0}
        rows = [
            {**blank, "yield": float(y), "central": float(r), "kind": "curve"}
            for y, r in zip(own, at(own), strict=True)
        ]
        rows += [
            {**blank, "yield": r.percent, "central": float(at(r.percent)), "kind": "reported", "who": r.who}
            for r in reported.itertuples()
        ]
        ratio = float(at(smic))
        low, high = (float(v) for v in at(smic, [1.4, 1.5]))
        ends = {"low": min(low, ratio), "high": max(high, ratio)}
        rows.append({**blank, **ends, "yield": smic, "central": ratio, "kind": "here"})
        reading = (
            f"A wafer price {premium:g}% higher and yields of {reference:g}% (TSMC) and {smic:g}% (SMIC) make a good die {ratio:.1f} times as dear to the buyer,"
            f" a factor of {price:.2f} for the price and of {reference / smic:.2f} for the yield. At the reported premium of 40 to 50% it is {_span(low, high, '.1f')};"
            f" over the yields reported, {fewest:g} to {most:g}%, it runs from {float(at(fewest)):.1f} to {float(at(most)):.1f}."
        )
        return State(rows, reading, {"title": _premium_title(ratio, price, reference / smic)})

    base = charts.live("yield", "low", "central", "high", "kind", "who")
    x = alt.X(
        "yield:Q",
        title="SMIC's yield of this die (%)",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(tickCount=10),
    )

    def ys(field: str) -> alt.Y:
        return alt.Y(
            f"{field}:Q",
            title="Price of a good die, TSMC = 1 (log)",
            scale=alt.Scale(type="log", domain=[0.2, 50], nice=False, clamp=True),
            axis=alt.Axis(values=[0.2, 0.5, 1, 2, 5, 10, 20, 50], minExtent=34),
        )

    curve, press, mine = (base.transform_filter(f"datum.kind == '{k}'") for k in ("curve", "reported", "here"))
    line = curve.mark_line(color=charts.BLUE, strokeWidth=2).encode(x=x, y=ys("central"))
    diamonds = press.mark_point(
        filled=False, shape="diamond", size=110, strokeWidth=2, color=charts.INK, fill="white", opacity=1
    ).encode(x=x, y=ys("central"), tooltip=_tips({"who:N": "Reported by", "yield:Q": "Yield (%)"}))
    band = mine.mark_rule(strokeWidth=3, color=charts.VERMILION).encode(x=x, y=ys("low"), y2="high")
    dot = mine.mark_point(filled=True, size=120, color=charts.VERMILION, opacity=1).encode(
        x=x, y=ys("central"), tooltip=_tips({"yield:Q": "Yield (%)", "central:Q": "Times"}, ".2f")
    )
    chart = (_level(ys("one")) + line + diamonds + band + dot).properties(
        width=charts.WIDTH - 60,
        height=270,
        title=charts.title(
            charts.signal("title"),
            "Red dot: your setting. Diamonds: yields reported of Ascend dies, contested. Dashed: level with TSMC",
            "Source: Financial Times, February 2024, for the premium; data/smic_evidence.csv for the yields.",
        ),
        description="Line chart on a logarithmic axis of the price of a good SMIC die over TSMC's, falling as SMIC's yield rises, with diamonds at the yields reported of Ascend dies and a dot at the setting.",
    )
    return Panel(
        "Premium and yield",
        [
            Number("premium", "SMIC's wafer price over TSMC's", "%", 0, 100, 45, 5),
            Number("reference", "TSMC's yield of the die", "%", 20, 95, 55, 5),
            Number("smic", "SMIC's yield of the die", "%", 5, 95, 30, 5),
        ],
        compute,
        chart,
        presets={
            "20%": {"smic": 20},
            "30%": {},
            "40%": {"smic": 40},
            "50%": {"smic": 50},
            "A third of TSMC's": {"reference": 60, "smic": 20},
            "No premium": {"premium": 0},
        },
    )


def _premium_title(ratio: float, price: float, yields: float) -> str:
    title = f"Price of a good die: {'about' if 0.95 < ratio < 1.05 else f'{ratio:.1f} times'} TSMC's"
    if yields < 1 < price:
        return f"{title}; a better yield {'makes up for' if ratio < 1 else 'offsets part of'} the premium"
    if yields == price or yields < 1:
        return title
    first, second = ("yield", "premium") if yields > price else ("premium", "yield")
    return f"{title}; the {first} does more than the {second}"


def capacity_chart() -> alt.LayerChart:
    """Accounts of China's advanced capacity: wafer starts a month by year, and by whom."""
    rows = data.load("smic_evidence").query("metric in ('capacity', 'capacity_target')")
    target, bound = rows["metric"] == "capacity_target", rows["value"].isna()  # a bound: “below 20,000”
    who = rows["claimed_by"].str.split(",").str[0] + np.where(target, " (a target)", np.where(bound, " (at most)", ""))
    year = rows["as_of"].dt.strftime("%Y")
    starts = rows["value"].fillna(rows["high"])
    said = np.where(bound, "below ", "") + starts.map("{:,.0f}".format)
    frame = pd.DataFrame(
        {"end": year, "starts": starts, "said": said, "who": who, "note": rows["note"], "dy": np.where(target, -15, 16)}
    )
    names = frame["who"].drop_duplicates().tolist()
    colours = [charts.BLUE, charts.VERMILION, charts.GREEN, charts.PURPLE, charts.ORANGE][: len(names)]
    shapes = ["circle", "square", "triangle-up", "diamond", "cross"][: len(names)]
    base = alt.Chart(frame)
    x = alt.X(
        "starts:Q",
        title="Wafer starts a month",
        scale=alt.Scale(domain=[0, 120_000], nice=False),
        axis=alt.Axis(format=",d", tickCount=6),
    )
    y = alt.Y("end:N", title="Year", axis=alt.Axis(ticks=False))
    points = base.mark_point(filled=True, size=120, opacity=1).encode(
        x=x,
        y=y,
        color=_colour("who", names, colours),
        shape=_shape("who", names, shapes),
        tooltip=_tips({"who:N": "By", "starts:Q": "Wafers a month", "note:N": "Note"}, ",.0f"),
    )
    # Targets above, estimates below, so that neighbours' numbers do not meet.
    labels = [
        base.transform_filter(alt.datum.dy == dy).mark_text(dy=dy, fontSize=12).encode(x=x, y=y, text="said:N")
        for dy in (-15, 16)
    ]
    first = frame.loc[~target & ~bound & (year == year[~target].min()), "starts"]
    return alt.layer(points, *labels).properties(
        width=charts.WIDTH - 80,
        height=52 * frame["end"].nunique(),
        title=charts.title(
            f"For {year[~target].min()} two analysts differ by a factor of {first.max() / first.min():.1f}",
            "Advanced wafer starts (7 nm class and below) in China, estimates and forecasts",
            "Source: data/smic_evidence.csv; SMIC publishes no figure by node.",
        ),
        description=(
            "Dot chart of advanced wafer starts a month in China, 0 to 120,000, by year from 2025 to 2028, by Morgan Stanley, SemiAnalysis, Nikkei as an upper bound, and two reported"
            f" targets. For {year[~target].min()} the two estimates are {first.min():,.0f} and {first.max():,.0f}."
        ),
    )


# --- density is not a node name ---------------------------------------------------------------------------


def density_frame() -> pd.DataFrame:
    """Density by year: one row a node of TSMC or SMIC that has both."""
    nodes = data.load("nodes").query("role == 'range'")
    density = nodes[nodes["parameter"].isin(["peak_logic_density_mtr_per_mm2", "whole_chip_density_mtr_per_mm2"])]
    year = nodes[nodes["parameter"] == "volume_start"].set_index(["vendor", "node"])["central"].rename("year")
    out = density.join(year, on=["vendor", "node"], how="inner")
    return out[["vendor", "node", "parameter", "low", "central", "high", "year", "confidence"]].reset_index(drop=True)


def density_chart() -> alt.LayerChart:
    """Peak logic density of TSMC's and SMIC's nodes by year, with the range in print; one whole chip beside it."""
    frame = density_frame()
    whole = frame["parameter"].str.startswith("whole")
    frame["kind"] = np.where(whole, "a whole chip (Apple A14)", frame["vendor"] + ", dense logic cells")
    frame["label"] = np.where(whole, "", frame["node"])
    frame.loc[whole, "year"] += 0.25
    kinds = ["TSMC, dense logic cells", "a whole chip (Apple A14)", "SMIC, dense logic cells"]
    colour = _colour("kind", kinds, [charts.BLUE, charts.GREEN, charts.VERMILION])
    base = alt.Chart(frame.drop(columns=["parameter"]))
    x = alt.X(
        "year:Q",
        title="Start of volume production (TSMC), first product seen (SMIC)",
        scale=alt.Scale(domain=[2016.5, 2027], nice=False),
        axis=alt.Axis(format="d", tickCount=10),
    )

    def ys(field: str) -> alt.Y:
        return alt.Y(
            f"{field}:Q",
            title="Million transistors per mm² (log)",
            scale=alt.Scale(type="log", domain=[40, 260], nice=False),
            axis=alt.Axis(values=[50, 75, 100, 150, 200, 250]),
        )

    tips = _tips({f"{c}:N": c.capitalize() for c in ("node", "kind", "low", "central", "high", "confidence")})
    rules = base.mark_rule(strokeWidth=3, opacity=0.7).encode(x=x, y=ys("low"), y2="high", color=colour)
    shape = _shape("kind", kinds, ["circle", "diamond", "square"])
    points = base.mark_point(filled=True, size=95, opacity=1).encode(
        x=x, y=ys("central"), color=colour, tooltip=tips, shape=shape
    )
    names = base.mark_text(align="left", dx=8, dy=-10, fontSize=12).encode(x=x, y=ys("central"), text="label:N")
    said = [
        f"{row.node} {row.low:.0f} to {row.high:.0f}"
        for row in frame[frame["node"].isin(["N7", "N+3", "N5"]) & ~whole].itertuples()
    ]
    return (rules + points + names).properties(
        width=charts.WIDTH - 60,
        height=320,
        title=charts.title(
            "In print SMIC's N+3 of 2025 lies above TSMC's N7 and below its N5 of 2020",
            "Density of the densest logic cells; bars: range of figures in print. Log axis",
            "Source: data/nodes.csv; SMIC's figures are contested: arithmetic, press and forums.",
        ),
        description=(
            "Scatter chart of transistor density, 40 to 260 million per square millimetre on a logarithmic axis, against years from 2017 to 2026:"
            " TSMC's 10FF, N7, N5 and N3, SMIC's N+2 and N+3, each with the range of published figures, and the whole Apple A14 chip below N5's cells."
            f" {', '.join(said)}."
        ),
    )


# --- CSET rebuilt, and its critics ---------------------------------------------------------------------------

_NODES = ["90 nm", "65 nm", "40 nm", "28 nm", "20 nm", "16FF", "10FF", "N7", "N5", "N3", "N2"]
_REBUILT = "CSET, rebuilt here"
_WHO = {
    "cset-2020-04-ai-chips": "CSET model of 2020, printed",
    "digitimes-2022-11-22-wafers": "DigiTimes, at introduction",
    "infonet-2023-12-wafers": "The Information Network",
    "ibs-2014-01-finfet": "IBS, cost not price (2014)",
    "trendforce-2025-10-2nm": "TrendForce, 2025",
}


def prices_frame() -> pd.DataFrame:
    """Every wafer price or cost in print, by node, beside the rebuilt CSET model."""
    rows = data.load("nodes").query("role == 'published' and parameter in ('wafer_price_usd', 'wafer_cost_usd')")
    out = rows.assign(who=rows["source_id"].map(_WHO))[["node", "who", "central"]].rename(columns={"central": "usd"})
    table = litho.cset_table()
    computed = table["wafer_price_computed"].round(2)
    rebuilt = pd.DataFrame({"node": _NODES[: len(table)], "who": _REBUILT, "usd": computed})
    return pd.concat([out, rebuilt], ignore_index=True)


def prices_chart() -> alt.LayerChart:
    """The rebuilt CSET model against its printed table and against other estimates, by node."""
    frame = prices_frame()
    who = [_REBUILT, *_WHO.values()]
    colours = [charts.BLACK, charts.BLUE, charts.ORANGE, charts.VERMILION, charts.GREEN, charts.PURPLE]
    x = alt.X("node:N", title="Node", sort=_NODES, scale=alt.Scale(domain=_NODES), axis=alt.Axis(labelAngle=0))
    y = alt.Y(
        "usd:Q",
        title="USD a wafer (log)",
        scale=alt.Scale(type="log", domain=[1000, 40000], nice=False),
        axis=alt.Axis(values=[1000, 2000, 5000, 10000, 20000, 40000], format=",d"),
    )
    line = alt.Chart(frame[frame["who"] == _REBUILT]).mark_line(color=charts.BLACK, strokeWidth=1.5).encode(x=x, y=y)
    points = (
        alt.Chart(frame)
        .mark_point(size=85, strokeWidth=2, filled=False)
        .encode(
            x=x,
            y=y,
            color=_colour("who", who, colours, columns=3),
            shape=_shape("who", who, ["stroke", "circle", "triangle-up", "square", "diamond", "cross"]),
            tooltip=_tips({"node:N": "Node", "who:N": "Who", "usd:Q": "USD"}, ",.0f"),
        )
    )
    fives = frame[(frame["node"] == "N5") & (frame["who"] != _REBUILT)]["usd"]
    return (line + points).properties(
        width=charts.WIDTH - 70,
        height=320,
        title=charts.title(
            f"The model repeats CSET's table; others put N5 up to {1 - fives.min() / fives.max():.0%} lower",
            "Price of a processed 300 mm wafer by node, USD of the year named; black line: the model rebuilt",
            "Source: data/nodes.csv and data/cset_nodes.csv; no foundry publishes its prices.",
        ),
        description=(
            "Chart of wafer price by node, from 90 nm to N2, on a logarithmic axis from 1,000 to 40,000 USD: the rebuilt CSET model runs through CSET's"
            " printed prices; DigiTimes, The Information Network, TrendForce and the wafer costs of IBS lie beside them."
            f" For N5 they run from {fives.min():,.0f} to {fives.max():,.0f}."
        ),
    )


def cset_fit_table() -> page.Table:
    """CSET's printed numbers beside the computed ones, and the blanks we computed."""
    t = litho.cset_table()

    def pair(name: str, independent: Any = True) -> list[str]:
        # A number computed back from the printed one is no check of it, and is not shown as one.
        rows = zip(t[f"{name}_printed"], t[f"{name}_computed"], np.broadcast_to(independent, len(t)), strict=True)
        return [
            f"({c:,.0f})" if np.isnan(p) else f"{p:,.0f} / {c:,.0f}" if check else f"{p:,.0f}" for p, c, check in rows
        ]

    density = zip(t["density"], t["density_implied"], strict=True)
    out = pd.DataFrame(
        {
            "Node": t["node"] + " nm",
            "Capital invested": pair("capital_invested", False),
            "Capital consumed": pair("capital_consumed"),
            "Price of a wafer": pair("wafer_price", t["capital_invested_printed"].notna()),
            "Density": [f"({d:.1f})" if implied else f"{d:.1f}" for d, implied in density],
            "Price of a chip": pair("chip_price", ~t["density_implied"]),
            "Packaging and test": pair("atp"),
        }
    ).set_index("Node")
    return page.table(out, "CSET's table in USD: printed / computed; in brackets a blank that we computed back")


def scanners_table() -> page.Table:
    """Exposure tools: what they print and cost, and since when they may not be sold freely to China."""
    t = data.load("scanners")
    limit = litho.pitch_nm(litho.K1_LIMIT, t["wavelength_nm"].to_numpy(), t["numerical_aperture"].to_numpy())
    prices = zip(t["price_meur_low"], t["price_meur_high"], t["confidence"], strict=True)
    out = pd.DataFrame(
        {
            "Tool": t["tool"],
            "Light": t["light"],
            "One exposure, at the limit": [f"{v:.1f} nm" for v in limit],
            "Wafers an hour": t["wafers_per_hour"].map("{:.0f}".format),
            "Price, million EUR": [f"{_span(low, high)} ({confidence})" for low, high, confidence in prices],
            "To China": t["china_sales"],
            "Since": t["china_since"].dt.strftime("%Y\u2011%m"),
        }
    ).set_index("Tool")
    return page.table(out, "Exposure tools of ASML; other makers sell immersion tools as well")
