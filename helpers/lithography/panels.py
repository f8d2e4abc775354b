"""Panels of 22_without_euv: controls, a study, a picture."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from helpers.core.words import counted, from_to, percent, span, times
from helpers.lithography import figures, studies
from helpers.lithography import model as litho
from helpers.show.panel import Choice, Number, Panel, State

# --- what 193 nm light can print --------------------------------------------------------------------


def pitch_panel() -> Panel:
    """Which schemes print a pitch, in how many exposures, and what the layer costs, part by part."""

    def compute(pitch: float, k1: float, tool: str, step_factor: float) -> State:
        found = studies.pitch_rows(pitch, k1, tool, step_factor)
        reading, more, title = _pitch_words(pitch, k1, found)
        top = max([r["cost"][2] for r in found if r["prints"]] + [100.0])
        marks = [mark for row in found for mark in figures.pitch_marks(row)]
        return State(marks, reading, {"title": title, "top": top * 1.62}, more=more)

    return Panel(
        "What 193 nm light can print",
        [Number("pitch", "Pitch: one line and one space", "nm", 14, 100, 40, 0.5)],
        compute,
        figures.pitch_chart(),
        presets={
            "What does one exposure print?": {"pitch": 80},
            "How is 40 nm printed?": {},
            "How is SMIC's N+3 printed?": {"pitch": 32.5},
            "Too fine for one EUV exposure?": {"pitch": 28},
            "What if the other steps were free?": {"pitch": 32.5, "step_factor": 0},
            "How far does DUV reach?": {"pitch": 20, "k1": 0.25},
        },
        more=[
            Number("k1", "Process factor k1 (0.25 at best)", "", 0.25, 0.4, 0.27, 0.01),
            Choice("tool", "Immersion scanner", studies.DUV_TOOLS, studies.DUV_TOOL),
            Number("step_factor", "Cost of films, etch, clean", "times ours", 0, 3, 1, 0.25),
        ],
    )


def _pitch_words(pitch: float, k1: float, found: list[dict[str, Any]]) -> tuple[str, str, str]:
    """The sentence, what else there is to say, and the title of the pitch panel."""
    duv, euv = [r for r in found[:-1] if r["prints"]], found[-1]
    stops = f"One EUV exposure will not do: at k1 = {studies.EUV_K1:g} it stops at {euv['smallest']:.1f} nm."
    if not duv:
        finest = min(r["smallest"] for r in found[:-1])
        reading = (
            f"No scheme here prints {pitch:g} nm with light of 193 nm: four-fold division stops at {finest:.1f} nm."
        )
        more = f"That is at k1 = {k1:g}. {stops.replace('will not do', 'will not do either')}"
        return reading, more, f"{pitch:g} nm is out of reach of 193 nm light, divided by four"
    best = min(duv, key=lambda r: r["cost"][1])
    n = from_to(*(f"{count:g}" for count in (best["passes"][0], best["passes"][2])))
    takes = "1 exposure" if n == "1" else f"{n} exposures"
    low, central, high = best["cost"]
    more = (
        f"{len(duv)} of {len(found) - 1} schemes print {pitch:g} nm with 193 nm light. "
        + ("A single exposure is the cheapest" if n == "1" else f"The cheapest, {best['name']}, takes {takes}")
        + f"; it costs {central:,.0f} EUR a wafer and layer ({low:,.0f} to {high:,.0f})."
    )
    way = "one exposure" if n == "1" else best["name"]
    title = f"{pitch:g} nm in DUV takes {takes}"
    if not euv["prints"]:
        reading = (
            f"At {pitch:g} nm the cheapest way in DUV is {way}; one EUV exposure stops at {euv['smallest']:.1f} nm."
        )
        return reading, f"{more} {stops}", f"{title}; one in EUV is not enough"
    ratio = times(best["ratio"][0])
    reading = f"At {pitch:g} nm the cheapest way in DUV is {way}; it costs {ratio} times what one EUV exposure does."
    low, central, high = euv["cost"]
    more += (
        f" One EUV exposure takes {central:,.0f} EUR ({low:,.0f} to {high:,.0f}): without EUV the layer costs"
        f" {ratio} times that ({span(best['ratio'], times)})."
    )
    return reading, more, f"{title}, {span(best['ratio'], times)} times the cost of one in EUV"


# --- where the penalty comes from ----------------------------------------------------------------------


def penalty_panel() -> Panel:
    """Cost of a good die built up from EUV to multiple patterning: steps, tools, days, yield."""

    def compute(scheme: str, layers: float, tool: str, defects: float, capacity: float) -> State:
        out = studies.penalty(scheme, layers, tool, defects / 1000, capacity * 1000)
        rows = figures.penalty_marks(out["stages"])
        reading, more, title = _penalty_words(scheme, layers, capacity, out)
        return State(rows, reading, {"title": title, "top": max(r["at"] for r in rows) * 1.14}, more=more)

    return Panel(
        "Where the penalty comes from",
        [
            Choice(
                "scheme",
                "In place of one EUV exposure",
                [(f"{name} ({litho.scheme(name).words})", name) for name in studies.multiple()],
                "SADP",
            ),
            Number("layers", "Printed that way", "layers", 0, 30, studies.LAYERS, 1),
            Number("defects", "Killer defects a pass adds", "per 1,000 cm²", 0, 10, 3, 0.5),
        ],
        compute,
        figures.penalty_chart(),
        presets={
            "What does SADP add?": {},
            "What does SAQP add?": {"scheme": "SAQP"},
            "What does LE4 add?": {"scheme": "LE4"},
            "SAQP with clean passes?": {"scheme": "SAQP", "defects": 0},
            "SAQP on five layers only?": {"scheme": "SAQP", "layers": 5},
        },
        more=[
            Choice("tool", "Immersion scanner", studies.DUV_TOOLS, studies.DUV_TOOL),
            Number("capacity", "Wafer starts a month", "thousand", 5, 100, 45, 1),
        ],
    )


def _penalty_words(scheme: str, layers: float, capacity: float, out: dict[str, Any]) -> tuple[str, str, str]:
    """The sentence, what else there is to say, and the title of the penalty panel."""
    first, last, rise = out["stages"]["with EUV"], out["stages"]["without EUV"], out["rise"]
    if layers == 0:
        words = f"No layer is replaced: a good die costs {first:,.0f} USD either way."
        return words, "", "Nothing to replace, no penalty"
    replaced, ratio, most = counted(layers, "layer"), times(out["ratio"][0]), max(rise, key=rise.get)
    reading = f"With {replaced} by {scheme} a good die costs {ratio} times as much; the largest part is {most}, {figures.signed(rise[most])} USD."
    scanners = [math.ceil(n) for n in out["scanners"]]
    tools = (
        f"{from_to(*map(str, scanners))} immersion {'scanner' if scanners[1] == 1 else 'scanners'}"
        f" in place of {math.ceil(out['euv_scanners'])} in EUV"
    )
    passes, days = (from_to(*(f"{n:,.0f}" for n in out[key])) for key in ("passes", "days"))
    more = (
        f"{replaced} by {scheme}: {passes} exposures in place of {layers:g}. A good die costs {last:,.0f} USD in place of {first:,.0f},"
        f" {ratio} times ({span(out['ratio'], times)}) as much. In USD: {', '.join(f'{k} {figures.signed(v)}' for k, v in rise.items())};"
        f" the scanner alone {figures.signed(out['stages']['scanner'])}."
        f" At {capacity:g} thousand wafers a month it takes {tools}, and {days} days more a wafer."
    )
    if last < first * 1.05:
        title = f"{replaced} by {scheme}: about the same cost of a good die ({span(out['ratio'], times)} times)"
        return reading, more, title
    return (
        reading,
        more,
        f"{replaced} by {scheme}: good die {ratio} times ({span(out['ratio'], times)}) the cost; mostly {most}",
    )


# --- a wafer under the reader's assumptions ---------------------------------------------------------------


def wafer_panel() -> Panel:
    """Cost of a wafer and of a good die, without EUV over with EUV, by passes a layer."""
    grid = np.arange(1.0, 8.01, 0.25)

    def compute(layers: float, passes: float, defects: float, area: float, d0: float) -> State:
        at = np.append(grid, passes)  # the reader's own setting is the last row
        flow = studies.wafer_flow(layers, at, defects / 1000, area, d0)
        rows = figures.wafer_marks(at, flow)
        wafer, die = flow["wafer_ratio"][-1], flow["die_ratio"][-1]
        d0_after, good, before = (float(np.ravel(flow[k])[-1]) for k in ("d0", "yield_duv", "yield_euv"))
        more_passes = counted(layers * (passes - 1), "pass", "passes")
        reading = (
            f"{more_passes} more: the wafer costs {times(wafer[0])} times as much,"
            f" a good die {times(die[0])} times as much."
        )
        more = (
            f"The wafer costs {times(wafer[0])} times ({span(wafer, times)}) the {studies.WAFER_USD:,.0f} USD with EUV."
            f" Defects go from {d0:.2f} to {d0_after:.2f} per cm², the yield of a die of {area:g} mm² from {percent(before)} to {percent(good)}."
            f" A good die costs {times(die[0])} times ({span(die, times)}) as much."
        )
        title = f"Without EUV: wafer {span(wafer, times)} times, good die {span(die, times)} times the cost"
        return State(rows, reading, {"title": title, "top": max(r["high"] for r in rows) * 1.08}, more=more)

    return Panel(
        "A wafer without EUV",
        [
            Number("passes", "In place of one EUV exposure", "DUV passes", 1, 8, 4, 0.5),
            Number("defects", "Killer defects a pass adds", "per 1,000 cm²", 0, 10, 3, 0.5),
            Number("area", "Die", "mm²", 50, 850, 650, 25),
        ],
        compute,
        figures.wafer_chart(),
        presets={
            "How do AI dies fare?": {},
            "How do phone dies fare?": {"area": 100},
            "AI dies with clean passes?": {"defects": 0},
            "Only four layers, as in N7+?": {"layers": 4},
            "What if two passes do?": {"passes": 2},
        },
        more=[
            Number("layers", "Printed by EUV, if one had it", "layers", 0, 30, studies.LAYERS, 1),
            Number("d0", "Defect density with EUV", "per cm²", 0.05, 0.3, 0.1, 0.01),
        ],
    )


# --- what a premium and a yield make of a die ----------------------------------------------------------------


def premium_panel() -> Panel:
    """What a good die costs a buyer against TSMC's, from a price premium and two yields."""
    told = studies.reported_yields()["percent"]

    def compute(premium: float, reference: float, smic: float) -> State:
        found = studies.premium(1 + premium / 100, reference / 100, smic / 100)
        reading = (
            f"A good die is {times(found.ratio)} times as dear to the buyer: a factor of {found.price:.2f} for the price"
            f" and of {found.yields:.2f} for the yield."
        )
        more = (
            f"The wafer's price is {premium:g}% higher; the yields are {reference:g}% (TSMC) and {smic:g}% (SMIC)."
            f" At the reported premium of 40 to 50% the good die is {from_to(*(f'{v:.1f}' for v in found.reported))} times as dear; over the yields"
            f" reported, {told.min():g} to {told.max():g}%, it runs from {found.over_yields[0]:.1f} to {found.over_yields[1]:.1f}."
        )
        rows = figures.premium_marks(found, reference, smic)
        return State(rows, reading, {"title": _premium_title(found.ratio, found.price, found.yields)}, more=more)

    return Panel(
        "Premium and yield",
        [
            Number("premium", "SMIC's wafer price over TSMC's", "%", 0, 100, 45, 5),
            Number("reference", "TSMC's yield of the die", "%", 20, 95, 55, 5),
            Number("smic", "SMIC's yield of the die", "%", 5, 95, 30, 5),
        ],
        compute,
        figures.premium_chart(),
        presets={
            "What if 20% are good?": {"smic": 20},
            "What if 30% are good?": {},
            "What if 40% are good?": {"smic": 40},
            "What if 50% are good?": {"smic": 50},
            "A third of TSMC's yield?": {"reference": 60, "smic": 20},
            "And without a premium?": {"premium": 0},
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
