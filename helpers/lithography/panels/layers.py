"""Panels of one layer by every scheme, and of where the penalty of doing without EUV comes from."""

from __future__ import annotations

import math
from typing import Any

from helpers.core.words import counted, from_to, span, times
from helpers.lithography import figures, studies
from helpers.lithography import model as litho
from helpers.show.panel import Choice, Number, Panel, State


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
        [Number("pitch", "Pitch: one line and one space", "nm", 14, 100, studies.N3_PITCH, 0.5)],
        compute,
        figures.pitch_chart(),
        presets={
            "What does one exposure print?": {"pitch": 80},
            "How is 40 nm printed?": {"pitch": 40},
            "Cheapest way to N+3's 32.5 nm?": {},
            "Too fine for one EUV exposure?": {"pitch": 28},
            "What if the other steps were free?": {"step_factor": 0},
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
    title = f"{pitch:g} nm in DUV{'' if n == '1' else f', cheapest {way}'}: {takes}"
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
    return reading, more, f"{title}, {ratio} times EUV’s cost ({span(best['ratio'], times)})"


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
                "SAQP",
            ),
            Number("layers", "Printed that way", "layers", 0, 30, studies.LAYERS, 1),
            Number("defects", "Killer defects a pass adds", "per 1,000 cm²", 0, 10, 3, 0.5),
        ],
        compute,
        figures.penalty_chart(),
        presets={
            "What does SAQP add?": {},
            "What does SADP add?": {"scheme": "SADP"},
            "What does LE4 add?": {"scheme": "LE4"},
            "SAQP with clean passes?": {"defects": 0},
            "SAQP on five layers only?": {"layers": 5},
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
    bars = [f"{stage} {figures.signed(out['stages'][stage])}" for stage in (*litho.COST_PARTS, "lost dies")]
    parts = f"In USD, rounded: {'; '.join(bars)}."
    if most == "other steps":
        parts += " “Other steps” are films, etch, clean and measurement."
    more = (
        f"{replaced} by {scheme}: {passes} exposures in place of {layers:g}. A good die costs {last:,.0f} USD in place of {first:,.0f},"
        f" {ratio} times ({span(out['ratio'], times)}) as much. {parts}"
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
