"""Panels of 24_more_chips_more_power: controls, a study, a picture."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from helpers.clusters import figures, studies
from helpers.core.words import figures as in_figures
from helpers.core.words import from_to, listed, percent, places, times, usd
from helpers.show.panel import Choice, Number, Panel, State

# What limits the work -> words of the control, what the utilisation is a share of.
_LIMITED_BY = {
    "peak_tflops": ("arithmetic (training)", "peak"),
    "memory_gb_s": ("memory speed (writing an answer)", "memory’s peak speed"),
}
_CAPITAL = {
    "straight_line": "straight line over 5 years",
    "annuity": "5 years, with 8% interest",
    "declining": "by the price of newer chips, over 5 years",
}


def _blocks(name: str, label: str, value: str) -> Choice:
    return Choice(name, label, studies.blocks(), value)


def _short(block: str) -> str:
    """A block without the number that ends its name: CloudMatrix for CloudMatrix 384."""
    return block.rsplit(" ", 1)[0] if block.rsplit(" ", 1)[-1].isdigit() else block


def _ratio(value: float) -> str:
    """As `times`, with two places near 1, where 4% more would read as equal, and never in powers of ten."""
    if 0.995 <= value < 1.095:
        return places(value)
    return times(value) if value >= 0.01 else in_figures(value)


def _band(ends: studies.Range) -> str:
    """The central ratio, and the range around it where that reads otherwise."""
    low, central, high = (_ratio(end) for end in ends)
    return central if low == high else f"{central} ({low} to {high})"


# --- equal work -----------------------------------------------------------------------------------


def equal_work_state(
    a: str, b: str, use_a: float, use_b: float, exponent: float, limited_by: str = "peak_tflops"
) -> State:
    """Clusters of B that do the work of 10,000 chips of A; utilisations in per cent of what limits the work."""
    found = studies.equal_work(a, b, use_a / 100, use_b / 100, exponent, limited_by)
    chips_x, power_x, links_x, capital_x = found.ratios.values()
    mw = f"{in_figures(found.mw * power_x[1])} MW"
    words = (
        f"{studies.CHIPS_OF_A * chips_x[1]:,.0f} chips",
        mw,
        "between servers",
        usd(found.usd * capital_x[1]),
    )
    rows = [
        {"measure": measure, "low": low, "central": central, "high": high, "label": f"{_band((low, central, high))}: {say}"}
        for (measure, (low, central, high)), say in zip(found.ratios.items(), words, strict=True)
    ]  # fmt: skip
    by_memory = limited_by != "peak_tflops"
    reading = (
        f"{'By memory, the' if by_memory else 'The'} same work on {_short(b)} takes {_ratio(chips_x[1])} times the chips of"
        f" {_short(a)}, {_ratio(power_x[1])} times the power and {_ratio(capital_x[1])} times the capital."
    )
    more = (
        f"{studies.CHIPS_OF_A:,} chips of {a} at {use_a:g}% of their {_LIMITED_BY[limited_by][1]} take {in_figures(found.mw)} MW and"
        f" {usd(found.usd)}. The same work on {b} at {use_b:g}% takes {_band(chips_x)} times the chips, {_band(power_x)} times the power"
        f" ({mw} at the highest; about {in_figures(found.gwh)} GWh a year, at an average load of {percent(studies.parameter('load_factor')[1])}), {_band(links_x)} times the links and {_band(capital_x)} times the capital."
    )
    title = f"{b} for {a}: chips {_ratio(chips_x[1])} times, power {_ratio(power_x[1])}"
    title = f"By memory, {title}" if by_memory else f"{title}, capital {_ratio(capital_x[1])}"
    ends = [v for r in rows for v in (r["low"], r["high"])]
    start, top = min(0.5, min(ends) / 1.3), max(1.5, *ends)
    signals = {"title": title, "from": start, "to": start * (top / start) ** 1.8}  # the words need 4 parts of 9
    return State(rows, reading, signals, more=more)


def equal_work_panel() -> Panel:
    """The flagship: chips, power, links and capital of equal delivered work."""
    limits = [(words, key) for key, (words, _) in _LIMITED_BY.items()]
    use = {"unit": "% of peak", "low": 10, "high": 90, "step": 0.5}
    h100 = {"a": "HGX H100", "b": "HGX H20", "use_b": 37.5}
    return Panel(
        "Equal work with other chips",
        [
            _blocks("a", "Cluster A", "GB200 NVL72"),
            _blocks("b", "Cluster B", "CloudMatrix 384"),
            Choice("limited_by", "What limits the work", limits, "peak_tflops"),
        ],
        equal_work_state,
        figures.equal_work_chart(),
        presets={
            "What does CloudMatrix take?": {},
            "And to write answers, by memory?": {"limited_by": "memory_gb_s", "use_b": 37.5},
            "And if all chips are wired to all?": {"exponent": 2},
            "What does an H20 take for an H100?": h100,
            "And an H20, by memory?": {**h100, "limited_by": "memory_gb_s"},
            "What does a 910B take for an H100?": {"a": "HGX H100", "b": "Ascend 910B"},
        },
        more=[
            Number("use_a", "Utilisation of A", value=37.5, **use),
            Number("use_b", "Utilisation of B", value=35.5, **use),
            Number("exponent", "Growth of links, exponent of chips", "", 0, 2, 1, 0.25),
        ],
    )


# --- cost of delivered work -----------------------------------------------------------------------


def _cost_rows(cost: studies.CostOfWork) -> list[dict[str, Any]]:
    """Stacked parts of each side, and its total with its range."""
    rows: list[dict[str, Any]] = []
    for letter, side in (("A", cost.a), ("B", cost.b)):
        who, at = f"{letter}: {side.block}", 0.0
        for part, value in side.parts.items():
            rows.append(
                {"kind": "part", "who": who, "part": figures.SPENT_ON[part], "start": at, "end": at + value, "usd": value}
            )  # fmt: skip
            at += value
        low, central, high = side.total
        label = f"{central:.2f} ({low:.2f} to {high:.2f})"
        rows.append({"kind": "total", "who": who, "start": low, "end": high, "usd": central, "part": label})
    return rows


def cost_state(a: str, b: str, cents_a: float, cents_b: float, use_b: float, capital: str) -> State:
    """What a delivered petaFLOP-hour costs on both sides; electricity in US cents, use in per cent."""
    cost = studies.cost_of_work(a, b, cents_a / 100, cents_b / 100, use_b / 100, capital)
    share = percent(cost.b.electricity)
    reading = (
        f"A delivered petaFLOP-hour costs {usd(cost.b.total[1], 2)} on {_short(b)}, {_ratio(cost.ratio[1])} times its cost on"
        f" {_short(a)}; electricity is {share} of the bill."
    )
    said = [
        f"{side.total[1]:.2f} USD ({side.total[0]:.2f} to {side.total[2]:.2f}) on {side.block}, {percent(side.electricity)} of it"
        " for electricity"
        for side in (cost.a, cost.b)
    ]
    more = f"A delivered petaFLOP-hour costs {said[0]}, and {said[1]}. B over A: {_band(cost.ratio)}."
    energy_a, energy_b = (side.parts["energy"] for side in (cost.a, cost.b))
    if energy_a > 0:
        more += (
            f" Electricity alone: {_ratio(energy_b / energy_a)} times." if energy_b > 0 else " B's electricity is free."
        )
    more += " The ranges hold utilisation and the growth of links."
    signals = {
        "title": f"{b} costs {_ratio(cost.ratio[1])} times {a}; electricity is {share} of its bill",
        "to": max(cost.a.total[2], cost.b.total[2]) * 1.42,
    }
    return State(_cost_rows(cost), reading, signals, more=more)


def cost_panel() -> Panel:
    """Cost per delivered petaFLOP-hour of two clusters, stacked by what it is spent on."""
    cents = {"unit": "US cents per kWh", "low": 0, "high": 30, "step": 0.1}
    return Panel(
        "What a delivered petaFLOP-hour costs",
        [
            _blocks("a", "Cluster A", "GB200 NVL72"),
            _blocks("b", "Cluster B", "CloudMatrix 384"),
            Number("cents_b", "B pays for electricity", value=5.6, **cents),
        ],
        cost_state,
        figures.cost_chart(),
        presets={
            "What does the subsidised price leave?": {},
            "And at one price for both?": {"cents_b": 9.1},
            "And if its electricity were free?": {"cents_b": 0},
            "And with interest on capital?": {"capital": "annuity"},
            "What does a 910B cost for an H100?": {"a": "HGX H100", "b": "Ascend 910B"},
            "What does an H20 cost for an H100?": {"a": "HGX H100", "b": "HGX H20", "cents_b": 9.1, "use_b": 37.5},
        },
        more=[
            Number("cents_a", "A pays for electricity", value=9.1, **cents),
            Number("use_b", "Utilisation of B", "% of peak", 10, 90, 35.5, 0.5),
            Choice("capital", "Capital by the year", [(w, k) for k, w in _CAPITAL.items()], "straight_line"),
        ],
    )


# --- the price that ties --------------------------------------------------------------------------


def _tie_rows(found: studies.Tie) -> list[dict[str, Any]]:
    """Two points of each line, and the ties that lie on the chart."""
    ends, a = np.array([0.0, figures.MOST_CENTS]), found.capital_a + found.running_a
    running_b = found.kwh_b * ends / 100
    lines = (found.capital_b + running_b, running_b, np.full(2, a), np.full(2, found.running_a))
    rows: list[dict[str, Any]] = [
        {"kind": "line", "line": name, "cents": float(x), "usd": float(y), "label": ""}
        for name, values in zip(figures.LINES, lines, strict=True)
        for x, y in zip(ends, values, strict=True)
    ]
    return rows + [
        {"kind": "tie", "line": "tie", "cents": cents, "usd": height, "label": f"{cents:.1f} cents"}
        for cents, height in ((100 * found.running, found.running_a), (100 * found.total, a))
        if 0 <= cents <= figures.MOST_CENTS
    ]


def tie_state(cm_kw: float, nvl_kw: float, cents_a: float, cm_usd: float, nvl_usd: float, years: float) -> State:
    """CloudMatrix 384 against NVL72 for each petaFLOP-year, by what CloudMatrix pays for electricity; USD in millions."""
    found = studies.tie(cm_kw, nvl_kw, cents_a / 100, cm_usd * 1e6, nvl_usd * 1e6, years)
    running, total, paid = (f"{100 * price:.1f}" for price in (found.running, found.total, found.subsidised))
    bill = _ratio(found.bill / found.running_a)
    reading = f"Running costs tie when CloudMatrix pays {running} cents; "
    more = (
        f"For each petaFLOP CloudMatrix uses {_ratio(found.kwh_b / found.kwh_a)} times the electricity. If NVL72 pays {cents_a:g} cents,"
        f" running costs tie at {running} cents; at {paid} the bill is {found.bill:,.0f} USD a year against {found.running_a:,.0f},"
        f" {bill} times."
    )
    if found.total < 0:
        title = f"Running costs tie at {running} cents; total costs tie at no price"
        reading += "in all no price ties, not even free electricity."
        more += (
            f" In all no price ties: with free electricity CloudMatrix still costs {found.capital_b:,.0f} USD a year against"
            f" {found.capital_a + found.running_a:,.0f}."
        )
    else:
        title = f"Running costs tie at {running} cents, total costs at {total}"
        beyond = " (beyond the chart)" if 100 * found.total > figures.MOST_CENTS else ""
        reading += f"in all the two tie at {total} cents{beyond}."
    reading += f" At the subsidised price its electricity bill is {bill} times NVL72’s."
    share = percent(found.bill / (found.bill + found.capital_b))
    more += f" At {paid} cents electricity is {share} of its capital and electricity together."
    rows = _tie_rows(found)
    return State(rows, reading, {"title": title, "to": max(row["usd"] for row in rows) * 1.08}, more=more)


def tie_panel() -> Panel:
    """At what price of electricity CloudMatrix 384 ties with GB200 NVL72."""
    return Panel(
        "At what price does it tie",
        [
            Number("cents_a", "NVL72 pays", "US cents per kWh", 3, 25, 9.1, 0.1),
            Number("cm_usd", "Price of a CloudMatrix 384", "million USD", 3, 10, 8.2, 0.1),
            Number("nvl_usd", "Price of a GB200 NVL72", "million USD", 2, 8, 3.0, 0.1),
        ],
        tie_state,
        figures.tie_chart(),
        presets={
            "Where do published figures tie?": {},
            "And if CloudMatrix draws 500 kW?": {"cm_kw": 500},
            "And if NVL72 draws 120 kW?": {"nvl_kw": 120},
            "And an NVL72 for 3.9 million?": {"nvl_usd": 3.9},
            "And an NVL72 in California?": {"cents_a": 18.6},
            "And a CloudMatrix for 5 million?": {"cm_usd": 5.0},
        },
        more=[
            Number("cm_kw", "Power of a CloudMatrix 384", "kW", 450, 600, 559, 1),
            Number("nvl_kw", "Power of a GB200 NVL72", "kW", 110, 150, 145, 1),
            Number("years", "Capital spread over", "years", 3, 8, 5, 1),
        ],
    )


# --- supply ---------------------------------------------------------------------------------------

_BINDS = {"dies": "dies bind", "memory": "memory binds", "packaging": "packaging binds"}


def _or_yield(good_dies: float) -> str:
    """The yield that would do in place of more wafers; nothing where there are no wafers."""
    if np.isnan(good_dies):
        return ""
    return f" (or {100 * good_dies:.0f}% good dies)" if good_dies < 0.995 else " (no yield alone would do)"


def _by_account(setting: tuple[float, ...], binding: str) -> str:
    """Whose account of supply the inputs are, where what binds is its own; empty for inputs of the reader or of ours."""
    inputs, names, ours = _accounts()
    same = np.flatnonzero(np.isclose(inputs, setting).all(axis=1))
    named = [names[at] for at in same if binding not in ours[at]]
    return f"{named[0]}’s account" if named else ""


@cache
def _accounts() -> tuple[np.ndarray, list[str], list[str]]:
    """Inputs of every account of supply, whose it is, and which inputs are ours: read once, asked at every move."""
    columns = ["wafers_per_month", "dies_per_wafer", "die_yield", "hbm_stacks", "packages", "package_yield"]
    rows = studies.scenarios().query("banked_dies == 0")
    return rows[columns].to_numpy(float), [str(name).split(",")[0] for name in rows["name"]], rows["ours"].tolist()


def supply_state(
    wafers: float, dies: float, yield_pct: float, stacks: float, packages: float, packaged_pct: float, target: float
) -> State:
    """910C-like chips of a year by each limit; stacks in millions, packages and target in thousands."""
    found = studies.made(wafers, dies, yield_pct / 100, stacks * 1e6, packages * 1e3, packaged_pct / 100, target * 1e3)
    rows = [
        {"limit": figures.LIMIT_WORDS[k], "chips": v / 1e3, "role": "binds" if k == found.binding else "has slack", "label": f"{v / 1e3:,.0f}"}
        for k, v in found.limits.items()
    ]  # fmt: skip
    takes = {
        "dies": (f"{found.wafers:,.0f} wafers a month", f"{wafers:,.0f}{_or_yield(found.good_dies)}"),
        "memory": (f"{found.stacks / 1e6:.1f} million stacks", f"{stacks:g} million"),
        "packaging": (f"{found.packages / 1e3:,.0f} thousand packages", f"{packages:,.0f} thousand"),
    }
    can, binds = f"{found.chips / 1e3:,.0f} thousand", _BINDS[found.binding]
    who = _by_account((wafers, dies, yield_pct / 100, stacks * 1e6, packages * 1e3, packaged_pct / 100), found.binding)
    if found.short:
        reading = (
            f"By {who or 'these inputs'} {can} chips can be made of {target:,.0f} thousand wanted: here the question is supply, and {binds}."
            f" The target takes {takes[found.binding][0]}."
        )
        more = (
            f"The target takes {listed(f'{need} instead of {has}' for need, has in (takes[k] for k in found.short))}."
        )
        title = f"{who or 'A supply problem'}: {binds} at {can} chips of {target:,.0f} wanted"
    else:
        reading = f"All three limits allow the {target:,.0f} thousand chips wanted: here the question is cost."
        more = f"The tightest is {found.binding}, at {can}."
        title = f"A cost problem: {can} can be made, {target:,.0f} thousand are wanted"
    top = max([target, *(r["chips"] for r in rows)])
    return State(rows, reading, {"title": title, "target": target, "to": top * 1.18}, more=more)


def supply_panel() -> Panel:
    """The "break it" panel: move the inputs until the cost problem becomes a supply problem, or back."""
    return Panel(
        "What can be made",
        [
            Number("wafers", "Wafers for these chips", "a month", 0, 60_000, 7000, 500),
            Number("yield_pct", "Good dies", "%", 5, 95, 30, 1),
            Number("stacks", "Memory stacks", "million a year", 0, 40, 13, 0.2),
        ],
        supply_state,
        figures.supply_chart(),
        presets={
            "What does Morgan Stanley allow?": {},
            "And if packaging loses a quarter?": {"packaged_pct": 75},
            "What does SemiAnalysis allow?": {"wafers": 5000, "stacks": 2.4},
            "Would more wafers help there?": {"wafers": 10_000, "stacks": 2.4},
            "And the plan of 2026 on that memory?": {"wafers": 13_000, "stacks": 2.4, "target": 600},
            "And if 60% of dies are good?": {"yield_pct": 60},
        },
        more=[
            Number("target", "Chips wanted", "thousand a year", 50, 5000, 1400, 50),
            Number("dies", "Whole dies on a wafer", "dies", 20, 120, studies.DIES_PER_WAFER, 1),
            Number("packages", "Packages", "thousand a year", 100, 5000, 2000, 50),
            Number("packaged_pct", "Packages that come out good", "%", 50, 100, 100, 1),
        ],
    )


# --- the scale of a country -----------------------------------------------------------------------


def nation_state(target: float, yield_pct: float, wafers: float, stacks: float, sun_pct: float) -> State:
    """A year's new compute against a year's new power, and against dies and memory; target in million H100s."""
    found = studies.nation(target * 1e6, yield_pct / 100, wafers, stacks * 1e6, sun_pct / 100)
    shares = {words: getattr(found, field) for field, words in figures.CEILINGS.items()}
    said = {words: percent(share[1], 0 if share[1] >= 0.0995 else 1) for words, share in shares.items()}
    by_account = {
        figures.CEILINGS[field]: [need / had for had in reversed(studies.in_print()[what])]
        for field, what, need in (("of_wafers", "wafers", found.wafers), ("of_stacks", "memory", found.stacks))
    }
    rows = []
    for words, (low, share, high) in shares.items():
        low, high = by_account.get(words, (low, high))
        label = f"{said[words]} ({from_to(*(percent(end, 0 if end >= 0.0995 else 1) for end in (low, high)))})"
        low, high = min(low, share), max(high, share)  # the reader's own number may lie beyond all accounts
        what = "parts" if words in by_account else "power"
        rows.append({"measure": words, "low": 100 * low, "percent": 100 * share, "high": 100 * high, "what": what, "label": label})  # fmt: skip
    power, _, of_wafers, of_stacks = said.values()
    ceilings = (
        ("new wind and sun", found.of_china),
        ("wafers", found.of_wafers),
        ("memory stacks", found.of_stacks),
    )
    over = [name for name, share in ceilings if share[1] > 1]
    short = f" Short: {listed(over)}." if over else ""
    reading = (
        f"Built of 910C, it takes {power} of what China’s new wind and sun yield, {of_wafers} of the wafers and {of_stacks} of"
        f" the memory stacks.{short}"
    )
    more = (
        f"{target:g} million H100s’ worth of 910C is {found.chips / 1e6:.2f} million chips. They draw {found.kw / 1e6:.1f} GW on average, cooling"
        f" included: {power} of what the wind and solar plants that China added in 2025 yield. With {yield_pct:g}% good dies they take {found.wafers:,.0f} wafers a month"
        f" where {wafers:,.0f} can be had, and {found.stacks / 1e6:.1f} million stacks where {stacks:g} million can."
    )
    worst = max(figures.CEILINGS.values(), key=lambda words: shares[words][1] * (not words.startswith("Power")))
    title = f"{target:g} million H100s’ worth: {power} of China’s new wind and sun, {said[worst]} of {worst.split(',')[0].lower()}"
    start, end = min(r["low"] for r in rows), max(r["high"] for r in rows)
    return State(rows, reading, {"title": title, "from": min(0.5, start / 2), "to": max(200.0, end * 9)}, more=more)


def nation_panel() -> Panel:
    """Two ceilings of a country: power against grid growth, dies and memory against supply."""
    return Panel(
        "Two ceilings",
        [
            Number("target", "New compute", "million H100s", 0.1, 12, 1, 0.1),
            Number("wafers", "Wafers for AI chips", "a month", 1000, 60_000, 7000, 500),
            Number("stacks", "Memory stacks", "million a year", 0.2, 40, 2.4, 0.2),
        ],
        nation_state,
        figures.nation_chart(),
        presets={
            "What does one million take?": {},
            "And at Huawei’s pace?": {"target": 0.5},
            "And at NVIDIA’s pace?": {"target": 11.8},
            "2027’s wafers, twice the yield?": {"wafers": 18_000, "yield_pct": 60},
            "And with more memory?": {"stacks": 13},
        },
        more=[
            Number("yield_pct", "Good dies", "%", 5, 95, 30, 1),
            Number("sun_pct", "New plants in China run at", "% of name plate", 5, 60, 16, 1),
        ],
    )
