"""Charts and panels of 34_serving: rooflines, chips for reading and writing, links, prices, margins.

Wiring over `helpers.serving.model`: chips and models come from ``data/``, the arithmetic from there.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.chips.studies import short, tagged
from helpers.core import data
from helpers.core.words import from_to, listed
from helpers.llm import model as llm
from helpers.serving import model as serving
from helpers.show import charts, page
from helpers.show.panel import Choice, Number, Panel, Span, State, Stops

CHIPS = [
    "H100 SXM5 80GB", "H800 SXM5 80GB", "H20 96GB", "H200 SXM 141GB", "Ascend 910B", "Ascend 910C", "Atlas 350",
    "Ascend 950DT",
]  # fmt: skip
BATCHES = [1, 2, 4, 8, 12, 16, 32, 48, 64, 88, 96, 128, 192, 256, 512]
CONTEXTS = [1024, 2048, 4096, 4864, 4989, 8192, 16384, 32768, 65536, 131072]
GROUPS = [1, 2, 4, 8, 16, 32, 64, 144, 160, 320]
BINDS = {"compute": "compute", "memory": "memory bandwidth"}


def _number(value: float) -> str:
    """Three figures or so, with thousands."""
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2g}"


def _two(value: float) -> str:
    """Two figures: ends of a range are not known better."""
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"


def _range(low: float, high: float, words: Any = _number) -> str:
    return from_to(words(low), words(high))


def _counted(count: float, what: str) -> str:
    return f"{count:,.0f} {what}{'' if count == 1 else 's'}"


def _tokens(value: float) -> str:
    return f"{value / 1024:g}K" if value >= 1024 and value % 1024 == 0 else f"{value:,.0f}"


def _contexts(value: int) -> Stops:
    return Stops("context", "Tokens in each", [(_tokens(v), v) for v in CONTEXTS], value)


def _log(domain: list[Any]) -> alt.Scale:
    return alt.Scale(type="log", domain=domain, nice=False)


@cache
def _chip_choices() -> list[tuple[str, str]]:
    """Every chip of ``data/chips.csv`` whose roofline can be drawn; those of this notebook first."""
    table = chips.table().set_index("chip")

    def drawn(chip: str) -> bool:
        try:
            return bool(serving.rates(chip))
        except ValueError:
            return False

    names = [*CHIPS, *(c for c in table.index if c not in CHIPS and drawn(c))]
    return [(tagged(c, str(table.loc[c, "status"])), c) for c in names]


@cache
def _model_choices() -> list[str]:
    """Models whose arithmetic can be counted."""
    return [name for name in llm.models() if llm.model(name).attention is not None]


# --- the roofline -------------------------------------------------------------------------------

_X, _Y = [1.0, 2e7], [0.2, 20000.0]  # every chip and model at the ends of all sliders


def step_of(
    model: str, chip: str | serving.Rates, phase: str, batch: float, context: float, group: float
) -> serving.Step:
    """One step in a reader's words: `batch` answers written, or `batch` questions read, at once on each chip."""
    if phase == "decode":
        return serving.decode(model, chip, batch, context, group)
    return serving.prefill(model, chip, batch * context, context, group)


@cache
def _measured_points() -> list[dict[str, Any]]:
    """Published measurements of one phase, as points in the chart of the roofline."""
    rows = serving.measured(data.load("serving_measured"))
    points = []
    for row in rows[(rows["phase"] != "both") & (rows["kind"] == "measured")].itertuples():
        batch = row.batch if row.phase == "decode" else row.batch / row.context_tokens
        # Drafted tokens are checked too, so they count as work: intensity as run.
        formats = {"bits": int(row.bits), "attention_bits": int(row.attention_bits), "kv_bits": row.kv_bits}
        step = (
            serving.decode(row.model, row.chip, batch, row.context_tokens, row.group, drafts=row.drafts, **formats)
            if row.phase == "decode"
            else serving.prefill(row.model, row.chip, row.batch, row.context_tokens, row.group, **formats)
        )
        points.append(
            {
                "chip": row.chip, "model": row.model, "phase": row.phase, "one_machine": row.group <= 8, "x": float(step.intensity),
                "y": float(step.tflops) * row.share, "words": row.words, "share": row.share,
            }
        )  # fmt: skip
    return points


def _roof_rows(chip: str, which: str, step: serving.Step, share: tuple[float, float], above: bool) -> list[dict]:
    peak, bandwidth = float(step.peak_tflops), step.rates.bandwidth_gb_s
    ridge = float(serving.ridge_point(peak, bandwidth))
    rows: list[dict[str, Any]] = []
    for x in (_X[0], ridge, _X[1]):
        roof = float(serving.attainable_tflops(x, peak, bandwidth))
        rows.append(
            {"kind": "roof", "which": which, "x": x, "y": roof, "low": roof * share[0], "high": roof * share[1]}
        )
    at = {"which": which, "low": 0.0, "high": 0.0}
    rows.append({**at, "kind": "name above" if above else "name below", "x": 1e5, "y": peak, "words": short(chip)})
    rows.append({**at, "kind": "work", "x": float(step.intensity), "y": float(step.tflops), "words": short(chip)})
    return rows


def _said_step(chip: str, phase: str, step: serving.Step, share: tuple[float, float]) -> str:
    found = serving.band(step, share)
    ridge = float(serving.ridge_point(float(step.peak_tflops), step.rates.bandwidth_gb_s))
    seconds = [float(s) for s in found["step_s"]]
    wait = (
        f"a token for each answer every {_range(*(1e3 * s for s in seconds), _two)} ms"
        if phase == "decode"
        else f"all read after {_range(*seconds, _two)} s"
    )
    words = (
        f"{short(chip)}: {BINDS[str(step.binds)]} binds ({_number(float(step.intensity))} operations a byte, ridge"
        f" {_number(ridge)}); at most {_number(float(step.tokens_per_s))} tokens/s, in the band {_range(*map(float, found['tokens_per_s']), _two)}, {wait}"
    )
    if not bool(step.fits):
        words += f". It does not fit: {_number(float(step.memory_gb))} GB for {step.rates.memory_gb:g} GB of memory"
    return words + "."


def _title(names: list[str], binds: list[str], fit: list[bool]) -> str:
    """Which limit binds which chip, unless the work fits none of them."""
    alike = len(set(binds)) == 1
    if not any(fit):
        would = f"; if it did, {binds[0]} would bind" if alike else ""
        return f"Does not fit on {' or on '.join(names)}{would}"
    said = f"{binds[0].capitalize()} binds {' and '.join(names)} here"
    if not alike:
        said = f"{binds[0].capitalize()} binds {names[0]}, {binds[1]} {names[1]}"
    too_small = [name for name, fits in zip(names, fit, strict=True) if not fits]
    return said + "".join(f"; does not fit on {name}" for name in too_small)


def roofline_panel() -> Panel:
    """Two chips, one piece of work: where it lies under each roof, and what was measured."""

    def compute(chip: str, other: str, phase: str, model: str, batch: int, context: int, group: int) -> State:
        share = serving.usual_share(group)
        pair = list(dict.fromkeys((chip, other)))
        steps = [step_of(model, c, phase, batch, context, group) for c in pair]
        peaks = [float(s.peak_tflops) for s in steps]
        rows = []
        for place, (c, step) in enumerate(zip(pair, steps, strict=True)):
            above = peaks[place] > max(peaks) * 0.999 if place == 0 else peaks[place] > peaks[0]
            rows += _roof_rows(c, ("first", "second")[place], step, share, above)
        alike = {"model": model, "phase": phase, "one_machine": group <= 8}  # the sizes that the band speaks of
        for point in _measured_points():
            if point["chip"] in pair and alike.items() <= point.items():
                which = ("first", "second")[pair.index(point["chip"])]
                said = f"{point['words']}: {point['share']:.0%} of its bound"
                rows.append({**point, "kind": "measured", "which": which, "low": 0.0, "high": 0.0, "words": said})
        rows = [{"words": "", **r} for r in rows]
        verb = "writing" if phase == "decode" else "reading"
        work = (
            f"{_counted(batch, 'answer' if phase == 'decode' else 'question')} at once on each chip,"
            f" {_tokens(context)} tokens each"
        )
        names = [f"the {short(c)}" for c in pair]
        title = _title(names, [BINDS[str(s.binds)] for s in steps], [bool(s.fits) for s in steps])
        reading = (
            f"{model}, {verb}, {work}, {_counted(group, 'chip')} to a copy of the weights; band {share[0]:.0%} to {share[1]:.0%}. "
            + " ".join(_said_step(c, phase, s, share) for c, s in zip(pair, steps, strict=True))
            + "".join(
                f" {short(c)}: {t.rates.words}."
                for c, t in zip(pair, steps, strict=True)
                if t.rates.words.startswith("no")
            )
        )
        return State(rows, reading, {"title": title})

    base = charts.live("kind", "which", "x", "y", "low", "high", "words")
    colour = alt.Color(
        "which:N", legend=None, scale=alt.Scale(domain=["first", "second"], range=[charts.BLUE, charts.VERMILION])
    )
    x_axis = alt.Axis(values=[1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7], format="~s", grid=True)
    y_axis = alt.Axis(values=[1, 10, 100, 1000, 10000], format=",~g", grid=True, minExtent=45)
    x = alt.X("x:Q", title="Operations for each byte read (log scale)", scale=_log(_X), axis=x_axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title="TFLOPS (log scale)", scale=_log(_Y), axis=y_axis)

    roof = base.transform_filter("datum.kind == 'roof'")
    band = roof.mark_area(opacity=0.16, clip=True).encode(x=x, y=y("low"), y2="high:Q", color=colour)
    lines = roof.mark_line(strokeWidth=2.5, clip=True).encode(x=x, y=y("y"), color=colour)
    tip = [
        alt.Tooltip("words:N", title="What"),
        alt.Tooltip("x:Q", title="Operations a byte", format=".3~s"),
        alt.Tooltip("y:Q", title="TFLOPS", format=".3~s"),
    ]
    work = base.transform_filter("datum.kind == 'work'")
    # Unlike in shape and size, so that both show where they meet.
    dots = [
        work.transform_filter(f"datum.which == '{which}'")
        .mark_point(filled=True, shape=shape, size=size, opacity=1, stroke=charts.INK, strokeWidth=1)
        .encode(x=x, y=y("y"), color=colour, tooltip=tip)
        for which, shape, size in (("first", "circle", 260), ("second", "square", 80))
    ]
    diamonds = (
        base.transform_filter("datum.kind == 'measured'")
        .mark_point(shape="diamond", size=110, strokeWidth=2, fill="white", opacity=1)
        .encode(x=x, y=y("y"), color=colour, tooltip=tip)
    )
    names = [
        base.transform_filter(f"datum.kind == 'name {side}'")
        .mark_text(align="left", dy=dy, fontSize=13, fontWeight="bold")
        .encode(x=x, y=y("y"), text="words:N", color=colour)
        for side, dy in (("above", -9), ("below", 13))
    ]
    chart = (band + lines + dots[0] + dots[1] + diamonds + names[0] + names[1]).properties(
        width=charts.WIDTH - 90,
        height=330,
        title=charts.title(
            charts.signal("title"),
            "Roof: the most a chip can do. Circle, square: this work. Diamonds: measured. Band: drawn round what was measured",
            "Source: data/chips.csv, data/models.csv, data/serving_measured.csv; dense peaks, links left out; model: helpers/serving/model.py.",
        ),
        description="Log-log roofline of two chips: a slope set by memory bandwidth and a flat top set by compute, a band drawn round the shares that systems were measured to reach, a mark for the chosen work and diamonds for published measurements. The sentence gives the numbers.",
    )
    fleet = {"phase": "decode", "model": "DeepSeek-V3"}
    return Panel(
        "Under the roof",
        [
            Choice("chip", "Chip", _chip_choices(), "H800 SXM5 80GB"),
            Choice("other", "Against", _chip_choices(), "H20 96GB"),
            Choice("phase", "Work", [("writing answers (decode)", "decode"), ("reading questions (prefill)", "prefill")], "decode"),
            Choice("model", "Model", _model_choices(), "DeepSeek-V3"),
            Stops("batch", "At once on each chip", BATCHES, 2),
            _contexts(4096),
            Stops("group", "Chips to one copy of the weights", GROUPS, 64),
        ],
        compute,
        chart,
        presets={
            "Few answers": {},
            "Many answers": {"batch": 128},
            "Questions": {"phase": "prefill", "batch": 4},
            "DeepSeek": {**fleet, "batch": 88, "context": 4989, "group": 144, "other": "Ascend 910C"},
            "Huawei": {**fleet, "chip": "Ascend 910C", "other": "H800 SXM5 80GB", "batch": 96, "group": 160},
            "Ant Group": {**fleet, "chip": "H20 96GB", "other": "H800 SXM5 80GB", "batch": 48, "context": 4864, "group": 16},
            "Dense model": {"model": "Llama-3.1-405B", "batch": 4, "context": 8192, "group": 8},
        },
    )  # fmt: skip


def measured_chart() -> alt.LayerChart:
    """Share of the roofline that published systems reached, by case."""
    rows = serving.measured(data.load("serving_measured"))
    phases = {"decode": "writing", "prefill": "reading", "both": "both, one GPU"}
    rows = rows.assign(work=rows["phase"].map(phases)).sort_values(["phase", "share"], ascending=[True, False])
    marks = []
    for r in rows.itertuples():
        low, high = serving.usual_share(r.group)
        what = (
            f"{r.batch:.0f} at once, {r.context_tokens:,.0f} in, {r.output_tokens:,.0f} out"
            if r.phase == "both"
            else r.words
        )
        marks.append(
            {
                "words": f"{short(r.chip)}, {what}", "case": r.case_id, "work": r.work, "kind": r.kind, "share": r.share, "label": f"{r.share:.0%}",
                "low": low, "high": high, "tip": f"{_number(r.tokens_per_s)} of {_number(r.bound)} tokens/s",
            }
        )  # fmt: skip
    names = {m["case"]: m["words"] for m in marks}
    order = list(names)
    base = alt.Chart(alt.InlineData(values=marks))
    labels = "{" + ",".join(f"{c!r}:{w!r}" for c, w in names.items()) + "}[datum.value]"
    y = alt.Y(
        "case:N", sort=order, title=None, scale=alt.Scale(domain=order),
        axis=alt.Axis(labelExpr=labels, labelLimit=390, ticks=False, domain=False, grid=False, minExtent=365),
    )  # fmt: skip

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q", title="Throughput, as a share of the chip’s bound", scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format="%", tickCount=5),
        )  # fmt: skip

    colour = alt.Color(
        "work:N", title="Work", scale=alt.Scale(domain=list(phases.values()), range=[charts.BLUE, charts.ORANGE, charts.GREEN]),
        legend=alt.Legend(orient="bottom", symbolSize=110),
    )  # fmt: skip
    shape = alt.Shape(
        "work:N", title="Work", scale=alt.Scale(domain=list(phases.values()), range=["circle", "square", "diamond"])
    )
    bands = base.mark_bar(height=15, color=charts.RULE).encode(x=x("low"), x2="high:Q", y=y)
    dots, projected = (
        base.transform_filter(f"(datum.kind == 'measured') == {str(is_measured).lower()}")
        .mark_point(filled=is_measured, size=95, opacity=1)
        .encode(
            x=x("share"), y=y, color=colour, shape=shape,
            tooltip=[alt.Tooltip("words:N", title="Case"), alt.Tooltip("tip:N", title="Throughput")],
        )
        for is_measured in (True, False)
    )  # fmt: skip
    texts = base.mark_text(align="left", dx=9, fontSize=12).encode(x=x("share"), y=y, text="label:N")
    measured = rows[rows["kind"] == "measured"]
    many, one = (measured[(measured["group"] > 8) == large]["share"] for large in (True, False))
    return (bands + dots + projected + texts).properties(
        width=charts.WIDTH - 400,
        height=23 * len(order),
        title=charts.title(
            f"Many chips reach {many.min():.0%} to {many.max():.0%} of their roofline, one machine {one.min():.0%} to {one.max():.0%}",
            "Throughput over the bound of chip, model and setting; hollow: the authors’ projection; grey: bands round the rest",
            "Source: data/serving_measured.csv, each row with its source; bound: helpers/serving/model.py, links left out.",
        ),
        description=(
            f"Dot chart of {len(measured)} published measurements, and a projection, as a share of the roofline bound. Systems of many chips lie between {many.min():.0%}"
            f" and {many.max():.0%}, single machines between {one.min():.0%} and {one.max():.0%}; Huawei’s 910C and DeepSeek’s H800 lie close together."
        ),
    )


# --- which chip for which work ------------------------------------------------------------------

FEW, MANY = 2, 64
_WORK = {"reading": charts.ORANGE, f"writing, {FEW} at once": charts.BLUE, f"writing, {MANY} at once": charts.VERMILION}


@cache
def work_times(end: str = "") -> pd.DataFrame:
    """Bounds of DeepSeek-V3 on each of `CHIPS`, 64 to a copy, 4K tokens, as multiples of the H100's.

    One row a chip; columns as in the chart: reading, writing for a few users and for many. With `end`
    "_low" or "_high", the chips take the end of what is published of their compute and bandwidth.
    """
    table = chips.table().set_index("chip")

    def taken(chip: str) -> serving.Rates:
        peak, row = serving.rates(chip), table.loc[chip]
        compute, bandwidth = (row[f"{c}{end}"] / row[c] for c in ("fp16_bf16_tflops_dense", "memory_bandwidth_gb_s"))
        return replace(
            peak,
            tflops=peak.tflops * compute,
            attention_tflops=peak.attention_tflops * compute,
            bandwidth_gb_s=peak.bandwidth_gb_s * bandwidth,
        )

    rates = {
        chip: [
            float(step_of("DeepSeek-V3", taken(chip), phase, batch, 4096, 64).tokens_per_s)
            for phase, batch in (("prefill", 4), ("decode", FEW), ("decode", MANY))
        ]
        for chip in CHIPS
    }
    frame = pd.DataFrame.from_dict(rates, orient="index", columns=list(_WORK))
    return frame / frame.loc[CHIPS[0]]


def rules_table() -> page.Table:
    """Each export rule, the chip it led to, and that chip's work as multiples of the H100's."""
    day = data.load("events").set_index("event_id")["date"]
    table = chips.table().set_index("chip")
    compute, links = table["fp16_bf16_tflops_dense"], table["link_bidir_gb_s"]
    h100, h800, h20, h200 = CHIPS[:4]
    steps = [
        ("bis-oct-2022", "The rule of", h800, f"Links inside a machine: from {links[h100]:.0f} to {links[h800]:.0f} GB/s"),
        ("bis-oct-2023", "The rule of", h20, f"Compute: from {compute[h100]:.0f} to {compute[h20]:.0f} TFLOPS"),
        ("h20-licence-letter", "The letter of", "", "The H20, and chips of its memory or link bandwidth, without a licence"),
        ("bis-h200-rule", "The rule of", h200, "Nothing: the H200 may be licensed, case by case"),
    ]  # fmt: skip
    rows = {}
    for event, words, chip, took in steps:
        times = [f"{value:.2f}" for value in work_times().loc[chip]] if chip else ["none"] * 3
        rows[f"{words} {day[event]:%B %Y}"] = [short(chip) if chip else "no new part", took, *times]
    frame = pd.DataFrame.from_dict(
        rows, orient="index", columns=["Led to", "Took away", *(f"{w[0].upper()}{w[1:]}" for w in _WORK)]
    )
    return page.table(
        frame.rename_axis("US step"), "DeepSeek-V3 as in the chart: bounds as multiples of the H100’s, links left out"
    )


def work_chart() -> alt.LayerChart:
    """Eight chips against the H100, for reading and for writing to few and to many users."""
    times, low, high = work_times(), work_times("_low"), work_times("_high")
    names = {c: "Atlas 350 (950PR)" if c == "Atlas 350" else words for words, c in _chip_choices()}
    rows = []
    for chip, work in itertools.product(CHIPS, _WORK):
        value, ends = float(times.loc[chip, work]), [float(end.loc[chip, work]) for end in (low, high)]
        contested = ends[1] > ends[0] * 1.005
        label = f"{ends[0]:.2f} to {ends[1]:.2f}" if contested else f"{value:.2f}"
        # Beside the line at 1, words would lie on it.
        side = "left" if 0.6 < ends[1] < 0.995 else "right"
        rows.append({"chip": names[chip], "work": work, "times": value, "low": ends[0], "high": ends[1], "label": label, "side": side})  # fmt: skip
    order, kinds = [names[c] for c in CHIPS], list(_WORK)
    base = alt.Chart(alt.InlineData(values=rows))

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q", title="Times the H100 (log scale; line: equal)", scale=_log([0.1, 2.5]),
            axis=alt.Axis(values=[0.1, 0.2, 0.5, 1, 2], format="~g"),
        )  # fmt: skip

    y = alt.Y(
        "chip:N", sort=order, title=None, scale=alt.Scale(domain=order),
        axis=alt.Axis(ticks=False, domain=False, grid=False, minExtent=130),
    )  # fmt: skip
    offset = alt.YOffset("work:N", sort=kinds, scale=alt.Scale(domain=kinds))
    colour = alt.Color(
        "work:N", title=None, scale=alt.Scale(domain=kinds, range=list(_WORK.values())),
        legend=alt.Legend(orient="bottom", symbolSize=110, symbolOpacity=1),
    )  # fmt: skip
    shape = alt.Shape("work:N", title=None, scale=alt.Scale(domain=kinds, range=["square", "circle", "diamond"]))
    spans = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=x("low"), x2="high:Q", y=y, yOffset=offset, color=colour
    )
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(
        x=x("times"), y=y, yOffset=offset, color=colour, shape=shape
    )
    right, left = (
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, fontSize=12)
        .encode(x=x(at), y=y, yOffset=offset, text="label:N", color=alt.value(charts.INK))
        for side, align, dx, at in (("right", "left", 9, "high"), ("left", "right", -9, "low"))
    )
    one = (
        alt.Chart(alt.InlineData(values=[{"times": 1}]))
        .mark_rule(color=charts.INK, strokeDash=[4, 3])
        .encode(x=x("times"))
    )
    reads, few, many = times.loc["H20 96GB"]
    return (one + spans + dots + right + left).properties(
        width=charts.WIDTH - 190,
        height=50 * len(order),
        title=charts.title(
            f"H20 against H100: {few:.2f} times in writing for a few, {many:.2f} for many, {reads:.2f} in reading",
            "DeepSeek-V3, 4K tokens, 64 chips to a copy; bounds, links left out; bars: published figures differ",
            "Source: data/chips.csv, data/chip_ranges.csv, data/models.csv; model: helpers/serving/model.py.",
        ),
        description=(
            "Dot chart of eight chips, each with its bounds for reading and for writing to few and to many users, as multiples of the H100’s"
            f" on a log axis from 0.1 to 2.5. The H20 stands at {reads:.2f}, {few:.2f} and {many:.2f}, the H800 at 1 in all three; bars show what"
            " is contested about Ascend 910B and 910C."
        ),
    )


# --- links --------------------------------------------------------------------------------------

_SPEEDS = [12.5, 25, 50, 100, 160, 200, 392, 450, 900]
_LINKS = {"H800 NVLink": "H800", "910C UnifiedBus": "Ascend 910C", "H100, H20 NVLink": "H100", "NVL72": "GB200 GPU"}


@cache
def _named_links() -> dict[str, float]:
    """GB/s, one direction: a 400 Gb/s card, and the fast links of chips in ``data/chips.csv``."""
    return {"400G card": 400 / 8, **{words: serving.rates(chip).link_gb_s for words, chip in _LINKS.items()}}


def links_panel() -> Panel:
    """The ceiling that the exchange between experts puts on a user's speed, by bandwidth."""
    speeds = np.geomspace(10, 1500, 40)

    def compute(network: float, tokens: float, experts: float, layers: float) -> State:
        def ceiling(speed: Any) -> Any:
            return serving.exchange_bound(serving.all_to_all_seconds(tokens, experts, 7000, speed), layers)

        rows: list[dict[str, Any]] = [
            {"kind": "line", "speed": float(s), "rate": float(r), "words": ""}
            for s, r in zip(speeds, ceiling(speeds), strict=True)
        ]
        rows += [
            {"kind": "named right" if "910C" in w else "named", "speed": s, "rate": float(ceiling(s)), "words": w}
            for w, s in _named_links().items()
        ]
        stage = float(serving.all_to_all_seconds(tokens, experts, 7000, network))
        here = float(ceiling(network))
        rows.append({"kind": "here", "speed": float(network), "rate": here, "words": ""})
        reading = (
            f"At {network:g} GB/s one exchange takes {stage * 1e6:,.2f} microseconds. Two of them in each of {layers:.0f} layers take"
            f" {2 * layers * stage * 1e3:,.2f} ms, so no user gets more than {here:,.1f} tokens/s, however fast the chips are."
        )
        top = max(float(ceiling(1500)), 10)
        return State(
            rows,
            reading,
            {
                "title": f"{network:g} GB/s allow at most {_number(here)} tokens/s for a user",
                "low": min(5.0, float(ceiling(10)) / 1.5),
                "top": top,
            },
        )

    base = charts.live("kind", "speed", "rate", "words")
    x = alt.X(
        "speed:Q", title="Bandwidth from each chip to the others, one direction, GB/s (log scale)", scale=_log([10, 1500]),
        axis=alt.Axis(values=[10, 20, 50, 100, 200, 500, 1000], format="~g"),
    )  # fmt: skip
    y = alt.Y(
        "rate:Q", title="Most tokens/s for one user (log scale)",
        scale=alt.Scale(type="log", domain=[charts.signal("low"), charts.signal("top")], nice=False),
        axis=alt.Axis(values=[0.1, 1, 10, 100, 1000, 10000], format=",~g", minExtent=45),
    )  # fmt: skip
    line = base.transform_filter("datum.kind == 'line'").mark_line(strokeWidth=2.5, color=charts.SOFT_INK, clip=True)
    named, right = (base.transform_filter(f"datum.kind == '{kind}'") for kind in ("named", "named right"))
    dots = base.transform_filter("slice(datum.kind, 0, 5) == 'named'").mark_point(
        filled=True, size=70, color=charts.BLUE, opacity=1, clip=True
    )
    beside = right.mark_text(align="left", dx=9, dy=12, fontSize=12, color=charts.BLUE, clip=True)
    words = named.mark_text(align="right", dx=-9, dy=-6, fontSize=12, color=charts.BLUE, clip=True)
    at = base.transform_filter("datum.kind == 'here'").mark_point(
        filled=True, size=150, color=charts.VERMILION, opacity=1
    )
    chart = (
        line.encode(x=x, y=y)
        + dots.encode(x=x, y=y, tooltip=[alt.Tooltip("words:N", title="Link"), alt.Tooltip("rate:Q", title="Tokens/s", format=",.0f")])
        + words.encode(x=x, y=y, text="words:N")
        + beside.encode(x=x, y=y, text="words:N")
        + at.encode(x=x, y=y)
    ).properties(
        width=charts.WIDTH - 80,
        height=270,
        title=charts.title(
            charts.signal("title"),
            "3 bytes x tokens x experts x 7,000 numbers for each exchange, two exchanges a layer; no latency, nothing else",
            "Source: DeepSeek, Insights into DeepSeek-V3 (2025), section 2.3.2; links: data/chips.csv.",
        ),
        description="Line on log axes: the most tokens per second one user can get against the bandwidth between chips, with named links marked from a 400G network card to the links of an NVL72 rack.",
    )  # fmt: skip
    return Panel(
        "The exchange between experts",
        [
            Stops("network", "Bandwidth, one direction (GB/s)", [(f"{s:g}", s) for s in _SPEEDS], 50),
            Number("tokens", "Tokens on each chip in half a batch", "", 4, 256, 32, 4),
            Number("experts", "Copies of each token sent", "", 1, 16, 9, 1),
            Number("layers", "Layers", "", 10, 130, 61, 1),
        ],
        compute,
        chart,
        presets={
            "400G card": {},
            "NVL72": {"network": 900},
            "H800 links": {"network": 200},
            "910C": {"network": 392},
            "Four copies": {"experts": 4},
            "Half the tokens": {"tokens": 16},
        },
    )


# --- the price of a million tokens --------------------------------------------------------------

_SIDES = {"input_usd": "a million tokens read", "output_usd": "a million tokens written"}


def price_group(model: str) -> int:
    """Chips to one copy of the weights that the price panel takes: DeepSeek's 144 for a mixture, a machine of 8 for a dense model."""
    m = llm.model(model)
    return min(144, m.n_experts) if m.moe_layers else 8


def price_rows(
    model: str, chip: str, context: float, rent: float, share: tuple[float, float], used: float
) -> tuple[list[dict[str, Any]], float]:
    """Rent for a million tokens read and written, as a range, and the batch that was taken.

    Raises
    ------
    ValueError
        Not even one answer fits on each chip.
    """
    group = price_group(model)
    room = serving.rates(chip).memory_gb * 1e9 - float(llm.weight_bytes(model, 8)) / group
    batch = min(64.0, np.floor(room / float(llm.kv_bytes(model, context))))
    if batch < 1:
        raise ValueError(
            f"{model} on {group} {short(chip)} leaves no room for one text of {_tokens(context)} tokens on each."
        )
    steps = {
        "input_usd": serving.prefill(model, chip, 16384, context, group),
        "output_usd": serving.decode(model, chip, batch, context, group),
    }
    rows = []
    for side, step in steps.items():
        found = serving.band(step, (share[0] / 100, share[1] / 100), rent, used / 100)
        low, high = map(float, found["usd_per_million"])
        rows.append({"kind": "cost", "side": _SIDES[side], "low": low, "high": high, "words": _range(low, high, _two)})
    return rows, batch


def _list_range(prices: pd.Series) -> str:
    low, high = prices.min(), prices.max()
    return from_to(f"{low:g}", f"{high:g}")


@cache
def _prices() -> pd.DataFrame:
    return data.load("api_prices")


@cache
def _listed(model: str) -> tuple[list[dict[str, Any]], str]:
    """List prices of a model as marks, and a sentence about them."""
    # R1 has the shape of V3, so its prices belong here too.
    twins = [model, "DeepSeek-R1"] if model == "DeepSeek-V3" else [model]
    found = _prices()[_prices()["model"].isin(twins)]
    marks = [
        {"kind": "list", "side": words, "low": price, "high": price, "words": f"{row.model}, {row.date:%b %Y}, {row.status}"}
        for side, words in _SIDES.items()
        for row, price in zip(found.itertuples(), found[side].tolist(), strict=True)
        if price == price
    ]  # fmt: skip
    if not marks:
        return [], " The course has no list price of it."
    read, written = (_list_range(found[side]) for side in _SIDES)
    who = "V3 and R1 were" if len(twins) > 1 else "It was"
    return marks, f" {who} listed at {read} USD to read and {written} USD to write."


def price_panel() -> Panel:
    """What chips cost for a million tokens under the reader's assumptions, beside list prices."""

    def compute(model: str, chip: str, context: int, rent: float, share: tuple[int, int], used: float) -> State:
        rows, batch = price_rows(model, chip, context, rent, share, used)
        diamonds, said = _listed(model)
        cost_in, cost_out = (r["words"] for r in rows)
        rows += diamonds
        reached = f"{share[0]}%" if share[0] == share[1] else f"{share[0]} to {share[1]}%"
        reading = (
            f"{model} on {price_group(model)} {short(chip)} at {rent:.2f} USD an hour each, {_counted(batch, 'answer')} at once on each chip, {_tokens(context)} tokens each,"
            f" {reached} of the roofline, busy {used:.0f}% of the time: {cost_in} USD of rent for a million tokens read,"
            f" {cost_out} USD for a million written."
        )
        reading += said
        lows, highs = [r["low"] for r in rows], [r["high"] for r in rows]
        return State(
            rows, reading,
            {"title": f"At {reached} of the roofline a million tokens written take {cost_out} USD of rent", "low": min(*lows, 0.01) / 1.5, "top": max(*highs, 1) * 2.5},
        )  # fmt: skip

    base = charts.live("kind", "side", "low", "high", "words")
    order = list(_SIDES.values())
    y = alt.Y(
        "side:N", sort=order, title=None, scale=alt.Scale(domain=order),
        axis=alt.Axis(ticks=False, domain=False, grid=False, minExtent=165),
    )  # fmt: skip
    scale = alt.Scale(type="log", domain=[charts.signal("low"), charts.signal("top")], nice=False)

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title="USD (log scale)",
            scale=scale,
            axis=alt.Axis(values=[0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000], format=",~g"),
        )

    cost = base.transform_filter("datum.kind == 'cost'")
    bars = cost.mark_bar(height=22, color=charts.SKY).encode(x=x("low"), x2="high:Q", y=y)
    # A range of no width is still drawn.
    ends = cost.mark_tick(thickness=3, size=22, color=charts.SKY).encode(x=x("low"), y=y)
    texts = cost.mark_text(align="left", dx=6, dy=-22, fontSize=12, color=charts.BLUE).encode(
        x=x("low"), y=y, text="words:N"
    )
    diamonds = (
        base.transform_filter("datum.kind == 'list'")
        .mark_point(shape="diamond", filled=True, size=110, color=charts.VERMILION, opacity=1)
        .encode(
            x=x("low"), y=y, tooltip=[alt.Tooltip("words:N", title="List price"), alt.Tooltip("low:Q", title="USD")]
        )
    )
    chart = (bars + ends + texts + diamonds).properties(
        width=charts.WIDTH - 210,
        height=150,
        title=charts.title(
            charts.signal("title"),
            "Bar: rent alone, at the chosen share of the roofline, links left out; diamonds: list prices (hover for the date)",
            "Source: data/chips.csv, data/models.csv, data/api_prices.csv; model: helpers/serving/model.py.",
        ),
        description="Two bars on a log axis in USD: range of rent for a million tokens read and for a million written, with the model’s list prices as diamonds. The sentence gives the numbers.",
    )  # fmt: skip
    return Panel(
        "Price of a million tokens",
        [
            Choice("model", "Model", _model_choices(), "DeepSeek-V3"),
            Choice("chip", "Chip", _chip_choices(), "H800 SXM5 80GB"),
            _contexts(4989),
            Number("rent", "Rent of one chip", "USD an hour", 0.25, 10, 2, 0.25),
            Span("share", "Share of the roofline reached", "%", 5, 90, (15, 45), 5),
            Number("used", "Hours in which it works", "%", 5, 100, 100, 5),
        ],
        compute,
        chart,
        presets={
            "DeepSeek’s case": {},
            "40 to 80%": {"share": (40, 80)},
            "Busy a third": {"used": 35},
            "910C at 1 USD": {"chip": "Ascend 910C", "rent": 1},
            "Kimi K3, H200": {"model": "Kimi-K3", "chip": "H200 SXM 141GB", "context": 32768, "rent": 2.5},
            "V4-Pro, 950DT": {"model": "DeepSeek-V4-Pro", "chip": "Ascend 950DT", "context": 32768},
            "Dense model": {"model": "Llama-3.1-405B", "share": (25, 80)},
        },
    )


# --- the margin ---------------------------------------------------------------------------------


def margin_panel() -> Panel:
    """DeepSeek's disclosed day with its caveats as dials."""
    day = {**serving.disclosed_day(), "hit_share": 0.563}  # as printed; the rounded counts give 0.5625
    told = serving.day(**day)

    def compute(prices: str, free: float, discount: float, rent: float) -> State:
        books = serving.day(
            **{**day, "prices": serving.listed(prices), "usd_per_gpu_hour": rent},
            free_share=free / 100,
            discount=discount / 100,
        )
        revenue, cost = float(books.revenue_usd), float(books.cost_usd)
        rows = [
            {"what": "Cost: rent", "usd": cost, "label": f"{cost / 1e3:,.0f}"},
            {"what": "Revenue: your assumptions", "usd": revenue, "label": f"{revenue / 1e3:,.0f}"},
            {"what": "Revenue: as disclosed", "usd": float(told.revenue_usd), "label": f"{float(told.revenue_usd) / 1e3:,.0f}"},
        ]  # fmt: skip
        on_cost, of_revenue = float(books.on_cost), float(books.of_revenue)
        words = (
            f"{on_cost:,.0%} of cost, which is {of_revenue:.0%} of revenue"
            if revenue >= cost
            else f"a loss of {-on_cost:.0%} of cost"
        )
        reading = (
            f"All at {prices.removeprefix('DeepSeek-')} prices, {free:g}% of the tokens free, {discount:g}% off the rest,"
            f" {rent:g} USD for a GPU-hour: revenue {revenue:,.0f} USD, cost {cost:,.0f} USD a day. What is left: {words}."
        )
        # Break-even in the share of free tokens, all else as chosen.
        full = revenue / (1 - free / 100)
        reading += " With everything else as set, the day " + (
            f"breaks even at {1 - cost / full:.0%} free."
            if full > cost
            else "would not break even if every token were paid for."
        )
        title = f"Left over: {words}" if revenue >= cost else f"Revenue does not cover the rent: {words}"
        return State(rows, reading, {"title": title, "top": max(revenue, cost, float(told.revenue_usd)) * 1.15})

    base = charts.live("what", "usd", "label")
    order = ["Cost: rent", "Revenue: your assumptions", "Revenue: as disclosed"]
    y = alt.Y(
        "what:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(ticks=False, domain=False, grid=False, minExtent=175),
    )

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title="Thousand USD for the day",
            scale=alt.Scale(domain=[0, charts.signal("top")], nice=False),
            axis=alt.Axis(labelExpr="format(datum.value / 1000, ',.0f')", tickCount=6),
        )

    bars = base.mark_bar(height=24).encode(
        x=x("usd"), y=y,
        color=alt.Color("what:N", legend=None, scale=alt.Scale(domain=order, range=[charts.ORANGE, charts.BLUE, charts.GREY])),
        tooltip=[alt.Tooltip("what:N", title="What"), alt.Tooltip("usd:Q", title="USD", format=",.0f")],
    )  # fmt: skip
    texts = base.mark_text(align="left", dx=6, fontSize=12).encode(x=x("usd"), y=y, text="label:N")
    chart = (bars + texts).properties(
        width=charts.WIDTH - 230,
        height=120,
        title=charts.title(
            charts.signal("title"),
            f"24 hours to 28 February 2025; {day['gpu_hours'] / 24:,.0f} H800 on average; no staff, research or training",
            "Source: DeepSeek-V3/R1 Inference System Overview (1 March 2025); prices: data/api_prices.csv.",
        ),
        description="Three bars in thousand USD for one day, from zero: cost of rent, revenue under the chosen assumptions, and revenue as disclosed. The sentence states the margin on cost and as a share of revenue.",
    )  # fmt: skip
    return Panel(
        "The 545% day",
        [
            Choice(
                "prices", "Prices of", [("DeepSeek-R1", "DeepSeek-R1"), ("DeepSeek-V3", "DeepSeek-V3")], "DeepSeek-R1"
            ),
            Number("free", "Tokens that nobody pays for", "%", 0, 95, 0, 5),
            Number("discount", "Average discount on the rest", "%", 0, 75, 0, 5),
            Number("rent", "Rent of a GPU-hour", "USD", 0.5, 6, 2, 0.25),
        ],
        compute,
        chart,
        presets={
            "As disclosed": {},
            "V3’s prices": {"prices": "DeepSeek-V3"},
            "Half free": {"free": 50},
            "Mostly free": {"prices": "DeepSeek-V3", "free": 70, "discount": 25},
            "Rent of 4 USD": {"rent": 4},
        },
    )


# --- prices through time ------------------------------------------------------------------------

_FOLLOWED = {
    "DeepSeek, largest": ["DeepSeek-V2", "DeepSeek-V3", "DeepSeek-V3.1", "DeepSeek-V3.2", "DeepSeek-V4-Pro"],
    "Moonshot, largest": ["Kimi-K2", "Kimi K2.6", "Kimi-K3"],
    "OpenAI, main line": ["GPT-5", "GPT-5.2", "GPT-5.4", "GPT-5.5", "GPT-6 Sol"],
    "Anthropic Sonnet": ["Claude 3.5 Sonnet", "Claude Sonnet 4.5", "Claude Sonnet 5"],
    "Google Flash": ["Gemini 2.0 Flash", "Gemini 2.5 Flash", "Gemini 3.5 Flash", "Gemini 3.6 Flash"],
}
# No room for their names.
_UNNAMED = ("Claude Sonnet 4.5", "Claude Sonnet 5", "GPT-5.2", "GPT-5.4", "Kimi K2.6", "Gemini 3.6 Flash")
_NAMED_LEFT = ("DeepSeek-V4-Pro", "Kimi-K3", "Gemini 3.5 Flash")  # of their mark: another line runs to the right of it


def prices_chart() -> alt.LayerChart:
    """List prices of output through time, five lines of models, log axis."""
    prices = _prices()
    kept = prices[(prices["status"] == "list") & prices["output_usd"].notna()]
    rows = []
    for line, models in _FOLLOWED.items():
        found = kept[kept["model"].isin(models)].sort_values("date")
        for r in found.itertuples():
            first = r.Index == found.index[found["model"] == r.model][0] and r.model not in _UNNAMED
            rows.append(
                {
                    "day": f"{r.date:%Y-%m-%d}", "line": line, "usd": float(r.output_usd), "model": r.model, "note": r.note,
                    "label": r.model.replace("DeepSeek-", "").replace("Claude ", "").replace("Gemini ", "") if first else "",
                    "label_left": r.model in _NAMED_LEFT,
                }
            )  # fmt: skip
        # A price is drawn as standing until the record ends.
        rows.append({**rows[-1], "day": data.record_ends()["newest_event"], "label": "", "model": ""})
    base = alt.Chart(alt.InlineData(values=rows))
    makers = list(_FOLLOWED)
    x = alt.X(
        "day:T", title=None, scale=alt.Scale(type="utc", domain=["2024-03-01", "2026-12-31"]),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
    )  # fmt: skip
    y = alt.Y(
        "usd:Q", title="USD for a million tokens written (log scale)", scale=_log([0.2, 120]),
        axis=alt.Axis(values=[0.2, 0.5, 1, 2, 5, 10, 20, 50, 100], format="~g"),
    )  # fmt: skip
    palette = alt.Scale(
        domain=makers, range=[charts.VERMILION, charts.PURPLE, charts.BLUE, charts.ORANGE, charts.GREEN]
    )
    colour = alt.Color(
        "line:N", title=None, scale=palette, legend=alt.Legend(orient="bottom", symbolSize=110, labelLimit=200)
    )
    shape = alt.Shape(
        "line:N", title=None,
        scale=alt.Scale(domain=makers, range=["square", "diamond", "circle", "triangle-up", "triangle-down"]),
    )  # fmt: skip
    lines = base.mark_line(strokeWidth=2, interpolate="step-after", opacity=0.65).encode(x=x, y=y, color=colour)
    dots = (
        base.transform_filter("datum.model != ''")
        .mark_point(filled=True, size=80, opacity=1)
        .encode(
            x=x, y=y, color=colour, shape=shape,
            tooltip=[
                alt.Tooltip("model:N", title="Model"), alt.Tooltip("day:T", title="Date", format="%d %B %Y"),
                alt.Tooltip("usd:Q", title="USD"), alt.Tooltip("note:N", title="Note"),
            ],
        )
    )  # fmt: skip
    # Dark words: two of the lines' colours are too pale for text.
    texts, beside = (
        base.transform_filter(f"datum.label != '' && datum.label_left == {left}")
        .mark_text(align=align, dx=dx, dy=-8, fontSize=12, color=charts.INK)
        .encode(x=x, y=y, text="label:N")
        for left, align, dx in (("false", "left", 6), ("true", "right", -8))
    )
    k3 = kept.set_index("model").loc["Kimi-K3", "output_usd"]
    line = next(iter(_FOLLOWED.values()))
    steps = kept[kept["model"].isin(line)].sort_values("date")["output_usd"].tolist()
    path = listed([f"{usd:.2f}" for usd in steps])
    return (lines + dots + texts + beside).properties(
        width=charts.WIDTH - 60,
        height=330,
        title=charts.title(
            f"Prices rise and fall: DeepSeek’s at {path} USD",
            "List price of output, off-peak where hours differ; models of unlike ability; date announced or first seen",
            "Source: data/api_prices.csv (makers’ price pages, partly through public data sets).",
        ),
        description=(
            "Step lines of list prices for a million tokens written, five lines of models, 2024 to 2026, log axis from 0.2 to 120 USD."
            f" DeepSeek’s largest model cost {path} USD in turn; Kimi K3 lists at {k3:g}, as Claude Sonnet 4.5."
        ),
    )
