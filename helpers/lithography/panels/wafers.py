"""Panels of a wafer under the reader's assumptions, and of what a premium and a yield make of a die."""

from __future__ import annotations

import numpy as np

from helpers.core.words import counted, from_to, percent, span, times
from helpers.lithography import figures, studies
from helpers.show.panel import Number, Panel, State


def wafer_panel() -> Panel:
    """Cost of a wafer and of a good die, without EUV over with EUV, by passes a layer."""
    grid = np.arange(1.0, 8.01, 0.5)

    def compute(layers: float, passes: float, defects: float, area: float, d0: float) -> State:
        at = np.append(grid, passes)  # the reader's own setting is the last row
        flow = studies.wafer_flow(layers, at, defects / 1000, area, d0)
        flow["phone_ratio"] = studies.wafer_flow(layers, at, defects / 1000, studies.PHONE_DIE, d0)["die_ratio"]
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
        title = f"{passes:g} passes for one, {counted(layers, 'layer')}: wafer {times(wafer[0])}, good die of {area:g} mm² {times(die[0])} times the cost"
        return State(rows, reading, {"title": title, "top": max(r["high"] for r in rows) * 1.08}, more=more)

    return Panel(
        "A wafer without EUV",
        [
            Number("passes", "In place of one EUV exposure", "DUV passes", 1, 8, 4, 0.5),
            Number("defects", "Killer defects a pass adds", "per 1,000 cm²", 0, 10, 3, 0.5),
            Number("area", "Die", "mm²", 50, 850, studies.AI_DIE, 1),
        ],
        compute,
        figures.wafer_chart(),
        presets={
            "How do AI dies fare?": {},
            "How do phone dies fare?": {"area": studies.PHONE_DIE},
            "AI dies with clean passes?": {"defects": 0},
            "Only four layers, as in N7+?": {"layers": 4},
            "What if two passes do?": {"passes": 2},
        },
        more=[
            Number("layers", "Printed by EUV, if one had it", "layers", 0, 30, studies.LAYERS, 1),
            Number("d0", "Defect density with EUV", "per cm²", 0.05, 0.3, 0.1, 0.01),
        ],
    )


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
