"""Panels of 20_dies_and_yield behind the wafer: reported yields, salvage, pieces, a package."""

from __future__ import annotations

import math

from helpers.core.words import counted, from_to, percent, places, span, usd
from helpers.show.panel import Choice, Number, Panel, State
from helpers.wafers import figures, studies

_DENSITY = {"name": "d0", "label": "Defects, on average", "unit": "per cm²", "step": 0.01}


# --- what a reported yield implies --------------------------------------------------------------

# What was counted -> words of the control, of the reading and of the title.
_COUNTED = {
    "flawless": ("flawless dies", "flawless dies", "{} dies are flawless"),
    "sellable": ("dies with at least 20 of 25 cores", "sellable dies", "{} dies are sellable"),
    "pair": ("packages of two flawless dies", "pairs", "pairs of {} dies are flawless"),
}


def _beside(values: list[float], low: float, high: float) -> str:
    """Where the models' densities lie beside those that TSMC published."""
    if min(values) > high:
        return "Every model puts it above what TSMC published (yellow)."
    if max(values) < low:
        at = "at or " if places(max(values)) == places(low) else ""
        return f"Every model puts it {at}below what TSMC published (yellow)."
    if low <= min(values) and max(values) <= high:
        return "Every model puts it among what TSMC published (yellow)."
    return "The models disagree on its place beside what TSMC published (yellow)."


def _implied_state(reported: float, product: str, counted: str) -> State:
    found, (low, high) = studies.implied(reported / 100, product, counted), studies.tsmc_densities()
    values = list(found.densities.values())
    words, short, of = _COUNTED[counted]
    if counted == "sellable":
        words += f" ({studies.CORE_SHARE:.0%} of the area in cores, our assumption)"
    densities, times = span(values, places), span((v / low for v in values), lambda v: places(v, 1))
    phone = from_to(*(f"{100 * end(found.phone):.0f}" for end in (min, max)))
    reading = f"Counting {short}, {reported:g}% means {densities} defects per cm². {_beside(values, low, high)}"
    more = (
        f"A yield of {reported:g}% on dies of {found.area_mm2:,.0f} mm² (the {product}’s size), if {words} were counted, implies"
        f" {densities} defects per cm², by model: {times} times the {low:g} that TSMC"
        f" gave for N7. The same process would make {phone}% of phone chips flawless."
    )
    rows = [{"model": name, "d0": value, "label": places(value)} for name, value in found.densities.items()]
    title = f"If {reported:g}% of {of.format(f'{found.area_mm2:.0f} mm²')}: {densities} defects per cm²"
    return State(rows, reading, {"title": title, "top": max(0.5, max(values) * 1.15)}, more=more)


def implied_panel() -> Panel:
    """The defect density behind a reported yield, by model and by what was counted."""
    june, november, february = (
        studies.published(key) for key in ("yield-910b-2024-06", "yield-910b-2024-11", "yield-910c-2025-02")
    )
    return Panel(
        "What a reported yield implies",
        [
            Number("reported", "Reported yield", "%", 5, 95, 40, 1),
            Choice("product", "Die", list(studies.products()), "Ascend 910B"),
            Choice("counted", "What was counted", [(words, key) for key, (words, *_) in _COUNTED.items()], "flawless"),
        ],
        _implied_state,
        figures.implied_chart(),
        presets={
            "What did 20% mean in June 2024?": {"reported": june},
            "And 50% in November 2024?": {"reported": november},
            "And 40% in February 2025?": {"reported": february},
            "40%, of sellable dies?": {"reported": february, "counted": "sellable"},
            "40%, of pairs?": {"reported": february, "counted": "pair"},
            "And the H100's 60%?": {"reported": studies.published("yield-h100-tsmc"), "product": "H100"},
        },
    )


# --- salvage ------------------------------------------------------------------------------------


def _salvage_rows(found: studies.Salvage, needed: int) -> list[dict[str, object]]:
    """One bar for each number of working cores, and one, at -2, for dies whose shared part failed."""
    flawless, weaker, scrap = figures.FATES
    rows: list[dict[str, object]] = [
        {"cores": k, "share": float(p), "fate": weaker if k >= needed else scrap} for k, p in enumerate(found.chances)
    ]
    rows[-1]["fate"] = flawless
    return [*rows, {"cores": -2, "share": found.shared, "fate": scrap}]


def _salvage_state(d0: float, needed: float, core_share: float, alpha: float) -> State:
    need, cores = int(needed), studies.CORES
    found = studies.salvage(d0, need, core_share / 100, alpha)
    flawless, sold = percent(found.flawless), percent(found.sold)
    wafer = usd(studies.published("wafer-smic-7"))
    more = f"With {studies.dies_of_910b()} dies on a wafer of {wafer}, "
    if need == cores:
        reading = f"{flawless} of dies are flawless, and only those can be sold."
        more += f"one costs {usd(found.flawless_usd)}."
        title = f"{sold} sellable"
    else:
        reading = f"{flawless} of dies are flawless; {sold} keep {counted(need, 'core')} or more and the shared part, and can be sold."
        ratio = found.sold / found.flawless
        more += (
            f"a sellable one costs {usd(found.sold_usd)}; if only flawless ones were sold, {usd(found.flawless_usd)}."
        )
        more += f" Sellable are {ratio:.1f} times as many." if ratio >= 1.05 else ""
        title = f"{sold} sellable ({flawless} flawless)"
    more += f" A defect in the shared part ends {percent(found.shared)} of dies."
    rows = _salvage_rows(found, need)
    signals = {
        "title": f"{title}, {percent(found.scrap)} scrap at {need} of {cores} cores",
        "top": 0.6 if max(row["share"] for row in rows) <= 0.6 else 1.0,
    }
    return State(rows, reading, signals, more=more)


def salvage_panel() -> Panel:
    """Working cores on a die of 25, and what the need for cores does to the sellable share."""
    return Panel(
        "From flawless to sellable",
        [
            Number(low=0, high=0.6, value=0.32, **_DENSITY),
            Number("needed", "Cores that a product needs", f"of {studies.CORES}", 1, 25, studies.SOLD_FROM, 1),
            Number("core_share", "Share of the die in cores", "%", 20, 90, 100 * studies.CORE_SHARE, 5),
        ],
        _salvage_state,
        figures.salvage_chart(),
        presets={
            "How many keep 20 of 25 cores?": {},
            "What if all 25 must work?": {"needed": 25},
            "What if one may fail?": {"needed": 24},
            "What if most area is shared?": {"core_share": 30},
            "And at TSMC's density?": {"d0": studies.published("d0-tsmc-n7")},
        },
        more=[Number("alpha", "Clustering, alpha (small: strong)", "", 0.5, 20, 3, 0.5)],
    )


# --- pieces -------------------------------------------------------------------------------------


def _split_state(d0: float, joining: float, link: float, bond: float) -> State:
    found, limit = studies.split(d0, joining, link / 100, bond / 100), f"{studies.LARGEST_MM2:.0f} mm²"
    at = f"At {places(d0)} defects per cm² "
    if math.isnan(found.crossing):
        title, they = f"{at}one die beats two pieces", "two pieces"
        reading = (
            f"One die is cheaper than two pieces at every area up to {limit}, the largest that one exposure prints."
        )
    else:
        title, they = f"{at}two pieces pay from {found.crossing:.0f} mm²", "they"
        reading = f"Two pieces are cheaper than one die from {found.crossing:.0f} mm² of logic."
    if not math.isnan(found.crossing_four):
        title += f"; four pay from {found.crossing_four:.0f} mm²"
    gap = found.two_usd / found.one_usd - 1
    reading += f" At 800 mm² {they} cost {percent(abs(gap))} {'more' if gap > 0 else 'less'} than one die."
    more = (
        f"At 800 mm², one die costs {usd(found.one_usd)} and two pieces {usd(found.two_usd)}, joining included. Beyond"
        f" {limit} there is no single die to compare with."
    )
    return State(found.costs.to_dict("records"), reading, {"title": title}, more=more)


def split_panel() -> Panel:
    """One large die against two or four small ones that are joined."""
    return Panel(
        "One big die or several small",
        [
            Number(low=0.01, high=0.5, value=0.16, **_DENSITY),
            Number("joining", "Cost of joining the pieces", "USD", 0, 300, 60, 5),
            Number("bond", "Pieces bonded without harm, each", "%", 80, 100, 98, 1),
        ],
        _split_state,
        figures.split_chart(),
        presets={
            "Does cutting in two pay?": {},
            "And at TSMC's density?": {"d0": studies.published("d0-tsmc-n7")},
            "And with twice the defects?": {"d0": 0.32},
            "What if joining is dear?": {"joining": 250},
            "What if one piece in ten is lost?": {"bond": 90},
        },
        more=[Number("link", "Area of a piece spent on links", "%", 0, 30, 10, 1)],
    )


# --- a package ----------------------------------------------------------------------------------


def _package_state(d0: float, critical: float, wafer_usd: float, stack_usd: float, loss: float) -> State:
    bill = studies.package_bill(d0, critical / 100, wafer_usd, stack_usd, loss / 100)
    rows = [
        {"part": part, "low": low, "middle": middle, "high": high, "label": f"{round(middle, -1):,.0f}"}
        for part, (low, middle, high) in bill.usd.items()
    ]
    low, middle, high = (f"{round(end, -2):,.0f}" for end in bill.usd["whole package"])
    logic = from_to(*(f"{100 * end:.0f}" for end in bill.logic))
    reading = (
        f"Nine of ten draws cost {low} to {high} USD a package. Dies at twice the cost would raise the bill by"
        f" {percent(bill.at_twice)}."
    )
    more = (
        f"Half of the draws cost less than {middle} USD. Logic is {logic}% of the bill and memory {percent(bill.memory)}."
        " The rise for dies at twice the cost includes the good ones lost in assembly."
    )
    rows[0]["label"] += f" ({logic}% of the bill)"
    rows[1]["label"] += f" ({percent(bill.memory)} of the bill, middle draw)"
    title = f"A 910C, {percent(bill.escape)} of dies good: {low} to {high} USD; {percent(bill.at_twice)} more if dies cost double"
    return State(rows, reading, {"title": title, "top": rows[-1]["high"] * 1.15}, more=more)


def package_panel() -> Panel:
    """Parts of the bill of a package of two 910B-size dies, with everything uncertain."""
    smic, tsmc = studies.published("wafer-smic-7"), studies.published("wafer-tsmc-7-digitimes")
    there = {"d0": studies.published("d0-tsmc-n7"), "wafer_usd": tsmc, "critical": 60, "loss": 5}
    return Panel(
        "A package with everything uncertain",
        [
            Number("d0", "Defects, central", "per cm²", 0.02, 0.5, 0.22, 0.01),
            Number("wafer_usd", "Price of a wafer, central", "USD", 6000, 30000, smic, 250),
            Number("stack_usd", "Price of a memory stack, central", "USD", 50, 800, 200, 10),
        ],
        _package_state,
        figures.package_chart(),
        presets={
            "What if 30% are flawless?": {},
            "What does salvage save?": {"critical": 60},
            "And on TSMC's process?": there,
            "What if wafers cost twice as much?": {"wafer_usd": 2 * smic},
            "What if memory costs twice as much?": {"stack_usd": 400},
        },
        more=[
            Number("critical", "Part of the die in which a defect kills", "%", 30, 100, 100, 5),
            Number("loss", "Packages lost in bonding, central", "%", 0, 30, 15, 1),
        ],
    )
