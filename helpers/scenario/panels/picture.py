"""The picture that opens 80_compute_gap: two reservoirs, four inflows, and what comes of them."""

from __future__ import annotations

from typing import Any

from helpers.core.words import figures as two
from helpers.core.words import times
from helpers.scenario import figures, studies
from helpers.show.controls import Choice, Number, Steps
from helpers.show.panel import State
from helpers.show.patient import PatientPanel, Tell

UNITS = [(words, name) for name, words in studies.UNITS.items()]
_SEEN = {
    "abroad": "On the left a reservoir of squares, blue those of US firms, grey those of others; on the right an empty one.",
    "domestic": "Green squares fill not quite one row of the right reservoir.",
    "licensed": "An arrow from left to right; light blue squares on the green ones.",
    "smuggled": "A second arrow; dark orange squares. The left reservoir does not shrink: it was drawn without them from step 1 on.",
    "rented": "Hollow squares stand in both reservoirs; on the left they are part of what US firms and others own.",
    "path": "A line over the years 2025 to 2032 on a logarithmic scale; it rises and flattens.",
    "past": "Four grey bars, nine of ten draws each, with a line in the middle; a dot, IDC's figure, and three diamonds, of MIIT, the industry ministry; that of June 2025 lies below its bar.",
    "fan": "A grey fan with nine single draws and the line of their middle; a dashed line, the one path of step 6, above it.",
    "policies": "A long grey bar, nine of ten draws of 2030; under it five short green ones: how far each switch moves the middle, and all of them set to narrow or to widen.",
}


def _said(step: str, setting: studies.Setting, draws: int) -> tuple[str, str, str]:
    """Title, sentence and what else there is to say of a step."""
    held = figures.levels()
    us, china = held["us"] - held["lent"], sum(held[name] for name in ("domestic", "licensed", "smuggled", "rented"))
    plain = {
        "abroad": ("Most AI computing stands outside China", f"US firms own computing worth {two(held['us'], 3)} million H100s; firms of other countries own the grey squares."),
        "domestic": ("Four inflows fill the second reservoir: first, chips made in China", f"Chips made in China are worth {held['domestic']:.2f} million."),
        "licensed": ("Second, chips that were sold openly", f"Chips sold as the rules allowed at the time add {held['licensed']:.2f} million."),
        "smuggled": ("Third, smuggled chips: sold once already, so counted once", f"They add about {held['smuggled']:.2f} million; the left reservoir was drawn without them."),
        "rented": ("Fourth, rented computing: added to its user, taken off its owner", f"With it, US firms use about {round(us / china)} times as much as Chinese firms."),
    }  # fmt: skip
    if step in plain:
        return *plain[step], "Numbers are for the end of 2025, every dial in its middle, in H100s by 8-bit peak."
    if step == "path":
        now, then = (studies.middle(setting, year) for year in (studies.NOW, 2030))
        title = "One path: the gap widens" if then > now else "One path: the gap narrows"
        more = f"At the end of 2025 it is {two(now)} times. The middle of all dials is not the middle of the draws: China’s side is a sum of parts with long upper tails, so in most draws it is more than its middles add up to."  # fmt: skip
        return title, f"One path, every dial in its middle, has US firms use {two(then)} times as much in 2030.", more  # fmt: skip
    if step == "past":
        found = studies.official()
        own = found[found["who"] == "ministry"]
        more = "Figures in print, million H100s: " + ", ".join(f"{two(r.official)} ({r.who}, {when})" for when, r in found.iterrows()) + ". June is drawn half way between two ends of years."  # fmt: skip
        inside = int(own["inside"].sum())
        return f"Of the ministry’s {len(own)} figures {inside} lie inside the band", f"Figures of China’s industry ministry, no input, count one growing stock: hardly {len(own)} tests, and {len(own) - inside} lies outside.", more  # fmt: skip
    found = studies.fan(setting, draws)
    low, mid, high = found.at(2030)
    if step == "fan":
        more = f"In 2030: {two(low)}, {two(mid)} and {two(high)} at 5, 50 and 95 of 100 draws; higher than in 2025 in {100 * found.higher:.0f} of 100."  # fmt: skip
        one = studies.middle(setting, 2030)
        more += f" The one path of step 6 has {two(one)} in 2030; {'more' if one > mid else 'less'} than half of the draws lie below it."  # fmt: skip
        return f"Nine of ten draws of 2030 lie between {two(low)} and {two(high)} times", f"Its upper end in 2030 is {times(high / low)} times its lower; the middle of the draws is {two(mid)}.", more  # fmt: skip
    moves, power = studies.switches(setting, draws), setting.power_gw
    lowest, highest = moves["all"]
    moved = highest / lowest
    more = "Middles of 2030: " + "; ".join(f"{figures.SWITCHES[name]} {two(a)} to {two(b)}" for name, (a, b) in moves.items()) + f" (the limit: {two(power or studies.given('power-limit-tight')[1])} GW of new sites a year, our choice). To narrow: sold, with the limit; to widen: denied, with the law and the crackdown. Nine of ten draws as now: {two(low)} to {two(high)}. Drawn is what none of these switches sets; firms and governments decide much of it. A switch for China’s own limits on imports is missing."  # fmt: skip
    title = (
        "Here the switches move more than the draws"
        if high / low <= moved
        else "The draws are wider than all four switches"
    )
    return title, f"Set to narrow instead of to widen, these four, mostly US, switches divide the middle of 2030 by {times(moved)}.", more  # fmt: skip


def picture_panel() -> PatientPanel:
    """Two reservoirs, four inflows: how far apart, how fast, how sure."""
    order = list(figures.STEPS)

    def compute(step: str, correlation: float, unit: str, power: float, quick: bool, tell: Tell) -> State:
        draws = studies.FAST if quick else studies.FULL
        setting = studies.Setting(correlation=correlation, unit=unit, power_gw=power)
        title, sentence, more = _said(step, setting, draws)
        rows: list[dict[str, Any]] = figures.reservoir_rows(step, setting, draws)
        return State(rows, sentence, {"title": f"{order.index(step) + 1}. {title}"}, more=f"{_SEEN[step]} {more}")

    return PatientPanel(
        "Two reservoirs, four inflows",
        [
            Steps("step", "Step", [(words, step) for step, words in figures.STEPS.items()], "abroad"),
            Number("correlation", "Correlation between years", "", 0, 0.95, 0.7, 0.05),
        ],
        compute,
        figures.reservoir_chart(),
        presets={
            "What do Chinese firms use?": {"step": "rented"},
            "Does the model meet the past?": {"step": "past"},
            "How wide is an honest forecast?": {"step": "fan"},
            "If each year were drawn by itself?": {"step": "fan", "correlation": 0},
            "What do the switches move?": {"step": "policies"},
        },
        more=[
            Choice("unit", "Unit (from step 6 on)", UNITS, "8-bit"),
            Number("power", "Power of new US sites, 0: no limit", "GW a year", 0, 40, 0, 4),
        ],
    )
